"""What tells one thing from others of its name: a number, a version, a size, the years of a title."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from knowledge.linking.link import Mention
from knowledge.linking.scan import covers
from knowledge.store.base import Base
from knowledge.text.dates import Period, find_periods
from knowledge.text.numerals import Quantity
from knowledge.text.patterns import pattern

_YEAR = pattern(r"20\d\d(?:[-—–]20\d\d)?")
_CODE = pattern(r"(?<![a-z\d.])[a-z]{2,}(?:-[a-z]?)?\d{1,3}(?:\.\d+)?(?![\d.])")
"""A name that ends in a number (gpt-3)."""
_OPENS = frozenset({"(", "（"})
_NEXT_OF = pattern(r"(?:[二三四五六七八九]|\d+)[号期馆]", holds="号期馆")
"""Behind a name: another one of its kind (智源大厦二期)."""
_NUMBERED = pattern(
    r" ?[1-9](?:\.\d)?(?= (?:is|was|can|does|did|has|have|had|will|be|generate|come|released?)\b|\?|$"
    r"| ?(?![年月日号期倍个款种家项点次亿万千百十名位条代类])[\u3400-\u9fff])"
)
"""Behind a Latin name: its version (what can Sora 2 do)."""
_VERSION = pattern(r"(?<![a-z\d])v\d+(?:\.\d+)?(?![\d.])")
_OF_SIZE = pattern(r"(?<![a-z\d.-])\d{1,3}(?:\.\d)?b(?![a-z\d])")
"""A model told from others by its size (百川的53B)."""


def codes(
    text: str, mentions: list[Mention], quantities: list[Quantity], periods: list[Period], base: Base
) -> Iterator[str]:
    """Names of a folded question with what tells them from those that the base knows, as they are written."""
    yield from _beside_names(text, mentions)
    yield from _numbered(mentions, quantities)
    yield from _other_years(text, mentions, periods, base)


def _beside_names(text: str, mentions: list[Mention]) -> Iterator[str]:
    """Codes, versions and sizes."""
    for sort in (_CODE, _VERSION, _OF_SIZE) if any(map(str.isdecimal, text)) else ():
        yield from (c[0] for c in sort.finditer(text) if not covers(mentions, c.start(), c.end()))
    for mention in mentions:
        for behind in (_NEXT_OF, _NUMBERED) if mention.text.isascii() else (_NEXT_OF,):
            if code := behind.match(text, mention.end):
                yield f"{mention.text}{code[0]}"


def _other_years(text: str, mentions: list[Mention], periods: list[Period], base: Base) -> Iterator[str]:
    """Names beside other years than their own (2025年大会 is not 2024年大会, nor …计划(2022—2027年) that to 2025)."""
    for period, mention in product(periods, mentions):
        name = base.entity(mention.entities[0]).zh
        own = _YEAR.match(name)
        if own and period.end == mention.start and period.year and str(period.year) not in own[0]:
            yield text[period.start : mention.end]
        ends = {p.last[0] for p in find_periods(name)} if text[mention.end : period.start] in _OPENS else set()
        if ends and period.year and period.last[0] not in ends:
            yield text[mention.start : period.end]


def _numbered(mentions: list[Mention], quantities: list[Quantity]) -> Iterator[str]:
    """Names with a bare number glued to them, which is that of another version (通义千问3)."""
    for mention, given in product(mentions, quantities):
        if given.start == mention.end and given.text.isdecimal() and len(given.text) == 1 and not given.unit:
            yield f"{mention.text}{given.text}"
