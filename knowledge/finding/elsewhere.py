"""Whether the date, place or reason that a fact tells is that of what is asked about, and not of something else."""

from __future__ import annotations

from knowledge.finding.finding import LITTLE, SOME, Finding
from knowledge.finding.judge import explained
from knowledge.reading.reading import Reading
from knowledge.reading.readings import Readings
from knowledge.store.base import Base, FactRow
from knowledge.text.patterns import pattern

_DATE = frozenset({"date"})
_PLACE = frozenset({"place"})
_REASON = frozenset({"reason"})
_ONE = frozenset({"which"})
_LACKING = 0.8
"""Weight of what a fact does not say from which on its date is that of something else."""
_HELD = 0.4
"""Worth of a date that is not the statement's own."""
_BENEATH = pattern("比([^,，。;；]{2,20}?)(?:都|还|要)?更")
"""In a statement: those above whom something else is set."""
_HALF = 0.5
"""Share of a word below which a fact does not tell it."""
_COMPARES = pattern("比|谁|哪[^,，?？]{0,6}更|不同|区别|差[别异]|than")
"""Asks who is set above whom, or in what they differ."""
_WEIGHED = frozenset({"verify", "compare", "difference", "most", "least"})


def names_its_place(finding: Finding, reading: Reading, readings: Readings) -> bool:
    """Whether a fact names the one place of the kind asked for, where of a thing no more is asked (甲是哪个城市的).

    That it is a city it need not say.
    """
    base, named = readings.base, readings.named(reading)
    if reading.asks != _ONE or len(named) != 1 or finding.unnamed or finding.fits < 1.0:
        return False
    kinds, of = base.closed.intersection(reading.kinds), base.entity(named[0]).kind
    if not kinds or not kinds <= base.where - {base.entity(e).kind for e in base.whole}:
        return False
    if of in base.persons | base.topics | base.where or any(not c.light for c in reading.clues):
        return False
    return sum(base.entity(e).kind in kinds for e in finding.fact.spoken) == 1


def of_else(finding: Finding, reading: Reading, readings: Readings) -> bool:
    """Whether its date, place or reason is that of something else: of what is named it says nothing asked."""
    if "'s " in reading.text and _of_what_it_has(finding, reading):
        return True
    if reading.asks == _DATE and _of_another_date(finding.fact, reading, readings.base):
        return True
    if reading.asks == _DATE and finding.fits <= _HELD and (finding.cued or _untold(finding)):
        return True  # when a statement held, or the year in a name, is when what it says itself happened at most
    if reading.asks == _PLACE and _of_another_place(finding, reading, readings):
        return True
    if reading.asks == _PLACE and readings.base.relations[finding.fact.relation].value == "date":
        return finding.fits < 1.0  # when it was is not where
    if reading.asks not in (_DATE, _REASON) or finding.own + finding.cued >= SOME:
        return False
    if reading.asks == _DATE and finding.fits < 1.0 and finding.missing and finding.own + finding.cued < LITTLE:
        return True  # when a statement held is not when something of which it says nothing happened
    if readings.base.relations[finding.fact.relation].value == "date" and not finding.bridged:
        return False
    least = _LACKING if reading.asks == _DATE else SOME
    return sum(c.weight for c in finding.missing) >= least


def _untold(finding: Finding) -> bool:
    """Whether a word of the question, light ones too, stands nowhere in the fact, but for the word for a date."""
    clues = (c for c in finding.probe.reading.clues if not c.telling)
    return any(explained(c, finding.fact.terms) < _HALF for c in clues)


def _of_what_it_has(finding: Finding, reading: Reading) -> bool:
    """Whether something of what is named is asked about in English (X's academy), and the fact speaks of neither."""
    text = reading.text
    return any(
        text.startswith(f"'s {c.text}", m.end) and finding.fact.subject not in m.entities
        for c in finding.missing
        if not c.light and c.text.isascii()
        for m in reading.mentions
    )


def _of_another_place(finding: Finding, reading: Reading, readings: Readings) -> bool:
    """Whether a fact tells where somebody else is, and only names the one asked about (its investor)."""
    fact, named = finding.fact, readings.named(reading)
    if readings.base.relations[fact.relation].answers != "place" or finding.own + finding.cued >= SOME:
        return False
    every = (readings.base.entity(e).kind for e in (fact.subject, *named))
    firms = (readings.base.who - readings.base.persons).issuperset(every)
    ends = (fact.subject, fact.place, *fact.objects)
    return firms and len(named) == 1 and named[0] in fact.spoken and named[0] not in ends


def _of_another_date(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether a fact tells how long something lasts where the day of something is asked by its name (何时发布)."""
    relations = base.relations
    if relations[fact.relation].value != "duration":
        return False
    asked = {t for w in reading.words if w.has("q") for t in w.tags if t.startswith("r:")}
    return any(r.value == "date" and f"r:{r.id}" in asked for r in relations)


def sets_above(fact: FactRow, reading: Reading, readings: Readings) -> bool:
    """Whether a fact sets something else above all that is named (甲比乙更…): it says nothing of what 乙 is."""
    if fact.subject in reading.entities or "比" not in fact.zh or _COMPARES.search(reading.text):
        return False
    kind = readings.base.entity(fact.subject).kind
    if kind in reading.kinds or "person" in reading.asks or not reading.intents.isdisjoint(_WEIGHED):
        return False
    beneath = _BENEATH.search(readings.base.statement(fact.f))
    named = [e for e in readings.named(reading) if readings.base.entity(e).kind == kind]
    if beneath is None or not named:
        return False
    return all(any(name in beneath[1] for name in readings.base.folded_names(e)) for e in named)
