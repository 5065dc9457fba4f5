"""Whether one has more than another, as is claimed (A的岛比B多吗): the figures of both decide it."""

from __future__ import annotations

from knowledge.finding.certainty import Bar
from knowledge.finding.outcome import Part
from knowledge.finding.probe import Hints
from knowledge.reading.reading import Reading
from knowledge.reckoning.figures import of_one_count
from knowledge.reckoning.weigh import calculate
from knowledge.text.patterns import pattern

_CLAIMED = frozenset({"verify", "compare"})
_OPEN = frozenset({"negation", "difference", "ratio", "sum", "growth"})
_THAN = pattern("比|(?<![a-z])than (?:(?:in|of|at|on) )?(?:the )?")
"""Stands right before that which something is said to have more or less than."""
_PAIR = 2


def outdoes(bar: Bar, reading: Reading, hints: Hints) -> Part | None:
    """Yes or no with both figures; None where nothing such is claimed, or no two figures of one count are there."""
    if not reading.intents >= _CLAIMED or reading.intents & _OPEN or reading.quantities:
        return None
    things = [reading.mentions[i] for i in reading.things(bar.base)]
    if len(things) != _PAIR or not _THAN.fullmatch(reading.text, _behind(reading, things[0].end), things[1].start):
        return None
    part = calculate(bar, reading, hints)
    if part is None or part.kind != "rank" or len(part.figures) != _PAIR or not of_one_count(list(part.figures)):
        return None
    ahead, behind = part.figures
    if ahead.value == behind.value:
        return None
    borne_out = ahead.entity in things[0].entities
    return part._replace(kind="verify", verdict="yes" if borne_out else "no", figures=())


def _behind(reading: Reading, start: int) -> int:
    """Where the last word for the comparison begins behind a place in the text; that place if there is none."""
    return max((found.start() for found in _THAN.finditer(reading.text, start)), default=start)
