"""Questions to be answered with yes or no: whether a name has a value (有早餐吗, does it have a pool)."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.finding.outcome import Found, Part
from knowledge.plain.base import Name, PlainBase, Triple
from knowledge.plain.match import Rest
from knowledge.plain.question import Question
from knowledge.plain.vocabulary import compact
from knowledge.text.patterns import pattern

_ASKS = pattern(
    r"[吗嘛么吧]\s*[?。!.]*\s*$|是否|是不是|有没有|有无|能不能|会不会|可不可以|提不提供|算不算"
    r"|^(?:is|are|was|were|do|does|did|has|have|had|can|could)\b"
)
"""What makes a question one for yes or no, unless a question word stands in it."""
_TELL = pattern(r"知道|告诉|了解|记得|清楚|听说|请教|谁|\b(?:know|tell|say|explain)\b")
"""Courtesy around another question (你知道它的地址吗)."""
_PARTS = pattern(r"[、,;/]")
_NUMBER = pattern(r"\d+(?:\.\d+)?")
_SCALE = pattern(r"[十百千万亿]|\b(?:hundred|thousand|million|billion)")
_FACTS = 500
"""Facts of a name that are looked through."""
_NEAR = 60
"""Names on either side in the files whose values tell what else a predicate may hold."""
_SURE = 1.6
"""Evidence for a predicate whose value may be denied."""


def yes_or_no(question: Question) -> bool:
    """Whether a question asks for yes or no."""
    return bool(_ASKS.search(question.text)) and not _TELL.search(question.text)


def verify(base: PlainBase, name: Name, rest: Rest) -> Part | None:
    """Yes with the fact whose value the question holds, no with what the base holds instead; None if it can't tell."""
    if rest.asks:
        return None
    said = compact(rest.text.replace("\0", " "))
    labels = "\n".join([compact(base.predicate(r).normal) for r, _ in name.forward])
    facts = base.facts(name.e, _FACTS)
    place = _longest(base, said, [(t.relation, t.value) for t in facts], labels)
    if place is not None:
        told = facts[place]
        return _part("yes", [Found(name, base.predicate(told.relation), False, (told,), 1)])
    lists = {r for r, count in name.forward if count > 1}
    others = base.beside(name.e, lists, _NEAR) if lists else []
    place = _longest(base, said, others, labels)
    if place is not None:
        r = others[place][0]
        held = tuple(t for t in facts if t.relation == r)
        return _part("no", [Found(name, base.predicate(r), False, held, len(held))])
    return _counted(base, name, rest, facts)


def _longest(base: PlainBase, said: str, values: Iterable[tuple[int, str]], labels: str) -> int | None:
    """The place of the longest value, or of one of which a part is the longest, that stands in the question.

    A value that stands in a label as well (餐馆 where there is 周边餐馆) is asked by, not about.
    """
    best, size = None, 1
    words = base.vocabulary.words.get
    stands: dict[str, bool] = {"": False}
    """Whether the question holds what a text begins with that begins with this character."""
    for place, (_, written) in enumerate(values):
        for part in _PARTS.split(written):
            first = part[:1]
            if first not in stands:
                stands[first] = base.begins(first) in said
            # most values are passed over before they are folded
            if not stands[first]:
                continue
            value = compact(base.folded(part))
            if size < len(value) and value in said and value not in labels:
                entry = words(value)
                if entry and (entry.empty or entry.light):
                    continue
                best, size = place, len(value)
    return best


def _counted(base: PlainBase, name: Name, rest: Rest, facts: list[Triple]) -> Part | None:
    """Whether the figure in a question is the one of the predicate that it asks for."""
    claimed = set(_NUMBER.findall(rest.text))
    if not claimed:
        return None
    ways = [(rest.evidence(base.predicate(r)), r) for r, _ in name.forward]
    evidence, r = max(ways, key=lambda way: way[0].rank, default=(None, -1))
    if evidence is None or evidence.score < _SURE:
        return None
    held = tuple(t for t in facts if t.relation == r)
    figures = {n for t in held for n in _NUMBER.findall(t.value)}
    if not figures:
        return None
    scaled = any(_SCALE.search(text) for text in (rest.text, *(t.value for t in held)))
    verdict = "yes" if claimed <= figures else "" if scaled or len(held) > 1 else "no"
    return _part(verdict, [Found(name, base.predicate(r), False, held, len(held))])


def _part(verdict: str, found: list[Found]) -> Part:
    return Part("verify", (), verdict=verdict, found=tuple(found))
