"""Reloads under load: `python -m tests.bot.reloads` prints what they cost; a test runs a short round of the same.

A process answers questions at a steady pace and follows a folder of versions; another one publishes base after base.
Every answer must be exactly that of one whole base.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import multiprocessing
import shutil
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

from answers.render import plain
from bot.answering import Desk
from bot.bench.curated import made_questions
from bot.serving import Serving
from bot.versions import Versions
from knowledge.base import Base
from knowledge.build import build
from knowledge.pack import load_pack


@dataclass
class Seen:
    """What came of it."""

    asked: int = 0
    wrong: int = 0
    """Answers that are not those of the base that gave them."""
    failed: int = 0
    switches: int = 0
    hashes: set[str] = field(default_factory=set)
    quiet: list[float] = field(default_factory=list)
    """Seconds from the moment a question was due to its answer, while no base was being opened."""
    during: list[float] = field(default_factory=list)
    """The same while one was."""


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


def publish(folder: Path, bases: Sequence[Path], reloads: int, pause: float) -> None:
    """Publish base after base, in a process of its own."""
    versions = Versions(folder)
    for n in range(1, reloads + 1):
        base = bases[n % len(bases)]
        # a build puts its file in place in one step, too
        candidate = Path(shutil.copy(base, folder / "candidate.building")).replace(folder / base.name)
        versions.publish(candidate, "load")
        time.sleep(pause)


async def load(bases: Sequence[Path], reloads: int, rate: float, pause: float) -> Seen:
    """Ask at `rate` questions a second while `reloads` bases are published, one each `pause` seconds."""
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
            publisher = multiprocessing.get_context("spawn").Process(
                target=publish, args=(folder, bases, reloads, pause)
            )
            publisher.start()
            follower = asyncio.create_task(_follow(serving, seen, publisher))
            await _ask(serving, seen, questions, expected, rate, follower)
            publisher.join()
    return seen


_OPENING = False


async def _follow(serving: Serving, seen: Seen, publisher: multiprocessing.context.SpawnProcess) -> None:
    """As the bot's keeper does, until the last base has been taken."""
    global _OPENING  # noqa: PLW0603
    while publisher.is_alive() or serving.behind():
        if serving.behind():
            _OPENING = True
            await asyncio.to_thread(serving.prepare)
            _OPENING = False
        if serving.take():
            seen.switches += 1
        await asyncio.sleep(0.02)


async def _ask(
    serving: Serving,
    seen: Seen,
    questions: Sequence[str],
    expected: dict[str, list[str]],
    rate: float,
    follower: asyncio.Task[None],
) -> None:
    begun = time.perf_counter()
    while not follower.done():
        due = begun + seen.asked / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        n = seen.asked % len(questions)
        opening = _OPENING
        name = serving.desk.base.path.name
        try:
            answer = plain(serving.desk.reply(questions[n]).answer)
        except Exception:  # noqa: BLE001 -- counted
            seen.failed += 1
        else:
            seen.wrong += answer != expected[name][n]
        seen.hashes.add(serving.hash)
        # from when it was due, or from when it could begin if the one before was late
        (seen.during if opening or _OPENING else seen.quiet).append(time.perf_counter() - due)
        seen.asked += 1
        if time.perf_counter() - due > 1.0:
            begun = time.perf_counter() - seen.asked / rate  # the machine stood still
    await follower


def _row(name: str, values: Sequence[float]) -> str:
    if len(values) < 2:
        return f"{name:<28} none"
    parts = quantiles(values, n=1000, method="inclusive")
    cells = (parts[499], parts[949], parts[989], max(values))
    return f"{name:<28} {len(values):>7,}" + "".join(f"{1000 * v:>9.2f}" for v in cells)


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--pack", type=Path, default=Path("knowledge/packs/model-cities"))
    options.add_argument("--change", nargs=2, default=("20.65亿元", "20.6{}亿元"))
    options.add_argument("--reloads", type=int, default=100)
    options.add_argument("--rate", type=float, default=200.0)
    options.add_argument("--pause", type=float, default=0.5)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as work:
        made = variants(given.pack, tuple(given.change), 4, Path(work))
        result = asyncio.run(load(made, given.reloads, given.rate, given.pause))
    print(f"{given.reloads} reloads of {given.pack.name} under {given.rate:.0f} questions a second")  # noqa: T201
    print(f"{result.asked:,} asked, {result.failed} failed, {result.wrong} not of one whole base")  # noqa: T201
    print(f"{result.switches} switches followed, {len(result.hashes)} different bases answered")  # noqa: T201
    print(f"{'milliseconds':<28} {'answers':>7}{'p50':>9}{'p95':>9}{'p99':>9}{'longest':>9}")  # noqa: T201
    print(_row("while no base is opened", result.quiet))  # noqa: T201
    print(_row("while one is opened", result.during))  # noqa: T201
