"""What is said before a question that does not say of what it asks (新增岗位，甲排第几): it has to be told of."""

from __future__ import annotations

from knowledge.asking.alone import Answerer
from knowledge.asking.follow import NOTHING
from knowledge.asking.reply import reply, unknown
from knowledge.deciding.apiece import longest_row
from knowledge.finding.judge import explained, judge
from knowledge.finding.outcome import Context, Outcome, noted
from knowledge.finding.probe import NO_HINTS, Probe
from knowledge.reading.asked import NUMERIC
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.patterns import pattern
from knowledge.text.segments import Segment

LITTLE = 0.3
"""Weight of the words up to which a question says no more than whom or what it is about."""
_FIGURES = NUMERIC | {"rank"}
_OF_ANYTHING = frozenset({"rank", "share"})
_UNTIL = "在到截至于"
"""What stands before a mere time."""
_HALF = 0.5
"""Share of a word of which a statement has no more by chance."""
_SEVERAL = 2
_WITHIN = pattern("[\u3400-\u9fff]{0,4}?(?:里面?|当?中|之中|上)")
"""What of the last name is spoken of (在十大城市里)."""


def says_little(reading: Reading) -> bool:
    """Whether a figure is asked for, and the question does not say of what."""
    if reading.asks.isdisjoint(_FIGURES) or reading.kinds:
        return False
    says = any(w.has("r") for w in reading.words) or any(c.measure for c in reading.clues)
    if says and reading.asks.isdisjoint(_OF_ANYTHING):
        return False  # 融了多少 says of what
    return not reading.weighty(LITTLE)


def untold(facts: tuple[FactRow, ...], full: Reading) -> bool:
    """Whether some facts say nothing of the weightiest word of a sentence."""
    heavy = max((c for c in full.clues if not c.light), key=lambda c: c.weight, default=None)
    return heavy is not None and all(explained(heavy, f.terms) <= _HALF for f in facts)


def of_no_such_time(outcome: Outcome, full: Reading, base: Base) -> bool:
    """Whether a figure is asked for at a time with which alone a sentence begins, and what is told is not of that time.

    2021年7月，全国有多少个: not how many there were two years later, nor how many are named.
    """
    period = full.periods[0] if full.periods and full.asks & NUMERIC else None
    if period is None or full.text[: period.start].strip(_UNTIL) or full.text[period.end : period.end + 1] != ",":
        return False  # the year of a document tells which that is
    if any(p.kind == "members" for p in outcome.parts):
        return True
    told = judge([f for p in outcome.parts for f in p.facts], Probe(full, base, NO_HINTS))
    return not any(f.dated for f in told)


def told_best(outcome: Outcome, full: Reading, answerer: Answerer, context: Context) -> Outcome:
    """The outcome for a last clause without figures that say less of its sentence than another one of them.

    新增岗位，甲排第几: where it comes by something else does not stand beside that.
    """
    part = outcome.parts[0] if len(outcome.parts) == 1 else None
    if part is None or part.kind != "facts" or len(part.facts) < _SEVERAL or full.asks.isdisjoint(_FIGURES):
        return outcome
    heavy = [c for c in full.clues if not c.light]
    figures = [f for f in part.facts if f.measured] or list(part.facts)  # what has none outdoes none
    said = [sum(c.weight * explained(c, f.terms) for c in heavy) for f in figures]
    kept = tuple(f for f, weight in zip(figures, said, strict=True) if weight >= max(said) - LITTLE)
    if len(kept) == len(part.facts):
        return outcome
    notes = noted(answerer.base, "facts", outcome.reading, kept, part.others).notes
    left = part._replace(facts=kept, notes=notes)
    return reply(answerer.readings, outcome.reading, (left,), (), context)


def of_topic(outcome: Outcome, before: Reading, answerer: Answerer, context: Context) -> Outcome:
    """The outcome of a question that does not say of what it asks a figure, asked of the topic named just before it.

    天天念叨算力券。甲一年发多少: what else 甲 gives is no answer.
    """
    base, reading = answerer.base, outcome.reading
    topics = [m for m in before.mentions if base.entity(m.entities[0]).generic]
    if outcome.status != "answered" or not topics or not says_little(reading):
        return outcome
    if any(base.entity(m.entities[0]).generic for m in reading.mentions):
        return outcome
    if any(not f.within.isdisjoint(topics[-1].entities) for f in outcome.leading):
        return outcome
    again = answerer.fresh(answerer.readings.read(f"{topics[-1].text},{reading.text}"), NOTHING, context)
    told = again.status == "answered" and all(not f.within.isdisjoint(topics[-1].entities) for f in again.leading)
    return again if told else unknown(reading, context)


def of_row(full: Reading, last: Reading, answerer: Answerer, context: Context) -> Outcome | None:
    """The outcome of what a last clause asks of each of the names that its sentence begins with, if all have one.

    甲和乙都出身丙，各自创办了什么: what is said of both besides is not asked.
    """
    row = longest_row(full) if "each" in last.intents and not last.mentions else []
    if len(row) < _SEVERAL or full.mentions[row[0]].start:
        return None
    names = full.text[: full.mentions[row[-1]].end]
    outcome = answerer.fresh(answerer.readings.read(names + last.text), NOTHING, context)
    return outcome if outcome.status == "answered" and not outcome.unanswered else None


def under_lead(first: Outcome, lead: str, segment: Segment, outcome: Outcome, answerer: Answerer) -> Outcome | None:
    """The outcome of a later question that does not say of what it asks a figure, of what its sentence begins with.

    新增岗位，甲排第几、占比多少: the share is that of the 新增岗位 too. None if it says of what
    itself, or the `outcome` is of that.
    """
    reading = answerer.readings.read(segment.text)
    if not lead or segment.lead or answerer.readings.named(reading) or not says_little(reading):
        return None
    topic = f"{lead},{topic_of(first.reading, whole=False)}"
    about = answerer.readings.read(topic)
    if not about.weighty(LITTLE):
        return None
    again = answerer.fresh(answerer.readings.read(f"{topic}{segment.text}"), NOTHING, first.context)
    if again.status == "answered" and not untold(again.leading, about):
        return again
    strays = outcome.status == "answered" and not outcome.parts[0].worked and untold(outcome.leading, about)
    return unknown(reading, first.context) if strays else None


def topic_of(reading: Reading, *, whole: bool) -> str:
    """What a question is about: all as far as the last name before what asks, or the `whole` as far as that."""
    word = next((w for w in reading.words if w.has("q")), None)
    before = [m for m in reading.mentions if word and m.end <= word.start]
    if word is None or not before or reading.text.isascii():
        return ""
    end = word.start if whole else before[-1].end
    if not whole and (within := _WITHIN.match(reading.text, end, word.start)):
        end = within.end()
    for other in reversed(reading.words):
        if whole and other.end == end and "f" in other.tags:
            end = other.start  # 甲的企业[有]多少家
    return reading.text[:end]


def names_more(one: Outcome, other: Outcome, full: Reading) -> bool:
    """Whether the first fact of an outcome speaks of all that the other's does of what is named, and of more.

    甲市的券，一年最多多少钱 is of the voucher, whatever else is paid there.
    """
    first, second = (frozenset().union(*[f.within for f in o.leading[:1]]) & full.entities for o in (one, other))
    return first > second
