"""Judge one fact against a reading: what it explains, what not, in figures that weights turn into one score."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.base import Base, FactRow
from knowledge.dates import Period
from knowledge.reading import Clue, Reading, idf
from knowledge.slots import holds_answer, in_slot
from knowledge.terms import bigrams

_BRIDGED = 0.5
"""Worth of a name that the fact lacks but its subject is tied to (王慧文办的那家公司 is about 光年之外)."""
_ARTICLE = re.compile("[」”》]?(?:的)?(?:那篇|这篇)?(?:文章|报道|稿子|稿件)| (?:article|report|story)")
_NARROW = 40
"""A subject of more facts (a city) is tied to too many names for this."""
_NUMERIC = frozenset({"number", "amount", "share", "duration", "distance"})
_VALUES = frozenset({"number", "amount", "share", "rank", "duration"})

WEIGHTS: dict[str, float] = {
    "own": 1.88,
    "cued": 1.01,
    "light": 4.67,
    "soft": -0.25,
    "strict": -0.83,
    "light_missing": -3.67,
    "named": 1.46,
    "topic": 0.82,
    "bridged": 1.06,
    "unnamed": -0.14,
    "topic_unnamed": -0.39,
    "subject": 1.9,
    "figure": 1.32,
    "figure_missing": -0.52,
    "dated": 1.73,
    "undated": -2.63,
    "fits": 2.97,
    "relation_asked": 1.31,
    "cue_hit": 0.96,
    "listing": 1.16,
    "long_list": 1.42,
    "wanted": 1.4,
    "not_wanted": -0.7,
    "count": 1.31,
    "unit": 2.0,
    "other_unit": -0.27,
    "share_for_number": -0.38,
    "size": -0.19,
    "precision": 0.09,
    "known": 1.6,
    "primary": 1.6,
    "primary_subject": 0.64,
    "background": 0.5,
    "excepted": -1.9,
    "numeric_value": 0.41,
    "slot": 1.58,
    "date_value": 0.2,
    "text_value": 0.1,
    "whole": 1.44,
    "counted": 2.5,
    "crowd": -0.88,
}
"""Score of a fact: the sum of its features by these weights. Fitted on question sets (see docs/ranking.md)."""


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
    features: dict[str, float]


@dataclass(frozen=True, slots=True)
class _Named:
    """A mention, prepared for many facts."""

    entities: tuple[int, ...]
    worth: float
    generic: bool
    topic: bool
    tied: frozenset[int]
    pairs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Probe:
    """A reading prepared for judging many facts."""

    reading: Reading
    hints: Hints
    base: Base
    mentions: tuple[_Named, ...]
    weight: float
    """Of all clues."""


def prepare(reading: Reading, base: Base, hints: Hints) -> Probe:
    """What is the same for all facts is worked out once."""
    total = base.fact_count
    named = []
    kinds = [base.entity(m.entities[0]).kind for m in reading.mentions]
    for mention in reading.mentions:
        entities = [base.entity(e) for e in mention.entities]
        # 视谷那篇文章 names an article, which a fact need not speak of
        generic = all(e.generic for e in entities) or bool(_ARTICLE.match(reading.text, mention.end))
        rarity = max(idf(e.facts, total) for e in entities)
        # several of one kind are each asked about: none of them stands for another
        sole = kinds.count(entities[0].kind) == 1 and "verify" not in reading.intents
        tied = base.linked(mention.entities[0]) if sole else frozenset()
        topic = all(e.kind in base.topics for e in entities)
        worth = 3.5 * rarity + (0.0 if generic else 0.8)
        named.append(_Named(mention.entities, worth, generic, topic, tied, tuple(bigrams(mention.text))))
    return Probe(reading, hints, base, tuple(named), sum(c.weight for c in reading.clues))


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


def judge(fact: FactRow, probe: Probe) -> Finding:
    """Score one fact."""
    reading, hints, base = probe.reading, probe.hints, probe.base
    x: dict[str, float] = {}
    missing = _clues(fact, reading, x)
    unnamed = _mentions(fact, probe, x)
    dated = _context(fact, reading, hints, x)
    fits = holds_answer(fact, reading, base)
    x["fits"] = fits
    _form(fact, reading, base, x)
    weights = WEIGHTS
    score = 0.0
    for name, value in x.items():
        score += weights[name] * value
    explained_clues = x["own"] + x["cued"] + x["light"]
    named = x["named"] + x["topic"] + x["bridged"]
    all_named = named + x["unnamed"] + x["topic_unnamed"]
    strict = x["strict"]
    if reading.versions and not all(any(q.value == v.value for q in fact.quantities) for v in reading.versions):
        strict += 2.0
    whole = probe.weight + all_named
    return Finding(
        fact=fact,
        score=score,
        coverage=min(1.0, (explained_clues + named) / whole) if whole else 0.0,
        content=(explained_clues + 0.25) / (probe.weight + 0.25),
        support=x["own"] + x["cued"] + named + x["background"],
        soft=x["soft"] + 0.5 * x["topic_unnamed"],
        strict=strict,
        missing=missing,
        unnamed=unnamed,
        fits=fits,
        dated=dated,
        features=x,
    )


def _clues(fact: FactRow, reading: Reading, x: dict[str, float]) -> tuple[Clue, ...]:
    own = cued = light = soft = strict = light_missing = hit = matched = 0.0
    missing: list[Clue] = []
    relation = fact.relation_term
    for clue in reading.clues:
        weight = clue.weight
        share = mine = explained(clue, fact.own)
        if share < 1.0:
            share = max(mine, explained(clue, fact.terms))
        if relation in clue.terms:
            hit += 1.0
        if clue.light:
            light += weight * share
            light_missing += weight * (1.0 - share)
            continue
        own += weight * mine
        matched += mine * clue.size
        cued += weight * (share - mine)
        if clue.attribute:
            strict += weight * (1.0 - share)
        else:
            soft += weight * (1.0 - share)
        if share < 0.5:
            missing.append(clue)
    x.update(own=own, cued=cued, light=light, soft=soft, strict=strict, light_missing=light_missing, cue_hit=min(hit, 2.0))
    x["precision"] = matched / (fact.size + 8.0)
    heavy = own + cued + soft + strict
    x["whole"] = (own + 0.8 * cued) / heavy if heavy else 0.0
    return tuple(missing)


def _mentions(fact: FactRow, probe: Probe, x: dict[str, float]) -> tuple[int, ...]:
    named = topic = bridged = unnamed = topic_unnamed = subject = 0.0
    lacking: list[int] = []
    for index, mention in enumerate(probe.mentions):
        share = _speaks_of(fact, mention)
        if share:
            if mention.generic:
                topic += mention.worth * share
            else:
                named += mention.worth * share
            if fact.subject in mention.entities:
                subject += 1.0
        elif fact.subject in mention.tied and not mention.generic and probe.base.entity(fact.subject).facts <= _NARROW:
            bridged += mention.worth * _BRIDGED
        elif mention.generic:
            topic_unnamed += mention.worth
        else:
            unnamed += mention.worth
            lacking.append(index)
    x.update(named=named, topic=topic, bridged=bridged, unnamed=unnamed, topic_unnamed=topic_unnamed, subject=subject)
    return tuple(lacking)


def _speaks_of(fact: FactRow, mention: _Named) -> float:
    """1 if the fact names the entity, less if it names a part of it or says its characters, 0 if neither."""
    entities, within = fact.entities, fact.within
    for e in mention.entities:
        if e in entities:
            return 1.0
    for e in mention.entities:
        if e in within:
            return 0.75
    pairs = mention.pairs
    if not pairs:
        return 0.0
    share = sum(1 for p in pairs if p in fact.terms) / len(pairs)
    if share == 1.0 and (len(pairs) >= 2 or mention.generic):
        return 0.8
    # what tells a topic apart stands in front: 深圳人工智能产业 is not 中国人工智能产业
    return share * 0.8 if share >= 0.6 and mention.topic and pairs[0] in fact.terms else 0.0


def _context(fact: FactRow, reading: Reading, hints: Hints, x: dict[str, float]) -> bool:
    """Figures, dates, and what was said before."""
    same = 0
    for quantity in reading.quantities:
        same += any(q.value == quantity.value and q.is_share == quantity.is_share for q in fact.quantities)
    x["figure"] = same
    x["figure_missing"] = len(reading.quantities) - same
    dated = in_time(fact, reading.periods or hints.periods)
    x["dated"] = 1.0 if reading.periods and dated else 0.0
    x["undated"] = 0.0 if dated else 1.0
    x["background"] = 0.0
    if hints.entities:
        x["known"] = min(2.0, len(fact.entities & hints.entities)) * 0.75
        if fact.entities & hints.primary:
            x["primary"] = 1.0
            x["primary_subject"] = 1.0 if fact.subject in hints.primary else 0.0
    if hints.clues:
        x["background"] = sum(c.weight * explained(c, fact.terms) for c in hints.clues if not c.light)
    if reading.excepted:
        x["excepted"] = min(3, len(fact.entities & reading.excepted))
    return dated


def _form(fact: FactRow, reading: Reading, base: Base, x: dict[str, float]) -> None:
    """What the form of the question says: 多少款 wants a figure in 款, 哪三项 a list of three."""
    asks = reading.asks
    relation = base.relations[fact.relation]
    x["size"] = fact.size / 40.0
    if relation.id in asks:
        x["relation_asked"] = 1.0
    if "list" in asks or reading.wanted:
        x["listing"] = min(fact.listed, 6) / 6.0
        x["long_list"] = 1.0 if fact.listed >= 3 else 0.0
        if any(q.value > 1 and q.value in (fact.listed, len(fact.objects)) for q in reading.quantities):
            x["count"] = 1.0
        if reading.wanted:
            x["wanted" if fact.listed == reading.wanted else "not_wanted"] = 1.0
    if asks & _NUMERIC:
        x["numeric_value"] = 1.0 if relation.value in _VALUES else 0.0
        if reading.counted:
            x["counted"] = 1.0 if any(p in relation.zh for p in bigrams(reading.counted)[:3]) else 0.0
        if "share" not in asks and fact.quantities and fact.quantities[0].is_share:
            x["share_for_number"] = 1.0
    if reading.units and fact.quantities:
        if any(q.unit in reading.units for q in fact.quantities):
            x["unit"] = 1.0
        elif all(q.unit for q in fact.quantities):
            x["other_unit"] = 1.0
    if "date" in asks:
        x["date_value"] = 1.0 if relation.value == "date" else 0.0
    if asks & {"person", "place", "name"} or reading.kinds:
        x["slot"] = 1.0 if in_slot(fact, reading, base) else 0.0
    if "list" not in asks and not reading.wanted:
        x["crowd"] = max(0, len(fact.entities) - 5) / 5.0
    if asks & {"person", "place", "name"} or reading.kinds:
        pass
    elif asks & {"which", "how", "definition", "list"}:
        x["text_value"] = 1.0 if relation.value == "text" else 0.0


def in_time(fact: FactRow, periods: tuple[Period, ...]) -> bool:
    """Whether the fact may speak of each period asked for; a fact without dates speaks of its article's year."""
    for period in periods:
        if any(p.overlaps(period) and not _longer(p, period) for p in fact.periods):
            continue
        if fact.published and fact.published.overlaps(_whole_year(period)) and (not fact.periods or not fact.as_of):
            continue
        return False
    return True


def _longer(stretch: Period, asked: Period) -> bool:
    """A figure for several years is none for one of them."""
    return bool(asked.year) and asked.last[0] == asked.year and stretch.last[0] > stretch.year


def _whole_year(period: Period) -> Period:
    return Period((period.first[0], 1, 1), (period.last[0], 12, 31)) if period.year else period
