"""Ordinary words misspelt (成力, relased): respelt as words that the language or the base knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knowledge.reading.reading import Reading
from knowledge.store.base import Base
from knowledge.text.keys import deletions
from knowledge.text.lexicon import sorts, stem
from knowledge.text.patterns import is_han, pattern
from knowledge.text.terms import bigrams

_LATIN = pattern("[a-z]+")
_SHORTEST = 5
"""Letters of a word from which on a slip can be told from another word."""
_LONGEST = 4
"""Characters of a Han word that is looked for by its sound."""


def spelling_keys(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(key, word) pairs by which a slip of one letter in a Latin word of folded texts is found."""
    for word in sorted({w for text in texts for w in _LATIN.findall(text)}):
        if len(word) >= _SHORTEST:
            yield from (("-" + k, word) for k in (word, *deletions(word)))


def respelt(reading: Reading, base: Base) -> dict[str, str]:
    """For words of a question that nobody knows, as they are written, what they are meant to be."""
    pieces = dict.fromkeys((*reading.unknown, *(c.text for c in reading.clues if not c.terms)))
    whole = {p: base.remembered(_latin if p.isascii() else _homophone)(p) for p in pieces}
    found = {typed: right for typed, right in whole.items() if right}
    named = {f for e in reading.entities - base.generic for f in base.facts_of(e)}
    for pair in _pairs(reading, found) if named else ():
        right = base.remembered(_homophone)(pair)
        if right and any(f in named for f in base.postings(right[:2])):
            found[pair] = right
    return found


def _pairs(reading: Reading, respelt: Iterable[str]) -> Iterator[str]:
    """The pairs of Han characters in which a word may be misspelt: those of a clue, or of one character with the next.

    They are no words by themselves, so that what is meant has to be told of what is named.
    """
    for clue in reading.clues:
        if clue.light or not is_han(clue.text[0]) or clue.text in respelt:
            continue
        at = reading.text.find(clue.text)
        around = reading.text[max(0, at - 1) : at + 2] if len(clue.text) == 1 else clue.text
        yield from bigrams(around)


def _latin(word: str, base: Base) -> str:
    """The word of the base that differs by one letter, '' if there is none."""
    from rapidfuzz.distance import OSA

    if len(word) < _SHORTEST or not word.isalpha() or base.postings(stem(word)):
        return ""
    known = base.lookup.spelt("-" + k for k in (word, *deletions(word)))
    near = [right for right in sorted(known) if right[0] == word[0] and OSA.distance(word, right) == 1]
    # a letter left out, doubled or swapped is likelier than another one
    return min(near, default="", key=lambda right: len(right) == len(word) and sorted(right) != sorted(word))


def _homophone(typed: str, base: Base) -> str:
    """The word of the language or the pack that sounds like this and shares a character with it, '' if none does."""
    if not 1 < len(typed) <= _LONGEST or any(map(base.postings, bigrams(typed))):
        return ""
    if "a" in sorts(base.lexicon.tags.get(typed, ())):
        return ""  # the name of an attribute (领投) is meant
    right = base.spoken(base.tables.sound(typed))
    alike = len(right) == len(typed) and right != typed and any(map(str.__eq__, typed, right))
    return right if alike else ""
