"""What the articles tell of without a name: who asks for that name is told so, and given nobody else's."""

from __future__ import annotations

import re

from knowledge.finding.finding import Finding
from knowledge.reading.asked import CHOOSING
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow

_ASKED = CHOOSING | {"definition"}
TO_NAME = ("name ", "list ", "the name")
"""How a question for a name begins that has no question word."""
_NEAR = 5
"""Findings of which one tells of what has no name."""
_BEHIND_BEST = 4.0
"""By so much of its score it may lie behind the best."""
_BEFORE = (
    '们?[”」』"]?(?:的?(?:真实|完整|全部|具体)*的?(?:名字|姓名|名称|大名|全名|真名|身份|名单))?'
    "(?:,?(?:又|究竟|到底|具体|分别|各|都|指的|所?指|共))*(?:是|叫|为|有|姓|名|最后|后来|被|让|遭)*"
    "(?:谁|哪(?![来里儿天年月一]?[类种里儿来天年])|什么(?!人|来头|时候|职|性)|啥|何|甚|边|咩|乜)"
)
"""What stands between a noun and what asks for its name: 的那位专家是谁, 六大行动具体是哪六个, 专家姓甚名谁."""
_NOT_WHAT = "(?!们?都?有(?:什么|啥|何|哪些)(?!名)[\u3400-\u9fff]{2})"
"""Of what it has something else than a name is asked for (对企业有什么要求)."""
_BEHIND = (
    "(?:哪|边|什么|啥|何)[一二两三四五六七八九十几\\d个位家名款项座所条些张支只层]*"
    "(?!城市|省份|地方|地区)[^,，?？的是类种有了]{0,4}"
)
"""What stands before it: 哪位知名创业者. 哪些城市建了… asks for the cities."""
_SORT = "领域|方面|类型|种类|行业|方向|层面|环节"
"""Behind the noun it is a sort of that which is asked for (哪个模型领域)."""
_BEHIND_EN = (
    r"\b(?:who|which|what|names?|identity|list|tell me)(?:'s| is| was| are| were)?(?: of)?"
    r"(?: (?!who\b|that\b|which\b|whom\b|did\b|do\b|does\b|in\b|on\b|at\b|by\b|to\b|for\b|from\b|with\b|about\b)"
    r"[\w'-]+){0,4}? "
)
_AT_END = "的?(?:[^,，?？是]{1,5}[和与及、])?(?:名字|姓名|名称|身份)(?:[和与及、][^,，?？]{1,8})?[?？ ]*$"
"""What stands behind it without a question word: 的名字和研发单位."""
_BEFORE_EN = r"(?:'s? (?:real |full )?(?:name|identity)\b| (?:called|named)\b)"


def unnamed(reading: Reading, findings: list[Finding], base: Base) -> tuple[FactRow, ...]:
    """The facts that tell of what a question asks the name of, and give none; none if it asks for something else."""
    if not base.unnamed or "verify" in reading.intents:
        return ()
    if reading.asks.isdisjoint(_ASKED) and not _names(reading.text):
        return ()
    near = [f.fact.f for f in findings[:_NEAR] if f.about or f.score > findings[0].score - _BEHIND_BEST]
    for row in base.unnamed:
        meant = row.of in reading.entities if row.of >= 0 else not row.facts.isdisjoint(near)
        if meant and any(w in reading.text and _asks_name(w, reading.text) for w in row.words):
            told = [f for f in near if f in row.facts] or sorted(row.facts)[:_NEAR]
            return tuple(map(base.fact, told))
    return ()


def _names(text: str) -> bool:
    """Whether a text without a question word asks for names."""
    return text.startswith(TO_NAME) or "名字" in text or "名称" in text


def _asks_name(noun: str, text: str) -> bool:
    """Whether a question asks the name of what a noun in it stands for."""
    word = re.escape(noun)
    if text.isascii():
        return bool(re.search(rf"{_BEHIND_EN}{word}\b|\b{word}{_BEFORE_EN}", text))
    asked = rf"{word}{_NOT_WHAT}{_BEFORE}|{_BEHIND}{word}(?!{_SORT})|(?:谁|何人)来?{word}|{word}{_AT_END}"
    return bool(re.search(asked, text))
