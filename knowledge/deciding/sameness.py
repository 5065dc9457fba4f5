"""Whether two things have one and the same maker, founder or place (甲和乙是同一家公司的吗): what each of them has."""

from __future__ import annotations

from knowledge.deciding.apiece import longest_row
from knowledge.deciding.decide import Decider
from knowledge.deciding.equals import A_LIST
from knowledge.deciding.inquiry import asked_by, blanked
from knowledge.finding.find import find
from knowledge.finding.outcome import Part, noted
from knowledge.finding.probe import Hints
from knowledge.reading.reading import Reading
from knowledge.store.base import FactRow
from knowledge.text.patterns import pattern

_SAME = pattern(r"同[一1]?(?:家|个|所|座|位|款)|同一|(?<=是)一家|\bthe same\b|\bone and the same\b")
_NOUN = 4
"""Characters of the noun behind it, at most."""
_MAKER = "company"


def asks_same(reading: Reading) -> list[int]:
    """Indices of the things side by side of which it is asked whether they share something; none if it is not asked."""
    row = longest_row(reading)
    return row if len(row) > 1 and "verify" in reading.intents and _SAME.search(reading.text) else []


def same(desk: Decider, reading: Reading, row: list[int], hints: Hints) -> Part | None:
    """What each of the things of a row has (see `asks_same`), and whether that is the same; None if it is not known."""
    match = _SAME.search(reading.text)
    if match is None:
        return None
    shared = _kind(reading.text[match.end() :], desk)
    found = [_of_one(desk, reading, i, row, match.span(), shared, hints) for i in row]
    facts = tuple(dict.fromkeys(f for f, _ in found if f))
    if not all(owners for _, owners in found):
        return None
    part = noted(desk.base, "verify", reading, facts, ())
    return part._replace(verdict=_verdict(desk, [owners for _, owners in found]))


def _verdict(desk: Decider, found: list[set[int]]) -> str:
    """Yes if one is among what each has, no if they have nothing to do with each other, '' if that is not plain."""
    if set.intersection(*found):
        return "yes"
    pairs = [(a, b) for one in found for other in found if one is not other for a in one for b in other]
    tied = any(a == b or desk.base.holds(a, b) or b in desk.base.linked(a) for a, b in pairs)
    return "" if tied else "no"


def _of_one(
    desk: Decider, reading: Reading, index: int, row: list[int], span: tuple[int, int], kind: str, hints: Hints
) -> tuple[FactRow | None, set[int]]:
    """What answers the question of one of the things, and those of the kind shared that it names."""
    text = blanked(reading.text, *span)
    for i in row:
        if i != index:
            text = blanked(text, reading.mentions[i].start, reading.mentions[i].end)
    asks, kinds = asked_by(kind, desk.base)
    alone = reading.about(index, row)._replace(
        text=text,
        quantities=(),
        words=tuple(w for w in reading.words if w.end <= span[0] or w.start >= span[1]),
        intents=reading.intents - {"verify", "opens", "against", "compare", "that"},
        asks=asks,
        kinds=kinds,
    )
    part, _ = desk.decide(alone, find(alone, desk.base, hints), hints)
    if part is None:
        return None, set()
    wanted = desk.base.kinds_like((kind,))
    own = set(reading.mentions[index].entities)
    for fact in sorted(part.facts, key=lambda f: own.isdisjoint((f.subject, *f.objects))):
        owners = {e for e in fact.spoken - reading.entities if desk.base.entity(e).kind in wanted}
        if owners and fact.listed < A_LIST:
            return fact, owners
    return None, set()


def _kind(text: str, desk: Decider) -> str:
    """The kind of what is shared, by the noun that stands in front of a text; a maker if it names none."""
    text = text.lstrip(" 的")
    word = text.split(" ")[0].strip("?.,") if text[:1].isascii() else ""
    nouns = [word] if word else [text[:size] for size in range(_NOUN, 0, -1)]
    if text[:1] == "人" or word in {"person", "man", "founder"}:
        return next(iter(desk.base.persons), "person")
    return next((k for noun in nouns for k in desk.base.lexicon.kinds(noun)[:1]), _MAKER)
