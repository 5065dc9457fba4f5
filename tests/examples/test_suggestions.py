"""Suggestions are made from facts without asking them: here each is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from bot.answering import Desk
from bot.bench.curated import made_questions
from bot.suggest import LONGEST, MOST, near
from knowledge.base import Base
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
    tried: set[str] = set()
    for question in dict.fromkeys(asked_of(desk.base)):
        reply = desk.reply(question)
        found = near(question, reply, desk) if reply.answer.status == "answered" else []
        assert len(found) <= MOST
        for text, fact in found:
            if text in tried:
                continue
            tried.add(text)
            assert len(text) <= LONGEST
            outcome = desk.reply(text).outcome
            assert outcome.status == "answered", f"{question} → {text}"
            part = outcome.parts[0]
            # several facts of one relation and thing may share an answer, the newest of them first
            same = fact is None or any((f.relation, f.subject) == (fact.relation, fact.subject) for f in part.facts)
            assert same, f"{question} → {text}: {[f.zh for f in part.facts]}"
            assert fact is not None or part.kind == "card"
    assert tried or pack == "starter"
