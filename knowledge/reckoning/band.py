"""So many things of a kind that are spoken of together (五家卫生院, 三家县级医院): their sum, and who has most."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from knowledge.finding.certainty import Bar
from knowledge.finding.outcome import Figure, Part
from knowledge.finding.probe import Hints
from knowledge.linking.scan import Word
from knowledge.reading.asked import CHECKING, NUMERIC
from knowledge.reading.degrees import ENDS
from knowledge.reading.reading import Reading
from knowledge.reckoning.counts import come_to
from knowledge.reckoning.figures import EXACT, of_one_count
from knowledge.reckoning.lineup import of_kind, one_of_each, without
from knowledge.reckoning.weigh import ranking
from knowledge.store.base import Base
from knowledge.text.patterns import pattern
from knowledge.text.terms import bigrams

_GAP = 5
"""Characters between a number and the noun for what it counts (三家县级医院)."""
_MODIFIER = 4
"""Characters in front of a noun that make it a noun for fewer things (县级医院)."""
_PLAIN = pattern("[\u3400-\u9fff]*")
_SEVERAL = 2
_MANY = 30
_ALL = pattern("(?:所有|全部|各个?|每个?|这些)的?$")
_AMONG = pattern("(?:里面|里头|里边|当中|之中|里|中)")
_OTHERWISE = CHECKING | {"difference", "ratio", "growth", "negation", "except", "rest", "others", "compare"}
_EXPLAINING = frozenset({"reason", "how", "date", "duration", "share"})
_MEASURE = ("r:", "a:")
_PLACE = pattern("(?:排名?|位[居列]|名列|居)?(?:在|到|是)?第[二三四五六七八九][名位多大高少小低长]?的?")


class Band(NamedTuple):
    """Things of a kind, and where a question speaks of them."""

    members: frozenset[int]
    kinds: frozenset[str]
    start: int
    end: int


def banded(bar: Bar, reading: Reading, hints: Hints) -> Part | None:
    """The sum of the figures of all of a band, or the one of them that has most, least or is the second.

    None unless the figure of each of them is known.
    """
    summed = "sum" in reading.intents and bool(reading.asks & NUMERIC)
    chosen = bool(reading.place or reading.intents & ENDS) and reading.asks.isdisjoint(NUMERIC)
    if summed == chosen or reading.intents & _OTHERWISE or reading.asks & _EXPLAINING:
        return None
    if any(e not in bar.base.whole and not bar.base.entity(e).generic for e in bar.readings.named(reading)):
        return None
    for band in _bands(reading, bar.base):
        figures = _figures(bar, reading, band, hints)
        if figures and summed:
            return _sum(reading, figures)
        if figures:
            return ranking(figures, reading)
    return None


def _sum(reading: Reading, figures: list[Figure]) -> Part | None:
    if figures[0].share or not of_one_count(figures):
        return None
    return come_to("sum", reading, figures)


def _figures(bar: Bar, reading: Reading, band: Band, hints: Hints) -> list[Figure]:
    """The figure of each of a band, [] if one is not known."""
    plain = without(reading, band.start, band.end)._replace(kinds=tuple(sorted(band.kinds)), place=0)
    for word in plain.words:
        if word.has("i:sum") or word.has("i:most") or word.has("i:least") or word.has("q"):
            plain = without(plain, word.start, word.end) if not _measures(word) else plain
    if reading.place and (said := _PLACE.search(plain.text)):
        plain = without(plain, *said.span())
    dropped = {"sum", "added", "inside", *ENDS}
    mentions = tuple(m for m in plain.mentions if bar.base.whole.isdisjoint(m.entities))
    # 合计拿到多少补助: that they got it need not be said
    clues = tuple(c for c in plain.clues if not c.light or any(t[:2] in _MEASURE for t in c.terms))
    plain = plain._replace(intents=plain.intents - dropped, mentions=mentions, clues=clues)
    if not clues:
        return []
    told = [f for f in of_kind(bar, plain, hints) if f.entity in band.members]
    figures = one_of_each(told)
    if {f.entity for f in figures} != band.members or any(f.bound not in EXACT for f in figures):
        return []
    return figures


def _measures(word: Word) -> bool:
    """Whether a word says what is measured (最贵), besides who has most of it."""
    return word.has("r") or word.has("a")


def _bands(reading: Reading, base: Base) -> Iterator[Band]:
    """The bands that a question speaks of, from its beginning."""
    for word in reading.words:
        if not word.has("k") or word.has("q") or word.text.isascii():
            continue
        kinds = base.kinds_like(word.kinds)
        counted = next((q for q in reading.quantities if 0 <= word.start - q.end <= _GAP), None)
        if counted and not counted.is_share and _SEVERAL <= counted.value <= _MANY:
            phrase = reading.text[counted.end : word.end]
            members = _listed(phrase, word.text, kinds, int(counted.value), base) if _PLAIN.fullmatch(phrase) else None
            start = counted.start
        elif _ALL.search(reading.text, 0, word.start):
            members, start = _all(kinds, base), word.start
        else:
            before = next((w for w in reading.words if w.end == word.start and len(w.text) <= _MODIFIER), None)
            start = before.start if before and not before.has("f") and not before.has("q") else word.start
            phrase = reading.text[start : word.end]
            members = _listed(phrase, phrase, kinds, 0, base) if start < word.start else None
        if members:
            among = _AMONG.match(reading.text, word.end)
            yield Band(members, kinds, start, among.end() if among else word.end)


def _listed(phrase: str, noun: str, kinds: frozenset[str], many: int, base: Base) -> frozenset[int] | None:
    """The things that the one statement lists which speaks of so many of them; else all of the kind, if so many."""
    found: set[frozenset[int]] = set()
    rarest = min((base.postings(pair) for pair in bigrams(phrase) or bigrams(noun)), key=len, default=())
    for fact in map(base.fact, rarest):
        members = frozenset(e for e in fact.entities if base.entity(e).kind in kinds)
        told = (Decimal(len(members)), False) in fact.figures and phrase in base.statement(fact.f)
        if told and len(members) >= _SEVERAL and len(members) == (many or len(members)):
            found.add(members)
    if len(found) == 1:
        return found.pop()
    every = _all(kinds, base)
    return every if many and every and len(every) == many else None


def _all(kinds: frozenset[str], base: Base) -> frozenset[int] | None:
    """All things of the kinds that the base knows by name."""
    every = frozenset(e for kind in kinds for e in base.of_kind(kind) if not base.entity(e).generic)
    return every if len(every) >= _SEVERAL else None
