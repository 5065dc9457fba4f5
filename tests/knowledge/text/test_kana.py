"""Japanese questions in the Chinese that a base can read."""

from __future__ import annotations

import pytest

from knowledge.text.kana import from_japanese


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
def test_what_asks_is_put_in_chinese(message: str, question: str) -> None:
    assert from_japanese(message) == question


@pytest.mark.parametrize("message", ["听泉小屋在哪里?", "ミストパインはどの会社のものですか?", "where is it?"])
def test_other_texts_and_unknown_names_stay_as_they_are(message: str) -> None:
    assert from_japanese(message) == message
