"""Long polling: fetch updates, store them, and only then confirm them by the next request."""

from __future__ import annotations

import asyncio
import logging
import time

from sqlalchemy.exc import SQLAlchemyError
from telegram.error import Conflict, InvalidToken, TelegramError, TimedOut

from bot.state.database import State
from bot.telegram.api import Api, pause
from bot.telegram.intake import ALLOWED, number_of, store
from bot.telegram.lanes import Lanes

WAIT = 30
"""Seconds that Telegram holds a request open while there is nothing."""

_log = logging.getLogger("modu.telegram")


async def poll(api: Api, state: State, lanes: Lanes) -> None:
    """Fetch updates until cancelled. Raises InvalidToken."""
    offset: int | None = None
    failures = 0
    webhook = True  # one that was set before would stop us
    while True:
        await lanes.room()
        try:
            if webhook:
                await api.call("deleteWebhook", {"drop_pending_updates": False})
                webhook = False
            updates = await api.updates(offset, WAIT, ALLOWED)
            new = store(state, updates, time.time())
        except InvalidToken:
            raise
        except TimedOut:
            continue
        except (TelegramError, SQLAlchemyError) as error:
            state.connection.rollback()
            failures += 1
            seconds = pause(error, failures)
            _log.warning("%s; trying again in %.0f s", _reason(error), seconds)
            await asyncio.sleep(seconds)
            continue
        failures = 0
        numbers = [number for update in updates if (number := number_of(update)) is not None]
        if numbers:
            offset = max(numbers) + 1
        elif updates:
            await asyncio.sleep(1.0)  # nothing that could be confirmed
        lanes.put(new)


def _reason(error: Exception) -> str:
    if isinstance(error, Conflict):
        return "another process fetches the updates of this bot (409): stop one of them"
    if isinstance(error, TelegramError):
        return f"no updates: {error.message}"
    return f"updates can't be stored ({type(error).__name__}), so they are not confirmed"
