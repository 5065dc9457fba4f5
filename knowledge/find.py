"""Find the facts that explain a reading: candidates by mention and term, ranked by what they explain and what not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.base import Base, EntityRow, FactRow
from knowledge.dates import Period
from knowledge.link import Mention
from knowledge.reading import Clue, Reading, idf
from knowledge.terms import bigrams

_BUDGET = 3000
"""Postings read at most while candidates are gathered, the rarest terms first."""
_CANDIDATES = 60
_BRIDGED = 0.5
"""Worth of a name that the fact lacks but its subject is tied to (王慧文办的那家公司 is about 光年之外)."""
_ORGANISATIONS = frozenset({"company", "institution", "government", "department", "publisher", "media", "alliance"})
_PLACES = frozenset({"city", "province", "country", "district", "place", "region", "town"})
_ALIKE = {k: _ORGANISATIONS for k in _ORGANISATIONS} | {
    "policy": frozenset({"policy", "law", "report"}),
    "law": frozenset({"policy", "law"}),
    "report": frozenset({"policy", "law", "report", "book"}),
    "model": frozenset({"model", "product"}),
    "chip": frozenset({"chip", "product"}),
    "product": frozenset({"product", "model", "chip", "platform"}),
    "place": _PLACES,
    "program": frozenset({"program", "policy", "fund"}),
    "event": frozenset({"event", "program"}),
}


_TIMES = frozenset("天 年 个月 小时 个小时 分钟 秒 月 周 day days month months year years hours minutes seconds".split())
_WHERE = frozenset({"located_in", "distance", "cluster"})
_REASONS = frozenset(
    {"因为", "由于", "原因", "在于", "源于", "得益", "之所", "所以", "缘于", "归因", "缘故", "使得", "出于", "因此", "离不", "取决", "决定"}
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact and how well it explains the question."""

    fact: FactRow
    score: float
    coverage: float
    """Explained share of the weight of all clues and mentions, 0 to 1."""
    content: float
    """Explained share of the clues alone, 1 if there are none of weight."""
    support: float
    """Weight of what it explains: clues and the mentions that count."""
    soft: float
    """Weight of the words that it does not explain and that may be mere wording."""
    strict: float
    """Weight of the attributes asked for that it does not speak of."""
    missing: tuple[Clue, ...]
    """Clues of some weight that it does not explain."""
    unnamed: tuple[int, ...]
    """Indices of the mentions it does not speak of."""
    fits: float
    """1 if it holds an answer of the type asked for, 0 if it can't, between if it may."""
    dated: bool
    """Whether its date agrees with the one asked for."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What a conversation adds to a question."""

    entities: frozenset[int] = frozenset()
    """Entities spoken of before; a question that names none is about one of these."""
    primary: frozenset[int] = frozenset()
    """Those of them that were asked about last, or given as the answer."""
    clues: tuple[Clue, ...] = ()
    """Clues from the sentences before the question: they count if explained, and are not missed."""
    periods: tuple[Period, ...] = ()


def find(reading: Reading, base: Base, hints: Hints = Hints()) -> list[Finding]:
    """Findings for a reading, best first; at most a few dozen."""
    gathered = _gather(reading, base, hints)
    found = [judge(base.fact(f), reading, base, hints) for f in gathered]
    found.sort(key=lambda x: (-x.score, x.fact.f))
    return found


def _gather(reading: Reading, base: Base, hints: Hints) -> Iterable[int]:
    """Numbers of the most promising facts, by a rough sum of idf over postings."""
    total = base.fact_count
    lists: list[tuple[float, Iterable[int]]] = []
    for mention in reading.mentions:
        for e in mention.entities:
            facts = base.facts_of(e)
            lists.append((2.5 * idf(len(facts), total), facts))
            for part in base.parts_of(e) if len(facts) < 20 else ():
                lists.append((1.0, base.facts_of(part)))
    for e in hints.entities:
        lists.append((1.5, base.facts_of(e)))
    for clue in (*reading.clues, *hints.clues):
        terms = {t for t in clue.terms} | {p[0] for p in clue.pairs}
        for term in terms:
            postings = base.postings(term)
            if postings:
                factor = 0.4 if clue.light else 1.0
                lists.append((factor * idf(len(postings), total), postings))
    lists.sort(key=lambda item: len(item[1]))  # type: ignore[arg-type]
    scores: dict[int, float] = {}
    budget = _BUDGET
    for weight, facts in lists:
        budget -= len(facts)  # type: ignore[arg-type]
        if budget < 0 and scores:
            break
        for f in facts:
            scores[f] = scores.get(f, 0.0) + weight
    return sorted(scores, key=lambda f: (-scores[f], f))[:_CANDIDATES]


def explained(clue: Clue, terms: frozenset[str]) -> float:
    """Share of the clue that a fact with these terms explains, 0 to 1."""
    for term in clue.terms:
        if term in terms:
            return 1.0
    if not clue.pairs:
        return 0.0
    got = 0
    last_done = -1
    for pair, first, last in clue.pairs:
        if pair in terms:
            got += last - max(first - 1, last_done)
            last_done = last
    return min(1.0, got / clue.size)


def judge(fact: FactRow, reading: Reading, base: Base, hints: Hints = Hints()) -> Finding:
    """Score one fact against a reading."""
    total = base.fact_count
    gain = weight = support = soft = strict = 0.0
    missing: list[Clue] = []
    for clue in reading.clues:
        share = explained(clue, fact.terms)
        weight += clue.weight
        gain += clue.weight * share
        if clue.light:
            continue
        support += clue.weight * share
        if clue.attribute:
            strict += clue.weight * (1 - share)
        else:
            soft += clue.weight * (1 - share)
        if share < 0.5:
            missing.append(clue)
    content = (gain + 0.25) / (weight + 0.25)
    unnamed: list[int] = []
    for index, mention in enumerate(reading.mentions):
        entities = [base.entity(e) for e in mention.entities]
        rarity = max(idf(e.facts, total) for e in entities)
        generic = all(e.generic for e in entities)
        worth = 3.5 * rarity + (0.0 if generic else 0.8)
        weight += worth
        named = speaks_of(fact, mention.entities) or _says(fact, mention, entities, base)
        if not named and "verify" not in reading.intents and fact.subject in base.linked(mention.entities[0]):
            named = _BRIDGED
        gain += worth * named
        if named:
            support += worth * named
            if fact.subject in mention.entities:
                gain += 0.35
        elif generic:
            soft += worth * 0.5
        else:
            unnamed.append(index)
    if hints.entities:
        known = 1.0 if fact.entities & hints.entities else 0.0
        if fact.entities & hints.primary:
            known += 1.0 + (0.4 if fact.subject in hints.primary else 0.0)
        weight += 1.5
        gain += known
    bonus = sum(0.5 * c.weight * explained(c, fact.terms) for c in hints.clues if not c.light)
    for quantity in reading.quantities:
        same = any(q.value == quantity.value and q.is_share == quantity.is_share for q in fact.quantities)
        gain += 0.8 if same else 0.0
        weight += 0.8
    dated = in_time(fact, reading.periods or hints.periods)
    if reading.versions and not all(any(q.value == v.value for q in fact.quantities) for v in reading.versions):
        strict += 2.0
    if reading.periods:
        weight += 1.0
        gain += 1.0 if dated else 0.0
    if reading.excepted:
        gain -= min(3, len(fact.entities & reading.excepted)) * 1.2
    fits = holds_answer(fact, reading, base)
    score = gain - 0.6 * (weight - gain) + bonus
    score += 2.0 * fits - 1.2
    if base.relations[fact.relation].id in reading.asks:
        score += 0.8
    if not dated:
        score -= 2.5
    score -= 0.006 * fact.size
    score += _form_bonus(fact, reading)
    coverage = gain / weight if weight else 0.0
    return Finding(
        fact=fact,
        score=score,
        coverage=min(1.0, coverage),
        content=content,
        support=support + bonus,
        soft=soft,
        strict=strict,
        missing=tuple(missing),
        unnamed=tuple(unnamed),
        fits=fits,
        dated=dated,
    )


def _form_bonus(fact: FactRow, reading: Reading) -> float:
    """What the form of the question says: 多少款 wants a figure in 款, 哪三项 a list of three."""
    bonus = 0.0
    if "list" in reading.asks or reading.wanted:
        bonus += min(fact.listed, 4) * 0.15 + (0.6 if fact.listed >= 3 else 0.0)
        if any(q.value in (fact.listed, len(fact.objects)) for q in reading.quantities if q.value > 1):
            bonus += 1.0
        if reading.wanted:
            bonus += 1.0 if fact.listed == reading.wanted else -0.3
    if "number" in reading.asks and "share" not in reading.asks and fact.quantities and fact.quantities[0].is_share:
        bonus -= 0.6
    if not reading.units or not fact.quantities:
        return bonus
    if any(q.unit in reading.units for q in fact.quantities):
        return bonus + 0.4
    return bonus - 0.3 if all(q.unit for q in fact.quantities) else bonus


def speaks_of(fact: FactRow, entities: tuple[int, ...]) -> float:
    """1 if the fact names one of the entities, less if it names a part of it, 0 if neither."""
    for e in entities:
        if e in fact.entities:
            return 1.0
    for e in entities:
        if e in fact.within:
            return 0.75
    return 0.0


def _says(fact: FactRow, mention: Mention, entities: list[EntityRow], base: Base) -> float:
    """How far the statement has the name's own characters, though another entity is meant by them."""
    pairs = bigrams(mention.text)
    if not pairs:
        return 0.0
    share = sum(1 for p in pairs if p in fact.terms) / len(pairs)
    if share == 1.0 and (len(pairs) >= 2 or all(e.generic for e in entities)):
        return 0.8
    return share * 0.8 if share >= 0.6 and all(e.kind in base.topics for e in entities) else 0.0


def in_time(fact: FactRow, periods: tuple[Period, ...]) -> bool:
    """Whether the fact may speak of each period asked for; a fact without dates speaks of its article's year."""
    for period in periods:
        if any(p.overlaps(period) for p in fact.periods):
            continue
        if fact.published and fact.published.overlaps(_whole_year(period)) and (not fact.periods or not fact.as_of):
            continue
        return False
    return True


def _whole_year(period: Period) -> Period:
    return Period((period.first[0], 1, 1), (period.last[0], 12, 31)) if period.year else period


def holds_answer(fact: FactRow, reading: Reading, base: Base) -> float:
    """How far the fact holds something of the type asked for that the question does not name itself, 0 to 1."""
    asks = reading.asks
    relation = base.relations[fact.relation]
    if reading.kinds and asks & {"which", "name", "list"}:
        held = _holds_kind(fact, reading, base)
        if held < 1.0:
            return held
    if "list" in asks and fact.listed < 2:
        return 0.0 if relation.value in ("number", "amount", "share") else 0.7
    if asks == {"reason"}:
        return 1.0 if relation.id == "reason" or fact.terms & _REASONS else 0.0
    numeric = asks & {"number", "amount", "share", "duration", "distance"}
    if numeric and not (asks - numeric - {"which", "list", "definition", "how"}):
        return 1.0 if _holds_number(fact, reading, numeric) else 0.0
    if "date" in asks and not asks - {"date", "which"}:
        return 1.0 if fact.as_of else 0.8 if fact.periods else 0.0
    named = {e for m in reading.mentions for e in m.entities}
    if asks == {"person"}:
        kinds = {base.entity(e).kind for e in fact.entities - named}
        if kinds & (_ORGANISATIONS | {"person"}) or _says_who(fact, named, base):
            return 1.0
        return 0.6 if relation.value == "text" else 0.0
    if asks == {"place"}:
        kinds = {base.entity(e).kind for e in fact.entities - named}
        if kinds & (_PLACES | {"platform"}) or relation.id in _WHERE:
            return 1.0
        return 0.5 if relation.value == "text" else 0.0
    if asks == {"name"} and not reading.kinds:
        return 1.0 if any(not base.entity(e).generic for e in fact.entities - named) else 0.0
    return 1.0


def _says_who(fact: FactRow, named: set[int], base: Base) -> bool:
    """'张宏江是谁' names the person and asks for the post."""
    return fact.subject in named and base.entity(fact.subject).kind == "person"


def _holds_kind(fact: FactRow, reading: Reading, base: Base) -> float:
    named = {e for m in reading.mentions for e in m.entities}
    wanted: set[str] = set()
    for kind in reading.kinds:
        wanted |= _ALIKE.get(kind, frozenset({kind}))
    holding = sum(1 for e in fact.entities - named if base.entity(e).kind in wanted)
    if "list" in reading.asks and wanted & base.closed:
        return 1.0 if holding >= 2 else 0.0
    if holding:
        return 1.0
    # 平台, 地方, 领域 ask loosely: a text value may hold names that are no entities
    if wanted & base.closed:
        return 0.0
    other = base.relations[fact.relation].value == "text" or any(not base.entity(e).generic for e in fact.entities - named)
    return 0.5 if other else 0.0


def _holds_number(fact: FactRow, reading: Reading, numeric: frozenset[str]) -> bool:
    given = {(q.value, q.is_share) for q in reading.quantities}
    found = [q for q in fact.quantities if (q.value, q.is_share) not in given] or list(fact.quantities)
    if not found:
        return False
    if numeric == {"share"}:
        return any(q.is_share for q in found)
    if numeric == {"duration"}:
        return any(q.unit in _TIMES for q in found)
    if numeric == {"amount"}:
        return any("元" in q.unit or "金" in q.unit or "dollar" in q.unit for q in found) or any(
            q.value >= 10**6 for q in found
        )
    return True
