"""One figure or time claimed of several: the claim that is put for each of them."""

from __future__ import annotations

import pytest

from knowledge.asking.ask import Asker
from knowledge.asking.message import folded
from knowledge.deciding.parties import of_each
from knowledge.reading.reading import read


def alone(question: str, asker: Asker) -> list[str]:
    return of_each(read(folded(question, asker.base), asker.base), asker.base)


def test_each_has_the_claim_to_itself(valleys: Asker) -> None:
    assert alone("青石谷和红岩谷都有40名向导，对吗？", valleys) == ["青石谷有40名向导,对吗?", "红岩谷有40名向导,对吗?"]
    assert alone("青石谷、红岩谷的向导各有40名吗？", valleys) == ["青石谷的向导有40名吗?", "红岩谷的向导有40名吗?"]


def test_what_is_said_of_one_alone_is_not_said_of_the_other(valleys: Asker) -> None:
    claims = alone("雾松小屋1934年和冰舌小屋2021年的床位都是14张，对吗？", valleys)
    assert claims == ["雾松小屋1934年床位是14张,对吗?", "冰舌小屋2021年的床位是14张,对吗?"]


@pytest.mark.parametrize(
    "question",
    [
        "青石谷和红岩谷有40名向导，对吗？",  # may be of both together
        "青石谷和红岩谷都有向导，对吗？",
        "青石谷都有40名向导，对吗？",
        "青石谷比红岩谷都多40名向导，对吗？",
    ],
)
def test_other_claims_are_left_whole(question: str, valleys: Asker) -> None:
    assert alone(question, valleys) == []
