"""A claim of what sort of thing something is (甲是个聊天机器人吗), to which nothing else speaks."""

from __future__ import annotations

from knowledge.deciding.decide import Decider
from knowledge.reading.reading import Reading
from knowledge.store.base import FactRow
from knowledge.text.patterns import pattern

_CLAIMED = pattern(
    r"[”」』》\"']?(?:到底|其实|应该|好像|就|也|不就)?(?:是不是|是否是|是|算是|属于|就是)(?:一[个款家种项座所只间台部]|[个款家种座所])"
    r"([\u3400-\u9fffa-z]{2,8}?)(?:的)?[,，]?(?:是?吗|是?吧|么|嘛|对吧|对吗|是吗|对不对|没错吧|呢|啊)?[?？]?$"
)
_KIND_EN = pattern(r"(?: (?:is|was))? an? ([a-z][a-z -]{2,30}?)(?:, (?:right|correct|isn't it|no))?[?]?$")
_DEFINES = "definition"


def said_to_be(desk: Decider, reading: Reading) -> FactRow | None:
    """What is told of the sort of the thing of which another sort is claimed; None if no sort is claimed."""
    things = reading.things(desk.base)
    if not things or reading.periods or any(q.value != 1 for q in reading.quantities):
        return None
    thing = reading.mentions[things[-1]]
    sort = (_KIND_EN if reading.text.isascii() else _CLAIMED).match(reading.text, thing.end)
    telling = [c.text in sort[1] for c in reading.clues if not c.light] if sort else []
    if not telling or not all(telling):
        return None  # nothing, or more, is claimed of it than that
    told = [f for f in desk.base.facts_on(thing.entities[0]) if desk.base.relations[f.relation].answers == _DEFINES]
    return next(iter(told), None)
