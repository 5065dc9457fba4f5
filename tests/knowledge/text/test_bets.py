"""Two people say different things, and who is right is asked."""

from __future__ import annotations

import pytest

from knowledge.text.bets import settled


@pytest.mark.parametrize(
    ("message", "question"),
    [
        ("他说听泉小屋是石墙,我说是木墙,到底谁对?", "听泉小屋是石墙还是木墙?"),
        ("跟人打赌,我赌雾松小屋归登山会管,同事赌是旅游局,谁赢了", "雾松小屋归登山会管还是旅游局?"),
        ("我说鹰石小屋有32张床,他说有30张床,哪个对", "鹰石小屋有32张床还是有30张床?"),
        ("他说红岩谷的向导多,我说是青石谷,2021年的,到底谁说得对", "2021年的红岩谷的向导多还是青石谷?"),
        ("同桌说听泉小屋是石墙,我记得是木墙,听谁的?", "听泉小屋是石墙还是木墙?"),
        ("争了半天,他说听泉小屋是石墙我说是木墙,谁对", "听泉小屋是石墙还是木墙?"),
        ("my friend says mistpine hut is from 1934, i say 1938. who is right?", "mistpine hut is from 1934 or 1938?"),
    ],
)
def test_a_bet_is_the_question_it_comes_to(message: str, question: str) -> None:
    assert settled(message) == question


@pytest.mark.parametrize(
    "message",
    [
        "何岭说雾松小屋有几张床?",
        "他说听泉小屋是石墙,我说是木墙",  # nothing is asked
        "登山会说有56张床,旅游局说有60张床,哪个更新",
    ],
)
def test_anything_else_stays_as_it_is(message: str) -> None:
    assert settled(message) == message
