"""An outcome as a conversation goes on with it: what was answered, or not, and what is remembered of it."""

from __future__ import annotations

from knowledge.finding.finding import Finding
from knowledge.finding.measure import EVERYWHERE
from knowledge.finding.outcome import Context, Outcome, Part
from knowledge.reading.reading import Reading
from knowledge.reading.readings import Readings
from knowledge.reckoning.otherwise import counted_otherwise
from knowledge.store.base import Base, FactRow
from knowledge.text.segments import Segment

ECHOED = 30
"""Characters of an unknown word that are repeated to the user."""
_PAST = 3
"""Answers with a figure that are remembered beside the last."""


def reply(
    readings: Readings,
    reading: Reading,
    parts: tuple[Part, ...],
    rest: tuple[int, ...],
    old: Context,
    silent: tuple[int, ...] = (),
) -> Outcome:
    """The outcome that gives these parts; nothing is known of the entities in `silent`."""
    parts = tuple(counted_otherwise(p, reading, readings.base) for p in parts)
    facts = tuple(f for p in parts for f in p.facts)
    open_ = tuple(readings.base.entity(e).zh for e in silent)
    context = remembered(readings, reading, facts, rest, old)
    return Outcome("answered", reading, parts, unanswered=open_, context=context)


def merged(outcomes: list[Outcome], segments: list[Segment]) -> Outcome:
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
            if part.kind in ("facts", "card", "verify", "conflict"):
                new = tuple(f for f in part.facts if f.f not in seen)
            if not new:
                continue
            seen.update(f.f for f in new)
            parts.append(part._replace(facts=new))
    open_ = tuple(
        shortened(s.text, 3 * ECHOED)
        for s, o in zip(segments, outcomes, strict=True)
        if o.status in ("unknown", "ambiguous")
    )
    context, leading = outcomes[-1].context, [o.parts[0].facts[:1] for o in answered[:-1] if o.parts]
    led = (f.f for facts in leading for f in facts if f.measured and f.f not in context.facts)
    context = context._replace(past=tuple(dict.fromkeys((*context.past, *led)))[-_PAST:])
    return answered[-1]._replace(parts=tuple(parts), unanswered=open_, context=context)


def without_yes(outcome: Outcome) -> Outcome:
    """The outcome with what a statement says in place of a yes."""
    parts = (p._replace(verdict="") if p.verdict == "yes" else p for p in outcome.parts)
    return outcome._replace(parts=tuple(parts))


def unknown(reading: Reading, context: Context, findings: list[Finding] | None = None) -> Outcome:
    """The outcome of a question that has no answer, with the facts nearest to it."""
    return Outcome("unknown", reading, related=related(findings or []), context=context)


def shortened(text: str, most: int) -> str:
    """The text, cut after `most` characters: what a user typed is echoed, not a page of it."""
    return text if len(text) <= most else f"{text[:most]}…"


def related(findings: list[Finding]) -> tuple[FactRow, ...]:
    """The nearest facts, for those who want to read on: never given as the answer."""
    return tuple(f.fact for f in findings[:3] if f.coverage >= 0.3)


def remembered(
    readings: Readings, reading: Reading, facts: tuple[FactRow, ...], rest: tuple[int, ...], old: Context
) -> Context:
    """What is remembered of a question and of the facts that answered it, beside what was before."""
    named = readings.topics(reading)
    if not named and not facts:
        return old
    passed = readings.base.generic.union(named)
    told = [e for f in facts for e in (f.subject, *f.objects, *sorted(f.entities))]
    answered = [e for e in dict.fromkeys(told) if e not in passed]
    ends = [e for f in facts for e in (f.subject, *f.objects) if e not in passed and e not in old.named]
    return Context(
        text=reading.text,
        spans=tuple((m.start, m.end, m.entities[0]) for m in reading.mentions),
        named=tuple(named) or old.named,
        answered=tuple(answered[:24]),
        primary=(*named[-1:], *_themes(reading, readings.base), *dict.fromkeys(ends[:4]))
        if named
        else tuple((ends or answered)[:3]),
        facts=tuple(f.f for f in facts),
        past=_past(old, readings.base),
        rest=rest,
    )


def _past(old: Context, base: Base) -> tuple[int, ...]:
    """The facts with a figure that led the answers so far."""
    led = tuple(f for f in old.facts[:1] if base.fact(f).measured)
    return (*old.past, *led)[-_PAST:] if led else old.past


def _themes(reading: Reading, base: Base) -> list[int]:
    """Topics of a question that tell facts apart (算力券, but not 大模型)."""
    most = base.fact_count * EVERYWHERE
    topics = (base.entity(m.entities[0]) for m in reading.mentions)
    return [t.e for t in topics if t.generic and t.facts <= most]
