"""Two things side by side, of which one thing is asked of the one, another of the other."""

from __future__ import annotations

import pytest

from knowledge.text.contrast import ahead_of, apart_in_time, set_apart, within_whole, without_odds


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        ("比较雾松小屋与冰舌小屋的床位:一个有多少,一个缺多少?", "雾松小屋的床位有多少?冰舌小屋的床位缺多少?"),
        ("雾松小屋和冰舌小屋,一个在哪里,另一个归谁管", "雾松小屋在哪里?冰舌小屋归谁管?"),
        ("雾松小屋、冰舌小屋:前者几张床,后者几张床?", "雾松小屋几张床?冰舌小屋几张床?"),
        ("雾松小屋与冰舌小屋:当年一个由谁建,一个由谁建?", "雾松小屋当年由谁建?冰舌小屋当年由谁建?"),
    ],
)
def test_each_is_asked_its_own(message: str, questions: str) -> None:
    assert set_apart(message) == questions


@pytest.mark.parametrize(
    ("message", "question"),
    [
        ("谁的床位多,雾松小屋还是冰舌小屋?", "雾松小屋和冰舌小屋谁的床位多?"),
        ("哪座小屋更高，是雾松小屋还是冰舌小屋呢", "雾松小屋和冰舌小屋哪座小屋更高?"),
        ("谁建的小屋,雾松还是冰舌?", "谁建的小屋,雾松还是冰舌?"),
        ("雾松小屋还是冰舌小屋的床位多?", "雾松小屋和冰舌小屋的床位谁多?"),
        ("雾松小屋还是冰舌小屋?", "雾松小屋还是冰舌小屋?"),
        ("现在还是雾松小屋的床位多?", "现在还是雾松小屋的床位多?"),
    ],
)
def test_who_has_more_is_asked_of_both(message: str, question: str) -> None:
    assert set_apart(message) == question


@pytest.mark.parametrize(
    "message",
    [
        "雾松小屋和冰舌小屋,一个在谷里,一个在山上",  # nothing is asked
        "雾松小屋和冰舌小屋,一个在谷里,另一个在哪里?",
        "登山会建了一个什么,一个多大的小屋?",
        "雾松小屋和冰舌小屋哪一个大?",
    ],
)
def test_anything_else_stays_as_it_is(message: str) -> None:
    assert set_apart(message) == message


@pytest.mark.parametrize(
    ("message", "question"),
    [
        ("雾松小屋的床位,两处说法不一,各是多少", "雾松小屋的床位各是多少"),
        ("雾松小屋的床位,2019年和2021年的数字对不上,分别是多少", "雾松小屋的床位,2019年和2021年分别是多少"),
        ("雾松小屋的床位,两处口径不同,差在哪", "雾松小屋的床位,两处口径不同,差在哪"),
        ("雾松小屋和冰舌小屋的口径各是什么", "雾松小屋和冰舌小屋的口径各是什么"),
    ],
)
def test_that_figures_differ_asks_nothing(message: str, question: str) -> None:
    assert without_odds(message) == question


@pytest.mark.parametrize(
    ("message", "question"),
    [
        ("雾松小屋的床位,两处差一倍,各是多少", "雾松小屋的床位,两处各是多少"),
        ("两座小屋的床位数量分别为何", "两座小屋的床位数量分别是多少"),
        ("两座小屋的名字分别为何?", "两座小屋的名字分别是什么?"),
        ("两座小屋为何关门", "两座小屋为何关门"),
    ],
)
def test_what_each_is_is_asked_in_plain_words(message: str, question: str) -> None:
    assert without_odds(message) == question


def test_what_each_has_goes_behind_which_has_more() -> None:
    assert set_apart("which hut has more beds, a or b, and how many each?") == "which hut has more beds, a or b?"


@pytest.mark.parametrize(
    ("message", "question"),
    [
        ("雾松小屋的客人在全山的客人里占几成?", "雾松小屋的客人占全山的客人的几成?"),
        ("雾松小屋在云鹿山的床位当中约占百分之几?", "雾松小屋占云鹿山的床位的百分之几?"),
        ("雾松小屋占全山床位的几成?", "雾松小屋占全山床位的几成?"),
        ("看屋人在雾松小屋里住多久?", "看屋人在雾松小屋里住多久?"),
    ],
)
def test_a_part_within_a_whole_is_one_of_it(message: str, question: str) -> None:
    assert within_whole(message) == question


@pytest.mark.parametrize(
    ("message", "question"),
    [
        ("雾松小屋比冰舌小屋早建成几年?", "雾松小屋建成和冰舌小屋建成隔了几年?"),
        ("雾松小屋建成和冰舌小屋建成,哪个更早?早几年", "雾松小屋建成和冰舌小屋建成隔了几年?"),
        ("雾松小屋比冰舌小屋早吗?", "雾松小屋比冰舌小屋早吗?"),
        ("雾松小屋早上几点开门?", "雾松小屋早上几点开门?"),
    ],
)
def test_how_much_earlier_is_how_far_apart(message: str, question: str) -> None:
    assert apart_in_time(message) == question


@pytest.mark.parametrize(
    ("message", "question"),
    [
        ("red hut or blue hut: which has more beds?", "which has more beds, red hut or blue hut?"),
        (
            "between red hut and blue hut, whose roof is larger, and what are the two figures?",
            "whose roof is larger, red hut or blue hut?",
        ),
        ("in red hut and blue hut, which guides lead tours?", "in red hut and blue hut, which guides lead tours?"),
    ],
)
def test_two_named_first_are_asked_which_has_more(message: str, question: str) -> None:
    assert set_apart(message) == question


@pytest.mark.parametrize(
    ("message", "claim"),
    [
        ("与甲屋相比,乙屋更高,对吗?", "乙屋比甲屋更高,对吗?"),
        ("跟甲屋比起来,乙屋在冬天更暖吧", "乙屋比甲屋在冬天更暖吧"),
        ("与甲屋相比,乙屋有什么优势?", "与甲屋相比,乙屋有什么优势?"),
    ],
)
def test_what_is_set_beside_another_is_more_than_that(message: str, claim: str) -> None:
    assert ahead_of(message) == claim
