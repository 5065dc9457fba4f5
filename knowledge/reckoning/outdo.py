"""Whether one has more than another, or than all, as is claimed (A的岛比B多吗, A的岛最多吗): figures decide it."""

from __future__ import annotations

from knowledge.finding.certainty import Bar
from knowledge.finding.find import find
from knowledge.finding.outcome import Figure, Part, part_for
from knowledge.finding.probe import Hints
from knowledge.reading.degrees import ENDS
from knowledge.reading.reading import Reading
from knowledge.reckoning.figures import of_one_count
from knowledge.reckoning.topmost import foremost
from knowledge.reckoning.weigh import calculate, superlative
from knowledge.store.base import Base, FactRow
from knowledge.text.patterns import HAN, pattern

_CLAIMED = frozenset({"verify", "compare"})
_OPEN = frozenset({"negation", "difference", "ratio", "sum", "growth"})
_THAN = pattern("比|(?<![a-z])than (?:(?:in|of|at|on) )?(?:the )?")
"""Stands right before that which something is said to have more or less than."""
_PAIR = 2
_OTHERWISE = frozenset({"negation", "difference", "ratio", "sum", "growth", "compare", "except", "rest", "conflict"})
_CLAIMING = ("i:verify", "i:check", "i:opens")
_ONE_OF = pattern("之一|其中|并列|前[二两三四五六七八九十\\d]|[二两三四五六七八九十]大|one of|among")
_MANY = 5
"""Figures from which on the first is the first of all."""
_EVERY = 40
"""Figures that are held against that of the one claimed to be first."""


def outdoes(bar: Bar, reading: Reading, hints: Hints) -> Part | None:
    """Yes or no with both figures; None where nothing such is claimed, or no two figures of one count are there."""
    if not reading.intents >= _CLAIMED or reading.intents & _OPEN or reading.quantities:
        return None
    things = [reading.mentions[i] for i in reading.things(bar.base)]
    if len(things) != _PAIR or not _THAN.fullmatch(reading.text, _behind(reading, things[0].end), things[1].start):
        return None
    part = calculate(bar, reading, hints)
    if part is None or part.kind != "rank" or len(part.figures) != _PAIR or not of_one_count(list(part.figures)):
        return None
    ahead, behind = part.figures
    if ahead.value == behind.value:
        return None
    borne_out = ahead.entity in things[0].entities
    return part._replace(kind="verify", verdict="yes" if borne_out else "no", figures=())


def _behind(reading: Reading, start: int) -> int:
    """Where the last word for the comparison begins behind a place in the text; that place if there is none."""
    return max((found.start() for found in _THAN.finditer(reading.text, start)), default=start)


def leads(bar: Bar, reading: Reading, hints: Hints) -> Part | None:
    """Yes or no to the claim that one has most or least of all its kind, with the figure of who has, and its own.

    None where nothing such is claimed, or its own figure is not known by the count that the others are of.
    """
    if "verify" not in reading.intents or reading.intents & _OTHERWISE or reading.intents.isdisjoint(ENDS):
        return None
    things = [i for i in reading.things(bar.base) if reading.mentions[i].entities[0] not in bar.base.whole]
    if len(things) != 1 or reading.quantities or reading.place > 1 or _ONE_OF.search(reading.text):
        return None
    question = bar.readings.read(_who(reading, things[0], bar.base))
    if not question.kinds or question.asks - {"which", "place"}:
        return None
    question = question._replace(wanted=_EVERY)
    best = superlative(bar, question, find(question, bar.base, hints)) or foremost(bar, question, hints)
    figures = best.figures if best else ()
    own = next((f for f in figures if f.entity in reading.mentions[things[0]].entities), None)
    if own is None or not of_one_count([figures[0], own]):
        return None
    if own.value != figures[0].value:
        return part_for(reading, "verify", _before(figures[0], own, bar.base))._replace(verdict="no")
    if len(figures) < _MANY or figures[1].value == own.value:
        return None  # the first of three may be none of all; of two that are equal it is half true
    return part_for(reading, "verify", (own.fact, figures[1].fact))._replace(verdict="yes")


def _before(first: Figure, own: Figure, base: Base) -> tuple[FactRow, ...]:
    """The statement that ranks both by these figures, else the figures one by one."""
    figures = {(f.value, f.share) for f in (first, own)}
    told = (f for f in base.facts_on(first.entity) if base.relations[f.relation].value == "rank")
    ranked = next((f for f in told if own.entity in f.entities and figures.issubset(f.figures)), None)
    return (ranked,) if ranked else (first.fact, own.fact)


def _who(reading: Reading, index: int, base: Base) -> str:
    """The question which one of its kind it is, in place of the claim that it is the one named."""
    text, named = reading.text, reading.mentions[index]
    kind = base.entity(named.entities[0]).kind
    nouns = [n for n in base.lexicon.having(f"k:{kind}") if bool(HAN.search(n)) != text.isascii()]
    asked = f"which {nouns[0]}" if nouns and text.isascii() else f"哪个{nouns[0]}" if nouns else ""
    claiming = [(w.start, w.end, "") for w in reading.words if any(t in w.tags for t in _CLAIMING)]
    for start, end, put in sorted([*claiming, (named.start, named.end, asked)], reverse=True):
        text = text[:start] + put + text[end:]
    return text
