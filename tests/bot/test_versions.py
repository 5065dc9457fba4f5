"""Folders of versions: switching, history, rollback, and what is left when a switch dies or the disk is full."""

from __future__ import annotations

import asyncio
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import weakref
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from click.testing import Result

from answers.render import plain
from bot.serving import Serving, processes, report
from bot.versions import JOURNAL, KEPT, NO_MARK, Versions, VersionsError, verify
from knowledge.base import Base
from knowledge.build import build
from knowledge.errors import BaseError
from knowledge.pack import load_pack
from knowledge.records import Pack

Modu = Callable[..., Result]
ROOT = Path(__file__).parents[2]


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


@pytest.fixture(scope="module")
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


@pytest.fixture(scope="module")
def built(packs: list[Path], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The three bases."""
    folder = tmp_path_factory.mktemp("built")
    return [build(load_pack(pack), folder).path for pack in packs]


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    return Versions(tmp_path / "bases")


def brought(base: Path, versions: Versions) -> Path:
    """A copy of the base within the folder of versions."""
    versions.folder.mkdir(exist_ok=True)
    return Path(shutil.copy(base, versions.folder))


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


# --- processes that follow


def test_serving_follows_switches(versions: Versions, built: list[Path]) -> None:
    versions.publish(brought(built[0], versions), "Li")
    with closing(Serving(versions.folder)) as serving:
        assert serving.hash == built[0].stem[-16:]
        assert not serving.behind()
        assert not serving.follow()
        versions.publish(brought(built[1], versions), "Li")
        assert serving.behind()
        old = serving.desk
        assert serving.follow()
        assert serving.hash == built[1].stem[-16:]
        assert "33张" in plain(serving.desk.reply("鹰石小屋有多少张床？").answer)
        # an answer from the old base may still be on its way
        assert old.reply("鹰石小屋有多少张床？").outcome.status == "answered"


def test_serving_goes_on_with_the_old_base_when_the_new_one_cannot_be_opened(
    versions: Versions, built: list[Path]
) -> None:
    versions.publish(brought(built[0], versions), "Li")
    with closing(Serving(versions.folder)) as serving:
        new = versions.publish(brought(built[1], versions), "Li")
        versions.path(new).write_text("damaged", "utf-8")
        assert not serving.follow()
        assert new.file in serving.problem
        assert serving.desk.reply("鹰石小屋有多少张床？").outcome.status == "answered"
        assert not serving.behind(), "it is not tried again with every question"


BEDS = "鹰石小屋有多少张床？"


async def test_serving_answers_from_the_old_base_until_the_new_one_is_whole(
    versions: Versions, built: list[Path]
) -> None:
    versions.publish(brought(built[0], versions), "Li")
    with closing(Serving(versions.folder)) as serving:
        versions.publish(brought(built[1], versions), "Li")
        following = asyncio.create_task(serving.follow_beside())
        answers = []
        while not following.done():
            answers.append(plain(serving.desk.reply(BEDS).answer))
            await asyncio.sleep(0)
        assert await following
        assert len(answers) > 1
        assert all("32张" in answer for answer in answers)
        assert "33张" in plain(serving.desk.reply(BEDS).answer)
        with closing(Base(built[1])) as base:
            assert serving.desk.base.digest == base.digest


async def test_serving_sees_a_switch_made_while_it_opens_a_base(versions: Versions, built: list[Path]) -> None:
    versions.publish(brought(built[0], versions), "Li")
    with closing(Serving(versions.folder)) as serving:
        versions.publish(brought(built[1], versions), "Li")
        following = asyncio.create_task(serving.follow_beside())
        await asyncio.sleep(0)
        assert not following.done()
        versions.publish(brought(built[2], versions), "Li")
        assert await following
        assert serving.hash == built[1].stem[-16:]
        assert await serving.follow_beside()
        assert serving.hash == built[2].stem[-16:]


async def test_serving_broken_off_while_it_opens_a_base_serves_the_old_one(
    versions: Versions, built: list[Path]
) -> None:
    versions.publish(brought(built[0], versions), "Li")
    with closing(Serving(versions.folder)) as serving:
        versions.publish(brought(built[1], versions), "Li")
        for rounds in (0, 1, 5):
            following = asyncio.create_task(serving.follow_beside())
            for _ in range(rounds):
                await asyncio.sleep(0.001)
            following.cancel()
            with pytest.raises(asyncio.CancelledError):
                await following
            assert "32张" in plain(serving.desk.reply(BEDS).answer)
        assert serving.behind()
        assert serving.follow()


def test_serving_lets_go_of_old_bases(versions: Versions, built: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.serving._RETIRED_S", 0.0)
    versions.publish(brought(built[0], versions), "Li")
    with closing(Serving(versions.folder)) as serving:
        old = []
        for base in (built[1], built[2], built[0]):
            serving.desk.reply(BEDS)
            old += [weakref.ref(serving.desk), weakref.ref(serving.desk.base)]
            versions.publish(brought(base, versions), "Li")
            assert serving.follow()
        assert not serving.follow()
        # what was made beside answers is not looked through for garbage
        assert [ref() for ref in old] == [None] * 6
        assert serving.desk.reply(BEDS).outcome.status == "answered"


def test_serving_a_single_file(built: list[Path]) -> None:
    with closing(Serving(built[0])) as serving:
        assert not serving.follow()
        serving.report()
        assert serving.hash == built[0].stem[-16:]


def test_serving_is_reported(versions: Versions, built: list[Path], modu: Modu) -> None:
    versions.publish(brought(built[0], versions), "Li")
    with closing(Serving(versions.folder)) as serving:
        serving.report()
    report(versions, "0123456789abcdef")
    [row] = processes(versions)
    assert (row["hash"], row["pid"]) == ("0123456789abcdef", os.getpid())
    shown = modu("facts", "history", str(versions.folder)).stdout
    assert f"process {os.getpid()}" in shown
    assert "by Li" in shown


_FOLLOW = """
import sys, time
from pathlib import Path
from bot.serving import Serving
serving = Serving(Path(sys.argv[1]))
while True:
    serving.follow()
    serving.report()
    time.sleep(0.05)
"""


def test_serving_processes_all_see_a_switch_and_report_it(versions: Versions, built: list[Path]) -> None:
    versions.publish(brought(built[0], versions), "Li")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", _FOLLOW, str(versions.folder)]
    running = [subprocess.Popen(command, env=environment) for _ in range(3)]
    try:
        for base in built[:2]:
            wanted = versions.publish(brought(base, versions), "Li").hash
            for _ in range(1200):
                seen = {row["pid"]: row["hash"] for row in processes(versions)}
                if len(seen) == 3 and set(seen.values()) == {wanted}:
                    break
                time.sleep(0.05)
            assert seen == dict.fromkeys((p.pid for p in running), wanted)
    finally:
        for process in running:
            process.kill()
            process.wait()


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


# --- dying and full disks

_WRITES = {"replace", "unlink", "chmod", "mkdir"}
"""Calls to the system that pathlib makes for a switch."""


def dies(work: Callable[[], object], prepare: Callable[[], object]) -> bool:
    """Do the work in a process of its own; whether it was killed."""
    child = os.fork()
    if not child:
        try:
            prepare()
            work()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def kill_at(fatal: int) -> Callable[[], None]:
    """Have this process killed at the n-th call from the switch to the system or to SQLite."""
    count = 0

    def step(frame: FrameType, event: str, arg: Any) -> None:
        nonlocal count
        here = frame.f_code.co_filename.endswith(("versions.py", "tempfile.py"))
        if event == "c_call" and (here or (arg.__module__ == "posix" and arg.__name__ in _WRITES)):
            count += 1
            if count == fatal:
                os.kill(os.getpid(), signal.SIGKILL)

    return lambda: sys.setprofile(step)


def kill_in_build(fatal: int) -> Callable[[], None]:
    """Have this process killed at the n-th statement of a build."""
    count = 0

    class Fatal(sqlite3.Connection):
        def execute(self, *args: Any) -> sqlite3.Cursor:
            nonlocal count
            count += 1
            if count == fatal:
                os.kill(os.getpid(), signal.SIGKILL)
            return super().execute(*args)

    connect = sqlite3.connect

    def prepare() -> None:
        sqlite3.connect = lambda path: connect(path, factory=Fatal)  # type: ignore[assignment]

    return prepare


def sound(versions: Versions, hashes: set[str]) -> str:
    """The hash served, after making sure that it is one of these and whole."""
    served = versions.served()
    assert served
    assert served.hash in hashes
    with closing(Serving(versions.folder)) as serving:
        assert serving.desk.reply("鹰石小屋有多少张床？").outcome.status == "answered"
    verify(versions.path())
    return served.hash


def test_versions_survive_a_kill_at_every_step_of_a_switch(versions: Versions, built: list[Path]) -> None:
    old, new, other = (b.stem[-16:] for b in built)
    seen = []
    for fatal in range(1, 1000):
        shutil.rmtree(versions.folder, ignore_errors=True)
        versions.publish(brought(built[0], versions), "Li")
        candidate = brought(built[1], versions)
        if not dies(partial(versions.publish, candidate, "Li"), kill_at(fatal)):
            break
        seen.append(sound(versions, {old, new}))
        if fatal % 5 == 0:  # what died is in nobody's way
            assert versions.publish(brought(built[2], versions), "Li").hash == other
    assert len(seen) > 40
    assert seen == sorted(seen, key=[old, new].index), "once switched, never back"
    assert set(seen) == {old, new}


@pytest.mark.parametrize("fatal", [1, 20, 38, -1])
def test_versions_survive_a_kill_within_a_build(
    versions: Versions, packs: list[Path], built: list[Path], fatal: int
) -> None:
    versions.publish(brought(built[0], versions), "Li")
    pack = load_pack(packs[1])
    prepare = kill_in_build(fatal) if fatal > 0 else kill_at(1)
    assert dies(lambda: versions.publish(build(pack, versions.folder).path, "Li"), prepare)
    assert sound(versions, {built[0].stem[-16:]})
    assert versions.publish(build(pack, versions.folder).path, "Li").hash == built[1].stem[-16:]


@pytest.mark.parametrize("limit", [0, 4096, 300_000])
def test_versions_survive_a_full_disk(
    packs: list[Path],
    built: list[Path],
    versions: Versions,
    limit: int,
    process: Callable[..., tuple[int, bytes, bytes]],
) -> None:
    """A limit on the size of files fails each write beyond it, as a full disk does."""
    versions.publish(brought(built[0], versions), "Li")
    arguments = ("facts", "build", "--pack", str(packs[1]), "--publish", str(versions.folder))
    status, _, err = process(*arguments, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    assert status == 1
    assert err.startswith(b"modu: ")
    assert err.count(b"\n") == 1
    assert sound(versions, {built[0].stem[-16:]})
    assert not list(versions.folder.glob("*.building"))


@pytest.mark.parametrize("limit", [0, 1, 100, 200])
def test_versions_survive_a_disk_that_fills_up_at_the_switch(built: list[Path], versions: Versions, limit: int) -> None:
    versions.publish(brought(built[0], versions), "Li")
    new = brought(built[1], versions)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        with pytest.raises(OSError, match="large"):
            versions.publish(new, "Li")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert sound(versions, {built[0].stem[-16:]})
    assert {p.name for p in versions.folder.iterdir()} == {JOURNAL, "lock", built[0].name, built[1].name}
