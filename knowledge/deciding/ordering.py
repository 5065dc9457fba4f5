"""Whether a claim is a statement with two of its names, or two of its figures, in one another's place."""

from __future__ import annotations

from typing import NamedTuple

from knowledge.deciding.clauses import names_of
from knowledge.deciding.objection import same_figure
from knowledge.linking.link import Mention
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.numerals import Quantity, find_quantities
from knowledge.text.patterns import pattern

_ALIKE = 80.0
"""How like a statement, from 0 to 100, a claim is that has all of its words but for names and figures."""
_SHORTEST = 8
"""Characters of a claim that by themselves are like a stretch of a statement."""
_JOINED = pattern("(?:[\\s、,，/+和与及跟]|and|or|the|以及|、|[“”「」\"'《》])*")
"""What stands between members of a mere list."""
_IN_ORDER = pattern(r"依次|分别|先后|\b(?:respectively|in order|in turn)\b")
"""In such a statement a row is no mere list."""
_EDGE = ",，。.?？!！ \x00"
_GAP = "\x00"


class _Item(NamedTuple):
    """Something of a claim that a statement has too."""

    sort: str
    """Its kind; figures are of one sort."""
    claimed: tuple[int, int]
    """Where it stands in the claim."""
    told: tuple[int, int]
    """Where it stands in the statement."""


def reordered(fact: FactRow, claim: Reading, base: Base) -> bool:
    """Whether a claim says just what a statement does, with names or figures changed about that are no mere list."""
    text = base.tables.fold(fact.en if claim.text.isascii() else fact.zh)
    items = _items(text, claim, base)
    pairs = [(a, b) for n, a in enumerate(items) for b in items[n + 1 :] if a.sort == b.sort and b.told < a.told]
    if not pairs or not _reads_like(claim, text, items):
        return False
    if _IN_ORDER.search(text):
        return True
    peers = {sort: _peers(sort, fact, base) for sort in {a.sort for a, _ in pairs}}
    return any(not _listed(text[b.told[1] : a.told[0]], peers[a.sort]) for a, b in pairs)


def _items(text: str, claim: Reading, base: Base) -> list[_Item]:
    """What a claim names or counts and a statement does too, in the claim's order."""
    found: list[_Item] = []
    taken: set[tuple[int, int]] = set()
    figures = find_quantities(text, base.units)
    things: list[Mention | Quantity] = [*claim.mentions, *claim.quantities]
    for thing in sorted(things, key=_start):
        spans = _of_name(thing, text, base) if isinstance(thing, Mention) else _of_figure(thing, figures)
        span = next((s for s in spans if s not in taken), None)
        if span:
            taken.add(span)
            sort = _sort(thing.entities[0], base) if isinstance(thing, Mention) else "%" if thing.is_share else ""
            found.append(_Item(sort, (thing.start, thing.end), span))
    return found


def _start(thing: Mention | Quantity) -> int:
    return thing.start


def _of_name(mention: Mention, text: str, base: Base) -> list[tuple[int, int]]:
    """Where the longest name of something that is mentioned stands in a statement."""
    held = [n for n in names_of(mention.entities, base) if n in text]
    name = max(held, key=len, default="")
    return [(at, at + len(name)) for at in range(len(text)) if name and text.startswith(name, at)]


def _of_figure(given: Quantity, figures: list[Quantity]) -> list[tuple[int, int]]:
    return [(q.start, q.end) for q in figures if same_figure(q, given)]


def _sort(e: int, base: Base) -> str:
    """What something is taken for: its kind, or a topic."""
    kind = base.entity(e).kind
    return "topic" if kind in base.topics else kind


def _peers(sort: str, fact: FactRow, base: Base) -> list[str]:
    """The names of the things of a sort that a fact speaks of, the longest first; whoever acts is of one sort."""
    sorts = base.who if sort in base.who else {sort}
    return sorted(names_of((e for e in fact.within if _sort(e, base) in sorts), base), key=len, reverse=True)


def _reads_like(claim: Reading, told: str, items: list[_Item]) -> bool:
    """Whether a claim and a statement have the same words beside what both name, and what makes it a claim."""
    from rapidfuzz import fuzz  # of a claim with names in another order only

    asked = [(w.start, w.end) for w in claim.words if "i:verify" in w.tags]
    said = _without(claim.text, [*[i.claimed for i in items], *asked]).rstrip(_EDGE)
    told = _without(told, [i.told for i in items]).rstrip(_EDGE)
    # a claim may leave out part of a statement
    alike = fuzz.partial_ratio if _SHORTEST <= len(said) < len(told) else fuzz.ratio
    return alike(said, told) >= _ALIKE


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """A text with a mark in place of each of some stretches."""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]}{_GAP}{text[end:]}"
    return text


def _listed(between: str, names: list[str]) -> bool:
    """Whether nothing but other names and what joins them stands between two names."""
    for name in names:
        between = between.replace(name, "")
    return _JOINED.fullmatch(between) is not None
