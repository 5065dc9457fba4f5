"""Which of two has more is asked of both, and told by what sets one against the other."""

from __future__ import annotations

import pytest

from knowledge.asking.ask import Asker
from knowledge.asking.message import folded
from knowledge.reading.contest import two_sides, weighs
from knowledge.reading.reading import Reading, read


def reading(question: str, asker: Asker) -> Reading:
    return read(folded(question, asker.base), asker.base)


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("白鹭号和莲蓬号哪个更快？", ("白鹭号", "莲蓬号")),
        ("白鹭号还是莲蓬号更快？", ("白鹭号", "莲蓬号")),
        ("镜湖鸭湖谁的人多？", ("镜湖", "鸭湖")),
        ("Which is faster, the Heron or the Carp?", ("the heron", "the carp")),
    ],
)
def test_two_sides_stand_against_each_other(lakes: Asker, question: str, sides: tuple[str, str]) -> None:
    assert two_sides(reading(question, lakes)) == sides


@pytest.mark.parametrize(
    "question",
    [
        "白鹭号有多快？",
        "白鹭号和莲蓬号各有多快？",
        "白鹭号比莲蓬号快吗？",  # a claim
        "主办方和合作方哪个更多？",  # nothing known is named
    ],
)
def test_other_questions_have_no_sides(lakes: Asker, question: str) -> None:
    assert two_sides(reading(question, lakes)) is None


@pytest.mark.parametrize(("question", "facts"), [("白鹭号和青鲤号谁大？", {"z4"}), ("白鹭号和莲蓬号谁大？", set())])
def test_what_weighs_speaks_of_both(lakes: Asker, question: str, facts: set[str]) -> None:
    asked = reading(question, lakes)
    sides = two_sides(asked)
    assert sides is not None
    every = map(lakes.base.fact, range(lakes.base.fact_count))
    assert {fact.id for fact in every if weighs(fact, sides, asked, lakes.base)} == facts


def test_how_many_each_has_is_asked_behind_it(lakes: Asker) -> None:
    assert two_sides(reading("白鹭号和莲蓬号哪个更快，速度各多少？", lakes)) == ("白鹭号", "莲蓬号")
