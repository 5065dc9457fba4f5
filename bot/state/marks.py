"""Single values that outlive a restart."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.state.schema import marks


def read(connection: Connection, name: str) -> str:
    """The value, '' if there is none."""
    return connection.scalar(sa.select(marks.c.value).where(marks.c.name == name)) or ""


def write(connection: Connection, name: str, value: str) -> None:
    """Set the value."""
    if not connection.execute(sa.update(marks).where(marks.c.name == name).values(value=value)).rowcount:
        connection.execute(sa.insert(marks).values(name=name, value=value))
