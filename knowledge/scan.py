"""Scan a question for the words of the lexicon; what lies between is content."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from knowledge.base import Base
from knowledge.dates import Period
from knowledge.lexicon import words
from knowledge.link import Mention
from knowledge.numerals import Quantity
from knowledge.patterns import A_HAN, pattern

_KANA = pattern("[\u3040-\u30ff]")
_LATIN = pattern(r"[a-z0-9]+(?:['.&+][a-z0-9]+)*")
_COUNTING = frozenset({"哪两", "哪三", "哪四", "哪五", "哪几", "哪些", "哪", "几", "多少"})
_CLASSIFIERS = tuple("片样路档门年天月日个家款座项所种类份部届场件句篇些几一两三四五六七八九")


class Word(NamedTuple):
    """A word of the lexicon found in the question."""

    start: int
    end: int
    text: str
    tags: tuple[str, ...]

    def has(self, prefix: str) -> bool:
        return any(t == prefix or t.startswith(prefix + ":") for t in self.tags)


@dataclass(slots=True)
class Scan:
    """Work in progress of one reading."""

    text: str
    base: Base
    mentions: list[Mention] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    content: list[tuple[int, int]] = field(default_factory=list)


def covers(mentions: list[Mention], start: int, end: int) -> bool:
    """Whether a mention lies over this span."""
    return any(m.start < end and start < m.end for m in mentions)


def scan_words(scan: Scan, periods: list[Period], quantities: list[Quantity]) -> None:
    """Longest words of the lexicon between mentions and dates; what is left is content."""
    blocked = [False] * len(scan.text)
    taken = [*((m.start, m.end) for m in scan.mentions), *((p.start, p.end) for p in periods)]
    for start, end in taken:
        for offset in range(start, end):
            blocked[offset] = True
    numeric = {o for q in quantities for o in range(q.start, q.end)}
    position = 0
    text = scan.text
    while position < len(text):
        if blocked[position]:
            position += 1
            continue
        if (
            scan.words
            and scan.words[-1].end == position
            and scan.words[-1].text in _COUNTING
            and text[position] in _CLASSIFIERS
        ):
            position += 1
            continue
        word = _word_at(scan, position, blocked)
        if word and not (position in numeric and word.end - word.start == 1 and not word.has("q")):
            scan.words.append(word)
            position = word.end
            continue
        char = text[position]
        if position in numeric or not char.isalnum() or _KANA.match(char):
            position += 1
            continue
        end = _content_end(text, position)
        if scan.content and scan.content[-1][1] == position and A_HAN.match(char) and A_HAN.match(text[position - 1]):
            scan.content[-1] = (scan.content[-1][0], end)
        else:
            scan.content.append((position, end))
        position = end


def _content_end(text: str, position: int) -> int:
    if match := _LATIN.match(text, position):
        return match.end()
    return position + 1


def _word_at(scan: Scan, start: int, blocked: list[bool]) -> Word | None:
    """The longest lexicon word that begins here."""
    text = scan.text
    if _LATIN.match(text, start):
        if start and text[start - 1].isascii() and text[start - 1].isalnum():
            return None
        return _mixed_at(scan, start, blocked) or _phrase_at(scan, start, blocked)
    return _han_at(scan, start, blocked)


def _mixed_at(scan: Scan, start: int, blocked: list[bool]) -> Word | None:
    """A word of Latin and Han characters (ai企业)."""
    text, tags = scan.text, scan.base.lexicon.tags
    for end in range(min(len(text), start + scan.base.lexicon.longest), start + 2, -1):
        if not any(blocked[start:end]) and text[start:end] in tags and not text[end - 1].isascii():
            return Word(start, end, text[start:end], tags[text[start:end]])
    return None


def _han_at(scan: Scan, start: int, blocked: list[bool]) -> Word | None:
    text, lexicon = scan.text, scan.base.lexicon
    limit = start
    while limit < min(len(text), start + lexicon.longest) and not blocked[limit]:
        limit += 1
    for end in range(limit, start, -1):
        tags = lexicon.tags.get(text[start:end])
        if tags and text[end - 1] == "哪" and end - start > 1 and text[end : end + 1] in _CLASSIFIERS:
            continue  # 在哪个架构 asks which one, not where
        if tags:
            return Word(start, end, text[start:end], tags)
    return None


def _phrase_at(scan: Scan, start: int, blocked: list[bool]) -> Word | None:
    """The longest Latin phrase that begins here, compared by stems."""
    text, lexicon = scan.text, scan.base.lexicon
    best = None
    position, stems = start, []
    for _ in range(lexicon.longest_phrase):
        match = _LATIN.match(text, position)
        if not match or any(blocked[match.start() : match.end()]):
            break
        stems += words(match.group())
        tags = lexicon.tags.get(" ".join(stems))
        if tags:
            best = Word(start, match.end(), text[start : match.end()], tags)
        position = match.end()
        if position >= len(text) or text[position] not in " -":
            break
        position += 1
    return best


def odd_offsets(scan: Scan) -> set[int]:
    """Offsets of content that the base does not know: where a misspelt name may hide."""
    odd: set[int] = set()
    text, base = scan.text, scan.base
    for start, end in scan.content:
        if text[start].isascii():
            if not text[start:end].isdigit() and not any(base.postings(w) for w in words(text[start:end])):
                odd.update(range(start, end))
            continue
        for offset in range(start, end):
            known = False
            for pair in (text[offset - 1 : offset + 1] if offset else "", text[offset : offset + 2]):
                if len(pair) == 2 and base.postings(pair):
                    known = True
            if not known:
                odd.add(offset)
    # a run of known and unknown characters may be one misspelt name: 悟到 has 到, a function word
    for word in scan.words:
        if word.end - word.start == 1 and (word.start - 1 in odd or word.end in odd):
            odd.add(word.start)
    if not odd:
        for start, end in scan.content:
            if not text[start].isascii() and end - start <= 2:
                odd.update(range(start, end))
    return odd


def hollow_offsets(scan: Scan, odd: set[int]) -> set[int]:
    """Offsets of function and question words: no misspelt name begins or ends there."""
    hollow: set[int] = set()
    for word in scan.words:
        if "f" in word.tags or "p" in word.tags or word.has("q"):
            hollow.update(range(word.start, word.end))
    return hollow - odd
