"""A fact and how well it explains a question, in figures from which it is decided whether it is the answer."""

from __future__ import annotations

from math import exp, fsum, log

from knowledge.finding.probe import Probe
from knowledge.reading.clues import Clue
from knowledge.store.base import FactRow

LITTLE = 0.2
"""Weight of the words explained below which a fact says no more than whom it is about."""
SOME = 0.4
"""The same from which on it says something of what is asked."""
_A_LIST = 3
"""Figures of a fact from which on none is that of the whole."""
_AS_GOOD = 1.5
"""Figures of one thing and measure are as good as each other within this score: their wording differs."""


class Words:
    """What a fact explains of the clues; the same for all facts that hold the same of their terms."""

    def __init__(  # noqa: PLR0913, PLR0917 -- a field each
        self,
        own: float,
        cued: float,
        light: float,
        soft: float,
        strict: float,
        matched: float,
        hit: bool,
        missing: tuple[Clue, ...],
        told: int,
        score: float,
    ) -> None:
        self.own = own
        """Weight of the words explained by the statement itself."""
        self.cued = cued
        """Weight of those that only its cues explain."""
        self.light = light
        """Weight of the light words explained."""
        self.soft = soft
        """Weight of the words that it does not explain and that may be mere wording."""
        self.strict = strict
        """Weight of the attributes asked for that it does not speak of."""
        self.matched = matched
        """Number of characters explained by the statement itself."""
        self.hit = hit
        """Whether a cue of its relation stands in the question."""
        self.missing = missing
        """Clues of some weight that it does not explain."""
        self.told = told
        """How many question words that name an attribute (多高) it answers to."""
        self.score = score
        """Without the part that depends on the fact's length."""


class Names:
    """What a fact says of the things named; the same for all facts that say as much of each."""

    def __init__(
        self,
        named: float,
        unnamed: float,
        topics: float,
        lacking: tuple[int, ...],
        about: bool,
        bridged: bool,
        score: float,
    ) -> None:
        self.named = named
        """Weight of those it speaks of."""
        self.unnamed = unnamed
        """Weight of those it does not, topics too."""
        self.topics = topics
        """Weight of the topics that it does not speak of."""
        self.lacking = lacking
        """Indices of the mentions it does not speak of, topics left out."""
        self.about = about
        """Whether its subject is named."""
        self.bridged = bridged
        """Whether something named is not spoken of itself, but only tied to its subject."""
        self.score = score


NO_NAMES = Names(0.0, 0.0, 0.0, (), about=False, bridged=False, score=0.0)


class Finding:
    """A fact and how well it explains the question: dozens are made for a question, few are looked at closely."""

    def __init__(  # noqa: PLR0913, PLR0917 -- a field each
        self,
        score: float,
        fact: FactRow,
        words: Words,
        names: Names,
        fits: float,
        dated: bool,
        background: float,
        strict: float,
        echoed: float,
        by_cue: frozenset[str],
        probe: Probe,
    ) -> None:
        self.score = score
        self.fact = fact
        self.words = words
        self.names = names
        self.fits = fits
        """1 if it holds an answer of the type asked for, 0 if it can't, between if it may."""
        self.dated = dated
        """Whether its date agrees with the one asked for."""
        self.background = background
        """Weight of what it explains of the sentences before the question."""
        self.strict = strict
        """Weight of the attributes, and of the version, asked for that it does not speak of."""
        self.echoed = echoed
        """Weight of the question's wording, names and all, that the statement itself holds."""
        self.by_cue = by_cue
        """The terms sought that only the fact's cues hold."""
        self.probe = probe
        """The question."""

    @property
    def heard(self) -> float:
        """Share of the question's wording that the fact holds, 0 to 1."""
        return (self.echoed + fsum(map(self.probe.weights.__getitem__, self.by_cue))) / self.probe.worded

    @property
    def echo(self) -> float:
        """The same of the statement itself."""
        return self.echoed / self.probe.worded

    @property
    def coverage(self) -> float:
        """Explained share of the weight of all clues and mentions, 0 to 1."""
        words, names = self.words, self.names
        whole = self.probe.weight + names.named + names.unnamed
        return min(1.0, (words.own + words.cued + words.light + names.named) / whole) if whole else 0.0

    @property
    def content(self) -> float:
        """Explained share of the clues alone, 1 if there are none of weight."""
        words = self.words
        return (words.own + words.cued + words.light + 0.25) / (self.probe.weight + 0.25)

    @property
    def support(self) -> float:
        """Weight of what it explains: clues and the mentions that count."""
        return self.words.own + self.words.cued + self.names.named + self.background

    @property
    def soft(self) -> float:
        """Weight of the words and topics that it does not speak of and that may be mere wording."""
        return self.words.soft + 0.5 * self.names.topics

    @property
    def missing(self) -> tuple[Clue, ...]:
        return self.words.missing

    @property
    def unnamed(self) -> tuple[int, ...]:
        return self.names.lacking

    @property
    def own(self) -> float:
        return self.words.own

    @property
    def cued(self) -> float:
        return self.words.cued

    @property
    def light(self) -> float:
        return self.words.light

    @property
    def told(self) -> int:
        return self.words.told

    @property
    def cue_hit(self) -> bool:
        return self.words.hit

    @property
    def about(self) -> bool:
        return self.names.about

    @property
    def bridged(self) -> bool:
        return self.names.bridged


MEASURES = (
    "score", "coverage", "content", "support", "soft", "strict", "fits", "dated",
    "own", "cued", "light", "cue_hit", "about", "bridged",
)  # fmt: skip
"""What can be told of a finding, by name, the facts and clues left out."""


def newest(findings: list[Finding]) -> list[Finding]:
    """Of equally good figures for one thing the newest first, and a list of what it consists of behind them."""
    best = findings[0]
    same = [
        f
        for f in findings[:8]
        if f.score > best.score - _AS_GOOD
        and f.fact.relation == best.fact.relation
        and (f.fact.subject == best.fact.subject or _of_each_other(f.fact, best.fact))
        and f.fact.quantities
        and _when(f.fact)
    ]
    if best not in same or len(same) < 2:
        return findings
    same.sort(key=lambda f: (len(set(f.fact.figures)) < _A_LIST, _when(f.fact)), reverse=True)
    return [*same, *(f for f in findings if f not in same)]


def _when(fact: FactRow) -> str:
    """When a figure held: as of a date, else when it was published; '' if nobody says."""
    return fact.as_of or ("{:04}-{:02}".format(*fact.published.last) if fact.published else "")


def _of_each_other(a: FactRow, b: FactRow) -> bool:
    """Whether two facts compare the same things, each from the other's side (北京以…居前, 深圳…超过北京)."""
    return a.subject in b.entities and b.subject in a.entities


def lead_of(findings: list[Finding]) -> float:
    """Log of the first finding's share of all, those on the same subject and its equals counted with it.

    What can't be the answer, where the first one can, is no rival to it.
    """
    best = findings[0]
    all_named, top, subject = not best.unnamed, best.score, best.fact.subject
    total = near = 0.0
    for finding in findings:
        if all_named and finding.names.lacking:
            continue
        weight = exp(finding.score - top)
        total += weight
        if finding.fact.subject == subject or finding.score > top - 0.3:
            near += weight
    return log(near / total)
