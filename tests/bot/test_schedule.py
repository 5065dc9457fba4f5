"""Each local date has its digest once, at the local time wished for, in every zone and across every outage."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.schedule import DAYS, LATEST, Schedule, due, following, upcoming

MINUTE = timedelta(minutes=1)
TICK = timedelta(minutes=5)
ZONES = sorted(z for z in available_timezones() if "/" in z and not z.startswith(("Etc/", "posix/", "right/")))

schedules = st.builds(
    Schedule, zone=st.sampled_from(ZONES), at=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    days=st.sampled_from(DAYS), weekday=st.integers(0, 6),
)  # fmt: skip
moments = st.integers(800_000_000, 2_140_000_000).map(lambda n: datetime.fromtimestamp(n, UTC))
days = st.dates(date(1995, 1, 1), date(2037, 12, 1))


@pytest.mark.parametrize(
    ("zone", "day", "at", "instant"),
    [
        # New York goes from 02:00 to 03:00 on 8 March 2026 and from 02:00 back to 01:00 on 1 November
        ("America/New_York", date(2026, 3, 8), time(2, 30), datetime(2026, 3, 8, 7, 30, tzinfo=UTC)),
        ("America/New_York", date(2026, 3, 8), time(3, 30), datetime(2026, 3, 8, 7, 30, tzinfo=UTC)),
        ("America/New_York", date(2026, 11, 1), time(1, 30), datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        ("Europe/Berlin", date(2026, 3, 29), time(2, 30), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        ("Europe/Berlin", date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("Asia/Shanghai", date(2026, 3, 29), time(8), datetime(2026, 3, 29, 0, 0, tzinfo=UTC)),
        ("Asia/Kathmandu", date(2026, 1, 1), time(8), datetime(2026, 1, 1, 2, 15, tzinfo=UTC)),
        # Lord Howe Island moves by half an hour
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), datetime(2026, 10, 3, 15, 45, tzinfo=UTC)),
        # Samoa had no 30 December 2011
        ("Pacific/Apia", date(2011, 12, 30), time(8), None),
    ],
)
def test_instant(zone: str, day: date, at: time, instant: datetime | None) -> None:
    assert Schedule(zone, at).instant(day) == instant


@given(schedules, days)
def test_every_wanted_date_has_one_instant_in_order(schedule: Schedule, start: date) -> None:
    found = following(schedule, start)
    for _ in range(10):
        after = following(schedule, found.day)
        assert after.day > found.day
        assert after.due > found.due
        assert schedule.wants(after.day)
        found = after


@given(schedules, days)
def test_local_time_is_kept_or_moved_on_by_the_gap(schedule: Schedule, start: date) -> None:
    found = following(schedule, start)
    local = found.due.astimezone(ZoneInfo(schedule.zone))
    wished = datetime.combine(found.day, schedule.at)
    shift = local.replace(tzinfo=None) - wished
    assert timedelta(0) <= shift <= timedelta(hours=3)
    if shift:
        # the wished time is really not on the clock of that day
        zone = ZoneInfo(schedule.zone)
        again = wished.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
        assert again.replace(tzinfo=None) != wished


@given(schedules, moments)
def test_upcoming_is_the_first_after_now(schedule: Schedule, now: datetime) -> None:
    found = upcoming(schedule, now)
    assert found.due > now
    before = [
        d
        for n in range(1, 15)
        if (d := schedule.instant(found.day - timedelta(n))) and schedule.wants(found.day - timedelta(n))
    ]
    assert all(d <= now for d in before)


@given(schedules, days, st.integers(0, 60 * 24 * 9))
def test_catching_up_sends_at_most_one(schedule: Schedule, last: date, minutes: int) -> None:
    first = following(schedule, last)
    now = first.due + minutes * MINUTE
    found = list(due(schedule, last, now))
    assert found[0].day == first.day
    assert [o.day for o in found] == sorted({o.day for o in found})
    assert all(o.missed == (now - o.due > LATEST) for o in found)
    assert sum(not o.missed for o in found) <= 1


def test_a_year_with_an_outage_of_two_days() -> None:
    """A clock that ticks every five minutes, three chats, and a machine that is off while Europe changes its clock."""
    wanted = {
        "new york": Schedule("America/New_York", time(2, 30)),
        "berlin": Schedule("Europe/Berlin", time(2, 30)),
        "shanghai": Schedule("Asia/Shanghai", time(8, 0)),
        "berlin, weekdays": Schedule("Europe/Berlin", time(18, 5), "weekdays"),
        "new york, weekly": Schedule("America/New_York", time(1, 30), "weekly", 6),
    }
    now, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    off, on = datetime(2026, 3, 28, 12, 0, tzinfo=UTC), datetime(2026, 3, 30, 12, 0, tzinfo=UTC)
    last = {name: s.local_date(now) - timedelta(1) for name, s in wanted.items()}
    last = {name: upcoming(s, now).day - timedelta(1) for name, s in wanted.items()}
    handled: dict[str, list[date]] = {name: [] for name in wanted}
    missed: dict[str, list[date]] = {name: [] for name in wanted}
    ticks: Counter[tuple[str, datetime]] = Counter()
    while now < end:
        if not off <= now < on:
            for name, schedule in wanted.items():
                for one in due(schedule, last[name], now):
                    last[name] = one.day
                    handled[name].append(one.day)
                    if one.missed:
                        missed[name].append(one.day)
                        continue
                    ticks[name, now] += 1
                    local = now.astimezone(ZoneInfo(schedule.zone))
                    late = now - one.due
                    assert late <= LATEST
                    if not on <= now < on + TICK:
                        assert late < TICK
                        assert local.date() == one.day
                        assert local.time() == schedule.at or (schedule.at.hour == 2 and local.hour == 3)
        now += TICK
    for name, schedule in wanted.items():
        first, final = handled[name][0], handled[name][-1]
        dates = [first + timedelta(n) for n in range((final - first).days + 1)]
        assert handled[name] == [d for d in dates if schedule.wants(d)], name
    assert len(handled["berlin"]) == 365
    assert missed["berlin"] == [date(2026, 3, 29), date(2026, 3, 30)]
    assert missed["shanghai"] == [date(2026, 3, 29), date(2026, 3, 30)]
    assert missed["new york"] == [date(2026, 3, 29), date(2026, 3, 30)]
    assert max(ticks.values()) == 1
