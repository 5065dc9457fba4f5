"""A claim that somebody whom the base does not know did something (甲是张三创办的吧): who did."""

from __future__ import annotations

from knowledge.deciding.decide import Decider
from knowledge.deciding.happening import DOER
from knowledge.deciding.inquiry import blanked, unclaimed
from knowledge.finding.find import find
from knowledge.finding.outcome import Part, noted
from knowledge.finding.probe import Hints
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow

_BY_WHOM = frozenset({"person"})


def by_whom(desk: Decider, reading: Reading, hints: Hints) -> Part | None:
    """What tells who did it, neither yes nor no; None if nothing does that speaks of what it was done to."""
    done = DOER.search(reading.text)
    if done is None:
        return None
    clues = tuple(c for c in reading.clues if c.text not in done[1])
    asked = unclaimed(reading)._replace(text=blanked(reading.text, *done.span(1)), clues=clues, asks=_BY_WHOM)
    part, _ = desk.decide(asked, find(asked, desk.base, hints), hints)
    fact = next((f for f in part.facts if _tells(f, reading, desk.base)), None) if part else None
    return noted(desk.base, "verify", reading, (fact,), ()) if fact else None


def _tells(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether a statement ties what is named to somebody else, and not to where it was done."""
    tied, doers = base.relations[fact.relation], base.who - base.where | base.persons
    if tied.value != "entity" or tied.answers == "place" or fact.within.isdisjoint(reading.entities):
        return False
    return any(base.entity(e).kind in doers for e in fact.spoken - reading.entities)
