"""What is asked of a thing in a row of nouns, and what becomes of the parts that have no answer."""

from __future__ import annotations

import pytest

from knowledge.asking.ask import Asker
from knowledge.asking.enumeration import wanted
from knowledge.asking.message import folded
from knowledge.finding.outcome import Outcome
from knowledge.reading.reading import read


def firsts(question: str, asker: Asker) -> list[str]:
    """The closest question for each noun of a row."""
    return [w.questions[0] for w in wanted(read(folded(question, asker.base), asker.base), asker.base)]


def parts_of(outcome: Outcome) -> list[list[str]]:
    assert outcome.status == "answered"
    return [[fact.id for fact in part.facts] for part in outcome.parts]


@pytest.mark.parametrize(
    ("question", "questions"),
    [
        ("冰舌小屋海拔及床位", ["冰舌小屋海拔", "冰舌小屋床位"]),
        ("冰舌小屋的海拔、床位和看屋人", ["冰舌小屋的海拔", "冰舌小屋的床位", "冰舌小屋的看屋人"]),
        ("冰舌小屋：海拔、床位、看屋人", ["冰舌小屋:海拔", "冰舌小屋:床位", "冰舌小屋:看屋人"]),
        # a question word at the end belongs to all of them, a request before them to none
        ("冰舌小屋的海拔、床位是多少？", ["冰舌小屋的海拔多少", "冰舌小屋的床位多少"]),
        ("请列出冰舌小屋的海拔、床位", ["冰舌小屋的海拔", "冰舌小屋的床位"]),
        # of what went before
        ("冰舌小屋的床位及其数量", ["冰舌小屋的床位", "冰舌小屋的床位的数量"]),
        # the year belongs to each
        ("冰舌小屋2021年的海拔和床位", ["冰舌小屋2021年的海拔", "冰舌小屋2021年的床位"]),
        # several things
        (
            "冰舌小屋、雾松小屋的海拔及床位数",
            ["冰舌小屋、雾松小屋的海拔分别是什么", "冰舌小屋、雾松小屋的床位数分别是多少"],
        ),
        (
            "What are the altitude and beds of Icetongue Hut?",
            ["the altitude of icetongue hut", "the beds of icetongue hut"],
        ),
        ("Icetongue Hut: altitude, beds", ["the altitude of icetongue hut", "the beds of icetongue hut"]),
    ],
)
def test_each_noun_of_a_row_is_asked_for(valleys: Asker, question: str, questions: list[str]) -> None:
    assert firsts(question, valleys) == questions


@pytest.mark.parametrize(
    "question",
    [
        "冰舌小屋的海拔",
        "海拔和床位",  # of nothing
        "冰舌小屋的海拔和雾松小屋的床位",  # each with its own name
        "冰舌小屋的海拔和床位对吗？",
        "冰舌小屋有谁和床位",  # a question word asks already
        "the altitude of Icetongue Hut",
    ],
)
def test_other_questions_are_left_whole(valleys: Asker, question: str) -> None:
    assert firsts(question, valleys) == []


@pytest.mark.parametrize(
    ("question", "facts", "unanswered"),
    [
        ("冰舌小屋的海拔、床位，请一并给出", [["s6a"], ["s6b"]], ()),
        ("冰舌小屋的海拔、市值和床位", [["s6a"], ["s6b"]], ("冰舌小屋的市值",)),
        ("Icetongue Hut: altitude, beds", [["s6a"], ["s6b"]], ()),
    ],
)
def test_no_part_is_dropped(valleys: Asker, question: str, facts: list[list[str]], unanswered: tuple[str, ...]) -> None:
    outcome = valleys.ask(question)
    assert (parts_of(outcome), outcome.unanswered) == (facts, unanswered)


def test_a_question_behind_one_without_an_answer_is_asked_of_the_same(valleys: Asker) -> None:
    outcome = valleys.ask("冰舌小屋市值多少？床位呢？")
    assert (parts_of(outcome), len(outcome.unanswered)) == ([["s6b"]], 1)
