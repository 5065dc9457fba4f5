"""Lines and numbered items of a message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.store.base import Base
from knowledge.text.items import joined, rows


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("1.冰舌小屋多高 2.落日小屋几张床", ["冰舌小屋多高?", "落日小屋几张床?"]),
        ("两个问题：1、冰舌小屋多高？2、落日小屋几张床", ["两个问题：", "冰舌小屋多高？", "落日小屋几张床?"]),
        ("①冰舌小屋多高②落日小屋几张床", ["冰舌小屋多高?", "落日小屋几张床?"]),
        ("（1）冰舌小屋多高；（2）落日小屋几张床", ["冰舌小屋多高；", "落日小屋几张床?"]),
        ("Q1：冰舌小屋多高？Q2：落日小屋几张床？", ["冰舌小屋多高？", "落日小屋几张床？"]),
        ("第一，冰舌小屋多高？第二，落日小屋几张床？", ["冰舌小屋多高？", "落日小屋几张床？"]),
        ("1. How high is it? 2. Who keeps it?", ["How high is it?", "Who keeps it?"]),
        ("1.修路的计划是哪年的 2.2024年修了几条", ["修路的计划是哪年的?", "2024年修了几条?"]),
        ("冰舌小屋\n多高", ["冰舌小屋", "多高"]),
    ],
)
def test_items_and_lines(message: str, parts: list[str]) -> None:
    assert rows(message) == parts


@pytest.mark.parametrize(
    "message",
    [
        "雪图2.0是什么时候画的",
        "雪图1.0和雪图2.0哪个早",
        "“123”计划里的1、2、3分别指什么",
        "占1.75%的是谁，2.5%的呢",
        "2.先说第二个问题，1.再说第一个",
        "一、二、三号屋分别多高",
    ],
)
def test_figures_are_no_items(message: str) -> None:
    assert rows(message) == [message]


@given(st.text(alphabet="冰屋多高几12.、①②\n 。？", max_size=40))
def test_no_row_is_empty_and_no_word_is_lost(message: str) -> None:
    found = rows(message)
    assert all(row.strip() for row in found)
    assert [c for row in found for c in row if c in "冰屋多高几"] == [c for c in message if c in "冰屋多高几"]


@pytest.mark.parametrize(
    ("texts", "text"),
    [
        (["冰舌小屋多高", "落日小屋有几张床"], "冰舌小屋多高。落日小屋有几张床"),
        (["冰舌小屋", "落日小屋", "各有几张床"], "冰舌小屋 落日小屋 各有几张床"),
        (["冰舌小屋多高?", "", "谁看屋"], "冰舌小屋多高? 谁看屋"),
        ([], ""),
    ],
)
def test_a_question_ends_where_the_next_row_begins(alpine_base: Base, texts: list[str], text: str) -> None:
    assert joined(texts, alpine_base.lexicon) == text
