"""The words by which any base is asked: question words, words without content, and groups of words for predicates.

The same for all bases: compiled from the language files at build time, stored in each base, loaded once per process.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from knowledge.lexicon import stem
from knowledge.patterns import pattern
from knowledge.steps import Steps

_PIECE = pattern(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[0-9a-z\u00aa-\u1fff\uac00-\ud7af+#]+|\s|.", re.DOTALL)
_DROPPED = pattern(r"[^\w+#]+|_+")
_BRACKETED = re.compile(r"^(.+?)[ _]*[（(](.+)[）)]$")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

_KEPT = frozenset(',.。?!;:、《》「」“”"()[]\n')
"""Marks that part words in the normal form; all others join them."""

_START = 3
"""Letters by which longer words are looked for."""
_AT_ONCE = 64
"""Words in a line of a vocabulary."""

_new = tuple.__new__
"""Makes a named tuple in half the time that its own name takes."""

SAME, VERB, NEAR = "same", "verb", "near"
"""How a word points to a group: it says the same; it does so with the right question word; it may mean it."""


def compact(folded: str) -> str:
    """The form under which names are compared: letters and digits alone."""
    return _DROPPED.sub("", folded)


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    return stem(word)


def plain_name(name: str) -> str:
    """The name without the disambiguation in brackets at its end."""
    match = _BRACKETED.match(name)
    return match[1].strip() if match else name


class Unit(NamedTuple):
    """A Han character, a word of another script, or what stands between: names begin and end at units."""

    start: int
    end: int
    key: str
    """The text if it counts in names, else ''."""
    at: int
    to: int
    """Where it stands in the normal form."""


def units(folded: str) -> tuple[list[Unit], str]:
    """The units of a folded text and its normal form: Han as it is, each other word a stem between blanks."""
    found: list[Unit] = []
    normal = ""
    start = size = 0
    for piece in _PIECE.findall(folded):
        end = start + len(piece)
        if "\u3040" <= piece <= "\ufaff" and end - start == 1:
            normal += piece
            found.append(_new(Unit, (start, end, piece, size, size + 1)))
            size += 1
        elif piece[0].isalnum() or piece[0] in "+#":
            at = size
            if normal[-1:] == " ":
                at -= 1
                normal += f"{_stem(piece)} "
            else:
                normal += f" {_stem(piece)} "
            size = len(normal)
            found.append(Unit(start, end, piece, at, size))
        elif piece not in _KEPT:
            found.append(Unit(start, end, "", size, size))
        else:
            normal += piece
            found.append(Unit(start, end, "", size, size + 1))
            size += 1
        start = end
    return found, normal


def normal_form(folded: str) -> str:
    """The normal form of a label or cue, without punctuation."""
    cut, normal = units(folded)
    kept = "".join(normal[u.at : u.to] for u in cut if u.key)
    return re.sub(" +", " ", kept)


def label_text(label: str) -> str:
    """A predicate as people would say it: release_year and releaseYear are 'release year', 【释义】 is 释义."""
    text = _CAMEL.sub(" ", label).replace("_", " ")
    text = re.sub(r"^[【\[(（：:]+|[】\]）)：:]+$", "", text.strip())
    text = re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", text)
    return text.strip() or label


class Entry(NamedTuple):
    """What the vocabulary knows of a word."""

    empty: bool
    """Whether it carries no content: function words, question words, courtesy."""
    light: bool
    """Whether it carries little: it need not be explained."""
    asks: tuple[str, ...]
    """Types of answer that it asks for."""
    groups: tuple[tuple[int, str], ...]
    """Predicate groups that it points to, and how."""
    kin: tuple[str, ...]
    """Groups of synonyms and attributes of the general language that it is in."""
    refers: bool
    """Whether it stands for something named before (它, 这家)."""


class Vocabulary(NamedTuple):
    """All words and groups."""

    words: dict[str, Entry]
    lengths: dict[str, tuple[int, ...]]
    """First three letters of words → the lengths of those that begin so, longest first."""
    types: tuple[str, ...]
    """Type of answer of each group."""
    labels: tuple[str, ...]
    """Label of each group."""
    banned: dict[int, frozenset[int]]
    """Groups that never answer for a group."""
    gaps: tuple[tuple[str, str, int], ...]
    """Ways of asking in two parts with something between: (first, second, group)."""
    tails: dict[str, str]
    """Last word of a label → type of its values."""


def dump(
    words: dict[str, list[Any]], groups: list[dict[str, Any]], gaps: list[list[Any]], tails: dict[str, str]
) -> bytes:
    """A vocabulary as it stands in a base, to be read line by line. `words` holds the fields of Entry in order."""
    rest = [[g["type"] for g in groups], [g["label"] for g in groups], [g["not"] for g in groups], gaps, tails]
    entries = iter(words.items())
    lines = [rest, *iter(lambda: list(islice(entries, _AT_ONCE)), [])]
    return "\n".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) for line in lines).encode()


def load(raw: bytes) -> Steps[Vocabulary]:
    """What `dump` wrote, in small steps."""
    rest, *lines = raw.split(b"\n")
    types, labels, banned, gaps, tails = json.loads(rest)
    words: dict[str, Entry] = {}
    lengths: dict[str, set[int]] = defaultdict(set)
    shared: dict[str, Entry] = {}
    for line in lines:
        yield
        for word, (empty, light, asks, groups, kin, refers) in json.loads(line):
            mark = repr((empty, light, asks, groups, kin, refers))
            if mark not in shared:
                pairs = tuple((g, how) for g, how in groups)
                shared[mark] = Entry(bool(empty), bool(light), tuple(asks), pairs, tuple(kin), bool(refers))
            words[word] = shared[mark]
            if len(word) >= _START:
                lengths[word[:_START]].add(len(word))
    return Vocabulary(
        words,
        {start: tuple(sorted(held, reverse=True)) for start, held in lengths.items()},
        tuple(types),
        tuple(labels),
        {g: frozenset(b) for g, b in enumerate(banned) if b},
        tuple((a, b, g) for a, b, g in gaps),
        tails,
    )


class Word(NamedTuple):
    """A word of the vocabulary in a normal form."""

    at: int
    to: int
    entry: Entry


def matches(normal: str, starts: Iterable[int], vocabulary: Vocabulary) -> list[Word]:
    """All words of the vocabulary that begin at one of these offsets of a normal form, by where they begin."""
    found: list[Word] = []
    words, lengths, end = vocabulary.words, vocabulary.lengths, len(normal)
    for at in starts:
        start = normal[at : at + _START]
        if start in lengths:
            for size in lengths[start]:
                to = at + size
                if to <= end and (word := normal[at:to]) in words:
                    found.append(_new(Word, (at, to, words[word])))
        if (word := start[:2]) in words and at + 1 < end:
            found.append(_new(Word, (at, at + 2, words[word])))
        if (word := start[:1]) in words:
            found.append(_new(Word, (at, at + 1, words[word])))
    return found


def segment(found: list[Word], normal: str, at: int, to: int) -> list[Word]:
    """Those words that cut a stretch of the normal form best: few long ones rather than many short ones."""
    begins: dict[int, list[Word]] = {}
    for word in found:
        if word.at >= at and word.to <= to:
            begins.setdefault(word.at, []).append(word)
    size = to - at
    best = [0] * (size + 1)
    """Score of the best cut from each offset to the end."""
    choice: list[Word | None] = [None] * size
    for offset in range(size - 1, -1, -1):
        top = best[offset + 1]
        for word in begins.get(at + offset, ()):
            score = (word.to - word.at) ** 2 + best[_end(word, normal) - at]
            if score > top:
                top, choice[offset] = score, word
        best[offset] = top
    cut = []
    offset = 0
    while offset < size:
        chosen = choice[offset]
        if chosen:
            cut.append(chosen)
            offset = _end(chosen, normal) - at
        else:
            offset += 1
    return cut


def _end(word: Word, normal: str) -> int:
    """Where the next word may begin: the blank behind a Latin word is the one before the next."""
    return word.to - 1 if normal[word.to - 1] == " " else word.to
