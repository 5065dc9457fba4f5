"""One question of a message, with what its sentence says before it and what was spoken of."""

from __future__ import annotations

from knowledge.asking.alone import Answerer
from knowledge.asking.anaphora import counted, resolved
from knowledge.asking.antecedent import last_before_pronoun, of_person_given, refers_back
from knowledge.asking.beside import written_out
from knowledge.asking.cards import is_card
from knowledge.asking.counted import counted_by
from knowledge.asking.described import Description, described
from knowledge.asking.documents import undated
from knowledge.asking.follow import NOTHING, Follower
from knowledge.asking.granted import put_right
from knowledge.asking.lead import LITTLE, names_more, of_no_such_time, of_row, of_topic, says_little, told_best, untold
from knowledge.asking.meant import in_other_words
from knowledge.asking.nominal import with_nouns
from knowledge.asking.occasion import Occasion, occasion, of_other_time
from knowledge.asking.reply import unknown
from knowledge.asking.sited import members_asked
from knowledge.deciding.bearing import bears_out, says_just
from knowledge.deciding.fulfilment import asks_outcome
from knowledge.finding.judge import explained, gives_left_out, judge, only_excepted
from knowledge.finding.outcome import Context, Outcome
from knowledge.finding.probe import NO_HINTS, Probe
from knowledge.reading.asked import NUMERIC
from knowledge.reading.contest import two_sides, weighs
from knowledge.reading.portion import counts_some, told_apart
from knowledge.reading.reading import Reading
from knowledge.reading.readings import without_excepted
from knowledge.reading.roster import demanded
from knowledge.reading.spelling import respelt
from knowledge.reading.utterance import said_by, speaker
from knowledge.store.base import FactRow
from knowledge.text.patterns import pattern
from knowledge.text.segments import Segment

_PRECISE = NUMERIC | {"date"}
"""Types of answer of which one thing has its own."""
_SHORT = 12
"""Characters of a question that may lean on the one before without saying so."""
_KEYWORD = 6
"""The same where it is a mere keyword (员工数)."""
ITSELF = 2.5
"""Weight of the words by which a question that names nothing stands by itself."""
_TOPICS = 2
"""Things spoken of before that a question may be about as well."""
_BACKGROUND = 600
"""Characters read of what was said before a question."""
_GLOSS = pattern("(?<=[\u3400-\u9fff])\\(([\u3400-\u9fff]{2,4})\\)")
"""Another name for what is asked for, in brackets."""
_HALF = 0.5
"""Share of a word of which a statement has no more by chance (规模 of 参数规模)."""
_BETTER = 0.05
"""How much more of a sentence its last clause has to answer by itself."""


class Sentence:
    """Answers one question of a message."""

    def __init__(self, answerer: Answerer) -> None:
        self.answerer, self.follower = answerer, Follower(answerer)
        self.readings, self.base = answerer.readings, answerer.base

    def segment(self, segment: Segment, context: Context) -> Outcome:
        """The outcome of one question; without the other name that it gives what is asked for, if all has one then."""
        outcome = with_nouns(segment, put_right(segment, self._segment(segment, context), self.answerer), self.answerer)
        if outcome.status == "unknown":
            for text, spoken in in_other_words(segment, self.readings):
                again = self._alone(text, Segment(text), context)
                if again.status == "answered" and all(not f.within.isdisjoint(spoken) for f in again.leading if spoken):
                    return again
        said = segment.lead + segment.text
        if "(" not in said or (outcome.status != "unknown" and not outcome.unanswered):
            return outcome
        gloss = _GLOSS.search(said)
        return (gloss and self._past_gloss(gloss[1], segment, context)) or outcome

    def _past_gloss(self, gloss: str, segment: Segment, context: Context) -> Outcome | None:
        """The outcome without a second name in brackets (规模(收入)目标), if something is told by that name too."""
        named = self.readings.read(gloss)
        if named.mentions or named.asks or not named.clues:
            return None
        text, lead = (_GLOSS.sub("", said, count=1) for said in (segment.text, segment.lead))
        outcome = self._segment(segment._replace(text=text, lead=lead), context)
        told = any(all(explained(c, f.terms) >= 1.0 for c in named.clues) for p in outcome.parts for f in p.facts)
        return outcome if told and not outcome.unanswered else None

    def _segment(self, segment: Segment, context: Context) -> Outcome:
        """The outcome of one question: of its sentence as a whole, or of its last clause by itself."""
        text = self.follower.picked(counted(segment.text, segment.background), context)
        full = f"{segment.lead},{text}" if segment.lead else text
        if chosen := members_asked(full, self.answerer, context):
            return chosen
        if sources := counted_by(full, lambda t: self._alone(t, segment._replace(lead=""), context), self.readings):
            return sources
        meant = described(full, self.answerer)
        if meant is None and (then := occasion(full, self.answerer)):
            return self._at_that_time(then, text, segment, context)
        if meant is None:
            beside = self._side_by_side(full, segment, context)
            return beside or self._resolved(text, segment, context)
        direct = self._as_said(text, segment, context)
        named = self._alone(meant.text, segment._replace(lead=""), context)
        return self._told_more(meant, direct, named)

    def _resolved(self, text: str, segment: Segment, context: Context) -> Outcome:
        """The outcome with the name for 'that city'; in its own words where only these tell of it."""
        named = resolved(text, context, self.base)
        outcome = self._as_said(named, segment, context)
        if outcome.status != "unknown" or named == text or not text.isascii():
            return outcome
        direct = self._as_said(text, segment, context)
        spoken = {*context.named, *context.answered}
        return direct if any(not f.within.isdisjoint(spoken) for f in direct.leading[:1]) else outcome

    def _side_by_side(self, full: str, segment: Segment, context: Context) -> Outcome | None:
        """The outcome of what half sentences set side by side, if it is wholly answered."""
        written = written_out(full, self.readings)
        outcome = self._alone(written, segment._replace(lead=""), context) if written else None
        return outcome if outcome and outcome.status == "answered" and not outcome.unanswered else None

    def _told_more(self, meant: Description, direct: Outcome, named: Outcome) -> Outcome:
        """The outcome for a thing described, or for its name in place of that; none that only says which it is."""
        rest = self.readings.read(meant.rest)
        told, same = (
            not meant.tells_no_more(o) and any(meant.entity in f.entities for f in o.leading) for o in (named, direct)
        )
        if told and (not same or answers(named, rest) >= answers(direct, rest)):
            return named
        kept = direct.status != "answered" or (same and not meant.lies)  # a city has much that is told of all in it
        return direct if kept else unknown(rest, named.context)

    def _at_that_time(self, then: Occasion, text: str, segment: Segment, context: Context) -> Outcome:
        """The outcome of a question for the year that it describes; a figure of no other year."""
        direct = self._as_said(resolved(text, context, self.base), segment, context)
        if any(f.f in then.facts for f in direct.leading):
            return direct  # what tells what happened gives the figure too
        named = self._alone(then.text, segment._replace(lead=""), context) if then.text else None
        if named and named.status == "answered":
            return named
        other = of_other_time(direct, then.clause, self.answerer)
        return unknown(direct.reading, context) if other else direct

    def _as_said(self, text: str, segment: Segment, context: Context) -> Outcome:
        """The outcome of a question in its own words."""
        if not segment.lead:
            return self._alone(text, segment, context)
        full = self.readings.read(f"{segment.lead},{text}")
        whole = self.answerer.fresh(full, NOTHING, context)
        if whole.status == "answered" and self._leaves_out(whole, self.readings.read(text)):
            whole = unknown(full, context)
        part_of = whole.status == "unknown" or whole.unanswered
        if part_of and not whole.smalltalk and (row := of_row(full, self.readings.read(text), self.answerer, context)):
            return row
        if whole.smalltalk:
            return whole  # an opinion is asked for, whatever the last clause looks like
        said = answers(whole, full) + _BETTER
        if whole.status == "answered" and (said >= 1.0 or whole.parts[0].worked or len(whole.parts) > 1):
            return whole  # the last clause by itself can't be answered any better
        alone = told_best(self.of_all(self._alone(text, segment, context), full), full, self.answerer, context)
        if alone.status == "answered" and self._told_of_others(alone, full):
            return whole
        told = whole.status != "answered" and alone.status == "answered"
        if told and (self._strays(alone, full) or _of_set(full, self.readings.read(text)) or _repeats(alone, full)):
            return whole
        left = without_excepted(full)
        again = (
            only_excepted(f, left, self.base)
            or gives_left_out(f, left, self.base)
            or not left.besides.isdisjoint(f.figures)
            for f in alone.leading[:1]
        )
        if alone.parts and all(again):
            return whole  # 除了A，…: the last clause by itself asks for A too
        if whole.status != "answered" or alone.status != "answered":
            return whole if whole.status == "answered" else alone
        return whole if names_more(whole, alone, full) or answers(alone, full) <= said else alone

    def of_all(self, outcome: Outcome, full: Reading) -> Outcome:
        """The outcome for the last clause; yes only where the statement speaks of all that the sentence names."""
        if not confirms(outcome):
            return outcome
        part = outcome.parts[0]
        if says_just(part.facts[0], full, self.base) or bears_out(part.facts, full, self.base):
            return outcome
        return outcome._replace(parts=(part._replace(verdict=""), *outcome.parts[1:]))

    def _leaves_out(self, whole: Outcome, last: Reading) -> bool:
        """Whether an answer to a sentence says nothing at all of that of which its last clause asks a figure.

        甲的那款模型，参数多少 is not answered by what else is known of 甲.
        """
        facts = [f for p in whole.parts for f in p.facts]
        if last.asks.isdisjoint(NUMERIC) or last.mentions or whole.parts[0].worked:
            return False
        heavy = [c for c in last.clues if not c.light and len(c.text) > 1]
        return bool(heavy) and all(explained(c, f.terms) <= _HALF for c in heavy for f in facts)

    def _strays(self, outcome: Outcome, full: Reading) -> bool:
        """Whether an answer to the last clause says too little of the whole sentence."""
        facts = outcome.parts[0].facts if outcome.parts else ()
        who = speaker(full, self.base)
        if who and not any(said_by(f, who, full, self.base) for f in facts):
            return True  # 甲说…，原话是什么
        if of_no_such_time(outcome, full, self.base) or asks_outcome(full):
            return True
        if (sides := two_sides(full)) and not any(weighs(f, sides, full, self.base) for f in facts):
            return True
        if (self._counts_no_noun(outcome.reading) or says_little(outcome.reading)) and untold(facts, full):
            return True  # 实验室，甲市有多少个: how many 甲市 has of something else
        if (meant := last_before_pronoun(full, self.base)) and any(not f.entities.isdisjoint(meant) for f in facts):
            return False  # 路过甲想起了乙，它…: where one was does not matter
        probe = Probe(full, self.base, NO_HINTS)
        return all(f.coverage < self.answerer.bar.limits.clause for f in judge(facts, probe))

    def _counts_no_noun(self, last: Reading) -> bool:
        """Whether a last clause asks how many a place has and does not say of what."""
        counted = "number" in last.asks and not last.kinds and not last.weighty(LITTLE)
        return counted and bool(last.mentions) and self._names_but_places(last)

    def _names_but_places(self, reading: Reading) -> bool:
        return all(self.base.entity(m.entities[0]).kind in self.base.where for m in reading.mentions)

    def _told_of_others(self, outcome: Outcome, full: Reading) -> bool:
        """Whether a last clause that names but places is told of others than who the sentence begins with.

        甲在展会上发布的产品，点到名的有哪些 asks not for what others showed there.
        """
        end = len(full.text) - len(outcome.reading.text) - 1
        first = next((m for m in full.mentions if not m.start or m.end == end), None)  # 推出甲的乙，总部在哪
        if first is None or not outcome.parts or not self._names_but_places(outcome.reading):
            return False
        doer = self.base.entity(first.entities[0]).kind in self.base.who - self.base.where
        return doer and all(f.within.isdisjoint(first.entities) for f in outcome.parts[0].facts)

    def _alone(self, text: str, segment: Segment, context: Context) -> Outcome:
        """Answer a question with what was said before as mere background."""
        reading, before = self.readings.read(text), self._background(segment)
        leaning = not reading.mentions and not reading.weighty(ITSELF) and _leans(reading)
        if context.lost and leaning and not before.mentions:
            return Outcome("unknown", reading, context=context)  # 估值多少 after a firm that nobody knows
        if of_person := of_person_given(reading, context, self.base):
            return self.answerer.fresh(self.readings.read(of_person), before, context)
        if context.text or context.facts:
            outcome = self.follower.follow(reading, before, context)
            if outcome:
                return outcome
            if context.named and leaning:
                # 估值多少 is asked of what was spoken of: a figure of anything else is no answer
                return self._passage(reading, before, context) or Outcome("unknown", reading, context=context)
            if self._asks_again(reading, context) and (again := self._swapped(reading, context)):
                return again
            if "followup" in reading.intents and context.text and is_card(self.answerer.bar, reading):
                return Outcome("unknown", reading, context=context)  # 上海呢: the last question has no answer for it
        elif refers_back(reading) and not (reading.mentions or before.mentions):
            return Outcome("unknown", reading, context=context)  # 它多少钱: nothing was spoken of
        outcome = of_topic(self.answerer.fresh(reading, before, context), before, self.answerer, context)
        if self._of_rivals(reading, outcome, context):
            return Outcome("unknown", reading, context=context)  # 首个版本多少参数: another firm's has so many
        if context.named and self.readings.named(reading) and not is_card(self.answerer.bar, reading):
            outcome = self._still(reading, outcome, context) or outcome
            if "inside" in reading.intents and not _shares(outcome, context):
                return Outcome("unknown", reading, context=context)  # 里面多少来自北京: none of what 北京 has elsewhere
        if outcome.status == "unknown" and (document := undated(before, self.base)):
            outcome = self.answerer.fresh(reading, document, context)
        if outcome.status == "unknown":
            outcome = self._respelt(reading, before, context) or outcome
        if outcome.status == "unknown" and (rest := self._past_chatter(reading)):
            outcome = self.answerer.fresh(self.readings.read(rest), before, context)
        return (self._swapped(reading, context) if outcome.status == "unknown" else None) or outcome

    def _passage(self, reading: Reading, before: Reading, context: Context) -> Outcome | None:
        """The answer to a question that stands alone, if the passage that was read out before gives it."""
        outcome = self.answerer.fresh(reading, before, context)
        if outcome.status != "answered" or not outcome.parts[0].facts:
            return None
        first = outcome.parts[0].facts[0]
        read_out = {c for f in context.facts for c in self.base.fact(f).citations}
        return outcome if not read_out.isdisjoint(first.citations) and not self._of_rival(first, context) else None

    def _of_rival(self, fact: FactRow, context: Context) -> bool:
        """Whether a fact is of another thing of the kind of one that was spoken of last (估值多少: of another firm)."""
        spoken = {*context.named, *context.primary, *context.answered}
        kinds = self.base.kinds_like(self.base.entity(e).kind for e in (*context.named[-1:], *context.primary))
        return fact.within.isdisjoint(spoken) and self.base.entity(fact.subject).kind in kinds

    def _of_rivals(self, reading: Reading, outcome: Outcome, context: Context) -> bool:
        """Whether a figure or date, asked for without a name, is told of nothing but rivals of what was spoken of."""
        if not context.named or reading.asks.isdisjoint(_PRECISE) or reading.kinds or self.readings.named(reading):
            return False
        told = [f for p in outcome.parts for f in p.facts]
        return bool(told) and all(self._of_rival(f, context) and f.subject not in self.base.whole for f in told)

    def _asks_again(self, reading: Reading, context: Context) -> bool:
        """Whether a question that only names one thing asks for the same figure as the last (北京占几个)."""
        if not reading.asks & NUMERIC or not context.text or reading.weighty(LITTLE):
            return False
        last = self.readings.read(context.text)
        return reading.asks == last.asks and last.weighty(LITTLE)

    def _swapped(self, reading: Reading, context: Context) -> Outcome | None:
        """The answer to the last question of what a short one names, which need not look like a follow-up."""
        short = context.text and len(reading.text) <= _SHORT and len(self.readings.named(reading)) == 1
        # 上海的房价 asks for something else, whatever was said before
        if not short or reading.weighty(0.9) or (reading.clues and not reading.asks):
            return None
        last = self.readings.read(context.text)
        if not set(reading.kinds) <= set(last.kinds) or (reading.asks & NUMERIC and reading.asks.isdisjoint(last.asks)):
            return None
        swapped = self.follower.swap(reading, context, force=True)
        again = self.answerer.fresh(self.readings.read(swapped), NOTHING, context) if swapped else None
        return again if again and again.status == "answered" else None

    def _still(self, reading: Reading, alone: Outcome, context: Context) -> Outcome | None:
        """The answer about what was spoken of and what is named now together, if one statement is about both.

        Asked of a place, 有多少企业是北京来的 is about its firms and not about all of 北京.
        """
        named = frozenset(self.readings.named(reading))
        kinds = {self.base.entity(e).kind for e in named}
        topics = [e for e in reversed(context.named) if e not in named]
        if not topics or self.base.entity(topics[0]).kind in kinds:
            return None  # another of the kind is spoken of now
        for topic in topics[:_TOPICS]:
            names = self.base.folded_names(topic)
            name = (reading.text.isascii() and names[1]) or names[0]
            outcome = self.answerer.fresh(self.readings.read(f"{name} {reading.text}"), NOTHING, context)
            first = [p.facts[0] for p in outcome.parts if p.facts]
            # who counted is not what was counted
            both = first and all(topic != f.by and f.entities >= {topic, *named} for f in first)
            if both and answers(outcome, reading) >= answers(alone, reading):
                return outcome
        return None

    def _respelt(self, reading: Reading, before: Reading, context: Context) -> Outcome | None:
        """The answer to the question with what nobody knows respelt, which it says; None if there is none."""
        # where nothing known is named, what is not known may be what the question is about (臺積電)
        text, meant = reading.text, respelt(reading, self.base) if self.readings.named(reading) else {}
        for typed, word in meant.items():
            text = text.replace(typed, word)
        outcome = self.answerer.fresh(self.readings.read(text), before, context) if meant else None
        if outcome is None or outcome.status == "unknown":
            return None
        parts = tuple(part._replace(respelt=tuple(meant.items())) for part in outcome.parts)
        return outcome._replace(parts=parts)

    def _past_chatter(self, reading: Reading) -> str:
        """The question from its first name on, where it is told before it who asked or said so; else ''."""
        chatter, things = reading.word("i:chatter"), reading.things(self.base)
        start = reading.mentions[things[0]].start if things else 0
        return reading.text[start:] if chatter and chatter.end <= start else ""

    def _background(self, segment: Segment) -> Reading:
        """The sentences before the question, read."""
        return self.readings.read(segment.background[-_BACKGROUND:]) if segment.background else NOTHING


def _shares(outcome: Outcome, context: Context) -> bool:
    """Whether what answers speaks of something that was named before, or tells more of the last answer."""
    facts = [f for p in outcome.parts for f in p.facts]
    return not facts or any(f.f in context.facts or not f.within.isdisjoint(context.named) for f in facts[:1])


def _repeats(outcome: Outcome, full: Reading) -> bool:
    """Whether what answers a question for a figure gives none but those that its sentence gives itself."""
    facts = outcome.parts[0].facts if outcome.parts else ()
    given = {(q.value, q.is_share) for q in full.quantities if q.unit}
    return bool(facts and full.asks and full.asks <= NUMERIC and facts[0].figures) and given.issuperset(
        facts[0].figures
    )


def _of_set(full: Reading, last: Reading) -> bool:
    """Whether a sentence asks of so many which all or some of them are, and its last clause does not say so."""
    if counts_some(full) or told_apart(full):
        return not (counts_some(last) or told_apart(last))
    return demanded(full) > 0 and not demanded(last)


def _leans(reading: Reading) -> bool:
    """Whether a question that names nothing looks as if it asked of what was spoken of."""
    keyword = len(reading.text) <= _KEYWORD or (reading.text.isascii() and " " not in reading.text)
    return bool(reading.asks) or "followup" in reading.intents or keyword


def confirms(outcome: Outcome) -> bool:
    """Whether it says yes to a claim."""
    return bool(outcome.parts) and outcome.parts[0].verdict == "yes"


def answers(outcome: Outcome, reading: Reading) -> float:
    """Share of a question's clues, light ones too, that the first fact of an outcome explains."""
    total = sum(c.weight for c in reading.clues)
    if not total or not outcome.parts or not outcome.parts[0].facts:
        return 0.0
    terms = outcome.parts[0].facts[0].terms
    return sum(c.weight * explained(c, terms) for c in reading.clues) / total
