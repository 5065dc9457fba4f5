"""One measure of all things of a kind (the number of models of each city): the figures to choose and rank by."""

from __future__ import annotations

from knowledge.deciding.inquiry import blanked
from knowledge.finding.certainty import Bar
from knowledge.finding.find import find
from knowledge.finding.finding import Finding
from knowledge.finding.judge import explained, in_time
from knowledge.finding.outcome import Figure
from knowledge.finding.probe import Hints
from knowledge.reading.asked import NUMBER_OF
from knowledge.reading.reading import Reading
from knowledge.reckoning.figures import figure_of, of_one_count
from knowledge.reckoning.weigh import outermost
from knowledge.store.base import Base, FactRow
from knowledge.text.numerals import Quantity

_HALF = 0.5
"""Share of a word that a fact has to explain to tell of it."""
_FEW = 2
"""Figures that can be held against one another."""


def of_kind(bar: Bar, reading: Reading, hints: Hints, given: Quantity | None = None) -> list[Figure]:
    """Figures of things of the kind asked for, of the measure that the best finding tells; those that count first.

    A figure that is `given` has their unit, or tells by its unit what is measured.
    """
    base = bar.base
    kinds, plain = _kinds(reading, base), counted(reading, base)
    likely = find(plain, base, hints)
    kinds = kinds or next((_kinds_with(k, base) for f in likely if (k := _measured_of(f, plain, base))), kinds)
    found = (f for f in likely if _measures(f, kinds, given, base))
    relations = dict.fromkeys(f.fact.relation for f in found) or _of_unit(given, base)
    each = [_figures(relation, kinds, plain, given, base) for relation in relations]
    several = (figures for figures in each if len({f.entity for f in figures}) >= _FEW)
    return next(several, next(filter(None, each), []))


def counted(reading: Reading, base: Base) -> Reading:
    """The reading that asks for the figure, without the nouns for those of whom it is asked."""
    kinds = _kinds(reading, base)
    nouns = {NUMBER_OF} | {w.text for w in reading.words if w.has("q") or not kinds.isdisjoint(w.kinds)}
    clues = tuple(c for c in reading.clues if c.text not in nouns)
    if not clues:  # 多少员工 says of what
        asking = {w.text for w in reading.words if "q:number" in w.tags and (w.has("a") or w.has("r"))}
        clues = tuple(c for c in reading.clues if c.text in asking)
    return reading._replace(asks=frozenset({"number"}), kinds=(), clues=clues)


def _kinds(reading: Reading, base: Base) -> frozenset[str]:
    return base.kinds_like(reading.kinds or [k for w in reading.words for k in w.kinds])


def one_of_each(told: list[Figure]) -> list[Figure]:
    """The first figure of each thing."""
    return list({f.entity: f for f in reversed(told)}.values())


def without(reading: Reading, start: int, end: int) -> Reading:
    """The reading without the stretch that says which of them are chosen (超过20个, 前三), and without figures."""
    text = blanked(reading.text, start, end)
    return reading._replace(
        text=text,
        words=tuple(w for w in reading.words if not start <= w.start < end),
        clues=tuple(c for c in reading.clues if c.text in text),
        quantities=(),
    )


def _measured_of(finding: Finding, reading: Reading, base: Base) -> str:
    """The kind of what a finding gives a measure of, '' for what is named itself or holds others."""
    fact = finding.fact
    other = fact.subject not in base.whole and fact.subject not in reading.entities
    return base.entity(fact.subject).kind if fact.measured and other else ""


def _kinds_with(kind: str, base: Base) -> frozenset[str]:
    """The kind, with those that stand beside it where nobody says of what kind they are: cities beside provinces."""
    wholes = {base.entity(e).kind for e in base.whole}
    return base.where - wholes if kind in base.where - wholes else frozenset((kind,))


def _of_unit(given: Quantity | None, base: Base) -> dict[int, None]:
    """The one relation whose figures have the unit of the one given (高于2000米: the height), if only one has."""
    alike = [r.r for r in base.relations if r.unit and given and r.unit == given.unit]
    return dict.fromkeys(alike if len(alike) == 1 else ())


def _figures(
    relation: int, kinds: frozenset[str], reading: Reading, given: Quantity | None, base: Base
) -> list[Figure]:
    """The figures of a measure that are of what the reading names, the newest first, those of one count before all."""
    told = [
        figure
        for fact in map(base.fact, base.facts_with(relation))
        if fact.subject not in reading.entities
        and (figure := _told(fact, kinds, given, base))
        and in_time(fact, reading.periods)
        and all(explained(c, fact.terms) >= _HALF for c in reading.clues)
        and not any(fact.within.isdisjoint(m.entities) for m in reading.mentions)
    ]
    told = [f for f in told if not f.fact.planned] or told
    units = [f.unit for f in told]
    told = [f for f in told if f.unit == units[0]]
    told.sort(key=lambda f: f.fact.as_of, reverse=True)
    counted = _newest_count(told) if base.relations[relation].family else told
    of_these = set(outermost(base, {f.entity: None for f in counted}))
    counted = [f for f in counted if f.entity in of_these]
    return [*counted, *(f for f in told if f not in counted and f.entity in of_these)]


def _told(fact: FactRow, kinds: frozenset[str], given: Quantity | None, base: Base) -> Figure | None:
    """The figure of something of the kinds asked for that may be held against the one given."""
    figure = figure_of(fact, fact.subject) if fact.measured else None
    if figure is None or base.entity(fact.subject).kind not in kinds or base.relations[fact.relation].value == "text":
        return None
    alike = given is None or (figure.share == given.is_share and given.unit in ("", figure.unit))
    return figure if alike else None


def _measures(finding: Finding, kinds: frozenset[str], given: Quantity | None, base: Base) -> bool:
    """Whether a finding tells the measure asked for of something of the kind asked for, and no word is left."""
    if finding.names.topics or not finding.dated or finding.missing:
        return False
    return _told(finding.fact, kinds, given, base) is not None


def _newest_count(told: list[Figure]) -> list[Figure]:
    """Of figures, the newest first, those that one party counted at one time; of several counts the newest of two."""
    counts: list[list[Figure]] = []
    for figure in told:
        for count in counts:
            if of_one_count([count[0]._replace(bound=""), figure._replace(bound="")]):
                count.append(figure)
                break
        else:
            counts.append([figure])
    return next((count for count in counts if len({f.entity for f in count}) >= _FEW), counts[0] if counts else [])
