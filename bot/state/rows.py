"""Write rows that may be there already, on every database alike."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Table, and_
from sqlalchemy.dialects import postgresql, sqlite

Values = Mapping[str, Any]
NONE: Values = MappingProxyType({})


def put(connection: Connection, table: Table, key: Values, values: Values, first: Values = NONE) -> None:
    """Set `values` in the row with this key; if there is none, make it, with the values of `first` too."""
    found = and_(*(table.c[name] == value for name, value in key.items()))
    if not connection.execute(table.update().where(found).values(dict(values))).rowcount:
        connection.execute(table.insert().values({**first, **key, **values}))


def insert(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that can say what to do about a row that is there already; for the dialect of a connection."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def several(rows: list[dict[str, Any]]) -> list[dict[str, Any]] | dict[str, Any]:
    """Parameters of a statement that returns something: one row alone is no batch, which would take twice as long."""
    return rows[0] if len(rows) == 1 else rows
