"""Both ends of the server's HTTP, plain: nothing of it is hidden by a library."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import httpx
import pytest

if TYPE_CHECKING:
    from tests.telegram_server import TelegramServer

Call = Callable[..., dict[str, Any]]


@pytest.fixture
def call(server: TelegramServer) -> Iterator[Call]:
    """``call("getMe")``: the envelope, after its status was compared with the HTTP status."""
    with httpx.Client(base_url=f"{server.url}/bot{server.token}", timeout=30, trust_env=False, verify=False) as client:

        def post(method: str, *, files: Any = None, **payload: Any) -> dict[str, Any]:
            if files:
                form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in payload.items()}
                response = client.post(f"/{method}", data=form, files=files)
            else:
                response = client.post(f"/{method}", json=payload)
            body: dict[str, Any] = response.json()
            assert body["ok"] == (response.status_code == 200)
            assert body.get("error_code", 200) == response.status_code
            return body

        yield post


class Hook(BaseHTTPRequestHandler):
    """A bot's end of a webhook: notes what comes, answers with the statuses that it was given, then with 200."""

    protocol_version = "HTTP/1.1"
    got: list[tuple[int, str]]
    statuses: list[int]
    slow: float

    def do_POST(self) -> None:
        update = json.loads(self.rfile.read(int(self.headers["content-length"])))
        time.sleep(self.slow)
        status = self.statuses.pop(0) if self.statuses else 200
        self.got.append((update["update_id"], self.headers.get("X-Telegram-Bot-Api-Secret-Token", "")))
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def hook() -> Iterator[tuple[type[Hook], str]]:
    handler = type("TestHook", (Hook,), {"got": [], "statuses": [], "slow": 0.0})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        thread = threading.Thread(target=httpd.serve_forever, args=(0.05,))
        thread.start()
        yield handler, f"http://127.0.0.1:{httpd.server_port}/hook"
        httpd.shutdown()
        thread.join()
