"""Whether statements bear out all of a claim: a yes to a part of it, or to other digits, is none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.deciding.objection import agrees
from knowledge.finding.finding import Finding
from knowledge.finding.measure import unspoken
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.dates import find_periods
from knowledge.text.patterns import pattern
from knowledge.text.stretch import EVER, NEVER, stretch_asked

_OPENS = "("
_NAME = 2
"""Characters of a name, at least."""
_DIGITS = pattern(r"\d+(?:[.,]\d+)*")
_LIKELY = 12
"""Findings among which the one is looked for that is said in a claim's very words."""
_DENIED = pattern(r"\b(?:not?|never|false|untrue|wrong|doubt\w*|den(?:y|ies|ied)|if)\b|n't\b")
"""Before a statement it is no claim that it is so."""
_AFTER = pattern(r"[,.;:!?\"”'’)](?:[^\d]{0,24})?")
"""What may follow a statement in a claim that says no more than it (…, is that right?)."""


def in_its_words(fact: FactRow, text: str, base: Base) -> bool:
    """Whether a claim says what a statement says in its very words."""
    if base.statement(fact.f).rstrip("。") in text:
        return True
    own = base.tables.fold(fact.en).rstrip(".")
    start = text.find(own)
    if start < 0 or _DENIED.search(text, 0, start):
        return False
    return start + len(own) == len(text) or _AFTER.fullmatch(text, start + len(own)) is not None


def worded(findings: Sequence[Finding], claim: Reading, base: Base) -> Finding | None:
    """The finding that an English claim puts in its very words, if one of the likeliest is."""
    if not claim.text.isascii():
        return None
    return next((f for f in findings[:_LIKELY] if in_its_words(f.fact, claim.text, base)), None)


def bears_out(facts: Sequence[FactRow], claim: Reading, base: Base) -> bool:
    """Whether the first of some facts speaks of all things and topics of a claim, and all of them have its digits."""
    spoken = facts[0].within
    if any(spoken.isdisjoint(claim.mentions[i].entities) for i in claim.things(base)):
        return False
    return not overstated(facts, claim, base)


def overstated(facts: Sequence[FactRow], claim: Reading, base: Base) -> bool:
    """Whether a claim has a topic (开源基地) of which the first of some facts says nothing, or digits that none has."""
    return any(unspoken(m, facts[0], base) for m in claim.mentions) or strange_digits(facts, claim, base)


def strange_digits(facts: Sequence[FactRow], claim: Reading, base: Base) -> bool:
    """Whether a claim has digits (GPT-5, TOP100) that no fact has, besides its dates and the figures they state."""
    if not any(c.isdigit() for c in claim.text):
        return False
    told = " ".join(map(base.said, facts))
    if any(_OPENS in code and code not in told for code in claim.codes):
        return True  # the years of a title are others
    stated = [(q.start, q.end) for q in claim.quantities if any(agrees(f, q, claim.text) for f in facts)]
    known = [*stated, *((p.start, p.end) for p in claim.periods), *((m.start, m.end) for m in claim.mentions)]
    left = [d for d in _DIGITS.finditer(claim.text) if not any(s <= d.start() and d.end() <= e for s, e in known)]
    if not left:
        return False
    dated = " ".join(f"{f.value} {f.as_of}" for f in facts)
    held = {*_DIGITS.findall(told), *_DIGITS.findall(dated)}
    return any(d[0] not in held for d in left)


def since_another(fact: FactRow, claim: Reading, base: Base) -> bool:
    """Whether a fact tells what has been so since, or until, another time than a claim with such a stretch says."""
    open_ = [p for p in claim.periods if p.last == NEVER or p.first == EVER]
    if not open_:
        return False
    both = (base.statement(fact.f), fact.en.casefold())
    told = [s for said in both if (s := stretch_asked(said, find_periods(said))) and s.open]
    return bool(told) and all((p.first, p.last) != (s.first, s.last) for p in open_ for s in told)


def numbered(code: str, said: str) -> bool:
    """Whether a text gives the name that stands before a number with any number soon behind it (gpt-5: gpt-4)."""
    name = code.rstrip("0123456789.").rstrip("- ")
    named = len(name) >= _NAME and not any(map(str.isdigit, name))
    return not named or re.search(rf"{re.escape(name)}\D{{0,6}}\d", said) is not None
