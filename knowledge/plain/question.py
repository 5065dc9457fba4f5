"""A question cut into units and words of the vocabulary, once, before any name is known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from knowledge.patterns import pattern
from knowledge.plain.vocabulary import Entry, Unit, Vocabulary, units

_QUOTED = pattern(r"[《「“\"『【]([^《》「」“”\"『』【】]{1,80})[》」”\"』】]")


class Word(NamedTuple):
    """A word of the vocabulary in the question."""

    at: int
    to: int
    text: str
    entry: Entry


class Question:
    """A folded question, its units, its normal form and the words in it."""

    __slots__ = ("normal", "owner", "quoted", "text", "units", "words")

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text = text
        self.units: list[Unit]
        self.units, self.normal = units(text)
        self.owner = [0] * (len(self.normal) + 1)
        """Offset in the normal form → number of its unit."""
        for number, unit in enumerate(self.units):
            for offset in range(unit.at, unit.to):
                self.owner[offset] = number
        self.words = list(self._scan(vocabulary))
        self.quoted = [m.span(1) for m in _QUOTED.finditer(text)]

    def _scan(self, vocabulary: Vocabulary) -> Iterator[Word]:
        """The longest words from left to right; they begin and end with units."""
        normal, known, longest, units = self.normal, vocabulary.words, vocabulary.longest, self.units
        number, size = 0, len(normal)
        while number < len(units):
            at = units[number].at
            number += 1
            if at >= size:
                break
            most = longest.get(normal[at : at + 2] if normal[at] == " " else normal[at])
            if not most:
                continue
            for to in range(min(size, at + most), at, -1):
                entry = known.get(normal[at:to])
                if entry:
                    yield Word(at, to, normal[at:to], entry)
                    # a blank belongs to the word behind it as well
                    number = self.owner[to - 1 if normal[to - 1] != " " else to - 2] + 1
                    break

    def weight(self, unit: Unit) -> int:
        """How much a unit counts: a Latin word as two Han characters."""
        return 0 if not unit.key else 1 if unit.to - unit.at == 1 else 2
