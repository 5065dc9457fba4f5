"""What is remembered of a conversation, in a form that outlives the base it came from.

Within a base entities and facts are numbers, and another base has others for them. What is stored, or carried over to
the next base, names them by their ids instead; what that base no longer holds is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from knowledge.base import Base
from knowledge.outcome import NO_CONTEXT, Context

_ENTITIES = ("named", "answered", "primary", "options")
_FACTS = ("facts", "rest")


def dump(context: Context, base: Base) -> dict[str, Any]:
    """The context as JSON values, with ids for numbers."""
    row: dict[str, Any] = {"text": context.text}
    row["spans"] = [[start, end, base.entity(e).id] for start, end, e in context.spans]
    row.update({name: [base.entity(e).id for e in getattr(context, name)] for name in _ENTITIES})
    row.update({name: [base.fact(f).id for f in getattr(context, name)] for name in _FACTS})
    return row


def load(row: Mapping[str, Any], base: Base) -> Context:
    """The context that `dump` wrote, for this base; the beginning of a conversation where the row is none."""
    try:
        text, spans = str(row["text"]), [(int(a), int(b), base.entity_number(id_)) for a, b, id_ in row["spans"]]
        entities = {name: _numbers(row[name], base.entity_number) for name in _ENTITIES}
        facts = {name: _numbers(row[name], base.fact_number) for name in _FACTS}
    except (KeyError, TypeError, ValueError):
        return NO_CONTEXT
    if any(e is None for _, _, e in spans):
        return NO_CONTEXT  # the last question was about something that is gone
    return Context(text=text, spans=tuple((a, b, e) for a, b, e in spans if e is not None), **entities, **facts)


def carry(context: Context, old: Base, new: Base) -> Context:
    """The context of a conversation that goes on with another base."""
    return load(dump(context, old), new)


def _numbers(ids: Iterable[str], number: Callable[[str], int | None]) -> tuple[int, ...]:
    found = (number(str(each)) for each in ids)
    return tuple(n for n in found if n is not None)
