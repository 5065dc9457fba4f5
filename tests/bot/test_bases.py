"""Which base is read, and when the bundled pack is compiled."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from bot import bases
from knowledge.errors import ModuError, PackError
from knowledge.store.base import Base

Opened = Callable[..., Base]


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def pack(alpine_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the alpine huts in the place of the bundled pack."""
    copy = shutil.copytree(alpine_dir, tmp_path / "huts")
    monkeypatch.setattr(bases, "PACK", copy)
    return copy


@pytest.fixture
def quick(alpine_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies of a finished base instead of builds, where only the choice is tested."""

    def build(_pack: Path, _articles: Path | None, path: Path, say: Callable[[str], None]) -> None:
        say("building")
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(alpine_file, path)
        bases._forget(path)

    monkeypatch.setattr(bases, "_build", build)


@pytest.fixture
def opened() -> Iterator[Opened]:
    """Open bases that are closed at the end."""
    with ExitStack() as stack:
        yield lambda *args: stack.enter_context(closing(bases.open_base(*args)))


def test_bundled_pack_is_compiled_once(opened: Opened, pack: Path, said: list[str]) -> None:
    first = opened(None, None, said.append)
    assert len(said) == 1
    assert first.path.parent == bases.cache_folder()
    assert opened(None, None, said.append).path == first.path
    assert len(said) == 1


@pytest.mark.usefixtures("quick")
def test_bundled_pack_is_compiled_again_when_it_changes(opened: Opened, pack: Path, said: list[str]) -> None:
    first = opened(None, None, said.append).path
    with (pack / "relations.yaml").open("a") as file:
        file.write("# a remark\n")
    assert opened(None, None, said.append).path != first
    assert len(said) == 2


@pytest.mark.usefixtures("quick")
def test_untouched_content_is_not_compiled_again(opened: Opened, pack: Path, said: list[str]) -> None:
    """A fresh checkout has other times but the same files."""
    first = opened(None, None, said.append).path
    os.utime(pack / "relations.yaml", (1, 1))
    assert opened(None, None, said.append).path == first
    assert len(said) == 1


@pytest.mark.usefixtures("quick")
def test_damaged_base_in_the_cache_is_made_anew(opened: Opened, pack: Path, said: list[str]) -> None:
    path = opened(None, None, said.append).path
    path.write_text("damaged", "utf-8")
    assert opened(None, None, said.append).fact_count == 35


@pytest.mark.usefixtures("quick")
def test_cache_keeps_the_newest_bases(opened: Opened, pack: Path, said: list[str]) -> None:
    folder = bases.cache_folder()
    folder.mkdir(parents=True)
    for n in range(9):
        old = folder / f"huts-{n:016x}.sqlite"
        old.touch()
        os.utime(old, (n, n))
    (folder / "other-0.sqlite").touch()
    made = opened(None, None, said.append).path
    kept = sorted(p.name for p in folder.glob("huts-*.sqlite"))
    assert len(kept) == bases.KEPT
    assert made.name in kept
    assert (folder / "other-0.sqlite").exists()


def test_articles_make_a_base_of_their_own_that_quotes(
    opened: Opened, pack: Path, alpine_articles: Path, said: list[str]
) -> None:
    bare = opened(None, None, said.append)
    quoting = opened(None, alpine_articles, said.append)
    assert bare.quote("shanxun-2021", 5) is None
    assert quoting.quote("shanxun-2021", 5)
    assert opened(None, None, said.append).path == bare.path
    assert len(said) == 2


def test_named_base_comes_first(
    opened: Opened, alpine_file: Path, monkeypatch: pytest.MonkeyPatch, said: list[str]
) -> None:
    monkeypatch.setenv("MODU_BASE", "/none")
    assert opened(alpine_file, None, said.append).path == alpine_file
    monkeypatch.setenv("MODU_BASE", str(alpine_file))
    assert opened(None, None, said.append).path == alpine_file
    assert said == []


@pytest.mark.parametrize("articles", ["none", "empty"])
def test_articles_that_are_none(opened: Opened, pack: Path, tmp_path: Path, said: list[str], articles: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModuError, match=articles):
        opened(None, tmp_path / articles, said.append)
    assert not list(bases.cache_folder().glob("*.sqlite"))


def test_articles_and_base_exclude_each_other(
    opened: Opened, alpine_file: Path, alpine_articles: Path, said: list[str]
) -> None:
    with pytest.raises(ModuError, match="--base"):
        opened(alpine_file, alpine_articles, said.append)


def test_cache_that_cannot_be_written(
    opened: Opened, pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: list[str]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with pytest.raises(ModuError, match=r"can't be written .* MODU_BASE"):
        opened(None, None, said.append)


def test_bundled_pack_with_a_mistake(opened: Opened, pack: Path, said: list[str]) -> None:
    (pack / "pack.yaml").write_text("id: x\n", "utf-8")
    with pytest.raises(PackError):
        opened(None, None, said.append)
