"""The surface against the loopback Bot API, step by step: updates are fetched, handled, and the calls made over HTTP.

The running bot does the same with an inbox, lanes and limits in between; here a test says when.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from telegram import Update

from bot.answering import Desk
from bot.state import outbox
from bot.state.database import State
from bot.telegram.surface import Surface
from bot.telegram.work import Me, Work
from tests.telegram_server import Chat, Sent, TelegramServer, User


class Bot:
    """A bot that does its work when it is told to."""

    def __init__(self, server: TelegramServer, desk: Desk, state: State) -> None:
        self.server = server
        self.state = state
        self.surface = Surface(desk)
        self.waited = timedelta()
        """How long updates lay before they were handled."""
        self.http = httpx.Client(base_url=f"{server.url}/bot{server.token}/", timeout=30, trust_env=False)
        self.offset = 0

    @property
    def me(self) -> Me:
        bot = self.server.bot
        return Me(bot.id, bot.username or "", self.server.reads_all, self.server.supports_inline)

    @property
    def now(self) -> datetime:
        return datetime.fromtimestamp(self.server.clock.now(), UTC)

    def run(self) -> list[Sent]:
        """Handle all that has come; what was sent for it."""
        before = len(self.server.log.entries)
        for raw in self._call("getUpdates", offset=self.offset)["result"]:
            self.offset = raw["update_id"] + 1
            asyncio.run(self._handle(raw))
        return [sent for sent in self.server.log.entries[before:] if sent.method != "getChatMember"]

    async def _handle(self, raw: dict[str, Any]) -> None:
        connection, now = self.state.connection, self.now.timestamp()
        work = Work(connection, self.now, self.now - self.waited, self.me, self.state.alias(), self._query)
        await self.surface.handle(Update.de_json(raw, None), work)
        message = raw.get("message", {})
        if "migrate_to_chat_id" in message:
            outbox.migrate(connection, message["chat"]["id"], message["migrate_to_chat_id"])
        entries = outbox.add(connection, work.calls, [True] * len(work.calls), now)
        connection.commit()
        for entry in entries:
            payload = entry.payload if entry.chat_id is None else {"chat_id": entry.chat_id, **entry.payload}
            if entry.edits:
                payload["message_id"] = outbox.answer_to(connection, *entry.edits)
            done = self._call(entry.method, **payload)
            result = done.get("result")
            number = result["message_id"] if isinstance(result, dict) else None
            state = "sent" if done["ok"] else "failed"
            outbox.finish(connection, [outbox.Result(entry.id, state, now, number, error=done.get("description", ""))])
            connection.commit()

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

    def _call(self, method: str, **payload: Any) -> dict[str, Any]:
        return dict(self.http.post(method, json=payload).json())
