"""When something was done, or came to a figure, is told by no statement on another deed or figure."""

from __future__ import annotations

import pytest

from knowledge.asking.ask import Asker
from knowledge.asking.message import folded
from knowledge.finding.deed import of_that_deed
from knowledge.finding.find import find
from knowledge.reading.reading import read


def dated(question: str, asker: Asker) -> list[str]:
    """The facts found for a question that may tell when that was."""
    base = asker.base
    reading = read(folded(question, base), base)
    return [f.fact.id for f in of_that_deed(find(reading, base), reading, base)]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("镜湖的人口什么时候达到4500人？", True),
        ("镜湖的人口什么时候达到6000人？", False),
        ("镜湖的人口何时突破5000人？", False),
        ("When did Mirror Lake reach 4500 inhabitants?", True),
        ("When did Mirror Lake reach 6000 inhabitants?", False),
        ("镜湖的人口是什么时候统计的？", True),
    ],
)
def test_a_figure_that_is_come_to(lakes: Asker, question: str, told: bool) -> None:
    assert ("h1b" in dated(question, lakes)) is told


def test_who_asks_for_no_date_is_told_all(lakes: Asker) -> None:
    assert "h1b" in dated("镜湖的人口有没有达到6000人？", lakes)
