"""Suggestions are made from facts without asking them: here each is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from bot.answering import Desk
from bot.bench.curated import made_questions
from bot.suggest import LONGEST, MOST, Suggestion, suggest
from knowledge.store.base import Base
from tests.examples.conftest import PACKS

DeskOf = Callable[[str], Desk]


def asked_of(base: Base) -> Iterator[str]:
    """Questions about every fact, in several wordings and in each language."""
    yield from (turns[-1] for turns in made_questions(base))
    for fact in map(base.fact, range(base.fact_count)):
        subject, relation = base.entity(fact.subject), base.relations[fact.relation]
        if relation.value in {"number", "amount", "share"}:
            yield f"请问{subject.zh}{relation.zh}是多少"
        if fact.f % 3 == 0:
            yield f"{subject.hant}的{relation.hant}是什麼？"
            yield f"{relation.en} {subject.en}"


@pytest.mark.parametrize("pack", PACKS)
def test_each_suggestion_is_answered_by_its_fact(desk_of: DeskOf, pack: str) -> None:
    desk = desk_of(pack)
    tried: dict[str, bool] = {}
    for question in dict.fromkeys(asked_of(desk.base)):
        reply = desk.reply(question)
        found = suggest(question, reply, desk) if reply.answer.status == "answered" else []
        assert len(found) <= MOST
        for suggestion in found:
            assert len(suggestion.text) <= LONGEST
            if suggestion.text not in tried:
                tried[suggestion.text] = answered(suggestion, desk)
                assert tried[suggestion.text] or suggestion.fact, f"{question} → {suggestion.text}"
    # the engine may find too little told of a thing of which it knows much; a tap then shows the fact itself
    lost = [text for text, done in tried.items() if not done]
    assert len(lost) <= len(tried) / 100, lost
    assert tried or pack == "starter"


def answered(suggestion: Suggestion, desk: Desk) -> bool:
    """Whether the engine answers it as expected: a name by its card, else by the fact or one that says the same."""
    outcome = desk.reply(suggestion.text).outcome
    if outcome.status != "answered":
        return False
    part, fact = outcome.parts[0], suggestion.fact
    if fact is None:
        return part.kind == "card"
    return any((f.relation, f.subject) == (fact.relation, fact.subject) for f in part.facts)
