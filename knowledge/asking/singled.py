"""The one thing of an owner that a question singles out by a figure or a time of its own (甲那款130亿参数的模型)."""

from __future__ import annotations

from typing import NamedTuple

from knowledge.finding.judge import explained
from knowledge.reading.clues import Clue
from knowledge.reading.reading import Reading
from knowledge.reckoning.deeds import told_when
from knowledge.store.base import Base, FactRow
from knowledge.text.dates import Period
from knowledge.text.numerals import Quantity
from knowledge.text.patterns import pattern

_BREAK = pattern(r"[,，;；:：。?？!！]")
_OTHERWISE = pattern("除|不|没|未|还是|哪|谁|什么|啥|多少|几|[和与跟、]|以及|最|第")
"""What tells of several things, of others, of an order, or asks: no description of one."""
_POINTS = pattern("[的那这该]")
"""What makes a figure one that the thing has (130亿参数的模型), and no number of such things (3个模型)."""
_SO_MANY = pattern(r"(?:[二两三四五六七八九十]|\d{1,3})[个家款项座所条种位名份部篇](?!百分点)")
"""Counts the things themselves (三份文件)."""
_HOW_MANY = pattern("一?共?都?有?(?:几|多少|哪些|谁)[个家款项座所条种位名份部]?")
"""Behind the noun it asks for several of them."""
_FAR = 12
"""Characters between a figure and the noun of the thing that has it."""
_TOLD = 0.99
"""Share of a word that has to be told of the thing."""


class Singled(NamedTuple):
    """A thing that is singled out."""

    start: int
    end: int
    """Where the description stands in the question."""
    entity: int
    kinds: frozenset[str]
    """The kinds that its noun names."""


class _Phrase(NamedTuple):
    """A description as it stands in a question."""

    start: int
    end: int
    owner: int | None
    kinds: frozenset[str]
    given: Quantity | Period
    clues: tuple[Clue, ...]
    """What else is said of the thing; it has to be told of it too."""
    sort: str
    """What stands before its noun in one name with it (通用 of 通用大模型)."""


def singled(reading: Reading, base: Base) -> Singled | None:
    """The first thing that a question singles out in this way, if there is just one such; else None."""
    if reading.text.isascii():
        return None
    told: list[Quantity | Period] = [*reading.quantities, *reading.periods]
    for given in told:
        phrase = _phrase(reading, given, base)
        fitting = _fitting(phrase, base) if phrase else []
        if phrase and len(fitting) == 1:
            return Singled(phrase.start, phrase.end, fitting[0], phrase.kinds)
    return None


def _phrase(reading: Reading, given: Quantity | Period, base: Base) -> _Phrase | None:
    """The description that has a figure or a time in it, None if that is part of none."""
    text = reading.text
    noun = next((at for at in range(given.end, min(len(text), given.end + _FAR)) if base.lexicon.noun_at(text, at)), -1)
    hit = base.lexicon.noun_at(text, noun) if noun >= 0 else None
    if hit is None:
        return None
    end, kinds = hit
    opens = max((m.end() for m in _BREAK.finditer(text, 0, given.start)), default=0)
    things = [m for m in map(reading.mentions.__getitem__, reading.things(base)) if opens <= m.start < end]
    if len(things) > 1 or any(m.end > given.start for m in things):
        return None
    start = things[0].start if things else opens
    between = things[0].end if things else given.end
    if _BREAK.search(text, given.start, noun) or _OTHERWISE.search(text, start, end) or _HOW_MANY.match(text, end):
        return None
    clues = tuple(
        c
        for c in reading.clues
        if c.text in text[start:noun] and not any(c.text in m.text or m.text in c.text for m in things)
    )
    counts = isinstance(given, Quantity) and _SO_MANY.match(text, given.start)
    bare = isinstance(given, Period) or not clues or counts  # 7月, or 3个, by itself says nothing of what is 模型
    if bare and not _POINTS.search(text, between, noun):
        return None
    if not things and (isinstance(given, Period) or not clues):
        return None  # without an owner it takes a figure and what it is of
    sort = next((m.text[: noun - m.start] for m in reading.mentions if given.end <= m.start < noun < m.end), "")
    owner = things[0].entities[0] if things else None
    return _Phrase(start, end, owner, kinds, given, clues, sort)


def _fitting(phrase: _Phrase, base: Base) -> list[int]:
    """The things that a description fits."""
    if phrase.owner is None:
        things = [e for kind in sorted(phrase.kinds) for e in base.of_kind(kind)]
    else:
        things = sorted(e for e in base.linked(phrase.owner) if e >= 0 and base.entity(e).kind in phrase.kinds)
    return [e for e in things if e not in base.generic and _fits(e, phrase, base)]


def _fits(e: int, phrase: _Phrase, base: Base) -> bool:
    """Whether all of a description is told of a thing, and one statement gives its figure and says what that is."""
    about = [f for f in map(base.fact, base.facts_of(e)) if e == f.subject or (e,) == f.objects]
    given = [f for f in about if _gives(f, phrase.given, base)]
    if isinstance(phrase.given, Quantity) and phrase.clues:
        given = [f for f in given if any(explained(c, f.terms) >= _TOLD for c in phrase.clues)]
    whole = all(any(explained(c, f.terms) >= _TOLD for f in about) for c in phrase.clues)
    return bool(given) and whole and any(phrase.sort in base.said(f) for f in about)


def _gives(fact: FactRow, given: Quantity | Period, base: Base) -> bool:
    """Whether a fact gives a figure, or tells of something done at a time."""
    if isinstance(given, Quantity):
        return (given.value, given.is_share) in fact.figures
    when = told_when(fact, base)
    return when is not None and when.overlaps(given)
