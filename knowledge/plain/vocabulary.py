"""The words by which any base is asked: question words, words without content, and groups of words for predicates.

The same for all bases: compiled from the language files at build time, stored in each base, loaded once per process.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from knowledge.steps import Steps
from knowledge.text.lexicon import stem
from knowledge.text.patterns import pattern

_PIECE = pattern(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[0-9a-z\u00aa-\u1fff\uac00-\ud7af+#]+|\s|.", re.DOTALL)
_EVEN = pattern(r'[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff,.。?!;:、《》「」“”"()\[\]\n]*')
_MARK = pattern(r'[,.。?!;:、《》「」“”"()\[\]\n]')
_DROPPED = pattern(r"[^\w+#]+|_+")
_BRACKETED = pattern(r"^(.+?)[ _]*[（(](.+)[）)]$")
_CAMEL = pattern(r"(?<=[a-z0-9])(?=[A-Z])")

_KEPT = frozenset(',.。?!;:、《》「」“”"()[]\n')
"""Marks that part words in the normal form; all others join them."""

_START = 3
"""Letters by which longer words are looked for."""
_AT_ONCE = 64
"""Words in a line of a vocabulary."""

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


class Units(NamedTuple):
    """A folded text cut into Han characters, words of other scripts, and what stands between.

    Names begin and end at units. The columns are of one length.
    """

    keys: list[str]
    """The text of each if it counts in names, else ''."""
    starts: Sequence[int]
    ends: Sequence[int]
    ats: Sequence[int]
    """Where each stands in the normal form…"""
    tos: Sequence[int]
    normal: str
    """Han as it is, each other word a stem between blanks."""
    even: bool
    """Whether each character of the text is a unit and stands in the normal form at its own place."""


def units(folded: str) -> Units:
    """The units of a folded text and its normal form."""
    if _EVEN.fullmatch(folded):
        froms, untils = range(len(folded)), range(1, len(folded) + 1)
        keys = list(folded)
        for mark in _MARK.finditer(folded):
            keys[mark.start()] = ""
        return Units(keys, froms, untils, froms, untils, folded, True)
    found: list[tuple[Any, ...]] = []
    normal = ""
    start = size = 0
    for piece in _PIECE.findall(folded):
        end = start + len(piece)
        key, at = "", size
        if "\u3040" <= piece <= "\ufaff" and end - start == 1:
            key = piece
            normal += piece
        elif piece[0].isalnum() or piece[0] in "+#":
            key = piece
            if normal[-1:] == " ":
                at -= 1
                normal += f"{_stem(piece)} "
            else:
                normal += f" {_stem(piece)} "
        elif piece in _KEPT:
            normal += piece
        size = len(normal)
        found.append((key, start, end, at, size))
        start = end
    keys, starts, ends, ats, tos = map(list, zip(*found, strict=True))
    return Units(keys, starts, ends, ats, tos, normal, False)


def normal_form(folded: str) -> str:
    """The normal form of a label or cue, without punctuation."""
    if _EVEN.fullmatch(folded):
        return _MARK.sub("", folded)
    keys, _, _, ats, tos, normal, _ = units(folded)
    kept = "".join([normal[at:to] for key, at, to in zip(keys, ats, tos, strict=True) if key])
    return re.sub(" +", " ", kept)


def label_text(label: str) -> str:
    """A predicate as people would say it: release_year and releaseYear are 'release year', 【释义】 is 释义."""
    text = _CAMEL.sub(" ", label).replace("_", " ")
    text = re.sub(r"^[【\[(（：:]+|[】\]）)：:]+$", "", text.strip())
    text = re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", text)
    return text.strip() or label


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
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
    pairs: dict[str, Entry | None]
    """First two letters of words → the word that is no longer, if there is one: what begins otherwise is no word of
    more than one letter."""
    lengths: dict[str, tuple[int, ...]]
    """First three letters of words → the lengths of those that begin so, shortest first."""
    singles: dict[str, Entry]
    """The words of one letter."""
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
    singles: dict[str, Entry] = {}
    pairs: dict[str, Entry | None] = {}
    lengths: dict[str, set[int]] = defaultdict(set)
    shared: dict[str, Entry] = {}
    for line in lines:
        yield
        for word, (empty, light, asks, groups, kin, refers) in json.loads(line):
            mark = repr((empty, light, asks, groups, kin, refers))
            if mark not in shared:
                pointed = tuple((g, how) for g, how in groups)
                shared[mark] = Entry(bool(empty), bool(light), tuple(asks), pointed, tuple(kin), bool(refers))
            entry = words[word] = shared[mark]
            if len(word) >= _START:
                lengths[word[:_START]].add(len(word))
                pairs.setdefault(word[:2], None)
            elif len(word) > 1:
                pairs[word] = entry
            else:
                singles[word] = entry
    return Vocabulary(
        words,
        pairs,
        {start: tuple(sorted(held)) for start, held in lengths.items()},
        singles,
        tuple(types),
        tuple(labels),
        {g: frozenset(b) for g, b in enumerate(banned) if b},
        tuple((a, b, g) for a, b, g in gaps),
        tails,
    )


Word = tuple[int, int, Entry]
"""A word of the vocabulary in a normal form: from, to, and what is known of it."""


def matches(normal: str, starts: Sequence[int], vocabulary: Vocabulary) -> tuple[list[Word], list[Word | None]]:
    """All words of the vocabulary that begin at these offsets of a normal form, and how they cut it best.

    The words are in the order of where they begin, of those that begin alike the longest first. For each offset stands
    the word with which the best cut from there to the end begins: one of few long words rather than many short ones;
    None skips a character.
    """
    found: list[Word] = []
    pairs, lengths, singles, words = vocabulary.pairs, vocabulary.lengths, vocabulary.singles, vocabulary.words
    done = end = len(normal)
    """Offset from which on all is cut."""
    best = [0] * (end + 1)
    """Score of the best cut from each offset to the end."""
    choice: list[Word | None] = [None] * end
    blanks = " " in normal
    top = 0
    for at in reversed(starts):
        while done > at:
            done -= 1
            best[done] = top
        # of two words that are as good the longer one, but none rather than one that gains nothing
        text = normal[at : at + 2]
        if entry := singles.get(text[0]):
            word = (at, at + 1, entry)
            found.append(word)
            if best[at + 1] >= top:
                top, choice[at] = 1 + best[at + 1], word
        if text in pairs:
            if entry := pairs[text]:
                word = (at, at + 2, entry)
                found.append(word)
                score = 4 + best[at + 2]
                if score > top or (score == top and choice[at]):
                    top, choice[at] = score, word
            for size in lengths.get(normal[at : at + _START], ()):
                to = at + size
                if to > end:
                    break
                if entry := words.get(normal[at:to]):
                    word = (at, to, entry)
                    found.append(word)
                    # behind a Latin word the next one may begin at its blank
                    score = size * size + best[to - (blanks and normal[to - 1] == " ")]
                    if score > top or (score == top and choice[at]):
                        top, choice[at] = score, word
        best[at] = top
    found.reverse()
    return found, choice


def segment(found: Sequence[Word], normal: str, to: int) -> list[Word]:
    """Those of some words, in the order of `matches`, that cut a normal form best up to an offset."""
    best = [0] * (to + 1)
    choice: list[Word | None] = [None] * to
    done, top = to, 0
    for word in reversed(found):
        if word[1] > to:
            continue
        while done > word[0]:
            done -= 1
            best[done] = top
        score = (word[1] - word[0]) ** 2 + best[behind(word, normal)]
        if score > top or (score == top and choice[done]):
            top, choice[done], best[done] = score, word, score
    return follow(choice, normal, 0)


def follow(choice: Sequence[Word | None], normal: str, at: int) -> list[Word]:
    """The words of the best cut from an offset on, by the choices for each offset."""
    cut = []
    size = len(choice)
    while at < size:
        if word := choice[at]:
            cut.append(word)
            at = behind(word, normal)
        else:
            at += 1
    return cut


def behind(word: Word, normal: str) -> int:
    """Where the next word may begin: the blank behind a Latin word is the one before the next."""
    to = word[1]
    return to - 1 if normal[to - 1] == " " else to
