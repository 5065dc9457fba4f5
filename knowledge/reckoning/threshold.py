"""Which of several lie above or below a figure (哪些城市的大模型超过10个): each figure is held against it."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from knowledge.deciding.apiece import WEIGHING
from knowledge.finding.certainty import Bar
from knowledge.finding.outcome import Figure, Part, part_for
from knowledge.finding.probe import Hints
from knowledge.reading.asked import CHECKING, CHOOSING
from knowledge.reading.reading import Reading
from knowledge.reckoning.figures import EXACT
from knowledge.reckoning.lineup import counted, of_kind, one_of_each, without
from knowledge.reckoning.topmost import top_asked
from knowledge.reckoning.weigh import compared, figures_of
from knowledge.store.base import FactRow
from knowledge.text.numerals import Quantity
from knowledge.text.patterns import pattern

_COUNTERS = frozenset("个家款项座所位名人")
"""Units that count things."""
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
_JUST = pattern(
    r"(?:(?:恰好|刚好|正好|恰恰|刚刚好|不多不少|不多也不少|只|仅)[就也]?(?:[是为有]|等于)?|都是|数[量目]?[为是]|等于"
    r"|\b(?:exactly|just|precisely)) ?$"
)
_BEFORE = ((_AT_MOST, "<="), (_BELOW, "<"), (_AT_LEAST, ">="), (_ABOVE, ">"), (_JUST, "="))
"""What stands before a figure, and where that is to lie; the first that fits counts."""
_CLASSIFIER = "[个家款项座所种条位名人元米张公里]{0,2}"
_OR_MORE = pattern(rf" ?{_CLASSIFIER}[及或]?(?:以上|更多)")
_OR_LESS = pattern(rf" ?{_CLASSIFIER}[及或]?(?:以下|以内|更少)")
_BEHIND = ((_OR_MORE, ">="), (_OR_LESS, "<="))
_LONGEST = 16
"""Characters of the words that compare."""
_CHOOSING = CHOOSING | {"number"}
"""Types of answer that choose some of several, or count them."""
_OTHERWISE = CHECKING | (WEIGHING - {"compare"}) | {"growth"}
"""Intents of questions in which a figure is no such limit."""
_FIRST = frozenset({"most"})
_FEW = 2
"""Things named that are chosen from."""


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
    if not reading.quantities or reading.asks.isdisjoint(_CHOOSING):
        return None
    top = top_asked(reading)
    given = [q for q in reading.quantities if top is None or not top.start <= q.start < top.end]
    if len(given) != 1 or (reading.intents - _FIRST if top else reading.intents) & _OTHERWISE:
        return None
    figure = given[0]
    start = reading.text.find(figure.text, figure.start)
    for words, sides in _BEFORE:
        if found := words.search(reading.text, max(0, start - _LONGEST), start):
            return Limit(figure, sides, found.start())
    behind = start + len(figure.text)
    return next((Limit(figure, sides, start) for words, sides in _BEHIND if words.match(reading.text, behind)), None)


def states(fact: FactRow, limit: Limit) -> bool:
    """Whether a fact states a figure of that unit on the side asked for, or says of something that it lies there."""
    given = limit.figure
    # 参数不到10亿 is of no 122家
    same = [q for q in fact.quantities if q.unit == given.unit or not (given.unit or q.unit in _COUNTERS)]
    alike = (q for q in same if q.is_share == given.is_share)
    return says_limit(fact, limit) or any(limit.met_by(q.value, q.bound) for q in alike)


def says_limit(fact: FactRow, limit: Limit) -> bool:
    """Whether a fact itself says of something that it lies on that side of that very figure."""
    given = limit.figure
    same = (q for q in fact.quantities if (q.value, q.is_share) == (given.value, given.is_share))
    same = (q for q in same if q.unit == given.unit or not (q.unit and given.unit))  # 不到10天 is no 不到10个
    return any(q.bound in limit.sides and q.bound not in EXACT for q in same)


def selected(bar: Bar, reading: Reading, limit: Limit, hints: Hints) -> Part | None:
    """Those whose figure is on the side asked for, largest first; None if no comparable figures are known.

    Figures of the same things that other parties, or other times, put elsewhere stand beside them.
    """
    plain = _without(reading, limit)
    top = top_asked(plain)
    plain = without(plain, top.start, top.end)._replace(intents=plain.intents - _FIRST) if top else plain
    group = compared(bar, plain)
    told = (
        figures_of(bar, counted(plain, bar.base), hints, group)
        if len(group) >= _FEW
        else of_kind(bar, plain, hints, limit.figure)
    )
    if top and (told := _first_of(told, top.many)) == []:
        return None
    met = sorted((f for f in one_of_each(told) if limit.met_by(f.value, f.bound)), key=lambda f: f.value, reverse=True)
    if not met or limit.figure.is_share != met[0].share:
        return None
    named = {f.entity for f in met}
    beside = tuple(f.fact for f in told if f.entity in named and not limit.met_by(f.value, f.bound))
    facts = tuple(dict.fromkeys(f.fact for f in met))
    if len(met) == 1 and "number" not in reading.asks:
        return part_for(reading, "facts", facts, others=beside)
    return part_for(reading, "filter", facts, figures=tuple(met), others=beside)


def _first_of(told: list[Figure], many: int) -> list[Figure]:
    """The figures of the first so many (排前四的里面); none where as many are not known."""
    ranked = sorted(one_of_each(told), key=lambda f: f.value, reverse=True)
    first = {f.entity for f in ranked[:many]}
    return [f for f in told if f.entity in first] if len(first) == many else []


def _without(reading: Reading, limit: Limit) -> Reading:
    """The reading without the figure and the words that compare."""
    start, end = limit.start, limit.figure.end
    behind = _OR_MORE.match(reading.text, end) or _OR_LESS.match(reading.text, end)
    end = behind.end() if behind else end
    return without(reading, start, end)._replace(intents=reading.intents - {"negation", "still"}, units=frozenset())
