"""What a question came to: parts with facts, options, related facts, and the context for the next question."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow

if TYPE_CHECKING:
    from knowledge.plain.base import Name, Triple
    from knowledge.plain.predicate import Predicate

_MISSPELT = frozenset({"sound", "edit"})
"""How a name was linked that stands there otherwise."""


class Figure(NamedTuple):
    """A number taken from a fact, for comparing and calculating."""

    entity: int
    fact: FactRow
    value: Decimal
    unit: str
    share: bool
    bound: str
    label: tuple[str, str] = ("", "")
    """What it is of, in zh-Hans and zh-Hant, where that is no entity (应用层)."""
    text: tuple[str, str] = ("", "")
    """How it is written, where the fact's value holds more."""


class Found(NamedTuple):
    """What a bulk base holds on one subject and predicate."""

    name: Name
    """Named in the question: the subject, or the object if `backward`."""
    predicate: Predicate
    backward: bool
    triples: tuple[Triple, ...]
    """The first of them, each value once; backward their values are the subjects."""
    total: int
    """How many there are."""


class Part(NamedTuple):
    """The answer to one question of a message."""

    kind: str
    """facts, card, source, conflict, verify, values, members; or what was worked out: rank, filter, dated, order,
    first, difference, sum, ratio, rest, complement, excess, portion, whole, share, below, above, interval."""
    facts: tuple[FactRow, ...]
    """The facts that answer, best first."""
    others: tuple[FactRow, ...] = ()
    """Facts that give another figure for the same thing: other date, other counter."""
    verdict: str = ""
    """For verify: yes, no, absent (not on the list), or '' where the base only says what it says."""
    absent: tuple[int, ...] = ()
    """The entities asked about that are not on the list."""
    listed: tuple[int, ...] = ()
    """For members: the things of a kind that the base speaks of."""
    tie: int = -1
    """For members: the relation that leads to all of them, where its name is what was asked for; else -1."""
    figures: tuple[Figure, ...] = ()
    """For what was worked out: the terms, in order."""
    result: Decimal | None = None
    """What they come to; shares are fractions of one."""
    notes: tuple[tuple[str, str, str], ...] = ()
    """Notes on disagreements and miscounts, in zh-Hans, en and zh-Hant."""
    place: int = 1
    """For rank: which one in order is asked for."""
    understood: tuple[tuple[str, int], ...] = ()
    """Misspelt names and the entities they were taken for."""
    respelt: tuple[tuple[str, str], ...] = ()
    """Other words misspelt, and those they were taken for."""
    asks: frozenset[str] = frozenset()
    named: frozenset[int] = frozenset()
    """Entities that the question names."""
    kinds: frozenset[str] = frozenset()
    """The kinds of entity that it asks for by a noun."""
    found: tuple[Found, ...] = ()
    """For values and card of a bulk base: what it holds."""

    @property
    def worked(self) -> bool:
        """Whether it gives what no fact states."""
        return self.result is not None


def part_for(reading: Reading, kind: str, facts: tuple[FactRow, ...], **more: Any) -> Part:
    """A part that answers a reading; `more` are fields of Part."""
    understood = tuple((m.text, m.entities[0]) for m in reading.mentions if m.how in _MISSPELT)
    kinds = frozenset(reading.kinds)
    return Part(kind, facts, understood=understood, asks=reading.asks, named=reading.entities, kinds=kinds, **more)


def noted(base: Base, kind: str, reading: Reading, facts: tuple[FactRow, ...], others: tuple[FactRow, ...]) -> Part:
    """A part with what the pack notes on its facts."""
    notes = [f.note for f in facts if f.note[0]]
    told = [f.f for f in facts]
    notes += [note for numbers, note in base.disagreements() if not numbers.isdisjoint(told)]
    return part_for(reading, kind, facts, others=others, notes=tuple(dict.fromkeys(notes))[:2])


class Option(NamedTuple):
    """One of several things a question may mean."""

    entity: int
    fact: FactRow | Found


class Context(NamedTuple):
    """What is remembered of the last question of a conversation."""

    text: str = ""
    """The question, folded, with what it lacked filled in."""
    spans: tuple[tuple[int, int, int], ...] = ()
    """(start, end, entity) of its mentions."""
    named: tuple[int, ...] = ()
    """Entities of the question, then those of the questions before it that were of one kind with them."""
    answered: tuple[int, ...] = ()
    """Entities that the answer gave."""
    primary: tuple[int, ...] = ()
    """Those that a pronoun most likely means: named last, or the answer itself."""
    facts: tuple[int, ...] = ()
    past: tuple[int, ...] = ()
    """The facts with a figure that led the answers before, the last one last."""
    rest: tuple[int, ...] = ()
    """Facts that would have been shown next."""
    options: tuple[int, ...] = ()
    """Entities offered for choice."""
    lost: bool = False
    """Whether what was spoken of last is nothing that the base knows: what leans on it is of nothing else."""
    topics: tuple[int, ...] = ()
    """Names of a bulk base that were spoken of, the last one first."""
    listed: tuple[int, ...] = ()
    """Names that an answer listed as values of a topic."""
    question: str = ""
    """The last question to a bulk base that named something, folded."""
    span: tuple[int, int] = (0, 0)
    """Where in it the name stands."""


NO_CONTEXT = Context()
"""The beginning of a conversation."""


class Outcome(NamedTuple):
    """The result of one message."""

    status: str
    """answered, ambiguous, unknown, smalltalk."""
    reading: Reading
    """Of the last question in the message."""
    parts: tuple[Part, ...] = ()
    options: tuple[Option, ...] = ()
    related: tuple[FactRow, ...] = ()
    smalltalk: str = ""
    """Kind of small talk, or of message that can't be a question: empty, toolong."""
    unknown: tuple[str, ...] = ()
    """Words that nothing explained."""
    unanswered: tuple[str, ...] = ()
    """Questions of the message that could not be answered while others were."""
    context: Context = NO_CONTEXT

    @property
    def leading(self) -> tuple[FactRow, ...]:
        """The first fact of each part: what answers, without what stands beside it."""
        return tuple(f for p in self.parts for f in p.facts[:1])
