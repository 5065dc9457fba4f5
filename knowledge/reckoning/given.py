"""Two figures that a question gives itself (从4000卡到16000卡是几倍): what they come to, where statements hold both."""

from __future__ import annotations

from itertools import product

from knowledge.deciding.verify import Verifier
from knowledge.finding.judge import explained
from knowledge.finding.outcome import Figure, Part
from knowledge.reading.asked import CHECKING, NUMERIC
from knowledge.reading.reading import Reading
from knowledge.reckoning.counts import come_to, relaxed, worked_part
from knowledge.store.base import Base, FactRow
from knowledge.text.numerals import Quantity, find_quantities
from knowledge.text.patterns import pattern

_PAIR = 2
_HALF = 0.5
"""Share of what else a question says that the statements have to tell together."""
_TO = pattern("从.*[到至]|由.*[增升扩涨变]|[增升扩涨翻变][到至成为]")
"""The second figure is what the first became."""
_NEAR = 6
"""Characters between a name and a figure of it."""
_SUMMED = frozenset({"sum", "rest", "except", "others"})


def of_given(desk: Verifier, reading: Reading) -> Part | None:
    """The share, multiple or difference of two figures given, each as a statement on what is named gives it."""
    given = list({q.value: q for q in reading.quantities if not q.is_share and q.value > 1}.values())
    if len(given) != _PAIR or not reading.asks or not reading.asks <= NUMERIC or reading.intents & (CHECKING | _SUMMED):
        return None
    kind = _kind(reading)
    facts = [desk.base.fact(f) for e in desk.readings.named(reading) for f in desk.base.facts_of(e)] if kind else []
    held = [[f for f in dict.fromkeys(facts) if _holds(f, q)] for q in given]
    pairs = sorted(product(*held), key=lambda pair: _apart(*pair))
    if not pairs or _apart(*pairs[0]) == _UNLIKE or not _tell(pairs[0], reading):
        return None
    figures = [_figure(f, q, reading, desk.base) for f, q in zip(pairs[0], given, strict=True)]
    if figures[0].unit and figures[1].unit and figures[0].unit != figures[1].unit:
        return None
    less, more = sorted(figures, key=lambda f: f.value)
    if kind == "share":
        return worked_part("share", reading, [less, more], less.value / more.value)
    if kind == "ratio":
        first, second = (more, less) if _TO.search(reading.text) else figures
        return come_to("ratio", reading, [first, second])
    return come_to("difference", reading, figures)


def _kind(reading: Reading) -> str:
    if "share" in reading.asks:
        return "share"
    if "ratio" in reading.intents:
        return "ratio"
    return "difference" if reading.intents & {"difference", "growth"} else ""


def _holds(fact: FactRow, given: Quantity) -> bool:
    """Whether a fact has a figure given, in the unit given if one is."""
    return any(q.value == given.value and not q.is_share and _alike(q.unit, given.unit) for q in fact.quantities)


def _alike(unit: str, given: str) -> bool:
    return not given or not unit or unit == given or unit.endswith(given) or given.endswith(unit)


_UNLIKE = 9
"""Two statements of two articles, or of two times: their figures are not set against each other."""


def _apart(first: FactRow, second: FactRow) -> int:
    """How far apart two statements are: one statement, one paragraph, one article."""
    if first == second:
        return 0
    if first.citations[0] == second.citations[0]:
        return 1 + (not (first.measured and second.measured))
    if not (first.measured and second.measured):
        return _UNLIKE
    return 3 if first.citations[0].article == second.citations[0].article else 4 if _is_pair(first, second) else _UNLIKE


def _is_pair(first: FactRow, second: FactRow) -> bool:
    """Whether two statements give a sum of money, or each the same measure, of two things."""
    units = {f.quantities[0].unit for f in (first, second)}
    return first.subject != second.subject and (first.relation == second.relation or len(units) == 1)


def _tell(pair: tuple[FactRow, ...], reading: Reading) -> bool:
    """Whether the statements tell half of what the question says besides."""
    terms = frozenset().union(*[f.terms for f in pair])
    clues = [c for c in relaxed(reading).clues if not c.light and not c.text[0].isdigit()]
    told = sum(c.weight for c in clues if explained(c, terms) >= _HALF)
    return told >= _HALF * sum(c.weight for c in clues)


def _beside(given: Quantity, reading: Reading, base: Base) -> list[int]:
    """What a figure may be of: what is named shortly before it, else what is counted by it."""
    before = [m for m in reading.mentions if 0 <= given.start - m.end <= _NEAR and m.entities[0] not in base.generic]
    behind = [m for m in reading.mentions if m.start == given.end]
    return [m.entities[0] for m in (*reversed(before), *behind)]


def _figure(fact: FactRow, given: Quantity, reading: Reading, base: Base) -> Figure:
    """A figure of a fact, as its value or its statement writes it, of what stands before it in the question."""
    own = next(q for q in fact.quantities if q.value == given.value and not q.is_share)
    of = next((e for e in _beside(given, reading, base) if e in fact.entities), fact.subject)
    text = _written(given, fact.value, fact.value_hant) or _written(given, fact.zh, fact.hant) or (given.text,) * 2
    return Figure(of, fact, own.value, own.unit, False, "", text=text)


def _written(given: Quantity, text: str, hant: str) -> tuple[str, str] | None:
    """How a figure is written there, in zh-Hans and zh-Hant."""
    found = next((q for q in find_quantities(text) if q.value == given.value), None)
    return (text[found.start : found.end], hant[found.start : found.end]) if found else None
