"""A message of several lines, or of numbered items, as the rows of text that it holds (1. … 2. …)."""

from __future__ import annotations

from knowledge.text.asks import asks_inside
from knowledge.text.lexicon import Lexicon
from knowledge.text.patterns import pattern

_BEFORE = r"(?:^|(?<=[\s。？?！!；;，,：:]))"
_MARK = pattern(
    _BEFORE + r"(?:问题|第|[qQ])?(?:[(（]([1-9])[)）][.、]?|([1-9])[)）.．、:：](?:(?!\d)|(?=(?:19|20)\d\d))"
    r"|([一二三四五六七八九])[、,，:：.．])\s*"
)
"""The number of an item: 1. 2、 (3) Q1: 问题2： 第一，"""
_CIRCLED = pattern("([①-⑨])")
_NUMBERS = "一二三四五六七八九"
_FIRST = frozenset("1一①")
_FEWEST = 2
_SHORTEST = 4
"""Characters of an item: 1、2、3 by themselves are no items."""
_END = " 。.?？!！;；"


def rows(message: str) -> list[str]:
    """The lines of a message without what is empty, each cut at the numbers of the items it holds."""
    return [row for part in _items(message) or [message] for row in part.splitlines() if row.strip()]


def _items(message: str) -> list[str]:
    """What stands before the items, and these as questions without numbers; none if those go not 1, 2 and so on."""
    if _FIRST.isdisjoint(message):
        return []
    marks = list(_CIRCLED.finditer(message))
    numbers = [ord(m[1]) - ord("①") + 1 for m in marks]
    if len(marks) < _FEWEST:
        marks = list(_MARK.finditer(message))
        numbers = [int(m[1] or m[2] or _NUMBERS.index(m[3]) + 1) for m in marks]
    if len(marks) < _FEWEST or numbers != list(range(1, len(numbers) + 1)):
        return []
    ends = [*(m.start() for m in marks[1:]), len(message)]
    items = [message[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True)]
    if min(map(len, items)) < _SHORTEST:
        return []
    return [message[: marks[0].start()], *(item if item[-1] in _END else f"{item}?" for item in items)]


def joined(texts: list[str], lexicon: Lexicon) -> str:
    """The folded rows as one text: a question ends where the next row begins, other rows go on."""
    found: list[str] = []
    for text in filter(None, texts):
        if found:
            apart = found[-1][-1] not in _END and asks_inside(found[-1], lexicon)
            found.append("。" if apart else " ")
        found.append(text)
    return "".join(found)
