"""Subscriptions to digests, what became of each date, the pictures on their way, and what was asked how often."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from bot.schedule import Schedule, following, upcoming
from bot.state.rows import insert
from bot.state.schema import asked, chats, occurrences, outbox, pictures, subscriptions
from bot.topics import Topic

NOTE = "digest"
"""Notes of a digest's messages in the outbox begin with it: digest:SUBSCRIPTION:DATE."""
WEEK = 7
SEEN = 400
"""Occurrences of a subscription that are kept, the latest ones."""
_PICTURES_KEPT = 8 * 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a chat, or a topic of a forum, wants."""

    id: int
    chat_id: int
    thread: int = 0
    """Topic of a forum, 0 elsewhere."""
    state: str = "draft"
    """draft, on, paused, off."""
    days: str = "daily"
    weekday: int = 0
    at: str = "08:00"
    zone: str = "Asia/Shanghai"
    language: str = "zh-Hans"
    topics: tuple[Topic, ...] = ()
    picture: bool = True
    silent: bool = False
    pinned: bool = False
    owner_chat: int | None = None
    """Private chat of who subscribed: there they are told what the bot lacks."""
    told: str = ""
    """What they were told last."""
    last: str = ""
    """Local date of the last occurrence, '' before the first."""
    due: float | None = None
    """POSIX seconds of the next occurrence; None unless it is on."""
    base: str = ""
    """File of the base that the last digest was made from, and behind a blank the hash of its content."""

    @property
    def schedule(self) -> Schedule:
        return Schedule(self.zone, time.fromisoformat(self.at), self.days, self.weekday)


_FIELDS = tuple(Subscription.__dataclass_fields__)

# looked for every second: made once, as putting a statement together takes longer than running it
_due = (
    sa.select(subscriptions)
    .where(subscriptions.c.state == "on", subscriptions.c.due <= sa.bindparam("now"))
    .order_by(subscriptions.c.due, subscriptions.c.id)
    .limit(sa.bindparam("most", type_=sa.Integer))
)
_to_pin = sa.select(occurrences.c.subscription, occurrences.c.day, subscriptions.c.chat_id).where(
    sa.text("pin"), subscriptions.c.id == occurrences.c.subscription
)
_refused = (
    sa.select(outbox.c.note, outbox.c.method, outbox.c.error)
    .where(
        outbox.c.note.startswith(f"{NOTE}:"),
        sa.text("outbox.state = 'failed'"),
        outbox.c.created >= sa.bindparam("since"),
    )
    .order_by(outbox.c.id)
)


def _subscription(row: RowMapping) -> Subscription:
    values = {f: row[f] for f in _FIELDS}
    values["topics"] = tuple(Topic(*t) for t in json.loads(values["topics"]))
    return Subscription(**values)


def of_chat(connection: Connection, chat_id: int, thread: int) -> Subscription | None:
    """The subscription of a chat's topic."""
    c = subscriptions.c
    row = (
        connection.execute(sa.select(subscriptions).where(c.chat_id == chat_id, c.thread == thread)).mappings().first()
    )
    return _subscription(row) if row else None


def find(connection: Connection, number: int) -> Subscription | None:
    """The subscription with this id."""
    row = connection.execute(sa.select(subscriptions).where(subscriptions.c.id == number)).mappings().first()
    return _subscription(row) if row else None


def listed(connection: Connection) -> list[Subscription]:
    """All subscriptions that are on or paused, by chat."""
    c = subscriptions.c
    found = sa.select(subscriptions).where(c.state.in_(["on", "paused"])).order_by(c.chat_id, c.thread)
    return [_subscription(row) for row in connection.execute(found).mappings()]


def draft(connection: Connection, chat_id: int, thread: int, now: float, **values: Any) -> Subscription:
    """The subscription of a chat's topic, made if there is none."""
    known = of_chat(connection, chat_id, thread)
    if known is None:
        row = {"chat_id": chat_id, "thread": thread, "topics": "[]", **values, "changed": now}
        connection.execute(sa.insert(subscriptions).values(row))
        known = of_chat(connection, chat_id, thread)
    assert known is not None  # noqa: S101 -- it was just stored
    return known


def change(connection: Connection, known: Subscription, now: float, **values: Any) -> Subscription:
    """Change fields of Subscription; the next date follows. A date that had its digest gets no second one."""
    if "topics" in values:
        values["topics"] = json.dumps(values["topics"], ensure_ascii=False)
    where = subscriptions.c.id == known.id
    connection.execute(sa.update(subscriptions).where(where).values(**values, changed=now))
    changed = find(connection, known.id)
    assert changed is not None  # noqa: S101 -- nothing deletes subscriptions
    due = _next(changed, now) if changed.state == "on" else None
    connection.execute(sa.update(subscriptions).where(where).values(due=due))
    return find(connection, known.id) or changed


def _next(known: Subscription, now: float) -> float:
    found = upcoming(known.schedule, datetime.fromtimestamp(now, UTC))
    last = date.fromisoformat(known.last) if known.last else date.min
    if found.day <= last:
        found = following(known.schedule, last)
    return found.due.timestamp()


def due(connection: Connection, now: float, most: int) -> list[Subscription]:
    """Subscriptions with an occurrence that is due, the longest waiting first."""
    found = connection.execute(_due, {"now": now, "most": most})
    return [_subscription(row) for row in found.mappings()]


def reachable(connection: Connection, chat_id: int) -> bool:
    """Whether the chat has not blocked or removed the bot, as far as is known."""
    active = connection.scalar(sa.select(chats.c.active).where(chats.c.chat_id == chat_id))
    return active is not False


def occurred(
    connection: Connection,
    known: Subscription,
    day: date,
    state: str,
    now: float,
    *,
    spotlight: str = "",
    base: str = "",
) -> bool:
    """Write down what became of a local date and when the next one is due; False if it is written down already."""
    iso = day.isoformat()
    place = (known.id, iso, 0)
    seen = sa.select(occurrences.c.day).where(sa.tuple_(*occurrences.primary_key.columns) == sa.tuple_(*place))
    new = connection.execute(seen).first() is None
    if new:
        row = {"subscription": known.id, "day": iso, "slot": 0, "state": state, "spotlight": spotlight, "created": now}
        connection.execute(sa.insert(occurrences).values(**row, pin=known.pinned and state == "sent"))
    coming = following(known.schedule, day)
    values: dict[str, Any] = {"last": iso, "due": coming.due.timestamp()}
    if new and base:
        values["base"] = base
    connection.execute(sa.update(subscriptions).where(subscriptions.c.id == known.id).values(**values))
    return new


def shown(connection: Connection, known: Subscription) -> tuple[str, ...]:
    """Keys of the spotlights that a subscription has had, the latest last."""
    c = occurrences.c
    mine = sa.select(c.spotlight).where(c.subscription == known.id, c.spotlight != "")
    return tuple(connection.scalars(mine.order_by(c.day.desc(), c.slot.desc()).limit(SEEN)))[::-1]


def lately(connection: Connection, known: Subscription, most: int = 5) -> list[tuple[str, str]]:
    """(local date, sent or missed) of the last dates, the latest first."""
    c = occurrences.c
    found = sa.select(c.day, c.state).where(c.subscription == known.id).order_by(c.day.desc()).limit(most)
    return [(day, state) for day, state in connection.execute(found)]


def note(known: Subscription, day: date) -> str:
    """The note of a digest's messages in the outbox."""
    return f"{NOTE}:{known.id}:{day.isoformat()}"


def to_pin(connection: Connection) -> list[tuple[int, str, int, str, int | None]]:
    """(subscription, day, chat, state, message) for each digest to be pinned whose first message has an end."""
    o = outbox.c
    found: list[tuple[int, str, int, str, int | None]] = []
    for number, day, chat in connection.execute(_to_pin).all():
        mine = sa.select(o.chat_id, o.state, o.message_id).where(o.chat_id == chat, o.note == f"{NOTE}:{number}:{day}")
        row = connection.execute(mine.order_by(o.id).limit(1)).first()
        if row is None:
            found.append((number, day, 0, "failed", None))
        elif row.state not in {"pending", "sending"}:
            found.append((number, day, row.chat_id, row.state, row.message_id))
    return found


def pinned(connection: Connection, number: int, day: str) -> None:
    """The pinning of a digest was seen to, or can't be."""
    mine = (occurrences.c.subscription == number, occurrences.c.day == day)
    connection.execute(sa.update(occurrences).where(*mine).values(pin=False))


def refusals(connection: Connection, since: float) -> list[tuple[int, str, str]]:
    """(subscription, method, error) of what Telegram refused to take from a digest lately, the latest last."""
    failed = connection.execute(_refused, {"since": since})
    return [(int(n.split(":")[1]), method, error) for n, method, error in failed]


def told(connection: Connection, known: Subscription, lack: str) -> None:
    """The owner knows what is lacking; changing the subscription has it told again."""
    where = subscriptions.c.id == known.id
    connection.execute(sa.update(subscriptions).where(where).values(told=f"{known.told} {lack}".strip()))


def keep_picture(connection: Connection, body: bytes, now: float) -> str:
    """Store a picture; its name for `attach://NAME`. The same picture is stored once."""
    name = blake2b(body, digest_size=12).hexdigest()
    if connection.execute(sa.update(pictures).where(pictures.c.name == name).values(created=now)).rowcount == 0:
        connection.execute(sa.insert(pictures).values(name=name, body=body, created=now))
    return name


def picture(connection: Connection, name: str) -> bytes | None:
    """A picture that is kept."""
    return connection.scalar(sa.select(pictures.c.body).where(pictures.c.name == name))


def count_question(connection: Connection, day: date, entity: str, relation: str) -> None:
    """Somebody asked about this; nobody's name and no words are kept."""
    row = {"day": day.isoformat(), "entity": entity, "relation": relation, "times": 1}
    connection.execute(_counted(connection.dialect.name), row)


@lru_cache
def _counted(dialect: str) -> sa.Insert:
    # made once: putting a statement together takes longer than running it
    key = [asked.c.day, asked.c.entity, asked.c.relation]
    return insert(dialect, asked).on_conflict_do_update(index_elements=key, set_={"times": asked.c.times + 1})


def most_asked(connection: Connection, day: date, most: int) -> list[tuple[str, str, int]]:
    """(entity, relation, times) of the week before a day."""
    total = sa.func.sum(asked.c.times)
    found = (
        sa.select(asked.c.entity, asked.c.relation, total)
        .where(asked.c.day < day.isoformat(), asked.c.day >= (day - timedelta(WEEK)).isoformat())
        .group_by(asked.c.entity, asked.c.relation)
        .order_by(total.desc(), asked.c.entity, asked.c.relation)
        .limit(most)
    )
    return [(entity, relation, int(times)) for entity, relation, times in connection.execute(found)]


def prune(connection: Connection, now: float) -> int:
    """Forget pictures that were sent, and counts of weeks ago; how many rows."""
    today = datetime.fromtimestamp(now, UTC).date()
    old: Sequence[sa.Delete] = (
        sa.delete(pictures).where(pictures.c.created < now - _PICTURES_KEPT),
        sa.delete(asked).where(asked.c.day < (today - timedelta(3 * WEEK)).isoformat()),
        sa.delete(occurrences).where(occurrences.c.day < (today - timedelta(SEEN)).isoformat()),
    )
    return sum(connection.execute(statement).rowcount for statement in old)
