"""How fast the program answers here: in process, as one command, opening a base; its memory and its disk space."""

from __future__ import annotations

import gc
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.answering import Desk
from bot.batch import LineError, parse
from knowledge.errors import ModuError
from knowledge.store.base import Base

RUNS = 15
"""Processes started for the figure of one command; bare Python takes turns with them."""
MOST = 2000
"""Questions made up from a base."""


@dataclass(frozen=True, slots=True)
class Speed:
    """What was measured. Times of answers are whole answers, text included, without any answer cache."""

    questions: int
    p50_us: int
    p90_us: int
    p99_us: int
    max_us: int
    per_second: float
    """Questions a second on one core, one after the other."""
    open_ms: float
    """Opening the base in a process that has not seen it, median."""
    process_ms: float
    """`modu ask` from start to end, median; the question is the first one of the set."""
    python_ms: float
    """`python -c pass`, median of the same number of turns."""
    process_to_python: float
    base_bytes: int
    facts: int
    peak_rss_bytes: int
    """Of this process, which imported everything that answering needs."""


def measure(base: Path, asked: list[tuple[str, ...]]) -> Speed:
    """Answer all questions, each a conversation of its own, and start the processes."""
    opened = Base(base)
    opened.warm()  # as the processes do that answer more than one question
    gc.collect()
    gc.freeze()  # and the bot leaves what stays out of looks for garbage
    desk = Desk(opened)
    started = time.perf_counter()
    times: list[int] = [desk.converse(turns)["took_us"] for turns in asked]
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    opened.close()
    process, python = _processes(base, asked[0][-1])
    times.sort()
    return Speed(
        questions=len(times),
        p50_us=_percentile(times, 50),
        p90_us=_percentile(times, 90),
        p99_us=_percentile(times, 99),
        max_us=times[-1],
        per_second=round(sum(map(len, asked)) / seconds, 1),
        open_ms=round(_opening(base), 2),
        process_ms=round(process, 1),
        python_ms=round(python, 1),
        process_to_python=round(process / python, 2),
        base_bytes=base.stat().st_size,
        facts=opened.fact_count,
        peak_rss_bytes=peak if sys.platform == "darwin" else peak * 1024,
    )


def read_questions(path: Path) -> list[tuple[str, ...]]:
    """Questions of a file: lines as for `ask --batch`, or plain text, one question a line. Raises ModuError."""
    found = []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if not line.strip():
            continue
        try:
            plain = not line.lstrip().startswith(b"{")
            found.append((line.decode("utf-8"),) if plain else parse(line, number).turns)
        except (LineError, UnicodeDecodeError) as error:
            raise ModuError(f"{path}:{number}: {error}") from error
    if not found:
        raise ModuError(f"{path} holds no question")
    return found


def made_questions(base: Base) -> list[tuple[str, ...]]:
    """Questions from what the base holds: its examples, its entities by name, and what its facts are about."""
    found = [example for examples in base.caption.examples.values() for example in examples]
    for number in range(base.fact_count):
        fact = base.fact(number)
        subject, relation = base.entity(fact.subject), base.relations[fact.relation]
        found += [f"{subject.zh}的{relation.zh}是什么？", f"{fact.zh.rstrip('。')}，对吗？", subject.zh]
        found += [f"What is the {relation.en} of {subject.en}?"]
    distinct = list(dict.fromkeys(found))
    step = max(1, -(-len(distinct) // MOST))
    return [(question,) for question in distinct[::step]]


def _milliseconds(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return (time.perf_counter() - started) * 1000


def _environment(base: Path) -> dict[str, str]:
    """That of a command which runs this program, not an installed one, on this base."""
    root = str(Path(__file__).parents[2])
    paths = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    return {**os.environ, "PYTHONPATH": paths, "MODU_BASE": str(base)}


def _opening(base: Path) -> float:
    """Median milliseconds of opening the base, each time in a new process: the second opening in one is quicker."""
    code = (
        "import os, time; from pathlib import Path; from knowledge.store.base import Base\n"
        "started = time.perf_counter();"
        "Base(Path(os.environ['MODU_BASE'])); print(time.perf_counter() - started)"
    )
    command = [sys.executable, "-P", "-c", code]
    runs = [subprocess.run(command, env=_environment(base), capture_output=True, check=True) for _ in range(RUNS)]  # noqa: S603
    return statistics.median(float(run.stdout) * 1000 for run in runs)


def _processes(base: Path, question: str) -> tuple[float, float]:
    """Median times of `modu ask` and of bare Python, measured in turns so that a busy machine slows both."""
    environment = _environment(base)
    start_modu = "from bot.start import main; main()"  # what the installed command `modu` does
    ask = [sys.executable, "-P", "-c", start_modu, "ask", question]
    bare = [sys.executable, "-c", "pass"]

    def start(command: list[str]) -> float:
        return _milliseconds(
            lambda: subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)  # noqa: S603
        )

    times = [(start(ask), start(bare)) for _ in range(RUNS)]
    return statistics.median(t for t, _ in times), statistics.median(t for _, t in times)


def _percentile(ordered: list[int], percent: int) -> int:
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def as_json(speed: Speed) -> str:
    """One line of JSON, fields as in Speed."""
    return json.dumps(asdict(speed))


def table(speed: Speed) -> str:
    """The figures for people."""
    mib = 1024 * 1024
    rows = [
        ("questions", f"{speed.questions:,}"),
        ("answer, p50", f"{speed.p50_us:,} µs"),
        ("answer, p90", f"{speed.p90_us:,} µs"),
        ("answer, p99", f"{speed.p99_us:,} µs"),
        ("answer, slowest", f"{speed.max_us:,} µs"),
        ("questions a second", f"{speed.per_second:,}"),
        ("opening the base", f"{speed.open_ms} ms"),
        ("modu ask, whole process", f"{speed.process_ms} ms"),
        ("python -c pass", f"{speed.python_ms} ms"),
        ("ratio of the two", f"{speed.process_to_python}"),
        ("base", f"{speed.base_bytes / mib:.1f} MiB, {speed.facts:,} facts"),
        ("peak memory", f"{speed.peak_rss_bytes / mib:.0f} MiB"),
    ]
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:<{width}}  {value}" for name, value in rows)
