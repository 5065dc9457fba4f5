"""The first so many of a kind by some measure (大模型数量前三的城市): ranked by the figures of each."""

from __future__ import annotations

from typing import NamedTuple

from knowledge.certainty import Bar
from knowledge.judge import explained
from knowledge.lineup import of_kind
from knowledge.numerals import whole_number
from knowledge.outcome import Part
from knowledge.patterns import pattern
from knowledge.probe import Hints
from knowledge.reading import Reading
from knowledge.weigh import ranking

_TOP = pattern(
    r"(?:排名?在?|位[居列]|名列|居)?前([二两三四五六七八九十]|\d{1,2})(?![期批年月天届代轮次%百千万亿]|个月)[名位强大]?"
    r"|\btop[- ](two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\b(?! ?%)"
)
_OTHERWISE = frozenset({"verify", "conflict", "difference", "ratio", "sum", "growth"})
_HALF = 0.5
_EXPLAINING = frozenset({"reason", "how", "date"})


class Top(NamedTuple):
    """How many of the first are asked for, and where that is said."""

    many: int
    start: int
    end: int


def top_asked(reading: Reading) -> Top | None:
    """The first so many that are asked for, None if none are."""
    if reading.intents & _OTHERWISE or reading.asks & _EXPLAINING:
        return None
    found = _TOP.search(reading.text) if "前" in reading.text or "top" in reading.text else None
    many = whole_number(found[1] or found[2]) if found else 0
    return Top(many, found.start(), found.end()) if found and many > 1 else None


def told_itself(top: Top, reading: Reading, terms: frozenset[str]) -> bool:
    """Whether a statement with these terms speaks of the first so many itself (包揽榜单前三), and of all else."""
    said = [c for c in reading.clues if len(c.text) > 1 and c.text in reading.text[top.start : top.end]]
    spoken = any(explained(c, terms) >= _HALF for c in said)
    return spoken and all(explained(c, terms) >= _HALF for c in reading.clues)


def topmost(bar: Bar, reading: Reading, top: Top, hints: Hints) -> Part | None:
    """The first so many of the kind asked for, by their figures; None unless there are as many."""
    text = reading.text[: top.start] + " " * (top.end - top.start) + reading.text[top.end :]
    words = tuple(w for w in reading.words if not top.start <= w.start < top.end)
    clues = tuple(c for c in reading.clues if c.text in text)
    left = tuple(q for q in reading.quantities if not top.start <= q.start < top.end)
    if left or not (clues or reading.mentions):
        return None
    told = of_kind(bar, reading._replace(text=text, words=words, clues=clues, quantities=()), hints)
    figures = list({f.entity: f for f in reversed(told)}.values())
    return ranking(figures, reading, top.many) if len(figures) >= top.many else None
