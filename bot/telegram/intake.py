"""What an update is before anybody handles it: its number, its lane, how long it is worth handling."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from bot.state import inbox
from bot.state.database import State
from bot.state.inbox import Arrival

ALLOWED = [
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "callback_query",
    "inline_query",
    "my_chat_member",
    "chat_member",
]
"""The kinds of update that are asked for. Telegram keeps the list of the last time, so it is passed at every start."""

_MESSAGES = ("message", "edited_message", "channel_post", "edited_channel_post")
_LIVES = {"callback_query": 150.0, "inline_query": 30.0}
"""Seconds after which Telegram takes no answer any more."""

_TOO_LARGE = 1 << 63
"""For a number in a database."""

Update = dict[str, Any]


def number_of(update: Any) -> int | None:
    """The number of an update, None if it has none."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if isinstance(number, int) and 0 <= number < _TOO_LARGE else None


def lane(update: Update) -> str:
    """The key of the updates that are handled in order with this one: its chat and topic, else its sender."""
    for kind in _MESSAGES:
        if kind in update:
            return _place(update[kind])
    query = update.get("callback_query") or update.get("inline_query") or {}
    if "message" in query:
        return _place(query["message"])
    member = update.get("my_chat_member") or update.get("chat_member")
    if member:
        return f"{member['chat']['id']}:0"
    return f"from {query['from']['id']}" if "from" in query else ""


def _place(message: Update) -> str:
    thread = message.get("message_thread_id") if message.get("is_topic_message") else None
    return f"{message['chat']['id']}:{thread or 0}"


def stale(update: Update, age: float) -> bool:
    """Whether an update that has waited for `age` seconds can't be answered any more."""
    return any(kind in update and age > seconds for kind, seconds in _LIVES.items())


def store(state: State, updates: Iterable[Any], now: float) -> list[tuple[Arrival, Update]]:
    """Store updates in one transaction; those that are new, with what they hold. What has no number is left out."""
    found: dict[int, tuple[Arrival, Update]] = {}
    for update in updates:
        number = number_of(update)
        if number is None:
            continue
        try:
            key = lane(update)
        except (KeyError, TypeError, AttributeError):
            key = ""  # whoever reads it will find out
        body = json.dumps(update)  # as ASCII: half characters, which no database takes, stay what they are
        found[number] = (Arrival(number, key, body, now), update)
    new = inbox.store(state.connection, [arrival for arrival, _ in found.values()])
    state.connection.commit()
    return [pair for number, pair in found.items() if number in new]
