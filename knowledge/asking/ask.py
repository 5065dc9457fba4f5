"""Answer a message: split it, read each question, find, decide. The one way through."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from knowledge.asking.accounts import of_sources, only_of_sources
from knowledge.asking.alone import Answerer
from knowledge.asking.alternative import said_either
from knowledge.asking.follow import MEMBERS, NOTHING
from knowledge.asking.gist import doubted, gists, without_aside
from knowledge.asking.inrow import told_apart
from knowledge.asking.lead import says_little, told_best, topic_of, under_lead, untold
from knowledge.asking.membership import from_the_list
from knowledge.asking.message import folded, spelt_out
from knowledge.asking.operands import worked_out
from knowledge.asking.reply import merged, without_yes
from knowledge.asking.sentence import ITSELF, Sentence, answers, confirms
from knowledge.deciding.apiece import WEIGHING
from knowledge.finding.judge import in_time
from knowledge.finding.outcome import NO_CONTEXT, Context, Outcome, Part
from knowledge.linking.link import Mention
from knowledge.linking.national import without_national
from knowledge.linking.pointed import without_pointing
from knowledge.linking.setting import at_home
from knowledge.reading.asked import NUMERIC
from knowledge.reading.reading import Reading
from knowledge.reading.readings import Readings
from knowledge.store.base import Base, FactRow
from knowledge.text.asks import asks
from knowledge.text.bets import settled
from knowledge.text.checks import as_claim
from knowledge.text.contrast import ahead_of, apart_in_time, set_apart, within_whole, without_odds
from knowledge.text.dates import years_in_full
from knowledge.text.eldest import begun_first, founded_first
from knowledge.text.markup import unmarked
from knowledge.text.naming import which_ones
from knowledge.text.patterns import pattern
from knowledge.text.quotation import completed
from knowledge.text.segments import Segment, in_sentences, split
from knowledge.text.smalltalk import smalltalk, smalltalk_beside
from knowledge.text.whether import as_compared, asked_plainly, in_one_word
from knowledge.text.whose import with_makers

if TYPE_CHECKING:
    from knowledge.plain.ask import PlainAsker
    from knowledge.plain.base import PlainBase

_SEVERAL = 2
"""Question marks from which on a message holds questions that have nothing to do with one another."""
_ABOUT = frozenset({"help", "articles"})
"""Small talk that is a question where something was spoken of before (有什么功能, 资料来源)."""
_YOU = ("你", "您", "you")
_TOLD = frozenset({"asker", "here", "still", "now", "once", "aim", "that", "pronoun", "most"})
"""Intents of what is merely told."""
_WITH_SOURCE = pattern(
    "(?:[,;。?]|[,，]?并?附上?|请?注明)(?:数据|信息)?(?:来源|出处)[?？。 ]*$", holds=("来源", "出处")
)
"""Behind a question: with its source."""
_EXAMPLE = (*"例举说给", "example", "name ")
"""Without one of these no example is asked for."""
_HOW_MANY = pattern(
    "(?:一共|总共|共计|共)?(?:有|是|为)?(?:几|多少)(?:[项个家款种座条份位名所](?P<of>(?=[\u3400-\u9fff]))?)?|how many"
)
_AMONG = pattern("(.{2,40}?)(?:里面?|当?中|之中)?[,，]?(?:有没有|有无|是否有|是不是有|包不包[括含]|是否包[括含])")
"""Before it stands what something may be one of."""
_SAYS_MORE = 0.3
"""Weight of the words by which a question that names nothing asks for something else than the one before."""
_EDGE = " ,，?？。;；"
_RANK = frozenset({"rank"})
_AGAINST = (WEIGHING - {"sum"}) | {"growth"}


def _plain_asker(base: PlainBase) -> PlainAsker:
    from knowledge.plain.ask import PlainAsker  # a base without triples is asked without it

    return PlainAsker(base)


class Asker:
    """Answers messages from one base. Holds no conversation itself: contexts go in and out."""

    def __init__(self, base: Base) -> None:
        self.base, self.readings = base, Readings(base)
        self.answerer = Answerer(self.readings)
        self.sentences, self.bar = Sentence(self.answerer), self.answerer.bar
        self.plain = _plain_asker(base.plain) if base.plain else None

    def ask(self, message: str, context: Context = NO_CONTEXT) -> Outcome:
        """Answer one message of a conversation."""
        self.readings.forget()
        text = folded(message, self.base)
        if self.plain and not self.base.fact_count:
            return self._bulk(self.plain, text, context, message)
        small = _no_question(text, context, self.base)
        if small and not (small.smalltalk in _ABOUT and context.named and not any(you in text for you in _YOU)):
            return small
        text = without_aside(text, self.readings)
        outcome = self._curated(doubted(text, self.readings) or text, context)
        if outcome.status == "unknown" and (begun := begun_first(text)) != text:
            again = self._curated(begun, context)
            outcome = again if again.status == "answered" else outcome
        if outcome.status != "answered":
            outcome = self._in_gist(text, context) or outcome
        if outcome.status != "answered" and small is None:
            small = self._beside_chatter(text, context)
        if small and outcome.status != "answered":
            return small
        if self.plain and outcome.status == "unknown":
            bulk = self.plain.ask(text, context, message)
            return bulk if bulk.status != "unknown" else outcome
        return outcome

    def _in_gist(self, text: str, context: Context) -> Outcome | None:
        """The outcome for what a chatty message comes to, if it is wholly answered."""
        outcomes = (self._curated(gist, context) for gist in gists(text, self.readings))
        return next((o for o in outcomes if o.status == "answered" and not o.unanswered), None)

    def _beside_chatter(self, text: str, context: Context) -> Outcome | None:
        """The outcome for thanks or a greeting beside something told that asks nothing (谢谢，稿子交了)."""
        small = smalltalk_beside(text, self.base.lexicon)
        if not small:
            return None
        reading = self.readings.read(text)
        if reading.asks or reading.mentions or reading.intents - _TOLD:
            return None
        return Outcome("smalltalk", Reading(text), smalltalk=small, context=context)

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
        lexicon = self.base.lexicon
        text = in_one_word(as_compared(asked_plainly(completed(spelt_out(unmarked(text), self.base)))), lexicon)
        text = settled(as_claim(with_makers(which_ones(founded_first(years_in_full(text))), lexicon), lexicon))
        text = without_odds(within_whole(set_apart(ahead_of(apart_in_time(text)))))
        text = without_pointing(without_national(at_home(text, self.base), self.base), self.base)
        text = from_the_list(text, self.readings)
        if (cited := _WITH_SOURCE.search(text)) and asks(text[: cited.start()], lexicon):
            text = f"{text[: cited.start()]}?"  # every answer gives its sources
        text = in_sentences(text, lexicon)
        segments = self._with_examples(self._tail_first(split(text, lexicon)))
        segments = self._of_sources(list(map(self._whole, segments))) or [Segment(text)]
        outcomes: list[Outcome] = []
        for segment in segments:
            reading = self.readings.read(segment.text) if outcomes else NOTHING
            if hanging := self._hanging(outcomes[-1], segment, reading) if outcomes else None:
                outcomes.append(hanging)
                continue
            alone = segment
            if outcomes and not segment.lead and self.readings.named(reading) and says_little(reading):
                segment = segment._replace(lead=segments[0].lead)  # 名单里，甲有几个，乙又是几个
            outcome = self.sentences.segment(segment, context)
            if outcome.status == "unknown" and segment != alone:
                segment, outcome = alone, self.sentences.segment(alone, context)
            if outcome.status == "unknown" and len(outcomes) > 1:
                # A哪年建成、离B多远、怎么定位: the last may be asked of A again
                again = self.sentences.segment(segment, outcomes[0].context)
                outcome = again if again.status == "answered" else outcome
            if outcomes:
                carried = under_lead(outcomes[0], segments[0].lead, segment, outcome, self.answerer)
                outcome = carried or self._carried(outcomes[0], segment, reading, outcome) or outcome
                if segments[0].lead and not segment.lead and says_little(reading):
                    full = self.readings.read(f"{segments[0].lead},{segment.text}")
                    outcome = told_best(outcome, full, self.answerer, outcome.context)
            if (outcomes or segment.background) and confirms(outcome) and not any(o.reading.asks for o in outcomes):
                # 甲由乙发布，是丙，对吗: yes to all of it or to nothing
                outcome = self.sentences.of_all(outcome, self.readings.read(text))
            outcomes.append(outcome)
            context = outcome.context
        if text.count("?") < _SEVERAL and any(o.status != "answered" for o in outcomes):
            outcomes = [without_yes(o) for o in outcomes]  # a yes to a part of what is claimed is none to all
        outcome = merged(outcomes, segments)
        otherwise = told_apart(text, outcome, self.answerer) or worked_out(text, outcome, self.answerer)
        return otherwise or said_either(text, outcome, self.answerer) or outcome

    def _tail_first(self, segments: list[Segment]) -> list[Segment]:
        """The segments; what stands behind a last one that names nothing (各是哪家的？（2021年）) is of the first."""
        if len(segments) < 2 or not segments[-1].tail or self.readings.named(self.readings.read(segments[-1].text)):
            return segments
        first, *others, last = segments
        return [first._replace(tail=last.tail), *others, last._replace(tail="")]

    def _whole(self, segment: Segment) -> Segment:
        """The segment with what was said after it, unless that is chatter (我直接懵了)."""
        if not segment.tail:
            return segment
        reading = self.readings.read(segment.tail)
        told = reading.mentions or reading.periods or reading.quantities
        if not told and not any(len(c.text) > 1 and c.text not in reading.unknown for c in reading.clues):
            return segment
        return segment._replace(text=f"{segment.text},{segment.tail}")

    def _of_sources(self, segments: list[Segment]) -> list[Segment]:
        """The segments, each that only asks what sources say of it with the one before it."""
        joined: list[Segment] = []
        for segment in segments:
            before = joined[-1] if joined else Segment(segment.lead)
            if before.text and self._asks_of_sources(segment):
                joined[-1:] = [before._replace(text=f"{before.text},{segment.text}")]
            else:
                joined.append(segment)
        return joined

    def _asks_of_sources(self, segment: Segment) -> bool:
        """Whether a segment only asks what sources say; with its lead, as it is read anyhow, it speaks of some then."""
        whole = self.readings.read(f"{segment.lead},{segment.text}" if segment.lead else segment.text)
        return of_sources(self.base, whole) and only_of_sources(self.base, self.readings.read(segment.text))

    def _with_examples(self, segments: list[Segment]) -> list[Segment]:
        """The segments; an example of what one counts (…有几家？请举一例) is asked for by which they are."""
        found: list[Segment] = []
        for segment in segments:
            counted = self._before_example(f"{segment.text},{segment.tail}" if segment.tail else segment.text)
            which = _HOW_MANY.sub(_which, counted, count=1) if counted else counted
            apart = (segment._replace(text=text, tail="") for text in (counted, which))
            found += [segment] if which == counted else apart
        return found

    def _before_example(self, text: str) -> str:
        """What stands before the words that ask for an example (请再举一例), '' if none do."""
        word = self.readings.read(text).word("i:example") if any(w in text for w in _EXAMPLE) else None
        return text[: word.start].rstrip(_EDGE) if word else ""

    def _past_unknown(self, before: Outcome, segment: Segment, reading: Reading) -> Outcome | None:
        """The outcome of a question behind one that was not answered, asked of the same; None if it has none.

        甲里有没有乙？有哪几家: the list of 甲 is known though nothing is said of 乙.
        """
        asked, things = before.reading, before.reading.things(self.base)
        among = _AMONG.match(asked.text) if not reading.asks.isdisjoint(MEMBERS) else None
        more = reading.weighty(_SAYS_MORE) or any(self.base.entity(m.entities[0]).generic for m in reading.mentions)
        if not things or "verify" in reading.intents or "share" in reading.asks or not (among or more):
            return None  # what part of it is told by no part of the whole
        if reading.text.isascii() and "pronoun" in reading.intents:
            return None  # which pier …, and when was it built: that of which nothing is known
        names, gap = asked.mentions[things[0]], " " * reading.text.isascii()
        again = self.answerer.fresh(
            self.readings.read(f"{among[1] if among else names.text}{gap}{segment.text}"), NOTHING, before.context
        )
        facts = again.parts[0].facts if again.status == "answered" else ()
        return again if any(not f.within.isdisjoint(names.entities) for f in facts[:1]) else None

    def _carried(self, first: Outcome, segment: Segment, reading: Reading, outcome: Outcome) -> Outcome | None:
        """The outcome of a later question of a message, asked of what the first is about, where that says more of it.

        甲的乙层占多少，比丙层高多少: the second is asked of the 乙层 of 甲.
        """
        if segment.lead or self.readings.named(reading) or "pronoun" in reading.intents or outcome.smalltalk:
            return None
        whole = reading.of_whole or bool(reading.intents & _AGAINST) or reading.asks == _RANK
        topic = topic_of(first.reading, whole=whole)
        if reading.periods:
            for period in reversed(first.reading.periods):  # …2016年少多少，2023年又多多少: of that time, and no other
                topic = topic[: period.start] + topic[period.end :] if period.end <= len(topic) else topic
        names = [m for m in first.reading.mentions if m.text in topic]
        if not topic or (not whole and self._spoken_of(outcome, names) == len(names)):
            return None
        full = self.readings.read(f"{topic}{segment.text}")
        of_topic = self.answerer.fresh(full, NOTHING, outcome.context)
        told = {f for p in first.parts for f in p.facts}
        again = _without(of_topic, told, reading) if of_topic.status == "answered" else None
        if again is None:
            return None
        if outcome.status != "answered":
            return again
        if _same_but_shorter(again, outcome) or (untold(outcome.leading, full) and not untold(again.leading, full)):
            return again
        more, less = ((self._spoken_of(o, full.mentions), answers(o, full)) for o in (again, outcome))
        return again if more > less and answers(again, reading) >= answers(outcome, reading) else None

    def _counted(self, before: Outcome, segment: Segment) -> Outcome | None:
        """How many there are of what was listed just before (有哪些…，一共几个), if the same passage says so."""
        outcome = self.sentences.segment(segment, before.context)
        told = {c for p in before.parts for f in p.facts for c in f.citations}
        first = outcome.leading
        return outcome if first and not told.isdisjoint(first[0].citations) else None

    def _spoken_of(self, outcome: Outcome, names: Iterable[Mention]) -> int:
        """Of how many of the names the first fact of an outcome speaks; -1 if it has none."""
        fact = outcome.parts[0].facts[0] if outcome.parts and outcome.parts[0].facts else None
        return -1 if fact is None else sum(not fact.entities.isdisjoint(m.entities) for m in names)

    def _hanging(self, before: Outcome, segment: Segment, reading: Reading) -> Outcome | None:
        """The outcome of a later question of a message that hangs on the one before: not known either, or told already.

        None if it names what it is about, or asks for more.
        """
        if _gives_name(before) and _asks_name(reading):
            return before  # …有个什么措施，具体叫什么名字
        if self.readings.named(reading) or reading.weighty(1.5 if reading.mentions else ITSELF):
            return None
        if before.status == "unknown":
            return self._past_unknown(before, segment, reading) or before._replace(related=())
        each = "each" in reading.intents and bool(before.parts) and _tells_already(before.parts[0], reading)
        if not each and "list" in before.reading.asks and reading.bare and reading.asks & NUMERIC:
            return self._counted(before, segment) or before._replace(parts=())
        return before._replace(parts=()) if before.parts and _tells_already(before.parts[0], reading) else None


def _which(match: re.Match[str]) -> str:
    """Asks which ones where it was asked how many of them."""
    return "which" if match[0].isascii() else f"{'' if match['of'] else '有'}哪些"


def _without(outcome: Outcome, told: set[FactRow], reading: Reading) -> Outcome | None:
    """The outcome without the facts told before, if what is left says all that is asked; None if nothing is left."""
    if any(f not in told for f in outcome.leading):
        return outcome
    parts = (p._replace(facts=tuple(f for f in p.facts if f not in told)) for p in outcome.parts)
    left = outcome._replace(parts=tuple(p for p in parts if p.facts and p.kind == "facts"))
    return left if answers(left, reading) >= 1.0 else None


def _same_but_shorter(a: Outcome, b: Outcome) -> bool:
    """Whether one outcome gives the first fact of another without all that follows there."""
    facts, others = ([f for p in o.parts for f in p.facts] for o in (a, b))
    return facts[:1] == others[:1] and len(facts) < len(others)


def _tells_already(part: Part, reading: Reading) -> bool:
    """Whether an answer has what is asked next (…写法一样吗？分别是什么, …里没有甲吧？都有谁)."""
    if part.kind == "conflict" or (part.verdict == "absent" and "list" in reading.asks):
        return True
    figures = part.figures or (part.facts and part.facts[0].superlative and part.facts[0].quantities)
    if not figures or reading.mentions or any(not c.light for c in reading.clues):
        return False
    if reading.periods and not in_time(part.facts[0], reading.periods):
        return False  # 2024年又有多少: the figure of another year says nothing of it
    return not reading.asks.isdisjoint(NUMERIC) and reading.intents.isdisjoint(WEIGHING)


def _gives_name(outcome: Outcome) -> bool:
    """Whether which it is was asked and answered."""
    return outcome.status == "answered" and "which" in outcome.reading.asks


def _asks_name(reading: Reading) -> bool:
    """Whether nothing is asked but one name, of nothing that is named."""
    return reading.asks == {"name"} and not reading.kinds and "each" not in reading.intents and reading.bare


def _no_question(text: str, context: Context, base: Base) -> Outcome | None:
    """The outcome for small talk and for a message without a word."""
    small = smalltalk(text, base.lexicon)
    if small:
        return Outcome("smalltalk", Reading(text), smalltalk=small, context=context)
    if not any(c.isalnum() for c in text):
        return Outcome("unknown", Reading(text), smalltalk="empty", context=context)
    return None
