"""When a digest is due: a local time in an IANA zone on some days of the week, turned into instants.

Nothing here knows a clock or a database. Local dates are what counts: each has its digest once, on the day that skips
the hour of it (the digest moves on with the clock) and on the day that has the hour twice (the first one counts).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

DAYS = ("daily", "weekdays", "weekly")
LATEST = timedelta(hours=3)
"""How late a digest may still be sent; what is older is missed."""
_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Schedule:
    """The days and the time at which a chat wants its digest."""

    zone: str
    """IANA name: Asia/Shanghai."""
    at: time
    """Local, without a zone."""
    days: str = "daily"
    """One of DAYS."""
    weekday: int = 0
    """For weekly; Monday is 0."""

    def wants(self, day: date) -> bool:
        """Whether the day is one of the schedule's."""
        if self.days == "weekly":
            return day.weekday() == self.weekday
        return self.days == "daily" or day.weekday() < _SATURDAY

    def instant(self, day: date) -> datetime | None:
        """When the digest of a local date is due, UTC; None for a date that the zone skips."""
        zone = ZoneInfo(self.zone)
        # Of an hour that comes twice, fold 0 is the first. Of an hour that is skipped, it counts on with the offset
        # before the gap, which is the same distance behind it.
        due = datetime.combine(day, self.at, zone).astimezone(UTC)
        noon = datetime.combine(day, time(12), zone).astimezone(UTC).astimezone(zone)
        return due if noon.date() == day else None

    def local_date(self, when: datetime) -> date:
        """The date in the schedule's zone."""
        return when.astimezone(ZoneInfo(self.zone)).date()


class Occurrence(NamedTuple):
    """One digest that is due."""

    day: date
    """Local."""
    due: datetime
    """UTC."""
    missed: bool = False
    """Whether it is too late for it."""


def following(schedule: Schedule, day: date) -> Occurrence:
    """The first occurrence on a local date after `day`."""
    while True:
        day += _DAY
        due = schedule.instant(day) if schedule.wants(day) else None
        if due is not None:
            return Occurrence(day, due)


def upcoming(schedule: Schedule, now: datetime) -> Occurrence:
    """The first occurrence that is due after an instant."""
    found = following(schedule, schedule.local_date(now) - 2 * _DAY)
    while found.due <= now:
        found = following(schedule, found.day)
    return found


def due(schedule: Schedule, last: date, now: datetime) -> Iterator[Occurrence]:
    """What is due at `now` of the local dates after `last`, in order; of several, at most the last is not missed."""
    found = following(schedule, last)
    while found.due <= now:
        yield found._replace(missed=now - found.due > LATEST)
        found = following(schedule, found.day)
