"""Stretches of time that questions name, and which dates lie in them."""

from __future__ import annotations

import pytest

from knowledge.text.dates import find_periods, parse_period, part_of_year
from knowledge.text.stretch import Stretch, on_edge, side_of, stretch_asked


def stretch(text: str) -> Stretch | None:
    return stretch_asked(text, [part_of_year(p, text) for p in find_periods(text)])


# text, a date that lies there, one that does not, one of which it cannot be told
STRETCHES = [
    ("2023年6月之后发布的", "2023-07", "2023-05-31", "2023"),
    ("2023年6月以后", "2023-07-01", "2023-05", "2023-06-28"),
    ("after june 2023", "2024", "2023-05", "2023"),
    ("2023年之前发布的", "2022-12-31", "2023-01", ""),
    ("before may 2023", "2023-04", "2023-05-01", "2023"),
    ("2023年5月前", "2023-04", "2023-05", "2023"),
    ("2023年及以前", "2023-12-31", "2024", ""),
    ("早于2020年的", "2019", "2020", ""),
    ("自2023年7月起推出的", "2023-07-01", "2023-06", "2023"),
    ("2023年7月以来", "2023-07", "2023-06-30", "2023"),
    ("since 2022", "2022-01", "2021", ""),
    ("by the end of 2023", "2023-12-31", "2024-01", ""),
    ("2023年5月到7月之间", "2023-06-30", "2023-08", "2023"),
    ("2019年至2021年间", "2021-12", "2022", ""),
    ("2022年和2023年之间", "2022-05", "2024", ""),
    ("2023年5月15日之后、6月之前", "2023-05-31", "2023-05-14", "2023-05"),
    ("between may and july 2023", "2023-05-25", "2023-08", "2023"),
    ("between 2020 and 2022", "2021", "2023", ""),
    ("from march to may 2023", "2023-04-01", "2023-02", "2023"),
    ("2023年5月有哪些", "2023-05-25", "2023-06", "2023"),
    ("2023年上半年", "2023-06", "2023-07", "2023"),
    ("5月到7月之间", "2021-06-20", "2021-08", ""),
]


@pytest.mark.parametrize(("text", "within", "outside", "open_"), STRETCHES)
def test_dates_lie_within_or_outside(text: str, within: str, outside: str, open_: str) -> None:
    asked = stretch(text)
    assert asked
    assert asked.holds(parse_period(within))
    assert not asked.holds(parse_period(outside))
    assert not asked.touches(parse_period(outside))
    if open_:
        assert asked.touches(parse_period(open_))
        assert not asked.holds(parse_period(open_))


@pytest.mark.parametrize(
    "text", ["截至2023年3月", "8月之后", "2023年5月和7月", "2023年前三季度", "没有日期", "as of may 2023"]
)
def test_no_stretch_is_asked(text: str) -> None:
    assert stretch(text) is None


@pytest.mark.parametrize(
    ("text", "name", "side"),
    [
        ("甲模型发布之后还有哪些", "甲", "after"),
        ("甲之前有哪些", "甲", "before"),
        ("after the release of moss", "moss", "after"),
    ],
)
def test_the_side_of_something_named(text: str, name: str, side: str) -> None:
    start = text.index(name)
    found = side_of(text, start, start + len(name))
    assert found
    assert found[0] == side


def test_a_date_in_the_month_that_a_claim_names_is_left_open() -> None:
    asked = stretch("2023年6月以后成立的吗")
    assert asked
    assert on_edge("2023年6月以后成立的吗", [asked.period], [parse_period("2023-06-28")])
    assert not on_edge("2023年6月以后成立的吗", [asked.period], [parse_period("2023-07")])
