"""The things of a kind that the base speaks of (有哪些灯塔, 有几座灯塔, 甲岛有哪些港口), where no statement lists them.

That there are no more is never said: what nobody wrote of is not known.
"""

from __future__ import annotations

from itertools import islice

from knowledge.finding.outcome import Part, part_for
from knowledge.linking.scan import Word
from knowledge.reading.asked import nouns_for
from knowledge.reading.reading import Reading
from knowledge.reckoning.weigh import outermost
from knowledge.store.base import Base, FactRow
from knowledge.text.lexicon import phrase
from knowledge.text.patterns import pattern

_MEMBERS = frozenset({"list", "which"})
_MANY = frozenset({"number"})
_MERELY = frozenset({"sum", "opens", "relative", "still", "listing"})
"""Intents of words that change nothing of what is asked (一共有几座, which … are there)."""
_FURTHER = "还另"
"""Those besides the ones spoken of are asked for."""
_PLAIN = ("f", "u", "m", "p")
_MADE = frozenset({"做的", "出的"})
"""Says no more than whose it is (甲厂做的是哪款船)."""
_SPOKEN = pattern(
    "资料|文章|文中|报道|材料|知识库|里面|提到|提及|提过|写到|讲到|说到|谈到|介绍|出现|知道"
    "|articles?|sources?|texts?|mention(?:ed|s)?|know|speaks?|tell|about"
)
"""That the base speaks of them is what is answered (文章里提到了哪些灯塔)."""
_HOW_MANY = pattern("(?:总共|一共|共|都)?有?(?:多少|几)(?:[个家款项座所条种位名部份艘辆架幢栋张台套])?|how many")
"""Asks for a number of things: how high and how big ask for a measure."""
_SHORTEST = 1
_SEVERAL = 2
_LAST = 99
"""Place on a card of a relation that the pack puts nowhere."""


def kinds_asked(reading: Reading, base: Base, *, one: bool = False) -> frozenset[str]:
    """The kinds of which a question asks for the things, or their number, and for nothing else; else none.

    With `one` also where it asks which one it is.
    """
    if reading.asks != _MANY and not (reading.asks <= _MEMBERS and (one or "list" in reading.asks)):
        return frozenset()
    if reading.intents - _MERELY or (not reading.text.isascii() and any(c in reading.text for c in _FURTHER)):
        return frozenset()
    told = reading.quantities or reading.periods or reading.excepted or reading.codes or reading.titles
    if told or reading.turns or reading.place or reading.unknown or reading.of_whole:
        return frozenset()
    named = {m.text: _kinds_named(m.text, base) for m in reading.mentions if m.entities[0] in base.generic}
    nouns = {w.text: kinds for w in reading.words if (kinds := _kinds_of(w, base))}
    nouns |= {text: kinds for text, kinds in named.items() if kinds}
    if len(set(map(frozenset, nouns.values()))) != 1 or not all(map(_is_plain, reading.words)):
        return frozenset()
    asking = [w for w in reading.words if w.has("q") and w.text not in nouns]
    if reading.asks == _MANY and not all(_HOW_MANY.fullmatch(w.text) for w in asking):
        return frozenset()
    clues = [c for c in reading.clues if not _SPOKEN.fullmatch(c.text)]
    deeds = base.remembered(_relations)() if len(reading.things(base)) == 1 else frozenset[str]()
    if not all(
        (c.light and (c.text in nouns or c.text in _MADE or _asks(c.text, reading))) or not deeds.isdisjoint(c.terms)
        for c in clues
    ):
        return frozenset()
    return frozenset(next(iter(nouns.values())))


def _relations(base: Base) -> frozenset[str]:
    """The terms of the relations to others. To be called through `Base.remembered`."""
    return frozenset(f"r:{r.id}" for r in base.relations if r.value == "entity")


def members(reading: Reading, base: Base) -> Part | None:
    """The things of the kind asked for, those in what is named, each with a fact of its own; None if none is known.

    One statement that names them all, or gives their number, stands in their place.
    """
    kinds = kinds_asked(reading, base)
    places = [m.entities[0] for m in reading.mentions if not kinds.issubset(_kinds_named(m.text, base))]
    if not base.who.isdisjoint(base.entity(e).kind for e in base.whole.intersection(places)):
        places = []  # a pack on one company speaks of what is its own
    if not kinds or len(places) > 1 or not all(_is_place(e, base) for e in places):
        return None
    tie = _tie(reading, base)
    known = _ends(tie, kinds, base) if tie >= 0 else [e for kind in sorted(kinds) for e in base.of_kind(kind)]
    within = places[0] if places else None
    found: dict[int, FactRow] = {}
    for e in outermost(base, called_so(reading, known, base)):
        if e not in places and e not in base.generic and (fact := _told(e, within, base)):
            found[e] = fact
    alone = len(found) < _SEVERAL or not kinds.isdisjoint(base.who | base.persons)
    if not found or (places and reading.asks == _MANY and alone):
        return None  # the only one of a place that is spoken of, or its firms, are hardly all there are
    if whole := _stated(reading, set(found), within, base):
        return part_for(reading, "facts", (whole,))
    return part_for(reading, "members", tuple(dict.fromkeys(found.values())), listed=tuple(found), tie=tie)


def of_owner(reading: Reading, base: Base) -> Part | None:
    """The things of the kinds asked for that statements tie to the one that is named (岚京出发的铁路线, 甲厂造的船).

    By the relations that a verb of the question asks for, or by the only one where who acts is named; firms and
    persons, who have to do with so much, by none.
    """
    kinds = kinds_asked(reading, base, one=True)
    named = [m.entities[0] for m in reading.mentions if not kinds.issubset(_kinds_named(m.text, base))]
    if len(named) != 1 or reading.asks == _MANY or not kinds or not kinds.isdisjoint(base.who | base.persons):
        return None
    owner, asked = named[0], by_verb(reading, base)
    acting = base.entity(owner).kind in base.who or kinds.isdisjoint(base.where)
    if not asked and (not acting or owner in base.whole):
        return None
    found: dict[int, FactRow] = {}
    for fact in map(base.fact, sorted(base.facts_of(owner))):
        relation = base.relations[fact.relation]
        if relation.value != "entity" or (asked and fact.relation not in asked) or fact.negated or fact.former:
            continue
        for e in fact.objects if fact.subject == owner else (fact.subject,) if owner in fact.objects else ():
            if base.entity(e).kind in kinds:
                found.setdefault(e, fact)
    if not found or (not asked and len({f.relation for f in found.values()}) > 1):
        return None
    return part_for(reading, "members", tuple(dict.fromkeys(found.values())), listed=tuple(found))


def by_verb(reading: Reading, base: Base) -> frozenset[int]:
    """The relations to others that a verb of the question asks for."""
    ids = {t[2:] for c in reading.clues if not c.light and not c.attribute for t in c.terms if t[:2] == "r:"}
    return frozenset(r.r for r in base.relations if r.id in ids and r.value == "entity")


def lists_some(facts: tuple[FactRow, ...], reading: Reading, base: Base) -> bool:
    """Whether one of the statements lists or counts things of the kind that is asked for."""
    kinds = base.kinds_like(kinds_asked(reading, base))
    nouns = base.remembered(nouns_for)(kinds) if kinds else ()
    for fact in facts:
        if reading.asks == _MANY:
            if fact.quantities and _says(fact, nouns, base):
                return True
            continue
        told = fact.entities if reading.mentions else fact.objects
        own = [e for e in told if base.entity(e).kind in kinds and e not in reading.entities]
        own = called_so(reading, own, base)
        if len(own) >= (_SEVERAL if reading.mentions else 1):
            return True
        if fact.listed > 1 and not fact.objects and _says(fact, nouns, base):
            return True
    return False


def called_so(reading: Reading, entities: list[int], base: Base) -> list[int]:
    """Those of some things whose names end as the noun asked for; all, where no thing is called by that.

    有哪些研究院 asks for none of the firms, though both are organisations.
    """
    ends = tuple(w.text for w in reading.words if w.has("k") and not w.has("q") and not w.text.isascii())
    if not ends or not base.remembered(_naming)(ends):
        return entities
    return [e for e in entities if base.entity(e).zh.endswith(ends)]


def _naming(ends: tuple[str, ...], base: Base) -> bool:
    """Whether several things have names that end so. To be called through `Base.remembered`."""
    kinds = {k for end in ends for k in base.lexicon.kinds(end)} & base.who
    named = (e for kind in sorted(kinds) for e in base.of_kind(kind) if base.entity(e).zh.endswith(ends))
    return len(list(islice(named, _SEVERAL))) == _SEVERAL


def _says(fact: FactRow, nouns: tuple[str, ...], base: Base) -> bool:
    """Whether a statement has one of the nouns, and not only in the name of what it is on."""
    said = base.statement(fact.f)
    for name in base.folded_names(fact.subject):
        said = said.replace(name, "")
    return any(noun in said for noun in nouns)


def _is_place(e: int, base: Base) -> bool:
    """Whether others can be in it."""
    return base.entity(e).kind in base.where or bool(base.parts_of(e) and base.entity(e).kind not in base.who)


def _kinds_of(word: Word, base: Base) -> list[str]:
    """The kinds that a word stands for: a noun, or what asks for a measure and ends with one (几个岛)."""
    if own := word.kinds:
        return own
    if not word.has("q") or not word.has("r"):
        return []
    if word.text.isascii():
        return _kinds_named(word.text.rpartition(" ")[2], base)
    ends = (word.text[-n:] for n in range(min(4, len(word.text) - 1), _SHORTEST - 1, -1))
    return next((kinds for end in ends if (kinds := base.lexicon.kinds(end))), [])


def _tie(reading: Reading, base: Base) -> int:
    """The relation whose name is the noun asked for (有哪些船长: not all persons), -1 if it is none's."""
    tags = {t[2:] for w in reading.words if w.has("k") and not w.has("q") for t in w.tags if t.startswith("r:")}
    return next((r.r for r in base.relations if r.id in tags and r.value == "entity"), -1)


def _ends(relation: int, kinds: frozenset[str], base: Base) -> list[int]:
    """Those to whom a relation leads."""
    facts = map(base.fact, base.facts_with(relation))
    return list(dict.fromkeys(e for f in facts for e in f.objects if base.entity(e).kind in kinds))


def _kinds_named(name: str, base: Base) -> list[str]:
    return base.lexicon.kinds(phrase(name))


def _is_plain(word: Word) -> bool:
    """Whether a word asks, names a kind, or says nothing by itself."""
    plain = word.has("q") or word.has("k") or word.text in _MADE or any(sort in word.tags for sort in _PLAIN)
    return plain or _SPOKEN.fullmatch(word.text) is not None


def _asks(text: str, reading: Reading) -> bool:
    return any(w.text == text and w.has("q") for w in reading.words)


def _told(e: int, within: int | None, base: Base) -> FactRow | None:
    """The fact by which a thing is known: what ties it to a place, else its first; None if it is elsewhere."""
    about = [f for f in map(base.fact, base.facts_of(e)) if e in (f.subject, *f.objects)]
    if within is not None:
        places = frozenset(r.r for r in base.relations if r.answers == "place")
        tied = [f for f in about if _ties(f, e, within, places) and not f.negated and not f.former]
        if tied or not base.holds(within, e):
            return tied[0] if tied else None
        if within in base.whole and base.entity(e).kind not in base.where and within not in base.above(e):
            return None  # that all places are part of it says nothing of firms
    order = {r: n for n, r in enumerate(base.card)}
    about.sort(key=lambda f: (f.subject != e, order.get(base.relations[f.relation].id, _LAST), f.f))
    return about[0] if about else None


def _ties(fact: FactRow, e: int, other: int, places: frozenset[int]) -> bool:
    """Whether a fact says that a thing is in another."""
    return fact.subject == e and (fact.place == other or (fact.relation in places and other in fact.objects))


def _stated(reading: Reading, found: set[int], within: int | None, base: Base) -> FactRow | None:
    """The statement that names all that were found, or gives just their number for the whole of them."""
    if len(found) < _SEVERAL:
        return None
    facts = [base.fact(f) for f in base.facts_of(min(found))]
    if whole := next((f for f in facts if found.issubset(f.objects) and len(f.objects) == len(found)), None):
        return whole
    if reading.asks != _MANY:
        return None
    holders = {within} if within is not None else base.whole
    clues = [c for c in reading.clues if not _asks(c.text, reading) and not _SPOKEN.fullmatch(c.text)]
    for holder in holders:
        for fact in base.facts_on(holder):
            counts = any(q.value == len(found) and not q.is_share for q in fact.quantities)
            if counts and all(not c.keys or not fact.terms.isdisjoint(c.keys) for c in clues):
                return fact
    return None
