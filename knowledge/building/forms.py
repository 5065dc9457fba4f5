"""The forms in which the words of a pack's relations are asked with besides those that the pack gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from knowledge.store.records import Relation
from knowledge.text.lexicon import phrase
from knowledge.text.patterns import HAN

_MEASURED = ("number", "amount", "duration", "share")
_MORE, _LESS, _APART, _NUMBER = "i:most", "i:least", "i:difference", "q:number"
_ASKED_WITH = "(?:有?多|最|更|比较)?({})(?:度|多少)?"
_WHO = re.compile("(?:谁|哪[个家位]|由谁|被谁)(?:在|来|负责)?((?![的是在有能会和跟了])[\u3400-\u9fff]{2,4})(?<!的)")
_PERSONS = "人"
_OTHERWISE = (("多少", "几"), ("多少", "几", "多少个", "几个"))
"""Ways to ask how many, of things and of persons."""
_WHO_EN = re.compile("who ([a-z]{4,})")
_FOREMOST = re.compile("[\u3400-\u9fff]+(?:王|状元|之最|销冠)|(?:top|best|most|leading) [a-z ]*[a-z]{3,}")
"""A cue of a measure that means who has most of it (射手王, top scorer)."""
_COUNTED = re.compile("(多少|几)(?=[\u3400-\u9fff])")
_GENERAL = frozenset("个家款项座所条种位名人次天年月元份件部张只")
"""Units that count so many sorts of things that they tell no relation."""


_HEADS = frozenset("队馆站店厂校院园桥塔船车线岛村镇县市省港湖河山楼街奖片剧书")
"""Ends of nouns that stand for the whole of them behind 哪个."""
_UNITS = "个家座所条支只艘部名间款辆列"


def measure_forms(
    relation: Relation, degrees: list[dict[str, Any]], known: set[str], others: Iterable[Relation] = ()
) -> Iterator[tuple[str, str]]:
    """(word, tag) pairs of what measures: the forms of its adjectives (最快, 慢多少), and 多少, 几 with its unit.

    Not the words whose attribute the language knows, unless the pack has them itself. `others` measure the same kinds.
    """
    own = f"r:{relation.id}"
    yield from ((cue.replace("几点", "几点钟"), own) for cue in relation.cues if "几点" in cue)
    if relation.value not in _MEASURED:
        return
    for axis in degrees:
        named, instead = _measures(relation, axis, axis["nouns"]), _instead(relation, axis, others)
        if relation.value in axis.get("types", _MEASURED) and (named or instead):
            for side, degree in (("more", _MORE), ("less", _LESS)):
                for word in axis[side]:
                    forms = _chinese(word, degree, relation.unit) if HAN.match(word) else _english(word.split(), degree)
                    for form, *tags in forms:
                        if not named and tags != [degree]:
                            continue  # how big a person is his age, and no number of beds
                        # 高多少米 is what any height differs by, unless the pack itself says 高
                        own_word = form.removeprefix("有") in relation.cues or (
                            _APART in tags and word in relation.cues
                        )
                        if form not in known or own_word:
                            yield from ((form, tag) for tag in (own, *tags))
    yield from ((cue, _MORE) for cue in relation.cues if _FOREMOST.fullmatch(cue))
    unit = relation.unit
    asked = "q:amount" if relation.value == "amount" else _NUMBER
    if HAN.match(unit) and unit not in _GENERAL:
        for many in ("多少", "几"):
            if len(unit) > 1:
                yield many + unit, asked
            yield from ((f"{apart}{many}{unit}", tag) for apart in ("相差", "差") for tag in (own, _APART, asked))
    for cue in relation.cues if unit else ():
        if (asking := _COUNTED.search(cue)) and cue.startswith(unit, asking.end()):
            before, behind = cue[: asking.start()], cue[asking.end() :]
            if behind.removeprefix(unit) in (relation.label.zh, *relation.cues):
                continue  # 床 says it by itself
            yield from ((f"{before}{other}{behind}", own) for other in _OTHERWISE[unit == _PERSONS])


def _instead(relation: Relation, axis: dict[str, Any], others: Iterable[Relation]) -> bool:
    """Whether things are called big or small by a relation for want of a better measure of the same kinds."""
    if "else" not in axis or not _measures(relation, axis, axis["else"]):
        return False
    return not any(_measures(other, axis, axis["nouns"]) for other in others if other.value in _MEASURED)


def _measures(relation: Relation, axis: dict[str, Any], nouns: Iterable[str]) -> bool:
    """Whether a relation has one of the adjectives among its cues, or one of the nouns in its label."""
    words = [*axis["more"], *axis["less"]]
    asked = re.compile(_ASKED_WITH.format("|".join(w for w in words if HAN.match(w))))
    english = {phrase(form) for w in words if not HAN.match(w) for form in w.split()}
    english |= {phrase(f"how {form}") for form in english}
    labels = (relation.label.zh, *relation.label.en.casefold().split(), *relation.cues)
    return any(asked.fullmatch(cue) or phrase(cue) in english for cue in relation.cues) or any(
        label == noun or (HAN.match(noun) and label.endswith(noun)) for label in labels for noun in nouns
    )


def _chinese(word: str, degree: str, unit: str) -> Iterator[tuple[str, ...]]:
    """The forms of an adjective, each with what it says; `unit` is that of its measure, '' if it has none."""
    yield from ((f"{many}{word}", _NUMBER) for many in ("多", "有多"))
    yield from ((f"{most}{word}{of}", degree) for most in ("最", "更") for of in ("", "的"))
    for link in ("", "了", "出", "出了"):
        for many in ("多少", "几", f"多少{unit}", f"几{unit}"):
            yield f"{word}{link}{many}", _APART, _NUMBER


def _english(forms: list[str], degree: str) -> Iterator[tuple[str, ...]]:
    """The forms of an adjective, its comparative and its superlative, each with what it says."""
    plain, comparative, superlative = forms
    yield f"how {plain}", _NUMBER
    yield comparative, degree
    yield superlative, degree
    yield f"how much {comparative}", _APART, _NUMBER


def noun_forms(kinds: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    """(word, tag) pairs of what asks with the head of a noun (哪个队 of 球队), where it is that of one kind only."""
    heads: dict[str, set[str]] = {}
    for kind, nouns in kinds.items():
        for noun in nouns:
            if len(noun) > 1 and noun[-1] in _HEADS:
                heads.setdefault(noun[-1], set()).add(kind)
    for head, own in sorted(heads.items()):
        if len(own) > 1:
            continue
        tag = f"k:{min(own)}"
        for unit in _UNITS:
            for asking, sort in (("哪", "q:which"), ("哪几", "q:list"), ("哪一", "q:which")):
                yield from ((f"{asking}{unit}{head}", t) for t in (sort, tag))
        for asking in ("哪些", "有哪些", "都有哪些"):
            yield from ((f"{asking}{head}", t) for t in ("q:list", tag))


def verb_forms(relations: Iterable[Relation], known: set[str]) -> Iterator[tuple[str, str]]:
    """(word, tag) pairs of the verbs in cues that ask who does something (谁指挥), where no other word is spelt so."""
    for relation in relations:
        for cue in relation.cues if relation.value == "entity" else ():
            found = _WHO.fullmatch(cue) or _WHO_EN.fullmatch(cue)
            if found and found[1] not in known and phrase(found[1]) not in known:
                yield found[1], f"r:{relation.id}"
