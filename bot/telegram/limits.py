"""Telegram's limits: one message a second to a chat, twenty a minute to a group, not too many overall.

Sliding windows, counted so that they hold at the server however long a request is on its way: a message counts from the
moment it leaves until a window after its reply.
"""

from __future__ import annotations

from collections import deque
from typing import NamedTuple


class Window(NamedTuple):
    """At most `most` messages in any `seconds`."""

    most: int
    seconds: float


CHAT = Window(1, 1.05)
GROUP = Window(20, 60.5)
OVERALL = Window(25, 1.0)
"""Telegram stops a bot at 1 a second, 20 a minute and 30 a second; a little is left over for clocks that differ."""
ON_WAY = 8
"""Messages on their way at a time: each of them is uncertain if the process is killed."""


class Limiter:
    """Says how long a message has to wait. Times are seconds of any one clock, given with every call.

    One message of a chat is on its way at a time, as their order asks for.
    """

    def __init__(self, chat: Window = CHAT, group: Window = GROUP, overall: Window = OVERALL) -> None:
        self._chat, self._group, self._overall = chat, group, overall
        self._of_chat: dict[int, deque[float]] = {}
        self._all: deque[float] = deque()
        self._on_way = 0
        self._paused: dict[int, float] = {}

    def wait(self, chat: int, now: float) -> float:
        """Seconds until the chat may have its next message, whatever the others do; 0 if now."""
        until = self._paused.get(chat, now)
        times = self._of_chat.get(chat)
        if times:
            for window in (self._chat, self._group) if chat < 0 else (self._chat,):
                if len(times) >= window.most:
                    until = max(until, times[-window.most] + window.seconds)
        return max(0.0, round(until - now, 6))  # nobody waits for the last bit of a float

    def wait_overall(self, now: float) -> float | None:
        """Seconds until any message may leave; None if only a reply can tell."""
        while self._all and self._all[0] <= now - self._overall.seconds:
            self._all.popleft()
        if self._on_way >= ON_WAY:
            return None
        if len(self._all) + self._on_way < self._overall.most:
            return 0.0
        return self._all[0] + self._overall.seconds - now if self._all else None

    def leave(self) -> None:
        """A message is on its way."""
        self._on_way += 1

    def stay(self) -> None:
        """It did not leave after all."""
        self._on_way -= 1

    def arrive(self, chat: int, now: float) -> None:
        """Its reply came, or it is known not to come."""
        self._on_way -= 1
        self.remember(chat, now)

    def remember(self, chat: int, when: float) -> None:
        """A message was sent at `when`, not before those remembered already."""
        self._all.append(when)
        times = self._of_chat.get(chat)
        if times is None:
            times = self._of_chat[chat] = deque(maxlen=max(self._chat.most, self._group.most))
        times.append(when)

    def pause(self, chat: int, until: float) -> None:
        """The server asked to leave the chat alone until then."""
        self._paused[chat] = max(until, self._paused.get(chat, until))

    def tidy(self, now: float) -> None:
        """Forget the chats that have no limit to wait for."""
        longest = max(self._chat.seconds, self._group.seconds)
        self._of_chat = {chat: times for chat, times in self._of_chat.items() if times[-1] > now - longest}
        self._paused = {chat: until for chat, until in self._paused.items() if until > now}
