"""The queue of updates: what the bot is to hear, until it has confirmed it, by long polling or webhook."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import aiogram.types

from . import judge
from .errors import OTHER_POLLER, WEBHOOK_ACTIVE, refuse
from .limits import Clock

LIFE = {"callback_query": 150.0, "inline_query": 30.0}  # seconds; all others a day
DAY = 86400.0
UNASKED = {"chat_member", "message_reaction", "message_reaction_count"}  # only sent when they are asked for

Update = dict[str, Any]


@dataclass(eq=False)
class Entry:
    """An update in the queue."""

    update: Update
    lane: int  # chat or user: the webhook sends those of one lane one after another
    created: float
    stubborn: bool = False  # delivered at least once, whatever the offset says

    @property
    def id(self) -> int:
        return int(self.update["update_id"])

    @property
    def kind(self) -> str:
        return next(name for name in self.update if name != "update_id")


class Updates:
    """The queue. ``put``, ``repeat``, ``hold`` and ``release`` may be called from any thread."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.next_id = 100_000_001
        self.allowed: set[str] = set()  # empty: everything but ``UNASKED``
        self.webhook = False
        self.polls = 0
        self._entries: list[Entry] = []
        self._past: dict[int, Entry] = {}
        self._held: list[Entry] | None = None
        self._lock = threading.RLock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wakers: set[Callable[[], None]] = set()
        self._poller = 0
        self._closing = False

    # what tests do

    def put(self, kind: str, value: dict[str, Any], lane: int) -> int | None:
        """Queue an update and give its id; None if the bot did not ask for this kind."""
        with self._lock:
            if kind not in self.allowed if self.allowed else kind in UNASKED:
                return None
            number, self.next_id = self.next_id, self.next_id + 1
            update = judge.result(aiogram.types.Update, {"update_id": number, kind: value})
            below = number < max(self._past, default=0)  # after ``jump`` the bot's offset says nothing
            self._past[number] = entry = Entry(update, lane, self.clock.now(), stubborn=below)
            (self._entries if self._held is None else self._held).append(entry)
        self.changed()
        return number

    def repeat(self, update_id: int) -> None:
        """Deliver an update once more, even one that was confirmed."""
        with self._lock:
            past = self._past[update_id]
            self._entries.append(Entry(past.update, past.lane, self.clock.now(), stubborn=True))
        self.changed()

    def hold(self) -> None:
        """Keep new updates back until ``release``."""
        with self._lock:
            self._held = self._held or []

    def release(self, order: Callable[[list[Entry]], Iterable[Entry]] = list) -> None:
        """Deliver what was held back, in another order if one is given (``reversed``, for instance)."""
        with self._lock:
            held, self._held = list(order(self._held or [])), None
            for entry in held:
                entry.stubborn = True
            self._entries += held
        self.changed()

    def jump(self, update_id: int) -> None:
        """Go on from this id, as after an idle week."""
        with self._lock:
            self.next_id = update_id

    @property
    def pending(self) -> int:
        """Updates that the bot has not confirmed."""
        with self._lock:
            return len(self._live()) + len(self._held or ())

    def drop(self) -> None:
        with self._lock:
            self._entries.clear()

    # what the bot does

    def want(self, kinds: list[str] | None) -> None:
        """``allowed_updates``: sticky, and only for updates that come later; an empty list is the default again."""
        if kinds is not None:
            with self._lock:
                self.allowed = set(kinds)

    async def poll(self, offset: int, limit: int, seconds: int) -> list[Update]:
        """``getUpdates``: confirms what is older than ``offset``, waits for more; 409 as soon as another one polls."""
        if self.webhook:
            refuse(409, WEBHOOK_ACTIVE)
        self._poller += 1
        mine = self._poller
        self.polls += 1
        waker = asyncio.Event()
        self._wakers.add(waker.set)
        self.changed()
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        try:
            while True:
                if mine != self._poller:
                    refuse(409, OTHER_POLLER)
                if self.webhook:
                    refuse(409, "terminated by setWebhook request")
                waker.clear()
                updates = self._batch(offset, limit)
                if updates or loop.time() >= deadline or self._closing:
                    return updates
                try:
                    await asyncio.wait_for(waker.wait(), deadline - loop.time())
                except TimeoutError:
                    continue
        finally:
            self._wakers.discard(waker.set)

    def _batch(self, offset: int, limit: int) -> list[Update]:
        with self._lock:
            if offset > 0:
                self._entries = [entry for entry in self._entries if entry.id >= offset or entry.stubborn]
            elif offset < 0:
                self._entries = self._entries[offset:]
            chosen = self._live()[:limit]
            for entry in chosen:
                entry.stubborn = False
            return [entry.update for entry in chosen]

    def _live(self) -> list[Entry]:
        now = self.clock.now()
        self._entries = [entry for entry in self._entries if now - entry.created < LIFE.get(entry.kind, DAY)]
        return self._entries

    # what the webhook does

    def heads(self, busy: set[int]) -> list[Entry]:
        """The first entry of each lane that is not busy."""
        with self._lock:
            heads: dict[int, Entry] = {}
            for entry in self._live():
                if entry.lane not in busy:
                    heads.setdefault(entry.lane, entry)
            return list(heads.values())

    def done(self, entry: Entry) -> None:
        with self._lock:
            if entry in self._entries:
                self._entries.remove(entry)

    # plumbing

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def watch(self, waker: Callable[[], None]) -> None:
        self._wakers.add(waker)

    def close(self) -> None:
        self._closing = True
        self.changed()

    def changed(self) -> None:
        """Wake whoever waits in the server's loop."""
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(lambda: [wake() for wake in list(self._wakers)])
