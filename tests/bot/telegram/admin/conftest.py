"""Bots to administer, each with a pack and a base of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from knowledge.building.build import build
from knowledge.store.records import Pack
from tests.bot.telegram.admin.world import World, running


@pytest.fixture(scope="module")
def base(alpine_pack: Pack, alpine_articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The huts with their texts, named by its content."""
    return build(alpine_pack, tmp_path_factory.mktemp("base"), alpine_articles).path


@pytest_asyncio.fixture
async def world(alpine_dir: Path, alpine_articles: Path, base: Path, tmp_path: Path) -> AsyncIterator[World]:
    async with running(alpine_dir, alpine_articles, base, tmp_path) as made:
        yield made


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def guarded(
    alpine_dir: Path, alpine_articles: Path, base: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[World]:
    """One bot for all attempts: none of them may leave a trace."""
    async with running(alpine_dir, alpine_articles, base, tmp_path_factory.mktemp("guarded")) as made:
        yield made
