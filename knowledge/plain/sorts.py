"""Of what sort a name is, by what else is known of it: names of one sort have the same predicates."""

from __future__ import annotations

from knowledge.plain.base import Name, PlainBase

_MOST = 20.0
"""More in common adds nothing."""


def alike(base: PlainBase, name: Name, r: int) -> float | None:
    """How much a name has in common with others that have a predicate, 0 to 20: their other predicates, rare ones most.

    None if no other has it.
    """
    bearers = base.bearers(r)
    own = name.e in bearers.names
    others = len(bearers.names) - own
    if not others:
        return None
    shared, most = 0.0, base.log_names
    for other, rarity in base.ways(name).rarities:
        if other in bearers.counts and other != r and rarity + most > 0:
            shared += (bearers.counts[other] - own) * (rarity + most)
    return min(shared / others, _MOST)
