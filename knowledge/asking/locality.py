"""The place that a question describes by what lies there or was held there (甲所在的城市, the venue of A): its name."""

from __future__ import annotations

from typing import NamedTuple

from knowledge.asking.alone import Answerer
from knowledge.store.base import Base
from knowledge.text.lexicon import phrase
from knowledge.text.patterns import pattern

_WHERE = pattern("(?:总部)?(?:所在|坐落|所处|落户)的?(?:[那这][个座栋条家])?", holds=("所在", "坐落", "所处", "落户"))
_VENUE = pattern("的?(?:那个|那|举办|召开|办会|开会)?的?(?:会场|会址|场馆|举办地点?|主办地|地方)(?!政府|标准)")
_VENUE_OF = pattern("the (?:venue|site) (?:of|for) (?:the )?$")
_PLACE_WHERE = pattern("the ([a-z]+) (?:where|in which|(?:that|which) (?:houses|hosts|holds)|housing) (?:the )?$")
_IS_THERE = pattern(
    r" (?:is|was|lies|sits|stands)(?: (?:located|based|situated|held))?"
    r"| (?:has|keeps) (?:its|an?|their)(?: [a-z]+)? (?:office|headquarters|branch)\b"
    r"|'s?(?: [a-z]+)? (?:offices?|headquarters|branch)\b"
)
_NEAR = pattern(
    r"\b(?:near|around|surrounds?|surrounding|(?:close|next) to|in the (?:vicinity|neighbou?rhood) of) (?:the )?$"
)
_PLACE = "地方"
"""The noun for a place of no special kind."""


class Place(NamedTuple):
    """A place that is described."""

    start: int
    end: int
    """Where the description stands in the question."""
    entity: int
    kinds: frozenset[str]
    """The kinds that its noun names."""
    facts: frozenset[int]
    """The facts that say which place it is."""


def locality(text: str, answerer: Answerer) -> Place | None:
    """The first place that a folded question describes in this way, if there is just one such; else None."""
    base = answerer.base
    for mention in answerer.readings.read(text).mentions:
        e = mention.entities[0]
        if e in base.generic:
            continue
        lies = base.entity(e).kind in base.where
        said = _english(text, mention.start, mention.end, base)
        said = said or _chinese(text, mention.start, mention.end, base, lies=lies)
        if said is None:
            continue
        start, end, kinds = said
        places = _places(e, kinds & base.where, base)
        if len(places) == 1:
            place, facts = places.popitem()
            return Place(start, end, place, kinds, frozenset(facts))
    return None


def _chinese(text: str, start: int, end: int, base: Base, *, lies: bool) -> tuple[int, int, frozenset[str]] | None:
    """甲所在的城市, and of what is no place itself 甲的会场."""
    if found := _WHERE.match(text, end):
        hit = base.lexicon.noun_at(text, found.end())
        return (start, *hit) if hit else None
    if not lies and (venue := _VENUE.match(text, end)):
        return start, venue.end(), frozenset(base.lexicon.kinds(_PLACE))
    return None


def _english(text: str, start: int, end: int, base: Base) -> tuple[int, int, frozenset[str]] | None:
    """The city where A is located, the venue of A."""
    if not text.isascii():
        return None
    if venue := _VENUE_OF.search(text[:start]):
        return venue.start(), end, frozenset(base.lexicon.kinds("place"))
    found, behind = _PLACE_WHERE.search(text[:start]), _IS_THERE.match(text, end)
    if behind and behind[0][0] == "'" and _NEAR.search(text[:start]):
        return start, behind.end(), frozenset(base.lexicon.kinds(phrase("building")))
    kinds = frozenset(base.lexicon.kinds(phrase(found[1]))) if found else frozenset[str]()
    return (found.start(), behind.end(), kinds) if found and behind and kinds else None


def _places(e: int, kinds: frozenset[str], base: Base) -> dict[int, set[int]]:
    """The places of these kinds where an entity lies, and the facts that say so of each."""
    places: dict[int, set[int]] = {}
    for fact in base.facts_on(e):
        if base.relations[fact.relation].answers == "place":
            for place in fact.objects:
                if base.entity(place).kind in kinds and not base.entity(place).generic:
                    places.setdefault(place, set()).add(fact.f)
    return places
