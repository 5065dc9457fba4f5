"""Processes that follow a folder of versions."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
import weakref
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from answers.render import plain
from bot.serving import Serving, processes, report
from bot.versions import Versions
from knowledge.store.base import Base
from tests.bot.versions.folders import brought

Modu = Callable[..., Result]
ROOT = Path(__file__).parents[3]


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
