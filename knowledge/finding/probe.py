"""A reading prepared for judging many facts: what is the same for all of them is worked out once."""

from __future__ import annotations

from collections import Counter
from sys import intern
from typing import NamedTuple

from knowledge.linking.link import Mention
from knowledge.reading.asked import NUMERIC
from knowledge.reading.clues import Clue, idf, posting
from knowledge.reading.reading import Reading
from knowledge.reading.slots import Slot
from knowledge.store.base import Base
from knowledge.text.dates import Period
from knowledge.text.lexicon import words as stems
from knowledge.text.numerals import BOUNDS
from knowledge.text.patterns import pattern
from knowledge.text.terms import bigrams

_ARTICLE = pattern(
    "[」”》]?的?(?:[那这]篇|(?:文章|报道|稿子|稿件))| (?:article|report|story)",
    holds=("篇", "文章", "报道", "稿", "article", "report", "story"),
)
_LITTLE = 0.3
"""Added to the weight of a question's wording: of a very short one no fact holds all."""
_THINGS = frozenset({"person", "place", "name"})


class Hints(NamedTuple):
    """What a conversation adds to a question."""

    entities: frozenset[int] = frozenset()
    """Entities spoken of before; a question that names none is about one of these."""
    primary: frozenset[int] = frozenset()
    """Those of them that were asked about last, or given as the answer."""
    clues: tuple[Clue, ...] = ()
    """Clues from the sentences before the question: they count if explained, and are not missed."""
    periods: tuple[Period, ...] = ()


class Named:
    """A mention, prepared for many facts."""

    def __init__(  # noqa: PLR0913, PLR0917 -- a field each
        self,
        entities: tuple[int, ...],
        facts: frozenset[int],
        worth: float,
        generic: bool,
        topic: bool,
        tied: frozenset[int],
        alike: frozenset[int],
        pairs: tuple[str, ...],
    ) -> None:
        self.entities = entities
        self.facts = facts
        """Numbers of the facts that name one of them."""
        self.worth = worth
        self.generic = generic
        self.topic = topic
        self.tied = tied
        """The subjects of facts that speak of it without naming it."""
        self.alike = alike
        """All of its kind: a fact that names another of them speaks of that one (成都's 算力券 is not 杭州's)."""
        self.pairs = pairs
        """The bigrams and stems of its text, in their order."""


_OF = "的"
NO_HINTS = Hints()
"""A question without a conversation before it."""


class Probe:
    """A reading prepared for judging many facts: what is the same for all of them is worked out once."""

    def __init__(self, reading: Reading, base: Base, hints: Hints) -> None:
        kinds = [base.entity(m.entities[0]).kind for m in reading.mentions]
        said = _spelt(reading, base)
        wording = {p.term: p.idf for p in map(base.remembered(posting), [*bigrams(said), *stems(said)])}
        terms = frozenset().union(*[c.keys for c in reading.clues])
        mentions = tuple([_named(m, reading, base, kinds) for m in reading.mentions])
        sought = terms.union(wording, *[m.pairs for m in mentions])
        cues = [base.relation_numbers[t[2:]] for c in reading.clues for t in c.terms if t[:2] == "r:"]
        numeric = bool(reading.asks & NUMERIC)
        self.reading = reading
        self.hints = hints
        self.base = base
        self.mentions = mentions
        self.weight = sum([c.weight for c in reading.clues])
        """Of all clues."""
        self.terms = terms
        """All index terms of the clues."""
        self.wording = wording
        """How telling each bigram and stem of the question is, whatever part it plays in it."""
        self.weights = dict.fromkeys(sought, 0.0) | wording
        """Weights in the wording of all terms sought."""
        self.sought = sought
        """The terms of the clues, of the wording and of the names as they are written."""
        self.worded = sum(wording.values()) + _LITTLE
        """Weight of the whole wording, a little more than nothing."""
        self.cues = Counter(cues) if cues else {}
        """For each relation that a clue names, how many do."""
        self.heard = tuple([c for c in hints.clues if not c.light])
        """The clues of the sentences before the question, without the light ones."""
        self.slot = Slot(reading, base)
        self.listing = "list" in reading.asks or bool(reading.wanted)
        """Whether a list is asked for."""
        self.numeric = numeric
        self.companions = _companions(reading, base) if numeric else frozenset()
        """Where a figure is asked for: others of the kinds of what is named, with whom a figure may be shared."""
        self.counted = tuple(bigrams(reading.counted)[:3]) if reading.counted else ()
        """Bigrams of the noun counted (多少个大模型)."""
        self.han = not reading.text.isascii()
        self.things = bool(reading.asks & _THINGS or reading.kinds)
        """Whether a person, place or thing of a kind is asked for."""
        self.open = not (reading.asks or reading.kinds or reading.wanted)
        """Whether nothing of a certain form is asked for."""
        claimed = "verify" in reading.intents
        self.figures = tuple([q for q in reading.quantities if not claimed or q.bound not in BOUNDS])
        """The figures that the statement sought gives itself: within a bound that is claimed lies many another."""
        self.plain = not (
            reading.quantities or reading.periods or reading.excepted or hints.entities or hints.clues or hints.periods
        )
        """Whether figures, dates and context play no part."""


class _Name(NamedTuple):
    """What is the same for a name in all questions."""

    generic: bool
    rarity: float
    topic: bool
    facts: frozenset[int]
    pairs: tuple[str, ...]


def _name(entities: tuple[int, ...], text: str, base: Base) -> _Name:
    rows = [base.entity(e) for e in entities]
    return _Name(
        generic=all(e.generic for e in rows),
        rarity=max(idf(e.facts, base.fact_count) for e in rows),
        topic=all(e.kind in base.topics for e in rows),
        facts=frozenset().union(*[base.facts_of(e) for e in entities]),
        pairs=tuple(map(intern, sorted((*bigrams(text), *stems(text)), key=text.find))),
    )


def _named(mention: Mention, reading: Reading, base: Base, kinds: list[str]) -> Named:
    name = base.remembered(_name)(mention.entities, mention.text)
    # 视谷那篇文章 names an article, which a fact need not speak of
    generic = name.generic or bool(_ARTICLE.match(reading.text, mention.end)) or _whose(mention, reading, base)
    # several of one kind are each asked about: none of them stands for another
    kind = base.entity(mention.entities[0]).kind
    sole = kinds.count(kind) == 1 and "verify" not in reading.intents
    tied = base.linked(mention.entities[0]) if sole else frozenset[int]()
    alike = base.remembered(_of_kind)(kind) if tied else tied
    worth = 3.5 * name.rarity + (0.0 if generic else 0.8)
    return Named(mention.entities, name.facts, worth, generic, name.topic, tied, alike, name.pairs)


def _whose(mention: Mention, reading: Reading, base: Base) -> bool:
    """Whether it only says to which firm a person named behind it belongs, as is known (面壁智能的刘知远)."""
    if "verify" in reading.intents or base.entity(mention.entities[0]).kind not in base.who - base.persons:
        return False
    behind = next((m for m in reading.mentions if 0 <= m.start - mention.end <= len(_OF)), None)
    if behind is None or reading.text[mention.end : behind.start] not in ("", _OF):
        return False
    person, firm = behind.entities[0], mention.entities[0]
    return base.entity(person).kind in base.persons and any(firm in f.entities for f in base.facts_on(person))


def _companions(reading: Reading, base: Base) -> frozenset[int]:
    named = [reading.mentions[i].entities[0] for i in reading.things(base)]
    alike = [base.remembered(_of_kind)(base.entity(e).kind) for e in named]
    return frozenset[int]().union(*alike) - reading.entities


def _of_kind(kind: str, base: Base) -> frozenset[int]:
    return frozenset(base.of_kind(kind))


def _spelt(reading: Reading, base: Base) -> str:
    """The question with the names that statements use in place of aliases and misspelt ones."""
    text = reading.text
    for mention in reversed(reading.mentions):
        name = base.folded_names(mention.entities[0])[0]
        if mention.text not in name:
            text = text[: mention.start] + name + text[mention.end :]
    return text
