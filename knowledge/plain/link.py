"""Entity linking by keys: which spans of a question are names, as they stand or misspelt."""

from __future__ import annotations

from typing import NamedTuple
from zlib import crc32

from knowledge.patterns import A_HAN
from knowledge.plain.base import Name, PlainBase
from knowledge.plain.vocabulary import compact, plain_name
from knowledge.plain.keys import EDIT, EXACT, PART, SOUND, Filter, crc, deletions, key, probes
from knowledge.plain.question import Question

_LONGEST = 40
"""Units of the longest name that is looked for."""
_LONG = 8
"""Characters of a name that may hold two slips."""
_FUZZY_UNITS = 24
_MOST_SPANS = 40
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


def link_fuzzy(question: Question, base: PlainBase, taken: set[int]) -> list[Mention]:
    """Names misspelt by a homophone or one or two slips, in what the vocabulary does not explain, best first.

    `taken` holds numbers of units that belong to names already.
    """
    spans = _odd_spans(question, taken)
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
    for k, names in found.items():
        for span in keys[k]:
            pairs.setdefault(span, set()).update(names)
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


def _odd_spans(question: Question, taken: set[int]) -> list[Span]:
    """Spans where a misspelt name may stand: runs of content, whole or with one end of the run."""
    units = question.units
    masked = [not u.key or n in taken for n, u in enumerate(units)]
    for word in question.cut(0, len(question.normal)):
        if word.entry.empty and (word.to - word.at > 1 or question.normal[word.at] in "的是吗呢谁"):
            for offset in range(word.at, word.to):
                masked[question.owner[offset]] = True
    runs: list[list[int]] = []
    for n, unit in enumerate(units):
        if masked[n] and unit.key:
            runs.append([])
        elif not unit.key and question.text[unit.start] in "，,。？?！!；;：:\n《》“”":
            runs.append([])
        elif unit.key:
            if not runs:
                runs.append([])
            runs[-1].append(n)
    found: dict[tuple[int, int], Span] = {}
    for run in sorted((r for r in runs if r), key=len, reverse=True):
        size = len(run)
        for length in range(min(size, _FUZZY_UNITS), 0, -1):
            for start in {0, size - length}:
                part = run[start : start + length]
                text = "".join(units[n].key for n in part)
                if 2 <= len(text) <= 40 and not text.isdigit():
                    found.setdefault((part[0], part[-1]), Span(part[0], part[-1], text))
        if len(found) >= _MOST_SPANS:
            break
    return list(found.values())[:_MOST_SPANS]


def _alike(span: str, name: str, sounds: str) -> tuple[float, str]:
    """How surely a span is a name misspelt, with how; 0 if it is another one."""
    if span == name:
        return 1.0, "exact"
    han = bool(A_HAN.search(name))
    if han and len(span) == len(name) and span.translate(sounds) == name.translate(sounds):
        # of two characters one has to be right (王皓 is not 网好)
        return (0.97, "sound") if len(span) > 2 or span[0] == name[0] or span[1] == name[1] else (0.0, "")
    size = min(len(span), len(name))
    if [c for c in span if c.isdigit()] != [c for c in name if c.isdigit()]:
        return 0.0, ""  # another number is another thing
    if size < (3 if han else 5) or (han and max(len(span), len(name)) <= 3 and sorted(span) != sorted(name)):
        return 0.0, ""  # one character of three makes another name
    allowed = 2 if size >= _LONG else 1
    distance = slips(span, name, allowed)
    if distance > allowed:
        return 0.0, ""
    return round(1 - distance / (size + 1) - 0.02 * distance, 3), "edit"


def slips(a: str, b: str, most: int) -> int:
    """Optimal string alignment distance (dropped, inserted, substituted, swapped neighbours), beyond `most` most + 1."""
    from rapidfuzz.distance import OSA

    return OSA.distance(a, b, score_cutoff=most)
