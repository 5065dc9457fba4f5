"""What speaks against confirming a claim though a statement has all of its words: figure, time, contrary, intention."""

from __future__ import annotations

from decimal import Decimal

from knowledge.base import Base
from knowledge.dates import Period
from knowledge.judge import explained
from knowledge.numerals import Quantity
from knowledge.patterns import pattern, stands
from knowledge.reading import Reading
from knowledge.rows import FactRow

_UNITS = {
    "元": "元 块 块钱 人民币 亿元 万元 yuan rmb",
    "美元": "美元 美金 us$ dollar dollars",
    "天": "天 day days",
    "月": "个月 month months",
    "年": "年 year years",
    "小时": "小时 个小时 hour hours",
    "公里": "公里",
    "米": "米",
    "倍": "倍",
    "%": "%",
    "个百分点": "个百分点 percentage point percentage points",
}
_MEASURED_IN = {word: unit for unit, words in _UNITS.items() for word in words.split()}
"""What measures something: a figure in one of these is none in another, while 个 and 家 may count the same."""
_UTMOST = ("最高", "最多", "up to")
"""What comes before a figure that is itself the bound: 最高500万元 is no 最高1000万元."""
_SHORT = ("不到", "不足", "少于", "低于", "less than", "under", "fewer than")
_ORDINAL = pattern(r"第(?:[一二三四五六七八九十]+|\d+)(?:[名位大]|(?![\u3400-\u9fff])|(?=[的吗吧呢]))")
_FIRST = ("第1", "首", "最", "冠军", "领先")
_BY = frozenset("被由")
_GOT = ("获", "受", "得到")
_MOST = 0.6
_OTHERS = ("都", "全部", "均", "全是", "all", "both", "every")
_EACH = ("都", "全", "均", "皆", "所有", "一律", "包揽", "同时", "一起", "各", "all", "both", "every", "each")


def agrees(fact: FactRow, given: Quantity, text: str) -> bool | None:
    """Whether a fact bears out a figure claimed in a text, be it a bound (超过200亿); None if it leaves that open."""
    if any(same_figure(q, given) for q in fact.quantities):
        if text.startswith(_SHORT, given.start):
            return False if all(q.bound != "<" for q in fact.quantities if same_figure(q, given)) else None
        turned = {given.bound} | {q.bound for q in fact.quantities if same_figure(q, given)}
        return not turned >= {"<", ">"}
    if given.bound not in {"<", ">"} or text.startswith(_UTMOST, given.start):
        return False
    own = _compared(fact, given)
    if own is None:
        return False
    more = own.value > given.value
    if own.bound == ("<" if more else ">"):
        return None
    return more == (given.bound == ">")


def same_figure(own: Quantity, given: Quantity) -> bool:
    """The same number of one sort: 5所 and 5个 may count the same, 12亿元 is not 12亿美元."""
    return (own.value, own.is_share) == (given.value, given.is_share) and _alike(own, given)


def _alike(a: Quantity, b: Quantity) -> bool:
    """Whether the two may be figures of one sort."""
    if not (a.unit and b.unit):
        return a.is_share == b.is_share
    return _MEASURED_IN.get(a.unit, "") == _MEASURED_IN.get(b.unit, "")


def _compared(fact: FactRow, given: Quantity) -> Quantity | None:
    """The only figure of a fact that a bound can be compared with."""
    if fact.measured:
        return fact.quantities[0] if _alike(fact.quantities[0], given) else None
    own: dict[Decimal, Quantity] = {q.value: q for q in fact.quantities if q.unit and _alike(q, given)}
    return next(iter(own.values())) if len(own) == 1 else None


def tells_when(fact: FactRow, reading: Reading) -> bool:
    """Whether a fact bears out each time claimed: a day not by its month, nor what happened by when it was told."""
    if not reading.periods:
        return True
    if not fact.periods:
        return False
    if fact.relative and not (fact.timed or fact.measured):
        return False
    return all(any(_within(own, claimed) for own in fact.periods) for claimed in reading.periods)


def _within(own: Period, claimed: Period) -> bool:
    if claimed.year:
        return claimed.first <= own.first and own.last <= claimed.last
    return claimed.first[1:] <= own.first[1:] and own.last[1:] <= claimed.last[1:] and own.first[0] == own.last[0]


def contraries(fact: FactRow, reading: Reading) -> list[str]:
    """The words of a claim whose opposite the statement says (以北, 以南)."""
    return [word for word in fact.opposed if stands(word, reading.text)]


def unfulfilled(fact: FactRow, reading: Reading) -> bool:
    """Whether what the claim says is, or was done, is only intended."""
    if not fact.intended or "aim" in reading.intents:
        return False
    return "done" in reading.intents or not any(p.year > _year(fact) for p in reading.periods)


def _year(fact: FactRow) -> int:
    return fact.published.year if fact.published else 0


def misplaced(fact: FactRow, reading: Reading) -> bool:
    """Whether the claim gives a place (第二) that the statement does not."""
    claimed = [m.group().rstrip("名位大") for m in _ORDINAL.finditer(reading.text)]
    claimed = [c for c in claimed if not any(c in m.text for m in reading.mentions)]
    return any(c not in fact.zh and not (c == "第一" and any(w in fact.zh for w in _FIRST)) for c in claimed)


def of_each(fact: FactRow, reading: Reading, named: int) -> bool:
    """Whether the claim says of all what the statement says of them together, or of one by one."""
    said = any(stands(w, reading.text) for w in _OTHERS)
    return said and named < 2 and not any(stands(w, fact.zh) for w in _EACH)


def vague(fact: FactRow, reading: Reading) -> bool:
    """Whether a word of weight is no more than half in the statement and half in its cues (港交所, 交易所)."""
    plain = (c for c in reading.clues if not c.light and not c.terms)
    own = fact.terms - fact.cued
    return any(explained(c, own) < _MOST and explained(c, fact.terms) < 1.0 for c in plain)


def turned(fact: FactRow, reading: Reading, named: list[int], base: Base) -> bool:
    """Whether the statement names two things the other way round: 甲 did it to 乙, where 乙 is claimed to."""
    if len(named) < 2 or not any(word in fact.zh for word in base.directed):
        return False
    claimed, stated = (_doer(text, named[:2], base) for text in (reading.text, base.tables.fold(fact.zh)))
    return min(claimed, stated) >= 0 and claimed != stated


def _doer(text: str, pair: list[int], base: Base) -> int:
    """Which of the two does it, by the order of their names and 被; -1 if that is not plain."""
    spans = []
    for e in pair:
        names = sorted((n for n in base.folded_names(e) if n and n in text), key=len, reverse=True)
        if not names:
            return -1
        spans.append((text.find(names[0]), len(names[0]), e))
    (at, size, first), (then, _, second) = sorted(spans)
    if text[at - 1 : at] in _BY:
        return first
    if text[then - 1 : then] in _BY:
        return second
    between = text[at + size : then]
    return first if any(w in between for w in base.directed) and not any(w in between for w in _GOT) else -1
