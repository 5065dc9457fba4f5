"""Choose the facts that answer: the best, those that complete it, its equals, and what differs from it."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from knowledge.asked import NUMERIC
from knowledge.base import FactRow
from knowledge.certainty import Bar, lead_of, newest
from knowledge.clues import Clue
from knowledge.find import find
from knowledge.finding import Finding
from knowledge.judge import explained
from knowledge.numerals import Quantity
from knowledge.outcome import Option, Part, part_for
from knowledge.patterns import pattern
from knowledge.probe import Hints
from knowledge.reading import Reading
from knowledge.scope import narrowed

_FIGURES = frozenset({"number", "amount", "share", "rank"})
WEIGHING = frozenset({"most", "least", "compare", "difference", "ratio", "sum"})
"""Intents that weigh figures against each other."""
_FIRST = 3
_CHOICES = 5
"""Findings for one of several things among which those of one sort are looked for."""
_SORTED = 1.6
"""How much less a fact may score that says of one thing what is said of the others."""
_EQUAL = 0.1
_EQUAL_ENOUGH = 0.8
"""A finding within this score of the best one stands beside it, whatever it says."""
_PASSAGE = 1.6
"""Facts of one passage on one thing stand side by side though one lies so many times further behind."""
_NARROW = 60
"""A thing of no more facts is one subject."""
_SMALL = 20
"""The same where a figure is asked for: what is said of a larger thing besides does not complete it."""
_MANY = 5
_MEASURED = 3
"""How many times as far apart the figures of several things may lie for it to be asked which is meant."""
JOINT = pattern(r" ?(?:[、,，和与及跟同]|以及|and) ?")
"""What stands between names side by side."""
_TYPES = frozenset({"person", "place", "date", "number", "reason"})
"""Types of answer of which one does not stand for another: who and when asks for both."""
_ALL_SAID = 0.95
"""Least content of a finding on one of the things named that is given for all of them."""
_VERSION = 100
"""Up to this a bare number may be that of a version (2.0)."""

_PLACE = frozenset({"place"})
_TOLD = 0.3
"""Least share of the words explained of each of several things that are of different kinds."""
_MEANT = 0.5
"""Least coverage of what a question may mean."""


class Decider(Bar):
    """Turns findings into the part of an answer, options, or nothing."""

    def decide(self, reading: Reading, findings: list[Finding], hints: Hints) -> tuple[Part | None, tuple[int, ...]]:
        """The part that answers, and the facts that would come next."""
        if not findings:
            return None, ()
        findings = newest(self.possible(findings, reading))
        best = findings[0]
        chosen = [best.fact]
        missing = self._complete(reading, findings, best, chosen)
        lacking = sum(c.weight for c in best.missing)
        closed = 1.0 - sum(c.weight for c in missing) / lacking if lacking else 0.0
        attributes = best.strict - sum(c.weight for c in best.missing if c.attribute and c not in missing)
        added = frozenset[str]().union(*[f.terms for f in chosen[1:]])
        if not self.accepts(best, reading, hints, lead_of(findings), closed, attributes, added):
            return None if reading.intents & WEIGHING else self.each(reading, hints), ()
        if (
            not self.named(reading)
            and not hints.entities
            and (_many(reading, findings) or self.options(reading, findings))
        ):
            return None, ()
        near, far = ([f for f in some if self.accepts(f, reading, hints)] for some in (findings[1:8], findings[8:12]))
        self._beside(reading, best, near, chosen)
        others = self.others(best.fact, chosen, reading)
        part = self.part("facts", reading, tuple(chosen), tuple(others))
        return part, tuple(f.fact.f for f in (*near, *far) if f.fact not in chosen)

    def _beside(self, reading: Reading, best: Finding, near: list[Finding], chosen: list[FactRow]) -> None:
        """Add the equals of the best finding, and the rest of its list."""
        listing = "list" in reading.asks
        window = self.limits.tie * (3 if listing or together(reading) else 1)
        ties = [
            f.fact
            for f in near
            # the same measure at another time or by another counter is told however much plainer the best one says it
            if f.score >= best.score - window * _width(f.fact, best.fact)
            and (listing or self._as_good(f, best) or (_types(reading) >= 2 and f.fits >= 1.0))
            and self._alike(f.fact, best.fact, reading, f.score >= best.score - _EQUAL_ENOUGH)
        ]
        chosen += [f for f in ties if f not in chosen][: 4 if listing else max(2, reading.wanted - 1)]
        if listing:
            # a list may be spread over facts: those beside the best one on the same paragraph
            chosen += [
                f.fact
                for f in near
                if f.fact not in chosen and f.fact.relation == best.fact.relation and _same_passage(f.fact, best.fact)
            ][: max(0, 4 - len(chosen))]

    def _as_good(self, finding: Finding, best: Finding) -> bool:
        """Whether a finding that is nearly as good says what the best one says, or as much of the question."""
        if finding.score >= best.score - _EQUAL_ENOUGH or finding.fact.relation == best.fact.relation:
            return True
        return finding.content >= best.content

    def _alike(self, fact: FactRow, best: FactRow, reading: Reading, close: bool) -> bool:
        """Whether a fact as good as the best speaks of the same thing and may stand beside it."""
        if fact.subject == best.subject and fact.relation == best.relation:
            return True
        if "list" in reading.asks and _same_passage(fact, best):
            return fact.listed >= 2
        several = together(reading)
        if several and fact.relation == best.relation and fact.citations[0] == best.citations[0]:
            return True
        if reading.asks & NUMERIC:
            return close or (several and (fact.subject == best.subject or fact.citations[0] == best.citations[0]))
        if reading.intents & {"most", "least"}:
            return False
        named = set(self.named(reading))
        return bool(named) or fact.subject == best.subject or fact.citations[0] == best.citations[0]

    def _complete(
        self, reading: Reading, findings: list[Finding], best: Finding, chosen: list[FactRow]
    ) -> tuple[Clue, ...]:
        """Add facts that explain what the best one leaves open (two things asked of one entity).

        Returns the clues that stay open.
        """
        missing = best.missing
        about = set(self.named(reading)) or {best.fact.subject}
        if self.base.entity(best.fact.subject).facts <= _NARROW:
            about.add(best.fact.subject)  # what is said of a city has little to do with another thing said of it
        wide = (
            reading.asks & NUMERIC and not together(reading) and all(self.base.entity(e).facts > _SMALL for e in about)
        )
        narrower = narrowed(missing, reading)
        for finding in findings[1:30]:
            if len(chosen) >= 4 or sum(c.weight for c in missing) < 0.5:
                break
            if not finding.dated or finding.fact.entities.isdisjoint(about):
                continue
            if wide and not _akin(finding.fact, best.fact):
                continue
            if narrower and not _same_passage(finding.fact, best.fact):
                continue  # what else is told of a city makes its count no count of that
            left = tuple(c for c in missing if c in finding.missing)
            if sum(c.weight for c in missing) - sum(c.weight for c in left) >= 0.5:
                chosen.append(finding.fact)
                missing = left
        return missing

    def each(self, reading: Reading, hints: Hints, content: float = 0.0) -> Part | None:
        """One finding for each of several entities of a kind (海康、大华的大模型分别叫什么)."""
        groups = self.by_kind(reading, lambda entity: not entity.generic)
        in_row = longest_row(reading)
        enough = len(in_row) >= (2 if "each" in reading.intents else 3)
        group = max((in_row if enough else [], *groups), key=len, default=[])
        unlike = len(group) < 2
        if unlike:
            group = [i for found in groups for i in found]
        merged = not any(set(group) <= set(g) for g in groups) and reading.intents.isdisjoint(("verify", "each"))
        if not 2 <= len(group) <= 8 or not self._joined(reading, group) or (merged and reading.asks == _PLACE):
            return None  # where A is in B is told neither by where A is nor by what is in B
        row = _side_by_side(reading, group)
        choices: list[list[Finding]] = []
        for index in group:
            alone = self._about_one(reading, index, group)
            first = find(alone, self.base, hints)[: _CHOICES if row or merged else _FIRST]
            found = [f for f in first if self.accepts(f, alone, hints)]
            beside = reading.beside(index, group)
            found = [f for f in found if f.fact.entities.isdisjoint(beside)] or found
            if merged:  # A's post at B is neither what A is at C nor what D is at B
                found = [f for f in found if self._of_no_rival(f.fact, beside, reading)]
            if not found or found[0].content < (max(content, _TOLD) if merged else content):
                return None
            choices.append(found)
        if row and not all(self._on_topic(choices)):
            return None
        if unlike and not row and "reason" in reading.asks and "each" not in reading.intents:
            return None  # why 甲 did something to 乙 is told of neither by itself
        if unlike and not row and (only := self._of_one(reading, choices)):
            return self.part("facts", reading, (only.fact,), ())
        facts = (row and _of_one_sort(choices)) or [newest(found)[0].fact for found in choices]
        return self.part("facts", reading, tuple(dict.fromkeys(facts)), ())

    def _about_one(self, reading: Reading, index: int, group: list[int]) -> Reading:
        """The question asked of one of the group: 分别是谁 asks for one of each, no list."""
        alone = reading.about(index, group)
        if "list" in alone.asks and "each" in alone.intents and self.base.who.issubset(alone.kinds):
            return alone._replace(asks=alone.asks - {"list"} | {"person"}, kinds=())
        return alone

    def _of_one(self, reading: Reading, choices: list[list[Finding]]) -> Finding | None:
        """Of findings on things of different kinds (甲城的乙) the one that says all that is asked besides."""
        if any(q.unit or q.value > _VERSION for q in reading.quantities) or "each" in reading.intents:
            return None
        whole = [found[0] for found in choices if found[0].content >= _ALL_SAID]
        return max(whole, key=lambda f: f.score, default=None)

    def _of_no_rival(self, fact: FactRow, beside: set[int], reading: Reading) -> bool:
        """Whether a fact on one of the things named speaks of nothing that takes the place of another one."""
        taken = self.base.closed.intersection(self.base.entity(e).kind for e in beside) - self.base.where
        kinds = frozenset(self.base.entity(e).kind for e in fact.entities - reading.entities)
        if any(self.base.entity(e).kind in self.base.persons for e in self.named(reading)):
            kinds = self.base.kinds_like(kinds)  # a post may be held at any of them
        return taken.isdisjoint(kinds)

    def _joined(self, reading: Reading, group: list[int]) -> bool:
        """Whether a figure asked for is one of each: not where a verb ties the two (A invested how much in B)."""
        if not reading.asks & NUMERIC or together(reading) or reading.intents & {"compare", "verify", *WEIGHING}:
            return True
        first, last = reading.mentions[group[0]], reading.mentions[group[-1]]
        return bool(JOINT.search(reading.text, first.end, last.start))

    def severally(self, reading: Reading, part: Part | None, hints: Hints) -> Part | None:
        """One fact for each thing named where that is asked for (分别), unless a single fact gives them all."""
        if part is None or part.kind != "facts" or "each" not in reading.intents:
            return None
        best, kinds = part.facts[0], self.base.kinds_like(reading.kinds)
        given = [e for e in best.objects if not kinds or self.base.entity(e).kind in kinds]
        figures = {q.value for q in best.quantities if _same_unit(q, best.quantities[0])}
        whole = all(explained(c, best.terms) for c in reading.clues if c.attribute)
        if whole and (len(set(given) - reading.entities) >= 2 or len(figures) >= 2):
            return None
        each = self.each(reading, hints)
        return each if each and len(each.facts) >= 2 and each.facts != part.facts else None

    def partly(self, reading: Reading, part: Part | None, hints: Hints) -> tuple[Part | None, tuple[int, ...]]:
        """What is known of some of the things of which each is asked about, where the part speaks of them only.

        Returns the part, and the things of which nothing is known.
        """
        group = max(self.by_kind(reading, lambda entity: not entity.generic), key=len, default=[])
        if len(group) < 2 or "each" not in reading.intents or not _side_by_side(reading, group):
            return part, ()
        told = frozenset().union(*(f.within for f in part.facts)) if part else frozenset()
        if part and all(not told.isdisjoint(reading.mentions[i].entities) for i in group):
            return part, ()
        choices = []
        for index in group:
            alone = self._about_one(reading, index, group)
            choices.append([f for f in find(alone, self.base, hints)[:_FIRST] if self.accepts(f, alone, hints)])
        told_of = self._on_topic(choices)
        facts = dict.fromkeys(found[0].fact for found in told_of if found)
        silent = tuple(reading.mentions[i].entities[0] for i, found in zip(group, told_of, strict=True) if not found)
        return self.part("facts", reading, tuple(facts), ()) if facts else None, silent

    def _on_topic(self, choices: list[list[Finding]]) -> list[list[Finding]]:
        """What speaks of the topic asked about too (腾讯的大模型), and gives the same measure, where most do."""
        told = [[f for f in found if not f.names.topics] for found in choices]
        told = told if sum(map(bool, told)) > len(told) / 2 else choices
        measures = Counter(self._measured_as(found[0].fact) for found in told if found and found[0].fact.measured)
        measure, many = measures.most_common(1)[0] if measures else ("", 0)
        if many <= len(told) / 2:
            return told
        # a figure of another measure is none to set beside them
        return [[f for f in found if not f.fact.measured or self._measured_as(f.fact) == measure] for found in told]

    def _measured_as(self, fact: FactRow) -> str:
        """What a figure is a measure of: counts of models and of their makers are asked for in one breath."""
        relation = self.base.relations[fact.relation]
        return relation.family or relation.id

    def stated(self, best: Finding, reading: Reading, hints: Hints) -> bool:
        """Whether a fact states what could also be calculated."""
        if (
            "growth" in reading.intents
            and "ratio" not in reading.intents
            and best.fact.stretches
            and best.fact.measured
        ):
            return self.accepts(best, reading, hints)
        if reading.intents & {"difference", "ratio"}:
            return False
        if "sum" in reading.intents and (
            len({q.value for q in best.fact.quantities}) > 1 or self.base.relations[best.fact.relation].value == "rank"
        ):
            return False
        named = self.named(reading)
        if reading.intents & {"most", "least", "compare"}:
            figures = {q.value for q in best.fact.quantities}
            if best.names.topics or (len(figures) == 1 and not best.fact.superlative):
                return False
            if not figures and best.fact.listed >= _FIRST:
                return False  # a mere list of them
            if not all(self.base.entity(e).stands_in(best.fact.zh) for e in named):
                return False
        several = len({e for e in named if e in best.fact.entities and e != best.fact.by}) >= 2
        return best.content >= 0.8 and several and self.accepts(best, reading, hints)

    def alternatives(self, reading: Reading, hints: Hints) -> Part | None:
        """到底是3款还是200多款: a fact for each of the figures, if each has one."""
        if "conflict" not in reading.intents or len(reading.quantities) < 2:
            return None
        facts: list[FactRow] = []
        things = reading.things(self.base)
        owners = [[i for i in things if reading.mentions[i].start < q.start][-1:] for q in reading.quantities]
        for quantity, owner in zip(reading.quantities, owners, strict=True):
            alone = reading._replace(quantities=(quantity,))
            if owner and owners.count(owner) == 1:  # A有11项，B却有8个: each figure is of the name before it
                alone = alone.about(owner[0], things)
            for finding in find(alone, self.base, hints)[:30]:
                same = any(q.value == quantity.value for q in finding.fact.quantities)
                if (
                    same
                    and finding.support >= 1.2
                    and not all(i in finding.unnamed for i in range(len(alone.mentions)))
                ):
                    facts.append(finding.fact)
                    break
        facts = list(dict.fromkeys(facts))
        return self.part("conflict", reading, tuple(facts), ()) if len(facts) >= 2 else None

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

    def options(self, reading: Reading, findings: list[Finding]) -> tuple[Option, ...]:
        """Several subjects that explain a question naming none equally well."""
        if self.named(reading) or not findings:
            return ()
        best = findings[0]
        if best.coverage < _MEANT or best.content < 0.75 or not best.fits or not best.dated:
            return ()
        seen: dict[int, FactRow] = {}
        # a measure of several things is a question of which, in whatever words each is stated
        window = self.limits.tie * (_MEASURED if best.fact.measured else 1)
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

    def part(self, kind: str, reading: Reading, facts: tuple[FactRow, ...], others: tuple[FactRow, ...]) -> Part:
        """A part with what the pack notes on its facts."""
        notes = [f.note for f in facts if f.note[0]]
        told = [f.f for f in facts]
        notes += [note for numbers, note in self.base.disagreements() if not numbers.isdisjoint(told)]
        return part_for(reading, kind, facts, others=others, notes=tuple(dict.fromkeys(notes))[:2])


def _side_by_side(reading: Reading, group: list[int]) -> bool:
    """Whether the names stand in one row (A、B和C)."""
    pairs = pairwise(group)
    between = ((reading.mentions[a].end, reading.mentions[b].start) for a, b in pairs)
    return all(JOINT.fullmatch(reading.text, start, end) for start, end in between)


def _of_one_sort(choices: list[list[Finding]]) -> list[FactRow]:
    """One fact for each, all of one relation that one passage tells: [] if there are none, or clearly better ones."""
    leading = Counter(found[0].fact.relation for found in choices)
    for first in choices[0]:
        if max(leading.values()) > max(1, leading[first.fact.relation]):
            continue  # most of them are told of better in another way
        near = [
            [f for f in found if f.score >= found[0].score - _SORTED and f.content >= found[0].content - _EQUAL]
            for found in choices
        ]
        key = (first.fact.relation, first.fact.citations[0])
        alike = [next((f.fact for f in found if (f.fact.relation, f.fact.citations[0]) == key), None) for found in near]
        facts = [f for f in alike if f]
        if len(set(facts)) == len(choices):
            return facts
    return []


def _many(reading: Reading, findings: list[Finding]) -> bool:
    """Whether so many things answer equally well that none of them is meant (拼多多的大模型叫什么)."""
    if "list" in reading.asks:
        return False
    best = findings[0]
    equal = {f.fact.subject for f in findings if f.score > best.score - _EQUAL}
    return best.own + best.cued < _EQUAL and len(equal) >= _MANY


def longest_row(reading: Reading) -> list[int]:
    """Indices of the longest row of names side by side (阿里、智谱和MiniMax), of whatever kinds."""
    best: list[int] = []
    row: list[int] = []
    for index, mention in enumerate(reading.mentions):
        side_by_side = row and JOINT.fullmatch(reading.text, reading.mentions[index - 1].end, mention.start)
        row = [*row, index] if side_by_side else [index]
        best = max(best, row, key=len)
    return best


def _width(a: FactRow, b: FactRow) -> float:
    """How many times as far behind a fact may be that stands beside one of the same measure, or the same passage."""
    if _same_measure(a, b):
        return 3.0
    return _PASSAGE if _same_passage(a, b) else 1.0


def _same_passage(a: FactRow, b: FactRow) -> bool:
    """Whether two facts tell of one thing in one paragraph."""
    return a.subject == b.subject and a.citations[0] == b.citations[0]


def _akin(a: FactRow, b: FactRow) -> bool:
    """Whether two facts on a city tell of the same thing there."""
    return a.relation == b.relation or a.citations[0] == b.citations[0]


def _same_measure(a: FactRow, b: FactRow) -> bool:
    return a.measured and b.measured and (a.subject, a.relation) == (b.subject, b.relation)


def together(reading: Reading) -> bool:
    """Whether several answers are asked for at once: a number of them, or one for each."""
    return bool(reading.wanted) or "each" in reading.intents or _types(reading) >= 2


def _types(reading: Reading) -> int:
    """How many answers of different type are asked for (谁在哪年提出: two)."""
    return len(reading.asks & _TYPES)


def same_sort(a: FactRow, b: FactRow) -> bool:
    """Figures of one sort: shares with shares, numbers with numbers."""
    return a.quantities[0].is_share == b.quantities[0].is_share


def _same_unit(a: Quantity, b: Quantity) -> bool:
    return (a.is_share, a.unit) == (b.is_share, b.unit)
