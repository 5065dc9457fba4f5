"""Questions to ask next, made from facts of the base, so that none leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bot.answering import Desk, Reply
from knowledge.linking.link import Mention
from knowledge.reading.reading import Reading
from knowledge.store.base import FactRow, RelationRow
from knowledge.text.courtesy import strip_polite
from knowledge.text.patterns import HAN, pattern

MOST = 3
LONGEST = 40
"""Characters of a question on a button."""
_BRACKET = pattern(r"[《》「」『』“”\"()（）]")


class Suggestion(NamedTuple):
    """A question to ask next."""

    text: str
    fact: FactRow | None = None
    """What answers it; None for a bare name, which asks for a card, and for the pack's examples."""


def suggestions(question: str, reply: Reply, desk: Desk) -> list[str]:
    """The texts of `suggest`."""
    return [suggestion.text for suggestion in suggest(question, reply, desk)]


def suggest(question: str, reply: Reply, desk: Desk) -> list[Suggestion]:
    """Up to three questions with an answer, near the one asked; the pack's examples where nothing is near."""
    answer = reply.answer
    if answer.status == "answered":
        return _near(question, reply, desk)
    if answer.status == "smalltalk":
        wanted = answer.smalltalk in {"greeting", "help"}
    else:
        wanted = not (answer.options or answer.related)
    return [Suggestion(text) for text in answer.examples[:MOST]] if wanted else []


def _near(question: str, reply: Reply, desk: Desk) -> list[Suggestion]:
    if reply.outcome.parts[0].kind == "card":
        return _first(desk, _aspects(reply, desk), _names(reply, desk))
    return _first(desk, _siblings(question, reply, desk), _names(reply, desk)) or _first(desk, _aspects(reply, desk))


def _first(desk: Desk, *sorts: Iterator[Suggestion]) -> list[Suggestion]:
    """The first of each sort, of none all that there is room for."""
    found: dict[str, Suggestion] = {}
    for sort in sorts:
        room = min(MOST, len(found) + MOST - 1)
        for suggestion in sort if len(found) < room else ():
            text = suggestion.text
            if len(text) <= LONGEST and desk.neighbours.plain(text):
                found.setdefault(text, suggestion)
            if len(found) >= room:
                break
    return list(found.values())


def _siblings(question: str, reply: Reply, desk: Desk) -> Iterator[Suggestion]:
    """The same question of another thing of the same kind."""
    base, part, reading = desk.base, reply.outcome.parts[0], reply.outcome.reading
    named = [m for m in reading.mentions if not base.entity(m.entities[0]).generic]
    if len(reply.outcome.parts) != 1 or not part.facts or part.kind not in {"facts", "verify"} or len(named) != 1:
        return
    asked, fact = named[0], part.facts[0]
    thing = asked.entities[0]
    if thing not in (fact.subject, fact.place):
        return
    frame = _frame(question, asked, reading, desk) if part.kind == "facts" else None
    language = reply.answer.language
    if frame:
        words = desk.neighbours.words(reading, thing)
        language = _script(frame, asked.text, language)
    elif _is_measure(base.relations[fact.relation]):
        words = desk.neighbours.label(fact.relation, language)
    else:
        return
    for e, other in desk.neighbours.same(fact, thing, words):
        if name := desk.neighbours.name(e, language):
            text = name.join(frame) if frame else _labelled(fact.relation, name, language, desk)
            yield Suggestion(text, other)


def _frame(question: str, asked: Mention, reading: Reading, desk: Desk) -> tuple[str, str] | None:
    """What stands before and behind the name in a question; None where another name can't stand there."""
    if asked.how != "exact" or len(asked.entities) > 1:
        return None
    if reading.quantities or reading.versions or "verify" in reading.intents:
        return None  # what is claimed of one thing is not claimed of another
    fold = desk.base.tables.fold
    if reading.text not in fold(question):
        question = reading.text[:1].upper() + reading.text[1:]  # a follow-up, filled in from what was said before
    question = strip_polite(question, desk.base.lexicon)
    folded = fold(question)
    start = folded.find(asked.text) if len(folded) == len(question) else -1
    before, after = question[:start], question[start + len(asked.text) :]
    return None if start < 0 or _BRACKET.search(before + after) else (before, after)


def _script(frame: tuple[str, str], name: str, language: str) -> str:
    """The language of the names that suit a question, whatever language it was answered in."""
    if not HAN.search(f"{frame[0]}{name}{frame[1]}"):
        return "en"
    return "zh-Hans" if language == "en" and HAN.search("".join(frame)) else language


def _is_measure(relation: RelationRow) -> bool:
    """Whether its label asks for a figure; labels of other relations are verbs as often as nouns."""
    # a number without a unit counts now this, now that
    return relation.value == "amount" or (relation.value == "number" and bool(relation.unit))


def _labelled(relation: int, name: str, language: str, desk: Desk) -> str:
    """The question for what a relation's label says of a thing."""
    label = desk.base.relations[relation].label(language)
    return f"{label} of {name}" if language == "en" else f"{name}的{label}"


def _aspects(reply: Reply, desk: Desk) -> Iterator[Suggestion]:
    """Of the thing asked about: what else is measured of it."""
    base, part, language = desk.base, reply.outcome.parts[0], reply.answer.language
    things = [e for e in part.named if not base.entity(e).generic]
    if len(reply.outcome.parts) != 1 or len(things) != 1:
        return
    thing, shown = things[0], {f.relation for f in (*part.facts, *part.others)}
    name = desk.neighbours.name(thing, language)
    for fact in map(base.fact, base.facts_of(thing) if name else ()):
        if fact.subject != thing or fact.relation in shown or not _is_measure(base.relations[fact.relation]):
            continue
        if desk.neighbours.tells(fact, thing, desk.neighbours.label(fact.relation, language)):
            shown.add(fact.relation)
            yield Suggestion(_labelled(fact.relation, name, language, desk), fact)


def _names(reply: Reply, desk: Desk) -> Iterator[Suggestion]:
    """The things that the answer gave."""
    part = reply.outcome.parts[0]
    known = {*part.named, *(f.by for f in part.facts)}
    for e in reply.outcome.context.answered:
        entity = desk.base.entity(e)
        if e in known or entity.facts <= 1 or entity.kind in desk.base.topics:
            continue
        if name := desk.neighbours.name(e, reply.answer.language):
            yield Suggestion(name)
