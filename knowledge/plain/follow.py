"""Questions that name nothing: which of the names that were spoken of they are about."""

from __future__ import annotations

from knowledge.finding.outcome import Context
from knowledge.plain.base import Name, PlainBase
from knowledge.plain.certainty import ENOUGH, Candidate
from knowledge.plain.link import Mention, Span
from knowledge.plain.match import Rest
from knowledge.plain.question import Question, numbers

NOWHERE = Mention(Span(0, -1, ""), (), "exact", 1.0)
"""Stands for a name that a question leaves out."""
_KIND = 0.35
"""What it adds that a question names the kind of thing."""
_CLEARLY = 0.1
"""By so much more a predicate has to fit that the name lacks."""
_EARLIER = 0.06
"""Taken off for each name that was spoken of since."""


def follow(base: PlainBase, question: Question, context: Context) -> Candidate | None:
    """The best way to answer a question about what was spoken of, None if there is none.

    Where what a question is about lacks what is asked for, nothing answers: neither what was spoken of before it nor
    another predicate of its own.
    """
    topics = list(dict.fromkeys((*context.topics, *context.listed)))
    if not topics:
        return None
    rest = Rest(question, 1, 0, base.vocabulary)
    names = {n.e: n for n in base.names(topics)}
    best: Candidate | None = None
    most, since = 0.0, 0
    for place, e in enumerate(topics):
        if e not in names:
            continue
        for predicate, backward, *_ in base.ways(names[e]).each:
            if not backward and (evidence := rest.evidence(predicate)).score >= ENOUGH:
                way = Candidate(NOWHERE, names[e], predicate, False, evidence)
                total = _worth(base, question, rest, way) - _EARLIER * place
                if total > most:
                    most, best, since = total, way, place
    if best is None or _of_another(base, question, rest, best, [names[e] for e in topics[:since] if e in names]):
        return None
    return None if _lacking(base, question, rest, best) else best


def _worth(base: PlainBase, question: Question, rest: Rest, way: Candidate) -> float:
    """The evidence for a way to answer, more if what it leaves names the kind of thing that is asked about."""
    return way.evidence.score + _KIND * _of_kind(base, question, _before(rest, way), way.name)


def _before(rest: Rest, way: Candidate) -> int:
    """What a way to answer leaves over before what it explains."""
    explained = way.evidence.explained
    last = max(explained.bit_length() - 1, 0)
    return rest.content & ~explained & ((1 << last) - 1)


def _of_another(base: PlainBase, question: Question, rest: Rest, best: Candidate, later: list[Name]) -> bool:
    """Whether one of the names that were spoken of later is as well what the question is about."""
    before = _before(rest, best)
    kind = _of_kind(base, question, before, best.name)
    return any(_of_kind(base, question, before, name) >= kind for name in later)


def _lacking(base: PlainBase, question: Question, rest: Rest, best: Candidate) -> bool:
    """Whether a predicate that the name lacks is asked for (周边酒店 for 周边餐馆), as far as a base has few."""
    held = {r for r, _ in best.name.forward}
    most = _worth(base, question, rest, best) + _CLEARLY
    return any(
        _worth(base, question, rest, best._replace(predicate=p, evidence=rest.evidence(p))) > most
        for p in base.few_predicates
        if p.r not in held and rest.evidence(p).score + _KIND > most
    )


def _of_kind(base: PlainBase, question: Question, left: int, name: Name) -> float:
    """Whether what is left of a question names the kind of thing that this is (这家酒店)."""
    pairs = ["".join(question.keys[n : n + 2]) for n in numbers(left & left >> 1)]
    if not pairs:
        return 0.0
    labels = [base.predicate(r).normal for r, _ in name.back[:8]]
    heads = [base.predicate(r).normal for r, _ in name.forward[:40]]
    for pair in pairs:
        if len(pair) < 2:
            continue
        if any(label.endswith(pair) for label in labels) or any(h.startswith(pair) for h in heads):
            return 1.0
        if pair in name.text:
            return 0.6
    return 0.0
