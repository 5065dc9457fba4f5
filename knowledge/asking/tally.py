"""Which ones they are, asked after how many there are (几份文件, 都叫什么): the question before, asked for them."""

from __future__ import annotations

from knowledge.text.patterns import pattern

_HOW_MANY = pattern("(?:几|多少)([个家款项座所条种份位名部篇])")
_WHICH = pattern(
    "^(?:那|那么|它们|他们|她们|这些|那些)?(?:[都各]自?|分别|具体)*(?:是|叫|有|为)?(?:什么|啥|谁|哪些|哪几[个家款项座所条种份位名部篇]?)"
    "(?:名字|名称)?[呢啊呀?？ ]*$"
)
_HOW_MANY_EN = pattern(r"\bhow many\b")
_WHICH_EN = pattern(r"^(?:and )?(?:which|what)(?: ones)? (?:are|were) (?:they|these|those)\b|^(?:name|list) them\b")


def which_ones(text: str, before: str) -> str:
    """The folded question before, for the things instead of their number; '' if a text asks for none of them."""
    asks, counted, which = (_WHICH_EN, _HOW_MANY_EN, "which") if text.isascii() else (_WHICH, _HOW_MANY, "")
    asked = counted.search(before) if before and asks.search(text) else None
    if asked is None:
        return ""
    return f"{before[: asked.start()]}{which or f'哪几{asked[1]}'}{before[asked.end() :]}"
