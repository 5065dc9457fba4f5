"""Chats and their settings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from bot.state.rows import put
from bot.state.schema import chats


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat as its administrators set it up; a private chat has the id of its user."""

    chat_id: int
    kind: str = "private"
    """private, group, supergroup, channel."""
    language: str = ""
    """Of answers; '' follows each question."""
    buttons: bool = True
    """Whether answers have buttons below them."""
    who: str = "all"
    """Who may ask: all or admins."""
    mention: bool = True
    """Whether a mention of the bot's name addresses it, besides commands and replies."""
    active: bool = True
    new: bool = False
    """Whether nothing is stored of it yet."""
    told_late: float | None = None
    """When the chat was last told that its questions came too late, POSIX seconds."""


# made once: putting a statement together takes longer than running it
_FIELDS = tuple(name for name in Chat.__dataclass_fields__ if name != "new")
_known = select(*(chats.c[name] for name in _FIELDS)).where(chats.c.chat_id == bindparam("key"))
_new = insert(chats)


def chat(connection: Connection, chat_id: int, kind: str = "private") -> Chat:
    """The settings of a chat, the usual ones if it has none."""
    row = connection.execute(_known, {"key": chat_id}).first()
    return Chat(**dict(zip(_FIELDS, row, strict=True))) if row else Chat(chat_id, kind, new=True)


def change(connection: Connection, known: Chat, now: float, **values: Any) -> Chat:
    """Change settings of a chat; `values` are fields of Chat."""
    put(connection, chats, {"chat_id": known.chat_id}, {**values, "changed": now}, {"kind": known.kind})
    return chat(connection, known.chat_id)


def seen(connection: Connection, known: Chat, kind: str, now: float) -> Chat:
    """The chat, stored and active: it speaks to us."""
    if known.new:
        connection.execute(_new, {"chat_id": known.chat_id, "kind": kind, "changed": now})
        return replace(known, kind=kind, new=False)
    if not known.active or known.kind != kind:
        return change(connection, known, now, active=True, kind=kind)
    return known


def set_active(connection: Connection, chat_id: int, active: bool, kind: str, now: float) -> None:
    """The bot was blocked or removed, or is back; the settings of the chat stay as they are."""
    change(connection, Chat(chat_id, kind), now, active=active)
