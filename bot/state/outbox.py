"""Requests to Telegram: stored before they are made.

    pending → sending → sent | failed | expired | uncertain

`sending` is committed before the request. A message that may or may not have arrived (no reply came, or the process
died) is `uncertain`: only a person can tell, so it is never sent again by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.state.rows import several
from bot.state.schema import metadata, outbox

if TYPE_CHECKING:
    from bot.telegram.call import Call

SENT_KEPT = 7 * 24 * 3600.0
"""Seconds that a sent message can be found by a reply to it or by an edit of its question."""
_BATCH = 500
FAILED_KEPT = 30 * 24 * 3600.0
"""Seconds that failed and uncertain messages can be looked at."""


@dataclass(slots=True)
class Entry:
    """A request that is not finished."""

    id: int
    method: str
    chat_id: int | None
    payload: dict[str, Any]
    priority: int = 0
    expires: float | None = None
    not_before: float | None = None
    attempts: int = 0
    plain: str = ""
    edits: tuple[int, int] | None = None
    sending: bool = False
    """Whether it is stored as `sending`: it may be made."""


class Result(NamedTuple):
    """How a request went."""

    id: int
    state: str
    when: float
    """POSIX seconds of the reply, or of the decision."""
    message_id: int | None = None
    code: int | None = None
    error: str = ""


class Doubt(NamedTuple):
    """A message of which nobody knows whether it arrived."""

    id: int
    chat_id: int | None
    method: str
    payload: dict[str, Any]
    when: float


_COLUMNS = (
    outbox.c.id,
    outbox.c.method,
    outbox.c.chat_id,
    outbox.c.payload,
    outbox.c.priority,
    outbox.c.expires,
    outbox.c.not_before,
    outbox.c.attempts,
    outbox.c.plain,
    outbox.c.edits_chat,
    outbox.c.edits_message,
)
_insert = sa.insert(outbox).returning(outbox.c.id, sort_by_parameter_order=True)
_key = outbox.c.id == sa.bindparam("key")
_started = sa.update(outbox).where(_key).values(state="sending", sent=sa.bindparam("when"))
_sent = (
    sa.update(outbox)
    .where(_key)
    .values(state="sent", payload="", plain="", message_id=sa.bindparam("message"), sent=sa.bindparam("when"), error="")
)
_ended = (
    sa.update(outbox)
    .where(_key)
    .values(
        state=sa.bindparam("to"), code=sa.bindparam("number"), error=sa.bindparam("reason"), sent=sa.bindparam("when")
    )
)
_again = (
    sa.update(outbox)
    .where(_key)
    .values(
        state="pending",
        payload=sa.bindparam("body"),
        not_before=sa.bindparam("earliest"),
        attempts=sa.bindparam("number"),
        error=sa.bindparam("reason"),
    )
)


def add(
    connection: Connection, calls: Sequence[Call], sending: Sequence[bool], now: float, update_id: int | None = None
) -> list[Entry]:
    """Store calls; `sending` tells for each whether it is made as soon as this is committed."""
    if not calls:
        return []
    rows = [_row(call, going, now, update_id) for call, going in zip(calls, sending, strict=True)]
    ids = connection.scalars(_insert, several(rows))
    return [
        Entry(
            id=number,
            method=call.method,
            chat_id=call.chat_id,
            payload=dict(call.payload),
            priority=call.priority,
            expires=call.expires,
            plain=call.plain,
            edits=call.edits,
            sending=going,
        )
        for number, call, going in zip(ids, calls, sending, strict=True)
    ]


def _row(call: Call, sending: bool, now: float, update_id: int | None) -> dict[str, Any]:
    answers = call.answers or (None, None)
    edits = call.edits or (None, None)
    return {
        "update_id": update_id,
        "chat_id": call.chat_id,
        "method": call.method,
        "payload": json.dumps(dict(call.payload)),
        "plain": call.plain,
        "priority": call.priority,
        "state": "sending" if sending else "pending",
        "expires": call.expires,
        "answers_chat": answers[0],
        "answers_message": answers[1],
        "edits_chat": edits[0],
        "edits_message": edits[1],
        "note": call.note,
        "created": now,
        "sent": now if sending else None,
    }


def start(connection: Connection, ids: Iterable[int], now: float) -> None:
    """Pending requests are about to be made."""
    rows = [{"key": number, "when": now} for number in ids]
    if rows:
        connection.execute(_started, rows)


def finish(connection: Connection, results: Iterable[Result]) -> None:
    """Write down how requests went."""
    sent, ended = [], []
    for result in results:
        if result.state == "sent":
            sent.append({"key": result.id, "message": result.message_id, "when": result.when})
        else:
            ended.append(
                {
                    "key": result.id,
                    "to": result.state,
                    "number": result.code,
                    "reason": result.error,
                    "when": result.when,
                }
            )
    if sent:
        connection.execute(_sent, sent)
    if ended:
        connection.execute(_ended, ended)


def again(connection: Connection, entry: Entry, error: str) -> None:
    """A request was surely not carried out: it waits until `entry.not_before`."""
    body = json.dumps(entry.payload)
    values = {"key": entry.id, "body": body, "earliest": entry.not_before, "number": entry.attempts, "reason": error}
    connection.execute(_again, values)


def pending(connection: Connection, held: AbstractSet[int] = frozenset()) -> list[Entry]:
    """What waits to be sent and is not in `held`, in order."""
    waiting = connection.scalars(sa.select(outbox.c.id).where(outbox.c.state == "pending").order_by(outbox.c.id))
    entries: list[Entry] = []
    for numbers in batched([number for number in waiting if number not in held], _BATCH):
        found = sa.select(*_COLUMNS).where(outbox.c.id.in_(numbers)).order_by(outbox.c.id)
        entries += [_entry(row) for row in connection.execute(found).mappings()]
    return entries


def batched(numbers: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """Pieces of at most `size`."""
    return (numbers[start : start + size] for start in range(0, len(numbers), size))


def _entry(row: sa.RowMapping) -> Entry:
    values = dict(row)
    edits = values.pop("edits_chat"), values.pop("edits_message")
    return Entry(**values | {"payload": json.loads(row["payload"]), "edits": None if edits[0] is None else edits})


def in_flight(connection: Connection) -> list[tuple[int, str]]:
    """(id, method) of what was being sent when the process ended."""
    found = sa.select(outbox.c.id, outbox.c.method).where(outbox.c.state == "sending")
    return [(number, method) for number, method in connection.execute(found)]


def give_back(connection: Connection, ids: Iterable[int]) -> None:
    """These were not sent, or may be sent twice: they wait again."""
    for numbers in batched(list(ids), _BATCH):
        connection.execute(sa.update(outbox).where(outbox.c.id.in_(numbers)).values(state="pending"))


def recent(connection: Connection, since: float) -> list[tuple[int, float]]:
    """(chat, when) of the messages sent lately, for the limits."""
    found = sa.select(outbox.c.chat_id, outbox.c.sent).where(outbox.c.sent >= since, outbox.c.chat_id.is_not(None))
    return [(chat, when) for chat, when in connection.execute(found.order_by(outbox.c.sent))]


def answer_to(connection: Connection, chat_id: int, message_id: int) -> int | None:
    """The message that answered a question, None if there is none."""
    found = sa.select(outbox.c.message_id).where(
        outbox.c.answers_chat == chat_id, outbox.c.answers_message == message_id, outbox.c.message_id.is_not(None)
    )
    return connection.scalar(found.order_by(outbox.c.id).limit(1))


def note_of(connection: Connection, chat_id: int, message_id: int) -> str:
    """The note of one of our messages, '' if it is not known."""
    found = sa.select(outbox.c.note).where(outbox.c.chat_id == chat_id, outbox.c.message_id == message_id)
    return connection.scalar(found.order_by(outbox.c.id).limit(1)) or ""


def counts(connection: Connection) -> dict[str, int]:
    """State → number of requests."""
    found = sa.select(outbox.c.state, sa.func.count()).group_by(outbox.c.state)
    return {row[0]: row[1] for row in connection.execute(found)}


def doubts(connection: Connection) -> list[Doubt]:
    """The uncertain messages, the oldest first: an administrator decides on each."""
    columns = (outbox.c.id, outbox.c.chat_id, outbox.c.method, outbox.c.payload, outbox.c.sent)
    found = sa.select(*columns).where(outbox.c.state == "uncertain").order_by(outbox.c.id)
    return [Doubt(r.id, r.chat_id, r.method, json.loads(r.payload), r.sent) for r in connection.execute(found)]


def send_again(connection: Connection, number: int) -> bool:
    """An administrator saw that an uncertain message is not there; False if it is not uncertain any more."""
    return _decide(connection, number, state="pending", not_before=None, error="")


def is_there(connection: Connection, number: int) -> bool:
    """An administrator saw that an uncertain message arrived; False if it is not uncertain any more."""
    return _decide(connection, number, state="sent", payload="", plain="", error="")


def _decide(connection: Connection, number: int, **values: Any) -> bool:
    doubt = sa.update(outbox).where(outbox.c.id == number, outbox.c.state == "uncertain").values(**values)
    return connection.execute(doubt).rowcount > 0


def migrate(connection: Connection, old: int, new: int) -> None:
    """A group became a supergroup: everything that stands under its old id stands under the new one.

    Holds for every table with a column that is called `chat_id` or ends in `_chat`.
    """
    for table in metadata.tables.values():
        for column in table.columns:
            if column.name != "chat_id" and not column.name.endswith("_chat"):
                continue
            unique = [c for c in table.constraints if isinstance(c, sa.PrimaryKeyConstraint | sa.UniqueConstraint)]
            for constraint in (c for c in unique if column.name in c.columns):
                _drop_doubles(connection, constraint, column, old, new)
            connection.execute(sa.update(table).where(column == old).values({column.name: new}))


def _drop_doubles(
    connection: Connection,
    unique: sa.PrimaryKeyConstraint | sa.UniqueConstraint,
    column: sa.Column[Any],
    old: int,
    new: int,
) -> None:
    """What the new chat has already gives way to what the old one had."""
    table = column.table
    others = [c for c in unique.columns if c.name != column.name]
    kept = table.alias()
    same = [kept.c[other.name] == other for other in others]
    exists = sa.exists().where(kept.c[column.name] == old, *same)
    connection.execute(sa.delete(table).where(column == new, exists))


def prune(connection: Connection, now: float) -> int:
    """Forget what was sent long ago and what failed very long ago; how many."""
    ended = outbox.c.state.in_(["sent", "expired"]) & (outbox.c.created < now - SENT_KEPT)
    failed = outbox.c.state.in_(["failed", "uncertain"]) & (outbox.c.created < now - FAILED_KEPT)
    return connection.execute(sa.delete(outbox).where(ended | failed)).rowcount
