"""Who holds, or pays, how much of one thing: the one with most of it (谁占的股份最多), or each (钱是哪几家凑的)."""

from __future__ import annotations

from decimal import Decimal

from knowledge.finding.judge import in_time
from knowledge.finding.outcome import Figure, Part, part_for
from knowledge.reading.asked import CHECKING
from knowledge.reading.clues import relation_terms
from knowledge.reading.reading import Reading
from knowledge.reckoning.figures import EXACT, figure_of, of_one_count
from knowledge.reckoning.weigh import ranking
from knowledge.store.base import Base, FactRow
from knowledge.text.patterns import pattern

_WHO = frozenset({"person", "list", "which", "name"})
_PARTS = frozenset({"share", "amount"})
_OTHERWISE = CHECKING | {"difference", "ratio", "sum", "growth", "compare", "negation"}
_MOST = pattern(r"最大|第一大|头号|大头|最多|\b(?:most|largest|biggest|main|top)\b")
_SEVERAL = 2
_ONE = Decimal(1)


def holding(reading: Reading, base: Base) -> Part | None:
    """Those who have parts of the one thing named, the first where one is asked for; None if not all is sure."""
    things = reading.things(base)
    if len(things) != 1 or not reading.asks or not reading.asks <= _WHO or reading.intents & _OTHERWISE:
        return None
    told = relation_terms(reading.clues)
    facts = [f for f in base.facts_on(reading.mentions[things[0]].entities[0]) if f.relation_term in told]
    facts = [f for f in facts if f.measured and base.relations[f.relation].value in _PARTS]
    rows = (_one_each([f for f in facts if f.relation == r], reading, base) for r in {f.relation for f in facts})
    parts = [row for row in rows if len(row) >= _SEVERAL and _agree(row)]
    if len(parts) != 1:
        return None
    figures = parts[0]
    if "least" in reading.intents:
        return ranking(figures, reading) if _is_all(figures) else None
    first = ranking(figures, reading)
    if reading.place or "most" in reading.intents or _MOST.search(reading.text):
        return first if _leads(list(first.figures)) else None
    several = "list" in reading.asks or "person" in reading.asks
    return part_for(reading, "facts", tuple(f.fact for f in first.figures)) if several else None


def _one_each(facts: list[FactRow], reading: Reading, base: Base) -> list[Figure]:
    """The newest figure of each holder; none if a fact leaves open whose it is."""
    newest: dict[int, Figure] = {}
    for fact in facts:
        others = [
            e for e in fact.spoken - {fact.subject, fact.by} if e not in base.generic and not _gave(e, fact, base)
        ]
        if not in_time(fact, reading.periods):
            continue
        figure = figure_of(fact, others[0]) if len(others) == 1 else None
        if figure is None or figure.bound not in EXACT:
            return []
        known = newest.get(figure.entity)
        if known is None or fact.as_of > known.fact.as_of:
            newest[figure.entity] = figure
    return list(newest.values())


def _gave(e: int, fact: FactRow, base: Base) -> bool:
    """Whether somebody else has it from that one (从甲手里买下)."""
    return any(f"从{name}" in fact.zh for name in base.entity(e).names if name)


def _agree(figures: list[Figure]) -> bool:
    """Whether they are parts of one whole, or sums of one time."""
    if len({(f.share, f.unit) for f in figures}) > 1:
        return False
    return sum(f.value for f in figures) <= _ONE if figures[0].share else of_one_count(figures)


def _is_all(figures: list[Figure]) -> bool:
    """Whether nothing is left for anybody else."""
    return figures[0].share and sum(f.value for f in figures) == _ONE


def _leads(figures: list[Figure]) -> bool:
    """Whether nobody else can have more than the first: of shares no more is left than that one has."""
    return not figures[0].share or figures[0].value >= _ONE - sum(f.value for f in figures)
