"""Words that ask for something of a sort (哪个学院), and those of which a statement on it has one (学院)."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from knowledge.text.patterns import pattern, stands_apart

_GAP = r"[^,，。?？]{0,40}?"
"""Some other words of the same clause."""
_OPENING = 2
"""Characters by which the words that ask are told apart at first; of 去*干什么 there is but one before the others."""
_BETWEEN = "\n"
_KEPT = 4096
"""Texts of which it is kept what they ask for: each is looked at several times."""


class _Asking(NamedTuple):
    """Words that begin alike and ask for one of a sort."""

    rows: dict[str, set[int]]
    """A word → the numbers of its sorts."""
    lengths: set[int]
    """The lengths of these words."""
    parted: list[tuple[int, str, re.Pattern[str]]]
    """Number of a sort, and a word for it that has others in between: how it ends, and its pattern."""

    def asked(self, text: str, start: int) -> set[int]:
        """The sorts that are asked for by a word that begins there."""
        found = {row for row, end, word in self.parted if end in text and word.match(text, start)}
        for end in map(start.__add__, self.lengths):
            rows = self.rows.get(text[start:end])
            if rows and (not text[start:end].isascii() or stands_apart(text, start, end)):
                found |= rows
        return found


class Sorts:
    """The words of all sorts, by how they begin; those of one beginning are prepared when a question has it."""

    def __init__(self, openings: dict[str, str], told: list[str]) -> None:
        self._openings = openings
        self._told = told
        self._asking = cache(self._prepared)
        self._asked = lru_cache(_KEPT)(self._found)

    def asked(self, text: str) -> frozenset[int]:
        """The numbers of the sorts of which a folded text asks for one."""
        return self._asked(text)

    def told(self, sort: int) -> list[str]:
        """The folded words of which a statement on a sort has one."""
        return self._told[sort].split(_BETWEEN)

    def _found(self, text: str) -> frozenset[int]:
        near = ((start, text[start : start + n]) for start in range(len(text)) for n in range(1, _OPENING + 1))
        return frozenset[int]().union(
            *(self._asking(some).asked(text, start) for start, some in near if some in self._openings)
        )

    def _prepared(self, opening: str) -> _Asking:
        asking = _Asking({}, set(), [])
        lines = iter(self._openings[opening].split(_BETWEEN))
        for sort, word in zip(map(int, lines), lines, strict=True):
            if "*" in word:
                asking.parted.append((sort, word.rpartition("*")[2], pattern(_parted(word))))
            else:
                asking.rows.setdefault(word, set()).add(sort)
                asking.lengths.add(len(word))
        return asking


def dump_sorts(rows: Sequence[tuple[list[str], list[str]]]) -> str:
    """Sorts as they stand in a base: the folded words that ask for each, and those that tell one.

    They are few strings, which load ten times as fast as many lists.
    """
    openings: defaultdict[str, list[str]] = defaultdict(list)
    for sort, (asked, _) in enumerate(rows):
        for word in asked:
            openings[word.partition("*")[0][:_OPENING]] += (str(sort), word)
    told = [_BETWEEN.join(words) for _, words in rows]
    return json.dumps([{some: _BETWEEN.join(lines) for some, lines in openings.items()}, told], ensure_ascii=False)


def load_sorts(dumped: str) -> Sorts:
    """What `dump_sorts` wrote. Raises ValueError."""
    openings, told = json.loads(dumped)
    return Sorts(openings, told)


def _parted(text: str) -> str:
    """The pattern of a word that asks, with some others for each * in it (how much did * raise)."""
    word = _GAP.join(map(re.escape, text.split("*")))
    return rf"\b{word}\b" if text.replace("*", "").isascii() else word
