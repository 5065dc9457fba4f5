"""Figures that administrators and monitoring ask for."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, func, select

from bot.state.schema import chats, exchanges, feedback, inbox, outbox

_MOST = 20_000


def exchanges_since(connection: Connection, since: float) -> list[dict[str, Any]]:
    """What is known of the questions asked since then (status, intent, facts, took_us), without their words."""
    found = select(exchanges.c.data).where(exchanges.c.created >= since, exchanges.c.question != "")
    rows = connection.scalars(found.order_by(exchanges.c.created.desc()).limit(_MOST))
    return [{k: v for k, v in json.loads(row).items() if k in _KNOWN} for row in rows]


_KNOWN = frozenset({"status", "intent", "facts", "took_us"})


def votes(connection: Connection) -> tuple[int, int]:
    """Votes for and against answers."""
    rows = connection.execute(select(feedback.c.vote, func.count().label("number")).group_by(feedback.c.vote))
    found: dict[int, int] = {row.vote: row.number for row in rows}
    return found.get(1, 0), found.get(-1, 0)


def chats_by_kind(connection: Connection) -> list[tuple[str, int]]:
    """(kind, number) of the chats that can be written to."""
    found = select(chats.c.kind, func.count()).where(chats.c.active).group_by(chats.c.kind).order_by(chats.c.kind)
    return [(kind, number) for kind, number in connection.execute(found)]


def waiting(connection: Connection) -> dict[str, tuple[int, float | None]]:
    """(number, POSIX seconds of the oldest) of what waits in the inbox and in the outbox."""
    received = select(func.count(), func.min(inbox.c.received)).where(inbox.c.state == "new")
    made = select(func.count(), func.min(outbox.c.created)).where(outbox.c.state.in_(["pending", "sending"]))
    number, oldest = connection.execute(received).one()
    made_number, made_oldest = connection.execute(made).one()
    return {"inbox": (number, oldest), "outbox": (made_number, made_oldest)}
