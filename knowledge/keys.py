"""Look-up keys that names and misspelt spans share: the name with one character (or two) left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

_HAN = re.compile(r"[\u3400-\u9fff]")
_LONGEST = 40


def deletions(key: str) -> Iterator[str]:
    """The key with one character left out; two-character Han names and short Latin ones have none."""
    if (3 if _HAN.search(key) else 5) <= len(key) <= _LONGEST:
        for i in range(len(key)):
            yield key[:i] + key[i + 1 :]


def double_deletions(key: str) -> Iterator[str]:
    """The key with two characters left out, for Latin names of 7 to 14 letters (iflytech → iflytek)."""
    if key.isascii() and key.isalpha() and 7 <= len(key) <= 14:
        for i in range(1, len(key)):
            for j in range(i + 1, len(key)):
                yield key[:i] + key[i + 1 : j] + key[j + 1 :]
