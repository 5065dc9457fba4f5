"""How much one person and one chat may ask within a minute."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Mapping
from enum import Enum

WINDOW = 60.0
"""Seconds."""
PERSON = 12
CHAT = 20
_REMEMBERED = 10_000


class Verdict(Enum):
    """What to do with a question."""

    ANSWER = "answer"
    TELL = "tell"
    """Too many; say so, once."""
    IGNORE = "ignore"


class Floods:
    """Sliding windows in memory: a restart forgives."""

    def __init__(self, window: float = WINDOW) -> None:
        self.window = window
        self._times: OrderedDict[str, deque[float]] = OrderedDict()
        self._told: dict[str, float] = {}

    def judge(self, now: float, keys: Mapping[str, int]) -> Verdict:
        """Count one question for each key, unless one of them has had its most within the window."""
        full = [key for key, most in keys.items() if len(self._recent(key, now)) >= most]
        if not full:
            for key in keys:
                self._times[key].append(now)
            return Verdict.ANSWER
        told = max(self._told.get(key, -self.window) for key in full)
        if now - told < self.window:
            return Verdict.IGNORE
        self._told.update(dict.fromkeys(full, now))
        return Verdict.TELL

    def _recent(self, key: str, now: float) -> deque[float]:
        times = self._times.setdefault(key, deque())
        self._times.move_to_end(key)
        while times and times[0] <= now - self.window:
            times.popleft()
        if len(self._times) > _REMEMBERED:
            old, _ = self._times.popitem(last=False)
            self._told.pop(old, None)
        return times
