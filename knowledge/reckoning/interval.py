"""How long it was between two events (从A到B隔了多久): worked out from the date of each, where no fact says it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from knowledge.deciding.verify import Verifier
from knowledge.finding.find import find
from knowledge.finding.finding import Finding
from knowledge.finding.outcome import Figure, Part
from knowledge.finding.probe import Hints
from knowledge.reading.asked import NUMERIC
from knowledge.reading.reading import Reading
from knowledge.reckoning.counts import worked_part
from knowledge.reckoning.deeds import begun
from knowledge.store.base import Base, FactRow
from knowledge.text.dates import SAME_TIME, Period
from knowledge.text.patterns import pattern

_DATE = frozenset({"date"})
_FROM = pattern(r"^.*?(?:从|自|距离?|(?:between|from)(?: the)? )(?=.)|^")
_APART = pattern(
    "[ ,，]*(?:这?(?:之间|中间|前后|期间))?[ ,，]*(?:一共|总共|大约|大概)?"
    "(?:相[隔差距]|间隔|隔|差|过|用|花|经过|经历|历时)?[了有是]?$"
)
_FIRST = pattern(
    r"(?:谁|哪[个家款座项])[^,，?？]{0,8}?(?:[早晚]|(?<![首领])先(?!进)|在[前后])|[早先]还是.*[早先]|孰先孰后|谁先谁后"
    r"|\b(?:which|who|what)\b(?! (?:day|week|month|quarter|year|date|time)\b).*\b(?:first|earlier|later)\b"
)
"""Which of two came first is asked for."""
_ORDERED = frozenset("早晚先前后")
_ORDERING = frozenset("早晚先后前谁更较得")
_EARLY = pattern("早|先|首|晚|之后|后来|率先")
_SAID = pattern("隔|差|之间|中间|历时|从.+到|自.+至|距|between|from .+ to")
_TO = pattern(r" ?(?:到|至|与|和|跟|同|离|距离?|[、,，]再?到?| and | to ) ?")
_CLOSING = pattern(r"(?:的|了)?(?:吗|吧|么|对吗|是吗|,)*[ ?？]*$")
_TIMES = frozenset("天 年 个月 小时 个小时 分钟 月 周 days months years".split())
_SHORTEST = 3
"""Characters of the name of an event."""
_ENDING = " ?？。，,"
_YEAR = 366
_SPANS = ((("年", "year"), (1, _YEAR)), (("月", "month"), (2, 31)))
"""Words for a stretch of time, and of what it is the same: parts of a date, and days at most."""
_PAIR = 2


class Event(NamedTuple):
    """Something that happened at a known time."""

    entity: int
    """What it happened to, as the question names it."""
    fact: FactRow
    when: Period


def asks_interval(reading: Reading) -> bool:
    """Whether it is asked how long it was between two things."""
    return bool(reading.asks) and reading.asks <= {"duration", "number"} and bool(_SAID.search(reading.text))


def interval(desk: Verifier, reading: Reading, findings: list[Finding], hints: Hints) -> Part | None:
    """The time between two dated events."""
    if "verify" in reading.intents and (same := SAME_TIME.search(reading.text)):
        return _same_time(desk, reading, same, findings, hints)
    if "duration" not in reading.asks or not asks_interval(reading):
        return None
    if any(_states(f) and desk.bar.accepts(f, reading, hints) for f in findings[:3]):
        return None
    for first, last in _ends(reading):
        dated = [_dated(desk, text, hints) for text in (first, last)]
        if dated[0] and dated[1] and dated[0].fact != dated[1].fact:
            return _part(reading, *sorted(filter(None, dated), key=lambda event: event.when.first))
    return None


def which_first(desk: Verifier, reading: Reading, hints: Hints) -> tuple[Part | None, bool]:
    """Two events in order where it is asked which came first; and whether that is asked at all."""
    if reading.asks & NUMERIC or "verify" in reading.intents or not _asks_first(reading.text):
        return None, False
    group = max(desk.readings.by_kind(reading, lambda entity: not entity.generic, alike=True), key=len, default=[])
    group = group if len(group) == _PAIR else reading.things(desk.base)
    if len(group) != _PAIR:
        return None, False
    clues = tuple(c for c in reading.clues if not _ORDERING.issuperset(c.text))
    bare = reading._replace(clues=clues, asks=_DATE, kinds=(), intents=reading.intents & {"day"})
    dated = [_dated_by(desk, bare.about(i, group), hints) for i in group]
    if not any(dated):
        dated = [_dated_by(desk, _begun(bare, desk.base).about(i, group), hints) for i in group]
    if not dated[0] or not dated[1] or dated[0].fact.relation != dated[1].fact.relation:
        return None, True  # a founding and a release are not set side by side
    if dated[0].when.overlaps(dated[1].when):
        return None, True
    return _part(reading, *sorted(filter(None, dated), key=lambda event: event.when.first)), True


def _begun(reading: Reading, base: Base) -> Reading:
    """The reading, where founding is asked for of whatever beginning (an opening)."""
    wider = {c.text: tags for c in reading.clues if (tags := begun(c.terms, base))}
    clues = (c._replace(terms=tuple(wider[c.text]), light=False) if c.text in wider else c for c in reading.clues)
    return reading._replace(clues=tuple(clues), words=tuple(w for w in reading.words if w.text not in wider))


def _asks_first(text: str) -> bool:
    """Whether a text asks which of two came first."""
    if _ORDERED.isdisjoint(text) and not ("first" in text or "earlier" in text or "later" in text):
        return False
    return _FIRST.search(text) is not None


def tells_first(reading: Reading, parts: Iterable[Part]) -> bool:
    """Whether facts given say when each of the things named was, or which came first."""
    facts = [f for part in parts for f in part.facts if f.timed or _EARLY.search(f.zh)]
    return all(any(not f.entities.isdisjoint(m.entities) for f in facts) for m in reading.mentions)


def _same_time(
    desk: Verifier, reading: Reading, same: re.Match[str], findings: list[Finding], hints: Hints
) -> Part | None:
    """Whether two events were on one day, or in one month or year, with the date of each."""
    if any(not f.unnamed and any(_length(p) == 1 for p in f.fact.periods[bool(f.fact.as_of) :]) for f in findings[:3]):
        return None  # a statement dates both
    before, after = reading.text[: same.start()].strip(_ENDING), _CLOSING.sub("", reading.text[same.end() :])
    for joint in _TO.finditer(before):
        halves = before[: joint.start()].strip(_ENDING), before[joint.end() :].strip(_ENDING)
        if min(map(len, halves)) < _SHORTEST:
            continue
        dated = [_dated(desk, f"{half}{after}", hints) for half in halves]
        if dated[0] and dated[1] and dated[0].fact != dated[1].fact:
            first, last = sorted(filter(None, dated), key=lambda event: event.when.first)
            return _part(reading, first, last)._replace(verdict=_verdict(first.when, last.when, same[0]))
    return None


def _verdict(first: Period, last: Period, asked: str) -> str:
    """Whether two periods fall into one year, month or day, whichever is asked; '' if they are known too roughly."""
    parts, longest = next((size for words, size in _SPANS if any(w in asked for w in words)), (3, 1))
    if max(_length(first), _length(last)) > longest:
        return "" if first.overlaps(last) else "no"  # known by the month only
    return "yes" if first.first[:parts] == last.first[:parts] else "no"


def _ends(reading: Reading) -> Iterator[tuple[str, str]]:
    """What may be the two events, as they stand in the question."""
    word = reading.word("q:duration")
    if word is None:
        return
    before = reading.text[: word.start].strip(_ENDING)
    text = _APART.sub("", before) if before else reading.text[word.end :]
    opening = _FROM.match(text)
    start = opening.end() if opening else 0
    for joint in _TO.finditer(text, start):
        first, last = text[start : joint.start()].strip(_ENDING), text[joint.end() :].strip(_ENDING)
        if min(len(first), len(last)) >= _SHORTEST:
            yield first, last


def _dated(desk: Verifier, text: str, hints: Hints) -> Event | None:
    """What is dated by a fact, and when it was."""
    event = desk.readings.read(text)
    if not desk.readings.named(event):
        return None
    return _dated_by(desk, event._replace(asks=_DATE, intents=event.intents & {"day"}), hints)


def _dated_by(desk: Verifier, event: Reading, hints: Hints) -> Event | None:
    part, _ = desk.decide(event, find(event, desk.base, hints), hints)
    if part is None or not part.facts[0].periods:
        return None
    fact = part.facts[0]
    own = fact.periods[bool(fact.as_of) :]
    when = min(own or (() if fact.relative else fact.periods), key=_length, default=None)
    if when is None or not when.year or _length(when) > _YEAR:
        return None
    named = [e for e in desk.readings.named(event) if e in fact.entities]
    return Event(named[-1] if named else fact.subject, fact, when)


def _length(period: Period) -> int:
    (y, m, _), (z, n, _) = period.first, period.last
    return 1 if period.first == period.last else 31 if (y, m) == (z, n) else _YEAR if y == z else 10 * _YEAR


def _part(reading: Reading, first: Event, last: Event) -> Part:
    coarse = max(_length(first.when), _length(last.when))
    (y, m, d), (z, n, e) = first.when.first, last.when.first
    if coarse == 1:
        value, unit = (date(z, n, e) - date(y, m, d)).days, "天"
    elif coarse < _YEAR:
        value, unit = 12 * (z - y) + n - m, "个月"
    else:
        value, unit = z - y, "年"
    figures = tuple(
        Figure(x.entity, x.fact, Decimal(value), unit, False, "", text=(_iso(x.when), _iso(x.when)))
        for x in (first, last)
    )
    return worked_part("interval", reading, figures, Decimal(value))


def _iso(period: Period) -> str:
    y, m, d = period.first
    return f"{y:04}" + (f"-{m:02}" if _length(period) < _YEAR else "") + (f"-{d:02}" if _length(period) == 1 else "")


def _states(finding: Finding) -> bool:
    """Whether a finding says itself how long it was."""
    return not finding.unnamed and any(q.unit in _TIMES for q in finding.fact.quantities)
