"""What the names of a kind of thing end with (线 of 海岚线 and 北岭线): after 哪条 it is a noun for the kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from knowledge.store.records import Entity
from knowledge.text.patterns import is_han

_SIZES = (1, 2, 3)
_FEW = 3
"""So many names at least make a habit."""
_MOST = 0.6
"""Share of the names of a kind that end so."""


def heads(entities: Iterable[Entity]) -> dict[str, list[str]]:
    """The endings that most Chinese names of a kind share, and the kinds of which each is one."""
    names: dict[str, list[str]] = defaultdict(list)
    for entity in entities:
        if entity.name.zh and is_han(entity.name.zh[-1]):
            names[entity.kind].append(entity.name.zh)
    found: dict[str, list[str]] = {}
    for kind, own in sorted(names.items()):
        endings = Counter(name[-size:] for name in own for size in _SIZES if len(name) > size)
        for ending, count in endings.items():
            if count >= max(_FEW, _MOST * len(own)) and all(map(is_han, ending)):
                found.setdefault(ending, []).append(kind)
    return found
