"""Contexts as text: the same after a reload, and forgotten where the base no longer knows what they stood on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answering import Desk
from bot.memory import dumped, loaded
from knowledge.building.build import build
from knowledge.finding.outcome import NO_CONTEXT, Context
from knowledge.store.base import Base
from knowledge.store.records import Pack

TURNS = [
    "冰舌小屋有多少张床？",
    "海拔多少？",
    "雾松小屋",
    "雾松小屋的看屋人是谁？",
    "Who is the warden of Eaglestone Hut?",
]


@pytest.fixture(scope="module")
def other(alpine_pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    """The same pack in another order: every number is another one."""
    turned = replace(
        alpine_pack, entities=tuple(reversed(alpine_pack.entities)), facts=tuple(reversed(alpine_pack.facts))
    )
    base = Base(build(turned, tmp_path_factory.mktemp("other") / "other.sqlite").path)
    yield base
    base.close()


@pytest.mark.parametrize("turn", TURNS)
def test_context_comes_back(desk: Desk, turn: str) -> None:
    context = desk.reply(turn).outcome.context
    assert loaded(dumped(context, desk.base), desk.base) == context


def test_no_context() -> None:
    assert loaded("", None) == NO_CONTEXT  # type: ignore[arg-type] -- no base is needed


@pytest.mark.parametrize("turn", TURNS)
def test_context_means_the_same_in_another_base(desk: Desk, other: Base, turn: str) -> None:
    context = desk.reply(turn).outcome.context
    moved = loaded(dumped(context, desk.base), other)
    assert [other.entity(e).id for e in moved.named] == [desk.base.entity(e).id for e in context.named]
    assert [other.fact(f).id for f in moved.facts] == [desk.base.fact(f).id for f in context.facts]
    first = Desk(other).reply("来源呢", moved).answer.facts
    assert first == desk.reply("来源呢", context).answer.facts


def test_context_on_a_name_that_is_gone_is_forgotten(desk: Desk) -> None:
    context = desk.reply(TURNS[0]).outcome.context
    data = json.loads(dumped(context, desk.base))
    data["spans"][0][2] = "gone"
    assert loaded(json.dumps(data), desk.base) == NO_CONTEXT


def test_facts_that_are_gone_are_left_out(desk: Desk) -> None:
    context = Context(text="床", facts=(0, 1))
    data = json.loads(dumped(context, desk.base))
    data["facts"][0] = "gone"
    assert loaded(json.dumps(data), desk.base).facts == (1,)


def test_stored_text_holds_no_numbers_of_the_base(desk: Desk, tmp_path: Path) -> None:
    context = desk.reply(TURNS[0]).outcome.context
    data = json.loads(dumped(context, desk.base))
    assert all(isinstance(e, str) for name in ("named", "answered", "facts") for e in data[name])
