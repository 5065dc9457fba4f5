"""The last answer again: where it is from, more of it, or what differs from it."""

from __future__ import annotations

from itertools import compress, pairwise

from knowledge.asking.antecedent import told
from knowledge.deciding.verify import Verifier
from knowledge.finding.finding import Finding
from knowledge.finding.outcome import Context, Outcome, Part, noted
from knowledge.reading.reading import Reading
from knowledge.text.patterns import pattern

_ENOUGH = 1.0
"""Weight of words from which on something else is asked than the last answer again."""
_JOINED = pattern("(?:[、,，和与及跟加+]|以及|再加上?| and | plus |, )")
"""All that stands between the members of a row."""
_LIST = frozenset({"list"})
_SEVERAL = 2
_ROUNDING = 1e-6
"""By so much two sums may differ that are the same."""
_MORE = 5
"""Facts that are told at a time."""


def of_last(reading: Reading, context: Context, desk: Verifier) -> Outcome | None:
    """The source of the last answer, more of it, or what differs from it, where that is asked for."""
    if desk.readings.named(reading) or reading.weighty(_ENOUGH):
        return None
    base, told = desk.base, [desk.base.fact(f) for f in context.facts]
    if told and "source" in reading.intents:
        return Outcome("answered", reading, (Part("source", tuple(told)),), context=context)
    if told and "asof" in reading.intents:
        return Outcome("answered", reading, (noted(base, "facts", reading, (told[0],), ()),), context=context)
    if _asks_more(reading):
        return _further(reading, context, desk)
    if told and reading.bare and "conflict" in reading.intents:
        others = tuple(desk.decider.others(told[0], [told[0]], reading))
        return Outcome("answered", reading, (noted(base, "conflict", reading, (told[0],), others),), context=context)
    return None


def _asks_more(reading: Reading) -> bool:
    """Whether more of the last answer is asked for (还有吗, 还有哪些), and not which of two has more."""
    if "more" in reading.intents:
        return not (reading.asks and "most" in reading.intents)
    return "still" in reading.intents and reading.asks == _LIST and not reading.kinds and reading.bare


def _further(reading: Reading, context: Context, desk: Verifier) -> Outcome:
    """More of the last answer: of a list what tells of the same."""
    rest, told = context.rest, [desk.base.fact(f) for f in context.facts[:1]]
    if told and "list" in desk.readings.read(context.text).asks:
        rest = tuple(f for f in rest if desk.base.fact(f).relation == told[0].relation)
    if not rest:
        return Outcome("unknown", reading, smalltalk="nomore", context=context)
    kept = context._replace(facts=rest[:_MORE], rest=rest[_MORE:])
    return Outcome("answered", reading, (Part("facts", tuple(map(desk.base.fact, rest[:_MORE]))),), context=kept)


def row_span(row: list[tuple[int, int]], text: str) -> tuple[int, int] | None:
    """Where several spans stand in a text, as offsets, if they are the members of one row (南山加宝安)."""
    if len(row) < _SEVERAL:
        return None
    joined = all(_JOINED.fullmatch(text, end, start) for (_, end), (start, _) in pairwise(row))
    return (row[0][0], row[-1][1]) if joined else None


def without_sum(reading: Reading) -> str:
    """The text of a question without the words that add up: of one thing there is nothing to add."""
    text = reading.text
    for word in reversed(reading.words):
        if "i:sum" in word.tags and not word.has("q"):
            text = text[: word.start] + text[word.end :]
    return text


def of_the_same(findings: list[Finding], last: Reading) -> list[Finding]:
    """The findings that speak most of what was counted last: 占多少 is asked of that (有多少厂商)."""
    said = [told(f.fact, last) + sum(not f.fact.within.isdisjoint(m.entities) for m in last.mentions) for f in findings]
    shares = [any(q.is_share for q in f.fact.quantities) for f in findings]
    most = max(compress(said, shares), default=0.0)
    return [f for f, weight in zip(findings, said, strict=True) if weight >= most - _ROUNDING]
