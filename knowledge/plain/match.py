"""Which predicate a question asks for: literally, by vocabulary, by shared characters, by the type of the answer."""

from __future__ import annotations

from typing import NamedTuple

from knowledge.plain.base import Predicate
from knowledge.plain.question import Question
from knowledge.plain.vocabulary import NEAR, SAME, Vocabulary

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
_MERGED = {"share": "number", "rank": "number", "distance": "number"}


class Evidence(NamedTuple):
    """How well a predicate answers a question."""

    score: float
    explained: frozenset[int]
    """Units of the question that it explains."""
    how: str
    """cue, literal, vocabulary, characters, kin, type or ''."""


NOTHING = Evidence(0.0, frozenset(), "")


class Rest:
    """A question without the span of its name, as predicates are compared with it."""

    __slots__ = ("_known", "asks", "chars", "content", "first", "groups", "kin", "last", "open", "question", "text", "vocabulary")

    def __init__(self, question: Question, first: int, last: int, vocabulary: Vocabulary) -> None:
        """`first` and `last` are the units of the name, inclusive; first > last if there is none."""
        self.question = question
        self.vocabulary = vocabulary
        self.first, self.last = first, last
        units, normal = question.units, question.normal
        if first <= last:
            at, to = units[first].at, units[last].to
            self.text = f"{normal[:at].rstrip(' ')} {GAP} {normal[to:].lstrip(' ')}"
        else:
            at = to = -1
            self.text = normal
        self.content = {n for n, u in enumerate(units) if u.key and not first <= n <= last}
        self.chars: dict[str, list[int]] = {}
        asks: set[str] = set()
        self.groups: dict[int, tuple[float, int, int]] = {}
        self.kin: dict[str, tuple[int, int]] = {}
        empty: set[int] = set()
        verbs: list[tuple[int, int, int]] = []
        for word in question.words:
            if word.at < to and at < word.to:
                continue
            entry = word.entry
            asks.update(entry.asks)
            if entry.empty or entry.light:
                owned = {question.owner[o] for o in range(word.at, word.to)}
                self.content -= owned
                if entry.empty and not entry.asks and not entry.groups and word.to - word.at <= 2:
                    empty |= owned
            for g, how in entry.groups:
                if how == SAME:
                    self._point(g, 1.0, word.at, word.to)
                elif how == NEAR:
                    self._point(g, 0.5, word.at, word.to)
                else:
                    verbs.append((g, word.at, word.to))
            for kin in entry.kin:
                self.kin.setdefault(kin, (word.at, word.to))
        for begin, end, g in vocabulary.gaps:
            if (i := self.text.find(begin)) >= 0 and self.text.find(end, i + len(begin)) >= 0:
                self.groups[g] = (1.0, -1, -1)
        self.asks = frozenset(asks)
        self.open = not asks & _FITTING.keys()
        for g, begin, end in verbs:
            type_ = vocabulary.types[g]
            if not self.open:
                strength = 0.92 if self.fits(type_) else 0.0
            else:
                strength = 0.75 if type_ in {"text", "list", "organisation", "place"} else 0.6
            if strength:
                self._point(g, strength, begin, end)
        for n, unit in enumerate(units):
            if unit.key and not first <= n <= last and n not in empty:
                self.chars.setdefault(normal[unit.at : unit.to], []).append(n)
        self._known: dict[tuple[int, bool], Evidence] = {}

    def _point(self, g: int, strength: float, at: int, to: int) -> None:
        if strength > self.groups.get(g, (0.0, 0, 0))[0]:
            self.groups[g] = (strength, at, to)

    def fits(self, type_: str) -> bool:
        """Whether answers of a type satisfy the question words."""
        return self.open or any(type_ in _FITTING[a] for a in self.asks if a in _FITTING)

    def _units(self, at: int, to: int) -> frozenset[int]:
        owner = self.question.owner
        return frozenset(owner[o] for o in range(at, to)) if at >= 0 else frozenset(self.content)

    def evidence(self, predicate: Predicate, *, backward: bool = False) -> Evidence:
        """How well a predicate answers; `backward` if the name in the question is its object."""
        mark = (predicate.r, backward)
        known = self._known.get(mark)
        if known is None:
            known = self._known[mark] = self._judge(predicate, backward)
        return known

    def _judge(self, predicate: Predicate, backward: bool) -> Evidence:
        cues = predicate.inverse_cues if backward else predicate.cues
        cued = max((c for c in cues if _cued(c, self.text)), key=len, default="")
        if cued:
            found = Evidence(1.0 + 0.01 * min(len(cued), 30), self._where(cued), "cue")
        elif backward and predicate.inverse_cues:
            return NOTHING
        else:
            found = self._meant(predicate)
        if not found.score:
            return NOTHING
        score = found.score
        if not self.open and not backward:
            type_ = _MERGED.get(predicate.type, predicate.type) or max(
                ((w, self.vocabulary.types[g]) for g, w in predicate.groups.items()), default=(0, "")
            )[1]
            if type_ and self.fits(type_):
                score += 0.08
            elif type_ and type_ not in {"text", "list"} and found.how not in {"cue", "literal"}:
                score -= 0.3
        if backward and found.how != "cue":
            score *= 0.85
        content = self.content
        if content:
            score += 0.15 * len(found.explained & content) / len(content)
        return Evidence(max(score, 0.0), found.explained, found.how)

    def _meant(self, predicate: Predicate) -> Evidence:
        normal, text = predicate.normal, self.text
        if normal in text and normal:
            if len(normal) > 1:
                return Evidence(1.0 + 0.01 * min(len(normal), 20), self._where(normal), "literal")
            if normal in self.chars:
                return Evidence(0.62, frozenset(self.chars[normal]), "literal")
        best = self._grouped(predicate)
        explained: set[int] = set()
        covered = 0.0
        for char, weight in predicate.chars:
            places = self.chars.get(char)
            if places:
                covered += weight
                explained.update(places)
        if covered >= 0.4 and 0.85 * covered > best.score:
            best = Evidence(0.85 * covered, frozenset(explained), "characters")
        elif covered and best.score:
            best = Evidence(best.score + 0.05 * covered, best.explained | explained, best.how)
        if best.score < 0.6:
            shared = predicate.kin & self.kin.keys()
            if shared:
                at, to = self.kin[min(shared)]
                score = 0.55 + 0.1 * covered
                if score > best.score:
                    best = Evidence(score, self._units(at, to) | explained, "kin")
        if not best.score and not self.open and predicate.type and self.fits(predicate.type):
            best = Evidence(0.25, frozenset(), "type")
        return best

    def _grouped(self, predicate: Predicate) -> Evidence:
        best, where = 0.0, (-1, -1)
        banned = False
        for g, weight in predicate.groups.items():
            pointed = self.groups.get(g)
            if pointed and weight * pointed[0] * 0.97 > best:
                best, where = weight * pointed[0] * 0.97, pointed[1:]
            if weight >= 0.8 and not pointed:
                banned = banned or any(
                    s >= 0.9 and g in self.vocabulary.banned.get(asked, ()) for asked, (s, _, _) in self.groups.items()
                )
        if banned and best < 0.9:
            return NOTHING
        return Evidence(best, self._units(*where), "vocabulary") if best else NOTHING

    def _where(self, normal: str) -> frozenset[int]:
        """Units of a text that stands in the question."""
        for part in normal.split(GAP):
            at = self.question.normal.find(part)
            if at >= 0 and part:
                return self._units(at, at + len(part))
        return frozenset()


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
