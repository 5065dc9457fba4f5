"""Stretches of time that a question names, open at one end or closed: 2023年6月之后, between May and July 2023."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from knowledge.text.dates import Period, find_periods
from knowledge.text.patterns import pattern

_SINCE, _AFTER, _BEFORE, _UNTIL = "since", "after", "before", "until"
_BEHIND = (
    (pattern(r" ?(?:及|或|和)(?:之|以)?后| ?(?:起|开始|以来|至今|以降)| (?:onwards?|or later|and later)\b"), _SINCE),
    (pattern(r" ?(?:及|或|和)(?:之|以)?前| ?(?:为止|止)(?!于)| (?:or earlier|and earlier)\b"), _UNTIL),
    (pattern(r" ?(?:之后|以后|过后|后(?![续来期勤半]))"), _AFTER),
    (pattern(r" ?(?:之前|以前|前(?![后期半任\d一二两三四五六七八九十]))"), _BEFORE),
)
"""What stands behind a date, and where that is to lie; the first that fits counts."""
_AHEAD = (
    (pattern(r"(?:不早于|自从?|\b(?:since|starting(?: in| from)?)(?: the)?) ?$"), _SINCE),
    (pattern(r"(?:不晚于|\b(?:until|till|up to|by|no later than)(?: the)?(?: end of)?) ?$"), _UNTIL),
    (pattern(r"(?:晚于|迟于|\b(?:after|later than)(?: the)?) ?$"), _AFTER),
    (pattern(r"(?:早于|先于|\b(?:before|prior to|earlier than)(?: the)?) ?$"), _BEFORE),
)
"""What stands before a date."""
_AS_OF = pattern(r"(?:截至|截止|截止到|直到|\bas (?:of|at)) ?$")
"""Of a state at that time: what happened is not asked for."""
_JOINT = pattern(r" ?(?:到了?|至|[~—–-]{1,2}) ?| (?:to|until|till|through) (?:the )?")
_PAIR = pattern(r" ?(?:和|与|跟|、) ?| and (?:the )?")
"""Joins two dates where the words around them say that what lies between is meant."""
_FROM = pattern(r"(?:从|自|由|\b(?:from|between)(?: the)?) ?$")
_BETWEEN = pattern(r"\bbetween(?: the)? $")
_WITHIN = pattern(r" ?(?:年?度?)?(?:之间|期间|间(?!隔)|这段时间|之内|以内|内)")
_EVENT = pattern(
    r"(?:[\u3400-\u9fff]{0,3}?(?:发布|推出|问世|亮相|上线|出台|印发|公布|成立|召开|举行|开放|建成))?"
    r"(?:之|以)?[后前](?![续来期勤半任\d一二两三四五])"
)
"""Behind what is named, with or without the noun for it and what happened: after or before that."""
_EVENT_AHEAD = pattern(r"\b(after|before) (?:the )?(?:(?:release|launch|founding|opening) of )?(?:the )?$")
_NEAR = pattern(r"\b(?:shortly|just|right|soon|immediately) $")
_LONGEST = 18
"""Characters of the words before a date."""
EVER, NEVER = (1, 1, 1), (9999, 12, 31)


class Stretch(NamedTuple):
    """A stretch of time in which something is asked to lie, with the words that name it."""

    first: tuple[int, int, int]
    last: tuple[int, int, int]
    start: int
    end: int
    edge: Period | None = None
    """The date after which it lies: who says 六月以后 may mean that with it."""

    @property
    def open(self) -> bool:
        """Whether it has no beginning, or no end."""
        return self.first == EVER or self.last == NEVER

    @property
    def dated(self) -> bool:
        """Whether it is known in which years it lies."""
        return bool(self.first[0])

    @property
    def period(self) -> Period:
        """All of its days."""
        return Period(self.first, self.last, self.start, self.end)

    def holds(self, period: Period) -> bool:
        """Whether all of a period lies in it."""
        if self.dated:
            return self.first <= period.first and period.last <= self.last
        return (
            period.first[0] == period.last[0] and self.first[1:] <= period.first[1:] <= period.last[1:] <= self.last[1:]
        )

    def touches(self, period: Period) -> bool:
        """Whether a period lies partly in it, or at its very edge: it cannot be told on which side that is."""
        if not self.dated or self.holds(period):
            return False
        partly = self.first <= period.last and period.first <= self.last
        return partly or (self.edge is not None and self.edge.overlaps(period))


def stretch_asked(text: str, periods: Sequence[Period]) -> Stretch | None:
    """The stretch of time that a folded text names by its dates; None if it names none, or several."""
    if not 0 < len(periods) <= 2 or (_AS_OF.search(text, 0, periods[0].start)):
        return None
    if len(periods) == 1:
        return _of_one(text, periods[0])
    first, last = _same_year(*periods)
    return _closed(text, first, last) or _of_two(text, first, last)


def claimed(text: str, periods: list[Period]) -> list[Period]:
    """The times that a claim puts forward: all that lies after a date where it says so (2023年1月之后发布的吗)."""
    stretch = stretch_asked(text, periods)
    if (
        stretch is None
        or not stretch.open
        or _NEAR.search(text, 0, stretch.start)
        or text.startswith("by", stretch.start)
    ):
        return periods
    return [stretch.period]


def on_edge(text: str, periods: Sequence[Period], told: Sequence[Period]) -> bool:
    """Whether what is told was in the very month or year after which a claim puts it, and that may mean with it."""
    if not periods or periods[0].last != NEVER:
        return False
    stretch = stretch_asked(text, find_periods(text))
    return stretch is not None and any(map(stretch.touches, told)) and not any(map(stretch.holds, told))


def _of_one(text: str, period: Period) -> Stretch | None:
    """The time before or after a date, or that date; open only where its year is known."""
    begin = max(0, period.start - _LONGEST)
    side, start, end = "", period.start, period.end
    if found := _FROM.search(text, begin, start):
        start = found.start()
    for words, where in _BEHIND:
        if found := words.match(text, period.end):
            side, end = where, found.end()
            break
    for words, where in _AHEAD:
        if before := words.search(text, begin, period.start):
            side, start = side or where, min(start, before.start())
            break
    if not side:
        if text.startswith("前", period.end):
            return None  # 2023年前三季度
        within = _WITHIN.match(text, end)
        return Stretch(period.first, period.last, start, within.end() if within else end)
    return open_stretch(period, side, start, end) if period.year else None


def open_stretch(period: Period, side: str, start: int, end: int) -> Stretch:
    """What lies before or after a date; a day more, or less, than a date has leaves that out and meets the next one."""
    (y, m, d), (z, n, e) = period.first, period.last
    if side == _SINCE:
        return Stretch(period.first, NEVER, start, end)
    if side == _UNTIL:
        return Stretch(EVER, period.last, start, end)
    if side == _AFTER:
        return Stretch((z, n, e + 1), NEVER, start, end, period)
    return Stretch(EVER, (y, m, d - 1), start, end)


def side_of(text: str, start: int, end: int) -> tuple[str, tuple[int, int]] | None:
    """On which side of something that is named there others are to lie (悟道2.0发布之后), and the words that say so."""
    if behind := _EVENT.match(text, end):
        return (_AFTER if "后" in behind[0] else _BEFORE), (start, behind.end())
    ahead = _EVENT_AHEAD.search(text, 0, start)
    return ((_AFTER if ahead[1] == "after" else _BEFORE), (ahead.start(), end)) if ahead else None


def _closed(text: str, first: Period, last: Period) -> Stretch | None:
    """From the one date to the other (2019年至2021年, between 2020 and 2022)."""
    begin = max(0, first.start - _LONGEST)
    between, within = _BETWEEN.search(text, begin, first.start), _WITHIN.match(text, last.end)
    joint = _JOINT.fullmatch(text, first.end, last.start)
    if not joint and not ((between or within) and _PAIR.fullmatch(text, first.end, last.start)):
        return None
    if first.first > last.first or (bool(first.year) != bool(last.year)):
        return None
    ahead = _FROM.search(text, begin, first.start)
    start, end = ahead.start() if ahead else first.start, within.end() if within else last.end
    return Stretch(first.first, last.last, start, end)


def _of_two(text: str, first: Period, last: Period) -> Stretch | None:
    """What lies after the one date and before the other (2022年以后、2023年5月以前)."""
    a, b = _of_one(text, first), _of_one(text, last)
    if not a or not b or not a.open or not b.open or a.last != NEVER or b.first != EVER or a.first > b.last:
        return None
    return Stretch(a.first, b.last, a.start, b.end, a.edge)


def _same_year(first: Period, last: Period) -> tuple[Period, Period]:
    """Two dates of which one may lack the year that the other has."""
    if first.year and not last.year:
        return first, _in_year(last, first.last[0])
    return (first if first.year or not last.year else _in_year(first, last.year)), last


def _in_year(period: Period, year: int) -> Period:
    return period._replace(first=(year, *period.first[1:]), last=(year, *period.last[1:]))
