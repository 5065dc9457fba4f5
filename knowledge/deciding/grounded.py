"""Whether a verdict rests on what is told of the things claimed: what is told of others neither denies nor confirms."""

from __future__ import annotations

from knowledge.finding.outcome import Part
from knowledge.reading.reading import Reading
from knowledge.store.base import Base

_DECIDED = ("yes", "no")


def grounded(part: Part, reading: Reading, base: Base) -> bool:
    """Whether a statement names one of the things claimed; 甲是乙的吗, which says no more, is decided by one on 甲."""
    named = [m.entities for m in reading.mentions if not base.entity(m.entities[0]).generic]
    things = [entities for entities in named if base.entity(entities[0]).kind not in base.where]
    if part.verdict not in _DECIDED or not things:
        return True
    says_more = reading.quantities or reading.periods or any(not c.light for c in reading.clues)
    of_actor = base.entity(named[0][0]).kind in base.who - base.where
    made = [e for e in named[1:] if base.entity(e[0]).kind not in base.who | base.where] if of_actor else []
    needed = (things if of_actor else named) if says_more else [*named[:1], *made]
    sought = frozenset(e for entities in needed for e in entities)
    told = ({fact.subject, fact.place, *fact.objects} | fact.spoken | fact.entities for fact in part.facts)
    return any(not sought.isdisjoint(spoken) for spoken in told)
