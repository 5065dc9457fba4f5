"""What the builder tells of a base's predicates: the words of their labels, their groups of synonyms, their types."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from knowledge.plain.vocabulary import NEAR, SAME, VERB, Vocabulary, label_text, matches, normal_form, segment
from knowledge.store.records import Relation
from knowledge.text.patterns import is_han

_DATE = re.compile(r"^[约前公元]*(?:\d{1,4}年|[12]\d{3}(?:[-/.]\d{1,2}(?!\d)|$))")
_FIGURE = re.compile(r"^[约近超逾]?[¥$€]?\d[\d,.]*")


class Used(NamedTuple):
    """A predicate as the files use it."""

    label: str
    facts: int
    samples: Sequence[str]
    """Some of its values."""


class Describer:
    """Compares labels with the vocabulary."""

    def __init__(self, fold: Callable[[str], str], vocabulary: Vocabulary) -> None:
        self.fold = fold
        self.vocabulary = vocabulary

    def describe(self, predicates: Sequence[Used], relations: Iterable[Relation]) -> Iterator[str]:
        """For each predicate the data that an open base reads. `relations` are those that a pack describes."""
        described = {r.id: r for r in relations}
        labels = [label_text(self.fold(p.label)) for p in predicates]
        cuts = [self._cut(normal_form(label)) for label in labels]
        frequency = Counter(piece for cut in cuts for piece in {text for text, _ in cut})
        for predicate, label, cut in zip(predicates, labels, cuts, strict=True):
            yield self._data(predicate, label, cut, frequency, described.get(predicate.label))

    def _cut(self, normal: str) -> list[tuple[str, tuple[str, ...]]]:
        """Words of a label with their groups of synonyms; what the vocabulary does not know stays together."""
        found = [f for f in matches(normal, _starts(normal), self.vocabulary)[0] if f[1] - f[0] > 1]
        inner = segment([f for f in found if f[1] - f[0] < len(normal)], normal, len(normal))
        whole = sum(end - start for start, end, _ in inner) >= len(normal)
        at = 0
        cut: list[tuple[str, tuple[str, ...]]] = []
        for start, end, entry in inner if whole else segment(found, normal, len(normal)):
            if start > at:
                cut += [(text, ()) for text in _unknown(normal[at:start], self.vocabulary.tails)]
            cut.append((normal[start:end], entry.kin))
            at = end
        cut += [(text, ()) for text in _unknown(normal[at:], self.vocabulary.tails)]
        return cut

    def _data(
        self,
        predicate: Used,
        label: str,
        cut: list[tuple[str, tuple[str, ...]]],
        frequency: Counter[str],
        told: Relation | None,
    ) -> str:
        fold = self.fold
        weights = [len(text.strip()) ** 0.5 / (1 + math.log10(frequency[text])) for text, _ in cut]
        total = sum(weights) or 1
        tails = self.vocabulary.tails
        pieces = [
            (text, round(w / total, 3), tails.get(text, "") if n == len(cut) - 1 else "", like)
            for n, ((text, like), w) in enumerate(zip(cut, weights, strict=True))
        ]
        normal = normal_form(label)
        known = self.vocabulary.words.get(normal)
        kin = known.kin if known else ()
        type_ = _type_of(predicate.samples, pieces[-1][2] if pieces else "")
        written = label_text(predicate.label)
        zh, en, cues, inverse = written, written, [], ["", "", []]
        if told:
            zh, en = told.label.zh or zh, told.label.en or en
            type_ = {"entity": "", "text": ""}.get(told.value, told.value)
            own = [c for c in (told.label.zh, told.label.en, *told.cues) if c]
            cues = sorted({normal_form(fold(c)) for c in own})
            turned = [c for c in (told.inverse.zh, told.inverse.en, *told.inverse_cues) if c]
            inverse = [told.inverse.zh, told.inverse.en, sorted({normal_form(fold(c)) for c in turned})]
        return json.dumps(
            [zh, en, normal, type_, self._groups(normal), pieces, kin, cues, inverse, predicate.facts],
            ensure_ascii=False, separators=(",", ":"),
        )  # fmt: skip

    def _groups(self, normal: str) -> list[tuple[int, float]]:
        """Groups that a label belongs to: as a whole, or by the longest word that begins or ends it."""
        words = self.vocabulary.words
        groups: dict[int, float] = {}
        whole = words.get(normal)
        if whole:
            for g, how in whole.groups:
                weight = {SAME: 1.0, VERB: 0.8, NEAR: 0.5}[how]
                groups[g] = max(weight, groups.get(g, 0))
        if not any(w > 0.6 for w in groups.values()):
            for size in range(len(normal) - 1, 1, -1):
                for text in (normal[-size:], normal[:size]):
                    for g, how in words[text].groups if text in words else ():
                        if how == SAME:
                            weight = 0.8 * size / len(normal)
                            groups[g] = max(weight, groups.get(g, 0))
        return [(g, round(w, 2)) for g, w in groups.items()]


def _starts(normal: str) -> list[int]:
    """Where words of a label may begin: at Han characters and at the blanks before others."""
    return [n for n, c in enumerate(normal) if is_han(c) or (c == " " and n < len(normal) - 1)]


def _unknown(text: str, tails: dict[str, str]) -> list[str]:
    """What the vocabulary does not know, its tail apart."""
    if not text.strip():
        return []
    for size in range(min(3, len(text) - 1), 0, -1):
        if text[-size:] in tails:
            return [text[:-size], text[-size:]]
    return [text]


def _type_of(samples: Sequence[str], tail: str) -> str:
    """What most values look like: date, number or ''. `tail` is the type that the label's last word tells."""
    if not samples:
        return ""
    dates = sum(1 for s in samples if _DATE.match(s))
    figures = sum(1 for s in samples if _FIGURE.match(s))
    if dates * 3 >= len(samples) * 2:
        return "date"
    if figures * 3 >= len(samples) * 2:
        # 15.6.2014 begins as a figure does
        return "date" if tail == "date" and dates else "number"
    return ""
