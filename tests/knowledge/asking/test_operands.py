"""Calculations that are worked out of the answers to their parts, in a question or over several."""

from __future__ import annotations

from decimal import Decimal

import pytest

from knowledge.asking.ask import Asker
from knowledge.finding.outcome import Part
from tests.knowledge.turns import after, facts_of


def worked(outcome_of: Asker, *messages: str) -> Part:
    """The only part of the answer to the last of several messages."""
    (part,) = after(outcome_of, *messages).parts
    return part


@pytest.mark.parametrize(
    ("question", "kind", "result", "facts"),
    [
        ("鹰石小屋和冰舌小屋的床位数相加，得数是多少？", "sum", 46, ["s5b", "s6b"]),
        ("山里的青石谷、红岩谷两谷，向导总共多少人？", "sum", 95, ["w11", "w12"]),
        ("红岩谷与青石谷相比，向导多了多少人？", "difference", 15, ["w12", "w11"]),
        ("红岩谷的向导，比青石谷多多少人？", "difference", 15, ["w12", "w11"]),
    ],
)
def test_operands_are_asked_for_one_by_one(
    valleys: Asker, question: str, kind: str, result: int, facts: list[str]
) -> None:
    part = worked(valleys, question)
    assert (part.kind, part.result, [f.id for f in part.facts]) == (kind, Decimal(result), facts)


@pytest.mark.parametrize(
    "question",
    [
        "鹰石小屋和冰舌小屋的烤炉数相加，得数是多少？",  # nobody knows how many
        "鹰石小屋的床位和海拔相加，得数是多少？",  # metres are no beds
    ],
)
def test_what_has_no_figures_of_one_count_is_not_added(valleys: Asker, question: str) -> None:
    assert not any(p.worked for p in valleys.ask(question).parts)


@pytest.mark.parametrize(
    ("question", "kind", "result"),
    [
        ("红岩谷的55名向导是青石谷40名的几倍？", "ratio", "1.375"),
        ("红岩谷55名向导比青石谷40名多多少？", "difference", "15"),
    ],
)
def test_figures_that_a_question_gives(valleys: Asker, question: str, kind: str, result: str) -> None:
    part = worked(valleys, question)
    assert (part.kind, part.result, [f.id for f in part.facts]) == (kind, Decimal(result), ["w12", "w11"])


def test_a_figure_given_that_nobody_states_is_not_used(valleys: Asker) -> None:
    assert not any(p.worked for p in valleys.ask("红岩谷的55名向导是青石谷41名的几倍？").parts)


@pytest.mark.parametrize(
    ("question", "kind", "result"),
    [
        ("俩加一起呢", "sum", "95"),
        ("差几个人？", "difference", "15"),
        ("红岩谷是青石谷的几倍？", "ratio", "1.375"),
        ("青石谷是红岩谷的几倍？", "ratio", "0.727"),
    ],
)
def test_the_figures_told_last(valleys: Asker, question: str, kind: str, result: str) -> None:
    part = worked(valleys, "青石谷有多少名向导？", "红岩谷呢？", question)
    assert part.result is not None
    assert (part.kind, round(part.result, 3)) == (kind, Decimal(result))


def test_figures_of_two_measures_are_not_taken_together(valleys: Asker) -> None:
    outcome = after(valleys, "青石谷有多少名向导？", "鹰石小屋有多少张床？", "加起来呢？")
    assert not any(p.worked for p in outcome.parts)


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("雾松小屋建成和听泉小屋建成，先后是什么时候？", ["s4b", "w4"]),
        ("云鹿山小屋过夜人数：2020年旅游局统计和2023年登山会统计分别是多少？", ["s8a", "c7a"]),
    ],
)
def test_a_row_is_told_one_by_one(valleys: Asker, question: str, facts: list[str]) -> None:
    assert facts_of(valleys.ask(question)) == facts
