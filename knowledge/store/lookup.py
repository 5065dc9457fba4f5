"""The keys under which names are looked up, however they are typed: in the file, or held in memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from knowledge.steps import Steps
from knowledge.text.keys import start_bit

_ANY_LENGTH = 999
_ALL_LENGTHS = (1 << _ANY_LENGTH) - 1
_Rows = Callable[..., list[tuple[Any, ...]]]


class Lookup:
    """Names by key: `=` a name itself, other signs its sound and what is left of it less a character or two."""

    def __init__(self, rows: _Rows, starts: bytes) -> None:
        """`rows` runs a statement; `starts` has a bit for each beginning of a name."""
        self._rows = rows
        self._starts = starts
        self._names: dict[str, tuple[int, ...]] | None = None
        """All keys, where they are held in memory."""
        self._slips: dict[str, int] = {}
        """By the first two characters the length of the longest key under which a misspelt name is looked up, where
        names are held: a name less a character or two, a sound."""
        self.lengths: Callable[[str], int | None] = self._lengths
        """How many characters names may have that begin with these two, or are this one: a bit for each number; None if
        there is no such name."""

    @property
    def held(self) -> bool:
        """Whether all keys are held in memory."""
        return self._names is not None

    def hold(self, parts: Iterator[list[tuple[str, int]]]) -> Steps[None]:
        """Hold all keys, which come with the numbers of their entities in parts, from now on in memory."""
        names: dict[str, tuple[int, ...]] = {}
        lengths: dict[str, int] = {}
        slips: dict[str, int] = {}
        for rows in parts:
            for key, e in rows:
                names[key] = (*names[key], e) if key in names else (e,)
                start, length = key[1:3], len(key) - 1
                if key[0] == "=":
                    lengths[start] = lengths.get(start, 0) | 1 << length
                slips[start] = max(length, slips.get(start, 0))
            yield
        self._names, self._slips, self.lengths = names, slips, lengths.get

    def names(self, keys: Iterable[str]) -> dict[str, tuple[int, ...]]:
        """For each key that a name has, the numbers of its entities."""
        if self._names is not None:
            held = self._names
            return {key: held[key] for key in held.keys() & keys}
        found: dict[str, tuple[int, ...]] = {}
        sql = "select k, e from name where k in (select value from json_each(?))"
        for key, e in self._rows(sql, (json.dumps(list(keys), ensure_ascii=False),)):
            found[key] = (*found.get(key, ()), e)
        return found

    def _lengths(self, start: str) -> int | None:
        bit = start_bit(start[0], start[1:2])
        return _ALL_LENGTHS if self._starts[bit >> 3] & (1 << (bit & 7)) else None

    def longest_slip(self, start: str) -> int:
        """Characters of the longest key under which a misspelt name that begins so is looked up; many if not known."""
        return self._slips.get(start, 0) if self._slips else _ANY_LENGTH

    def spelt(self, keys: Iterable[str]) -> list[str]:
        """All words of the base under these keys, the weightiest first."""
        sql = (
            "select word from sound where k in (select value from json_each(?)) group by word order by max(weight) desc"
        )
        return [row[0] for row in self._rows(sql, (json.dumps(list(keys), ensure_ascii=False),))]

    def sounds(self, keys: Iterable[str]) -> dict[str, tuple[str, int]]:
        """For each homophone key the weightiest word of the base and its weight."""
        found: dict[str, tuple[str, int]] = {}
        sql = "select k, word, weight from sound where k in (select value from json_each(?))"
        for key, word, weight in self._rows(sql, (json.dumps(list(keys), ensure_ascii=False),)):
            if key not in found or weight > found[key][1]:
                found[key] = (word, weight)
        return found
