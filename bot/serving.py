"""The base that a process answers from, and how it follows the switches of a folder of versions.

A switch costs the questions next to nothing: the new base is opened and read into memory in small steps between the
answers of the old one, and put in place between two questions. It is not left to a thread: threads take turns so
coarsely that an answer would wait many times over.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import math
import os
import socket
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from answers.render import keep_templates
from bot.answering import Desk
from bot.bases import cache_folder
from bot.versions import HASH, NO_MARK, Versions
from knowledge.errors import ModuError
from knowledge.steps import Steps, at_once
from knowledge.store.base import Base

_SERVING = "serving"
_SLICE_S = 0.0005
"""How long steps are made at a time beside answers; one that arrives meanwhile waits no longer."""
_OURS = 2
"""References to an object that only a local variable names: that, and the argument of the call that counts them."""
_SMALL = (tuple, frozenset, str)
"""What a row is made of; it goes as a whole."""
_REST_S = 0.002
"""How long the process is left to the answers between two slices."""
_REPORT_S = 30.0
_AGAIN_S = 10.0
"""After a failure to follow."""
_RETIRED_S = 60.0
"""How long an old base stays open: an answer from it may still be on its way to the reader."""
_SILENT_S = 120.0
"""A process that has not reported for so long is gone."""


class Serving:
    """The desk to answer at, always on the base that the folder serves; or on one base file, for good."""

    def __init__(self, source: Path) -> None:
        """`source` is a folder of versions or a base. Raises BaseError or VersionsError where there is none."""
        keep_templates(cache_folder() / "templates")
        self.versions = Versions(source) if source.is_dir() else None
        self.mark = self.versions.mark() if self.versions else NO_MARK
        self.desk = open_desk(self.versions.path() if self.versions else source)
        self.problem = ""
        """Why the newest switch was not followed; '' where it was."""
        self._retired: list[tuple[float, Desk]] = []
        self._again = 0.0
        self._reported = 0.0

    @property
    def hash(self) -> str:
        """Hash of the base that answers, '' for a file that is not named by its content."""
        name = self.desk.base.path.stem.rpartition("-")[2]
        return name if len(name) == HASH else ""

    def behind(self) -> bool:
        """Whether the folder serves another base by now; one stat."""
        if self.versions is None or (self.problem and time.monotonic() < self._again):
            return False
        return self.versions.mark() != self.mark

    def follow(self) -> bool:
        """Take the base that the folder serves, if it is another one; whether the desk has changed.

        Where it can't be opened the old one goes on answering, `problem` says why, and it is tried again.
        """
        before = self.desk
        at_once(self._following())
        return self.desk is not before

    async def follow_beside(self) -> bool:
        """`follow` while the event loop goes on answering."""
        before = self.desk
        with contextlib.closing(self._following()) as steps:
            for _ in steps:
                await asyncio.sleep(_REST_S)
        return self.desk is not before

    def _following(self) -> Steps[None]:
        """What `follow` does, in slices of about a millisecond; between two of them the desk can answer."""
        yield from self._close_retired(time.monotonic() - _RETIRED_S)
        if self.versions is None or not self.behind():
            return
        mark = self.versions.mark()  # before the journal is read: a switch in between is seen next time
        try:
            path = self.versions.path()
            desk = self.desk if path.name == self.desk.base.path.name else (yield from _open_beside(path))
        except (ModuError, OSError) as error:
            self.problem = str(error)
            self._again = time.monotonic() + _AGAIN_S
            return
        self.mark, self.problem = mark, ""
        if desk is self.desk:
            return
        self._retired.append((time.monotonic(), self.desk))
        self.desk = desk
        if self.hash:
            desk.base.digest = self.hash  # compared when it was published: no answer has to wait for it
        self._reported = 0.0

    def close(self) -> None:
        """Close every base; nothing can be answered afterwards."""
        at_once(self._close_retired(math.inf))
        self.desk.base.close()

    def _close_retired(self, before: float) -> Steps[None]:
        for retired in [r for r in self._retired if r[0] <= before]:
            self._retired.remove(retired)
            yield from _discard(retired[1])

    def report(self) -> None:
        """Tell the folder, now and then, which base this process serves; a folder that is read-only is told nothing."""
        if self.versions is None or time.monotonic() - self._reported < _REPORT_S:
            return
        self._reported = time.monotonic()
        with contextlib.suppress(OSError):
            report(self.versions, self.hash)


def open_desk(path: Path) -> Desk:
    """A desk on a base read into memory."""
    base = Base(path)
    base.warm()
    return Desk(base)


def _open_beside(path: Path) -> Steps[Desk]:
    """`open_desk` in slices, between which the process can answer.

    A look for garbage among the many new objects would hold up the answers for tens of milliseconds. So these objects,
    which stay as long as the base, are left out of all looks as soon as they are made; what the answers have left
    behind meanwhile is little, and cleared away first.
    """
    with contextlib.closing(Base.beside(path)) as steps:
        while True:
            gc.collect(1)
            until = time.perf_counter() + _SLICE_S
            try:
                while time.perf_counter() < until:
                    next(steps)
            except StopIteration as end:
                return Desk(end.value)
            finally:
                gc.freeze()
            yield


def _discard(desk: Desk) -> Steps[None]:
    """Close a base and let go, in slices, of all that it holds, which no look for garbage would find any more."""
    desk.base.close()
    holders = [desk, desk.base, *vars(desk).values(), *vars(desk.base).values()]
    held = [value for holder in holders for value in getattr(holder, "__dict__", {}).values()]
    left = [*vars(desk).values(), *vars(desk.base).values()]
    for cache in [value for value in held if hasattr(value, "cache_clear")]:
        left += gc.get_referents(cache)
        cache.cache_clear()
        yield
    for part in vars(desk).values():  # the base, and what remembers by methods of its own and so holds itself
        getattr(part, "__dict__", {}).clear()
    vars(desk).clear()
    del holders, held, cache, part
    until = time.perf_counter() + _SLICE_S
    while left:
        one = left.pop()
        if not isinstance(one, _SMALL) and sys.getrefcount(one) == _OURS:  # it goes, and what it alone holds one by one
            left += (one, *one.popitem()) if isinstance(one, dict) and one else gc.get_referents(one)
        del one
        if time.perf_counter() >= until:
            yield
            until = time.perf_counter() + _SLICE_S


def report(versions: Versions, served: str) -> None:
    """Note in the folder that this process serves the base `served`. Raises OSError."""
    folder = versions.folder / _SERVING
    folder.mkdir(exist_ok=True)
    path = folder / f"{socket.gethostname()}-{os.getpid()}.json"
    row = {"host": socket.gethostname(), "pid": os.getpid(), "hash": served, "when": time.time()}
    temporary = path.with_suffix(".switching")
    temporary.write_text(json.dumps(row), "utf-8")
    temporary.replace(path)


def processes(versions: Versions) -> Iterator[dict[str, object]]:
    """{host, pid, hash, when} of each process that reported lately; forgets those that have gone silent."""
    for path in sorted((versions.folder / _SERVING).glob("*.json")):
        with contextlib.suppress(OSError, ValueError, KeyError):
            row = json.loads(path.read_text("utf-8"))
            if time.time() - float(row["when"]) > _SILENT_S:
                path.unlink(missing_ok=True)
                continue
            yield {**row, "when": datetime.fromtimestamp(row["when"], UTC).isoformat(timespec="seconds")}
