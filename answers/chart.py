"""A chart before it is drawn: what it says of comparable figures, in one language, and the same as text.

A chart never mixes measures or dates without saying so, and names its unit, date and sources itself: it is passed on
without the answer it came with.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from answers.figures import MOST, specific
from answers.phrasing import date_text, english_unit, figure_text
from knowledge.finding.outcome import Figure
from knowledge.store.base import Base
from knowledge.text.dates import parse_period

_FEWEST_IN_SERIES = 3
"""Fewer dates are shown as bars: a line through two points looks like a trend."""
_EVEN = 1.5
"""Times the shortest distance between two dates of a series that the longest may be."""
_MOST_SOURCES = 4


class Mark(NamedTuple):
    """One figure of a chart."""

    label: str
    detail: str
    """What only this figure has: its date, measure or whole statement, '' if the head of the chart says it."""
    value: Decimal
    figure: str
    """As it is written: 约2200家."""
    loose: bool
    """Whether it is an approximate figure or a limit."""
    fact: str


class Chart(NamedTuple):
    """What a picture shows."""

    kind: str
    """bars, shares (of one hundred per cent), series (one measure over time)."""
    language: str
    title: str
    head: str
    """Unit and date."""
    marks: tuple[Mark, ...]
    notes: tuple[str, ...]
    sources: str
    """The line of sources."""

    @property
    def alternative(self) -> str:
        """What the picture says, as text."""
        comma, bars = phrase("semicolon", self.language), []
        for mark in self.marks:
            name = "bar_detail" if mark.detail else "bar"
            bars.append(phrase(name, self.language, label=mark.label, figure=mark.figure, detail=mark.detail))
        space = " " if self.language == "en" and self.notes else ""
        return phrase(
            "alternative",
            self.language,
            title=self.title,
            head=self.head,
            bars=comma.join(bars),
            notes=" ".join(self.notes) + space,
            sources=self.sources,
        )


@lru_cache(maxsize=1)
def _texts() -> dict[str, Any]:
    return dict(json.loads((Path(__file__).parent / "templates" / "chart.json").read_text("utf-8")))


def phrase(name: str, language: str, /, **values: object) -> str:
    """A text of templates/chart.json with its values."""
    return str(_texts()[language][name]).format(**values)


def request(message: str) -> tuple[str, bool]:
    """The message without a request for a chart (画个图, '…, chart'), and whether there was one."""
    said = message.casefold()
    for word in _drawn():
        if word in said:
            break
    else:
        return message, False
    match = _request().search(message)
    return (message[: match.start()].rstrip(" ,，、;；"), True) if match else (message, False)


@lru_cache(maxsize=1)
def _drawn() -> tuple[str, ...]:
    """Words of which every request holds one."""
    words = [w.casefold() for key in ("glued", "apart") for w in _texts()["requests"][key]]
    return tuple(w for w in dict.fromkeys(words) if not any(other != w and other in w for other in words))


@lru_cache(maxsize=1)
def _request() -> re.Pattern[str]:
    words = _texts()["requests"]
    glued, apart, before, after = (
        "|".join(map(re.escape, sorted(words[k], key=len, reverse=True))) for k in ("glued", "apart", "before", "after")
    )
    # a short word asks for a chart only where it stands by itself: 地图 and 'a chart of accounts' do not
    first = rf"(?:^|(?<=[\s,，。.?？!！;；:：、]))\s*(?:(?:{before})\s*)*(?:{apart}|{glued})|(?:{before})*(?:{glued})"
    return re.compile(rf"(?:{first})\s*(?:{after})*[\s。.?？!！~～]*$", re.IGNORECASE)


def chart(figures: Sequence[Figure], base: Base, language: str) -> Chart | None:
    """The chart of comparable figures (answers.figures), None for fewer than two."""
    if len(figures) < 2:
        return None
    shown = figures[:MOST]
    subjects = {f.entity for f in shown}
    dates = _dates(shown)
    relations = list(dict.fromkeys(f.fact.relation for f in shown))
    kind = _kind(shown)
    if kind == "series" or len(subjects) == 1:
        timed = specific(shown[0].fact, base)
        shown = sorted(shown, key=lambda f: (f.fact.as_of if timed else "", -f.value, f.fact.id))
    labels = _Labels(
        base,
        language,
        one_subject=len(subjects) == 1,
        one_date=len(dates) == 1,
        one_counter=len({(f.fact.by, f.fact.citations[0].article) for f in shown}) == 1,
        relations=relations,
    )
    return Chart(
        kind=kind,
        language=language,
        title=labels.title(shown),
        head=labels.head(shown, dates),
        marks=tuple(labels.mark(f) for f in shown),
        notes=(*labels.notes(shown, dates, len(figures) - len(shown)), *_disagreements(shown, base, language)),
        sources=_sources(shown, base, language),
    )


def _dates(figures: Sequence[Figure]) -> list[str]:
    """The dates of figures; one for all where the others only say the day of it."""
    dates = list(dict.fromkeys(f.fact.as_of for f in figures))
    shortest = min(dates, key=len)
    return [shortest] if shortest and all(d.startswith(shortest) for d in dates) else dates


def _disagreements(figures: Sequence[Figure], base: Base, language: str) -> list[str]:
    """What the pack says of figures that contradict one another."""
    numbers = {f.fact.f for f in figures}
    notes = [note for facts, note in base.disagreements() if len(facts & numbers) >= 2]
    return [(en or zh) if language == "en" else hant if language == "zh-Hant" else zh for zh, en, hant in notes]


def _kind(figures: Sequence[Figure]) -> str:
    if figures[0].share:
        return "shares"
    dates = {f.fact.as_of for f in figures}
    one = len({(f.entity, f.fact.relation, f.unit, f.fact.by, f.fact.citations[0].article) for f in figures}) == 1
    points = all(d and "/" not in d for d in dates)  # a figure for a stretch of time is no point of a line
    exact = all(f.bound in {"", "~"} for f in figures)
    enough = len(dates) == len(figures) >= _FEWEST_IN_SERIES
    return "series" if one and points and exact and enough and _evenly(sorted(dates)) else "bars"


def _evenly(dates: Sequence[str]) -> bool:
    """Whether the dates lie about equally far apart, as the points of the line will."""
    days = [date(*parse_period(d).first).toordinal() for d in dates]
    gaps = [later - earlier for earlier, later in pairwise(days)]
    return min(gaps) > 0 and max(gaps) <= _EVEN * min(gaps)


class _Labels(NamedTuple):
    """The words of one chart."""

    base: Base
    language: str
    one_subject: bool
    one_date: bool
    one_counter: bool
    relations: list[int]

    def title(self, figures: Sequence[Figure]) -> str:
        comma = phrase("comma", self.language)
        measure = comma.join(self.base.relations[r].label(self.language) for r in self.relations[:2])
        if not self.one_subject:
            return measure[:1].upper() + measure[1:]
        subject = self.base.entity(figures[0].entity).name(self.language)
        return phrase("joined", self.language, subject=subject, measure=measure)

    def head(self, figures: Sequence[Figure], dates: list[str]) -> str:
        units = list(dict.fromkeys(self.unit(f) for f in figures))
        said = [phrase("unit", self.language, unit=" / ".join(units))] if all(units) else []
        if not self.one_date:
            said.append(phrase("dates_differ", self.language))
        elif dates[0]:
            said.append(phrase("as_of", self.language, date=date_text(dates[0], self.language)))
        else:
            said.append(self.date(figures[0]))
        return " · ".join(said)

    def unit(self, figure: Figure) -> str:
        if figure.share:
            return "%"
        if self.language == "en":
            return english_unit(figure.unit)
        if self.language == "zh-Hant":
            return _traditional_unit(figure)
        return figure.unit

    def date(self, figure: Figure) -> str:
        """The figure's date; for one without, when its article came out."""
        if figure.fact.as_of:
            return date_text(figure.fact.as_of, self.language)
        published = self.base.articles[figure.fact.citations[0].article].published
        return phrase("undated", self.language, date=date_text(published, self.language))

    def mark(self, figure: Figure) -> Mark:
        fact = figure.fact
        name = self.base.entity(figure.entity).name(self.language)
        plain = specific(fact, self.base)
        details = [] if self.one_date or self.one_subject else [self.date(figure)]
        if len(self.relations) > 1:
            details.append(self.base.relations[fact.relation].label(self.language))
        label = name
        if self.one_subject:
            label = self.date(figure) if plain else fact.statement(self.language).rstrip("。.")
            if plain and self.one_date:
                label = self.counter(figure)
            elif plain and not self.one_counter:
                details.append(self.counter(figure))
        elif not plain:
            details.append(fact.statement(self.language).rstrip("。."))
        return Mark(label, " · ".join(details), figure.value, self.written(figure), bool(figure.bound), fact.id)

    def counter(self, figure: Figure) -> str:
        """Who counted: the one whom the fact names, else the publisher of its article."""
        if figure.fact.by >= 0:
            return self.base.entity(figure.fact.by).name(self.language)
        article = self.base.articles[figure.fact.citations[0].article]
        return article.publisher_hant if self.language == "zh-Hant" else article.publisher

    def written(self, figure: Figure) -> str:
        """The figure as its source writes it; in English, which has no such text, with its bound in words."""
        if self.language != "en":
            return figure.fact.answer(self.language)
        text = figure_text(figure, self.language)
        sign = {"~": "about ", ">": "over ", "<": "up to "}.get(figure.bound, "")
        return f"{sign}{text} {'' if figure.share else self.unit(figure)}".strip()

    def notes(self, figures: Sequence[Figure], dates: list[str], left_out: int) -> tuple[str, ...]:
        said = []
        if len(self.relations) > 1:
            comma = phrase("comma", self.language)
            measures = comma.join(self.base.relations[r].label(self.language) for r in self.relations)
            said.append(phrase("mixed_measures", self.language, measures=measures))
        units = list(dict.fromkeys(self.unit(f) or f.unit for f in figures))
        if len(units) > 1 and not said:
            said.append(phrase("mixed_units", self.language, units=" / ".join(units)))
        if not said and self.one_subject and not self.one_counter and specific(figures[0].fact, self.base):
            said.append(phrase("mixed_counters", self.language))
        if len(dates) > 1 and not self.one_subject:
            said.append(phrase("mixed_dates", self.language))
        if any(f.bound for f in figures):
            said.append(phrase("bounds", self.language))
        if left_out:
            said.append(phrase("left_out", self.language, n=left_out))
        return tuple(said)


def _traditional_unit(figure: Figure) -> str:
    fact = figure.fact
    at = fact.value.find(figure.unit)
    same = at >= 0 and len(fact.value) == len(fact.value_hant)
    return fact.value_hant[at : at + len(figure.unit)] if same else figure.unit


def _sources(figures: Sequence[Figure], base: Base, language: str) -> str:
    cited: dict[str, set[int]] = {}
    for figure in figures:
        for one in figure.fact.citations[:1]:
            cited.setdefault(one.article, set()).add(one.paragraph)
    comma, lines = phrase("comma", language), []
    for article, paragraphs in cited.items():
        row = base.articles[article]
        lines.append(
            phrase(
                "source",
                language,
                publisher=row.publisher_hant if language == "zh-Hant" else row.publisher,
                date=row.published,
                paragraphs=comma.join(map(str, sorted(paragraphs))),
            )
        )
    more = len(lines) - _MOST_SOURCES
    shown = lines[:_MOST_SOURCES] + ([f"+{more}"] if more > 0 else [])
    return phrase("sources", language, sources=phrase("semicolon", language).join(shown))
