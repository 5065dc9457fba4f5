"""Compile the language files into the vocabulary (build time only)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from knowledge.plain.vocabulary import NEAR, SAME, VERB, dump, normal_form

_EMPTY = ("f", "p", "u")
_REFERRING = ("i:pronoun", "i:refers")


def compile_vocabulary(
    pairs: list[tuple[str, str]],
    groups: list[dict[str, Any]],
    tails: dict[str, list[str]],
    fold: Callable[[str], str],
) -> bytes:
    """The vocabulary of (folded word, tag) pairs, the groups of predicates.yaml and the types of tails.yaml."""
    words = _tagged(pairs)
    numbers = {g["label"]: n for n, g in enumerate(groups)}
    near = _near(groups)
    gaps: list[list[Any]] = []
    rows = []
    for n, group in enumerate(groups):
        kinds = ((SAME, [group["label"], *group.get("same", ()), *group.get("en", ()), *group.get("asks", ())]),
                 (VERB, group.get("verbs", ())), (NEAR, group.get("also", ())))  # fmt: skip
        for how, members in kinds:
            for word in map(str, members):
                if "…" in word:
                    first, _, second = word.partition("…")
                    gaps.append([normal_form(fold(first)), normal_form(fold(second)), n])
                    continue
                found = _entry(words, fold(word))
                if found is None:
                    continue
                found[3].append([n, how])
                if how == SAME:
                    held = {g for g, _ in found[3]}
                    found[3] += [[other, NEAR] for other in near[group["label"]] if other not in held]
        rows.append({"type": group["type"], "label": group["label"],
                     "not": [numbers[x] for x in group.get("not", ()) if x in numbers]})  # fmt: skip
    asking = {w: found[2] for w, found in words.items() if found[2]}
    longest = max(map(len, asking), default=0)
    for word, found in words.items():
        if (found[3] or found[4]) and not (found[0] or found[2]):
            found[2] = next((asking[p] for p in _inside(word, longest) if p in asking), [])
    ends = {normal_form(fold(str(w))): type_ for type_, members in tails.items() for w in members}
    return dump(dict(words), rows, gaps, ends)


def _near(groups: list[dict[str, Any]]) -> dict[str, list[int]]:
    """For each label the groups that name it among the words which may mean them: so may all words of its group."""
    near: dict[str, list[int]] = defaultdict(list)
    for n, group in enumerate(groups):
        for word in dict.fromkeys(map(str, group.get("also", ()))):
            near[word].append(n)
    return near


def _entry(words: dict[str, list[Any]], folded: str) -> list[Any] | None:
    normal = normal_form(folded)
    return words[normal] if normal.strip() else None


def _tagged(pairs: list[tuple[str, str]]) -> dict[str, list[Any]]:
    """What the lexicon's tags say of its words; the lists are the fields of an Entry."""
    words: dict[str, list[Any]] = defaultdict(lambda: [0, 0, [], [], [], 0])
    for word, tag in pairs:
        found = _entry(words, word)
        if found is None:
            continue
        if tag in _EMPTY:
            found[0] = 1
        elif tag == "l":
            found[1] = 1
        elif tag[:2] == "q:":
            found[0] = 1
            found[2].append(tag[2:])
        elif tag[:2] in ("s:", "a:"):
            found[4].append(tag)
        elif tag in _REFERRING:
            found[0] = found[5] = 1
        elif tag[:2] == "i:":
            found[1] = 1
    return words


def _inside(word: str, longest: int) -> Iterator[str]:
    """All parts of a word up to a length, longest first: 哪年出版 asks as 哪年 does."""
    for size in range(min(len(word) - 1, longest), 0, -1):
        for start in range(len(word) - size + 1):
            yield word[start : start + size]
