"""Answer a message: split it, read each question, find, decide. The one way through (DESIGN §2)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.accounts import only_of_sources
from knowledge.anaphora import resolved
from knowledge.apiece import WEIGHING
from knowledge.asked import NUMERIC
from knowledge.base import Base
from knowledge.bets import settled
from knowledge.cards import is_card
from knowledge.follow import NOTHING, Follower, bare, weighty
from knowledge.judge import explained, judge, only_excepted
from knowledge.link import Mention, link_exact, units
from knowledge.outcome import NO_CONTEXT, Context, Outcome, Part
from knowledge.patterns import HAN, pattern
from knowledge.pinyin import looks_like_pinyin, to_han
from knowledge.plain.ask import PlainAsker
from knowledge.probe import NO_HINTS, prepare
from knowledge.reading import Reading, read
from knowledge.segments import Segment, split
from knowledge.smalltalk import smalltalk
from knowledge.spelling import respelt

LONGEST = 4000
"""Characters of a message that are read; of a longer one the end, where people put the question."""
_SLIP = pattern("(是|在|来自|属于)那(?=[个家座款年位些里])")
_MANY = {c: n for n, c in enumerate("两三四五六七八九", start=2)} | {"二": 2}
_A_ROW = 3
"""Short names in a row that stand there by chance no more, where their number is not said."""
_HELP = "help"
"""Small talk that is a question where something was spoken of before (有什么功能)."""
_SHORT = 12
"""Characters of a question that may lean on the one before without saying so."""
_KEYWORD = 6
"""The same where it is a mere keyword (员工数)."""
_ITSELF = 2.5
"""Weight of the words by which a question that names nothing stands by itself."""
_TOPICS = 2
"""Things spoken of before that a question may be about as well."""
_LITTLE = 0.3
"""Weight of the words up to which a question says no more than whom or what it is about."""
_BACKGROUND = 600
"""Characters read of what was said before a question."""
_AGAINST = (WEIGHING - {"sum"}) | {"growth"}
_BETTER = 0.05
"""How much more of a sentence its last clause has to answer by itself."""


def folded(message: str, base: Base) -> str:
    """As much of a message as is read, folded."""
    return base.tables.fold(message[-LONGEST * 2 :])[-LONGEST:]


def spelt_out(text: str, base: Base) -> str:
    """A folded text; in characters if it is pinyin, and with 那 for 哪 mended where nothing else asks."""
    if not HAN.search(text):
        return to_han(text, base) if looks_like_pinyin(text, base) else text
    text = _in_full(text, base)
    return text if "那" not in text or base.lexicon.question_word(text) else _SLIP.sub(r"\1哪", text)


def _in_full(text: str, base: Base) -> str:
    """A folded text with rows of short names (京沪粤三地, 北上深) written out."""
    if not base.short:
        return text
    letters = "".join(base.short)
    found = list(re.finditer(f"[{letters}]{{2,}}(?:([{''.join(_MANY)}])[个大座]?[\u3400-\u9fff])?", text))
    for match in reversed(found):
        row = match[0].partition(match[1])[0] if match[1] else match[0]
        entities = [base.short[c] for c in row]
        enough = _MANY[match[1]] == len(row) if match[1] else len(row) >= _A_ROW
        names = link_exact(text, units(text), base)
        within = any(m.start < match.end() and match.start() < m.end and m.end - m.start > 1 for m in names)
        if enough and not within and len(set(entities)) == len(row):
            written = "、".join(base.tables.fold(base.entity(e).zh) for e in entities)
            text = text[: match.start()] + written + text[match.end() :]
    return text


class Asker(Follower):
    """Answers messages from one base. Holds no conversation itself: contexts go in and out."""

    def __init__(self, base: Base) -> None:
        super().__init__(base)
        self.plain = PlainAsker(base.plain) if base.plain else None

    def ask(self, message: str, context: Context = NO_CONTEXT) -> Outcome:
        """Answer one message of a conversation."""
        text = folded(message, self.base)
        if self.plain and not self.base.fact_count:
            return self._bulk(self.plain, text, context, message)
        small = _no_question(text, context, self.base)
        if small and not (small.smalltalk == _HELP and context.named):
            return small
        outcome = self._curated(text, context)
        if small and outcome.status != "answered":
            return small
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
        text = settled(spelt_out(text, self.base))
        segments = list(map(self._whole, self._tail_first(split(text, self.base.lexicon))))
        segments = self._of_sources(segments) or [Segment(text)]
        outcomes: list[Outcome] = []
        for segment in segments:
            reading = read(segment.text, self.base) if outcomes else NOTHING
            if hanging := self._hanging(outcomes[-1], segment, reading) if outcomes else None:
                outcomes.append(hanging)
                continue
            outcome = self._segment(segment, context)
            if outcome.status == "unknown" and len(outcomes) > 1:
                # A哪年建成、离B多远、怎么定位: the last may be asked of A again
                again = self._segment(segment, outcomes[0].context)
                outcome = again if again.status == "answered" else outcome
            if outcomes:
                outcome = self._carried(outcomes[0], segment, reading, outcome) or outcome
            outcomes.append(outcome)
            context = outcome.context
        return self._merge(outcomes, segments)

    def _tail_first(self, segments: list[Segment]) -> list[Segment]:
        """The segments; what stands behind a last one that names nothing (各是哪家的？（2021年）) is of the first."""
        if len(segments) < 2 or not segments[-1].tail or self.named(read(segments[-1].text, self.base)):
            return segments
        first, *others, last = segments
        return [first._replace(tail=last.tail), *others, last._replace(tail="")]

    def _whole(self, segment: Segment) -> Segment:
        """The segment with what was said after it, unless that is chatter (我直接懵了)."""
        if not segment.tail:
            return segment
        reading = read(segment.tail, self.base)
        told = reading.mentions or reading.periods or reading.quantities
        if not told and not any(len(c.text) > 1 and c.text not in reading.unknown for c in reading.clues):
            return segment
        return segment._replace(text=f"{segment.text},{segment.tail}")

    def _of_sources(self, segments: list[Segment]) -> list[Segment]:
        """The segments, each that only asks what sources say of it with the one before it."""
        joined: list[Segment] = []
        for segment in segments:
            if joined and only_of_sources(self.base, read(segment.text, self.base)):
                joined[-1] = joined[-1]._replace(text=f"{joined[-1].text},{segment.text}")
            else:
                joined.append(segment)
        return joined

    def _carried(self, first: Outcome, segment: Segment, reading: Reading, outcome: Outcome) -> Outcome | None:
        """The outcome of a later question of a message, asked of what the first is about, where that says more of it.

        甲的乙层占多少，比丙层高多少: the second is asked of the 乙层 of 甲.
        """
        if segment.lead or self.named(reading) or "pronoun" in reading.intents or outcome.smalltalk:
            return None
        whole = reading.of_whole or bool(reading.intents & _AGAINST)
        topic = _topic(first.reading, whole=whole)
        names = [m for m in first.reading.mentions if m.end <= len(topic)]
        if not topic or (not whole and self._spoken_of(outcome, names) == len(names)):
            return None
        full = read(f"{topic}{segment.text}", self.base)
        again = self._fresh(full, NOTHING, outcome.context)
        told = {f for p in first.parts for f in p.facts}
        if again.status != "answered" or all(f in told for p in again.parts for f in p.facts[:1]):
            return None
        if outcome.status != "answered":
            return again
        if _same_but_shorter(again, outcome):
            return again
        more, less = ((self._spoken_of(o, full.mentions), _answers(o, full)) for o in (again, outcome))
        return again if more > less and _answers(again, reading) >= _answers(outcome, reading) else None

    def _counted(self, before: Outcome, segment: Segment) -> Outcome | None:
        """How many there are of what was listed just before (有哪些…，一共几个), if the same passage says so."""
        outcome = self._segment(segment, before.context)
        told = {c for p in before.parts for f in p.facts for c in f.citations}
        first = [f for p in outcome.parts for f in p.facts[:1]]
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
        if self.named(reading) or weighty(reading, 1.5 if reading.mentions else _ITSELF):
            return None
        if before.status == "unknown":
            return before._replace(related=())
        if "list" in before.reading.asks and bare(reading) and reading.asks & NUMERIC:
            return self._counted(before, segment) or before._replace(parts=())
        return before._replace(parts=()) if before.parts and _tells_already(before.parts[0], reading) else None

    def _segment(self, segment: Segment, context: Context) -> Outcome:
        text = resolved(self._picked(segment.text, context), context, self.base)
        if not segment.lead:
            return self._alone(text, segment, context)
        full = read(f"{segment.lead},{text}", self.base)
        whole = self._fresh(full, NOTHING, context)
        if whole.smalltalk:
            return whole  # an opinion is asked for, whatever the last clause looks like
        said = _answers(whole, full) + _BETTER
        if whole.status == "answered" and (said >= 1.0 or whole.parts[0].worked or len(whole.parts) > 1):
            return whole  # the last clause by itself can't be answered any better
        alone = self._of_all(self._alone(text, segment, context), full)
        if whole.status != "answered" and alone.status == "answered" and self._strays(alone, full):
            return whole
        left = self._without_excepted(full)
        if alone.parts and all(only_excepted(f, left, self.base) for f in alone.parts[0].facts):
            return whole  # 除了A，…: the last clause by itself asks for A too
        if whole.status != "answered" or alone.status != "answered":
            return whole if whole.status == "answered" else alone
        return alone if _answers(alone, full) > said else whole

    def _of_all(self, outcome: Outcome, full: Reading) -> Outcome:
        """The outcome for the last clause; yes only where the statement speaks of all that the sentence names."""
        if not outcome.parts or outcome.parts[0].verdict != "yes":
            return outcome
        part = outcome.parts[0]
        spoken = part.facts[0].within
        if all(not spoken.isdisjoint(full.mentions[i].entities) for i in full.things(self.base)):
            return outcome
        return outcome._replace(parts=(part._replace(verdict=""), *outcome.parts[1:]))

    def _strays(self, outcome: Outcome, full: Reading) -> bool:
        """Whether an answer to the last clause says too little of the whole sentence."""
        probe = prepare(full, self.base, NO_HINTS)
        facts = outcome.parts[0].facts if outcome.parts else ()
        return all(f.coverage < self.limits.clause for f in judge(facts, probe))

    def _alone(self, text: str, segment: Segment, context: Context) -> Outcome:
        """Answer a question with what was said before as mere background."""
        reading, before = read(text, self.base), self._background(segment)
        if context.text or context.facts:
            outcome = self._follow(reading, before, context)
            if outcome:
                return outcome
            leaning = reading.asks or "followup" in reading.intents or len(reading.text) <= _KEYWORD
            if context.named and not reading.mentions and leaning and not weighty(reading, _ITSELF):
                # 估值多少 is asked of what was spoken of: a figure of anything else is no answer
                return self._passage(reading, before, context) or Outcome("unknown", reading, context=context)
            if self._asks_again(reading, context) and (again := self._swapped(reading, context)):
                return again
            if "followup" in reading.intents and context.text and is_card(self, reading):
                return Outcome("unknown", reading, context=context)  # 上海呢: the last question has no answer for it
        elif _refers_back(reading) and not (reading.mentions or before.mentions):
            return Outcome("unknown", reading, context=context)  # 它多少钱: nothing was spoken of
        outcome = self._fresh(reading, before, context)
        if context.named and self.named(reading) and not is_card(self, reading):
            outcome = self._still(reading, outcome, context) or outcome
            if "inside" in reading.intents and not _shares(outcome, context):
                return Outcome("unknown", reading, context=context)  # 里面多少来自北京: none of what 北京 has elsewhere
        if outcome.status == "unknown":
            outcome = self._respelt(reading, before, context) or outcome
        if outcome.status == "unknown" and (rest := self._past_chatter(reading)):
            outcome = self._fresh(read(rest, self.base), before, context)
        return (self._swapped(reading, context) if outcome.status == "unknown" else None) or outcome

    def _passage(self, reading: Reading, before: Reading, context: Context) -> Outcome | None:
        """The answer to a question that stands alone, if the passage that was read out before gives it."""
        outcome = self._fresh(reading, before, context)
        if outcome.status != "answered" or not outcome.parts[0].facts:
            return None
        read_out = {c for f in context.facts for c in self.base.fact(f).citations}
        return outcome if not read_out.isdisjoint(outcome.parts[0].facts[0].citations) else None

    def _asks_again(self, reading: Reading, context: Context) -> bool:
        """Whether a question that only names one thing asks for the same figure as the last (北京占几个)."""
        if not reading.asks & NUMERIC or not context.text or weighty(reading, _LITTLE):
            return False
        last = read(context.text, self.base)
        return reading.asks == last.asks and weighty(last, _LITTLE)

    def _swapped(self, reading: Reading, context: Context) -> Outcome | None:
        """The answer to the last question of what a short one names, which need not look like a follow-up."""
        short = context.text and len(reading.text) <= _SHORT and len(self.named(reading)) == 1
        # 上海的房价 asks for something else, whatever was said before
        if not short or weighty(reading, 0.9) or (reading.clues and not reading.asks):
            return None
        last = read(context.text, self.base)
        if not set(reading.kinds) <= set(last.kinds):
            return None
        swapped = self._swap(reading, context, force=True)
        again = self._fresh(read(swapped, self.base), NOTHING, context) if swapped else None
        return again if again and again.status == "answered" else None

    def _still(self, reading: Reading, alone: Outcome, context: Context) -> Outcome | None:
        """The answer about what was spoken of and what is named now together, if one statement is about both.

        Asked of a place, 有多少企业是北京来的 is about its firms and not about all of 北京.
        """
        named = frozenset(self.named(reading))
        kinds = {self.base.entity(e).kind for e in named}
        topics = [e for e in reversed(context.named) if e not in named]
        if not topics or self.base.entity(topics[0]).kind in kinds:
            return None  # another of the kind is spoken of now
        for topic in topics[:_TOPICS]:
            name = self.base.folded_names(topic)[0]
            outcome = self._fresh(read(f"{name} {reading.text}", self.base), NOTHING, context)
            first = [p.facts[0] for p in outcome.parts if p.facts]
            # who counted is not what was counted
            both = first and all(topic != f.by and f.entities >= {topic, *named} for f in first)
            if both and _answers(outcome, reading) >= _answers(alone, reading):
                return outcome
        return None

    def _respelt(self, reading: Reading, before: Reading, context: Context) -> Outcome | None:
        """The answer to the question with what nobody knows respelt, which it says; None if there is none."""
        # where nothing known is named, what is not known may be what the question is about (臺積電)
        text, meant = reading.text, respelt(reading, self.base) if self.named(reading) else {}
        for typed, word in meant.items():
            text = text.replace(typed, word)
        outcome = self._fresh(read(text, self.base), before, context) if meant else None
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
        return read(segment.background[-_BACKGROUND:], self.base) if segment.background else NOTHING


def _same_but_shorter(a: Outcome, b: Outcome) -> bool:
    """Whether one outcome gives the first fact of another without all that follows there."""
    facts, others = ([f for p in o.parts for f in p.facts] for o in (a, b))
    return facts[:1] == others[:1] and len(facts) < len(others)


def _topic(reading: Reading, *, whole: bool) -> str:
    """What a question is about: all as far as the last name before what asks, or the `whole` as far as that."""
    word = next((w for w in reading.words if w.has("q")), None)
    before = [m for m in reading.mentions if word and m.end <= word.start]
    if word is None or not before or reading.text.isascii():
        return ""
    end = word.start if whole else before[-1].end
    for other in reversed(reading.words):
        if whole and other.end == end and "f" in other.tags:
            end = other.start  # 甲的企业[有]多少家
    return reading.text[:end]


def _shares(outcome: Outcome, context: Context) -> bool:
    """Whether what answers speaks of something that was named before, or tells more of the last answer."""
    facts = [f for p in outcome.parts for f in p.facts]
    return not facts or any(f.f in context.facts or not f.within.isdisjoint(context.named) for f in facts[:1])


def _refers_back(reading: Reading) -> bool:
    """Whether it speaks of something named before: not where the pronoun is of what is asked for (which city … its)."""
    word = reading.word("i:refers")
    if word is None or not word.text.isascii():
        return word is not None
    asking = (w for w in reading.words if w.start < word.start and "q:which" in w.tags)
    return not any(" " in w.text or reading.kinds for w in asking)


def _tells_already(part: Part, reading: Reading) -> bool:
    """Whether an answer has what is asked next (…写法一样吗？分别是什么, which is larger, and how much)."""
    if part.kind == "conflict":
        return True
    figures = part.figures or (part.facts and part.facts[0].superlative and part.facts[0].quantities)
    if not figures or reading.mentions or any(not c.light for c in reading.clues):
        return False
    return not reading.asks.isdisjoint(NUMERIC) and reading.intents.isdisjoint(WEIGHING)


def _gives_name(outcome: Outcome) -> bool:
    """Whether which it is was asked and answered."""
    return outcome.status == "answered" and "which" in outcome.reading.asks


def _asks_name(reading: Reading) -> bool:
    """Whether nothing is asked but one name, of nothing that is named."""
    return reading.asks == {"name"} and not reading.kinds and "each" not in reading.intents and bare(reading)


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
