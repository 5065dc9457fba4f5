"""Several attributes of one thing asked for in one breath, and the questions that a message is cut into."""

from __future__ import annotations

import pytest

from knowledge.asking.ask import Asker
from knowledge.asking.message import folded
from knowledge.asking.several import singly, two_deeds
from knowledge.finding.outcome import Outcome
from knowledge.reading.reading import read
from knowledge.text.segments import Segment, split
from knowledge.text.smalltalk import smalltalk


def parts_of(outcome: Outcome) -> list[list[str]]:
    assert outcome.status == "answered"
    return [[fact.id for fact in part.facts] for part in outcome.parts]


def cut(message: str, asker: Asker) -> list[Segment]:
    return split(folded(message, asker.base), asker.base.lexicon)


# --- several attributes


@pytest.mark.parametrize(
    ("question", "questions"),
    [
        ("冰舌小屋的海拔、床位各是多少？", ["冰舌小屋的海拔多少?", "冰舌小屋的床位多少?"]),
        ("冰舌小屋海拔和床位分别是多少", ["冰舌小屋海拔多少", "冰舌小屋床位多少"]),
        ("冰舌小屋：海拔、床位各是多少", ["冰舌小屋:海拔多少", "冰舌小屋:床位多少"]),
        # what is named belongs to each of them, whatever was said before it
        (
            "下个月去爬山，冰舌小屋的海拔和床位各是多少",
            ["下个月去爬山,冰舌小屋的海拔多少", "下个月去爬山,冰舌小屋的床位多少"],
        ),
        # what each is asked about is named with it, or stands before the clause of 各
        ("冰舌小屋的海拔与雾松小屋的床位，各是多少？", ["冰舌小屋的海拔多少?", "雾松小屋的床位多少?"]),
        ("冰舌小屋的海拔、床位，各是多少？", ["冰舌小屋的海拔多少?", "冰舌小屋床位多少?"]),
        # a question word may stand before what is asked for
        ("冰舌小屋有什么海拔和床位？", ["冰舌小屋有什么海拔", "冰舌小屋有什么床位"]),
        ("冰舌小屋：海拔、床位、看屋人", ["冰舌小屋:海拔", "冰舌小屋:床位", "冰舌小屋:看屋人"]),
    ],
)
def test_each_attribute_is_asked_for(valleys: Asker, question: str, questions: list[str]) -> None:
    assert singly(read(folded(question, valleys.base), valleys.base), valleys.base) == questions


@pytest.mark.parametrize(
    ("question", "questions"),
    [
        ("登山会哪年建成雾松小屋、扩建冰舌小屋", ["登山会哪年建成雾松小屋", "登山会哪年扩建冰舌小屋"]),
        ("登山会建成雾松小屋和扩建冰舌小屋分别在哪年", ["登山会建成雾松小屋在哪年", "登山会扩建冰舌小屋在哪年"]),
        ("登山会哪年建成雾松小屋、冰舌小屋", []),  # both in one
        ("登山会哪年建成雾松小屋，花了多少钱", []),
        (
            "When was Mistpine Hut built and sold to Icetongue Hut?",
            ["when was mistpine hut built", "when was mistpine hut sold to icetongue hut"],
        ),
        ("When were Mistpine Hut and Icetongue Hut built?", []),
    ],
)
def test_two_deeds_are_asked_for_apart(valleys: Asker, question: str, questions: list[str]) -> None:
    assert two_deeds(read(folded(question, valleys.base), valleys.base), valleys.base) == questions


@pytest.mark.parametrize(
    "question",
    [
        "雾松小屋、冰舌小屋的床位各是多少？",  # two things, one attribute
        "登山会：雾松小屋、冰舌小屋各是哪年建成的？",
        "海拔、床位各是多少？",  # of nothing
        "冰舌小屋的海拔、床位、看屋人、开门日期、落成各是什么？",  # too many
        "冰舌小屋：海拔、床位是多少",  # a question word asks already
        "冰舌小屋的海拔是多少？",
        "冰舌小屋：海拔",
    ],
)
def test_other_questions_are_not_taken_apart(valleys: Asker, question: str) -> None:
    assert singly(read(folded(question, valleys.base), valleys.base), valleys.base) == []


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("冰舌小屋的海拔、床位各是多少？", [["s6a"], ["s6b"]]),
        ("下个月去爬山，冰舌小屋的海拔和床位各是多少？", [["s6a"], ["s6b"]]),
        ("雾松小屋：看屋人、落成", [["s4d"], ["s4b"]]),
    ],
)
def test_each_attribute_is_answered(valleys: Asker, question: str, facts: list[list[str]]) -> None:
    assert parts_of(valleys.ask(question)) == facts


# --- the questions of a message


def test_a_smiley_ends_a_sentence(valleys: Asker) -> None:
    (segment,) = cut("昨天到了雾松小屋😀冰舌小屋有几张床", valleys)
    assert segment.text == "冰舌小屋有几张床"
    assert segment.background.startswith("昨天到了雾松小屋")
    assert segment.lead == ""
    assert parts_of(valleys.ask("昨天到了雾松小屋😀冰舌小屋有几张床")) == [["s6b"]]


def test_a_topic_before_a_comma_is_no_question(valleys: Asker) -> None:
    # 名单 asks where it ends a message, not where it says what is spoken of
    (segment,) = cut("按照登山会的名单，雾松小屋的看屋人是谁？", valleys)
    assert segment.text == "雾松小屋的看屋人是谁?"
    assert segment.lead == "按照登山会的名单"
    # what is short enough is read whole
    assert [s.text for s in cut("看名单，雾松归谁管", valleys)] == ["看名单,雾松归谁管"]
    assert [s.text for s in cut("登山会的小屋名单", valleys)] == ["登山会的小屋名单"]
    first, second = cut("雾松小屋的看屋人是谁，登山会的小屋名单", valleys)
    assert (first.text, second.text) == ("雾松小屋的看屋人是谁", "登山会的小屋名单")


def test_questions_with_a_space_between_them(valleys: Asker) -> None:
    assert [s.text for s in cut("冰舌小屋有多高 雾松小屋谁守", valleys)] == ["冰舌小屋有多高", "雾松小屋谁守"]
    assert parts_of(valleys.ask("冰舌小屋有多高 雾松小屋谁守")) == [["s6a"], ["s4d"]]
    # a space within one question
    assert [s.text for s in cut("云鹿山的冰舌小屋 现在一共有多少张床位", valleys)] == [
        "云鹿山的冰舌小屋 现在一共有多少张床位"
    ]


@pytest.mark.parametrize("word", ["怎么", "几时", "多久"])
def test_question_words_tell_the_questions_of_a_message_apart(valleys: Asker, word: str) -> None:
    message = f"冰舌小屋的海拔是多少，雾松小屋{word}走到"
    assert [s.text for s in cut(message, valleys)] == ["冰舌小屋的海拔是多少", f"雾松小屋{word}走到"]
    assert valleys.base.lexicon.question_word(f"雾松小屋{word}走到")


@pytest.mark.parametrize("noun", ["雾松小屋的开放日期", "列出雾松小屋的床位", "雾松小屋的床位数量"])
def test_nouns_that_ask_at_an_end_are_no_question_words(valleys: Asker, noun: str) -> None:
    assert not valleys.base.lexicon.question_word(noun)


# --- what is said behind a question, or before it


def test_what_follows_a_question_is_its_tail(valleys: Asker) -> None:
    (segment,) = cut("雾松小屋有多少张床？2021年的。", valleys)
    assert (segment.text, segment.tail) == ("雾松小屋有多少张床?", "2021年的")


def test_a_tail_that_says_when_counts(valleys: Asker) -> None:
    assert parts_of(valleys.ask("雾松小屋有多少张床？")) == [["c3b", "c3a", "s4c"]]
    assert parts_of(valleys.ask("雾松小屋有多少张床？2021年的。")) == [["s4c"]]
    assert parts_of(valleys.ask("海拔是多少？冰舌小屋的。")) == [["s6a"]]


def test_a_tail_of_chatter_is_dropped(valleys: Asker) -> None:
    assert parts_of(valleys.ask("冰舌小屋有多少张床？咕噜噜哗啦啦。")) == [["s6b"]]
    assert valleys.ask("冰舌小屋有多少张床？咕噜噜哗啦啦。").reading.text == "冰舌小屋有多少张床?"


def test_what_is_told_before_the_first_name_is_chatter(valleys: Asker) -> None:
    assert parts_of(valleys.ask("面试官吓唬人非问我听泉小屋的看屋人是谁")) == [["w5"]]


# --- small talk


@pytest.mark.parametrize(
    ("message", "kind"),
    [("谢谢😀", "thanks"), ("😀谢谢", "thanks"), ("谢谢😀你真棒", "thanks"), ("你好👋在吗", "greeting")],
)
def test_smileys_beside_small_talk(valleys: Asker, message: str, kind: str) -> None:
    assert smalltalk(folded(message, valleys.base), valleys.base.lexicon) == kind
    assert valleys.ask(message).smalltalk == kind


@pytest.mark.parametrize("message", ["谢谢😀冰舌小屋", "冰舌😀", "😀"])
def test_a_smiley_makes_no_small_talk(valleys: Asker, message: str) -> None:
    assert smalltalk(folded(message, valleys.base), valleys.base.lexicon) == ""
