"""Recall and speed on one made-up world: our whole answer beside the peers' finding of the name, question by question.

All tools are asked the same question one after the other, so that a busy machine slows all alike. Tools that look at
every name are asked fewer questions, until their time is used up; recall is compared on the questions both were asked.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from random import Random
from typing import Any

from bot.answering import Desk, Reply
from bot.bench import children
from bot.bench.peers import Peer, peers
from bot.bench.score import normal, values
from bot.bench.slips import KINDS, slip
from bot.bench.worlds import Case, World
from bot.page import page
from knowledge.store.base import Base

CLEAN = "clean"
ALL = (CLEAN, *KINDS)
OURS = "Modu (whole answer)"
OPENINGS = 5
"""Processes started for the time of opening a base."""
MEMORY = 2000
"""Questions after which memory is read."""


@dataclass(slots=True)
class Tally:
    """What one tool did with the questions of one kind."""

    times: list[int] = field(default_factory=list)
    """Nanoseconds on the clock."""
    cpu: list[int] = field(default_factory=list)
    """Nanoseconds of the processor: what else runs on the machine does not lengthen them."""
    top1: int = 0
    top5: int = 0
    right: int = 0
    """Ours only: answers with the right value."""
    wrong: int = 0
    """Ours only: answers with a wrong one."""
    ours_ns: int = 0
    """Our time of the processor for the same questions."""
    ours_top1: int = 0
    """How often we found the name in the same questions."""

    def row(self) -> dict[str, Any]:
        """The figures: times in microseconds, recall and answers in per cent."""
        count = len(self.times)
        ordered, cpu = sorted(self.times), sorted(self.cpu)
        share = {k: round(100 * getattr(self, k) / count, 1) for k in ("top1", "top5", "right", "wrong", "ours_top1")}
        return {
            "questions": count,
            "p50_us": round(ordered[count // 2] / 1000, 1),
            "p99_us": round(ordered[min(count - 1, count * 99 // 100)] / 1000, 1),
            "max_us": round(ordered[-1] / 1000, 1),
            "p50_cpu_us": round(cpu[count // 2] / 1000, 1),
            "p99_cpu_us": round(cpu[min(count - 1, count * 99 // 100)] / 1000, 1),
            "per_second": round(count / sum(ordered) * 1e9, 1),
            "times_ours": round(sum(cpu) / self.ours_ns, 2),
            **share,
        }


@dataclass(frozen=True, slots=True)
class Size:
    """Figures of one world."""

    names: int
    facts: int
    build_seconds: float
    build_rate: float
    """Facts a second."""
    build_peak_bytes: int
    base_bytes: int
    open_ms: float
    """Opening the base until its first answer, in a process that answered from another base before; median."""
    resident_bytes: int
    """After 2,000 questions in a new process."""
    tools: dict[str, dict[str, dict[str, Any]]]
    """Tool → kind of question (and all) → figures."""
    notes: tuple[str, ...]
    """Peers that are left out, and why."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured."""

    questions: int = 300
    """Questions of each kind."""
    with_peers: bool = True
    budget: float = 4.0
    """Seconds that a peer which looks at every name may take at one size."""
    seed: int = 1


def measure(names: int, facts: int, plan: Plan, folder: Path, say: Callable[[str], None]) -> Size:
    """Make a world, build its base, and measure everything; `folder` takes the files."""
    say(f"{names:,} names: making {facts:,} facts")
    world = World(names, facts, plan.seed)
    triples, base = folder / "world.jsonl", folder / f"world-{names}-{facts}.sqlite"
    written = world.write(triples)
    say(f"{names:,} names: building the base")
    built = children.start("build", triples, base)
    triples.unlink()
    kinds = {CLEAN: world.cases(plan.questions, plan.seed + 1)} | slipped(world, plan)
    found, notes = peers(world.names) if plan.with_peers else ([], [])
    say(f"{names:,} names: asking {sum(map(len, kinds.values())):,} questions of {1 + len(found)} tools")
    tallies = run(base, kinds, found, plan.budget)
    say(f"{names:,} names: memory and opening in new processes")
    resident, open_ms = _processes(world, base, folder)
    size = base.stat().st_size
    base.unlink()
    return Size(
        names=names,
        facts=written,
        build_seconds=round(built["seconds"], 2),
        build_rate=round(written / built["seconds"]),
        build_peak_bytes=built["peak_bytes"],
        base_bytes=size,
        open_ms=round(open_ms, 2),
        resident_bytes=resident,
        tools={tool: {kind: tally.row() for kind, tally in kinds.items()} for tool, kinds in tallies.items()},
        notes=tuple(notes),
    )


def slipped(world: World, plan: Plan) -> dict[str, list[Case]]:
    """For each kind of slip as many questions with one slip in the name, that make no other name of the world."""
    taken = frozenset(map(normal, world.names))
    found: dict[str, list[Case]] = {}
    for kind in KINDS:
        random = Random(f"{plan.seed} {kind}")  # noqa: S311
        cases: list[Case] = []
        for case in world.cases(plan.questions * 6, plan.seed + 2):
            name = slip(kind, case.name, random)
            if name and normal(name) not in taken:
                cases.append(Case(case.name, case.ask.replace("{}", name), case.predicate, case.values))
            if len(cases) == plan.questions:
                break
        found[kind] = cases
    return found


def run(base: Path, kinds: dict[str, list[Case]], others: Sequence[Peer], budget: float) -> dict[str, dict[str, Tally]]:
    """Ask all tools in turn; the tallies by tool and kind, and of all kinds together under `all`."""
    desk = Desk(Base(base))
    desk.base.warm()
    _prepare(desk, others, kinds[CLEAN])
    gc.collect()
    gc.freeze()  # as the bot does: no tool's time is spent on looks for garbage in what stays
    tallies: dict[str, dict[str, Tally]] = {OURS: {}}
    left = {peer.name: budget for peer in others if peer.slow}
    for kind, case in _in_turn(kinds):
        text = case.text
        watch = Watch()
        reply = desk.reply(text)
        page(reply.answer)
        took = watch.read()
        named = names(reply, desk.base)
        known = named[:1] == [case.name]
        given = {normal(v) for v in values(reply, desk.base)}
        right = bool(given & {normal(v) for v in case.values})
        for tally in _both(tallies[OURS], kind):
            _count(tally, took, case, named)
            tally.right += right
            tally.wrong += bool(given) and not right
            tally.ours_ns += took[1]
            tally.ours_top1 += known
        for peer in others:
            if left.get(peer.name, 1.0) > 0:
                spent = _ask(peer, case, text, _both(tallies.setdefault(peer.name, {}), kind), took[1], known=known)
                if peer.slow:
                    left[peer.name] -= spent / 1e9
    gc.unfreeze()
    desk.base.close()
    return tallies


def _prepare(desk: Desk, others: Sequence[Peer], cases: Sequence[Case]) -> None:
    """What is loaded with the first question is no answer's time."""
    for case in cases[:20]:
        page(desk.reply(case.text).answer)
    for peer in others:
        peer.find(cases[0].text)


def names(reply: Reply, base: Base) -> list[str]:
    """Names that a reply took the question's to be, best first, at most five."""
    found = [held.name.text for part in reply.outcome.parts for held in part.found]
    found += [base.entity(option.entity).zh for option in reply.outcome.options]
    found += [base.entity(e).zh for mention in reply.outcome.reading.mentions for e in mention.entities]
    return list(dict.fromkeys(found))[:5]


def _in_turn(kinds: dict[str, list[Case]]) -> Iterator[tuple[str, Case]]:
    """One question of each kind, then the next of each."""
    for row in zip_longest(*kinds.values()):
        for kind, case in zip(kinds, row, strict=True):
            if case is not None:
                yield kind, case


class Watch:
    """Nanoseconds since it was made: on the clock, and of the processor for this thread."""

    def __init__(self) -> None:
        self._clock, self._cpu = time.perf_counter_ns(), time.thread_time_ns()

    def read(self) -> tuple[int, int]:
        return time.perf_counter_ns() - self._clock, time.thread_time_ns() - self._cpu


def _both(tallies: dict[str, Tally], kind: str) -> tuple[Tally, Tally]:
    return tallies.setdefault("all", Tally()), tallies.setdefault(kind, Tally())


def _count(tally: Tally, took: tuple[int, int], case: Case, named: Sequence[str]) -> None:
    tally.times.append(took[0])
    tally.cpu.append(took[1])
    tally.top1 += case.name in named[:1]
    tally.top5 += case.name in named[:5]


def _ask(peer: Peer, case: Case, text: str, tallies: Sequence[Tally], ours: int, *, known: bool) -> int:
    """Ask a peer; its nanoseconds."""
    watch = Watch()
    name = peer.find(text)
    took = watch.read()
    named = [name] if name == case.name else [name, *(n for n in peer.top(text) if n != name)]
    for tally in tallies:
        _count(tally, took, case, named)
        tally.ours_ns += ours
        tally.ours_top1 += known
    return watch.read()[0]


def _processes(world: World, base: Path, folder: Path) -> tuple[int, float]:
    """Memory after many questions, and the time of opening, each in new processes."""
    questions = folder / "questions.txt"
    cases = world.cases(MEMORY, world.seed + 3)
    questions.write_text("\n".join(case.text for case in cases), "utf-8")
    resident: int = children.start("memory", base, questions)["bytes"]
    small = World(100, 1000, world.seed)
    triples, first = folder / "small.jsonl", folder / "small.sqlite"
    if not first.exists():
        small.write(triples)
        children.start("build", triples, first)
    # in the language of the question before: what the process loads for another one has nothing to do with the base
    before = next(case for case in small.cases(MEMORY) if case.name.isascii() == cases[0].name.isascii())
    opened = children.opening(first, base, (before.text, cases[0].text), OPENINGS)
    return resident, opened
