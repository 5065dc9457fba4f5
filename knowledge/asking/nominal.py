"""What is asked by a noun alone beside a question of something else (甲的启动时间，乙的模型叫什么)."""

from __future__ import annotations

from knowledge.asking.alone import Answerer
from knowledge.asking.reply import merged
from knowledge.finding.outcome import Outcome
from knowledge.text.asks import EDGE
from knowledge.text.patterns import pattern
from knowledge.text.segments import Segment

_LONGEST = 60
"""Characters of what is asked so."""
_LIMITS = pattern("(?:那[年月天时会]|时候?|之?[前后]|期间|以来|的话|下|口径)$|^(?:在|按|据|从|自|到|截至)")
"""Says when, or by which count, something else is asked."""
_TOLD = 3
"""Facts that lead an answer."""


def with_nouns(segment: Segment, outcome: Outcome, answerer: Answerer) -> Outcome:
    """The outcome of a question, beside that of the noun before or behind it which asks of something else."""
    before, behind = segment.background.strip(EDGE), segment.tail.strip(EDGE)
    text, silent = segment.text.strip(EDGE), outcome.status == "unknown"
    if before and not behind and _asks_alone(before, answerer, silent=silent and not segment.lead):
        return _both([before, text], 1, outcome, answerer)
    if behind and not before and text.endswith(behind) and _asks_alone(behind, answerer, silent=silent):
        return _both([text[: -len(behind)].strip(EDGE), behind], 0, outcome, answerer)
    return outcome


def _both(texts: list[str], question: int, outcome: Outcome, answerer: Answerer) -> Outcome:
    """The answers to both, if each has one and that of the question doesn't hang on the noun; else the outcome."""
    if not answerer.readings.named(answerer.readings.read(texts[question])):
        return outcome
    found = [answerer.by_itself(text) for text in texts]
    if any(o.status != "answered" or o.parts[0].kind == "card" for o in found):
        return outcome
    if not _leading(found[0]).isdisjoint(_leading(found[1])):
        return outcome
    if outcome.status == "answered" and _leading(outcome).isdisjoint(_leading(found[question])):
        return outcome
    return merged(found, [Segment(text) for text in texts])


def _leading(outcome: Outcome) -> frozenset[int]:
    return frozenset(fact.f for part in outcome.parts for fact in part.facts[:_TOLD])


def _asks_alone(text: str, answerer: Answerer, *, silent: bool) -> bool:
    """Whether a text names something, and ends with a noun for what is told of such things.

    That it names something is enough where the question with it has no answer (`silent`).
    """
    reading = answerer.readings.read(text)
    if len(text) > _LONGEST or _LIMITS.search(text) or not reading.words or not answerer.readings.named(reading):
        return False
    last = reading.words[-1]
    tags = {tag[:2] for tag in last.tags}
    return silent or (last.end == len(text) and "k:" not in tags and not tags.isdisjoint(("a:", "r:")))
