"""A plain HTTP client for the server: nothing of it is hidden by a library."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import httpx
import pytest

if TYPE_CHECKING:
    from tests.telegram_server import TelegramServer

Call = Callable[..., dict[str, Any]]


@pytest.fixture
def call(server: TelegramServer) -> Iterator[Call]:
    """``call("getMe")``: the envelope, after its status was compared with the HTTP status."""
    with httpx.Client(base_url=f"{server.url}/bot{server.token}", timeout=30, trust_env=False) as client:

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
