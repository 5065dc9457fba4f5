"""Check a claim: yes, no with the right fact, not on the list, or what the base says to it."""

from __future__ import annotations

from itertools import islice

from knowledge.deciding.apiece import in_a_row
from knowledge.deciding.bearing import backed, gives_reason, holds, no_longer, says_just, told_of_others
from knowledge.deciding.belonging import of_another, of_part, silent_on
from knowledge.deciding.correction import SOLE, Corrector, listed_after_all, with_all_of_them, with_what_it_is
from knowledge.deciding.decide import Decider
from knowledge.deciding.declaration import declared
from knowledge.deciding.grounded import grounded
from knowledge.deciding.happening import asks_whether, by_unknown, mutual, tells_whether
from knowledge.deciding.holders import with_holders
from knowledge.deciding.inquiry import said_of_list
from knowledge.deciding.nature import of_others, said_to_be
from knowledge.deciding.negating import contraries
from knowledge.deciding.objection import agrees, says_when, tells_when
from knowledge.deciding.origin import comes_from, located, said_of_place
from knowledge.deciding.pairing import crossed
from knowledge.deciding.parties import of_each, together
from knowledge.deciding.remainder import all_put_right
from knowledge.deciding.sameness import asks_same, same
from knowledge.deciding.stranger import by_whom
from knowledge.deciding.verdict import LIKELY, Verdict, mistaken, telling
from knowledge.finding.certainty import Bar
from knowledge.finding.doing import by_another_tie, of_persons
from knowledge.finding.find import find
from knowledge.finding.finding import Finding
from knowledge.finding.judge import judge, sets_bound, states
from knowledge.finding.measure import first_of_sort
from knowledge.finding.outcome import Part, noted
from knowledge.finding.probe import Hints, Probe
from knowledge.linking.link import Mention
from knowledge.reading.clues import idf
from knowledge.reading.contest import weighs
from knowledge.reading.reading import Reading
from knowledge.reading.readings import Readings
from knowledge.store.base import EntityRow, FactRow
from knowledge.text.numerals import BOUNDS, Quantity
from knowledge.text.patterns import pattern

_CLAIM = pattern(r"[?？]$")
_HEARD = 0.3
"""Least share of a claim's wording that a fact holds, where the claim names nothing of its own."""
_WHOLE = 0.95
_LIST = 3
"""From so many members on a statement is a list."""
_WHICH = frozenset({"which", "list", "person"})
_SHARE = frozenset("%")
_AGAINST = 4.0
"""Worth of a statement that denies a claim directly."""
_IN_WORDS = 2.0
"""Worth of a statement that itself says when, where that is claimed."""
_RANKED = 4.0
"""Worth of a statement of rank in a claim of a first or last place."""
_PARTLY = 0.4
"""Share of an attribute claimed that a statement need not say (推出 of 推出的)."""
_SOLE = 2.0
"""Least weight of the words of a claim that a statement on who comes first says, where it is of another."""
_TURNED = {"yes": "no", "absent": "absent"}
"""The verdict on what denies that something is on a list, by that on what says so."""
_LISTS = 20
"""Findings among which a list is looked for: what is said of its members each ranks before it."""


class Verifier:
    """Decides on questions that put forward a claim (盘古是阿里的吧), and leaves others to the decider."""

    def __init__(self, readings: Readings) -> None:
        self.readings, self.base, self.bar = readings, readings.base, Bar(readings)
        self.decider = Decider(self.bar)
        self.verdicts = Verdict(readings)
        self.corrector = Corrector(self.decider)

    def decide(self, reading: Reading, findings: list[Finding], hints: Hints) -> tuple[Part | None, tuple[int, ...]]:
        """The part that answers, and the facts that would come next."""
        if findings and "verify" in reading.intents and not reading.asks - {"how"}:
            part = self._claimed(reading, findings, hints)
            if not (part and part.verdict == "yes") and (text := said_of_place(reading, self.base)):
                part = self._placed(part, text, reading, hints)
            merely = part and part.verdict != "yes" and "causal" in reading.intents
            if part and merely and not any(gives_reason(f, self.base) for f in part.facts):
                return None, ()  # 是因为…吗: what merely happened gives no reason for it
            if part and part.verdict == "yes" and not any(self.bar.pertinence.of_codes(f, reading) for f in part.facts):
                return None, ()  # what is told of the one is no claim on its namesake
            if part and part.verdict != "yes":
                part = with_all_of_them(part, reading, self.base)
            part = located(self.decider, with_holders(part, reading, self.base), reading, hints)
            part = with_what_it_is(all_put_right(self.decider, part, reading, hints), reading, self.base)
            part = part if part and grounded(part, reading, self.base) else None
            if part is None or part.verdict != "yes":
                return part, ()
            if no_longer(part.facts[0], reading, self.base):
                return part._replace(verdict="no"), ()
            unclear = "faults" in reading.intents or told_of_others(part.facts[0], reading, self.base)
            return (part._replace(verdict="") if unclear else part), ()
        claim = declared(reading) if findings else None
        if claim and (part := self._claimed(claim, findings, hints)):
            return part, ()
        if "negation" in reading.intents and not reading.asks.isdisjoint(_WHICH):
            left_out = self._left_out(reading, findings)
            if left_out:
                return left_out, ()
        part, rest = self.decider.decide(reading, findings, hints)
        if part is None and _CLAIM.search(reading.text) and not reading.asks:
            part = self.corrector.corrected(part, reading, hints)
        return part, rest

    def _placed(self, part: Part | None, text: str, reading: Reading, hints: Hints) -> Part | None:
        """What answers the claim of a place without the noun behind it, if it denies that; else what is told of it."""
        claim = self.readings.read(text)
        denied, _ = self.decide(claim, find(claim, self.base, hints), hints)
        if denied and denied.verdict == "no":
            return denied
        return part if part and not part.facts[0].within.isdisjoint(reading.mentions[0].entities) else None

    def _claimed(self, reading: Reading, findings: list[Finding], hints: Hints) -> Part | None:
        """What answers a claim; of what several things share nothing but a statement that speaks of each of them."""
        if said := next((f.fact for f in findings[:LIKELY] if says_just(f.fact, reading, self.base)), None):
            others = self.decider.others(said, [said], reading)
            return noted(self.base, "verify", reading, (said,), tuple(others))._replace(verdict="yes")
        if denied := self._denied_of_list(reading, findings, hints):
            return denied
        if whole := self._of_each(reading, hints) or comes_from(self.decider, reading, hints):
            return whole
        row = asks_same(reading)
        if row and (shared := same(self.decider, reading, row, hints)):
            return shared
        part = self.verify(reading, findings, hints)
        if part is None and asks_whether(reading):
            return self._listed_without(reading, findings, hints)
        part = part or self._left_out(reading, findings)
        if by_unknown(reading, findings):
            return by_whom(self.decider, reading, hints)
        if row:
            named = [reading.mentions[i].entities for i in row]
            return part if part and all(not part.facts[0].within.isdisjoint(e) for e in named) else None
        part = listed_after_all(self.corrector.corrected(part, reading, hints), reading, self.base)
        if part and of_others(part, reading, self.base):
            part = None  # 甲是做医疗的吗: which others are says nothing of it
        sort = said_to_be(self.decider, reading) if part is None else None
        return noted(self.base, "verify", reading, (sort,), ()) if sort else part

    def _of_each(self, reading: Reading, hints: Hints) -> Part | None:
        """What answers a figure or a time that is claimed of several at once: what answers it for each of them."""
        alone = [self.readings.read(text) for text in of_each(reading, self.base)]
        parts = [self.decide(claim, find(claim, self.base, hints), hints)[0] for claim in alone]
        return together(parts, reading, self.base) if parts else None

    def _denied_of_list(self, reading: Reading, findings: list[Finding], hints: Hints) -> Part | None:
        """What answers a claim that something is not one of several (…里没有甲吧): what answers that it is, turned."""
        said = said_of_list(reading, self.base)
        part = self._claimed(said, findings, hints) if said else None
        return part._replace(verdict=_TURNED[part.verdict]) if part and part.verdict in _TURNED else None

    def _listed_without(self, reading: Reading, findings: list[Finding], hints: Hints) -> Part | None:
        """The list that lacks what is named; what else is so is no answer to whether something ever was."""
        if mutual(reading, self.base):
            return None
        part = self._left_out(reading, findings, _LISTS) or self.corrector.corrected(None, reading, hints)
        return part if part and part.verdict == "absent" else None

    def _left_out(self, reading: Reading, findings: list[Finding], most: int = LIKELY) -> Part | None:
        """The list that has all but some of the things named (A、B、C，哪个不在名单里)."""
        for finding in findings[:most]:
            absent = self._absent(finding, reading) if len(finding.fact.spoken) >= _LIST else ()
            if absent and len(absent) == len(finding.unnamed) < len(self.readings.named(reading)):
                part = noted(self.base, "verify", reading, (finding.fact,), ())
                return part._replace(verdict="absent", absent=absent)
        return None

    def verify(self, reading: Reading, findings: list[Finding], hints: Hints) -> Part | None:
        """Yes, no with the right fact, or what the base says; None if it says nothing to it."""
        findings = self._with_figures(reading, findings, hints)
        best = self._speaking(reading, findings, hints)
        alike = len(self.readings.by_kind(reading, _any)) == 1
        if best is None or (alike and 0 < len(best.unnamed) < len(reading.mentions)):
            single = (alike or reading.clues) and not asks_whether(reading)
            both = self.decider.apiece.each(reading, hints, content=self.bar.limits.content) if single else None
            if both and alike and best and not in_a_row(reading, self.base):
                both = None  # 甲投资了乙吗 asks nothing of each
            if both or best is None:
                return both._replace(kind="verify") if both else None
        ranked = best.coverage >= _WHOLE and self.verdicts.ranks(best.fact, reading)
        if not (ranked or backed(best, reading)) or not self._weighed(best.fact, reading):
            return None  # a name alone is no claim, and what is told of one alone no comparison
        if not self.readings.named(reading) and not reading.quantities and not hints.entities and best.heard < _HEARD:
            return None  # 珠海有大模型吗: what is said of others says nothing of a name that is not known
        fact = best.fact
        verdict, wrong, differing = self.verdicts.verdict(best, reading, findings)
        if verdict != "yes" and self.verdicts.neither(best, reading):
            return None
        absent = self._absent(best, reading)
        if asks_whether(reading) and not self._tells_if(best, reading):
            return None
        others = [] if wrong else differing or self.decider.others(fact, [fact], reading)
        right = self._right(best, reading, findings) if verdict == "no" else ()
        part = noted(self.base, "verify", reading, (fact, *right), tuple(others))
        return part._replace(verdict="absent" if absent else verdict, absent=absent)

    def _weighed(self, fact: FactRow, reading: Reading) -> bool:
        """Whether a fact sets two against one another in what they are compared by, if a claim compares them."""
        names = [reading.mentions[i].text for i in reading.things(self.base)]
        if "compare" not in reading.intents or reading.quantities or len(names) != 2:
            return True
        return weighs(fact, (names[0], names[1]), reading, self.base)

    def _with_figures(self, reading: Reading, findings: list[Finding], hints: Hints) -> list[Finding]:
        """The findings, and before them the facts on what is named that state a figure claimed."""
        if not reading.quantities:
            return findings
        found = {f.fact.f for f in findings}
        probe = Probe(reading, self.base, hints)
        numbers = {f for e in self.readings.named(reading) for f in self.base.facts_of(e)} - found
        facts = [f for f in map(self.base.fact, sorted(numbers)) if f.measured]
        same = judge([f for f in facts if any(_gives(f, q) for q in reading.quantities)], probe)
        return [*(f for f in same if not f.unnamed), *findings]

    def _instead(self, best: Finding, reading: Reading, findings: list[Finding]) -> tuple[FactRow, ...]:
        """For the first thing claimed that the finding does not speak of, the fact that names another of its kind."""
        ends = {best.fact.subject, *best.fact.objects} & reading.entities
        for index in best.unnamed:
            kinds = self.base.kinds_like((self.base.entity(reading.mentions[index].entities[0]).kind,))
            if any(self.base.entity(e).kind in kinds for e in best.fact.spoken - reading.entities):
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
        near = [g for g in given if g.bound not in BOUNDS]  # within bounds lies many a figure
        ends = [frozenset(m.entities) for m in reading.mentions]
        first = (1.0 if reading.clues else 2.0) if reading.mentions else 0.0

        def order(finding: Finding) -> float:
            fact = finding.fact
            same = sort = 0
            if given and fact.quantities:
                units = {q.unit for q in fact.quantities}
                same = sum([agrees(fact, g, reading.text) is True if g in near else sets_bound(fact, g) for g in given])
                sort = sum([g.unit in units if g.unit else not units <= _SHARE for g in given])
            # a claim is about what it names first, the more so where it says no more than whose it is
            leading = 0.0 if 0 in finding.names.lacking else first
            direct = False
            if not given and len(ends) >= 2 and fact.listed < _LIST:
                tied = {fact.subject, *fact.objects, fact.place}
                direct = sum([not tied.isdisjoint(e) for e in ends]) >= 2
            later = 0.0 if tells_when(fact, reading) else -_AGAINST
            if not finding.dated:  # a claim of when is answered by a statement of when
                later = 2.6 if len(fact.periods) > bool(fact.as_of) else 1.6
            if reading.periods and says_when(fact, reading, self.base):
                later += _IN_WORDS
            if not reading.clues and self.base.relations[fact.relation].value == "entity":
                later += 2.0  # whose it is a fact says that leads to a thing
            against = _AGAINST * self._denies(finding, reading) + _RANKED * self.verdicts.ranks(fact, reading)
            told = fact, reading, self.base
            against -= _AGAINST * ((of_another(*told) or of_part(*told)) if given else silent_on(*told))
            against += _RANKED * (len(near) < len(given) and fact.measured and fact.subject in reading.entities)
            return finding.score + 1.5 * direct + later + 4.0 * same + 3.0 * sort + 2.5 * leading + against

        likely = sorted(findings[:20], key=order, reverse=True)[:8]
        spoken = (f for f in likely if self._speaks_to(f, reading, hints))
        if asks_whether(reading):
            spoken = (f for f in spoken if self._tells_if(f, reading))
        # a figure that stands there for something else is worth telling, where nothing speaks of what is claimed
        certain = [g for g in near if telling(g)]
        holding = (f for f in findings if not f.unnamed and any(holds(f.fact, g) for g in certain))
        met = (f for f in holding if f.fact.subject in reading.entities or not crossed(f.fact, reading, self.base))
        return next(spoken, None) or next(met, None)

    def _tells_if(self, finding: Finding, reading: Reading) -> bool:
        """Whether a finding tells if something ever was; a list that lacks what is named does."""
        if tells_whether(finding, reading, self.base):
            return True
        return bool(self._absent(finding, reading)) and not mutual(reading, self.base)

    def _denies(self, finding: Finding, reading: Reading) -> bool:
        """Whether it states of one thing named, in the relation claimed, another of the kind of the one it lacks."""
        if not finding.unnamed:
            return False
        ends = frozenset((finding.fact.subject, *finding.fact.objects))
        relation = self.base.relations[finding.fact.relation]
        # who founded something is told by 成立 too, which is a cue of when
        tied = relation.value == "entity" and bool(reading.clues) and finding.content >= _WHOLE
        if not (finding.cue_hit or tied) or ends.isdisjoint(reading.entities):
            return False
        claimed = frozenset().union(*[self._kinds(reading.mentions[i], reading) for i in finding.unnamed])
        return any(self.base.entity(e).kind in claimed for e in ends - reading.entities)

    def _kinds(self, mention: Mention, reading: Reading) -> frozenset[str]:
        """The kinds that what is named is like: 上海市政府, of which nothing is told, is a government too."""
        body = self.base.lexicon.noun_at(reading.text, mention.end)
        return self.base.kinds_like((self.base.entity(mention.entities[0]).kind, *(body[1] if body else ())))

    def _right(self, best: Finding, reading: Reading, findings: list[Finding]) -> tuple[FactRow, ...]:
        """What is right, beside the finding that shows a claim to be wrong."""
        certain = [g for g in reading.quantities if telling(g) and not holds(best.fact, g)]
        # the figure claimed is worth telling of what it is said
        other = (
            f.fact for f in findings if not f.unnamed and any(holds(f.fact, g) or g.text in f.fact.zh for g in certain)
        )
        right = self._instead(best, reading, findings) or self._other_side(best, reading, findings)
        if meant := self.verdicts.measure_meant(best, reading, findings):
            right = (meant, *right)
        told = tuple(islice(other, 1)) or self._mistaken(reading)
        return (*(f for f in told if f not in right and f != best.fact), *right)

    def _mistaken(self, reading: Reading) -> tuple[FactRow, ...]:
        """The figure of what is named that has the digits claimed, and counts something else."""
        facts = (self.base.fact(f) for e in self.readings.named(reading) for f in self.base.facts_of(e))
        own = (f for f in facts if f.subject in reading.entities and any(mistaken(f, g) for g in reading.quantities))
        return tuple(islice(own, 1))

    def _other_side(self, best: Finding, reading: Reading, findings: list[Finding]) -> tuple[FactRow, ...]:
        """What denies a claim from its other side: not only whose he is (看屋人 of another hut), but who it is."""
        if not self._denies(best, reading):
            return ()
        told = [f for f in findings[:LIKELY] if f.unnamed != best.unnamed and self._denies(f, reading)]
        return tuple(f.fact for f in told[:2])

    def _absent(self, best: Finding, reading: Reading) -> tuple[int, ...]:
        """Entities asked about that a list of their kind does not hold."""
        if best.content < self.bar.limits.content or best.fact.listed < 4 or by_another_tie(best, reading):
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
        if by_another_tie(finding, reading) or not first_of_sort(finding, reading, self.base):
            return False
        named = [m for i, m in enumerate(reading.mentions) if i not in finding.unnamed]
        denied = contraries(finding.fact, reading) if finding.missing else []
        missing = sum(c.weight for c in finding.missing if c.text not in denied)
        same = any(holds(finding.fact, g) for g in reading.quantities)
        # who founded something is told of any name claimed, known or not
        tied = of_persons(self.base.relations[finding.fact.relation]) and finding.cue_hit
        strange = sum(c.weight for c in finding.missing if c.text in reading.unknown or (tied and not c.terms))
        if strange and finding.about and finding.own >= 1.0:
            missing -= strange  # a name that nobody knows is no reason to withhold what is known
        if not finding.dated and finding.fact.measured and not reading.quantities and finding.fact.as_of:
            return False  # what it earned in another year is no answer to whether it earned in this one
        against = not finding.dated or (bool(reading.quantities) and not same)
        if against and finding.cue_hit and finding.about and missing <= 2.5:
            return True
        least = 1.5 if finding.content >= self.bar.limits.content else 1.2
        if missing > 1.8 or (missing > least and not reading.quantities):
            return False
        asked = [c.weight for c in reading.clues if c.attribute]
        most = max(0.3, _PARTLY * asked[0]) if len(asked) == 1 else 0.3
        if finding.strict > most and not (same and finding.strict < 0.6):
            return False
        if missing > 0.6 and finding.content < self.bar.limits.content and not same:
            return False
        # 国内首款…是甲吗: it is 乙; 甲上市了吗 is not told by 乙, the first that did
        sole = finding.fact.superlative and finding.own >= _SOLE and bool(SOLE.search(reading.text))
        if not named and not hints.entities and finding.coverage < 0.6 and not sole:
            return False
        denies = bool(finding.unnamed) and self._denies(finding, reading)
        for index in finding.unnamed:
            kinds = frozenset(self.base.entity(e).kind for e in reading.mentions[index].entities)
            if not reading.clues or denies:
                kinds = self._kinds(reading.mentions[index], reading)
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


def _gives(fact: FactRow, given: Quantity) -> bool:
    """Whether a figure claimed is the very value of a fact: a telling number, or one in the same unit."""
    own = fact.quantities[0]
    return states(fact, given) if telling(given) else own.value == given.value and own.unit == given.unit != ""


def _any(_entity: EntityRow) -> bool:
    return True
