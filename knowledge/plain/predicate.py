"""A predicate ready to be compared with questions, and what names that have the same predicates share."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from knowledge.text.patterns import HAN, is_han

_RARE = 0.15
"""What it counts that a predicate is rarer than others of a name: of labels that fit alike it tells more."""
_STRONG = 0.8
"""How surely a predicate belongs to groups that answer for nothing but what they say."""
_SURELY = 0.8
"""Weight of a group from which it tells the type before the last word of a label does."""
_MERGED = {"share": "number", "rank": "number"}


@dataclass(frozen=True, slots=True, eq=False)
class Predicate:
    """A predicate, ready to be compared with a question."""

    r: int
    id: str
    zh: str
    en: str
    normal: str
    """Normal form of its label."""
    type: str
    """Type of its values, '' if unknown."""
    groups: dict[int, float]
    """Groups of the vocabulary that it belongs to, and how surely…"""
    strong: frozenset[int]
    """…and those to which it does most surely."""
    pieces: tuple[tuple[str, float, str, frozenset[str]], ...]
    """Words of the label: text, weight (they sum up to 1), type if it is a tail, groups of synonyms."""
    cues: tuple[str, ...]
    """Normal forms of what a pack says people ask with."""
    inverse_zh: str
    inverse_en: str
    inverse_cues: tuple[str, ...]
    letters: frozenset[str]
    """Characters of the label: a question without any of them does not name it."""
    whole: frozenset[str]
    """Groups of synonyms that the label as a whole is in."""
    kin: frozenset[str]
    """These and those of its words."""
    meant: str
    """Type of its values, by the values or else by its group; '' if unknown."""
    han: tuple[str, ...]
    """Han characters of the label."""
    pairs: tuple[str, ...]
    """Neighbouring characters of a label in Han."""
    rarity: float
    """Less, the more facts have it."""
    spoken: frozenset[str]
    """Words of other scripts in its label and cues."""
    clues: frozenset[str | int]
    """Its groups, its groups of synonyms, the types of its values and of the last word of its label."""
    cued: bool
    """Whether it has cues of its own."""


class Ways:
    """What names can be asked for; those that have the same predicates share it."""

    def __init__(self, each: Sequence[tuple[Predicate, bool]]) -> None:
        """`each` has the predicates, and whether the names are their objects."""
        usual = sum([p.rarity for p, _ in each]) / (len(each) or 1)
        self.each = [(p, backward, _RARE * (p.rarity - usual), p.clues, p.letters, p.cued) for p, backward in each]
        """And what it counts that a predicate is rarer than the others; what most predicates are passed over by."""
        self.rarities = [(p.r, p.rarity) for p, backward in each if not backward]
        """How rare each is of what they are the subject of."""

    @cached_property
    def spoken(self) -> frozenset[str]:
        """Words of other scripts in labels and cues."""
        return frozenset[str]().union(*[predicate.spoken for predicate, *_ in self.each])


def predicate(r: int, label: str, data: str, types: Sequence[str]) -> Predicate:
    """A predicate from what a base holds of it; `types` are those of the groups of the vocabulary."""
    zh, en, normal, type_, pairs, pieces, whole, cues, inverse, facts = json.loads(data)
    groups = {int(g): w for g, w in pairs}
    cut = tuple([(text, w, tail, frozenset[str](kin)) for text, w, tail, kin in pieces])
    kin = frozenset[str](whole).union(*[piece[3] for piece in cut])
    tails = [piece[2] for piece in cut]
    letters = frozenset(normal)
    told = _told([(w, types[g]) for g, w in groups.items()], tails[-1] if tails else "")
    return Predicate(
        r=r,
        id=label,
        zh=zh,
        en=en,
        normal=normal,
        type=type_,
        groups=groups,
        strong=frozenset([g for g, w in groups.items() if w >= _STRONG]),
        pieces=cut,
        cues=tuple(cues),
        inverse_zh=inverse[0],
        inverse_en=inverse[1],
        inverse_cues=tuple(inverse[2]),
        letters=letters - {" "} if " " in letters else letters,
        whole=frozenset(whole),
        kin=kin,
        meant=_MERGED.get(type_, type_) or told,
        han=tuple([c for c in normal if is_han(c)]),
        pairs=tuple(map(str.__add__, normal, normal[1:])) if HAN.search(normal) else (),
        rarity=-math.log(1 + facts),
        spoken=frozenset(" ".join((normal, *cues, *inverse[2])).split()),
        clues=frozenset[str | int]([*groups, *kin, *filter(None, (type_, *tails))]),
        cued=bool(cues or inverse[2]),
    )


def _told(types: list[tuple[float, str]], tail: str) -> str:
    """The type that a label tells: by a group that it surely is of, by its last word, by a group that it may be of."""
    weight, type_ = max(types, default=(0.0, ""))
    return type_ if weight >= _SURELY else tail or type_
