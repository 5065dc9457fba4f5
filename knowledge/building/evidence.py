"""Evidence: the names, numbers and dates that a text can prove.

A statement's figures are read strictly and a paragraph's generously: 'three' and 三, 63,800 and 6.38万 are the same,
and what a question would not take for a quantity (the far end of 1.7-2倍, 60s, 三大) still counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from knowledge.building.tables import make_tables
from knowledge.store.records import Entity
from knowledge.text.dates import Period, find_periods
from knowledge.text.fold import name_key
from knowledge.text.numerals import chinese_value, find_quantities

Figure = tuple[Decimal, bool]
"""A number and whether it is a share (88 % is 0.88, True)."""
DatePart = tuple[str, int]
"""('year', 2023), ('month', 7), ('half', 1), or ('day', 713): a day counts with its month alone."""
GAP = "■"
"""Stands for each character taken out of a text."""

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_MONTH = re.compile(r"(?<!\d)(\d{1,2}) ?月")
_ISO = re.compile(r"(\d{4})(?:-(?:(\d\d)(?:-(\d\d))?|H([12])|Q([1-4])))?")
_MONTH_NAME = re.compile(
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b"
)
_NUMBER = re.compile(r"(?<![a-z\d.,])(?<![a-z]-)\d+(?:\.\d+)?")
_ANY_NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.]| ?%)")
_CHINESE = re.compile("[〇零一二两三四五六七八九十百千万亿]+")
_GROUP = re.compile("([二两三四五六七八九十])大")
_ORDINAL = re.compile(r"\b(\d+)(?:st|nd|rd|th)\b")
_SCALE = re.compile(r"(?<=\d)-(?=(?:thousand|[mbtr]+illion)\b)")
_SENTENCE_END = re.compile(r"\.(?!\d)")
_SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SPELT = (
    {word: n for n, word in enumerate(_SMALL.split(), 1)}
    | {word: n * 10 for n, word in enumerate(_TENS.split(), 2)}
    | {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
)
_SPELT_RUN = re.compile(r"\b(?:{0})(?:[ -](?:{0}))*\b".format("|".join(_SPELT)))


def fold(text: str) -> str:
    """The text as the fact base compares it."""
    return make_tables().fold(text)


def key_of(text: str) -> str:
    """The folded text without white space and punctuation."""
    return name_key(fold(text))


@dataclass(frozen=True, slots=True)
class Page:
    """A text prepared for look-ups."""

    folded: str
    key: str
    """The folded text without white space and punctuation."""
    offsets: tuple[int, ...]
    """For each character of `key` its offset in `folded`."""

    def holds(self, key: str) -> bool:
        """Whether the name is in the text, and Latin letters or digits of it are no part of a longer word."""
        start = self.key.find(key)
        while start >= 0:
            if self.bounded(start, start + len(key)):
                return True
            start = self.key.find(key, start + 1)
        return False

    def bounded(self, start: int, end: int) -> bool:
        first, last = self.offsets[start], self.offsets[end - 1]
        before, after = self.folded[first - 1 : first], self.folded[last + 1 : last + 2]
        return not (_glued(before, self.folded[first]) or _glued(self.folded[last], after))


def read(text: str) -> Page:
    """Prepare a text."""
    folded = fold(text)
    kept = [(c, i) for i, c in enumerate(folded) if name_key(c)]
    return Page(folded, "".join(c for c, _ in kept), tuple(i for _, i in kept))


def _glued(a: str, b: str) -> bool:
    return a.isascii() and b.isascii() and ((a.isalpha() and b.isalpha()) or (a.isdigit() and b.isdigit()))


class Names:
    """The names of a pack's entities, by key and by entity."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.of: dict[str, frozenset[str]] = {}
        self.entities: dict[str, frozenset[str]] = {}
        for entity in entities:
            keys = {key_of(n) for n in (entity.name.zh, entity.name.en, *entity.aliases)} - {""}
            # 沪 or 粤 alone is part of too many words to prove anything
            self.of[entity.id] = frozenset(k for k in keys if len(k) > 1) or frozenset(keys)
            for key in self.of[entity.id]:
                self.entities[key] = self.entities.get(key, frozenset()) | {entity.id}
        self.longest = max(map(len, self.entities), default=0)

    def spans(self, page: Page, only: frozenset[str] | None = None) -> list[tuple[int, int, str]]:
        """(start, end, key) of the names in `page.folded`, the longest one at each place."""
        known = frozenset(self.entities) if only is None else only
        found, at = [], 0
        while at < len(page.key):
            for end in range(min(len(page.key), at + self.longest), at, -1):
                key = page.key[at:end]
                if key in known and page.bounded(at, end):
                    found.append((page.offsets[at], page.offsets[end - 1] + 1, key))
                    at = end - 1
                    break
            at += 1
        return found


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with gaps in place of the spans, all offsets kept."""
    for start, end in spans:
        text = text[:start] + GAP * (end - start) + text[end:]
    return text


def english(text: str) -> str:
    """Spelt numbers and ordinals as digits; what looks like a number and is none goes."""
    text = text.replace("percentage point", "point").replace("first half", GAP).replace("second half", GAP)
    text = _SENTENCE_END.sub(" ", text)  # 'in 2019.' would read as the number 2019
    return _SCALE.sub(" ", _ORDINAL.sub(r"\1", _SPELT_RUN.sub(_digits, text)))  # a 100-billion-yuan fund


def _digits(match: re.Match[str]) -> str:
    """'sixty-five' → '65', 'ten thousand' → '10000'; 'one' alone is a pronoun, '1.2 billion' stays for its reader."""
    words = re.split("[ -]", match.group())
    if _SPELT[words[0]] >= 1000:
        return match.group()
    total = part = 0
    for word in words:
        number = _SPELT[word]
        if number == 100:
            part = (part or 1) * 100
        elif number > 100:
            total, part = total + (part or 1) * number, 0
        else:
            part += number
    return str(total + part) if total + part > 1 else GAP


def periods(text: str) -> list[Period]:
    """The dates of a text; 'novel' and 'juncture' begin like months and are none."""
    found = []
    for period in find_periods(text):
        written = text[period.start : period.end]
        if not re.search("[a-z]", written) or _MONTH_NAME.search(written):
            found.append(period)
    return found


def undated(text: str) -> str:
    """The text with gaps in place of its dates."""
    return blank(text, [(p.start, p.end) for p in periods(text)])


def numbers(text: str) -> Iterator[tuple[Figure, int, int]]:
    """The numbers of a text without dates and names: number, start, end."""
    taken = []
    for q in find_quantities(text):
        taken.append((q.start, q.end))
        if q.value != 1 or q.text.isascii():  # 一个, 一家: an article, no figure
            yield (q.value.normalize(), q.is_share), q.start, q.end
    for m in (*_NUMBER.finditer(text), *_GROUP.finditer(text)):
        number = m.group(m.lastindex or 0)
        value = Decimal(number) if number.isascii() else chinese_value(number)
        if value is not None and not any(s < m.end() and m.start() < e for s, e in taken):
            yield (value.normalize(), False), m.start(), m.end()


def readings(text: str) -> set[Figure]:
    """Every number that a text without dates can be said to hold."""
    found = {figure for figure, _, _ in numbers(text)}
    found |= {(Decimal(m.group()).normalize(), False) for m in _ANY_NUMBER.finditer(text)}
    for m in _CHINESE.finditer(text):
        digits = m.group() if not set(m.group()) & set("十百千万亿") else ""  # 七八个: seven or eight
        for run in (m.group(), *digits):
            value = chinese_value(run)
            if value is not None:
                found.add((value.normalize(), False))
    if "半" in text:
        found.add((Decimal("0.5"), True))
    return found


def date_parts(period: Period) -> set[DatePart]:
    """The parts that a date names: 2023年7月13日 → year, month, day."""
    (year, month, day), (last_year, last_month, last_day) = period.first, period.last
    parts: set[DatePart] = {("year", y) for y in (year, last_year) if y}
    if (month, day, last_month, last_day) == (1, 1, 12, 31):
        return parts
    if (month, last_month) in ((1, 6), (7, 12)):
        return parts | {("half", 1 if month == 1 else 2)}
    parts |= {("month", month), ("month", last_month)}
    return parts | {("day", month * 100 + day)} if period.first == period.last else parts


def iso_parts(as_of: str) -> set[DatePart]:
    """The parts that a date of the pack names: 2023-07/2023-09 → year 2023, months 7 and 9."""
    parts: set[DatePart] = set()
    for year, month, day, half, quarter in _ISO.findall(as_of):
        named = {"year": year, "month": month, "day": month + day if day else "", "half": half, "quarter": quarter}
        parts |= {(name, int(text)) for name, text in named.items() if text}
    return parts


def stated_parts(text: str) -> set[DatePart]:
    """All date parts of a text, each for itself."""
    parts = {part for period in periods(text) for part in date_parts(period)}
    for name, pattern in (("year", _YEAR), ("month", _MONTH)):
        parts |= {(name, int(m.group(1))) for m in pattern.finditer(text)}
    for name, words in (("half", ("上半年", "下半年")), ("quarter", ("一季度", "二季度", "三季度", "四季度"))):
        parts |= {(name, n) for n, word in enumerate(words, 1) if word in text}
    return parts


def written(figure: Figure) -> str:
    """The figure in digits, for a message."""
    number, share = figure
    return f"{(number * 100).normalize():f} %" if share else f"{number:f}"
