"""Integer look-up keys for names: what a name and a misspelt span of it have in common.

A key is a CRC-32, then two bits for its sort, then room for an entity's number, so that one integer holds all three, a
table of integers is the whole index, and one range of it holds all sorts of a text. Two names may share a CRC: whoever
looks up compares the names as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from zlib import crc32

from knowledge.text.patterns import HAN

EXACT, SOUND, EDIT, PART = range(4)
ROOM = 27
"""Bits for an entity's number."""
CODE = ROOM + 2
"""Bits behind the CRC-32."""
MOST = 1 << ROOM
LONG, LONG_LATIN = 12, 22
"""Characters, in Han and in letters, from which only those of the first half are left out; the half itself is a key."""
_HALVES = 6
"""Characters from which stretches are keys as well: both of two slips may lie in another one."""
WIDTH = 4
"""Bytes of a character, as it is hashed."""


def encoded(text: str) -> bytes:
    """The bytes that are hashed: all characters are of one width, so that a text can be cut as bytes."""
    return text.encode("utf-32-le", "surrogatepass")


def crc(text: str) -> int:
    """CRC-32 of a text."""
    return crc32(text.encode("utf-32-le", "surrogatepass"))


def key(sort: int, text: str) -> int:
    """The least integer of a key; those of its entities lie from there to `key + MOST`."""
    return (crc(text) << 2 | sort) << ROOM


def keys(han: bool, names: Sequence[str], encoded: Sequence[bytes], numbers: Sequence[int], sounds: str) -> list[int]:
    """All keys by which names that may be misspelt are found, each with its name's number.

    The names are of one length, all with Han characters or all without; they come with their encoded forms. `sounds` is
    a fold table.
    """
    size = len(names[0])
    found: list[int] = []
    long = size >= (LONG if han else LONG_LATIN)
    if size >= (3 if han else 5):
        ends = [EDIT << ROOM | e for e in numbers]
        for at in range(0, (size // 2 if long else size) * WIDTH, WIDTH):
            to = at + WIDTH
            found += [crc32(data[:at] + data[to:]) << CODE | end for data, end in zip(encoded, ends, strict=True)]
    if size >= _HALVES:
        ends = [PART << ROOM | e for e in numbers]
        for before, start, stop in _pieces(size, han=han, long=long):
            begun, at, to = crc(before), start * WIDTH, stop * WIDTH
            found += [crc32(data[at:to], begun) << CODE | end for data, end in zip(encoded, ends, strict=True)]
    if han and size > 1:
        ends = [SOUND << ROOM | e for e in numbers]
        found += [crc(name.translate(sounds)) << CODE | end for name, end in zip(names, ends, strict=True)]
    return found


def _pieces(size: int, *, han: bool, long: bool) -> Iterator[tuple[str, int, int]]:
    """Stretches (from, to) of a name of which two slips leave at least one whole.

    Each has a mark before it for where it stands: half a name is no name.
    """
    if size >= LONG or han:
        third = size // 3
        yield "^", 0, third
        yield "|", third, 2 * third
        yield "$", size - third, size
    if size < LONG or long:
        yield "^", 0, size // 2
    if size < LONG:
        yield "$", size - size // 2, size


def shortened(data: bytes, most: int) -> list[int]:
    """CRC-32 of an encoded text without one of its first `most` characters; of two alike one is left out."""
    codes, before, last = [], 0, b""
    for at in range(0, min(most * WIDTH, len(data)), WIDTH):
        char = data[at : at + WIDTH]
        if char != last:
            codes.append(crc32(data[at + WIDTH :], before))
            last = char
        before = crc32(char, before)
    return codes


def halves(span: str) -> Iterator[str]:
    """The first halves of names that are one character longer or shorter than a span, or as long."""
    for size in {(len(span) + apart) // 2 for apart in (-1, 0, 1)}:
        yield "^" + span[:size]


def probes(span: str) -> Iterator[str]:
    """The stretches under which a span may find a name that is up to two characters longer or shorter."""
    size = len(span)
    tried: dict[tuple[str, int, int], None] = {}
    han = HAN.search(span)
    for likely in range(max(size - 2, _HALVES), size + 3):
        if likely >= LONG or han:
            third = likely // 3
            tried["^", 0, third] = tried["$", size - third, size] = None
            for start in range(third - 2, third + 3):
                tried["|", start, start + third] = None
        if likely < LONG:
            tried["^", 0, likely // 2] = tried["$", size - likely // 2, size] = None
    for mark, start, end in tried:
        if 0 <= start < end <= size:
            yield mark + span[start:end]


def bitmap(bits: int, largest: int) -> bytearray:
    """An empty bitmap of at least so many bits, within 2^12 and 2^`largest`."""
    power = min(max((bits - 1).bit_length(), 12), largest)
    return bytearray(1 << (power - 3))


LENGTHS = bytes([0, 0, 1, 2, 4, 8, 16, 32, 32, 64, 64, 64, 64] + [128] * 29)
"""Characters of a name → the bit that stands for its length; as long as the last counts whatever is longer."""


class Filter:
    """Says without a look-up how long the names are that begin so, mostly rightly where it says that there are any."""

    __slots__ = ("mask", "singles", "table")
    BEGUN = 2 * WIDTH
    """Bytes of the beginning by which names are noted: two characters."""
    LARGEST = 24
    """Bits of the largest table are 2 to the power of this."""
    ROOMY = 20
    """Bits for each name."""

    def __init__(self, table: Any, singles: Iterable[str] = ()) -> None:
        """`table` are bytes; a bytearray where names are to be added. `singles` are the names of one character."""
        self.table = table
        self.mask = len(table) - 1
        self.singles = frozenset(singles)

    @classmethod
    def of_size(cls, names: int) -> Filter:
        """An empty filter for so many names."""
        return cls(bitmap(names * cls.ROOMY, cls.LARGEST))

    def add(self, data: bytes) -> None:
        """Add a name of two characters or more by its encoded form."""
        self.table[crc32(data[: self.BEGUN]) & self.mask] |= length_bit(len(data))


def length_bit(size: int) -> int:
    """The bit for a name of so many bytes."""
    return LENGTHS[min(size // WIDTH, len(LENGTHS) - 1)]
