"""A figure beside which something is asked to lie, and which figures lie there."""

from __future__ import annotations

from decimal import Decimal

import pytest

from knowledge.asking.message import folded
from knowledge.reading.reading import read
from knowledge.reckoning.threshold import Limit, limit_asked
from knowledge.store.base import Base


def limit(base: Base, text: str) -> Limit | None:
    return limit_asked(read(folded(text, base), base))


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("哪些小屋的床位超过20张？", ">"),
        ("哪些小屋的床位没超过20张？", "<="),
        ("哪些小屋的床位不超过20张？", "<="),
        ("哪座小屋的床位少于20张？", "<"),
        ("哪座小屋的床位不到20张？", "<"),
        ("哪座小屋的床位不少于20张？", ">="),
        ("床位在20张以上的小屋有哪些？", ">="),
        ("床位在20张以下的小屋有哪些？", "<="),
        ("床位达到20张的是哪座小屋？", ">="),
        ("哪座小屋的床位恰好20张？", "="),
        ("有几座小屋的床位多于20张？", ">"),
        ("Which huts have more than 20 beds?", ">"),
        ("Which huts have fewer than 20 beds?", "<"),
        ("Which huts have at least 20 beds?", ">="),
        ("Which huts have no more than 20 beds?", "<="),
    ],
)
def test_a_side_is_asked_for(alpine_base: Base, text: str, sides: str) -> None:
    found = limit(alpine_base, text)
    assert found is not None
    assert (found.figure.value, found.sides) == (20, sides)


@pytest.mark.parametrize(
    "text",
    [
        "哪些小屋有20张床？",
        "鹰石小屋的床位超过20张吗？",  # a claim
        "超过20张床的小屋为什么少？",
        "鹰石小屋的床位是多少？",
        "哪些小屋的床位超过20张而不到40张？",  # two figures
    ],
)
def test_no_side_is_asked_for(alpine_base: Base, text: str) -> None:
    assert limit(alpine_base, text) is None


@pytest.mark.parametrize(
    ("sides", "value", "bound", "met"),
    [
        (">", 21, "", True),
        (">", 20, "", False),
        (">=", 20, "", True),
        ("<=", 20, "", True),
        ("<", 20, "", False),
        ("=", 20, "", True),
        (">", 20, ">", True),  # more than 20
        (">", 25, ">", True),
        (">", 10, ">", False),  # more than 10 may be 15
        ("<", 20, ">", False),
        ("<", 15, "<", True),
        ("<", 30, "<", False),
        (">", 21, "~", True),
    ],
)
def test_a_mere_bound_counts_where_it_tells(alpine_base: Base, sides: str, value: int, bound: str, met: bool) -> None:
    found = limit(alpine_base, "哪些小屋的床位超过20张？")
    assert found is not None
    assert found._replace(sides=sides).met_by(Decimal(value), bound) is met
