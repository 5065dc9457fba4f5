"""The loopback Bot API server, fresh for each test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.telegram_server import TelegramServer


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    """A server that enforces the rules; whatever the bot did that no reader of the Bot API would take fails the test."""
    from tests.telegram_server import TelegramServer

    with TelegramServer() as server:
        yield server
        server.check()
