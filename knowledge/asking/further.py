"""What else somebody has done (甲还设计过哪些): the one thing known may be what is known to the asker too."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.finding.outcome import Context, Part
from knowledge.reading.reading import Reading
from knowledge.text.patterns import pattern

_ELSE = pattern(
    "还(?:曾|曾经|另外|先后|在|都)*[\u3400-\u9fff]{1,4}?[过了](?:哪|什么|啥|谁|几)"
    r"|\b(?:what|who|which|where|whom) else (?:did|has|have|had)\b"
    r"|\b(?:what|which) other .{2,40}\b(?:did|has|have|had)\b"
)
_STILL = ("还", "else", "other")


def no_more_known(reading: Reading, parts: Iterable[Part], context: Context) -> bool:
    """Whether it is asked what else somebody has done, and an answer tells one thing only, be it told before or not."""
    if (
        not any(word in reading.text for word in _STILL)
        or reading.excepted
        or reading.besides
        or _ELSE.search(reading.text) is None
    ):
        return False
    facts = [f for part in parts for f in part.facts]
    told = frozenset[int]().union(*[f.spoken for f in facts]) - reading.entities
    return len(facts) == 1 and len(told) <= 1 and (not context.facts or facts[0].f in context.facts)
