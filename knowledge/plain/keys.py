"""Integer look-up keys for names: what a name and a misspelt span of it have in common.

A key is a CRC-32 below a tag for its sort, above room for an entity's number, so that one integer holds both and a
table of integers is the whole index. Two names may share a CRC: whoever looks up compares the names as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zlib import crc32

from knowledge.patterns import A_HAN

EXACT, SOUND, EDIT, PART = range(4)
ROOM = 27
"""Bits for an entity's number."""
MOST = 1 << ROOM
LONG = 12
"""Characters from which a name is found by its thirds instead of its deletions."""
_HALVES = 6
"""Characters from which halves are keys as well: both of two slips may lie in the other half."""


def crc(text: str, before: int = 0) -> int:
    """CRC-32 of a text; `before` is that of the text in front of it."""
    return crc32(text.encode("utf-8", "surrogatepass"), before)


def key(sort: int, text: str) -> int:
    """The least integer of a key; those of its entities lie from there to `key + MOST`."""
    return (sort << 32 | crc(text)) << ROOM


def deletions(name: str) -> Iterator[str]:
    """The name with one character left out, each once; two-character Han names and short Latin ones have none."""
    if (3 if A_HAN.search(name) else 5) <= len(name) < LONG:
        last = ""
        for i, char in enumerate(name):
            if char != last:
                yield name[:i] + name[i + 1 :]
            last = char


def pieces(name: str) -> Iterator[str]:
    """Stretches of which two slips leave at least one whole, marked with where they stand: half a name is no name."""
    size = len(name)
    if size >= LONG:
        third = size // 3
        yield "^" + name[:third]
        yield "|" + name[third : 2 * third]
        yield "$" + name[-third:]
    elif size >= _HALVES:
        yield "^" + name[: size // 2]
        yield "$" + name[-(size // 2) :]


def probes(span: str) -> Iterator[str]:
    """The stretches under which a span may find a name that is up to two characters longer or shorter."""
    size = len(span)
    tried: set[tuple[str, int, int]] = set()
    for likely in (size, size - 1, size + 1, size - 2, size + 2):
        if likely >= LONG:
            third = likely // 3
            tried.update((("^", 0, third), ("$", size - third, size)))
            tried.update(("|", start, start + third) for start in range(third - 1, third + 2))
        elif likely >= _HALVES:
            tried.update((("^", 0, likely // 2), ("$", size - likely // 2, size)))
    for mark, start, end in tried:
        if 0 <= start < end <= size:
            yield mark + span[start:end]


class Filter:
    """A bitmap that says 'no name begins so' or 'no name is so' without a look-up, and is mostly right about 'yes'."""

    __slots__ = ("bits", "mask")
    PREFIXES = (2, 3, 4)
    """Lengths of beginnings that are noted."""
    WHOLE = 0x5BD1E995
    _LARGEST = 23
    _SMALLEST = 12

    def __init__(self, bits: Any) -> None:
        """`bits` are bytes; a bytearray where names are to be added."""
        self.bits = bits
        self.mask = len(bits) * 8 - 1

    @classmethod
    def of_size(cls, names: int) -> Filter:
        """An empty filter for so many names: eight bits for each, within bounds."""
        power = min(max((names * 8).bit_length(), cls._SMALLEST), cls._LARGEST)
        return cls(bytearray(1 << (power - 3)))

    def add(self, name: str) -> None:
        bits, mask = self.bits, self.mask
        whole = (crc(name) ^ self.WHOLE) & mask
        bits[whole >> 3] |= 1 << (whole & 7)
        for size in self.PREFIXES:
            if len(name) >= size:
                bit = crc(name[:size]) & mask
                bits[bit >> 3] |= 1 << (bit & 7)

    def begins(self, prefix: int) -> bool:
        """Whether a name may begin with the text of this CRC (of one of the lengths noted)."""
        bit = prefix & self.mask
        return bool(self.bits[bit >> 3] & (1 << (bit & 7)))

    def holds(self, whole: int) -> bool:
        """Whether a name may have this CRC."""
        bit = (whole ^ self.WHOLE) & self.mask
        return bool(self.bits[bit >> 3] & (1 << (bit & 7)))
