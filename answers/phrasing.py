"""Small pieces of answers: dates, figures and names in each language."""

from __future__ import annotations

from decimal import Decimal

from knowledge.outcome import Figure

LANGUAGES = ("zh-Hans", "zh-Hant", "en")
_HANS_SIZES = ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"))
_HANT_SIZES = ((10**12, "萬億"), (10**8, "億"), (10**4, "萬"))
_BOUNDS = {"~": "about ", ">": "at least ", "<": "at most "}
_MONTHS = "January February March April May June July August September October November December".split()


def date_text(iso: str, language: str) -> str:
    """'2023-07-13' → 2023年7月13日 / 13 July 2023; ranges and halves too."""
    if "/" in iso:
        first, last = iso.split("/")
        return f"{date_text(first, language)}–{date_text(last, language)}"
    parts = iso.split("-")
    year, rest = parts[0], parts[1:]
    if rest and rest[0][0] in "HQ":
        sort, part = rest[0][0], int(rest[0][1])
        if language == "en":
            return f"{('first', 'second')[part - 1]} half of {year}" if sort == "H" else f"Q{part} {year}"
        if sort == "Q":
            return f"{year}年第{'一二三四'[part - 1]}季度"
        return f"{year}年{'上下'[part - 1]}半年"
    if language == "en":
        named = [_MONTHS[int(rest[0]) - 1]] if rest else []
        return " ".join([*([str(int(rest[1]))] if len(rest) > 1 else []), *named, year])
    text = f"{year}年"
    for number, unit in zip(rest, "月日", strict=False):
        text += f"{int(number)}{unit}"
    return text


def number_text(value: Decimal, language: str) -> str:
    """A number as people read it: 6.38万, 1,333亿; 63,800 and 133.3 billion in English."""
    if language == "en":
        for size, word in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
            if abs(value) >= size:
                return f"{_trim(value / size)} {word}"
        return f"{value:,.0f}" if value == value.to_integral() else _trim(value)
    for size, word in _HANT_SIZES if language == "zh-Hant" else _HANS_SIZES:
        if abs(value) >= size:
            return f"{_trim(value / size)}{word}"
    return _trim(value)


def _trim(value: Decimal) -> str:
    text = f"{value:.4f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
    return text or "0"


def figure_text(figure: Figure, language: str) -> str:
    """A figure with its unit."""
    if figure.share:
        return f"{_trim(figure.value * 100)}%"
    if language != "en":
        return figure.fact.answer(language) or f"{number_text(figure.value, language)}{figure.unit}"
    return english_figure(figure.value, figure.bound)


def english_figure(value: Decimal, bound: str) -> str:
    """A number in English with what it says of its precision: about 2,200."""
    return f"{_BOUNDS.get(bound, '')}{number_text(value, 'en')}"


def result_text(value: Decimal, figures: tuple[Figure, ...], kind: str, language: str) -> str:
    """The result of a calculation with the unit of its terms."""
    first = figures[0]
    if kind == "ratio":
        number = _trim(Decimal(f"{value:.2f}"))
        return f"{number} times" if language == "en" else f"{number}倍"
    if first.share:
        number = _trim(value * 100)
        unit = "個百分點" if language == "zh-Hant" else "个百分点"
        return f"{number} percentage points" if language == "en" else f"{number}{unit}"
    text = number_text(value, language)
    return text if language == "en" else f"{text}{_unit(first, language)}"


def _unit(figure: Figure, language: str) -> str:
    unit = figure.unit
    fact = figure.fact
    if language == "zh-Hant" and fact.value.endswith(unit) and len(fact.value) == len(fact.value_hant):
        unit = fact.value_hant[len(fact.value) - len(unit) :]
    for size in "亿億万萬":
        unit = unit.removeprefix(size)
    return unit
