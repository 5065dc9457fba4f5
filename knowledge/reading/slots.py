"""Whether a fact holds an answer of the type asked for: a figure, a date, a person, a list, a reason."""

from __future__ import annotations

import re
from functools import cache

from knowledge.reading.actors import actors
from knowledge.reading.asked import CHECKING, NUMERIC
from knowledge.reading.clues import relation_terms
from knowledge.reading.portion import counts_alike, counts_some, told_apart
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow, RelationRow
from knowledge.text.lexicon import kinds_in
from knowledge.text.numerals import find_quantities
from knowledge.text.patterns import pattern

_NUMBERS = frozenset({"number", "amount", "share"})
_MEASURED = _NUMBERS | {"duration"}
_BESIDE_NUMERIC = frozenset({"which", "list", "definition", "how"})
_TIMES = frozenset(
    "天 年 个月 小时 个小时 分钟 秒 月 周 day days month months year years hours minutes seconds".split()
)
_OFTEN = pattern("[每按][一个]?(?:年|月|日|天|周|季度|小时)")
_STRETCH = pattern("[半一二两三四五六七八九十数几]个?多?(?:年|月|天|周|小时)")
_SORT = pattern("第几([届代批层期版])")
"""What is numbered, and is no place among others."""
_ORDINAL = pattern(
    r"第[〇一二两三四五六七八九十百\d]+(?![届代批层期版节章段篇页])|首[位席个家款]|榜首|之首|冠军|垫底|末位"
)
_PLACED = pattern("[第首头前最榜冠先居末名次超比]|高于|低于|多于|少于|龙头|垫底")
"""How a statement gives a place; who stands for a sort (代表) has none."""
_QUOTED = pattern(r"[“「《\"]([^“”「」《》\"]{2,})[”」》\"]")
"""What stands in quotes is a name, though no entity's (有“超级新星”之称)."""
_OPEN = frozenset({"which", "list", "name", "how"})
_PHRASE = 4
"""Characters of a value of which all need not stand in the question in one piece."""
_RESTATED = 0.85
"""Share of the characters of such a value that stands in a question which gives it itself."""
_TIED = 0.8
"""Worth of an entity of the kind asked for that the fact is tied to, but does not name."""
_ALIKE = 0.8
"""Worth of an entity of a kind that the noun may be meant for as well (哪家企业: a university)."""
_UNSPOKEN = 0.7
"""The same where what the fact gives as its value is something else."""
_IN_NAME = 0.4
"""Worth of a date that is part of a name (2024年大会)."""
_WHICH_OF = pattern("(?<!到)(?<!到了)哪一?([层级步])")
"""Asks for one of the layers or steps of something: a statement that speaks of none tells it not.

How far something has come (走到了哪一步) is no step.
"""
_FIRST = "第一"
"""The one in it counts nothing."""
_FIRST_FEW = "前几"
"""Asks for a place among so many, which the statement gives as such a number too (前三)."""
_THERE = pattern("(?<![旨现存])在|(?<![属由关对等基高低多过])于|[位里内处旁外边楼地域街路从]|来自|起家")
"""How a statement says where something is, though no place is named that the base knows."""
_PEOPLE_OF = pattern("[省市]?(?:来访|代表团|一行|访客|方面|籍)")
_LISTED_ONE_BY_ONE = 9
"""A statement may tell so many things without commas."""
_ONE_PERSON = ("哪位", "是哪位", "哪一位", "是哪一位", "什么人", "是什么人", "何人")
"""Asks for a person, and for no firm."""
_SCALE = "规模"
_NOUN = 0.8
_MANY = 100
"""多大规模 with a noun of some weight asks how many of these there are, where they are so many."""
_RATED = frozenset({"number", "share", "definition", "how"})
_RATE = pattern(
    "([\u3400-\u9fff]{1,3}率)(?:到底|大约|大概|约)?(?:是|为|有|达|达到)?(?:多少|多高|多大|百分之几|几成|几个点)"
    r"|\b([a-z]+ rate)\b(?: of| for| among| in|[ ?]*$)",
    holds=("率", "rate"),
)
_SO_MANY = pattern("几(?![乎何经时度点许加减十百千万亿成分])([\u3400-\u9fff])", holds="几")
_COUNTED_AS = {"楼": "层楼", "席": "席个家款项", "层": "层楼", "本": "本册部", "处": "处个座家所", "趟": "趟次班"}
"""What is counted by a word may be told by others."""
_SOMEBODY = pattern(
    "的(?:那个|那位|这个)?人(?:到底|究竟|具体)?(?:是|叫)(?:谁|哪位)|谁之口|谁人之口|什么人之口",
    holds=("谁", "哪位", "什么人"),
)
_WHO_IS = pattern(
    "(?:是|算|叫)(?:个|一个)?(?:谁|哪位|哪一位|何人|何许人|什么人|啥人|什么来头|哪路|哪号)|谁是|何许人|何方神圣|什么来头|^谁[?？]*$"
    r"|\bwho(?:'s| is| was| exactly is)\b"
)
"""Asks who somebody named is; 谁接了甲 asks for another."""
_CHOICE = frozenset({"which", "name", "list"})


class Slot:
    """What an answer has to hold, prepared once for a reading."""

    def __init__(self, reading: Reading, base: Base) -> None:
        asks = reading.asks
        wanted: frozenset[str] = frozenset()
        if reading.kinds and asks & _CHOICE:
            wanted = base.kinds_like(reading.kinds)
        elif asks == {"person"}:
            one = "role" in reading.intents or any(w.text.startswith(_ONE_PERSON) for w in reading.words)
            wanted = base.persons if one else frozenset()
            wanted = wanted or base.who | actors(reading, base)
        elif asks == {"place"}:
            wanted = _sort_of_place(reading, base) or base.where
        layer = _WHICH_OF.search(reading.text) if "which" in asks and not reading.kinds else None
        named = reading.entities
        numeric = asks & NUMERIC
        if asks - numeric - _BESIDE_NUMERIC:
            numeric = frozenset()
        self.asks = asks
        self.numeric = numeric
        """The types of figure asked for, where nothing else is."""
        self.open = not asks.isdisjoint(_OPEN)
        """Whether any name or thing answers."""
        self.form = bool(numeric) or asks == _REASON or "rank" in asks or ("date" in asks and asks <= _DATE)
        """Whether a figure, a date, a rank or a reason is asked for."""
        self.wanted = wanted
        """Kinds of entity that answer, empty if none is named."""
        self.exact = frozenset(reading.kinds)
        """Those of them that the noun itself names."""
        self.closed = not base.closed.isdisjoint(
            reading.kinds if wanted and "list" in asks and reading.kinds else wanted
        )
        """Whether members of these kinds always are entities: where several are asked for, of those of the noun."""
        self.named = named
        self.passed = named | base.generic
        """What is named in the question, or in any statement in passing: it answers nothing."""
        self.answering = cache(lambda e: e not in named and base.entity(e).kind in wanted)
        """Whether an entity is of the kinds wanted, and not named in the question."""
        self.given = frozenset((q.value, q.is_share) for q in reading.quantities)
        """Figures that the question names itself."""
        self.some = bool(numeric) and counts_some(reading)
        """Whether it is asked how many of so many there are (54个公司里有几家)."""
        self.apart = told_apart(reading) if numeric else ()
        """What tells those apart from the others (医疗模型有几家)."""
        self.cued = frozenset(t for w in reading.words if w.has("q") for t in w.tags if t[:2] == "r:")
        """The relations of which a question word is a cue (多高): what they measure is asked for, whatever else is."""
        self.told = relation_terms(reading.clues)
        self.layer = layer[1] if layer else ""
        """What the thing asked for is counted by (哪一层 → 层), '' if that is no layer, rung or step."""
        rate = _RATE.search(reading.text) if asks & _RATED else None
        self.rate = (rate[1] or rate[2]) if rate else ""
        """The rate asked for (存活率), '' if none is: a figure that is no share is none."""
        counting = None if asks else _SO_MANY.search(reading.text)
        self.counting = counting[1] if counting else ""
        """The counting word behind 几 where the language's lists have it not (几楼 → 楼), '' if none is there."""
        self.reading = reading
        self.base = base


def _sort_of_place(reading: Reading, base: Base) -> frozenset[str]:
    """The kinds of place that a question word names itself, where the pack says so (哪个区): no city then."""
    kinds = kinds_in(t for w in reading.words if "q:place" in w.tags for t in w.tags)
    return base.where.intersection(base.kinds_like(kinds)) - base.closed if kinds else frozenset()


def holds_answer(fact: FactRow, slot: Slot) -> float:
    """How far the fact holds something of the type asked for that the question does not name itself, 0 to 1."""
    asks = slot.asks
    if not asks:
        return float(not slot.counting or _counts_by(fact, slot.counting))
    if slot.rate and not any(is_share for _, is_share in fact.figures) and slot.rate not in slot.base.statement(fact.f):
        return 0.0
    if slot.layer and slot.layer not in fact.zh:
        return 0.0
    relation = slot.base.relations[fact.relation]
    if slot.open and _restates(fact, relation, slot):
        # that a thing is in a city says not in which part of it
        return 0.0 if slot.exact and slot.exact <= slot.base.where - slot.base.closed else 0.2
    if slot.wanted:
        held = _holds_kind(fact, slot, relation.value)
        if slot.reading.kinds and slot.reading.loose:
            held = max(held, 0.5)
        if held < 1.0 or asks <= _WHO_WHERE:
            return held
    if "list" in asks and fact.listed < 2:
        return 0.0 if relation.value in _NUMBERS or (slot.given and _counts_many(fact, slot)) else 0.7
    if asks == _NAME and not slot.wanted:
        return _holds_name(fact, slot)
    return _holds_value(fact, slot, relation) if slot.form else 1.0


def _counts_by(fact: FactRow, word: str) -> bool:
    """Whether a fact has a figure of what is counted by a word, in that or one like it."""
    return (
        bool(fact.figures)
        and re.search(rf"[\d一二两三四五六七八九十百千万][{_COUNTED_AS.get(word, word)}]", fact.zh) is not None
    )


def _counts_many(fact: FactRow, slot: Slot) -> bool:
    """Whether it tells a number given that no statement lists: which ones the 24 are is not told by their number."""
    return any(n > _LISTED_ONE_BY_ONE for n, _ in slot.given.intersection(fact.figures))


def _holds_value(fact: FactRow, slot: Slot, relation: RelationRow) -> float:
    """How far it holds the figure, reason or date asked for."""
    asks = slot.asks
    if "rank" in asks:
        return _holds_rank(fact, slot, relation)
    if slot.numeric:
        if fact.measured and not slot.given and relation.value in _MEASURED and fact.relation_term in slot.cued:
            return 1.0
        units = slot.reading.units
        if units and relation.value == "rank" and units.isdisjoint(q.unit for q in fact.quantities):
            return 0.0  # a place among others is no number of anything
        if slot.numeric == _DURATION and _OFTEN.search(fact.zh):
            return 0.0 if fact.quantities and slot.given.issuperset(fact.figures) else 0.8
        return float(_holds_number(fact, slot))
    if asks == _REASON:
        return float(relation.answers == "reason" or fact.reasoned)
    # the as-of date says when a statement held; when something happened the statement itself says
    own = fact.periods[bool(fact.as_of) :]
    if "day" in slot.reading.intents and relation.value != "date" and not any(p.first == p.last for p in own):
        return 0.0
    if relation.value == "date" or fact.timed:
        return 1.0 if not slot.reading.kinds or _holds_kind(fact, slot, relation.value) else 0.6
    if len(fact.periods) > bool(fact.as_of):
        return _IN_NAME
    return 0.4 if fact.as_of and not fact.relative else 0.0


def _ranks_another(fact: FactRow, slot: Slot) -> bool:
    """Whether it tells the place of something else of the kind named, or only of other places."""
    base = slot.base
    if not slot.named or fact.subject in slot.named:
        return False
    named = {base.entity(e).kind for e in slot.named if not base.entity(e).generic}
    if base.relations[fact.relation].value == "rank":
        return base.entity(fact.subject).kind in base.kinds_like(named)
    places = base.kinds_like(named & base.where)
    return slot.named.isdisjoint(e for e in fact.spoken if base.entity(e).kind in places) and any(
        base.entity(e).kind in places for e in fact.spoken
    )


def _holds_rank(fact: FactRow, slot: Slot, relation: RelationRow) -> float:
    """Whether it tells a place among others, or which one of a numbered row (第几届)."""
    if sort := _SORT.search(slot.reading.text):
        return float(bool(re.search(rf"第[〇一二三四五六七八九十百\d]+{sort[1]}", fact.zh)))
    placed = _ORDINAL.search(fact.zh) or (relation.value == "rank" and _PLACED.search(fact.zh))
    return float(bool(placed) and not _ranks_another(fact, slot))


_WHO_WHERE = frozenset({"person", "place"})
_DURATION = frozenset({"duration"})
_REASON = frozenset({"reason"})
_DATE = frozenset({"date", "which"})
_NAME = frozenset({"name"})


def _restates(fact: FactRow, relation: RelationRow, slot: Slot) -> bool:
    """Whether what it gives as its value (靠什么来打破壁垒), or all it says, stands in the question itself."""
    if not fact.entities <= slot.passed:
        return False
    said = fact.value if relation.value == "text" else fact.zh
    value = [c for c in slot.base.tables.fold(said) if c.isalnum()]
    if len(value) < _PHRASE:
        return "".join(value) in slot.reading.text
    return sum(c in slot.reading.text for c in value) >= _RESTATED * len(value)


def _holds_name(fact: FactRow, slot: Slot) -> float:
    base = slot.base
    if not fact.entities <= slot.passed:
        return 1.0
    if any(quoted not in slot.reading.text for quoted in _QUOTED.findall(base.statement(fact.f))):
        return 1.0
    # a thing described (那个一体机) is answered by its proper name
    return 1.0 if any(_by_another_name(e, slot) for e in (fact.subject, *fact.objects)) else 0.0


def _by_another_name(e: int, slot: Slot) -> bool:
    """Whether the question names something, and not by its proper name."""
    return e in slot.named and slot.base.tables.fold(slot.base.entity(e).zh) not in slot.reading.text


def _holds_kind(fact: FactRow, slot: Slot, value: str) -> float:
    base = slot.base
    holding = [*filter(slot.answering, fact.entities)]
    if fact.by in holding and fact.by not in fact.spoken:
        holding.remove(fact.by)  # who counted is not what was found
    if slot.asks <= _WHO_WHERE:
        return _holds_one(fact, slot, holding, value)
    if "list" in slot.asks and slot.closed:
        if len(holding) < 2:
            return 0.0
        return 1.0 if not slot.exact or sum(base.entity(e).kind in slot.exact for e in holding) >= 2 else _ALIKE
    if holding:
        spoken = [base.entity(e).kind for e in fact.spoken.intersection(holding)]
        if not spoken:
            # a name or a place asked for has to be told, in the statement or as its object
            exact = slot.asks == _NAME or (slot.exact and slot.exact <= base.where)
            return 0.0 if exact and set(holding).isdisjoint(fact.objects) else _TIED
        return 1.0 if not slot.exact or not slot.exact.isdisjoint(spoken) else _ALIKE
    if slot.closed:
        return 0.0
    # 平台, 地方, 领域 ask loosely: a text value may hold names that are no entities
    return 0.5 if value == "text" or not fact.entities <= slot.passed else 0.0


def _holds_one(fact: FactRow, slot: Slot, holding: list[int], value: str) -> float:
    """How far it says who or where; `holding` are the entities of the kinds wanted."""
    base = slot.base
    if "place" in slot.asks:  # 上海 and 深圳 beside it: one of a kind says not where the other is
        kinds = {base.entity(e).kind for e in slot.named}
        holding = [e for e in holding if base.entity(e).kind not in kinds or _lies_there(e, slot)]
        if not holding and slot.wanted != base.where:
            return 0.0  # 哪个区 asks for no city
        told = value != "text" or "verify" in slot.reading.intents or _THERE.search(fact.zh)
        if not holding and not told:
            return 0.0
    if base.relations[fact.relation].answers in slot.asks or _done_at(fact, slot):
        return float("person" in slot.asks or not fact.objects or not slot.named.issuperset(fact.objects))
    if holding:
        if not fact.spoken.isdisjoint(holding):
            acting = "place" in slot.asks and all(_acts(e, fact, base) for e in fact.spoken.intersection(holding))
            return 0.0 if acting else 1.0
        return _TIED if value == "text" else _UNSPOKEN
    where = "place" in slot.asks and base.entity(fact.subject).kind in base.where
    if where and _by_another_name(fact.subject, slot):
        return 1.0  # 有“互联网之城”之称的是哪里
    who = fact.subject in slot.named and base.entity(fact.subject).kind in base.persons
    if "person" in slot.asks and who and _WHO_IS.search(slot.reading.text):
        return 1.0  # 甲是谁 names the person and asks for the post
    if "person" in slot.asks and _SOMEBODY.search(slot.reading.text):
        return 0.0  # 感叹…的人是谁: that somebody did tells not who
    return 0.55 if value == "text" else 0.0


def _done_at(fact: FactRow, slot: Slot) -> bool:
    """Whether it is asked where something is done, and a fact says at what (在哪里检修: a depot)."""
    base = slot.base
    if slot.asks != {"place"} or slot.wanted != base.where or fact.relation_term not in slot.told:
        return False
    kinds = {base.entity(e).kind for e in fact.objects if slot.named.isdisjoint(fact.objects)}
    return (not slot.named or fact.subject in slot.named) and bool(kinds) and kinds.isdisjoint(base.who | base.persons)


def _acts(e: int, fact: FactRow, base: Base) -> bool:
    """Whether a place stands in a statement for those from there only (甲省来访): where something is it says not."""
    names = [n for n in base.entity(e).names if n in fact.zh]
    ends = [m.end() for n in names for m in re.finditer(re.escape(n), fact.zh)]
    return bool(ends) and all(_PEOPLE_OF.match(fact.zh, end) for end in ends)


def _lies_there(e: int, slot: Slot) -> bool:
    """Whether a place lies in one that is named, and is none of the kind of another (a town beside the one sought)."""
    base, kind = slot.base, slot.base.entity(e).kind
    beside = [n for n in slot.named if not base.holds(n, e)]
    return len(beside) < len(slot.named) and all(base.entity(n).kind != kind for n in beside)


def _holds_number(fact: FactRow, slot: Slot) -> bool:
    if slot.numeric == _DURATION and _STRETCH.search(fact.zh):
        return True
    found = fact.quantities
    if found and "第" in fact.zh and "第" not in slot.reading.text and all(f"第{q.value}" in fact.zh for q in found):
        return False  # 第99个 counts no 99
    if slot.given:
        new = tuple(q for q, figure in zip(found, fact.figures, strict=True) if figure not in slot.given)
        if slot.some and len(new) < len(found):
            new = tuple(q for q in new if q.unit)  # 122家10亿参数模型的厂商: the parameters count none of them
        found = new if new or not _counts_anew(fact, slot) else found
    if not found or (_FIRST in fact.value and all(q.value == 1 for q in found)):
        return False
    if slot.numeric == {"share"}:
        return any(q.is_share for q in found)
    tags = slot.base.lexicon.tags
    if any("m" in tags.get(u, ()) for u in slot.reading.units):
        return any("m" in tags.get(q.unit[-1:], ()) or counts_alike(q, fact.zh, slot.reading) for q in found)
    if "size" in slot.reading.intents and "share" not in slot.asks:
        people = _SCALE in slot.reading.text and slot.reading.weighty(_NOUN)
        sized = (q for q in found if not q.is_share and q.unit not in _TIMES)
        return any("m" not in tags.get(q.unit, ()) or (people and q.value >= _MANY) for q in sized)
    if slot.numeric == _DURATION:
        return any(q.unit in _TIMES for q in found)
    if slot.numeric == {"amount"}:
        if fact.measured and slot.base.relations[fact.relation].value == "amount":
            return True  # in whatever currency
        return any("元" in q.unit or "金" in q.unit or "dollar" in q.unit or q.value >= 10**6 for q in found)
    return True


def _counts_anew(fact: FactRow, slot: Slot) -> bool:
    """Whether a note tells another figure of what is counted, or the fact tells a place among so many.

    A figure put forward to be checked, or of which something else is asked, may be told again.
    """
    reading = slot.reading
    if slot.base.relations[fact.relation].value == "rank" or not reading.asks <= NUMERIC or _FIRST_FEW in reading.text:
        return True
    if not reading.intents.isdisjoint(CHECKING) or all(q.is_share or q.unit in _TIMES for q in fact.quantities):
        return True
    noted = find_quantities(slot.base.tables.fold(fact.note[0]))
    return any(q.unit in slot.reading.units and (q.value, q.is_share) not in slot.given for q in noted)


def in_slot(fact: FactRow, slot: Slot) -> bool:
    """Whether the thing asked for is what the fact is about (subject, object), not just named in passing."""
    ends = (fact.subject, *fact.objects)
    return any(map(slot.answering, ends)) if slot.wanted else not slot.passed.issuperset(ends)
