"""`modu explain` shows every step, of any text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result

Modu = Callable[..., Result]


def test_explain_shows_each_step(modu: Modu) -> None:
    result = modu("explain", "鷹石小屋海拔多少？")
    assert result.exit_code == 0
    for part in (
        "folded      鹰石小屋海拔多少?",
        "鹰石小屋 → eaglestone (hut, 鹰石小屋), exact",
        "多少 (q:number",
        "海拔: weight ",
        "asks for    number",
        "s5a: would answer",
        "score ",
        "coverage 1.00",
        "missing: ",
        "decision    answered",
    ):
        assert part in result.stdout


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("冰舌小屋海拔多少？", "s4a: would not answer: does not speak of what is named"),
        ("雾松小屋2019年有多少张床？", "s4c: would not answer: of another time"),
        ("雾松小屋的屋顶是谁设计的？", "s4d: would not answer: says nothing of a word that may be a name"),
        ("何岭说了什么？", "s4d: would not answer: not said by whom, or where, it is asked"),
        ("冰舌小屋海拔多少？", "s6b: would not answer: says nothing of an attribute asked for"),
        ("雾松小屋的床多少钱？", "s4c: would not answer: holds nothing of the type asked for"),
    ],
)
def test_explain_says_why_a_fact_would_not_answer(modu: Modu, question: str, told: str) -> None:
    assert told in modu("explain", question).stdout


def test_explain_shows_pinyin_and_several_questions(modu: Modu) -> None:
    assert "from pinyin" in modu("explain", "haiba duoshao").stdout
    assert "question 2" in modu("explain", "鹰石小屋海拔多少？冰舌小屋有多少张床？").stdout


@pytest.mark.parametrize("text", ["", "😀", "[red]x", "\x1b[31m", "你好", "\ud800", "猫" * 20_000])
def test_explain_takes_any_text(modu: Modu, text: str) -> None:
    result = modu("explain", text)
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
