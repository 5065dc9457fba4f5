"""Judge one fact against a reading: what it explains, what not, in figures that weights turn into one score."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from sys import intern
from typing import NamedTuple

from knowledge.asked import NUMERIC
from knowledge.base import Base, FactRow, RelationRow
from knowledge.clues import Clue, idf, posting
from knowledge.dates import Period
from knowledge.finding import NO_NAMES, Finding, Names, Words
from knowledge.lexicon import words as stems
from knowledge.link import Mention
from knowledge.numerals import Quantity
from knowledge.patterns import pattern
from knowledge.reading import Reading
from knowledge.slots import Slot, holds_answer, in_slot, prepare_slot
from knowledge.terms import bigrams

_BRIDGED = 0.5
"""Worth of a name that the fact lacks but its subject is tied to (王慧文办的那家公司 is about 光年之外)."""
_ARTICLE = pattern("[」”》]?的?(?:[那这]篇|(?:文章|报道|稿子|稿件))| (?:article|report|story)")
_LITTLE = 0.3
_NARROW = 40
"""A subject of more facts (a city) is tied to too many names for this."""
_VALUES = frozenset({"number", "amount", "share", "rank", "duration"})
_OPEN = frozenset({"which", "how", "definition", "list"})
_THINGS = frozenset({"person", "place", "name"})


class Weights(NamedTuple):
    """What each feature of a fact adds to its score; fitted on question sets."""

    own: float = 1.88
    cued: float = 1.01
    light: float = 4.67
    soft: float = -0.25
    strict: float = -0.83
    light_missing: float = -3.67
    cue_hit: float = 0.96
    precision: float = 0.09
    whole: float = 1.44
    named: float = 1.46
    topic: float = 0.82
    bridged: float = 1.06
    unnamed: float = -0.14
    topic_unnamed: float = -0.39
    subject: float = 1.9
    figure: float = 1.32
    figure_missing: float = -0.52
    dated: float = 1.73
    undated: float = -2.63
    background: float = 0.5
    known: float = 1.6
    primary: float = 1.6
    primary_subject: float = 0.64
    excepted: float = -1.9
    fits: float = 2.97
    size: float = -0.4
    relation_asked: float = 1.31
    listing: float = 1.16
    long_list: float = 1.42
    counts: float = 1.31
    wanted: float = 1.4
    not_wanted: float = -0.7
    numeric_value: float = 0.41
    counted: float = 2.5
    share_for_number: float = -0.38
    unit: float = 2.0
    other_unit: float = -0.27
    date_value: float = 0.2
    slot: float = 1.58
    text_value: float = 0.1
    crowd: float = -0.88
    echo: float = 1.0
    label: float = 2.0
    beside: float = -0.06
    companion: float = -1.0


WEIGHTS = Weights()


class Hints(NamedTuple):
    """What a conversation adds to a question."""

    entities: frozenset[int] = frozenset()
    """Entities spoken of before; a question that names none is about one of these."""
    primary: frozenset[int] = frozenset()
    """Those of them that were asked about last, or given as the answer."""
    clues: tuple[Clue, ...] = ()
    """Clues from the sentences before the question: they count if explained, and are not missed."""
    periods: tuple[Period, ...] = ()


@dataclass(slots=True, eq=False, repr=False)
class _Named:
    """A mention, prepared for many facts."""

    entities: tuple[int, ...]
    facts: frozenset[int]
    """Numbers of the facts that name one of them."""
    worth: float
    generic: bool
    topic: bool
    tied: frozenset[int]
    """The subjects of facts that speak of it without naming it."""
    rivals: frozenset[int]
    """Others of its kind: a fact that names one of them speaks of that one (成都's 算力券 is not 杭州's)."""
    pairs: tuple[str, ...]


@dataclass(slots=True, eq=False, repr=False)
class Probe:
    """A reading prepared for judging many facts."""

    reading: Reading
    hints: Hints
    base: Base
    mentions: tuple[_Named, ...]
    weight: float
    """Of all clues."""
    terms: frozenset[str]
    """All index terms of the clues."""
    wording: dict[str, float]
    """How telling each bigram and stem of the question is, whatever part it plays in it."""
    weights: dict[str, float]
    """Weights in the wording of all terms sought."""
    sought: frozenset[str]
    """The terms of the clues and of the wording."""
    worded: float
    """Weight of the whole wording, a little more than nothing."""
    cues: dict[str, int]
    """For each relation that a clue names, how many do."""
    judged: dict[tuple[frozenset[str], frozenset[str], int], Words]
    """What was judged of the words so far, by the terms held, those held by cues alone, and the relation's cues met."""
    spoken: dict[tuple[float, ...], Names]
    """What was judged of the names so far, by how each mention is spoken of."""
    heard: tuple[Clue, ...]
    """The clues of the sentences before the question, without the light ones."""
    slot: Slot
    listing: bool
    """Whether a list is asked for."""
    numeric: bool
    companions: frozenset[int]
    """Where a figure is asked for: others of the kinds of what is named, with whom a figure may be shared."""
    counted: tuple[str, ...]
    """Bigrams of the noun counted (多少个大模型)."""
    han: bool
    things: bool
    """Whether a person, place or thing of a kind is asked for."""
    open: bool
    """Whether nothing of a certain form is asked for."""
    plain: bool
    """Whether figures, dates and context play no part."""


NO_HINTS = Hints()
"""A question without a conversation before it."""


def prepare(reading: Reading, base: Base, hints: Hints) -> Probe:
    """What is the same for all facts is worked out once."""
    kinds = [base.entity(m.entities[0]).kind for m in reading.mentions]
    look_up = base.remembered(posting)
    said = _spelt(reading, base)
    wording = {t: look_up(t).idf for t in map(intern, (*bigrams(said), *stems(said)))}
    terms = frozenset().union(*[c.keys for c in reading.clues])
    weights = dict.fromkeys(terms, 0.0) | wording
    numeric = bool(reading.asks & NUMERIC)
    return Probe(
        reading=reading,
        hints=hints,
        base=base,
        mentions=tuple([_named(m, reading, base, kinds) for m in reading.mentions]),
        weight=sum([c.weight for c in reading.clues]),
        terms=terms,
        wording=wording,
        weights=weights,
        sought=frozenset(weights),
        worded=sum(wording.values()) + _LITTLE,
        cues=Counter([t for c in reading.clues for t in c.terms if t[:2] == "r:"]),
        judged={},
        spoken={},
        heard=tuple([c for c in hints.clues if not c.light]),
        slot=prepare_slot(reading, base),
        listing="list" in reading.asks or bool(reading.wanted),
        numeric=numeric,
        companions=_companions(reading, base) if numeric else frozenset(),
        counted=tuple(bigrams(reading.counted)[:3]) if reading.counted else (),
        han=not reading.text.isascii(),
        things=bool(reading.asks & _THINGS or reading.kinds),
        open=not (reading.asks or reading.kinds or reading.wanted),
        plain=not (
            reading.quantities or reading.periods or reading.excepted or hints.entities or hints.clues or hints.periods
        ),
    )


class _Name(NamedTuple):
    """What is the same for a name in all questions."""

    generic: bool
    rarity: float
    topic: bool
    facts: frozenset[int]
    pairs: tuple[str, ...]


def _name(entities: tuple[int, ...], text: str, base: Base) -> _Name:
    rows = [base.entity(e) for e in entities]
    return _Name(
        generic=all(e.generic for e in rows),
        rarity=max(idf(e.facts, base.fact_count) for e in rows),
        topic=all(e.kind in base.topics for e in rows),
        facts=frozenset().union(*[base.facts_of(e) for e in entities]),
        pairs=tuple(map(intern, sorted((*bigrams(text), *stems(text)), key=text.find))),
    )


def _named(mention: Mention, reading: Reading, base: Base, kinds: list[str]) -> _Named:
    name = base.remembered(_name)(mention.entities, mention.text)
    # 视谷那篇文章 names an article, which a fact need not speak of
    generic = name.generic or bool(_ARTICLE.match(reading.text, mention.end))
    # several of one kind are each asked about: none of them stands for another
    sole = kinds.count(base.entity(mention.entities[0]).kind) == 1 and "verify" not in reading.intents
    tied = base.linked(mention.entities[0]) if sole else frozenset[int]()
    rivals = base.remembered(_of_kind)(base.entity(mention.entities[0]).kind) - reading.entities if tied else tied
    worth = 3.5 * name.rarity + (0.0 if generic else 0.8)
    return _Named(mention.entities, name.facts, worth, generic, name.topic, tied, rivals, name.pairs)


def _companions(reading: Reading, base: Base) -> frozenset[int]:
    named = [e for e in map(base.entity, [m.entities[0] for m in reading.mentions]) if not e.generic]
    alike = [base.remembered(_of_kind)(e.kind) for e in named]
    return frozenset[int]().union(*alike) - reading.entities


def _of_kind(kind: str, base: Base) -> frozenset[int]:
    return frozenset(base.of_kind(kind))


def _spelt(reading: Reading, base: Base) -> str:
    """The question with the names that statements use in place of aliases and misspelt ones."""
    text = reading.text
    for mention in reversed(reading.mentions):
        name = base.folded_names(mention.entities[0])[0]
        if mention.text not in name:
            text = text[: mention.start] + name + text[mention.end :]
    return text


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
    if not fact.quantities:
        return False
    return any(q.value == figure.value and q.is_share == figure.is_share for q in fact.quantities)


def judge(fact: FactRow, probe: Probe) -> Finding:
    """Score one fact."""
    held = probe.sought & fact.terms
    by_cue = held & fact.cued
    key = held & probe.terms, by_cue & probe.terms, probe.cues.get(fact.relation_term, 0)
    words = probe.judged.get(key)
    if words is None:
        words = probe.judged[key] = _words(probe.reading.clues, *key)
    names = _mentions(fact, probe) if probe.mentions else NO_NAMES
    fits = holds_answer(fact, probe.slot) if probe.slot.asks else 1.0
    score = words.score + names.score + WEIGHTS.fits * fits + _form(fact, probe)
    score += WEIGHTS.precision * words.matched / (fact.size + 8.0)
    weigh = probe.weights.__getitem__
    echo = heard = sum(map(weigh, held - by_cue if by_cue else held))
    if by_cue:
        heard += sum(map(weigh, by_cue))
    score += WEIGHTS.echo * fits * echo
    strict, background, dated = words.strict, 0.0, True
    if not probe.plain:
        context, background, dated = _context(fact, probe)
        score += context
    if probe.reading.versions and not _is_version(fact, probe.reading):
        strict += 2.0
    wording = len(probe.wording), heard / probe.worded, echo / probe.worded
    return Finding(score, fact, words, names, fits, dated, background, strict, probe.weight, *wording)


def _is_version(fact: FactRow, reading: Reading) -> bool:
    """Whether the fact speaks of the version asked for (盘古4.0)."""
    return all(any(q.value == v.value for q in fact.quantities) for v in reading.versions)


def _words(clues: tuple[Clue, ...], all_: frozenset[str], by_cue: frozenset[str], hits: int) -> Words:
    """What is explained of the clues by a fact that holds the terms `all_`, those in `by_cue` by its cues alone."""
    mine = all_ - by_cue
    own = cued = light = soft = strict = light_missing = matched = 0.0
    told = 0
    missing: list[Clue] = []
    for clue in clues:
        weight = clue.weight
        first = 0.0 if mine.isdisjoint(clue.keys) else explained(clue, mine)
        share = first
        if by_cue and first < 1.0 and not by_cue.isdisjoint(clue.keys):
            share = max(first, explained(clue, all_))
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
    w = WEIGHTS
    score = w.own * own + w.cued * cued + w.light * light + w.soft * soft + w.strict * strict
    score += w.light_missing * light_missing + w.cue_hit * min(hits, 2)
    score += w.whole * (own + 0.8 * cued) / heavy if heavy else 0.0
    return Words(own, cued, light, soft, strict, matched, hits > 0, tuple(missing), told, score)


_LACKING, _TOPIC_LACKING, _TIED = 2.0, 3.0, 4.0
"""Marks for how a fact speaks of a mention; up to 1 it is the share spoken of, negative where it is the subject."""
_PART = 0.75
"""Share of what a fact speaks of that names only a part of it."""


def _mentions(fact: FactRow, probe: Probe) -> Names:
    f, subject = fact.f, fact.subject
    spoken: list[float] = []
    for mention in probe.mentions:
        entities = mention.entities
        if f in mention.facts:
            spoken.append(-1.0 if subject in entities else 1.0)
        elif not fact.within.isdisjoint(entities):
            spoken.append(-_PART if subject in entities else _PART)
        elif mention.pairs and (share := _says(fact, mention)):
            spoken.append(-share if subject in entities else share)
        elif mention.generic:
            spoken.append(_TOPIC_LACKING)
        elif (
            subject in mention.tied
            and probe.base.entity(subject).facts <= _NARROW
            and fact.entities.isdisjoint(mention.rivals)
        ):
            spoken.append(_TIED)
        else:
            spoken.append(_LACKING)
    key = tuple(spoken)
    names = probe.spoken.get(key)
    if names is None:
        names = probe.spoken[key] = _names(key, probe.mentions)
    return names


def _names(spoken: tuple[float, ...], mentions: tuple[_Named, ...]) -> Names:
    """The sum over the mentions, from the marks of how a fact speaks of each."""
    named = topic = bridged = unnamed = topic_unnamed = 0.0
    about = 0
    lacking: list[int] = []
    for index, (share, mention) in enumerate(zip(spoken, mentions, strict=True)):
        if share <= 1.0:
            about += share < 0.0
            if mention.generic:
                topic += mention.worth * abs(share)
            else:
                named += mention.worth * abs(share)
        elif share == _TOPIC_LACKING:
            topic_unnamed += mention.worth
        elif share == _TIED:
            bridged += mention.worth * _BRIDGED
        else:
            unnamed += mention.worth
            lacking.append(index)
    w = WEIGHTS
    score = w.named * named + w.topic * topic + w.bridged * bridged + w.unnamed * unnamed
    score += w.topic_unnamed * topic_unnamed + w.subject * about
    whole = named + topic + bridged
    return Names(whole, unnamed + topic_unnamed, topic_unnamed, tuple(lacking), about > 0, bridged > 0, score)


def _says(fact: FactRow, mention: _Named) -> float:
    """How far a fact says the characters of a name, where it does not name the entity, as a share of 1."""
    pairs, terms, held = mention.pairs, fact.terms, 0
    for pair in pairs:
        if pair in terms:
            held += 1
    if not held:
        return 0.0
    share = held / len(pairs)
    if share == 1.0 and (len(pairs) >= 2 or mention.generic):
        return 0.8
    # what tells a topic apart stands in front: 深圳人工智能产业 is not 中国人工智能产业
    return share * 0.8 if share >= 0.6 and mention.topic and pairs[0] in terms else 0.0


def _context(fact: FactRow, probe: Probe) -> tuple[float, float, bool]:
    """Score by figures, dates and what was said before; the weight of the background explained; and if dated."""
    w, reading, hints = WEIGHTS, probe.reading, probe.hints
    score = 0.0
    if reading.quantities:
        same = sum([states(fact, quantity) for quantity in reading.quantities])
        score = w.figure * same + w.figure_missing * (len(reading.quantities) - same)
    periods = reading.periods or hints.periods
    dated = not periods or in_time(fact, periods)
    if not dated:
        score += w.undated
    elif reading.periods:
        score += w.dated
    if hints.entities:
        score += w.known * min(2.0, len(fact.entities & hints.entities)) * 0.75
        if fact.entities & hints.primary:
            score += w.primary + w.primary_subject * (fact.subject in hints.primary)
    background = 0.0
    for clue in probe.heard:
        if not fact.terms.isdisjoint(clue.keys):
            background += clue.weight * explained(clue, fact.terms)
    if reading.excepted:
        score += w.excepted * min(3, len(fact.entities & reading.excepted))
    return score + w.background * background, background, dated


def _form(fact: FactRow, probe: Probe) -> float:
    """Score by the form of the question: 多少款 wants a figure in 款, 哪三项 a list of three."""
    w = WEIGHTS
    score = w.size * fact.size / 40.0
    if probe.open:
        return score + (w.crowd * (len(fact.entities) - 5) / 5.0 if len(fact.entities) > 5 else 0.0)
    asks, relation = probe.reading.asks, probe.base.relations[fact.relation]
    score += w.beside * len(fact.entities)
    score += w.relation_asked * (relation.answers in asks)
    if probe.listing:
        score += _as_list(fact, probe.reading)
    elif len(fact.entities) > 5:
        score += w.crowd * (len(fact.entities) - 5) / 5.0
    if probe.numeric:
        score += _as_figure(fact, relation, probe)
    if relation.value == "date" and "date" in asks:
        score += w.date_value
    if probe.things:
        score += w.slot * in_slot(fact, probe.slot)
    elif relation.value == "text" and asks & _OPEN:
        score += w.text_value
    return score


def _as_list(fact: FactRow, reading: Reading) -> float:
    w = WEIGHTS
    score = w.listing * min(fact.listed, 6) / 6.0 + w.long_list * (fact.listed >= 3)
    if any(q.value > 1 and q.value in (fact.listed, len(fact.objects)) for q in reading.quantities):
        score += w.counts
    if reading.wanted:
        score += w.wanted if fact.listed == reading.wanted else w.not_wanted
    return score


def _as_figure(fact: FactRow, relation: RelationRow, probe: Probe) -> float:
    w, units = WEIGHTS, probe.reading.units
    score = w.numeric_value * (relation.value in _VALUES) + w.counted * any(p in relation.zh for p in probe.counted)
    if relation.family:
        # of measures of one family the one that is named no narrower: 产业规模 asks for no 核心产业规模
        label = probe.base.remembered(_label)(relation.r, probe.han)
        score += w.label * sum([p in probe.wording for p in label]) / (len(label) or 1)
    if not probe.companions.isdisjoint(fact.entities):
        score += w.companion
    if fact.quantities:
        score += w.share_for_number * (fact.quantities[0].is_share and "share" not in probe.reading.asks)
        if units:
            if any(q.unit in units for q in fact.quantities):
                score += w.unit
            elif all(q.unit for q in fact.quantities):
                score += w.other_unit
    return score


def _label(r: int, han: bool, base: Base) -> list[str]:
    """The index terms of a relation's label."""
    relation = base.relations[r]
    return bigrams(relation.zh) if han else stems(relation.en.casefold())


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
