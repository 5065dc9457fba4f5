"""Japanese questions: the few words that ask, and what stands around them, in the Chinese that the base can read."""

from __future__ import annotations

import re
from collections.abc import Mapping

from knowledge.text.patterns import pattern

_KANA = pattern("[\u3041-\u30fa]")
_ASKS = pattern(r"(?:です|ます|ました|でしょう|である|だった|でした)か[?。 ]*$|か[?]$")
_DEED = pattern("([^がはもを,。?]+)を([\u3400-\u9fff]{2})(?:した|する|している|しました|します)")
"""What is done, with the verb behind it."""
_NAME = pattern("[\u30a1-\u30fa]{2}")
_ENDING = pattern("[\u3041-\u3096]+")
"""What is left of the grammar: particles and endings of verbs."""
_WHAT = pattern("[几哪谁]|什么|多少")


class Japanese:
    """Reads Japanese by a table of words."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words
        self._known = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)")

    def in_chinese(self, text: str) -> str:
        """A folded text with kana as what it comes to in Chinese; text with names that nobody knows as it is."""
        said, asks = self._known.sub(lambda m: self._words[m[0]], text), _ASKS.search(text) is not None
        if _NAME.search(said) or (said == text and not asks):
            return text
        said = _DEED.sub(r"\2\1的", said)
        said = _ENDING.sub("", said).strip("。?, ")
        return f"{said}吗?" if asks and not _WHAT.search(said) else f"{said}?"


def has_kana(text: str) -> bool:
    """Whether a text has a character of the Japanese syllabaries."""
    return _KANA.search(text) is not None
