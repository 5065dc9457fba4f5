"""How surely a way to answer is the one asked for: what name and predicate explain, and what they leave over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from knowledge.plain.base import Name, PlainBase, Triple
from knowledge.plain.link import Mention, Span
from knowledge.plain.match import Evidence, Rest
from knowledge.plain.predicate import Predicate
from knowledge.plain.question import Question, numbers

ENOUGH = 0.4
"""Evidence below this answers nothing."""
_CLEAR = 0.9
"""A name is considered only if name and predicate together explain so much of the question."""
PLENTY = 1.8
"""A mention whose best total reaches this leaves no room for shorter ones."""
_TRIED = 10
"""Mentions that are looked into."""
_ORDINARY = 0.4
"""Taken off for a name that is a word of the language as well."""
_CROSSING = 0.3
"""Taken off for a name that begins or ends within a word of the language."""
_GLUED = 0.31
"""Taken off for each unexplained unit that touches the name: it may be part of a longer name that is not known."""
_BETWEEN = 2
"""Words without content that may stand between a name and a word that makes another name of it."""
_SHORT = 3
"""A name of fewer characters counts twice as likely as part of a longer one."""
_STRANGE = 0.115
"""Taken off for each other unexplained unit."""
_CERTAIN = 1.3
"""A name is answered about only if that much speaks for it."""
_SAID = {"literal": 0.5, "words": 0.25}
"""What it adds to certainty how the predicate was found."""
_LENGTH = 0.085
"""What each character of a name adds to certainty."""
_LONG = 8
"""Characters of a name beyond which more add nothing."""
_UNSAID = 0.115
"""What each strange unit takes from certainty."""
_SILENT = 0.5
"""What it takes from certainty if the predicate explains nothing of what is said of the name."""
_YEAR = 4
"""Digits of a year; fewer behind a name number another one of the kind (Rocky 2)."""
_ABBREVIATION = 3
"""Letters before the point of an abbreviation, at most."""
_ARTICLES = frozenset({"the", "a", "an"})
_ANOTHER = 0.75
"""Taken off for a short name that is not spelt so: it may as well be another name."""
_BACKWARD = 1.0
"""Taken off if the name would be the value and no word asks for what has it."""
_MANY = frozenset({"list", "which"})


class Candidate(NamedTuple):
    """One way to answer."""

    mention: Mention
    name: Name
    predicate: Predicate
    backward: bool
    evidence: Evidence


def rank(candidate: Candidate) -> float:
    """By which ways to answer are compared."""
    return candidate.evidence.rank


def rest_of(base: PlainBase, question: Question, mention: Mention) -> Rest:
    """The question without a name, worked out once."""
    units = mention.span[:2]
    rest: Rest | None = question.rests.get(units)
    if rest is None:
        rest = question.rests[units] = Rest(question, *units, base.vocabulary)
    return rest


def read(base: PlainBase, question: Question, name: Name, predicate: Predicate, *, backward: bool) -> list[Triple]:
    """What a name has for a predicate, read once for a question."""
    mark = name.e, predicate.r, backward
    known: list[Triple] | None = question.read.get(mark)
    if known is None:
        known = question.read[mark] = (base.subjects if backward else base.values)(name.e, predicate.r)
    return known


def candidates(
    base: PlainBase, question: Question, mentions: Sequence[Mention]
) -> tuple[Candidate | None, list[Candidate], float]:
    """The best way to answer, if any is good enough, all ways by the same mention, and what it explains."""
    best: Candidate | None = None
    found: list[Candidate] = []
    most = _CLEAR
    sure: list[Span] = []
    names: dict[int, Name] = {}
    for place, mention in enumerate(mentions[:_TRIED]):
        if sure and _inside(mention, sure):
            continue
        if not names.keys() >= {*mention.names}:
            # those of the first one, which mostly answers, by themselves; of the others all at once
            wanted = [m for m in mentions[place:_TRIED] if not _inside(m, sure)] if place else (mention,)
            names.update((name.e, name) for name in base.names(dict.fromkeys([e for m in wanted for e in m.names])))
        rest = rest_of(base, question, mention)
        ways = []
        for e in mention.names:
            name = names[e]
            if mention.how == "exact" and not base.bears(name, mention.span.key):
                continue
            for predicate, backward, evidence in rest.answering(base.ways(name)):
                ways.append(Candidate(mention, name, predicate, backward, evidence))
        if not ways:
            continue
        top = max(ways, key=rank)
        if top.evidence.score < ENOUGH:
            continue
        total = _weight(base, rest, top)
        if total > most:
            best, found, most = top, ways, total
        if total >= PLENTY:
            break
        if total >= 1.0:
            sure.append(mention.span)
    return best, found, most if best else 0.0


def _inside(mention: Mention, spans: Sequence[Span]) -> bool:
    """Whether a mention lies within one of some spans."""
    span = mention.span
    return any(s.first <= span.first and span.last <= s.last for s in spans)


def left(base: PlainBase, rest: Rest, best: Candidate) -> int:
    """What neither name nor predicate explains, nor any word of the vocabulary."""
    return rest.question.unknown(_unsaid(base, rest, best))


def _unsaid(base: PlainBase, rest: Rest, best: Candidate) -> int:
    """What neither name nor predicate explains, but for words in which this base is asked."""
    question = rest.question
    unsaid = rest.content & ~best.evidence.explained
    if not unsaid & question.wide:
        return unsaid
    for number in numbers(unsaid & question.wide):
        if _spoken(base, question, best.name, number):
            unsaid &= ~(1 << number)
    return unsaid


def certain(base: PlainBase, question: Question, best: Candidate, total: float) -> bool:
    """Whether to answer at all: by what name and predicate explain, and by how they were found."""
    mention, evidence = best.mention, best.evidence
    if mention.quoted:
        return True
    if _capitalised(question, best):
        return False
    size = len(mention.span.key)
    total += _SAID.get(evidence.how, 0.0) + _LENGTH * min(size, _LONG)
    rest = rest_of(base, question, mention)
    total -= _UNSAID * min(left(base, rest, best).bit_count(), 5)
    if rest.content:
        total -= _SILENT * (rest.content & ~evidence.explained).bit_count() / rest.content.bit_count()
    if mention.how != "exact" and size <= _SHORT:
        total -= _ANOTHER
    if best.backward and evidence.how != "cue" and rest.asks.isdisjoint(_MANY):
        total -= _BACKWARD
    return total >= _CERTAIN


def _capitalised(question: Question, best: Candidate) -> bool:
    """Whether the name is part of a longer one in capitals, small words between or not (Return to Paradise)."""
    span, explained = best.mention.span, best.evidence.explained
    if question.even or not any(question.capital(n) for n in range(span.first, span.last + 1)):
        return False
    keys = question.keys
    for at, step in ((span.first - 1, -1), (span.last + 1, 1)):
        between = 0
        while 0 <= at < len(keys) and between <= _BETWEEN:
            key, unexplained = keys[at], not explained >> at & 1
            if step > 0 and not between and key.isdigit() and len(key) < _YEAR and unexplained:
                return True
            if question.capital(at):
                if unexplained and key not in _ARTICLES:
                    return True
                break
            if key and not question.ordinary(question.ats[at], question.tos[at]):
                break
            if not key and not question.text[question.starts[at]].isspace() and not _abbreviates(question, at):
                break
            between += bool(key)
            at += step
    return False


def _abbreviates(question: Question, number: int) -> bool:
    """Whether a unit is the point of an abbreviation (Mr., St.)."""
    before = question.keys[number - 1] if number else ""
    is_point = question.text[question.starts[number]] == "."
    return bool(is_point and number and len(before) <= _ABBREVIATION and question.capital(number - 1))


def _weight(base: PlainBase, rest: Rest, best: Candidate) -> float:
    """Evidence for the predicate, the share that name and predicate explain, less what nothing explains."""
    mention, evidence, question = best.mention, best.evidence, rest.question
    span = mention.span
    named = question.weight((2 << span.last) - (1 << span.first))
    unsaid = _unsaid(base, rest, best)
    explained = question.weight(rest.content & evidence.explained)
    content = explained + question.weight(unsaid)
    total = evidence.score * mention.score + (named + explained) / (named + content)
    if mention.quoted:
        return total + 0.2
    strange = question.unknown(unsaid)
    glued = sum([_glued(question, rest, unsaid, strange, step) for step in (-1, 1)]) if unsaid else 0
    at, to = question.ats[span.first], question.tos[span.last]
    if question.normal[at] == " ":  # the blanks around a Latin name belong to its neighbours as well
        at, to = at + 1, to - 1
    if len(span.key) == 1 or question.within(at, to):
        total -= _ORDINARY
    elif question.crossed(at, to):
        total -= _CROSSING
    loose = mention.how != "exact" or len(span.key) < _SHORT
    others = max(strange.bit_count() - glued, 0)
    return total - (2 * _GLUED if loose else _GLUED) * min(glued, 4) - _STRANGE * min(others, 6)


def _glued(question: Question, rest: Rest, unsaid: int, strange: int, step: int) -> int:
    """How many units that nothing explains touch the name, on its left (`step` -1) or right: another name."""
    keys, normal = question.keys, question.normal
    at = (rest.first if step < 0 else rest.last) + step
    han = at
    while han >= 0 and strange >> han & 1:
        han += step
    count = abs(han - at)
    if step > 0:
        # between a name and 的 every word makes another name of it, known or not (雾灯岛大桥的面积)
        end = han
        while unsaid >> end & 1:
            end += 1
        if end < len(keys) and keys[end] == "的":
            count = 2 * (end - at)
    # words of other scripts stand apart, and of, the, 's may stand between (A Bug's Life is not Life)
    between = 0
    while 0 <= at < len(keys) and between <= _BETWEEN:
        start, end = question.ats[at], question.tos[at]
        if end - start <= 1:
            if keys[at] or normal[start:end].strip():
                break
        elif unsaid >> at & 1:
            count += 2
            between = 0
        elif rest.content >> at & 1:
            break
        else:
            between += 1
        at += step
    return count


def _spoken(base: PlainBase, question: Question, name: Name, number: int) -> bool:
    """Whether a word is one in which this base is asked (movie), or the class that is asked for (which islands)."""
    at, to = question.ats[number], question.tos[number]
    if any(end == at + 1 and entry.asks for _, end, entry in question.empty):
        return True
    return question.normal[at:to].strip() in base.ways(name).spoken
