"""The two figures between which something changed: those of two times, or what one fact tells of before and after."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.deciding.apiece import WEIGHING
from knowledge.deciding.equals import same_sort
from knowledge.deciding.inquiry import blanked
from knowledge.finding.certainty import Bar
from knowledge.finding.outcome import Figure
from knowledge.finding.probe import Hints
from knowledge.reading.reading import Reading
from knowledge.reckoning.figures import accepted, figure_of
from knowledge.store.base import Base, FactRow
from knowledge.text.dates import Period, parse_period
from knowledge.text.numerals import Quantity, find_quantities
from knowledge.text.patterns import pattern

_CHANGED = pattern("[从由].+[至到为成]")
"""A value that tells what something was before and after."""
_THAN = pattern(r"(?:比|较|相比|对比)(?:起|于)?$|\b(?:than|since|from) (?:in )?$")
"""Right before a time: what is so now, or was last, is set against that of then."""
_APART = "i:difference"
_WEIGHED = frozenset(f"i:{intent}" for intent in WEIGHING)


def figures_of_dates(bar: Bar, reading: Reading, hints: Hints) -> list[Figure]:
    """The figures of one measure at the two times named (从2020年到2025年增加多少), the earlier first."""
    growing = {
        w.text for w in reading.words if w.has("i:growth") or w.has("i:sum") or (_APART in w.tags and w.has("q"))
    }
    clues = tuple(c for c in reading.clues if c.text not in growing)
    relaxed = reading._replace(asks=frozenset({"number"}), kinds=(), clues=clues)
    if not reading.periods:
        relaxed = relaxed._replace(text=_without(reading, growing))  # 涨了多少: it need not have been done
    subjects = reading.entities
    unnamed = not reading.things(bar.base) and bool(clues)
    periods = sorted({(p.first, p.last): p for p in _ends(reading.periods)}.values())
    if not periods and "growth" in reading.intents and len(subjects) == 1:
        periods = _two_dates(accepted(bar, relaxed, hints), subjects)
    elif len(periods) == 1 and len(subjects) == 1 and _THAN.search(reading.text, 0, _start(reading)):
        periods += _since(periods[0], accepted(bar, relaxed._replace(periods=()), hints), subjects)
    if len(periods) != 2 or periods[0].overlaps(periods[1]):
        return []
    found = []
    for period in periods:
        facts = accepted(bar, relaxed._replace(periods=(period,)), hints)
        found.append([f for f in facts if (unnamed or f.subject in subjects) and f.measured])
    pairs = [
        (first, last)
        for first in found[0]
        for last in found[1]
        if (first.subject, first.relation) == (last.subject, last.relation)
        and same_sort(first, last)
        and _counted_alike(first, last, bar.base)
    ]
    if not pairs or (unnamed and len({(first.subject, first.relation) for first, _ in pairs}) > 1):
        return []
    # what one party counted is compared with what the same party counted
    first, last = min(pairs, key=lambda pair: pair[0].by != pair[1].by)
    figures = figure_of(first, first.subject), figure_of(last, last.subject)
    return [f for f in figures if f]


def _start(reading: Reading) -> int:
    return min(p.start for p in reading.periods)


def _without(reading: Reading, words: Iterable[str]) -> str:
    """The text with some of its words blanked."""
    text = reading.text
    for word in (w for w in reading.words if w.text in words):
        text = blanked(text, word.start, word.end)
    return text


def _since(then: Period, facts: list[FactRow], subjects: frozenset[int]) -> list[Period]:
    """The last time after one that is named of which the measure asked for is known (比2024年多了多少)."""
    measured = [f for f in facts if f.measured and f.subject in subjects and f.as_of]
    later = [
        p for f in measured if f.relation == measured[0].relation and (p := parse_period(f.as_of)).first > then.last
    ]
    return [max(later, key=lambda p: p.first)] if later else []


def _two_dates(facts: list[FactRow], subjects: frozenset[int]) -> list[Period]:
    """The two times of which the figures of the measure asked for are known; none if they are of more or fewer."""
    measured = [f for f in facts if f.measured and f.subject in subjects and f.as_of]
    dates = sorted({f.as_of for f in measured if f.relation == measured[0].relation})
    periods = [parse_period(date) for date in dates]
    return periods if len(periods) == 2 else []


def _counted_alike(first: FactRow, last: FactRow, base: Base) -> bool:
    """Whether two figures may be set against each other: those of one article, of one counter, or of no disputed count.

    What each of two articles counted for itself is no growth.
    """
    if first.citations[0].article == last.citations[0].article or first.by == last.by >= 0:
        return True
    if first.by != last.by or any(f.quantities[0].bound for f in (first, last)):
        return False
    family = base.relations[first.relation].family
    disputed = (base.fact(n) for numbers, _ in base.disagreements() for n in numbers)
    alike = {first.relation, *(r.r for r in base.relations if family and r.family == family)}
    times = {first.as_of[:4], last.as_of[:4]}
    return not any(f.subject == first.subject and f.relation in alike and f.as_of[:4] in times for f in disputed)


def figures_of_change(bar: Bar, reading: Reading, hints: Hints) -> list[Figure]:
    """The two figures between which one fact says that something changed (从4000卡扩展至16000卡), the later first."""
    weighing = {w.text for w in reading.words if not _WEIGHED.isdisjoint(w.tags) or w.has("i:growth")}
    clues = tuple(c for c in reading.clues if c.text not in weighing)
    for fact in accepted(bar, reading._replace(asks=frozenset({"number"}), units=frozenset(), clues=clues), hints)[:1]:
        told = [q for q in find_quantities(fact.value) if q.unit]
        if _CHANGED.match(fact.value) and len(told) == 2 and told[0].unit == told[1].unit:
            return [_figure_told(q, fact) for q in reversed(told)]
    return []


def _figure_told(quantity: Quantity, fact: FactRow) -> Figure:
    """A figure of a fact that gives several, as it is written."""
    q = quantity
    text = fact.value[q.start : q.end], fact.value_hant[q.start : q.end]
    return Figure(fact.subject, fact, q.value, q.unit, q.is_share, q.bound, text=text)


def _ends(periods: tuple[Period, ...]) -> tuple[Period, ...]:
    """The first and the last year of a single stretch of years (2020—2025年增加多少), else the periods as they are."""
    if len(periods) != 1 or periods[0].first[0] == periods[0].last[0]:
        return periods
    return tuple(Period((year, 1, 1), (year, 12, 31)) for year in (periods[0].first[0], periods[0].last[0]))
