"""Whether something is so, asked in one word: by its first character twice (准不准点), or by 有没有 (甲有没有乙多)."""

from __future__ import annotations

from knowledge.text.lexicon import Lexicon
from knowledge.text.patterns import pattern

_NOT = "不"
_EITHER = pattern("([\u3400-\u9fff])不\\1(?=([\u3400-\u9fff]))")
_ALONE = frozenset("是有能会要可对行好")
"""Characters that ask by themselves, whatever stands behind them."""
_AS_MUCH = "有没有"
_AS = pattern(
    f"(?P<one>[^,，?？]{{2,30}}){_AS_MUCH}(?P<other>[^,，?？]{{1,13}}[^,，?？变增更最太超过这那么])(?:[这那]么|[这那]样)?"
    "(?P<how>多|高|大|强|长|快|早|重|远|贵|老)[啊呀呢吗]?[?？]?",
    holds=(_AS_MUCH,),
)
_OR_NOT = pattern("(?<=[过了])(?P<what>[^,，;；?？过了谁哪几什么]{1,16})没有?[呢呀啊]?[?？。 ]*$", holds="没")
"""At the end: whether somebody did, or there is such a thing by now (出了爆款没有)."""
_FAR = pattern(
    "(?P<from>[离距][^,，?？离距]{2,14}?)(?:很|挺|够|算)?[远近](?:吗|么|不|不远|不近|嘛)[?？。 ]*$", holds="离距"
)
"""Asks if it is far, and by that how far."""
_CLAIM = pattern("(?:吗|吧|么|对不对|是不是|没错|属实)[?？。 ]*$")
_TENS = pattern("几(?=[十百千万][\u3400-\u9fff])", holds="几")
_TEENS = pattern("(?<=[十百])几(?=[\u3400-\u9fff])(?![号日月点时])", holds="几")
"""In a claim they ask nothing (有几十家吧, 十几家)."""
_MA = pattern("(?<![干做为搞弄有啥幺])嘛[?？。 ]*$", holds="嘛")
"""At the end it asks as 吗 does."""
_EMPHATIC = pattern("(?:根本|压根儿?|丝毫)(?:就|也|都|还)?(?=[没不未无并非])", holds=("根本", "压根", "丝毫"))
"""Before what denies it only lays weight on that (根本没有)."""


def asked_plainly(text: str) -> str:
    """A folded text that asks if something is so, in the usual words: 出了爆款没有, 是甲的嘛, 离甲远吗, 有几十家吧."""
    text = _EMPHATIC.sub("", text)
    text = _OR_NOT.sub(r"\g<what>吗?", text) if "没" in text else text
    text = _FAR.sub(r"\g<from>多远?", text) if "远" in text or "近" in text else text
    text = _MA.sub("吗?", text) if "嘛" in text else text
    if "几" in text and _CLAIM.search(text):
        text = _TEENS.sub("来", _TENS.sub("数", text))
    return text


def as_compared(text: str) -> str:
    """A folded text that asks if one is as much as another (甲的床有没有乙多), as the comparison that it comes to."""
    found = _AS.fullmatch(text) if _AS_MUCH in text else None
    return f"{found['one']}比{found['other']}{found['how']}吗?" if found else text


def in_one_word(text: str, lexicon: Lexicon) -> str:
    """A folded text with such words in one; 是否 before them where nothing else is asked."""
    found = _EITHER.search(text) if _NOT in text else None
    if found is None or found[1] in _ALONE:
        return text
    tags = lexicon.tags.get(found[1] + found[2], ())
    if not any(t[:2] in ("r:", "a:", "s:") for t in tags):
        return text
    rest = text[: found.start()] + found[1] + text[found.end() :]
    if lexicon.question_word(rest):
        return rest.replace(",", "", 1) if "," in rest[found.start() :] else rest  # 准不准点,百分之多少
    return f"{text[: found.start()]}是否{found[1]}{text[found.end() :]}"
