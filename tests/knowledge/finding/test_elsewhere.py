"""Whose date, place or reason a fact tells, and of whom it says what sets one above another."""

from __future__ import annotations

import pytest

from knowledge.asking.ask import Asker
from knowledge.asking.message import folded
from knowledge.finding.elsewhere import names_its_place, of_else, sets_above
from knowledge.finding.find import find
from knowledge.finding.finding import Finding
from knowledge.reading.reading import Reading, read


def found(question: str, fact: str, asker: Asker) -> tuple[Finding, Reading]:
    """A fact as it is found for a question."""
    reading = read(folded(question, asker.base), asker.base)
    return next(f for f in find(reading, asker.base) if f.fact.id == fact), reading


@pytest.mark.parametrize(
    ("question", "fact", "else_"),
    [
        ("木桨银行在哪里？", "z5", True),  # that is where the firm is which it pays for
        ("九湖船务在哪里？", "z5", False),
        ("柳渡口何时搬迁？", "z1", True),  # when it is lit is not when it was moved
        ("柳渡口哪年造的？", "h6b", False),
        ("九湖船务为什么亏钱？", "h5a", True),
    ],
)
def test_date_place_and_reason_are_of_what_is_asked(lakes: Asker, question: str, fact: str, else_: bool) -> None:
    assert of_else(*found(question, fact, lakes), lakes.readings) is else_


@pytest.mark.parametrize(
    ("question", "fact", "named"),
    [
        ("放灯会是哪个湖的？", "h8a", True),
        ("九湖船务是哪个湖的？", "z5", True),
        ("放灯会是哪个渡口的？", "h8a", False),
        ("石渡口是哪个湖的？", "h6a", False),  # a place lies in others, and is of none
    ],
)
def test_whose_place_a_thing_is_of_is_told_by_its_name(lakes: Asker, question: str, fact: str, named: bool) -> None:
    assert names_its_place(*found(question, fact, lakes), lakes.readings) is named


@pytest.mark.parametrize(
    ("question", "above"),
    [
        ("青鲤号有什么特点？", True),
        ("白鹭号有什么特点？", False),
        ("青鲤号和白鹭号有什么不同？", False),
    ],
)
def test_what_sets_one_above_another_tells_nothing_of_that(lakes: Asker, question: str, above: bool) -> None:
    finding, reading = found(question, "z4", lakes)
    assert sets_above(finding.fact, reading, lakes.readings) is above


def test_what_is_of_something_else_is_no_answer(lakes: Asker) -> None:
    assert lakes.ask("木桨银行在哪里？").status == "unknown"
    assert lakes.ask("九湖船务在哪里？").status == "answered"
