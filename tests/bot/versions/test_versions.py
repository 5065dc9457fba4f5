"""Folders of versions: switching, history, rollback."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from bot.versions import KEPT, NO_MARK, Versions, VersionsError, verify
from knowledge.building.build import build
from knowledge.errors import BaseError
from knowledge.store.records import Pack
from tests.bot.versions.folders import brought

Modu = Callable[..., Result]


def test_versions_of_an_empty_folder(versions: Versions) -> None:
    assert versions.history() == []
    assert versions.served() is None
    assert versions.mark() == NO_MARK
    with pytest.raises(VersionsError, match="nothing is published"):
        versions.path()
    with pytest.raises(VersionsError, match="no earlier base"):
        versions.rollback("me")


def test_versions_publish_switches_and_records(versions: Versions, built: list[Path]) -> None:
    first = versions.publish(brought(built[0], versions), "Li")
    mark = versions.mark()
    second = versions.publish(brought(built[1], versions), "Wang")
    assert versions.mark() != mark
    assert versions.path().name == built[1].name
    assert versions.history() == [first, second]
    assert (second.who, second.how, second.hash) == ("Wang", "publish", built[1].stem[-16:])
    assert second.changes == {"added": 0, "changed": 1, "withdrawn": 0}
    assert second.counts["facts"] == 35


def test_versions_publishing_what_is_served_changes_nothing(versions: Versions, built: list[Path]) -> None:
    first = versions.publish(brought(built[0], versions), "Li")
    mark = versions.mark()
    assert versions.publish(versions.path(), "Wang") == first
    assert versions.mark() == mark


def test_versions_publish_refuses_when_another_base_came_first(versions: Versions, built: list[Path]) -> None:
    first = versions.publish(brought(built[0], versions), "Li", instead_of="nothing")
    versions.publish(brought(built[1], versions), "Wang", instead_of=first.hash)
    with pytest.raises(VersionsError, match="look at the changes again"):
        versions.publish(brought(built[2], versions), "Li", instead_of=first.hash)
    assert versions.path().name == built[1].name


def test_versions_rollback_goes_back_step_by_step(versions: Versions, built: list[Path]) -> None:
    hashes = [versions.publish(brought(b, versions), "Li").hash for b in built]
    assert versions.rollback("Wang").hash == hashes[1]
    assert versions.rollback("Wang").hash == hashes[0]
    with pytest.raises(VersionsError, match=hashes[2]):
        versions.rollback("Wang")
    assert versions.rollback("Wang", hashes[2][:6]).hash == hashes[2]
    assert [v.how for v in versions.history()] == ["publish"] * 3 + ["rollback"] * 3
    # what was published before what is served now
    assert versions.rollback("Wang").hash == hashes[1]


def test_versions_rollback_needs_one_base(versions: Versions, built: list[Path]) -> None:
    for base in built:
        versions.publish(brought(base, versions), "Li")
    with pytest.raises(VersionsError, match="no earlier base xyz"):
        versions.rollback("Li", "xyz")
    versions.path(versions.history()[0]).write_text("damaged", "utf-8")
    mark = versions.mark()
    with pytest.raises(BaseError):
        versions.rollback("Li", built[0].stem[-16:])
    assert versions.mark() == mark


def test_versions_keeps_the_last_bases_and_tidies(
    versions: Versions, built: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.versions.KEPT", 2)
    assert KEPT > 2
    versions.folder.mkdir()
    old, young = versions.folder / "a.building", versions.folder / "b.building"
    old.touch()
    os.utime(old, (1, 1))
    young.touch()
    for base in built:
        versions.publish(brought(base, versions), "Li")
    assert {p.name for p in versions.folder.glob("*.sqlite")} == {built[1].name, built[2].name}
    assert not old.exists()
    assert young.exists()
    assert len(versions.history()) == 3
    assert [v.hash for v in versions.earlier()] == [built[1].stem[-16:]]


@pytest.mark.parametrize("text", ["{", "{}\n", '{"hash": 1, "nonsense": 2}\n', "null\n"])
def test_versions_with_a_damaged_journal(versions: Versions, text: str) -> None:
    versions.folder.mkdir()
    versions.journal.write_text(text, "utf-8")
    with pytest.raises(VersionsError, match="damaged"):
        versions.served()


def damaged(base: Path, folder: Path, how: str) -> Path:
    copy = Path(shutil.copy(base, folder))
    size = copy.stat().st_size
    with copy.open("r+b") as file:
        if how == "cut":
            file.truncate(size // 2)
        elif how == "overwritten":
            file.seek(size // 2)
            file.write(b"\xff" * 5000)
        elif how == "one bit":
            file.seek(size - 100)
            byte = file.read(1)
            file.seek(size - 100)
            file.write(bytes([byte[0] ^ 1]))
        else:
            file.truncate(0)
    return copy


@pytest.mark.parametrize("how", ["cut", "overwritten", "one bit", "empty"])
def test_versions_never_serve_a_damaged_base(versions: Versions, built: list[Path], how: str) -> None:
    versions.publish(brought(built[0], versions), "Li")
    bad = damaged(built[1], versions.folder, how)
    with pytest.raises(BaseError):
        versions.publish(bad, "Li")
    assert versions.path().name == built[0].name


def test_versions_never_serve_an_empty_base_or_one_from_elsewhere(
    versions: Versions, built: list[Path], alpine_pack: Pack
) -> None:
    versions.folder.mkdir()
    empty = build(Pack(id="empty", title=alpine_pack.title), versions.folder).path
    with pytest.raises(BaseError, match="holds no fact"):
        versions.publish(empty, "Li")
    with pytest.raises(VersionsError, match="is not in"):
        versions.publish(built[0], "Li")
    assert verify(built[0])["facts"] == 35


# --- commands


def test_commands_publish_and_roll_back(
    modu: Modu, packs: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "bases"
    for pack in packs[:2]:
        assert modu("facts", "build", "--pack", str(pack), "--publish", str(folder)).exit_code == 0
    monkeypatch.setenv("MODU_BASE", str(folder))
    assert "33张" in modu("ask", "鹰石小屋有多少张床？").stdout
    result = modu("facts", "rollback")
    assert "rollback" in result.stdout
    assert "1 changed" in result.stdout
    assert "32张" in modu("ask", "鹰石小屋有多少张床？").stdout
    assert modu("facts", "history").stdout.count("\n") == 3
    assert modu("facts", "rollback").exit_code == 1
    assert modu("facts", "history", str(tmp_path)).exit_code == 1
    assert modu("facts", "build", "--pack", str(packs[0])).exit_code == 2
