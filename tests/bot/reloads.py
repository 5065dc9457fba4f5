"""Reloads under load: `python -m tests.bot.reloads` prints what they cost; a test runs a short round of the same.

A process answers questions at a steady pace and follows a folder of versions; another one publishes base after base.
Every answer must be exactly that of one whole base.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import multiprocessing
import os
import selectors
import shutil
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from multiprocessing.context import SpawnProcess
from multiprocessing.synchronize import Event
from pathlib import Path
from statistics import median, quantiles

from answers.render import plain
from bot.answering import Desk
from bot.bench.curated import made_questions
from bot.serving import Serving
from bot.versions import Versions
from knowledge.building.build import build
from knowledge.building.pack import load_pack
from knowledge.store.base import Base

QUIET, PUBLISH, SWAP = "nothing else happens", "another process publishes", "a swap and the second after"
"""What happens while a question is answered."""
AFTER_S = 1.0
"""What a base costs when it is first asked counts as the swap's."""


@dataclass
class Seen:
    """What came of it."""

    asked: int = 0
    wrong: int = 0
    """Answers that are not those of the base that gave them."""
    failed: int = 0
    switches: int = 0
    hashes: set[str] = field(default_factory=set)
    spans: list[tuple[str, list[float]]] = field(default_factory=list)
    """(phase, seconds from the moment each question was due to its answer), one after the other in time."""

    def answered(self, phase: str, seconds: float) -> None:
        if not self.spans or self.spans[-1][0] != phase:
            self.spans.append((phase, []))
        self.spans[-1][1].append(seconds)


def variants(pack: Path, change: tuple[str, str], number: int, folder: Path) -> list[Path]:
    """Bases of a pack in which one text differs."""
    made = []
    for n in range(number):
        copy = shutil.copytree(pack, folder / str(n))
        for file in copy.rglob("*.yaml"):
            text = file.read_text("utf-8")
            file.write_text(text.replace(change[0], change[1].format(n)), "utf-8")
        made.append(build(load_pack(copy), folder).path)
    return made


def publish(folder: Path, bases: Sequence[Path], reloads: int, wanted: Event) -> None:
    """Publish a base whenever one is wanted, in a process of its own, as `bot.change` does."""
    os.nice(5)
    versions = Versions(folder)
    for n in range(1, reloads + 1):
        wanted.wait()
        wanted.clear()
        base = bases[n % len(bases)]
        # a build puts its file in place in one step, too
        candidate = Path(shutil.copy(base, folder / "candidate.building")).replace(folder / base.name)
        versions.publish(candidate, "load")


async def load(bases: Sequence[Path], reloads: int, rate: float, pause: float) -> Seen:
    """Ask at `rate` questions a second while `reloads` bases are published, each `pause` seconds after a swap."""
    seen = Seen()
    with tempfile.TemporaryDirectory() as temporary, closing(Base(bases[0])) as first:
        folder = Path(temporary)
        versions = Versions(folder)
        versions.publish(Path(shutil.copy(bases[0], folder)), "load")
        questions = [turns[-1] for turns in made_questions(first)][:200]
        expected = {}
        for path in bases:
            with closing(Base(path)) as base:
                desk = Desk(base)
                expected[path.name] = [plain(desk.reply(q).answer) for q in questions]
        gc.collect()
        gc.freeze()
        with closing(Serving(folder)) as serving:
            spawn = multiprocessing.get_context("spawn")
            wanted = spawn.Event()
            publisher = spawn.Process(target=publish, args=(folder, bases, reloads, wanted))
            publisher.start()
            follower = Follower(serving, seen, publisher, wanted, pause)
            await _ask(serving, seen, questions, expected, rate, follower)
            publisher.join()
    return seen


class OwnTime(asyncio.SelectorEventLoop):
    """An event loop whose clock counts what its own process works, and skips what it would wait.

    So a machine that others keep busy says nothing about the answers.
    """

    def __init__(self) -> None:
        super().__init__(_Skipping())

    def time(self) -> float:
        return time.process_time() + self._selector.skipped  # type: ignore[attr-defined]


class _Skipping(selectors.DefaultSelector):
    skipped = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        found = super().select(timeout if timeout is None else 0)
        if timeout and not found:
            self.skipped += timeout
        return found


class Follower:
    """Has bases published, and follows the switches as the bot's keeper does, until the last base has been taken."""

    def __init__(self, serving: Serving, seen: Seen, publisher: SpawnProcess, wanted: Event, pause: float) -> None:
        self._serving, self._seen, self._publisher, self._wanted = serving, seen, publisher, wanted
        self._pause = pause
        self.phase = QUIET
        self.task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        while self._publisher.is_alive():
            self.phase = QUIET
            await asyncio.sleep(self._pause)
            self.phase = PUBLISH
            self._wanted.set()
            while not self._serving.behind() and self._publisher.is_alive():  # noqa: ASYNC110 -- another process
                await asyncio.sleep(0.01)
            self.phase = SWAP
            self._seen.switches += await self._serving.follow_beside()
            await asyncio.sleep(AFTER_S)


async def _ask(
    serving: Serving,
    seen: Seen,
    questions: Sequence[str],
    expected: dict[str, list[str]],
    rate: float,
    follower: Follower,
) -> None:
    now = asyncio.get_running_loop().time
    begun = now()
    while not follower.task.done():
        due = begun + seen.asked / rate
        await asyncio.sleep(max(0.0, due - now()))
        n = seen.asked % len(questions)
        phase = follower.phase
        name = serving.desk.base.path.name
        try:
            answer = plain(serving.desk.reply(questions[n]).answer)
        except Exception:  # noqa: BLE001 -- counted
            seen.failed += 1
        else:
            seen.wrong += answer != expected[name][n]
        seen.hashes.add(serving.hash)
        # from when it was due, or from when it could begin if the one before was late
        seen.answered(phase, now() - due)
        seen.asked += 1
        if now() - due > 1.0:
            begun = now() - seen.asked / rate  # the machine stood still
    await follower.task


def _row(phase: str, seen: Seen) -> str:
    spans = [span for kind, span in seen.spans if kind == phase]
    values = [seconds for span in spans for seconds in span]
    if len(values) < 2:
        return f"{phase:<28} none"
    parts = quantiles(values, n=1000, method="inclusive")
    # the longest answer of each swap tells more than the longest of all, which one hiccup of the machine decides
    longest = median(max(span) for span in spans if 2 * len(span) > median(map(len, spans)))
    cells = (parts[499], parts[949], parts[989], longest, max(values))
    return f"{phase:<28} {len(values):>7,}" + "".join(f"{1000 * v:>9.2f}" for v in cells)


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--pack", type=Path, default=Path("knowledge/packs/model-cities"))
    options.add_argument("--change", nargs=2, default=("20.65亿元", "20.6{}亿元"))
    options.add_argument("--reloads", type=int, default=100)
    options.add_argument("--rate", type=float, default=200.0)
    options.add_argument("--pause", type=float, default=2.0)
    options.add_argument("--own-time", action="store_true", help="count what the process itself works, not the clock")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as work:
        made = variants(given.pack, tuple(given.change), 4, Path(work))
        with asyncio.Runner(loop_factory=OwnTime if given.own_time else None) as runner:
            result = runner.run(load(made, given.reloads, given.rate, given.pause))
    print(f"{given.reloads} reloads of {given.pack.name} under {given.rate:.0f} questions a second")  # noqa: T201
    print(f"{result.asked:,} asked, {result.failed} failed, {result.wrong} not of one whole base")  # noqa: T201
    print(f"{result.switches} switches followed, {len(result.hashes)} different bases answered")  # noqa: T201
    heads = ("p50", "p95", "p99", "longest*", "longest")
    print(f"{'milliseconds':<28} {'answers':>7}" + "".join(f"{head:>9}" for head in heads))  # noqa: T201
    for phase in (QUIET, PUBLISH, SWAP):
        print(_row(phase, result))  # noqa: T201
    print("* the median over the periods of the longest in each")  # noqa: T201
