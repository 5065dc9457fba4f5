"""Long work in small steps, so that a process can answer questions between them: generators that yield after each."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

_Made = TypeVar("_Made")
Steps = Generator[None, None, _Made]


def at_once(steps: Steps[_Made]) -> _Made:
    """What the steps lead to, all made one after the other."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            made: _Made = end.value
            return made
