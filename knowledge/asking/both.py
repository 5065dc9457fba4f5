"""The last figures told, taken together or set against each other (俩加一起呢, 那多了多少, 是几倍)."""

from __future__ import annotations

from knowledge.asking.reply import reply, unknown
from knowledge.finding.outcome import Context, Figure, Outcome
from knowledge.reading.asked import CHECKING
from knowledge.reading.reading import Reading
from knowledge.reading.readings import Readings
from knowledge.reckoning.counts import come_to
from knowledge.reckoning.figures import EXACT, figure_of, of_one_count
from knowledge.store.base import Base

_SUM = frozenset({"sum", "added"})
_APART = frozenset({"difference", "growth"})
_PAIR = 2
_THREE = 3
_SHORT = 24
"""Characters of a question that says no more than what is to be done."""
_WEIGHTY = 0.5


def of_the_last(reading: Reading, context: Context, readings: Readings) -> Outcome | None:
    """The outcome of a follow-up that only says what is to be done with the figures told; None if it is none."""
    kind = _kind(reading)
    told = (*context.past, *context.facts[:1])
    if not kind or len(told) < _PAIR or len(reading.text) > _SHORT or reading.weighty(_WEIGHTY):
        return None
    base = readings.base
    figures = _figures(told, _THREE if kind == "sum" and "三" in reading.text else _PAIR, base)
    named = [m.entities[0] for m in reading.mentions if m.entities[0] not in base.generic - base.whole]
    if named and not {f.entity for f in figures}.issuperset(named):
        return None
    if len(figures) < _PAIR or not _alike(figures, kind):
        return unknown(reading, context) if not named else None
    if kind == "ratio" and named and figures[0].entity != named[0]:
        figures = figures[::-1]
    elif kind == "ratio" and not named:
        figures = figures[::-1]  # the later one is so many times the earlier
    return reply(readings, reading, (come_to(kind, reading, figures),), (), context)


def _kind(reading: Reading) -> str:
    if reading.intents & CHECKING or reading.periods:
        return ""
    if "ratio" in reading.intents:
        return "ratio"
    return "sum" if reading.intents & _SUM else "difference" if reading.intents & _APART else ""


def _figures(told: tuple[int, ...], most: int, base: Base) -> list[Figure]:
    """The figures of the last facts told, the earlier first; none if one of them has none of its own."""
    facts = [base.fact(f) for f in dict.fromkeys(told)][-most:]
    figures = [figure_of(f, f.subject) if f.measured else None for f in facts]
    return [f for f in figures if f and f.bound in EXACT] if all(figures) else []


def _alike(figures: list[Figure], kind: str) -> bool:
    """Whether figures may be taken together: those of one count; set against each other those of two times, too."""
    if len({(f.share, f.unit, f.fact.relation) for f in figures}) > 1 or not all(f.value for f in figures):
        return False
    if of_one_count(figures):
        return kind != "sum" or not figures[0].share
    return kind != "sum" and len({f.entity for f in figures}) == 1
