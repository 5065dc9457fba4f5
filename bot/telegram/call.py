"""A request to the Bot API that a handler wants made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ANSWER, DIGEST = 0, 5
"""Priorities: answers to people go first."""

FREE = frozenset({"answerCallbackQuery", "answerInlineQuery", "sendChatAction"})
"""Methods that post nothing: no limit counts them, and they wait for no message of their chat."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request to the Bot API; it is stored in the outbox before it is made."""

    method: str
    """As in the Bot API: sendMessage, editMessageText, answerCallbackQuery, …"""
    payload: Mapping[str, Any]
    """Parameters as in the Bot API, JSON-able; without chat_id."""
    chat_id: int | None = None
    """Becomes the parameter chat_id; None for methods that have none. Messages of one chat keep their order."""
    priority: int = ANSWER
    expires: float | None = None
    """POSIX seconds after which it is pointless and dropped: answers to callbacks, inline queries, typing."""
    answers: tuple[int, int] | None = None
    """(chat, message) of the question that this message answers, so that an edited question can edit its answer."""
    edits: tuple[int, int] | None = None
    """Edit the message that answered this (chat, message): the sender fills in message_id."""
    plain: str = ""
    """Text to send without markup where Telegram can't parse the entities."""
    note: str = ""
    """Opaque key kept with the message: by it, replies and buttons find what the message was about."""


def repeatable(method: str) -> bool:
    """Whether a request may be made again when nobody knows if it arrived: it changes nothing the second time."""
    return method == "sendChatAction" or not method.startswith(("send", "forward", "copy"))
