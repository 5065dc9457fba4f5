"""The kinds of place that 谁 may ask for, beside whoever acts: rivals of a place, bearers of a title, doers."""

from __future__ import annotations

from knowledge.reading.reading import Reading
from knowledge.store.base import Base
from knowledge.text.lexicon import kinds_in

_SEVERAL_FACTS = 60
"""A topic of more facts says little of who does what."""


def actors(reading: Reading, base: Base) -> frozenset[str]:
    """The kinds of place among which the one may be that is asked for by 谁."""
    return _rivals(reading, base) | _ranked(reading, base) | _acting(reading, base)


def _rivals(reading: Reading, base: Base) -> frozenset[str]:
    """The kind of the one place named, where 谁 is set against it (谁跟杭州竞争, 谁反超了北京): it is a place too."""
    things = reading.things(base)
    if len(things) != 1 or not ("against" in reading.intents or any(not c.light for c in reading.clues)):
        return frozenset()
    return base.where & {base.entity(reading.mentions[things[0]].entities[0]).kind}


def _ranked(reading: Reading, base: Base) -> frozenset[str]:
    """The kinds of place whose noun is said, where 谁 is asked of a first or last one (城市榜上谁第一)."""
    if reading.intents.isdisjoint(("most", "least")) and not reading.place:
        return frozenset()
    tags, names = base.lexicon.tags, [m.text for m in reading.mentions]
    nouns = (name[i : i + 2] for name in names for i in range(len(name) - 1))
    said = {kind for word in reading.words for kind in word.kinds}
    return base.where.intersection(said.union(*[kinds_in(tags.get(noun, ())) for noun in nouns]))


def _bearers(reading: Reading, base: Base) -> frozenset[str]:
    """The kinds of place that bear the one title or term named: 谁 asked of it may be a city (数字之城归了谁)."""
    things = reading.things(base)
    e = reading.mentions[things[0]].entities[0] if len(things) == 1 else -1
    if e < 0 or base.entity(e).kind not in base.topics:
        return frozenset()
    borne = (fact for fact in map(base.fact, base.facts_of(e)) if e in fact.objects)
    return base.where.intersection(base.entity(fact.subject).kind for fact in borne)


def _acting(reading: Reading, base: Base) -> frozenset[str]:
    """The kinds of place that bear what is named, or do with it what is asked: 谁 may be one (甲借给了谁)."""
    told = [*(t for w in reading.words for t in w.tags), *(t for c in reading.clues for t in c.terms)]
    deeds = {t[2:] for t in told if t[:2] == "r:"}
    named = [m.entities[0] for m in reading.mentions] if deeds else []
    kinds = (base.remembered(_doers)(e).get(deed, frozenset()) for e in named for deed in deeds)
    return _bearers(reading, base).union(*kinds)


def _doers(e: int, base: Base) -> dict[str, frozenset[str]]:
    """The kinds of place that stand in a relation to something, by relation. To be called through `Base.remembered`.

    Those to which it stands in one that says where it is are no doers.
    """
    doers: dict[str, frozenset[str]] = {}
    for fact in map(base.fact, base.facts_of(e) if base.entity(e).facts <= _SEVERAL_FACTS else ()):
        relation = base.relations[fact.relation]
        ends = (fact.subject,) if e != fact.subject else fact.objects if relation.answers != "place" else ()
        if kinds := base.where.intersection(base.entity(end).kind for end in ends):
            doers[relation.id] = doers.get(relation.id, frozenset()) | kinds
    return doers
