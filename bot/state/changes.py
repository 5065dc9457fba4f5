"""Changes of the facts that administrators asked for, from the first word to the decision.

    asking → waiting → staged → applying → done | refused
                            ↘ dropped

`waiting` and `applying` are work for the keeper (bot.telegram.keeper), which takes up what a dead process left.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from bot.state.schema import changes

KEPT = 24 * 3600.0
"""Seconds after which a change that nobody decided on is forgotten."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the facts."""

    chat_id: int
    admin: int
    """Numeric id of who asked for it and decides on it."""
    kind: str
    """reload, file, alias, correct, rollback."""
    state: str
    language: str
    created: float
    detail: dict[str, Any] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    """Path within the pack → new text."""
    staged: dict[str, Any] = field(default_factory=dict)
    """What staging found (bot.change.Staged)."""
    id: str = field(default_factory=lambda: secrets.token_urlsafe(9))


_JSON = ("detail", "files", "staged")


def put(connection: Connection, change: Change) -> None:
    """Store a change, in place of the one with the same id."""
    row: dict[str, Any] = {name: getattr(change, name) for name in Change.__dataclass_fields__}
    row.update({name: json.dumps(row[name], ensure_ascii=False) for name in _JSON})
    connection.execute(changes.delete().where(changes.c.id == change.id))
    connection.execute(changes.insert().values(**row, expires=change.created + KEPT))


def find(connection: Connection, change_id: str) -> Change | None:
    """The change with this id."""
    row = connection.execute(select(changes).where(changes.c.id == change_id)).mappings().first()
    return _change(row) if row else None


def asking(connection: Connection, chat_id: int, admin: int, since: float) -> Change | None:
    """The change for which this administrator was last asked something, no earlier than `since`."""
    c = changes.c
    mine = select(changes).where(c.chat_id == chat_id, c.admin == admin, c.state == "asking", c.created >= since)
    row = connection.execute(mine.order_by(c.created.desc()).limit(1)).mappings().first()
    return _change(row) if row else None


def todo(connection: Connection) -> Change | None:
    """The oldest change that waits for the keeper."""
    c = changes.c
    mine = select(changes).where(c.state.in_(["waiting", "applying"])).order_by(c.created).limit(1)
    row = connection.execute(mine).mappings().first()
    return _change(row) if row else None


def _change(row: RowMapping) -> Change:
    values = {name: row[name] for name in Change.__dataclass_fields__}
    return Change(**values | {name: json.loads(row[name]) for name in _JSON})
