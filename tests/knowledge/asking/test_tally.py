"""After how many there are, which ones they are asks the question before for them."""

from __future__ import annotations

import pytest

from knowledge.asking.tally import which_ones


@pytest.mark.parametrize(
    ("text", "before", "question"),
    [
        ("都叫什么?", "甲谷有几座小屋?", "甲谷有哪几座小屋?"),
        ("分别是哪些", "甲谷去年建了多少座小屋", "甲谷去年建了哪几座小屋"),
        ("那都是谁", "甲谷有几位看屋人?", "甲谷有哪几位看屋人?"),
        ("which are they?", "how many huts are there in the valley?", "which huts are there in the valley?"),
    ],
)
def test_the_question_before_is_asked_for_the_things(text: str, before: str, question: str) -> None:
    assert which_ones(text, before) == question


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("都叫什么?", ""),
        ("都叫什么?", "甲谷在哪里?"),  # nothing was counted
        ("小屋都叫什么?", "甲谷有几座小屋?"),  # says itself of what
        ("多少钱?", "甲谷有几座小屋?"),
        ("which is the oldest?", "how many huts are there?"),
    ],
)
def test_anything_else_stands_as_it_is(text: str, before: str) -> None:
    assert which_ones(text, before) == ""
