"""Three bases of three packs that differ in one figure, and an empty folder for them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.versions import Versions
from knowledge.building.build import build
from knowledge.building.pack import load_pack


@pytest.fixture(scope="session")
def packs(alpine_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Three packs that differ in one figure."""
    made = []
    for beds in ("32", "33", "34"):
        copy = shutil.copytree(alpine_dir, tmp_path_factory.mktemp("packs") / "huts")
        for file in (copy / "facts").iterdir():
            text = file.read_text("utf-8")
            file.write_text(text.replace("32张", f"{beds}张"), "utf-8")
        made.append(copy)
    return made


@pytest.fixture(scope="session")
def built(packs: list[Path], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The three bases."""
    folder = tmp_path_factory.mktemp("built")
    return [build(load_pack(pack), folder).path for pack in packs]


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    return Versions(tmp_path / "bases")
