"""A conversation's context as text, to be stored: by the ids of entities and facts, which outlive a reload of the base.

Numbers mean something in one base only. What a new base lacks is left out; where that takes away a name that the last
question stood on, the context is forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from knowledge.finding.outcome import NO_CONTEXT, Context
from knowledge.store.base import Base

_ENTITIES = ("named", "answered", "primary", "options")
_FACTS = ("facts", "rest", "past")
_NAMES = ("topics", "listed")
"""Names of a bulk base: they are their own ids."""


def dumped(context: Context, base: Base) -> str:
    """The context as JSON."""
    data: dict[str, object] = {"text": context.text}
    data["spans"] = [(start, end, base.entity(e).id) for start, end, e in context.spans]
    data.update({name: [base.entity(e).id for e in getattr(context, name)] for name in _ENTITIES})
    data.update({name: [base.fact(f).id for f in getattr(context, name)] for name in _FACTS})
    if base.plain and context.topics:
        plain = base.plain
        data.update({name: [plain.name(e).text for e in getattr(context, name)] for name in _NAMES})
        data.update(question=context.question, span=context.span)
    return json.dumps(data, ensure_ascii=False)


def loaded(text: str, base: Base) -> Context:
    """The context that was stored; an empty one where it can't be understood any more."""
    if not text:
        return NO_CONTEXT
    data = json.loads(text)
    spans = [(start, end, base.entity_number(e)) for start, end, e in data["spans"]]
    known = tuple((start, end, e) for start, end, e in spans if e is not None)
    if len(known) < len(spans):
        return NO_CONTEXT
    numbers: dict[str, Any] = {name: _numbers(data[name], base.entity_number) for name in _ENTITIES}
    numbers |= {name: _numbers(data.get(name, []), base.fact_number) for name in _FACTS}
    context = NO_CONTEXT._replace(text=data["text"], spans=known, **numbers)
    if base.plain and "topics" in data:
        topics, listed = (_numbers(data[name], base.plain.number) for name in _NAMES)
        start, end = data["span"]
        return context._replace(topics=topics, listed=listed, question=data["question"], span=(start, end))
    return context


def _numbers(ids: list[str], number: Callable[[str], int | None]) -> tuple[int, ...]:
    return tuple(n for n in map(number, ids) if n is not None)
