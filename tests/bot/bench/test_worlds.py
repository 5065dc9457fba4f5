"""Made-up worlds are what they are said to be, and the same each time."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from bot.bench.worlds import DECOYS, LATIN, PREDICATES, World


@pytest.mark.parametrize(("size", "facts"), [(50, 40), (300, 3000), (200, 20_000)])
def test_world_is_deterministic_and_of_the_size_asked_for(size: int, facts: int, tmp_path: Path) -> None:
    first, second = World(size, facts), World(size, facts)
    assert first.names == second.names
    assert len(set(first.names)) == size
    written = first.write(tmp_path / "first")
    assert second.write(tmp_path / "second") == written
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()
    assert written == max(facts, size)
    assert first.cases(40) == second.cases(40)
    assert World(size, facts, seed=2).names != first.names


def test_world_has_hubs_and_names_that_are_words(tmp_path: Path) -> None:
    world = World(600, 30_000)
    world.write(tmp_path / "world")
    rows = [json.loads(line) for line in (tmp_path / "world").read_text("utf-8").splitlines()]
    held = Counter(row["s"] for row in rows)
    assert set(held) == set(world.names)
    assert held.most_common(1)[0][1] > 10_000
    assert set(world.names) & set(DECOYS)
    assert any(name.isascii() for name in world.names)


def test_world_answers_its_own_questions(tmp_path: Path) -> None:
    world = World(300, 3000)
    world.write(tmp_path / "world")
    rows = {(r["s"], r["p"]): r["o"] for r in map(json.loads, (tmp_path / "world").read_text("utf-8").splitlines())}
    for case in world.cases(200):
        assert rows[case.name, case.predicate] == case.values[0]
        assert case.name in case.text
        assert "{}" not in case.text


def test_world_never_asks_with_the_label_itself() -> None:
    for predicate in (*PREDICATES, *LATIN):
        assert not any(predicate.label in ask for ask in predicate.asks)
