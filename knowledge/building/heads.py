"""What names are made of: how those of a kind end (线 of 海岚线 and 北岭线), and the titles of documents."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from knowledge.store.records import Entity
from knowledge.text.fold import Tables
from knowledge.text.patterns import is_han, pattern

_SIZES = (1, 2, 3)
_FEW = 3
"""So many names at least make a habit."""
_MOST = 0.6
"""Share of the names of a kind that end so."""
_OPENING = "《"
_REMARK = pattern(r"[(（][^()（）]*[)）]|\d[\d年度—–-]*$")
_LONG = 8
"""Characters of a title of which people leave out parts."""


def name_parts(entities: Sequence[Entity], tables: Tables, variants: Iterable[tuple[str, ...]]) -> dict[str, str]:
    """What a base keeps of its names beside their spellings: its name there → JSON."""
    parts = {"heads": heads(entities), "titles": document_titles(entities, tables, variants)}
    return {name: json.dumps(one, ensure_ascii=False) for name, one in parts.items()}


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


def document_titles(
    entities: Iterable[Entity], tables: Tables, variants: Iterable[tuple[str, ...]]
) -> list[tuple[str, int]]:
    """The folded titles that stand in 《》, without years and remarks, and the numbers of their entities."""
    found: list[tuple[str, int]] = []
    pairs = [pair for pair in variants if is_han(pair[0][0])]
    for number, entity in enumerate(entities):
        if not entity.name.zh.startswith(_OPENING):
            continue
        title = tables.fold(_REMARK.sub("", entity.name.zh).strip("《》").lstrip("0123456789年"))
        spelt = {title, *(title.replace(pair[0], pair[1]) for pair in pairs)}
        found += [(one, number) for one in sorted(spelt) if len(one) >= _LONG]
    return found
