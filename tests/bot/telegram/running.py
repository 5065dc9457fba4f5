"""The bot without its surface: everything between Telegram and a handler, in the test's own event loop."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

from telegram import Update

from bot.settings import Settings
from bot.telegram.call import Call
from bot.telegram.limits import Limiter, Window
from bot.telegram.run import serve
from bot.telegram.work import Handler, Me, Work
from tests.telegram_server import TelegramServer


class Echo:
    """Repeats what is said, twice if it begins with "twice "; follows edits."""

    def __init__(self, me: Me) -> None:
        self.me = me

    async def handle(self, update: Update, work: Work) -> None:
        message = update.message or update.edited_message
        if message is None or not message.text:
            return
        place = (message.chat_id, message.message_id)
        if update.edited_message:
            work.send(Call("editMessageText", {"text": f"re: {message.text}"}, chat_id=message.chat_id, edits=place))
            return
        reply = {"message_id": message.message_id, "allow_sending_without_reply": True}
        for n in range(2 if message.text.startswith("twice ") else 1):
            text = f"{'re' * (n + 1)}: {message.text}"
            payload = {"text": text, "reply_parameters": reply}
            work.send(
                Call("sendMessage", payload, chat_id=message.chat_id, answers=place, note=f"n{message.message_id}")
            )


def unlimited() -> Limiter:
    """For tests that are not about limits."""
    return Limiter(Window(1, 0.0), Window(20, 0.0), Window(1000, 0.0))


def settings(server: TelegramServer, folder: Path, **values: Any) -> Settings:
    return Settings(
        telegram_token=server.token,
        telegram_api=server.url,
        DATABASE_URL=f"sqlite:///{folder / 'state.sqlite'}",
        log="debug",
        **values,
    )


@asynccontextmanager
async def running(
    settings: Settings,
    handler: Callable[[Me], Handler] = Echo,
    menus: Iterable[Call] = (),
    limiter: Limiter | None = None,
) -> AsyncIterator[asyncio.Task[None]]:
    """A bot that runs until the block ends; what ends it before that is raised there."""
    stop = asyncio.Event()
    task = asyncio.create_task(serve(settings, handler, list(menus), stop, limiter or unlimited()))
    try:
        yield task
    finally:
        stop.set()
        await task


def rows(folder: Path, query: str) -> list[Any]:
    """What the state database holds, read from outside; nothing before the bot has made it."""
    with closing(sqlite3.connect(folder / "state.sqlite")) as connection:
        try:
            return [row[0] if len(row) == 1 else row for row in connection.execute(query)]
        except sqlite3.OperationalError:
            return []
