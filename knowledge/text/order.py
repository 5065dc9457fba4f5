"""Places and turns in an order, as questions and statements tell them: 排第二, second largest, 第三批, 近五年."""

from __future__ import annotations

import re
from typing import NamedTuple

from knowledge.text.lexicon import Lexicon
from knowledge.text.numerals import whole_number
from knowledge.text.patterns import pattern

_PLACES = "二三四五六七八九"
_PLACE = pattern(
    rf"(?:排|列|位居|居|名次|数量|数目|规模)[^,，?？的第]{{0,4}}第([{_PLACES}2-9])(?![〇一二三四五六七八九十百\d期届批代])"
    rf"|第([{_PLACES}2-9])(?:[多高强长快贵低少小早晚名位]|大|梯队)"
    rf"|第([{_PLACES}2-9])[个家座款](?=[^,，?？是在]{{2,12}}(?:是|在|叫|由)?(?:[哪谁]|什么|啥))"
)
"""Of several the second, third, … (排第二, 第三多)."""
_BARE_PLACE = pattern(rf"第([{_PLACES}2-9])(?:的|名|位)?")
_ASKED = pattern("(?:是|在|又是|呢|叫|为)?(?:[哪谁边?]|什么(?!领域|方面)|呢)")
"""Behind a place, or the noun for what has it, it asks which one that is (第二是谁, 第三的岛在哪)."""
_LATE_PLACE = pattern(
    r"第(十[一二三四五六七八九]?|[二三四五六七八九]十[一二三四五六七八九]?|[1-9]\d)(?:名|位|大|多|高|强|个|家|座|款)"
)
"""The tenth and those behind it: a turn or a paragraph is not counted so."""
_LARGE = "大"
"""Behind a late place it is a degree, if no noun begins with it (第十大城市, but 第十大学)."""
_PLACE_MORE = pattern("[、和与到至,，]第?[三四五六七八九3-9]")
"""Behind a place: one of several that are named."""
_TEN = 10
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_PLACE_EN = pattern(
    rf"\b({'|'.join(ORDINALS[1:])})[- ](?:most|fewest|largest|biggest|highest|lowest|smallest|greatest|place|by number)"
    rf"|\b(?:rank\w*|comes?|came|placed?|stands?|finish\w*|ended(?: up)?) (?:in |at |the )*({'|'.join(ORDINALS[1:])})\b"
    rf"|\b(?:is|was|are|were|be) (?:the )?({'|'.join(ORDINALS[1:])})"
    r"(?= (?:in|by|for|behind|after|only|nationwide|nationally)\b|[?]?$)",
    holds=ORDINALS[1:],
)
_TURNING = frozenset("批期代届轮近去个层节章部")
_TURN = pattern(
    r"(第[一二三四五六七八九十\d]+|首|前[两二三四五]|上一|下一)[个]?([批期代届轮]|(?<=\d\d)个|(?<=第[一二三四五六七八九])(?:[层节章]|部分))"
)
_LATELY = pattern(r"(?:过去|最?近)这?([一两二三四五六七八九十半\d]+)(年|个月)")
_ITEM = pattern(
    r"第([一二三四五六七八九十]|\d{1,2})[条项点款](?:的?内容|具体)?(?:[写说讲规定的]*(?:是|写|说|讲|为|指)|规定)"
    "[^,，?]{0,4}(?:什么|啥|哪|何|谁)"
)
"""One of so many measures, points or articles, by its number."""
_LAST = "倒数"
_RANKED = pattern("(?:(?:排名?|列|位[居列]|名列|居)在?)?(?:倒数)?$")
"""Right before a place."""
_LESS = frozenset("低少小晚")
"""What ends a place that is counted from the least."""
_LEAST_EN = pattern(r"\b(?:fewest|lowest|smallest|last)\b")
_ITEM_EN = pattern(rf"\b({'|'.join(ORDINALS)}) (?:of|among) the (?:\d+|[a-z]+) ")
_NTH = pattern(rf"第([{_PLACES}2-9])(?![节层段章部步代批届期])")
"""The place of something in an order; a second paragraph or generation is none."""


class Place(NamedTuple):
    """Which one in order a question asks for, and where it says so."""

    number: int
    start: int
    end: int
    back: bool
    """Whether it is counted from the least (第二低, 倒数第三)."""


def place_asked(text: str, lexicon: Lexicon) -> int:
    """Which one in order a question asks for (排第二 → 2), 0 if it asks for none."""
    found = place_said(text, lexicon)
    return found.number if found else 0


def place_said(text: str, lexicon: Lexicon) -> Place | None:
    """The place in order that a question asks for, None if it asks for none."""
    if "第" in text:
        found = [m for m in (_PLACE.search(text), _bare_place(text, lexicon)) if m]
        match = min(found, key=re.Match.start, default=None)
        number = next(filter(None, match.groups())) if match else ""
        if match and not _PLACE_MORE.match(text, match.start() + match[0].index(number) + len(number)):
            return _place(number, match, text)
        late = _LATE_PLACE.search(text)
        if late and (late[0][-1] != _LARGE or not lexicon.noun_at(text, late.end() - 1)):
            return _place(late[1], late, text)
    english = _PLACE_EN.search(text) if text.isascii() else None
    if english is None:
        return None
    number = next(filter(None, english.groups()))
    back = _LEAST_EN.search(text, english.start(), english.end()) is not None
    return Place(ORDINALS.index(number) + 1, *english.span(), back)


def _place(number: str, match: re.Match[str], text: str) -> Place:
    """The place that a Chinese ordinal gives."""
    start = text.index("第", match.start())
    ranked = _RANKED.search(text[:start])
    back = text.endswith(_LAST, 0, start) or match[0][-1] in _LESS
    return Place(whole_number(number), ranked.start() if ranked else start, match.end(), back)


def _bare_place(text: str, lexicon: Lexicon) -> re.Match[str] | None:
    """The first place of which it is asked who has it, with a noun for that between or without (第二的岛是哪个)."""
    for match in _BARE_PLACE.finditer(text):
        noun = lexicon.noun_at(text, match.end())
        if _ASKED.match(text, match.end()) or (noun and _ASKED.match(text, noun[0])):
            return match
    return None


def item_asked(text: str) -> int:
    """Which item of so many a question asks for (17条里第一条 → 1), 0 if it asks for none."""
    match = _ITEM.search(text) if "第" in text else None
    if match:
        return whole_number(match[1])
    english = _ITEM_EN.search(text) if text.isascii() else None
    return ORDINALS.index(english[1]) + 1 if english else 0


def says_place(text: str, place: int) -> bool:
    """Whether a statement says what is the second, third, … in order."""
    said = (_NTH if place < _TEN else _LATE_PLACE).search(text)
    return said is not None and whole_number(said[1]) == place


def turns_in(text: str) -> tuple[tuple[str, str], ...]:
    """The turns of something (第三批, 首期) and stretches of time (近五年) that a text speaks of: (which, of what)."""
    if _TURNING.isdisjoint(text):
        return ()
    turns = [(which.replace("首", "第一"), what) for which, what in _TURN.findall(text)]
    return tuple(turns + [(many, f"近{what}") for many, what in _LATELY.findall(text)])
