"""The groups of questions in the YAML files beside this one: each form is understood and answered as they say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from rapidfuzz.distance import OSA

from answers.compose import Answer
from answers.render import as_json, plain
from bot.answering import Desk, Reply
from bot.conversation import Conversation
from knowledge.text.fold import Tables

FILES = sorted(Path(__file__).parent.glob("*.yaml"))
FORMS = ("zh-Hans", "zh-Hant", "typo", "sound", "en")
KEYS = {"about", "before", "ask", "status", "intent", "facts", "options", "reads", "says", "near"}
NEAR_KEYS = {"ask", "before", "status", "facts", "says"}
LEAST = {"alpine-huts": 15, "model-cities": 12}

Group = dict[str, Any]
Desks = Callable[[str], Desk]


def groups(file: Path) -> list[Group]:
    found: list[Group] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found


ALL = [(file.stem, group) for file in FILES for group in groups(file)]
BY_FORM = [
    pytest.param(pack, group, form, id=f"{pack}: {group['about']}: {form}")
    for pack, group in ALL
    for form in group["ask"]
]
BY_NEAR = [
    pytest.param(pack, group, near, id=f"{pack}: {group['about']}: near {number}")
    for pack, group in ALL
    for number, near in enumerate(group.get("near", ()), start=1)
]


def told(desk: Desk, before: list[str], question: str) -> Reply:
    conversation = Conversation(desk)
    for message in before:
        conversation.say(message)
    return conversation.say(question)


def said_before(group: Group, form: str) -> list[str]:
    before: dict[str, list[str]] = group.get("before", {})
    return before.get(form, before.get("zh-Hans", []))


def every_line_cites(answer: Answer) -> bool:
    numbers = {c.n for c in answer.citations}
    lines = [line for block in answer.blocks for line in (*block.lines, *block.others)]
    return bool(lines) and all(line.cites and numbers.issuperset(line.cites) for line in lines)


@pytest.mark.parametrize(("pack", "group", "form"), BY_FORM)
def test_form_of_a_question(desk_of: Desks, pack: str, group: Group, form: str) -> None:
    desk = desk_of(pack)
    reply = told(desk, said_before(group, form), group["ask"][form])
    row = as_json(reply.answer, reply.outcome, desk.base, reply.took_us)
    assert row["status"] == group.get("status", "answered"), row["answer"]
    assert set(row["facts"]) == set(group.get("facts", ())), row["answer"]
    assert row["reading"]["intent"] == group["intent"]
    options = [desk.base.entity(option.entity).id for option in reply.outcome.options]
    assert options == group.get("options", [])
    reads = group.get("reads", {})
    assert set(reads.get("entities", ())) <= set(row["reading"]["entities"])
    assert set(reads.get("intents", ())) <= reply.outcome.reading.intents
    assert every_line_cites(reply.answer) == (row["status"] == "answered")
    if form in group.get("says", ()):
        assert plain(reply.answer) == group["says"][form]
        assert reply.answer.language == form


@pytest.mark.parametrize(("pack", "group", "near"), BY_NEAR)
def test_near_miss(desk_of: Desks, pack: str, group: Group, near: dict[str, Any]) -> None:
    reply = told(desk_of(pack), near.get("before", []), near["ask"])
    assert reply.answer.status == near.get("status", "unknown"), plain(reply.answer)
    assert set(reply.answer.facts) == set(near.get("facts", ())), plain(reply.answer)
    if "says" in near:
        assert plain(reply.answer) == near["says"]
    else:
        assert plain(reply.answer) not in group.get("says", {}).values()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_groups_are_well_formed(file: Path) -> None:
    rows = groups(file)
    assert len(rows) >= LEAST.get(file.stem, 1)
    assert len({row["about"] for row in rows}) == len(rows)
    for row in rows:
        assert set(row) <= KEYS, row["about"]
        assert list(row["ask"]) == [form for form in FORMS if form in row["ask"]], row["about"]
        assert "zh-Hans" in row["ask"], row["about"]
        assert set(row.get("before", ())) <= {"zh-Hans", "zh-Hant", "en"}, row["about"]
        assert set(row.get("says", ())) <= set(row["ask"]) & {"zh-Hans", "zh-Hant", "en"}, row["about"]
        assert all(set(near) <= NEAR_KEYS for near in row.get("near", ())), row["about"]


@pytest.mark.parametrize(("pack", "group"), [pytest.param(p, g, id=f"{p}: {g['about']}") for p, g in ALL])
def test_forms_are_what_they_are_called(tables: Tables, pack: str, group: Group) -> None:
    ask = group["ask"]
    right = tables.fold(ask["zh-Hans"])
    if "zh-Hant" in ask:
        assert ask["zh-Hant"] != ask["zh-Hans"]
        assert tables.fold(ask["zh-Hant"]) == right
    if "typo" in ask:
        assert OSA.distance(tables.fold(ask["typo"]), right) == 1
    if "sound" in ask and not ask["sound"].isascii():
        assert ask["sound"] != ask["zh-Hans"]
        assert tables.sound(tables.fold(ask["sound"])) == tables.sound(right)
    if "en" in ask:
        assert ask["en"].isascii() or any(not c.isascii() and c in ask["zh-Hans"] for c in ask["en"])
