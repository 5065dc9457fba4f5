"""Quantities in Chinese and English text: find them, read them, compare them.

Own code on purpose: the published converters misread 三点五亿 and 一百二十三点五亿 and know neither precision words
(约, 余, 不低于) nor units. Values are exact `Decimal`s.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from knowledge.text.patterns import pattern

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_WORDS = {
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "bn": 10**9,
    "tn": 10**12,
}
_SUFFIX = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
ENGLISH = dict(zip("one two three four five six seven eight nine ten eleven twelve".split(), range(1, 13), strict=True))
"""Small numbers by their English words."""

_MORE = "超过 高于 大于 多于 不止".split()
_LESS = "不到 不足 不满 未达 少于 低于 小于".split()
ABOVE = (*_MORE, "more than", "greater than", "over", "above", "exceeding", "in excess of")
BELOW = (*_LESS, "less than", "fewer than", "lower than", "under", "below")
"""Before a figure that is itself not among those meant."""
AT_LEAST = {
    *ABOVE,
    *"迈过 跨过 越过 过 破 超 逾 余 多 不低于 不少于 不下 至少 以上 突破 上 起码".split(),
    *("upwards of", "at least", "no less than", "not less than", "no fewer than", "not fewer than"),
}
AT_MOST = {
    *BELOW,
    *"不超过 不超 不高于 不多于 没超过 未超过 最高 最多 以下 以内".split(),
    *("up to", "at most", "no more than", "not more than"),
}
ABOUT = {
    *"约 近 接近 大概 差不多 大约 约为 将近 左右 上下 数 几 来".split(),
    *("about", "around", "nearly", "almost", "close to", "approximately", "approx", "roughly", "some"),
}

BOUNDS = frozenset("<>")
"""What the bound of a figure is where it sets one (超过, 不到)."""
_BEHIND = {"余", "多", "来", "过", "破", "以上", "以下", "以内", "左右", "上下", "上"}
_BEFORE = sorted((AT_LEAST | AT_MOST | ABOUT) - _BEHIND - {"数", "几", "近", "约"}, key=len, reverse=True)
_CN = "零〇一二两三四五六七八九十百千万亿兆"
_FIRST = "".join(dict.fromkeys(w[0] for w in (*_BEFORE, *ENGLISH))) + rf"{_CN}半h近约数几上过破百\d\ "
# ASCII: other scripts' digits and ſ, ı, İ would match and then be in no table; a number may touch a Han character
_PATTERN = pattern(
    rf"""(?=[{_FIRST}])  # most characters begin no number: they are passed over at once
    (?P<before>(?<![a-z])(?:{"|".join(map(re.escape, _BEFORE))})
        |(?<!最)近|(?<![节预条违公签合纽])约
        |(?<![参总人次指系函倍多少])[数几](?=[十百千万亿])|(?<![以之向加赶网线])上(?=[十百千万亿])
        |(?<![超通经路])[过破](?=[百千万亿](?![度姓分般科象能里事])))?[ ]?
    (?P<number>
        百分之(?P<percent_cn>[{_CN}点半]+|\d+(?:\.\d+)?)
      | (?P<parts>[二三四五六七八九十]|[1-9]\d?)分之(?P<part>[一二两三四五六七八九]|[1-9]\d?)
      | (?P<arabic>\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)
        (?:[ ]?(?P<scale>[十百千万亿兆]+)|[ ]?(?P<word>{"|".join(_WORDS)})\b|(?P<suffix>[kmbt])(?![a-z0-9]))?
      | (?P<half>一半(?!导)|半数|(?<!first\ )(?<!second\ )\bhalf\b(?:[ ]a[ ](?P<half_word>{"|".join(_WORDS)})\b)?)
      | (?P<chinese>[{_CN}]+(?:点[零〇一二三四五六七八九]+[十百千万亿兆]*)?)
      | \b(?P<english>{"|".join(ENGLISH)})\b(?:[ ](?P<english_word>{"|".join(_WORDS)})\b)?
    )
    (?:[ ]?(?P<after>余|多(?![少模语元维样轮云])|几
      |(?<=[十百千万])来(?=[\u3400-\u9fff])(?![自源往到去看说讲算了的访电着过])))?
    (?:[ ]?(?P<tail>万|亿))?
    (?:[ ]?(?P<percent>%|per[ ]?cent\b)
      |(?P<cheng>成(?![立都为员果本功])(?P<cheng_more>多(?![少模语元维样轮云]))?)|(?P<half_after>半(?!导)))?
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_SCALES = {*_SMALL, *_LARGE}
_BARE = _SCALES - {"十"}
"""Scales that are no number without a word before them (百 in 百度)."""
_NUMERALS = frozenset(f"0123456789{_CN}半")
_SPELT = pattern("|".join([*ENGLISH, "half"]), holds=(*ENGLISH, "half"))
"""Without one of these a text holds no number."""
_LONGEST = 40
"""Longer runs of digits and scales are no numbers that anyone compares."""
_PLACES = 4
"""Decimal places of a fraction (三分之一)."""
_EITHER = pattern("一(?=[二两])|[二两](?=三)|三(?=[四五])|四(?=五)|五(?=六)|六(?=七)|七(?=八)|八(?=九)")
_AND_A_HALF = pattern("[ ]?(?:([年天岁倍])半(?![导年径岛数])|个半(月|小时))", holds="半")
_NAME_BEFORE = pattern(r"(?:^|[.-])[a-z][a-z0-9]*(?:[.-][a-z0-9]*)*$|[a-z]$|\d\.$", re.IGNORECASE)
_WORDLIKE = pattern(r"[a-z0-9.-]+\Z", re.IGNORECASE)
_UNIT = pattern(
    r"[ ]?(亿元|万元|人民币|美元|美金|元|块钱|块(?!儿)|个月|个百分点|个小时|小时|公里|平方公里|米|分钟|秒|天|年|岁|"
    r"位|名|人|家|个|款|项|部|座|所|条|种|类|次|倍|卡|份|层|届|期|步|大(?=(?-i:[\u4e00-\u9fff]))(?![模约概量型小家会厦学数街道都])|"
    r"艘|盏|辆|支(?![持付撑出部援])|张(?![江家])|台(?![湾北州])|套(?![餐利现路])|间(?![接隔断])|班(?![长级子])|"
    r"海里|公斤|千克|吨|公顷|亩|"
    r"(?:percentage[ ]points?|tokens?|yuan|rmb|us\$|dollars?|years?|months?|days?|hours?|minutes?|seconds?)(?![a-z]))",
    re.IGNORECASE | re.ASCII,
    holds="元币美块月点时里米分秒天年岁位名人家个款项部座所条种类次倍卡份层届期步大艘盏辆支张台套间班斤克吨顷亩nkdrsNKDRS",
)

_SELDOM = frozenset("艘盏辆支张台套间班")
"""Classifiers that behind a lone Chinese digit (一张, 两支) count no more than an article, unless a pack has them."""


class Quantity(NamedTuple):
    """A number found in a text."""

    value: Decimal
    """The number itself; a share is a fraction of one (88% is 0.88)."""
    unit: str
    """Classifier or unit behind it, '%' for a share, '' if there is none."""
    bound: str
    """'' exact, '~' about, '>' at least or more than, '<' at most or less than."""
    start: int
    """Offset of the first character of number or precision word."""
    end: int
    """Offset behind the last character of the unit."""
    text: str
    """The digits as written, without precision word and unit."""

    @property
    def is_share(self) -> bool:
        return self.unit == "%"


def chinese_value(text: str) -> Decimal | None:
    """The value of a Chinese numeral (一百二十三点五亿 → 12350000000), or None if it is not one.

    Plain digit strings (二〇二三) are read digit by digit.
    """
    if not text or len(text) > _LONGEST:
        return None
    whole, point, fraction = text.partition("点")
    trailing = ""
    if point:
        digits = re.match(r"[零〇一二三四五六七八九]+", fraction)
        if not digits:
            return None
        trailing, fraction = fraction[digits.end() :], digits.group()
    base = _chinese_integer(whole)
    if base is None:
        return None
    value = Decimal(base)
    if fraction:
        value += Decimal("0." + "".join(str(_DIGITS[c]) for c in fraction))
    for char in trailing:
        unit = _LARGE.get(char) or _SMALL.get(char)
        if unit is None:
            return None
        value *= unit
    return value


def whole_number(text: str) -> int:
    """The whole number that digits, a Chinese numeral or an English word up to twelve stand for; 0 if it is none."""
    return int(text) if text.isdecimal() else ENGLISH.get(text) or int(chinese_value(text) or 0)


def _chinese_integer(text: str) -> int | None:
    if text and all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = 0
    pending = False
    short = 1  # what a digit right behind the last unit counts: 一万二 is 12,000, 一万零二 is 10,002
    for char in text:
        if char in _DIGITS:
            short = short if _DIGITS[char] and not pending else 1
            digit, pending = _DIGITS[char], True
        elif char in _SMALL:
            section += (digit if pending else 1) * _SMALL[char]
            digit, pending, short = 0, False, _SMALL[char] // 10
        elif char in _LARGE:
            section += digit
            if section == 0 and total == 0:  # 万亿, 千万: a magnitude named without a digit
                section = 1
            # 一万亿: the larger unit multiplies all that came before it; 三亿五千万 adds to it
            if total and _LARGE[char] > 10**4 and total < _LARGE[char] * 10**4:
                total = (total + section) * _LARGE[char]
            else:
                total += section * _LARGE[char]
            section, digit, pending, short = 0, 0, False, _LARGE[char] // 10
        else:
            return None
    return total + section + digit * short


def _scale(text: str) -> int:
    value = 1
    for char in text:
        value *= _LARGE.get(char) or _SMALL[char]
    return value


def _read(match: re.Match[str]) -> tuple[Decimal, bool] | None:
    """Value and whether it is a share."""
    g = match.groupdict()
    share = bool(g["percent"])
    value: Decimal | None
    if g["percent_cn"]:
        inner = g["percent_cn"]
        value = Decimal(inner) if inner[0].isdigit() and inner[0].isascii() else chinese_value(inner)
        share = True
    elif g["arabic"]:
        value = Decimal(g["arabic"].replace(",", ""))
        if g["scale"]:
            value *= _scale(g["scale"])
        elif g["word"]:
            value *= _WORDS[g["word"].lower()]
        elif g["suffix"]:
            value *= _SUFFIX[g["suffix"].lower()]
    elif g["chinese"]:
        value = chinese_value(g["chinese"])
    elif g["half_word"]:
        value = Decimal("0.5") * _WORDS[g["half_word"].lower()]
    elif g["half"]:
        return Decimal("0.5"), True
    elif g["parts"]:
        return round(Decimal(whole_number(g["part"])) / whole_number(g["parts"]), _PLACES), True
    else:
        value = Decimal(ENGLISH[g["english"].lower()]) * _WORDS.get((g["english_word"] or "").lower(), 1)
    if value is None:
        return None
    if g["tail"]:
        value *= _LARGE[g["tail"]]
    if g["cheng"]:
        return value / 10, True
    if g["half_after"]:
        value += Decimal("0.5")
    return (value / 100 if share else value), share


def step(value: Decimal) -> Decimal:
    """How far 多 behind a number reaches: 1000多 is less than 2000, 80多 less than 90."""
    return Decimal(10) ** value.normalize().as_tuple().exponent  # type: ignore[operator]


def reach(figure: Quantity, said: str) -> tuple[Decimal, Decimal] | None:
    """What a rough figure may stand for, from the first value to below the second; `said` is how it is written.

    十来个 is 10 to 19, 两三个 2 or 3, 数十个 20 to 99; None where the words leave that open (约100).
    """
    if "来" in said:
        return figure.value, figure.value + step(figure.value)
    if said[0] in "数几":
        return 2 * figure.value, 10 * figure.value
    return (figure.value, figure.value + 2 * step(figure.value)) if _EITHER.search(figure.text) else None


def find_quantities(text: str, units: tuple[str, ...] = ()) -> list[Quantity]:
    """All quantities of a text (folded or not), left to right, without overlaps.

    A lone Chinese digit without a unit (一 in 一些) is no quantity. `units` are those of a pack, the longest first.
    """
    found: list[Quantity] = []
    if not (not _NUMERALS.isdisjoint(text) or _SPELT.search(text.lower())):
        return found
    for match in _PATTERN.finditer(text):
        number = match.group("number")
        read = _read(match) if len(number) <= _LONGEST else None
        if read is None:
            continue
        value, share = read
        if match.group("arabic") and _inside_word(text, match.start("number"), match.end("number")):
            continue
        if number in _BARE and not match.group("before") and match.group("after") != "来":
            continue
        unit_match = _UNIT.match(text, match.end())
        unit = "%" if share else unit_match.group(1).lower() if unit_match else ""
        if unit in _SELDOM and match.group("chinese") and len(number) == 1:
            unit = ""
        end = unit_match.end() if unit_match and unit and not share else match.end()
        if units and not unit and number != "一":
            unit, end = _own_unit(text, match.end(), units) or (unit, end)
        if number == "one" and not unit:
            continue  # one of them, a strategic one
        if match.group("chinese") and not unit and len(number) == 1 and not (number in _BARE and match.group("before")):
            continue
        bound = _bound(match.group("before"), match.group("after") or match.group("cheng_more"))
        if not share and (half := _AND_A_HALF.match(text, match.end())):
            value += Decimal("0.5")
            unit, end = half[1] or "个" + half[2], half.end()
        if not bound and text.startswith(("以上", "以内", "以下", "左右", "上下"), end):
            bound = _bound(text[end : end + 2], None)
        if match.group("chinese") and (lower := _lower(number, unit)) is not None:
            value, bound = lower * (_LARGE[match.group("tail")] if match.group("tail") else 1), bound or "~"
        quantity = Quantity(value, unit, bound, match.start(), end, number)
        if found and _continues(found[-1], quantity, text):
            first = found.pop()
            text_both = first.text + number
            quantity = Quantity(first.value + value, unit, first.bound or bound, first.start, end, text_both)
        found.append(quantity)
    return found


def longest_first(units: Iterable[str]) -> tuple[str, ...]:
    """The units of a pack in the order in which they are to be looked for."""
    return tuple(sorted({u for u in units if u}, key=lambda u: (-len(u), u)))


def _own_unit(text: str, start: int, units: tuple[str, ...]) -> tuple[str, int] | None:
    """The unit of a pack that stands there, and where it ends."""
    start += text.startswith(" ", start)
    own = next((u for u in units if text.startswith(u, start)), "")
    return (own, start + len(own)) if own else None


def _lower(number: str, unit: str) -> Decimal | None:
    """The lower one where two neighbouring digits stand for 'either' (五六家, 三四百, 二三十), else None."""
    digits = all(c in _DIGITS for c in number)
    if "点" in number or (digits and (len(number) != 2 or not unit)) or not (either := _EITHER.search(number)):
        return None
    return chinese_value(number[: either.end()] + number[either.end() + 1 :])


def _continues(first: Quantity, second: Quantity, text: str) -> bool:
    """Whether the two are one number: 1万5千, 3亿5000万."""
    touch = text.endswith(first.text, 0, second.start) and text.startswith(second.text, second.start)
    if not touch or first.unit or second.is_share or not {first.text[-1], second.text[-1]} <= _SCALES:
        return False
    scale = _scale(first.text[-1])
    return scale >= 10**3 and second.value < scale


def _inside_word(text: str, start: int, end: int) -> bool:
    """Digits glued to Latin letters (GPT-4, N100, 13B-Base) belong to a name, not to a quantity."""
    before = _WORDLIKE.search(text, max(0, start - _LONGEST), start)
    if before and _NAME_BEFORE.search(before.group()):
        return True
    after = text[end] if end < len(text) else ""
    return bool(after and after.isascii() and after.isalpha() and not _UNIT.match(text, end)) and (
        text[end - 1].isdigit()
    )


def _bound(before: str | None, after: str | None) -> str:
    for word in (before, after):
        if not word:
            continue
        word = word.lower()
        if word in AT_LEAST:
            return ">"
        if word in AT_MOST:
            return "<"
        if word in ABOUT:
            return "~"
    return ""
