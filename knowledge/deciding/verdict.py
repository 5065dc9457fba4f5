"""Yes, no, or what the base only says to it: the verdict on a claim, once the finding that speaks of it is chosen."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from re import escape, finditer

from knowledge.deciding.bearing import numbered, overstated, says_just, since_another
from knowledge.deciding.belonging import of_part
from knowledge.deciding.clauses import like, names_of
from knowledge.deciding.happening import done_by_another, mutual, not_together
from knowledge.deciding.inquiry import asks_if_listed
from knowledge.deciding.negating import contraries, denies_deed
from knowledge.deciding.objection import (
    agrees,
    alone,
    dated_apart,
    misplaced,
    of_another_sort,
    of_each,
    of_other_kind,
    otherwise,
    places_another,
    spans_otherwise,
    tells_when,
    turned,
    unfulfilled,
    unmeasured,
    vague,
)
from knowledge.deciding.ordering import reordered
from knowledge.deciding.pairing import crossed, placed_only
from knowledge.finding import weights
from knowledge.finding.finding import Finding
from knowledge.linking.link import Mention
from knowledge.reading.degrees import ENDS
from knowledge.reading.reading import Reading
from knowledge.reading.readings import Readings
from knowledge.store.base import Base, FactRow
from knowledge.text.dates import SAME_TIME
from knowledge.text.numerals import BOUNDS, Quantity, find_quantities
from knowledge.text.patterns import pattern
from knowledge.text.stretch import on_edge
from knowledge.text.terms import bigrams

_CLAUSES = pattern("[、，,；;：:和]|以及")
_COUNTED_FROM = pattern(
    r"[前后](?:[一1]|第?[二2])天|[早晚](?:了)?(?:[一二两三四五六七八九十\d]+)(?:天|个?月|年)"
    r"|\b(?:the day|(?:one|two|three|\d+) (?:days?|months?|years?)) (?:before|after|earlier|later)\b"
)
"""How long before or behind another thing something was."""
_IT_IS = pattern(r"(?:[是在为]|\bis|\bin) ?[“「『\"']?$")
_DIGITS = pattern(r"(?<![\d.])\d+(?:\.\d+)?")
LIKELY = 8
"""Findings among which others are looked for that deny a claim or say what is right."""
_TELLING = 3
"""Digits other than closing zeros from which on a figure is unlikely to be met by chance."""
_LARGE = 1000
_EVER = pattern("[前后起][^?？]{0,16}过(?!去|程|于)[^,，?？]{0,8}[吗么没]")
"""Whether something ever was before or after a time: that it was at another denies it not."""
_BESIDE = pattern("[与和跟同]$|比起$|相较于?$|相比于?$")
_COMPARED = pattern("[^,，。]{0,8}(?:相比|比起来|相较)|[^,，。]{0,4}[,，]")
"""Before and behind the name of what another is put above (与甲相比，乙更强)."""
_COME_TRUE = pattern("(?:真的?|已经?|最[终后])[^,，?？]{0,24}了|了(?:吗|么|没有?)[?？ ]*$", holds="了")
_AHEAD = 0.5
"""How much better a finding has to be, its figure left out, to be what a claim is of."""
_A_LIST = 4
"""From so many members on a statement names many that have little to do with each other."""
_ROW = 2
_SOME = pattern("里的|当中|其中|之一|[\u3400-\u9fffa-zA-Z》」]等(?![于级待同级次高])")
"""So says a statement that those it names are some of several."""
_WORKED = pattern("(?:工作|上班|任职|供职|就职|待|干|打工)过?|效力")
_SHARED = ("之一", "中的一")
"""Says of something that it is one of several."""


class Verdict:
    """Says whether a finding bears a claim out."""

    def __init__(self, readings: Readings) -> None:
        self.readings, self.base = readings, readings.base

    def neither(self, best: Finding, reading: Reading) -> bool:
        """Whether the finding, of something else than what is named, neither bears out the claim nor denies it."""
        fact, missing = best.fact, [reading.mentions[i].entities[0] for i in best.unnamed]
        figure = fact.quantities or fact.superlative or any(word in fact.zh for word in self.base.directed)
        if any(not numbered(code, self.base.said(fact)) for code in reading.codes):
            return True  # 文心4发布了吗: what is told of no version tells nothing of that
        if "compare" in reading.intents and (missing or not figure):
            return True  # 珠海的比南京多吗: of 南京 alone nothing follows
        if not missing and best.names.topics and not reading.quantities and not any(not c.light for c in reading.clues):
            return True
        if missing and (SAME_TIME.search(reading.text) or _COUNTED_FROM.search(reading.text)):
            return True  # the date of one of two says not how long before the other it was
        if reading.quantities and not fact.quantities and best.own < 1.0 and reading.text.isascii():
            return True  # valued at 10 billion: a word in its cues is no figure
        if unmeasured(fact, reading) and not any(telling(g) for g in reading.quantities):
            return True
        kinds = self.base.kinds_like(self.base.entity(e).kind for e in missing)
        if missing and self._of_others(fact, reading, kinds):
            return True
        little = not best.cue_hit and best.own < 1.0 and not fact.superlative and not reading.quantities
        sole = len(reading.mentions) - len(missing) <= 1
        if 0 in best.unnamed and little and sole and any(not c.light for c in reading.clues):
            return True  # 甲被乙投资了吗: what else 乙 does with others tells nothing of 甲
        if fact.subject in reading.entities:
            return self._names_none(best, missing, kinds)
        told = self.base.entity(fact.subject).kind in kinds
        return told and (done_by_another(fact, reading, self.base) or self._as_well(fact, reading, kinds, sole=sole))

    def _as_well(self, fact: FactRow, reading: Reading, kinds: frozenset[str], *, sole: bool) -> bool:
        """Whether what is told of another may be so of the one claimed: it is there, is one of them, or has been it."""
        if fact.superlative:
            return False
        relation, ends = self.base.relations[fact.relation], reading.entities.intersection(fact.objects)
        shared = relation.answers == "place" or any(word in fact.zh for word in _SHARED)
        post = relation.value == "text" and not kinds.isdisjoint(self.base.persons)
        return (shared and bool(ends)) or fact.measured or (post and sole and not ends)

    def _names_none(self, best: Finding, missing: list[int], kinds: frozenset[str]) -> bool:
        """Whether somebody else is claimed, and what is told of a thing is no tie to anybody, or not of that deed."""
        doers, fact = self.base.who | self.base.persons, best.fact
        if not any(self.base.entity(e).kind in doers for e in missing):
            return False
        if self.base.relations[fact.relation].value == "entity" and best.cued > 0.0 == best.own:
            return not any(self.base.entity(e).kind in kinds for e in fact.objects)
        if self.base.relations[fact.relation].value != "text" or fact.quantities or fact.periods:
            return False
        others = (e for e in fact.within - {fact.subject} if self.base.entity(e).kind in kinds)
        return not any(self.base.entity(e).stands_in(fact.value) for e in others)

    def _of_others(self, fact: FactRow, reading: Reading, kinds: Collection[str]) -> bool:
        """Whether a statement that lacks what is named tells of others of these kinds: another figure, or a list.

        Who else is one of several does not tell (甲是四小龙之一吗), nor what another city aims at.
        """
        if not reading.quantities:
            # 甲 beside others of its kind is no maker, owner or founder of any
            beside = any(self.base.entity(e).kind in kinds for e in fact.within & reading.entities)
            beside = beside and not (len(fact.objects) == 1 and fact.objects[0] in reading.entities)
            some = (fact.listed >= _A_LIST or beside) and fact.subject not in reading.entities
            return some or "之一" in reading.text
        agreed = fact.quantities and any(agrees(fact, g, reading.text) for g in reading.quantities)
        return not agreed and any(self.base.entity(e).kind in kinds for e in fact.within - reading.entities)

    def verdict(self, best: Finding, reading: Reading, findings: list[Finding]) -> tuple[str, bool, list[FactRow]]:
        """Yes, no, or '' where the base only says what it says; whether part of the claim is not what it says.

        And the other figures by which another verdict would follow, where sources differ on a bound that is claimed.
        """
        fact = best.fact
        if best.dated and not best.unnamed and asks_if_listed(reading, self.base):
            return "yes" if fact.listed >= _A_LIST and not best.missing else "", False, []
        numbers = [agrees(fact, g, reading.text) for g in reading.quantities]
        swapped = self._turned(fact, reading)
        other = crossed(fact, reading, self.base) or bool(not swapped and contraries(fact, reading))
        # two names side by side claim no more than that one belongs to the other (DeepSeek是北京的公司吗)
        spelt = bool(reading.quantities or reading.periods) or any(not c.light for c in reading.clues)
        ends = fact.objects if self.base.relations[fact.relation].value == "entity" else ()
        tied = {fact.subject, *ends, *(fact.spoken & self.base.generic if ends else ())}
        joined = spelt or all(m.entities[0] in tied for m in reading.mentions)
        joined = joined and (spelt or fact.subject in reading.entities or len(reading.mentions) < 2)
        # a statement without any date denies none
        apart = any(not any(p.overlaps(q) for p in fact.periods) for q in reading.periods)
        later = bool(fact.periods) and (not best.dated or apart) and not _EVER.search(reading.text)
        held = best.coverage >= 0.9 and not best.unnamed and best.dated and all(numbers)
        whole = joined and held and not (other or apart)
        # what was measured at another time says nothing of the one claimed, unless the figure is given for it
        later = later and (not fact.measured or (bool(numbers) and all(numbers)))
        later = later and not (fact.planned and _COME_TRUE.search(reading.text))  # what came of a plan it tells not
        wrong = other or later or (bool(fact.quantities) and False in numbers)
        some = fact.listed >= _ROW and _SOME.search(fact.zh)
        shared = self.base.relations[fact.relation].id in self.base.shared and not mutual(reading, self.base)
        denied = wrong or not (some or shared)
        wrong = wrong or self._lacks(best, reading)
        negated = "negation" in reading.intents or denies_deed(reading)
        open_ = negated or (whole and fact.negated) or swapped
        verdict = "yes" if whole and not open_ else ""
        if says_just(fact, reading, self.base):
            verdict = "yes"
        elif on_edge(reading.text, reading.periods, fact.periods):
            verdict = ""
        elif verdict == "yes":
            verdict = self._against(best, reading, findings)
        elif not negated and wrong and denied and best.coverage >= 0.4:
            verdict = "" if self._worked_elsewhere(fact, reading) else "no"
        differing = self._differing(fact, reading)
        return ("", False, differing) if verdict and differing else (verdict, wrong, differing)

    def _worked_elsewhere(self, fact: FactRow, reading: Reading) -> bool:
        """Whether it is claimed where somebody once worked, and told where else: he may have done both."""
        relation = self.base.relations[fact.relation]
        told = relation.value == "text" or relation.answers == "person"
        once = "once" in reading.intents or "过" in reading.text
        return once and told and "role" not in reading.intents and _WORKED.search(reading.text) is not None

    def _differing(self, fact: FactRow, reading: Reading) -> list[FactRow]:
        """The other figures of what is claimed to lie within bounds, where by one of them it does, by another not."""
        bounds = [g for g in reading.quantities if g.bound in BOUNDS]
        if not bounds or not fact.measured or reading.periods:
            return []
        alike = [f for f in self.base.facts_on(fact.subject) if f.measured and f.relation == fact.relation]
        if not any({True, False} <= {agrees(f, g, reading.text) for f in alike} for g in bounds):
            return []
        return [f for f in alike if f != fact]

    def _lacks(self, best: Finding, reading: Reading) -> bool:
        """Whether the statement lacks what is claimed; who is in a city may be in a part of it."""
        fact = best.fact
        lacking = [reading.mentions[i].entities[0] for i in best.unnamed]
        if any(self.base.entity(e).kind not in self.base.where for e in lacking) or not lacking:
            return bool(lacking)
        if places_another(fact, reading, self.base):
            return False
        told = {fact.place, *fact.objects} - {-1}
        return not all(any(self.base.holds(place, e) for place in told) for e in lacking)

    def _against(self, best: Finding, reading: Reading, findings: list[Finding]) -> str:
        """The verdict on a claim of which a statement holds all: yes, if nothing speaks against that."""
        fact = best.fact
        if self._beaten(best, reading, findings) or placed_only(fact, reading, self.base):
            return "no"
        placed = bool(reading.intents & ENDS) and "compare" not in reading.intents
        last = "least" in reading.intents and self.ranks(fact, reading) and not fact.superlative
        if placed and (last or self._one_of_row(fact, reading)):
            return ""  # the fourth of all may be the last of them
        unplaced = placed and not fact.superlative and not self.ranks(fact, reading)
        if misplaced(fact, reading):
            return "no" if fact.superlative or self.base.relations[fact.relation].value == "rank" else ""
        doubtful = unplaced or unfulfilled(fact, reading) or vague(fact, reading) or self._from_source(fact, reading)
        text = self._nameless(fact)
        things = [reading.mentions[i] for i in reading.things(self.base)]
        doubtful = doubtful or not all(self._says_of(m, fact) for m in things)
        doubtful = doubtful or overstated((fact,), reading, self.base) or reordered(fact, reading, self.base)
        doubtful = doubtful or since_another(fact, reading, self.base)
        several = sum(not fact.entities.isdisjoint(m.entities) for m in things)
        doubtful = doubtful or of_each(text, reading, several) or alone(text, reading)
        doubtful = doubtful or of_part(fact, reading, self.base) or not_together(fact, reading, self.base)
        doubtful = doubtful or dated_apart(fact, reading, self.base) or otherwise(fact, reading, len(things))
        doubtful = doubtful or of_other_kind(fact, reading, self.base) or of_another_sort(fact, reading, self.base)
        return "" if doubtful or spans_otherwise(fact, reading) or not tells_when(fact, reading) else "yes"

    def _one_of_row(self, fact: FactRow, reading: Reading) -> bool:
        """Whether the first place is claimed for one alone that stands there in a row with others (甲、乙最多)."""
        last = reading.mentions[-1] if reading.mentions else None
        if last is None or not _IT_IS.search(reading.text, 0, last.start):
            return False
        text, mine = self.base.statement(fact.f), names_of(last.entities, self.base)
        others = names_of(like(last.entities[0], fact.spoken - reading.entities, self.base), self.base)
        return any(f"{a}{j}{b}" in text or f"{b}{j}{a}" in text for a in mine for b in others for j in "、和与及")

    def _says_of(self, mention: Mention, fact: FactRow) -> bool:
        """Whether a statement says a name itself, or is of what it names; of others it may list any."""
        within = [e for e in mention.entities if e in fact.within]
        ends = (fact.subject, fact.place, fact.by, *fact.objects)
        return any(e in ends or any(map(self.base.entity(e).stands_in, (fact.zh, fact.en))) for e in within)

    def _from_source(self, fact: FactRow, reading: Reading) -> bool:
        """Whether somebody named only wrote the article: what others say there he has not said."""
        persons = (e for e in self.readings.named(reading) if self.base.entity(e).kind in self.base.persons)
        return any(e in fact.within and e not in fact.entities for e in persons)

    def _nameless(self, fact: FactRow) -> str:
        """The statement without the names in it: the 都 of 成都 says nothing of all."""
        text = self.base.statement(fact.f)
        for e in fact.within:
            text = text.replace(self.base.folded_names(e)[0] or "|", "|")
        return text

    def _beaten(self, best: Finding, reading: Reading, findings: list[Finding]) -> bool:
        """Whether a statement that holds all of a claim gives the place, or the measure, to another."""
        placed = bool(reading.intents & ENDS)
        placed = placed and (not self._leads(best.fact, reading) or self._outdone(best.fact, reading))
        placed = placed or self._ranks_another(best.fact, reading)
        return placed or self.measure_meant(best, reading, findings) is not None

    def _ranks_another(self, fact: FactRow, reading: Reading) -> bool:
        """Whether a statement gives the rank of another than all who are named, though it speaks of them."""
        if self.base.relations[fact.relation].value != "rank" or fact.subject in reading.entities:
            return False
        return self.base.entity(fact.subject).kind in {self.base.entity(e).kind for e in self.readings.named(reading)}

    def measure_meant(self, best: Finding, reading: Reading, findings: list[Finding]) -> FactRow | None:
        """The figure of the measure that a claim names, where the one claimed is of another (of the core industry)."""
        family = self.base.relations[best.fact.relation].family
        if not reading.quantities:
            return None
        apart = [f for f in findings[:LIKELY] if not all(agrees(f.fact, g, reading.text) for g in reading.quantities)]
        if nearer := next((f for f in apart if self._nearer(f, best)), None):
            return nearer.fact
        if not family or best.cue_hit:
            return None
        relations, own = self.base.relations, self._label(best.fact, reading)
        told = (f for f in apart if f.fact.measured and f.dated and not f.unnamed)
        told = (f for f in told if f.fact.subject == best.fact.subject and f.fact.as_of[:4] == best.fact.as_of[:4])
        alike = (f for f in told if relations[f.fact.relation].family == family)
        return next((f.fact for f in alike if f.cue_hit or self._label(f.fact, reading) > own), None)

    def _label(self, fact: FactRow, reading: Reading) -> float:
        """Share of a measure's label that stands in the claim: of two measures the wider one is the one meant."""
        pairs = bigrams(self.base.relations[fact.relation].zh)
        return sum(p in reading.text for p in pairs) / (len(pairs) or 1)

    def _nearer(self, other: Finding, best: Finding) -> bool:
        """Whether but for its figure another finding says more of what is claimed (上市企业1家, not 上规企业10家)."""
        if other.fact.subject != best.fact.subject or other.unnamed or not other.dated or not other.fact.measured:
            return False
        unit, own = other.fact.quantities[0].unit, best.fact.quantities
        ahead = other.score - weights.figure_missing + weights.figure > best.score + _AHEAD
        return ahead and other.coverage > best.coverage and bool(own) and own[0].unit == unit

    def ranks(self, fact: FactRow, reading: Reading) -> bool:
        """Whether it tells the rank of something, where a first or last place is claimed."""
        return bool(reading.intents & ENDS) and self.base.relations[fact.relation].value == "rank"

    def _leads(self, fact: FactRow, reading: Reading) -> bool:
        """Whether no clause of it puts first another of the kind of what is named (北京最多), and not that itself."""
        named = self.readings.named(reading)
        if not named:
            return True
        rivals = like(named[0], fact.entities - reading.entities, self.base)
        words = self.base.remembered(_superlatives)()
        first = [c for c in self.base.remembered(_clauses)(fact.f) if any(w in c for w in words)]
        ahead = any(self._said(e, c) for e in rivals for c in first)
        return not ahead or any(self._said(named[0], c) for c in first)

    def _outdone(self, fact: FactRow, reading: Reading) -> bool:
        """Whether a statement gives another a greater figure than what is claimed to have the greatest."""
        named = self.readings.named(reading)
        if len(named) != 1:
            return False
        text, peers = self.base.statement(fact.f), like(named[0], fact.entities, self.base)
        spans = sorted(
            (m.start(), e) for e in peers for n in names_of((e,), self.base) for m in finditer(escape(n), text)
        )
        figures: dict[str, dict[int, Decimal]] = {}
        for figure in find_quantities(text):
            before = [e for at, e in spans if at < figure.start]
            if figure.unit and before:
                figures.setdefault(figure.unit, {}).setdefault(before[-1], figure.value)
        best = min if "least" in reading.intents else max
        return any(named[0] in own and best(own.values()) != own[named[0]] for own in figures.values())

    def _said(self, e: int, clause: str) -> bool:
        zh, _, *aliases = self.base.folded_names(e)
        return any(name in clause for name in (zh, *aliases))

    def _turned(self, fact: FactRow, reading: Reading) -> bool:
        """Whether a claim is answered by a statement that names the two things the other way round (A比B多).

        So it is where the claim says less, and the statement does not put the other before it.
        """
        named = self.readings.named(reading)
        if "compare" not in reading.intents or len(named) != 2:
            return turned(fact, reading, named, self.base)
        first, second = (self._at(e, fact) for e in named)
        swapped = 0 <= second < first
        if "least" not in reading.intents:
            return swapped
        # less is borne out by a statement alone that sets the other before it
        return not (swapped and any(word in fact.zh for word in self.base.directed))

    def _at(self, e: int, fact: FactRow) -> int:
        """Where a statement first names an entity, -1 if it does not; behind all where it is what another is put above.

        与甲相比，乙更强 puts 乙 first.
        """
        text, places = fact.zh, list[int]()
        for name in filter(None, self.base.entity(e).names):
            if (at := text.find(name)) >= 0:
                below = _BESIDE.search(text, 0, at) and _COMPARED.match(text, at + len(name))
                places.append(at + len(text) if below else at)
        return min(places, default=-1)


def _clauses(f: int, base: Base) -> tuple[str, ...]:
    """The clauses of a statement, folded."""
    return tuple(c for c in _CLAUSES.split(base.tables.fold(base.fact(f).zh)) if c)


def _superlatives(base: Base) -> tuple[str, ...]:
    """The words that say who or what comes first or last."""
    return tuple(w for w in base.lexicon.having(*(f"i:{place}" for place in ENDS)) if not w.isascii())


def telling(given: Quantity) -> bool:
    """Whether a figure says by itself what is meant: 2270亿元 does, 3个 does not."""
    return len(given.value.normalize().as_tuple().digits) >= _TELLING or given.value >= _LARGE


def mistaken(fact: FactRow, given: Quantity) -> bool:
    """Whether the digits claimed are those of a figure of the fact that is of something else (3821家: 3821亿元)."""
    digits = _DIGITS.match(given.text)
    own = any(q.value == given.value and q.unit == given.unit for q in fact.quantities)
    if digits is None or own or not telling(given):
        return False
    return fact.measured and any(d[0] == digits[0] for d in _DIGITS.finditer(fact.zh))
