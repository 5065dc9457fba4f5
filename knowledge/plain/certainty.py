"""How surely a way to answer is the one asked for: what name and predicate explain, and what they leave over."""

from __future__ import annotations

from typing import NamedTuple

from knowledge.plain.base import Name, PlainBase, Predicate
from knowledge.plain.link import Mention
from knowledge.plain.match import Evidence, Rest
from knowledge.plain.question import Question

ENOUGH = 0.4
"""Evidence below this answers nothing."""
_PREDICATES = 400
"""Predicates of one name that are compared."""
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


def predicates_of(base: PlainBase, name: Name) -> list[tuple[Predicate, bool]]:
    """What a name can be asked for: predicates that it is the subject of, and those that it is the object of."""
    known = base.predicate
    found = [(known(r), False) for r, _ in name.forward[:_PREDICATES]]
    if name.back:
        found += [(known(r), True) for r, _ in name.back[:_PREDICATES]]
    return found


def left(base: PlainBase, question: Question, best: Candidate) -> set[int]:
    """What neither name nor predicate explains, nor any word of the vocabulary."""
    unsaid = rest_of(base, question, best.mention).content - best.evidence.explained
    return _strange(question, {n for n in unsaid if not _spoken(base, question, best.name, n)})


def certain(base: PlainBase, question: Question, best: Candidate, total: float) -> bool:
    """Whether to answer at all: by what name and predicate explain, and by how they were found."""
    mention, evidence = best.mention, best.evidence
    if mention.quoted:
        return True
    if _capitalised(question, best):
        return False
    size = len(mention.span.key)
    total += _SAID.get(evidence.how, 0.0) + _LENGTH * min(size, _LONG)
    total -= _UNSAID * min(len(left(base, question, best)), 5)
    rest = rest_of(base, question, mention)
    if rest.content:
        total -= _SILENT * len(rest.content - evidence.explained) / len(rest.content)
    if mention.how != "exact" and size <= _SHORT:
        total -= _ANOTHER
    if best.backward and evidence.how != "cue" and rest.asks.isdisjoint(_MANY):
        total -= _BACKWARD
    return total >= _CERTAIN


def _capitalised(question: Question, best: Candidate) -> bool:
    """Whether the name is part of a longer one in capitals, small words between or not (Return to Paradise)."""
    span, explained = best.mention.span, best.evidence.explained
    if not any(question.capital(n) for n in range(span.first, span.last + 1)):
        return False
    for at, step in ((span.first - 1, -1), (span.last + 1, 1)):
        between = 0
        while 0 <= at < len(question.units) and between <= _BETWEEN:
            unit = question.units[at]
            if step > 0 and not between and unit.key.isdigit() and len(unit.key) < _YEAR and at not in explained:
                return True
            if question.capital(at):
                if at not in explained and unit.key not in _ARTICLES:
                    return True
                break
            if unit.key and not question.ordinary(unit.at, unit.to):
                break
            if not unit.key and not question.text[unit.start].isspace() and not _abbreviates(question, at):
                break
            between += bool(unit.key)
            at += step
    return False


def _abbreviates(question: Question, number: int) -> bool:
    """Whether a unit is the point of an abbreviation (Mr., St.)."""
    before = question.units[number - 1] if number else None
    is_point = question.text[question.units[number].start] == "."
    return bool(is_point and before and len(before.key) <= _ABBREVIATION and question.capital(number - 1))


def weight(base: PlainBase, question: Question, best: Candidate) -> float:
    """Evidence for the predicate, the share that name and predicate explain, less what nothing explains."""
    mention, evidence = best.mention, best.evidence
    rest = rest_of(base, question, mention)
    units = question.units
    span = mention.span
    weights = question.weights
    named = sum(weights[span.first : span.last + 1])
    unsaid = {n for n in rest.content - evidence.explained if not _spoken(base, question, best.name, n)}
    explained = sum([weights[n] for n in rest.content & evidence.explained])
    content = explained + sum([weights[n] for n in unsaid])
    total = evidence.score * mention.score + (named + explained) / (named + content)
    if mention.quoted:
        return total + 0.2
    strange = _strange(question, unsaid)
    glued = sum([_glued(question, rest, unsaid, strange, step) for step in (-1, 1)]) if unsaid else 0
    at, to = units[span.first].at, units[span.last].to
    if question.normal[at] == " ":  # the blanks around a Latin name belong to its neighbours as well
        at, to = at + 1, to - 1
    if len(span.key) == 1 or any(w.at <= at and to <= w.to for w in question.found):
        total -= _ORDINARY
    elif any((w.at < at < w.to or w.at < to < w.to) and w.entry.empty for w in question.found):
        total -= _CROSSING
    loose = mention.how != "exact" or len(span.key) < _SHORT
    return total - (2 * _GLUED if loose else _GLUED) * min(glued, 4) - _STRANGE * min(max(len(strange) - glued, 0), 6)


def _glued(question: Question, rest: Rest, unsaid: set[int], strange: set[int], step: int) -> int:
    """How many units that nothing explains touch the name, on its left (`step` -1) or right: another name."""
    units, normal = question.units, question.normal
    at = (rest.first if step < 0 else rest.last) + step
    han = at
    while han in strange:
        han += step
    count = abs(han - at)
    if step > 0:
        # between a name and 的 every word makes another name of it, known or not (雾灯岛大桥的面积)
        end = han
        while end in unsaid:
            end += 1
        if end < len(units) and units[end].key == "的":
            count = 2 * (end - at)
    # words of other scripts stand apart, and of, the, 's may stand between (A Bug's Life is not Life)
    between = 0
    while 0 <= at < len(units) and between <= _BETWEEN:
        unit = units[at]
        if unit.to - unit.at <= 1:
            if unit.key or normal[unit.at : unit.to].strip():
                break
        elif at in unsaid:
            count += 2
            between = 0
        elif at in rest.content:
            break
        else:
            between += 1
        at += step
    return count


def _spoken(base: PlainBase, question: Question, name: Name, number: int) -> bool:
    """Whether a word is one in which this base is asked (movie), or the class that is asked for (which islands)."""
    unit = question.units[number]
    if unit.to - unit.at == 1:
        return False
    if any(w.to == unit.at + 1 and w.entry.empty and w.entry.asks for w in question.found):
        return True
    word = question.normal[unit.at : unit.to].strip()
    return any(word in p.spoken for p, _ in predicates_of(base, name))


def _strange(question: Question, unsaid: set[int]) -> set[int]:
    """Units that neither the predicate nor any word of the vocabulary explains: another name, perhaps."""
    strange = set(unsaid)
    if strange:
        for word in question.found:
            if word.to - word.at > 1:
                strange.difference_update(question.owners(word.at, word.to))
    return strange
