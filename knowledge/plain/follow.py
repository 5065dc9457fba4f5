"""Questions that name nothing: which of the names that were spoken of they are about."""

from __future__ import annotations

from knowledge.outcome import Context
from knowledge.plain.base import Name, PlainBase
from knowledge.plain.certainty import ENOUGH, Candidate, predicates_of
from knowledge.plain.link import Mention, Span
from knowledge.plain.match import Rest
from knowledge.plain.question import Question

NOWHERE = Mention(Span(0, -1, ""), (), "exact", 1.0)
"""Stands for a name that a question leaves out."""
_KIND = 0.35
"""What it adds that a question names the kind of thing."""
_EARLIER = 0.06
"""Taken off for each name that was spoken of since."""


def follow(base: PlainBase, question: Question, context: Context) -> Candidate | None:
    """The best way to answer a question about what was spoken of, None if there is none."""
    topics = list(dict.fromkeys((*context.topics, *context.listed)))
    if not topics:
        return None
    rest = Rest(question, 1, 0, base.vocabulary)
    names = {n.e: n for n in base.names(topics)}
    best: Candidate | None = None
    most = 0.0
    for place, e in enumerate(topics):
        if e not in names:
            continue
        name = names[e]
        for predicate, backward in predicates_of(base, name):
            if backward:
                continue
            evidence = rest.evidence(predicate, backward)
            if evidence.score < ENOUGH:
                continue
            last = max(evidence.explained, default=0)
            left = {n for n in rest.content if n not in evidence.explained and n < last}
            total = evidence.score + _KIND * _of_kind(base, question, left, name) - _EARLIER * place
            if total > most:
                most, best = total, Candidate(NOWHERE, name, predicate, False, evidence)
    return best


def _of_kind(base: PlainBase, question: Question, left: set[int], name: Name) -> float:
    """Whether what is left of a question names the kind of thing that this is (这家酒店)."""
    labels = [base.predicate(r).normal for r, _ in name.back[:8]]
    heads = [base.predicate(r).normal for r, _ in name.forward[:40]]
    units = question.units
    for n in sorted(left):
        pair = "".join(u.key for u in units[n : n + 2])
        if n + 1 not in left or len(pair) < 2:
            continue
        if any(label.endswith(pair) for label in labels) or any(h.startswith(pair) for h in heads):
            return 1.0
        if pair in name.text:
            return 0.6
    return 0.0
