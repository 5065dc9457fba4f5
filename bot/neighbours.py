"""What a base holds beside an answer: the same of other things, more of the same thing.

A question made from a fact is answered by it if the fact explains all its words, nothing else that is known of the
thing explains as much, and the name in it stands for that thing alone. The base itself tells all three.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from functools import lru_cache
from typing import NamedTuple

from knowledge.asking.ask import Asker
from knowledge.asking.cards import is_card
from knowledge.asking.message import folded, spelt_out
from knowledge.finding.judge import explained, in_time
from knowledge.reading.clues import Clue
from knowledge.reading.reading import Reading, read
from knowledge.reading.slots import Slot, holds_answer
from knowledge.store.base import Base, FactRow
from knowledge.text.dates import Period

_REMEMBERED = 8192
_WHOLE = 0.99
_EQUAL = 0.05
_CROWD = 5
"""A fact that names more things is about none of them above all."""


class Words(NamedTuple):
    """What a question says beside the name in it."""

    clues: tuple[Clue, ...]
    terms: frozenset[str]
    """All index terms that they look for."""
    topics: frozenset[int]
    """What else it names."""
    slot: Slot
    """What an answer has to hold."""
    periods: tuple[Period, ...]
    """The dates it asks for."""

    def told(self, fact: FactRow) -> tuple[float, float]:
        """Weight of them that a fact explains, and that its statement does without its cues."""
        met = self.terms & fact.terms
        own = met - fact.cued
        told = sum([c.weight * explained(c, met) for c in self.clues])
        return told, told if len(own) == len(met) else sum([c.weight * explained(c, own) for c in self.clues])


class Neighbours:
    """Facts of one base that questions can be made from."""

    def __init__(self, base: Base, asker: Asker) -> None:
        self._base = base
        self._asker = asker
        # the base never changes: what is known once is known for good
        self.name = lru_cache(_REMEMBERED)(self._name)
        self.label = lru_cache(_REMEMBERED)(self._label)
        self._facts_with = lru_cache(_REMEMBERED)(self._sorted)

    def same(self, fact: FactRow, thing: int, words: Words) -> Iterator[tuple[int, FactRow]]:
        """Other things of the kind of `thing` and what the base holds of each as `fact` does, the best known first.

        A question that says these words of one of them is answered by that.
        """
        kind, placed = self._base.entity(thing).kind, fact.subject != thing
        seen = {thing}
        for other in self._facts_with(fact.relation):
            e = other.place if placed else other.subject
            if e not in seen and e >= 0 and self._base.entity(e).kind == kind and self.tells(other, e, words):
                seen.add(e)
                yield e, other

    def tells(self, fact: FactRow, thing: int, words: Words) -> bool:
        """Whether a fact answers the question that says these words of a thing."""
        if not words.topics <= fact.entities or (words.periods and not in_time(fact, words.periods)):
            return False
        if any(explained(clue, fact.terms) < _WHOLE for clue in words.clues if not clue.light):
            return False
        slot = copy(words.slot)
        slot.named = words.topics | {thing}
        if holds_answer(fact, slot) < 1.0:
            return False
        told, own = words.told(fact)
        if not told:
            return False  # nothing that is said tells it from what else is known
        # of two facts that explain as much, the one comes first whose relation is called by name
        called = fact.relation_term in words.terms and fact.subject == thing and len(fact.entities) <= _CROWD
        for other in map(self._base.fact, self._base.facts_of(thing)):
            if other.relation == fact.relation or words.terms.isdisjoint(other.terms):
                continue
            behind = called and other.relation_term not in words.terms
            most, most_own = words.told(other) if words.topics <= other.entities else (0.0, 0.0)
            if most > told + (_EQUAL if behind else -_EQUAL) or most_own > own + _EQUAL:
                return False
        return True

    def plain(self, question: str) -> bool:
        """Whether a question is read as it stands, not as pinyin or as a slip."""
        text = folded(question, self._base)
        return spelt_out(text, self._base) == text

    def words(self, reading: Reading, thing: int = -1) -> Words:
        """What a question about a thing says."""
        terms = frozenset(key for clue in reading.clues for key in clue.keys)
        slot = Slot(reading, self._base)
        return Words(reading.clues, terms, reading.entities - {thing}, slot, reading.periods)

    def _name(self, e: int, language: str) -> str:
        """The name of an entity if it alone asks for its card and for nothing else, else ''."""
        entity = self._base.entity(e)
        name = entity.name(language)
        if entity.generic or name[:1].isdecimal():  # a number that begins a name may be taken for a figure
            return ""
        reading = read(folded(name, self._base), self._base)
        sole = self.plain(name) and is_card(self._asker.bar, reading) and self._asker.readings.topics(reading)[0] == e
        return name if sole and self._base.facts_of(e) else ""

    def _label(self, relation: int, language: str) -> Words:
        """The words of a relation's label."""
        label = self._base.relations[relation].label(language)
        return self.words(read(folded(label, self._base), self._base))

    def _sorted(self, relation: int) -> list[FactRow]:
        """The facts of a relation, those of the things most spoken of first."""
        base = self._base
        found = map(base.fact, base.facts_with(relation))
        return sorted(found, key=lambda f: (-base.entity(f.subject).facts, f.subject, f.f))
