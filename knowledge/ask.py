"""Answer a message: split it, read each question, find, decide. The one way through (DESIGN §2)."""

from __future__ import annotations

from dataclasses import replace

from knowledge.anaphora import resolved
from knowledge.base import Base, FactRow
from knowledge.certainty import EVERYWHERE
from knowledge.dates import find_periods
from knowledge.find import find
from knowledge.finding import Finding
from knowledge.judge import explained, judge
from knowledge.outcome import NO_CONTEXT, Context, Outcome, Part
from knowledge.patterns import A_HAN, pattern
from knowledge.pinyin import looks_like_pinyin, to_han
from knowledge.plain.ask import PlainAsker
from knowledge.probe import NO_HINTS, Hints, prepare
from knowledge.reading import Reading, read
from knowledge.segments import Segment, split
from knowledge.several import singly
from knowledge.smalltalk import smalltalk
from knowledge.verify import Verifier
from knowledge.weigh import calculate, difference, figure_of, ranking, superlative

LONGEST = 4000
"""Characters of a message that are read; of a longer one the end, where people put the question."""
_ORDINAL = pattern(
    r"^(?:那)?第([一二两三四五六七八九十\d]+)(?:(?:个|款|家|项|条|位)(?:呢|是什么|是谁|\?|？)*|呢|\?|？)$"
)
_NUMBERS = {c: i for i, c in enumerate("〇一二三四五六七八九十")} | {"两": 2}
_STILL = ("还有", "还有哪些", "之外", "以外", "外", "还", "what", "which", "还有什么", "还有谁")
_SLIP = pattern("(是|在|来自|属于)那(?=[个家座款年位些里])")
_SHORT = 12
"""Characters of a question that may lean on the one before without saying so."""
_BACKGROUND = 600
"""Characters read of what was said before a question."""
_NOTHING = Reading("")
_BETTER = 0.05
"""How much more of a sentence its last clause has to answer by itself."""
_MEMBERS = frozenset({"list", "name", "person", "which"})
_LEAST = 2
"""Things that make a list."""
_ECHOED = 30
"""Characters of an unknown word that are repeated to the user."""


def folded(message: str, base: Base) -> str:
    """As much of a message as is read, folded."""
    return base.tables.fold(message[-LONGEST * 2 :])[-LONGEST:]


def spelt_out(text: str, base: Base) -> str:
    """A folded text; in characters if it is pinyin, and with 那 for 哪 mended where nothing else asks."""
    if not A_HAN.search(text):
        return to_han(text, base) if looks_like_pinyin(text, base) else text
    return text if "那" not in text or base.lexicon.asking.search(text) else _SLIP.sub(r"\1哪", text)


class Asker(Verifier):
    """Answers messages from one base. Holds no conversation itself: contexts go in and out."""

    def __init__(self, base: Base) -> None:
        super().__init__(base)
        self.plain = PlainAsker(base.plain) if base.plain else None

    def ask(self, message: str, context: Context = NO_CONTEXT) -> Outcome:
        """Answer one message of a conversation."""
        text = folded(message, self.base)
        if self.plain and not self.base.fact_count:
            return self._bulk(self.plain, text, context, message)
        if small := _no_question(text, context, self.base):
            return small
        outcome = self._curated(text, context)
        if self.plain and outcome.status == "unknown":
            bulk = self.plain.ask(text, context, message)
            return bulk if bulk.status != "unknown" else outcome
        return outcome

    def _bulk(self, plain: PlainAsker, text: str, context: Context, message: str) -> Outcome:
        """Answer from triples; whether it was small talk is asked only where they have no answer."""
        outcome = plain.ask(text, context, message)
        if outcome.status == "answered" and outcome.parts[0].kind in {"values", "verify"}:
            return outcome
        return _no_question(text, context, self.base) or outcome

    def hear(self, message: str, context: Context, *, asked: bool = False) -> Context:
        """The context after a turn that is not to be answered, for bases of triples; `asked` if it is a question."""
        return self.plain.hear(folded(message, self.base), context, asked=asked) if self.plain else context

    def _curated(self, text: str, context: Context) -> Outcome:
        """Answer a folded message from the facts that people wrote."""
        text = spelt_out(text, self.base)
        segments = list(map(self._whole, split(text, self.base.lexicon))) or [Segment(text)]
        outcomes: list[Outcome] = []
        for segment in segments:
            if outcomes and outcomes[-1].status == "unknown" and not self._stands_alone(segment):
                outcomes.append(replace(outcomes[-1], related=()))
                continue
            outcome = self._segment(segment, context)
            outcomes.append(outcome)
            context = outcome.context
        return self._merge(outcomes, segments)

    def _whole(self, segment: Segment) -> Segment:
        """The segment with what was said after it, unless that is chatter (我直接懵了)."""
        if not segment.tail:
            return segment
        reading = read(segment.tail, self.base)
        told = reading.mentions or reading.periods or reading.quantities
        if not told and not any(len(c.text) > 1 and c.text not in reading.unknown for c in reading.clues):
            return segment
        return segment._replace(text=f"{segment.text},{segment.tail}")

    def _stands_alone(self, segment: Segment) -> bool:
        """Whether a later question of a message names what it is about."""
        reading = read(segment.text, self.base)
        return bool(self.named(reading)) or weighty(reading, 1.5 if reading.mentions else 2.5)

    def _segment(self, segment: Segment, context: Context) -> Outcome:
        text = resolved(self._picked(segment.text, context), context, self.base)
        if not segment.lead:
            return self._alone(text, segment, context)
        full = read(f"{segment.lead},{text}", self.base)
        whole = self._fresh(full, _NOTHING, context)
        said = _answers(whole, full) + _BETTER
        if whole.status == "answered" and said >= 1.0:
            return whole  # the last clause by itself can't be answered any better
        alone = self._alone(text, segment, context)
        if whole.status != "answered" and alone.status == "answered" and self._strays(alone, full):
            return whole
        if whole.status != "answered" or alone.status != "answered":
            return whole if whole.status == "answered" else alone
        return alone if _answers(alone, full) > said else whole

    def _strays(self, outcome: Outcome, full: Reading) -> bool:
        """Whether an answer to the last clause says too little of the whole sentence."""
        probe = prepare(full, self.base, NO_HINTS)
        return all(judge(f, probe).coverage < self.limits.clause for p in outcome.parts[:1] for f in p.facts)

    def _alone(self, text: str, segment: Segment, context: Context) -> Outcome:
        """Answer a question with what was said before as mere background."""
        reading, before = read(text, self.base), self._background(segment)
        if context.text or context.facts:
            outcome = self._follow(reading, before, context)
            if outcome:
                return outcome
        outcome = self._fresh(reading, before, context)
        if outcome.status == "unknown" and (rest := self._past_chatter(reading)):
            outcome = self._fresh(read(rest, self.base), before, context)
        if (
            outcome.status == "unknown"
            and context.text
            and len(reading.text) <= _SHORT
            and len(self.named(reading)) == 1
            and not weighty(reading, 0.9)  # 上海的房价 asks for something else, whatever was said before
            and (reading.asks or not reading.clues)
        ):
            swapped = self._swap(reading, context, force=True)
            again = self._fresh(read(swapped, self.base), _NOTHING, context) if swapped else outcome
            return again if again.status == "answered" else outcome
        return outcome

    def _past_chatter(self, reading: Reading) -> str:
        """The question from its first name on, where it is told before it who asked or said so; else ''."""
        first = next((m for m in reading.mentions if not self.base.entity(m.entities[0]).generic), None)
        told = first and any("i:chatter" in w.tags and w.end <= first.start for w in reading.words)
        return reading.text[first.start :] if first and told else ""

    def _picked(self, text: str, context: Context) -> str:
        """第二个 names the second thing offered or listed before."""
        match = _ORDINAL.match(text.strip())
        choices = context.options or context.answered
        if match and choices:
            number = int(match[1]) if match[1].isdigit() else _NUMBERS.get(match[1], 0)
            if 1 <= number <= len(choices):
                return self.base.tables.fold(self.base.entity(choices[number - 1]).zh)
        return text

    def _follow(self, reading: Reading, before: Reading, context: Context) -> Outcome | None:
        """Answer a question that leans on the one before, or None if it stands alone."""
        if "source" in reading.intents and not self.named(reading) and context.facts and not weighty(reading, 1.0):
            facts = tuple(self.base.fact(f) for f in context.facts)
            return Outcome("answered", reading, (Part("source", facts),), context=context)
        if "more" in reading.intents and not self.named(reading) and not weighty(reading, 1.0):
            if context.rest:
                facts = tuple(self.base.fact(f) for f in context.rest[:5])
                kept = replace(context, facts=context.rest[:5], rest=context.rest[5:])
                return Outcome("answered", reading, (Part("facts", facts),), context=kept)
            return Outcome("unknown", reading, smalltalk="nomore", context=context)
        if "conflict" in reading.intents and bare(reading) and context.facts:
            last = self.base.fact(context.facts[0])
            part = self.part("conflict", reading, (last,), tuple(self.others(last, [last], reading)))
            return Outcome("answered", reading, (part,), context=context)
        swapped = self._swap(reading, context)
        if swapped:
            again = read(swapped, self.base)
            outcome = self._fresh(again, _NOTHING, context)
            seen = [e for e in self.named(again) if e not in context.named]
            named = (*context.named, *seen)[-8:]
            return replace(outcome, context=replace(outcome.context, named=named))
        if self.named(reading):
            return None
        weighing = reading.intents & {"most", "least", "difference"}
        counted = self._weigh_last(reading, context) if weighing else self._members(reading, context)
        if counted:
            return self._answered(reading, (counted,), (), context)
        known = frozenset((*context.named[-3:], *context.answered[:6], *context.primary))
        primary = frozenset(context.primary)
        clues = before.clues
        if context.text:
            clues = (*clues, *read(context.text, self.base).clues)
        hints = Hints(entities=known, primary=primary, clues=clues, periods=before.periods)
        findings = [f for f in find(reading, self.base, hints) if f.fact.entities & known]
        decided, rest = self.decide(reading, findings, hints)
        if decided:
            return self._answered(reading, (decided,), rest, context)
        if bare(reading) or ("refers" in reading.intents and context.facts):
            return Outcome("unknown", reading, related=related(findings), context=context)
        return None

    def _swap(self, reading: Reading, context: Context, *, force: bool = False) -> str:
        """'那上海呢', '那2023年呢': the last question with one entity or date exchanged, or ''.

        With `force` also for what does not look like a follow-up (广东占了几个).
        """
        named = self.named(reading)
        if not context.text or len(reading.mentions) > 2:
            return ""
        short = reading.text.rstrip("?？").endswith("呢") or "followup" in reading.intents
        if not force and (not short or weighty(reading, 0.9) or reading.asks - {"how"}):
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
            return f"{mention.text}{' ' if mention.text[-1].isascii() else ''}{context.text}"
        start, end, _ = same[-1]
        return context.text[:start] + mention.text + context.text[end:]

    def _members(self, reading: Reading, context: Context) -> Part | None:
        """都是哪几家, 分别叫什么 after a number of things: the list of them in the passage that counts them."""
        if not context.facts or not bare(reading) or reading.asks.isdisjoint(_MEMBERS):
            return None
        last = self.base.fact(context.facts[0])
        if not last.measured or last.quantities[0].is_share or last.quantities[0].value < _LEAST:
            return None
        if "number" not in read(context.text, self.base).asks:
            return None
        facts = {f for e in context.primary for f in self.base.facts_of(e)}
        lists = [f for f in map(self.base.fact, sorted(facts)) if f.listed >= _LEAST and not f.measured]
        lists = [f for f in lists if not set(f.citations).isdisjoint(last.citations)]
        near = [f for f in lists if abs(f.listed - last.quantities[0].value) <= 1]
        best = max(near, key=lambda f: len(f.entities), default=None)
        return self.part("facts", reading, (best,), ()) if best else None

    def _weigh_last(self, reading: Reading, context: Context) -> Part | None:
        """谁最多, and 高多少, over the entities of the last questions."""
        if not context.facts or len(context.named) < 2:
            return None
        last = self.base.fact(context.facts[0])
        figures = []
        for e in context.named:
            options = [self.base.fact(f) for f in self.base.facts_of(e)]
            same = [f for f in options if _comparable(f, last) and e in (f.subject, f.place)]
            figures += [x for x in (figure_of(f, e) for f in same[:1]) if x]
        if "difference" in reading.intents:
            return difference(figures, reading) if len(figures) == 2 else None
        return ranking(figures, reading) if len(figures) >= 2 else None

    def _background(self, segment: Segment) -> Reading:
        """The sentences before the question, read."""
        return read(segment.background[-_BACKGROUND:], self.base) if segment.background else _NOTHING

    def _fresh(self, reading: Reading, before: Reading, context: Context) -> Outcome:
        """Answer a question that stands alone."""
        reading = self._without_excepted(reading)
        if self.is_card(reading):
            part = self.card(reading)
            if part:
                return self._answered(reading, (part,), (), context)
        cards = self.cards(reading)
        if cards:
            return self._answered(reading, (cards,), (), context)
        known = [] if self.named(reading) else self.named(before)
        hints = Hints(frozenset(known), frozenset(known[-1:]), before.clues, before.periods)
        findings = find(reading, self.base, hints)
        if "opinion" in reading.intents:
            return Outcome("unknown", reading, related=related(findings), smalltalk="opinion", context=context)
        combined = self.alternatives(reading, hints)
        if not combined and not self.named(reading):
            combined = superlative(self, reading, findings)
        if not combined and not (findings and self.stated(findings[0], reading, hints)):
            combined = calculate(self, reading, hints)
        if combined:
            return self._answered(reading, (combined,), (), context)
        part, rest = self.decide(reading, findings, hints)
        each = self.severally(reading, part, hints)
        if each:
            return self._answered(reading, (each,), (), context)
        if several := self._singly(reading, before, context):
            return several
        if part:
            return self._answered(reading, (part,), rest, context)
        options = self.options(reading, findings)
        if options:
            kept = Context(
                text=reading.text,
                options=tuple(o.entity for o in options),
                facts=tuple(o.fact.f for o in options if isinstance(o.fact, FactRow)),
            )
            return Outcome("ambiguous", reading, options=options, context=kept)
        missed = tuple(dict.fromkeys([*reading.unknown, *(c.text for f in findings[:1] for c in f.missing)]))
        kept = self._context(reading, (), (), context)
        return Outcome(
            "unknown",
            reading,
            related=related(findings),
            unknown=tuple(shortened(m, _ECHOED) for m in missed[:4]),
            context=kept,
        )

    def _singly(self, reading: Reading, before: Reading, context: Context) -> Outcome | None:
        """An answer of several facts where several attributes are asked for, unless a single fact gives them all."""
        texts = singly(reading) if "verify" not in reading.intents else []
        outcomes = [self._fresh(read(text, self.base), before, context) for text in texts]
        first = {o.parts[0].facts[0] for o in outcomes if o.status == "answered" and o.parts[0].facts}
        return self._merge(outcomes, [Segment(text) for text in texts]) if len(first) >= 2 else None

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

    def _context(self, reading: Reading, facts: tuple[FactRow, ...], rest: tuple[int, ...], old: Context) -> Context:
        named = self.topics(reading)
        answered: list[int] = []
        given = {*named, *old.named}
        ends = [e for f in facts for e in (f.subject, *f.objects) if e not in given and not self.base.entity(e).generic]
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
            primary=(*named[-1:], *self._themes(reading), *dict.fromkeys(ends[:4]))
            if named
            else tuple((ends or answered)[:3]),
            facts=tuple(f.f for f in facts),
            rest=rest,
        )

    def _themes(self, reading: Reading) -> list[int]:
        """Topics of a question that tell facts apart (算力券, but not 大模型)."""
        most = self.base.fact_count * EVERYWHERE
        topics = (self.base.entity(m.entities[0]) for m in reading.mentions)
        return [t.e for t in topics if t.generic and t.facts <= most]

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
                new = part.facts
                if part.kind in ("facts", "card", "verify"):
                    new = tuple(f for f in part.facts if f.f not in seen)
                if not new:
                    continue
                seen.update(f.f for f in new)
                parts.append(replace(part, facts=new))
        open_ = tuple(
            shortened(s.text, 3 * _ECHOED)
            for s, o in zip(segments, outcomes, strict=True)
            if o.status in ("unknown", "ambiguous")
        )
        return replace(answered[-1], parts=tuple(parts), unanswered=open_, context=outcomes[-1].context)


def _no_question(text: str, context: Context, base: Base) -> Outcome | None:
    """The outcome for small talk and for a message without a word."""
    small = smalltalk(text, base.lexicon)
    if small:
        return Outcome("smalltalk", Reading(text), smalltalk=small, context=context)
    if not any(c.isalnum() for c in text):
        return Outcome("unknown", Reading(text), smalltalk="empty", context=context)
    return None


def _answers(outcome: Outcome, reading: Reading) -> float:
    """Share of a question's clues, light ones too, that the first fact of an outcome explains."""
    total = sum(c.weight for c in reading.clues)
    if not total or not outcome.parts or not outcome.parts[0].facts:
        return 0.0
    terms = outcome.parts[0].facts[0].terms
    return sum(c.weight * explained(c, terms) for c in reading.clues) / total


def _comparable(a: FactRow, b: FactRow) -> bool:
    """Whether two facts give the same measure for the same time, counted by the same."""
    return (a.relation, a.as_of, a.by) == (b.relation, b.as_of, b.by)


def shortened(text: str, most: int) -> str:
    """The text, cut after `most` characters: what a user typed is echoed, not a page of it."""
    return text if len(text) <= most else f"{text[:most]}…"


def weighty(reading: Reading, above: float) -> bool:
    """Whether clues other than light ones weigh more than `above` together."""
    return sum(c.weight for c in reading.clues if not c.light) > above


def bare(reading: Reading) -> bool:
    """Whether nothing but function words is left of a question."""
    return not reading.mentions and not weighty(reading, 0.3)


def related(findings: list[Finding]) -> tuple[FactRow, ...]:
    """The nearest facts, for those who want to read on: never given as the answer."""
    return tuple(f.fact for f in findings[:3] if f.coverage >= 0.3)
