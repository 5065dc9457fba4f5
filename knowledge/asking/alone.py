"""Answer one question that stands alone: a card, a calculation, facts, options, or nothing."""

from __future__ import annotations

from decimal import Decimal

from knowledge.asking.accounts import accounts
from knowledge.asking.cards import card, cards, is_card
from knowledge.asking.enumeration import Wanted, tells, told_beside, wanted
from knowledge.asking.further import no_more_known
from knowledge.asking.placing import by_tally, told_by_tally
from knowledge.asking.premise import as_put_forward, corrected_premise, orders
from knowledge.asking.reply import ECHOED, merged, related, remembered, reply, shortened, unknown, without_yes
from knowledge.asking.several import (
    claims_apart,
    of_one_owner,
    one_by_one,
    singly,
    two_deeds,
    without_between,
)
from knowledge.asking.single import but_one
from knowledge.asking.times import at_each_time
from knowledge.deciding.fulfilment import asks_outcome, tells_outcome
from knowledge.deciding.unnamed import unnamed
from knowledge.deciding.verify import Verifier
from knowledge.finding.aside import asks_beside
from knowledge.finding.find import find
from knowledge.finding.finding import Finding
from knowledge.finding.judge import gives_left_out
from knowledge.finding.outcome import NO_CONTEXT, Context, Outcome, Part
from knowledge.finding.probe import Hints
from knowledge.reading.asked import NUMERIC
from knowledge.reading.contest import two_sides, weighs
from knowledge.reading.reading import Reading
from knowledge.reading.readings import Readings, without_excepted
from knowledge.reading.roster import names_all
from knowledge.reckoning.band import banded
from knowledge.reckoning.best import best_of_kind, of_all
from knowledge.reckoning.bynames import bynames
from knowledge.reckoning.chronicle import happened
from knowledge.reckoning.gathering import gathered
from knowledge.reckoning.interval import interval, tells_first, which_first
from knowledge.reckoning.outdo import leads, outdoes
from knowledge.reckoning.reckoning import derived, leaves_out, reckoned, stating
from knowledge.reckoning.roll import by_verb, kinds_asked, lists_some, members, of_owner
from knowledge.reckoning.series import in_series
from knowledge.reckoning.succession import succession
from knowledge.reckoning.threshold import limit_asked, says_limit, selected, states
from knowledge.reckoning.timeline import by_date
from knowledge.reckoning.topmost import told_itself, top_asked, topmost
from knowledge.reckoning.weigh import calculate
from knowledge.store.base import FactRow
from knowledge.text.patterns import pattern
from knowledge.text.segments import Segment

_ALL = 0.99
"""Share of a noun that is asked for from which on a fact tells all of it."""
_MOSTLY = 0.5
"""Share of it that an answer to it has to tell."""
_DATE = frozenset({"date"})
_SMALL = 9
"""Figures up to this count what is asked for more often than they are told."""
_WHO = frozenset({"person", "which"})
_CHAMPION = "冠军"
_CAME_FIRST = pattern("第一(?:名|位)?(?![个次批届任部款家座条代大期章线所只支])")
"""That one was first, and not which one of a row it was."""
_UNANSWERED = frozenset({"opinion", "errand", "tocome"})
"""What no article can answer: what we think, what is to be done for somebody, what will be tomorrow."""


class Answerer:
    """Turns a reading into an outcome."""

    def __init__(self, readings: Readings) -> None:
        self.readings, self.base = readings, readings.base
        self.desk = Verifier(readings)
        self.bar, self.decider = self.desk.bar, self.desk.decider

    def by_itself(self, text: str) -> Outcome:
        """Answer a folded text as if nothing had been said before."""
        return self.fresh(self.readings.read(text), Reading(""), NO_CONTEXT)

    def fresh(self, reading: Reading, before: Reading, context: Context) -> Outcome:
        """Answer a question that stands alone."""
        whole, reading = reading, without_excepted(reading)
        if not reading.intents.isdisjoint(_UNANSWERED):
            why = "opinion" if "opinion" in reading.intents else ""
            return unknown(reading, context, find(reading, self.base))._replace(smalltalk=why)
        both = self._of_each(two_deeds(reading, self.base), before, context)
        part = card(self.desk, reading) if not both and is_card(self.bar, reading) else None
        if both or (part := part or cards(self.desk, reading) or bynames(reading, self.base)):
            return both or reply(self.readings, reading, (part,) if part else (), (), context)
        known = [] if self.readings.named(reading) else self.readings.named(before)
        hints = Hints(frozenset(known), frozenset(known[-1:]), before.clues, before.periods)
        findings = find(reading, self.base, hints)
        if nameless := unnamed(reading, findings, self.base):
            asked = remembered(self.readings, reading, (), (), context)  # 那乙的呢 asks for a name again
            return Outcome("unknown", reading, related=nameless, smalltalk="unnamed", context=asked)
        near, kept = findings, self._of_that_time(findings, reading)
        if kept is None:
            return unknown(reading, context, near)
        findings = kept
        if hints.entities and not reading.mentions and reading.asks.isdisjoint(NUMERIC):
            # it is about what was said before, whatever else fits
            findings = [f for f in findings if not f.fact.within.isdisjoint(hints.entities)] or findings
        if "verify" in reading.intents and reading.text.startswith("比"):
            return unknown(reading, context, findings)  # what is more is not said
        chosen = self._on_side(reading, findings, hints, context) or self._of_top(reading, findings, hints, context)
        told = chosen or self._told(reading, findings, hints, context) or self._at_times(reading, before, context)
        told = told or self._held(reading, findings, context) or self._as_champion(reading, before, context)
        told = told or self._dated(reading, findings, hints, context)
        if told := told or self._wrongly_first(reading, before, context):
            return told
        order, ordered = which_first(self.desk, reading, hints)
        if combined := order or self._worked(whole, reading, findings, hints):
            return reply(self.readings, reading, (combined,), (), context)
        near, left = findings, stating(self.base, whole, findings)
        left_out = len(left) < len(findings) and not any(self.bar.accepts(f, reading, hints) for f in left)
        findings = self.bar.pertinence.in_place(left, reading)
        if sides := two_sides(reading):
            findings = [f for f in findings if weighs(f.fact, sides, reading, self.base)]
        if left_out or (sides and not findings):
            return unknown(reading, context, near)
        outcome = self._stated(reading, findings, before, hints, context)
        outcome = (self._tallied(reading, before, context) if outcome.status != "answered" else None) or outcome
        if (ordered and not tells_first(reading, outcome.parts)) or no_more_known(reading, outcome.parts, context):
            return unknown(reading, context, findings)
        return outcome

    def _of_that_time(self, findings: list[Finding], reading: Reading) -> list[Finding] | None:
        """The findings that tell what came of something, was before or after, or is so now, where that is asked.

        None where the best tells only what was planned, and it is asked what came of it.
        """
        if reading.besides:
            findings = [f for f in findings if reading.besides.isdisjoint(f.fact.figures)]
        if reading.left_out:
            findings = [f for f in findings if not gives_left_out(f.fact, reading, self.base)]
        if findings and asks_outcome(reading):
            if not tells_outcome(findings[0], reading, self.base):
                return None
            exact = bool(reading.kinds) and "list" in reading.asks
            findings = [f for f in findings if tells_outcome(f, reading, self.base) and (f.fits >= 1.0 or not exact)]
        if reading.asks == _DATE and (given := _given(reading)):
            # 106个大模型是截至哪天的: the day of that figure
            findings = [f for f in findings if given.issubset(f.fact.figures)] or findings
        if beside := asks_beside(reading.text):
            findings = [f for f in findings if beside.search(self.base.statement(f.fact.f))]
        if "now" in reading.intents and findings and (once := findings[0]).fact.former:
            # what is so now is told by what says as much of the question as what was so once
            findings = [f for f in findings if not f.fact.former and f.content >= once.content]
        return findings

    def _on_side(self, reading: Reading, findings: list[Finding], hints: Hints, context: Context) -> Outcome | None:
        """What lies above or below a figure, where that is asked: by what says so, by all figures, or by one figure."""
        limit = limit_asked(reading)
        if limit is None:
            return None
        near = [f for f in findings if states(f.fact, limit)]
        if limit.sides == "=":  # 刚好有100个: of that very thing, and not 100 of another
            near = [f for f in near if not f.missing and not f.names.topics]
        near = near if near and self.bar.accepts(near[0], reading, hints) else []
        part = None if near and says_limit(near[0].fact, limit) else selected(self.bar, reading, limit, hints)
        part = part or self.desk.decide(reading, near, hints)[0]
        return reply(self.readings, reading, (part,), (), context) if part else unknown(reading, context, findings)

    def _of_top(self, reading: Reading, findings: list[Finding], hints: Hints, context: Context) -> Outcome | None:
        """The first so many of a kind, where that is asked: by a statement that tells of them, else by all figures."""
        top = top_asked(reading)
        if top is None or not self.base.whole.issuperset(self.readings.named(reading)):
            return None
        reading = of_all(reading, self.base)
        summed = "sum" in reading.intents
        telling = [] if summed else [f for f in findings if told_itself(top, reading, f.fact)]
        if telling and self.bar.accepts(telling[0], reading, hints):
            part, rest = self.desk.decide(reading, telling, hints)
            return reply(self.readings, reading, (part,), rest, context) if part else None
        part = topmost(self.bar, reading, top, hints)
        if part is None:
            return unknown(reading, context, findings) if summed else None
        return reply(self.readings, reading, (part,), (), context)

    def _dated(self, reading: Reading, findings: list[Finding], hints: Hints, context: Context) -> Outcome | None:
        """What was done at a time asked for, or came first, where that is asked: by the dates of all."""
        chronicle = happened(reading, self.base) or in_series(reading, self.base)
        part, silent = (chronicle, False) if chronicle else by_date(self.desk, reading, findings, hints)
        if part:
            return reply(self.readings, reading, (part,), (), context)
        return unknown(reading, context, findings) if silent else None

    def _held(self, reading: Reading, findings: list[Finding], context: Context) -> Outcome | None:
        """Who held a post before or after somebody, where that is asked."""
        part, silent = succession(reading, self.base)
        if part:
            return reply(self.readings, reading, (part,), (), context)
        return unknown(reading, context, findings) if silent else None

    def _told(self, reading: Reading, findings: list[Finding], hints: Hints, context: Context) -> Outcome | None:
        """What each of several sources says, where that is asked for."""
        said = accounts(self.desk, reading, hints)
        if said is None:
            return None
        if said.part is None:
            return unknown(reading, context, findings)
        return reply(self.readings, reading, (said.part,), (), context, said.silent)

    def _worked(self, whole: Reading, reading: Reading, findings: list[Finding], hints: Hints) -> Part | None:
        """What is compared, calculated or stated for each of several figures; `whole` keeps what is excepted."""
        combined = self.decider.alternatives(reading, hints) or interval(self.desk, reading, findings, hints)
        if "reason" in reading.asks:
            return combined  # why one has more is not told by how much more
        combined = combined or banded(self.bar, reading, hints) or reckoned(self.desk, whole, findings, hints)
        if combined or leaves_out(self.base, whole):
            return combined
        if self.base.whole.issuperset(self.readings.named(reading)) and (
            best := best_of_kind(self.bar, reading, findings, hints)
        ):
            leading = best.facts[0]
            others = best.others or tuple(self.decider.others(leading, list(best.facts), reading))
            return best._replace(others=others)
        if claimed := outdoes(self.bar, reading, hints) or leads(self.bar, reading, hints):
            return claimed
        stated = findings and self.decider.stated(findings[0], reading, hints)
        return None if stated else calculate(self.bar, reading, hints)

    def _stated(
        self, reading: Reading, findings: list[Finding], before: Reading, hints: Hints, context: Context
    ) -> Outcome:
        """The outcome of a question that facts answer as they stand, or that is not answered."""
        part, rest = self.desk.decide(reading, findings, hints)
        each = self.decider.apiece.severally(reading, part, hints)
        whole = each or part
        mixed = whole is not None and whole.kind != "verify" and len({f.relation for f in whole.facts}) > 1
        if mixed and "each" in reading.intents and (apart := self._of_each(one_by_one(reading), before, context)):
            return apart
        if each and names_all(each.facts, reading, self.base):
            return reply(self.readings, reading, (each,), (), context)
        if not part and (combined := derived(self.desk, reading, findings, hints)):
            return reply(self.readings, reading, (combined,), (), context)
        row = self._in_row(reading, part, before, context)
        if several := (row or self._singly(reading, before, context)) or (
            part is None and self._apart(reading, before, context)
        ):
            return several
        if listed := gathered(self.bar, reading, hints, part):
            return reply(self.readings, reading, (listed,), (), context)
        if wrong := corrected_premise(self.desk, reading, part, hints):
            return reply(self.readings, reading, (wrong,), (), context)
        part, silent = self.decider.apiece.partly(reading, part, hints)
        roll = self._of_kind(reading, part, findings, hints)
        if roll := roll or (None if part else but_one(reading, self.base, self.desk, hints)):
            return reply(self.readings, reading, (roll,), (), context)
        if part and names_all(part.facts, reading, self.base):
            return reply(self.readings, reading, (part,), rest, context, silent)
        options = () if hints.entities else self.decider.options(reading, findings)
        if options:
            kept = Context(
                text=reading.text,
                named=tuple(self.readings.topics(reading)),
                options=tuple(o.entity for o in options),
                facts=tuple(o.fact.f for o in options if isinstance(o.fact, FactRow)),
            )
            return Outcome("ambiguous", reading, options=options, context=kept)
        missed = tuple(dict.fromkeys([*reading.unknown, *(c.text for f in findings[:1] for c in f.missing)]))
        kept = remembered(self.readings, reading, (), (), context)
        if kept is context and reading.asks and any(len(piece) > 1 for piece in reading.unknown):
            kept = kept._replace(lost=True)
        return Outcome(
            "unknown",
            reading,
            related=related(findings),
            unknown=tuple(shortened(m, ECHOED) for m in missed[:4]),
            context=kept,
        )

    def _wrongly_first(self, reading: Reading, before: Reading, context: Context) -> Outcome | None:
        """What is right where it is asked why one comes first, or before another, that does not."""
        put = as_put_forward(reading, self.base)
        claimed = self.fresh(self.readings.read(put), before, context) if put else None
        return claimed if claimed and claimed.parts and orders(claimed.parts[0], self.base) else None

    def _as_champion(self, reading: Reading, before: Reading, context: Context) -> Outcome | None:
        """The answer to who won, where it is asked who came first in what is named, and nothing is measured."""
        measured = any(w.has("r") or w.has("a") for w in reading.words if not w.has("q") and not w.has("k"))
        if measured or reading.asks.isdisjoint(_WHO) or not self.readings.named(reading):
            return None
        if not _CAME_FIRST.search(reading.text) or not any(
            t.startswith("r:") for t in self.base.lexicon.tags.get(_CHAMPION, ())
        ):
            return None
        outcome = self.fresh(self.readings.read(_CAME_FIRST.sub(_CHAMPION, reading.text, count=1)), before, context)
        return outcome if outcome.status == "answered" else None

    def _tallied(self, reading: Reading, before: Reading, context: Context) -> Outcome | None:
        """Who came in the place asked for, by what decides it, where nothing is said to be measured."""
        text = by_tally(reading, self.base)
        by_points = self.readings.read(text) if text else reading
        outcome = self.fresh(by_points, before, context) if text else None
        return outcome if outcome and told_by_tally(outcome, by_points) else None

    def _of_kind(self, reading: Reading, part: Part | None, findings: list[Finding], hints: Hints) -> Part | None:
        """The things of a kind, where nothing else is asked for and no statement lists or counts them."""
        if hints.entities or not kinds_asked(reading, self.base, one=True):
            return None
        options = () if part else self.decider.options(reading, findings)
        told = part.facts if part else tuple(o.fact for o in options if isinstance(o.fact, FactRow))
        said = told[:1] if by_verb(reading, self.base) else told
        listing = part is None or "list" in reading.asks
        if listing and not lists_some(said, reading, self.base) and (own := of_owner(reading, self.base)):
            return own
        if not kinds_asked(reading, self.base):
            return None
        roll = None if lists_some(told, reading, self.base) else members(reading, self.base)
        if roll and len(roll.listed) == 1 and any(roll.listed[0] in f.entities for f in told[:1]):
            return None  # a statement on the only one that is spoken of says more
        return roll

    def _singly(self, reading: Reading, before: Reading, context: Context) -> Outcome | None:
        """An answer of several facts where several attributes are asked for, unless a single fact gives them all."""
        texts = singly(reading, self.base) if "verify" not in reading.intents else []
        readings = [self.readings.read(text) for text in texts]
        outcomes = [self.fresh(r, before, context) for r in readings]
        answered = [o for o in outcomes if o.status == "answered" and o.parts[0].facts]
        if answered and len(answered) < len(outcomes):
            # 成都给甲的补贴、代金券各是多少: what is said of the first item need not be said of the others
            for otherwise in (without_between(texts, readings[0]), of_one_owner(texts, readings[0])):
                outcomes = [
                    self.fresh(self.readings.read(other), before, context)
                    if o.status == "unknown" and other != text
                    else o
                    for o, other, text in zip(outcomes, otherwise, texts, strict=True)
                ]
        first = {o.parts[0].facts[0] for o in outcomes if o.status == "answered" and o.parts[0].facts}
        # one answer of two says which is missing
        apart = len({tuple(self.readings.named(r)) for r in readings}) == len(readings) or len(answered) < len(outcomes)
        return self._of_all_items(outcomes, texts) if len(first) >= (1 if apart else 2) else None

    def _in_row(self, reading: Reading, part: Part | None, before: Reading, context: Context) -> Outcome | None:
        """An answer for each of a row of nouns asked for of one thing, unless a single fact gives them all."""
        row = wanted(reading, self.base)
        outcomes = [self._item(w, before, context) for w in row]
        listed = outcomes[0].parts[0].facts if outcomes and outcomes[0].status == "answered" else ()
        kept = [n for n, w in enumerate(row) if not n or not told_beside(listed, w.noun, self.base)]
        row, outcomes = [row[n] for n in kept], [outcomes[n] for n in kept]
        told = {f for o in outcomes if o.status == "answered" for f in o.parts[0].facts}
        apart = all(o.status == "answered" for o in outcomes) and len(told) > 1
        whole = part.facts[:1] if part else ()
        if not told or (not apart and all(tells(whole, self.readings.read(w.noun), _ALL, self.base) for w in row)):
            return None
        return self._of_all_items(outcomes, [w.questions[0] for w in row])

    def _item(self, item: Wanted, before: Reading, context: Context) -> Outcome:
        """The answer to the first way to ask for something that has one which speaks of it."""
        noun = self.readings.read(item.noun)
        for reading in map(self.readings.read, item.questions):
            outcome = self.fresh(reading, before, context)
            typed = bool(reading.asks) and not (noun.clues or noun.mentions)
            facts = outcome.parts[0].facts if outcome.status == "answered" else ()
            if facts and (typed or tells(facts, noun, _MOSTLY, self.base)):
                return outcome
        return unknown(self.readings.read(item.questions[0]), context)

    def _apart(self, reading: Reading, before: Reading, context: Context) -> Outcome | None:
        """What the base says to each clause of a claim to which as a whole it says nothing."""
        texts = claims_apart(reading, self.base) if "verify" in reading.intents else []
        outcomes = [self.fresh(self.readings.read(text), before, context) for text in texts]
        verdicts = {o.parts[0].verdict for o in outcomes if o.status == "answered"}
        if not any(verdicts):
            return None
        if verdicts != {"yes"} or any(o.status != "answered" for o in outcomes):
            # what is right of a claim is no yes to it
            outcomes = [without_yes(o) for o in outcomes]
        return self._of_all_items(outcomes, texts)

    def _at_times(self, reading: Reading, before: Reading, context: Context) -> Outcome | None:
        """An answer for each of several times that are named side by side, None if there is one for none of them."""
        texts = at_each_time(reading, self.base)
        outcomes = [self.fresh(self.readings.read(text), before, context) for text in texts]
        told = [o.parts[0].facts[0] for o in outcomes if o.status == "answered" and o.parts[0].facts]
        return self._of_all_items(outcomes, texts) if len(set(told)) == len(told) > 0 else None

    def _of_each(self, texts: list[str], before: Reading, context: Context) -> Outcome | None:
        """The answers to questions asked one after the other; None if one has no answer."""
        outcomes = [self.fresh(self.readings.read(text), before, context) for text in texts]
        if not outcomes or any(o.status != "answered" for o in outcomes):
            return None
        return self._of_all_items(outcomes, texts)

    def _of_all_items(self, outcomes: list[Outcome], texts: list[str]) -> Outcome:
        """One outcome for a question that was asked in items; what comes next may be about any of them."""
        whole = merged(outcomes, [Segment(text) for text in texts])
        named = tuple(dict.fromkeys(e for o in outcomes for e in o.context.named))
        return whole._replace(context=whole.context._replace(named=named))


def _given(reading: Reading) -> frozenset[tuple[Decimal, bool]]:
    """The figures of something counted that a question itself gives, but for small ones: those count what is asked."""
    return frozenset((q.value, q.is_share) for q in reading.quantities if q.is_share or (q.unit and q.value > _SMALL))
