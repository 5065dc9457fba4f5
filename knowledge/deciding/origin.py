"""A claim of where the first of a sort comes from (国内首款…来自甲城): which one that is, and where its maker is."""

from __future__ import annotations

from knowledge.deciding.correction import SOLE
from knowledge.deciding.decide import Decider
from knowledge.deciding.hailing import hails_from
from knowledge.deciding.inquiry import without
from knowledge.finding.find import find
from knowledge.finding.finding import Finding
from knowledge.finding.outcome import Part, noted
from knowledge.finding.probe import Hints
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.patterns import pattern

_FROM = pattern(
    r"(?:来自于?|出自于?|源自|源于|产自|诞生[于在]|问世于|出现在|属于|[是由在])[“「『\"']?$"
    r"|\b(?:(?:come|came|comes|originat\w+|hail\w*) from|(?:made|developed|built|born|released|created|launched) in"
    r"|from|by an?|an?) $"
)
"""Stands before the place that something is claimed to come from."""
_OF_PLACE = pattern(
    "(的)(?:那个|这个|一个|一家|一款|一所|那家)?[\u3400-\u9fff]{2,6}?"
    "(?=[,，]?(?:吧|吗|么|嘛|对吗|对吧|是吗|没错吧)[?？ ]*$)"
)
"""Behind the place: of what sort it is said to be there."""
_IN = pattern("(?:总部|位|设|坐落|落户|办公室|公司)?(?:在|于)$")
_AT_END = pattern("(?:[,，]?(?:吧|吗|么|嘛|对吗|对吧|是吗|没错吧|呢|的))*[?？ ]*")
"""Around the place in which something is claimed to be."""
_IS = ("是", "为", "属于")
_SAYS = 0.9
"""Share of the words of a claim that the statement on which one is the first has to say."""
_WHICH = frozenset({"which"})
_PLACE = "place"
_TWO = 2


def comes_from(desk: Decider, reading: Reading, hints: Hints) -> Part | None:
    """What answers such a claim; None if it is another claim, or it is not known which one is the first."""
    base = desk.base
    if person := hails_from(reading, base):
        return person
    if reading.quantities or reading.periods or not SOLE.search(reading.text):
        return None
    place = _place_claimed(reading, base)
    if place < 0:
        return None
    asked, city = without(reading, place, place), reading.mentions[place].entities[0]
    origin = _FROM.search(reading.text, 0, reading.mentions[place].start)
    said = tuple(c for c in reading.clues if origin is None or c.text not in origin[0])
    findings = find(asked._replace(asks=_WHICH, clues=said), base, hints)
    best = next(iter(findings), None)
    if best is None or not _says_all(best, asked, base) or best.fact.subject == city:
        return None
    told, verdict = _whence(best.fact, city, base)
    if told is None:
        return None
    part = noted(base, "verify", reading, (best.fact, told), ())
    return part._replace(verdict=verdict)


def located(desk: Decider, part: Part | None, reading: Reading, hints: Hints) -> Part | None:
    """A part that answers a claim of where something is, if a statement of that bears it; else what tells where."""
    base = desk.base
    if part and (part.verdict == "no" or base.relations[part.facts[0].relation].answers == _PLACE):
        return part
    place = next((m for m in reading.mentions if _IN.search(reading.text, 0, m.start)), None)
    if place is None or place.start == 0 or not _AT_END.fullmatch(reading.text, place.end):
        return part
    city = place.entities[0]
    kind = base.entity(city).kind
    if kind not in base.where or reading.periods or len(reading.mentions) < _TWO:
        return part
    asked = desk.readings.read(f"{reading.text[: place.start]}哪里")
    told, _ = desk.decide(asked, find(asked, base, hints), hints)
    if told is None:
        return part if part and part.verdict != "yes" and not _beside(part, reading) else None
    if any((q.value, q.is_share) not in told.facts[0].figures for q in reading.quantities):
        return part
    ends = [e for f in told.facts for e in (f.subject, *f.objects, f.place) if e >= 0]
    there = any(e == city or base.holds(city, e) for e in ends)
    denied = "no" if any(base.entity(e).kind == kind for e in ends) else ""
    return noted(base, "verify", reading, told.facts, ())._replace(verdict="yes" if there else denied)


def _beside(part: Part, reading: Reading) -> bool:
    """Whether what is told says nothing of the first thing named."""
    return part.facts[0].within.isdisjoint(reading.mentions[0].entities)


def said_of_place(reading: Reading, base: Base) -> str:
    """A claim without the noun behind the place that something is said to be of (甲是乙城的那个产业园吧), or ''."""
    found = _OF_PLACE.search(reading.text) if "verify" in reading.intents else None
    place = next((m for m in reading.mentions if found and m.end == found.start(1)), None)
    if found is None or place is None or base.entity(place.entities[0]).kind not in base.where:
        return ""
    before = reading.text[: place.start].endswith(_IS) and place.start > 1
    return f"{reading.text[: found.end(1)]}{reading.text[found.end() :]}" if before else ""


def _place_claimed(reading: Reading, base: Base) -> int:
    """Index of the place that something is claimed to come from, -1 if there is none, or more is said behind it."""
    things = [i for i in reading.things(base) if base.whole.isdisjoint(reading.mentions[i].entities)]
    kinds = [base.entity(reading.mentions[i].entities[0]).kind for i in things]
    if not things or kinds[-1] not in base.where & base.closed or not base.topics.issuperset(kinds[:-1]):
        return -1
    named = reading.mentions[things[-1]]
    more = any(not c.light and reading.text.find(c.text, named.end) >= 0 for c in reading.clues)
    return things[-1] if _FROM.search(reading.text, 0, named.start) and not more else -1


def _says_all(best: Finding, asked: Reading, base: Base) -> bool:
    """Whether a statement says which one is the first of the sort that is asked about."""
    said = base.said(best.fact)
    if not (best.fact.superlative or SOLE.search(said)) or best.content < _SAYS or best.missing:
        return False
    return all(asked.mentions[i].text in said for i in best.unnamed)


def _whence(first: FactRow, place: int, base: Base) -> tuple[FactRow | None, str]:
    """What says where the one of a statement, or who made it, is; and whether that is the place: yes, no or ''.

    None if it is not told, or where it is told to be at several others.
    """
    kind = base.entity(place).kind
    for e in (first.subject, *_makers(first, base)):
        told: dict[int, FactRow] = {}
        for fact in base.facts_on(e):
            if base.relations[fact.relation].answers != _PLACE or fact.negated or fact.former or fact.planned:
                continue
            around = {x for other in fact.objects for x in (other, *base.above(other)) if base.entity(x).kind == kind}
            told = {**dict.fromkeys(around, fact), **told}
        if place in told:
            return told[place], "yes" if len(told) == 1 else ""
        if told:
            return (next(iter(told.values())), "no") if len(told) == 1 else (None, "")
    return None, ""


def _makers(first: FactRow, base: Base) -> list[int]:
    """Who has to do with the thing that a statement is of, as its maker does, those that it names itself first."""
    thing, makers = first.subject, base.who - base.where
    tied = [f for f in map(base.fact, base.facts_of(thing)) if base.relations[f.relation].value == "entity"]
    found = dict.fromkeys(f.subject for f in tied if f.objects == (thing,))
    return sorted((e for e in found if base.entity(e).kind in makers), key=lambda e: e not in first.spoken)
