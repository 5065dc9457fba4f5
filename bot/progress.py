"""A progress bar on standard error, where that is a terminal."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

WIDTH = 30
_PAUSE = 0.1
"""Seconds between two drawings."""


class Bar:
    """Draws how far each step of a build is; silent where nobody watches."""

    def __init__(self) -> None:
        self.drawn = 0.0
        self.width = 0
        self.visible = sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.width:
            sys.stderr.write("\r" + " " * self.width + "\r")
            sys.stderr.flush()

    def show(self, what: str, done: int, total: int) -> None:
        """`done` of `total` of a step; drawn ten times a second at most."""
        now = time.monotonic()
        if not self.visible or (now - self.drawn < _PAUSE and done < total):
            return
        self.drawn = now
        share = min(1.0, done / total) if total else 1.0
        filled = round(share * WIDTH)
        line = f"{what} [{'#' * filled}{'.' * (WIDTH - filled)}] {share:4.0%}"
        sys.stderr.write("\r" + line.ljust(self.width))
        sys.stderr.flush()
        self.width = max(self.width, len(line))
