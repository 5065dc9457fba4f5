"""Look-up keys that names and misspelt spans share: the name with one character (or two) left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knowledge.text.patterns import HAN

_LONGEST = 40


def deletions(key: str) -> Iterator[str]:
    """The key with one character left out; two-character Han names and short Latin ones have none."""
    if (3 if HAN.search(key) else 5) <= len(key) <= _LONGEST:
        for i in range(len(key)):
            yield key[:i] + key[i + 1 :]


def double_deletions(key: str) -> Iterator[str]:
    """The key with two characters left out, for Latin names of 7 to 14 letters (iflytech → iflytek)."""
    if key.isascii() and key.isalpha() and 7 <= len(key) <= 14:
        for i in range(1, len(key)):
            for j in range(i + 1, len(key)):
                yield key[:i] + key[i + 1 : j] + key[j + 1 :]


_START_BITS = 17


def start_bit(a: str, b: str) -> int:
    """Number of the bit that says whether names begin with these two characters (`b` is '' for names of one)."""
    return (ord(a) * 8191 + (ord(b) if b else 0)) & ((1 << _START_BITS) - 1)


def make_starts(keys: Iterable[str]) -> bytes:
    """A bit for each pair of first characters that some name has: most windows of a question need no look-up."""
    bits = bytearray(1 << (_START_BITS - 3))
    for key in keys:
        bit = start_bit(key[0], key[1:2])
        bits[bit >> 3] |= 1 << (bit & 7)
    return bytes(bits)
