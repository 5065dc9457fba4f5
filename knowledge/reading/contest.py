"""Which of two has more or is better is asked for: what is said of one of them alone tells it not."""

from __future__ import annotations

from itertools import pairwise

from knowledge.reading.asked import nouns_for
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.patterns import pattern

_AND = "(?:和|跟|与|同|vs\\.?|对比|比)"
_DEGREE = (
    "(?:更|比较|相对|最)?[多高大强长好贵快早先晚少低小短弱差](?:一些|一点|些|点|进|上市|发布|成立)?"
    "|厉害|便宜|划算|合适|聪明|靠谱"
)
_TAIL = "[呢呀啊的了? ？]*$"
_END = pattern(f"(?:{_DEGREE}){_TAIL}")
_EACH = pattern("[,，、 ]+[^,，?？]{0,4}?(?:各自?|分别)[是为有占]?(?:多少|几)[^,，?？]{0,2}[?？ ]*$")
"""Behind it: how many each of them has."""
_TWO = pattern(
    rf"([^,，]{{1,16}}?){_AND}([^,，]{{1,16}}?)(?:相比|比较|比起来|比|对比)?[,， ]*(?:这?两[个家款座者])?[,， ]*"
    rf"(?:选|要|挑|去|里|中|当中|之中)?(?:谁|哪一?[个家款座边种里份])[^,，]{{0,12}}?(?:{_DEGREE}){_TAIL}"
    rf"|([^,，]{{1,12}})还是([^,，]{{1,12}}?)(?:{_DEGREE}){_TAIL}"
)
"""Asks which of two it is."""
_OF_TWO = (*"和跟与同比", "vs")
"""One of these stands between them."""
_ENGLISH = pattern(
    r"\b(?:which|who)\b.*\b(?:\w+er|more|better|best|most|less|fewer|worse)\b.*[,:] ?(.+) or (.+?)\?*$"
    r"|\b(?:which|who) is (?:\w+er|better|more \w+)[ ,:]+(.+) or (.+?)\?*$"
)
_WEIGHED = pattern(
    r"比|超[过出]|[高低多少大小强弱早晚快慢长短先]于|领先|落后|不如|更|第[一二三四五\d]|最|依次|排[名在第]|反超|仅次|[首居]位|之[前后]|相差|略逊|胜"
)
"""How a statement sets one against the other."""
_WHICH = pattern("[,， ]*(?:这?两[个家款座者])?[,， ]*(?:谁|哪)")
_SOONER = pattern("[早晚先迟]")
_LARGER = pattern(r"[多高大强少低小弱\d]|第[一二三四五]|不如|逊|领先|落后")
_ALIKE = pattern(r"(?:[、和与及]|以及| and )[^,，、和与及]{1,8}?(?:[两二]|都|均|同为|并列)")
"""Behind the name of one of two in a statement: it says the same of both."""
_LEAST = 2
"""Figures of a statement that set two against one another."""
_LONGEST = 10
"""Characters of a degree at the end of a question."""


def two_sides(reading: Reading) -> tuple[str, str] | None:
    """The two of which it is asked which has more, as they stand in the question; None if that is not asked."""
    text = reading.text
    if "verify" in reading.intents or not reading.mentions:
        return None
    if "各" in text or "分别" in text:
        text = _EACH.sub("", text)
    if text.isascii():
        found = _ENGLISH.search(text) if " or " in text else None
    else:
        asks = "还是" in text or (any(w in text for w in _OF_TWO) and ("谁" in text or "哪" in text))
        found = _TWO.search(text) if asks and _END.search(text, max(0, len(text) - _LONGEST)) else None
    if found is None:
        return _side_by_side(reading, text)
    first = 1 if found[1] else 3
    spans = found.span(first), found.span(first + 1)
    # 长三角和珠三角哪个… is of two places, 合作方和… of none: one of the two at least is a name
    if not any(s <= m.start and m.end <= e for m in reading.mentions for s, e in spans):
        return None
    return found[first], found[first + 1]


def _side_by_side(reading: Reading, text: str) -> tuple[str, str] | None:
    """Two that stand beside one another, and which of them has more (甲乙谁的船多)."""
    touching = [(a, b) for a, b in pairwise(reading.mentions) if a.end == b.start]
    if not touching or not _END.search(text, max(0, len(text) - _LONGEST)):
        return None
    return next(((a.text, b.text) for a, b in touching if _WHICH.match(text, b.end)), None)


def weighs(fact: FactRow, sides: tuple[str, str], reading: Reading, base: Base) -> bool:
    """Whether a statement speaks of both and sets them against one another."""
    text = base.statement(fact.f)
    if not (_WEIGHED.search(text) or len(set(fact.figures)) >= _LEAST):
        return False
    if _SOONER.search(text) and not _LARGER.search(text) and not _SOONER.search(reading.text):
        return False
    things = (frozenset(w.kinds) for w in reading.words if w.has("k") and not w.has("q"))
    if any(not any(noun in text for noun in base.remembered(nouns_for)(kinds)) for kinds in things):
        return False  # 谁的企业多 is told by no sums of money
    if len(set(fact.figures)) < _LEAST and _says_same(text, reading, base):
        return False
    for side in sides:
        named = [m for m in reading.mentions if m.text in side]
        if named:
            if all(fact.within.isdisjoint(m.entities) for m in named):
                return False
        elif any(piece in side and piece not in text for piece in reading.unknown):
            return False  # a name that nobody knows
    return True


def _says_same(text: str, reading: Reading, base: Base) -> bool:
    """Whether a statement says one thing of two that stand side by side in it (最多的是甲、乙两个区)."""
    names = {name for m in reading.mentions for name in base.folded_names(m.entities[0])}
    return any(_ALIKE.match(text, at + len(name)) for name in names if (at := text.find(name)) >= 0)
