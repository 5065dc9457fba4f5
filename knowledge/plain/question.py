"""A question cut into units and words of the vocabulary, once, before any name is known."""

from __future__ import annotations

from typing import Any

from knowledge.patterns import pattern
from knowledge.plain.vocabulary import Unit, Vocabulary, Word, matches, segment, units

_QUOTED = pattern(r"[《「“\"『【]([^《》「」“”\"『』【】]{1,80})[》」”\"』】]")
_A_QUOTE = pattern('[《「“"『【]')


class Question:
    """A folded question, its units, its normal form and the words in it."""

    __slots__ = ("found", "letters", "normal", "owner", "quoted", "rests", "text", "typed", "units", "weights")

    def __init__(self, text: str, vocabulary: Vocabulary, typed: str = "") -> None:
        self.text = text
        self.typed = typed
        """As it was typed, '' if that is not known."""
        self.units: list[Unit]
        self.units, self.normal = units(text)
        self.owner: list[int] = []
        """Offset in the normal form → number of its unit."""
        starts = []
        for number, unit in enumerate(self.units):
            at, to = unit.at, unit.to
            if to > at:
                starts.append(at)
                if at < len(self.owner):  # the blank between two Latin words belongs to the second
                    self.owner[at] = number
                self.owner += [number] * (to - len(self.owner))
        self.found = matches(self.normal, starts, vocabulary)
        """All words of the vocabulary in the question, overlapping ones too."""
        self.letters = frozenset(self.normal)
        """Its characters."""
        self.rests: dict[tuple[int, int], Any] = {}
        """What is left of it without each name that was tried, by the units of the name."""
        self.weights = [0 if not unit.key else 1 if unit.to - unit.at == 1 else 2 for unit in self.units]
        """How much each unit counts: a Latin word as two Han characters."""
        self.quoted = [m.span(1) for m in _QUOTED.finditer(text)] if _A_QUOTE.search(text) else []

    def cut(self, at: int, to: int) -> list[Word]:
        """The words that cut a stretch of the normal form best."""
        return segment(self.found, self.normal, at, to)

    def owners(self, at: int, to: int) -> list[int]:
        """Numbers of the units that a stretch of the normal form covers, with repeats."""
        # the blank behind a Latin word belongs to the next one
        return self.owner[at : to - 1 if to - at > 1 and self.normal[to - 1] == " " else to]

    def last_unit(self, word: Word) -> int:
        """Number of a word's last unit; the blank behind a Latin one belongs to the next as well."""
        return self.owner[word.to - 2 if self.normal[word.to - 1] == " " else word.to - 1]

    def ordinary(self, at: int, to: int) -> bool:
        """Whether a stretch is a word without content (是什么, 哪里) or lies within one (谁知 in 谁知道)."""
        return any(w.at <= at and to <= w.to and (w.entry.empty or w.entry.asks) for w in self.found)

    def capital(self, number: int) -> bool:
        """Whether a unit was typed with a capital, but for a question word that begins the message."""
        unit = self.units[number]
        if not unit.key or len(self.typed) != len(self.text) or not self.typed[unit.start].isupper():
            return False
        return unit.start > 0 or not self.ordinary(unit.at, unit.to)
