"""Several questions in one message: each is answered as by itself, in whatever way they are joined."""

from __future__ import annotations

import pytest

from knowledge.asking.ask import Asker
from tests.knowledge.turns import after, told


@pytest.mark.parametrize(
    ("message", "facts"),
    [
        ("听泉小屋归谁看？落日小屋多高？", ["w5", "s7a"]),
        ("听泉小屋归谁看\n冰舌小屋有几张床", ["w5", "s6b"]),
        ("1.听泉小屋归谁看 2.冰舌小屋有几张床", ["w5", "s6b"]),
        ("听泉小屋归谁看，另外冰舌小屋是不是有12张床？", ["w5", "s6b"]),
        ("听泉小屋归谁看 冰舌小屋的床有多少张", ["w5", "s6b"]),
        ("冰舌小屋有几张床；听泉小屋的看屋人", ["s6b", "w5"]),  # asked by a noun alone
        ("冰舌小屋的海拔，听泉小屋归谁看", ["s6a", "w5"]),
    ],
)
def test_each_is_answered(valleys: Asker, message: str, facts: list[str]) -> None:
    assert told(valleys, message) == facts


@pytest.mark.parametrize("message", ["冰舌小屋，有几张床", "关于冰舌小屋的事，有几张床"])
def test_what_is_asked_about_is_no_question(valleys: Asker, message: str) -> None:
    assert told(valleys, message) == ["s6b"]


@pytest.mark.parametrize("message", ["冰舌小屋有几张床😂", "冰舌小屋 的 床 有 几张", "冰舌小屋有几张床 🙏🙏"])
def test_pictures_and_loose_spaces_say_nothing(valleys: Asker, message: str) -> None:
    assert told(valleys, message) == ["s6b"]


def test_a_picture_behind_a_claim_leaves_it_one(valleys: Asker) -> None:
    assert after(valleys, "落日小屋的看屋人是顾杉吧😂").parts[0].verdict == "no"
