"""Compare and calculate with figures: rank, difference, sum, ratio. Facts are compared, never strings."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from knowledge.base import FactRow
from knowledge.find import find
from knowledge.judge import Finding, Hints, in_time
from knowledge.outcome import Figure, Part
from knowledge.reading import Reading

if TYPE_CHECKING:
    from knowledge.ask import Asker

_BEHIND = 3.0
_SAID = 0.3
_SHOWN = 5
_NUMERIC = ("number", "amount", "share", "duration")


def figure_of(fact: FactRow, entity: int) -> Figure | None:
    """The figure that a fact states first, or None."""
    if not fact.quantities:
        return None
    q = fact.quantities[0]
    return Figure(entity, fact, q.value, q.unit, q.is_share, q.bound)


def calculate(asker: Asker, reading: Reading, hints: Hints) -> Part | None:
    """A part that compares or calculates, if the question asks for it and comparable figures are there."""
    wanted = reading.intents & {"difference", "sum", "ratio", "most", "least", "compare"}
    if not wanted:
        return None
    figures = _figures_of_each(asker, reading, hints)
    if len(figures) < 2:
        return None
    if "difference" in wanted and len(figures) == 2:
        return _part("difference", reading, figures, abs(figures[0].value - figures[1].value))
    if "ratio" in wanted and len(figures) == 2 and figures[1].value:
        return _part("ratio", reading, figures, figures[0].value / figures[1].value)
    if "sum" in wanted and reading.asks & {"number", "amount", "share"} and not figures[0].share:
        return _part("sum", reading, figures, sum((f.value for f in figures), Decimal(0)))
    return ranking(figures, reading)


def ranking(figures: list[Figure], reading: Reading) -> Part | None:
    """The figures in order, largest first (smallest first where the least is asked for)."""
    ordered = sorted(figures, key=lambda f: f.value, reverse="least" not in reading.intents)
    return _part("rank", reading, ordered, None)


def superlative(asker: Asker, reading: Reading, findings: list[Finding]) -> Part | None:
    """哪座小屋最高: all figures of one measure in order, unless a fact states the answer."""
    wanted = reading.intents & {"most", "least"}
    if not wanted or not reading.kinds or not findings or reading.asks & {"reason", "how"}:
        return None
    base = asker.base
    best = next((f for f in findings if f.fact.measured and f.dated), None)
    if (
        best is None
        or best.score < findings[0].score - _BEHIND
        or (best.own + best.cued + best.told < _SAID and not best.cue_hit)
    ):
        return None
    kinds = frozenset().union(*(base.alike.get(k, frozenset({k})) for k in reading.kinds))
    figures: dict[int, Figure] = {}
    for number in base.facts_with(best.fact.relation):
        fact = base.fact(number)
        figure = figure_of(fact, fact.subject)
        if not fact.measured or figure is None or base.entity(fact.subject).kind not in kinds:
            continue
        if figure.share != best.fact.quantities[0].is_share or not in_time(fact, reading.periods):
            continue
        if figure.bound not in ("", "~"):
            return None  # 超过百亿 may be the most or not
        known = figures.get(fact.subject)
        if known is None or fact.as_of > known.fact.as_of:
            figures[fact.subject] = figure
    if len(figures) < 3:
        return None
    ordered = sorted(figures.values(), key=lambda f: f.value, reverse="least" not in wanted)
    return _part("rank", reading, ordered[: reading.wanted or _SHOWN], None)


def _part(kind: str, reading: Reading, figures: list[Figure], result: Decimal | None) -> Part:
    return Part(
        kind,
        tuple(f.fact for f in figures),
        figures=tuple(figures),
        result=result,
        asks=reading.asks,
        understood=tuple((m.text, m.entities[0]) for m in reading.mentions if m.how != "exact"),
        named=frozenset(e for m in reading.mentions for e in m.entities),
    )


def _figures_of_each(asker: Asker, reading: Reading, hints: Hints) -> list[Figure]:
    """One figure for each of the entities compared: the same relation, the same sort, dates that agree if they can."""
    base = asker.base
    groups: dict[str, list[int]] = {}
    for index, mention in enumerate(reading.mentions):
        entity = base.entity(mention.entities[0])
        if entity.kind not in base.topics:
            groups.setdefault(entity.kind, []).append(index)
    group = max(groups.values(), key=len, default=[])
    if len(group) < 2:
        return []
    relaxed = replace(reading, clues=tuple(c for c in reading.clues), asks=frozenset({"number"}), kinds=())
    found: list[list[FactRow]] = []
    for index in group:
        kept = tuple(m for i, m in enumerate(reading.mentions) if i == index or i not in group)
        alone = replace(relaxed, mentions=kept)
        facts = [
            f.fact
            for f in find(alone, base, hints)[:8]
            if asker.accepts(f, alone, hints)
            and base.relations[f.fact.relation].value in _NUMERIC
            and f.fact.subject in reading.mentions[index].entities
        ]
        if not facts:
            return []
        found.append(facts)
    for first in _newest_first(found[0]):
        chosen = [first]
        for others in found[1:]:
            same = [
                f
                for f in others
                if f.relation == first.relation and f.quantities[0].is_share == first.quantities[0].is_share
            ]
            same.sort(key=lambda f: f.as_of, reverse=True)
            same.sort(key=lambda f: f.as_of != first.as_of)
            if not same:
                break
            chosen.append(same[0])
        if len(chosen) == len(found):
            pairs = zip(chosen, group, strict=True)
            figures = [figure_of(f, reading.mentions[i].entities[0]) for f, i in pairs]
            return [f for f in figures if f]
    return []


def _newest_first(facts: list[FactRow]) -> list[FactRow]:
    """In the order found, but of one measure the newest figure first."""
    rank = {f.relation: n for n, f in reversed(list(enumerate(facts)))}
    newest = sorted(facts, key=lambda f: f.as_of, reverse=True)
    return sorted(newest, key=lambda f: rank[f.relation])
