"""How requests to the Bot API travel: the transport of python-telegram-bot over aiohttp.

The library's own transport over httpx takes ten times the processor time for a request.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT, READ, UPLOAD = 10.0, 15.0, 60.0
"""Seconds: until a connection stands, until a reply comes, the same for a request with files."""
IDLE = 4.0
"""Seconds that an idle connection is used again. A server that closes it in the moment in which a message leaves makes
the message uncertain; servers wait for 5 s at least."""
_JSON = {"Content-Type": "application/json", "User-Agent": BaseRequest.USER_AGENT}


class NotSent(NetworkError):
    """The request surely did not reach the server: it can be made again."""


class Request(BaseRequest):
    """Makes requests on one pool of connections.

    A request that never left raises NotSent, one that got no reply in time TimedOut, every other failure NetworkError.
    """

    def __init__(self, server: str, connections: int = 64) -> None:
        """`server` is the base address of the Bot API; it is reached through the proxy that the environment names."""
        self._connections = connections
        parts = urlsplit(server)
        self._proxy = None if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme)
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds until a reply has to come."""
        return READ

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=IDLE),
                cookie_jar=aiohttp.DummyCookieJar(),
                proxy=self._proxy,
            )

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()

    async def call(self, url: str, payload: Mapping[str, Any], read_timeout: float | None = None) -> Any:
        """The result of a request, as plain data. Raises telegram.error.TelegramError."""
        data = cast("RequestData", payload)  # goes to do_request as it is
        body = await self._request_wrapper(url, "POST", data, read_timeout=read_timeout or READ)
        return self.parse_json_payload(body).get("result")

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | Mapping[str, Any] | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 -- there is one for reading and writing
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """Make a request; the HTTP status and the body of the reply."""
        if self._session is None:
            raise RuntimeError("the pool of connections is not open")
        form = _form(request_data) if isinstance(request_data, RequestData) and request_data.contains_files else None
        timeout = aiohttp.ClientTimeout(
            sock_connect=CONNECT if connect_timeout is BaseRequest.DEFAULT_NONE else connect_timeout,
            sock_read=(UPLOAD if form else READ) if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout,
        )
        data = form or _json(request_data.parameters if isinstance(request_data, RequestData) else request_data or {})
        headers = None if form else _JSON
        try:
            async with self._session.request(method, url, data=data, headers=headers, timeout=timeout) as response:
                return response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
            raise NotSent(f"no connection: {type(error).__name__}") from error
        except TimeoutError as error:
            raise TimedOut("no reply in time") from error
        except aiohttp.ClientError as error:
            raise NetworkError(f"connection lost: {type(error).__name__}") from error


def _json(parameters: Mapping[str, Any]) -> bytes:
    return json.dumps(parameters, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")


def _form(data: RequestData) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form
