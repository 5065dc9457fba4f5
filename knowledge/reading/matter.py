"""Nouns for what lies nowhere and measures nothing: where an advantage is asks which, how big an influence is how."""

from __future__ import annotations

from knowledge.linking.scan import Scan, Word
from knowledge.text.patterns import pattern

_LINKING = pattern("(?:之处)?(?:到底|究竟|主要|就|具体|都|会)*(?:体现|表现|出|存)?有?")
"""Between a noun and what asks where or how big it is."""


def by_matter(scan: Scan, word: Word, types: set[str]) -> set[str]:
    """The types that a word asks for beside a noun for something that is nowhere and has no size; none elsewhere."""
    if types == {"place"}:
        return {"which"} if _of_matter(scan, word) else set()
    return {"how"} if types == {"number"} and "i:size" in word.tags and _of_matter(scan, word) else set()


def _of_matter(scan: Scan, word: Word) -> bool:
    matters = [w for w in scan.words if "o" in w.tags]
    before = any(w.end <= word.start and _LINKING.fullmatch(scan.text, w.end, word.start) for w in matters)
    return before or any(scan.text[word.end : w.start] in ("", "的") for w in matters if w.start >= word.end)
