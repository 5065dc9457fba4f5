"""What a digest shows of a base that has nothing new: an entity in five facts, a figure with its history, a comparison.

Each spotlight of a base has its turn before any comes again; which one is next depends on the base, the chat and what
the chat has seen, never on chance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b

from answers.figures import MOST, figure, one_date, specific
from knowledge.finding.outcome import Figure
from knowledge.store.base import Base, FactRow

FACTS = 5
"""Facts that introduce an entity."""
_FEWEST_COMPARED = 3
_ENTITY, _FIGURE, _COMPARISON = "entity", "figure", "comparison"


@dataclass(frozen=True, slots=True)
class Topics:
    """What a chat wants to hear of, by the pack's ids; nothing at all means everything."""

    kinds: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()
    relations: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.kinds or self.entities or self.relations)

    def hold(self, fact: FactRow, base: Base) -> bool:
        """Whether a fact is about one of them: by its subject's kind, an entity that it names, or its relation."""
        if not self:
            return True
        if base.relations[fact.relation].id in self.relations or base.entity(fact.subject).kind in self.kinds:
            return True
        return bool(self.entities) and any(base.entity(e).id in self.entities for e in fact.within)


EVERYTHING = Topics()


@dataclass(frozen=True, slots=True)
class Spotlight:
    """One thing worth showing."""

    kind: str
    """entity, figure, comparison."""
    key: str
    """Kind and ids: the same in every base that has it."""
    entity: int
    """The entity, or the subject of the figure; -1 for a comparison."""
    relation: int
    """The measure; -1 for an entity."""
    facts: tuple[FactRow, ...] = ()
    figures: tuple[Figure, ...] = field(default=())
    """For a chart; fewer than two give none."""


def spotlights(base: Base, topics: Topics = EVERYTHING) -> list[Spotlight]:
    """All spotlights of a base that hold a fact on the topics, in the order of their keys."""
    return [s for s in _all(base) if any(topics.hold(f, base) for f in s.facts)]


@lru_cache(maxsize=2)
def _all(base: Base) -> tuple[Spotlight, ...]:
    facts = [base.fact(f) for f in range(base.fact_count)]
    figures = [f for f in (figure(x, base) for x in facts) if f and specific(f.fact, base)]
    found = [*_entities(facts, figures, base), *_figures(figures, base), *_comparisons(figures, base)]
    return tuple(sorted(found, key=lambda s: s.key))


def next_spotlight(found: Sequence[Spotlight], shown: Sequence[str], chat: str) -> Spotlight | None:
    """The spotlight whose turn it is; `shown` are the keys that the chat has seen, the latest last.

    What the chat has never seen comes first, then what it saw longest ago; of several, one of the kind seen longest
    ago, in an order of the chat's own.
    """
    last = {key: n for n, key in enumerate(shown)}
    kinds = {key.partition(":")[0]: n for n, key in enumerate(shown)}

    def turn(each: Spotlight) -> tuple[int, int, int]:
        return last.get(each.key, -1), kinds.get(each.kind, -1), number(chat, each.key)

    return min(found, key=turn, default=None)


def number(*parts: str) -> int:
    """A number that depends on the parts alone."""
    return int.from_bytes(blake2b("\x1f".join(parts).encode(), digest_size=8).digest(), "big")


def _entities(facts: Iterable[FactRow], figures: Sequence[Figure], base: Base) -> Iterator[Spotlight]:
    """Cities, companies and other things with members of their own, of which the base says enough."""
    own: dict[int, list[FactRow]] = defaultdict(list)
    for fact in facts:
        own[fact.subject].append(fact)
    for e, told in own.items():
        entity = base.entity(e)
        chosen = _telling(told, base)
        named = entity.kind in base.closed if base.closed else entity.kind not in base.topics
        if entity.generic or not named or len(chosen) < FACTS:
            continue
        yield Spotlight(_ENTITY, f"{_ENTITY}:{entity.id}", e, -1, chosen, _peers(e, figures, base))


def _telling(told: Sequence[FactRow], base: Base) -> tuple[FactRow, ...]:
    """Facts of different relations: what the thing is, then figures, then the rest; the newest of each first."""
    card = {relation: n for n, relation in enumerate(base.card)}

    def order(fact: FactRow) -> tuple[int, bool, int]:
        return card.get(base.relations[fact.relation].id, len(card)), not fact.measured, fact.f

    newest = sorted(told, key=lambda f: f.as_of, reverse=True)
    once: dict[int, FactRow] = {}
    for fact in sorted(newest, key=order):
        once.setdefault(fact.relation, fact)
    return tuple(once.values())[:FACTS]


def _peers(e: int, figures: Sequence[Figure], base: Base) -> tuple[Figure, ...]:
    """The entity's first figure beside those of its own kind."""
    for own in (f for f in figures if f.entity == e):
        same = [
            f
            for f in figures
            if f.fact.relation == own.fact.relation and base.entity(f.entity).kind == base.entity(e).kind
        ]
        found = one_date(same)
        if len(found) >= 2 and any(f.entity == e for f in found):
            return found
    return ()


def _figures(figures: Sequence[Figure], base: Base) -> Iterator[Spotlight]:
    """A measure of one subject that has several values: other dates, other counters."""
    groups: dict[tuple[int, str], list[Figure]] = defaultdict(list)
    for each in figures:
        relation = base.relations[each.fact.relation]
        if relation.family:
            groups[each.entity, relation.family].append(each)
    for (e, family), group in groups.items():
        once = {(f.value, f.fact.as_of[:4]): f for f in sorted(group, key=lambda f: f.fact.as_of)}
        if len({value for value, _ in once}) >= 2:
            chosen = tuple(sorted(once.values(), key=lambda f: (f.fact.as_of, f.fact.f), reverse=True))[:MOST]
            key = f"{_FIGURE}:{base.entity(e).id}:{family}"
            yield Spotlight(_FIGURE, key, e, chosen[0].fact.relation, tuple(f.fact for f in chosen), chosen)


def _comparisons(figures: Sequence[Figure], base: Base) -> Iterator[Spotlight]:
    """One measure of several things of one kind, at one date."""
    groups: dict[tuple[int, str], list[Figure]] = defaultdict(list)
    for each in figures:
        groups[each.fact.relation, base.entity(each.entity).kind].append(each)
    for (r, kind), group in groups.items():
        found = one_date(group)
        if len(found) >= _FEWEST_COMPARED:
            key = f"{_COMPARISON}:{base.relations[r].id}:{kind}"
            yield Spotlight(_COMPARISON, key, -1, r, tuple(f.fact for f in found), found)
