"""How many of so many, or of what lies in something, are asked for: told by no count of the whole, nor of others."""

from __future__ import annotations

import re

from knowledge.reading.asked import CHECKING, NUMERIC
from knowledge.reading.clues import Clue
from knowledge.reading.reading import Reading
from knowledge.text.numerals import Quantity
from knowledge.text.patterns import pattern

_TIMES = frozenset("天 年 个月 小时 个小时 分钟 秒 月 周".split())
_COUNTS = NUMERIC - {"share"}
_AMONG = pattern("[^,?、;]{0,16}?(?:里面?|中间?|当中|之中|之内|中(?=[,有的几多占]|一共|共))(?!心)")
"""Behind a figure: what it counts is what some are asked of (54个公司里)."""
_OF = pattern(r"\b(?:of|among)(?: the| its| those| these| all| [\w ]{2,30}'s)? ?$")
_ARE = "are|is|was|were|have|has|had|come|came|work|works|use|uses|make|makes|belong|do|did|went|got|focus"
_HOW_MANY_OF = pattern(
    rf"\bhow many of (?!them\b|these\b|those\b)[^?]*?\b(?:{_ARE})\b(?P<some>.*)"
    r"|\b(?:of|among) [^,?]{3,60}, ?how many\b(?P<rest>.*)"
)
_IN_THERE = pattern(
    r"(?:里面?|里头|当中|之中|其中|(?<=[\u3400-\u9fff])中)[,，]?(?![心国关间])"
    r"(?:[有占]?(?:多少|几)[家个款项座所条种位名人]?[^,，?是做搞来属由从]{0,6}(?P<are>(?:是|做|搞|来自|属于|由|从).*)"
    r"|(?P<some>[^,，?]{0,2}(?:是|做|搞|来自|属于|由|从)[^,，?]{2,12}|[^,，?]{2,12}的|[^,，?]{2,8}?(?=占))"
    r"[有占共]{0,2}了?(?:多少|几)(?![十百千万亿]))",
    holds="里中",
)
"""What tells some of them apart from the others: 里有几家是…, 里做…的有多少."""
_TAIL = 2
"""Characters of a noun that tell what it names."""
_ASKED_NOUN = pattern("(?:多少|几)[\u3400-\u9fff]([\u3400-\u9fff]{2,6})[?？呢啊呀]*$")
"""The noun behind a classifier and what asks for a number, at the end."""
_LIGHT = 0.3
"""Weight from which on a noun tells some apart."""


def counts_some(reading: Reading) -> bool:
    """Whether it is asked how many of so many there are (54个公司里有几家)."""
    if reading.asks.isdisjoint(NUMERIC) or not reading.intents.isdisjoint(CHECKING):
        return False
    return any(_of_so_many(q, reading.text) for q in reading.quantities)


def _of_so_many(figure: Quantity, text: str) -> bool:
    """Whether a figure counts those of which some are asked for (54个公司里, of the 54), and no place among them."""
    if "前几" in text or figure.unit in _TIMES:
        return False
    return bool(_AMONG.match(text, figure.end) or _OF.search(text, 0, figure.start))


def told_apart(reading: Reading) -> tuple[Clue, ...]:
    """The clues by which some are told apart from the others (46个场景里医疗的有几个 → 医疗), if any are asked for."""
    if reading.asks.isdisjoint(_COUNTS) or not reading.intents.isdisjoint(CHECKING):
        return ()
    english = reading.text.isascii()
    found = (_HOW_MANY_OF if english else _IN_THERE).search(reading.text)
    if found is None or any(m.start <= found.start() < m.end for m in reading.mentions):
        return ()  # the 里 of 阿里
    said = next(g for g in ("some", "rest" if english else "are") if found[g] is not None)
    asking = [w.text for w in reading.words if w.has("q")]
    telling = (c for c in reading.clues if not c.light or english or c.weight >= _LIGHT)
    return tuple(c for c in telling if c.text in found[said] and not any(c.text in q for q in asking))


def counts_alike(figure: Quantity, said: str, reading: Reading) -> bool:
    """Whether a figure counts what is asked for by another classifier (多少座冠军: 9次联赛冠军)."""
    asked = _ASKED_NOUN.search(reading.text)
    if not figure.unit or asked is None:
        return False
    return re.search(rf"{figure.unit}[^\W\x00-\xff]{{0,4}}{asked[1][-_TAIL:]}", said) is not None
