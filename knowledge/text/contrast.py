"""Two things side by side: each asked another thing (甲与乙：一个…，一个…), or which has more (谁多，甲还是乙).

And what only says that the figures asked for differ (两篇口径不同，各是多少).
"""

from __future__ import annotations

from knowledge.text.patterns import pattern

_ONE = "(?:一[个家地方位款部座所项]|前者)"
_OTHER = "(?:而|另)?(?:另?一[个家地方位款部座所项]|后者)"
_ASKED = "[^,，;；:：?？]*(?:什么|哪|谁|多少|几|啥|何|怎|咋)[^,，;；:：?？]*"
_APART = pattern(
    r"^(?:请|帮我)?(?:比较|对比|比一比|对照|比比)?(?:一下|下)?(?P<one>[^,，;；:：?？的和与跟、]{1,12})(?:和|与|跟|同|、)"
    r"(?P<other>[^,，;；:：?？的在]{1,12})(?P<topic>(?:的|在)[^,，;；:：?？]{1,24})?[:：,，]+ ?"
    rf"(?P<both>[^,，;；:：?？]{{0,8}}?){_ONE}(?P<first>{_ASKED})[,，;；] ?{_OTHER}(?P<second>{_ASKED})[?？。 ]*$",
    holds=":：,，",
)
_MARKED = ("一", "前者")
"""One of these stands in each such question."""
_AT_ODDS = pattern(
    "的?[,，]?(?:这?[两几三][个处篇家边种份者]?的?)?(?:文章|报道|来源)?的?"
    "(?:(?:说法|口径|数字|数据|统计|写法|数)(?:并?不(?:同|一样|一致|统一|一)|各异|有出入|有别|对不上|打架|矛盾)|对不上|有出入)"
    "[,，]?(?=各|分别)"
    "|[,，]?(?:也|就|相?差了?|出入)(?:近|约|将近|大约)?(?:[一二两三四五几\\d.]+(?:倍|成|半)|(?:好|这么|那么)?多|一大截|不少|很大)[,，]+(?=各|分别)"
)
"""Says of what is asked that it differs, and asks nothing."""
_EACH = pattern("各|分别")
_WHAT_EACH = pattern("(分别|各自?)为何(?=[?？。 ]*$)")
"""Asks in writing what each of them is, and no reason."""
_FIGURES = pattern("(?:[数量额率值比]|规模|占比|多少|金额|上限)(?=分别|各)")
"""Of these it is asked how much they are."""
_MORE = pattern(
    "^(?P<asks>[^,，;；]*(?:谁|哪一?[个家座款边里])[^,，;；]*?(?:更|最|比较)?[多高大强长好快贵早少低小短晚][些点]?)"
    "[呢呀啊]?[?？,，:：]+ ?(?:是|在)?(?P<one>[^,，;；]{1,12}?)还是(?P<other>[^,，;；]{1,12}?)[呢呀啊]?[?？。 ]*$"
)
_EITHER = pattern(
    "^(?!现在|目前|如今|当前|到底|究竟|最终|最后|仍|依然|应该|大概|可能|主要)(?P<one>[^,，;；]{1,10}?)还是(?P<rest>[^,，;；谁哪什么还是]{2,16}?)"
    "(?P<more>(?:更|比较)?[多高大强长早少低小短晚][些点]?)[呢呀啊]?[?？。 ]*$"
)
"""The same without a word that asks (甲还是乙的船多)."""
_EACH_EN = pattern(
    r"(?<=\w),? and (?:how (?:many|much)|(?:what|which) (?:share|figure|number|percentage)s?)"
    r"(?: does| do| did| is| are| has| have)? each(?: one| of them)?(?: have| has| hold)?[ ?.]*$"
)
"""Behind the question which of two has more: what each of them has."""
_EACH_BEHIND = pattern("[,，] ?(?:各自?|分别)[是有为]?(?:多少|几)[\u3400-\u9fff]?[?？。 ]*$")
"""The same in Chinese (谁多，甲还是乙，各多少)."""
_WHICH_EN = ("which", "who")
_EITHER_EN = pattern(
    r"^(?:(?P<of>between|of|out of|comparing) )?(?P<one>[a-z][^,:;?]{1,40}?) (?P<and>or|and) "
    r"(?P<other>[^,:;?]{2,40}?) ?[:,;-]+ ?(?P<asks>(?:which|who|whose)\b[^?:;]*?"
    r"\b(?:\w+er|more|fewer|less|most|\w+est|first|ahead|led|leads)\b[^?:;,]*)"
    r"(?:,? (?:and )?(?:(?:what|which) (?:were|are|was) (?:the|their) (?:\w+ )?(?:figures|numbers|values|amounts)"
    r"|with what figures))?[? ]*$",
    holds=(" or ", " and "),
)
"""The two, then which of them has more (甲 or 乙: which has more)."""
_OR = "还是"
_ASKS = "谁哪"


_MUCH = "(?P<much>(?:几|多少)(?:天|个?月|年|周|日|个星期))"
_EARLIER = pattern(
    "^(?P<one>[^,，?？比]{2,30}?)比(?P<other>[^,，?？]{2,30}?)(?:要|又)?[早晚](?P<deed>[\u3400-\u9fff]{0,4}?)了?"
    rf"{_MUCH}[呢呀啊吗]*[?？。 ]*$"
)
"""甲比乙早发布几天."""
_WHICH_EARLIER = pattern(
    "^(?P<both>[^,，?？]{2,30}?[和与跟、][^,，?？]{2,30}?)[,，]?(?:到底|究竟)?(?:哪一?个|谁|哪家|哪款|哪件|哪边)(?:更|比较|要)?[早晚先]"
    rf"[^,，?？]{{0,4}}[,，?？]+(?:又|各)?[早晚差隔]了?{_MUCH}[呢呀啊]*[?？。 ]*$"
)
"""甲成立和乙发布，哪个更早，早几天."""
_AHEAD = pattern(
    "^(?P<one>[^,，。?？]{2,30}?)(?:超出|高出|多出|超过)了?(?P<other>[^,，。?？多少几哪谁的有\\d]{2,12}?)(?:了|约|大约)?"
    "(?P<much>(?:多少|几)(?!倍)[\u3400-\u9fff]{0,3}[呢呀啊?？。 ]*)$"
)
"""甲超出乙多少家."""
_CLAIMED = pattern(
    "^(?:与|和|跟|同|比起|相较于?|相比于?)(?P<other>[^,，。?？相比]{1,16})(?:相比|比起来|相较)?[,，](?P<one>[^,，。?？更比]{2,20}?)"
    "(?P<more>(?:在[^,，。?？]{1,10})?更[^,，。?？]{1,8}[,，]?(?:对吗|是吗|对吧|是吧|吗|吧|对不对|没错吧)[?？。 ]*)$",
    holds=("更",),
)
"""与乙相比，甲更强，对吗."""
_WITHIN = pattern(
    "(?P<part>[^,，。?？在]{2,40}?)在(?P<whole>[^,，。?？在]{2,24}?)(?:里面|里边|里头|里|当中|之中|中|之内|内)约?占了?到?约?"
    "(?=几成|百分之|多少|多大|几分|比例|比重|几个点)"
)
"""A part, then the whole in which it has its share."""


def set_apart(text: str) -> str:
    """A folded text that sets two things side by side as the question or the two that it comes to, others as is."""
    said = _EACH_BEHIND.sub("", text) if _OR in text else text
    if _OR in text and (which := _MORE.match(said)):
        apart = "" if which["asks"][0] in _ASKS else ","
        return f"{which['one']}和{which['other']}{apart}{which['asks']}?"
    if _OR in text and (either := _EITHER.match(text)):
        return f"{either['one']}和{either['rest']}谁{either['more']}?"
    if (either := _EITHER_EN.match(text)) and (either["of"] or either["and"] != "and"):
        text = f"{either['asks'].rstrip(',. ')}, {either['one']} or {either['other']}?"
    if text.startswith(_WHICH_EN) and "each" in text and (each := _EACH_EN.search(text)):
        return f"{text[: each.start()]}?"
    if not any(mark in text for mark in _MARKED) or not (both := _APART.match(text)):
        return text
    topic = (both["topic"] or "") + both["both"]
    return f"{both['one']}{topic}{both['first']}?{both['other']}{topic}{both['second']}?"


def ahead_of(text: str) -> str:
    """A folded text that asks by how much one is ahead of another (甲超出乙多少) as 甲比乙多多少.

    So is a claim that one is more than another (与乙相比，甲更强，对吗).
    """
    if claimed := _CLAIMED.match(text) if "比" in text or "较" in text else None:
        return f"{claimed['one']}比{claimed['other']}{claimed['more']}"
    ahead = _AHEAD.match(text) if "出" in text or "超" in text else None
    return f"{ahead['one']}比{ahead['other']}多{ahead['much']}" if ahead else text


def within_whole(text: str) -> str:
    """A folded text that asks what share a part is within a whole (甲在乙里占几成) as 甲占乙的几成."""
    return _WITHIN.sub(r"\g<part>占\g<whole>的", text, count=1) if "占" in text and "在" in text else text


def apart_in_time(text: str) -> str:
    """A folded text that asks how much earlier one thing was than another as one that asks how far apart they were."""
    if "早" not in text and "晚" not in text:
        return text
    if earlier := _EARLIER.match(text):
        deed = earlier["deed"]
        return f"{earlier['one']}{deed}和{earlier['other']}{deed}隔了{earlier['much']}?"
    both = _WHICH_EARLIER.match(text)
    return f"{both['both']}隔了{both['much']}?" if both else text


def without_odds(text: str) -> str:
    """The folded text without what only says that the figures asked for differ (…，两篇口径不同，各是多少)."""
    if not _EACH.search(text):
        return text
    return _WHAT_EACH.sub(r"\1是多少" if _FIGURES.search(text) else r"\1是什么", _AT_ODDS.sub("", text, count=1))
