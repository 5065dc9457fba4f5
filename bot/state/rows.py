"""Write a row that may be there already, on every database alike."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Table, and_

Values = Mapping[str, Any]
NONE: Values = MappingProxyType({})


def put(connection: Connection, table: Table, key: Values, values: Values, first: Values = NONE) -> None:
    """Set `values` in the row with this key; if there is none, make it, with the values of `first` too."""
    found = and_(*(table.c[name] == value for name, value in key.items()))
    if not connection.execute(table.update().where(found).values(dict(values))).rowcount:
        connection.execute(table.insert().values({**first, **key, **values}))
