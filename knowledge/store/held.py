"""What a process holds in memory for the questions to come."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from knowledge.steps import Steps

K = TypeVar("K")
T = TypeVar("T")
_SHARED = 12
"""Languages and tables that a process keeps for the bases it opens."""

_made: dict[str, Any] = {}
"""What bases share, by its digest: the language is the same for all of them, and is read once in a process."""


def made(digest: str) -> Any:
    """What was made for this digest, None if nothing was."""
    return _made.get(digest)


def shared(digest: str, make: Callable[[], Steps[Any]]) -> Steps[Any]:
    """What `make` made, step by step, when this digest was first met."""
    if digest not in _made:
        made = yield from make()
        while len(_made) >= _SHARED:
            del _made[next(iter(_made))]
        _made[digest] = made
    return _made[digest]


class Held(dict[K, T]):
    """What is held in memory, by its key; `otherwise` is asked for the rest."""

    __slots__ = ("_otherwise",)

    def __init__(self, otherwise: Callable[[K], T]) -> None:
        self._otherwise = otherwise

    def __missing__(self, key: K) -> T:
        return self._otherwise(key)


def hold(keys: Iterable[K], read: Callable[[K], T]) -> Steps[Callable[[K], T]]:
    """What `read` gives, held in memory for these keys: at hand sooner than in a cache of limited size."""
    held = Held(read)
    for key in keys:
        held[key] = read(key)
        yield
    return held.__getitem__
