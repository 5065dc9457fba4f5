"""Small pieces of answers: dates, figures and names in each language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from knowledge.finding.outcome import Figure, Part

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


def joined(names: Iterable[str], language: str) -> str:
    """Names one after the other."""
    return (", " if language == "en" else "、").join(names)


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
    if language != "en" and figure.text[0]:
        return figure.text[language == "zh-Hant"]
    if figure.share:
        return f"{_trim(figure.value * 100)}%"
    if language != "en":
        return figure.fact.answer(language) or f"{number_text(figure.value, language)}{figure.unit}"
    return english_figure(figure.value, figure.bound)


def date_figure(figure: Figure, language: str) -> str:
    """The date that a term of an answer stands for."""
    return date_text(figure.text[0], language)


def english_figure(value: Decimal, bound: str) -> str:
    """A number in English with what it says of its precision: about 2,200."""
    return f"{_BOUNDS.get(bound, '')}{number_text(value, 'en')}"


@lru_cache(maxsize=1)
def _english_units() -> dict[str, str]:
    return dict(json.loads((Path(__file__).parent / "templates" / "chart.json").read_text("utf-8"))["units"])


def english_unit(unit: str) -> str:
    """The English word for a unit, '' for one that the program has none for."""
    return _english_units().get(unit, "")


def result_text(value: Decimal, figures: tuple[Figure, ...], kind: str, language: str) -> str:
    """The result of a calculation with the unit of its terms, and with 'about' where it is rounded or a term is."""
    first = figures[0]
    value = abs(value)
    if kind == "ratio":
        number = _trim(Decimal(f"{value:.2f}"))
        return f"{number} times" if language == "en" else f"{number}倍"
    if kind == "interval":
        return _stretch_text(value, first.unit, language)
    shown = round(value, _PLACES[kind]) if kind in _PLACES else value
    rounded = shown != value or (kind != "difference" and any(f.bound == "~" for f in figures))
    about = ("about " if language == "en" else "約" if language == "zh-Hant" else "约") if rounded else ""
    if kind in _PERCENT or (kind == "sum" and first.share):
        return f"{about}{_trim(shown * 100)}%"
    if first.share:
        number = _trim(shown * 100)
        unit = "個百分點" if language == "zh-Hant" else "个百分点"
        return about + (f"{number} percentage points" if language == "en" else f"{number}{unit}")
    text = about + number_text(shown, language)
    if language == "en":
        return f"{text} {english_unit(first.unit)}".rstrip()
    return f"{text}{_unit(first, language)}"


_COUNTED = re.compile(r"(?<=\d)[^\W\d]+$")
"""What stands behind a figure that is no unit known to the program (500棵)."""
_UNITS = {"天": "day", "个月": "month", "年": "year"}


def _stretch_text(value: Decimal, unit: str, language: str) -> str:
    """'83天', '约1个月': of dates known by their month or year the time between is about so much."""
    about = "" if unit == "天" else "约" if value else "不到"
    number = value or Decimal(unit != "天")
    if language == "en":
        words = {"约": "about ", "不到": "less than "}.get(about, "")
        return f"{words}{number:f} {_UNITS[unit]}{'' if number == 1 else 's'}"
    text = f"{about}{number:f}{unit}"
    return text.replace("约", "約").replace("个", "個") if language == "zh-Hant" else text


_PERCENT = frozenset({"complement", "share", "below", "above"})
"""Results that are shares, whatever their terms."""
_PLACES = {"portion": 0, "whole": 0, "share": 3}
"""Decimal places of results that are rounded."""
_SIGNS = {"difference": "", "ratio": "÷", "whole": "÷", "share": "÷", "sum": "+", "portion": "×", "above": "+"}
_UNLABELLED = frozenset({"complement", "portion", "whole", "below", "above"})
"""Kinds whose terms are all of one thing."""


def formula_text(part: Part, labels: list[str], language: str) -> str:
    """How a result was worked out: 中国 117个 − 北京 51个 − 上海 24个."""
    if part.kind == "interval":
        dates = (date_figure(f, language) for f in part.figures)
        return " → ".join(f"{label} {when}" for label, when in zip(labels, dates, strict=True))
    figures = [figure_text(f, language) for f in part.figures]
    if part.kind not in _UNLABELLED:
        figures = [f"{label} {text}".strip() for label, text in zip(labels, figures, strict=True)]
    if part.kind == "complement":
        figures = ["100%", *figures]
    if part.kind == "excess" and part.result is not None and part.result < 0:
        return f"{' + '.join(figures[1:])} − {figures[0]}"
    if part.kind == "share" and len(figures) > 2:
        figures = [f"({' + '.join(figures[:-1])})", figures[-1]]
    sign = _SIGNS.get(part.kind, "−")
    return (f" {sign} " if sign else ", " if language == "en" else "，").join(figures)


def _unit(figure: Figure, language: str) -> str:
    unit = figure.unit
    fact = figure.fact
    if language == "zh-Hant" and fact.value.endswith(unit) and len(fact.value) == len(fact.value_hant):
        unit = fact.value_hant[len(fact.value) - len(unit) :]
    if not unit and (counted := _COUNTED.search(fact.answer(language))):
        unit = counted[0]
    return unit.lstrip("亿億万萬")
