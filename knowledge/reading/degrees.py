"""Which of several has more or less, and by how much: what a comparison asks for."""

from __future__ import annotations

import re

from knowledge.linking.link import Mention
from knowledge.linking.scan import Scan
from knowledge.text.patterns import pattern

ENDS = frozenset({"most", "least"})
"""Intents that ask for an end of an order."""
_MORE = "[多高大强长快贵重深宽厚远热老]"
_FEWER = "(?:[少低矮小短慢轻浅窄薄近冷]|便宜|年轻)"
_MORE_OR_LESS = pattern(
    rf"(?:谁|哪[个家座边里款艘条只支台辆种])的?[^,，?？]{{0,12}}(?<!多)({_MORE}|{_FEWER})[呢呀啊些 ]*"
    r"(?:[,，、]?[^,，?？]{0,4}?(?:各自?|分别)(?:[是为有占])?(?:多少|几).{0,2})?[?？]*$",
    holds="谁哪",
)
"""Of several which has more (谁的大模型多)."""
_AHEAD = pattern(
    r"(?:领先|落后|超过|超出|高[出于]|低于|多[出于]|少于|反超)于?了?(?![约近]?[\d一二两三四五六七八九十百千])[^,，?？]{1,10}?[了约]?(?:多少|几)(?![倍成年])",
    holds=("领先", "落后", "超过", "超出", "高出", "高于", "低于", "多出", "多于", "少于", "反超"),
)
"""By how much one is ahead of another (上海领先北京多少亿)."""
_BY_HOW_MUCH = pattern(
    rf"比(?![例重较如])[^,，?？]{{1,20}}?(?:{_MORE}|{_FEWER})[^,，?？\d]{{0,4}}?(?:多少|几)(?![倍成年乎何])"
    rf"|(?:谁|哪)[^,，?？]{{1,14}}[,，](?:{_MORE}|[少低矮小短慢轻])(?:出|了|占)?(?:多少|几)(?![倍成乎何])",
    holds="比谁哪",
)
"""By how much one has more than another (甲比乙多坐多少人, 哪边多,多几家)."""
_AND_HOW_MUCH = pattern(r"\b(?:which|who|whose)\b[^?]*\bby how (?:much|many)\b", holds=("by how",))
"""Which has more, and by how much, in English."""
_LESS = pattern(
    rf"比[^,，?？]{{1,20}}(?:(?<!多){_FEWER}|[弱晚差])(?:一些|一点|些)?[的吗吧么呢啊]*(?:对吗|是吗)?[ ?？]*$"
)
"""One has less than the other (A比B少吗)."""
_PAST = ("has ", "have ", "had ", "did ", "was ", "were ")
_DOING = ("ed", "ing")
_ADVERB = "地"
"""Behind a comparative: it says how."""


def asks_how_many(text: str) -> bool:
    """Whether a text has one of the words by which it is asked how many there are."""
    return "多少" in text or "几" in text


def degrees(mentions: list[Mention], text: str, intents: set[str]) -> set[str]:
    """Whether it is asked who has more, who has less, or by how much (谁的大模型多, A比B少吗, 多几个)."""
    if asks_how_many(text) and _BY_HOW_MUCH.search(text):
        return {"difference"}
    if len(mentions) < 2:
        return set()
    if _AND_HOW_MUCH.search(text):
        return {"difference"}
    if ahead := _AHEAD.search(text):
        after = any(ahead.start() < m.start < ahead.end() for m in mentions)
        return {"difference"} if after and any(m.end <= ahead.start() for m in mentions) else set()
    if degree := _MORE_OR_LESS.search(text):
        return {"most" if re.fullmatch(_MORE, degree[1]) else "least"}
    return {"least"} if "compare" in intents and _LESS.search(text) else set()


def says_how(scan: Scan, index: int) -> bool:
    """Whether a word is no intent: a comparative before a verb (更多推广), a verb spelt like a post (founding).

    Nor is a time that is counted from what happened (成立三年后), or in which it did: it is none that is to come.
    """
    if "i:tocome" in scan.words[index].tags and index:
        done = scan.words[index - 1]
        if scan.text.startswith(_PAST):
            return True  # has it raised so much in five years
        return done.end == scan.words[index].start and any(t.startswith("r:") for t in done.tags)
    if "i:role" in scan.words[index].tags:
        return scan.words[index].text.endswith(_DOING)
    if "i:degree" not in scan.words[index].tags:
        return False
    if scan.text.startswith(_ADVERB, scan.words[index].end):
        return True  # 更多地推广
    if index + 1 == len(scan.words):
        return False
    word, verb = scan.words[index : index + 2]
    return verb.start == word.end and all(t == "l" or t.startswith("s:") for t in verb.tags)
