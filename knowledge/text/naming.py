"""So many things whose names are asked for (三份文件，名称分别是什么): which ones they are is what is asked."""

from __future__ import annotations

from knowledge.text.patterns import pattern

_NAMES = ("名", "标题", "题目", "全称", "叫")
"""One of these stands in each such question."""
_SO_MANY = r"(?:[二两三四五六七八九十]{1,2}|(?<![\d.])(?:[2-9]|[1-9]\d))"
_OF = "(?:个(?!月|小时)|[家款项座所条种位份部篇届场支艘本只栋]|大(?!模型))"
_NOUN = r"(?:名|名称|名字|标题|题目|全称|全名)"
_ASKED_NAMES = pattern(
    rf"(?P<things>{_SO_MANY}{_OF}[^,，。?？!！;；:：、各分名叫哪谁多几]{{1,16}}?)[,，]?(?:它们|他们|其)?"
    rf"(?:的?(?:具体|完整|正式|各自)?的?{_NOUN}(?:各自?|分别|都|各)?(?:是|叫|为|有)(?:什么|啥|哪些)"
    rf"|(?:各自|分别|都|各)?(?:是|叫)(?:做|作)?(?:什么|啥){_NOUN}|(?:各自|分别|都|各)?叫(?:做|作)?(?:什么|啥))"
    r"(?=[呢啊呀来着]*[ ?？。]*$)"
)


def which_ones(text: str) -> str:
    """A folded text; where it asks for the names of so many things, it asks which they are."""
    if not any(word in text for word in _NAMES):
        return text
    return _ASKED_NAMES.sub(r"\g<things>是哪些", text, count=1)
