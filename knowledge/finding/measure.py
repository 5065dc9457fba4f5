"""Whether a figure is of the measure asked for, and anything of the noun asked for: whose it is, is not enough."""

from __future__ import annotations

from itertools import pairwise

from knowledge.finding.finding import SOME, Finding
from knowledge.finding.judge import explained
from knowledge.finding.probe import Hints
from knowledge.finding.qualified import of_qualified
from knowledge.finding.sought import label_tags
from knowledge.linking.link import Mention
from knowledge.linking.scan import Word
from knowledge.reading.asked import NUMERIC
from knowledge.reading.degrees import ENDS
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.numerals import Quantity
from knowledge.text.patterns import pattern
from knowledge.text.terms import bigrams

OWN_WORDS = 1.0
"""Weight of a statement's own words that speaks for its figure even where a topic lacks."""
_OWN_MEASURE = frozenset({"share", "duration", "distance"})
"""Types of figure that are no figure of the measure named: how long it took to lead in 企业数量 counts no 企业."""
_SPELT_OUT = 4
"""Characters of a word that names a measure in full, if nothing else is asked (卫生支出)."""
_LONG_NAME = 6
"""A relation named with so many characters is named in full."""
_NOUN = 4
"""Characters of a noun at most, and of a shorter name of a measure at least."""
_COUNTED = pattern("的?(?:总?数量|总数|数目|数(?![据字智])|有?多少[家个]|有?几[家个])")
"""Behind a noun it says that this is counted."""
_NOUN_COUNTED = pattern("(?:多少|几)[家个名位]?([\u3400-\u9fff]{2,6}?)[了呢啊?？ ]*$")
_COUNTS = pattern("(?:多少|几)[家个款种]?$")
"""Says so before it."""
_FIRST = pattern(
    "(?:首[个家款座部台例项位]|第一[个家款座部台项位])(?![^,，;；?？]{1,16}(?:(?<!哪)里|中(?!国)|的(?!是)))",
    holds=("首", "第一"),
)
"""Says that something is the first of its sort, and not what is of it or in it."""
_FIRST_OF = pattern(r"(?:第一|首)[个家款座部台例项位]的?([^\s,，。;；:：()（）是的]{2,12})", holds=("第一", "首"))
"""What something is the first of, behind it."""
_SEVERAL = 2
"""Measures of which one may be meant rather than another; things whose figures stand side by side."""
_HALF = 0.5
"""Share of a word that a fact has to explain to tell of it."""
_LEAST = 0.6
"""Share of the light words told below which what is missing (聚在甲的院所) tells no other measure."""
_SET_APART = frozenset({"difference", "ratio", "each", "sum", "most", "least"})
"""Intents by which figures of several things stand side by side: one of another measure is none of them."""
_FEW = 24
"""Facts of an entity that are looked through to see what is measured of it."""
_HOW_MANY = frozenset({"number"})
_OPEN = frozenset({"which", "how", "definition"})
_POSTS = frozenset({"which", "place", "definition", "name"})
_WHO_WHEN = frozenset({"person", "date", "place"})
_WHAT = pattern(r"(?<!(?<!的)是)(?<![说指]的是)(?<![一个于算叫归为])(?:什么|啥|(?<![如为缘])何)$|\bwhat$")
"""什么 before a noun; not where it asks what a thing is (是什么东西): any statement of that answers, in any words."""
_WHICH_ONE = pattern(r"哪一?[个种家款项座所类份部场门条支间台张只]$|\bwhich$")
"""Asks for one of the sort that the noun behind it names."""
_ONE = frozenset({"which"})
_ASPECTS = pattern(
    "[一二两三四五六七八九]个?(?:大|重)?(特点|方面|层面|特征|优势|原因|步骤|维度)",
    holds=("特点", "方面", "层面", "特征", "优势", "原因", "步骤", "维度"),
)
"""Counts in how many respects something is told: that is no number of anything else."""
_GREW = pattern("(?:比|较|同比|环比)[^,，。]{0,6}[增升降减]")
_GROWTH = pattern("[增涨升降跌减][^,，]{0,3}[多幅速率少]|同比|环比|grow|grew|r[io]se|increas|f[ae]ll|drop|declin")
_OF = "占"
_OF_A_PLACE = ("", "的")
_FEW_ASPECTS = 9
"""So many respects there are at most."""
EVERYWHERE = 0.05
"""Share of all facts beyond which a topic tells nothing apart."""


def measured(finding: Finding, reading: Reading, hints: Hints, base: Base, closed: float) -> bool:
    """Whether the figure is of the measure asked for: whose figure is not enough."""
    left = [c for c in finding.missing if len(c.text) > 1 or len(reading.things(base)) < _SEVERAL]  # 甲给乙记了几款
    missing = sum(c.weight for c in left) * (1.0 - closed)
    said = finding.own + finding.cued + 0.8 * finding.told
    if finding.light and missing < _LEAST * finding.light:
        subject = finding.fact.subject
        if finding.light >= 0.35 or any(reading.mentions[i].entities[0] == subject for i in reading.things(base)):
            said += finding.light
    spanned = bool(reading.asks & {"duration", "distance"})
    exact = spanned or any(q.unit in reading.units for q in finding.fact.quantities)
    plain = exact and (not spanned or finding.fact.measured or finding.own > 0.0)
    if said + 0.5 * finding.light < (0.25 if plain else 0.7) * missing:
        return False
    if said or hints.entities or _narrow(finding, reading, base) or (exact and _only_so(finding, reading, base)):
        return True
    return len(reading.mentions) >= 2 and (finding.fact.measured or exact)


def speaks_of(finding: Finding, reading: Reading, base: Base) -> bool:
    """Whether the statement itself names what the question names: a figure is of nothing else."""
    fact = finding.fact
    ends = {fact.subject, *fact.objects, fact.place, fact.by}
    named = [reading.mentions[i] for i in reading.things(base)]
    if not named:
        return True
    for topic in (m for m in reading.mentions if m not in named and unspoken(m, fact, base)):
        whose = any(
            reading.text[m.end : topic.start] in _OF_A_PLACE and base.entity(m.entities[0]).kind in base.where
            for m in named
        )
        if finding.own < OWN_WORDS or whose or _COUNTS.search(reading.text, 0, topic.start):
            return False  # 发了多少算力券, 甲市的算力券 are told by no figure of anything else
    if any(ends.intersection(m.entities) for m in named):
        return True
    return any(base.entity(e).stands_in(fact.zh) for m in named for e in m.entities)


def unspoken(topic: Mention, fact: FactRow, base: Base) -> bool:
    """Whether a fact says nothing of a topic that tells facts apart (算力券, but not 大模型)."""
    if any(base.entity(e).facts > base.fact_count * EVERYWHERE for e in topic.entities):
        return False
    return silent_on(topic, fact, base)


def silent_on(topic: Mention, fact: FactRow, base: Base) -> bool:
    """Whether a fact says nothing of a topic: how many firms there are is no number of those that make 大模型."""
    named = topic.entities
    return fact.entities.isdisjoint(named) and not any(base.entity(e).stands_in(fact.zh) for e in named)


def same_measure(finding: Finding, reading: Reading, base: Base) -> bool:
    """Whether the figure is of the measure that the question names in full (人工智能产业规模), or of its family."""
    if reading.of_whole and _grew(finding.fact) and not _asks_growth(finding.fact, reading):
        return False
    if reading.of_whole or reading.asks & _OWN_MEASURE or ("growth" in reading.intents and finding.fact.stretches):
        return True
    if _is_money(finding.fact, reading, base):
        return False
    if _of_other_sum(finding.fact, reading, base) or _counts_places(finding.fact, reading, base):
        return False
    if (aspects := _ASPECTS.search(finding.fact.zh)) and aspects[1] not in reading.text and _is_small(finding.fact):
        return False
    several = "each" in reading.intents or len(reading.things(base)) >= _SEVERAL
    apart = several and bool(reading.intents & _SET_APART)
    full = [w for w in reading.words if w.has("r") and (_in_full(w, reading.text) or (apart and len(w.text) >= _NOUN))]
    if not full:
        return True
    terms = {t for w in full for t in w.tags if t.startswith("r:")}
    wanted = [r for r in base.relations if r.family and f"r:{r.id}" in terms]
    if wanted and apart and _is_saying(finding.fact, base):
        return False
    said = base.tables.fold(f"{finding.fact.zh} {finding.fact.en}")
    own = finding.fact.terms - finding.fact.cued
    if not wanted or any(w.text in said or any(t in own for t in w.tags if t.startswith("s:")) for w in full):
        return True
    return base.relations[finding.fact.relation].family in {r.family for r in wanted}


def _grew(fact: FactRow) -> bool:
    """Whether a fact tells by how much something grew or shrank: that is no part of a whole."""
    return bool(_GREW.search(fact.zh)) and _OF not in fact.zh


def _asks_growth(fact: FactRow, reading: Reading) -> bool:
    """Whether a question asks for growth, or by a word for what the fact gives (增长了百分之几)."""
    asked = "growth" in reading.intents or _GROWTH.search(reading.text)
    return bool(asked) or any(fact.relation_term in w.tags for w in reading.words)


def of_most(finding: Finding, reading: Reading, base: Base) -> bool:
    """Whether a fact may tell which of several has most or least, or is the first: not one of another measure.

    国内首个甲产业园在哪 is not told by where there are some.
    """
    if not first_of_sort(finding, reading, base):
        return False
    if reading.intents.isdisjoint(ENDS) or "verify" in reading.intents:
        return True
    return len(reading.things(base)) < _SEVERAL or same_measure(finding, reading, base)


def first_of_sort(finding: Finding, reading: Reading, base: Base) -> bool:
    """Whether a fact may tell which is the first of a sort: it says so, and of that sort; true if none is spoken of.

    业内首个万卡集群 tells nothing of the first of all 集群.
    """
    first, fact = _FIRST.search(reading.text), finding.fact
    if first is None:
        return True
    if not fact.superlative:
        return base.relations[fact.relation].value == "rank" or not any(first[0] in c.text for c in finding.missing)
    sort = _FIRST_OF.search(base.statement(fact.f))
    parts = bigrams(sort[1]) if sort else []
    return sum(part in reading.text for part in parts) * 2 >= len(parts)


def of_ranking(finding: Finding, reading: Reading, base: Base) -> bool:
    """Whether a place may be the one asked for: by how many there are of what is counted, not of something else.

    大模型数量，甲排第几 is not told by where 甲 comes by its firms.
    """
    if "rank" not in reading.asks:
        return True
    fact, text = finding.fact, reading.text
    counted = [m for m in reading.mentions if m.entities[0] in base.generic and _COUNTED.match(text, m.end)]
    if any(fact.entities.isdisjoint(m.entities) and m.text not in base.tables.fold(fact.zh) for m in counted):
        return False
    named = [w.text for w in reading.words if w.has("r") and len(w.text) >= _NOUN and _COUNTED.match(text, w.end)]
    return all(explained(c, fact.terms) >= _HALF for c in reading.clues if c.text in named)


def _is_saying(fact: FactRow, base: Base) -> bool:
    """Whether it is no figure of a measure, and has but numbers without a unit (从0到1)."""
    bare = not any(q.unit or q.is_share for q in fact.quantities)
    return base.relations[fact.relation].value == "text" and bare


def counts_it(finding: Finding, reading: Reading, base: Base) -> bool:
    """Whether a fact counts the topic that alone is counted (有多少模型), and not what it has (模型的难题有两个)."""
    fact = finding.fact
    if not of_qualified(fact, reading, base) or _in_its_name(fact, reading, base):
        return False
    if reading.asks != _HOW_MANY or any(not c.light for c in reading.clues):
        return True
    told = finding.own + finding.cued > 0.0 or len(reading.things(base)) > 1 or "growth" in reading.intents
    if not told and all(q.is_share for q in fact.quantities[:1]):
        return False  # so many per cent of something else
    if fact.subject in base.whole:
        return True
    generic = (m for m in reading.mentions if fact.subject in m.entities and m.entities[0] in base.generic)
    topics = [m for m in generic if _COUNTED.match(reading.text, m.end) or _COUNTS.search(reading.text, 0, m.start)]
    return not topics or any(m.text in base.tables.fold(base.relations[fact.relation].zh) for m in topics)


def _in_its_name(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether what is counted stands in a statement only as part of the name asked about (开发者大会有多少开发者)."""
    behind = _NOUN_COUNTED.search(reading.text)
    noun, said = reading.counted or (behind[1] if behind else ""), base.statement(fact.f)
    if len(noun) < _SEVERAL or noun not in said:
        return False
    names = (n for i in reading.things(base) for e in reading.mentions[i].entities for n in base.folded_names(e))
    for name in sorted((n for n in names if noun in n), key=len, reverse=True):
        said = said.replace(name, "")
    return noun not in said


def _in_full(word: Word, text: str) -> bool:
    """Whether a word names a measure in full, or does with what says that it is counted (甲企业数量)."""
    return len(word.text) >= _LONG_NAME or (len(word.text) >= _NOUN and bool(_COUNTED.match(text, word.end)))


def named_in_full(finding: Finding, reading: Reading) -> bool:
    """Whether a question names the measure of a fact by a long word (卫生支出), and nothing that the fact lacks."""
    if finding.missing or not finding.fact.measured:
        return False
    return any(len(w.text) >= _SPELT_OUT and finding.fact.relation_term in w.tags for w in reading.words)


def _is_small(fact: FactRow) -> bool:
    """Whether a fact has no figure but small counts."""
    return all(value <= _FEW_ASPECTS and not is_share for value, is_share in fact.figures)


def _counts_places(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether all that a fact counts are places (南、北两个区), where something else is counted (多少家企业)."""
    if not reading.counted or base.where & _kinds(reading.counted, base) or not fact.quantities:
        return False
    every = [_kinds_counted(fact, q, base) for q in fact.quantities]
    return all(kinds and kinds <= base.where for kinds in every)


def _kinds_counted(fact: FactRow, figure: Quantity, base: Base) -> frozenset[str]:
    """The kinds of thing named right behind a figure of a statement; of what a fact lists, those of its members."""
    if not figure.text:
        return frozenset(base.entity(e).kind for e in fact.objects)
    noun = base.lexicon.noun_at(fact.zh[: figure.end + _NOUN], figure.end)
    return noun[1] if noun else frozenset()


def _kinds(text: str, base: Base) -> set[str]:
    """The kinds of thing named by the longest noun at the end of a text."""
    nouns = (text[-n:] for n in range(min(len(text), _NOUN), 0, -1))
    return next((set(k) for noun in nouns if (k := base.lexicon.kinds(noun))), set())


def _of_other_sum(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether its figure is a sum of money of another sort than the one named (raised: what a firm is worth)."""
    own = base.relations[fact.relation]
    if own.value != "amount" or not fact.measured:
        return False
    sums = {r.id: r for r in base.relations if r.value == "amount"}
    label = base.remembered(label_tags)(fact.relation)
    if any(not label.isdisjoint(c.terms) for c in reading.clues):
        return False  # 欠了多少工资: what is owed is named beside
    # 多大 and 规模 are of any sum, and the noun for a kind of thing (fund) names what has one
    words = (w for w in reading.words if not (w.has("q") or w.has("e") or w.has("k")))
    named = {t[2:] for w in words for t in w.tags if t[:2] == "r:"} & sums.keys()
    return bool(named) and own.id not in named and all(sums[n].family != own.family or not own.family for n in named)


def _is_money(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether a fact gives a sum of money where a noun behind 多少 asks how many of something there are (多少门店)."""
    if base.relations[fact.relation].value != "amount" or reading.asks != _HOW_MANY:
        return False
    counts = {f"r:{r.id}" for r in base.relations if r.value == "number"}
    sums = {f"r:{r.id}" for r in base.relations if r.value == "amount"}
    behind = (b for a, b in pairwise(reading.words) if "q:number" in a.tags and a.end == b.start)
    return any(not counts.isdisjoint(w.tags) and sums.isdisjoint(w.tags) for w in behind)


def _narrow(finding: Finding, reading: Reading, base: Base) -> bool:
    """Whether only one measure of the thing named is known (那个基金有多大)."""
    e = finding.fact.subject
    if not finding.fact.measured or not any(e in m.entities for m in reading.mentions):
        return False
    facts = [base.fact(f) for f in base.facts_of(e)[:_FEW]]
    own = finding.fact.relation
    measures = [f.relation for f in facts if f.subject == e and f.measured]
    told = {r for r in measures if r == own or base.relations[r].value in NUMERIC}
    return told == {own} and len(facts) < _FEW


def _only_so(finding: Finding, reading: Reading, base: Base) -> bool:
    """Whether of the thing named no more than one figure is known in the unit asked for (甲家族有几款)."""
    e = finding.fact.subject
    if not reading.units or base.entity(e).facts >= _FEW or not any(e in m.entities for m in reading.mentions):
        return False
    told = {q.value for f in base.facts_on(e) for q in f.quantities if q.unit in reading.units}
    return len(told) == 1


def merely_counted(finding: Finding, named: list[int], reading: Reading, base: Base) -> bool:
    """Whether who, when or where is asked of what only counted what the fact tells (a report: who issued it).

    That it is called the source says nothing of it either, where no word of the question is told beside.
    """
    if not reading.asks or not reading.asks <= _WHO_WHEN:
        return False
    fact, told = finding.fact, finding.own + finding.cued > 0.0
    unsaid = {e for e in named if not base.entity(e).stands_in(fact.zh) or not (told or _speaks(e, base))}
    return bool(unsaid) and unsaid <= {fact.by}


def _speaks(e: int, base: Base) -> bool:
    """Whether something is a person, who says and does more than to count."""
    return base.entity(e).kind in base.persons


def of_a_person(named: list[int], reading: Reading, base: Base) -> bool:
    """Whether a person is asked what he was or where."""
    return reading.asks <= _POSTS and not base.persons.isdisjoint(base.entity(e).kind for e in named)


def lives_there(fact: FactRow, named: list[int], reading: Reading, base: Base) -> bool:
    """Whether a fact says where somebody lives, of whom that is asked; of what is no person any fact may."""
    if not of_a_person(named, reading, base):
        return True
    said = base.said(fact)
    return any(word in said for word in base.remembered(_dwelling)())


def _dwelling(base: Base) -> tuple[str, ...]:
    """The words that say of somebody that he lives somewhere."""
    return base.lexicon.having("i:dwelling")


def lacks_noun(finding: Finding, reading: Reading, base: Base) -> bool:
    """Whether it says nothing of the noun behind the question word (用了什么数据), nor of anything but the name."""
    if reading.kinds or not reading.asks <= _OPEN:
        return False
    text, said = reading.text, finding.own + finding.cued
    if said >= SOME and all(c.light or c.weight <= said for c in reading.clues):
        return False  # it says enough whatever the noun is
    lacking = [c for c in reading.clues if len(c.text) > 1 and not explained(c, finding.fact.terms)]
    topics = [m.start for m in reading.mentions if unspoken(m, finding.fact, base)]
    if not lacking and not topics:
        return False
    ends = [w.end for w in reading.words if w.has("q")]
    whats = [end + text.isascii() for end in ends if _WHAT.search(text, 0, end)]
    ones = [end + text.isascii() for end in ends if reading.asks == _ONE and _WHICH_ONE.search(text, 0, end)]
    if not finding.own and any(end in topics for end in (*whats, *ones)):
        return True
    return any(
        (said < SOME and any(text.startswith(c.text, end) for end in whats))
        or (said < c.weight and not c.light and any(text.startswith(c.text, end) for end in (*whats, *ones)))
        for c in lacking
    )
