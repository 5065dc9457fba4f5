import pytest

from knowledge.store.base import Base
from knowledge.text.whether import as_compared, asked_plainly, in_one_word


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("甲公司开不开放源代码?", "甲公司是否开放源代码?"),
        ("甲公司合不合作,有几家?", "甲公司合作有几家?"),
        ("甲公司是不是大厂?", "甲公司是不是大厂?"),
        ("甲公司好不好?", "甲公司好不好?"),
    ],
)
def test_a_word_asked_for_by_its_first_character_twice_is_that_word(alpine_base: Base, asked: str, meant: str) -> None:
    assert in_one_word(asked, alpine_base.lexicon) == meant


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("红岩谷的向导有没有青石谷多?", "红岩谷的向导比青石谷多吗?"),
        ("听泉小屋有没有落日小屋那么高", "听泉小屋比落日小屋高吗?"),
        ("红岩谷有没有更多的向导?", "红岩谷有没有更多的向导?"),
        ("红岩谷的向导有没有变多", "红岩谷的向导有没有变多"),
        ("有没有人知道红岩谷的向导有多少", "有没有人知道红岩谷的向导有多少"),
    ],
)
def test_as_much_as_another_is_a_comparison(asked: str, meant: str) -> None:
    assert as_compared(asked) == meant


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("红岩谷里修了新的小屋没有?", "红岩谷里修了新的小屋吗?"),
        ("红岩谷修过路没有", "红岩谷修过路吗?"),
        ("红岩谷没有小屋", "红岩谷没有小屋"),
        ("这座小屋是协会的嘛", "这座小屋是协会的吗?"),
        ("这座小屋是干嘛的", "这座小屋是干嘛的"),
        ("小屋离湖边远吗", "小屋离湖边多远?"),
        ("小屋距车站近不", "小屋距车站多远?"),
        ("小屋有几十张床吧", "小屋有数十张床吧"),
        ("小屋有十几张床,对吗", "小屋有十来张床,对吗"),
        ("小屋有几张床?", "小屋有几张床?"),
        ("是十几号吗", "是十几号吗"),
    ],
)
def test_whether_something_is_so_is_asked_in_one_way(asked: str, meant: str) -> None:
    assert asked_plainly(asked) == meant
