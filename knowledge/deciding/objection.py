"""What speaks against confirming a claim though a statement has all of its words: figure, time, contrary, intention."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from knowledge.deciding.negating import bare
from knowledge.finding.judge import explained
from knowledge.reading.reading import Reading
from knowledge.store.base import Base
from knowledge.text.dates import Period, find_periods
from knowledge.text.numerals import ABOVE, BELOW, BOUNDS, Quantity, find_quantities, reach, step
from knowledge.text.patterns import pattern, stands
from knowledge.text.rows import FactRow
from knowledge.text.stretch import EVER, NEVER

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
_SORTS = {"元": "money", "美元": "money", "天": "time", "月": "time", "年": "time", "小时": "time"}
_TELLING = 3
"""Digits from which on a figure is of one thing only: said of another it is wrong."""
_CLAUSE = pattern("[，,；;：:。]")
_YEAR = 1000
_FEW = 4
_EVENT = pattern("时|之际|那会儿|离|距")
_LATER = pattern("[年月天](?:之|以)?[前后]|还差")
_YEARS = pattern(r"今年|去年|前年|明年|后年|\b(?:this|last|next) year\b")
_DATES = pattern(r"[\d年月日上下半中旬底初末至到于在截起以前后午，—~-]")
_UTMOST = ("最高", "最多", "up to")
"""What comes before a figure that is itself the bound: 最高500万元 is no 最高1000万元."""
_SOME_MORE = pattern(r"[多余][\u3400-\u9fff]?$")
_ROUGH = pattern("成|分之")
"""Without more words a share of tenths or parts is no exact one."""
_NEAR, _NOT_FAR = Decimal("0.05"), Decimal("0.1")
"""By what part of it a figure may differ from a rough one that is right, and from one that is not wrong."""
_COUNTED = 100
"""Below this a figure is counted, and no round one."""
_ORDINAL = pattern(r"第(?:[一二三四五六七八九十]+|\d+)(?:[名位大]|(?![\u3400-\u9fff])|(?=[的吗吧呢]))")
_FIRST = ("第1", "首", "最", "冠军", "领先")
_EQUAL = pattern(r"一样|相同|相等|等于|并列|\b(?:same|equal)\b")
_BEFORE = pattern("之前|之后|以前|以后")
_BY = ("被", "由", " by")
_TOWARDS = ("对", "向", "把")
_GOT = ("获", "受", "得到")
_MOST = 0.6
_HEAVY = 0.9
_ALL = ("都", "全部", "均", "全是", "all", "both", "every")
_ONLY = pattern(
    r"(?:只|仅|独家|单独|独自|唯一)(?!(?:[用花占需要是为剩达]了?|有)?[\d一二三四五六七八九十百半有约次])"
    r"|\b(?:only|solely)\b(?! (?:about |some )?\d)"
)
_WORLD = ("全球", "世界", "国际")
_RANKS = pattern(r"\b(?:first|second|third|fourth|fifth|sixth)\b")
_EACH = ("都", "全", "均", "皆", "所有", "一律", "包揽", "同时", "一起", "各", "all", "both", "every", "each")


def agrees(fact: FactRow, given: Quantity, text: str) -> bool | None:
    """Whether a fact bears out a figure claimed in a text, be it a bound (超过200亿); None if it leaves that open."""
    agreed = figures_agree(fact.quantities, given, text, measured=fact.measured)
    if agreed is None and fact.planned and _aims_higher(fact, given):
        return False
    return agreed


def _aims_higher(fact: FactRow, given: Quantity) -> bool:
    """Whether a claim sets a goal (超过700亿) higher than the one that is set (超过500亿)."""
    own = _compared(fact.quantities, given, measured=fact.measured)
    return own is not None and own.bound == given.bound == ">" and given.value > own.value


def implies(fact: FactRow, given: Quantity) -> bool:
    """Whether a bound claimed follows from that of a fact, though it is none that is told (超过4万 from 超过5万)."""
    own = _compared(fact.quantities, given, measured=fact.measured) if given.bound in BOUNDS else None
    return own is not None and own.bound == given.bound and (own.value > given.value) == (given.bound == ">")


def figures_agree(figures: Sequence[Quantity], given: Quantity, text: str, *, measured: bool) -> bool | None:
    """The same of some figures; the first of them counts where they are `measured`."""
    telling = len(given.value.normalize().as_tuple().digits) >= _TELLING
    figures = figures[:1] if measured and given.bound in BOUNDS else figures
    if same := [q for q in figures if same_figure(q, given)]:
        if text.startswith(BELOW, given.start):
            return False if all(q.bound != "<" for q in same) else None
        if text.startswith(ABOVE, given.start) and not any(q.bound for q in same):
            return False if telling or given.value < _COUNTED else None  # 1000亿 may stand for somewhat more
        return not {given.bound, *(q.bound for q in same)} >= BOUNDS
    if not any(_comparable(q, given) for q in figures):
        return False if telling else None
    if given.bound not in BOUNDS and (near := _nearly(figures, given, text, measured=measured)) is not False:
        return near
    if given.bound not in BOUNDS or text.startswith(_UTMOST, given.start):
        return False
    own = _compared(figures, given, measured=measured)
    if own is None:
        return None
    if _SOME_MORE.search(text, given.start, given.end) and own.value >= given.value + step(given.value):
        return False
    more = own.value > given.value
    if own.bound in {given.bound, "<" if more else ">"}:
        return None  # 不超过5000万 is no 不超过1亿, though it is less
    return more == (given.bound == ">")


def is_near(fact: FactRow, given: Quantity, text: str) -> bool:
    """Whether a rough figure claimed in a text is at least not far from that of a fact."""
    return _nearly(fact.quantities, given, text, measured=fact.measured) is not False


def _nearly(figures: Sequence[Quantity], given: Quantity, text: str, *, measured: bool) -> bool | None:
    """Whether a rough figure (约3800亿, 近七成) is one of a fact's rounded; None if it is not far from it."""
    if given.bound != "~" and not _ROUGH.search(text, given.start, given.end):
        return False
    own = _compared(figures, given, measured=measured)
    if own is None:
        return None
    if within := reach(given, text[given.start : given.end]):
        return within[0] <= own.value < within[1]
    away = abs(own.value - given.value) / max(own.value, given.value)
    return True if given.bound and away <= _NEAR else None if away <= _NOT_FAR else False


def beyond(own: Quantity, text: str, given: Quantity) -> bool:
    """Whether a figure claimed lies beyond what 多 behind one in a text reaches (1000多, 超过2000)."""
    return bool(_SOME_MORE.search(text, own.start, own.end)) and given.value >= own.value + step(own.value)


def same_figure(own: Quantity, given: Quantity) -> bool:
    """The same number of one sort: 5所 and 5个 may count the same, 12亿元 is not 12亿美元."""
    return (own.value, own.is_share) == (given.value, given.is_share) and _alike(own, given)


def places_another(fact: FactRow, claim: Reading, base: Base) -> bool:
    """Whether a fact tells where something else is: where its investor sits says not where what is claimed is."""
    return base.relations[fact.relation].answers == "place" and fact.subject not in claim.entities


def is_money(figure: Quantity, base: Base) -> bool:
    """Whether it is an amount of money, of whatever currency the pack has."""
    return figure.unit in base.money or _SORTS.get(_MEASURED_IN.get(figure.unit, ""), "") == "money"


def is_time(figure: Quantity) -> bool:
    """Whether it is a stretch of time (3个月), and no year."""
    return figure.value < _YEAR and _SORTS.get(_MEASURED_IN.get(figure.unit, ""), "") == "time"


def _alike(a: Quantity, b: Quantity) -> bool:
    """Whether the two may be figures of one sort."""
    if not (a.unit and b.unit):
        return a.is_share == b.is_share
    return _MEASURED_IN.get(a.unit, "") == _MEASURED_IN.get(b.unit, "")


def unmeasured(fact: FactRow, reading: Reading) -> bool:
    """Whether the claim is of a number and the fact gives only shares, or the other way round."""
    kinds = {q.is_share for q in fact.quantities}
    return bool(kinds and reading.quantities) and kinds.isdisjoint({g.is_share for g in reading.quantities})


def _comparable(a: Quantity, b: Quantity) -> bool:
    """Whether one figure may stand where the other is claimed: 10天 for 1个月, but not 位 for 元."""
    sorts = [_SORTS.get(_MEASURED_IN.get(q.unit, ""), "") for q in (a, b)]
    return a.is_share == b.is_share and (sorts[0] == sorts[1] or not (a.unit and b.unit))


def _compared(figures: Sequence[Quantity], given: Quantity, *, measured: bool) -> Quantity | None:
    """The only one of some figures that a bound can be compared with."""
    if measured:
        return figures[0] if _alike(figures[0], given) else None
    own = {q.value: q for q in reversed(figures) if q.unit and _alike(q, given)}
    return next(iter(own.values())) if len(own) == 1 else None


def tells_when(fact: FactRow, reading: Reading) -> bool:
    """Whether a fact bears out each time claimed: a day not by its month, nor what happened by when it was told."""
    if _YEARS.search(reading.text):
        return False  # of which year depends on when it is asked
    if not reading.periods:
        return True
    if not fact.periods:
        return False
    if fact.relative and not (fact.timed or fact.measured):
        return False
    return all(any(_within(own, claimed) for own in fact.periods) for claimed in reading.periods)


def spans_otherwise(fact: FactRow, reading: Reading) -> bool:
    """Whether a fact has a span of years, and another than the one claimed: 2018—2025 is no 2015—2025."""
    spans = {(p.first, p.last) for p in fact.periods if _of_years(p)}
    return bool(spans) and any(_of_years(p) and (p.first, p.last) not in spans for p in reading.periods)


def _of_years(period: Period) -> bool:
    """Whether it has a beginning and an end, and these lie in two years."""
    return 0 < period.first[0] < period.last[0] and period.first != EVER and period.last != NEVER


def _within(own: Period, claimed: Period) -> bool:
    if claimed.year:
        return claimed.first <= own.first and own.last <= claimed.last
    return claimed.first[1:] <= own.first[1:] and own.last[1:] <= claimed.last[1:] and own.first[0] == own.last[0]


def says_when(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether the statement itself, and not its date alone, gives a time as closely as the one claimed (7月8日)."""
    told = find_periods(base.statement(fact.f))
    return any(_as_close(own, claimed) for claimed in reading.periods for own in told)


def _as_close(own: Period, claimed: Period) -> bool:
    if claimed.first == claimed.last:
        return own.first == own.last
    return own.within_month or not claimed.within_month


def dated_apart(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether the time claimed is told of something else (2018年开会时甲刚问世 says not when 甲 was made)."""
    if not fact.timed or not reading.periods:
        return False
    cut = [c for c in _CLAUSE.split(base.statement(fact.f)) if c]
    words = [n for m in reading.mentions for e in m.entities for n in base.folded_names(e) if n]
    words += [c.text for c in reading.clues if not c.light]
    when = [n for n, c in enumerate(cut) if any(_within(p, q) for p in find_periods(c) for q in reading.periods)]
    other = [n for n in when if len(_DATES.sub("", cut[n])) > _FEW and not any(w in cut[n] for w in words)]
    # where the time is that of another event, the words stand some time before or behind it
    later = any(_LATER.search(c) for n, c in enumerate(cut) if n not in when and any(w in c for w in words))
    return bool(when) and other == when and (later or any(_EVENT.search(cut[n]) for n in when))


def unfulfilled(fact: FactRow, reading: Reading) -> bool:
    """Whether what the claim says is, or was done, is only intended."""
    if not fact.planned or "aim" in reading.intents:
        return False
    if "done" in reading.intents:
        return True
    bounded = any(g.bound == "<" for g in reading.quantities)  # 最高500万元 is claimed as it is set
    told = bounded or fact.superlative or any(p.year > _year(fact) for p in reading.periods)
    return bool(fact.quantities) and not told


def _year(fact: FactRow) -> int:
    return fact.published.year if fact.published else 0


def misplaced(fact: FactRow, reading: Reading) -> bool:
    """Whether the claim gives a place (第二, 全球首个) that the statement does not."""
    text = reading.text
    if text.isascii():
        claimed, stated = set(_RANKS.findall(text)), set(_RANKS.findall(fact.en.casefold()))
        claimed = claimed or ({"first"} if "most" in reading.intents and "compare" not in reading.intents else set())
        return bool(claimed and stated) and not claimed <= stated
    if fact.superlative and any(w in text for w in _WORLD) and not any(w in fact.zh for w in _WORLD):
        return True
    places = [m.group().rstrip("名位大") for m in _ORDINAL.finditer(bare(reading))]
    return any(c not in fact.zh and not (c == "第一" and any(w in fact.zh for w in _FIRST)) for c in places)


def of_each(text: str, reading: Reading, several: int) -> bool:
    """Whether the claim says of all what a statement, without its names, says of one or of them together."""
    claimed = bare(reading)
    return several < 2 and any(stands(w, claimed) for w in _ALL) and not any(stands(w, text) for w in _EACH)


def alone(text: str, reading: Reading) -> bool:
    """Whether the claim says of one alone what a statement, without its names, does not."""
    return bool(_ONLY.search(bare(reading))) and not _ONLY.search(text)


def vague(fact: FactRow, reading: Reading) -> bool:
    """Whether a word of weight is in the cues alone, or no more than half in the statement (港交所, 交易所)."""
    plain = (c for c in reading.clues if not c.light)
    own = fact.terms - fact.cued
    return any(explained(c, own) < _MOST and (c.weight >= _HEAVY or explained(c, fact.terms) < 1.0) for c in plain)


def otherwise(fact: FactRow, reading: Reading, things: int) -> bool:
    """Whether the claim says besides what the statement has no word of: what is left out, is now, or came first."""
    if "rest" in reading.intents or ("now" in reading.intents and fact.former):
        return True
    if reading.wanted and fact.listed > 1 and fact.listed != reading.wanted:
        return not any(q.value == reading.wanted for q in fact.quantities)
    if _EQUAL.search(reading.text) and not _EQUAL.search(fact.zh):
        return True
    told = _BEFORE.findall(reading.text)
    return things > 1 and ("前者" in fact.zh or any(w not in fact.zh for w in told))


def of_another_sort(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether a noun of the claim (芯片) stands for a kind of thing that the fact neither says nor names."""
    kinds = base.kinds_like(base.entity(e).kind for e in fact.within)
    for word in reading.words:
        meant = frozenset(word.kinds)
        if meant and len(word.text) > 1 and meant.isdisjoint(kinds) and not stands(word.text, base.statement(fact.f)):
            return not reading.text.isascii()
    return False


def of_other_kind(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether a figure claimed counts things of another kind than in the statement (9个省, 9个城市)."""
    text = base.statement(fact.f)
    for given in reading.quantities:
        mine = _kinds_at(reading.text, given.end, base)
        own = [_kinds_at(text, q.end, base) for q in find_quantities(text) if same_figure(q, given)]
        if mine and own and all(kinds and kinds.isdisjoint(mine) for kinds in own):
            return True
    return False


def _kinds_at(text: str, start: int, base: Base) -> frozenset[str]:
    """The kinds that the noun at an offset of a text stands for."""
    for size in range(4, 0, -1):
        kinds = frozenset(base.lexicon.kinds(text[start : start + size]))
        if kinds:
            return kinds
    return frozenset()


def turned(fact: FactRow, reading: Reading, named: list[int], base: Base) -> bool:
    """Whether the statement names two things the other way round: 甲 did it to 乙, where 乙 is claimed to."""
    english = reading.text.isascii()
    said = fact.en.casefold() if english else base.statement(fact.f)
    if len(named) < 2 or not any(word in said for word in base.directed if word.isascii() == english):
        return False
    spans = [(m.start, m.end - m.start, e) for e in named[:2] for m in reading.mentions if e in m.entities]
    claimed, stated = doer(reading.text, spans, base), doer(said, _spans(said, named[:2], base), base)
    return min(claimed, stated) >= 0 and claimed != stated


def _spans(text: str, pair: list[int], base: Base) -> list[tuple[int, int, int]]:
    """Where a text names each of the two: offset, length and entity."""
    spans = []
    for e in pair:
        names = sorted((n for n in base.folded_names(e) if n and n in text), key=len, reverse=True)
        spans += [(text.find(n), len(n), e) for n in names[:1]]
    return spans


def doer(text: str, spans: list[tuple[int, int, int]], base: Base) -> int:
    """Which of the two does it, by the order of their names and what stands before them; -1 if that is not plain."""
    if len(spans) != 2:
        return -1
    (at, size, first), (then, _, second) = sorted(spans)
    before, between = text[:at].rstrip(), text[at + size : then].rstrip()
    if before.endswith(_BY):
        return first
    if between.endswith(_BY):
        return second
    acted = any(w in between for w in base.directed) and not any(w in between for w in _GOT)
    return first if acted or between.endswith(_TOWARDS) else -1
