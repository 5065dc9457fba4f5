"""What a pack holds: articles, entities, relations, facts. Plain frozen data; ids are the pack's own strings."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Text:
    """One text in the languages of the product."""

    zh: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)


@dataclass(frozen=True, slots=True)
class Article:
    """A published article."""

    id: str
    title: str
    """Empty where the copy at hand has none."""
    about: Text
    """What the article is about, for where there is no title."""
    publisher: str
    authors: tuple[str, ...]
    published: str
    """ISO, as precise as known: 2023-07."""
    language: str
    url: str
    paragraphs: int
    """Number of non-empty lines of the article's text file."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that people ask about by name."""

    id: str
    kind: str
    name: Text
    aliases: tuple[str, ...] = ()
    part_of: str = ""
    """Id of the entity that holds or owns this one, or ''."""
    description: Text = Text()
    generic: bool = False
    """Named in passing more often than meant (大模型, 中国): a question need not be about it."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What a fact says of its subject."""

    id: str
    label: Text
    value: str
    """What it leads to: number amount share date text entity rank duration."""
    unit: str = ""
    family: str = ""
    """Relations of one family answer the same everyday question by different measures."""
    inverse: Text = Text()
    inverse_cues: tuple[str, ...] = ()
    """Words by which the subject of a known object is asked for."""
    answers: str = ""
    """Type of question that it answers by itself: definition, reason, place, …"""
    cues: tuple[str, ...] = ()
    """Words that people use for it, besides the label, in any language."""


@dataclass(frozen=True, slots=True)
class Citation:
    """An article and its paragraph."""

    article: str
    paragraph: int
    """The n-th non-empty line of the article, from 1."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement with its sources."""

    id: str
    subject: str
    relation: str
    statement: Text
    citations: tuple[Citation, ...]
    """The first one states the fact; further ones carry a name or figure that it takes from elsewhere."""
    value: str = ""
    objects: tuple[str, ...] = ()
    as_of: str = ""
    """When it happened or held: 2023, 2023-07, 2023-07-13, 2023-H1, A/B; '' if timeless."""
    relative: bool = False
    """Whether the date was resolved from the article's own date (今年, 4天后)."""
    according_to: str = ""
    place: str = ""
    mentions: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    """Words that people ask with and that the statement lacks."""
    note: Text = Text()


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Facts that contradict one another, or a source that miscounts."""

    id: str
    facts: tuple[str, ...]
    note: Text


@dataclass(frozen=True, slots=True)
class Unnamed:
    """What the articles tell of without giving its name."""

    what: tuple[str, ...]
    """The nouns by which people ask for it, in any language."""
    facts: tuple[str, ...]
    """The facts that tell of it."""
    of: str = ""
    """The entity whose it is: only who names that asks for it; '' if the facts single it out."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What no fact cites on purpose."""

    article: str
    paragraph: int
    what: tuple[str, ...]
    """The numbers, titles or names meant; empty for the whole paragraph."""
    reason: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A world: all its records."""

    id: str
    title: Text
    articles: tuple[Article, ...] = ()
    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()
    facts: tuple[Fact, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    unnamed: tuple[Unnamed, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    kinds: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Kind of entity → the nouns that ask for it (company → 公司, 企业, firm)."""
    examples: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Language → questions that the help offers."""
    lists: dict[str, str] = field(default_factory=dict)
    """Command → the kind whose entities it lists (cities → city)."""
    card: tuple[str, ...] = ()
    """Relations that say what an entity is, the most telling first."""
    topics: tuple[str, ...] = ()
    """Kinds whose entities are topics rather than things."""
    closed: tuple[str, ...] = ()
    """Kinds whose members always are entities of the pack."""
    alike: tuple[tuple[str, ...], ...] = ()
    """Groups of kinds of which one may be asked for by another's noun."""
    whole: tuple[str, ...] = ()
    """Entities that hold all others of a place (the country), though no part_of says so."""
    short: dict[str, str] = field(default_factory=dict)
    """Character → the entity that it stands for in a row (京沪粤三地)."""
    who: tuple[str, ...] = ()
    """Kinds that answer 谁 (who)."""
    where: tuple[str, ...] = ()
    """Kinds that answer 哪里 (where)."""
