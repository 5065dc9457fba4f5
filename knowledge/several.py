"""Several attributes asked of one thing in one breath (成都的A、B各是多少): a question for each of them."""

from __future__ import annotations

from knowledge.patterns import pattern
from knowledge.reading import Reading

_BETWEEN = pattern(r"[、和与及]|以及| and ")
_CLAUSE = pattern(r".*[:：,，;；]")
_HEAD = pattern(r"[^:：,，]{2,30}[:：,，]")
_SIGNS = frozenset(":：,，")
_EDGE = " ?？。!！,，"
_OWNER = pattern(r".*?的")
_MOST = 4
_LEAST = 2
"""Characters of an attribute."""


def singly(reading: Reading) -> list[str]:
    """The questions, one for each attribute; none if the question is of another form."""
    text = reading.text
    each = next((w for w in reading.words if "i:each" in w.tags), None)
    if each is None:
        return _headed(reading)
    whole = _CLAUSE.match(text, 0, each.start)
    start = whole.end() if whole else 0
    items = [i.strip() for i in _BETWEEN.split(text[start : each.start])]
    if not 2 <= len(items) <= _MOST:
        return []
    if all(m.start >= start for m in reading.mentions):  # what stands before the clause, if anything, is chatter
        end = start + len(text[start : each.start].partition(items[0])[0]) + len(items[0])
        start = _owner(reading, start, end)
        items[0] = text[start:end]
    if start == 0 or min(map(len, items)) < _LEAST or not {m.text for m in reading.mentions}.isdisjoint(items):
        return []
    return [text[:start] + item + text[each.end :] for item in items]


def _headed(reading: Reading) -> list[str]:
    """'X：A、B、C' asks for each of them, though no question word says so."""
    head = _HEAD.match(reading.text) if not _SIGNS.isdisjoint(reading.text) else None
    if head is None or any(w.has("q") for w in reading.words):
        return []
    items = [i.strip(_EDGE) for i in _BETWEEN.split(reading.text[head.end() :])]
    if not 2 <= len(items) <= _MOST or min(map(len, items)) < _LEAST:
        return []
    return [reading.text[: head.end()] + item for item in items]


def _owner(reading: Reading, start: int, limit: int) -> int:
    """Where what is named ends and the first attribute begins: behind 的, else behind the last name, else `start`."""
    owner = _OWNER.match(reading.text, start, limit)
    return owner.end() if owner else max((m.end for m in reading.mentions if m.end < limit), default=start)
