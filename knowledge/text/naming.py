"""Names that are asked for of so many things (三份文件，名称分别是什么), or of each of several (甲和乙的名字各列一遍).

Which ones they are is what is asked.
"""

from __future__ import annotations

from knowledge.text.patterns import pattern

_NAMES = ("名", "标题", "题目", "全称", "叫")
"""One of these stands in each such question."""
_SO_MANY = r"(?:[二两三四五六七八九十]{1,2}|(?<![\d.])(?:[2-9]|[1-9]\d))"
_OF = "(?:个(?!月|小时)|[家款项座所条种位份部篇届场支艘本只栋]|大)"
_NOUN = r"(?:文件名称?|文件标题|名|名称|名字|标题|题目|全称|全名)"
_ASKED_NAMES = pattern(
    rf"(?P<things>{_SO_MANY}{_OF}[^,，。?？!！;；:：、各分名叫哪谁多几]{{1,16}}?)[,，]?(?:它们|他们|其)?"
    rf"(?:的?(?:具体|完整|正式|各自)?的?{_NOUN}(?:各自?|分别|都|各)?(?:是|叫|为|有)(?:什么|啥|哪些|(?=[?？。 ]*$))"
    rf"|(?:各自|分别|都|各)?(?:是|叫)(?:做|作)?(?:什么|啥){_NOUN}|(?:各自|分别|都|各)?叫(?:做|作)?(?:什么|啥))"
    r"(?=[呢啊呀来着]*[ ?？。]*$)"
)
_TITLE = pattern(
    r"(?P<what>(?:文件|方案|办法|条例|计划|政策|措施|意见|通知|规划|报告|白皮书|法规|规定))[,，]?的?"
    rf"{_NOUN}(?:具体|到底|是)?(?:是|叫|为)?(?:什么|啥|(?:怎么|咋|如何)[写叫])(?:的)?(?=[呢啊呀来着]*[ ?？。]*$)"
)
"""The title of a document is asked for as its name (那份文件，标题怎么写)."""
_LISTING = ("列", "各", "分别")
"""One of these stands where the names of what each of several has are asked for."""
_ROW = "[^,，。?？:：的]{2,12}(?:、[^,，。?？:：的、]{2,12})*[和与及跟、][^,，。?？:：的和与]{2,12}?"
_BOTH = "(?:这?(?:[两三四五几][地城市家者个]|二者)|它们|他们|各自?)?的?"
_WHAT = "(?P<noun>[^,，。?？:：的和与及、名哪]{2,8}?)"
_LIST_THEM = "(?:各自?|分别|都|全部?|逐一|一一)*(?:列|写|报|说)(?:一遍|一下|出来|全|个遍|清楚)"
_END = "(?=[呢啊呀吧]*[ ?？。]*$)"
_OF_THEM = pattern(
    rf"^(?P<whose>{_ROW})(?:都是|各是|都有|各有|均有|同样是|都只有|各只有)(?:\d+|[二两三四五六七八九十])[个家款项座所种]{_WHAT}[,，]"
    rf"(?:(?:请|麻烦|帮我)?(?:把|将)?{_BOTH}[^,，名各列]{{0,4}}?的?{_NOUN}?{_LIST_THEM}"
    rf"|{_BOTH}{_NOUN}?(?:各自?|分别|都)?(?:有哪些|是哪些|是哪几[个家款]|叫(?:什么|啥)(?:名字)?)){_END}"
)
"""甲和乙都是3个模型，把两地的名字各列一遍."""
_OF_EACH = pattern(
    rf"^(?:请|麻烦|帮我)?(?:把|将)?(?P<whose>{_ROW}){_BOTH}{_WHAT}(?:的?{_NOUN}|(?=各|分别)){_LIST_THEM}{_END}"
)
"""把甲和乙的模型名字各列一遍."""
_LIST_OF_EACH = pattern(
    rf"^(?:请|麻烦|帮我)?列(?:出|举|一下|出来)(?P<whose>{_ROW})(?:这?[两三四五][地城市家]|各自)的{_WHAT}的?{_NOUN}?{_END}"
)
"""列出甲和乙两地的模型名字."""


def which_ones(text: str) -> str:
    """A folded text; where it asks for the names of so many things, it asks which they are."""
    if any(word in text for word in _LISTING):
        for form in (_OF_THEM, _OF_EACH, _LIST_OF_EACH):
            if found := form.match(text):
                return f"{found['whose']}的{found['noun']}各有哪些{text[found.end() :]}"
    if not any(word in text for word in _NAMES):
        return text
    text = _TITLE.sub(r"\g<what>叫什么", text, count=1)
    return _ASKED_NAMES.sub(r"\g<things>是哪些", text, count=1)
