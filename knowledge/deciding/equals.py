"""Which facts are told together: one measure, one post, one passage, one list."""

from __future__ import annotations

from knowledge.finding.finding import Finding
from knowledge.reading.asked import NUMERIC
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow

_PASSAGE = 1.6
"""Facts of one passage on one thing stand side by side though one lies so many times further behind."""
MEASURED = 3
"""How many times as far apart the figures of several things may lie for it to be asked which is meant."""
_NEXT = 8
"""Findings that are looked at for those that tell the same."""
A_LIST = 3
"""Things that a mere list names at least."""


def width(a: FactRow, b: FactRow, reading: Reading) -> float:
    """How many times as far behind a fact may be that stands beside one of the same measure, post or passage."""
    if same_measure(a, b) or of_one_post(a, b, reading):
        return MEASURED
    return _PASSAGE if same_passage(a, b) else 1.0


def in_turn(findings: list[Finding], reading: Reading) -> list[Finding]:
    """Of those who were the same one after another the last first, whichever statement says it plainest."""
    best = findings[0]
    same = [f for f in findings[:_NEXT] if f is best or (f.dated and of_one_post(f.fact, best.fact, reading))]
    if len(same) < 2:
        return findings
    same.sort(key=lambda f: f.fact.as_of, reverse=True)
    return [*same, *(f for f in findings if f not in same)]


def fuller(findings: list[Finding], reading: Reading) -> list[Finding]:
    """The findings; of figures of one thing in one unit that which tells what was done (交付) first.

    How many of them were ordered is no answer to how many were delivered.
    """
    best = findings[0]
    told = best.own or not best.fact.quantities or best.fact.subject not in reading.entities
    if reading.asks.isdisjoint(NUMERIC) or told or not best.missing or any(len(c.text) > 1 for c in best.missing):
        return findings
    unit = best.fact.quantities[0].unit
    for finding in findings[1:_NEXT]:
        fact = finding.fact
        alike = fact.subject == best.fact.subject and bool(fact.quantities) and fact.quantities[0].unit == unit
        if alike and unit and finding.own and not finding.missing and finding.dated and finding.fits >= 1.0:
            return [finding, *(f for f in findings if f is not finding)]
    return findings


def disputing(fact: FactRow, chosen: list[FactRow], reading: Reading, base: Base) -> list[FactRow]:
    """What others say of the same where a pack notes that they differ; none where it is asked what that one says."""
    if not fact.by or fact.by in reading.entities:
        return []
    numbers = frozenset[int]().union(*(group for group, _ in base.disagreements() if fact.f in group))
    rest = (f for f in map(base.fact, sorted(numbers)) if f.by != fact.by and f not in chosen)
    return [f for f in rest if (f.subject, f.relation) == (fact.subject, fact.relation) and f.as_of == fact.as_of]


def of_one_post(a: FactRow, b: FactRow, reading: Reading) -> bool:
    """Whether two facts tell who was the same at different times (主席), in the word by which it is asked."""
    if "person" not in reading.asks or (a.subject, a.relation) != (b.subject, b.relation):
        return False
    if len(a.objects) != 1 or len(b.objects) != 1 or a.objects == b.objects or not (a.as_of and b.as_of):
        return False
    return a.as_of != b.as_of and said_alike(a, b, reading)


def said_alike(a: FactRow, b: FactRow, reading: Reading) -> bool:
    """Whether what is asked stands in both statements or in neither (the 秘书长 is no 主席)."""
    return all((c.text in a.zh) == (c.text in b.zh) for c in reading.clues)


def same_passage(a: FactRow, b: FactRow) -> bool:
    """Whether two facts tell of one thing in one paragraph."""
    return a.subject == b.subject and a.citations[0] == b.citations[0]


def one_of_same(a: FactRow, b: FactRow) -> bool:
    """Whether two facts each tell of one member of the same thing, in one paragraph."""
    return (a.relation, a.objects, a.citations[0]) == (b.relation, b.objects, b.citations[0]) and len(a.objects) == 1


def akin(a: FactRow, b: FactRow) -> bool:
    """Whether two facts on a city tell of the same thing there."""
    return a.relation == b.relation or a.citations[0] == b.citations[0]


def same_measure(a: FactRow, b: FactRow) -> bool:
    """Whether two facts give the figure of one measure of one thing."""
    return a.measured and b.measured and (a.subject, a.relation) == (b.subject, b.relation)


def same_sort(a: FactRow, b: FactRow) -> bool:
    """Figures of one sort: shares with shares, numbers with numbers."""
    return a.quantities[0].is_share == b.quantities[0].is_share


def rolled(findings: list[Finding], reading: Reading, base: Base) -> list[Finding]:
    """The findings; without what tells of one where another that is as near lists all of them (甲、乙、丙 lead it)."""
    near = [f.fact for f in findings[:_NEXT] if f.fits >= 1.0 and not f.missing]
    rolls = [f for f in near if f.listed >= A_LIST and f.subject in reading.entities and len(f.objects) >= A_LIST]
    if not rolls:
        return findings
    members = {(e, r.citations[0]) for r in rolls for e in r.objects if e not in reading.entities}
    # 甲市的哪家做了乙 is told by what speaks of 乙 alone, too
    apart = reading.entities - base.generic - {r.subject for r in rolls} if "list" not in reading.asks else frozenset()
    listed = ((f.fact.subject, f.fact.citations[0]) in members for f in findings)
    kept = [f for f, one in zip(findings, listed, strict=True) if not one or not f.fact.entities.isdisjoint(apart)]
    return kept or findings
