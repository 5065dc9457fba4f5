"""When what is asked was done: the day of another deed (when it was founded: when its model came out) tells it not."""

from __future__ import annotations

from knowledge.finding.finding import Finding
from knowledge.finding.judge import explained
from knowledge.linking.scan import Word
from knowledge.reading.clues import Clue
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.patterns import pattern

_DATE = frozenset({"date"})
_NOUNS = "eqnki"
"""Sorts of word of which a verb for a deed is none."""
_HALF = 0.5
"""Share of a word from which on a statement tells it."""
_CAME_OUT = frozenset("发出")
"""One of these stands in a question word that asks when something came out (什么时候发的)."""
_MANY = 10
"""From so much on a figure is reached, and counts none of a few."""
_REACHED = pattern(
    "突破|达到?|超过?|破|过了?|满|升[至到]|增[至到]|涨到|reach|exceed|pass|surpass|top|hit|cross|more than|over"
)
"""How a question speaks of a figure that is come to."""


def of_that_deed(findings: list[Finding], reading: Reading, base: Base) -> list[Finding]:
    """The findings, where a date is asked for less those of another deed, or of another figure that was come to."""
    if reading.asks != _DATE or "verify" in reading.intents:
        return findings
    if reading.quantities and _REACHED.search(reading.text):
        findings = [f for f in findings if _comes_to(f.fact, reading)]
    if "day" in reading.intents or any(_asks_came_out(w) for w in reading.words):
        findings = [f for f in findings if not _lasts_years(f.fact)]
    deeds = _deeds(reading)
    if not deeds:
        return findings
    return [f for f in findings if any(_tells(c, f.fact, base) for c in deeds)]


def _deeds(reading: Reading) -> list[Clue]:
    """The common verbs for what was done (成立, release): rarer ones have a weight of their own."""
    verbs = {w.text for w in reading.words if _is_verb(w)}
    return [c for c in reading.clues if c.light and not c.measure and c.text in verbs]


def _is_verb(word: Word) -> bool:
    """Whether a common word says what is done, and is no noun for a kind of thing or an attribute."""
    return word.has("l") and word.has("a") and word.has("r") and not any(map(word.has, _NOUNS))


def _tells(deed: Clue, fact: FactRow, base: Base) -> bool:
    """Whether a statement itself speaks of a deed, by any word for what that is called."""
    if explained(deed, fact.terms - fact.cued) >= _HALF:
        return True
    said = base.statement(fact.f)
    return any(w in said for t in deed.terms if t[:2] == "r:" for w in base.remembered(_words)(t))


def _words(tag: str, base: Base) -> tuple[str, ...]:
    """The Chinese words of a tag, of which one character says too little. To be called through `Base.remembered`."""
    return tuple(w for w in base.lexicon.having(tag) if len(w) > 1 and not w.isascii())


def _asks_came_out(word: Word) -> bool:
    return word.has("q") and word.has("a") and not _CAME_OUT.isdisjoint(word.text)


def _lasts_years(fact: FactRow) -> bool:
    """Whether a fact tells of a stretch from one year to another, in which something holds and is not done."""
    return any(p.first[0] != p.last[0] for p in fact.periods[:1])


def _comes_to(fact: FactRow, reading: Reading) -> bool:
    """Whether a fact has one of the large figures given, if any is."""
    given = {(q.value, q.is_share) for q in reading.quantities if q.value >= _MANY or q.is_share}
    return not given or not given.isdisjoint(fact.figures)
