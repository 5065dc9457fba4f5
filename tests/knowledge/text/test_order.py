"""Which one in a row a question or a statement speaks of."""

from __future__ import annotations

import pytest

from knowledge.store.base import Base
from knowledge.text.order import place_asked, place_said, turns_in


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        ("第三批名单", (("第三", "批"),)),
        ("首期投入", (("第一", "期"),)),
        ("登记簿里的第98个登山者", (("第98", "个"),)),
        ("第三个是谁", ()),  # of those just listed
        ("近五年的床位", (("五", "近年"),)),
    ],
)
def test_turns_are_told_apart(text: str, turns: tuple[tuple[str, str], ...]) -> None:
    assert turns_in(text) == turns


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("海拔排第二的是谁", 2),
        ("第三的小屋是哪座", 3),  # the pack's own noun for what has the place
        ("第三是谁", 3),
        ("第十二高的是哪座", 12),
        ("which hut is the second highest?", 2),
        ("排第二、第三的是谁", 0),  # not one of them alone
        ("第二届在哪开", 0),
        ("有几座小屋", 0),
    ],
)
def test_place_asked_is_one_in_order(alpine_base: Base, text: str, place: int) -> None:
    assert place_asked(text, alpine_base.lexicon) == place


@pytest.mark.parametrize(
    ("text", "said", "back"),
    [
        ("海拔排第二的是谁", "排第二", False),
        ("海拔倒数第三的是谁", "倒数第三的", True),
        ("第二低的是哪座", "第二低", True),
        ("which hut has the second fewest beds?", "second fewest", True),
    ],
)
def test_a_place_is_said_in_so_many_words(alpine_base: Base, text: str, said: str, back: bool) -> None:
    place = place_said(text, alpine_base.lexicon)
    assert place is not None
    assert (text[place.start : place.end], place.back) == (said, back)
