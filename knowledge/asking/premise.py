"""What a question takes for granted (甲的创始人乙几岁, 为什么甲最多): whether it is so, and what is so in its place."""

from __future__ import annotations

from itertools import pairwise

from knowledge.deciding.verify import Verifier
from knowledge.finding.find import find
from knowledge.finding.outcome import Part
from knowledge.finding.probe import Hints
from knowledge.linking.link import Mention
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.patterns import pattern

_TIE = pattern(r"[^,，、;；和与及跟比是]{0,6}的[^,，、;；和与及跟比是]{0,5}|'s(?: [a-z]+)? ")
"""What stands between two names of which one is taken to belong to the other."""
_ORDERING = frozenset({"most", "least", "compare"})
"""Intents of questions that put one thing before others."""
_EDGE = " ,，。?？:：;；"
_BOUND_FOR = pattern("(?:[去赴往飞抵]|前来|出访|访问|到访|(?<![提说谈讲看听想聊得])到)了?$")
"""Before a name it says that somebody went there (去甲的乙代表团): nobody belongs to it for that."""


def as_put_forward(reading: Reading, base: Base) -> str:
    """What a question why takes for granted of a first place, or of more than another has, as a claim; '' if nothing.

    为什么甲最多 is answered by no reason where 乙 has more.
    """
    if "reason" not in reading.asks or reading.intents.isdisjoint(_ORDERING) or not reading.things(base):
        return ""
    why = reading.word("q:reason")
    if why is None or "verify" in reading.intents:
        return ""
    left = f"{reading.text[: why.start]}{reading.text[why.end :]}".strip(_EDGE)
    return f"{left}?" if left.isascii() else f"{left.removesuffix('呢')}吗?"


def orders(part: Part, base: Base) -> bool:
    """Whether a claim is denied by ranks, or by figures."""
    fact = next(iter(part.facts), None)
    return (
        part.verdict == "no" and fact is not None and (fact.measured or base.relations[fact.relation].value == "rank")
    )


def corrected_premise(desk: Verifier, reading: Reading, part: Part | None, hints: Hints) -> Part | None:
    """The part with what is right of two things that the question joins wrongly; None if it joins none, or rightly."""
    if not reading.asks or "verify" in reading.intents:
        return None
    things = [reading.mentions[i] for i in reading.things(desk.base) if reading.mentions[i].how == "exact"]
    for first, second in pairwise(things):
        if not _TIE.fullmatch(reading.text, first.end, second.start) or _BOUND_FOR.search(reading.text[: first.start]):
            continue
        if part and (not part.facts or _joins(part.facts[0], first, second)):
            continue
        claim = desk.readings.read(_as_claim(reading, first, second, desk))
        wrong = desk.corrector.corrected(None, claim._replace(asks=frozenset()), hints, firm=True)
        if wrong and _settles(wrong.facts[0], first, second, desk):
            known = part or _without(reading, first, second, desk, hints)
            told = tuple(f for f in known.facts if f not in wrong.facts) if known else ()
            return wrong._replace(facts=(*wrong.facts, *told), verdict="no")
    return None


def _without(reading: Reading, first: Mention, second: Mention, desk: Verifier, hints: Hints) -> Part | None:
    """What answers the question asked of the second thing alone, whatever it was wrongly joined with."""
    alone = desk.readings.read(reading.text[: first.start] + reading.text[second.start :])
    return desk.decide(alone, find(alone, desk.base, hints), hints)[0]


def _joins(fact: FactRow, first: Mention, second: Mention) -> bool:
    """Whether a statement speaks of both."""
    return not (fact.within.isdisjoint(first.entities) or fact.within.isdisjoint(second.entities))


def _settles(fact: FactRow, first: Mention, second: Mention, desk: Verifier) -> bool:
    """Whether what is right excludes the premise: who made a thing or holds a post does, and for places where it is."""
    kind, other = (desk.base.entity(m.entities[0]).kind for m in (first, second))
    if other in desk.base.persons:
        return True
    if other in desk.base.topics:
        return False  # a sort of things (甲的端侧模型) is nobody's alone
    if other in desk.base.where and kind not in desk.base.where and fact.within.isdisjoint(first.entities):
        return False  # who else is in a place
    if kind in desk.base.where:
        there = desk.base.relations[fact.relation].answers == "place"
        # where it is taken from (取自甲所) says not whose it is
        return there and any(desk.base.entity(e).kind in desk.base.where for e in fact.objects)
    return kind in desk.base.who or kind in desk.base.persons


def _as_claim(reading: Reading, first: Mention, second: Mention, desk: Verifier) -> str:
    """What is taken for granted, said outright: 乙是甲的, and 甲的创始人是乙 of a person."""
    between = reading.text[first.end : second.start]
    person = desk.base.entity(second.entities[0]).kind in desk.base.persons
    if reading.text.isascii():
        return f"{first.text}{between}is {second.text}" if person else f"{second.text} is {first.text}'s"
    return f"{first.text}{between}是{second.text}" if person else f"{second.text}是{first.text}{between}"
