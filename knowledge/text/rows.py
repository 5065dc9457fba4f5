"""What a fact base holds, as frozen records: entities, relations, facts, articles."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from sys import intern
from typing import Any, NamedTuple

from knowledge.text.dates import Period, parse_period
from knowledge.text.numerals import Quantity
from knowledge.text.order import says_place, turns_in


class EntityRow:
    """An entity as the base holds it. Entities of one base are the same if their numbers are."""

    e: int
    id: str
    kind: str
    zh: str
    en: str
    part_of: int
    """Number of the entity that holds it, -1 if none."""
    about_zh: str
    about_en: str
    aliases: tuple[str, ...]
    generic: bool
    """Named in passing more often than meant."""
    facts: int
    """How many facts speak of it."""

    hant: str
    """The name in traditional characters."""

    __slots__ = tuple(__annotations__)

    def __init__(self, row: tuple[Any, ...]) -> None:
        """From a row of the base."""
        self.e, self.id, self.kind, self.zh, self.en, self.part_of, self.about_zh, self.about_en = row[:8]
        self.aliases = tuple(json.loads(row[8]))
        self.generic, self.facts, self.hant = bool(row[9]), row[10], row[11]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, EntityRow) and other.e == self.e

    def __hash__(self) -> int:
        return self.e

    @property
    def names(self) -> tuple[str, ...]:
        """Chinese, English, aliases; traditional characters only where an alias has them."""
        return (self.zh, self.en, *self.aliases)

    def stands_in(self, statement: str) -> bool:
        """Whether a statement has one of the names as it is written."""
        return any(name in statement for name in self.names if name)

    def name(self, language: str) -> str:
        """The name in an answer's language."""
        return self.en if language == "en" else self.hant if language == "zh-Hant" else self.zh


class RelationRow(NamedTuple):
    """A relation as the base holds it."""

    r: int
    id: str
    zh: str
    en: str
    value: str
    unit: str
    family: str
    answers: str
    """Type of question that it answers by itself, '' if none."""
    hant: str
    """The label in traditional characters."""

    def label(self, language: str) -> str:
        """The label in an answer's language."""
        if language == "en" and self.en:
            return self.en
        return self.hant if language == "zh-Hant" else self.zh


class Cited(NamedTuple):
    """An article and its paragraph."""

    article: str
    paragraph: int


class FactRow:
    """A fact as the base holds it, ready to be judged. Facts of one base are the same if their numbers are.

    What every judgement looks at stands first, side by side in memory.
    """

    f: int
    subject: int
    relation: int
    entities: frozenset[int]
    """Subject, objects and all others that the statement names."""
    spoken: frozenset[int]
    """Those of them of which the statement itself has a name, as it is written."""
    within: frozenset[int]
    """`entities`, whatever these are part of, and who published or wrote the articles cited."""
    terms: frozenset[str]
    """Index terms, those of the cues too."""
    cued: frozenset[str]
    """Those of them that only the cues have, not the statement, the value or the names."""
    size: int
    """Number of terms of the statement alone."""
    relation_term: str
    """The tag of its relation's cues."""
    quantities: tuple[Quantity, ...]
    """The value's first, then those of the statement; dates are not among them."""
    figures: tuple[tuple[Decimal, bool], ...]
    """The value of each, and whether it is a share."""
    periods: tuple[Period, ...]
    """The as-of date first, then the dates that the statement names."""
    timed: bool
    """Whether the statement names a date, and not only as a part of names."""
    published: Period | None
    """When the first cited article came out."""
    listed: int
    """How many things the statement enumerates."""
    objects: tuple[int, ...]
    as_of: str
    measured: bool
    """Whether its value is a figure."""
    id: str
    value: str
    zh: str
    en: str
    relative: bool
    by: int
    place: int
    note: tuple[str, str, str]
    """In zh-Hans, en and zh-Hant."""
    citations: tuple[Cited, ...]
    reasoned: bool
    """Whether the statement gives a reason."""
    negated: bool
    """Whether the statement denies something."""
    superlative: bool
    """Whether the statement says who or what comes first or last."""
    opposed: tuple[str, ...]
    """Words whose opposites stand in the statement, folded: a claim that has one of them says the contrary."""
    former: bool
    """Whether the statement speaks of what was so once."""
    remaining: bool
    """Whether the statement speaks of what remains without some (其他城市合计11个)."""
    planned: bool
    """Whether the statement tells an aim, a plan, a forecast or a bound set."""
    hant: str
    """The statement in traditional characters."""
    value_hant: str

    __slots__ = tuple(__annotations__)

    def __init__(
        self,
        row: Sequence[Any],
        citations: Iterable[tuple[str, int]],
        above: Callable[[int], list[int]],
        article: ArticleRow | None,
        relations: Sequence[RelationRow],
    ) -> None:
        """From a row of the base's facts, the (article, paragraph) pairs that it cites and the first cited article.

        `above` tells what an entity is part of, and that in turn.
        """
        f, id_, subject, relation, as_of, raw, held = row
        # a term that many facts hold is one object: it takes less memory, and is found to be the same at a glance
        own, cued = (tuple(map(intern, terms.split("\x1f"))) for terms in held.split("\x1e"))
        data = json.loads(raw)
        entities = frozenset(data["entities"])
        within = entities.union(data["sources"], *map(above, entities))
        quantities = [Quantity(Decimal(v), unit, bound, 0, 0, "") for v, unit, bound in data["quantities"]]
        self.f = f
        self.subject = subject
        self.relation = relation
        self.entities = entities
        self.spoken = frozenset(data["spoken"])
        self.within = within
        self.terms = frozenset(own + cued)
        self.cued = frozenset(cued)
        self.size = data["size"]
        self.relation_term = f"r:{relations[relation].id}"
        self.quantities = tuple(quantities)
        self.figures = tuple((q.value, q.is_share) for q in quantities)
        self.periods = tuple(Period(tuple(a), tuple(b)) for a, b in data["periods"])
        self.timed = data["timed"]
        self.published = parse_period(article.published) if article else None
        self.listed = max(len(data["objects"]), data["listed"])
        self.objects = tuple(data["objects"])
        self.as_of = as_of
        self.measured = data["measured"]
        self.id = id_
        self.value = data["value"]
        self.zh = data["zh"]
        self.en = data["en"]
        self.relative = data["relative"]
        self.by = data["by"]
        self.place = data["place"]
        self.note = tuple(data["note"])
        self.citations = tuple(Cited(*pair) for pair in citations)
        self.reasoned = data["reasoned"]
        self.negated = data["negated"]
        self.superlative = data["superlative"]
        self.opposed = tuple(data["opposed"])
        self.former = data["former"]
        self.remaining = data["remaining"]
        self.planned = data["planned"]
        self.hant = data["hant"]
        self.value_hant = data["value_hant"]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FactRow) and other.f == self.f

    def __hash__(self) -> int:
        return self.f

    @property
    def stretches(self) -> bool:
        """Whether it holds for the time from one date to another."""
        return "/" in self.as_of

    def of_other_turn(self, turns: tuple[tuple[str, str], ...]) -> bool:
        """Whether the statement is on another turn (批, 代, 期) than one of these: (which, of what)."""
        own = turns_in(self.zh)
        return any(any(what == noun for _, what in own) and (which, noun) not in own for which, noun in turns)

    def names_place(self, place: int) -> bool:
        """Whether the statement says what is the second, third, … in order."""
        return says_place(self.zh, place)

    def statement(self, language: str) -> str:
        """The statement in an answer's language."""
        if language == "en" and self.en:
            return self.en
        return self.hant if language == "zh-Hant" else self.zh

    def answer(self, language: str) -> str:
        """The value as written, in the characters of the language."""
        return self.value_hant if language == "zh-Hant" else self.value


class ArticleRow(NamedTuple):
    """An article as the base holds it."""

    id: str
    title: str
    about_zh: str
    about_en: str
    publisher: str
    authors: tuple[str, ...]
    published: str
    paragraphs: int
    title_hant: str
    about_hant: str
    publisher_hant: str

    def heading(self, language: str) -> str:
        """The title; where there is none, what the article is about."""
        if language == "zh-Hant":
            return self.title_hant or self.about_hant
        return self.title or (self.about_en if language == "en" else self.about_zh)


class ListRow(NamedTuple):
    """A kind whose entities are offered as a list."""

    command: str
    """Its English name too: cities."""
    kind: str
    zh: str
    hant: str

    def noun(self, language: str) -> str:
        """What is listed, in an answer's language."""
        return self.command if language == "en" else self.hant if language == "zh-Hant" else self.zh


class UnnamedRow(NamedTuple):
    """What the articles tell of without giving its name."""

    words: tuple[str, ...]
    """The nouns that ask for it, folded."""
    facts: frozenset[int]
    """Numbers of the facts that tell of it."""
    of: int
    """Number of the entity whose it is, which a question has to name; -1 if the facts single it out."""


def article_row(row: tuple[Any, ...]) -> ArticleRow:
    """An article from its row in the base."""
    return ArticleRow(row[0], row[1], row[2], row[3], row[4], tuple(json.loads(row[5])), row[6], row[9], *row[10:13])


def named(e: int, name: str) -> EntityRow:
    """What only triples name, as an entity: it has a number and one name."""
    return EntityRow((e, name, "", name, name, -1, "", "", "[]", False, 0, name))
