"""Figures of one count: whether they can be added, what holds them all, and the question that asks for one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from knowledge.deciding.apiece import WEIGHING
from knowledge.finding.outcome import Figure, Part, part_for
from knowledge.reading.reading import Reading
from knowledge.reckoning.figures import figure_of, of_one_count
from knowledge.store.base import Base, FactRow

_WORKED = frozenset(f"i:{intent}" for intent in (*WEIGHING, "rest", "except", "others", "infer"))
_OF = "占"
"""That a part has its share of a whole is what is worked out (占全岛)."""
_ASIDE = frozenset({"rest", "except", "others", "infer", "negation", "verify", "conflict"})


def total(base: Base, figures: list[Figure]) -> Figure | None:
    """The figure of the same count for what all of them are part of."""
    first = figures[0]
    parts = [f.entity for f in figures]
    found: list[Figure] = []
    for fact in map(base.fact, base.facts_with(first.fact.relation)):
        own = figure_of(fact, fact.subject)
        if own is None or not fact.measured or fact == first.fact or not of_one_count([own, first]):
            continue
        labelled = bool(first.label[0]) and fact.subject == first.entity
        if labelled or (not first.label[0] and all(base.holds(fact.subject, p) for p in parts)):
            found.append(own)
    return max(found, key=lambda f: f.value, default=None)


def of_one_passage(a: FactRow, b: FactRow) -> bool:
    """Whether two facts tell of one thing at one time, by one counter, in one paragraph."""
    return (a.subject, a.as_of, a.by, a.citations[0]) == (b.subject, b.as_of, b.by, b.citations[0])


def is_share(fact: FactRow, base: Base) -> bool:
    """Whether what a fact gives is a share."""
    return fact.measured and fact.quantities[0].is_share and base.relations[fact.relation].value == "share"


def relaxed(reading: Reading, kind: str = "number") -> Reading:
    """The reading that asks for a term: without the words that only say what is done with it."""
    asking = (
        w for w in reading.words if (w.has("q") or "e:share" in w.tags) and not w.has("r")
    )  # 多少公里 says what is measured
    worked = {w.text for w in (*asking, *(w for w in reading.words if not _WORKED.isdisjoint(w.tags)))}
    clues = tuple(c for c in reading.clues if c.text not in worked and not (reading.of_whole and c.text[0] == _OF))
    asks, intents = frozenset({kind}), reading.intents - _ASIDE
    return reading._replace(
        asks=asks, kinds=(), clues=clues, intents=intents, quantities=(), units=frozenset(), of_whole=False
    )


def worked_part(kind: str, reading: Reading, figures: Iterable[Figure], result: Decimal) -> Part:
    """A part that gives what figures come to."""
    terms = tuple(figures)
    return part_for(reading, kind, tuple(dict.fromkeys(f.fact for f in terms)), figures=terms, result=result)


def come_to(kind: str, reading: Reading, figures: Sequence[Figure]) -> Part:
    """The sum of figures, or how far two lie apart, or how many times the second the first is: that must not be 0."""
    if kind == "sum":
        return worked_part(kind, reading, figures, sum((f.value for f in figures), Decimal(0)))
    first, second = (f.value for f in figures)
    return worked_part(kind, reading, figures, first / second if kind == "ratio" else abs(first - second))
