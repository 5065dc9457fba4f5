"""Entity linking by keys: which spans of a question are names, as they stand or misspelt."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from zlib import crc32

from knowledge.patterns import A_HAN, pattern
from knowledge.plain.base import PlainBase
from knowledge.plain.keys import EXACT, LONG, ROOM, WIDTH, Filter, crc, encoded, halves, probes, shortened
from knowledge.plain.question import Question

_LONGEST = 40
"""Units of the longest name that is looked for."""
_TWO, _TWO_LATIN = 6, 14
"""Characters of a name in Han, and letters of another one, that may hold two slips: words differ by two as a rule."""
_DIGITS = pattern(r"\D+")
_ANOTHER = 0.6
"""A name of three characters of which one is wrong: it may as well be another name."""
_WORD = pattern(r"(?:这个|这|一|一个)[字词](?!典)|字(?!典|母|体|数|号)|(?:这个|这|一|一个)(?:成语|词语)")
"""What stands behind a name that is spoken of as a word."""
_MARKS = frozenset(',.。?!;:、《》「」“”"\n')
_MOST_SPANS = 24
"""Spans that are tried for misspellings: a long text is capped here, after masking."""
_FIRST_SPANS = 6
"""Spans that are tried before the others."""
_MOST_NAMES = 64
"""Namesakes that are considered."""
_MOST_ALIKE = 16
"""Names as near to a span as the nearest that are considered."""
_HOMOPHONE = 0.97
"""A name that sounds as the span does."""
_MOST_MISSPELT = 6
"""Spans that are taken for misspelt names."""


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
    spans = _spans(question, base.filter)
    if not spans:
        return []
    found = base.found([k for k, _ in spans])
    quotes = {(start, end) for start, end in question.quoted}
    mentions = []
    for k, span in spans:
        names = found.get(k)
        if names:
            start, end = question.units[span.first].start, question.units[span.last].end
            quoted = (start, end) in quotes or _as_a_word(question, start, end)
            mentions.append(Mention(span, tuple(names[:_MOST_NAMES]), "exact", 1.0, quoted))
    mentions.sort(key=lambda m: (-m.quoted, -len(m.span.key), m.span.first))
    return mentions


def _as_a_word(question: Question, start: int, end: int) -> bool:
    """Whether a name is spoken of as a character or word (卦字, 卦这个字, 退潮一词), unless part of one (名字)."""
    found = _WORD.match(question.text, end)
    if not found:
        return False
    if found[0] != "字":
        return True
    at = next(u.at for u in question.units if u.start == start)
    return end - start == 1 and not any(w.at <= at and at + 1 < w.to for w in question.found)


def _spans(question: Question, names: Filter) -> list[tuple[int, Span]]:
    """Stretches that begin as some name does and that, says the filter, may be one, each behind its key."""
    numbers = [n for n, unit in enumerate(question.units) if unit.key]
    keys = [question.units[n].key for n in numbers]
    text = "".join(keys)
    data = encoded(text)
    size = len(data)
    starts, ends = [], []
    at = 0
    for piece in keys:
        starts.append(at)
        at += len(piece) * WIDTH
        ends.append(at)
    found = []
    bits, mask, whole = names.bits, names.mask, names.WHOLE
    for first, at in enumerate(starts):
        # as far as names begin so, at the lengths that the filter notes
        limit = at + WIDTH
        code = crc32(data[at : at + 2 * WIDTH])
        bit = code & mask
        if bits[bit >> 3] & (1 << (bit & 7)) and at + 2 * WIDTH <= size:
            limit = at + 2 * WIDTH
            code = crc32(data[limit : at + 3 * WIDTH], code)
            bit = code & mask
            if bits[bit >> 3] & (1 << (bit & 7)) and at + 3 * WIDTH <= size:
                limit = at + 3 * WIDTH
                bit = crc32(data[limit : at + 4 * WIDTH], code) & mask
                if bits[bit >> 3] & (1 << (bit & 7)) and at + 4 * WIDTH <= size:
                    limit = size
        if ends[first] > limit:
            continue
        code, before = 0, at
        for last in range(first, min(first + _LONGEST, len(ends))):
            end = ends[last]
            if end > limit:
                break
            code = crc32(data[before:end], code)
            before = end
            bit = (code ^ whole) & mask
            if bits[bit >> 3] & (1 << (bit & 7)):
                span = Span(numbers[first], numbers[last], text[at // WIDTH : end // WIDTH])
                found.append(((code << 2 | EXACT) << ROOM, span))
    return found


def link_fuzzy(question: Question, base: PlainBase) -> list[Mention]:
    """Names misspelt by a homophone or one or two slips, in what the vocabulary does not explain, best first."""
    spans = _odd_spans(question)
    for tried in (spans[:_FIRST_SPANS], spans[_FIRST_SPANS:]):
        for apart in (1, 2):
            mentions = _misspelt(tried, apart, base) if tried else []
            if mentions:
                return mentions
    return []


def _misspelt(spans: Sequence[Span], apart: int, base: PlainBase) -> list[Mention]:
    """What spans that are `apart` slips from a name stand for."""
    bits, sounds = base.slips, base.sounds
    mask = len(bits) * 8 - 1
    asked: dict[int, list[Span]] = {}
    for span in spans:
        for code in _codes(span.key, apart, sounds):
            bit = code & mask
            if bits[bit >> 3] & (1 << (bit & 7)):
                asked.setdefault(code, []).append(span)
    if not asked:
        return []
    near: dict[Span, dict[str, list[int]]] = {}
    for code, e, forms in base.alike(asked):
        for span in asked[code]:
            texts = near.setdefault(span, {})
            for form in forms:
                names = texts.setdefault(form, [])
                if e not in names:
                    names.append(e)
    mentions = [mention for span, texts in near.items() if (mention := _nearest(span, texts, sounds))]
    mentions.sort(key=lambda m: (-m.score * len(m.span.key), m.span.first))
    return mentions[:_MOST_MISSPELT]


def _nearest(span: Span, texts: dict[str, list[int]], sounds: str) -> Mention | None:
    """The names, by their forms, that a span is most like; None if it is like none."""
    text = span.key
    sound = text.translate(sounds)
    alike = _extract()(text, list(texts), scorer=_osa(), score_cutoff=2, limit=None)
    scored = [(_likeness(text, form, distance), form) for form, distance, _ in alike]
    # of two characters one has to be right (王皓 is not 网好)
    if sound != text:
        scored += [
            (_HOMOPHONE, form)
            for form in texts
            if len(form) == len(text) and form.translate(sounds) == sound
            and form != text and (len(text) > 2 or any(a == b for a, b in zip(text, form, strict=True)))
        ]  # fmt: skip
    best = max([score for score, _ in scored], default=0.0)
    if best <= 0:
        return None
    names = {e for score, form in scored if score == best for e in texts[form]}
    how = "exact" if best == 1 else "sound" if best == _HOMOPHONE else "edit"
    return Mention(span, tuple(sorted(names)[:_MOST_ALIKE]), how, best)


def _likeness(span: str, name: str, distance: int) -> float:
    """How surely a span is a name misspelt, `distance` slips away; 0 if it is another one."""
    if not distance:
        return 1.0
    if _DIGITS.sub("", span) != _DIGITS.sub("", name):
        return 0.0  # another number is another thing
    han = bool(A_HAN.search(name))
    size = min(len(span), len(name))
    if (
        size < (2 if han else 5)
        or max(len(span), len(name)) < 3
        or distance > (2 if size >= (_TWO if han else _TWO_LATIN) else 1)
    ):
        return 0.0
    if han and size <= 3:
        return _ANOTHER
    return round(1 - distance / (size + 1) - 0.02 * distance, 3)


def _codes(text: str, apart: int, sounds: str) -> list[int]:
    """CRC-32 of what a span has in common with names that are `apart` slips from it."""
    if apart > 1:
        return [crc(stretch) for stretch in probes(text)]
    data = encoded(text)
    size = len(text)
    codes = [crc32(data)]
    if size >= LONG - 1:
        codes += [crc(half) for half in halves(text)]
    codes += shortened(data, size)
    if A_HAN.search(text):
        codes.append(crc(text.translate(sounds)))
    return codes


def _odd_spans(question: Question) -> list[Span]:
    """Spans where a misspelt name may stand, the likeliest first.

    Words that ask or carry nothing part them; at other words that are known a name may begin or end. What no word
    explains has to be in the span: a name beside it is none.
    """
    units, owner = question.units, question.owner
    solid = [n for n, unit in enumerate(units) if unit.key]
    place = {n: i for i, n in enumerate(solid)}
    masked: set[int] = set()
    starts: set[int] = set()
    ends: set[int] = set()
    odd = set(range(len(solid)))
    for word in question.cut(0, len(question.normal)):
        first, last, entry = place[owner[word.at]], place[question.last_unit(word)], word.entry
        if last > first or word.to - word.at > 1 or entry.empty:
            odd.difference_update(range(first, last + 1))
        if (entry.empty or entry.asks) and last > first:
            masked.update(range(first, last + 1))
        else:
            # 的, The or 公司 may be part of a name or stand beside it
            starts.add(last + 1)
            ends.add(first - 1)
    found: list[tuple[int, int, Span]] = []
    for run in _runs(question, solid, masked):
        left = [p for p in run if p in odd]
        if odd and not left:
            continue
        for first in (p for p in run if p == run[0] or p in starts):
            for last in (p for p in run if p >= first and (p == run[-1] or p in ends)):
                text = "".join([units[solid[p]].key for p in range(first, last + 1)])
                outside = sum(1 for p in left if not first <= p <= last)
                if 2 <= len(text) <= _LONGEST and (outside < len(left) or not odd) and not text.isdigit():
                    found.append((outside, len(text), Span(solid[first], solid[last], text)))
    found.sort(key=lambda f: f[:2])
    return [span for _, _, span in found[:_MOST_SPANS]]


def _runs(question: Question, solid: list[int], masked: set[int]) -> list[list[int]]:
    """Stretches of units that count in names, between those that are masked and marks that end a clause."""
    runs: list[list[int]] = [[]]
    before = -1
    for place, number in enumerate(solid):
        parted = any(question.text[u.start] in _MARKS for u in question.units[before + 1 : number])
        before = number
        if place in masked or (parted and runs[-1]):
            runs.append([])
        if place not in masked:
            runs[-1].append(place)
    return [run for run in runs if run]


def slips(a: str, b: str, most: int) -> int:
    """Characters dropped, inserted, substituted, and neighbours swapped, between two texts; `most` + 1 if more."""
    return int(_osa()(a, b, score_cutoff=most))


# imported late: most questions misspell nothing


@lru_cache(maxsize=1)
def _osa() -> Any:
    from rapidfuzz.distance import OSA

    return OSA.distance


@lru_cache(maxsize=1)
def _extract() -> Any:
    from rapidfuzz.process import extract

    return extract
