"""Figures of facts: which one a fact states, whether some are of one count, and the facts that may give one."""

from __future__ import annotations

from knowledge.finding.certainty import Bar
from knowledge.finding.find import find
from knowledge.finding.outcome import Figure
from knowledge.finding.probe import Hints
from knowledge.reading.reading import Reading
from knowledge.store.base import FactRow

_CLASSIFIERS = frozenset("个家款项所座")
_YEAR = 4
"""Characters of a date that give its year."""
EXACT = frozenset({"", "~"})
"""Precision of figures that can be calculated with."""
_LIST = 3


def figure_of(fact: FactRow, entity: int) -> Figure | None:
    """The figure that a fact states first, or None; of a list (北京54个、上海12个) none is its own."""
    if not fact.quantities or len(set(fact.figures)) >= _LIST:
        return None
    q = fact.quantities[0]
    return Figure(entity, fact, q.value, q.unit, q.is_share, q.bound)


def of_one_count(figures: list[Figure]) -> bool:
    """Whether figures are of one measure, date and counter, and none is a mere bound."""
    first = figures[0]
    if any((f.share, _sort(f.unit)) != (first.share, _sort(first.unit)) or f.bound not in EXACT for f in figures):
        return False
    dates = {f.fact.as_of for f in figures}
    # dated by its month in one place and by its day in another
    near = all(dates) and all(d.startswith(min(dates, key=len)) for d in dates)
    counters = {f.fact.by for f in figures}
    article = {f.fact.citations[0].article for f in figures}
    counted = len(counters) == 1 or (len(counters - {-1}) == 1 and len(article) == 1)
    return len({f.fact.relation for f in figures}) == 1 and (near or len(dates) == 1) and counted


def of_one_year(figures: list[Figure]) -> bool:
    """Whether no two figures are of different years, unless all are dated by their articles alone (a rule, a limit)."""
    return all(f.fact.relative for f in figures) or len({f.fact.as_of[:_YEAR] for f in figures if f.fact.as_of}) <= 1


def _sort(unit: str) -> str:
    """The unit, one for all classifiers: 54个 and 12家 firms are counted alike."""
    return "" if unit in _CLASSIFIERS else unit


def accepted(bar: Bar, reading: Reading, hints: Hints) -> list[FactRow]:
    """The facts that would answer a reading by themselves, best first."""
    return [f.fact for f in find(reading, bar.base, hints)[:8] if bar.accepts(f, reading, hints)]
