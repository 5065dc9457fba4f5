"""Packs compiled once, each with a desk that answers from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest

from bot.answering import Desk
from knowledge.building.build import build
from knowledge.building.pack import load_pack
from knowledge.store.base import Base

TESTS = Path(__file__).parents[1]
PACKS = {
    folder.name: folder
    for parent in (TESTS / "packs", TESTS.parent / "knowledge" / "packs")
    for folder in sorted(parent.iterdir())
    if (folder / "pack.yaml").is_file()
}
"""Name → directory of every pack, the program's and the tests' own."""


@pytest.fixture(scope="session")
def desk_of(
    alpine_base: Base, alpine_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Desk]]:
    """The desk of a pack by the pack's name."""
    with ExitStack() as stack:

        @cache
        def get(pack: str) -> Desk:
            if PACKS[pack] == alpine_dir:
                return Desk(alpine_base)
            base = Base(build(load_pack(PACKS[pack]), tmp_path_factory.mktemp("packs") / f"{pack}.sqlite").path)
            stack.callback(base.close)
            return Desk(base)

        yield get


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes `offered` runs for each question that a pack's help offers."""
    if "offered" in metafunc.fixturenames:
        found = [
            pytest.param(name, question, id=f"{name}: {question}")
            for name, folder in PACKS.items()
            for questions in load_pack(folder).examples.values()
            for question in questions
        ]
        metafunc.parametrize(("pack", "offered"), found)
