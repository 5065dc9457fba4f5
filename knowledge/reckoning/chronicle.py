"""What happened in a month or a year (2023年7月发生了什么): what is dated there, a statement for each event."""

from __future__ import annotations

from knowledge.finding.outcome import Part, part_for
from knowledge.reading.reading import Reading
from knowledge.reckoning.deeds import told_when
from knowledge.store.base import Base, FactRow
from knowledge.text.dates import Period
from knowledge.text.patterns import pattern

_HAPPENED = pattern(
    r"发生(?:过|了)?(?:什么|啥|哪些|哪几)[^,，]{0,4}[?？]*$"
    r"|出(?:过|了)?(?:什么|啥|哪些)(?:大?事情?|新闻|情况|状况|乱子|岔子)[呢啊]?[?？]*$|有(?:过|了)?(?:什么|哪些|啥)(?:大事|要事|事情?|动静|新鲜事)[呢啊]?[?？]*$"
    r"|^what (?:happened|took place|events|was going on)\b"
)
_FIRST = ("发", "出", "有", "what")
_FEW = 2


def happened(reading: Reading, base: Base) -> Part | None:
    """What is dated in the stretch of time named, in order, with what is named besides; None if it is not asked for."""
    if len(reading.periods) != 1 or not any(word in reading.text for word in _FIRST):
        return None
    period = reading.periods[0]
    if not period.year or not _HAPPENED.search(reading.text) or reading.quantities:
        return None
    named = [frozenset(m.entities) for m in reading.mentions if base.whole.isdisjoint(m.entities)]
    found: dict[tuple[object, ...], tuple[Period, FactRow]] = {}
    for fact in map(base.fact, range(base.fact_count)):
        when = told_when(fact, base)
        if when is None or not period.first <= when.first <= when.last <= period.last:
            continue
        if all(not fact.within.isdisjoint(entities) for entities in named):
            found.setdefault(_of_one_event(fact), (when, fact))
    told = sorted(found.values(), key=lambda event: event[0][:2])
    return part_for(reading, "facts", tuple(fact for _, fact in told)) if len(told) >= _FEW else None


def _of_one_event(fact: FactRow) -> tuple[object, ...]:
    """What is the same for statements on one event: its day, and the paragraph that tells of it."""
    return (fact.as_of, fact.citations[0])
