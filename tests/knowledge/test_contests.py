"""Who came where, who won when and how often, what is biggest or youngest, and by how much something changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.asking.ask import Asker
from tests.knowledge.turns import after, told


@pytest.fixture(scope="module")
def regatta(asker_of: Callable[[str], Asker]) -> Asker:
    return asker_of("regatta")


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("2023年积分第二的是谁？", "otters"),
        ("2024年积分倒数第二的是哪支船队？", "carps"),
        ("2024年哪个队的积分最少？", "newts"),  # 队 alone is the crew
        ("2023年谁排第二？", "otters"),
        ("2024年大赛亚军是谁？", "herons"),
        ("2024年垫底的是谁？", "newts"),
        ("Who came second in 2023?", "otters"),
        ("Who finished last in 2024?", "newts"),
        ("2024年快桨王是谁？", "herons"),
        ("最大的船坞是哪个？", "mill-shed"),
        ("Which boathouse is the smallest?", "ferry-shed"),
    ],
)
def test_places_are_worked_out_from_figures(regatta: Asker, question: str, name: str) -> None:
    part = after(regatta, question).parts[0]
    assert part.kind == "rank"
    assert part.figures[part.place - 1].fact.subject == regatta.base.entity_number(name)


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("2024年大赛积分前三名是哪几个队？", ["p24a", "p24b", "p24c"]),
        ("2023年大赛前两名是谁？", ["p23b", "p23a"]),
        ("年纪最小的桨手是谁？", ["a1"]),
        ("最年轻的桨手是谁？", ["a1"]),
        ("谁年龄最大？", ["a2"]),
        ("历年大赛冠军是谁？", ["w22", "w23", "w24"]),
        ("2022到2023年的灯节杯冠军分别是谁？", ["c22", "c23"]),
        ("Which crews won the regatta between 2022 and 2024?", ["w22", "w23", "w24"]),
        ("苍鹭队拿过几次大赛冠军？", ["w22", "w23"]),
        ("How many times have the Herons won the regatta?", ["w22", "w23"]),
        ("苍鹭队一共拿过几次冠军？", ["w22", "w23", "c24"]),
        ("2024年大赛冠军是谁？", ["w24"]),
        ("都有哪些商号赞助船队？", ["fa", "fb", "fc"]),
        ("磨坞的造价涨了多少？", ["k1", "k2"]),
        ("苍鹭队的队员比2022年多了多少？", ["m1", "m2"]),
        ("水獭队的积分比2023年多了多少？", ["p23a", "p24a"]),
    ],
)
def test_what_was_so_time_after_time_is_told_by_a_statement_for_each(
    regatta: Asker, question: str, facts: list[str]
) -> None:
    assert told(regatta, question) == facts


def test_a_year_of_two_digits_is_one_behind_a_question_of_another(regatta: Asker) -> None:
    assert told(regatta, "2023年大赛冠军是谁？", "24年呢？") == ["w24"]


@pytest.mark.parametrize(
    "question",
    [
        "2024年灯节杯亚军是谁？",
        "2024年门票收入谁排第二？",
        "磨坞有多大？",
        "哪个船坞面积最大？",
        "鲤鱼队拿过几次大赛冠军？",
    ],
)
def test_a_place_in_something_else_is_not_worked_out(regatta: Asker, question: str) -> None:
    assert after(regatta, question).status == "unknown"
