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
    rows = connection.execute(select(feedback.c.vote, func.count()).group_by(feedback.c.vote))
    found: dict[int, int] = dict(row.tuple() for row in rows)
    return found.get(1, 0), found.get(-1, 0)


def chats_by_kind(connection: Connection) -> list[tuple[str, int]]:
    """(kind, number) of the chats that can be written to."""
    found = select(chats.c.kind, func.count()).where(chats.c.active).group_by(chats.c.kind).order_by(chats.c.kind)
    return [row.tuple() for row in connection.execute(found)]


def waiting(connection: Connection) -> dict[str, tuple[int, float | None]]:
    """(number, POSIX seconds of the oldest) of what waits in the inbox and in the outbox."""
    received = select(func.count(), func.min(inbox.c.received)).where(inbox.c.state == "new")
    made = select(func.count(), func.min(outbox.c.created)).where(outbox.c.state.in_(["pending", "sending"]))
    return {
        "inbox": connection.execute(received).one().tuple(),
        "outbox": connection.execute(made).one().tuple(),
    }
