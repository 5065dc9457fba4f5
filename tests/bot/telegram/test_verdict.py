"""What each error of the Bot API means for the request that got it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.telegram.call import repeatable
from bot.telegram.request import NotSent
from bot.telegram.verdict import MOST_ATTEMPTS, judge


@pytest.mark.parametrize(
    ("error", "message", "edit"),
    [
        (RetryAfter(timedelta(seconds=7)), "wait", "wait"),
        (ChatMigrated(-100), "migrate", "migrate"),
        (BadRequest("Message is not modified: same"), "sent", "sent"),
        (BadRequest("Can't parse entities: unsupported start tag"), "plain", "plain"),
        (BadRequest("Message thread not found"), "no_thread", "no_thread"),
        (BadRequest("Query is too old and response timeout expired"), "expired", "expired"),
        (BadRequest("Chat not found"), "failed", "failed"),
        (Forbidden("Forbidden: bot was blocked by the user"), "failed", "failed"),
        (InvalidToken("Unauthorized"), "again", "again"),
        (InvalidToken("Not Found"), "failed", "failed"),
        (NotSent("no connection"), "again", "again"),
        (NetworkError("Too Many Requests: retry later"), "wait", "wait"),
        (TimedOut(), "uncertain", "again"),
        (NetworkError("Bad Gateway"), "uncertain", "again"),
        (NetworkError("connection lost"), "uncertain", "again"),
        (TelegramError("Invalid server response"), "uncertain", "again"),
        (Conflict("?"), "uncertain", "again"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_verdicts(error: TelegramError, message: str, edit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    assert judge(error, "sendMessage", 0).action == message
    assert judge(error, "editMessageText", 0).action == edit


def test_details() -> None:
    assert judge(RetryAfter(timedelta(seconds=7)), "sendMessage", 0).seconds == 7.0
    assert judge(ChatMigrated(-100), "sendMessage", 0).chat_id == -100
    assert judge(Forbidden("x"), "sendMessage", 0).code == 403


def test_what_may_be_repeated_is_not_repeated_for_ever() -> None:
    assert judge(TimedOut(), "editMessageText", MOST_ATTEMPTS).action == "failed"
    assert judge(NotSent("no connection"), "sendMessage", 1000).action == "again"


@pytest.mark.parametrize(
    ("method", "may"),
    [
        ("sendMessage", False),
        ("sendPhoto", False),
        ("forwardMessage", False),
        ("copyMessage", False),
        ("sendChatAction", True),
        ("editMessageText", True),
        ("deleteMessage", True),
        ("answerCallbackQuery", True),
        ("answerInlineQuery", True),
        ("setMyCommands", True),
        ("pinChatMessage", True),
    ],
)
def test_repeatable(method: str, may: bool) -> None:
    assert repeatable(method) is may
