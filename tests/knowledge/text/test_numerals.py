"""Quantities: what is read, as what, and what is no quantity at all."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.text.numerals import chinese_value, find_quantities, reach

# text, value, unit, bound
ONE = [
    # --- Arabic digits
    ("0", "0", "", ""),
    ("4,000", "4000", "", ""),
    ("1,000,000", "1000000", "", ""),
    ("2.5倍", "2.5", "倍", ""),
    ("13亿", "1300000000", "", ""),
    ("12 亿", "1200000000", "", ""),
    ("1.75万亿", "1750000000000", "", ""),
    ("20.65亿", "2065000000", "", ""),
    ("6.38万家", "63800", "家", ""),
    ("12亿美元", "1200000000", "美元", ""),
    ("1万5千", "15000", "", ""),
    ("3亿5000万元", "350000000", "元", ""),
    ("1.5个百分点", "1.5", "个百分点", ""),
    # --- Chinese numerals
    ("十", None, "", ""),
    ("十家", "10", "家", ""),
    ("两家", "2", "家", ""),
    ("十五", "15", "", ""),
    ("两千五百", "2500", "", ""),
    ("一千零一", "1001", "", ""),
    ("一千五", "1500", "", ""),
    ("一万二", "12000", "", ""),
    ("一万零二", "10002", "", ""),
    ("三亿二", "320000000", "", ""),
    ("一百零五万", "1050000", "", ""),
    ("三亿五千万", "350000000", "", ""),
    ("一亿零五十万", "100500000", "", ""),
    ("三点五亿", "350000000", "", ""),
    ("一百二十三点五亿", "12350000000", "", ""),
    ("一万亿", "1000000000000", "", ""),
    ("万亿", "1000000000000", "", ""),
    ("三千亿美元", "300000000000", "美元", ""),
    ("二〇二三", "2023", "", ""),
    # --- shares
    ("88%", "0.88", "%", ""),
    ("百分之八十八", "0.88", "%", ""),
    ("百分之零点五", "0.005", "%", ""),
    ("百分之12.5", "0.125", "%", ""),
    ("约百分之三", "0.03", "%", "~"),
    ("30 percent", "0.3", "%", ""),
    ("30 per cent", "0.3", "%", ""),
    ("一半", "0.5", "%", ""),
    ("两成", "0.2", "%", ""),
    ("3.5成", "0.35", "%", ""),
    ("五成以上", "0.5", "%", ">"),
    # --- halves
    ("一年半", "1.5", "年", ""),
    ("两个半月", "2.5", "个月", ""),
    ("1个半小时", "1.5", "个小时", ""),
    # --- bounds
    ("约2200家", "2200", "家", "~"),
    ("大约2200家", "2200", "家", "~"),
    ("近10个", "10", "个", "~"),
    ("10个左右", "10", "个", "~"),
    ("数十名", "10", "名", "~"),
    ("几百家", "100", "家", "~"),
    ("十几个", "10", "个", "~"),
    ("五六家", "5", "家", "~"),
    ("两三家", "2", "家", "~"),
    ("二三十家", "20", "家", "~"),
    ("三四百家", "300", "家", "~"),
    ("80余个", "80", "个", ">"),
    ("10 多家", "10", "家", ">"),
    ("50多万人", "500000", "人", ">"),
    ("3万多", "30000", "", ">"),
    ("超过9万家", "90000", "家", ">"),
    ("不低于4000万元", "40000000", "元", ">"),
    ("高于30%", "0.3", "%", ">"),
    ("不止20家", "20", "家", ">"),
    ("少于1800家", "1800", "家", "<"),
    ("低于5000元", "5000", "元", "<"),
    ("至少十家", "10", "家", ">"),
    ("100家以上", "100", "家", ">"),
    ("不超过10家", "10", "家", "<"),
    ("不到10天", "10", "天", "<"),
    ("最多两人", "2", "人", "<"),
    ("100以内", "100", "", "<"),
    # --- English
    ("1.2 billion", "1200000000", "", ""),
    ("almost 250 billion", "250000000000", "", "~"),
    ("fewer than 30", "30", "", "<"),
    ("in excess of 30", "30", "", ">"),
    ("5 bn", "5000000000", "", ""),
    ("350B", "350000000000", "", ""),
    ("7b", "7000000000", "", ""),
    ("100K", "100000", "", ""),
    ("twelve", "12", "", ""),
    ("five hundred", "500", "", ""),
    ("two million", "2000000", "", ""),
    ("half", "0.5", "%", ""),
    ("half a million", "500000", "", ""),
    ("about three", "3", "", "~"),
    ("more than 1,200 companies", "1200", "", ">"),
    ("at least 40 million yuan", "40000000", "yuan", ">"),
    ("up to 5%", "0.05", "%", "<"),
    ("5 tokens", "5", "tokens", ""),
    ("23 percentage points", "23", "percentage points", ""),
    ("10 minutes", "10", "minutes", ""),
    # --- inside a sentence: words that only look like precision
    ("参数130亿", "13000000000", "", ""),
    ("最近10个", "10", "个", ""),
    ("节约20%", "0.2", "%", ""),
    ("turnover 5 billion", "5000000000", "", ""),
    ("融资1.2 billion美元", "1200000000", "美元", ""),
    ("第三名", "3", "名", ""),
    ("另有5个半导体项目", "5", "个", ""),
]

NONE = [
    "",
    "GPT-4",
    "GPT-3.5",
    "GPT-4-32k",
    "Baichuan-13B-Base",
    "Qwen2.5",
    "N100",
    "v2",
    "5G",
    "一些",
    "成立",
    "成都",
    "八成立",
    "百度",
    "万科",
    "千寻",
    "几个",
    "多少个",
    "点五",
    "半",
    "someone",
    "often",
    "on behalf of",
    "the first half of the year",
    "ſix",
    "fıve",
    "１２",  # a text is folded before
    "٣",
    "½",
]


@pytest.mark.parametrize(("text", "value", "unit", "bound"), ONE)
def test_numerals_reads_one_quantity(text: str, value: str | None, unit: str, bound: str) -> None:
    found = find_quantities(text)
    expected = [] if value is None else [(Decimal(value), unit, bound)]
    assert [(q.value, q.unit, q.bound) for q in found] == expected


@pytest.mark.parametrize("text", NONE)
def test_numerals_leaves_names_and_words_alone(text: str) -> None:
    assert find_quantities(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("从3家增至12家", ["3", "12"]),
        ("10-20家", ["10", "20"]),
        ("1.7-2倍", ["1.7", "2"]),
        ("10~20", ["10", "20"]),
        ("12,34", ["12", "34"]),
        ("10万3万", ["100000", "30000"]),
        ("3万约5千", ["30000", "5000"]),
        ("3万多5千", ["30000", "5000"]),
        ("GPT-4有1.8万亿参数", ["1800000000000"]),
        ("占88%,约3821亿元", ["0.88", "382100000000"]),
        ("48 beds at 1870 metres", ["48", "1870"]),
    ],
)
def test_numerals_reads_several_quantities(text: str, values: list[str]) -> None:
    assert [q.value for q in find_quantities(text)] == [Decimal(v) for v in values]


def test_numerals_span_runs_from_precision_word_to_unit() -> None:
    text = "去年约2200家公司"
    (found,) = find_quantities(text)
    assert text[found.start : found.end] == "约2200家"
    assert found.text == "2200"


@pytest.mark.parametrize(
    ("text", "is_share"), [("88%", True), ("百分之八十八", True), ("0.88", False), ("88家", False)]
)
def test_numerals_tells_a_share_from_a_number(text: str, is_share: bool) -> None:
    (found,) = find_quantities(text)
    assert found.is_share == is_share


@pytest.mark.parametrize("text", ["", "点", "三点", "三点五个", "abc", "一" * 5000])
def test_numerals_chinese_value_of_no_numeral_is_none(text: str) -> None:
    assert chinese_value(text) is None


@pytest.mark.parametrize("text", ["一" * 5000, "9" * 5000, "1" + "亿" * 5000, "千" * 5000, "1," + "000," * 2000])
def test_numerals_endless_digits_are_read_or_left(text: str) -> None:
    find_quantities(text)


# --- properties

DIGITS = "零一二三四五六七八九"


def in_chinese(number: int, *, liang: bool = False) -> str:
    """Write a number as people do: 10203 → 一万零二百零三; with `liang` 两百, 两千, 两万, 两亿."""
    if number < 10:
        return DIGITS[number]
    units = ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十"))
    size, unit = next(x for x in units if number >= x[0])
    head, rest = divmod(number, size)
    before = "两" if liang and head == 2 and size > 10 else in_chinese(head, liang=liang)
    if not rest:
        return before + unit
    return before + unit + ("零" if rest < size // 10 else "") + in_chinese(rest, liang=liang)


@given(st.integers(0, 10**13), st.booleans())
@example(10**13, False)
@example(10**12, False)
@example(10001_0001_0001, False)
@example(2_2222_2222, True)
def test_numerals_every_chinese_integer_reads_back(number: int, liang: bool) -> None:
    written = in_chinese(number, liang=liang)
    assert chinese_value(written) == number
    (found,) = find_quantities(written + "元")
    assert (found.value, found.unit, found.text) == (number, "元", written)


@given(
    st.decimals(min_value=0, max_value=9999, places=3, allow_nan=False),
    st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8), ("万亿", 10**12)]),
)
def test_numerals_decimals_with_a_scale_read_back(number: Decimal, scale: tuple[str, int]) -> None:
    (found,) = find_quantities(f"共{number}{scale[0]}元")
    assert found.value == number * scale[1]


@given(
    st.integers(0, 9999),
    st.text(DIGITS, min_size=1, max_size=4),
    st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8), ("万亿", 10**12)]),
)
def test_numerals_chinese_decimals_read_back(whole: int, fraction: str, scale: tuple[str, int]) -> None:
    digits = "".join(str(DIGITS.index(c)) for c in fraction)
    (found,) = find_quantities(f"{in_chinese(whole)}点{fraction}{scale[0]}元")
    assert found.value == Decimal(f"{whole}.{digits}") * scale[1]


TRICKY = st.text(
    st.sampled_from([*"零一两三五十百千万亿兆点半成余多几数近约0123456789.,%-—~ 年个月家元AaKkmbſıİ٣三"]), max_size=25
)
WORDS = st.lists(
    st.sampled_from(
        ["百分之", "约", "不超过", "一半", "half", "a", "million", "two", "percent", "1.5", "3万", "以上", " ", "GPT-"]
    ),
    max_size=8,
).map("".join)


@given(st.text() | TRICKY | WORDS)
def test_numerals_never_raises_and_spans_are_in_order(text: str) -> None:
    end = 0
    for found in find_quantities(text):
        assert end <= found.start < found.end <= len(text)
        assert found.text in text[found.start : found.end]
        assert found.value >= 0
        assert found.bound in ("", "~", ">", "<")
        end = found.end


@pytest.mark.parametrize(
    ("text", "least", "below"),
    [
        ("十来张床", 10, 20),
        ("四十来位向导", 40, 50),
        ("百来人", 100, 200),
        ("两三座", 2, 4),
        ("五六十张", 50, 70),
        ("数十张", 20, 100),
        ("约十张", None, None),
    ],
)
def test_a_rough_figure_reaches_so_far(text: str, least: int | None, below: int | None) -> None:
    (figure,) = find_quantities(text, ("张", "座"))
    assert reach(figure, text[figure.start : figure.end]) == (None if least is None else (least, below))


@pytest.mark.parametrize(
    ("text", "bound"), [("床位过百了", ">"), ("床位破千张", ">"), ("通过百度查", None), ("十来自远方", None)]
)
def test_a_round_figure_may_be_passed(text: str, bound: str | None) -> None:
    assert [q.bound for q in find_quantities(text)] == ([] if bound is None else [bound])
