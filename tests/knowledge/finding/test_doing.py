"""What is asked to have been done, and by whom, has to be told."""

from __future__ import annotations

import pytest

from knowledge.asking.ask import Asker
from knowledge.asking.message import folded
from knowledge.finding.doing import by_whom, done_else, names_no_other, not_by_any, of_no_kind
from knowledge.finding.find import find
from knowledge.finding.finding import Finding
from knowledge.reading.reading import Reading, read
from knowledge.reading.readings import without_excepted


def found(question: str, fact: str, asker: Asker) -> tuple[Finding, Reading]:
    """A fact as it is found for a question."""
    reading = read(folded(question, asker.base), asker.base)
    return next(f for f in find(reading, asker.base) if f.fact.id == fact), reading


@pytest.mark.parametrize(
    ("verb", "question"),
    [
        ("点亮", "谁点亮了湖灯?"),
        ("点亮", "湖灯是谁点亮的?"),
        ("点亮", "由谁来点亮"),
        ("paint", "who was it that painted the boat?"),
        ("点亮", "有谁当场点亮了湖灯?"),
        ("反对", "遭到谁的反对?"),
    ],
)
def test_who_did_it_is_asked(verb: str, question: str) -> None:
    assert by_whom(verb, question)


@pytest.mark.parametrize("question", ["湖灯点亮了什么?", "谁写了点亮仪式的稿子"])
def test_who_did_it_is_not_asked(question: str) -> None:
    assert not by_whom("点亮", question)


@pytest.mark.parametrize(
    ("question", "fact", "other"),
    [
        ("木桨银行创办了哪些公司？", "x3a", True),  # it holds a share of one
        ("九湖船务修缮了哪几个渡口？", "z6", False),
    ],
)
def test_another_deed_is_none_that_is_asked_for(lakes: Asker, question: str, fact: str, other: bool) -> None:
    assert done_else(*found(question, fact, lakes)) is other


@pytest.mark.parametrize(
    ("question", "none"),
    [("白帆社的渡口有谁拆毁了？", True), ("白帆社有谁点灯？", False), ("白帆社拆毁的渡口有哪些？", False)],
)
def test_none_of_those_asked_for_did_it(lakes: Asker, question: str, none: bool) -> None:
    assert not_by_any(*found(question, "z1", lakes)) is none


@pytest.mark.parametrize(
    ("question", "fact", "none"),
    [
        ("白帆社有哪些游船？", "z1", True),  # three piers, and no word of boats
        ("白帆社的渡口有哪些？", "z1", False),
    ],
)
def test_one_of_the_kind_asked_for_is_named(lakes: Asker, question: str, fact: str, none: bool) -> None:
    assert of_no_kind(*found(question, fact, lakes)) is none


@pytest.mark.parametrize(("fact", "nobody"), [("h7a", True), ("h7b", False), ("z1", False)])
def test_who_else_is_told_by_another_of_the_kind_or_a_list(lakes: Asker, fact: str, nobody: bool) -> None:
    reading = without_excepted(read(folded("除了傅澜还有谁？", lakes.base), lakes.base))
    facts = {f.id: f for f in map(lakes.base.fact, range(lakes.base.fact_count))}
    assert names_no_other(facts[fact], reading, lakes.base) is nobody
