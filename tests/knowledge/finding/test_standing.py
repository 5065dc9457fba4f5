"""Questions for whoever holds a place in an order, and for nothing else."""

from __future__ import annotations

import pytest

from knowledge.finding.standing import place_of_whom


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("第一是谁?", 1),
        ("那第二呢", 2),
        ("谁排第三?", 3),
        ("榜首是哪个城市", 1),
        ("亚军是谁", 2),
        ("who is first?", 1),
        ("and which city comes second?", 2),
    ],
)
def test_a_place_is_asked_for(text: str, place: int) -> None:
    assert place_of_whom(text) == place


@pytest.mark.parametrize("text", ["第一款模型是谁做的?", "谁第一个开源?", "第二条是什么?", "它排第几?", "who came?"])
def test_something_else_is_asked(text: str) -> None:
    assert place_of_whom(text) == 0
