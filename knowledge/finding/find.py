"""Find the facts that explain a reading: candidates by mention and term, ranked by what they explain and what not."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter, itemgetter

from knowledge.finding.finding import Finding
from knowledge.finding.judge import judge
from knowledge.finding.probe import NO_HINTS, Hints, Probe
from knowledge.reading.asked import NUMERIC
from knowledge.reading.clues import Posting, naming, posting
from knowledge.reading.reading import Reading
from knowledge.store.base import Base
from knowledge.text.terms import figure_terms

_BUDGET = 2000
"""Postings read at most while candidates are gathered, the rarest terms first."""
_CANDIDATES = 28
_OF_A_TIME = 120
"""The same where nothing but a name and a time tells which figure is meant: the time is looked at behind."""
_UNNAMED = 60
"""The same where many facts speak of all that is named, and hardly a word tells them apart."""
_PLAIN = 1.0
"""Weight of all other words below which that is so (2023年甲市有多少家人工智能企业)."""
_MANY = 40
"""So many facts make a long list."""
_HUB = 20
"""An entity of so many facts needs no help from its parts."""
_BACKGROUND = 0.5
"""Worth of the words of what was said before, beside those of the question."""
_ROUNDING = 1e-6
"""By so much two sums may differ that are the same."""
_SCORE = attrgetter("score")
_LENGTH = itemgetter(0)


def find(reading: Reading, base: Base, hints: Hints = NO_HINTS, most: int = _CANDIDATES) -> list[Finding]:
    """Findings for a reading, best first; at most `most`."""
    probe = Probe(reading, base, hints)
    plain = sum(c.weight for c in reading.clues if not c.light) < _PLAIN
    if plain and reading.periods and not reading.asks.isdisjoint(NUMERIC):
        looked = _OF_A_TIME
    elif plain and not _claims(reading) and all(base.entity(e).facts >= _HUB for e in reading.entities):
        looked = max(most, _UNNAMED)
    else:
        # of a place spoken of so much is told that what else was spoken of needs room beside it
        looked = most + most // 2 if len(hints.entities) > 1 and not reading.mentions else most
    found = judge([base.fact(f) for f in sorted(_gather(reading, base, hints, looked))], probe)
    found.sort(key=_SCORE, reverse=True)
    return found[:most]


def _claims(reading: Reading) -> bool:
    """Whether an English claim is to be checked: what counts but some of a sort says much of its few words."""
    return "verify" in reading.intents and reading.text.isascii()


def _gather(reading: Reading, base: Base, hints: Hints, most: int) -> Sequence[int]:
    """Numbers of the most promising facts, by a rough sum of idf over postings."""
    lists: list[tuple[int, float, Posting]] = []
    known, named = base.remembered(posting), base.remembered(naming)
    for mention in reading.mentions:
        for e in mention.entities:
            found = named(e)
            lists.append((found.size, 2.5 * found.idf, found))
            if found.size < _HUB:
                lists += [(0, 1.0, named(part)) for part in base.parts_of(e)]
    lists += [(0, 6.0 if e in hints.primary else 4.0, named(e)) for e in hints.entities]
    stated = map(known, figure_terms(reading.quantities, reading.periods))
    lists += [(p.size, 2.0 * p.idf, p) for p in stated if p.size]
    light: list[tuple[int, float, Posting]] = []
    for clues, worth in ((reading.clues, 1.0), (hints.clues, _BACKGROUND)):
        for clue in clues:
            into, factor = (light, 0.4 * worth) if clue.light else (lists, worth)
            into += [(p.size, factor * p.idf, p) for p in map(known, clue.keys) if p.size]
    light.sort(key=_LENGTH)
    # light words only decide between facts: the longest of their lists are not worth reading
    lists += light[: max(4, 12 - len(lists))]
    lists.sort(key=_LENGTH)
    return _best(lists, most)


def _best(lists: list[tuple[int, float, Posting]], most: int) -> list[int]:
    """The numbers that have the highest sums of weights, the first found of equals."""
    scores: dict[int, float] = {}
    get = scores.get
    budget, done, rest, closed = _BUDGET, 0.0, sum([weight for _, weight, _ in lists]), False
    behind = 0.0  # how far the last of the best stays behind `done` at least
    for _, weight, found in lists:
        budget -= found.size
        if budget < 0 and scores:
            break
        many = found.size >= _MANY
        if many and not closed and done - behind > rest and len(scores) >= most:
            least = sorted(scores.values())[-most]
            # what only the lists from here on hold can't get among the best any more
            closed, behind = least > rest + _ROUNDING, done - least
        if closed and many:
            for f in scores.keys() & found.facts.keys():
                scores[f] += weight
        elif scores:
            for f in found.facts:
                scores[f] = get(f, 0.0) + weight
        else:
            scores.update(dict.fromkeys(found.facts, weight))
        done, rest = done + weight, rest - weight
    return sorted(scores, key=scores.__getitem__, reverse=True)[:most]
