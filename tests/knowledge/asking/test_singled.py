"""One thing of an owner is singled out by a figure or a time of its own."""

from __future__ import annotations

import pytest

from knowledge.asking.ask import Asker
from knowledge.asking.message import folded
from knowledge.asking.singled import singled
from knowledge.reading.reading import read


def meant(question: str, asker: Asker) -> str:
    """The id of the thing that a question singles out, '' if it does none."""
    one = singled(read(folded(question, asker.base), asker.base), asker.base)
    return asker.base.entity(one.entity).id if one else ""


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("登山会床位32张的那座小屋哪年建的？", "eaglestone"),
        ("登山会1934年建成的那座小屋有多高？", "mistpine"),
        ("床位14张的小屋有多高？", "icetongue"),  # without an owner, by the figure and what it is of
        ("海拔1870米的小屋是谁守的？", "mistpine"),
    ],
)
def test_a_figure_or_time_singles_out_the_thing_that_has_it(valleys: Asker, question: str, thing: str) -> None:
    assert meant(question, valleys) == thing


@pytest.mark.parametrize(
    "question",
    [
        "登山会3座小屋谁看？",  # so many of them
        "登山会床位33张的那座小屋谁看？",  # none has so many
        "登山会和旅游局床位32张的那座小屋谁看？",  # of two owners
        "登山会除了32张床的那座小屋还有什么？",
        "雾松小屋有多高？",
        "Who is the warden of the hut with 32 beds?",
    ],
)
def test_nothing_else_is_singled_out(valleys: Asker, question: str) -> None:
    assert meant(question, valleys) == ""


def test_what_is_asked_is_told_of_the_thing_singled_out(valleys: Asker) -> None:
    (part,) = valleys.ask("海拔1870米的小屋是谁守的？").parts
    assert part.facts[0].id == "s4d"
