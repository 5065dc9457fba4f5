"""Flood limits: sliding windows, one word a window, bounded memory."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.telegram import floods
from bot.telegram.floods import Floods, Verdict


def test_tells_once_and_forgives() -> None:
    limit = Floods()
    assert [limit.judge(n, {"a": 2}) for n in range(5)] == [
        Verdict.ANSWER,
        Verdict.ANSWER,
        Verdict.TELL,
        Verdict.IGNORE,
        Verdict.IGNORE,
    ]
    assert limit.judge(60.5, {"a": 2}) is Verdict.ANSWER


def test_refused_questions_do_not_count() -> None:
    limit = Floods()
    assert limit.judge(0, {"a": 1}) is Verdict.ANSWER
    for n in range(1, 60):
        limit.judge(n, {"a": 1})
    assert limit.judge(60.5, {"a": 1}) is Verdict.ANSWER


def test_one_person_is_not_another() -> None:
    limit = Floods()
    limit.judge(0, {"a": 1, "chat": 2})
    assert limit.judge(1, {"b": 1, "chat": 2}) is Verdict.ANSWER
    assert limit.judge(2, {"c": 1, "chat": 2}) is Verdict.TELL


@given(st.lists(st.floats(0, 10), min_size=1, max_size=200))
def test_no_window_holds_more_than_the_limit(gaps: list[float]) -> None:
    limit = Floods()
    now, answered = 0.0, []
    for gap in gaps:
        now += gap
        if limit.judge(now, {"a": 5}) is Verdict.ANSWER:
            answered.append(now)
    for start in answered:
        assert sum(start - floods.WINDOW < t <= start for t in answered) <= 5


def test_memory_is_bounded() -> None:
    limit = Floods()
    for n in range(floods._REMEMBERED + 50):
        limit.judge(0.0, {f"p{n}": 1})
    assert len(limit._times) <= floods._REMEMBERED
