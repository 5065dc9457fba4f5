"""A name of which half stands there and half only sounds right is the longer name."""

from __future__ import annotations

import pytest

from knowledge.asking.ask import Asker
from knowledge.asking.message import folded
from knowledge.linking.link import link_exact, units
from knowledge.linking.prolonged import prolonged


def names(question: str, asker: Asker) -> list[tuple[str, str]]:
    """The mentions of a question, and how each was found."""
    text = folded(question, asker.base)
    cut = units(text)
    return [(m.text, m.how) for m in prolonged(link_exact(text, cut, asker.base), cut, asker.base)]


@pytest.mark.parametrize(
    ("question", "name"),
    [("雾松小乌有几张床？", "雾松小乌"), ("听泉小物谁看？", "听泉小物"), ("鹰石小五多高？", "鹰石小五")],
)
def test_a_name_goes_on_with_what_sounds_like_it(valleys: Asker, question: str, name: str) -> None:
    assert names(question, valleys) == [(name, "sound")]


@pytest.mark.parametrize(
    ("question", "name"),
    [("落日小屋有多高？", "落日小屋"), ("雾松有多高？", "雾松"), ("云鹿山小屋有几座？", "云鹿山")],
)
def test_a_name_that_stands_there_stays(valleys: Asker, question: str, name: str) -> None:
    assert names(question, valleys)[0] == (name, "exact")


def test_a_misspelt_name_is_answered(valleys: Asker) -> None:
    assert valleys.ask("听泉小物谁看？").parts[0].facts[0].id == "w5"
