"""How else the figures that are set against each other were counted: at another time, by another party."""

from __future__ import annotations

from knowledge.finding.outcome import Figure, Part
from knowledge.reading.reading import Reading
from knowledge.reckoning.figures import figure_of, of_one_count
from knowledge.store.base import Base, FactRow

_WORKED = frozenset({"rank", "difference", "sum", "ratio"})
_PAIR = 2
_MOST = 4
"""Things set against each other at most: the other counts of a long list bury the answer."""


def counted_otherwise(part: Part, reading: Reading, base: Base) -> Part:
    """The part, with the newest other count of all its things where no time is asked for; itself if there is none."""
    figures = part.figures
    if part.kind not in _WORKED or part.others or reading.periods or not _PAIR <= len(figures) <= _MOST:
        return part
    things = [f.entity for f in figures]
    family = base.relations[figures[0].fact.relation].family
    if len(set(things)) < len(things) or not family or not of_one_count(list(figures)):
        return part
    told = {f.fact.f for f in figures}
    counts: dict[tuple[int, str, int], dict[int, Figure]] = {}
    for figure in figures:
        for fact in map(base.fact, base.facts_about(figure.entity, family)):
            other = figure_of(fact, figure.entity) if fact.measured and fact.f not in told else None
            if other and other.share == figure.share and _count(fact) != _count(figure.fact):
                counts.setdefault(_count(fact), {}).setdefault(figure.entity, other)
    for key in sorted(counts, key=lambda k: k[1], reverse=True):
        row = counts[key]
        again = [row[e] for e in things if e in row]
        if len(again) == len(things) and of_one_count(again):
            return part._replace(others=tuple(f.fact for f in again))
    return part


def _count(fact: FactRow) -> tuple[int, str, int]:
    """What was counted, when, and by whom."""
    return fact.relation, fact.as_of, fact.by
