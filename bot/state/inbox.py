"""Updates from Telegram: stored before they are confirmed, handled once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.sql.dml import ReturningInsert

from bot.state.rows import insert, several
from bot.state.schema import inbox

KEPT = 48 * 3600.0
"""Seconds that an update is known by its number, so that a second delivery is no second question."""


class Arrival(NamedTuple):
    """An update as it is stored."""

    update_id: int
    lane: str
    """Updates of one lane are handled one after the other."""
    body: str
    """JSON."""
    received: float
    """POSIX seconds."""


_done = (
    sa.update(inbox)
    .where(inbox.c.update_id == sa.bindparam("key"))
    .values(state=sa.bindparam("to"), body="", error=sa.bindparam("reason"))
)
_kept = (
    sa.update(inbox)
    .where(inbox.c.update_id == sa.bindparam("key"))
    .values(state=sa.bindparam("to"), error=sa.bindparam("reason"))
)
_tried = (
    sa.update(inbox)
    .where(inbox.c.update_id == sa.bindparam("key"))
    .values(tries=inbox.c.tries + 1, error=sa.bindparam("reason"))
)


@lru_cache
def _new(dialect: str) -> ReturningInsert[tuple[int]]:
    known = insert(dialect, inbox).on_conflict_do_nothing(index_elements=["update_id"])
    return known.returning(inbox.c.update_id)


_emptied = (
    sa.update(inbox)
    .where(inbox.c.lane == sa.bindparam("place"), inbox.c.state.in_(["failed", "parked"]))
    .values(body="")
)


def store(connection: Connection, arrivals: Iterable[Arrival]) -> set[int]:
    """Store updates; the numbers of those that were not known yet."""
    rows = [{**arrival._asdict(), "state": "new"} for arrival in arrivals]
    if not rows:
        return set()
    return set(connection.scalars(_new(connection.dialect.name), several(rows)))


def waiting(connection: Connection) -> list[Arrival]:
    """What is not handled yet, in the order in which it came."""
    columns = (inbox.c.update_id, inbox.c.lane, inbox.c.body, inbox.c.received)
    found = sa.select(*columns).where(inbox.c.state == "new").order_by(inbox.c.received, inbox.c.update_id)
    return [Arrival(*row) for row in connection.execute(found)]


def finish(connection: Connection, update_id: int, state: str = "done", error: str = "") -> None:
    """An update is done or stale; nothing that people wrote is kept."""
    connection.execute(_done, {"key": update_id, "to": state, "reason": error})


def put_aside(connection: Connection, update_id: int, state: str, error: str) -> None:
    """An update has failed or can't be read (parked); its body stays for a look at it."""
    connection.execute(_kept, {"key": update_id, "to": state, "reason": error})


def tried(connection: Connection, update_id: int, error: str) -> None:
    """Handling an update went wrong; it is tried again."""
    connection.execute(_tried, {"key": update_id, "reason": error})


def counts(connection: Connection) -> dict[str, int]:
    """State → number of updates."""
    found = sa.select(inbox.c.state, sa.func.count()).group_by(inbox.c.state)
    return {row[0]: row[1] for row in connection.execute(found)}


def forget(connection: Connection, chat_id: int) -> None:
    """Erase what is kept of the updates of a private chat that failed or could not be read."""
    connection.execute(_emptied, {"place": f"{chat_id}:0"})


def prune(connection: Connection, now: float) -> int:
    """Forget old updates that are not waiting; how many."""
    old = sa.delete(inbox).where(inbox.c.received < now - KEPT, inbox.c.state != "new")
    return connection.execute(old).rowcount
