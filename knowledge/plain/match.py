"""Which predicate a question asks for: literally, by vocabulary, by shared characters, by the type of the answer."""

from __future__ import annotations

from typing import NamedTuple

from knowledge.plain.predicate import Predicate, Ways
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
    explained: int
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
_ASKED = 0.9
"""How surely its group has to be pointed to for a label of one character to be asked for."""
_NAMED = 1.75
"""What a label gains in rank whose characters stand in the name (医院性质 of a 医院)."""
NOTHING = Evidence(0.0, 0, "")
_Meant = tuple[float, int, str]
"""The first three of an Evidence…"""
_Judged = tuple[float, int, str, float]
"""…and all of it."""


class Rest:
    """A question without the span of its name, as predicates are compared with it."""

    def __init__(self, question: Question, first: int, last: int, vocabulary: Vocabulary) -> None:
        """`first` and `last` are the units of the name, inclusive; first > last if there is none."""
        self.question, self.vocabulary = question, vocabulary
        self.first, self.last = first, last
        normal = question.normal
        self.outside = question.solid
        """Units that count in names, but for those of the name."""
        if first <= last:
            at, to = question.ats[first], question.tos[last]
            self.text = f"{normal[:at].rstrip(' ')} {GAP} {normal[to:].lstrip(' ')}"
            # the blanks around a Latin name belong to its neighbours as well
            at += normal[at] == " "
            to -= normal[to - 1] == " "
            self.outside &= ~((2 << last) - (1 << first))
            words = question.begun(at) + question.ended(to)
        else:
            at = to = -1
            self.text = normal
            words = question.ended(0)
        self.words = words
        """The words of the rest that cut it best."""
        asks: set[str] = set()
        self.groups: dict[int, tuple[float, int, int]] = {}
        self.kin: dict[str, tuple[int, int]] = {}
        idle = 0
        kept = question.forms.copy()
        """Characters and words at their units; '' for those that tell nothing."""
        if first <= last:
            kept[first : last + 1] = [""] * (last + 1 - first)
        asking: list[slice] = []
        self.asking: list[tuple[list[int], int]] = []
        """Groups and units of the words that ask for a type of answer."""
        for begin, end, entry in words:
            asked = entry.asks
            if asked:
                asks.update(asked)
                asking.append(question.reach(begin, end))
                self.asking.append(([g for g, _ in entry.groups], question.units(begin, end)))
            if entry.empty or entry.light:
                idle |= question.units(begin, end)
                if entry.empty and not asked and not entry.groups and end - begin <= 2:
                    hollow = question.reach(begin, end)
                    kept[hollow] = [""] * (hollow.stop - hollow.start)
            for kin in entry.kin:
                self.kin.setdefault(kin, (begin, end))
        for begin, end, _ in question.empty:
            # 是什么 asks and says nothing, also inside 特点是什么
            if end <= at or begin >= to:
                idle |= question.units(begin, end)
        self.content = self.outside & ~idle
        self.asks = frozenset(asks)
        wanted = [_FITTING[a] for a in asks if a in _FITTING]
        self.open = not wanted
        self._fitting = frozenset().union(*wanted)
        self._vocabulary_groups(words, at, to)
        self.clues = {*self.groups, *self.kin, *self._fitting}
        """What labels may have in common with it: groups, synonyms and types of answer."""
        self.kept = kept
        self.chars = {*kept}
        """Characters and words of the rest…"""
        self.said = self._without(asking) if asking else self.chars
        """…but for those that only ask (the 时 of 什么时候)."""
        self.letters = question.letters
        self.name = normal[at:to] if at >= 0 else ""
        self._known: dict[int, _Judged] = {}
        self._answering: dict[Ways, list[tuple[Predicate, bool, Evidence]]] = {}

    def _without(self, places: list[slice]) -> set[str]:
        """Characters and words of the rest that stand elsewhere as well."""
        kept = self.kept.copy()
        for place in places:
            kept[place] = [""] * (place.stop - place.start)
        return {*kept}

    def _places(self, char: str) -> int:
        """The units of the rest where a character or word stands."""
        return sum([1 << n for n, form in enumerate(self.kept) if form == char])

    def _vocabulary_groups(self, words: list[Word], at: int, to: int) -> None:
        """The groups that the words point to; a word inside a longer one that points somewhere says nothing."""
        pointing = []
        for word in self.question.pointing:
            begin, end, _ = word
            if (end <= at or begin >= to) and (end - begin > 1 or word in words):
                pointing.append(word)
        pointed = self.groups
        for begin, end, entry in pointing:
            if len(pointing) > 1 and _inside(begin, end, pointing):
                continue
            for g, how in entry.groups:
                strength = 1.0 if how == SAME else 0.5 if how == NEAR else self._verb(self.vocabulary.types[g])
                if strength and (g not in pointed or strength > pointed[g][0]):
                    pointed[g] = (strength, begin, end)
        for first, second, g in self.vocabulary.gaps if " " in self.question.normal else ():
            if (i := self.text.find(first)) >= 0 and self.text.find(second, i + len(first)) >= 0:
                self.groups[g] = (1.0, -1, -1)
        banned = self.vocabulary.banned
        never = [banned[g] for g, at in self.groups.items() if at[0] >= 0.9 and g in banned]
        self.banned = frozenset().union(*never) - self.groups.keys() if never else frozenset()
        """Groups that never answer for one that is surely pointed to, and are not pointed to themselves."""

    def _verb(self, type_: str) -> float:
        """How surely a verb points to a group of this type, given the question words."""
        if self.open:
            return 0.75 if type_ in {"text", "list", "organisation", "place"} else 0.6
        return 0.92 if self.fits(type_) else 0.0

    def fits(self, type_: str) -> bool:
        """Whether answers of a type satisfy the question words."""
        return self.open or type_ in self._fitting

    def _units(self, at: int, to: int) -> int:
        return self.question.units(at, to) if at >= 0 else self.content

    def evidence(self, predicate: Predicate, backward: bool = False) -> Evidence:
        """How well a predicate answers; `backward` if the name in the question is its object."""
        return Evidence(*self._judged(predicate, backward))

    def _judged(self, predicate: Predicate, backward: bool) -> _Judged:
        mark = ~predicate.r if backward else predicate.r
        known = self._known.get(mark)
        if known is None:
            known = self._known[mark] = self._judge(predicate, backward)
        return known

    def answering(self, ways: Ways) -> list[tuple[Predicate, bool, Evidence]]:
        """The ways that may answer, backward or not, a little better the rarer they are."""
        known = self._answering.get(ways)
        if known is None:
            known = self._answering[ways] = []
            letters, clues = self.letters, self.clues
            for predicate, backward, rare, told, spelt, cued in ways.each:
                # most labels have nothing in common with the question, nor is their type asked for
                if told.isdisjoint(clues) and spelt.isdisjoint(letters) and not cued:
                    continue
                score, explained, how, rank = self._judged(predicate, backward)
                if score:
                    known.append((predicate, backward, Evidence(score + rare, explained, how, rank + rare)))
        return known

    def _judge(self, predicate: Predicate, backward: bool) -> _Judged:
        cues = predicate.inverse_cues if backward else predicate.cues
        said = [c for c in cues if _cued(c, self.text)] if cues else ()
        if said:
            explained = 0
            for cue in said:
                explained |= self._where(cue)
            score, how = 1.0 + 0.01 * min(max(map(len, said)), 30), "cue"
        elif backward and predicate.inverse_cues:
            return NOTHING
        elif (self.open or not predicate.pieces[-1][2]) and self._strange(predicate):
            score, explained, how = self._by_type(predicate)
        else:
            score, explained, how = self._meant(predicate)
        if not score:
            return NOTHING
        if not self.open and not backward and (type_ := predicate.meant):
            if type_ in self._fitting:
                score += 0.08
                explained |= self._asked(predicate)
            elif type_ not in {"text", "list"} and how not in {"cue", "literal"}:
                score -= _UNFIT
        if backward and how != "cue":
            score *= 0.85
        rank = 0.0
        if how != "cue":
            if predicate.han:
                shared, rank = self._spelt(predicate)
                score += shared
        elif predicate.pairs:
            score += _SHARED
            rank = _PAIRS
        if content := self.content:
            share = (explained & content).bit_count() / content.bit_count()
            score += 0.15 * share
            rank += _SAYS * share
        score = max(score, 0.0)
        return score, explained, how, score + rank

    def _asked(self, predicate: Predicate) -> int:
        """The units of words that ask for the predicate's type and for no other predicate."""
        units = 0
        for pointed, asking in self.asking:
            if not pointed or not predicate.groups.keys().isdisjoint(pointed):
                units |= asking
        return units

    def _strange(self, predicate: Predicate) -> bool:
        """Whether a label has nothing in common with the question: no character, group or synonym."""
        return (
            predicate.letters.isdisjoint(self.letters)
            and predicate.kin.isdisjoint(self.kin)
            and predicate.groups.keys().isdisjoint(self.groups)
        )

    def _spelt(self, predicate: Predicate) -> tuple[float, float]:
        """What it is worth that characters of a label stand in the question, and what that tells in rank.

        The first counts those that the question has, less those that it has not; the second the neighbours in the label
        that stand side by side in the question as well, and the characters that stand in the name.
        """
        if predicate.letters.isdisjoint(self.letters):
            return -_ABSENT, 0.0
        text, said, name, han = self.text, self.said, self.name, predicate.han
        have = named = beside = 0
        for c in han:
            if c in said:
                have += 1
            elif c in name:
                named += 1
        for pair in predicate.pairs:
            if pair in text:
                beside += 1
        size = len(han)
        shared = _SHARED * have / size - _ABSENT * (size - have) if have else -_ABSENT
        return shared, (_PAIRS * beside / len(predicate.pairs) if beside else 0.0) + _NAMED * named / size

    def _meant(self, predicate: Predicate) -> _Meant:
        normal, text = predicate.normal, self.text
        if normal in text and normal:
            if len(normal) > 1:
                return 1.25 + 0.01 * min(len(normal), 20), self._where(normal), "literal"
            return self._single(predicate)
        grouped, units = self._grouped(predicate)
        covered, explained = self._covered(predicate)
        if covered < _SYNONYM and not predicate.whole.isdisjoint(self.kin):
            covered = _SYNONYM
            explained |= self._units(*self.kin[min(predicate.whole & self.kin.keys())])
        score = 1 - (1 - 0.85 * grouped) * (1 - 0.9 * covered)
        if score:
            score += 0.2 * len(predicate.letters & self.letters) / len(predicate.letters)
        if score >= _FAINT:
            return score, units | explained, "vocabulary" if grouped > covered else "words"
        return self._by_type(predicate)

    def _single(self, predicate: Predicate) -> _Meant:
        """A label of one character in the question: 哪个门 asks for 门, but 属于 does not for 属."""
        char = predicate.normal
        grouped, units = self._grouped(predicate)
        if grouped >= _ASKED:
            return 1.25 + _SHARED, units, "literal"
        places = self._places(char)
        for begin, end, entry in self.words if places else ():
            if end - begin > 1 and not entry.asks:
                places &= ~self.question.units(begin, end)
        return 0.75 if places else 0.5, places or 1 << self.question.owner[self.question.normal.find(char)], "literal"

    def _by_type(self, predicate: Predicate) -> _Meant:
        fitting = predicate.type and predicate.type in self._fitting
        return (_FAINT, 0, "type") if fitting else (0.0, 0, "")

    def _covered(self, predicate: Predicate) -> tuple[float, int]:
        """Share of a label's words that the question has: themselves, by synonyms, by the type asked for."""
        covered, reached, explained = 0.0, 0, 0
        text, chars, kins = self.text, self.chars, self.kin
        for word, weight, tail, kin in predicate.pieces:
            long = len(word) > 1
            if long and (at := text.rfind(word)) >= 0:
                # a word before the one that it follows in the label belongs elsewhere (酒店周边的景点 is no 周边酒店)
                covered += weight if at >= reached else _TURNED * weight
                reached = max(reached, at)
                explained |= self._where(word)
            elif not long and word in chars:
                covered += weight * (0.9 if not tail else 0.7)
                explained |= self._places(word)
            elif tail and tail in self._fitting:
                covered += 0.9 * weight
            elif kin and not kin.isdisjoint(kins):
                covered += _SYNONYM * weight
                explained |= self._units(*kins[min(kin & kins.keys())])
            elif long and word in self.name:
                covered += 0.7 * weight
            elif long and word[0] != " ":
                share, where = self._partly(word)
                covered += weight * share
                explained |= where
        return covered, explained

    def _partly(self, word: str) -> tuple[float, int]:
        """Share of the characters of a word that the question has; scattered ones count for half."""
        have = where = 0
        for c in word:
            if c in self.chars:
                have += 1
                where |= self._places(c)
        if not have:
            return 0.0, 0
        together = any(word[i : i + 2] in self.text for i in range(len(word) - 1))
        return have / len(word) * (0.9 if together else 0.55), where

    def _grouped(self, predicate: Predicate) -> tuple[float, int]:
        """How surely the groups of a predicate are pointed to, and by which units."""
        best, where = 0.0, (-1, -1)
        pointed = self.groups
        for g, weight in predicate.groups.items():
            if g in pointed:
                worth = weight * pointed[g][0] * 0.97
                if worth > best:
                    best, where = worth, pointed[g][1:]
        if not best or (best < 0.9 and not predicate.strong.isdisjoint(self.banned)):
            return 0.0, 0
        return best, self._units(*where)

    def _where(self, normal: str) -> int:
        """Units of a text that stands in the question."""
        found = 0
        for part in normal.split("…") if "…" in normal else (normal,):
            at = self.question.normal.find(part)
            if at >= 0 and part:
                found |= self._units(at, at + len(part))
        return found


def _inside(begin: int, end: int, stretches: list[Word]) -> bool:
    """Whether a stretch lies within a longer one."""
    for b, e, _ in stretches:  # noqa: SIM110 - in half the time of any()
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
