"""Sayings to be completed: 「甲就是……」后半句是什么 comes to 甲就是什么."""

from __future__ import annotations

from knowledge.text.patterns import pattern

_BLANK = pattern(r"_{2,}|…+|\.{3,}|[(（] *[)）]|×{2,}")
_MISSING = pattern(
    r"[”」』\"'’]*[,，。:： ]*(?:这|那)?里?的?"
    r"(?:(?P<side>[前后上下])[半一面]{0,2}(?:句|段|截|面)?话?|空(?:着|格|白)?的?(?:地方|里|处)?|横线[上处]?|括号里|省略[号的]?(?:部分)?)"
    r"的?(?:应该|应|该)?[是填写接说为]?的?是?(?:什么|啥|咩|哪几个字|哪个词)(?:来着|呢|呀|啊)?[?？。 ]*$"
)
_MARKED = frozenset("前后上下空横括省")
"""What is missing is never told without one of these."""
_QUOTES = "“”「」『』\"'‘’"
_EDGE = " ,，。:："
_LEAST = 4
"""Characters of what is given of a saying."""
_WHAT = "什么"
_BEFORE = frozenset("前上")


def completed(text: str) -> str:
    """A folded text that asks what is missing of a saying, with 什么 in its place; any other as it is."""
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
