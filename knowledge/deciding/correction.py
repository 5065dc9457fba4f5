"""Correct a claim by what would be answered to the question behind it, for each end of it that the base knows."""

from __future__ import annotations

from typing import NamedTuple

from knowledge.deciding.bearing import says_just
from knowledge.deciding.decide import Decider
from knowledge.deciding.equals import A_LIST
from knowledge.deciding.inquiry import Inquiry, Place, inquiries
from knowledge.deciding.objection import tells_when
from knowledge.deciding.verdict import mistaken, telling
from knowledge.finding.find import find
from knowledge.finding.judge import explained
from knowledge.finding.outcome import Part, noted
from knowledge.finding.probe import Hints
from knowledge.linking.link import Mention
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.numerals import Quantity
from knowledge.text.patterns import pattern

_OTHER = frozenset({"compare", "conflict", "once"})
"""Intents of questions that put forward several things to be weighed, or what may have been besides, and no claim."""
_OF_SEVERAL = pattern("之一|中的一")
_HALF = 0.5
SOLE = pattern(r"首|第一|最|唯一|冠军|\b(?:first|most|only|\w+est)\b")
"""Says that something is so of one thing only."""
_SAID = 0.7
"""Share of a claim's words that what is right has to hold, where nothing else speaks to it."""


class Told(NamedTuple):
    """What holds in place of something that is claimed."""

    inquiry: Inquiry
    fact: FactRow
    more: tuple[FactRow, ...]
    """Other figures of the same thing, at another time or by another counter."""
    said: float
    """Share of the claim's other words that the fact holds."""


class Corrector:
    """Says of a claim that is not borne out what holds in its place."""

    def __init__(self, decider: Decider) -> None:
        self.decider, self.base = decider, decider.base

    def corrected(self, part: Part | None, reading: Reading, hints: Hints, *, firm: bool = False) -> Part | None:
        """The part that answers a claim, with what is right in front of what the base says besides.

        With `firm` only where the likeliest question behind it has an answer.
        """
        if part and (part.verdict == "absent" or (part.verdict == "yes" and not self._uncertain(part, reading))):
            return part
        if not reading.intents.isdisjoint(_OTHER) or not reading.mentions or _OF_SEVERAL.search(reading.text):
            return part
        told: list[Told] = []
        dated = part is not None and part.verdict == "no" and bool(reading.periods)
        for inquiry in inquiries(reading, self.base):
            found = self._told_instead(inquiry, reading, hints)
            timely = found is not None and tells_when(found.fact, reading)
            if dated and inquiry.of_name and not (part and timely and found and _akin(found.fact, [part.facts[0]])):
                continue  # when it was is what is wrong
            if part and self._rests_on(part, inquiry, reading) and not timely:
                continue  # the figure of another time is worth no more than whose the one claimed is
            if found and (self._suffices(found, reading) if part is None else True):
                if not told or self._other_end(told[0], found):
                    told.append(found)
            elif not told and (firm or isinstance(inquiry.claimed, Quantity)):
                break
        if told:
            return self._set_right(part, reading, told)
        beside = part and not part.verdict and len(reading.things(self.base)) < 2 and _says_nothing(part, reading)
        return None if beside else part

    def _uncertain(self, part: Part, reading: Reading) -> bool:
        """Whether a figure claimed stands in a statement among several: it may be that of another thing."""
        fact = part.facts[0]
        if says_just(fact, reading, self.base):
            return False
        several = len(reading.quantities) == 1 and len({q.value for q in fact.quantities}) > 1
        ranked = self.base.relations[fact.relation].value == "rank" and fact.value in reading.text
        return several or ("第" in reading.text and not ranked)

    def _rests_on(self, part: Part, inquiry: Inquiry, reading: Reading) -> bool:
        """Whether the figure, though not all of the claim, is what the finding measures."""
        figure = isinstance(inquiry.claimed, Quantity) and part.facts[0].measured
        return figure and bool(reading.periods) and not inquiry.denied_by(part.facts[0], reading, self.base)

    def _told_instead(self, inquiry: Inquiry, claim: Reading, hints: Hints) -> Told | None:
        """The answer to the question behind a claim, if it is another than what is claimed."""
        found = find(inquiry.reading, self.base, hints)
        found = self.decider.bar.pertinence.in_place(found, inquiry.reading)
        part, _ = self.decider.decide(inquiry.reading, found, hints)
        if part is None:
            return None
        first = next(iter(inquiry.reading.things(self.base)), None) if inquiry.of_name else None
        about = inquiry.reading.mentions[first].entities if first is not None else ()
        denying = [f for f in part.facts if inquiry.denied_by(f, claim, self.base)]
        if about and all(f.within.isdisjoint(about) for f in denying):
            return None  # what is told of others of the claim says nothing of what it is on
        if denying and denying[0].planned and "aim" not in claim.intents:
            return None  # what is planned says not what is so
        if "list" in inquiry.reading.asks:
            denying = [f for f in denying if f.listed >= A_LIST]
        if not denying or (not inquiry.of_name and len(denying) < len(part.facts)):
            return None
        said = next((f.content for f in found if f.fact == denying[0]), 0.0)
        more = tuple(f for f in denying[1:] if f.subject == denying[0].subject and f.measured)
        return Told(inquiry, denying[0], () if inquiry.of_name else more, said)

    def _suffices(self, told: Told, reading: Reading) -> bool:
        """Whether what is right speaks to a claim to which nothing else does."""
        if told.said < _SAID:
            return False
        left = told.inquiry.reading.mentions
        return bool(left) or bool(told.fact.superlative and SOLE.search(reading.text))

    def _other_end(self, first: Told, other: Told) -> bool:
        """Whether what holds of the other end of a claim says the same of it as the first answer of the first.

        What else there is in a place is worth nothing.
        """
        names = first.inquiry.of_name and other.inquiry.of_name and not self._of_place(first.inquiry)
        return names and other.fact != first.fact and other.fact.relation == first.fact.relation

    def _of_place(self, inquiry: Inquiry) -> bool:
        claimed = inquiry.claimed
        return isinstance(claimed, Mention) and self.base.entity(claimed.entities[0]).kind in self.base.where

    def _set_right(self, part: Part | None, reading: Reading, told: list[Told]) -> Part:
        """The part with what is right in front."""
        claimed, first = told[0].inquiry.claimed, told[0].fact
        if "list" in told[0].inquiry.reading.asks and isinstance(claimed, Mention):
            listed = noted(self.base, "verify", reading, (first,), ())
            return listed._replace(verdict="absent", absent=claimed.entities[:1])
        right = [told[0].fact, *told[0].more, *(t.fact for t in told[1:])]
        value = isinstance(claimed, Quantity | Place)
        if part is None:
            others = self.decider.others(first, right, reading) if value else []
            part = noted(self.base, "verify", reading, tuple(right), tuple(others))
            return part._replace(verdict="no" if value or first.superlative else "")
        right += [
            f for f in part.facts if f not in right and (len(right) < 2 or _akin(f, right)) and _worth(f, claimed)
        ]
        return part._replace(facts=tuple(right), verdict="no" if value else part.verdict)


def with_all_of_them(part: Part, reading: Reading, base: Base) -> Part:
    """The part; in place of a statement on one of several, whom the claim does not name, the one on all of them."""
    facts = tuple(dict.fromkeys(_of_all(f, base) if f.subject not in reading.entities else f for f in part.facts))
    return part if facts == part.facts else part._replace(facts=facts)


def with_what_it_is(part: Part | None, reading: Reading, base: Base) -> Part | None:
    """The part; a claim denied by what is so of others is put right by what the thing that it is on is, too."""
    things = reading.things(base)
    if part is None or part.verdict != "no" or not things:
        return part
    e = reading.mentions[things[0]].entities[0]
    if base.entity(e).kind in base.where | base.persons or any(e in f.entities for f in part.facts):
        return part
    own = next((f for f in base.facts_on(e) if base.relations[f.relation].answers == "definition"), None)
    return part._replace(facts=(own, *part.facts)) if own else part


def listed_after_all(part: Part | None, reading: Reading, base: Base) -> Part | None:
    """The part; in place of a list without something the statement that counts it among what is named."""
    if part is None or part.verdict != "absent" or len(reading.mentions) < 2:
        return part
    tied = (
        fact
        for fact in map(base.fact, sorted(base.facts_of(part.absent[0])))
        if base.relations[fact.relation].value == "entity"
        and all(not fact.within.isdisjoint(m.entities) for m in reading.mentions)
    )
    fact = next(tied, None)
    return noted(base, "verify", reading, (fact,), ()) if fact else part


def _of_all(fact: FactRow, base: Base) -> FactRow:
    """The statement of the same that names who is one of several with the others; the fact itself if there is none."""
    if not _OF_SEVERAL.search(fact.zh) or not fact.objects:
        return fact
    same = (f for f in map(base.fact, sorted(base.facts_of(fact.objects[0]))) if f.relation == fact.relation)
    whole = (
        f for f in same if fact.subject in f.spoken and f.objects == fact.objects and len(f.spoken) > len(fact.spoken)
    )
    return next(whole, fact)


def _says_nothing(part: Part, reading: Reading) -> bool:
    """Whether a figure is claimed, or when something was, and the facts say nothing of that."""
    if reading.quantities:
        named = reading.mentions[0].entities
        return all(not f.quantities for f in part.facts) or part.facts[0].within.isdisjoint(named)
    if not reading.periods or any(f.periods for f in part.facts):
        return False
    fact = part.facts[0]
    if not reading.entities.issuperset(fact.objects):
        return True
    own = fact.terms - fact.cued
    return any(explained(c, own) < _HALF for c in reading.clues)


def _akin(fact: FactRow, right: list[FactRow]) -> bool:
    """Whether it tells the same of the same as what is right."""
    return any((fact.subject, fact.relation) == (f.subject, f.relation) for f in right)


def _worth(fact: FactRow, claimed: object) -> bool:
    """Whether what else the base says is worth telling beside what is right: whose the figure claimed is."""
    if isinstance(claimed, Place):
        return False
    if not isinstance(claimed, Quantity):
        return True
    held = any(q.value == claimed.value for q in fact.quantities)
    return telling(claimed) and (held or mistaken(fact, claimed))
