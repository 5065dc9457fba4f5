"""Sayings to be completed: 「甲就是……」后半句是什么 comes to 甲就是什么."""

from __future__ import annotations

from knowledge.text.patterns import pattern

_BLANK = pattern(r"_{2,}|…+|\.{3,}|[(（] *[)）]|×{2,}")
_MISSING = pattern(
    r"[”」』\"'’]*[,，。:： ]*(?:这|那)?里?的?"
    r"(?:(?P<side>[前后上下])[半一面]{0,2}(?:句|段|截|面)?话?|空(?:着|格|白)?的?(?:地方|里|处)?|横线[上处]?|括号里|省略[号的]?(?:部分)?)"
    r"的?(?:应该|应|该)?[是填写接说为]?的?是?(?:什么|啥|咩|哪几个字|哪个词)(?:来着|呢|呀|啊)?[?？。 ]*$",
    holds=("什么", "啥", "咩", "哪几个字", "哪个词"),
)
_HOW_SAID = pattern(
    r"(?:(?:文章|文中|全文|文|稿子|报道)?(?:的|里)?(?:最后|末尾|结尾|文末|末|结语|开头|开篇)?的?(?:那|这)?(?:一)?句"
    r"(?:感叹|感慨|话|名言|比喻|口号|评价|总结|判断|原话)?)(?:到底)?(?:是)?(?:怎么|如何|咋)(?:说|讲|写|表述)的?(?:来着|呢|啊)?[—:,?-]+(?=.{6})"
)
"""Asks how something is said, in front of a question for what is said."""
_ASKED = pattern("什么|[哪谁啥几]|多少|怎|如何")
_MARKED = frozenset("前后上下空横括省")
"""What is missing is never told without one of these."""
_QUOTES = "“”「」『』\"'‘’"
_EDGE = " ,，。:："
_FRONT = 10
"""Characters among which such a request says what it asks for."""
_LEAST = 4
"""Characters of what is given of a saying."""
_WHAT = "什么"
_BEFORE = frozenset("前上")


def completed(text: str) -> str:
    """A folded text that asks what is missing of a saying, with 什么 in its place; any other as it is."""
    if "句" in text[:_FRONT] and (front := _HOW_SAID.match(text)) and _ASKED.search(text, front.end()):
        return text[front.end() :]
    if _MARKED.isdisjoint(text) or not (missing := _MISSING.search(text)):
        return text
    given = text[: missing.start()].strip(_EDGE)
    blank = _BLANK.search(given)
    said = "".join(c for c in _BLANK.sub("", given) if c not in _QUOTES)
    if (blank is None and not missing["side"]) or len(said) < _LEAST:
        return text
    whole = "".join(c for c in (_BLANK.sub(_WHAT, given, count=1) if blank else given) if c not in _QUOTES)
    if blank is None:
        whole = f"{_WHAT}{whole}" if missing["side"] in _BEFORE else f"{whole}{_WHAT}"
    return f"{whole}?"
