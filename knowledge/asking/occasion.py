"""The year that a question describes by what happened in it (甲成立那年, in the year A was founded), in figures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from knowledge.asking.alone import Answerer
from knowledge.asking.follow import NOTHING
from knowledge.finding.find import find
from knowledge.finding.outcome import NO_CONTEXT, Outcome
from knowledge.reading.asked import NUMERIC
from knowledge.store.base import FactRow
from knowledge.text.dates import find_periods
from knowledge.text.patterns import pattern

_THAT_YEAR = pattern(r"^(?:在|到|就在)?([^,，。?？]{3,24}?)的?那一?年[里中间]?[,，]?[ ]?([^,，]*.{3,})$")
_IN_YEAR = pattern(r"^in the (?:same )?year (?:that |when |in which )?([^,]{6,60}), (.{6,})$")
_PASSIVE = ("被", "让", "给")
"""Opens a clause whose subject is named behind it (被乙超过那年，甲…)."""
_NEAR = 6
"""Findings among which the year is looked for."""
_NO_EVENT = pattern(r"^[\d年月日]*$|哪|谁|什么|多少|几[个家款]")


class Occasion(NamedTuple):
    """A question on the year of something."""

    clause: str
    text: str
    """The question with the year in figures in place of what happened in it; '' where that is not known."""
    facts: frozenset[int]
    """The facts that tell the year."""


def occasion(text: str, answerer: Answerer) -> Occasion | None:
    """The year that a folded question begins with a description of; None if it does with none."""
    if "年" not in text and not text.startswith("in the "):
        return None
    found = _IN_YEAR.match(text) or _THAT_YEAR.match(text)
    if found is None or _NO_EVENT.search(found[1]):
        return None
    clause, rest = found[1], found[2]
    whose = answerer.readings.read(rest).mentions[:1] if clause.startswith(_PASSIVE) else ()
    told = _telling(f"{whose[0].text}{clause}" if whose else clause, answerer)
    years, facts = {year for year, _ in told}, frozenset(f for _, f in told)
    if len(years) != 1:
        return Occasion(clause, "", frozenset())
    year = years.pop()
    return Occasion(clause, f"in {year} {rest}" if text.isascii() else f"{year}年{rest}", facts)


def _telling(clause: str, answerer: Answerer) -> set[tuple[int, int]]:
    """The years in which something happened by the statements that tell of it, each with the number of its fact."""
    asked = f"in which year was it that {clause}?" if clause.isascii() else f"{clause}是哪一年"
    reading = answerer.readings.read(asked)
    outcome = answerer.fresh(reading, NOTHING, NO_CONTEXT)
    if outcome.status != "answered" or not reading.mentions:
        return set()
    near = (f.fact for f in find(reading, answerer.base)[:_NEAR] if answerer.bar.accepts(f, reading))
    return _years(outcome.parts[0].facts) or _years(near)


def _years(facts: Iterable[FactRow]) -> set[tuple[int, int]]:
    """The years of which facts tell by themselves: of those that also hold for a year, and speak of no other."""
    found: set[tuple[int, int]] = set()
    for fact in facts:
        said = {p.year for p in find_periods(fact.zh) if p.year}
        if len(said) == 1 and "/" not in fact.as_of and fact.as_of.startswith(str(*said)):
            found.update((year, fact.f) for year in said)
    return found


def of_other_time(outcome: Outcome, clause: str, answerer: Answerer) -> bool:
    """Whether a figure is told of something that names not what the clause does: it is of nobody knows which year."""
    if outcome.status != "answered" or outcome.reading.asks.isdisjoint(NUMERIC):
        return False
    named = [m.entities for m in answerer.readings.read(clause).mentions]
    return any(f.within.isdisjoint(entities) for f in outcome.leading for entities in named)
