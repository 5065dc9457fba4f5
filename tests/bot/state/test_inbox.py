"""Updates are stored once, wait in order, and are forgotten."""

from __future__ import annotations

import sqlalchemy as sa

from bot.state import inbox
from bot.state.database import State
from bot.state.inbox import Arrival
from bot.state.schema import inbox as table


def arrival(number: int, received: float = 100.0) -> Arrival:
    return Arrival(number, "5:0", f'{{"update_id": {number}}}', received)


def test_what_is_known_is_not_stored_again(state: State) -> None:
    assert inbox.store(state.connection, [arrival(1), arrival(2)]) == {1, 2}
    inbox.finish(state.connection, 1)
    assert inbox.store(state.connection, [arrival(2), arrival(1), arrival(3)]) == {3}
    assert inbox.store(state.connection, []) == set()
    assert [a.update_id for a in inbox.waiting(state.connection)] == [2, 3]


def test_waiting_in_the_order_of_arrival_not_of_numbers(state: State) -> None:
    inbox.store(state.connection, [arrival(900, 1.0)])
    inbox.store(state.connection, [arrival(7, 2.0), arrival(5, 2.0)])
    assert inbox.waiting(state.connection) == [arrival(900, 1.0), arrival(5, 2.0), arrival(7, 2.0)]


def test_what_is_kept_of_an_update(state: State) -> None:
    inbox.store(state.connection, [arrival(n) for n in range(1, 6)])
    inbox.finish(state.connection, 1)
    inbox.finish(state.connection, 2, "stale")
    inbox.tried(state.connection, 3, "ValueError")
    inbox.tried(state.connection, 3, "KeyError")
    inbox.put_aside(state.connection, 4, "parked", "TypeError")
    found = state.connection.execute(
        sa.select(table.c.state, table.c.body != "", table.c.tries, table.c.error).order_by(table.c.update_id)
    )
    assert [tuple(row) for row in found] == [
        ("done", False, 0, ""),
        ("stale", False, 0, ""),
        ("new", True, 2, "KeyError"),
        ("parked", True, 0, "TypeError"),
        ("new", True, 0, ""),
    ]
    assert inbox.counts(state.connection) == {"done": 1, "stale": 1, "new": 2, "parked": 1}


def test_forgetting_a_person_empties_what_failed(state: State) -> None:
    inbox.store(state.connection, [arrival(1), arrival(2), Arrival(3, "6:0", "{}", 100.0)])
    for number in (1, 3):
        inbox.put_aside(state.connection, number, "failed", "ValueError")
    inbox.forget(state.connection, 5)
    found = state.connection.execute(sa.select(table.c.update_id, table.c.body != "").order_by(table.c.update_id))
    assert [tuple(row) for row in found] == [(1, False), (2, True), (3, True)]


def test_pruning_leaves_what_waits(state: State) -> None:
    inbox.store(state.connection, [arrival(1), arrival(2), arrival(3, 200.0)])
    inbox.finish(state.connection, 1)
    inbox.finish(state.connection, 3)
    assert inbox.prune(state.connection, 150.0 + inbox.KEPT) == 1
    assert inbox.store(state.connection, [arrival(1), arrival(2), arrival(3)]) == {1}
