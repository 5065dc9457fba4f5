"""Chats: whether they can still be written to. Their settings belong to the surface."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.state.schema import chats


def set_active(connection: Connection, chat_id: int, active: bool, kind: str, now: float) -> None:
    """The bot was blocked or removed, or is back; the settings of the chat stay as they are."""
    values = {"active": active, "changed": now}
    if not connection.execute(sa.update(chats).where(chats.c.chat_id == chat_id).values(**values)).rowcount:
        connection.execute(sa.insert(chats).values(chat_id=chat_id, kind=kind, **values))
