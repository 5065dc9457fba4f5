"""Check a claim: yes, no with the right fact, not on the list, or what the base says to it."""

from __future__ import annotations

from itertools import islice
from operator import and_
from typing import NamedTuple

from knowledge.base import Base, EntityRow, FactRow
from knowledge.clues import idf
from knowledge.decide import Decider
from knowledge.finding import Finding
from knowledge.judge import judge, states
from knowledge.numerals import Quantity, find_quantities
from knowledge.outcome import Part
from knowledge.patterns import pattern
from knowledge.probe import Hints, prepare
from knowledge.reading import Reading

_CLAUSES = pattern("[、，,；;：:和]|以及")
_PLACES = frozenset({"most", "least"})
"""Intents that claim a first or last place."""
_HEARD = 0.3
"""Least share of a claim's wording that a fact holds, where the claim names nothing of its own."""
_WHOLE = 0.95
_LIST = 3
"""From so many members on a statement is a list."""
_WHICH = frozenset({"which", "list", "person"})
_LIKELY = 8
_TELLING = 3
"""Digits other than closing zeros from which on a figure is unlikely to be met by chance."""
_LARGE = 1000
_SHARE = frozenset("%")
_AGAINST = 4.0
"""Worth of a statement that denies a claim directly."""
_RANKED = 4.0
"""Worth of a statement of rank where somebody claims a first or last place."""
_VAGUE = 5.0
"""How much less a statement is worth that tells less precisely when."""
_SAID = 0.5
"""Least weight of the words of a claim that a fact has to explain, where it explains no two names."""


class _Row(NamedTuple):
    """Where something that a claim names stands in the clauses of a list."""

    kind: str
    own: list[bool]
    """For each clause whether it stands there."""
    peers: list[bool]
    """For each clause whether something of its kind does."""
    there: bool
    """Whether the list holds it at all."""

    def apart(self, other: _Row) -> bool:
        """Whether the list pairs things of the two kinds, and never these two."""
        paired = sum(map(and_, self.peers, other.peers)) >= _LIST - 1
        return paired and self.there and other.there and not any(map(and_, self.own, other.own))


class Verifier(Decider):
    """Decides on questions that put forward a claim (盘古是阿里的吧)."""

    def decide(self, reading: Reading, findings: list[Finding], hints: Hints) -> tuple[Part | None, tuple[int, ...]]:
        """The part that answers, and the facts that would come next."""
        if findings and "verify" in reading.intents and not reading.asks - {"how"}:
            return self.verify(reading, findings, hints) or self._left_out(reading, findings), ()
        if "negation" in reading.intents and not reading.asks.isdisjoint(_WHICH):
            left_out = self._left_out(reading, findings)
            if left_out:
                return left_out, ()
        return super().decide(reading, findings, hints)

    def _left_out(self, reading: Reading, findings: list[Finding]) -> Part | None:
        """The list that has all but some of the things named (A、B、C，哪个不在名单里)."""
        for finding in findings[:_LIKELY]:
            absent = self._absent(finding, reading) if self._spells_out(finding.fact) else ()
            if absent and len(absent) == len(finding.unnamed) < len(self.named(reading)):
                part = self.part("verify", reading, (finding.fact,), ())
                return part._replace(verdict="absent", absent=absent)
        return None

    def _spells_out(self, fact: FactRow) -> bool:
        """Whether the statement itself names members of a list."""
        return sum(self.base.entity(e).stands_in(fact.zh) for e in fact.entities) >= _LIST

    def verify(self, reading: Reading, findings: list[Finding], hints: Hints) -> Part | None:
        """Yes, no with the right fact, or what the base says; None if it says nothing to it."""
        findings = self._with_figures(reading, findings, hints)
        best = self._speaking(reading, findings, hints)
        alike = len(self.by_kind(reading, _any)) == 1
        if best is None or (alike and 0 < len(best.unnamed) < len(reading.mentions)):
            both = self.each(reading, hints, content=self.limits.content) if alike or reading.clues else None
            if both or best is None:
                return both._replace(kind="verify") if both else None
        if not _backed(best, reading):
            return None  # a name alone is no claim
        if not self.named(reading) and not reading.quantities and not hints.entities and best.heard < _HEARD:
            return None  # 珠海有大模型吗: what is said of others says nothing of a name that is not known
        fact = best.fact
        verdict, wrong = self._verdict(best, reading, findings)
        others = self.others(fact, [fact], reading) if not wrong else []
        right = self._right(best, reading, findings) if verdict == "no" else ()
        part = self.part("verify", reading, (fact, *right), tuple(others))
        absent = self._absent(best, reading)
        return part._replace(verdict="absent" if absent else verdict, absent=absent)

    def _verdict(self, best: Finding, reading: Reading, findings: list[Finding]) -> tuple[str, bool]:
        """Yes, no, or '' where the base only says what it says; and whether part of the claim is not what it says."""
        fact = best.fact
        numbers = [states(fact, g) for g in reading.quantities]
        crossed = self._crossed(fact, reading)
        # two names side by side claim no more than that one belongs to the other (DeepSeek是北京的公司吗)
        spelt = bool(reading.quantities or reading.periods) or any(not c.light for c in reading.clues)
        ends = fact.objects if self.base.relations[fact.relation].value == "entity" else ()
        joined = spelt or all(m.entities[0] in (fact.subject, *ends) for m in reading.mentions)
        whole = joined and not crossed and best.coverage >= 0.9 and not best.unnamed and best.dated and all(numbers)
        whole = whole and not _vague(fact, reading)
        later = not best.dated and bool(fact.periods)  # a statement without any date denies none
        wrong = crossed or bool(best.unnamed) or later or (bool(fact.quantities) and not all(numbers))
        negated = "negation" in reading.intents
        open_ = negated or (whole and fact.negated) or self._turned(fact, reading)
        verdict = "yes" if whole and not open_ else ""
        if self.base.tables.fold(fact.zh).rstrip("。") in reading.text:
            verdict = "yes"  # told in its own words
        elif verdict == "yes":
            verdict = "no" if self._beaten(best, reading, findings) else verdict
        elif not negated and wrong and best.coverage >= 0.4:
            verdict = "no"
        return verdict, wrong

    def _beaten(self, best: Finding, reading: Reading, findings: list[Finding]) -> bool:
        """Whether a statement that holds all of a claim gives the place, or the measure, to another."""
        placed = bool(reading.intents & _PLACES) and not self._leads(best.fact, reading)
        return placed or self._measure(best, reading, findings) is not None

    def _with_figures(self, reading: Reading, findings: list[Finding], hints: Hints) -> list[Finding]:
        """The findings, and before them the facts on what is named that state a figure claimed."""
        if not reading.quantities:
            return findings
        found = {f.fact.f for f in findings}
        probe = prepare(reading, self.base, hints)
        numbers = {f for e in self.named(reading) for f in self.base.facts_of(e)} - found
        facts = [f for f in map(self.base.fact, sorted(numbers)) if f.measured]
        same = judge([f for f in facts if any(_gives(f, q) for q in reading.quantities)], probe)
        return [*(f for f in same if not f.unnamed), *findings]

    def _instead(self, best: Finding, reading: Reading, findings: list[Finding]) -> tuple[FactRow, ...]:
        """For the first thing claimed that the finding does not speak of, the fact that names another of its kind."""
        ends = {best.fact.subject, *best.fact.objects} & reading.entities
        for index in best.unnamed:
            wrong = reading.mentions[index].entities
            kinds = self.base.kinds_like((self.base.entity(wrong[0]).kind,))
            told = (e for e in best.fact.entities - reading.entities if self.base.entity(e).kind in kinds)
            if any(self.base.entity(e).stands_in(best.fact.zh) for e in told):
                continue
            for finding in findings:
                fact = finding.fact
                named = {fact.subject, *fact.objects, fact.place}
                others = [e for e in named - reading.entities if e >= 0 and self.base.entity(e).kind in kinds]
                if fact != best.fact and others and named & ends and finding.dated >= best.dated:
                    return (fact,)
        return ()

    def _speaking(self, reading: Reading, findings: list[Finding], hints: Hints) -> Finding | None:
        """The finding that says most directly what is claimed, or the contrary."""
        given = reading.quantities

        ends = [frozenset(m.entities) for m in reading.mentions]
        first = (1.0 if reading.clues else 2.0) if reading.mentions else 0.0

        def order(finding: Finding) -> float:
            fact = finding.fact
            same = sort = 0
            if given and fact.quantities:
                units = {q.unit for q in fact.quantities}
                same = sum([states(fact, g) for g in given])
                sort = sum([g.unit in units if g.unit else not units <= _SHARE for g in given])
            # a claim is about what it names first, the more so where it says no more than whose it is
            leading = 0.0 if 0 in finding.names.lacking else first
            direct = False
            if not given and len(ends) >= 2 and fact.listed < _LIST:
                told = {fact.subject, *fact.objects, fact.place}
                direct = sum([not told.isdisjoint(e) for e in ends]) >= 2
            later = 0.0
            if finding.dated and _vague(fact, reading):
                later -= _VAGUE
            if not finding.dated:  # a claim of when is answered by a statement of when
                later = 2.6 if len(fact.periods) > bool(fact.as_of) else 1.6
            if not reading.clues and self.base.relations[fact.relation].value == "entity":
                later += 2.0  # whose it is a fact says that leads to a thing
            against = _AGAINST * self._denies(finding, reading) + _RANKED * self._ranks(fact, reading)
            return finding.score + 1.5 * direct + later + 4.0 * same + 3.0 * sort + 2.5 * leading + against

        likely = sorted(findings[:20], key=order, reverse=True)[:8]
        telling = [g for g in given if _telling(g)]
        spoken = (f for f in likely if self._speaks_to(f, reading, hints))
        # a figure that stands there for something else is worth telling, where nothing speaks of what is claimed
        met = (f for f in findings if not f.unnamed and any(_holds(f.fact, g) for g in telling))
        return next(spoken, None) or next(met, None)

    def _ranks(self, fact: FactRow, reading: Reading) -> bool:
        """Whether it tells the rank of something, where a first or last place is claimed."""
        return bool(reading.intents & _PLACES) and self.base.relations[fact.relation].value == "rank"

    def _leads(self, fact: FactRow, reading: Reading) -> bool:
        """Whether no clause of it puts first another of the kind of what is named (北京最多), and not that itself."""
        named = self.named(reading)
        if not named:
            return True
        kinds = self.base.kinds_like((self.base.entity(named[0]).kind,))
        rivals = [e for e in fact.entities - reading.entities if self.base.entity(e).kind in kinds]
        words = self.base.remembered(_superlatives)()
        first = [c for c in self.base.remembered(_clauses)(fact.f) if any(w in c for w in words)]
        ahead = any(self._said(e, c) for e in rivals for c in first)
        return not ahead or any(self._said(named[0], c) for c in first)

    def _denies(self, finding: Finding, reading: Reading) -> bool:
        """Whether it states of one thing named, in the relation claimed, another of the kind of the one it lacks."""
        ends = frozenset((finding.fact.subject, *finding.fact.objects))
        if not finding.unnamed or not finding.cue_hit or ends.isdisjoint(reading.entities):
            return False
        claimed = self.base.kinds_like(self.base.entity(reading.mentions[i].entities[0]).kind for i in finding.unnamed)
        return any(self.base.entity(e).kind in claimed for e in ends - reading.entities)

    def _right(self, best: Finding, reading: Reading, findings: list[Finding]) -> tuple[FactRow, ...]:
        """What is right, beside the finding that shows a claim to be wrong."""
        telling = [g for g in reading.quantities if _telling(g) and not _holds(best.fact, g)]
        # the figure claimed is worth telling of what it is said
        other = (
            f.fact for f in findings if not f.unnamed and any(_holds(f.fact, g) or g.text in f.fact.zh for g in telling)
        )
        right = self._instead(best, reading, findings) or self._other_side(best, reading, findings)
        if meant := self._measure(best, reading, findings):
            right = (meant, *right)
        return (*(f for f in islice(other, 1) if f not in right), *right)

    def _measure(self, best: Finding, reading: Reading, findings: list[Finding]) -> FactRow | None:
        """The figure of the measure that a claim names, where the one claimed is of another (of the core industry)."""
        family = self.base.relations[best.fact.relation].family
        if not reading.quantities or not family or best.cue_hit:
            return None
        relations, subject = self.base.relations, best.fact.subject
        told = (f.fact for f in findings[:_LIKELY] if f.cue_hit and f.fact.measured and f.dated and not f.unnamed)
        return next((f for f in told if f.subject == subject and relations[f.relation].family == family), None)

    def _other_side(self, best: Finding, reading: Reading, findings: list[Finding]) -> tuple[FactRow, ...]:
        """What denies a claim from its other side: not only whose he is (看屋人 of another hut), but who it is."""
        if not self._denies(best, reading):
            return ()
        told = [f for f in findings[:_LIKELY] if f.unnamed != best.unnamed and self._denies(f, reading)]
        return tuple(f.fact for f in told[:2])

    def _crossed(self, fact: FactRow, reading: Reading) -> bool:
        """Whether a list of pairs (北京54个、成都3个) pairs what the claim joins with something else."""
        clauses = self.base.remembered(_clauses)(fact.f)
        if len(clauses) < _LIST:
            return False
        names = [self._row_of(e, fact, clauses) for e in self.named(reading)[:3]]
        figures = [_row_of_figure(g, clauses) for g in reading.quantities if _holds(fact, g)]
        pairs = [(a, b) for i, a in enumerate(names) for b in (*figures, *names[i + 1 :])]
        return any(a.kind != b.kind and a.apart(b) for a, b in pairs)

    def _row_of(self, e: int, fact: FactRow, clauses: tuple[str, ...]) -> _Row:
        kind = self.base.entity(e).kind
        alike = [x for x in fact.entities if self.base.entity(x).kind == kind]
        own = [self._said(e, c) for c in clauses]
        return _Row(kind, own, [any(self._said(x, c) for x in alike) for c in clauses], any(own))

    def _turned(self, fact: FactRow, reading: Reading) -> bool:
        """Whether a comparison (A比B多) is answered by a statement that names the two the other way round."""
        named = self.named(reading)
        if "compare" not in reading.intents or len(named) != 2:
            return False
        first, second = (self._at(e, fact) for e in named)
        return 0 <= second < first

    def _at(self, e: int, fact: FactRow) -> int:
        """Where a statement first names an entity, -1 if it does not."""
        found = (fact.zh.find(name) for name in self.base.entity(e).names if name)
        return min((at for at in found if at >= 0), default=-1)

    def _said(self, e: int, clause: str) -> bool:
        zh, _, *aliases = self.base.folded_names(e)
        return any(name in clause for name in (zh, *aliases))

    def _absent(self, best: Finding, reading: Reading) -> tuple[int, ...]:
        """Entities asked about that a list of their kind does not hold."""
        if best.content < self.limits.content or best.fact.listed < 4:
            return ()
        absent = []
        for index in best.unnamed:
            e = reading.mentions[index].entities[0]
            kind = self.base.entity(e).kind
            if sum(1 for x in best.fact.entities if self.base.entity(x).kind == kind) >= 4:
                absent.append(e)
        return tuple(absent)

    def _speaks_to(self, finding: Finding, reading: Reading, hints: Hints) -> bool:
        """Whether a fact confirms or contradicts what the question claims."""
        named = [m for i, m in enumerate(reading.mentions) if i not in finding.unnamed]
        missing = sum(c.weight for c in finding.missing)
        same = any(_holds(finding.fact, g) for g in reading.quantities)
        strange = sum(c.weight for c in finding.missing if c.text in reading.unknown)
        if strange and finding.about and finding.own >= 1.0:
            missing -= strange  # a name that nobody knows is no reason to withhold what is known
        against = not finding.dated or (bool(reading.quantities) and not same)
        if against and finding.cue_hit and finding.about and missing <= 2.5:
            return True
        least = 1.5 if finding.content >= self.limits.content else 1.2
        if missing > 1.8 or (missing > least and not reading.quantities):
            return False
        if finding.strict > 0.3 and not (same and finding.strict < 0.6):
            return False
        if missing > 0.6 and finding.content < self.limits.content and not same:
            return False
        if not named and not hints.entities and finding.coverage < 0.6:
            return False
        for index in finding.unnamed:
            kinds = frozenset(self.base.entity(e).kind for e in reading.mentions[index].entities)
            if not reading.clues:
                kinds = self.base.kinds_like(kinds)
            own = {e for m in named for e in m.entities}
            if not any(self.base.entity(e).kind in kinds for e in finding.fact.entities - own):
                return False
        said = sum(c.weight for c in reading.clues if not c.light and c not in finding.missing)
        if (
            finding.unnamed
            and said < 1.0
            and not any(idf(self.base.entity(m.entities[0]).facts, self.base.fact_count) > 0.45 for m in named)
        ):
            return False
        return finding.coverage >= 0.3


def _vague(fact: FactRow, reading: Reading) -> bool:
    """Whether it tells less precisely when than a claim does: 7月 is no 7月6日."""
    days = [p for p in reading.periods if p.first == p.last]
    return any(fact.periods and not any(p.within(day) for p in fact.periods if p.overlaps(day)) for day in days)


def _backed(best: Finding, reading: Reading) -> bool:
    """Whether a finding says more to a claim than a name that stands in it."""
    fact, plain = best.fact, all(c.light for c in reading.clues)
    spoken = len(reading.mentions) - len(best.unnamed) - (best.names.topics > 0.0)
    if best.cue_hit or best.own + best.cued + best.told >= _SAID or spoken >= 2:
        return True
    if plain and best.unnamed:
        return True  # 盘古是腾讯的吗: whose it is
    if plain and reading.clues and best.coverage >= _WHOLE and best.heard >= _HEARD:
        return True
    # a figure claimed of a name alone is of what that unit counts (是10万卡)
    return any(_holds(fact, g) or (not reading.clues and _in_unit(fact, g)) for g in reading.quantities)


def _clauses(f: int, base: Base) -> tuple[str, ...]:
    """The clauses of a statement, folded."""
    return tuple(c for c in _CLAUSES.split(base.tables.fold(base.fact(f).zh)) if c)


def _superlatives(base: Base) -> tuple[str, ...]:
    """The words that say who or what comes first or last."""
    return tuple(w for w in base.lexicon.having(*(f"i:{place}" for place in _PLACES)) if not w.isascii())


def _telling(given: Quantity) -> bool:
    """Whether a figure says by itself what is meant: 2270亿元 does, 3个 does not."""
    return len(given.value.normalize().as_tuple().digits) >= _TELLING or given.value >= _LARGE


def _gives(fact: FactRow, given: Quantity) -> bool:
    """Whether a figure claimed is the very value of a fact: a telling number, or one in the same unit."""
    own = fact.quantities[0]
    return states(fact, given) if _telling(given) else own.value == given.value and own.unit == given.unit != ""


def _in_unit(fact: FactRow, given: Quantity) -> bool:
    return any(q.unit == given.unit != "" for q in fact.quantities)


def _any(_entity: EntityRow) -> bool:
    return True


def _holds(fact: FactRow, given: Quantity) -> bool:
    return any(q.value == given.value for q in fact.quantities)


def _row_of_figure(given: Quantity, clauses: tuple[str, ...]) -> _Row:
    found = [find_quantities(c) for c in clauses]
    return _Row("", [any(q.value == given.value for q in some) for some in found], list(map(bool, found)), True)
