"""A claim of what sort of thing something is (甲是个聊天机器人吗), to which nothing else speaks."""

from __future__ import annotations

from knowledge.deciding.decide import Decider
from knowledge.finding.outcome import Part
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.patterns import pattern

_CLAIMED = pattern(
    r"[”」』》\"']?(?:到底|其实|应该|好像|就|也|不就)?(?:是不是|是否是|是|算是|属于|就是)(?:一[个款家种项座所只间台部]|[个款家种座所])"
    r"([\u3400-\u9fffa-z]{2,8}?)(?:的)?[,，]?(?:是?吗|是?吧|么|嘛|对吧|对吗|是吗|对不对|没错吧|呢|啊)?[?？]?$"
)
_NOUN = r"(?:(?![的了过吗吧么嘛呢])[\u3400-\u9fff]){2,6}?"
_FIELD = pattern(
    r"[”」』》\"']?(?:到底|其实|应该|好像|就|也)?(?:是不是|是否是|是|属于)?"
    rf"(?:(?:专门|专|主要)?(?:做|搞|研究|面向|专攻|针对|用于|服务|专注于?){_NOUN}(?:领域|方面|行业|这一?块)?的?"
    rf"|{_NOUN}(?:领域的?|行业的?|方面的|(?:领域|行业|垂类|垂直)?(?:大?模型|产品|公司|企业|机构)))"
    r"[,，]?(?:是?吗|是?吧|么|嘛|对吧|对吗|是吗|是不是|对不对|没错吧|呢|啊)?[?？]?$"
)
"""A field in which something is claimed to be (甲是做医疗的)."""
_KIND_EN = pattern(r"(?: (?:is|was))? an? ([a-z][a-z -]{2,30}?)(?:, (?:right|correct|isn't it|no))?[?]?$")
_DEFINES = "definition"


def _claimed_sort(reading: Reading, start: int) -> str:
    """The sort, or the field, that is claimed behind a name; '' if none is."""
    if reading.text.isascii():
        found = _KIND_EN.match(reading.text, start)
    elif field := _FIELD.match(reading.text, start):
        return field[0]  # with what it is claimed to do there
    else:
        found = _CLAIMED.match(reading.text, start)
    return found[1] if found else ""


def of_others(part: Part, reading: Reading, base: Base) -> bool:
    """Whether what answers the claim of a sort tells of other things of that sort than the one it is claimed of."""
    things = reading.things(base)
    thing = reading.mentions[things[-1]] if things and not part.verdict else None
    if thing is None or not _claimed_sort(reading, thing.end):
        return False
    return all(f.within.isdisjoint(thing.entities) for f in part.facts)


def said_to_be(desk: Decider, reading: Reading) -> FactRow | None:
    """What is told of the sort of the thing of which another sort is claimed; None if no sort is claimed."""
    things = reading.things(desk.base)
    if not things or reading.periods or any(q.value != 1 for q in reading.quantities):
        return None
    thing = reading.mentions[things[-1]]
    sort = _claimed_sort(reading, thing.end)
    telling = [c.text in sort for c in reading.clues if not c.light] if sort else []
    if not telling or not all(telling):
        return None  # nothing, or more, is claimed of it than that
    told = [f for f in desk.base.facts_on(thing.entities[0]) if desk.base.relations[f.relation].answers == _DEFINES]
    return next(iter(told), None)
