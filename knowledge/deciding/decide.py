"""Choose the facts that answer: the best, those that complete it, its equals, and what differs from it."""

from __future__ import annotations

from operator import attrgetter

from knowledge.deciding.apiece import EQUAL, WEIGHING, Apiece, together, types_of
from knowledge.deciding.equals import (
    A_LIST,
    MEASURED,
    akin,
    disputing,
    fuller,
    in_turn,
    one_of_same,
    rolled,
    said_alike,
    same_passage,
    same_sort,
    width,
)  # fmt: skip
from knowledge.finding.certainty import Bar
from knowledge.finding.find import find
from knowledge.finding.finding import Finding, lead_of, newest
from knowledge.finding.judge import explained
from knowledge.finding.outcome import Option, Part, noted
from knowledge.finding.probe import Hints
from knowledge.finding.scope import narrowed
from knowledge.reading.asked import NUMERIC
from knowledge.reading.clues import Clue
from knowledge.reading.contest import two_sides, weighs
from knowledge.reading.degrees import ENDS
from knowledge.reading.reading import Reading
from knowledge.store.base import FactRow

_FIGURES = frozenset({"number", "amount", "share", "rank"})
_EQUAL_ENOUGH = 0.8
"""A finding within this score of the best one stands beside it, whatever it says."""
_BY_NAME = frozenset({"name", "person"})
_NARROW = 60
"""A thing of no more facts is one subject."""
_TELLING = frozenset({"list", "which", "name"})
_MORE = 0.8
"""How much more of the words a statement explains that is on what is asked, and does not tell it."""
_SMALL = 20
"""The same where a figure is asked for: what is said of a larger thing besides does not complete it."""
_ITSELF = 0.6
"""Weight of the words explained below which the best fact says too little to be completed by what is of another."""
_WHEN = frozenset({"date"})
_SAID = 0.5
"""Share of each word that what happened at one of two dates has to explain."""
_TWO = 2
_NOUN = 0.1
"""Weight of a noun that is counted, at least."""
_BORNE = 1.2
"""Least support of a fact that states one of several figures."""
_MANY = 5
_MEANT = 0.5
"""Least coverage of what a question may mean."""


class Decider:
    """Turns findings into the part of an answer, options, or nothing."""

    def __init__(self, bar: Bar) -> None:
        self.bar, self.readings, self.base = bar, bar.readings, bar.base
        self.apiece = Apiece(bar)

    def decide(self, reading: Reading, findings: list[Finding], hints: Hints) -> tuple[Part | None, tuple[int, ...]]:
        """The part that answers, and the facts that would come next."""
        whole, findings = findings, self.bar.to_the_point(findings, reading)
        if not findings:
            return None, ()
        possible = fuller(newest(in_turn(self.bar.possible(findings, reading), reading)), reading)
        top, findings = findings[0], rolled(self._of_whole(possible, reading), reading, self.base)
        best = findings[0]
        if _passed_over(top, best, reading):
            return None, ()
        chosen = [best.fact]
        # 甲创办的乙在几层: that it is his is told by what says nothing of storeys
        missing = self._complete(reading, whole if len(self.readings.named(reading)) > 1 else findings, best, chosen)
        lacking = sum(c.weight for c in best.missing)
        closed = 1.0 - sum(c.weight for c in missing) / lacking if lacking else 0.0
        attributes = best.strict - sum(c.weight for c in best.missing if c.attribute and c not in missing)
        added = frozenset[str]().union(*[f.terms for f in chosen[1:]])
        if self.bar.refusal(best, reading, hints, lead_of(findings), closed, attributes, added):
            return None if reading.intents & WEIGHING else self.apiece.each(reading, hints), ()
        of_all = self._is_of_all(best.fact, reading)
        if (
            not self.readings.named(reading)
            and not hints.entities
            and not (of_all or best.fact.subject in reading.entities)
            and (_many(reading, findings) or self.options(reading, findings))
        ):
            return None, ()
        near, far = (
            [f for f in some if self.bar.accepts(f, reading, hints)] for some in (findings[1:8], findings[8:12])
        )
        if of_all:
            near = [f for f in near if f.fact.subject == best.fact.subject]  # no part of it was asked for
        self._beside(reading, best, near, chosen)
        if "list" in reading.asks and chosen == [f for f in chosen if one_of_same(f, best.fact)]:
            chosen += [f.fact for f in (*near, *far) if f.fact not in chosen and one_of_same(f.fact, best.fact)]
        if reading.asks & NUMERIC:
            chosen = _asked_first(chosen)
        others = self.others(best.fact, chosen, reading)
        others += [f for f in disputing(best.fact, chosen, reading, self.base) if f not in others]
        part = noted(self.base, "facts", reading, tuple(chosen), tuple(others))
        return part, tuple(f.fact.f for f in (*near, *far) if f.fact not in chosen)

    def _beside(self, reading: Reading, best: Finding, near: list[Finding], chosen: list[FactRow]) -> None:
        """Add the equals of the best finding, and the rest of its list."""
        listing = "list" in reading.asks
        window = self.bar.limits.tie * (3 if listing or together(reading) else 1)
        ties = [
            f.fact
            for f in near
            # the same measure at another time or by another counter is told however much plainer the best one says it
            if f.score >= best.score - window * width(f.fact, best.fact, reading)
            # what share of the models there is is told by no share of the firms
            and (not reading.asks & NUMERIC or self._of_as_much(f, best))
            and (listing or self._as_good(f, best) or (types_of(reading) >= 2 and f.fits >= 1.0))
            and self._alike(f.fact, best.fact, reading, f.score >= best.score - _EQUAL_ENOUGH)
        ]
        chosen += [f for f in ties if f not in chosen][: 4 if listing else max(2, reading.wanted - 1)]
        if listing:
            # a list may be spread over facts: those beside the best one on the same paragraph
            chosen += [
                f.fact
                for f in near
                if f.fact not in chosen and f.fact.relation == best.fact.relation and same_passage(f.fact, best.fact)
            ][: max(0, 4 - len(chosen))]

    def _of_as_much(self, finding: Finding, best: Finding) -> bool:
        """Whether a figure is of all that the best one is of, so far as is asked: the topics, the noun counted."""
        if finding.names.topics > best.names.topics:
            return False
        words, own = finding.words, best.words
        one, other = finding.fact, best.fact
        # the same measure at another time, or by another counter
        again = one.relation == other.relation and (one.as_of, one.by) != (other.as_of, other.by)
        return again or words.own + words.cued + finding.light >= own.own + own.cued + best.light - _NOUN

    def _as_good(self, finding: Finding, best: Finding) -> bool:
        """Whether a finding that is nearly as good says what the best one says, or as much of the question."""
        if finding.score >= best.score - _EQUAL_ENOUGH or finding.fact.relation == best.fact.relation:
            return True
        return finding.content >= best.content

    def _alike(self, fact: FactRow, best: FactRow, reading: Reading, close: bool) -> bool:
        """Whether a fact as good as the best speaks of the same thing and may stand beside it."""
        if fact.subject == best.subject and fact.relation == best.relation:
            return "person" not in reading.asks or said_alike(fact, best, reading)
        if "list" in reading.asks and same_passage(fact, best):
            return fact.listed >= 2
        several = together(reading)
        if several and fact.relation == best.relation and fact.citations[0] == best.citations[0]:
            return True
        if reading.asks & NUMERIC:
            if close and self._of_other_measure(fact, best):
                return False
            return close or (several and (fact.subject == best.subject or fact.citations[0] == best.citations[0]))
        if reading.intents & ENDS:
            return False
        named = set(self.readings.named(reading))
        return bool(named) or fact.subject == best.subject or fact.citations[0] == best.citations[0]

    def _of_other_measure(self, fact: FactRow, best: FactRow) -> bool:
        """Whether two facts give figures of measures that nobody asks for by one word (企业数量, 产业规模)."""
        families = {self.base.relations[f.relation].family for f in (fact, best) if f.measured}
        return len(families - {""}) == _TWO

    def _complete(
        self, reading: Reading, findings: list[Finding], best: Finding, chosen: list[FactRow]
    ) -> tuple[Clue, ...]:
        """Add facts that explain what the best one leaves open (two things asked of one entity).

        Returns the clues that stay open.
        """
        missing = best.missing
        if sum(c.weight for c in missing) < 0.5:
            return missing
        about = set(self.readings.named(reading)) or {best.fact.subject}
        if self.base.entity(best.fact.subject).facts <= _NARROW:
            about.add(best.fact.subject)  # what is said of a city has little to do with another thing said of it
        wide = (
            reading.asks & NUMERIC and not together(reading) and all(self.base.entity(e).facts > _SMALL for e in about)
        )
        narrower = narrowed(missing, reading)
        denied = best.fact.negated and "negation" in reading.intents
        weak = best.own < _ITSELF and types_of(reading) < 2
        nobody = weak and not (best.own or best.cued) and not reading.asks.isdisjoint(_BY_NAME)
        for finding in findings[:30]:
            if len(chosen) >= 4 or sum(c.weight for c in missing) < 0.5:
                break
            if finding is best or not finding.dated or finding.fact.entities.isdisjoint(about):
                continue
            if denied and not finding.fact.negated:
                continue  # who is not on a list is told by nobody who is
            if wide and not akin(finding.fact, best.fact):
                continue
            if narrower and not same_passage(finding.fact, best.fact):
                continue  # what else is told of a city makes its count no count of that
            if nobody and not finding.fits:
                continue  # that some were caught says not that the one named beside was
            apart = weak and not self._told_of_one(finding.fact, best.fact, about)
            if apart and "list" in reading.asks:
                continue  # 金融大模型有哪些: what is said of money elsewhere makes no list of them one of those
            left = tuple(c for c in missing if c in finding.missing or (apart and c.attribute))
            if sum(c.weight for c in missing) - sum(c.weight for c in left) >= 0.5:
                chosen.append(finding.fact)
                missing = left
        return missing

    def _told_of_one(self, fact: FactRow, best: FactRow, about: set[int]) -> bool:
        """Whether two facts are of one thing or passage: an attribute that both share a city with is none of it."""
        shared = fact.entities & best.entities & about
        return same_passage(fact, best) or any(self.base.entity(e).facts <= _NARROW for e in shared)

    def stated(self, best: Finding, reading: Reading, hints: Hints) -> bool:
        """Whether a fact states what could also be calculated."""
        if (
            "growth" in reading.intents
            and "ratio" not in reading.intents
            and best.fact.stretches
            and best.fact.measured
        ):
            return self.bar.accepts(best, reading, hints)
        if reading.intents & {"difference", "ratio"}:
            return False
        if "sum" in reading.intents and (
            len({q.value for q in best.fact.quantities}) > 1 or self.base.relations[best.fact.relation].value == "rank"
        ):
            return False
        named = self.readings.named(reading)
        if reading.intents & {"most", "least", "compare"}:
            figures = {q.value for q in best.fact.quantities}
            if best.names.topics or (len(figures) == 1 and not best.fact.superlative):
                return False
            if not figures and best.fact.listed >= A_LIST:
                return False  # a mere list of them
            if (sides := two_sides(reading)) and (
                len(figures) > _TWO or not weighs(best.fact, sides, reading, self.base)
            ):
                return False  # it names both, and says not which has more, or gives many figures
            if not all(self.base.entity(e).stands_in(best.fact.zh) for e in named):
                return False
        several = len({e for e in named if e in best.fact.entities and e != best.fact.by}) >= 2
        return best.content >= 0.8 and several and self.bar.accepts(best, reading, hints)

    def alternatives(self, reading: Reading, hints: Hints) -> Part | None:
        """到底是3款还是200多款, 5月还是8月: a fact for each of the figures or dates, if each has one."""
        if "conflict" not in reading.intents:
            return None
        when = reading._replace(asks=_WHEN)
        if len(reading.quantities) >= _TWO:
            alone = self._with_each(reading)
        elif len(reading.periods) >= _TWO and not reading.quantities and not reading.asks:
            alone = [when._replace(periods=(period,)) for period in reading.periods]
        else:
            return None
        found = [f for each in alone if (f := self._stating(each, hints))]
        facts = tuple(dict.fromkeys(f.fact for f in found))
        if found and not reading.quantities:
            # at the one date it happened, at the other something else did, or nothing
            told = max(found, key=attrgetter("score"))
            facts = tuple(f for f in facts if f.relation == told.fact.relation)
            if len(facts) < _TWO:
                said = all(explained(c, told.fact.terms) >= _SAID for c in reading.clues)
                happened = said and told.fits >= 1.0 and self.bar.accepts(told, when._replace(periods=()), hints)
                return noted(self.base, "facts", reading, facts, ()) if happened else None
        return noted(self.base, "conflict", reading, facts, ()) if len(facts) >= _TWO else None

    def _with_each(self, reading: Reading) -> list[Reading]:
        """The reading with each of its figures alone, and the name before that where each has its own."""
        things = reading.things(self.base)
        owners = [[i for i in things if reading.mentions[i].start < q.start][-1:] for q in reading.quantities]
        readings = []
        for quantity, owner in zip(reading.quantities, owners, strict=True):
            alone = reading._replace(quantities=(quantity,))
            if owner and owners.count(owner) == 1:  # A有11项，B却有8个: each figure is of the name before it
                alone = alone.about(owner[0], things)
            readings.append(alone)
        return readings

    def _stating(self, alone: Reading, hints: Hints) -> Finding | None:
        """The likeliest finding that states the one figure, or the date, of a reading."""
        for finding in find(alone, self.base, hints)[:30]:
            fact = finding.fact
            if alone.quantities:
                same = any(q.value == alone.quantities[0].value for q in fact.quantities)
            else:
                same = any(p.overlaps(alone.periods[0]) for p in fact.periods)
            if same and finding.support >= _BORNE and not all(i in finding.unnamed for i in range(len(alone.mentions))):
                return finding
        return None

    def others(self, fact: FactRow, chosen: list[FactRow], reading: Reading) -> list[FactRow]:
        """Other figures for the same subject and measure (or its family), newest first."""
        relation = self.base.relations[fact.relation]
        if not relation.family or relation.value not in _FIGURES or not fact.quantities:
            return []
        if reading.periods and "conflict" not in reading.intents:
            return []
        found = []
        seen = {(f.value, f.as_of) for f in chosen}
        for other in map(self.base.fact, self.base.facts_about(fact.subject, relation.family)):
            if not other.quantities or other in chosen:
                continue
            if (other.value, other.as_of) not in seen and same_sort(fact, other):
                seen.add((other.value, other.as_of))
                found.append(other)
        found.sort(key=lambda f: f.as_of, reverse=True)
        return found[:6]

    def _of_whole(self, findings: list[Finding], reading: Reading) -> list[Finding]:
        """The findings; where a count is asked for and no place is named, that of the whole before those of its parts.

        有多少大模型 asks for those of the country.
        """
        if not reading.mentions or reading.asks.isdisjoint(NUMERIC) or self.readings.named(reading):
            return findings
        first = findings[0]
        least = first.score - self.bar.limits.tie * MEASURED
        for finding in findings:
            fact = finding.fact
            if finding.score < least:
                break
            if fact.subject in self.base.whole and fact.measured and fact.relation == first.fact.relation:
                return [finding, *(f for f in findings if f is not finding)] if not finding.missing else findings
        return findings

    def _is_of_all(self, fact: FactRow, reading: Reading) -> bool:
        """Whether a figure is asked for, and a fact gives that of all."""
        counted = bool(reading.mentions) and not reading.asks.isdisjoint(NUMERIC)
        return counted and fact.measured and fact.subject in self.base.whole

    def options(self, reading: Reading, findings: list[Finding]) -> tuple[Option, ...]:
        """Several subjects that explain a question naming none equally well."""
        if reading.codes or reading.unknown:
            return ()  # 绿线 is neither the 蓝线 nor the 红线
        if self.readings.named(reading) or not findings:
            return ()
        best = self._of_whole(findings, reading)[0]
        if best.coverage < _MEANT or best.content < 0.75 or not best.fits or not best.dated:
            return ()
        if reading.intents & ENDS and not (best.fact.measured or best.fact.superlative):
            return ()  # which is strongest is told by none of what is merely said of each
        seen: dict[int, FactRow] = {}
        # a measure of several things is a question of which, in whatever words each is stated
        window = self.bar.limits.tie * (MEASURED if best.fact.measured else 1)
        for finding in findings[:20]:
            if finding.score < best.score - window or not finding.fits or not finding.dated:
                continue
            if finding.coverage < _MEANT:
                continue
            if finding.fact.relation == best.fact.relation:
                seen.setdefault(finding.fact.subject, finding.fact)
        if len(seen) < 2 or not reading.entities.isdisjoint(seen):  # 全国 says which
            return ()
        return tuple(Option(e, f) for e, f in list(seen.items())[:6])


def _many(reading: Reading, findings: list[Finding]) -> bool:
    """Whether so many things answer equally well that none of them is meant (拼多多的大模型叫什么)."""
    if "list" in reading.asks:
        return False
    best = findings[0]
    equal = {f.fact.subject for f in findings if f.score > best.score - EQUAL}
    return best.own + best.cued < EQUAL and len(equal) >= _MANY


def _passed_over(top: Finding, best: Finding, reading: Reading) -> bool:
    """Whether the statement on what is asked does not tell it: one that says less of that does not either."""
    if top.fits or top.unnamed or not top.dated or reading.asks.isdisjoint(_TELLING):
        return False
    return top.own + top.cued >= best.own + best.cued + _MORE and bool(best.missing)


def _asked_first(chosen: list[FactRow]) -> list[FactRow]:
    """The facts, that with one figure before the list in the same paragraph that has it too (应用层占多少)."""
    listed = {q.value for q in chosen[0].quantities}
    alike = len({(q.unit, q.is_share) for q in chosen[0].quantities}) == 1
    for fact in chosen[1:] if len(listed) > 1 and alike else ():
        own = {q.value for q in fact.quantities}
        if len(own) == 1 and own < listed and fact.citations[0] == chosen[0].citations[0]:
            return [fact, *(f for f in chosen if f is not fact)]
    return chosen
