"""Which ones somebody has (甲推出了哪些模型), where the base knows of a single one."""

from __future__ import annotations

from knowledge.deciding.verify import Verifier
from knowledge.finding.find import find
from knowledge.finding.outcome import Part
from knowledge.finding.probe import Hints
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.patterns import pattern

_SOME = pattern(r"哪些|什么|啥|\b(?:which|what)\b")
_LIST, _WHICH = frozenset({"list"}), frozenset({"which"})
_MOST = 2
"""Facts that tell of one."""


def but_one(reading: Reading, base: Base, desk: Verifier, hints: Hints) -> Part | None:
    """The part that tells of the one, where which ones is asked without a number; None if nothing does."""
    plain = reading.asks == _LIST and reading.kinds and not reading.quantities and not reading.intents
    if not plain or not _SOME.search(reading.text):
        return None
    owners = {e for e in reading.entities if base.entity(e).kind in base.who}
    again = reading._replace(asks=_WHICH)
    part, _ = desk.decide(again, find(again, base, hints), hints) if owners else (None, ())
    return part if part and len(part.facts) <= _MOST and _ties(part.facts[0], owners, reading, base) else None


def _ties(fact: FactRow, owners: set[int], reading: Reading, base: Base) -> bool:
    """Whether a fact ties one of the owners to something of the kind asked for."""
    ends = {fact.subject, *fact.objects}
    kinds = base.kinds_like(reading.kinds)
    tied = base.relations[fact.relation].value == "entity" and not ends.isdisjoint(owners)
    return tied and any(base.entity(e).kind in kinds for e in ends - owners if e >= 0)
