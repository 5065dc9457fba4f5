"""What is asked of several times in a row is asked of each."""

from __future__ import annotations

import pytest

from knowledge.asking.ask import Asker
from knowledge.asking.message import folded
from knowledge.asking.times import at_each_time
from knowledge.reading.reading import read


@pytest.mark.parametrize(
    ("question", "questions"),
    [
        ("冰舌小屋2019年床位和2021年海拔各是多少", ["冰舌小屋2019年床位是多少", "冰舌小屋2021年海拔是多少"]),
        ("冰舌小屋2019年与2021年各多少床位", ["冰舌小屋2019年多少床位", "冰舌小屋2021年多少床位"]),
        ("Icetongue Hut beds in 2019 and in 2021", ["icetongue hut beds in 2019", "icetongue hut beds in 2021"]),
        # what stands right before each time is of that alone
        (
            "床位多少，雾松小屋2019年和冰舌小屋2021年各是多少",
            ["床位多少,雾松小屋2019年是多少", "床位多少,冰舌小屋2021年是多少"],
        ),
        ("冰舌小屋2019年床位和2021年海拔", []),  # 各 tells that each is asked for
    ],
)
def test_each_time_is_asked_for_with_its_noun(valleys: Asker, question: str, questions: list[str]) -> None:
    assert at_each_time(read(folded(question, valleys.base), valleys.base), valleys.base) == questions


@pytest.mark.parametrize(
    "question",
    [
        "冰舌小屋2019年有多少床位",  # one time
        "冰舌小屋2019年的床位比2021年多多少",  # set against each other
        "登山会说2019年和2021年一样吗",
    ],
)
def test_nothing_is_asked_of_each_time(valleys: Asker, question: str) -> None:
    assert at_each_time(read(folded(question, valleys.base), valleys.base), valleys.base) == []


def test_each_time_is_answered(lakes: Asker) -> None:
    outcome = lakes.ask("晨游线的船票2020年和2024年各是多少？")
    assert [fact.id for part in outcome.parts for fact in part.facts] == ["h4a", "x1a"]
