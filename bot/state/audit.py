"""The log of what administrators did. Rows are added and read; the database itself refuses anything else."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, select

from bot.state.schema import audit

_LONGEST = 2000


class Row(NamedTuple):
    """One thing that an administrator did."""

    at: float
    """POSIX seconds."""
    admin: int
    action: str
    detail: str
    hash: str
    """Of the base that was served afterwards, '' where that is not at issue."""


def note(connection: Connection, now: float, admin: int, action: str, detail: str = "", served: str = "") -> None:
    """Write down what an administrator did."""
    connection.execute(audit.insert().values(at=now, admin=admin, action=action, detail=detail[:_LONGEST], hash=served))


def last(connection: Connection, number: int) -> list[Row]:
    """The last rows, the newest first."""
    columns = (audit.c.at, audit.c.admin, audit.c.action, audit.c.detail, audit.c.hash)
    return [Row(*row) for row in connection.execute(select(*columns).order_by(audit.c.id.desc()).limit(number))]
