"""An answer as plain text for a terminal or a pipe: the answer, then its sources or what is related."""

from __future__ import annotations

from answers.chart import Chart
from answers.chart import phrase as chart_phrase
from answers.compose import Answer, CitationLine
from answers.render import plain, sources
from bot.phrases import phrase
from knowledge.text.patterns import pattern

_CONTROL = pattern(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What could move the cursor, colour the terminal or turn the direction of text."""


def safe(text: str) -> str:
    """The text without characters that a terminal would obey instead of showing."""
    return "\n".join(line if line.isprintable() else _CONTROL.sub("", line) for line in text.split("\n"))


def page(answer: Answer, chart: str = "") -> str:
    """The answer, the sources (or related facts), and a chart in words; no line break at the end.

    Blank lines between them.
    """
    below = sources(answer) if answer.citations else related(answer)
    return safe("\n\n".join(part for part in (plain(answer), below, chart) if part))


def chart_text(chart: Chart | None, language: str) -> str:
    """What the chart that was asked for shows, or that there is nothing to draw."""
    return safe(chart.alternative if chart else chart_phrase("no_chart", language))


def related(answer: Answer) -> str:
    """The nearest facts under a heading that says that they are not the answer, '' if there are none."""
    if not answer.related:
        return ""
    heading = phrase("related", answer.language)
    return "\n".join([heading, *(f"· {statement}" for _, statement in answer.related)])


def source_lines(answer: Answer) -> list[tuple[CitationLine, str]]:
    """Each citation with its line of the list of sources."""
    return list(zip(answer.citations, safe(sources(answer)).splitlines(), strict=False))
