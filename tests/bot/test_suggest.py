"""Questions to ask next: near the one asked, and each with an answer."""

from __future__ import annotations

import pytest

from answers.phrasing import LANGUAGES
from bot.answering import Desk, undecided
from bot.suggest import LONGEST, MOST, suggestions
from knowledge.finding.outcome import NO_CONTEXT

ASKED = [
    "冰舌小屋有多少张床？",
    "雾松小屋",
    "雾松小屋的看屋人是谁？",
    "Who is the warden of Eaglestone Hut?",
    "你好",
    "今天天气",
]


@pytest.mark.parametrize("language", ["", *LANGUAGES])
@pytest.mark.parametrize("question", ASKED)
def test_each_suggestion_is_answered(desk: Desk, question: str, language: str) -> None:
    found = suggestions(question, desk.reply(question, language=language), desk)
    assert len(found) <= MOST
    assert len(set(found)) == len(found)
    for text in found:
        assert text != question
        assert len(text) <= LONGEST
        assert desk.reply(text).answer.status == "answered"


def test_the_same_question_of_another_thing(desk: Desk) -> None:
    question = "冰舌小屋有多少张床？"
    assert suggestions(question, desk.reply(question), desk)[0] == "雾松小屋有多少张床？"


def test_follow_up_suggests_whole_questions(desk: Desk) -> None:
    first = desk.reply("冰舌小屋有多少张床？")
    reply = desk.reply("那鹰石小屋呢？", first.outcome.context)
    found = suggestions("那鹰石小屋呢？", reply, desk)
    assert found
    assert all("床" in text for text in found[:2])


def test_chinese_question_with_an_english_answer_stays_chinese(desk: Desk) -> None:
    question = "冰舌小屋有多少张床？"
    assert "雾松小屋有多少张床？" in suggestions(question, desk.reply(question, language="en"), desk)


def test_options_need_no_suggestions(desk: Desk) -> None:
    assert suggestions("海拔多少？", desk.reply("海拔多少？"), desk) == []


def test_nothing_near_offers_the_examples(desk: Desk) -> None:
    reply = desk.reply("今天天气", NO_CONTEXT)
    assert suggestions("今天天气", reply, desk) == desk.base.caption.examples_in("zh-Hans")[:MOST]


@pytest.mark.parametrize(
    ("message", "language", "expected"),
    [("Mistpine", "en", True), ("雾松", "en", False), ("海拔", "zh-Hant", True), ("北京有多少", "zh-Hant", True),
     ("雾松", "zh-Hant", False), ("霧松", "zh-Hant", False), ("Mistpine", "zh-Hant", False),
     ("海拔", "zh-Hans", False)],
)  # fmt: skip
def test_undecided(message: str, language: str, expected: bool) -> None:
    assert undecided(message, language) is expected
