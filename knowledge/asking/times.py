"""One thing asked of several times, each of which may have a source or a noun of its own: a question for each."""

from __future__ import annotations

from knowledge.asking.accounts import publishes
from knowledge.deciding.apiece import JOINT, WORKED
from knowledge.linking.scan import Word
from knowledge.reading.asked import NUMERIC
from knowledge.reading.reading import Reading
from knowledge.store.base import Base
from knowledge.text.dates import Period
from knowledge.text.patterns import pattern

_OF_TIME = pattern("的?([\u3400-\u9fff]{0,6}?)(?:[、,，和与及跟]|以及)")
"""What is asked of one time, before the next (2020年产值与2025年目标各是多少)."""
_OF_LAST = pattern("的?[\u3400-\u9fff]{0,6}")
_AND_IN = pattern(",? and (?:in|by|at|for) (?:the (?:end of )?)?|, (?:in|by) ")
_BEFORE_OWN = frozenset(",，:：、和与及跟以")


def at_each_time(reading: Reading, base: Base) -> list[str]:
    """The question asked of each of several times in a row (2016年和2023年各多少); none if it is of another form."""
    if len(reading.periods) < 2 or not reading.periods[0].year:
        return []
    times = reading.periods
    if reading.intents & WORKED:
        return []
    text, each, starts = reading.text, reading.word("i:each"), _starts(reading, base)
    gaps = [(a.end, start) for a, start in zip(times, starts[1:], strict=False)]
    if not all(JOINT.fullmatch(text, a, b) or _AND_IN.fullmatch(text, a, b) for a, b in gaps):
        return _of_each_time(reading, starts, each) if each and each.start >= times[-1].end else []
    if not (each or reading.asks & NUMERIC or not reading.asks):
        return []
    year = text[times[0].start :][: len("2024年")]
    before, after = text[: starts[0]], text[times[-1].end :]
    if each and each.start >= times[-1].end:
        at = each.start - times[-1].end
        after = after[:at] + "是" * each.text.endswith("是") + after[at + len(each.text) :]
    spans = zip(times, starts, strict=True)
    return [before + year * (not t.year) + text[start : t.end] + after for t, start in spans]


def _of_each_time(reading: Reading, starts: list[int], each: Word) -> list[str]:
    """The questions where each time has a noun of its own (2020年产值与2025年目标各是多少)."""
    text, times = reading.text, reading.periods
    own = [_OF_TIME.fullmatch(text, a.end, start) for a, start in zip(times, starts[1:], strict=False)]
    last = _OF_LAST.fullmatch(text, times[-1].end, each.start)
    ends = [match.end(1) for match in own if match]
    if last is None or len(ends) < len(own):
        return []
    rest = "是" * each.text.endswith("是") + text[each.end :]
    spans = zip(starts, (*ends, last.end()), strict=True)
    return [text[: starts[0]] + text[start:end] + rest for start, end in spans]


def _starts(reading: Reading, base: Base) -> list[int]:
    """Where what belongs to each of the times begins: with what stands right before it, where each has its own.

    Of a source before the first time alone (…，甲报2023年统计的和2024年名单上的) nothing is asked of the others.
    """
    plain = [t.start for t in reading.periods]
    own = [_own(t, reading) for t in reading.periods]
    if own[0] is None:
        return plain
    if all(n is not None for n in own[1:]):
        return [reading.mentions[n].start for n in own if n is not None]
    first = reading.mentions[own[0]]
    return [first.start, *plain[1:]] if own[0] and publishes(first.entities[0], base) else plain


def _own(time: Period, reading: Reading) -> int | None:
    """The index of the mention that stands right before a time, behind a comma or what joins."""
    for n, mention in enumerate(reading.mentions):
        if mention.end == time.start:
            return n if mention.start and reading.text[mention.start - 1] in _BEFORE_OWN else None
    return None
