"""The look-up keys of many names, block by block."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby, islice
from zlib import crc32

from knowledge.plain.base import written
from knowledge.plain.beside import Beside
from knowledge.plain.keys import CODE, EXACT, MOST, PART, ROOM, Filter, bitmap, encoded, keys
from knowledge.plain.vocabulary import compact, plain_name
from knowledge.text.fold import Tables
from knowledge.text.patterns import HAN

BLOCK = 50_000
"""Names that are worked out together."""
_AT_ONCE = 5000
"""Names whose keys are put in order together: they fit into a processor's cache."""
_CROWDED, _CROWDED_PART = 64, 24
"""Names that a key for misspellings may have, and a stretch of a name; of more they tell nothing."""
_SAME_NAMED = 400
_LONGEST_FUZZY = 30
_ROOMY, _LARGEST = 8, 26
"""Bits of the bitmap of keys for each key; 2^26 bits, the most, are 8 MiB."""
PARTS = 64
_ONLY_HAN = re.compile("[\\u4e00-\\u9fff]+").fullmatch


@dataclass(frozen=True, slots=True)
class Block:
    """What is known of a block of names."""

    keys: array[int]
    """In order, each with the number of its name."""
    starts: bytearray
    """The table of a filter of the largest size."""
    singles: set[str]
    """The names of one character."""
    forms: dict[int, str]
    """Number → forms, of the names that are not compared as they are written."""


def work_out(names: Sequence[str], numbers: Sequence[int], tables: Tables) -> Block:
    """The keys and forms of names with these numbers."""
    block = Block(array("Q"), bytearray(1 << (Filter.LARGEST - 3)), set(), {})
    runs = []
    for start in range(0, len(names), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        runs.append(array("Q", sorted(_keys(names[some], numbers[some], tables, block))))
    block.keys.extend(dict.fromkeys(sorted(chain.from_iterable(runs))))
    return block


def _keys(names: Sequence[str], numbers: Sequence[int], tables: Tables, block: Block) -> list[int]:
    """The keys of some names, some of them twice; their forms and beginnings are noted in their block."""
    starts = Filter(block.starts)
    found: list[int] = []
    alike: dict[tuple[bool, int], list[tuple[str, bytes, int]]] = defaultdict(list)
    """Names by their script and length."""
    for name, e in zip(names, numbers, strict=True):
        if _ONLY_HAN(name):
            han = True
            own = whole = name.translate(tables.simplified)
        else:
            folded = tables.fold(name)
            whole = compact(folded)
            bare = plain_name(folded)
            own = compact(bare) if bare != folded else whole
            han = bool(HAN.search(own))
        if form := written(name, own, whole):
            block.forms[e] = form
        for text in (own, whole) if own != whole else (own,):
            if text:
                spelt = encoded(text)
                code = crc32(spelt)
                if len(text) > 1:
                    starts.add(spelt)
                else:
                    block.singles.add(text)
                found.append(code << CODE | EXACT << ROOM | e)
                if text is own and len(own) <= _LONGEST_FUZZY:
                    alike[han, len(own)].append((own, spelt, e))
    for (han, _), group in alike.items():
        texts, data, held = zip(*group, strict=True)
        found += keys(han, texts, data, held, tables.sounds)
    return found


class Index:
    """Gathers the keys of all names of a base."""

    def __init__(self, tables: Tables, beside: Beside) -> None:
        self.tables = tables
        self.beside = beside
        self.blocks: list[Block] = []
        self.slips = bytearray()
        """The bitmap of all keys."""
        self._waiting: list[Callable[[], Block]] = []
        self._parts: deque[Callable[[], array[int]]] = deque()

    def begin(self, names: Sequence[str], numbers: Sequence[int]) -> None:
        """Have a block of names worked out beside."""
        self._waiting.append(self.beside.begin(work_out, names, numbers, self.tables))

    def add(self, names: Sequence[str], numbers: Sequence[int]) -> None:
        """Work names out at once."""
        self.blocks.append(work_out(names, numbers, self.tables))

    def gather(self) -> None:
        """Wait for what was begun."""
        self.blocks += [result() for result in self._waiting]
        self._waiting.clear()

    def forms(self) -> dict[int, str]:
        """Number → forms, of the names that are not compared as they are written."""
        found: dict[int, str] = {}
        for block in self.blocks:
            found |= block.forms
        return found

    def filter(self, names: int) -> bytes:
        """The table of the filter for so many names."""
        size = len(Filter.of_size(names).table)
        bits = 0
        for block in self.blocks:
            bits |= int.from_bytes(block.starts, "little")
        length = 1 << (Filter.LARGEST - 3)
        while length > size:  # half the size holds the same bits, the upper half laid over the lower
            length //= 2
            bits = (bits >> length * 8) | (bits & ((1 << length * 8) - 1))
        return bits.to_bytes(size, "little")

    def singles(self) -> str:
        """All names of one character."""
        return "".join(sorted(set().union(*[block.singles for block in self.blocks])))

    def merge(self) -> None:
        """Have all keys put in order beside, part by part; the blocks are left without them."""
        width = 1 << (CODE + 32 - 6)
        held = [block.keys for block in self.blocks]
        self.blocks = [replace(block, keys=array("Q")) for block in self.blocks]
        self.slips = bitmap(_ROOMY * sum(map(len, held)), _LARGEST)
        for part in range(PARTS):
            low, high = part * width, (part + 1) * width
            runs = [keys[bisect_left(keys, low) : bisect_left(keys, high)] for keys in held]
            self._parts.append(self.beside.begin(_merged, runs))

    def parts(self) -> Iterator[array[int]]:
        """All keys in order, part by part, without those that too many names share; each once, noted in `slips`."""
        while self._parts:
            part = self._parts.popleft()()
            _mark(part, self.slips)
            yield part


def _mark(found: Iterable[int], bits: bytearray) -> None:
    mask = len(bits) * 8 - 1
    for k in found:
        bit = k >> CODE & mask
        bits[bit >> 3] |= 1 << (bit & 7)


def _merged(runs: Iterable[array[int]]) -> array[int]:
    return array("Q", _uncrowded(sorted(chain.from_iterable(runs))))


def _uncrowded(ordered: list[int]) -> list[int]:
    """Sorted keys without those of which too many names share one."""
    if all(b - a >= MOST for a, b in zip(ordered, islice(ordered, _CROWDED_PART, None), strict=False)):
        return ordered
    kept = []
    for k, group in groupby(ordered, lambda both: both >> ROOM):
        held = list(group)
        if k & 3 == EXACT:
            kept += held[:_SAME_NAMED]
        elif len(held) <= (_CROWDED_PART if k & 3 == PART else _CROWDED):
            kept += held
    return kept
