"""A second process of a build, for what can be worked out while the first goes on."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing.connection import wait
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Beside:
    """Works one thing out after the other. Where no second process can be had, each is worked out when asked for."""

    def __init__(self, *, wanted: bool = True) -> None:
        """`wanted` says whether there is enough to do for a second process."""
        self._wanted = wanted
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def begin(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Callable[[], T]:
        """Have something worked out; returns what waits for the result. Raises what the work raises."""
        future: Future[T] | None = None
        with suppress(OSError, BrokenProcessPool):
            if self._pool is None and self._wanted and _may_fork():
                self._pool = ProcessPoolExecutor(1, multiprocessing.get_context("fork"), _prepare)
            if self._pool:
                future = self._pool.submit(work, *args, **kwargs)

        def result() -> T:
            if future:
                with suppress(OSError, BrokenProcessPool):  # what the second process could not do is done here
                    return future.result()
            return work(*args, **kwargs)

        return result


def _may_fork() -> bool:
    """Whether a second process gains time, and may begin as a copy of this one: no other thread could hold a lock."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1 and threading.active_count() == 1


def _prepare() -> None:
    """The first process alone hears the keyboard; without it this one ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent: Any = multiprocessing.parent_process()
    threading.Thread(target=lambda: (wait([parent.sentinel]), os._exit(1)), daemon=True).start()
