import pytest

from knowledge.store.base import Base
from knowledge.text.whether import in_one_word


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
