"""Words that ask for something of a sort (哪个学院), and those of which a statement on it has one (学院)."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

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
    """The words of all sorts, by how they begin; those of one beginning are read where a question has it."""

    def __init__(self, rows: Callable[..., list[tuple[Any, ...]]]) -> None:
        """`rows` runs a statement."""
        self._rows = rows
        self._held = False
        """Whether all there is has been read."""
        self._openings: dict[str, str] = {}
        self._told: dict[int, str] = {}
        # no caches of methods: they would hold this object, and by it the base, for good
        self._asking: dict[str, _Asking] = {}
        self._asked: dict[str, frozenset[int]] = {}

    def hold(self) -> None:
        """Hold all in memory."""
        self._openings = dict(self._rows("select start, words from asking"))
        self._told = dict(self._rows("select sort, words from told"))
        self._held = True

    def asked(self, text: str) -> frozenset[int]:
        """The numbers of the sorts of which a folded text asks for one."""
        found = self._asked.get(text)
        if found is None:
            if len(self._asked) >= _KEPT:
                self._asked.clear()
            found = self._asked[text] = self._found(text)
        return found

    def told(self, sort: int) -> list[str]:
        """The folded words of which a statement on a sort has one."""
        if sort not in self._told:
            self._told.update(self._rows("select sort, words from told where sort = ?", (sort,)))
        return self._told[sort].split(_BETWEEN)

    def _found(self, text: str) -> frozenset[int]:
        near = [(start, text[start : start + n]) for start in range(len(text)) for n in range(1, _OPENING + 1)]
        if not self._held:
            sql = "select start, words from asking where start in (select value from json_each(?))"
            self._openings.update(self._rows(sql, (json.dumps([some for _, some in near]),)))
        return frozenset[int]().union(
            *(self._prepared(some).asked(text, start) for start, some in near if some in self._openings)
        )

    def _prepared(self, opening: str) -> _Asking:
        if opening in self._asking:
            return self._asking[opening]
        asking = self._asking[opening] = _Asking({}, set(), [])
        lines = iter(self._openings[opening].split(_BETWEEN))
        for sort, word in zip(map(int, lines), lines, strict=True):
            if "*" in word:
                asking.parted.append((sort, word.rpartition("*")[2], pattern(_parted(word))))
            else:
                asking.rows.setdefault(word, set()).add(sort)
                asking.lengths.add(len(word))
        return asking


def dump_sorts(rows: Sequence[tuple[list[str], list[str]]]) -> tuple[list[tuple[str, str]], list[tuple[int, str]]]:
    """Sorts as they stand in a base: the folded words that ask for each, by how they begin, and those that tell one."""
    openings: defaultdict[str, list[str]] = defaultdict(list)
    for sort, (asked, _) in enumerate(rows):
        for word in asked:
            openings[word.partition("*")[0][:_OPENING]] += (str(sort), word)
    told = [(sort, _BETWEEN.join(words)) for sort, (_, words) in enumerate(rows)]
    return [(start, _BETWEEN.join(lines)) for start, lines in openings.items()], told


def _parted(text: str) -> str:
    """The pattern of a word that asks, with some others for each * in it (how much did * raise)."""
    word = _GAP.join(map(re.escape, text.split("*")))
    return rf"\b{word}\b" if text.replace("*", "").isascii() else word
