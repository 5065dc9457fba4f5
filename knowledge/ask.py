"""Answer a message: split it, read each question, find, decide. The one way through (DESIGN §2)."""

from __future__ import annotations

import re
from math import exp, log
from dataclasses import dataclass, replace

from knowledge.base import Base, FactRow
from knowledge.dates import find_periods
from knowledge.find import find
from knowledge.fold import name_key
from knowledge.judge import Finding, Hints, explained, judge, prepare
from knowledge.outcome import Context, Option, Outcome, Part
from knowledge.pinyin import looks_like_pinyin, to_han
from knowledge.reading import Clue, Reading, idf, read
from knowledge.segments import Segment, split, strip_polite
from knowledge.weigh import calculate, figure_of, ranking, superlative

LONGEST = 4000
"""Characters of a message that are read; of a longer one the end, where people put the question."""
_REPEATED = re.compile(r"(.)\1{1,}")
_HAN = re.compile(r"[\u3400-\u9fff]")
_AND_WHAT = re.compile(r"^(?:那么|那|然后|and|so|what about|how about|then)?\s*(.+?)\s*(?:那个|那边|的)?(?:呢|怎么样|咧|\?|？)*$")
_ORDINAL = re.compile(r"^(?:那)?第([一二两三四五六七八九十\d]+)(?:个|款|家|项|条|位)?(?:呢|是什么|是谁|\?|？)*$")
_STILL = ("还有", "还有哪些", "之外", "以外", "外", "还", "what", "which", "还有什么", "还有谁")
_NEAR = 2.0
"""A finding so much behind an impossible one is no answer either."""
_NUMERIC = frozenset({"number", "amount", "share", "duration", "distance"})
_FEW = 24
_SHORT = 12
"""Characters of a question that may lean on the one before without saying so."""
_EACH = ("分别", "各", "respectively", "each")
_SMALL = 40
"""Characters beyond which a message is no small talk."""
_NUMBERS = {c: i for i, c in enumerate("〇一二三四五六七八九十")} | {"两": 2}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a finding needs to be given as an answer; measured on question sets."""

    certainty: float = 0.3
    """Least log-odds of being the answer."""
    said: float = 0.8
    """Least weight of the words explained where the question names nothing."""
    strict: float = 1.0
    """Most weight of the attributes asked for that a fact may leave unexplained."""
    content: float = 0.5
    """For a claim to be checked: explained share of the clues without the mentions."""
    clause: float = 0.4
    """Least coverage of the whole sentence by an answer to its last clause."""
    tie: float = 0.8
    """Findings within this score of the best one are as good as it."""


LIMITS = Limits()


class Asker:
    """Answers messages from one base. Holds no conversation itself: contexts go in and out."""

    def __init__(self, base: Base, limits: Limits = LIMITS) -> None:
        self.base = base
        self.limits = limits

    def ask(self, message: str, context: Context = Context()) -> Outcome:
        """Answer one message of a conversation."""
        text = self.base.tables.fold(message[-LONGEST * 2 :])[-LONGEST:]
        small = self._smalltalk(text)
        if small:
            return Outcome("smalltalk", Reading(text), smalltalk=small, context=context)
        if not any(c.isalnum() for c in text):
            return Outcome("unknown", Reading(text), smalltalk="empty", context=context)
        if not _HAN.search(text) and looks_like_pinyin(text, self.base):
            text = to_han(text, self.base)
        segments = split(text, self.base.lexicon) or [Segment(text)]
        outcomes: list[Outcome] = []
        for segment in segments:
            if outcomes and outcomes[-1].status == "unknown" and not self._stands_alone(segment):
                outcomes.append(replace(outcomes[-1], related=()))
                continue
            outcome = self._segment(segment, context)
            outcomes.append(outcome)
            context = outcome.context
        return self._merge(outcomes, segments)

    def _stands_alone(self, segment: Segment) -> bool:
        """Whether a later question of a message names what it is about."""
        reading = read(segment.text, self.base)
        return bool(self._named(reading)) or _weight(reading, 1.5)

    def _smalltalk(self, text: str) -> str:
        table = self.base.lexicon.smalltalk
        if len(text) > _SMALL:
            return ""
        for form in (text, strip_polite(text, self.base.lexicon)):
            key = name_key(form)
            for variant in (key, _REPEATED.sub(r"\1", key), _REPEATED.sub(r"\1\1", key), key.rstrip("啊呀哦啦哈呢吧了")):
                if variant in table:
                    return table[variant]
            first = _pieces(key, table)
            if first:
                return table[first]
        return ""

    # --- one question -------------------------------------------------------------------------------------------

    def _segment(self, segment: Segment, context: Context) -> Outcome:
        text = self._picked(segment.text, context)
        reading = read(text, self.base)
        alone = self._alone(reading, segment, context)
        if not segment.lead:
            return alone
        full = read(f"{segment.lead},{text}", self.base)
        whole = self._fresh(full, Segment(text), context)
        if whole.status != "answered" and alone.status == "answered" and self._strays(alone, full):
            return whole
        if whole.status != "answered" or alone.status != "answered":
            return whole if whole.status == "answered" else alone
        return alone if _answers(alone, reading) > _answers(whole, reading) + 0.1 else whole

    def _strays(self, outcome: Outcome, full: Reading) -> bool:
        """Whether an answer to the last clause says too little of the whole sentence."""
        probe = prepare(full, self.base, Hints())
        return all(judge(f, probe).coverage < self.limits.clause for p in outcome.parts[:1] for f in p.facts)

    def _alone(self, reading: Reading, segment: Segment, context: Context) -> Outcome:
        """Answer a question with what was said before as mere background."""
        if context.text or context.facts:
            outcome = self._follow(reading, segment, context)
            if outcome:
                return outcome
        outcome = self._fresh(reading, segment, context)
        if outcome.status == "unknown" and context.text and len(reading.text) <= _SHORT and len(self._named(reading)) == 1:
            swapped = self._swap(reading, context, force=True)
            again = self._fresh(read(swapped, self.base), Segment(swapped), context) if swapped else outcome
            return again if again.status == "answered" else outcome
        return outcome

    def _picked(self, text: str, context: Context) -> str:
        """第二个 names the second thing offered or listed before."""
        match = _ORDINAL.match(text.strip())
        choices = context.options or context.answered
        if match and choices:
            number = int(match[1]) if match[1].isdigit() else _NUMBERS.get(match[1], 0)
            if 1 <= number <= len(choices):
                return self.base.tables.fold(self.base.entity(choices[number - 1]).zh)
        return text

    def _named(self, reading: Reading) -> list[int]:
        """Entities that the question is about, without those named in passing."""
        return [m.entities[0] for m in reading.mentions if not self.base.entity(m.entities[0]).generic]

    def _topics(self, reading: Reading) -> list[int]:
        """Entities that the question is about; those named in passing where there are no others."""
        return self._named(reading) or [m.entities[0] for m in reading.mentions]

    def _follow(self, reading: Reading, segment: Segment, context: Context) -> Outcome | None:
        """Answer a question that leans on the one before, or None if it stands alone."""
        if "source" in reading.intents and not self._named(reading) and context.facts and not _weight(reading, 1.0):
            facts = tuple(self.base.fact(f) for f in context.facts)
            return Outcome("answered", reading, (Part("source", facts),), context=context)
        if "more" in reading.intents and not self._named(reading) and not _weight(reading, 1.0):
            if context.rest:
                facts = tuple(self.base.fact(f) for f in context.rest[:5])
                kept = replace(context, facts=context.rest[:5], rest=context.rest[5:])
                return Outcome("answered", reading, (Part("facts", facts),), context=kept)
            return Outcome("unknown", reading, smalltalk="nomore", context=context)
        if "conflict" in reading.intents and _bare(reading) and context.facts:
            last = self.base.fact(context.facts[0])
            part = self._part("conflict", reading, (last,), tuple(self._others(last, [last], reading)))
            return Outcome("answered", reading, (part,), context=context)
        swapped = self._swap(reading, context)
        if swapped:
            again = read(swapped, self.base)
            outcome = self._fresh(again, Segment(swapped), context)
            seen = [e for e in self._named(again) if e not in context.named]
            named = (*context.named, *seen)[-8:]
            return replace(outcome, context=replace(outcome.context, named=named))
        if self._named(reading):
            return None
        if "most" in reading.intents or "least" in reading.intents:
            part = self._rank_last(reading, context)
            if part:
                return self._answered(reading, (part,), (), context)
        known = frozenset((*context.named[-3:], *context.answered[:6]))
        primary = frozenset(context.primary)
        clues, _, periods = self._background(segment)
        hints = Hints(entities=known, primary=primary, clues=clues, periods=periods)
        findings = [f for f in find(reading, self.base, hints) if f.fact.entities & known]
        part, rest = self._decide(reading, findings, hints)
        if part:
            return self._answered(reading, (part,), rest, context)
        if _bare(reading):
            return Outcome("unknown", reading, related=_related(findings), context=context)
        return None

    def _swap(self, reading: Reading, context: Context, *, force: bool = False) -> str:
        """'那上海呢', '那2023年呢': the last question with one entity or date exchanged, or ''.

        With `force` also for what does not look like a follow-up (广东占了几个).
        """
        named = self._named(reading)
        if not context.text or len(reading.mentions) > 2:
            return ""
        short = reading.text.rstrip("?？").endswith("呢") or "followup" in reading.intents
        if not force and (not short or _weight(reading, 0.9) or reading.asks - {"how"}):
            return ""
        if not named:
            before = find_periods(context.text)
            if not reading.periods or not before or force:
                return ""
            new = reading.text[reading.periods[0].start : reading.periods[0].end]
            return context.text[: before[-1].start] + new + context.text[before[-1].end :]
        new_entity = self.base.entity(named[0])
        spans = [(s, e, self.base.entity(x)) for s, e, x in context.spans]
        same = [x for x in spans if x[2].kind == new_entity.kind] or [x for x in spans if not x[2].generic]
        mention = next(m for m in reading.mentions if named[0] in m.entities)
        if not same:
            return f"{mention.text}{context.text}"
        start, end, _ = same[-1]
        return context.text[:start] + mention.text + context.text[end:]

    def _rank_last(self, reading: Reading, context: Context) -> Part | None:
        """谁最多, over the entities of the last questions."""
        if not context.facts or len(context.named) < 2:
            return None
        last = self.base.fact(context.facts[0])
        figures = []
        for e in context.named:
            options = [self.base.fact(f) for f in self.base.facts_of(e)]
            same = [f for f in options if f.relation == last.relation and e in (f.subject, f.place)]
            figures += [x for x in (figure_of(f, e) for f in same[:1]) if x]
        return ranking(figures, reading, self.base) if len(figures) >= 2 else None

    def _background(self, segment: Segment) -> tuple[tuple, tuple[int, ...], tuple]:  # type: ignore[type-arg]
        """Clues, entities and dates of the sentences before the question."""
        if not segment.background:
            return (), (), ()
        before = read(segment.background[-600:], self.base)
        return before.clues, tuple(self._named(before)), before.periods

    def _fresh(self, reading: Reading, segment: Segment, context: Context) -> Outcome:
        """Answer a question that stands alone."""
        reading = self._without_excepted(reading)
        clues, entities, periods = self._background(segment)
        if self._is_card(reading):
            part = self._card(reading)
            if part:
                return self._answered(reading, (part,), (), context)
        known = () if self._named(reading) else entities
        hints = Hints(frozenset(known), frozenset(known[-1:]), clues, periods)
        findings = find(reading, self.base, hints)
        if "opinion" in reading.intents:
            return Outcome("unknown", reading, related=_related(findings), smalltalk="opinion", context=context)
        combined = self._alternatives(reading, hints)
        if not combined and not self._named(reading):
            combined = superlative(self, reading, findings)
        if not combined and not (findings and self._stated(findings[0], reading, hints)):
            combined = calculate(self, reading, hints)
        if combined:
            return self._answered(reading, (combined,), (), context)
        part, rest = self._decide(reading, findings, hints)
        if part:
            return self._answered(reading, (part,), rest, context)
        options = self._options(reading, findings)
        if options:
            kept = Context(text=reading.text, options=tuple(o.entity for o in options), facts=tuple(o.fact.f for o in options))
            return Outcome("ambiguous", reading, options=options, context=kept)
        missed = tuple(dict.fromkeys([*reading.unknown, *(c.text for f in findings[:1] for c in f.missing)]))
        kept = self._context(reading, (), (), context)
        return Outcome("unknown", reading, related=_related(findings), unknown=missed[:4], context=kept)

    def _without_excepted(self, reading: Reading) -> Reading:
        """除了A、B还有哪些: what is excepted is not what the answer has to name."""
        if "except" not in reading.intents:
            return reading
        start = next(w.end for w in reading.words if "i:except" in w.tags)
        ends = [w.start for w in reading.words if w.start > start and w.text in _STILL]
        ends += [i for i in (reading.text.find(c, start) for c in ",，") if i >= 0]
        end = min(ends, default=len(reading.text))
        kept = tuple(m for m in reading.mentions if not start <= m.start < end)
        if len(kept) == len(reading.mentions):
            return reading
        clues = tuple(c for c in reading.clues if c.text not in reading.text[start:end])
        gone = frozenset(m.entities[0] for m in reading.mentions if m not in kept)
        return replace(reading, mentions=kept, clues=clues, excepted=gone)

    # --- deciding -----------------------------------------------------------------------------------------------

    def accepts(
        self,
        finding: Finding,
        reading: Reading,
        hints: Hints = Hints(),
        lead: float = 0.0,
        closed: float = 0.0,
        open_attributes: float | None = None,
    ) -> bool:
        """Whether a finding is an answer.

        `lead` is the log of its share among all findings (0 if none comes near); `closed` is the share of what it lacks
        that other facts add, `open_attributes` the weight of the attributes that still lack then.
        """
        if finding.unnamed or not finding.dated or not finding.fits:
            return False
        if hints.entities and not reading.mentions and not finding.fact.within & hints.entities:
            return False
        strict = finding.strict if open_attributes is None else open_attributes
        if strict > self.limits.strict:
            return False
        if not reading.clues and not reading.mentions:
            # '几号？' after an answer: the type asked for has to single the fact out
            sure = bool(hints.primary & finding.fact.entities) and finding.fits >= 1.0
            return sure and bool(reading.asks - {"which"} or reading.kinds)
        said = finding.own + finding.cued + 0.8 * finding.told
        if not reading.mentions and not hints.entities and said < self.limits.said:
            return False
        if reading.asks & _NUMERIC and not self._measured(finding, reading, hints, closed):
            return False
        if hints.entities and not reading.mentions:
            return said + finding.light >= 0.5 * finding.soft * (1.0 - closed)
        coverage = 1.0 - (1.0 - finding.coverage) * (1.0 - closed)
        return self._certainty(finding, reading, lead, coverage, strict) >= self.limits.certainty

    def _certainty(self, finding: Finding, reading: Reading, lead: float, coverage: float, strict: float) -> float:
        """Log-odds that the finding answers, fitted on question sets."""
        numeric = 1.0 if reading.asks & _NUMERIC else 0.0
        return (
            -7.68
            + 2.2 * lead
            + 6.39 * coverage
            + 1.84 * finding.content
            + 0.52 * min(4.0, finding.soft)
            - 0.31 * strict
            + 3.19 * finding.fits
            - 1.28 * numeric
            + 1.5 * numeric * finding.content
            - 0.2 * min(2, len(self._named(reading)))
        )

    def _measured(self, finding: Finding, reading: Reading, hints: Hints, closed: float) -> bool:
        """Whether the figure is of the measure asked for: whose figure is not enough."""
        missing = sum(c.weight for c in finding.missing) * (1.0 - closed)
        said = finding.own + finding.cued + 0.8 * finding.told
        if finding.light >= 0.35 and not missing:
            said += finding.light
        exact = bool(reading.asks & {"duration", "distance"}) or any(
            q.unit in reading.units for q in finding.fact.quantities
        )
        if said + 0.5 * finding.light < (0.25 if exact else 0.7) * missing:
            return False
        if said or hints.entities or self._narrow(finding, reading):
            return True
        return len(reading.mentions) >= 2 and finding.fact.measured

    def _possible(self, findings: list[Finding]) -> list[Finding]:
        """The findings without a better one in front that can't be the answer (other date, other type, other name)."""
        for number, finding in enumerate(findings[:6]):
            if finding.score < findings[0].score - _NEAR:
                break
            if not finding.unnamed and finding.dated and finding.fits and finding.strict <= self.limits.strict:
                return findings[number:]
        return findings

    def _narrow(self, finding: Finding, reading: Reading) -> bool:
        """Whether only one measure of the thing named is known (那个基金有多大)."""
        e = finding.fact.subject
        if not finding.fact.measured or not any(e in m.entities for m in reading.mentions):
            return False
        facts = [self.base.fact(f) for f in self.base.facts_of(e)[:_FEW]]
        return len({f.relation for f in facts if f.subject == e and f.measured}) == 1 and len(facts) < _FEW

    def _decide(self, reading: Reading, findings: list[Finding], hints: Hints) -> tuple[Part | None, tuple[int, ...]]:
        """The part that answers, and the facts that would come next."""
        if not findings:
            return None, ()
        if "verify" in reading.intents and not reading.asks - {"how"}:
            return self._verify(reading, findings, hints), ()
        findings = _newest(self._possible(findings))
        best = findings[0]
        chosen = [best.fact]
        missing = self._complete(reading, findings, best, chosen)
        lacking = sum(c.weight for c in best.missing)
        closed = 1.0 - sum(c.weight for c in missing) / lacking if lacking else 0.0
        attributes = best.strict - sum(c.weight for c in best.missing if c.attribute and c not in missing)
        if not self.accepts(best, reading, hints, _lead(findings), closed, attributes):
            return self._each(reading, hints), ()
        if not self._named(reading) and not hints.entities and self._options(reading, findings):
            return None, ()
        window = self.limits.tie
        if "list" in reading.asks or reading.wanted or any(w in reading.text for w in _EACH):
            window *= 3
        ties = [
            f.fact
            for f in findings[1:8]
            if f.score >= best.score - window
            and self.accepts(f, reading, hints)
            and self._alike(f.fact, best.fact, reading)
        ]
        chosen += [f for f in ties if f not in chosen][: 4 if "list" in reading.asks else max(2, reading.wanted - 1)]
        others = self._others(best.fact, chosen, reading)
        part = self._part("facts", reading, tuple(chosen), tuple(others))
        rest = tuple(f.fact.f for f in findings[1:12] if f.fact not in chosen and self.accepts(f, reading, hints))
        return part, rest

    def _alike(self, fact: FactRow, best: FactRow, reading: Reading) -> bool:
        """Whether a fact as good as the best speaks of the same thing and may stand beside it."""
        if fact.subject == best.subject and fact.relation == best.relation:
            return True
        if "list" in reading.asks and fact.subject == best.subject and fact.citations[0] == best.citations[0]:
            return fact.listed >= 2
        together = bool(reading.wanted) or any(w in reading.text for w in _EACH)
        if together and fact.relation == best.relation and fact.citations[0] == best.citations[0]:
            return True
        if reading.asks & _NUMERIC:
            return together and fact.subject == best.subject
        named = set(self._named(reading))
        return bool(named) or fact.subject == best.subject or fact.citations[0] == best.citations[0]

    def _complete(
        self, reading: Reading, findings: list[Finding], best: Finding, chosen: list[FactRow]
    ) -> tuple[Clue, ...]:
        """Add facts that explain what the best one leaves open (two things asked of one entity).

        Returns the clues that stay open.
        """
        missing = best.missing
        named = set(self._named(reading)) or {best.fact.subject}
        for finding in findings[1:30]:
            if len(chosen) >= 4 or sum(c.weight for c in missing) < 0.5:
                break
            if not finding.dated or not (finding.fact.entities & named or finding.fact.subject == best.fact.subject):
                continue
            left = tuple(c for c in missing if c in finding.missing)
            if sum(c.weight for c in missing) - sum(c.weight for c in left) >= 0.5:
                chosen.append(finding.fact)
                missing = left
        return missing

    def _each(self, reading: Reading, hints: Hints, content: float = 0.0) -> Part | None:
        """One finding for each of several entities of a kind (海康、大华的大模型分别叫什么)."""
        groups: dict[str, list[int]] = {}
        for index, mention in enumerate(reading.mentions):
            entity = self.base.entity(mention.entities[0])
            if not entity.generic:
                groups.setdefault(entity.kind, []).append(index)
        group = max(groups.values(), key=len, default=[])
        if len(group) < 2:
            group = [i for found in groups.values() for i in found]
        if not 2 <= len(group) <= 8:
            return None
        facts: list[FactRow] = []
        for index in group:
            kept = tuple(m for i, m in enumerate(reading.mentions) if i == index or i not in group)
            alone = replace(reading, mentions=kept)
            found = [f for f in find(alone, self.base, hints)[:3] if self.accepts(f, alone, hints)]
            if not found or found[0].content < content:
                return None
            found = _newest(found)
            if found[0].fact not in facts:
                facts.append(found[0].fact)
        return self._part("facts", reading, tuple(facts), ())

    def _stated(self, best: Finding, reading: Reading, hints: Hints) -> bool:
        """Whether a fact states what could also be calculated."""
        if reading.intents & {"difference", "ratio"}:
            return False
        return best.content >= 0.8 and len(self._named(reading)) >= 2 and self.accepts(best, reading, hints)

    def _alternatives(self, reading: Reading, hints: Hints) -> Part | None:
        """到底是3款还是200多款: a fact for each of the figures, if each has one."""
        if "conflict" not in reading.intents or len(reading.quantities) < 2:
            return None
        facts: list[FactRow] = []
        for quantity in reading.quantities:
            alone = replace(reading, quantities=(quantity,))
            for finding in find(alone, self.base, hints)[:30]:
                same = any(q.value == quantity.value for q in finding.fact.quantities)
                if same and finding.support >= 1.2 and not all(i in finding.unnamed for i in range(len(alone.mentions))):
                    facts.append(finding.fact)
                    break
        facts = list(dict.fromkeys(facts))
        return self._part("conflict", reading, tuple(facts), ()) if len(facts) >= 2 else None

    def _others(self, fact: FactRow, chosen: list[FactRow], reading: Reading) -> list[FactRow]:
        """Other figures for the same subject and measure (or its family), newest first."""
        relation = self.base.relations[fact.relation]
        if relation.value not in ("number", "amount", "share", "rank") or not fact.quantities:
            return []
        if reading.periods and "conflict" not in reading.intents:
            return []
        found = []
        seen = {(f.value, f.as_of) for f in chosen}
        for number in self.base.facts_of(fact.subject):
            other = self.base.fact(number)
            family = self.base.relations[other.relation].family
            same = other.relation == fact.relation and not relation.family == "" or (family and family == relation.family)
            if other.subject != fact.subject or not same or not other.quantities or other in chosen:
                continue
            if (other.value, other.as_of) not in seen and _alike_measure(fact, other):
                seen.add((other.value, other.as_of))
                found.append(other)
        found.sort(key=lambda f: f.as_of, reverse=True)
        return found[:6]

    def _options(self, reading: Reading, findings: list[Finding]) -> tuple[Option, ...]:
        """Several subjects that explain a question naming none equally well."""
        if self._named(reading) or not findings:
            return ()
        best = findings[0]
        if best.coverage < 0.5 or best.content < 0.75 or not best.fits or not best.dated:
            return ()
        seen: dict[int, FactRow] = {}
        for finding in findings[:20]:
            if finding.score < best.score - self.limits.tie or not finding.fits or not finding.dated:
                continue
            if finding.fact.relation == best.fact.relation:
                seen.setdefault(finding.fact.subject, finding.fact)
        if len(seen) < 2:
            return ()
        return tuple(Option(e, f) for e, f in list(seen.items())[:6])

    def _verify(self, reading: Reading, findings: list[Finding], hints: Hints) -> Part | None:
        """Yes, no with the right fact, or what the base says; None if it says nothing to it."""
        best = None
        given = reading.quantities

        def order(finding: Finding) -> float:
            figures = finding.fact.quantities
            same = sum(any(q.value == g.value and q.is_share == g.is_share for q in figures) for g in given)
            sort = sum(any(q.is_share == g.is_share and (q.unit == g.unit or not g.unit) for q in figures) for g in given)
            first = bool(reading.mentions) and 0 not in finding.unnamed
            return finding.score + (0.0 if finding.dated else 2.6) + 4.0 * same + 1.5 * sort + 2.5 * first

        for finding in sorted(findings[:20], key=order, reverse=True)[:8]:
            if self._speaks_to(finding, reading, hints):
                best = finding
                break
        if best is None or (best.unnamed and len(best.unnamed) < len(reading.mentions)):
            both = self._each(reading, hints, content=self.limits.content)
            if both or best is None:
                return replace(both, kind="verify") if both else None
        fact = best.fact
        numbers = [any(q.value == g.value and q.is_share == g.is_share for q in fact.quantities) for g in given]
        whole = best.coverage >= 0.9 and not best.unnamed and best.dated and all(numbers)
        wrong = bool(best.unnamed) or not best.dated or (bool(numbers) and not all(numbers))
        negated = "negation" in reading.intents
        verdict = "" if negated else "yes" if whole else "no" if wrong and best.coverage >= 0.4 else ""
        others = self._others(fact, [fact], reading) if not wrong else []
        part = self._part("verify", reading, (fact,), tuple(others))
        absent = self._absent(best, reading)
        if absent:
            return replace(part, verdict="absent", absent=absent)
        return replace(part, verdict=verdict)

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
        if finding.unnamed and said < 1.0 and not any(
            idf(self.base.entity(m.entities[0]).facts, self.base.fact_count) > 0.45 for m in named
        ):
            return False
        return finding.coverage >= 0.3

    # --- cards, context, merging --------------------------------------------------------------------------------

    def _is_card(self, reading: Reading) -> bool:
        """A bare name, or 'X是什么' with nothing else."""
        named = self._named(reading) or [m.entities[0] for m in reading.mentions]
        if len(set(named)) != 1 or reading.quantities or reading.periods:
            return False
        if any(c.terms or not c.light for c in reading.clues):
            return False
        return not reading.asks - {"definition", "how", "person", "which"} and "verify" not in reading.intents

    def _card(self, reading: Reading) -> Part | None:
        """The facts that say what an entity is."""
        e = (self._named(reading) or [m.entities[0] for m in reading.mentions])[0]
        order = {r: n for n, r in enumerate(self.base.card)}
        facts = [self.base.fact(f) for f in self.base.facts_of(e)]
        facts = [f for f in facts if e in (f.subject, *f.objects)] or facts
        if not facts:
            return None
        facts.sort(key=lambda f: (f.subject != e, order.get(self.base.relations[f.relation].id, 99), f.f))
        chosen: list[FactRow] = []
        for fact in facts:
            if all(f.relation != fact.relation or f.value != fact.value for f in chosen):
                chosen.append(fact)
        return self._part("card", reading, tuple(chosen[:4]), ())

    def _part(self, kind: str, reading: Reading, facts: tuple[FactRow, ...], others: tuple[FactRow, ...]) -> Part:
        shown = {f.f for f in (*facts, *others)}
        notes = [f.note for f in facts if f.note[0]]
        for numbers, zh, en in self.base.disagreements():
            if {f.f for f in facts} & numbers and (len(shown & numbers) >= 1):
                notes.append((zh, en))
        return Part(
            kind,
            facts,
            others,
            notes=tuple(dict.fromkeys(notes))[:2],
            understood=tuple((m.text, m.entities[0]) for m in reading.mentions if m.how != "exact"),
            asks=reading.asks,
            named=frozenset(e for m in reading.mentions for e in m.entities),
        )

    def _context(self, reading: Reading, facts: tuple[FactRow, ...], rest: tuple[int, ...], old: Context) -> Context:
        named = self._topics(reading)
        answered: list[int] = []
        ends = [e for f in facts for e in (f.subject, *f.objects) if e not in named and not self.base.entity(e).generic]
        for fact in facts:
            for e in (fact.subject, *fact.objects, *sorted(fact.entities)):
                if e not in answered and e not in named and not self.base.entity(e).generic:
                    answered.append(e)
        if not named and not facts:
            return old
        return Context(
            text=reading.text,
            spans=tuple((m.start, m.end, m.entities[0]) for m in reading.mentions),
            named=tuple(named) or old.named,
            answered=tuple(answered[:24]),
            primary=(*named[-1:], *ends[:2]) if named else tuple((ends or answered)[:3]),
            facts=tuple(f.f for f in facts),
            rest=rest,
        )

    def _answered(self, reading: Reading, parts: tuple[Part, ...], rest: tuple[int, ...], old: Context) -> Outcome:
        facts = tuple(f for p in parts for f in p.facts)
        return Outcome("answered", reading, parts, context=self._context(reading, facts, rest, old))

    def _merge(self, outcomes: list[Outcome], segments: list[Segment]) -> Outcome:
        """One outcome for a message of several questions: answered if any of them is."""
        if len(outcomes) == 1:
            return outcomes[0]
        answered = [o for o in outcomes if o.status == "answered"]
        if not answered:
            return next((o for o in outcomes if o.status == "ambiguous"), outcomes[0])
        parts: list[Part] = []
        seen: set[int] = set()
        for outcome in answered:
            for part in outcome.parts:
                if part.kind in ("facts", "card", "verify") and all(f.f in seen for f in part.facts):
                    continue
                seen.update(f.f for f in part.facts)
                parts.append(part)
        open_ = tuple(s.text for s, o in zip(segments, outcomes, strict=True) if o.status in ("unknown", "ambiguous"))
        return replace(answered[-1], parts=tuple(parts), unanswered=open_, context=outcomes[-1].context)


def _pieces(key: str, table: dict[str, str]) -> str:
    """The first of the small talk words that a message is wholly made of (谢谢啦你真棒), or ''."""
    reached: dict[int, str] = {0: ""}
    for end in range(1, len(key) + 1):
        for start in range(max(0, end - 12), end):
            if start in reached and key[start:end] in table and end - start > 1:
                reached[end] = reached[start] or key[start:end]
                break
    return reached.get(len(key), "")


def _answers(outcome: Outcome, reading: Reading) -> float:
    """Share of a question's clues, light ones too, that the first fact of an outcome explains."""
    total = sum(c.weight for c in reading.clues)
    if not total or not outcome.parts or not outcome.parts[0].facts:
        return 0.0
    terms = outcome.parts[0].facts[0].terms
    return sum(c.weight * explained(c, terms) for c in reading.clues) / total


def _weight(reading: Reading, above: float) -> bool:
    """Whether clues other than light ones weigh more than `above` together."""
    return sum(c.weight for c in reading.clues if not c.light) > above


def _bare(reading: Reading) -> bool:
    return not reading.mentions and not _weight(reading, 0.3)


def _newest(findings: list[Finding]) -> list[Finding]:
    """Of equally good figures for one thing the newest first."""
    best = findings[0]
    same = [
        f
        for f in findings[:8]
        if f.score > best.score - 0.3
        and (f.fact.subject, f.fact.relation) == (best.fact.subject, best.fact.relation)
        and f.fact.quantities
        and f.fact.as_of
    ]
    if best not in same or len(same) < 2:
        return findings
    newest = max(same, key=lambda f: f.fact.as_of)
    return [newest, *(f for f in findings if f is not newest)]


def _lead(findings: list[Finding]) -> float:
    """Log of the first finding's share of all, those on the same subject and its equals counted with it."""
    best = findings[0]
    total = near = 0.0
    for finding in findings:
        weight = exp(finding.score - best.score)
        total += weight
        if finding.fact.subject == best.fact.subject or finding.score > best.score - 0.3:
            near += weight
    return log(near / total)


def _related(findings: list[Finding]) -> tuple[FactRow, ...]:
    """The nearest facts, for those who want to read on: never given as the answer."""
    return tuple(f.fact for f in findings[:3] if f.coverage >= 0.3)


def _alike_measure(a: FactRow, b: FactRow) -> bool:
    """Figures of one sort: shares with shares, numbers with numbers."""
    return a.quantities[0].is_share == b.quantities[0].is_share
