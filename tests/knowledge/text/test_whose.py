"""Whose each of several is, asked for behind what counts or lists them."""

from __future__ import annotations

import pytest

from knowledge.asking.ask import Asker
from knowledge.text.whose import with_makers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青石谷5座小屋的所属单位", "青石谷的5座小屋有哪些,分别属于哪家?"),
        ("青石谷的小屋名单,连同所属机构?", "青石谷的小屋有哪些,分别属于哪家?"),
        ("2021年青石谷小屋清单及所属单位", "2021年青石谷的小屋有哪些,分别属于哪家?"),
        ("青石谷的小屋各是哪家的?", "青石谷的小屋有哪些,分别属于哪家?"),
        # one alone, named ones, and what is no kind of thing
        ("听泉小屋的所属单位", "听泉小屋的所属单位"),
        ("听泉、落日两座小屋分别是谁家的", "听泉、落日两座小屋分别是谁家的"),
        ("“听泉”“落日”两座小屋各是哪家的", "“听泉”“落日”两座小屋各是哪家的"),
        ("青石谷三条消息的所属单位", "青石谷三条消息的所属单位"),
        ("", ""),
    ],
)
def test_which_ones_there_are_comes_first(valleys: Asker, text: str, expected: str) -> None:
    assert with_makers(text, valleys.base.lexicon) == expected
