"""What comes in which place of its kind: by the figures of all, by what a statement says, or by those of half."""

from __future__ import annotations

from knowledge.finding.certainty import Bar
from knowledge.finding.find import find
from knowledge.finding.finding import Finding
from knowledge.finding.outcome import Part
from knowledge.finding.probe import Hints
from knowledge.reading.reading import Reading
from knowledge.reckoning.topmost import foremost, placed, said_foremost, standings
from knowledge.reckoning.weigh import kinds_meant, superlative
from knowledge.store.base import Base

_PAIR = 2
"""Things whose figures show which is first, where so many are half of all."""


def best_of_kind(bar: Bar, reading: Reading, findings: list[Finding], hints: Hints) -> Part | None:
    """The things of a kind in order, where it is asked which of all is first, or comes in some place."""
    if (alone := of_all(reading, bar.base)) is not reading:
        reading, findings = alone, find(alone, bar.base, hints)
    if best := superlative(bar, reading, findings) or foremost(bar, reading, hints):
        return best
    stated = bool(findings) and findings[0].dated and findings[0].fact.names_place(reading.place)
    if not stated and (ranked := placed(reading, bar.base)) is not reading:
        best = superlative(bar, ranked, find(ranked, bar.base, hints)) or foremost(bar, ranked, hints)
        if best:
            return best
    word = reading.word("i:most") or reading.word("i:least")
    others = tuple(c for c in reading.clues if word is None or c.text != word.text)
    if len(others) < len(reading.clues):  # topped the list: what the list counts is said besides
        counted = reading._replace(clues=others)
        if best := superlative(bar, counted, find(counted, bar.base, hints)):
            return best
    if said := said_foremost(bar, reading, findings) or standings(bar, reading, hints):
        return said
    best = superlative(bar, reading, findings, _PAIR)
    many = sum(len(bar.base.of_kind(kind)) for kind in kinds_meant(reading, bar.base))
    return best if best and len(best.figures) * 2 >= many else None


def of_all(reading: Reading, base: Base) -> Reading:
    """The reading without the whole of which all are part: of what is first of all no statement need name it."""
    kept = tuple(m for m in reading.mentions if base.whole.isdisjoint(m.entities))
    return reading if len(kept) == len(reading.mentions) else reading._replace(mentions=kept)
