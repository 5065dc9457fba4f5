"""A question cut into units and words of the vocabulary, once, before any name is known."""

from __future__ import annotations

from typing import NamedTuple

from knowledge.patterns import pattern
from knowledge.plain.vocabulary import Entry, Unit, Vocabulary, matches, segment, units

_QUOTED = pattern(r"[《「“\"『【]([^《》「」“”\"『』【】]{1,80})[》」”\"』】]")


class Word(NamedTuple):
    """A word of the vocabulary in the question."""

    at: int
    to: int
    entry: Entry


class Question:
    """A folded question, its units, its normal form and the words in it."""

    __slots__ = ("found", "normal", "owner", "quoted", "text", "units", "words")

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text = text
        self.units: list[Unit]
        self.units, self.normal = units(text)
        self.owner = [0] * (len(self.normal) + 1)
        """Offset in the normal form → number of its unit."""
        for number, unit in enumerate(self.units):
            for offset in range(unit.at, unit.to):
                self.owner[offset] = number
        starts = sorted({u.at for u in self.units if u.to > u.at})
        self.found = matches(self.normal, starts, vocabulary)
        """All words of the vocabulary in the question, overlapping ones too."""
        self.words = self.cut(0, len(self.normal))
        """Those that cut it best."""
        self.quoted = [m.span(1) for m in _QUOTED.finditer(text)]

    def cut(self, at: int, to: int) -> list[Word]:
        """The words that cut a stretch of the normal form best."""
        return [Word(*word) for word in segment(self.found, at, to)]

    def weight(self, unit: Unit) -> int:
        """How much a unit counts: a Latin word as two Han characters."""
        return 0 if not unit.key else 1 if unit.to - unit.at == 1 else 2
