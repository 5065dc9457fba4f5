"""A statement's breakdown: pairs of label and figure in its value (基础层8.13%、技术层17.29%), all of one measure."""

from __future__ import annotations

from typing import NamedTuple

from knowledge.finding.outcome import Figure
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.numerals import find_quantities
from knowledge.text.patterns import pattern

_ITEMS = pattern("[、，,；;]")
_LABEL = pattern(r"\s*[\w《》“”·]*[^\W\d]\s*[:：为是占有]?\s*$")
_EDGE = " :：为是占有"
_LEAST = 2
"""Rows of a breakdown."""
_CALLED = 2
"""Characters of a label that is met in a question by chance no more."""


class Row(NamedTuple):
    """One pair of a breakdown."""

    label: str
    """Folded."""
    figure: Figure


class Term(NamedTuple):
    """A figure to calculate with, and where in the question it is asked for."""

    start: int
    figure: Figure


def breakdown(f: int, base: Base) -> tuple[Row, ...]:
    """The pairs of a fact, none if its value is anything else. To be called through `Base.remembered`."""
    fact = base.fact(f)
    rows: list[Row] = []
    start = 0
    for item in (*_ITEMS.finditer(fact.value), None):
        end = item.start() if item else len(fact.value)
        row = _row(fact, start, end, base)
        if row is None:
            return ()
        rows.append(row)
        start = item.end() if item else end
    alike = len({(r.figure.unit, r.figure.share) for r in rows}) == 1
    return tuple(rows) if alike and len(rows) >= _LEAST else ()


def _row(fact: FactRow, start: int, end: int, base: Base) -> Row | None:
    text = fact.value[start:end]
    found = find_quantities(text)
    if len(found) != 1 or text[found[0].end :].strip() or not _LABEL.match(text[: found[0].start]):
        return None
    q = found[0]
    label = text[: q.start].strip(_EDGE)
    if not label:
        return None
    hant = fact.value_hant if len(fact.value_hant) == len(fact.value) else fact.value
    at = start + text.index(label)
    shown = label, hant[at : at + len(label)]
    figure = (fact.value[start + q.start : end].strip(), hant[start + q.start : end].strip())
    own = Figure(fact.subject, fact, q.value, q.unit, q.is_share, q.bound, label=shown, text=figure)
    return Row(base.tables.fold(label), own)


def named_rows(fact: FactRow, reading: Reading, base: Base) -> list[Term]:
    """The rows that a question names, by label or figure, in its order."""
    terms = []
    given = list(reading.quantities)
    rows = base.remembered(breakdown)(fact.f)
    places = [reading.text.find(row.label) if len(row.label) >= _CALLED else -1 for row in rows]
    # 三个城市 after three of them counts what is named, and no row
    counted = {len(reading.things(base)), sum(at >= 0 for at in places)}
    for row, at in zip(rows, places, strict=True):
        same = [q for q in given if (q.value, q.is_share) == (row.figure.value, row.figure.share)]
        behind = [q for q in same if (q.value not in counted if at < 0 else 0 <= q.start - at - len(row.label) <= 1)]
        if behind:  # a figure stands for one row only
            given.remove(behind[0])
            at = behind[0].start if at < 0 else at
        if at >= 0:
            terms.append(Term(at, row.figure))
    return sorted(terms, key=lambda t: t.start)
