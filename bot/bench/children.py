"""What has to be measured in a process of its own: builds, memory, the opening of a base.

`python -m bot.bench.children WHAT …` is such a process; it prints one line of JSON.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def start(what: str, *arguments: str | Path) -> dict[str, Any]:
    """Run one measurement in a new process and return what it printed. Raises CalledProcessError."""
    paths = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-P", "-m", "bot.bench.children", what, *map(str, arguments)]
    run = subprocess.run(  # noqa: S603
        command, env={**os.environ, "PYTHONPATH": paths}, stdout=subprocess.PIPE, check=True, encoding="utf-8"
    )
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def opening(first: Path, other: Path, questions: tuple[str, str], runs: int) -> float:
    """Median milliseconds from opening `other` to its first answer, in processes that answered from `first` before."""
    return statistics.median(float(start("opening", first, other, *questions)["ms"]) for _ in range(runs))


def resident() -> int:
    """Bytes of this process in memory now; on systems without /proc the most it ever had."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text("ascii").splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) * 1024
    return _peak()


def _peak() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _build(triples: str, out: str) -> dict[str, Any]:
    from bot.bench.building import compile_triples

    started = time.perf_counter()
    compile_triples([Path(triples)], Path(out))
    return {"seconds": time.perf_counter() - started, "peak_bytes": _peak()}


def _memory(base: str, questions: str) -> dict[str, Any]:
    """After all questions of a file, one a line."""
    from bot.answering import Desk
    from bot.page import page
    from knowledge.store.base import Base

    opened = Base(Path(base))
    opened.warm()
    desk = Desk(opened)
    for line in Path(questions).read_text("utf-8").splitlines():
        page(desk.reply(line).answer)
    return {"bytes": resident()}


def _opening(first: str, other: str, question: str, other_question: str) -> dict[str, Any]:
    from bot.answering import Desk
    from bot.page import page
    from knowledge.store.base import Base

    page(Desk(Base(Path(first))).reply(question).answer)
    started = time.perf_counter()
    page(Desk(Base(Path(other))).reply(other_question).answer)
    return {"ms": (time.perf_counter() - started) * 1000}


if __name__ == "__main__":
    measures: dict[str, Callable[..., dict[str, Any]]] = {"build": _build, "memory": _memory, "opening": _opening}
    print(json.dumps(measures[sys.argv[1]](*sys.argv[2:])))  # noqa: T201
