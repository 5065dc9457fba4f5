"""Whatever is asked for, and however long requests take, the server's windows are never exceeded."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.limits import CHAT, GROUP, OVERALL, Limiter, Window

# a message: (chat, seconds after the one before, seconds on the way there, seconds back)
MESSAGES = st.lists(
    st.tuples(
        st.sampled_from([-2, -1, 1, 2, 3]),
        st.sampled_from([0.0, 0.0, 0.0, 0.01, 0.5, 30.0]),
        st.floats(0, 2),
        st.floats(0, 2),
    ),
    max_size=150,
)
TELEGRAM = {"chat": Window(1, 1.0), "group": Window(20, 60.0), "overall": Window(30, 1.0)}


def most_within(times: list[float], seconds: float) -> int:
    """The largest number of times in any window, both ends of which can't belong to it."""
    return max((i + 1 - bisect_right(times, t - seconds) for i, t in enumerate(times)), default=0)


@given(MESSAGES)
def test_windows_hold_at_the_server(messages: list[tuple[int, float, float, float]]) -> None:
    limiter = Limiter(CHAT, Window(4, 10.5), Window(3, 1.0))
    now, asked = 0.0, 0.0
    arrived: dict[int, list[float]] = defaultdict(list)
    replies: list[tuple[float, int]] = []
    for chat, later, there, back in messages:
        asked += later
        now = max(now, asked)
        while True:
            for when, of in sorted(r for r in replies if r[0] <= now):
                limiter.arrive(of, when)
                replies.remove((when, of))
            busy = [when for when, of in replies if of == chat]
            if busy:  # the order of a chat asks for this
                now = min(busy)
            elif limiter.wait(chat, now):
                now += limiter.wait(chat, now)
            elif (wait := limiter.wait_overall(now)) != 0.0:
                now = min(when for when, _ in replies) if wait is None else now + wait + 1e-9
            else:
                break
        limiter.leave()
        arrived[chat].append(now + there)
        replies.append((now + there + back, chat))
    for chat, times in arrived.items():
        assert most_within(times, 1.0) <= 1
        if chat < 0:
            assert most_within(times, 10.0) <= 4
    assert most_within(sorted(t for times in arrived.values() for t in times), 1.0 - 1e-6) <= 3


def test_windows_are_a_little_tighter_than_telegram_s() -> None:
    for ours, theirs in ((CHAT, TELEGRAM["chat"]), (GROUP, TELEGRAM["group"]), (OVERALL, TELEGRAM["overall"])):
        assert ours.most <= theirs.most
        assert ours.seconds >= theirs.seconds


def test_a_free_chat_does_not_wait() -> None:
    limiter = Limiter()
    assert limiter.wait(5, 100.0) == 0.0
    assert limiter.wait_overall(100.0) == 0.0


def test_a_group_waits_for_its_minute() -> None:
    limiter = Limiter(Window(1, 1.0), Window(2, 60.0))
    for when in (0.0, 10.0):
        limiter.leave()
        limiter.arrive(-5, when)
    assert limiter.wait(-5, 10.5) == 49.5
    assert limiter.wait(5, 10.5) == 0.0
    assert limiter.wait(-5, 60.0) == 0.0


def test_only_a_reply_can_tell_when_there_is_room_again() -> None:
    limiter = Limiter(overall=Window(1, 1.0))
    limiter.leave()
    assert limiter.wait_overall(0.0) is None
    limiter.arrive(5, 3.0)
    assert limiter.wait_overall(3.5) == 0.5
    limiter.leave()
    limiter.stay()
    assert limiter.wait_overall(4.0) == 0.0


def test_a_pause_holds_for_its_chat_alone_and_is_never_shortened() -> None:
    limiter = Limiter()
    limiter.pause(5, 100.0)
    limiter.pause(5, 50.0)
    assert limiter.wait(5, 40.0) == 60.0
    assert limiter.wait(6, 40.0) == 0.0


@given(MESSAGES)
def test_tidying_changes_no_wait(messages: list[tuple[int, float, float, float]]) -> None:
    tidied, left = Limiter(), Limiter()
    now = 0.0
    for chat, later, pause, _ in messages:
        now += later
        for limiter in (tidied, left):
            limiter.leave()
            limiter.arrive(chat, now)
            limiter.pause(-chat, now + pause)
        tidied.tidy(now)
        for other in range(-3, 4):
            assert tidied.wait(other, now) == left.wait(other, now)
