"""The surface against the loopback Bot API, step by step: every update is fetched, handled and its calls made over HTTP.

The running bot does the same with an inbox, lanes and an outbox in between; here a test says when.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine
from telegram import Update

from bot.answering import Desk
from bot.state.schema import metadata, outbox
from bot.telegram.surface import Surface
from bot.telegram.work import Me, Work
from tests.telegram_server import Chat, Sent, TelegramServer, User


class Bot:
    """A bot that does its work when it is told to."""

    def __init__(self, server: TelegramServer, desk: Desk, engine: Engine) -> None:
        self.server = server
        self.engine = engine
        self.surface = Surface(desk)
        self.waited = timedelta()
        """How long updates lay before they were handled."""
        self.http = httpx.Client(base_url=f"{server.url}/bot{server.token}/", timeout=30, trust_env=False)
        self.offset = 0

    @property
    def me(self) -> Me:
        bot = self.server.bot
        return Me(bot.id, bot.username or "", self.server.reads_all, self.server.supports_inline)

    def run(self) -> list[Sent]:
        """Handle all that has come; what was sent for it."""
        before = len(self.server.log.entries)
        updates = self._call("getUpdates", offset=self.offset)["result"]
        for raw in updates:
            self.offset = raw["update_id"] + 1
            self.perform(lambda work, raw=raw: self.surface.handle(Update.de_json(raw, None), work))
        return self.server.log.entries[before:]

    def start(self) -> list[Sent]:
        """What the bot does when it starts."""
        before = len(self.server.log.entries)
        self.perform(self.surface.start)
        return self.server.log.entries[before:]

    def perform(self, task: Any) -> None:
        now = datetime.fromtimestamp(self.server.clock.now(), UTC)
        with self.engine.connect() as connection:
            work = Work(connection, now, now - self.waited, self.me, lambda i: f"alias{i % 1000003}", self._query)
            asyncio.run(task(work))
            connection.commit()
        for call in work.calls:
            self._make(call)

    def say(self, chat: Chat, *words: Any, **how: Any) -> list[Sent]:
        """Somebody writes, and the bot reacts."""
        chat.say(*words, **how)
        return self.run()

    def press(self, user: User, sent: Sent, label: str) -> list[Sent]:
        """Somebody taps a button of a message, and the bot reacts."""
        user.press(self.server.message(sent), label)
        return self.run()

    async def _query(self, method: str, payload: dict[str, Any]) -> Any:
        return self._call(method, **payload)["result"]

    def _make(self, call: Any) -> None:
        payload = dict(call.payload)
        row: dict[str, Any] = {"method": call.method, "chat_id": call.chat_id, "note": call.note, "state": "sent"}
        if call.chat_id is not None:
            payload["chat_id"] = call.chat_id
        with self.engine.begin() as connection:
            if call.edits:
                c = outbox.c
                answered = connection.execute(
                    outbox.select()
                    .where(c.answers_chat == call.edits[0], c.answers_message == call.edits[1])
                    .order_by(c.id)
                ).mappings()
                payload["message_id"] = next(iter(answered))["message_id"]
            if call.answers:
                row |= {"answers_chat": call.answers[0], "answers_message": call.answers[1]}
            done = self._call(call.method, **payload)
            if done["ok"] and isinstance(done["result"], dict):
                row["message_id"] = done["result"].get("message_id")
            connection.execute(outbox.insert().values(payload="", created=0, **row))

    def _call(self, method: str, **payload: Any) -> dict[str, Any]:
        return dict(self.http.post(method, content=json.dumps(payload), headers={"content-type": "application/json"}).json())


@pytest.fixture
def engine() -> Iterator[Engine]:
    made = create_engine("sqlite://")
    event.listen(made, "connect", lambda connection, _: connection.execute("pragma foreign_keys = on"))
    metadata.create_all(made)
    yield made
    made.dispose()


@pytest.fixture
def bot(server: TelegramServer, desk: Desk, engine: Engine) -> Iterator[Bot]:
    made = Bot(server, desk, engine)
    yield made
    made.http.close()
