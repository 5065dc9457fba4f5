"""Units of a pack's values: figures of one relation are added and subtracted only where they are counted alike."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.building.evidence import fold
from knowledge.store.records import Pack
from knowledge.text.numerals import find_quantities

_COUNTED = frozenset({"number", "amount", "duration"})


def odd_units(pack: Pack) -> Iterator[str]:
    """A line for each fact whose value is in another unit than its relation's, or alone has none."""
    relations = {r.id: r for r in pack.relations if r.unit and r.value in _COUNTED}
    units = {id_: fold(r.unit) for id_, r in relations.items()}
    kept = {f.relation for f in pack.facts if f.relation in units and units[f.relation] in fold(f.value)}
    for fact in pack.facts:
        value = fold(fact.value)
        unit = units.get(fact.relation)
        if unit is None or unit in value:
            continue
        figures = find_quantities(value)
        other = any(q.unit and not q.is_share for q in figures)
        bare = len(figures) == 1 and figures[0].end == len(value) and not figures[0].is_share
        if other or (bare and fact.relation in kept):
            yield f"unit {fact.id}: {fact.value}, but {fact.relation} counts in {relations[fact.relation].unit}"
