"""What a question that has no answer in its own words may mean: a name for its pronoun or for 甲的公司, no date."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.asking.antecedent import of_one_before
from knowledge.asking.documents import without_date
from knowledge.finding import doing
from knowledge.reading.readings import Readings
from knowledge.store.base import Base
from knowledge.text.patterns import pattern
from knowledge.text.segments import Segment

_OWN = pattern("(?:自己)?(?:家?的|(?:一?手)?(?:创[办立建]|[搞办开弄])的|那家|那个)(?:那家|那个|家)?")
"""Between a person and what he founded (甲自己办的新公司)."""
_BETWEEN = 4
"""Characters of what else stands before the noun for that."""


def in_other_words(segment: Segment, readings: Readings) -> Iterator[tuple[str, frozenset[int]]]:
    """Folded questions that may be meant, and the entities of which what answers has to speak of one, if any."""
    reading, before = readings.read(segment.text), segment.lead or segment.background
    if before and (named := of_one_before(reading, readings.read(before), readings.base)):
        yield named, frozenset()
    if founded := _of_founder(segment.text, readings):
        yield founded, frozenset()
    whole = readings.read(f"{segment.lead},{segment.text}") if segment.lead else reading
    if documented := without_date(whole, readings.base):
        yield documented


def _of_founder(text: str, readings: Readings) -> str:
    """The folded question with the name of the one firm that a person founded in place of 甲的公司; or ''."""
    base = readings.base
    for mention in readings.read(text).mentions:
        own = _OWN.match(text, mention.end) if base.entity(mention.entities[0]).kind in base.persons else None
        for start in range(own.end(), own.end() + _BETWEEN) if own else ():
            end, kinds = base.lexicon.noun_at(text, start) or (0, frozenset[str]())
            if len(firms := _founded(mention.entities[0], kinds, base)) == 1:
                return f"{text[: mention.start]}{base.tables.fold(base.entity(firms.pop()).zh)}{text[end:]}"
    return ""


def _founded(person: int, kinds: frozenset[str], base: Base) -> set[int]:
    """The things of these kinds that a person founded."""
    facts = map(base.fact, base.facts_of(person))
    tied = (f for f in facts if doing.of_persons(base.relations[f.relation]) and f.objects == (person,))
    return {f.subject for f in tied if base.entity(f.subject).kind in kinds & base.who}
