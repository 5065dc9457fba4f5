"""Whose figure a fact gives: one of another thing, of several together or of a plan is none of what is named."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.finding.breakdown import breakdown
from knowledge.finding.finding import LITTLE, Finding
from knowledge.finding.judge import explained
from knowledge.reading.asked import NUMBER_OF, NUMERIC
from knowledge.reading.clues import Clue
from knowledge.reading.reading import Reading
from knowledge.reading.slots import Slot
from knowledge.store.base import Base, FactRow
from knowledge.text.dates import find_periods
from knowledge.text.patterns import pattern

_UNTIL = pattern("(?<!截止)(?<!截至)到(?:哪一?年|几几年|什么时候|何时)(?:为止|结束|到期|$|[?？])|until when|till when")
_TO_YEAR = pattern(r"[到至]\d{4}年")
_TITLED = pattern("《[^《》]*》")
_LEFT_ASIDE = pattern("除(?:了|去)?([^,，]{1,12}?)(?:以外|之外|外)")
_APART = frozenset({"rest", "others", "except"})
"""Intents by which what remains is asked for."""
_HAVING = pattern("有了?(?:多少|几)|how many .*(?:are there|does .* have)")
_PLANNING = pattern(
    "计划|目标|规划|[要将拟建前想]|冲[到刺过破]|[预估]计|力争|争取|培[育养]|打造|孵化|方案|提出|扶持|未来|到20|最[高多]|上限|每年"
    "|plan|aim|target|goal|forecast|expect|hope|want|set to|is to |are to |going to|will |by 20"
)
_HAS_DONE = pattern(
    "(?<![划出定设排列算])了(?:多少|几)|建成(?:多少|几)|(?:去|前|上一?)年|last year|how (?:many|much) .*"
    r"\b(?:has|have) .*\b(?:built|created|opened|completed|founded|nurtured|incubated|fostered|issued|paid|reached)\b"
)
"""Asks how many it has come to, or what was in a year gone by: what was planned tells not."""
_AIMING = pattern("计划|目标|规划|预[计估]|估计|打算|[要想拟]|plan|aim|target|goal|forecast|expect")
_FAR_BEHIND = 4.0
"""A finding so much behind the best one tells no more plainly when something was done."""
_MONEY = frozenset("亿万元")
_NOUN = 0.4
"""Weight of the nouns counted that tells them from others."""
_AMONG = pattern("[第前]几")
"""Asks for a place or a row, and counts nothing."""
_TOTAL = pattern(r"合计|共计|一共|总共|共(?=[\d一二三四五六七八九十])", holds=("合计", "共"))
_GROWN = pattern("同比|环比|比上年|增长|增幅|增速|下降|上涨")
"""Tells by how much something grew, which is no part of a whole."""
_PART = pattern("[占半]|比重|份额")
_POINTS = "个百分点"
NO_FIGURE = frozenset({"", *"天 年 个月 月 周 位 名".split()})
"""Units of numbers in a statement on a place (近五年第二位) that are no figures."""
_MEASURE = 100
"""From so much on a figure tells which measure is meant, and counts no years or ranks."""
_FEW = 24
"""Below this a number without a unit counts no things."""
_NEAR = 6
"""Characters between a noun and the question word that asks how many there are."""
_PLACES = range(2, 10)
_HOW_MANY = pattern("(?:多少|几).?$")
"""How many, with a classifier or without."""
_FILLED = pattern("(?:具体|总共|一共|共|大约|大概|到底|究竟|现在|目前|已经|一共有|有|,)*$")
"""What stands between a noun and the question word that asks how many there are."""
_CLAUSE = pattern("[,，;；。?？!！、是”」]")
"""Where the noun that is counted ends at the latest."""
_PEOPLE = pattern("(?:多少|几)(?:个?[万千百]?人(?![才工员均次民类机])|[个名位]?(?:游客|患者|病人|学生|读者|观众|居民))")
"""How many people."""
_VISITORS = pattern(r"\bhow many (?:visitors|tourists|patients|students|readers|viewers|spectators)\b")
_PERSONS = frozenset("人 名 位 个人".split())
_SORTS_OF_UNIT = tuple(map(frozenset, ("家所", "项条篇份章", "次轮场届", "块张台辆")))
"""Classifiers of which one counts nothing that those of another sort count (几项标准: 3家)."""
_CLASSIFIERS = _PERSONS.union(*_SORTS_OF_UNIT)
_COUNTED = pattern(
    r"\bhow many ((?:(?!(?:are|is|were|was|do|does|did|have|has|had|can|could|will|would|in|of|at|on|for|from|to|by)\b)"
    r"[\w-]+ ?)+)"
)
"""What is counted in English: all up to the verb or preposition."""


def in_scope(finding: Finding, reading: Reading, base: Base, known: frozenset[int], *, joined: bool) -> bool:
    """Whether a figure may be that of what the question names, or of what was spoken of (`known`).

    `joined` if other facts explain what it leaves open.
    """
    fact = finding.fact
    if shared(fact, reading, base) or _of_others(fact, reading, base) or _of_another(fact, reading, base):
        return False
    slot = finding.probe.slot
    little = finding.words.own + finding.words.cued < LITTLE
    if (little and not _counts(fact, reading, base)) or _counts_nobody(fact, reading, base):
        return False
    if (little or "sum" in reading.intents) and _is_share_of(fact, reading):
        return False
    if fact.subject not in known and _of_part(fact, reading, base):
        return False
    if slot.some and ((finding.missing and not joined) or not _of_given(fact, slot, base)):
        return False  # how many of so many are something is told by no other count
    # nor by a count of others, whatever else is told beside it
    apart = any(explained(c, fact.terms) < 1.0 for c in slot.apart)
    if apart or ("growth" in reading.intents and (_grown_otherwise(fact, slot, base) or _lacks_grown(fact, reading))):
        return False
    if narrowed([c for c in reading.clues if explained(c, fact.terms) < 1.0], reading):
        return False
    if _is_to_be(fact, reading, base) or _counts_else(finding, reading, base) or _of_row(finding, reading, base):
        return False
    return not reading.of_whole or _is_part_of_all(fact, reading, base, joined=joined)


def _is_part_of_all(fact: FactRow, reading: Reading, base: Base, *, joined: bool) -> bool:
    """Whether a fact tells what part of a whole something is, and not by how much it grew."""
    if _PART.search(reading.text) and _GROWN.search(fact.zh) and not _PART.search(fact.zh):
        return False
    # the share of one thing in all is told by one fact, or by none
    return _is_portion(fact, base) and not (joined and _of_all(reading, base))


def _of_given(fact: FactRow, slot: Slot, base: Base) -> bool:
    """Whether a fact tells the number given too, or is of the count that comes to it for all (117个里的51个)."""
    if slot.given.issubset(fact.figures):
        return True
    if len(slot.given) != 1 or not fact.measured:
        return False
    alike = (f for f in map(base.fact, base.facts_with(fact.relation)) if (f.as_of, f.by) == (fact.as_of, fact.by))
    return any(slot.given <= set(f.figures) and base.holds(f.subject, fact.subject) for f in alike)


def _grown_otherwise(fact: FactRow, slot: Slot, base: Base) -> bool:
    """Whether by how much something grew is told of another measure than the one whose figure is given."""
    given = {figure for figure in slot.given - set(fact.figures) if not figure[1] and figure[0] >= _MEASURE}
    if not given:
        return False
    own = base.facts_on(fact.subject)
    measures = {f.relation for f in own if f.measured and not given.isdisjoint(f.figures[:1])}
    said = base.statement(fact.f)
    return bool(measures) and not any(base.tables.fold(base.relations[r].zh) in said for r in measures)


def _lacks_grown(fact: FactRow, reading: Reading) -> bool:
    """Whether a noun for a kind of things (企业多了多少) is not spoken of: that there is more of else tells it not."""
    nouns = {w.text for w in reading.words if w.has("k") and not w.has("q")}
    return any(c.text in nouns and explained(c, fact.terms) < 1.0 for c in reading.clues)


def narrowed(missing: Sequence[Clue], reading: Reading) -> bool:
    """Whether one of these clues is what is counted (多少水), or stands before the noun for it (应用层企业有多少家)."""
    number = reading.word("q:number")
    if number is None:
        return False
    if any(f"在{c.text}" in reading.text for c in missing if not c.light and len(c.text) > 1):
        return True  # 在海外有多少家客户
    english = _COUNTED.search(reading.text) if "how many" in reading.text else None
    if english:
        return any(c.text in english[1] for c in missing if not c.light)
    behind = _CLAUSE.split(reading.text[number.end :])[0] if _HOW_MANY.search(number.text) else ""
    if behind and any(c.text == behind or (len(c.text) > 1 and c.text in behind) for c in missing if not c.light):
        return True
    if not reading.units:
        return False
    if _lacks_limit(missing, reading, number.start):
        return True
    ends = [reading.text.find(c.text) + len(c.text) for c in missing if not c.light]
    nouns = [w for w in reading.words if w.start in ends and w.has("k")]
    return any(-_NEAR <= w.start - number.end <= _NEAR or 0 <= number.start - w.end <= _NEAR for w in nouns)


def _lacks_limit(missing: Sequence[Clue], reading: Reading, end: int) -> bool:
    """Whether one of these clues limits the noun counted right before a question word (人工智能人才有几名)."""
    before = _FILLED.sub("", reading.text[:end])
    noun = max((c.text for c in reading.clues if before.endswith(c.text)), key=len, default="")
    if not noun:
        return False
    before = before.removesuffix(noun)
    light = max((c.text for c in reading.clues if c.light and before.endswith(c.text)), key=len, default="")
    before = before.removesuffix(light)
    return any(before.endswith(c.text) for c in missing if not c.light and len(c.text) > 1)


def shared(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether its only figure is that of several of a kind together, of which not all are named (两区合计58.1%)."""
    if len({q.value for q in fact.quantities}) != 1:
        return False
    if not fact.quantities[0].is_share and not _TOTAL.search(fact.zh):
        return False
    for mention in reading.mentions:
        entity = base.entity(mention.entities[0])
        if entity.generic or entity.e not in fact.entities or entity.e == fact.subject:
            continue
        kinds = base.kinds_like({entity.kind})
        others = fact.spoken - reading.entities - {fact.subject, entity.part_of}
        if any(base.entity(e).kind in kinds for e in others):
            return True
    return False


def _of_row(finding: Finding, reading: Reading, base: Base) -> bool:
    """Whether what it leaves unexplained is one row of what is broken down of its subject (基础层 of the companies).

    A share of the whole is none of such a row either, of whatever the rows are told.
    """
    missing = {c.text for c in finding.missing if not c.light}
    if not missing:
        return False
    rows = base.remembered(_rows)(finding.fact.subject)
    return not missing.isdisjoint(rows | base.remembered(_layers)() if reading.of_whole else rows)


def _rows(e: int, base: Base) -> frozenset[str]:
    """The labels of all rows into which something is broken down. To be called through `Base.remembered`."""
    return frozenset(row.label for f in base.facts_on(e) for row in base.remembered(breakdown)(f.f))


def _layers(base: Base) -> frozenset[str]:
    """The labels of all shares into which anything is broken down. To be called through `Base.remembered`."""
    facts = map(base.fact, range(base.fact_count))
    broken_down = (base.remembered(breakdown)(fact.f) for fact in facts if "%" in fact.value)
    return frozenset(row.label for rows in broken_down for row in rows)


def _of_others(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether its figure is that of what remains, or the place of something: not of what is named."""
    if all(base.entity(m.entities[0]).generic for m in reading.mentions):
        return False
    named = fact.subject in reading.entities
    if base.relations[fact.relation].value == "rank" and "rank" not in reading.asks and _no_figure(fact):
        return not named or fact.value.startswith("第") or any(map(fact.names_place, _PLACES))
    return not named and not reading.intents & _APART and fact.remaining


def of_the_end(findings: list[Finding], reading: Reading) -> list[Finding]:
    """The findings; where it is asked until when something runs (规划到哪一年) those that say so, if any does."""
    if "date" not in reading.asks or not _UNTIL.search(reading.text):
        return findings
    return [f for f in findings if _runs(_TITLED.sub("", f.fact.zh))] or findings


def _runs(said: str) -> bool:
    """Whether a statement, without titles, gives a span of years or an end."""
    return _TO_YEAR.search(said) is not None or any(0 < p.first[0] < p.last[0] for p in find_periods(said))


def told_besides(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether a statement leaves aside what a question asks for (除已备案的以外…: which are 备案 it does not tell)."""
    said = base.statement(fact.f)
    left = _LEFT_ASIDE.search(said) if "list" in reading.asks and reading.intents.isdisjoint(_APART) else None
    if left is None:
        return False
    rest = said.replace(left[0], "")
    return any(not c.light and c.text in left[1] and c.text not in rest for c in reading.clues)


def _no_figure(fact: FactRow) -> bool:
    """Whether the numbers of a statement on a place are none but that and dates."""
    return all(not q.is_share and q.unit in NO_FIGURE and q.value < _FEW for q in fact.quantities)


def _of_another(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether what is named only holds the fact's subject, while the statement is on another of its kind."""
    for mention in reading.mentions:
        entity = base.entity(mention.entities[0])
        holds = entity.e in fact.within and entity.e not in fact.entities and not entity.generic
        if holds and any(base.entity(e).kind == entity.kind for e in fact.entities - reading.entities):
            return True
    return False


def _counts(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether a fact speaks of what is to be counted (how many models: five ecosystems are none)."""
    if "number" not in reading.asks or base.relations[fact.relation].value != "text":
        return True
    kinds = {w.text for w in reading.words if w.has("k")}
    counted = [c for c in reading.clues if c.text in kinds]
    return not counted or any(not fact.terms.isdisjoint(c.keys) for c in counted)


def _counts_else(finding: Finding, reading: Reading, base: Base) -> bool:
    """Whether it counts something else than the noun behind the classifier (多少家企业: 11项服务)."""
    asked = reading.units - _MONEY - base.money
    if not asked or "ratio" in reading.intents or _AMONG.search(reading.text):
        return False
    nouns = sum(c.weight for c in reading.clues if c.light and not c.measure)
    if finding.own + finding.cued < LITTLE and nouns - finding.light >= _NOUN:
        return True  # 多少家芯片公司: 54个大模型公司
    units = {q.unit for q in finding.fact.quantities}
    if asked == {NUMBER_OF}:
        return bool(units) and all(_is_money(u, base) for u in units)
    if "" in units or not units.isdisjoint(asked):
        return False
    if any(asked <= sort and units and units <= _CLASSIFIERS - sort for sort in _SORTS_OF_UNIT):
        return True
    # neither a sum of money nor a share counts anything
    return all(_is_money(u, base) or u == _POINTS for u in units) or (finding.light == 0.0 and nouns > 0.0)


def _is_money(unit: str, base: Base) -> bool:
    """Whether figures in a unit are sums of money."""
    return "元" in unit or unit in base.money


def _of_part(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether it is asked of the whole (全国), and the figure is that of a part of it that is not named."""
    wholes = [m.entities[0] for m in reading.mentions if m.entities[0] in base.whole]
    if base.entity(fact.subject).kind in base.where - base.closed:  # a park in the city is not all of that
        wholes += [m.entities[0] for m in reading.mentions if base.entity(m.entities[0]).kind in base.where]
    named = {e for e in reading.entities if not base.entity(e).generic}
    if not wholes or not named.isdisjoint(fact.entities):
        return False
    spoken = any(base.entity(w).stands_in(fact.zh) for w in wholes)
    return not spoken and any(base.holds(w, fact.subject) for w in wholes)


def _counts_nobody(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether it is asked how many people there are, and the fact counts none (招了多少人: 1920家)."""
    if not fact.quantities or not (reading.units or reading.text.isascii()):
        return False
    if any(f"r:{base.relations[fact.relation].id}" in w.tags for w in reading.words):
        return False  # 能坐多少人 asks for seats, if the pack says so
    if any(c.attribute and explained(c, fact.terms) == 1.0 for c in reading.clues) and fact.measured:
        return False  # or the language does
    if not (_VISITORS if reading.text.isascii() else _PEOPLE).search(reading.text):
        return False
    return all(q.unit not in _PERSONS for q in fact.quantities)


def _is_share_of(fact: FactRow, reading: Reading) -> bool:
    """Whether it is a mere share where it is asked how many there are."""
    if not reading.units or "share" in reading.asks or "占" in reading.text or not fact.quantities:
        return False
    if any((q.value, q.is_share) in fact.figures for q in reading.quantities):
        return False
    return fact.quantities[0].is_share and all(q.unit not in reading.units for q in fact.quantities)


def _is_to_be(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether it counts what is planned where it is asked how many there are."""
    if not fact.planned:
        return False
    has_done = bool(_HAS_DONE.search(reading.text) and not _AIMING.search(reading.text))
    if not has_done and _PLANNING.search(reading.text):
        return False
    if has_done or _of_another_measure(fact, reading, base):
        return not any(p.first > fact.published.last for p in reading.periods if fact.published)
    if not reading.units and any(_is_money(q.unit, base) for q in fact.quantities):
        return False
    return bool(_HAVING.search(reading.text))


def is_no_aim(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether an aim itself is asked for (甲城的产值目标), and a fact gives the figure as it is."""
    if "aim" not in reading.intents or not fact.measured or fact.planned:
        return False
    aim = next((w for w in reading.words if "i:aim" in w.tags and w.has("a")), None)
    if aim is None or not base.relations[fact.relation].family:
        return False
    return not reading.asks.isdisjoint(NUMERIC) or (not reading.asks and aim.end == len(reading.text.rstrip(" ?？")))


def _of_another_measure(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether a sum of money is named by its measure (产业规模), and the fact only sets an aim for it."""
    if base.relations[fact.relation].family or not any(_is_money(q.unit, base) for q in fact.quantities):
        return False
    named = {t[2:] for w in reading.words for t in w.tags if t[:2] == "r:"}
    return any(r.family and r.value == "amount" and r.id in named for r in base.relations)


def _is_portion(fact: FactRow, base: Base) -> bool:
    """Whether a fact says what part of a whole something is (占40%, 约一半)."""
    if base.relations[fact.relation].value == "share" or "半" in fact.zh:
        return True
    return any(q.is_share and q.unit != _POINTS for q in fact.quantities)


def _of_all(reading: Reading, base: Base) -> bool:
    """Whether a single thing is set against the whole of which all are part (占全国的多少)."""
    whole = any(m.entities[0] in base.whole for m in reading.mentions)
    return whole and "each" not in reading.intents and not reading.intents & _APART


def of_that_day(findings: list[Finding], reading: Reading) -> list[Finding]:
    """The findings; where some tell of the very month or day asked for, less those of the whole year."""
    if len(reading.periods) != 1 or reading.asks & NUMERIC or "verify" in reading.intents:
        return findings
    asked = reading.periods[0]
    if not asked.within_month:
        return findings
    own = [f for f in findings if any(p.within_month and p.overlaps(asked) for p in f.fact.periods)]
    if not own or own[0].score < findings[0].score - _FAR_BEHIND or own[0].missing != findings[0].missing:
        return findings
    return [f for f in findings if not f.fact.periods or any(p.within_month for p in f.fact.periods)]
