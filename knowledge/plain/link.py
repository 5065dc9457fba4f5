"""Entity linking by keys: which spans of a question are names, as they stand or misspelt."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from knowledge.patterns import A_HAN, pattern
from knowledge.plain.base import PlainBase
from knowledge.plain.keys import EDIT, EXACT, PART, SOUND, Filter, crc, deletions, key, probes
from knowledge.plain.question import Question

_LONGEST = 40
"""Units of the longest name that is looked for."""
_LONG = 8
"""Characters of a name that may hold two slips."""
_DIGITS = pattern(r"\D+")
_ANOTHER = 0.6
"""A name of three characters of which one is wrong: it may as well be another name."""
_MARKS = frozenset(',.。?!;:、《》「」“”"\n')
_MOST_SPANS = 24
"""Spans that are tried for misspellings: a long text is capped here, after masking."""
_MOST_NAMES = 64
"""Namesakes that are considered."""
_NOTED = max(Filter.PREFIXES)


class Span(NamedTuple):
    """A stretch of units that names may fill."""

    first: int
    last: int
    """Its last unit, inclusive."""
    key: str


class Mention(NamedTuple):
    """A span with the names that it stands for."""

    span: Span
    names: tuple[int, ...]
    how: str
    """exact, sound or edit."""
    score: float
    """1 for a name as it stands; less for a misspelt one."""
    quoted: bool = False


def link_exact(question: Question, base: PlainBase) -> list[Mention]:
    """Names that stand in the question as they are, longest first; a name inside a longer one comes after it."""
    spans = list(_spans(question, base.filter))
    if not spans:
        return []
    found = base.found([key(EXACT, s.key) for s in spans])
    quotes = {(start, end) for start, end in question.quoted}
    mentions = []
    for span in spans:
        names = found.get(key(EXACT, span.key))
        if names:
            start, end = question.units[span.first].start, question.units[span.last].end
            mentions.append(Mention(span, tuple(names[:_MOST_NAMES]), "exact", 1.0, (start, end) in quotes))
    mentions.sort(key=lambda m: (-m.quoted, -len(m.span.key), m.span.first))
    return mentions


def _spans(question: Question, names: Filter) -> list[Span]:
    """Stretches that begin as some name does and that, says the filter, may be one."""
    found = []
    keys = [(number, unit.key) for number, unit in enumerate(question.units) if unit.key]
    encoded = [piece.encode("utf-8", "surrogatepass") for _, piece in keys]
    bits, mask, whole = names.bits, names.mask, names.WHOLE
    for first, (number, text) in enumerate(keys):
        code = crc32(encoded[first])
        size = len(text)
        if size > 1 and not _begins(text, 0, names):
            continue
        bit = (code ^ whole) & mask
        if bits[bit >> 3] & (1 << (bit & 7)):
            found.append(Span(number, number, text))
        for place in range(first + 1, min(len(keys), first + _LONGEST)):
            last, piece = keys[place]
            text += piece
            code = crc32(encoded[place], code)
            before, size = size, size + len(piece)
            if before < _NOTED:
                if size - before == 1:
                    bit = code & mask
                    if not bits[bit >> 3] & (1 << (bit & 7)):
                        break
                elif not _begins(text, before, names):
                    break
            bit = (code ^ whole) & mask
            if bits[bit >> 3] & (1 << (bit & 7)):
                found.append(Span(number, last, text))
    return found


def _begins(text: str, before: int, names: Filter) -> bool:
    """Whether names begin as the text does, at the lengths beyond `before` that the filter notes."""
    return all(names.begins(crc(text[:size])) for size in Filter.PREFIXES if before < size <= len(text))


def link_fuzzy(question: Question, base: PlainBase) -> list[Mention]:
    """Names misspelt by a homophone or one or two slips, in what the vocabulary does not explain, best first."""
    spans = _odd_spans(question)
    if not spans:
        return []
    sounds = base.sounds
    keys: dict[int, list[Span]] = {}
    for span in spans:
        wanted = {key(EDIT, span.key)}
        for shorter in deletions(span.key):
            wanted.update((key(EXACT, shorter), key(EDIT, shorter)))
        wanted.update(key(PART, p) for p in probes(span.key))
        if A_HAN.search(span.key) and len(span.key) > 1:
            wanted.add(key(SOUND, span.key.translate(sounds)))
        for k in wanted:
            keys.setdefault(k, []).append(span)
    found = base.found(keys)
    pairs: dict[Span, set[int]] = {}
    for k, sharing in found.items():
        for span in keys[k]:
            pairs.setdefault(span, set()).update(sharing)
    entities = {e for names in pairs.values() for e in names}
    if not entities:
        return []
    texts = {name.e: base.compared(name) for name in base.names(sorted(entities)[:400])}
    mentions = []
    for span, names in pairs.items():
        scored: dict[float, list[int]] = {}
        how = "edit"
        for e in names:
            score, sort = max((_alike(span.key, text, sounds) for text in texts.get(e, ())), default=(0.0, ""))
            if score > 0:
                scored.setdefault(score, []).append(e)
                how = sort
        if scored:
            best = max(scored)
            mentions.append(Mention(span, tuple(sorted(scored[best])[:_MOST_NAMES]), how, best))
    mentions.sort(key=lambda m: (-m.score * len(m.span.key), m.span.first))
    return mentions


def _odd_spans(question: Question) -> list[Span]:
    """Spans where a misspelt name may stand: between words without content, with or without cues at their ends."""
    units = question.units
    masked: set[int] = set()
    starts: set[int] = set()
    ends: set[int] = set()
    for word in question.cut(0, len(question.normal)):
        first, last = question.owner[word.at], question.last_unit(word)
        if (word.entry.empty or word.entry.asks) and last > first:
            masked.update(range(first, last + 1))
        else:
            # 的, The or 公司 may be part of a name or stand beside it
            starts.add(last + 1)
            ends.add(first - 1)
    found: dict[tuple[int, int], Span] = {}
    for run in sorted(_runs(question, masked), key=len, reverse=True):
        for first in (n for n in run if n == run[0] or n in starts):
            for last in (n for n in reversed(run) if n == run[-1] or n in ends):
                text = "".join([units[n].key for n in range(first, last + 1)])
                if 2 <= len(text) <= _LONGEST and not text.isdigit():
                    found[first, last] = Span(first, last, text)
    return sorted(found.values(), key=lambda s: -len(s.key))[:_MOST_SPANS]


def _runs(question: Question, masked: set[int]) -> list[list[int]]:
    """Stretches of units that count in names, between those that are masked and marks that end a clause."""
    runs: list[list[int]] = [[]]
    for number, unit in enumerate(question.units):
        if number in masked or (not unit.key and question.text[unit.start] in _MARKS):
            runs.append([])
        elif unit.key:
            runs[-1].append(number)
    return [run for run in runs if run]


def _alike(span: str, name: str, sounds: str) -> tuple[float, str]:
    """How surely a span is a name misspelt, with how; 0 if it is another one."""
    if span == name:
        return 1.0, "exact"
    han = bool(A_HAN.search(name))
    if han and len(span) == len(name) and span.translate(sounds) == name.translate(sounds):
        # of two characters one has to be right (王皓 is not 网好)
        return (0.97, "sound") if len(span) > 2 or span[0] == name[0] or span[1] == name[1] else (0.0, "")
    size = min(len(span), len(name))
    if _DIGITS.sub("", span) != _DIGITS.sub("", name):
        return 0.0, ""  # another number is another thing
    if size < (2 if han else 5) or max(len(span), len(name)) < 3:
        return 0.0, ""
    allowed = 2 if size >= _LONG else 1
    distance = slips(span, name, allowed)
    if distance > allowed:
        return 0.0, ""
    if han and size <= 3:
        return _ANOTHER, "edit"
    return round(1 - distance / (size + 1) - 0.02 * distance, 3), "edit"


def slips(a: str, b: str, most: int) -> int:
    """Characters dropped, inserted, substituted, and neighbours swapped, between two texts; `most` + 1 if more."""
    return _osa()(a, b, score_cutoff=most)


@lru_cache(maxsize=1)
def _osa() -> Callable[..., int]:
    # imported late: most questions misspell nothing
    from rapidfuzz.distance import OSA

    return OSA.distance
