"""What is left when a switch or a build dies, or the disk is full."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from bot.serving import Serving
from bot.versions import JOURNAL, Versions, verify
from knowledge.building.build import build
from knowledge.building.pack import load_pack
from tests.bot.versions.folders import brought

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
