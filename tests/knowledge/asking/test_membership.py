"""A thing in front of the list that it may be on: the list goes first."""

from __future__ import annotations

import pytest

from knowledge.asking.ask import Asker
from knowledge.asking.membership import from_the_list


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("听泉小屋在最高的三座小屋里吗?", "最高的三座小屋里有听泉小屋吗?"),
        ("听泉小屋在不在名单上", "名单里有听泉小屋吗?"),
        ("听泉小屋并不在最早建成的小屋之列吧?", "最早建成的小屋里没有听泉小屋吧?"),
        ("听泉小屋是不是在最高的三座中,对吗", "最高的三座里有听泉小屋,对吗?"),
        # a question of its own, and what is no list
        ("哪座小屋在名单里", "哪座小屋在名单里"),
        ("听泉小屋在山上", "听泉小屋在山上"),
        ("", ""),
    ],
)
def test_the_list_goes_first(valleys: Asker, text: str, expected: str) -> None:
    assert from_the_list(text, valleys.readings) == expected
