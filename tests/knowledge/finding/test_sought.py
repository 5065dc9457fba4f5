"""The noun for what of a thing is asked for has to be told."""

from __future__ import annotations

import pytest

from knowledge.asking.ask import Asker
from knowledge.asking.message import folded
from knowledge.finding.find import find
from knowledge.finding.measure import lacks_noun
from knowledge.finding.sought import of_attribute
from knowledge.reading.reading import read


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What is the speed of the Heron?", True),
        ("What is the maximum tonnage of the Heron?", False),
        ("What is the Heron's draught?", False),
        ("What is the Heron?", True),
    ],
)
def test_what_of_a_thing_is_asked_for_in_english(lakes: Asker, question: str, told: bool) -> None:
    reading = read(folded(question, lakes.base), lakes.base)
    assert ("h2a" in [f.fact.id for f in of_attribute(find(reading, lakes.base), reading)]) is told


@pytest.mark.parametrize(
    ("question", "lacking"),
    [("石渡口在哪个街区？", True), ("石渡口在哪个湖？", False), ("石渡口坐落在哪个新城？", True)],
)
def test_one_of_the_sort_that_is_asked_for(lakes: Asker, question: str, lacking: bool) -> None:
    reading = read(folded(question, lakes.base), lakes.base)
    finding = next(f for f in find(reading, lakes.base) if f.fact.id == "h6a")
    assert lacks_noun(finding, reading, lakes.base) is lacking
