"""When something was done, to or by all things of a kind (which models came out when): the dates to choose and rank by.

A date counts only where it is that of what the fact tells, not when a statement held.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from knowledge.finding.judge import explained
from knowledge.linking.link import Mention
from knowledge.linking.scan import Word
from knowledge.reading.clues import Clue, doings_of
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.dates import Period, parse_period
from knowledge.text.lexicon import kinds_in, phrase

_HALF = 0.5
_DEEP = 4
"""So many wholes above a subject are looked at."""
_ENDS = ("时间", "日期", "年份", "的", "了", "过", "于", "得", " date", " in", " on")
"""What may stand behind a word for a deed (发布时间)."""
_FIGURES = frozenset({"number", "amount", "share", "rank", "duration", "distance"})
_FOUNDING = "成立"
_NO_DEED = ("i:", "k:", "q:", "e:list")
_NAMING = ("a:", "s:", "r:")
"""Tags of what words mean the same, and of the relations that they name."""


class Event(NamedTuple):
    """Something done to a thing, or by it, at a time that a fact tells."""

    entity: int
    fact: FactRow
    when: Period

    @property
    def done_by_it(self) -> bool:
        """Whether the thing did it to others: it may have done so at several times."""
        fact = self.fact
        return self.entity not in fact.objects and (bool(fact.objects) or self.entity != fact.subject)


class _Noun(NamedTuple):
    """A noun for kinds of things, where it stands in the question."""

    start: int
    text: str
    kinds: frozenset[str]


class Wanted(NamedTuple):
    """Of what things it is asked when what was done."""

    deed: frozenset[str]
    """The tags of the words for what was done: r:releases, a:12, …"""
    kinds: frozenset[str]
    """Kinds of the things; empty where they are named."""
    things: tuple[int, ...]
    """The things named, of which each is asked for."""
    noun: str
    """The noun for them, '' if there is none."""
    beside: frozenset[str]
    """Kinds of what else has to have part in it (which cities issued policies)."""
    clues: tuple[Clue, ...]
    """What else a fact has to speak of."""
    topics: tuple[tuple[str, frozenset[int]], ...]
    """Names that it has to speak of: as they are written, and the entities."""


def wanted(
    reading: Reading, group: list[int], when: list[tuple[int, int]], order: list[tuple[int, int]], base: Base
) -> Wanted | None:
    """What is asked for, where `group` are the mentions to choose from; None if no deed or no kind is named.

    The words in the stretches `when` say when it was, those in `order` how that is to be ordered (按发布时间排).
    """
    outside = [*when, *order]
    known = [w for w in reading.words if "f" not in w.tags and not any(a <= w.start < b for a, b in when)]
    deeds = _deeds(known, base)
    if not deeds:
        return None
    named = [m for i, m in enumerate(reading.mentions) if i not in group]
    nouns = _nouns(known, named, base)
    asked = frozenset(reading.kinds) or _counted(reading, nouns)
    if group:
        asked = frozenset(base.entity(reading.mentions[i].entities[0]).kind for i in group)
    if not asked:
        return None
    asking = {w.text for w in reading.words if w.has("q") or "e:list" in w.tags}
    passed = [reading.text[a:b] for a, b in outside]
    left = [c for c in reading.clues if c.text not in asking | {n.text for n in nouns} | deeds.keys()]
    return Wanted(
        deed=frozenset[str]().union(*deeds.values()),
        kinds=frozenset() if group else asked,
        things=tuple(reading.mentions[i].entities[0] for i in group),
        noun=next((n.text for n in nouns if not asked.isdisjoint(n.kinds)), ""),
        beside=frozenset().union(*[n.kinds for n in nouns if asked.isdisjoint(n.kinds)]),
        clues=tuple(c for c in left if not any(c.text in p or p in c.text for p in passed)),
        topics=tuple((m.text, frozenset(m.entities)) for m in named if not any(m.start == n.start for n in nouns)),
    )


def _nouns(words: Iterable[Word], named: Iterable[Mention], base: Base) -> list[_Noun]:
    """The nouns for kinds of things, in their order; some stand for a topic as well (大模型)."""
    tags = base.lexicon.tags
    found = [_Noun(w.start, w.text, frozenset(w.kinds)) for w in words]
    for mention in named:
        if mention.entities[0] in base.generic:
            text = phrase(mention.text) if mention.text.isascii() else mention.text
            found.append(_Noun(mention.start, mention.text, frozenset(kinds_in(tags.get(text, ())))))
    return sorted(n for n in found if n.kinds)


def _counted(reading: Reading, nouns: list[_Noun]) -> frozenset[str]:
    """The kinds of what is asked for by a noun alone: that behind how many (几个大模型), else the last."""
    many = reading.word("q:number")
    behind = (n.kinds for n in nouns if many and n.start >= many.end)
    return next(behind, nouns[-1].kinds if nouns else frozenset())


def events(asked: Wanted, base: Base) -> list[Event]:
    """What was done to, or by, the things asked for, each with the date that a fact gives it."""
    spoken = base.remembered(_words)(tuple(sorted(asked.deed)))
    found = []
    for relation in base.relations:
        tied = f"r:{relation.id}" in asked.deed
        if not tied and relation.value != "date":
            continue
        for fact in map(base.fact, base.facts_with(relation.r)):
            when = told_when(fact, base)
            if when is None or not _tells(fact, asked, base):
                continue
            said = base.statement(fact.f)
            if relation.value == "date" and not (tied or asked.deed & (fact.terms - fact.cued)):
                continue
            if relation.value != "date" and not any(w in said for w in spoken):
                continue  # a law that was put into force was not issued then
            found += [Event(e, fact, when) for e in _things(fact, asked, base)]
    return _of_that_sort(found, asked, base)


def _of_that_sort(found: list[Event], asked: Wanted, base: Base) -> list[Event]:
    """The events of what the noun asked for names: where they have titles, those with the noun in it (规划)."""
    names = [base.entity(e.entity).zh for e in found]
    if not asked.noun or any(r.zh == asked.noun for r in base.lists) or not any(asked.noun in n for n in names):
        return found
    titled = any(name[-1:] == "》" for name in names)
    return [e for e, name in zip(found, names, strict=True) if asked.noun in name or not titled]


def begun(tags: Iterable[str], base: Base) -> frozenset[str]:
    """The tags of all relations by which anything began, where the words asked with mean founding; else none.

    What was founded first may be told by the opening of each.
    """
    own, wider = base.remembered(_beginnings)()
    return frozenset() if own.isdisjoint(tags) else wider


def _beginnings(base: Base) -> tuple[frozenset[str], frozenset[str]]:
    """What founding means, and the relations that tell of a beginning. To be called through `Base.remembered`."""
    own = frozenset(t for t in base.lexicon.tags.get(_FOUNDING, ()) if t[:2] in _NAMING)
    ids = doings_of(base).get("date", {}).get(_FOUNDING, "")
    return own, frozenset(f"r:{i}" for i in ids.split())


def speaks_of(fact: FactRow, asked: Wanted, base: Base) -> bool:
    """Whether a fact is of something asked for, or names that."""
    return any(_is_asked(e, asked, base) for e in (fact.subject, *fact.objects))


def told_when(fact: FactRow, base: Base) -> Period | None:
    """When what a fact tells was done; None if it tells of a state, a plan, or of no time."""
    dated = base.relations[fact.relation].value == "date"
    if fact.stretches or fact.negated or fact.measured or not (fact.timed or dated):
        return None
    if not fact.as_of:
        return fact.periods[0] if dated and len(fact.periods) == 1 and fact.periods[0].year else None
    return None if fact.planned and not dated else parse_period(fact.as_of)


def _deeds(words: Iterable[Word], base: Base) -> dict[str, frozenset[str]]:
    """The words for what was done, each with the tags of what it means."""
    dated = base.remembered(_dated)()
    tagged = {w.text: tags for w in words if (tags := _tags(w.text, w.tags, base))}
    tied = {text: tags for text, tags in tagged.items() if not dated.isdisjoint(tags)}
    told = tied or {text: tags for text, tags in tagged.items() if not tags.isdisjoint(base.remembered(_common)())}
    return told or {text: wider for text, tags in tagged.items() if (wider := begun(tags, base))}


def _tags(text: str, tags: Iterable[str], base: Base) -> frozenset[str]:
    """The tags of what a word means, and of what it means without 时间 or 的 at its end; none if it can be no deed."""
    if any(t.startswith(_NO_DEED) for t in tags):
        return frozenset()
    own = {t for t in tags if t[:2] in _NAMING}
    for end in _ENDS:
        if text.endswith(end):
            rest = text.removesuffix(end)
            found = base.lexicon.tags.get(phrase(rest) if rest.isascii() else rest, ())
            own.update(t for t in found if t[:2] in _NAMING)
    return frozenset(own)


def _dated(base: Base) -> frozenset[str]:
    """Tags of the relations whose facts tell when something was done. To be called through `Base.remembered`."""
    telling = (r for r in base.relations if r.value not in _FIGURES and any(True for _ in _told(r.r, base)))
    return frozenset(f"r:{r.id}" for r in telling)


def _common(base: Base) -> frozenset[str]:
    """Tags of what all facts of a relation say whose value is a date. To be called through `Base.remembered`."""
    found: set[str] = set()
    for relation in base.relations:
        facts = list(_told(relation.r, base)) if relation.value == "date" else []
        if facts:
            found |= frozenset.intersection(*[f.terms - f.cued for f in facts])
    return frozenset(t for t in found if t[:2] in _NAMING)


def _told(relation: int, base: Base) -> Iterator[FactRow]:
    return (f for f in map(base.fact, base.facts_with(relation)) if told_when(f, base))


def _words(tags: tuple[str, ...], base: Base) -> tuple[str, ...]:
    """The words of statements that name a deed. To be called through `Base.remembered`."""
    return tuple(w for w in base.lexicon.having(*tags) if len(w) > 1 and not base.lexicon.kinds(w))


def _tells(fact: FactRow, asked: Wanted, base: Base) -> bool:
    """Whether a fact speaks of all else that is asked for."""
    if not all(explained(c, fact.terms) >= _HALF for c in asked.clues):
        return False
    said = base.statement(fact.f)
    if not all(text in said or not fact.within.isdisjoint(entities) for text, entities in asked.topics):
        return False
    return not asked.beside or any(base.entity(e).kind in asked.beside for e in (fact.subject, *fact.objects))


def _things(fact: FactRow, asked: Wanted, base: Base) -> list[int]:
    """The things asked for that a fact tells of: its subject, its objects, or what the subject is part of."""
    own = [e for e in (fact.subject, *fact.objects) if _is_asked(e, asked, base)]
    above = fact.subject
    for _ in range(_DEEP):
        above = base.entity(above).part_of
        if own or above < 0:
            break
        own = [above] if _is_asked(above, asked, base) else []
    return own or _doer(fact, asked, base)


def _doer(fact: FactRow, asked: Wanted, base: Base) -> list[int]:
    """The only one that acts of whom a fact on a thing speaks (whose model it was), if such are asked for."""
    kinds = asked.kinds or {base.entity(e).kind for e in asked.things}
    if not asked.beside or not base.who.issuperset(kinds):
        return []
    acting = [e for e in fact.spoken if base.entity(e).kind in base.who]
    return acting if len(acting) == 1 and _is_asked(acting[0], asked, base) else []


def _is_asked(e: int, asked: Wanted, base: Base) -> bool:
    return e in asked.things if asked.things else base.entity(e).kind in asked.kinds and e not in base.generic
