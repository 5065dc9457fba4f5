"""From a message to an answer in one language, as every surface does it."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from answers.chart import Chart, chart, request
from answers.compose import Answer, compose
from answers.figures import of_outcome, wider
from answers.render import as_json
from knowledge.asking.ask import Asker
from knowledge.asking.message import folded
from knowledge.finding.outcome import Context, Figure, Outcome, Part
from knowledge.linking.pinyin import spells
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.lexicon import stem
from knowledge.text.patterns import HAN, pattern

if TYPE_CHECKING:
    from bot.neighbours import Neighbours

_ORDINARY = ("f", "p", "l", "q", "i")
"""Tags of the words of a language rather than of a world."""
_LONG = 4
"""Letters of an English word that is no syllable."""
_TELLING = ("a", "r", "k", "s")
"""Tags of the words for things and what is said of them: English where they are spelt as no pinyin is."""
_LATIN = pattern(r"[A-Za-z]{2,}")
_READ = 100
"""Characters of a message from which its script is told."""
_SURROGATE = pattern(r"[\ud800-\udfff]")
"""Half a character: bytes of a command line that are no UTF-8, or a careless JSON writer."""


class Reply(NamedTuple):
    """An answer with what led to it."""

    answer: Answer
    outcome: Outcome
    took_us: int
    """Microseconds from the message to the composed answer."""
    chart_wanted: bool = False
    """Whether the message asks for a chart."""


class Desk:
    """One base, ready to answer."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.asker = Asker(base)

    @cached_property
    def neighbours(self) -> Neighbours:
        """What the base holds beside an answer."""
        from bot.neighbours import Neighbours  # a single answer is given without

        return Neighbours(self.base, self.asker)

    def reply(self, message: str, context: Context = Context(), language: str = "") -> Reply:
        """Answer a message; the language follows it unless set."""
        started = time.perf_counter_ns()
        message, chart_wanted = request(whole(message))
        outcome = self.asker.ask(message, context)
        answer = compose(outcome, self.base, language or language_of(message, outcome, self.base))
        return Reply(answer, outcome, (time.perf_counter_ns() - started) // 1000, chart_wanted)

    def stated(self, question: str, fact: FactRow, language: str = "") -> Reply:
        """The answer to a question that was made from a fact: that fact."""
        started = time.perf_counter_ns()
        context = Context(
            text=folded(question, self.base), named=(fact.subject,), primary=(fact.subject,), facts=(fact.f,)
        )
        reading = Reading(context.text)
        outcome = Outcome(
            "answered", reading, (Part("facts", (fact,), named=frozenset(context.named)),), context=context
        )
        answer = compose(outcome, self.base, language or language_of(question, outcome, self.base))
        return Reply(answer, outcome, (time.perf_counter_ns() - started) // 1000)

    def figures(self, reply: Reply) -> tuple[Figure, ...]:
        """The comparable figures that an answer holds, () if there are none.

        Where a chart was asked for, figures of the same measure beside the answer's will do.
        """
        found = of_outcome(reply.outcome, self.base)
        return found or (wider(reply.outcome, self.base) if reply.chart_wanted else ())

    def chart(self, reply: Reply) -> Chart | None:
        """The chart of an answer's figures, None if there are none."""
        return chart(self.figures(reply), self.base, reply.answer.language)

    def heard(self, message: str, context: Context, *, asked: bool = False) -> Context:
        """The context after a turn that is not to be answered: what the bot said, or with `asked` what it was asked."""
        return self.asker.hear(whole(message), context, asked=asked)

    def json(self, message: str, context: Context = Context(), language: str = "") -> tuple[dict[str, Any], Context]:
        """The JSON contract for a message, and the conversation's next context."""
        started = time.perf_counter_ns()
        reply = self.reply(message, context, language)
        row = as_json(reply.answer, reply.outcome, self.base, 0)
        row["took_us"] = (time.perf_counter_ns() - started) // 1000
        return row, reply.outcome.context

    def converse(self, turns: Iterable[str], language: str = "") -> dict[str, Any]:
        """The JSON contract for the last of several messages of one conversation."""
        context = Context()
        row: dict[str, Any] = {}
        for turn in turns:
            row, context = self.json(turn, context, language)
        return row


def whole(text: str) -> str:
    """The text with each half character replaced by the sign for a broken one: it can be stored and shown then."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def undecided(message: str, language: str) -> bool:
    """Whether a message could as well be in `language`: a bare name in en, characters of both scripts in zh-Hant."""
    han = "".join(HAN.findall(message))
    if language == "en":
        return not han
    try:
        han.encode("gb2312"), han.encode("big5")  # what each script has of everyday characters
    except UnicodeEncodeError:
        return False
    return language == "zh-Hant" and bool(han)


@lru_cache(maxsize=2)
def _merged(simplified: str) -> frozenset[str]:
    """The simplified characters that stand for several, by the table of all."""
    return frozenset(char for char, times in Counter(simplified).items() if times > 1)


def language_of(message: str, outcome: Outcome, base: Base) -> str:
    """zh-Hant where traditional characters outweigh, en where English words do, else zh-Hans (a bare name, pinyin)."""
    message = message[-4000:]
    if han := "".join(HAN.findall(message)):
        simplified = base.tables.simplified
        if han.translate(simplified) == han:
            return "zh-Hans"
        # a character that a simplified name has too (昇腾) tells nothing
        named = {c for m in outcome.reading.mentions for c in base.entity(m.entities[0]).zh}
        told = "".join([c for c in han if c not in named])
        hant = sum(map(str.__ne__, told, told.translate(simplified)))
        # 么 and 后 may stand for themselves in a traditional text, but not as often as 麼 and 後 would
        hans = sum(map(_merged(simplified).__contains__, told[-_READ:])) if hant else 0
        return "zh-Hant" if hant * 2 > hans else "zh-Hans"
    if HAN.search(outcome.reading.text) or not _LATIN.search(message):
        return "zh-Hans"
    known = base.lexicon.tags
    words = re.findall(r"[a-z']+", message.casefold())
    said = [stem(w) for w in words]
    phrases = (" ".join(said[i : i + n]) for i in range(len(said)) for n in (1, 2, 3))
    ordinary = any(t[0] in _ORDINARY for p in phrases for t in known.get(p, ()))
    if ordinary or (outcome.smalltalk and not spells(message.casefold(), base)):
        return "en"
    mentions = (m for m in outcome.reading.mentions if not base.entity(m.entities[0]).generic)
    names = {w for m in mentions for w in re.findall(r"[a-z']+", m.text)}
    things = (w for w in words if w not in names and any(t[0] in _TELLING for t in known.get(stem(w), ())))
    # location can be spelt as pinyin too, and is none where the message was not read as such
    return "en" if any(len(w) >= _LONG or not spells(w, base) for w in things) else "zh-Hans"
