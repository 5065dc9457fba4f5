"""What tests share: the alpine huts, a world of our own that has nothing to do with the first one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from knowledge.building.build import build
from knowledge.building.pack import load_pack
from knowledge.building.tables import make_tables
from knowledge.store.base import Base
from knowledge.store.records import Pack
from knowledge.text.fold import Tables

if TYPE_CHECKING:
    from tests.telegram_server import TelegramServer

PACKS = Path(__file__).parent / "packs"

# a slow machine is no failure; what failed once is printed, not kept in a directory
settings.register_profile("modu", deadline=None, database=None, print_blob=True)
settings.load_profile("modu")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--live", action="store_true", help="ask Telegram itself: see tests/telegram_server/test_live.py")
    parser.addoption(
        "--full", action="store_true", help="the long runs at full size: see tests/bot/telegram/test_runs.py"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--live"):
        for item in items:
            if item.get_closest_marker("live"):
                item.add_marker(pytest.mark.skip(reason="asks Telegram itself; --live runs it"))


@pytest.fixture(scope="session")
def alpine_dir() -> Path:
    """The pack's directory, to be read or copied, not changed."""
    return PACKS / "alpine-huts"


@pytest.fixture(scope="session")
def alpine_articles() -> Path:
    """The directory of the pack's two article texts."""
    return PACKS / "alpine-huts-articles"


@pytest.fixture(scope="session")
def alpine_pack(alpine_dir: Path) -> Pack:
    return load_pack(alpine_dir)


@pytest.fixture(scope="session")
def alpine_file(alpine_pack: Pack, alpine_articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The compiled base's file, with the articles' paragraphs."""
    return build(alpine_pack, tmp_path_factory.mktemp("alpine") / "alpine-huts.sqlite", alpine_articles).path


@pytest.fixture(scope="session")
def alpine_base(alpine_file: Path) -> Iterator[Base]:
    """The alpine huts, compiled and open."""
    base = Base(alpine_file)
    yield base
    base.close()


@pytest.fixture(scope="session")
def tables() -> Tables:
    """The fold tables."""
    return make_tables()


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    """A loopback Bot API server; whatever the bot did that no reader of the Bot API would take fails the test."""
    from tests.telegram_server import TelegramServer  # its judges take seconds to import

    with TelegramServer() as server:
        yield server
        server.check()
