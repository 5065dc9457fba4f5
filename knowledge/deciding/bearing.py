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
from knowledge.text.numerals import Quantity
from knowledge.text.patterns import pattern
from knowledge.text.stretch import EVER, NEVER, stretch_asked
from knowledge.text.terms import bigrams

_OPENS = "("
_NAME = 2
"""Characters of a name, at least."""
_SAID = 0.45
"""Least weight of the words of a claim that a fact has to explain, where it explains no two names."""
_WHOLE = 0.95
_HEARD = 0.3
"""Least share of a claim's wording that a fact holds, where the claim names nothing of its own."""
_STOPS = str.maketrans(dict.fromkeys(":;，、：；", ","))
_BESIDE = 16
"""Characters of a claim besides a statement: …, is that right; 有人说…，对吗."""
_SINCE = pattern("[年月日号](?:才|就|开始|起)?有(?:了|的)")
"""Something is claimed to be there since then."""
_CLAUSE = pattern("[,，;；。]")
_STILL = pattern("(?:还|仍|依然|仍然|依旧)(?:是|在|任|当|做|担任|开|有)")
_DIGITS = pattern(r"\d+(?:[.,]\d+)*")
_DENIED = pattern(r"\b(?:not?|never|false|untrue|wrong|doubt\w*|den(?:y|ies|ied)|if)\b|n't\b|[不没未非假误错若]|如果")
"""Before a statement it is no claim that it is so."""


def bears_out(facts: Sequence[FactRow], claim: Reading, base: Base) -> bool:
    """Whether the first of some facts speaks of all things and topics of a claim, and all of them have its digits."""
    spoken = facts[0].within
    if any(spoken.isdisjoint(claim.mentions[i].entities) for i in claim.things(base)):
        return False
    return not overstated(facts, claim, base)


def says_just(fact: FactRow, claim: Reading, base: Base) -> bool:
    """Whether a claim says what a statement does in its own words, Chinese or English, and nothing more."""
    text = claim.text.translate(_STOPS)
    english = base.remembered(_english)(fact.f) if len(fact.en) < len(text) else ""
    told = next((t for t in (base.statement(fact.f).rstrip("。"), english) if t and t.translate(_STOPS) in text), "")
    if not told or len(text) - len(told) > _BESIDE:
        return False
    start = text.index(told.translate(_STOPS))
    end = start + len(told)
    rest = f"{text[:start]}|{text[end:]}"
    things = (claim.mentions, claim.quantities, claim.periods)
    more = any(thing.start < start or thing.end > end for several in things for thing in several)
    more = more or _DENIED.search(text, 0, start) is not None
    return not more and not any(not c.light and c.text in rest for c in claim.clues)


def told_of_others(fact: FactRow, claim: Reading, base: Base) -> bool:
    """Whether a statement says what is claimed of somebody in a clause before the one that first speaks of him.

    别的公司都拿到了融资，甲因此着急 says not that 甲 has got any.
    """
    who = [m for m in claim.mentions if base.entity(m.entities[0]).kind in (base.who | base.persons) - base.where]
    words = [c.text for c in claim.clues if len(c.text) > 1]
    words += [m.text for m in claim.mentions if m not in who]
    said = _CLAUSE.split(base.statement(fact.f)) if len(who) == 1 and words else []
    names = [n for e in who[0].entities for n in base.folded_names(e)] if who else []
    first = next((n for n, clause in enumerate(said) if any(name in clause for name in names)), 0)
    before, behind = "".join(said[:first]), "".join(said[first:])
    held = [w for w in words if any(pair in before for pair in bigrams(w))]
    return bool(held) and not any(pair in behind for w in words for pair in bigrams(w)) and claim.mentions[0] == who[0]


def no_longer(fact: FactRow, claim: Reading, base: Base) -> bool:
    """Whether it is claimed that something still is so, and a statement says that it ended (甲还是馆长吗: 甲辞职)."""
    if not _STILL.search(claim.text):
        return False
    said = base.statement(fact.f)
    return any(word in said and word not in claim.text for word in base.remembered(_ended)())


def _ended(base: Base) -> tuple[str, ...]:
    """Words by which a statement says that something is so no more. To be called through `Base.remembered`."""
    return tuple(w for w in base.lexicon.having("i:ended") if len(w) > 1 and not w.isascii())


def _english(f: int, base: Base) -> str:
    """The English statement, folded, without its full stop. To be called through `Base.remembered`."""
    return base.tables.fold(base.fact(f).en.rstrip("."))


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


def backed(best: Finding, reading: Reading) -> bool:
    """Whether a finding says more to a claim than a name that stands in it."""
    fact, plain = best.fact, all(c.light for c in reading.clues)
    spoken = len(reading.mentions) - len(best.unnamed) - (best.names.topics > 0.0)
    if best.cue_hit or best.own + best.cued + best.told >= _SAID or spoken >= 2:
        return True
    if plain and best.unnamed:
        return True  # 盘古是腾讯的吗: whose it is
    if plain and reading.clues and best.coverage >= _WHOLE and best.heard >= _HEARD:
        return True
    if reading.periods and not reading.clues and _SINCE.search(reading.text) and best.dated and not fact.negated:
        return best.probe.base.relations[fact.relation].value == "date"  # 甲是1962年有的吗
    # a figure claimed of a name alone is of what that unit counts (是10万卡)
    return any(holds(fact, g) or (not reading.clues and _in_unit(fact, g)) for g in reading.quantities)


def holds(fact: FactRow, given: Quantity) -> bool:
    """Whether a fact has a figure claimed, of whatever sort."""
    return any(q.value == given.value for q in fact.quantities)


def _in_unit(fact: FactRow, given: Quantity) -> bool:
    return any(q.unit == given.unit != "" for q in fact.quantities)


def gives_reason(fact: FactRow, base: Base) -> bool:
    """Whether a statement tells why something is so."""
    return fact.reasoned or base.relations[fact.relation].answers == "reason"
