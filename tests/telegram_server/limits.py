"""The server's clock, and how many messages it takes in how much time."""

from __future__ import annotations

import math
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field


class Clock:
    """POSIX seconds; a test can set it, move it on, or let it run faster."""

    def __init__(self, start: float | None = None, scale: float = 1.0) -> None:
        self._scale = scale
        self.set(time.time() if start is None else start)

    def now(self) -> float:
        return self._base + (time.monotonic() - self._since) * self._scale

    def set(self, seconds: float) -> None:
        self._base, self._since = seconds, time.monotonic()

    def advance(self, seconds: float) -> None:
        self._base += seconds

    def run(self, scale: float) -> None:
        """Let it run ``scale`` times as fast from now; 0 stops it."""
        self.set(self.now())
        self._scale = scale


@dataclass
class Limits:
    """Sliding windows over messages sent; each is (messages, seconds). What is refused does not count.

    Telegram states these figures and enforces them less strictly. ``jitter`` is what a message may come early, since it
    is the distance at arrival that is measured here.
    """

    chat: tuple[int, float] = (1, 1.0)
    group: tuple[int, float] = (20, 60.0)
    overall: tuple[int, float] = (30, 1.0)
    jitter: float = 0.1
    enforced: bool = True
    _sent: dict[object, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    @classmethod
    def off(cls) -> Limits:
        return cls(enforced=False)

    def wait(self, chat: int, now: float) -> int:
        """Whole seconds until a message to this chat is taken; 0 counts it as sent. Groups' ids are negative."""
        if not self.enforced:
            return 0
        windows: list[tuple[object, tuple[int, float]]] = [("chat", self.chat), ("overall", self.overall)]
        if chat < 0:
            windows.append(("group", self.group))
        keys = [(name if name == "overall" else (name, chat), window) for name, window in windows]
        left = max(self._left(self._sent[key], window, now) for key, window in keys)
        if left > 0:
            return math.ceil(left)
        for key, _ in keys:
            self._sent[key].append(now)
        return 0

    def _left(self, sent: deque[float], window: tuple[int, float], now: float) -> float:
        most, seconds = window
        while sent and sent[0] <= now - seconds + self.jitter:
            sent.popleft()
        return sent[-most] + seconds - now if len(sent) >= most else 0.0
