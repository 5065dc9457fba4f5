"""Who came in some place where it is not said by what (2024赛季谁排第二): by the tally that decides places."""

from __future__ import annotations

from knowledge.finding.judge import explained
from knowledge.finding.outcome import Outcome
from knowledge.reading.asked import CHECKING, NUMERIC
from knowledge.reading.reading import Reading
from knowledge.reckoning.topmost import top_asked
from knowledge.store.base import Base
from knowledge.text.order import ORDINALS, place_said
from knowledge.text.patterns import pattern

_TALLIES = ("积分", "总积分", "得分", "总分")
"""What decides the places of a contest, where a pack has a measure of that name."""
_PODIUM = (("亚军", "第二名"), ("季军", "第三名"), ("runners-up", "in second place"), ("runner-up", "in second place"))
"""Titles that are places."""
_FIRST = pattern(
    "第一名?(?![个次批届任部款家座条代大期章线所只支]) ?|榜首|头名"
    r"|\b(?:came|come|comes|finish\w*|ended|placed|was|were|is) (?:in )?(?:the )?(?:first|top)\b(?: place)?"
    r"|\btopped the (?:table|standings|league|list)\b"
)
_LAST = pattern(
    "(?:排|列|居)?在?(?:垫底|倒数第一名?|最后一名|最末位?|末位|末尾|吊车尾)"
    r"|\b(?:came|come|comes|finish\w*|ended|placed|was|were|is) (?:up )?(?:in |at )?(?:the )?(?:last|bottom)\b"
    r"(?: place)?"
)
_ENGLISH = ("had the most points", "had the fewest points")
_CHINESE = ("最多", "最少")
_HALF = 0.5
"""Share of a word that a figure has to explain to be of what is asked."""
_PLACES = pattern(
    "[第前排列居名位次榜倒数末垫底一二三四五六七八九十首头尾]+|(?:be|come|finish|place|rank|first|last|bottom|top|runner|up|final)+"
)
"""Words that only say that a place is asked for."""


def by_tally(reading: Reading, base: Base) -> str:
    """The question with what decides the place put into it; '' where none is asked for, or a measure is named."""
    if reading.asks & (NUMERIC | {"reason", "how", "date", "rank"}) or reading.intents & CHECKING:
        return ""
    tally = base.remembered(_tally)()
    text = _as_places(reading.text, base)
    place = place_said(text, base.lexicon) if tally else None
    first, last = _FIRST.search(text), _LAST.search(text)
    top = top_asked(reading)
    if not tally or not (place or first or last or top) or _measured(reading, base):
        return ""
    if text.isascii():
        if found := last or first:
            return text[: found.start()] + _ENGLISH[found is last] + text[found.end() :]
        said = f"had the {ORDINALS[place.number - 1]} most points" if place else ""
        return f"{text[: place.start]}{said}{text[place.end :]}" if place else ""
    if place or top:
        at = place.start if place else top.start if top else 0
        return f"{text[:at]}{tally}{text[at:]}"
    found = last or first
    return f"{text[: found.start()]}{tally}{_CHINESE[found is last]}{text[found.end() :]}" if found else ""


def told_by_tally(outcome: Outcome, reading: Reading) -> bool:
    """Whether an outcome ranks by figures that are of all that is said besides the place."""
    if outcome.status != "answered" or outcome.parts[0].kind != "rank":
        return False
    fact = outcome.parts[0].facts[0]
    return all(explained(c, fact.terms) >= _HALF or _PLACES.fullmatch(c.text) for c in reading.clues if not c.light)


def _tally(base: Base) -> str:
    """The word by which a pack measures what decides places, or ''. To be called through `Base.remembered`."""
    numbers = {f"r:{r.id}" for r in base.relations if r.value == "number"}
    return next((word for word in _TALLIES if not numbers.isdisjoint(base.lexicon.tags.get(word, ()))), "")


def _as_places(text: str, base: Base) -> str:
    """The text with places for the titles of those who came second and third, if the pack has no such titles."""
    for title, place in _PODIUM:
        if title in text and not any(t.startswith("r:") for t in base.lexicon.tags.get(title, ())):
            text = text.replace(title, place)
    return text


def _measured(reading: Reading, base: Base) -> bool:
    """Whether a question says by what the place is, be it a place that statements give."""
    ranks = {f"r:{r.id}" for r in base.relations if r.value in ("rank", "entity")}
    passed = {w.text for w in reading.words if w.has("q") or w.has("k")}
    named = (t for c in reading.clues if c.text not in passed for t in c.terms)
    return any(t.startswith("r:") and t not in ranks for t in named)
