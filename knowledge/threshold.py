"""Which of several lie above or below a figure (哪些城市的大模型超过10个): each figure is held against it."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from knowledge.base import Base, FactRow
from knowledge.certainty import Bar
from knowledge.find import find
from knowledge.finding import Finding
from knowledge.judge import explained, in_time
from knowledge.lexicon import kinds_in
from knowledge.numerals import Quantity
from knowledge.outcome import Figure, Part, part_for
from knowledge.patterns import pattern
from knowledge.probe import Hints
from knowledge.reading import Reading
from knowledge.weigh import EXACT, compared, figure_of, figures_of, of_one_count

_AT_MOST = pattern(
    r"(?:[没未不]有?(?:超过?|多[于过]|高[于过]|大于|破|突破)|最多|至多"
    r"|\b(?:at most|up to|no more than|not more than|not exceed\w*)) ?$"
)
_BELOW = pattern(
    r"(?:[没未不]有?(?:达到?|到|满|足|够)|(?<!不)[少小低][于过]"
    r"|\b(?:below|under|fewer than|less than|lower than|smaller than)) ?$"
)
_AT_LEAST = pattern(r"(?:不[少低]于|至少|起码|达到?了?|\b(?:at least|no fewer than|no less than)) ?$")
_ABOVE = pattern(
    r"(?:超过?了?|[多大高][于过]了?|逾|突破了?|迈过了?|[破过]了?"
    r"|\b(?:above|over|more than|greater than|higher than|larger than|exceed\w*)) ?$"
)
_JUST = pattern(r"(?:恰好|刚好|正好|只有|都是|数[量目]?[为是]|等于|\b(?:exactly|just)) ?$")
_BEFORE = ((_AT_MOST, "<="), (_BELOW, "<"), (_AT_LEAST, ">="), (_ABOVE, ">"), (_JUST, "="))
"""What stands before a figure, and where that is to lie; the first that fits counts."""
_CLASSIFIER = "[个家款项座所种条位名人元米张公里]{0,2}"
_OR_MORE = pattern(rf" ?{_CLASSIFIER}[及或]?(?:以上|更多)")
_OR_LESS = pattern(rf" ?{_CLASSIFIER}[及或]?(?:以下|以内|更少)")
_BEHIND = ((_OR_MORE, ">="), (_OR_LESS, "<="))
_LONGEST = 16
"""Characters of the words that compare."""
_CHOSEN = frozenset({"which", "list", "place", "person", "number", "name"})
_CHECKED = frozenset({"verify", "conflict", "difference", "ratio", "sum", "growth", "most", "least"})
_HALF = 0.5
_FEW = 2


class Limit(NamedTuple):
    """A figure beside which something is asked to lie."""

    figure: Quantity
    sides: str
    """Where: some of > (above), < (below) and = (just there)."""
    start: int
    """Where the words that compare begin."""

    def met_by(self, value: Decimal, bound: str = "") -> bool:
        """Whether a figure is known to lie there; a mere bound (超过10) is above or below what it gives."""
        given = self.figure.value
        if bound in EXACT:
            return (">" if value > given else "<" if value < given else "=") in self.sides
        return bound in self.sides and (value == given or (bound == ">") == (value > given))


def limit_asked(reading: Reading) -> Limit | None:
    """The figure beside which something is asked for, None if none is."""
    if len(reading.quantities) != 1 or reading.asks.isdisjoint(_CHOSEN) or reading.intents & _CHECKED:
        return None
    figure = reading.quantities[0]
    start = reading.text.find(figure.text, figure.start)
    for words, sides in _BEFORE:
        if found := words.search(reading.text, max(0, start - _LONGEST), start):
            return Limit(figure, sides, found.start())
    behind = start + len(figure.text)
    return next((Limit(figure, sides, start) for words, sides in _BEHIND if words.match(reading.text, behind)), None)


def states(fact: FactRow, limit: Limit) -> bool:
    """Whether a fact states a figure of that unit on the side asked for, or says of something that it lies there."""
    given = limit.figure
    alike = (q for q in fact.quantities if q.is_share == given.is_share and (q.unit == given.unit or not given.unit))
    return says_limit(fact, limit) or any(limit.met_by(q.value, q.bound) for q in alike)


def says_limit(fact: FactRow, limit: Limit) -> bool:
    """Whether a fact itself says of something that it lies on that side of that very figure."""
    given = limit.figure
    same = (q for q in fact.quantities if (q.value, q.is_share) == (given.value, given.is_share))
    return any(q.bound in limit.sides and q.bound not in EXACT for q in same)


def selected(bar: Bar, reading: Reading, limit: Limit, hints: Hints) -> Part | None:
    """Those whose figure is on the side asked for, largest first; None if no comparable figures are known.

    Figures of the same things that other parties, or other times, put elsewhere stand beside them.
    """
    plain = _without(reading, limit)
    group = compared(bar, plain)
    told = figures_of(bar, plain, hints, group) if len(group) >= _FEW else _of_kind(bar, plain, limit, hints)
    figures = list({f.entity: f for f in reversed(told)}.values())
    met = sorted((f for f in figures if limit.met_by(f.value, f.bound)), key=lambda f: f.value, reverse=True)
    if not met or limit.figure.is_share != met[0].share:
        return None
    named = {f.entity for f in met}
    beside = tuple(f.fact for f in told if f.entity in named and not limit.met_by(f.value, f.bound))
    facts = tuple(dict.fromkeys(f.fact for f in met))
    if len(met) == 1 and "number" not in reading.asks:
        return part_for(reading, "facts", facts, others=beside)
    return part_for(reading, "filter", facts, figures=tuple(met), others=beside)


def _without(reading: Reading, limit: Limit) -> Reading:
    """The reading without the figure and the words that compare."""
    start, end = limit.start, limit.figure.end
    behind = _OR_MORE.match(reading.text, end) or _OR_LESS.match(reading.text, end)
    end = behind.end() if behind else end
    kept = reading.text[:start] + " " * (end - start) + reading.text[end:]
    words = tuple(w for w in reading.words if not start <= w.start < end)
    return reading._replace(
        text=kept,
        quantities=(),
        clues=tuple(c for c in reading.clues if c.text in kept),
        words=words,
        intents=reading.intents - {"negation", "still"},
        units=frozenset(),
    )


def _of_kind(bar: Bar, reading: Reading, limit: Limit, hints: Hints) -> list[Figure]:
    """Figures of things of the kind asked for, of the measure that the best finding tells; those that count first."""
    base = bar.base
    kinds = base.kinds_like(reading.kinds or [k for w in reading.words for k in kinds_in(w.tags)])
    nouns = {w.text for w in reading.words if w.has("q") or not kinds.isdisjoint(kinds_in(w.tags))}
    clues = tuple(c for c in reading.clues if c.text not in nouns)
    plain = reading._replace(asks=frozenset({"number"}), kinds=(), clues=clues)
    found = (f for f in find(plain, base, hints) if _measures(f, kinds, limit, base))
    relations = dict.fromkeys(f.fact.relation for f in found) or _of_unit(limit, base)
    each = [_figures(relation, kinds, plain, limit, base) for relation in relations]
    several = (figures for figures in each if len({f.entity for f in figures}) >= _FEW)
    return next(several, next(filter(None, each), []))


def _of_unit(limit: Limit, base: Base) -> dict[int, None]:
    """The one relation whose figures have the unit of the limit (高于2000米: the height), if only one has."""
    alike = [r.r for r in base.relations if r.unit and r.unit == limit.figure.unit]
    return dict.fromkeys(alike if len(alike) == 1 else ())


def _figures(relation: int, kinds: frozenset[str], reading: Reading, limit: Limit, base: Base) -> list[Figure]:
    """The figures of a measure that are of what the reading names, the newest first, those of one count before all."""
    told = [
        figure
        for fact in map(base.fact, base.facts_with(relation))
        if fact.subject not in reading.entities
        and (figure := _told(fact, kinds, limit, base))
        and in_time(fact, reading.periods)
        and all(explained(c, fact.terms) >= _HALF for c in reading.clues)
        and not any(fact.within.isdisjoint(m.entities) for m in reading.mentions)
    ]
    units = [f.unit for f in told]
    told = [f for f in told if f.unit == units[0]]
    told.sort(key=lambda f: f.fact.as_of, reverse=True)
    counted = _of_one_count(told) if base.relations[relation].family else told
    of_these = {f.entity for f in counted}
    return [*counted, *(f for f in told if f not in counted and f.entity in of_these)]


def _told(fact: FactRow, kinds: frozenset[str], limit: Limit, base: Base) -> Figure | None:
    """The figure of something of the kinds asked for that may be held against the limit."""
    figure = figure_of(fact, fact.subject) if fact.measured else None
    if figure is None or base.entity(fact.subject).kind not in kinds or figure.share != limit.figure.is_share:
        return None
    return figure if limit.figure.unit in ("", figure.unit) else None


def _measures(finding: Finding, kinds: frozenset[str], limit: Limit, base: Base) -> bool:
    """Whether a finding tells the measure asked for of something of the kind asked for, and no word is left."""
    if finding.names.topics or not finding.dated or finding.missing:
        return False
    return _told(finding.fact, kinds, limit, base) is not None


def _of_one_count(told: list[Figure]) -> list[Figure]:
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
