from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.plain.question import Question, numbers
from knowledge.plain.vocabulary import segment
from knowledge.store.base import Base

TEXTS = st.lists(
    st.sampled_from(
        [*"雾灯岛的有多大是谁哪年，？", "什么时候", "成立时间", "多少", " the ", "directed by", " who ", "1988"]
    ),
    max_size=12,
).map("".join)


def asked(text: str, base: Base) -> Question:
    assert base.plain
    return Question(base.tables.fold(text), base.plain.vocabulary)


@given(TEXTS)
def test_question_is_cut_as_well_up_to_any_place_as_from_it(islands: Base, text: str) -> None:
    question = asked(text, islands)
    size = len(question.normal)
    for at in range(size + 1):
        assert question.begun(at) == segment(question.found, question.normal, at)
    assert question.ended(0) == segment(question.found, question.normal, size)


@given(TEXTS)
def test_question_words_stand_where_their_units_do(islands: Base, text: str) -> None:
    question = asked(text, islands)
    for at, to, _ in question.found:
        covered = numbers(question.units(at, to))
        assert question.ats[covered[0]] <= at
        assert question.tos[covered[-1]] >= to - 1


def test_question_in_han_alone_needs_no_list_of_places(islands: Base) -> None:
    assert asked("雾灯岛多大？", islands).even
    assert not asked("雾灯岛 1988", islands).even
    assert asked("雾灯岛多大？", islands).weight(0b111111) == 5
    assert asked("Salt岛", islands).weight(0b11) == 3
