"""What something is called besides its name (甲有哪些别称, 被称作什么之都): all that it is called, and nothing else."""

from __future__ import annotations

from collections import Counter

from knowledge.finding.outcome import Part, noted
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.patterns import pattern

_ANSWERS = "byname"
"""What a relation answers that leads to such names."""
_WHICH = frozenset({"which", "list", "name", "what", "definition"})
_HARMLESS = frozenset({"opens", "sum", "listing", "now", "relative"})
"""Intents of words that change nothing of what is asked."""
_ENDING = pattern("(?:什么|啥|哪[种个座些]?)(?:样的?)?之?([城都港谷州乡国])")
"""The last character of the names asked for (什么之都)."""
_GIVEN = pattern("[被得获戴冠叫称誉封赞顶]+[到了个为作做以上有着]*|拥有|享有|有过?|都有|个")
"""Verbs that go with a name."""
_CALLED = pattern("称[为作号]|之称|誉|绰号|外号")
"""How a statement gives a name."""
_QUOTED = pattern("[「“]([^「」“”]+)[」”]")
_STILL = frozenset({"still"})
"""What the word what is taken for as well."""
_SHARED = 2
"""Words of a relation that make the group they share one for what it leads to."""


def bynames(reading: Reading, base: Base) -> Part | None:
    """All that the one thing named is called; None if something else is asked."""
    harmless = _HARMLESS | _STILL if reading.text.isascii() else _HARMLESS
    if not reading.asks or reading.asks - _WHICH or reading.intents - harmless or reading.kinds:
        return None
    told = reading.quantities or reading.periods or reading.excepted or reading.titles or reading.place
    if told or len(reading.mentions) != 1 or base.entity(reading.mentions[0].entities[0]).generic:
        return None
    groups, ending = base.remembered(_groups)(), _ENDING.search(reading.text)
    words = {w.text for w in reading.words if not groups.isdisjoint(w.tags)}
    end = ending[1] if ending else ""
    if not groups or not (words or (end and _GIVEN.search(reading.text))):
        return None
    if not all(
        c.light or c.text in words or c.text.strip("之") == end or _GIVEN.fullmatch(c.text) for c in reading.clues
    ):
        return None
    facts = [
        f for f in base.facts_on(reading.mentions[0].entities[0]) if base.relations[f.relation].answers == _ANSWERS
    ]
    facts = [f for f in facts if not f.former and _is_name(f, base) and _name(f, base).endswith(end)]
    return noted(base, "facts", reading, tuple(facts), ()) if facts else None


def _groups(base: Base) -> frozenset[str]:
    """The groups of words that mean such a name. To be called through `Base.remembered`."""
    own = [f"r:{r.id}" for r in base.relations if r.answers == _ANSWERS]
    tags = base.lexicon.tags
    shared = Counter(t for w in base.lexicon.having(*own) for t in tags[w] if t[:2] in ("s:", "a:")) if own else {}
    return frozenset(t for t, count in shared.items() if count >= _SHARED)


def _name(fact: FactRow, base: Base) -> str:
    """The name that a fact gives."""
    return base.entity(fact.objects[0]).zh if fact.objects else fact.value


def _is_name(fact: FactRow, base: Base) -> bool:
    """Whether a statement gives what it calls something as a name: in quotes, or by a word that says so."""
    name = _name(fact, base)
    quoted = any(q.endswith(name) for q in _QUOTED.findall(fact.zh)) or (_QUOTED.search(name) and name in fact.zh)
    return bool(quoted or _CALLED.search(fact.zh))
