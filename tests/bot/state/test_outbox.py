"""Requests go from pending to their end, and what nobody knows is left to a person."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from bot.state import chats, marks, outbox, retention
from bot.state.database import State
from bot.state.outbox import Result
from bot.state.schema import metadata
from bot.telegram.call import Call


def call(text: str = "a", chat: int = 5, **more: Any) -> Call:
    return Call("sendMessage", {"text": text, "reply_markup": {"inline_keyboard": []}}, chat_id=chat, **more)


def states(state: State) -> list[str]:
    return list(state.connection.scalars(sa.text("SELECT state FROM outbox ORDER BY id")))


def test_what_is_stored_comes_back(state: State) -> None:
    calls = [call("甲", priority=5, expires=9.0, plain="乙"), call(edits=(5, 7)), Call("answerInlineQuery", {"x": [1]})]
    stored = outbox.add(state.connection, calls, [False] * 3, 100.0, 42)
    assert outbox.pending(state.connection) == stored
    assert [entry.payload for entry in stored] == [dict(c.payload) for c in calls]
    assert stored[1].edits == (5, 7)
    assert outbox.pending(state.connection, {stored[0].id}) == stored[1:]
    assert outbox.add(state.connection, [], [], 100.0) == []


def test_the_way_of_a_message(state: State) -> None:
    first, second, third = outbox.add(state.connection, [call(), call(), call()], [True, False, False], 100.0)
    assert states(state) == ["sending", "pending", "pending"]
    outbox.start(state.connection, [second.id], 101.0)
    assert outbox.in_flight(state.connection) == [(first.id, "sendMessage"), (second.id, "sendMessage")]
    third.attempts, third.not_before = 1, 160.0
    third.payload.pop("reply_markup")
    outbox.again(state.connection, third, "Flood control")
    results = [Result(first.id, "sent", 102.0, message_id=77), Result(second.id, "failed", 103.0, code=403, error="x")]
    outbox.finish(state.connection, results)
    assert states(state) == ["sent", "failed", "pending"]
    assert outbox.pending(state.connection) == [third]
    assert outbox.recent(state.connection, 101.5) == [(5, 102.0), (5, 103.0)]
    assert outbox.counts(state.connection) == {"sent": 1, "failed": 1, "pending": 1}
    outbox.start(state.connection, [third.id], 161.0)
    outbox.give_back(state.connection, [third.id])
    assert states(state)[2] == "pending"


def test_a_sent_message_is_found_but_not_its_text(state: State) -> None:
    question = (5, 7)
    first, second = outbox.add(
        state.connection, [call("x", answers=question, note="n1"), call("y", answers=question)], [True, True], 100.0
    )
    assert outbox.answer_to(state.connection, *question) is None
    outbox.finish(state.connection, [Result(second.id, "sent", 1.0, 12), Result(first.id, "sent", 1.0, 11)])
    assert outbox.answer_to(state.connection, *question) == 11
    assert outbox.note_of(state.connection, 5, 11) == "n1"
    assert outbox.note_of(state.connection, 5, 99) == ""
    assert list(state.connection.scalars(sa.text("SELECT payload FROM outbox"))) == ["", ""]


def test_a_person_decides_on_doubts(state: State) -> None:
    first, second = outbox.add(state.connection, [call("x"), call("y")], [True, True], 100.0)
    for entry in (first, second):
        outbox.finish(state.connection, [Result(entry.id, "uncertain", 101.0, error="no reply in time")])
    assert [(d.id, d.chat_id, d.payload["text"], d.when) for d in outbox.doubts(state.connection)] == [
        (first.id, 5, "x", 101.0),
        (second.id, 5, "y", 101.0),
    ]
    assert outbox.send_again(state.connection, first.id)
    assert outbox.is_there(state.connection, second.id)
    assert states(state) == ["pending", "sent"]
    assert not outbox.doubts(state.connection)
    assert not outbox.send_again(state.connection, second.id)


def test_migration_moves_everything_and_keeps_the_old_settings(state: State) -> None:
    connection = state.connection
    old, new = -5, -1005
    chats.set_active(connection, old, False, "group", 1.0)
    chats.set_active(connection, new, True, "supergroup", 2.0)
    chats.set_active(connection, 3, True, "private", 2.0)
    outbox.add(connection, [call(chat=old, answers=(old, 1)), call(chat=3)], [False, False], 100.0)
    outbox.migrate(connection, old, new)
    assert list(connection.execute(sa.text("SELECT chat_id, kind FROM chats ORDER BY chat_id"))) == [
        (new, "group"),
        (3, "private"),
    ]
    assert list(connection.execute(sa.text("SELECT chat_id, answers_chat FROM outbox ORDER BY id"))) == [
        (new, new),
        (3, None),
    ]


def test_migration_knows_every_column_that_holds_a_chat() -> None:
    columns = {f"{t.name}.{c.name}" for t in metadata.tables.values() for c in t.columns if "chat" in c.name}
    assert {name for name in columns if not name.endswith((".chat_id", "_chat"))} == set()


def test_settings_stay_when_a_chat_goes_and_comes(state: State) -> None:
    chats.set_active(state.connection, 5, True, "private", 1.0)
    state.connection.execute(sa.text("UPDATE chats SET language = 'en'"))
    chats.set_active(state.connection, 5, False, "private", 2.0)
    assert list(state.connection.execute(sa.text("SELECT language, active FROM chats"))) == [("en", False)]


def test_nothing_is_kept_for_ever(state: State) -> None:
    now = 1e9
    ages = {"sent": outbox.SENT_KEPT, "expired": outbox.SENT_KEPT, "failed": outbox.FAILED_KEPT}
    ages["uncertain"] = outbox.FAILED_KEPT
    for age in (1.0, -1.0):
        for name, kept in ages.items():
            (entry,) = outbox.add(state.connection, [call()], [True], now - kept - age)
            outbox.finish(state.connection, [Result(entry.id, name, now)])
    outbox.add(state.connection, [call()], [False], 0.0)
    assert retention.prune(state.connection, now) == 4
    assert outbox.counts(state.connection) == {"sent": 1, "expired": 1, "failed": 1, "uncertain": 1, "pending": 1}
    assert retention.prune(state.connection, now + outbox.FAILED_KEPT) == 4


def test_marks(state: State) -> None:
    assert marks.read(state.connection, "x") == ""
    marks.write(state.connection, "x", "1")
    marks.write(state.connection, "x", "2")
    assert marks.read(state.connection, "x") == "2"
