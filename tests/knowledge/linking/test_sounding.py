"""A name of which one character only sounds right is linked, whatever words that character forms."""

from __future__ import annotations

import pytest

from knowledge.asking.ask import Asker
from knowledge.asking.message import folded
from knowledge.linking.link import link_exact, units
from knowledge.linking.sounding import sounding
from tests.knowledge.turns import told


def names(question: str, asker: Asker) -> list[tuple[str, str]]:
    """What is written otherwise in a question, and what it is the name of."""
    text = folded(question, asker.base)
    cut = units(text)
    found = sounding(cut, link_exact(text, cut, asker.base), asker.base)
    return [(m.text, asker.base.entity(m.entities[0]).zh) for m in found]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("冰舍小屋有几张床", "冰舌小屋"),  # 宿舍
        ("请问物松小屋有几张床", "雾松小屋"),
    ],
)
def test_one_character_that_sounds_the_same(valleys: Asker, question: str, name: str) -> None:
    assert [entity for _, entity in names(question, valleys)] == [name]


@pytest.mark.parametrize(
    "question",
    [
        "冰舌小屋有几张床",  # stands there as it is
        "冰山大屋有几张床",  # more than one character differs
        "小屋有几间",
        "",
    ],
)
def test_nothing_is_heard_where_nothing_is_misspelt(valleys: Asker, question: str) -> None:
    assert names(question, valleys) == []


@pytest.mark.parametrize(("question", "fact"), [("冰舍小屋有几张床", "s6b"), ("听泉小无归谁看", "w5")])
def test_what_is_misspelt_is_answered(valleys: Asker, question: str, fact: str) -> None:
    assert told(valleys, question)[:1] == [fact]
