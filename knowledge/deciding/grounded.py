"""Whether a verdict rests on what is told of the things claimed: what is told of others neither denies nor confirms."""

from __future__ import annotations

from knowledge.deciding.correction import SOLE
from knowledge.finding.judge import explained
from knowledge.finding.outcome import Part
from knowledge.reading.reading import Reading
from knowledge.store.base import Base

_DECIDED = ("yes", "no")
_WHOLE = 0.9
"""Share of a word that a statement has to explain to say it."""


def grounded(part: Part, reading: Reading, base: Base) -> bool:
    """Whether a statement names one of the things claimed; 甲是乙的吗, which says no more, is decided by one on 甲.

    首个…是甲吧 is decided by what says all of it of another, too.
    """
    first = part.facts[0]
    if first.superlative and SOLE.search(reading.text):
        telling = [c for c in reading.clues if not c.light]
        if telling and all(explained(c, first.terms) >= _WHOLE for c in telling):
            return True
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
