"""Dates as people and articles write them: a period with a first and a last day.

A period may lack its year ('8月11日'); it then matches any year. Text forms in the base are ISO: 2023, 2023-07,
2023-07-13, 2023-H1, and A/B for a range.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from knowledge.text.patterns import pattern

_CN = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_MONTHS = {
    m: i
    for i, m in enumerate(
        "jan feb mar apr may jun jul aug sep oct nov dec".split(),
        start=1,
    )
}
_COUNTED = "个家款项元米名位人次座条种倍多余"
"""What follows a number that is no date."""
_HAN = "[一二三四五六七八九十]"
_NUM = rf"(?:\d{{1,2}}|{_HAN}{{1,3}})"
_DAY = rf"(?:\d{{1,2}}|{_HAN}{{1,3}}(?=[ ]?[日号])|{_HAN}{{2,3}}(?!大)|(?<={_HAN}月)(?!一){_HAN}(?!大))"
"""A day: one Chinese digit alone begins a word more often (9月一同出台) than it ends a date (三月三)."""
_ZH = pattern(
    rf"""(?<!哪)(?=[0-9一二三四五六七八九十上下第年底末初])
    (?:(?P<year>(?<!\d)(?:[12]\d\d\d|3\d\d\d(?=年\d\d?月)|\d\d(?=年\d\d?月))|[一二][〇零一二三四五六七八九]{{3}})[ ]?
       (?:年度?|[/.-](?=\d{{1,2}}(?:[/.-]\d|[ ]?月)))[ ]?)?
    (?:(?P<half>上半年|下半年)|第?(?P<quarter>[一二三四1-4])季度|
       (?P<month>{_NUM})[ ]?(?:(?:(?:、|月?[至到~—-])?(?P<month2>{_NUM}))?[ ]?月份?|(?<!年\d)(?<!年\d\d)[/.-](?=\d))[ ]?
       (?:(?P<day>{_DAY})[ ]?[日号]?(?!\d|\.\d|[一二三四五六七八九十百千%亿万月{_COUNTED}])
         |(?P<part>底|初|中旬|上旬|下旬|末)?)?)?
    (?P<yearpart>年?[底末初](?!层))?""",
    re.VERBOSE | re.ASCII,
)
_EN = pattern(
    r"(?<![a-z])(?:(?P<d1>(?<!\d)\d{1,2})(?:st|nd|rd|th)?(?: of)? )?"
    r"(?P<mon>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
    r"(?: (?P<d2>\d{1,2})(?:st|nd|rd|th)?(?!\d))?(?:,? (?P<y>(?:1[89]|20)\d\d)(?!\d))?",
    re.IGNORECASE | re.ASCII,
)
SAME_TIME = pattern(r"(?:都?[是在于])?同一?个?[天日月年](?:份|里|内)?|(?:on|in) the same (?:day|month|year)")
"""Two things are said to be of one time."""
_YEAR = pattern(
    r"(?<![\d.])(?P<year>(?:19|20)\d\d|(?:(?<=in )|(?<=since ))1[0-8]\d\d(?! [a-z]+s\b))"
    rf"(?!\d|\.\d|[ ]?(?:[%万亿{_COUNTED}]|k?m\b|(?:metre|meter|yuan|dollar)))",
    re.IGNORECASE | re.ASCII,
)
_PART = pattern(
    r"\b(?:(?P<h1>first half|h1)|(?P<h2>second half|h2)|(?P<late>end|close|late)|(?P<early>beginning|start|early)"
    r"|(?P<春>spring)|(?P<夏>summer)|(?P<秋>autumn|fall)|(?P<冬>winter))"
    r"(?: of)?(?: the year)? $",
    re.IGNORECASE | re.ASCII,
)
"""Before an English year the part of it that is meant."""
_PARTS = {"h1": (1, 6), "h2": (7, 12), "late": (10, 12), "early": (1, 3), "底": (10, 12), "末": (10, 12), "初": (1, 3)}
_SEASONS = {"春": (3, 5), "夏": (6, 8), "秋": (9, 11), "冬": (12, 12)}
_SEASON = pattern("([春夏秋冬])(?:天|季)?(?!晚|令|招)", holds="春夏秋冬")
"""Behind a year."""
"""Its first and last month; who speaks of the end of a year may mean its last quarter."""
_TEN_DAYS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}
"""First and last day of what a month is parted into."""
_PARTED = pattern(
    r"\b(?:the )?(?:(?P<half>first|second) half|(?P<nth>first|second|third|fourth) quarter|h(?P<h>[12])|q(?P<q>[1-4]))"
    r"(?: of|,)? (?P<y>(?:19|20)\d\d)(?!\d)",
    holds=("half", "quarter", "h1", "h2", "q1", "q2", "q3", "q4"),
)
_RANGE = pattern(r"(?<!\d)(?P<a>(?:19|20)\d\d)年?[ ]?[—–~-]{1,2}[ ]?(?P<b>(?:19|20)\d\d)(?!\d)年?", re.ASCII)
_ISO = pattern(r"(?<!\d)(?P<y>(?:19|20)\d\d)-(?P<m>\d\d?)(?:-(?P<d>\d\d?))?(?!\d)", re.ASCII)

_SHORT_YEAR = pattern(r"\s*(?:那么?|而)?(\d\d)(?=年(?:的|度|赛季|底|末|初)?呢?[?？ ]*$)", re.ASCII)
"""A year of two digits by which alone it is asked what was so then."""
_YEAR_OF_TWO = pattern(
    r"(?:(?<![^,，;；:：?？。 ])|(?<=[到在从自于截至和与比跟、]))(?P<year>[12]\d)"
    r"年(?=[\u3400-\u9fff]|,?[?？]?$)(?!份?[来间内里之以前后多个期左才就了历磨陪长跑坚余中功如年])",
    re.ASCII,
)
"""Where a sentence or phrase begins, a number of years is a year more often (16年北京有多少家)."""
_PIVOT = "50"
"""From here on it is one of the century before."""


class Period(NamedTuple):
    """A stretch of days, inclusive, as (year, month, day) triples; year 0 means that no year was named."""

    first: tuple[int, int, int]
    last: tuple[int, int, int]
    start: int = 0
    """Offset in the text it was found in."""
    end: int = 0

    @property
    def year(self) -> int:
        return self.first[0]

    @property
    def within_month(self) -> bool:
        """Whether it lies in one month."""
        return self.first[:2] == self.last[:2]

    def overlaps(self, other: Period) -> bool:
        """Whether the two can speak of the same time; a missing year fits every year."""
        a, b = (self, other) if other.year else (other, self)
        if a.year or not b.year:
            return a.first <= b.last and b.first <= a.last
        if b.last[0] - b.first[0] > 1:
            return True
        return any((y, *a.first[1:]) <= b.last and b.first <= (y, *a.last[1:]) for y in (b.first[0], b.last[0]))


def _number(text: str) -> int:
    """The number, or 0 for what is none (十十)."""
    if text.isascii():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        if len(tens) > 1 or len(ones) > 1 or "十" in ones:
            return 0
        return (int(_CN[tens]) if tens else 1) * 10 + (int(_CN[ones]) if ones else 0)
    return int("".join(_CN[c] for c in text))


def _span(
    year: int, month: int | None, day: int | None, start: int, end: int, last_month: int | None = None
) -> Period | None:
    if month is None:
        return Period((year, 1, 1), (year, 12, 31), start, end)
    if not 1 <= month <= 12:
        return None
    if day is None:
        last_month = month if last_month is None else last_month
        return Period((year, month, 1), (year, last_month, 31), start, end) if month <= last_month <= 12 else None
    try:
        date(year or 2000, month, day)
    except ValueError:
        return None
    return Period((year, month, day), (year, month, day), start, end)


def year_in_full(text: str) -> str:
    """A text that asks of nothing but a year (那25年呢), with its century."""
    short = _SHORT_YEAR.match(text) if "年" in text else None
    return f"{text[: short.start(1)]}{_with_century(short[1])}{text[short.end(1) :]}" if short else text


def years_in_full(text: str) -> str:
    """A text with the century of each year of two digits that begins a phrase of it (16年有几家)."""
    return _YEAR_OF_TWO.sub(lambda m: f"{_with_century(m['year'])}年", text) if "年" in text else text


def _with_century(year: str) -> str:
    """A year of two digits with its first two."""
    return f"{19 + (year < _PIVOT)}{year}"


def find_periods(text: str) -> list[Period]:
    """All dates of a text, left to right, without overlaps."""
    found: list[Period] = []
    month_named = _MONTH.search(text.lower())
    if not (month_named or (not _DIGITS.isdisjoint(text) and _MAYBE.search(text))):
        return found
    taken: list[tuple[int, int]] = []

    def add(period: Period | None) -> None:
        if period and not any(s < period.end and period.start < e for s, e in taken):
            taken.append((period.start, period.end))
            found.append(period)

    for m in _RANGE.finditer(text):
        first, last = _span(int(m["a"]), None, None, m.start(), m.end()), int(m["b"])
        if first and int(m["a"]) <= last:
            add(Period(first.first, (last, 12, 31), m.start(), m.end()))
    for m in _ISO.finditer(text):
        add(_span(int(m["y"]), int(m["m"]), int(m["d"]) if m["d"] else None, m.start(), m.end()))
    if "年" in text or "月" in text or "/" in text or "." in text:
        for m in _ZH.finditer(text):
            if m.end() > m.start():
                add(_chinese(m))
    for m in _EN.finditer(text) if month_named else ():
        bare = not (m["d1"] or m["d2"] or m["y"])
        if (
            bare
            and m["mon"].lower() in _OTHERWISE
            and not (_TO_MONTH.match(text, m.end()) or _TIME.search(text, 0, m.start()))
        ):
            continue
        day = m["d1"] or m["d2"]
        add(_span(int(m["y"] or 0), _MONTHS[m["mon"][:3].lower()], int(day) if day else None, m.start(), m.end()))
    for m in _PARTED.finditer(text):
        add(_parted(m))
    for m in _YEAR.finditer(text):
        add(_span(int(m["year"]), None, None, m.start(), m.end()))
    found.sort(key=lambda p: p.start)
    return found


def part_of_year(period: Period, text: str) -> Period:
    """The period, or the part of the year that the text means by it (2024年底, the first half of 2024)."""
    if not period.year or (period.first[1:], period.last[1:]) != ((1, 1), (12, 31)):
        return period
    before = _PART.search(text, 0, period.start)
    if season := None if before else _SEASON.match(text, period.end):
        period = period._replace(end=season.end())
    said = (before.lastgroup or "") if before else season[1] if season else text[period.end - 1]
    months = _PARTS.get(said) or _SEASONS.get(said)
    if months is None:
        return period
    if before and said in _SEASONS:
        period = period._replace(start=before.start())
    return period._replace(first=(period.year, months[0], 1), last=(period.year, months[1], 31))


def with_year_before(periods: list[Period], text: str) -> list[Period]:
    """The periods, and beside a single year the one before it where a text sets it against that (比上一年)."""
    against = _YEAR_BEFORE.search(text) if len(periods) == 1 and periods[0].year == periods[0].last[0] else None
    if against is None:
        return periods
    year = periods[0].year - 1
    return [*periods, Period((year, 1, 1), (year, 12, 31), *against.span(1 if against[1] else 2))]


_YEAR_BEFORE = pattern(r"(?:比|较)((?:上|前)一?年度?)|\b(?:than|over|on) ((?:the )?(?:year before|previous year))\b")
_OTHERWISE = frozenset(("may", "mar", "march", "jan", "sep", "dec"))
"""Months that are words or names as well."""
_TO_MONTH = pattern(rf" (?:and|to|until|till|through) (?:{'|'.join(_MONTHS)})", re.IGNORECASE)
_TIME = pattern(r"\b(?:before|after|since|until|between|during|from) $", re.IGNORECASE)
"""Behind such a word, or before another month, they are months."""
_DIGITS = frozenset("年月0123456789")
_MAYBE = pattern(r"[年月]|(?:1\d|20)\d\d|\d[/.]\d")
_MONTH = pattern("|".join(_MONTHS), holds=_MONTHS)


def _chinese(m: re.Match[str]) -> Period | None:
    said = m["year"] or "0"
    year = _number(_with_century(said) if len(said) == len(_PIVOT) else said)
    if not m["month"]:
        if not year:
            return None
        if m["half"]:
            months = (1, 6) if m["half"] == "上半年" else (7, 12)
            return _span(year, months[0], None, m.start(), m.end(), months[1])
        if m["quarter"]:
            quarter = _number(m["quarter"])
            return _span(year, quarter * 3 - 2, None, m.start(), m.end(), quarter * 3)
        return _span(year, None, None, m.start(), m.end())
    if not year and "月" not in m.group():
        return None
    month = _number(m["month"])
    if m["month2"]:
        return _span(year, month, None, m.start(), m.end(), _number(m["month2"]))
    if len(m["month"]) == 2 and "十" not in m["month"] and not m["month"].isascii():  # 七八月份
        return _span(year, _number(m["month"][0]), None, m.start(), m.end(), _number(m["month"][1]))
    found = _span(year, month, _number(m["day"]) if m["day"] else None, m.start(), m.end())
    days = _TEN_DAYS.get(m["part"] or "")
    return found._replace(first=(year, month, days[0]), last=(year, month, days[1])) if found and days else found


def _parted(m: re.Match[str]) -> Period | None:
    """The half or quarter of a year (q3 2023, the second half of 2023)."""
    nth = next(n for n in m.group("half", "nth", "h", "q") if n)
    place = int(nth) if nth.isdigit() else ("first", "second", "third", "fourth").index(nth) + 1
    months = 6 if m["half"] or m["h"] else 3
    return _span(int(m["y"]), (place - 1) * months + 1, None, m.start(), m.end(), place * months)


def parse_period(text: str) -> Period:
    """Read the base's own form: 2023, 2023-07, 2023-07-13, 2023-H1, 2023-Q2, or A/B.

    Raises ValueError if the text is none of these.
    """
    first, slash, last = text.partition("/")
    a = _parse_one(first)
    if not slash:
        return a
    b = _parse_one(last)
    if b.last < a.first:
        raise ValueError(f"the range {text!r} ends before it begins")
    return Period(a.first, b.last)


def _parse_one(text: str) -> Period:
    m = re.fullmatch(r"(?!0000)([0-9]{4})(?:-(?:([0-9]{2})(?:-([0-9]{2}))?|H([12])|Q([1-4])))?", text)
    if not m:
        raise ValueError(f"{text!r} is no date: write 2023, 2023-07, 2023-07-13, 2023-H1, 2023-Q2 or A/B")
    year = int(m[1])
    if m[4]:
        half = int(m[4])
        return Period((year, half * 6 - 5, 1), (year, half * 6, 31))
    if m[5]:
        quarter = int(m[5])
        return Period((year, quarter * 3 - 2, 1), (year, quarter * 3, 31))
    period = _span(year, int(m[2]) if m[2] else None, int(m[3]) if m[3] else None, 0, 0)
    if period is None:
        raise ValueError(f"{text!r} has no such month or day")
    return period
