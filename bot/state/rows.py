"""Write a row that may be there already, on every database alike."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, and_


def put(connection: Connection, table: Table, key: dict[str, Any], values: dict[str, Any]) -> None:
    """Set `values` in the row with this key; make it if there is none."""
    found = and_(*(table.c[name] == value for name, value in key.items()))
    if not connection.execute(table.update().where(found).values(values)).rowcount:
        connection.execute(table.insert().values({**key, **values}))
