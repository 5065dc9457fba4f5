"""What a claim has to have in common with statements to be given a yes."""

from __future__ import annotations

import pytest

from knowledge.asking.ask import Asker
from knowledge.asking.message import folded
from knowledge.deciding.bearing import bears_out, numbered, strange_digits
from knowledge.reading.reading import read
from knowledge.store.base import Base


@pytest.mark.parametrize(
    ("claim", "fact", "borne"),
    [
        ("冰舌小屋有14张床，对吗？", "s6b", True),
        ("冰舌小屋有十四张床，对吗？", "s6b", True),
        ("冰舌小屋是TOP14的小屋，有14张床，对吗？", "s6b", True),
        ("冰舌小屋是TOP100的小屋，对吗？", "s6b", False),  # a number of which nothing is told
        ("鹰石小屋有14张床，对吗？", "s6b", False),  # another hut
    ],
)
def test_all_of_a_claim_is_borne_out(alpine_base: Base, claim: str, fact: str, borne: bool) -> None:
    number = alpine_base.fact_number(fact)
    assert number is not None
    facts = [alpine_base.fact(number)]
    assert bears_out(facts, read(folded(claim, alpine_base), alpine_base), alpine_base) is borne


def test_dates_and_figures_are_no_strange_digits(alpine_base: Base) -> None:
    number = alpine_base.fact_number("s4c")
    assert number is not None
    claim = read(folded("2021年5月云鹿登山会说雾松小屋有48张床，对吗？", alpine_base), alpine_base)
    assert not strange_digits([alpine_base.fact(number)], claim, alpine_base)


@pytest.mark.parametrize(
    ("code", "said", "told"),
    [
        ("gpt-5", "gpt-4 came out in march", True),
        ("梧桐4", "宇视推出升级版梧桐2.0", True),
        ("文心4", "百度最早发布大模型文心", False),
        ("526b", "数据集共350b", True),  # a size is no version of a name
    ],
)
def test_a_version_is_told_by_a_version(code: str, said: str, told: bool) -> None:
    assert numbered(code, said) is told


def test_what_others_got_is_no_yes(valleys: Asker) -> None:
    (part,) = valleys.ask("顾杉领到津贴了吗？").parts
    assert ([f.id for f in part.facts], part.verdict) == (["w19"], "")


def test_what_has_ended_is_so_no_longer(valleys: Asker) -> None:
    (part,) = valleys.ask("听泉小屋还有夜校吗？").parts
    assert ([f.id for f in part.facts], part.verdict) == (["w20"], "no")
