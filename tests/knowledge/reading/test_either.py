"""Two of a kind of which one is to be told are read as one that may be either."""

from __future__ import annotations

import pytest

from knowledge.asking.ask import Asker
from knowledge.asking.message import folded
from knowledge.reading.either import EITHER
from knowledge.reading.reading import read


def either(question: str, asker: Asker) -> list[int]:
    """How many things each mention may be that is one of two."""
    mentions = read(folded(question, asker.base), asker.base).mentions
    return [len(m.entities) for m in mentions if m.how == EITHER]


@pytest.mark.parametrize(
    "question",
    [
        "雾松小屋归登山会还是旅游局管?",
        "雾松小屋由登山会建的还是旅游局建的?",
        "雾松小屋被登山会买下了还是被旅游局买下了?",
    ],
)
def test_of_two_of_a_kind_one_is_asked_for(valleys: Asker, question: str) -> None:
    assert either(question, valleys) == [2]


@pytest.mark.parametrize(
    "question",
    [
        "雾松小屋归登山会管吗?",
        "雾松小屋和冰舌小屋归谁管?",
        "登山会在雾松小屋还是旅游局?",  # no two of a kind
    ],
)
def test_anything_else_is_read_as_it_stands(valleys: Asker, question: str) -> None:
    assert either(question, valleys) == []
