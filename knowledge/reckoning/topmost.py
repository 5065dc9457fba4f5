"""The first so many of a kind by some measure (大模型数量前三的城市): ranked by the figures of each."""

from __future__ import annotations

from typing import NamedTuple

from knowledge.finding.certainty import Bar
from knowledge.finding.judge import explained
from knowledge.finding.outcome import Part
from knowledge.finding.probe import Hints
from knowledge.reading.asked import CHECKING
from knowledge.reading.reading import Reading
from knowledge.reckoning.lineup import of_kind, one_of_each, without
from knowledge.reckoning.weigh import EXACT, SHOWN, kinds_meant, ranking
from knowledge.text.numerals import whole_number
from knowledge.text.patterns import pattern

_TOP = pattern(
    r"(?:排名?在?|位[居列]|名列|居)?前([二两三四五六七八九十]|\d{1,2})(?![期批年月天届代轮次%百千万亿]|个月)[名位强大]?"
    r"|\btop[- ](two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\b(?! ?%)"
)
_OTHERWISE = CHECKING | {"difference", "ratio", "sum", "growth"}
"""Intents of questions that do not ask which they are."""
_EXPLAINING = frozenset({"reason", "how", "date"})
_EITHER = frozenset({"i:most", "i:least"})
_SEVERAL = 3
"""Figures that show who has most."""
_HALF = 0.5
"""Share of a word that a statement has to explain to speak of it."""


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
    measure = without(reading, top.start, top.end)
    others = any(not top.start <= q.start < top.end for q in reading.quantities)
    if others or not (measure.clues or measure.mentions):
        return None
    figures = one_of_each(of_kind(bar, measure, hints))
    return ranking(figures, reading, top.many) if len(figures) >= top.many else None


def foremost(bar: Bar, reading: Reading, hints: Hints) -> Part | None:
    """The one of a kind that has most or least of something (哪个城市的大模型最多), by the figures of all.

    None where fewer than three are known, or one only as a bound (超过百亿 may be the most or not).
    """
    word = reading.word("i:most") or reading.word("i:least")
    kinds = kinds_meant(reading, word, bar.base) if word else ()
    if word is None or not kinds or reading.quantities:
        return None
    if reading.intents & _OTHERWISE or reading.asks & _EXPLAINING or _EITHER.issubset(word.tags):
        return None
    base, measure = bar.base, without(reading, word.start, word.end)
    within = tuple(m for m in measure.mentions if base.whole.isdisjoint(m.entities))  # 全国: of all there are
    if not (measure.clues or within):
        return None
    told = one_of_each(of_kind(bar, measure._replace(kinds=kinds, mentions=within), hints))
    # a country has all that its cities have
    figures = [f for f in told if not any(base.holds(f.entity, other.entity) for other in told)]
    if len(figures) < _SEVERAL or any(f.bound not in EXACT for f in figures):
        return None
    topics = base.generic.intersection(*[f.fact.entities for f in figures])
    if not topics <= reading.entities and not any(w.has("r") for w in reading.words):
        return None  # 哪个城市的企业最多: makers of models are not all of them
    return ranking(figures, reading, max(reading.wanted, SHOWN))
