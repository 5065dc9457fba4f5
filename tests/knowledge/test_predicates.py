"""The predicate lexicon is well formed: what knowledge/language/predicates.yaml says of itself at its top."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import pytest
import yaml

from knowledge.text.fold import Tables
from knowledge.text.lexicon import LANGUAGE

Group = dict[str, Any]

TYPES = {"person", "organisation", "place", "date", "duration", "number", "amount", "text", "list"}
LISTS = ("same", "en", "verbs", "asks", "also", "not")


@pytest.fixture(scope="module")
def groups() -> list[Group]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return list(yaml.load((LANGUAGE / "predicates.yaml").read_text("utf-8"), loader))


def test_predicates_are_several_hundred_groups_of_known_keys_and_types(groups: list[Group]) -> None:
    assert len(groups) >= 400
    for group in groups:
        assert group.keys() <= {"label", "type", *LISTS}, group["label"]
        assert group["type"] in TYPES, group["label"]
        for key in LISTS:
            words = group.get(key, ["-"])
            assert words, f"{group['label']}: {key} is empty"
            assert all(isinstance(w, str) and w == w.strip() and w for w in words), f"{group['label']}: {key} {words}"
            assert not [w for w, n in Counter(words).items() if n > 1], f"{group['label']}: {key} names a word twice"


def test_predicates_stand_in_one_group_each(groups: list[Group], tables: Tables) -> None:
    held: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        for word in (group["label"], *group.get("same", ()), *group.get("en", ()), *group.get("asks", ())):
            held[tables.fold(word)].add(group["label"])
    assert {word: labels for word, labels in held.items() if len(labels) > 1} == {}
    assert max(Counter(g["label"] for g in groups).values()) == 1


def test_predicates_exclude_groups_that_exist_and_never_their_own_words(groups: list[Group]) -> None:
    labels = {g["label"] for g in groups}
    for group in groups:
        assert set(group.get("not", ())) <= labels - {group["label"]}, group["label"]
        own = {group["label"], *group.get("same", ()), *group.get("en", ()), *group.get("asks", ())}
        assert not own & set(group.get("also", ())), group["label"]
        assert not set(group.get("also", ())) & set(group.get("not", ())), group["label"]
        assert all(w.count("…") <= 1 for w in group.get("asks", ())), group["label"]
