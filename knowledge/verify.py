"""Check a claim: yes, no with the right fact, not on the list, or what the base says to it."""

from __future__ import annotations

from dataclasses import replace

from knowledge.base import FactRow
from knowledge.clues import idf
from knowledge.decide import Decider
from knowledge.judge import Finding, Hints
from knowledge.numerals import find_quantities
from knowledge.outcome import Part
from knowledge.patterns import pattern
from knowledge.reading import Reading

_CLAUSES = pattern("[、，,；;：:和]|以及")
_LIST = 3
"""From so many members on a statement is a list."""
_SAID = 0.6
"""Least weight of the words of a claim that a fact has to explain, where it explains no two names."""


class Verifier(Decider):
    """Decides on questions that put forward a claim (盘古是阿里的吧)."""

    def decide(self, reading: Reading, findings: list[Finding], hints: Hints) -> tuple[Part | None, tuple[int, ...]]:
        """The part that answers, and the facts that would come next."""
        if findings and "verify" in reading.intents and not reading.asks - {"how"}:
            return self.verify(reading, findings, hints), ()
        return super().decide(reading, findings, hints)

    def verify(self, reading: Reading, findings: list[Finding], hints: Hints) -> Part | None:
        """Yes, no with the right fact, or what the base says; None if it says nothing to it."""
        best = None
        given = reading.quantities

        def order(finding: Finding) -> float:
            figures = finding.fact.quantities
            same = sum(any(q.value == g.value and q.is_share == g.is_share for q in figures) for g in given)
            sort = sum(
                any(q.is_share == g.is_share and (q.unit == g.unit or not g.unit) for q in figures) for g in given
            )
            first = bool(reading.mentions) and 0 not in finding.unnamed
            ends = {finding.fact.subject, *finding.fact.objects, finding.fact.place}
            direct = (
                sum(bool(ends.intersection(m.entities)) for m in reading.mentions) >= 2 and finding.fact.listed < _LIST
            )
            return (
                finding.score
                + 1.5 * (direct and not given)
                + (0.0 if finding.dated else 2.6)
                + 4.0 * same
                + 1.5 * sort
                + 2.5 * first
            )

        for finding in sorted(findings[:20], key=order, reverse=True)[:8]:
            if self._speaks_to(finding, reading, hints):
                best = finding
                break
        if best is None or (best.unnamed and len(best.unnamed) < len(reading.mentions)):
            both = self.each(reading, hints, content=self.limits.content)
            if both or best is None:
                return replace(both, kind="verify") if both else None
        fact = best.fact
        backed = best.own + best.cued + best.told >= _SAID or len(reading.mentions) - len(best.unnamed) >= 2
        same = any(q.value == g.value for q in fact.quantities for g in given)
        if not backed and not best.cue_hit and not same:
            return None  # a name alone is no claim
        numbers = [any(q.value == g.value and q.is_share == g.is_share for q in fact.quantities) for g in given]
        crossed = self._crossed(fact, reading)
        whole = not crossed and best.coverage >= 0.9 and not best.unnamed and best.dated and all(numbers)
        wrong = (
            crossed
            or bool(best.unnamed)
            or not best.dated
            or (bool(numbers) and bool(fact.quantities) and not all(numbers))
        )
        negated = "negation" in reading.intents
        verdict = "" if negated else "yes" if whole else "no" if wrong and best.coverage >= 0.4 else ""
        others = self.others(fact, [fact], reading) if not wrong else []
        part = self.part("verify", reading, (fact,), tuple(others))
        absent = self._absent(best, reading)
        if absent:
            return replace(part, verdict="absent", absent=absent)
        return replace(part, verdict=verdict)

    def _crossed(self, fact: FactRow, reading: Reading) -> bool:
        """Whether a list of pairs (北京54个、成都3个) pairs what the claim joins with something else."""
        clauses = [c for c in _CLAUSES.split(self.base.tables.fold(fact.zh)) if c]
        if len(clauses) < _LIST:
            return False
        names = [[self._said(x, c) for c in clauses] for x in self.named(reading)[:3]]
        figures = [
            [any(q.value == g.value for q in find_quantities(c)) for c in clauses]
            for g in reading.quantities
            if any(q.value == g.value for q in fact.quantities)
        ]
        kinds = [self.base.entity(e).kind for e in self.named(reading)[:3]]
        for i, a in enumerate(names):
            of_kind = [e for e in fact.entities if self.base.entity(e).kind == kinds[i]]
            peers = [any(self._said(e, c) for e in of_kind) for c in clauses]
            for figure in figures:
                paired = sum(p and bool(find_quantities(c)) for p, c in zip(peers, clauses, strict=True))
                if paired >= _LIST - 1 and any(a) and not any(x and y for x, y in zip(a, figure, strict=True)):
                    return True
            for j in range(i + 1, len(names)):
                others = [e for e in fact.entities if self.base.entity(e).kind == kinds[j]]
                paired = sum(p and any(self._said(e, c) for e in others) for p, c in zip(peers, clauses, strict=True))
                apart = any(a) and any(names[j]) and not any(x and y for x, y in zip(a, names[j], strict=True))
                if kinds[i] != kinds[j] and paired >= _LIST - 1 and apart:
                    return True
        return False

    def _said(self, e: int, clause: str) -> bool:
        entity = self.base.entity(e)
        return any(self.base.tables.fold(n) in clause for n in (entity.zh, *entity.aliases))

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
        same = any(q.value == g.value for g in reading.quantities for q in finding.fact.quantities)
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
            kinds = {self.base.entity(e).kind for e in reading.mentions[index].entities}
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
