"""What a question means that leans on the last one, and what is calculated from two figures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from knowledge.asking.ask import Asker
from tests.knowledge.turns import after, facts_of

# --- the list behind a number


@pytest.mark.parametrize("question", ["分别叫什么？", "都是哪些？", "是哪几个？"])
def test_the_list_behind_a_number(valleys: Asker, question: str) -> None:
    assert facts_of(after(valleys, "人工智能测雪站有几个测点？")) == ["w10"]
    assert facts_of(after(valleys, "人工智能测雪站有几个测点？", question)) == ["w9"]


@pytest.mark.parametrize(
    "messages",
    [
        ("人工智能测雪站造价多少？", "分别叫什么？"),  # so much money is no list
        ("人工智能测雪站有几个测点？", "顾杉看哪座小屋？", "分别叫什么？"),  # another question lies between
    ],
)
def test_no_list_behind_what_counts_nothing(valleys: Asker, messages: tuple[str, ...]) -> None:
    assert facts_of(after(valleys, *messages)) != ["w9"]


# --- the last figures


def test_the_last_two_figures_are_compared(valleys: Asker) -> None:
    before = ("鹰石小屋有多少张床？", "冰舌小屋呢？")
    (difference,) = after(valleys, *before, "差多少？").parts
    assert (difference.kind, difference.result) == ("difference", Decimal(18))
    (ranking,) = after(valleys, *before, "谁最多？").parts
    assert ranking.kind == "rank"
    assert [f.id for f in ranking.facts] == ["s5b", "s6b"]
    assert [f.id for f in after(valleys, *before, "谁最少？").parts[0].facts] == ["s6b", "s5b"]


@pytest.mark.parametrize(
    "before",
    [
        ("鹰石小屋有多少张床？", "雾松小屋呢？"),  # 2021, and 2024
        ("雾松小屋有多少张床？", "鹰石小屋呢？"),
        ("鹰石小屋海拔多少？", "冰舌小屋呢？"),  # as of a day, and without a date
    ],
)
@pytest.mark.parametrize("question", ["差多少？", "谁最多？", "谁最少？"])
def test_figures_of_different_dates_are_not_compared(valleys: Asker, before: tuple[str, ...], question: str) -> None:
    outcome = after(valleys, *before, question)
    assert outcome.status == "unknown", facts_of(outcome)


# --- growth


@pytest.mark.parametrize(
    "question",
    [
        "云鹿山小屋的过夜人数2020—2023年增加了多少？",
        "2020年至2023年云鹿山小屋的过夜人数增加了多少？",
        "从2020年到2023年，云鹿山小屋的过夜人数增长了多少？",
    ],
)
def test_growth_over_a_stretch_of_years(valleys: Asker, question: str) -> None:
    (part,) = valleys.ask(question).parts
    assert (part.kind, part.result) == ("difference", Decimal(2200))
    # both counted by the tourist office
    assert [f.id for f in part.facts] == ["s8a", "c7b"]


@pytest.mark.parametrize("years", ["2020—2022年", "2011—2023年", "2020年"])
def test_no_growth_without_a_figure_for_both_ends(valleys: Asker, years: str) -> None:
    outcome = valleys.ask(f"云鹿山小屋的过夜人数{years}增加了多少？")
    assert all(part.kind != "difference" for part in outcome.parts)


# --- what was spoken of, and what is named now


def test_a_question_that_names_something_else_stays_with_what_was_spoken_of(valleys: Asker) -> None:
    assert facts_of(after(valleys, "小屋通票发行了多少？", "红岩谷认它吗？")) == ["w2"]


def test_who_counted_is_not_what_was_spoken_of(valleys: Asker) -> None:
    both = facts_of(valleys.ask("雾松小屋有多少张床？"))
    assert len(both) > 1  # counted by two
    assert facts_of(after(valleys, "云鹿登山会管理哪几座小屋？", "雾松小屋有多少张床？")) == both


@pytest.mark.parametrize("question", ["它有多少张床？", "它的海拔是多少？"])
def test_nothing_is_said_of_what_nobody_named(valleys: Asker, question: str) -> None:
    assert valleys.ask(question).status == "unknown"
    assert after(valleys, "冰舌小屋有几个房间？", question).status == "answered"


# --- the last question of something else


@pytest.mark.parametrize(
    "words",
    [
        "那{}呢",
        "{}嘞",
        "换成{}呢",
        "换作{}呢？",
        "要是换成{}呢",
        "再看看{}",
        "再查下{}",
        "也说说{}",
        "同样的问题问{}",
        "same for {}",
        "what about {}",
    ],
)
def test_the_last_question_is_asked_of_another(valleys: Asker, words: str) -> None:
    told = after(valleys, "鹰石小屋有多少张床？", words.format("冰舌小屋"))
    assert facts_of(told) == ["s6b"]


# --- what came before


@pytest.mark.parametrize(("question", "fact"), [("海拔多少？", "s6a"), ("有多少张床？", "s6b")])
def test_what_had_no_answer_leads_on(valleys: Asker, question: str, fact: str) -> None:
    assert facts_of(after(valleys, "冰舌小屋有多少员工？", question))[:1] == [fact]


def test_one_of_those_added_up_is_asked_about_alone(valleys: Asker) -> None:
    assert facts_of(after(valleys, "雾松小屋和冰舌小屋一共多少张床？", "光冰舌小屋呢？")) == ["s6b"]
    assert facts_of(after(valleys, "雾松小屋和冰舌小屋一共多少张床？", "那冰舌小屋呢？")) == ["s6b"]
