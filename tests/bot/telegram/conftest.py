"""A bot that takes one step at a time, on a state database in memory."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.answering import Desk
from bot.state.database import State
from tests.bot.telegram.stepping import Bot
from tests.telegram_server import Limits, TelegramServer


@pytest.fixture
def state() -> Iterator[State]:
    made = State("sqlite://")
    yield made
    made.close()


@pytest.fixture
def bot(server: TelegramServer, desk: Desk, state: State) -> Iterator[Bot]:
    server.limits = Limits.off()  # it sends as fast as it can
    made = Bot(server, desk, state)
    yield made
    made.http.close()
