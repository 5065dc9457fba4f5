"""Exchanges: a question and its answer, for follow-ups, for replies to an answer and for the buttons below it."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, bindparam, delete, insert, select

from bot.state.outbox import note_of
from bot.state.schema import exchanges, outbox

FOLLOWED = 30 * 60
"""Seconds for which the next question of a conversation leans on the last one."""
KEPT = 7 * 24 * 3600
"""Seconds for which buttons work and a reply to an answer finds what it was about."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what its answer led to."""

    chat_id: int
    thread: int
    """Topic of a forum, 0 elsewhere."""
    person: str
    """Alias of who asked."""
    language: str
    """Of the answer."""
    question: str
    context: str = ""
    """JSON of the conversation's context behind the answer."""
    message_id: int | None = None
    """Of the question's message; None where a button asked it."""
    data: dict[str, Any] = field(default_factory=dict)
    """What the buttons lead to."""
    created: float = 0.0
    id: str = ""


def new_id() -> str:
    """An id that nobody guesses: buttons carry it."""
    return secrets.token_urlsafe(9)


# made once: putting a statement together takes longer than running it
_insert = insert(exchanges)
_delete = delete(exchanges).where(exchanges.c.id == bindparam("key"))
_alive = select(exchanges).where(exchanges.c.expires > bindparam("now")).limit(1)
_by_id = _alive.where(exchanges.c.id == bindparam("key"))
_in_place = _alive.where(exchanges.c.chat_id == bindparam("chat")).order_by(exchanges.c.created.desc())
_by_message = _in_place.where(exchanges.c.message_id == bindparam("message"))
_last = _in_place.where(
    exchanges.c.thread == bindparam("topic"),
    exchanges.c.person == bindparam("who"),
    exchanges.c.context != "",
    exchanges.c.created > bindparam("since"),
)


def keep(connection: Connection, exchange: Exchange, *, new: bool = False) -> None:
    """Store an exchange, in place of the one with the same id unless it is `new`."""
    row = {f: getattr(exchange, f) for f in Exchange.__dataclass_fields__}
    row["expires"] = exchange.created + KEPT
    row["data"] = json.dumps(exchange.data, ensure_ascii=False)
    if not new:
        connection.execute(_delete, {"key": exchange.id})
    connection.execute(_insert, row)


def find(connection: Connection, exchange_id: str, now: float) -> Exchange | None:
    """The exchange with this id, None once it has expired."""
    return _first(connection, _by_id, now, key=exchange_id)


def last(connection: Connection, chat_id: int, thread: int, person: str, now: float) -> Exchange | None:
    """What a person asked last in a chat and topic, None once the conversation has gone cold."""
    return _first(connection, _last, now, chat=chat_id, topic=thread, who=person, since=now - FOLLOWED)


def asked_by(connection: Connection, chat_id: int, message_id: int, now: float) -> Exchange | None:
    """The exchange that a question's message began."""
    return _first(connection, _by_message, now, chat=chat_id, message=message_id)


def shown_in(connection: Connection, chat_id: int, message_id: int, now: float) -> Exchange | None:
    """The exchange of which a message of ours is the answer."""
    note = note_of(connection, chat_id, message_id)
    return find(connection, note, now) if note else None


def further_messages(connection: Connection, chat_id: int, message_id: int) -> list[int]:
    """Ids of the messages that answer a question, but for the first one."""
    o = outbox.c
    mine = select(o.message_id).where(o.answers_chat == chat_id, o.answers_message == message_id)
    return list(connection.scalars(mine.where(o.message_id.is_not(None)).order_by(o.id)))[1:]


def _first(connection: Connection, query: Select[Any], now: float, **values: Any) -> Exchange | None:
    row = connection.execute(query, {"now": now, **values}).mappings().first()
    return _exchange(row) if row else None


def _exchange(row: RowMapping) -> Exchange:
    values = {**row, "data": json.loads(row["data"])}
    del values["expires"]
    return Exchange(**values)
