"""Everyday words for ranks, claims, money and what came before, asked of a pack that has next to no cues."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.asking.ask import Asker
from tests.knowledge.turns import after, told


@pytest.fixture(scope="module")
def asker(asker_of: Callable[[str], Asker]) -> Asker:
    return asker_of("theatres")


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("2024年哪家剧场最冷清？", "v3"),
        ("2024年哪家剧场人气最旺？", "v1"),
        ("Which theatre drew the fewest people in 2024?", "v3"),
        ("海棠剧场和石湾剧场2024年谁更热闹？", "v2"),
        ("哪家剧场资格最老？", "o1"),
        ("哪家剧场最老？", "o1"),
        ("海棠剧场和石湾剧场哪个更老？", "o2"),
        ("海棠剧场和石湾剧场哪家开得更早？", "o2"),
        ("Which theatre is the oldest?", "o1"),
        ("云岭剧院翻修谁掏的钱最多？", "f1"),
    ],
)
def test_ranks_are_asked_by_everyday_words(asker: Asker, question: str, first: str) -> None:
    assert told(asker, question)[0] == first


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("2023年云岭剧院来了多少人？", ["v0"]),
        ("2024年云岭剧院演了多少场？", ["s1"]),
        ("云岭剧院占多大地方？", ["a1"]),
        ("南风银行给云岭剧院塞了多少钱？", ["p1"]),
        ("云岭剧院的图纸出自谁手？", ["g1"]),
        ("云岭剧院翻修的钱是哪几家凑的？", ["f1", "f2"]),
        ("《灯笼巷》是谁导的？", ["d1"]),
        ("《灯笼巷》谁演的？", ["d2"]),
        ("《雪夜船》的布景被谁借走了？", ["l1"]),
        ("于湘以前是干什么的？", ["h2"]),
    ],
)
def test_verbs_and_nouns_are_those_of_everyday(asker: Asker, question: str, facts: list[str]) -> None:
    assert told(asker, question) == facts


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("《灯笼巷》是陆遥主演的，有这事吧？", "yes"),
        ("云岭剧院翻修的资金一半来自南风银行，对吗？", "yes"),
        ("云岭剧院翻修的资金三成来自南风银行，对吗？", "no"),
        ("听说海棠剧场是1988年开业的？", "yes"),
        ("听说海棠剧场是1990年开业的？", "no"),
        ("《灯笼巷》是秦墨写的吗？", "no"),
        ("I heard that the Haitang Theatre opened in 1990?", "no"),
    ],
)
def test_claims_are_put_in_everyday_words(asker: Asker, claim: str, verdict: str) -> None:
    assert after(asker, claim).parts[0].verdict == verdict


@pytest.mark.parametrize(
    "question", ["《雪夜船》谁演的？", "秦墨还导过哪些戏？", "What else did Gu Lan design?", "秦墨以前是干什么的？"]
)
def test_who_did_something_else_is_no_answer(asker: Asker, question: str) -> None:
    assert after(asker, question).status == "unknown"


def test_the_last_figure_is_set_against_the_year_before(asker: Asker) -> None:
    first = "2024年云岭剧院来了多少人？"
    assert told(asker, first, "比上一年多多少？") == ["v0", "v1"]
    assert told(asker, first, "比2023年多多少？") == ["v0", "v1"]
    assert told(asker, first, "上一年呢？") == ["v0"]
    assert after(asker, "2023年云岭剧院来了多少人？", "比上一年多多少？").status == "unknown"
