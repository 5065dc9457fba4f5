"""What a chatty message comes to, and what somebody doubts."""

from __future__ import annotations

import pytest

from knowledge.asking.ask import Asker
from knowledge.asking.gist import doubted, gists, without_aside
from knowledge.reading.readings import Readings
from knowledge.store.base import Base
from tests.knowledge.turns import after, facts_of


@pytest.mark.parametrize(
    ("message", "facts"),
    [
        ("我妈昨天刚去过冰舌小屋哈哈，突然想起来他家海拔多少来着", ["s6a"]),
        ("我同学在冰舌小屋打工，累坏了，我一直好奇，那里有多少张床呀", ["s6b"]),
    ],
)
def test_a_chatty_message_is_answered_for_what_it_comes_to(valleys: Asker, message: str, facts: list[str]) -> None:
    assert facts_of(after(valleys, message))[:1] == facts


@pytest.mark.parametrize("message", ["冰舌小屋有多少张床？", "我想去，2019年冰舌小屋有多少张床"])
def test_what_limits_a_question_is_no_chatter(alpine_base: Base, message: str) -> None:
    said = list(gists(alpine_base.tables.fold(message), Readings(alpine_base)))
    assert all("2019" in gist or "2019" not in message for gist in said)


@pytest.mark.parametrize(
    ("message", "question"),
    [
        ("有人说冰舌小屋是落日小屋,究竟是哪座", "冰舌小屋,究竟是哪座"),
        ("到底有多少张床", ""),
        ("冰舌小屋有多少张床", ""),
    ],
)
def test_what_others_say_it_is_is_not_taken_for_granted(alpine_base: Base, message: str, question: str) -> None:
    assert doubted(message, Readings(alpine_base)) == question


@pytest.mark.parametrize(
    ("message", "question"),
    [
        ("冰舌小屋有多少张床,我同学在那儿打工", "冰舌小屋有多少张床?"),
        ("冰舌小屋有多少张床,我记得是14张", "冰舌小屋有多少张床,我记得是14张"),
        ("冰舌小屋有多少张床,我想去雾松小屋", "冰舌小屋有多少张床,我想去雾松小屋"),
        ("冰舌小屋有14张床,我没记错吧", "冰舌小屋有14张床,我没记错吧"),
    ],
)
def test_what_the_asker_says_of_himself_is_no_part_of_the_question(
    alpine_base: Base, message: str, question: str
) -> None:
    assert without_aside(message, Readings(alpine_base)) == question
