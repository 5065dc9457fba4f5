"""What a fact has to explain: the words of a question with their weights."""

from __future__ import annotations

from collections.abc import Iterable
from math import log
from typing import NamedTuple

from knowledge.base import Base
from knowledge.dates import Period
from knowledge.lexicon import words
from knowledge.link import Mention
from knowledge.numerals import Quantity
from knowledge.patterns import A_HAN, pattern
from knowledge.scan import Scan, Word
from knowledge.terms import figure_terms

_QUESTION = pattern("[指说讲]的是|叫做|叫|什么|哪个|哪里|哪儿|哪年|哪天|哪|多少|多大|多|几|谁|怎么|如何|时候|何时|何|啥")
_PLAIN = pattern("[指说讲]的是|什么|多少|怎么|如何|时候|何时|哪|谁|几|何|啥|咋|[年天月日个家款座项所种类份部届条块行的是了做干弄搞叫在有归]|关系|名字|地方|时间|[中英]文|回事|的事|一|那|这")
"""What is left of a question word without these names something."""
_PLAIN_WORDS = frozenset("what which who whom whose where when why how is are was were do does did the a an of it s kind sort many much long old big large high be been".split())
_WHO = pattern(r"(?:who|whom|whose|where)\b")
LIGHT = 0.25
"""Weight of words that say little about which fact is meant."""


class Clue(NamedTuple):
    """Something in the question that the right fact explains."""

    text: str
    weight: float
    terms: tuple[str, ...]
    """Any one of these index terms explains the whole clue…"""
    pairs: tuple[tuple[str, int, int], ...] = ()
    """…or these bigrams explain it character by character: (term, first, last character, from 0)."""
    size: int = 0
    """Number of characters that `pairs` have to explain."""
    light: bool = False
    attribute: bool = False
    """The attribute or relation asked for: a fact that lacks it is no answer."""
    measure: bool = False
    """A question word that names its attribute itself (多高, how old)."""
    telling: bool = False
    """The same with a word of its own (哪年成立)."""


def idf(count: int, total: int) -> float:
    """How telling a term is: 1 for one that stands in a single fact, towards 0 for one that stands in all."""
    if total < 2:
        return 1.0
    return max(0.05, min(1.0, log((total + 1) / (count + 0.5)) / log(total + 1)))


def make_clues(scan: Scan) -> tuple[list[Clue], list[str]]:
    """What a fact has to explain, with weights; and the content that no fact of the base knows."""
    clues: list[Clue] = []
    unknown: list[str] = []
    for word in scan.words:
        clue = _word_clue(scan, word)
        if clue:
            clues.append(clue)
    clues += [c for m in scan.mentions if (c := _tail_clue(scan, m))]
    for start, end in scan.content:
        piece = scan.text[start:end]
        clue, known = _content_clue(scan, start, end)
        clues.append(clue)
        if not known:
            unknown.append(piece)
    return clues, unknown


def figure_clues(quantities: Iterable[Quantity], periods: Iterable[Period], base: Base) -> list[Clue]:
    """The figures and days that a question is about, where it says nothing else (308亿说的是什么)."""
    known = [(t, len(base.postings(t))) for t in figure_terms(quantities, periods)]
    return [Clue(t[2:], 3.0 * idf(count, base.fact_count), (t,), (), 1) for t, count in known if count]


def _tail_clue(scan: Scan, mention: Mention) -> Clue | None:
    """A name inside a longer name (张江 in 张江实验室): the fact has to speak of the longer one."""
    text, tags = scan.text, scan.base.lexicon.tags
    if A_HAN.match(text[mention.end - 1]):
        for size in (2, 3, 4):
            tail = text[mention.end : mention.end + size]
            if len(tail) == size and "t" in tags.get(tail, ()):
                joint = text[mention.end - 1] + tail[0]
                return Clue(mention.text + tail, 2.0, (), ((joint, 0, 1),), 2, attribute=True)
    return None


def _word_clue(scan: Scan, word: Word) -> Clue | None:
    """A lexicon word with a meaning of its own; function words, courtesy and pure question words give none."""
    terms = tuple(t for t in word.tags if t[0] in "sar" and t[1] == ":")
    noun, asking = word.has("k"), word.has("q")
    if (asking or "p" in word.tags or "u" in word.tags) and not terms:
        return None
    role = "i:role" in word.tags
    telling_head = role or word.has("e") or bool({"n", "t"} & set(word.tags))
    if "f" in word.tags or not (terms or noun or telling_head or "l" in word.tags):
        return None
    total = scan.base.fact_count
    han = not word.text.isascii()
    if han:
        pairs = [(word.text[i : i + 2], i, i + 1) for i in range(len(word.text) - 1)] or [(word.text, 0, 0)]
    else:
        stems = words(word.text)
        pairs = [(s, i, i) for i, s in enumerate(stems)]
    size = len(word.text) if han else len(pairs)
    rarity = [idf(len(scan.base.postings(p[0])), total) for p in pairs if scan.base.postings(p[0])]
    if asking and han and word.has("a") and len(_QUESTION.sub("", word.text)) >= 3:
        asking = False  # 哪个大学毕业 asks for an attribute of its own
    if asking and not han and word.has("a") and _WHO.match(word.text):
        asking = not any("f" not in scan.base.lexicon.tags.get(s, ()) for s in words(word.text)[1:])
    light = "l" in word.tags or noun or asking or (word.has("i") and not role)
    telling = min(rarity) if rarity and len(rarity) == len(pairs) else 0.6
    weight = telling * min(size, 3) * (1.0 if han else 1.6)
    if light:
        weight *= 2 * LIGHT if noun else LIGHT
    measure = asking and any(t[0] in "ar" for t in terms)
    said = _PLAIN.sub("", word.text) if han else " ".join(s for s in words(word.text) if s not in _PLAIN_WORDS)
    attribute = not light and (word.has("a") or (word.has("r") and not word.has("s")))
    return Clue(word.text, weight, terms, tuple(pairs), size, light, attribute, measure, measure and len(said) >= 2)


def _content_clue(scan: Scan, start: int, end: int) -> tuple[Clue, bool]:
    piece, base, total = scan.text[start:end], scan.base, scan.base.fact_count
    if piece[0].isascii():
        stems = words(piece)
        known = [s for s in stems if base.postings(s)]
        telling = max((idf(len(base.postings(s)), total) for s in known), default=1.0)
        return Clue(piece, telling * 2.0, tuple(stems), (), 1), bool(known)
    around = scan.text[max(0, start - 1) : end + 1]
    shift = start - max(0, start - 1)
    pairs = []
    rarity = []
    for i in range(len(around) - 1):
        pair = around[i : i + 2]
        if not (A_HAN.match(pair[0]) and A_HAN.match(pair[1])):
            continue
        first, last = max(0, i - shift), min(len(piece) - 1, i + 1 - shift)
        count = len(base.postings(pair))
        pairs.append((pair, first, last))
        if count:
            rarity.append(idf(count, total))
    if len(piece) == 1:
        pairs.append((piece, 0, 0))
    inner = [p for p in pairs if base.postings(p[0])]
    telling = sum(rarity) / len(rarity) if rarity else 1.0
    size = len(piece)
    weight = telling * (size if size <= 4 else 4 + (size - 4) * 0.5) * (0.3 if size == 1 else 1.0)
    return Clue(piece, weight, (), tuple(pairs), size), bool(inner)
