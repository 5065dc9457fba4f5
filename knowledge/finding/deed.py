"""When what is asked was done: the day of another deed (when it was founded: when its model came out) tells it not."""

from __future__ import annotations

from typing import NamedTuple

from knowledge.finding.finding import Finding
from knowledge.finding.judge import explained
from knowledge.reading.clues import Clue
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.lexicon import sorts
from knowledge.text.patterns import pattern

_DATE = frozenset({"date"})
_VERBS = frozenset("ar")
"""Sorts of word of which a verb for a deed is each."""
_NOUNS = frozenset("eqnki")
"""Those of which it is none."""
_HALF = 0.5
"""Share of a word from which on a statement tells it."""
_CAME_OUT = pattern("(?:时候|何时|几时|哪一?[年月天]|几[月号年])(?:发|出|出来|发出来)的")
"""Asks when something came out, by verbs that stand in many words."""
_MANY = 10
"""From so much on a figure is reached, and counts none of a few."""
_REACHED = pattern(
    "突破|达到?|超过?|破|过了?|满|升[至到]|增[至到]|涨到|reach|exceed|pass|surpass|top|hit|cross|more than|over"
)
"""How a question speaks of a figure that is come to."""


class _Deed(NamedTuple):
    """A verb for what was done."""

    clue: Clue
    tags: tuple[str, ...]


def of_that_deed(findings: list[Finding], reading: Reading, base: Base) -> list[Finding]:
    """The findings, where a date is asked for less those of another deed, or of another figure that was come to."""
    if reading.asks != _DATE or "verify" in reading.intents:
        return findings
    if reading.quantities and _REACHED.search(reading.text):
        findings = [f for f in findings if _comes_to(f.fact, reading)]
    if "day" in reading.intents or _CAME_OUT.search(reading.text):
        findings = [f for f in findings if not _lasts_years(f.fact)]
    deeds = _deeds(reading, base)
    if not deeds:
        return findings
    return [f for f in findings if any(_tells(c, f.fact, base) for c in deeds)]


def _deeds(reading: Reading, base: Base) -> list[_Deed]:
    """What was done (成立, release), by common verbs: rarer ones have a weight of their own."""
    words = {w.text: base.lexicon.tags.get(w.text.removesuffix("的"), w.tags) for w in reading.words}
    clues = (c for c in reading.clues if (c.light or c.text[-1] == "的") and not c.measure)
    return [_Deed(c, words[c.text]) for c in clues if c.text in words and _is_verb(words[c.text])]


def _is_verb(tags: tuple[str, ...]) -> bool:
    """Whether a word says what is done, and is no noun for a kind of thing or an attribute."""
    has = sorts(tags)
    return has >= _VERBS and has.isdisjoint(_NOUNS)


def _tells(deed: _Deed, fact: FactRow, base: Base) -> bool:
    """Whether a statement itself speaks of a deed, by any word for what that is called."""
    if explained(deed.clue, fact.terms - fact.cued) >= _HALF:
        return True
    said = base.statement(fact.f)
    return any(w in said for t in deed.tags if t[:2] == "r:" for w in base.remembered(_words)(t))


def _words(tag: str, base: Base) -> tuple[str, ...]:
    """The Chinese words of a tag, of which one character says too little. To be called through `Base.remembered`."""
    return tuple(w for w in base.lexicon.having(tag) if len(w) > 1 and not w.isascii())


def _lasts_years(fact: FactRow) -> bool:
    """Whether a fact tells of a stretch from one year to another, in which something holds and is not done."""
    return any(p.first[0] != p.last[0] for p in fact.periods[:1])


def _comes_to(fact: FactRow, reading: Reading) -> bool:
    """Whether a fact has one of the large figures given, if any is."""
    given = {(q.value, q.is_share) for q in reading.quantities if q.value >= _MANY or q.is_share}
    return not given or not given.isdisjoint(fact.figures)
