"""What a message states without asking is checked; 甲不是乙吗 is the claim that it is."""

from __future__ import annotations

import pytest

from knowledge.asking.ask import Asker
from tests.knowledge.turns import after


@pytest.mark.parametrize(
    ("message", "verdict", "facts"),
    [
        ("听泉小屋的看屋人是顾杉", "yes", ["w5"]),
        ("我记得听泉小屋的看屋人是顾杉", "yes", ["w5"]),
        ("落日小屋的看屋人是顾杉", "no", ["s7d", "w5"]),
        ("我记得落日小屋的看屋人是顾杉", "no", ["s7d", "w5"]),
        ("落日小屋的看屋人不是顾杉吗", "no", ["s7d", "w5"]),
        ("听泉小屋的看屋人不是顾杉吗", "yes", ["w5"]),
    ],
)
def test_a_statement_is_checked(valleys: Asker, message: str, verdict: str, facts: list[str]) -> None:
    (part,) = after(valleys, message).parts
    assert (part.kind, part.verdict, [f.id for f in part.facts]) == ("verify", verdict, facts)


@pytest.mark.parametrize(
    "message", ["听泉小屋的看屋人是谁", "冰舌小屋和落日小屋的看屋人是谁", "听泉小屋是顾杉还是别人看"]
)
def test_a_question_is_no_statement(valleys: Asker, message: str) -> None:
    assert all(part.verdict != "no" for part in after(valleys, message).parts)
