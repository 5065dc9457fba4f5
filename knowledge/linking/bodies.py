"""Bodies called by the place they are in (望峰乡的卫生院, 柳塘和青禾两个卫生院): the place is not what is meant."""

from __future__ import annotations

from knowledge.linking.link import Mention
from knowledge.store.base import Base
from knowledge.text.fold import name_key
from knowledge.text.patterns import pattern

_JOINTS = frozenset("和与跟及同、")
_BETWEEN = pattern("(?:里|那边|那里|当地|镇上)?的?(?:那|这)?(?:[两二三四五六七八九]?[个家所座间处])?")
"""What may stand between a place and the noun for what is in it, which its name does not hold."""
_BEFORE_NOUN = frozenset("里那当镇的这两二三四五六七八九个家所座间处")
"""How that begins."""
_AGAINST = tuple("比和与跟同、")
"""Stands before what is set beside or against something."""
_NOUN = 2
"""Characters of such a noun at least: 市 behind a place makes no name."""


def bodies(mentions: list[Mention], text: str, base: Base) -> list[Mention]:
    """The mentions; in place of one or several places in front of a noun the bodies that are called by both."""
    found: list[Mention] = []
    row: list[Mention] = []
    for index, mention in enumerate(mentions):
        row = [*row, mention] if row and text[row[-1].end : mention.start] in _JOINTS else [mention]
        behind = mentions[index + 1].start if index + 1 < len(mentions) else len(text)
        found.append(mention)
        if all(base.entity(m.entities[0]).kind in base.where for m in row) and not mention.text.isascii():
            found[-len(row) :] = _named_by(row, text, behind, base) or row
    return [_beside(m, found, text, base) for m in found]


def _beside(place: Mention, mentions: list[Mention], text: str, base: Base) -> Mention:
    """The mention; of a place set against a body of another place the body called alike (甲镇医院的床比乙镇多)."""
    if base.entity(place.entities[0]).kind not in base.where or not text.endswith(_AGAINST, 0, place.start):
        return place
    for other in mentions:
        body = base.entity(other.entities[0])
        if body.kind in base.where or body.part_of < 0 or body.part_of in place.entities:
            continue
        around = base.folded_names(body.part_of)
        tails = {n.removeprefix(a) for n in base.folded_names(body.e) for a in around if n.startswith(a)} - {""}
        named = {e for tail in tails for e in _called(place, tail, base)}
        if len(named) == 1 and base.entity(next(iter(named))).kind == body.kind:
            return place._replace(entities=tuple(named))
    return place


def _named_by(row: list[Mention], text: str, limit: int, base: Base) -> list[Mention]:
    """The bodies whose names are those of the places with the noun behind them, [] unless each place has just one."""
    start = row[-1].end
    between = _BETWEEN.match(text, start) if text[start : start + 1] in _BEFORE_NOUN else None
    start = between.end() if between else start
    noun = base.lexicon.noun_at(text, start)
    if noun is None or noun[0] > limit or noun[0] - start < _NOUN or base.where.issuperset(noun[1]):
        return []
    tail = text[start : noun[0]]
    each = [_called(m, tail, base) for m in row]
    if not all(len(one) == 1 for one in each):
        return []
    named = [m._replace(entities=tuple(one)) for m, one in zip(row, each, strict=True)]
    last = row[-1]
    return [*named[:-1], named[-1]._replace(end=noun[0], text=text[last.start : noun[0]])]


def _called(place: Mention, tail: str, base: Base) -> set[int]:
    """What is called by one of the names of a place with this noun behind it."""
    keys = tuple(f"={name_key(name + tail)}" for name in base.folded_names(place.entities[0]))
    return {e for known in base.lookup.names(keys).values() for e in known}
