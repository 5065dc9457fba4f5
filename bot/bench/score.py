"""Scores of answers to question sets: averaged F1 over sets of values, hit@1, shares of answered and of wrong ones."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answering import Reply
from knowledge.store.base import Base


def normal(value: str) -> str:
    """The form under which answers are compared: NFKC, lower case, no white space."""
    return "".join(unicodedata.normalize("NFKC", value).lower().split())


def f1(given: Iterable[str], gold: Iterable[str]) -> float:
    """F1 of two sets of answers; 0 where none is given or none is right."""
    ours, theirs = {normal(v) for v in given}, {normal(v) for v in gold}
    right = len(ours & theirs)
    return 2 * right / (len(ours) + len(theirs)) if right else 0.0


def values(reply: Reply, base: Base) -> tuple[str, ...]:
    """The values that a reply answers with, in its order, from the facts and not from its text."""
    if reply.answer.status != "answered":
        return ()
    found: list[str] = []
    for part in reply.outcome.parts:
        found += [t.value for held in part.found for t in held.triples]
        for fact in part.facts:
            found += [base.entity(e).zh for e in fact.objects] or [fact.value or fact.zh]
    return tuple(dict.fromkeys(found))


def given(reply: Reply, base: Base, gold: Iterable[str]) -> tuple[str, ...]:
    """What a reply answers with: its verdict where yes or no is right, else its values."""
    right = {normal(v) for v in gold}
    if right and right <= {"yes", "no"} and reply.answer.status == "answered":
        verdicts = tuple(part.verdict for part in reply.outcome.parts if part.verdict in {"yes", "no"})
        return verdicts or values(reply, base)
    return values(reply, base)


@dataclass(frozen=True, slots=True)
class Result:
    """One question and what was answered."""

    id: str
    question: str
    gold: tuple[str, ...]
    """Right answers; none where the base holds no answer."""
    given: tuple[str, ...]
    status: str
    took_us: int

    @property
    def f1(self) -> float:
        return f1(self.given, self.gold)

    @property
    def hit(self) -> bool:
        """Whether the first value given is right."""
        return bool(self.given) and normal(self.given[0]) in {normal(v) for v in self.gold}

    @property
    def wrong(self) -> bool:
        """Whether it was answered, and with no right value."""
        return bool(self.given) and not self.f1


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of one set, in per cent but for the number of questions and the times."""

    questions: int
    f1: float
    hit1: float
    answered: float
    wrong_of_answered: float
    wrong_of_all: float
    ambiguous: float
    p50_us: int
    p99_us: int


def figures(results: Sequence[Result]) -> Figures | None:
    """The figures of some results; None of none."""
    if not results:
        return None
    count = len(results)
    answered = sum(bool(r.given) for r in results)
    wrong = sum(r.wrong for r in results)
    times = sorted(r.took_us for r in results)
    return Figures(
        questions=count,
        f1=_percent(sum(r.f1 for r in results), count),
        hit1=_percent(sum(r.hit for r in results), count),
        answered=_percent(answered, count),
        wrong_of_answered=_percent(wrong, answered),
        wrong_of_all=_percent(wrong, count),
        ambiguous=_percent(sum(r.status == "ambiguous" for r in results), count),
        p50_us=times[count // 2],
        p99_us=times[min(count - 1, count * 99 // 100)],
    )


def _percent(part: float, whole: int) -> float:
    return round(100 * part / whole, 2) if whole else 0.0
