"""What else of a claim is wrong, where one part of it is put right (甲被乙用12亿元买走: by whom, and for how much)."""

from __future__ import annotations

from knowledge.deciding.decide import Decider
from knowledge.deciding.inquiry import Inquiry, blanked, of_name, of_values
from knowledge.deciding.objection import agrees
from knowledge.finding.find import find
from knowledge.finding.outcome import Part, noted
from knowledge.finding.probe import Hints
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.dates import Period
from knowledge.text.numerals import Quantity
from knowledge.text.patterns import pattern

_CLAUSE = pattern("[,，;；:：]")
_MOST = 3
"""Statements that put a claim right at most."""
_UNWEIGHED = frozenset({"compare", "sum", "difference", "ratio", "negation", "conflict", "once"})


def all_put_right(decider: Decider, part: Part | None, reading: Reading, hints: Hints) -> Part | None:
    """The part that denies a claim, with what is right of all that is wrong in it: no figure is left standing."""
    if part is None or part.verdict != "no" or part.absent or not reading.intents.isdisjoint(_UNWEIGHED):
        return part
    open_ = _left_open(part.facts, reading, decider.base)
    found = [f for inquiry in open_ if (f := _answer(decider, inquiry, reading, hints))]
    if not found:
        return part
    # what else the one wrongly named does is worth less than what is right
    right = tuple(dict.fromkeys((part.facts[0], *found, *part.facts)))[: max(_MOST, len(found) + 1)]
    return part._replace(facts=right, notes=noted(decider.base, "verify", reading, right, ()).notes)


def _left_open(right: tuple[FactRow, ...], reading: Reading, base: Base) -> list[Inquiry]:
    """The questions for what is claimed of which the statements that put it right say nothing."""
    told = right[0].within
    things = reading.things(base)
    strange = [i for i in things if told.isdisjoint(reading.mentions[i].entities)]
    if len(strange) == len(things):
        return []
    bare = _without_names(reading, strange)
    found: list[Inquiry] = []
    for given in reading.quantities:
        if not any(f.quantities and agrees(f, given, reading.text) is not None for f in right):
            found += of_values(_alone(bare, given), base)
    for when in reading.periods:
        if not any(f.timed for f in right):
            found += of_values(_alone(bare, when), base)
    plain = _alone(reading, None)
    told = told.union(*(f.within for f in right))
    for index in (i for i in strange if told.isdisjoint(reading.mentions[i].entities)):
        for inquiry in of_name(plain, index, base):
            if any(inquiry.denied_by(f, reading, base) for f in right):
                break
            found.append(inquiry)
    return found


def _without_names(reading: Reading, strange: list[int]) -> Reading:
    """The claim without the names that are wrong in it."""
    text = reading.text
    for index in strange:
        text = blanked(text, reading.mentions[index].start, reading.mentions[index].end)
    kept = tuple(m for i, m in enumerate(reading.mentions) if i not in strange)
    return reading._replace(text=text, mentions=kept)


def _alone(reading: Reading, claimed: Quantity | Period | None) -> Reading:
    """The claim with no figure or time but one."""
    text = reading.text
    for other in (q for q in reading.quantities if q is not claimed):
        text = blanked(text, other.start, other.end)
    for time in (p for p in reading.periods if p is not claimed):
        text = blanked(text, time.start, time.end)
    figures = tuple(q for q in reading.quantities if q is claimed)
    times = tuple(p for p in reading.periods if p is claimed)
    clues = reading.clues
    if claimed:  # 由甲创办，后来以10亿元被买走: how much it was has nothing to do with who founded it
        start = max((m.end() for m in _CLAUSE.finditer(text, 0, claimed.start)), default=0)
        end = next((m.start() for m in _CLAUSE.finditer(text, claimed.end)), len(text))
        clues = tuple(c for c in clues if c.text in text[start:end])
    return reading._replace(text=text, quantities=figures, periods=times, clues=clues)


def _answer(decider: Decider, inquiry: Inquiry, claim: Reading, hints: Hints) -> FactRow | None:
    """The statement that answers the question behind what is claimed, if it gives something else."""
    asked, base = inquiry.reading, decider.base
    part, _ = decider.decide(asked, decider.bar.pertinence.in_place(find(asked, base, hints), asked), hints)
    fact = part.facts[0] if part else None
    if fact is None or fact.planned or not inquiry.denied_by(fact, claim, base):
        return None
    if isinstance(inquiry.claimed, Period) and base.relations[fact.relation].value == "text":
        return None  # when something else became of it
    about = [asked.mentions[i] for i in asked.things(base)]
    return fact if about and all(not fact.within.isdisjoint(m.entities) for m in about) else None
