"""The Bot API as this bot uses it: requests by name, python-telegram-bot's errors and objects."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

from telegram import Bot
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.settings import Settings
from bot.telegram.request import Request
from bot.telegram.work import Me

os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library warns of its own seconds otherwise

REMEMBERED = 300.0
"""Seconds that the result of a query is remembered."""
SLOWEST = 30.0
"""Most seconds between two attempts."""
_MOST_REMEMBERED = 10_000

_log = logging.getLogger("modu.telegram")
T = TypeVar("T")


class Api:
    """Requests to the Bot API; raises telegram.error.TelegramError."""

    def __init__(self, settings: Settings) -> None:
        token = settings.telegram_token
        if token is None:
            raise ValueError("the Bot API needs a token")
        self._request = Request(settings.telegram_api)
        self._polling = Request(settings.telegram_api, connections=1)
        self.bot = Bot(
            token.get_secret_value(),
            base_url=f"{settings.telegram_api}/bot",
            base_file_url=f"{settings.telegram_api}/file/bot",
            request=self._request,
            get_updates_request=self._polling,
        )
        self._root = self.bot.base_url
        self._known: dict[tuple[str, str], tuple[float, Any]] = {}

    async def open(self) -> None:
        await self._request.initialize()
        await self._polling.initialize()

    async def close(self) -> None:
        await self._request.shutdown()
        await self._polling.shutdown()

    async def me(self) -> Me:
        user = await self.bot.get_me()
        return Me(
            id=user.id,
            username=user.username or "",
            reads_all=bool(user.can_read_all_group_messages),
            inline=bool(user.supports_inline_queries),
        )

    async def call(self, method: str, payload: Mapping[str, Any]) -> Any:
        """Make a request; its result as plain data."""
        return await self._request.call(f"{self._root}/{method}", payload)

    async def updates(self, offset: int | None, wait: int, allowed: list[str]) -> list[dict[str, Any]]:
        """The updates from `offset` on, confirming those before it; waits for `wait` seconds for the first."""
        payload: dict[str, Any] = {"timeout": wait, "allowed_updates": allowed}
        if offset is not None:
            payload["offset"] = offset
        result = await self._polling.call(f"{self._root}/getUpdates", payload, read_timeout=wait + 10)
        return result if isinstance(result, list) else []

    async def ask(self, method: str, payload: dict[str, Any]) -> Any:
        """The result of a request that only reads, remembered for some minutes."""
        key = (method, json.dumps(payload, sort_keys=True))
        now = time.monotonic()
        known = self._known.get(key)
        if known and known[0] > now:
            return known[1]
        result = await self.call(method, payload)
        if len(self._known) >= _MOST_REMEMBERED:
            self._known = {k: v for k, v in self._known.items() if v[0] > now}
        self._known[key] = (now + REMEMBERED, result)
        return result

    def forget(self, chat_id: int) -> None:
        """What is remembered of a chat does not hold any more."""
        mark = f'"chat_id": {chat_id}'
        self._known = {k: v for k, v in self._known.items() if mark not in k[1]}


def pause(error: Exception, failures: int) -> float:
    """Seconds to wait after so many failures in a row: as the server says, else longer and longer."""
    if isinstance(error, RetryAfter):
        after = error.retry_after
        return float(after) if isinstance(after, int) else after.total_seconds()
    return min(SLOWEST, 0.25 * 2.0 ** min(failures, 10))


async def insist(request: Callable[[], Awaitable[T]], name: str) -> T:
    """The result of a request that the bot can't start without, made until the server takes it.

    Raises InvalidToken, or BadRequest where asking again would not help.
    """
    failures = 0
    while True:
        try:
            return await request()
        except (InvalidToken, BadRequest):
            raise
        except TelegramError as error:
            failures += 1
            seconds = pause(error, failures)
            _log.warning("%s: %s; trying again in %.0f s", name, error.message, seconds)
            await asyncio.sleep(seconds)
