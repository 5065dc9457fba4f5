"""Entity linking by keys: which spans of a question are names, as they stand or misspelt."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, compress, pairwise
from operator import eq, itemgetter
from typing import Any, NamedTuple
from zlib import crc32

from knowledge.plain.base import PlainBase
from knowledge.plain.keys import (
    EXACT,
    LENGTHS,
    LONG,
    ROOM,
    WIDTH,
    Filter,
    crc,
    encoded,
    halves,
    length_bit,
    probes,
    shortened,
)
from knowledge.plain.question import Question, numbers
from knowledge.text.patterns import HAN, pattern

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
_ANY = b"\xff"
"""A bitmap that says no of nothing, where that of all keys was not read."""
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
    spans = _spans(question, base)
    if not spans:
        return []
    found = base.found([k for k, *_ in spans])
    quotes, text = question.quoted, question.text
    words = "字" in text or "词" in text or "成语" in text
    mentions = []
    for k, first, last, own in spans:
        if names := found.get(k):
            start, end = question.stretch(first, last)
            quoted = (start, end) in quotes or (words and _as_a_word(question, first, end))
            mentions.append(Mention(Span(first, last, own), tuple(names[:_MOST_NAMES]), "exact", 1.0, quoted))
    mentions.sort(key=lambda m: (-m.quoted, -len(m.span.key), m.span.first))
    return mentions


def _as_a_word(question: Question, first: int, end: int) -> bool:
    """Whether a name is spoken of as a character or word (卦字, 卦这个字, 退潮一词), unless part of one (名字)."""
    found = _WORD.match(question.text, end)
    if not found:
        return False
    if found[0] != "字":
        return True
    at = question.ats[first]
    return end - question.starts[first] == 1 and not any(b <= at and at + 1 < e for b, e, _ in question.found)


def _spans(question: Question, base: PlainBase) -> list[tuple[int, int, int, str]]:
    """Stretches that may be names: their key, first and last unit, and text."""
    solid = question.places
    text = "".join(question.keys)
    data = encoded(text)
    size = len(data)
    even = len(text) == len(solid)
    if even:
        starts, ends = [*range(0, size, WIDTH)], [*range(WIDTH, size + WIDTH, WIDTH)]
    else:
        ends = list(accumulate([len(key) * WIDTH for key in question.keys if key]))
        starts = [0, *ends[:-1]]
    names = base.filter(len(solid))
    likely = _likely(data, starts, ends, names, base.held or _ANY, even=even) if names else _all(data, starts, ends)
    if names and not names.singles.isdisjoint(question.keys):
        likely += [
            (crc(question.keys[unit]), n, n) for n, unit in enumerate(solid) if question.keys[unit] in names.singles
        ]
    return [
        (
            (code << 2 | EXACT) << ROOM,
            solid[first],
            solid[last],
            text[starts[first] // WIDTH : ends[last] // WIDTH],
        )
        for code, first, last in likely
    ]


def _all(data: bytes, starts: Sequence[int], ends: Sequence[int]) -> list[tuple[int, int, int]]:
    """CRC-32, first and last unit of all stretches of a question, of those units that count."""
    return [
        (crc32(data[at:end]), first, last)
        for first, at in enumerate(starts)
        for last, end in enumerate(ends[first : first + _LONGEST], first)
    ]


def _likely(
    data: bytes, starts: Sequence[int], ends: Sequence[int], names: Filter, held: bytes, *, even: bool
) -> list[tuple[int, int, int]]:
    """Those of all stretches that are as long as some name that begins so, unless the bitmap of keys has none."""
    table, mask, begun = names.table, names.mask, names.BEGUN
    bits, count = len(held) * 8 - 1, len(ends)
    found = []
    begins = [
        (first, at, lengths)
        for first, at in enumerate(starts)
        if (lengths := table[crc32(data[at : at + begun]) & mask])
    ]
    for first, at, lengths in begins:
        if even:
            further = _further(lengths)
        else:
            fitting = [length_bit(end - at) & lengths for end in ends[first : first + _LONGEST]]
            further = tuple(compress(range(len(fitting)), fitting))
        for more in further:
            last = first + more
            if last >= count:
                break
            code = crc32(data[at : ends[last]])
            if held[(code & bits) >> 3] >> (code & 7) & 1:
                found.append((code, first, last))
    return found


@lru_cache(maxsize=256)
def _further(lengths: int) -> tuple[int, ...]:
    """How many characters behind their first one names end that have one of the lengths that a filter tells."""
    return tuple([n for n, bit in enumerate(LENGTHS[1 : _LONGEST + 1]) if bit & lengths])


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
        for code in [c for c in _codes(span.key, apart, sounds) if bits[(c & mask) >> 3] >> (c & 7) & 1]:
            if code in asked:
                asked[code].append(span)
            else:
                asked[code] = [span]
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
    figures = _figures(text)
    apart = _osa()
    best, alike = 0.0, []
    for form in texts:
        score = 0.0
        distance = apart(text, form, score_cutoff=2)
        if distance <= 2 and figures == _figures(form):  # another number is another thing
            score = _likeness(text, form, distance)
        # of two characters one has to be right (王皓 is not 网好)
        sounds_so = score < _HOMOPHONE and len(form) == len(text) and form.translate(sounds) == sound != text
        if sounds_so and (len(text) > 2 or any(map(eq, text, form))):
            score = _HOMOPHONE
        if score > best:
            best, alike = score, [form]
        elif score and score == best:
            alike.append(form)
    if not alike:
        return None
    names = {e for form in alike for e in texts[form]}
    how = "exact" if best == 1 else "sound" if best == _HOMOPHONE else "edit"
    return Mention(span, tuple(sorted(names)[:_MOST_ALIKE]), how, best)


def _figures(text: str) -> str:
    """The digits of a text."""
    return "" if text.isalpha() else _DIGITS.sub("", text)


def _likeness(span: str, name: str, distance: int) -> float:
    """How surely a span is a name misspelt, `distance` slips away; 0 if it is another one."""
    if not distance:
        return 1.0
    han = bool(HAN.search(name))
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
    if HAN.search(text):
        codes.append(crc(text.translate(sounds)))
    return codes


def _odd_spans(question: Question) -> list[Span]:
    """Spans where a misspelt name may stand, the likeliest first.

    Words that ask or carry nothing part them; at other words that are known a name may begin or end. What no word
    explains has to be in the span: a name beside it is none.
    """
    keys = list(filter(None, question.keys))
    place = list(accumulate([bool(key) for key in question.keys], initial=0))
    """Number of a unit → how many before it count in names."""
    masked = 0
    begins = ends = 1 << len(keys)
    """Where words begin and end: bits of the places, of the first and behind the last."""
    odd = (1 << len(keys)) - 1
    for word in question.ended(0):
        at, to, entry = word
        first, behind = place[question.owner[at]], place[question.last_unit(word)] + 1
        own = (1 << behind) - (1 << first)
        if behind - first > 1 or to - at > 1 or entry.empty:
            odd &= ~own
        if (entry.empty or entry.asks) and behind - first > 1:
            masked |= own
        else:
            # 的, The or 公司 may be part of a name or stand beside it
            begins |= 1 << first
            ends |= 1 << behind
    text = "".join(keys)
    sizes = list(accumulate(map(len, keys), initial=0))
    """Number of a place → how many characters stand before it."""
    found: list[tuple[int, int, int, int]] = []
    for start, stop in _runs(question, len(keys), masked):
        left = odd & ((1 << stop) - (1 << start))
        if odd and not left:
            continue
        every = left.bit_count()
        firsts = [p for p in range(start, stop) if p == start or ends >> p & 1]
        lasts = [p for p in range(start + 1, stop + 1) if p == stop or begins >> p & 1]
        for first in firsts:
            for last in lasts:
                if last <= first or not 2 <= (size := sizes[last] - sizes[first]) <= _LONGEST:
                    continue
                outside = (left >> last).bit_count() + (left & ((1 << first) - 1)).bit_count()
                if outside < every or not odd:
                    found.append((outside, size, first, last))
    found.sort(key=_likeliest)
    solid = question.places
    spans: list[Span] = []
    for _, _, first, last in found:
        key = text[sizes[first] : sizes[last]]
        if not key.isdigit():
            spans.append(Span(solid[first], solid[last - 1], key))
            if len(spans) == _MOST_SPANS:
                break
    return spans


_likeliest = itemgetter(0, 1)
"""What a span leaves outside that nothing explains, then how long it is."""


def _runs(question: Question, size: int, masked: int) -> list[tuple[int, int]]:
    """Stretches of units that count in names, between those that are masked and marks that end a clause."""
    parted = masked | masked << 1 | 1 | 1 << size
    """Where a stretch begins or ends."""
    if size < len(question.keys):
        place = 0
        for key, at in zip(question.keys, question.starts, strict=True):
            if key:
                place += 1
            elif question.text[at] in _MARKS:
                parted |= 1 << place
    borders = numbers(parted)
    return [(start, stop) for start, stop in pairwise(borders) if not masked >> start & 1]


def slips(a: str, b: str, most: int) -> int:
    """Characters dropped, inserted, substituted, and neighbours swapped, between two texts; `most` + 1 if more."""
    return int(_osa()(a, b, score_cutoff=most))


# imported late: most questions misspell nothing


@lru_cache(maxsize=1)
def _osa() -> Any:
    from rapidfuzz.distance import OSA

    return OSA.distance
