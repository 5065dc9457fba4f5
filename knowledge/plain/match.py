"""Which predicate a question asks for: literally, by vocabulary, by shared characters, by the type of the answer."""

from __future__ import annotations

from typing import NamedTuple

from knowledge.plain.base import Predicate
from knowledge.plain.question import Question
from knowledge.plain.vocabulary import NEAR, SAME, Vocabulary, Word

GAP = "\0"
"""Stands in the rest of a question where the name was."""
_FITTING = {
    "person": {"person", "organisation"},
    "place": {"place"},
    "date": {"date"},
    "duration": {"duration", "number"},
    "number": {"number", "amount", "duration"},
    "amount": {"amount", "number"},
    "share": {"number", "amount"},
    "distance": {"number"},
}
"""Type asked for → types of answer that satisfy it. Question words that are not here leave the type open."""


class Evidence(NamedTuple):
    """How well a predicate answers a question."""

    score: float
    """How surely it is asked for."""
    explained: frozenset[int]
    """Units of the question that it explains."""
    how: str
    """cue, literal, vocabulary, words, type or ''."""
    rank: float = 0.0
    """The score and what tells it from others that are as sure: only for comparing predicates of one name."""


_FAINT = 0.2
"""Evidence below this is none."""
_SYNONYM = 0.8
"""What a word of a label counts for which the question has a synonym."""
_TURNED = 0.6
"""What a word of a label counts that stands before the one it should follow."""
_SHARED = 0.8
"""What a label gains of which the question has every character."""
_ABSENT = 0.08
"""What each character of a label costs that the question has not."""
_PAIRS = 1.5
"""What a label gains in rank if all neighbours in it stand side by side in the question as well."""
_UNFIT = 0.3
"""What a predicate loses whose values are of another type than the one asked for."""
_SAYS = 0.5
"""What a predicate gains in rank that explains all words with content."""
_NAMED = 1.75
"""What a label gains in rank whose characters stand in the name (医院性质 of a 医院)."""
NOTHING = Evidence(0.0, frozenset(), "")
_TYPE_ALONE = Evidence(_FAINT, frozenset(), "type")


class Rest:
    """A question without the span of its name, as predicates are compared with it."""

    __slots__ = (
        "_fitting",
        "_known",
        "asking",
        "asks",
        "banned",
        "chars",
        "content",
        "first",
        "groups",
        "kin",
        "last",
        "letters",
        "name",
        "open",
        "question",
        "said",
        "text",
        "vocabulary",
    )

    def __init__(self, question: Question, first: int, last: int, vocabulary: Vocabulary) -> None:
        """`first` and `last` are the units of the name, inclusive; first > last if there is none."""
        self.question = question
        self.vocabulary = vocabulary
        self.first, self.last = first, last
        units, normal = question.units, question.normal
        if first <= last:
            at, to = units[first].at, units[last].to
            self.text = f"{normal[:at].rstrip(' ')} {GAP} {normal[to:].lstrip(' ')}"
            # the blanks around a Latin name belong to its neighbours as well
            at += normal[at] == " "
            to -= normal[to - 1] == " "
        else:
            at = to = -1
            self.text = normal
        self.content = {n for n, u in enumerate(units) if u.key and not first <= n <= last}
        words = [*question.cut(0, at), *question.cut(to, len(normal))] if at >= 0 else question.cut(0, len(normal))
        asks: set[str] = set()
        self.groups: dict[int, tuple[float, int, int]] = {}
        self.kin: dict[str, tuple[int, int]] = {}
        empty: set[int] = set()
        asking: set[int] = set()
        for word in words:
            entry = word.entry
            if entry.asks:
                asks.update(entry.asks)
                asking.update(question.owners(word.at, word.to))
            if entry.empty or entry.light:
                owned = question.owners(word.at, word.to)
                self.content.difference_update(owned)
                if entry.empty and not entry.asks and not entry.groups and word.to - word.at <= 2:
                    empty.update(owned)
            for kin in entry.kin:
                self.kin.setdefault(kin, (word.at, word.to))
        for word in question.found:
            # 是什么 asks and says nothing, also inside 特点是什么
            if word.entry.empty and word.to - word.at > 1 and (word.to <= at or word.at >= to):
                self.content.difference_update(question.owners(word.at, word.to))
        self.asks = frozenset(asks)
        self.asking = [(w.entry.groups, question.owners(w.at, w.to)) for w in words if w.entry.asks]
        """Groups and units of the words that ask for a type of answer."""
        wanted = [_FITTING[a] for a in asks if a in _FITTING]
        self.open = not wanted
        self._fitting = frozenset().union(*wanted)
        self._vocabulary_groups(words, at, to)
        self.chars: dict[str, list[int]] = {}
        for n, unit in enumerate(units):
            if unit.key and not first <= n <= last and n not in empty:
                self.chars.setdefault(normal[unit.at : unit.to], []).append(n)
        self.said = frozenset([c for c, where in self.chars.items() if not asking.issuperset(where)])
        """Characters and words of the rest, but for those that only ask (the 时 of 什么时候)."""
        self.letters = question.letters
        self.name = normal[at:to] if at >= 0 else ""
        self._known: dict[tuple[int, bool], Evidence] = {}

    def _vocabulary_groups(self, words: list[Word], at: int, to: int) -> None:
        """The groups that the words point to; a word inside a longer one that points somewhere says nothing."""
        singles = {at for at, to, _ in words if to - at == 1}
        pointing = [
            w
            for w in self.question.found
            if w.entry.groups and (w.to <= at or w.at >= to) and (w.to - w.at > 1 or w.at in singles)
        ]
        stretches = [(begin, end) for begin, end, _ in pointing]
        for begin, end, entry in pointing:
            if len(stretches) > 1 and _inside(begin, end, stretches):
                continue
            for g, how in entry.groups:
                strength = 1.0 if how == SAME else 0.5 if how == NEAR else self._verb(self.vocabulary.types[g])
                if strength > self.groups.get(g, (0.0,))[0]:
                    self.groups[g] = (strength, begin, end)
        for first, second, g in self.vocabulary.gaps if " " in self.question.normal else ():
            if (i := self.text.find(first)) >= 0 and self.text.find(second, i + len(first)) >= 0:
                self.groups[g] = (1.0, -1, -1)
        banned = self.vocabulary.banned
        self.banned = frozenset().union(*[banned[g] for g, at in self.groups.items() if at[0] >= 0.9 and g in banned])
        """Groups that never answer for one that is surely pointed to."""

    def _verb(self, type_: str) -> float:
        """How surely a verb points to a group of this type, given the question words."""
        if self.open:
            return 0.75 if type_ in {"text", "list", "organisation", "place"} else 0.6
        return 0.92 if self.fits(type_) else 0.0

    def fits(self, type_: str) -> bool:
        """Whether answers of a type satisfy the question words."""
        return self.open or type_ in self._fitting

    def _units(self, at: int, to: int) -> frozenset[int]:
        return frozenset(self.question.owners(at, to)) if at >= 0 else frozenset(self.content)

    def evidence(self, predicate: Predicate, backward: bool = False) -> Evidence:
        """How well a predicate answers; `backward` if the name in the question is its object."""
        mark = (predicate.r, backward)
        known = self._known.get(mark)
        if known is None:
            strange = self.open and not predicate.cues and not predicate.inverse_cues and self._strange(predicate)
            known = self._known[mark] = NOTHING if strange else self._judge(predicate, backward)
        return known

    def _strange(self, predicate: Predicate) -> bool:
        """Whether a label has nothing in common with the question: no character, group or synonym."""
        return (
            predicate.letters.isdisjoint(self.letters)
            and predicate.groups.keys().isdisjoint(self.groups)
            and predicate.kin.isdisjoint(self.kin)
        )

    def _judge(self, predicate: Predicate, backward: bool) -> Evidence:
        cues = predicate.inverse_cues if backward else predicate.cues
        said = [c for c in cues if _cued(c, self.text)] if cues else ()
        if said:
            explained = frozenset().union(*map(self._where, said))
            found = Evidence(1.0 + 0.01 * min(max(map(len, said)), 30), explained, "cue")
        elif backward and predicate.inverse_cues:
            return NOTHING
        else:
            found = self._meant(predicate)
        if not found.score:
            return NOTHING
        score, explained = found.score, found.explained
        if not self.open and not backward:
            type_ = predicate.meant
            if type_ and self.fits(type_):
                score += 0.08
                explained = self._asked(predicate, explained)
            elif type_ and type_ not in {"text", "list"} and found.how not in {"cue", "literal"}:
                score -= _UNFIT
        if backward and found.how != "cue":
            score *= 0.85
        rank = 0.0
        if found.how != "cue":
            score += self._shared(predicate)
            rank = self._told(predicate)
        elif predicate.pairs:
            score += _SHARED
            rank = _PAIRS
        content = self.content
        if content:
            share = len(explained & content) / len(content)
            score += 0.15 * share
            rank += _SAYS * share
        return Evidence(max(score, 0.0), explained, found.how, max(score, 0.0) + rank)

    def _asked(self, predicate: Predicate, explained: frozenset[int]) -> frozenset[int]:
        """These units and those of words that ask for the predicate's type and for no other predicate."""
        for groups, asking in self.asking:
            if not groups or any(g in predicate.groups for g, _ in groups):
                explained = explained.union(asking)
        return explained

    def _shared(self, predicate: Predicate) -> float:
        """What the characters of a label are worth that the question has, less those that it has not."""
        han = predicate.han
        if not han:
            return 0.0
        said = self.said
        have = sum([c in said for c in han])
        return _SHARED * have / len(han) - _ABSENT * (len(han) - have) if have else -_ABSENT

    def _told(self, predicate: Predicate) -> float:
        """What the neighbours in a label are worth that the question has too, and what the name says of it."""
        pairs, han = predicate.pairs, predicate.han
        if not han:
            return 0.0
        text, said, name = self.text, self.said, self.name
        gained = _PAIRS * sum([pair in text for pair in pairs]) / len(pairs) if pairs else 0.0
        return gained + _NAMED * sum([c in name and c not in said for c in han]) / len(han)

    def _meant(self, predicate: Predicate) -> Evidence:
        normal, text = predicate.normal, self.text
        if normal in text and normal:
            if len(normal) > 1:
                return Evidence(1.25 + 0.01 * min(len(normal), 20), self._where(normal), "literal")
            at = self.question.normal.find(normal)
            return Evidence(0.75 if normal in self.chars else 0.5, frozenset({self.question.owner[at]}), "literal")
        if (self.open or not predicate.pieces[-1][2]) and self._strange(predicate):
            return self._by_type(predicate)
        meant = self._grouped(predicate)
        covered, explained = self._covered(predicate)
        if covered < _SYNONYM and not predicate.whole.isdisjoint(self.kin):
            covered = _SYNONYM
            explained |= self._units(*self.kin[min(predicate.whole & self.kin.keys())])
        score = 1 - (1 - 0.85 * meant.score) * (1 - 0.9 * covered)
        if score:
            score += 0.2 * len(predicate.letters & self.letters) / len(predicate.letters)
        if score >= _FAINT:
            return Evidence(score, meant.explained | explained, "vocabulary" if meant.score > covered else "words")
        return self._by_type(predicate)

    def _by_type(self, predicate: Predicate) -> Evidence:
        fitting = not self.open and predicate.type and self.fits(predicate.type)
        return _TYPE_ALONE if fitting else NOTHING

    def _covered(self, predicate: Predicate) -> tuple[float, set[int]]:
        """Share of a label's words that the question has: themselves, by synonyms, by the type asked for."""
        covered, reached = 0.0, 0
        explained: set[int] = set()
        for text, weight, tail, kin in predicate.pieces:
            if len(text) > 1 and (at := self.text.rfind(text)) >= 0:
                # a word before the one that it follows in the label belongs elsewhere (酒店周边的景点 is no 周边酒店)
                covered += weight if at >= reached else _TURNED * weight
                reached = max(reached, at)
                explained |= self._where(text)
            elif len(text) == 1 and text in self.chars:
                covered += weight * (0.9 if not tail else 0.7)
                explained.update(self.chars[text])
            elif tail and not self.open and self.fits(tail):
                covered += 0.9 * weight
            elif kin and not kin.isdisjoint(self.kin):
                at, to = self.kin[min(kin & self.kin.keys())]
                covered += _SYNONYM * weight
                explained |= self._units(at, to)
            elif len(text) > 1 and text in self.name:
                covered += 0.7 * weight
            elif len(text) > 1 and text[0] != " ":
                share, where = self._partly(text)
                covered += weight * share
                explained |= where
        return covered, explained

    def _partly(self, text: str) -> tuple[float, set[int]]:
        """Share of the characters of a word that the question has; scattered ones count for half."""
        have = [c for c in text if c in self.chars]
        if not have:
            return 0.0, set()
        where = {n for c in have for n in self.chars[c]}
        together = any(text[i : i + 2] in self.text for i in range(len(text) - 1))
        return len(have) / len(text) * (0.9 if together else 0.55), where

    def _grouped(self, predicate: Predicate) -> Evidence:
        best, where = 0.0, (-1, -1)
        banned = False
        groups = self.groups
        for g, weight in predicate.groups.items():
            if pointed := groups.get(g):
                worth = weight * pointed[0] * 0.97
                if worth > best:
                    best, where = worth, pointed[1:]
            elif weight >= 0.8 and g in self.banned:
                banned = True
        if banned and best < 0.9:
            return NOTHING
        return Evidence(best, self._units(*where), "vocabulary") if best else NOTHING

    def _where(self, normal: str) -> frozenset[int]:
        """Units of a text that stands in the question."""
        found: frozenset[int] = frozenset()
        for part in normal.split("…"):
            at = self.question.normal.find(part)
            if at >= 0 and part:
                found |= self._units(at, at + len(part))
        return found


def _inside(begin: int, end: int, stretches: list[tuple[int, int]]) -> bool:
    """Whether a stretch lies within a longer one."""
    for b, e in stretches:  # noqa: SIM110 - in half the time of any()
        if b <= begin and end <= e and e - b > end - begin:
            return True
    return False


def _cued(cue: str, text: str) -> bool:
    """Whether a cue stands in a text; … in it stands for whatever is between."""
    if "…" not in cue:
        return cue in text
    at = 0
    for part in cue.split("…"):
        at = text.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True
