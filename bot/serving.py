"""The base that a process answers from, and how it follows the switches of a folder of versions.

A switch costs the questions nothing: the new base is opened and read into memory beside the old one, by another thread
where the process has one to spare, and put in place between two questions.
"""

from __future__ import annotations

import contextlib
import gc
import json
import math
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from answers.render import keep_templates
from bot.answering import Desk
from bot.bases import cache_folder
from bot.versions import HASH, NO_MARK, Mark, Versions
from knowledge.base import Base
from knowledge.errors import ModuError

_SERVING = "serving"
_SWITCH_S = 0.0005
"""While a base is opened beside, Python's threads take turns this often: an answer must not wait for a whole slice."""
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
        self._next: tuple[Desk, Mark] | None = None
        self._loading = threading.Lock()
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

        For processes of one thread; others `prepare` in one thread and `take` in the one that answers.
        """
        if self.behind():
            self.prepare()
        return self.take()

    def prepare(self) -> None:
        """Open the base that the folder serves beside the one that answers; slow, may run in a thread of its own.

        Where it can't be opened the old one goes on answering, `problem` says why, and it is tried again.
        """
        if self.versions is None or not self._loading.acquire(blocking=False):
            return
        try:
            mark = self.versions.mark()  # before the path is read: a switch in between is seen next time
            path = self.versions.path()
            desk = self.desk if path.name == self.desk.base.path.name else _open_beside(path)
            self._next = (desk, mark)
            self.problem = ""
        except (ModuError, OSError) as error:
            self.problem = str(error)
            self._again = time.monotonic() + _AGAIN_S
        finally:
            self._loading.release()

    def take(self) -> bool:
        """Answer from the prepared base from now on, if there is one; whether the desk has changed. Costs nothing."""
        self._close_retired(time.monotonic() - _RETIRED_S)
        if self._next is None:
            return False
        (desk, self.mark), self._next = self._next, None
        if desk is self.desk:
            return False
        self._retired.append((time.monotonic(), self.desk))
        self.desk = desk
        self._reported = 0.0
        return True

    def close(self) -> None:
        """Close every base; nothing can be answered afterwards."""
        if self._next and self._next[0] is not self.desk:
            self._next[0].base.close()
        self._close_retired(math.inf)
        self.desk.base.close()

    def _close_retired(self, before: float) -> None:
        for retired, desk in [r for r in self._retired if r[0] <= before]:
            _discard(desk)
            self._retired.remove((retired, desk))

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


def _open_beside(path: Path) -> Desk:
    """Open a base while another thread answers, and keep out of its way.

    A look for garbage among the many new objects would hold every thread up for tens of milliseconds. None is made
    meanwhile, and the objects, which stay as long as the base, are left out of later ones.
    """
    usual, collecting = sys.getswitchinterval(), gc.isenabled()
    sys.setswitchinterval(_SWITCH_S)
    gc.disable()
    try:
        return open_desk(path)
    finally:
        gc.freeze()
        if collecting:
            gc.enable()
        sys.setswitchinterval(usual)


def _discard(desk: Desk) -> None:
    """Close a base and let go of all that it holds, which no look for garbage would find any more."""
    desk.base.close()
    vars(desk.base).clear()


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
