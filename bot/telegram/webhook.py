"""The webhook: an endpoint that answers 200 once an update is stored, and never for anybody but Telegram."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
import logging
import socket
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import uvicorn
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram.error import BadRequest

from bot.settings import Settings
from bot.state.database import State
from bot.telegram.api import Api, insist
from bot.telegram.intake import ALLOWED, store
from bot.telegram.lanes import Lanes
from knowledge.errors import ModuError

LARGEST = 1 << 20
"""Bytes of an update; Telegram's are far smaller."""

_log = logging.getLogger("modu.telegram")


def application(state: State, lanes: Lanes, secret: str, path: str) -> Starlette:
    """The ASGI application: the endpoint at `path`, and /healthz."""
    expected = secret.encode()

    async def take(request: Request) -> Response:
        given = request.headers.get("x-telegram-bot-api-secret-token", "").encode()
        if not hmac.compare_digest(given, expected):
            return Response(status_code=403)
        try:
            body = await _body(request)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            return Response(status_code=413)
        try:
            update = json.loads(body)
        except ValueError:  # an error would only make it come again
            _log.warning("the webhook got something that is no JSON")
            return Response()
        try:
            new = store(state, [update], time.time())
        except SQLAlchemyError as error:
            state.connection.rollback()
            _log.error("an update can't be stored, Telegram will send it again: %s", type(error).__name__)
            return Response(status_code=503)
        lanes.put(new)
        return Response()

    async def health(_: Request) -> Response:
        return PlainTextResponse("ok\n")

    return Starlette(routes=[Route(path, take, methods=["POST"]), Route("/healthz", health)])


async def _body(request: Request) -> bytes | None:
    """The body, None if it is too large."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST:
            return None
        parts.append(part)
    return b"".join(parts)


class _Server(uvicorn.Server):
    """Leaves the signals to the bot."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def listening(settings: Settings) -> socket.socket:
    """The open socket of MODU_LISTEN. Raises ModuError."""
    host, _, port = settings.listen.rpartition(":")
    host = host.strip("[]")
    try:
        return socket.create_server((host, int(port)), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise ModuError(f"MODU_LISTEN: {settings.listen} can't be listened on: {error.strerror or error}") from error


async def listen(settings: Settings, listener: socket.socket, api: Api, state: State, lanes: Lanes) -> None:
    """Serve the webhook until cancelled, and tell Telegram of it. Raises InvalidToken."""
    if settings.webhook_url is None or settings.webhook_secret is None:
        raise ValueError("a webhook needs an address and a secret")
    secret = settings.webhook_secret.get_secret_value()
    app = application(state, lanes, secret, urlsplit(settings.webhook_url).path or "/")
    server = _Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off"))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    wanted = {
        "url": settings.webhook_url,
        "secret_token": secret,
        "allowed_updates": ALLOWED,
        "drop_pending_updates": False,
    }
    try:
        await insist(lambda: api.call("setWebhook", wanted), "setWebhook")
        await asyncio.wait({serving})  # a cancellation of this one must not reach it
    except BadRequest as error:
        raise ModuError(f"MODU_WEBHOOK_URL: Telegram does not take it: {error.message}") from error
    finally:
        server.should_exit = True
        await serving  # it ends the connections
