"""Topics as people name them: a kind (城市), a measure (大模型数量), or any entity, with typos."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from answers.spotlight import Topics
from knowledge.errors import ModuError
from knowledge.reading.reading import read
from knowledge.store.base import Base


class Topic(NamedTuple):
    """One topic, found."""

    sort: str
    """kind, entity, relation."""
    id: str
    name: str
    """In Chinese, as the base has it."""


def find_topic(name: str, base: Base) -> Topic | None:
    """The topic that a name means, None if nothing is called so."""
    wanted = base.tables.fold(name).strip()
    for kind, noun in base.caption.kinds.items():
        if wanted in {base.tables.fold(noun), base.tables.fold(kind)}:
            return Topic("kind", kind, noun)
    for relation in base.relations:
        if wanted in {base.tables.fold(relation.zh), base.tables.fold(relation.en), relation.id}:
            return Topic("relation", relation.id, relation.zh)
    number = base.entity_number(name)
    if number is None:
        # the longest mention: the name of a thing may hold the name of another
        mentions = sorted(read(wanted, base).mentions, key=lambda m: m.start - m.end)
        number = mentions[0].entities[0] if mentions else None
    return Topic("entity", base.entity(number).id, base.entity(number).zh) if number is not None else None


def find_topics(names: Iterable[str], base: Base) -> Topics:
    """All topics together. Raises ModuError for a name that means nothing."""
    found = []
    for name in names:
        topic = find_topic(name, base)
        if topic is None:
            raise ModuError(f"nothing in the base is called {name!r}; a kind, a measure or a name is a topic")
        found.append(topic)
    return as_topics(found)


def as_topics(found: Iterable[Topic]) -> Topics:
    """Topics sorted by what they are."""
    ids: dict[str, set[str]] = {"kind": set(), "entity": set(), "relation": set()}
    for topic in found:
        ids[topic.sort].add(topic.id)
    return Topics(frozenset(ids["kind"]), frozenset(ids["entity"]), frozenset(ids["relation"]))
