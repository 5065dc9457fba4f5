"""Japanese questions in the Chinese that a base can read."""

from __future__ import annotations

import pytest

from knowledge.building.wordlists import language
from knowledge.text.kana import Japanese, has_kana


@pytest.fixture(scope="module")
def japanese() -> Japanese:
    return Japanese(language("japanese"))


@pytest.mark.parametrize(
    ("message", "question"),
    [
        ("听泉小屋はどこですか?", "听泉小屋哪里?"),
        ("听泉小屋という会社の名前を教えてください。", "听泉小屋公司的名字?"),
        ("何岭が买收した会社の本社はどこにありますか", "何岭收购公司的总部在哪里?"),
        ("听泉小屋を买收した会社はどこですか?", "收购听泉小屋的公司是哪家?"),
        ("听泉小屋は石墙ですか?", "听泉小屋石墙吗?"),
        ("听泉小屋は石墙ではないですか?", "听泉小屋石墙不是吗?"),
    ],
)
def test_what_asks_is_put_in_chinese(japanese: Japanese, message: str, question: str) -> None:
    assert japanese.in_chinese(message) == question


@pytest.mark.parametrize("message", ["ミストパインはどの会社のものですか?", "カナ"])
def test_unknown_names_stay_as_they_are(japanese: Japanese, message: str) -> None:
    assert japanese.in_chinese(message) == message


@pytest.mark.parametrize(
    ("message", "found"), [("听泉小屋はどこですか?", True), ("听泉小屋在哪里?", False), ("where?", False)]
)
def test_kana_is_seen(message: str, found: bool) -> None:
    assert has_kana(message) == found
