"""What an error of the Bot API means for the request that got it."""

from __future__ import annotations

from typing import NamedTuple

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError, TimedOut

from bot.telegram.api import pause
from bot.telegram.call import repeatable
from bot.telegram.request import NotSent

MOST_ATTEMPTS = 8
"""Of a request that may be repeated; one that surely was not carried out is tried until it is too old."""


class Verdict(NamedTuple):
    """What to do with a request that failed."""

    action: str
    """sent, wait (the chat is paused), again (after a while), plain, no_thread, migrate, failed, expired, uncertain."""
    error: str
    code: int | None = None
    seconds: float = 0.0
    """For wait: how long."""
    chat_id: int = 0
    """For migrate: the chat's new id."""


_BAD_REQUESTS = {
    "message is not modified": "sent",
    "can't parse entities": "plain",
    "message thread not found": "no_thread",
    "query is too old": "expired",
}


def judge(error: TelegramError, method: str, attempts: int) -> Verdict:
    """The verdict on a request that failed after `attempts` earlier ones."""
    text = error.message
    match error:
        case RetryAfter():
            return Verdict("wait", text, 429, seconds=pause(error, 0))
        case ChatMigrated():
            return Verdict("migrate", text, 400, chat_id=error.new_chat_id)
        case BadRequest():
            action = next((a for sign, a in _BAD_REQUESTS.items() if sign in text.lower()), "failed")
            return Verdict(action, text, 400)
        case Forbidden():
            return Verdict("failed", text, 403)
        case InvalidToken() if text == "Not Found":
            return Verdict("failed", text, 404)  # the server does not know the method
        case InvalidToken():
            return Verdict("again", text, 401)  # nothing was sent, and nothing can be
        case NotSent():
            return Verdict("again", text)
    if text.startswith("Too Many Requests"):
        return Verdict("wait", text, 429, seconds=5.0)
    if repeatable(method):
        return Verdict("again" if attempts < MOST_ATTEMPTS else "failed", text)
    return Verdict("uncertain", "no reply in time" if isinstance(error, TimedOut) else text)
