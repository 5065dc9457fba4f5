"""Which one in a row a question or a statement speaks of."""

from __future__ import annotations

import pytest

from knowledge.store.base import Base
from knowledge.text.order import place_asked, turns_in


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
