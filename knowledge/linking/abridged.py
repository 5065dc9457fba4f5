"""Titles of documents without some of their parts (创新链产业链融合计划): what is said stands in them, in order."""

from __future__ import annotations

import json

from knowledge.linking.link import Mention
from knowledge.store.base import Base
from knowledge.text.patterns import is_han

_PIECE = 2
"""Characters that stand together in the title, at least."""
_LEAST = 7
"""Characters of a shortened title, at least."""
_ENDING = 2
"""Characters by which titles are known to end alike (计划, 白皮书)."""


def abridged(mentions: list[Mention], text: str, base: Base) -> list[Mention]:
    """The mentions, with each shortened title that only one document has, and without what stands in it."""
    titles = base.remembered(_titles)()
    found = list(mentions)
    for ending, known in titles.items():
        at = text.find(ending)
        while at >= 0:
            end = at + _ENDING
            if not any(m.start < end <= m.end and m.end - m.start > _LEAST for m in mentions):
                found = _with_title(found, text, end, known, base)
            at = text.find(ending, end)
    return found


def _with_title(
    mentions: list[Mention], text: str, end: int, known: list[tuple[str, int]], base: Base
) -> list[Mention]:
    """The mentions with the title that ends there, if it is that of one document alone."""
    starts = {e: _start(text, end, title) for title, e in known}
    start = min(starts.values(), default=end)
    meant = [e for e, begun in starts.items() if begun == start]
    if end - start < _LEAST or not meant:
        return mentions
    if len(meant) > 1:  # 安徽…的产业规划: of two the one that has the place in its title
        around = [m.text for m in mentions if m.end <= start]
        meant = [e for e in meant if any(word in name for word in around for name in base.folded_names(e))]
    if len(meant) != 1 or any(meant[0] in m.entities for m in mentions):
        return mentions
    title = Mention(start, end, text[start:end], (meant[0],), "exact")
    return sorted([*(m for m in mentions if m.end <= start or m.start >= end), title])


def _start(text: str, end: int, title: str) -> int:
    """Where the part of a text begins that ends there and stands in a title in the same order, piece by piece."""
    position, limit = end, len(title)
    while True:
        size = 0
        while size < min(position, limit) and text[position - 1 - size] == title[limit - 1 - size]:
            size += 1
        if size < _PIECE or not is_han(text[position - size]):
            return position
        position, limit = position - size, limit - size
        piece = text[max(0, position - _PIECE) : position]
        behind = title.rfind(piece, 0, limit) if len(piece) == _PIECE else -1
        if behind < 0:
            return position
        limit = behind + _PIECE


def _titles(base: Base) -> dict[str, list[tuple[str, int]]]:
    """How titles end → those that end so, with their entities. To be called through `Base.remembered`."""
    found: dict[str, list[tuple[str, int]]] = {}
    for title, e in json.loads(base.meta["titles"]):
        found.setdefault(title[-_ENDING:], []).append((title, e))
    return found
