"""Whose each of several is, asked for by a noun or behind a roll (甲的4个模型的开发主体, 模型清单，连同所属机构)."""

from __future__ import annotations

from knowledge.text.lexicon import Lexicon
from knowledge.text.patterns import pattern

_MANY = r"(?:这?(?:\d{1,2}|[两三四五六七八九十]{1,2})[个家款项座所种部])"
_OWNER = "(?:所属|所在|开发|研发|研制|制作|出品|归属|背后)的?(?:机构|单位|主体|企业|公司|团队|厂商|方)"
_BY_WHOM = (
    "(?:是|属于|出自|归|由)(?:哪[家些个几]{0,2}(?:公司|企业|机构|单位)?|谁家?)"
    "(?:开发|研发|研制|制作|推出|发布|出品)?的?"
)
_ASKED = pattern(
    r"^(?P<head>[^\s,，;；。?？、和与跟及有“”「」『』《》\"]{4,28}?)(?P<roll>的?(?:清单|名单|列表))?"
    r"(?:的|[,，]?(?:连同|以及|及其?|和|与|附上?|外加|带上?)?)"
    rf"(?P<each>(?:它们|各自?|分别|其|都)*)的?(?:{_OWNER}(?:分别|各自?|都)*(?:有哪些|是谁|是哪[些几]?[个家]?)?|{_BY_WHOM})"
    r"[呢啊呀]*[?？。 ]*$",
    holds=("所属", "所在", "开发", "研发", "研制", "制作", "出品", "归属", "背后", "哪", "谁"),
)
_COUNTED = pattern(rf"(?:的|(?<=[^的]))(?P<many>{_MANY}?)$")
_NOUNS = range(6, 1, -1)
"""Characters of the noun for a kind."""


def with_makers(text: str, lexicon: Lexicon) -> str:
    """The folded text; where it asks whose each of several things of a kind is, it asks which ones there are first."""
    found = _ASKED.match(text)
    if found is None:
        return text
    head = found["head"]
    noun = next((head[-size:] for size in _NOUNS if lexicon.kinds(head[-size:])), "")
    counted = _COUNTED.search(head.removesuffix(noun)) if noun else None
    if counted is None or not (counted["many"] or found["roll"] or found["each"]):
        return text
    return f"{head[: counted.start()]}的{counted['many']}{noun}有哪些,分别属于哪家?"
