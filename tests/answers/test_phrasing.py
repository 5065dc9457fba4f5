"""Dates, numbers and results of calculations as people read them in each language."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.phrasing import LANGUAGES, date_text, figure_text, number_text, result_text
from knowledge.finding.outcome import Figure
from knowledge.store.base import Base, FactRow

HAN_SIZES = {"万亿": 10**12, "亿": 10**8, "万": 10**4}
ENGLISH_SIZES = {"trillion": 10**12, "billion": 10**9, "million": 10**6}

HAN_DATES = {
    "2023": "2023年",
    "2023-07": "2023年7月",
    "2023-07-13": "2023年7月13日",
    "2024-12-01": "2024年12月1日",
    "2023-H1": "2023年上半年",
    "2023-H2": "2023年下半年",
    "2024-Q1": "2024年第一季度",
    "2024-Q4": "2024年第四季度",
    "2021-07-03/2021-09-26": "2021年7月3日–2021年9月26日",
    "2018/2025": "2018年–2025年",
}
ENGLISH_DATES = {
    "2023": "2023",
    "2023-07": "July 2023",
    "2023-07-13": "13 July 2023",
    "2024-12-01": "1 December 2024",
    "2023-H1": "first half of 2023",
    "2023-H2": "second half of 2023",
    "2024-Q1": "Q1 2024",
    "2021-07-03/2021-09-26": "3 July 2021–26 September 2021",
}

amounts = st.decimals(min_value=-(10**15), max_value=10**15, allow_nan=False, allow_infinity=False, places=4)


def read_back(text: str, sizes: dict[str, int]) -> Decimal:
    """The number that a text shows."""
    for word, size in sizes.items():
        if text.endswith(word):
            return Decimal(text.removesuffix(word).strip()) * size
    return Decimal(text.replace(",", ""))


def fact_of(base: Base, fact_id: str) -> FactRow:
    number = base.fact_number(fact_id)
    assert number is not None
    return base.fact(number)


def figure(
    base: Base, fact_id: str, value: str | None = None, *, unit: str | None = None, share: bool | None = None
) -> Figure:
    """The first figure of a fact, with some of it exchanged."""
    fact = fact_of(base, fact_id)
    first = fact.quantities[0]
    return Figure(
        fact.subject,
        fact,
        first.value if value is None else Decimal(value),
        first.unit if unit is None else unit,
        first.is_share if share is None else share,
        first.bound,
    )


@pytest.mark.parametrize(("iso", "text"), HAN_DATES.items())
def test_date_in_chinese(iso: str, text: str) -> None:
    assert date_text(iso, "zh-Hans") == text
    assert date_text(iso, "zh-Hant") == text


@pytest.mark.parametrize(("iso", "text"), ENGLISH_DATES.items())
def test_date_in_english(iso: str, text: str) -> None:
    assert date_text(iso, "en") == text


@given(st.dates())
def test_date_keeps_its_numbers(day: object) -> None:
    iso = str(day)
    year, month, day_of_month = (int(piece) for piece in iso.split("-"))
    assert date_text(iso, "zh-Hans") == f"{iso[:4]}年{month}月{day_of_month}日"
    english = date_text(iso, "en").split()
    assert english[0] == str(day_of_month)
    assert int(english[-1]) == year


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        ("0", "0", "0"),
        ("14", "14", "14"),
        ("1900", "1900", "1,900"),
        ("9999", "9999", "9,999"),
        ("10000", "1万", "10,000"),
        ("63800", "6.38万", "63,800"),
        ("2065000000", "20.65亿", "2.065 billion"),
        ("12000000", "1200万", "12 million"),
        ("3500000000000", "3.5万亿", "3.5 trillion"),
        ("0.5", "0.5", "0.5"),
        ("-20000", "-2万", "-20,000"),
        ("100000000", "1亿", "100 million"),
    ],
)
def test_number_by_language(value: str, chinese: str, english: str) -> None:
    assert number_text(Decimal(value), "zh-Hans") == chinese
    assert number_text(Decimal(value), "zh-Hant") in (chinese, chinese.replace("万", "萬").replace("亿", "億"))
    assert number_text(Decimal(value), "en") == english


@given(amounts)
def test_number_means_what_it_was(value: Decimal) -> None:
    """No text is further from its number than the four decimals of its unit."""
    for language, sizes in (("zh-Hans", HAN_SIZES), ("en", ENGLISH_SIZES)):
        shown = read_back(number_text(value, language), sizes)
        size = max((s for s in sizes.values() if abs(value) >= s), default=1)
        assert abs(shown - value) <= Decimal("0.00005") * size


@given(st.integers(-(10**15), 10**15))
def test_whole_number_has_no_idle_digits(value: int) -> None:
    for language in LANGUAGES:
        text = number_text(Decimal(value), language)
        assert "E" not in text
        assert not text.rstrip("万亿萬億 abcdefghijklmnopqrstuvwxyz").endswith(".")
        if "." in text:
            assert not text.rstrip("万亿萬億 abcdefghijklmnopqrstuvwxyz").endswith("0")


@given(st.integers(-9999, 9999))
def test_small_number_is_exact(value: int) -> None:
    assert number_text(Decimal(value), "zh-Hans") == str(value)
    assert number_text(Decimal(value), "en") == f"{value:,}"


def test_figure_keeps_the_words_of_its_fact(alpine_base: Base) -> None:
    assert figure_text(figure(alpine_base, "s8a"), "zh-Hans") == "约7600人"
    assert figure_text(figure(alpine_base, "s6a"), "zh-Hans") == "3020米"
    assert figure_text(figure(alpine_base, "c8a"), "en") == "about 12 million"


def test_figure_that_is_a_share(alpine_base: Base) -> None:
    for language in LANGUAGES:
        assert figure_text(figure(alpine_base, "s8b"), language) == "40%"
        assert figure_text(figure(alpine_base, "s8b", "0.125"), language) == "12.5%"


def test_result_of_a_difference(alpine_base: Base) -> None:
    terms = (figure(alpine_base, "s6a"), figure(alpine_base, "s7a"))
    assert result_text(Decimal(990), terms, "difference", "zh-Hans") == "990米"
    assert result_text(Decimal(990), terms, "difference", "en").startswith("990")


def test_result_of_a_difference_of_shares(alpine_base: Base) -> None:
    terms = (figure(alpine_base, "s8b"), figure(alpine_base, "s8b", "0.25"))
    assert result_text(Decimal("0.15"), terms, "difference", "zh-Hans") == "15个百分点"
    assert result_text(Decimal("0.15"), terms, "difference", "en") == "15 percentage points"


@pytest.mark.parametrize(("value", "times"), [("3.428571", "3.43"), ("2", "2"), ("0.5", "0.5"), ("10", "10")])
def test_result_of_a_ratio(alpine_base: Base, value: str, times: str) -> None:
    terms = (figure(alpine_base, "s6b"), figure(alpine_base, "s7b"))
    assert result_text(Decimal(value), terms, "ratio", "zh-Hans") == f"{times}倍"
    assert result_text(Decimal(value), terms, "ratio", "en") == f"{times} times"


def test_result_of_a_sum_of_large_amounts_says_the_unit_once(alpine_base: Base) -> None:
    terms = (figure(alpine_base, "c8a", unit="万元"), figure(alpine_base, "c8a", unit="万元"))
    assert result_text(Decimal(24000000), terms, "sum", "zh-Hans") == "约2400万元"
