"""Dates: what people write, what the base writes, and whether two speak of the same time."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.dates import (
    Period,
    find_periods,
    parse_period,
    part_of_year,
    with_year_before,
    year_in_full,
    years_in_full,
)

# text → the base's form; --MM and --MM-DD have no year
ONE = [
    # --- Chinese
    ("2023年", "2023"),
    ("2023年度", "2023"),
    ("2023年底", "2023"),
    ("1887年落成", "1887"),
    ("二〇二三年", "2023"),
    ("一九九八年", "1998"),
    ("2023年7月", "2023-07"),
    ("2023 年 7 月", "2023-07"),
    ("2023年7月底", "2023-07"),
    ("23年7月", "2023-07"),
    ("99年12月3日", "1999-12-03"),
    ("二〇二三年五月", "2023-05"),
    ("2023年7月13日", "2023-07-13"),
    ("2023年7月13号", "2023-07-13"),
    ("2023年7月13", "2023-07-13"),
    ("截至2024年3月28日", "2024-03-28"),
    ("2024年2月29日", "2024-02-29"),
    ("二零二三年十二月三十一日", "2023-12-31"),
    ("2023年上半年", "2023-H1"),
    ("2023年下半年", "2023-H2"),
    ("2023年二季度", "2023-Q2"),
    ("2023年第四季度", "2023-Q4"),
    ("2023年7、8月", "2023-07/2023-08"),
    ("2023年7-9月", "2023-07/2023-09"),
    ("2023年7月至9月", "2023-07/2023-09"),
    ("2023年七八月份", "2023-07/2023-08"),
    ("2023年7月5家", "2023-07"),
    ("2023年9月一同出台", "2023-09"),
    ("2023年9月十大品牌", "2023-09"),
    ("2023年八月十五", "2023-08-15"),
    ("2023年5家", "2023"),
    ("2018—2025年", "2018/2025"),
    ("2018年-2025年", "2018/2025"),
    # --- digits
    ("2023", "2023"),
    ("2018-2025", "2018/2025"),
    ("2023-07", "2023-07"),
    ("2023-07-03", "2023-07-03"),
    ("2023-7-3", "2023-07-03"),
    ("2023/7/3", "2023-07-03"),
    ("2023.7.3", "2023-07-03"),
    # --- English
    ("July 2023", "2023-07"),
    ("Sept 2023", "2023-09"),
    ("in May 2023", "2023-05"),
    ("28 March 2024", "2024-03-28"),
    ("3rd of June 2024", "2024-06-03"),
    ("June 3rd, 2024", "2024-06-03"),
    ("Dec. 29, 2017", "2017-12-29"),
    ("It was founded in 2023.", "2023"),
    ("截至2023,117款", "2023"),
    ("built in 1887", "1887"),
    ("the AI market 2024", "2024"),
    ("they decided 2023", "2023"),
    ("在July 2023发布", "2023-07"),
    # --- no year
    ("8月11日", "--08-11"),
    ("八月十一号", "--08-11"),
    ("9月一号", "--09-01"),
    ("三月三", "--03-03"),
    ("九月一起办", "--09"),
    ("8月", "--08"),
    ("7月13家", "--07"),
    ("十二月", "--12"),
    ("二月二十九日", "--02-29"),
    ("Mar 5", "--03-05"),
    ("1 Jan", "--01-01"),
    ("in September", "--09"),
    ("before May", "--05"),
    ("during March", "--03"),
    # --- what can't be a date leaves the year
    ("2023年13月", "2023"),
    ("2023-13-01", "2023"),
]

NONE = [
    "",
    "2.5",
    "24小时",
    "5个月",
    "12.5%",
    "12023",
    "20230713",
    "2023家",
    "2023个",
    "2000万",
    "海拔2030米",
    "2030 m",
    "2000 yuan",
    "2023.5",
    "今年",
    "年底",
    "8月45日",
    "二月三十日",
    "31 April",
    "0 May",
    "may I ask",
    "march forward",
    "what may they do",
    "marketing",
    "novel 3",
    "十十月",
    "二一月",
    "七八九月",
    "1 ſep",
    "20٢٣年",
    "20٢٣-20٢٥",
]


def expected(form: str) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    if not form.startswith("--"):
        return parse_period(form).first, parse_period(form).last
    month, _, day = form[2:].partition("-")
    return (0, int(month), int(day or 1)), (0, int(month), int(day or 31))


@pytest.mark.parametrize(("text", "form"), ONE)
def test_dates_reads_one_period(text: str, form: str) -> None:
    assert [(p.first, p.last) for p in find_periods(text)] == [expected(form)]


@pytest.mark.parametrize("text", NONE)
def test_dates_leaves_other_numbers_alone(text: str) -> None:
    assert find_periods(text) == []


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("between 2018 and 2025", ["2018", "2025"]),
        ("从2022年底到2023年5月28日", ["2022", "2023-05-28"]),
        ("7月3日开门,9月26日关门", ["--07-03", "--09-26"]),
        ("十二月十月", ["--12", "--10"]),
        ("2023-07-03/2023-08-01", ["2023-07-03", "2023-08-01"]),
    ],
)
def test_dates_reads_several_periods(text: str, forms: list[str]) -> None:
    assert [(p.first, p.last) for p in find_periods(text)] == [expected(f) for f in forms]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023年7月上旬", (2023, 7, 1), (2023, 7, 10)),
        ("2023年7月中旬", (2023, 7, 11), (2023, 7, 20)),
        ("7月下旬", (0, 7, 21), (0, 7, 31)),
        ("in Q3 2023", (2023, 7, 1), (2023, 9, 31)),
        ("the fourth quarter of 2023", (2023, 10, 1), (2023, 12, 31)),
        ("in the second half of 2023", (2023, 7, 1), (2023, 12, 31)),
        ("H1 2024", (2024, 1, 1), (2024, 6, 31)),
    ],
)
def test_dates_reads_parts_of_months_and_years(
    text: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    assert [(p.first, p.last) for p in find_periods(text.casefold())] == [(first, last)]


def test_dates_span_covers_the_date_alone() -> None:
    text = "截至2024年3月28日共有117家"
    (found,) = find_periods(text)
    assert text[found.start : found.end] == "2024年3月28日"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023", (2023, 1, 1), (2023, 12, 31)),
        ("2023-07", (2023, 7, 1), (2023, 7, 31)),
        ("2023-07-13", (2023, 7, 13), (2023, 7, 13)),
        ("2023-H1", (2023, 1, 1), (2023, 6, 31)),
        ("2023-H2", (2023, 7, 1), (2023, 12, 31)),
        ("2023-Q2", (2023, 4, 1), (2023, 6, 31)),
        ("2023-Q4", (2023, 10, 1), (2023, 12, 31)),
        ("2018/2025", (2018, 1, 1), (2025, 12, 31)),
        ("2023-07-03/2023-08", (2023, 7, 3), (2023, 8, 31)),
        ("2023-12/2023", (2023, 12, 1), (2023, 12, 31)),
        ("0987", (987, 1, 1), (987, 12, 31)),
    ],
)
def test_dates_parse_period_reads_the_forms_of_the_base(
    text: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    period = parse_period(text)
    assert (period.first, period.last) == (first, last)
    assert period.year == first[0]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is no date: write 2023"),
        ("23", "is no date"),
        ("0000", "is no date"),
        ("2023-7", "is no date"),
        ("2023年", "is no date"),
        ("2023-H3", "is no date"),
        ("2023-Q5", "is no date"),
        ("2023\n", "is no date"),
        ("２０２３", "is no date"),
        ("٢٠٢٣", "is no date"),
        ("2023/", "is no date"),
        ("/2023", "is no date"),
        ("2018/2020/2025", "is no date"),
        ("2023-00", "no such month or day"),
        ("2023-13", "no such month or day"),
        ("2023-07-32", "no such month or day"),
        ("2023-02-29", "no such month or day"),
        ("2025/2018", "ends before it begins"),
        ("2023-07-13/2023-07-12", "ends before it begins"),
    ],
)
def test_dates_parse_period_says_what_is_wrong(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse_period(text)


@pytest.mark.parametrize(
    ("a", "b", "together"),
    [
        ("2023", "2023-07-13", True),
        ("2023-07", "2023-07-31", True),
        ("2023-07", "2023-08-01", False),
        ("2023", "2024", False),
        ("2023-H1", "2023-06", True),
        ("2023-H1", "2023-Q3", False),
        ("2018/2025", "2023-07", True),
        # a missing year fits every year
        ("--08-11", "2023", True),
        ("--08-11", "2023-08-11", True),
        ("--08-11", "2023-07", False),
        ("--08-11", "--08", True),
        ("--08-11", "--09", False),
        ("--01", "2023-11/2024-02", True),
        ("--12", "2023-11/2024-02", True),
        ("--05", "2023-11/2024-02", False),
        ("--05", "2018/2025", True),
        ("--05", "2018-06/2020-04", True),
    ],
)
def test_dates_overlap(a: str, b: str, together: bool) -> None:
    one, other = Period(*expected(a)), Period(*expected(b))
    assert one.overlaps(other) is together
    assert other.overlaps(one) is together


# --- properties

ISO = st.one_of(
    st.dates().map(lambda d: d.isoformat()),
    st.dates().map(lambda d: d.isoformat()[:7]),
    st.dates().map(lambda d: d.isoformat()[:4]),
)
RECENT = st.integers(1900, 2099)


@given(ISO)
def test_dates_iso_forms_read_back(text: str) -> None:
    period = parse_period(text)
    parts = (*map(int, text.split("-")), 0, 0)[:3]
    assert period.first == (parts[0], parts[1] or 1, parts[2] or 1)
    assert period.first <= period.last
    assert period.overlaps(parse_period(text[:4]))


@given(ISO, ISO)
def test_dates_ranges_of_iso_forms_read_back(a: str, b: str) -> None:
    first, last = sorted((parse_period(a), parse_period(b)), key=lambda p: p.first)
    a, b = (a, b) if parse_period(a) == first else (b, a)
    if last.last >= first.first:
        period = parse_period(f"{a}/{b}")
        assert (period.first, period.last) == (first.first, last.last)


@given(RECENT, st.integers(1, 12), st.integers(1, 28))
def test_dates_every_way_to_write_a_day_is_the_same_day(year: int, month: int, day: int) -> None:
    name = "January February March April May June July August September October November December".split()[month - 1]
    day_of = ((year, month, day), (year, month, day))
    for text in (
        f"{year}-{month:02}-{day:02}",
        f"{year}年{month}月{day}日",
        f"{year}/{month}/{day}",
        f"{day} {name} {year}",
        f"{name} {day}, {year}",
        f"{name[:3]}. {day}, {year}",
    ):
        assert [(p.first, p.last) for p in find_periods(f"于{text}, 据报")] == [day_of], text


TRICKY = st.text(
    st.sampled_from([*"〇零一二三七八九十年月日号底初末上下半第季度份0123456789-/.、至到~— ,٣ſ"]), max_size=25
)
WORDS = st.lists(
    st.sampled_from(
        ["2023", "1999年", "7月", "13日", "May", "Sept.", " ", ", ", "3rd", "of", "上半年", "-", "/", "十", "20٢٣年"]
    ),
    max_size=8,
).map("".join)


@given(st.text() | TRICKY | WORDS)
def test_dates_never_raises_and_spans_are_in_order(text: str) -> None:
    end = 0
    for found in find_periods(text):
        assert end <= found.start < found.end <= len(text)
        assert found.first <= found.last
        assert 1 <= found.first[1] <= found.last[1] <= 12
        end = found.end


@given(st.text())
def test_dates_parse_period_raises_nothing_but_value_errors(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert parse_period(text).year


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("2023年底有几座", (10, 12)),
        ("2023年初有几座", (1, 3)),
        ("2023年有几座", (1, 12)),
        ("how many were there by the end of 2023", (10, 12)),
        ("how many were there in the first half of 2023", (1, 6)),
        ("how many were there in 2023", (1, 12)),
        ("2023年5月底有几座", (5, 5)),
    ],
)
def test_a_question_may_mean_a_part_of_the_year(text: str, months: tuple[int, int]) -> None:
    (period,) = find_periods(text)
    meant = part_of_year(period, text)
    assert (meant.first[:2], meant.last[:2]) == ((2023, months[0]), (2023, months[1]))


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2024年比上一年多多少", [2024, 2023]),
        ("2024年的收入较前一年度多多少", [2024, 2023]),
        ("by how much in 2024 than the year before", [2024, 2023]),
        ("2024年比2021年多多少", [2024, 2021]),
        ("2024年有多少", [2024]),
        ("比上一年多多少", []),
    ],
)
def test_the_year_before_a_year(text: str, years: list[int]) -> None:
    assert [p.year for p in with_year_before(list(find_periods(text)), text)] == years


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("25年呢", "2025年呢"),
        ("那98年呢?", "那1998年呢?"),
        ("25年", "2025年"),
        ("25年前呢", "25年前呢"),
        ("干了25年", "干了25年"),
        ("2025年呢", "2025年呢"),
    ],
)
def test_a_year_of_two_digits_alone_is_written_in_full(text: str, full: str) -> None:
    assert year_in_full(text) == full


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("16年小屋有多少张床", "2016年小屋有多少张床"),
        ("小屋到23年有多少张床", "小屋到2023年有多少张床"),
        ("到23年呢?", "到2023年呢?"),
        ("10年来小屋变了吗", "10年来小屋变了吗"),
        ("小屋开了16年吗", "小屋开了16年吗"),
    ],
)
def test_a_year_of_two_digits_begins_a_phrase(text: str, full: str) -> None:
    assert years_in_full(text) == full


@pytest.mark.parametrize(
    ("text", "first", "last", "said"),
    [
        ("2024年春天开放吗", 3, 5, "2024年春天"),
        ("2024年秋季", 9, 11, "2024年秋季"),
        ("open in summer 2024", 6, 8, "summer 2024"),
        ("2024年春晚", 1, 12, "2024年"),
    ],
)
def test_a_season_is_part_of_its_year(text: str, first: int, last: int, said: str) -> None:
    (period,) = (part_of_year(p, text) for p in find_periods(text))
    assert (period.first[1], period.last[1], text[period.start : period.end].strip()) == (first, last, said)
