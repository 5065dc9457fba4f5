"""Digests that are due: once each, never in a burst, whatever stops the bot in between."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from answers.phrasing import LANGUAGES
from bot.answering import Desk
from bot.state import chats, digests, outbox
from bot.state.database import State
from bot.state.digests import Subscription
from bot.state.outbox import Result
from bot.telegram.call import DIGEST
from bot.telegram.ticker import BATCH, Ticker
from knowledge.building.build import build
from knowledge.store.base import Base
from knowledge.store.records import Fact, Pack, Text
from tests.telegram_server import judge

START = datetime(2026, 3, 27, 0, 0, tzinfo=UTC)


class Day:
    """A ticker with a clock of its own."""

    def __init__(self, state: State, desk: Desk) -> None:
        self.state = state
        self.clock = START
        self.looks = 0
        self.ticker = Ticker(state, lambda: desk, self._look)
        self.ticker.now = self.time

    def time(self) -> float:
        return self.clock.timestamp()

    def _look(self) -> None:
        self.looks += 1

    def tick(self, **after: float) -> int:
        """Some time later."""
        self.clock += timedelta(**after)
        return asyncio.run(self.ticker.tick())

    def subscribe(self, chat: int = 1, **values: Any) -> Subscription:
        connection, now = self.state.connection, self.clock.timestamp()
        made = digests.draft(connection, chat, values.pop("thread", 0), now, owner_chat=77)
        found = digests.change(connection, made, now, **{"state": "on", "zone": "UTC", "at": "08:00", **values})
        connection.commit()
        return found

    def sent(self) -> list[Any]:
        return list(self.state.connection.execute(sa.text("select * from outbox order by id")))

    def occurrences(self) -> list[tuple[int, str, str]]:
        rows = self.state.connection.execute(sa.text("select subscription, day, state from occurrences order by 1, 2"))
        return [tuple(row) for row in rows]


@pytest.fixture
def day(state: State, desk: Desk) -> Day:
    return Day(state, desk)


def test_digest_is_posted_once(day: Day) -> None:
    day.subscribe()
    assert day.tick(hours=7, minutes=59) == 0
    assert day.tick(minutes=1) == 1
    rows = day.sent()
    assert rows
    assert {(r.chat_id, r.priority, r.state, r.note) for r in rows} == {(1, DIGEST, "pending", "digest:1:2026-03-27")}
    assert all(r.expires == (START + timedelta(hours=11)).timestamp() for r in rows)
    assert day.looks == 1
    assert [day.tick(seconds=1) for _ in range(20)] == [0] * 20
    assert len(day.sent()) == len(rows)


def test_late_within_three_hours_else_missed(day: Day) -> None:
    day.subscribe(1, at="08:00")
    day.subscribe(2, at="11:30")
    day.tick(hours=14, minutes=15)
    assert day.occurrences() == [(1, "2026-03-27", "missed"), (2, "2026-03-27", "sent")]
    assert {r.chat_id for r in day.sent()} == {2}


def test_outage_of_days_makes_no_burst(day: Day) -> None:
    day.subscribe()
    day.tick(hours=8)
    before = len(day.sent())
    day.tick(days=2, hours=1)
    assert [o[1:] for o in day.occurrences()] == [
        ("2026-03-27", "sent"),
        ("2026-03-28", "missed"),
        ("2026-03-29", "sent"),
    ]
    assert {r.note for r in day.sent()[before:]} == {"digest:1:2026-03-29"}


def test_what_is_paused_stopped_or_blocked_gets_nothing(day: Day) -> None:
    for chat, state in ((1, "paused"), (2, "off"), (3, "draft")):
        day.subscribe(chat, state=state)
    blocked = day.subscribe(4)
    chats.set_active(day.state.connection, 4, False, "private", 0.0)
    day.state.connection.commit()
    day.tick(hours=8)
    assert day.sent() == []
    assert day.occurrences() == [(blocked.id, "2026-03-27", "missed")]
    chats.set_active(day.state.connection, 4, True, "private", 0.0)
    day.state.connection.commit()
    day.tick(days=1)
    assert {r.chat_id for r in day.sent()} == {4}


def test_many_chats_at_one_time_are_spread(day: Day) -> None:
    for chat in range(1, 4 * BATCH + 2):
        day.subscribe(chat, picture=False)
    counts = [day.tick(hours=8)] + [day.tick(seconds=1) for _ in range(5)]
    assert counts == [BATCH] * 4 + [1, 0]
    assert Counter(r.chat_id for r in day.sent() if r.method == "sendMessage").most_common(1)[0][1] == 1


def test_failure_while_writing_leaves_nothing_half_done(day: Day) -> None:
    day.subscribe()
    connection = day.state.connection
    connection.execute(sa.text("create trigger full before insert on outbox begin select raise(abort, 'full'); end"))
    connection.commit()
    day.tick(hours=8)
    assert (day.sent(), day.occurrences()) == ([], [])
    connection.execute(sa.text("drop trigger full"))
    connection.commit()
    assert day.tick(seconds=10) == 0  # it waits a minute
    assert day.tick(minutes=1) == 1
    assert [o[1:] for o in day.occurrences()] == [("2026-03-27", "sent")]


def test_date_that_is_written_down_is_not_posted_again(day: Day) -> None:
    known = day.subscribe()
    connection = day.state.connection
    day.tick(hours=8)
    count = len(day.sent())
    connection.execute(sa.text("update subscriptions set due = :due, last = ''"), {"due": day.clock.timestamp()})
    connection.commit()
    day.tick(minutes=1)
    assert len(day.sent()) == count
    assert digests.occurred(connection, known, date(2026, 3, 27), "sent", 0.0) is False


def test_topic_language_and_silence_reach_the_message(day: Day) -> None:
    day.subscribe(-100, thread=9, language="en", silent=True)
    day.tick(hours=8)
    for row in day.sent():
        assert '"message_thread_id": 9' in row.payload
        assert '"disable_notification": true' in row.payload


def test_general_topic_is_not_named(day: Day) -> None:
    day.subscribe(-100, thread=1, picture=False)
    day.tick(hours=8)
    assert "message_thread_id" not in day.sent()[0].payload


def test_spotlights_follow_one_another(day: Day, desk: Desk) -> None:
    known = day.subscribe()
    day.tick(hours=8)
    for _ in range(3):
        day.tick(days=1)
    shown = digests.shown(day.state.connection, known)
    assert len(shown) == len(set(shown)) == len(day.occurrences())


def settle(day: Day, state: str, error: str = "") -> None:
    """What was waiting is sent, or refused."""
    rows = [r for r in day.sent() if r.state == "pending"]
    results = [
        Result(r.id, state, day.clock.timestamp(), 500 + r.id if state == "sent" else None, 400, error) for r in rows
    ]
    outbox.finish(day.state.connection, results)
    day.state.connection.commit()


def test_first_message_is_pinned_once_it_is_sent(day: Day) -> None:
    day.subscribe(-5, pinned=True)
    day.tick(hours=8)
    first = day.sent()[0].id
    day.tick(seconds=1)
    assert not [r for r in day.sent() if r.method == "pinChatMessage"]
    settle(day, "sent")
    for _ in range(3):
        day.tick(seconds=1)
    [pin] = [r for r in day.sent() if r.method == "pinChatMessage"]
    assert (pin.chat_id, f'"message_id": {500 + first}' in pin.payload) == (-5, True)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("Bad Request: not enough rights to send text messages to the chat", True),
        ("Forbidden: bot was kicked from the channel chat", True),
        ("Bad Request: message is too long", False),
    ],
)
def test_owner_is_told_once_what_is_lacking(day: Day, error: str, told: bool) -> None:
    day.subscribe(-5, language="en")
    for hours in (8, 24, 24):
        day.tick(hours=hours)
        settle(day, "failed", error)
        day.tick(seconds=5)
    notices = [r for r in day.sent() if r.chat_id == 77]
    assert len(notices) == int(told)
    assert all("-5" in r.payload for r in notices)


def test_missing_right_to_pin_is_told(day: Day) -> None:
    day.subscribe(-5, pinned=True, language="en")
    day.tick(hours=8)
    settle(day, "sent")
    day.tick(seconds=1)
    settle(day, "failed", "Bad Request: not enough rights to manage pinned messages in the chat")
    day.tick(seconds=1)
    [notice] = [r for r in day.sent() if r.chat_id == 77]
    assert "pin" in notice.payload


def test_weeks_around_the_change_of_clocks(day: Day) -> None:
    """New York, Berlin and Shanghai from 7 March to 5 April 2026, two days of it without a bot."""
    day.clock = datetime(2026, 3, 7, 12, 0, tzinfo=UTC)
    zones = {1: "America/New_York", 2: "Europe/Berlin", 3: "Asia/Shanghai"}
    for chat, zone in zones.items():
        day.subscribe(chat, zone=zone, at="02:30", picture=False)
    off, on = datetime(2026, 3, 28, 20, 0, tzinfo=UTC), datetime(2026, 3, 30, 20, 0, tzinfo=UTC)
    while day.clock < datetime(2026, 4, 5, 12, 0, tzinfo=UTC):
        day.tick(**({"hours": 48} if day.clock == off else {"minutes": 30}))
        assert len([r for r in day.sent() if r.created == day.clock.timestamp()]) <= 1
    for chat, zone in zones.items():
        found = {d: s for n, d, s in day.occurrences() if n == chat}
        days = sorted(found)
        assert days == [(date.fromisoformat(days[0]) + timedelta(n)).isoformat() for n in range(len(days))]
        assert 28 <= len(days) <= 30
        missed = [d for d in days if found[d] == "missed"]
        assert missed == (["2026-03-29", "2026-03-30"] if chat < 3 else ["2026-03-30"])
        for row in day.sent():
            if row.chat_id == chat:
                local = datetime.fromtimestamp(row.created, ZoneInfo(zone))
                assert local.date().isoformat() == row.note.rpartition(":")[2]
                late = row.created == on.timestamp()
                shifted = (chat, local.date()) in {(1, date(2026, 3, 8)), (2, date(2026, 3, 29))}
                assert local.strftime("%H:%M") == ("04:00" if late else "03:30" if shifted else "02:30")


def test_subscription_follows_its_group(day: Day) -> None:
    known = day.subscribe(-5, days="weekly", weekday=4)
    day.subscribe(-1005, state="draft")  # somebody opened the menu before we heard of the move
    outbox.migrate(day.state.connection, -5, -1005)
    day.state.connection.commit()
    found = digests.of_chat(day.state.connection, -1005, 0)
    assert found is not None
    assert (found.id, found.days, found.due) == (known.id, "weekly", known.due)
    assert digests.of_chat(day.state.connection, -5, 0) is None
    day.tick(hours=8)
    assert {r.chat_id for r in day.sent()} == {-1005}


@pytest.mark.parametrize("language", LANGUAGES)
def test_telegram_can_read_every_digest(day: Day, language: str) -> None:
    for chat in range(1, 13):
        day.subscribe(chat, language=language, picture=bool(chat % 3))
    day.tick(hours=8)
    day.tick(seconds=1)
    kinds = set()
    for row in day.sent():
        payload = json.loads(row.payload)
        text = payload.get("text") or payload["caption"]
        shown, entities = judge.parse(text, payload["parse_mode"])
        assert len(shown.encode("utf-16-le")) // 2 <= (4096 if row.method == "sendMessage" else 1024)
        kinds |= {e["type"] for e in entities}
        assert row.plain
    assert {"bold", "expandable_blockquote"} <= kinds


def test_news_since_the_last_digest(day: Day, alpine_pack: Pack, alpine_articles: Path, tmp_path: Path) -> None:
    known = day.subscribe(picture=False)
    day.tick(hours=8)
    first = alpine_pack.facts[0]
    extra = Fact("fresh", first.subject, first.relation, Text("全新的一条。", "New."), first.citations[:1])
    pack = replace(alpine_pack, facts=(*alpine_pack.facts, extra))
    newer = Base(build(pack, tmp_path / "new.sqlite", alpine_articles).path)
    desk = Desk(newer)
    day.ticker = Ticker(day.state, lambda: desk, day._look)
    day.ticker.now = day.time
    day.tick(days=1)
    day.tick(days=1)
    texts = [json.loads(r.payload)["text"] for r in day.sent()]
    assert ["全新的一条" in t for t in texts] == [False, True, False]
    again = digests.find(day.state.connection, known.id)
    assert again is not None
    assert again.base.endswith(newer.digest)
    newer.close()
