"""What is told of each of several things in a row (A、B分别是谁的): one fact for each, or what is known of some."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from knowledge.finding.certainty import Bar
from knowledge.finding.find import find
from knowledge.finding.finding import Finding, newest
from knowledge.finding.judge import explained
from knowledge.finding.outcome import Part, noted
from knowledge.finding.probe import Hints
from knowledge.reading.asked import NUMERIC
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.numerals import Quantity
from knowledge.text.patterns import pattern

WEIGHING = frozenset({"most", "least", "compare", "difference", "ratio", "sum"})
"""Intents that weigh figures against each other."""
WORKED = WEIGHING | {"verify", "conflict", "growth", "trend", "accounts", "rest", "infer"}
"""Intents by which several things or times are worked out together, and not answered each by itself."""
_FIRST = 3
_CHOICES = 5
"""Findings for one of several things among which those of one sort are looked for."""
_SORTED = 1.6
"""How much less a fact may score that says of one thing what is said of the others."""
EQUAL = 0.1
"""Findings within this score, or this share of the words explained, are equally good."""
_QUOTES = " “”「」『』《》\"'"
JOINT = pattern(
    '[”」』》"]? ?(?:[、,，和与及跟同]|以及|and) ?[“「『《"]?|[”」』》] ?[“「『《]',
    holds=(*"、,，和与及跟同”」』》", "and"),
)
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


class Apiece:
    """Finds what is told of each of several things."""

    def __init__(self, bar: Bar) -> None:
        self.bar, self.readings, self.base = bar, bar.readings, bar.base

    def each(self, reading: Reading, hints: Hints, content: float = 0.0) -> Part | None:
        """One finding for each of several entities of a kind (海康、大华的大模型分别叫什么)."""
        groups = self.readings.by_kind(reading, lambda entity: not entity.generic)
        in_row = longest_row(reading)
        enough = len(in_row) >= (2 if "each" in reading.intents else 3)
        group = max((in_row if enough else [], *groups), key=len, default=[])
        unlike = len(group) < 2
        if unlike:
            group = [i for found in groups for i in found]
        merged = not any(set(group) <= set(g) for g in groups) and reading.intents.isdisjoint(("verify", "each"))
        where = reading.asks == _PLACE or (reading.kinds and self.base.where.issuperset(reading.kinds))
        if not 2 <= len(group) <= 8 or not self._joined(reading, group) or (merged and where):
            return None  # where A is in B is told neither by where A is nor by what is in B
        row = _side_by_side(reading, group)
        choices: list[list[Finding]] = []
        for index in group:
            alone = self._about_one(reading, index, group)
            first = self.bar.to_the_point(find(alone, self.base, hints), alone)[: _CHOICES if row or merged else _FIRST]
            found = [f for f in first if self.bar.accepts(f, alone, hints)]
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
        named = {e for i in group for e in reading.mentions[i].entities[:1]}
        if unlike and "rank" in reading.asks and not all(named <= found[0].fact.within for found in choices):
            return None  # the place of 甲 on the list of 乙 is told of neither by itself
        if unlike and not row and (only := self._of_one(reading, choices)):
            return noted(self.base, "facts", reading, (only.fact,), ())
        if merged and not row and any(self._says_nothing(found[0], reading) for found in choices):
            return None
        facts = (row and _of_one_sort(choices)) or [newest(found)[0].fact for found in choices]
        return noted(self.base, "facts", reading, tuple(dict.fromkeys(facts)), ())

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
        told = [found[0] for found in choices if not self._says_nothing(found[0], reading)]
        whole = [f for f in told if f.content >= _ALL_SAID]
        return max(whole, key=lambda f: f.score, default=None)

    def _says_nothing(self, finding: Finding, reading: Reading) -> bool:
        """Whether a finding has but one of the names in the question, and none of its words."""
        return (
            not finding.own + finding.cued + finding.told
            and len(finding.fact.entities & set(self.readings.named(reading))) < 2
        )

    def _of_no_rival(self, fact: FactRow, beside: set[int], reading: Reading) -> bool:
        """Whether a fact on one of the things named speaks of nothing that takes the place of another one."""
        taken = self.base.closed.intersection(self.base.entity(e).kind for e in beside) - self.base.where
        kinds = frozenset(self.base.entity(e).kind for e in fact.entities - reading.entities)
        if any(self.base.entity(e).kind in self.base.persons for e in self.readings.named(reading)):
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
        if part is None or part.kind != "facts" or not ("each" in reading.intents or self._half(reading, part)):
            return None
        best, kinds = part.facts[0], self.base.kinds_like(reading.kinds)
        given = [e for e in best.objects if not kinds or self.base.entity(e).kind in kinds]
        figures = {q.value for q in best.quantities if _same_unit(q, best.quantities[0])}
        whole = all(explained(c, best.terms) for c in reading.clues if c.attribute)
        if whole and (len(set(given) - reading.entities) >= 2 or len(figures) >= 2):
            return None
        each = self.each(reading, hints)
        return each if each and len(each.facts) >= 2 and each.facts != part.facts else None

    def _half(self, reading: Reading, part: Part) -> bool:
        """Whether two of a kind stand in a row (甲和乙的占比), and a part speaks of one of them only."""
        row = longest_row(reading)
        kinds = [self.base.entity(reading.mentions[i].entities[0]).kind for i in row]
        if (
            len(row) < 2
            or not self.base.kinds_like(kinds[:1]).issuperset(kinds)
            or reading.intents & {"verify", "except", "rest", *WEIGHING}
        ):
            return False
        told = frozenset[int]().union(*(f.entities for f in part.facts))
        spoken = [not told.isdisjoint(reading.mentions[i].entities) for i in row]
        return any(spoken) and not all(spoken)

    def partly(self, reading: Reading, part: Part | None, hints: Hints) -> tuple[Part | None, tuple[int, ...]]:
        """What is known of some of the things of which each is asked about, where the part speaks of them only.

        Returns the part, and the things of which nothing is known.
        """
        group = max(self.readings.by_kind(reading, lambda entity: not entity.generic), key=len, default=[])
        if len(group) < 2 or "each" not in reading.intents or not _side_by_side(reading, group):
            return part, ()
        told = frozenset().union(*(f.within for f in part.facts)) if part else frozenset()
        if part and all(not told.isdisjoint(reading.mentions[i].entities) for i in group):
            return part, ()
        choices = []
        for index in group:
            alone = self._about_one(reading, index, group)
            choices.append([f for f in find(alone, self.base, hints)[:_FIRST] if self.bar.accepts(f, alone, hints)])
        told_of = self._on_topic(choices)
        facts = dict.fromkeys(found[0].fact for found in told_of if found)
        silent = tuple(reading.mentions[i].entities[0] for i, found in zip(group, told_of, strict=True) if not found)
        return noted(self.base, "facts", reading, tuple(facts), ()) if facts else None, silent

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


def _side_by_side(reading: Reading, group: list[int]) -> bool:
    """Whether the names stand in one row (A、B和C)."""
    pairs = pairwise(group)
    between = ((reading.mentions[a].end, reading.mentions[b].start) for a, b in pairs)
    return all(JOINT.fullmatch(reading.text, start, end) for start, end in between)


def _of_one_sort(choices: list[list[Finding]]) -> list[FactRow]:
    """One fact for each, all of one relation that one passage, or one count, tells; [] if clearly better ones do."""
    leading = Counter(found[0].fact.relation for found in choices)
    near = [
        [f for f in found if f.score >= found[0].score - _SORTED and f.content >= found[0].content - EQUAL]
        for found in choices
    ]
    for told_in in (_passage, _count):
        for first in choices[0]:
            if max(leading.values()) > max(1, leading[first.fact.relation]):
                continue  # most of them are told of better in another way
            key = told_in(first.fact)
            alike = [next((f.fact for f in found if told_in(f.fact) == key), None) for found in near]
            facts = [f for f in alike if f]
            if key and len(set(facts)) == len(choices):
                return facts
    return []


def _passage(fact: FactRow) -> tuple[object, ...]:
    """The relation and the passage of a fact."""
    return fact.relation, fact.citations[0]


def _count(fact: FactRow) -> tuple[object, ...]:
    """What one count is told by: the relation, the article, the time and who counted; () for what is no figure."""
    return (fact.relation, fact.citations[0].article, fact.as_of[:7], fact.by) if fact.quantities else ()


def longest_row(reading: Reading) -> list[int]:
    """Indices of the longest row of names side by side (阿里、智谱和MiniMax), of whatever kinds."""
    best: list[int] = []
    row: list[int] = []
    for index, mention in enumerate(reading.mentions):
        side_by_side = row and JOINT.fullmatch(reading.text, reading.mentions[index - 1].end, mention.start)
        row = [*row, index] if side_by_side else [index]
        best = max(best, row, key=len)
    return best


def together(reading: Reading) -> bool:
    """Whether several answers are asked for at once: a number of them, or one for each."""
    return bool(reading.wanted) or "each" in reading.intents or types_of(reading) >= 2


def types_of(reading: Reading) -> int:
    """How many answers of different type are asked for (谁在哪年提出: two)."""
    return len(reading.asks & _TYPES)


def _same_unit(a: Quantity, b: Quantity) -> bool:
    return (a.is_share, a.unit) == (b.is_share, b.unit)


def in_a_row(reading: Reading, base: Base) -> bool:
    """Whether the things named stand side by side."""
    things = [reading.mentions[i] for i in reading.things(base)]
    between = [reading.text[a.end : b.start].strip(_QUOTES) for a, b in pairwise(things)]
    return all(JOINT.fullmatch(piece) for piece in between)
