"""Whether statements bear out all of a claim: a yes to a part of it, or to other digits, is none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.base import Base, FactRow
from knowledge.measure import unspoken
from knowledge.objection import agrees
from knowledge.patterns import pattern
from knowledge.reading import Reading

_NAME = 2
"""Characters of a name, at least."""
_DIGITS = pattern(r"\d+(?:[.,]\d+)*")


def bears_out(facts: Sequence[FactRow], claim: Reading, base: Base) -> bool:
    """Whether the first of some facts speaks of all things and topics of a claim, and all of them have its digits."""
    spoken = facts[0].within
    if any(spoken.isdisjoint(claim.mentions[i].entities) for i in claim.things(base)):
        return False
    return not any(unspoken(m, facts[0], base) for m in claim.mentions) and not strange_digits(facts, claim, base)


def strange_digits(facts: Sequence[FactRow], claim: Reading, base: Base) -> bool:
    """Whether a claim has digits (GPT-5, TOP100) that no fact has, besides its dates and the figures they state."""
    if not any(c.isdigit() for c in claim.text):
        return False
    stated = [(q.start, q.end) for q in claim.quantities if any(agrees(f, q, claim.text) for f in facts)]
    known = [*stated, *((p.start, p.end) for p in claim.periods), *((m.start, m.end) for m in claim.mentions)]
    left = [d for d in _DIGITS.finditer(claim.text) if not any(s <= d.start() and d.end() <= e for s, e in known)]
    if not left:
        return False
    told = {d for f in facts for d in _DIGITS.findall(f"{base.said(f)} {f.value} {f.as_of}")}
    return any(d[0] not in told for d in left)


def numbered(code: str, said: str) -> bool:
    """Whether a text gives the name that stands before a number with any number soon behind it (gpt-5: gpt-4)."""
    name = code.rstrip("0123456789.").rstrip("- ")
    named = len(name) >= _NAME and not any(map(str.isdigit, name))
    return not named or re.search(rf"{re.escape(name)}\D{{0,6}}\d", said) is not None
