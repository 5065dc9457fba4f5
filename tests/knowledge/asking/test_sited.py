"""Those of a list that are, or are not, in a place are told by where each member is."""

from __future__ import annotations

import pytest

from knowledge.asking.ask import Asker
from knowledge.asking.message import folded
from knowledge.asking.sited import members_asked
from knowledge.finding.outcome import NO_CONTEXT


def chosen(question: str, asker: Asker) -> list[str]:
    """The ids of the members told; none if nothing is."""
    outcome = members_asked(folded(question, asker.base), asker.answerer, NO_CONTEXT)
    return [asker.base.entity(e).id for part in outcome.parts for e in part.listed] if outcome else []


@pytest.mark.parametrize(
    ("question", "members"),
    [
        ("白帆社点灯的渡口里，哪几个不在镜湖？", ["reed-pier", "willow-pier"]),
        ("白帆社点灯的渡口里哪些在鸭湖？", ["reed-pier"]),
        ("白帆社点灯的渡口里，除了镜湖的还有哪些？", ["reed-pier", "willow-pier"]),
        # the pack's own noun for them may stand behind what asks, and behind the place
        ("白帆社点灯的渡口里除了镜湖的渡口还有哪几个渡口？", ["reed-pier", "willow-pier"]),
        ("木桨银行点灯的里面哪些不在镜湖？", ["reed-pier", "lamp-feast"]),
        ("木桨银行点灯的里面哪几个渡口不在镜湖？", ["reed-pier"]),  # a feast is no pier
    ],
)
def test_members_are_chosen_by_where_they_are(lakes: Asker, question: str, members: list[str]) -> None:
    assert chosen(question, lakes) == members


@pytest.mark.parametrize(
    "question",
    [
        "白帆社点灯的渡口里哪几艘游船不在镜湖？",  # none of them is a boat
        "白帆社点灯的渡口里除了石渡口还有哪些？",  # without a member, not without a place
        "镜湖的渡口里哪些不在鸭湖？",  # of a place, not of a list
        "白帆社点灯的渡口有哪些？",
    ],
)
def test_nothing_is_chosen_otherwise(lakes: Asker, question: str) -> None:
    assert chosen(question, lakes) == []


def test_each_member_is_cited_where_it_is(lakes: Asker) -> None:
    (part,) = lakes.ask("白帆社点灯的渡口里，哪几个不在镜湖？").parts
    assert [fact.id for fact in part.facts] == ["z1", "h6c", "z2"]
