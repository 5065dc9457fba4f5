"""What goes wrong on purpose: a test scripts it, the next requests that fit meet it."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any, Literal

from .errors import ApiError, too_many

Kind = Literal["refuse", "reset_before", "reset_after", "cut", "delay", "lost"]


@dataclass
class Fault:
    """One thing that goes wrong, for so many requests."""

    kind: Kind
    method: str | None
    chat: int | None
    times: int
    error: ApiError | None = None
    seconds: float = 0.0

    def fits(self, method: str, payload: dict[str, Any]) -> bool:
        return self.method in {None, method} and self.chat in {None, payload.get("chat_id")}


class Faults:
    """The script. Without a method every request but getUpdates can be hit; earlier entries go first."""

    def __init__(self) -> None:
        self._script: list[Fault] = []
        self._lock = threading.Lock()

    def too_many(self, seconds: int, method: str | None = None, *, chat: int | None = None, times: int = 1) -> None:
        """429 with ``retry_after``; nothing is done."""
        self._add(Fault("refuse", method, chat, times, too_many(seconds)))

    def refuse(
        self, code: int, description: str, method: str | None = None, *, chat: int | None = None, times: int = 1
    ) -> None:
        """An error answer, for instance 500 "Internal Server Error"; nothing is done."""
        self._add(Fault("refuse", method, chat, times, ApiError(code, description)))

    def bad_gateway(
        self, method: str | None = None, *, chat: int | None = None, times: int = 1, done: bool = False
    ) -> None:
        """502 with an HTML page instead of an answer; with ``done`` the request took effect all the same."""
        kind: Kind = "lost" if done else "refuse"
        self._add(Fault(kind, method, chat, times, ApiError(502, "Bad Gateway")))

    def reset(
        self,
        when: Literal["before", "after", "within"],
        method: str | None = None,
        *,
        chat: int | None = None,
        times: int = 1,
    ) -> None:
        """Reset the connection before the request takes effect, after it, or amid the answer."""
        kinds: dict[str, Kind] = {"before": "reset_before", "after": "reset_after", "within": "cut"}
        self._add(Fault(kinds[when], method, chat, times))

    def delay(self, seconds: float, method: str | None = None, *, chat: int | None = None, times: int = 1) -> None:
        """Answer so many seconds after the request took effect: past the client's time-out."""
        self._add(Fault("delay", method, chat, times, seconds=seconds))

    def take(self, method: str, payload: dict[str, Any]) -> Fault | None:
        """The fault that this request meets, counted down."""
        with self._lock:
            for fault in self._script:
                if fault.fits(method, payload) and (fault.method or method != "getUpdates"):
                    fault.times -= 1
                    if fault.times <= 0:
                        self._script.remove(fault)
                    return fault
        return None

    @property
    def left(self) -> int:
        """Requests that will still be hit."""
        with self._lock:
            return sum(fault.times for fault in self._script)

    def clear(self) -> None:
        with self._lock:
            self._script.clear()

    def _add(self, fault: Fault) -> None:
        with self._lock:
            self._script.append(fault)
