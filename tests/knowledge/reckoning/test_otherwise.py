"""Beside what is calculated stands how the same things were counted at another time."""

from __future__ import annotations

import pytest

from knowledge.asking.ask import Asker


def counts(outcome_of: Asker, question: str) -> tuple[list[str], list[str]]:
    """The facts that are calculated with, and those that stand beside."""
    (part,) = outcome_of.ask(question).parts
    return sorted(f.id for f in part.facts), sorted(f.id for f in part.others)


@pytest.mark.parametrize(
    "question",
    [
        "红岩谷和青石谷巡山次数差多少？",
        "红岩谷和青石谷哪个巡山次数多？",
        "红岩谷和青石谷巡山次数加起来多少？",
        "How many more patrols were there in Bluestone Valley than in Redcliff Valley?",
    ],
)
def test_another_count_of_all_stands_beside(valleys: Asker, question: str) -> None:
    assert counts(valleys, question) == (["w23", "w24"], ["w21", "w22"])


def test_of_a_year_that_is_asked_for_no_other_is_told(valleys: Asker) -> None:
    assert counts(valleys, "2018年红岩谷和青石谷巡山次数差多少？") == (["w21", "w22"], [])


def test_what_is_counted_once_has_no_other_count(valleys: Asker) -> None:
    assert counts(valleys, "红岩谷和青石谷的向导差多少人？") == (["w11", "w12"], [])
