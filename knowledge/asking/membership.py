"""Whether something is one of several, asked with the thing in front (甲在乙名单里吗): read as 乙名单里有甲吗."""

from __future__ import annotations

from knowledge.reading.readings import Readings
from knowledge.text.patterns import pattern

_WITHIN = pattern(
    r"^(?P<what>[^,，;；。?？在]{1,20}?)(?:到底|究竟|其实|也|真的)*(?:是不是|是否|应该|好像|算不算)?(?P<not>并?不|没有?)?"
    r"在(?:不在)?(?P<list>[^,，;；。?？在]{2,30}?)(?:里[面头边]?|之[中列]|当中|(?<=单)[上中]|(?<=[\d一二三四五六七八九十][个家款位名座大])中)(?:的)?"
    r"(?P<tail>(?:[,，]?(?:对不对|对吧|对吗|是吧|是吗|没错吧|吧|吗|么|嘛|啊|呢))*[?？ ]*)$",
    holds="里中列上",
)
_ASKS = ("谁", "哪", "什么", "啥", "几", "多少")


def from_the_list(text: str, readings: Readings) -> str:
    """The folded text; a question whether a thing is on a list, asked of the list."""
    found = _WITHIN.match(text)
    if found is None or any(word in text for word in _ASKS) or _is_place(found["list"], readings):
        return text
    return f"{found['list']}里{'没有' if found['not'] else '有'}{found['what']}{found['tail'].rstrip('?？ ') or '吗'}?"


def _is_place(text: str, readings: Readings) -> bool:
    """Whether a text is nothing but the name of a place: what is in it is on no list."""
    base = readings.base
    named = (m for m in readings.read(text).mentions if m.end - m.start == len(text))
    return any(base.entity(m.entities[0]).kind in base.where for m in named)
