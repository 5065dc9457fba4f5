"""A question cut into units and words of the vocabulary, once, before any name is known.

Sets of units are whole numbers here, with a bit for each unit: they are joined and compared as fast as numbers are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from knowledge.plain.vocabulary import Vocabulary, Word, behind, follow, matches, segment, units
from knowledge.text.patterns import pattern

_QUOTED = pattern(r"[《「“\"『【]([^《》「」“”\"『』【】]{1,80})[》」”\"』】]")
_A_QUOTE = pattern('[《「“"『【]')


class Question:
    """A folded question, its units, its normal form and the words in it."""

    def __init__(self, text: str, vocabulary: Vocabulary, typed: str = "") -> None:
        self.text = text
        self.typed = typed
        """As it was typed, '' if that is not known."""
        self.keys, self.starts, self.ends, self.ats, self.tos, self.normal, self.even = units(text)
        self.owner: Sequence[int] = self.ats if self.even else self._owners()
        """Offset in the normal form → number of its unit."""
        self.places: Sequence[int] = range(len(self.keys))
        """Numbers of the units that count in names…"""
        self.solid = (1 << len(self.keys)) - 1
        """…and these units as a set."""
        self.wide = 0
        """Words of other scripts: each counts as two Han characters."""
        if "" in self.keys:
            self.places = [n for n, key in enumerate(self.keys) if key]
            for n in [n for n, key in enumerate(self.keys) if not key]:
                self.solid ^= 1 << n
        self.forms = self.keys
        """Each unit that counts in names as it stands in the normal form, '' for others."""
        if not self.even:
            ats, tos = self.ats, self.tos
            self.forms = [self.normal[ats[n] : tos[n]] if key else "" for n, key in enumerate(self.keys)]
            self.wide = sum([1 << n for n, form in enumerate(self.forms) if len(form) > 1])
        self.found, self.choices = matches(self.normal, self.owned(), vocabulary)
        """All words of the vocabulary in the question, overlapping ones too; how they cut it best from each offset."""
        self.empty: list[Word] = []
        """Those of more than one character that carry no content…"""
        self.asking: list[Word] = []
        """…all that carry none or ask…"""
        self.pointing: list[Word] = []
        """…and those that point to groups of predicates."""
        for word in self.found:
            at, to, entry = word
            if entry.empty:
                if to - at > 1:
                    self.empty.append(word)
                self.asking.append(word)
            elif entry.asks:
                self.asking.append(word)
            if entry.groups:
                self.pointing.append(word)
        self._covered: int | None = None
        """The units that words of more than one character cover, once it is asked for."""
        self.letters = frozenset(self.normal)
        """Its characters."""
        self.rests: dict[tuple[int, int], Any] = {}
        """What is left of it without each name that was tried, by the units of the name."""
        self.read: dict[tuple[int, int, bool], Any] = {}
        """What was read of names for it, by name, predicate and whether the name is the object."""
        self.quoted = [m.span(1) for m in _QUOTED.finditer(text)] if _A_QUOTE.search(text) else []

    def _owners(self) -> list[int]:
        owner: list[int] = []
        for number, (at, to) in enumerate(zip(self.ats, self.tos, strict=True)):
            if to > at:
                if at < len(owner):  # the blank between two Latin words belongs to the second
                    owner[at] = number
                owner += [number] * (to - len(owner))
        return owner

    def owned(self) -> Sequence[int]:
        """Offsets in the normal form at which units begin that stand there."""
        return self.ats if self.even else [at for at, to in zip(self.ats, self.tos, strict=True) if to > at]

    def begun(self, to: int) -> list[Word]:
        """The words that cut the normal form best up to an offset."""
        if to <= 0:
            return []
        if self.even:
            # what is best for the whole is best for this stretch as well, where it ends between two words
            cut, at = [], 0
            while at < to:
                if word := self.choices[at]:
                    cut.append(word)
                    at = word[1]
                else:
                    at += 1
            if at == to:
                return cut
        return segment(self.found, self.normal, to)

    def ended(self, at: int) -> list[Word]:
        """The words that cut the normal form best from an offset on."""
        if not self.even:
            return follow(self.choices, self.normal, at)
        cut = []
        size = len(self.choices)
        while at < size:
            if word := self.choices[at]:
                cut.append(word)
                at = word[1]
            else:
                at += 1
        return cut

    def reach(self, at: int, to: int) -> slice:
        """Numbers of the units that a stretch of the normal form covers."""
        if self.even:
            return slice(at, to)
        # the blank behind a Latin word belongs to the next one
        last = to - 2 if to - at > 1 and self.normal[to - 1] == " " else to - 1
        return slice(self.owner[at], self.owner[last] + 1)

    def units(self, at: int, to: int) -> int:
        """The units that a stretch of the normal form covers."""
        if self.even:
            return (1 << to) - (1 << at)
        reach = self.reach(at, to)
        units: int = (1 << reach.stop) - (1 << reach.start)
        return units

    def stretch(self, first: int, last: int) -> tuple[int, int]:
        """Where units stand in the text, from and to."""
        return self.starts[first], self.ends[last]

    def spelt(self, first: int, last: int) -> str:
        """Units as they stand in the text."""
        return self.text[self.starts[first] : self.ends[last]]

    def last_unit(self, word: Word) -> int:
        """Number of a word's last unit; the blank behind a Latin one belongs to the next as well."""
        return self.owner[behind(word, self.normal) - 1]

    def unknown(self, units: int) -> int:
        """Those of the units that no word of more than one character covers."""
        if units and self._covered is None:
            self._covered = 0
            for at, to, _ in self.found:
                if to - at > 1:
                    self._covered |= self.units(at, to)
        return units & ~self._covered if self._covered else units

    def weight(self, units: int) -> int:
        """How much units count, in characters; those that count in names do alone."""
        units &= self.solid
        return units.bit_count() + (units & self.wide).bit_count()

    def ordinary(self, at: int, to: int) -> bool:
        """Whether a stretch is a word without content (是什么, 哪里) or lies within one (谁知 in 谁知道)."""
        for first, last, _ in self.asking:
            if first > at:
                break
            if to <= last:
                return True
        return False

    def within(self, at: int, to: int) -> bool:
        """Whether a stretch is a word of the vocabulary or lies within one."""
        for first, last, _ in self.found:
            if first > at:
                break
            if to <= last:
                return True
        return False

    def crossed(self, at: int, to: int) -> bool:
        """Whether a stretch begins or ends inside a word without content."""
        for first, last, _ in self.empty:
            if first >= to:
                break
            if first < at < last or to < last:
                return True
        return False

    def capital(self, number: int) -> bool:
        """Whether a unit was typed with a capital, but for a question word that begins the message."""
        start = self.starts[number]
        if not self.keys[number] or len(self.typed) != len(self.text) or not self.typed[start].isupper():
            return False
        return start > 0 or not self.ordinary(self.ats[number], self.tos[number])


def numbers(units: int) -> list[int]:
    """The numbers of a set of units, ascending."""
    found = []
    while units:
        found.append((units & -units).bit_length() - 1)
        units &= units - 1
    return found
