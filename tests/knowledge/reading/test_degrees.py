"""Which of several has more, which has less, and by how much."""

from __future__ import annotations

import pytest

from knowledge.linking.link import Mention
from knowledge.reading.degrees import degrees


def asked(text: str, intents: frozenset[str] = frozenset({"compare"})) -> set[str]:
    """What a comparison of 甲屋 and 乙屋 asks for."""
    mentions = [Mention(i, i + 2, n, (k,), "exact") for k, n in enumerate(("甲屋", "乙屋")) if (i := text.find(n)) >= 0]
    return degrees(mentions, text, set(intents))


@pytest.mark.parametrize(
    "text", ["甲屋比乙屋多睡多少人", "甲屋比乙屋高多少米?", "甲屋比乙屋少几张", "甲屋领先乙屋多少张"]
)
def test_by_how_much_is_a_difference(text: str) -> None:
    assert asked(text) == {"difference"}


@pytest.mark.parametrize(
    ("text", "degree"),
    [("甲屋和乙屋谁的床多?", {"most"}), ("甲屋比乙屋床少吗", {"least"}), ("甲屋比乙屋多收入多少", {"difference"})],
)
def test_more_and_less_are_told_apart(text: str, degree: set[str]) -> None:
    assert asked(text) == degree


@pytest.mark.parametrize("text", ["甲屋的床是乙屋的几倍", "甲屋有多少张床", "甲屋比例多少"])
def test_other_figures_are_no_difference(text: str) -> None:
    assert "difference" not in asked(text)
