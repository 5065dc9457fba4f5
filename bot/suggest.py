"""Questions to ask next: each is asked before it is offered, so that none leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from bot.answering import Desk, Reply
from knowledge.outcome import Part
from knowledge.patterns import A_HAN

MOST = 3
LONGEST = 40
"""Characters of a question on a button."""
_MEASURES = frozenset({"number", "amount"})
_TRIES = 6
"""Questions tried of each sort."""


def suggestions(question: str, reply: Reply, desk: Desk) -> list[str]:
    """Up to three questions with an answer, near the one asked; the pack's examples where nothing is near."""
    answer, outcome = reply.answer, reply.outcome
    if answer.status == "smalltalk":
        return list(answer.examples[:MOST]) if answer.smalltalk in {"greeting", "help"} else []
    if answer.status != "answered":
        return [] if answer.options or answer.related else list(answer.examples[:MOST])
    part = outcome.parts[0]
    found: list[str] = []
    for sort in (_siblings(question, reply, desk), _aspects(part, answer.language, desk), _names(part, reply, desk)):
        room = MOST - len(found) if found else MOST - 1
        new = (text for text in _limited(sort) if text not in found and desk.answers(text))
        found += [text for text, _ in zip(new, range(room), strict=False)]
        if len(found) >= MOST:
            break
    return found[:MOST]


def _limited(texts: Iterator[str]) -> Iterator[str]:
    return (text for text, _ in zip(texts, range(_TRIES), strict=False) if len(text) <= LONGEST)


def _siblings(question: str, reply: Reply, desk: Desk) -> Iterator[str]:
    """The same question of another thing of the same kind."""
    named = [m for m in reply.outcome.reading.mentions if not desk.base.entity(m.entities[0]).generic]
    mentions = [m for m in named if m.how == "exact"]
    if len(named) != 1 or not mentions or len(reply.outcome.parts) != 1 or reply.outcome.parts[0].kind == "card":
        return
    asked, base, read = mentions[0], desk.base, reply.outcome.reading.text
    if read not in base.tables.fold(question) or len(question.casefold()) != len(question):
        question = read[:1].upper() + read[1:]  # a follow-up, filled in from what was said before
    start = question.casefold().find(asked.text)
    if start < 0:
        return
    language = reply.answer.language if A_HAN.search(question) is None or reply.answer.language != "en" else "zh-Hans"
    relation = base.relations[reply.outcome.parts[0].facts[0].relation]
    for e in base.of_kind(base.entity(asked.entities[0]).kind):
        family = {f.relation for f in map(base.fact, base.facts_of(e)) if e in (f.subject, f.place)}
        if e not in asked.entities and relation.r in family:
            name = base.entity(e).name(language)
            yield question[:start] + name + question[start + len(asked.text) :]


def _aspects(part: Part, language: str, desk: Desk) -> Iterator[str]:
    """Of a thing whose card was shown: what else is known of it."""
    if part.kind != "card" or not part.named or language == "zh-Hant":
        return
    base = desk.base
    thing = next(iter(part.named))
    shown = {f.relation for f in part.facts}
    facts = (base.fact(f) for f in base.facts_of(thing))
    for r in dict.fromkeys(f.relation for f in facts if f.subject == thing and f.relation not in shown):
        relation = base.relations[r]
        if relation.value not in _MEASURES:
            continue  # labels of other relations are verbs as often as nouns
        name = base.entity(thing).name(language)
        yield f"{relation.en} of {name}" if language == "en" else f"{name}的{relation.zh}"


def _names(part: Part, reply: Reply, desk: Desk) -> Iterator[str]:
    """The things that the answer gave."""
    known = {*part.named, *(f.by for f in part.facts)}
    for e in reply.outcome.context.answered:
        entity = desk.base.entity(e)
        if e not in known and not entity.generic and entity.facts > 1 and entity.kind not in desk.base.topics:
            yield entity.name(reply.answer.language)
