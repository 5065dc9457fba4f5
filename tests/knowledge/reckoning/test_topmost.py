"""The first so many of a kind are asked for, and nothing else that is said with the same words."""

from __future__ import annotations

import pytest

from knowledge.asking.message import folded
from knowledge.reading.reading import read
from knowledge.reckoning.topmost import top_asked
from knowledge.store.base import Base


def many(base: Base, text: str) -> int:
    top = top_asked(read(folded(text, base), base))
    return top.many if top else 0


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("床位数前三的小屋", 3),
        ("床位排名前二的小屋有哪些？", 2),
        ("床位数前两名是哪些小屋？", 2),
        ("海拔位居前3的小屋是哪几座？", 3),
        ("Which are the top three huts by beds?", 3),
    ],
)
def test_the_first_so_many_are_asked_for(alpine_base: Base, text: str, number: int) -> None:
    assert many(alpine_base, text) == number


@pytest.mark.parametrize(
    "text",
    [
        "前三年有多少人过夜？",
        "前三批名单有哪些小屋？",
        "为什么床位数前三的都是老屋？",
        "鹰石小屋排在前三吗？",
        "床位最多的三座小屋是哪些？",
    ],
)
def test_something_else_is_asked(alpine_base: Base, text: str) -> None:
    assert many(alpine_base, text) == 0
