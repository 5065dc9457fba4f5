from __future__ import annotations

import gc

import pytest

from knowledge.finding.outcome import NO_CONTEXT, Context, Outcome
from knowledge.plain.ask import PlainAsker
from knowledge.store.base import Base


def ask(question: str, base: Base, context: Context = NO_CONTEXT) -> Outcome:
    assert base.plain
    return PlainAsker(base.plain).ask(base.tables.fold(question), context, question)


def values(outcome: Outcome) -> list[str]:
    return [t.value for part in outcome.parts for found in part.found for t in found.triples]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("雾灯岛的面积是多少？", "31平方公里"),
        ("请问雾灯岛有多大？", "31平方公里"),
        ("雾灯岛是什么时候成立的", "1871年"),
        ("雾灯岛住着多少人？", "1204人"),
        ("盐角山有多高？", "913米"),
        ("北帆航海学校在哪里？", "雾灯岛码头街2号"),
        ("北帆航海学校的校长是谁？", "顾临川"),
        ("霧燈島有多大？", "31平方公里"),
        ("北帆杭海学校的校长是谁？", "顾临川"),
        ("When was The Salt Lantern released?", "1988"),
        ("who directed the salt lantern", "Mira Quill"),
        ("Who directed The Sakt Lantern?", "Mira Quill"),
        ("When was The Salt Lantren released?", "1988"),
        ("Who directed Quet Harbour?", "Mira Quill"),
    ],
)
def test_ask_by_label_synonym_and_type(islands: Base, question: str, answer: str) -> None:
    outcome = ask(question, islands)
    assert outcome.status == "answered"
    assert values(outcome) == [answer]


@pytest.mark.parametrize("question", ["雾灯岛有多大？", "北帆杭海学校的校长是谁？", "雾灯岛有机场吗？", "谁写的？"])
def test_ask_leaves_nothing_that_only_a_look_for_garbage_frees(islands: Base, question: str) -> None:
    ask(question, islands)
    gc.collect()
    gc.disable()
    try:
        ask(question, islands)
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_ask_several_values_are_a_list(islands: Base) -> None:
    assert values(ask("苏禾（画家）有哪些作品？", islands)) == ["退潮", "三只鸥"]


def test_ask_values_that_say_the_same_are_told_once(islands: Base) -> None:
    assert values(ask("海燕客栈的菜系是什么？", islands)) == ["海鲜、素食、面食"]
    assert values(ask("海燕客栈的装修时间是什么时候？", islands)) == ["1.5年（2019年起）", "15年"]


def test_ask_when_is_answered_with_a_date_though_a_person_bears_the_verb(islands: Base) -> None:
    assert values(ask("海燕客栈是哪年成立的？", islands)) == ["1931年"]
    assert values(ask("海燕客栈是谁成立的？", islands)) == ["顾临川"]


def test_ask_values_have_to_look_like_what_is_asked_for(islands: Base) -> None:
    assert values(ask("雾灯岛灯塔的修建花了多少钱？", islands)) == ["三千银元"]


def test_ask_a_character_spoken_of_as_one_is_a_name(islands: Base) -> None:
    assert values(ask("你会写潮字吗，它有多少笔画？", islands)) == ["15"]


def test_ask_few_namesakes_answer_together_each_under_its_name(islands: Base) -> None:
    outcome = ask("苏禾的出生地是哪里？", islands)
    assert outcome.status == "answered"
    held = {f.name.text: [t.value for t in f.triples] for f in outcome.parts[0].found}
    assert held == {"苏禾（船长）": ["雾灯岛"], "苏禾（画家）": ["柳汀镇"]}
    assert values(ask("苏禾毕业于哪所学校？", islands)) == ["北帆航海学校"]
    assert values(ask("画家苏禾的出生地是哪里？", islands)) == ["柳汀镇"]


def test_ask_namesake_of_which_more_is_known_is_meant(islands: Base) -> None:
    assert values(ask("周汀的出生地是哪里？", islands)) == ["柳汀镇"]
    assert values(ask("鼓手周汀的出生地是哪里？", islands)) == ["盐角镇"]


def test_ask_value_that_speaks_of_the_name_comes_before_others_as_good(islands: Base) -> None:
    assert values(ask("退潮湾码头是什么时候修的？", islands))[0] == "退潮湾立村后两年"


def test_ask_predicate_that_goes_with_what_else_the_name_has_is_meant(islands: Base) -> None:
    assert values(ask("白浪号有多长？", islands)) == ["31米"]
    assert values(ask("苇湾有多长？", islands)) == ["7公里"]


def test_ask_label_of_one_character_is_asked_for_behind_a_question_word(islands: Base) -> None:
    assert values(ask("灰背鸥属于哪个门的动物？", islands)) == ["脊索动物门"]
    assert values(ask("灰背鸥属于什么属？", islands)) == ["鸥属"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("谁知道雾灯岛有多大？", "31平方公里"),
        ("谁晓得雾灯岛的最高峰是什么", "盐角山"),
        ("雾海号沉船有多少人遇难？", "17人"),
        ("雾海号沉船有多少人受伤？", "9人"),
        ("白浪号有多沉？", "60吨"),
        ("北帆航海学校有多少册书？", "900册"),
    ],
)
def test_ask_courtesy_that_looks_like_a_question_and_words_for_one_of_two(
    islands: Base, question: str, answer: str
) -> None:
    assert values(ask(question, islands)) == [answer]


def test_ask_many_namesakes_are_offered(islands: Base) -> None:
    outcome = ask("白塔属于哪个岛屿？", islands)
    assert outcome.status == "ambiguous"
    assert len(outcome.options) == 4


@pytest.mark.parametrize(
    ("question", "verdict", "shown"),
    [
        ("海燕客栈有没有早餐？", "yes", ["早餐"]),
        ("海燕客栈有桑拿吗？", "no", ["早餐", "停车场", "码头接送"]),
        ("海燕客栈提供码头接送吗？", "yes", ["码头接送"]),
        ("盐角山的海拔是913米吗？", "yes", ["913米"]),
        ("盐角山的海拔是800米吗？", "no", ["913米"]),
        ("does 鸥鸟客栈 have 桑拿?", "yes", ["桑拿"]),
    ],
)
def test_ask_yes_or_no(islands: Base, question: str, verdict: str, shown: list[str]) -> None:
    outcome = ask(question, islands)
    (part,) = outcome.parts
    assert (part.kind, part.verdict) == ("verify", verdict)
    assert values(outcome) == shown


def test_ask_yes_or_no_of_the_last_topic(islands: Base) -> None:
    context = ask("海燕客栈的地址是哪里？", islands).context
    assert ask("有早餐吗？", islands, context).parts[0].verdict == "yes"


@pytest.mark.parametrize("question", ["海燕客栈有泳池吗？", "你知道海燕客栈的地址吗？"])
def test_ask_says_neither_yes_nor_no(islands: Base, question: str) -> None:
    assert all(part.kind != "verify" for part in ask(question, islands).parts)


@pytest.mark.parametrize(
    "question",
    [
        "who directed Return to Quiet Harbour?",
        "who directed Quiet Harbour 2?",
        "who directed Old Mr. Quiet Harbour?",
        "who directed Nights by the Salt Lantern?",
    ],
)
def test_ask_capitals_beside_a_name_make_another(islands: Base, question: str) -> None:
    assert ask(question, islands).status == "unknown"


@pytest.mark.parametrize(
    "question",
    [
        "雾灯岛大桥的面积是多少？",
        "紫灯岛码头的校长是谁？",
        "雾灯岛的首都是哪里？",
        "马思远的职业是什么？",
        "Who directed Beyond Quiet Harbour?",
        "When was Quiet Harbour of Glass released?",
        "Who directed Quick Harbour?",
        "北帆航海学校有多少？",
        "盐角山是哪一年的？",
        "这是什么时候发行的？",
        "你知道作者是谁吗？",
    ],
)
def test_ask_unknown_stays_unknown(islands: Base, question: str) -> None:
    assert ask(question, islands).status == "unknown"


def test_ask_a_name_that_is_a_question_word_needs_quotes(islands: Base) -> None:
    assert values(ask("《是什么》的作者是谁？", islands)) == ["马思远"]


def test_ask_backwards_where_the_object_is_a_name(islands: Base) -> None:
    assert values(ask("雾灯岛是谁的出生地？", islands)) == ["苏禾（船长）"]


def test_ask_follow_ups(islands: Base) -> None:
    first = ask("雾灯岛有多大？", islands)
    assert values(ask("那它的最高峰呢？", islands, first.context)) == ["盐角山"]
    assert values(ask("柳汀镇呢？", islands, first.context)) == ["12平方公里"]


def test_ask_follow_ups_are_not_answered_of_another_name_or_predicate(islands: Base) -> None:
    first = ask("柳汀镇的面积是多少？", islands)
    second = ask("雾灯岛的面积是多少？", islands, first.context)
    assert values(ask("它的邮政编码呢？", islands, first.context)) == ["990412"]
    assert ask("它的邮政编码呢？", islands, second.context).status == "unknown"
    assert ask("它的最高峰的高度呢？", islands, second.context).status == "unknown"


def test_ask_follows_what_the_other_side_said(islands: Base) -> None:
    assert islands.plain
    asker = PlainAsker(islands.plain)
    context = asker.hear("我想上学", NO_CONTEXT, asked=True)
    context = asker.hear("推荐您去北帆航海学校。", context)
    assert values(ask("这所学校的地址在哪里？", islands, context)) == ["雾灯岛码头街2号"]


def test_ask_a_bare_name_shows_a_card(islands: Base) -> None:
    outcome = ask("雾灯岛", islands)
    assert outcome.parts[0].kind == "card"
    assert "31平方公里" in values(outcome)
