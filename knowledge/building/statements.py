"""What is told of a statement before any question is asked: its terms, figures, dates, names, whether it denies.

All of it is computed once, when a pack is compiled, and stands in the base beside the statement.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from knowledge.building.tables import to_traditional
from knowledge.building.wordlists import load_opposites, load_variants, load_words
from knowledge.reading.roster import enumerated
from knowledge.store.records import Entity, Fact, Pack, Relation
from knowledge.text.dates import find_periods, parse_period
from knowledge.text.fold import Tables, name_key
from knowledge.text.lexicon import Lexicon, phrase
from knowledge.text.numerals import Quantity, find_quantities, longest_first
from knowledge.text.patterns import HAN, stands
from knowledge.text.terms import figure_terms, index_terms, spelt_terms, word_terms

_UP_TO = re.compile(r"最[高低多少大小][约近]?(?=\d)|最(?:终|初|后(?![一的]))|(?:隐形|单项)冠军")
"""Up to so much, at last: 最高500万元 and 最后胜出 are no superlatives."""
_BOUND = re.compile(r"最[高多][^,，;；。在是]{0,4}?\d")
"""A bound that is set (最高资助500万元): the words for it say elsewhere who comes first."""

_QUOTED = re.compile("“[^“”]*”|「[^「」]*」")
"""What somebody says or is called: no denial of what is told (“让天下没有难做的生意”)."""
_BEFORE = 2
"""So many characters before a word a longer one may begin that holds it (毫无疑问)."""


def whole_in(name: str, statement: str) -> bool:
    """Whether a name stands in a statement, and not only as a part of a longer number (0到1 in 10到10)."""
    at = statement.find(name)
    while at >= 0 and name[0].isdigit() and statement[at - 1 : at].isdigit():
        at = statement.find(name, at + 1)
    end = at + len(name)
    return at >= 0 and not (name[-1].isdigit() and statement[end : end + 1].isdigit())


def _figures(folded: str, units: tuple[str, ...]) -> list[Quantity]:
    """The quantities of a folded text; the figures of its dates are none."""
    dates = [(p.start, p.end) for p in find_periods(folded)]
    return [q for q in find_quantities(folded, units) if not any(s < q.end and q.start < e for s, e in dates)]


def entity_names(entity: Entity) -> list[str]:
    """All names of an entity, those in quotes without them too."""
    names = [entity.name.zh, entity.name.en, *entity.aliases]
    names += [n.strip("《》「」“”\"'") for n in names if n[:1] in "《「“\"'"]
    return list(dict.fromkeys(n for n in names if n))


class Statements:
    """Reads the statements of one pack."""

    def __init__(self, pack: Pack, tables: Tables, lexicon: Lexicon) -> None:
        self.pack = pack
        self.tables = tables
        self.lexicon = lexicon
        self.number = {x.id: n for n, x in enumerate(pack.entities)}
        self.entities = {x.id: x for x in pack.entities}
        self.relations = {x.id: x for x in pack.relations}
        self.units = longest_first(tables.fold(x.unit) for x in pack.relations)
        self.reasons = [self.tables.fold(w) for w in load_words("reason")]
        self.why = frozenset(self.lexicon.having("q:reason"))
        self.superlatives = [self.tables.fold(w) for w in load_words("superlative")]
        self.labels = {r.id: self.tables.fold(r.label.zh) for r in pack.relations}
        self.purposes, self.formerly = self._purposes(), self._attributes("formerly")
        self.opposites = load_opposites(self.tables)
        self.former = self.lexicon.having("i:once")
        self.remaining = self.lexicon.having("i:rest", "i:others")
        self.planned = [self.tables.fold(w) for w in load_words("planned")]
        self.negations = [*load_words("denial"), *(w for w in self.lexicon.having("i:negation") if not w.isascii())]
        topics = [e for e in pack.entities if e.kind in pack.topics]
        spellings = (self.tables.fold(word) for pair in load_variants() for word in pair)
        self.variants = {term for word in spellings for term in word_terms(word, lexicon)}
        """The terms of words that people write in several ways (AI), in names too."""
        self.topic_names = [(n, e.id) for e in topics for n in entity_names(e) if HAN.search(n) and len(n) > 2]
        self._entities: dict[str, list[str]] = {}
        """Fact → what it speaks of: asked for several times for each."""
        self.by_name: dict[str, list[int]] = defaultdict(list)
        for entity in pack.entities:
            self.by_name[name_key(self.tables.fold(entity.name.zh))].append(self.number[entity.id])

    def topics_of(self, fact: Fact) -> list[str]:
        """Terms and technologies that the statement names: no editor need list them."""
        return [id_ for name, id_ in self.topic_names if whole_in(name, fact.statement.zh)]

    def entities_of(self, fact: Fact) -> list[str]:
        """Ids of all entities that a fact speaks of, its subject first."""
        found = self._entities.get(fact.id)
        if found is None:
            refs = [fact.subject, *fact.objects, *fact.mentions, fact.according_to, fact.place, *self.topics_of(fact)]
            found = self._entities[fact.id] = list(dict.fromkeys(r for r in refs if r))
        return found

    def spoken(self, fact: Fact) -> list[int]:
        """Those of its entities of which the statement itself has a name, as it is written."""
        entities = [self.entities[ref] for ref in self.entities_of(fact)]
        written = ((e, (e.name.zh, e.name.en, *e.aliases)) for e in entities)
        return [self.number[e.id] for e, names in written if any(n and n in fact.statement.zh for n in names)]

    def traditional(self, text: str, fact: Fact) -> str:
        """The statement in traditional characters; names apart from what stands around them."""
        names = {n for ref in self.entities_of(fact) for n in entity_names(self.entities[ref]) if HAN.search(n)}
        if not names:
            return to_traditional(text)
        pieces = re.split("(" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + ")", text)
        return "".join(map(to_traditional, pieces))

    def source_entities(self, article_id: str) -> list[int]:
        """Entities that are the publisher or an author of an article: 'by what X reports' means its facts."""
        article = next((a for a in self.pack.articles if a.id == article_id), None)
        names = {name_key(self.tables.fold(n)) for n in (article.publisher, *article.authors)} if article else set()
        return [n for key in names for n in self.by_name.get(key, ())]

    def terms_of(self, fact: Fact) -> tuple[set[str], set[str]]:
        """Terms of the statement, the value and the names; and those that only the cues add.

        The name of somebody who acts is found by how it is written, and means nothing else: what stands at a school of
        technology is told of no education.
        """
        relation = self.relations[fact.relation]
        entities = [self.entities[ref] for ref in self.entities_of(fact)]
        written = [n for e in entities for n in (e.name.zh, e.name.en)]
        acting = self._folded_names(e for e in entities if e.kind in self.pack.who)
        own: set[str] = {f"r:{fact.relation}"}
        for part in (fact.statement.zh, fact.statement.en, fact.value, relation.label.zh, relation.label.en, *written):
            folded = self.tables.fold(part)
            own |= spelt_terms(folded)
            own |= word_terms(self.nameless(folded, acting), self.lexicon)
            own |= word_terms(folded, self.lexicon) & self.variants
        own |= self._counting(relation)
        if relation.answers == "definition":
            own |= self.purposes
        folded = self.tables.fold(fact.statement.zh)
        if any(word in folded for word in self.former):
            own |= self.formerly
        own.update(figure_terms(find_quantities(folded), find_periods(folded)))
        cued: set[str] = set()
        for cue in fact.cues:
            cued |= index_terms(self.tables.fold(cue), self.lexicon)
        return own, cued - own

    def _purposes(self) -> set[str]:
        """The attributes for what a thing is for: where a pack has no relation for that, what it is tells it."""
        own = self._attributes("purpose")
        words = [self.tables.fold(w) for r in self.pack.relations for w in (r.label.zh, r.label.en, *r.cues)]
        return own if own.isdisjoint(t for w in words for t in self.lexicon.tags.get(phrase(w), ())) else set()

    def _attributes(self, role: str) -> set[str]:
        """The attributes for which some words of the language ask."""
        tags = (t for word in load_words(role) for t in self.lexicon.tags.get(self.tables.fold(word), ()))
        return {t for t in tags if t[:2] == "a:"}

    def _counting(self, relation: Relation) -> set[str]:
        """The attributes of which a relation gives the number, for which it is called by what is counted (员工)."""
        if relation.value != "number":
            return set()
        zh, en = self.tables.fold(relation.label.zh), self.tables.fold(relation.label.en)
        forms = (f"{zh}数", f"{zh}数量", f"{zh}人数", f"number of {en}", f"how many {en}")
        tags = (t for form in forms for t in self.lexicon.tags.get(phrase(form), ()))
        return {t for t in tags if t[:2] == "a:"}

    def names_of(self, fact: Fact) -> list[str]:
        """The names of all that a fact speaks of, folded, the longest first."""
        return self._folded_names(self.entities[ref] for ref in self.entities_of(fact))

    def _folded_names(self, entities: Iterable[Entity]) -> list[str]:
        """The names of some entities, folded, the longest first."""
        names = {self.tables.fold(n) for e in entities for n in entity_names(e)}
        return sorted(names, key=lambda name: (-len(name), name))

    def nameless(self, folded: str, names: Iterable[str]) -> str:
        """A folded text without the names in it: 2024年大会 tells no date, 伙伴计划 no plan."""
        for name in names:
            folded = folded.replace(name, "|")
        return folded

    def _bounded(self, fact: Fact, folded: str) -> bool:
        """Whether a statement sets a bound (最高资助500万元), and not by the name of its measure alone (最高时速)."""
        return _BOUND.search(self.nameless(folded, (self.labels[fact.relation],))) is not None

    def denies(self, text: str) -> bool:
        """Whether a text says that something is not so: a word for that stands there, and not within another (未来)."""
        return any(self._stands_alone(text, word) for word in self.negations)

    def _stands_alone(self, text: str, word: str) -> bool:
        at = text.find(word)
        while at >= 0:
            longer = (
                self.lexicon.longest_at(text, start) - (at - start) for start in range(max(0, at - _BEFORE), at + 1)
            )
            if max(longer) <= len(word):
                return True
            at = text.find(word, at + 1)
        return False

    def opposed(self, zh: str, en: str) -> list[str]:
        """The words that say the contrary of a folded statement: those opposite to one of its own."""
        found: dict[str, None] = {}
        for sides in self.opposites:
            held = [any(stands(w, en if w.isascii() else zh) for w in side) for side in sides]
            if sum(held) == 1:
                found.update(dict.fromkeys(w for side, own in zip(sides, held, strict=True) if not own for w in side))
        return list(found)

    def data_of(self, fact: Fact) -> dict[str, object]:
        """What the base holds of a fact beside its subject and relation; `Base._fact` reads it."""
        folded = self.tables.fold(fact.statement.zh)
        both = self.tables.fold(f"{fact.statement.zh} {fact.statement.en}")
        names = self.names_of(fact)
        told = self.nameless(f"{self.labels[fact.relation]}|{folded}", names)
        periods = [(p.first, p.last) for p in find_periods(folded) if p.year]
        if fact.as_of:
            period = parse_period(fact.as_of)
            periods.insert(0, (period.first, period.last))
        quantities = _figures(self.tables.fold(fact.value), self.units)
        measured = bool(quantities)
        quantities += [q for q in _figures(folded, self.units) if q.text != "一"]
        return {
            "value": fact.value,
            "objects": [self.number[o] for o in fact.objects],
            "entities": [self.number[r] for r in self.entities_of(fact)],
            "zh": fact.statement.zh,
            "en": fact.statement.en,
            "relative": fact.relative,
            "by": self.number.get(fact.according_to, -1),
            "place": self.number.get(fact.place, -1),
            "note": [fact.note.zh, fact.note.en, to_traditional(fact.note.zh)],
            "hant": self.traditional(fact.statement.zh, fact),
            "value_hant": to_traditional(fact.value),
            "quantities": [(str(q.value.normalize()), q.unit, q.bound) for q in quantities],
            "periods": periods,
            "timed": bool(find_periods(self.nameless(folded, (n for n in names if any(map(str.isdigit, n)))))),
            "reasoned": any(word in folded for word in self.reasons)
            or any(self.tables.fold(cue) in self.why for cue in fact.cues),
            "negated": self.denies(self.nameless(_QUOTED.sub("|", folded), names)),
            "superlative": any(word in _UP_TO.sub("", folded) for word in self.superlatives),
            "opposed": self.opposed(folded, self.tables.fold(fact.statement.en)),
            "former": any(word in folded or word in self.labels[fact.relation] for word in self.former),
            "remaining": any(word in self.nameless(both, names) for word in self.remaining),
            "planned": any(word in told for word in self.planned) or self._bounded(fact, folded),
            "measured": measured,
            "spoken": self.spoken(fact),
            "listed": enumerated(fact.statement.zh),
            "size": len(index_terms(folded, self.lexicon)),
            "sources": sorted({n for c in fact.citations for n in self.source_entities(c.article)}),
        }
