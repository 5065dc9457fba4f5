"""What holds in place of a claim: its own question answered, with what is claimed taken out."""

from __future__ import annotations

import pytest

from knowledge.asking.ask import Asker


def verdict(question: str, asker: Asker) -> tuple[str, list[str]]:
    (part,) = asker.ask(question).parts
    return part.verdict, [fact.id for fact in part.facts]


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        # the value for what the claim is about stands first, then what is true of the other end
        ("雾松小屋的看屋人是顾杉吗？", ["s4d", "w5"]),
        ("听泉小屋的看屋人是何岭吧？", ["w5", "s4d"]),
        ("Was Listening Hut built in 1985, is that right?", ["w4"]),
        ("雾松小屋每晚收45元吗？", ["c3c"]),  # 45 is the price of another hut
        ("冰舌小屋海拔2421米吧？", ["s6a"]),
        ("Listening Hut was built in 1985, wasn't it?", ["w4"]),
    ],
)
def test_what_is_right_is_told_first(valleys: Asker, question: str, facts: list[str]) -> None:
    assert verdict(question, valleys) == ("no", facts)


def test_a_claim_may_have_no_word_that_says_so(valleys: Asker) -> None:
    assert verdict("听泉小屋是1985年建成的？", valleys)[1] == ["w4"]


@pytest.mark.parametrize("question", ["双湖小屋海拔3020米，对吗？", "听泉小屋有300张床吗？", "鹰石小屋是何岭的吗？"])
def test_what_is_not_known_corrects_nothing(valleys: Asker, question: str) -> None:
    assert valleys.ask(question).status == "unknown"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("听泉小屋和落日小屋的看屋人是同一个人吗？", ("no", ["w5", "s7d"])),
        ("何岭和顾杉看的是同一个小屋吗？", ("no", ["s4d", "w5"])),
        ("“听泉小屋”和“落日小屋”的看屋人是同一个人吗？", ("no", ["w5", "s7d"])),
    ],
)
def test_each_of_two_things_has_its_own(valleys: Asker, question: str, expected: object) -> None:
    assert verdict(question, valleys) == expected


def test_of_what_is_shared_nothing_is_guessed(valleys: Asker) -> None:
    # one statement names both huts, and nothing says in which valley they are
    parts = valleys.ask("听泉小屋和鹰石小屋在同一个山谷吗？").parts
    assert not any(part.verdict in {"yes", "no"} for part in parts)


def test_what_a_question_takes_for_granted(valleys: Asker) -> None:
    # 顾杉 is the warden of another hut
    assert verdict("雾松小屋的看屋人顾杉是哪里人？", valleys) == ("no", ["s4d", "w5"])


def test_what_is_sold_in_one_place_may_be_in_another(valleys: Asker) -> None:
    assert valleys.ask("红岩谷的小屋通票发行量是多少？").status == "unknown"
