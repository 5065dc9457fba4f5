"""Half sentences that set things side by side are written out as the question that they come to."""

from __future__ import annotations

import pytest

from knowledge.asking.ask import Asker
from knowledge.asking.beside import written_out
from knowledge.asking.message import folded


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("雾松小屋和冰舌小屋，床位各多少", "雾松小屋和冰舌小屋的床位各多少"),
        ("雾松小屋、冰舌小屋，哪个床位最少", "雾松小屋、冰舌小屋的哪个床位最少"),
        ("雾松小屋和冰舌小屋的床位数量对比", "雾松小屋和冰舌小屋的床位数量各是多少"),
        ("冰舌小屋床位数量：2019年对比2021年", "冰舌小屋床位数量2019年和2021年各是多少"),
        ("按床位数量算，冰舌小屋排第几", "冰舌小屋床位数量排第几"),
        ("Icetongue Hut beds: 2019 versus 2021?", "how many icetongue hut beds in 2019 and in 2021?"),
    ],
)
def test_half_sentences_are_written_out(valleys: Asker, question: str, whole: str) -> None:
    assert written_out(folded(question, valleys.base), valleys.readings) == whole


@pytest.mark.parametrize(
    "question",
    [
        "雾松小屋有多少床位",
        "雾松小屋，有多少床位",  # one name
        "雾松小屋和冰舌小屋，都有床位吗",  # a claim
        "雾松小屋比冰舌小屋床位多，多多少",
        "听朋友说起，雾松小屋和冰舌小屋各有多少床位",  # no measure stands before
    ],
)
def test_other_questions_stay_as_they_are(valleys: Asker, question: str) -> None:
    assert written_out(folded(question, valleys.base), valleys.readings) == ""
