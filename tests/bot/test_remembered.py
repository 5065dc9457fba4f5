"""A conversation goes on over a change of the base."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from answers.render import plain
from bot.answering import Desk
from bot.remembered import carry, dump, load
from knowledge.base import Base
from knowledge.build import build
from knowledge.outcome import NO_CONTEXT
from knowledge.pack import load_pack


@pytest.fixture(scope="module")
def other(alpine_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    """The same world with an entity and a fact more at the front: every number is another one."""
    pack = shutil.copytree(alpine_dir, tmp_path_factory.mktemp("other") / "huts")
    (pack / "entities" / "0.yaml").write_text("- {id: crow-hut, kind: hut, zh: 乌鸦小屋}\n", "utf-8")
    fact = "{id: s0, cite: [1], subject: crow-hut, relation: beds, value: 7张, statement: 乌鸦小屋有7张床。}"
    (pack / "facts" / "0.yaml").write_text(f"article: shanxun-2021\nfacts:\n  - {fact}\n", "utf-8")
    base = Base(build(load_pack(pack), tmp_path_factory.mktemp("other") / "huts.sqlite").path)
    yield base
    base.close()


def test_remembered_context_means_the_same_in_another_base(desk: Desk, other: Base) -> None:
    first = desk.reply("雾松小屋有多少张床？").outcome.context
    assert first.facts
    carried = carry(first, desk.base, other)
    assert carried != first
    assert carry(carried, other, desk.base) == first
    answers = [plain(d.reply("鹰石小屋呢？", c).answer) for d, c in ((desk, first), (Desk(other), carried))]
    assert answers[0] == answers[1]
    assert "32张" in answers[0]


def test_remembered_context_survives_json(desk: Desk) -> None:
    context = desk.reply("雾松小屋有多少张床？").outcome.context
    assert load(json.loads(json.dumps(dump(context, desk.base))), desk.base) == context


def test_what_a_base_no_longer_holds_is_forgotten(desk: Desk, other: Base) -> None:
    context = Desk(other).reply("乌鸦小屋有几张床？").outcome.context
    assert carry(context, other, desk.base) == NO_CONTEXT
    row = dump(desk.reply("雾松小屋有多少张床？").outcome.context, desk.base)
    assert load({**row, "rest": ["gone"]}, desk.base).rest == ()


@pytest.mark.parametrize("row", [{}, {"text": "x"}, {"text": "x", "spans": [[1]]}, {"text": "x", "spans": 3}])
def test_what_is_no_context_begins_a_new_conversation(desk: Desk, row: dict[str, object]) -> None:
    assert load(row, desk.base) == NO_CONTEXT
