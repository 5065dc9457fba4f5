"""Everyday words that neither a pack nor its statements have: verbs beside how many, how much, who and since when."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.asking.ask import Asker
from tests.knowledge.turns import told


@pytest.fixture(scope="module")
def brewery(asker_of: Callable[[str], Asker]) -> Asker:
    return asker_of("brewery")


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("眼下有多少人在泉镇酒厂打工？", ["q1a"]),
        ("How many people work for Springtown Brewery?", ["q1a"]),
        ("2023年泉镇酒厂欠着多少钱？", ["q1b"]),
        ("2024年泉镇酒厂挣了多少？", ["q1d"]),
        ("大肚锅在哪里检修？", ["q2c"]),
        ("大肚锅在哪儿修的？", ["q2c"]),
        ("大肚锅是干什么用的？", ["q2a"]),
        ("南院都修啥锅", ["q3c"]),
        ("铜匠行做的是哪口铜锅？", ["q2b"]),
        ("铜匠行造了哪些铜锅？", ["q2b"]),
        ("泉镇酒厂有哪几种铜锅？", ["q2a", "q3c"]),
    ],
)
def test_a_verb_beside_what_is_asked_tells_which_relation_is_meant(
    brewery: Asker, question: str, facts: list[str]
) -> None:
    assert told(brewery, question) == facts


def test_how_many_were_delivered_is_not_how_many_were_ordered(brewery: Asker) -> None:
    assert told(brewery, "大肚锅到现在交了多少口？")[0] == "q2e"
    assert told(brewery, "大肚锅订了多少口？")[0] == "q2d"


def test_since_when_something_is_there_is_not_when_more_of_it_is_planned(brewery: Asker) -> None:
    assert told(brewery, "南院是哪一年才有的？")[0] == "q3a"
    assert brewery.ask("南院是1953年有的吗？").parts[0].verdict == "yes"
    assert brewery.ask("南院是1963年有的吗？").parts[0].verdict != "yes"


def test_a_figure_of_another_year_denies_nothing(brewery: Asker) -> None:
    assert not any(part.verdict for part in brewery.ask("泉镇酒厂2023年赚钱了吗？").parts)
    assert brewery.ask("泉镇酒厂2024年赚钱了吗？").parts[0].verdict == "yes"


@pytest.mark.parametrize(
    ("turns", "fact"),
    [
        (("泉镇酒厂的厂长现在是谁？", "前一任呢？"), "q1e"),
        (("泉镇酒厂的厂长是谁？", "以前是谁？"), "q1e"),
        (("Who is the head of Springtown Brewery now?", "Who was it before?"), "q1e"),
        (("2023年泉镇酒厂的负债是多少？", "后来涨到多少了？"), "q1c"),
        (("2023年泉镇酒厂欠多少钱？", "后来呢？"), "q1c"),
    ],
)
def test_what_was_before_or_after_is_that_of_the_fact_just_told(
    brewery: Asker, turns: tuple[str, ...], fact: str
) -> None:
    assert told(brewery, *turns)[0] == fact


@pytest.mark.parametrize("question", ["大肚锅坐多少人？", "南院欠多少钱？", "细颈锅是谁造的？", "泉镇酒厂捐了多少钱？"])
def test_a_verb_asks_for_nothing_that_is_not_told(brewery: Asker, question: str) -> None:
    assert brewery.ask(question).status == "unknown"
