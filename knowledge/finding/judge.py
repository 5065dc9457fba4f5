"""Judge facts against a reading: what it explains, what not, in figures that weights turn into one score."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from knowledge.finding import weights
from knowledge.finding.finding import NO_NAMES, Finding, Names, Words
from knowledge.finding.probe import Named, Probe
from knowledge.reading.clues import Clue
from knowledge.reading.reading import Reading
from knowledge.reading.slots import holds_answer, in_slot
from knowledge.store.base import Base, FactRow, RelationRow
from knowledge.text.dates import Period
from knowledge.text.lexicon import words as stems
from knowledge.text.numerals import Quantity
from knowledge.text.patterns import pattern
from knowledge.text.terms import bigrams

_BRIDGED = 0.5
"""Worth of a name that the fact lacks but its subject is tied to (王慧文办的那家公司 is about 光年之外)."""
_NARROW = 40
"""A subject of more facts (a city) is tied to too many names for this."""
_A_LIST = 3
"""A statement that lists so many things tells of others than what is excepted, though they be no entities."""
_SEVERAL = 2
_OVER_YEAR = pattern("[比较]上一?年|同比", holds=("上年", "上一年", "同比"))
_VALUES = frozenset({"number", "amount", "share", "rank", "duration"})
_OPEN = frozenset({"which", "how", "definition", "list"})
_DEFINITION = frozenset({"definition"})


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
    return (figure.value, figure.is_share) in fact.figures


def sets_bound(fact: FactRow, bound: Quantity) -> bool:
    """Whether a fact sets this very bound (超过500家)."""
    given = bound.value, bound.is_share, bound.bound
    return any((q.value, q.is_share, q.bound) == given for q in fact.quantities)


def judge(facts: Sequence[FactRow], probe: Probe) -> list[Finding]:
    """Score facts, in the order given; what is the same for several of them is worked out once."""
    w, slot, asks = weights, probe.slot, bool(probe.slot.asks) or probe.slot.counting
    sought, terms, weigh, cues = probe.sought, probe.terms, probe.weights.__getitem__, probe.cues
    plain, versions = probe.plain, probe.reading.versions
    judged: dict[tuple[frozenset[str], frozenset[str], int], Words] = {}
    forms: dict[int, float] = {}
    background, dated = 0.0, True
    findings = []
    all_held = [sought & fact.terms for fact in facts]
    for fact, held, names in zip(facts, all_held, _mentions(facts, all_held, probe), strict=True):
        by_cue = held & fact.cued
        own = held - by_cue if by_cue else held
        key = held & terms, by_cue & terms, cues.get(fact.relation, 0)
        words = judged.get(key)
        if words is None:
            words = judged[key] = _words(probe.reading.clues, *key)
        form = forms.get(fact.relation)
        if form is None:
            form = forms[fact.relation] = _relation_form(probe.base.relations[fact.relation], probe)
        fits = holds_answer(fact, slot) if asks else 1.0
        echo = fsum(map(weigh, own))  # the same in whatever order a set gives its terms
        score = words.score + names.score + w.fits * fits + form + _form(fact, probe)
        score += w.precision * words.matched / (fact.size + 8.0) + w.echo * fits * echo
        if not plain:
            context, background, dated = _context(fact, probe)
            score += context
        strict = words.strict + 2.0 if versions and not _is_version(fact, probe.reading) else words.strict
        findings.append(Finding(score, fact, words, names, fits, dated, background, strict, echo, by_cue, probe))
    return findings


def _is_version(fact: FactRow, reading: Reading) -> bool:
    """Whether the fact speaks of the version asked for (盘古4.0)."""
    return all(any(q.value == v.value and not q.unit for q in fact.quantities) for v in reading.versions)


def _words(clues: tuple[Clue, ...], all_: frozenset[str], by_cue: frozenset[str], hits: int) -> Words:
    """What is explained of the clues by a fact that holds the terms `all_`, those in `by_cue` by its cues alone."""
    mine = all_ - by_cue if by_cue else all_
    own = cued = light = soft = strict = light_missing = matched = 0.0
    told = 0
    missing: list[Clue] = []
    for clue in clues:
        _, weight, _, _, size, is_light, attribute, measure, _, keys = clue
        first = 0.0 if mine.isdisjoint(keys) else explained(clue, mine)
        share = first
        if by_cue and first < 1.0 and not by_cue.isdisjoint(keys):
            share = max(first, explained(clue, all_))
        if is_light:
            told += measure and share == 1.0
            light += weight * share
            light_missing += weight * (1.0 - share)
            continue
        own += weight * first
        matched += first * size
        cued += weight * (share - first)
        if attribute:
            strict += weight * (1.0 - share)
        else:
            soft += weight * (1.0 - share)
        if share < 0.5:
            missing.append(clue)
    heavy = own + cued + soft + strict
    w = weights
    score = w.own * own + w.cued * cued + w.light * light + w.soft * soft + w.strict * strict
    score += w.light_missing * light_missing + w.cue_hit * min(hits, 2)
    score += w.whole * (own + 0.8 * cued) / heavy if heavy else 0.0
    return Words(own, cued, light, soft, strict, matched, hits > 0, tuple(missing), told, score)


_LACKING, _TOPIC_LACKING, _TIED = 2.0, 3.0, 4.0
"""Marks for how a fact speaks of a mention; up to 1 it is the share spoken of, negative where it is the subject."""
_PART = 0.75
"""Share of what a fact speaks of that names only a part of it."""


def _mentions(facts: Sequence[FactRow], held: list[frozenset[str]], probe: Probe) -> list[Names]:
    """What each of the facts, which hold these of the terms sought, says of the things named."""
    if not probe.mentions:
        return [NO_NAMES] * len(facts)
    known: dict[tuple[float, ...], Names] = {}
    found = []
    for key in zip(*[_spoken(facts, held, mention, probe) for mention in probe.mentions], strict=True):
        names = known.get(key)
        if names is None:
            names = known[key] = _names(key, probe.mentions)
        found.append(names)
    return found


def _spoken(facts: Sequence[FactRow], held: list[frozenset[str]], mention: Named, probe: Probe) -> list[float]:
    """The marks for how each of the facts speaks of one mention."""
    marks = []
    entities, named, pairs, tied = mention.entities, mention.facts, mention.pairs, mention.tied
    for fact, terms in zip(facts, held, strict=True):
        if fact.f in named:
            share = 1.0
        elif not fact.within.isdisjoint(entities):
            share = _PART
        else:
            share = 0.0 if terms.isdisjoint(pairs) else _says(terms, mention)
        if share:
            marks.append(-share if fact.subject in entities else share)
        elif mention.generic:
            marks.append(_TOPIC_LACKING)
        else:
            marks.append(_TIED if fact.subject in tied and _is_tied(fact, mention, probe) else _LACKING)
    return marks


def _is_tied(fact: FactRow, mention: Named, probe: Probe) -> bool:
    """Whether a fact on something that is tied to what is named speaks of nothing else of its kind."""
    few = probe.base.entity(fact.subject).facts <= _NARROW
    return few and fact.entities & mention.alike <= probe.slot.named


def _names(spoken: tuple[float, ...], mentions: tuple[Named, ...]) -> Names:
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
    w = weights
    score = w.named * named + w.topic * topic + w.bridged * bridged + w.unnamed * unnamed
    score += w.topic_unnamed * topic_unnamed + w.subject * about
    whole = named + topic + bridged
    return Names(whole, unnamed + topic_unnamed, topic_unnamed, tuple(lacking), about > 0, bridged > 0, score)


def _says(held: frozenset[str], mention: Named) -> float:
    """How far a fact says the characters of a name, where it does not name the entity, as a share of 1."""
    pairs = mention.pairs
    share = sum([pair in held for pair in pairs]) / len(pairs)
    if share == 1.0 and (len(pairs) >= 2 or mention.generic):
        return 0.8
    # what tells a topic apart stands in front: 深圳人工智能产业 is not 中国人工智能产业
    return share * 0.8 if share >= 0.6 and mention.topic and pairs[0] in held else 0.0


def _context(fact: FactRow, probe: Probe) -> tuple[float, float, bool]:
    """Score by figures, dates and what was said before; the weight of the background explained; and if dated."""
    w, reading, hints = weights, probe.reading, probe.hints
    score = 0.0
    if stated := probe.figures:
        same = sum([states(fact, quantity) for quantity in stated])
        score = w.figure * same + w.figure_missing * (len(stated) - same)
    periods = reading.periods or hints.periods
    dated = not periods or in_time(fact, periods) or _over_year(fact, reading)
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
        score += _beside_excepted(fact, probe)
    return score + w.background * background, background, dated


def _over_year(fact: FactRow, reading: Reading) -> bool:
    """Whether by how much something grew in a year over the one before is asked, and a fact of that year tells it."""
    if len(reading.periods) != _SEVERAL or "growth" not in reading.intents:
        return False
    year, before = reading.periods
    return before.year == year.year - 1 and _OVER_YEAR.search(fact.zh) is not None and in_time(fact, (year,))


def _beside_excepted(fact: FactRow, probe: Probe) -> float:
    """Score by what is excepted: for a fact that tells of others beside it, against one that tells of it alone."""
    told = min(3, len(fact.entities & probe.reading.excepted))
    w = weights
    return told * (w.excepted if told and only_excepted(fact, probe.reading, probe.base) else w.beside_excepted)


def only_excepted(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether a fact tells of what is excepted, and of nothing else of its kind."""
    if fact.listed >= _A_LIST or fact.entities.isdisjoint(reading.excepted):
        return False
    kinds = base.kinds_like({base.entity(e).kind for e in reading.excepted})
    return not any(base.entity(e).kind in kinds for e in fact.entities - reading.excepted - reading.entities)


def gives_left_out(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether all that a fact gives is what is excepted, by its own word (除了当教授: 清华大学教授)."""
    value = base.tables.fold(fact.value)
    return fact.listed < _SEVERAL and any(c.text in value for c in reading.left_out)


def _form(fact: FactRow, probe: Probe) -> float:
    """Score by the form of the question: 多少款 wants a figure in 款, 哪三项 a list of three."""
    w, crowd = weights, len(fact.entities)
    score = w.size * fact.size / 40.0
    if probe.listing:
        score += _as_list(fact, probe.reading)
    elif crowd > 5:
        score += w.crowd * (crowd - 5) / 5.0
    if probe.open:
        return score
    score += w.beside * crowd
    if probe.numeric:
        score += _as_figure(fact, probe)
    if probe.things:
        score += w.slot * in_slot(fact, probe.slot)
    return score


def _relation_form(relation: RelationRow, probe: Probe) -> float:
    """The part of it that is the same for all facts of a relation."""
    if probe.open:
        return 0.0
    w, asks = weights, probe.reading.asks
    score = w.relation_asked * (relation.answers in asks)
    score += w.defines * (asks == _DEFINITION and relation.answers in asks)
    if probe.numeric:
        score += w.numeric_value * (relation.value in _VALUES) + w.counted * any(
            p in relation.zh for p in probe.counted
        )
        if relation.family:
            # of measures of one family the one that is named no narrower: 产业规模 asks for no 核心产业规模
            label = probe.base.remembered(_label)(relation.r, probe.han)
            score += w.label * sum([p in probe.wording for p in label]) / (len(label) or 1)
    if relation.value == "date" and "date" in asks:
        score += w.date_value
    if relation.value == "text" and not probe.things and asks & _OPEN:
        score += w.text_value
    return score


def _as_list(fact: FactRow, reading: Reading) -> float:
    w = weights
    score = w.listing * min(fact.listed, 6) / 6.0 + w.long_list * (fact.listed >= 3)
    if any(q.value > 1 and q.value in (fact.listed, len(fact.objects)) for q in reading.quantities):
        score += w.counts
    if reading.wanted:
        score += w.wanted if fact.listed == reading.wanted else w.not_wanted
    return score


def _as_figure(fact: FactRow, probe: Probe) -> float:
    w, units = weights, probe.reading.units
    score = 0.0 if probe.companions.isdisjoint(fact.entities) else w.companion
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
        if fact.published and not (fact.periods and fact.as_of) and fact.published.overlaps(_whole_year(period)):
            continue
        return False
    return True


def _longer(stretch: Period, asked: Period) -> bool:
    """A figure for several years is none for one of them."""
    return bool(asked.year) and asked.last[0] == asked.year and stretch.last[0] > stretch.year


def _whole_year(period: Period) -> Period:
    return Period((period.first[0], 1, 1), (period.last[0], 12, 31)) if period.year else period
