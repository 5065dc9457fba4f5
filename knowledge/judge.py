"""Judge one fact against a reading: what it explains, what not, in figures that weights turn into one score."""

from __future__ import annotations

from collections.abc import Iterable
from operator import mul
from typing import NamedTuple

from knowledge.base import Base, FactRow
from knowledge.clues import Clue, idf
from knowledge.dates import Period
from knowledge.numerals import Quantity
from knowledge.patterns import pattern
from knowledge.reading import Reading
from knowledge.slots import NUMERIC, Slot, holds_answer, in_slot, prepare_slot
from knowledge.terms import bigrams

_BRIDGED = 0.5
"""Worth of a name that the fact lacks but its subject is tied to (王慧文办的那家公司 is about 光年之外)."""
_ARTICLE = pattern("[」”》]?(?:的)?(?:那篇|这篇)?(?:文章|报道|稿子|稿件)| (?:article|report|story)")
_NARROW = 40
"""A subject of more facts (a city) is tied to too many names for this."""
_VALUES = frozenset({"number", "amount", "share", "rank", "duration"})
_OPEN = frozenset({"which", "how", "definition", "list"})
_THINGS = frozenset({"person", "place", "name"})

WEIGHTS: dict[str, float] = {
    "own": 1.88,
    "cued": 1.01,
    "light": 4.67,
    "soft": -0.25,
    "strict": -0.83,
    "light_missing": -3.67,
    "cue_hit": 0.96,
    "precision": 0.09,
    "whole": 1.44,
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
    "background": 0.5,
    "known": 1.6,
    "primary": 1.6,
    "primary_subject": 0.64,
    "excepted": -1.9,
    "fits": 2.97,
    "size": -0.19,
    "relation_asked": 1.31,
    "listing": 1.16,
    "long_list": 1.42,
    "count": 1.31,
    "wanted": 1.4,
    "not_wanted": -0.7,
    "numeric_value": 0.41,
    "counted": 2.5,
    "share_for_number": -0.38,
    "unit": 2.0,
    "other_unit": -0.27,
    "date_value": 0.2,
    "slot": 1.58,
    "text_value": 0.1,
    "crowd": -0.88,
}
"""Score of a fact: the sum of its features by these weights, fitted on question sets; the order is that of `judge`."""
_WEIGHTS = tuple(WEIGHTS.values())


class Hints(NamedTuple):
    """What a conversation adds to a question."""

    entities: frozenset[int] = frozenset()
    """Entities spoken of before; a question that names none is about one of these."""
    primary: frozenset[int] = frozenset()
    """Those of them that were asked about last, or given as the answer."""
    clues: tuple[Clue, ...] = ()
    """Clues from the sentences before the question: they count if explained, and are not missed."""
    periods: tuple[Period, ...] = ()


class Finding(NamedTuple):
    """A fact and how well it explains the question (a tuple: dozens are made for each question)."""

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
    own: float
    """Weight of the words explained by the statement itself."""
    cued: float
    """Weight of those that only its cues explain."""
    light: float
    """Weight of the light words explained."""
    told: int
    """How many question words that name an attribute (多高) it answers to."""
    cue_hit: bool
    """Whether a cue of its relation stands in the question."""
    about: bool
    """Whether its subject is named."""
    features: tuple[float, ...]
    """In the order of WEIGHTS."""


class _Named(NamedTuple):
    """A mention, prepared for many facts."""

    entities: tuple[int, ...]
    worth: float
    generic: bool
    topic: bool
    tied: frozenset[int]
    pairs: tuple[str, ...]


class Probe(NamedTuple):
    """A reading prepared for judging many facts."""

    reading: Reading
    hints: Hints
    base: Base
    mentions: tuple[_Named, ...]
    weight: float
    """Of all clues."""
    terms: frozenset[str]
    """All index terms of the clues."""
    slot: Slot
    listing: bool
    """Whether a list is asked for."""
    numeric: bool
    counted: tuple[str, ...]
    """Bigrams of the noun counted (多少个大模型)."""
    things: bool
    """Whether a person, place or thing of a kind is asked for."""
    plain: bool
    """Whether figures, dates and context play no part."""


NO_HINTS = Hints()
"""A question without a conversation before it."""


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
    weight = sum(c.weight for c in reading.clues)
    terms = frozenset(clue_terms(reading.clues))
    return Probe(
        reading=reading,
        hints=hints,
        base=base,
        mentions=tuple(named),
        weight=weight,
        terms=terms,
        slot=prepare_slot(reading, base),
        listing="list" in reading.asks or bool(reading.wanted),
        numeric=bool(reading.asks & NUMERIC),
        counted=tuple(bigrams(reading.counted)[:3]) if reading.counted else (),
        things=bool(reading.asks & _THINGS or reading.kinds),
        plain=not (
            reading.quantities or reading.periods or reading.excepted or hints.entities or hints.clues or hints.periods
        ),
    )


def clue_terms(clues: Iterable[Clue]) -> set[str]:
    """All index terms that clues look for."""
    terms: set[str] = set()
    for clue in clues:
        terms.update(clue.terms)
        terms.update(p[0] for p in clue.pairs)
    return terms


def explained(clue: Clue, terms: frozenset[str] | set[str]) -> float:
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


def states(fact: FactRow, figure: Quantity) -> bool:
    """Whether a fact holds this figure: the same number, a share as a share."""
    return any(q.value == figure.value and q.is_share == figure.is_share for q in fact.quantities)


def judge(fact: FactRow, probe: Probe) -> Finding:
    """Score one fact."""
    reading = probe.reading
    words, missing, told = _clues(fact, probe)
    names, unnamed = _mentions(fact, probe)
    context, dated = (_PLAIN, True) if probe.plain else _context(fact, reading, probe.hints)
    fits = holds_answer(fact, probe.slot)
    features = (*words, *names, *context, fits, *_form(fact, probe))
    own, cued, light, soft, strict, _, hit, _, _ = words
    named = names[0] + names[1] + names[2]
    whole = probe.weight + named + names[3] + names[4]
    if reading.versions and not all(any(q.value == v.value for q in fact.quantities) for v in reading.versions):
        strict += 2.0
    said = own + cued + light
    return Finding(
        fact=fact,
        score=sum(map(mul, _WEIGHTS, features)),
        coverage=min(1.0, (said + named) / whole) if whole else 0.0,
        content=(said + 0.25) / (probe.weight + 0.25),
        support=own + cued + named + context[4],
        soft=soft + 0.5 * names[4],
        strict=strict,
        missing=missing,
        unnamed=unnamed,
        fits=fits,
        dated=dated,
        own=own,
        cued=cued,
        light=light,
        told=told,
        cue_hit=hit > 0,
        about=names[5] > 0,
        features=features,
    )


def _clues(fact: FactRow, probe: Probe) -> tuple[tuple[float, ...], tuple[Clue, ...], int]:
    """own, cued, light, soft, strict, light_missing, cue_hit, precision, whole.

    Then the clues that lack, and how often it measures what is asked.
    """
    own = cued = light = soft = strict = light_missing = hit = matched = 0.0
    told = 0
    missing: list[Clue] = []
    mine, all_ = probe.terms & fact.own, probe.terms & fact.terms
    relation = fact.relation_term
    for clue in probe.reading.clues:
        weight = clue.weight
        first = explained(clue, mine) if mine else 0.0
        share = first if first == 1.0 or len(all_) == len(mine) else max(first, explained(clue, all_))
        if relation in clue.terms:
            hit += 1.0
        if clue.light:
            told += clue.measure and share == 1.0
            light += weight * share
            light_missing += weight * (1.0 - share)
            continue
        own += weight * first
        matched += first * clue.size
        cued += weight * (share - first)
        if clue.attribute:
            strict += weight * (1.0 - share)
        else:
            soft += weight * (1.0 - share)
        if share < 0.5:
            missing.append(clue)
    heavy = own + cued + soft + strict
    whole = (own + 0.8 * cued) / heavy if heavy else 0.0
    precision = matched / (fact.size + 8.0)
    return (own, cued, light, soft, strict, light_missing, min(hit, 2.0), precision, whole), tuple(missing), told


def _mentions(fact: FactRow, probe: Probe) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """named, topic, bridged, unnamed, topic_unnamed, subject; and the indices of the mentions that lack."""
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
        elif mention.generic:
            topic_unnamed += mention.worth
        elif fact.subject in mention.tied and probe.base.entity(fact.subject).facts <= _NARROW:
            bridged += mention.worth * _BRIDGED
        else:
            unnamed += mention.worth
            lacking.append(index)
    return (named, topic, bridged, unnamed, topic_unnamed, subject), tuple(lacking)


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
    terms = fact.terms
    share = sum(p in terms for p in pairs) / len(pairs)
    if share == 1.0 and (len(pairs) >= 2 or mention.generic):
        return 0.8
    # what tells a topic apart stands in front: 深圳人工智能产业 is not 中国人工智能产业
    return share * 0.8 if share >= 0.6 and mention.topic and pairs[0] in terms else 0.0


def _context(fact: FactRow, reading: Reading, hints: Hints) -> tuple[tuple[float, ...], bool]:
    """figure, figure_missing, dated, undated, background, known, primary, primary_subject, excepted; and if dated."""
    same = sum(states(fact, quantity) for quantity in reading.quantities)
    periods = reading.periods or hints.periods
    dated = not periods or in_time(fact, periods)
    known = primary = primary_subject = background = 0.0
    if hints.entities:
        known = min(2.0, len(fact.entities & hints.entities)) * 0.75
        if fact.entities & hints.primary:
            primary = 1.0
            primary_subject = float(fact.subject in hints.primary)
    if hints.clues:
        background = sum(c.weight * explained(c, fact.terms) for c in hints.clues if not c.light)
    excepted = float(min(3, len(fact.entities & reading.excepted))) if reading.excepted else 0.0
    return (
        float(same),
        float(len(reading.quantities) - same),
        1.0 if reading.periods and dated else 0.0,
        0.0 if dated else 1.0,
        background,
        known,
        primary,
        primary_subject,
        excepted,
    ), dated


_PLAIN = (0.0,) * 9


def _form(fact: FactRow, probe: Probe) -> tuple[float, ...]:
    """What the form of the question says: 多少款 wants a figure in 款, 哪三项 a list of three."""
    reading, asks = probe.reading, probe.reading.asks
    relation = probe.base.relations[fact.relation]
    listing = long_list = count = wanted = not_wanted = crowd = 0.0
    if probe.listing:
        listing = min(fact.listed, 6) / 6.0
        long_list = float(fact.listed >= 3)
        count = float(any(q.value > 1 and q.value in (fact.listed, len(fact.objects)) for q in reading.quantities))
        if reading.wanted:
            wanted = float(fact.listed == reading.wanted)
            not_wanted = 1.0 - wanted
    elif len(fact.entities) > 5:
        crowd = (len(fact.entities) - 5) / 5.0
    numeric = counted = share = unit = other = 0.0
    if probe.numeric:
        numeric = float(relation.value in _VALUES)
        counted = float(any(p in relation.zh for p in probe.counted))
        share = float("share" not in asks and bool(fact.quantities) and fact.quantities[0].is_share)
        if reading.units and fact.quantities:
            unit = float(any(q.unit in reading.units for q in fact.quantities))
            other = float(not unit and all(q.unit for q in fact.quantities))
    slot = text = 0.0
    if probe.things:
        slot = float(in_slot(fact, probe.slot))
    elif relation.value == "text":
        text = float(bool(asks & _OPEN))
    return (
        fact.size / 40.0,
        float(relation.answers in asks),
        listing,
        long_list,
        count,
        wanted,
        not_wanted,
        numeric,
        counted,
        share,
        unit,
        other,
        float("date" in asks and relation.value == "date"),
        slot,
        text,
        crowd,
    )


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
