"""Makes the requests of the outbox: in order within a chat, within Telegram's limits, answers before digests."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from telegram.error import TelegramError

from bot.state import chats, outbox
from bot.state.database import State
from bot.state.outbox import Entry, Result
from bot.telegram.api import Api
from bot.telegram.call import FREE, Call, repeatable
from bot.telegram.journal import trace
from bot.telegram.limits import GROUP, Limiter
from bot.telegram.verdict import Verdict, judge

LOOK = 5.0
"""Seconds between looks for messages that others put into the outbox."""
PATIENCE = 10.0
"""Seconds that requests on their way have at the end."""
_SLOWEST = 60.0
"""Most seconds between two attempts."""

_log = logging.getLogger("modu.telegram")


@dataclass(slots=True)
class _Line:
    """The messages of one chat that wait."""

    heap: list[tuple[int, int, Entry]] = field(default_factory=list)
    """(priority, id, entry)."""
    busy: bool = False
    """Whether one is on its way."""
    place: str = ""
    """'later' where the chat waits for its own limit, 'ready' where it waits for the overall limit."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    """How a request ended; what is to be written down."""

    entry: Entry
    result: Result | None
    """None where the request is to be made again."""
    error: str = ""
    moved: int | None = None
    """The new id of the chat."""
    gone: bool = False
    """Whether the chat can't be written to any more."""


class Sender:
    """Sends what the outbox holds; every step is committed before the next begins."""

    def __init__(self, api: Api, state: State, limiter: Limiter | None = None) -> None:
        self._api = api
        self._state = state
        self._limiter = limiter or Limiter()
        self._now: Callable[[], float] = time.time  # what the database holds
        self._tick: Callable[[], float] = time.monotonic  # what waits are counted by
        self._lines: dict[int, _Line] = {}
        self._later: list[tuple[float, int]] = []  # (tick, chat)
        self._ready: list[tuple[int, int, int]] = []  # (priority, id, chat)
        self._free: list[tuple[float, int, Entry]] = []  # (tick, id, entry): requests that have no limit
        self._held: set[int] = set()  # ids of everything that is here
        self._outcomes: list[_Outcome] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._soon = False
        self._stopping = False
        self._closed = False

    def recover(self) -> int:
        """Take up what an earlier process left; how many messages it left uncertain."""
        now, tick = self._now(), self._tick()
        connection = self._state.connection
        left = outbox.in_flight(connection)
        outbox.give_back(connection, [number for number, method in left if repeatable(method)])
        lost = [number for number, method in left if not repeatable(method)]
        error = "the process ended before a reply came"
        outbox.finish(connection, [Result(number, "uncertain", now, error=error) for number in lost])
        for chat, when in outbox.recent(connection, now - GROUP.seconds):
            self._limiter.remember(chat, tick - max(0.0, now - when))
        connection.commit()
        self.look()
        return len(lost)

    def look(self) -> None:
        """Take up what stands in the outbox and is not held here: digests, decisions of an administrator."""
        found = outbox.pending(self._state.connection, self._held)
        self._state.connection.rollback()
        for entry in found:
            self._put(entry)
        self._limiter.tidy(self._tick())

    async def run(self) -> None:
        """Look into the outbox from time to time, until cancelled."""
        while True:
            await asyncio.sleep(LOOK)
            self.look()

    async def stop(self) -> None:
        """Begin nothing new, wait a while for the requests on their way; the rest stays in the outbox."""
        self._stopping = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=PATIENCE)
        for task in self._tasks:
            task.cancel()  # nobody will know how it ended: `sending` becomes `uncertain` at the next start
        self._pump()
        self._closed = True

    def admit(self, calls: Sequence[Call]) -> list[bool]:
        """For each call whether it may leave as soon as it is stored: it is to be stored as `sending` then."""
        tick = self._tick()
        room = not self._ready and self._limiter.wait_overall(tick) == 0.0
        admitted = []
        for call in calls:
            chat = call.chat_id
            if self._stopping:
                going = False
            elif chat is None or call.method in FREE:
                going = True
            else:
                going = room and chat not in self._lines and self._limiter.wait(chat, tick) == 0.0
                room = False  # one message of a work leaves at once, the others wait for their turn
            admitted.append(going)
        return admitted

    def take(self, entries: Iterable[Entry]) -> None:
        """Entries were committed: make the admitted requests, queue the others."""
        for entry in entries:
            if not entry.sending:
                self._put(entry)
                continue
            self._held.add(entry.id)
            if _limited(entry):
                self._line(entry).busy = True
                self._limiter.leave()
            self._spawn(self._make(entry))

    def move(self, old: int, new: int) -> None:
        """A group has got another id."""
        self._api.forget(old)
        line = self._lines.pop(old, None)
        if line:
            for _, _, entry in line.heap:
                entry.chat_id = new
                self._put(entry)

    def _line(self, entry: Entry) -> _Line:
        assert entry.chat_id is not None  # noqa: S101 -- told to mypy: only chats have lines
        return self._lines.setdefault(entry.chat_id, _Line())

    def _put(self, entry: Entry) -> None:
        """Queue an entry."""
        self._held.add(entry.id)
        if not _limited(entry):
            heappush(self._free, (self._due(entry, self._tick()), entry.id, entry))
            self._pump_soon()
            return
        line = self._line(entry)
        heappush(line.heap, (entry.priority, entry.id, entry))
        if line.place == "ready":
            heappush(self._ready, (entry.priority, entry.id, entry.chat_id or 0))  # it may go before the others now
        self._queue(entry.chat_id or 0, line)

    def _due(self, entry: Entry, tick: float) -> float:
        """The tick from which an entry may be sent, as far as it is concerned itself."""
        return tick if entry.not_before is None else tick + entry.not_before - self._now()

    def _queue(self, chat: int, line: _Line) -> None:
        """Have a chat's first message sent when the chat's limit allows it."""
        if line.busy or line.place or not line.heap:
            return
        tick = self._tick()
        when = max(tick + self._limiter.wait(chat, tick), self._due(line.heap[0][2], tick))
        line.place = "later"
        heappush(self._later, (when, chat))
        self._pump_soon()

    def _pump_soon(self) -> None:
        if not self._soon:
            self._soon = True
            asyncio.get_running_loop().call_soon(self._pump)

    def _pump(self) -> None:
        """Write down how requests ended and which ones leave now, commit, and let them leave."""
        self._soon = False
        if self._closed:
            return
        leaving = [] if self._stopping else self._choose()
        outcomes = self._outcomes
        if leaving or outcomes:
            connection = self._state.connection
            try:
                for outcome in outcomes:
                    self._write(outcome)
                outbox.start(connection, [entry.id for entry in leaving], self._now())
                connection.commit()
            except SQLAlchemyError as error:
                connection.rollback()
                _log.error("the outbox can't be written, trying again: %s", type(error).__name__)
                self._put_back(leaving)
                asyncio.get_running_loop().call_later(1.0, self._pump_soon)
                return
        self._outcomes = []
        for outcome in outcomes:
            self._apply(outcome)
        for entry in leaving:
            self._spawn(self._make(entry))
        self._wake()

    def _choose(self) -> list[Entry]:
        """Take those entries from the queues that may leave now."""
        tick = self._tick()
        leaving = []
        while self._free and self._free[0][0] <= tick:
            leaving.append(heappop(self._free)[2])
        while self._later and self._later[0][0] <= tick:
            chat = heappop(self._later)[1]
            line = self._lines.get(chat)
            if line is None or line.place != "later":
                continue
            line.place = ""
            if self._limiter.wait(chat, tick) or self._due(line.heap[0][2], tick) > tick:
                self._queue(chat, line)
            else:
                line.place = "ready"
                heappush(self._ready, (*line.heap[0][:2], chat))
        while self._ready and self._limiter.wait_overall(tick) == 0.0:
            chat = heappop(self._ready)[2]
            line = self._lines.get(chat)
            if line is None or line.place != "ready":
                continue  # it stood there twice
            line.place = ""
            line.busy = True
            self._limiter.leave()
            leaving.append(heappop(line.heap)[2])
        return leaving

    def _put_back(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            if _limited(entry):
                self._line(entry).busy = False
                self._limiter.stay()
            self._put(entry)

    def _wake(self) -> None:
        """Pump again when the next one may leave."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        tick = self._tick()
        waits = [queue[0][0] - tick for queue in (self._later, self._free) if queue]
        if self._ready:
            wait = self._limiter.wait_overall(tick)
            waits += [wait] if wait is not None else []
        if waits and not self._stopping:
            self._timer = asyncio.get_running_loop().call_later(max(0.001, min(waits)), self._pump_soon)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _make(self, entry: Entry) -> None:
        """Make one request; how it ended is written down by the next pump."""
        outcome = await self._request(entry)
        if _limited(entry):
            self._limiter.arrive(entry.chat_id or 0, self._tick())
        self._outcomes.append(outcome)
        self._pump_soon()

    async def _request(self, entry: Entry) -> _Outcome:
        if entry.expires is not None and entry.expires < self._now():
            return self._end(entry, "expired")
        payload = entry.payload if entry.chat_id is None else {"chat_id": entry.chat_id, **entry.payload}
        if entry.edits:
            found = outbox.answer_to(self._state.connection, *entry.edits)
            self._state.connection.rollback()
            if found is None:
                return self._end(entry, "failed", error="there is no answer to edit")
            payload["message_id"] = found
        try:
            result = await self._api.call(entry.method, payload)
        except TelegramError as error:
            return self._failed(entry, judge(error, entry.method, entry.attempts))
        except Exception as error:  # noqa: BLE001 -- one message must not stop the others
            _log.error("outbox %d, %s: %s", entry.id, entry.method, trace(error))
            return self._end(entry, "uncertain", error=type(error).__name__)
        return self._end(entry, "sent", message_id=result.get("message_id") if isinstance(result, dict) else None)

    def _end(self, entry: Entry, state: str, **more: Any) -> _Outcome:
        return _Outcome(entry, Result(entry.id, state, self._now(), **more))

    def _failed(self, entry: Entry, verdict: Verdict) -> _Outcome:
        """What follows from an error."""
        level = logging.DEBUG if verdict.action in {"sent", "expired"} else logging.WARNING
        error = verdict.error.partition(":")[0]  # what follows may quote the message
        _log.log(level, "outbox %d, %s: %s, %s", entry.id, entry.method, error, verdict.action)
        entry.attempts += 1
        entry.not_before = None
        match verdict.action:
            case "wait":
                entry.not_before = self._now() + verdict.seconds
                if entry.chat_id is not None:
                    self._limiter.pause(entry.chat_id, self._tick() + verdict.seconds)
            case "again":
                entry.not_before = self._now() + min(_SLOWEST, 0.25 * 2**entry.attempts)
            case "plain" if "parse_mode" in entry.payload:
                entry.payload.pop("parse_mode")
                name = "caption" if "caption" in entry.payload else "text"
                entry.payload[name] = entry.plain or entry.payload.get(name, "")
            case "no_thread" if "message_thread_id" in entry.payload:
                entry.payload.pop("message_thread_id")
            case "migrate":
                return _Outcome(entry, None, verdict.error, moved=verdict.chat_id)
            case action:
                state = "failed" if action in {"plain", "no_thread"} else action
                ended = self._end(entry, state, code=verdict.code, error=verdict.error)
                return _Outcome(entry, ended.result, gone=verdict.code == 403)
        return _Outcome(entry, None, verdict.error)

    def _write(self, outcome: _Outcome) -> None:
        """Into the database, not yet committed."""
        connection, entry = self._state.connection, outcome.entry
        if outcome.result is None:
            outbox.again(connection, entry, outcome.error)
        else:
            outbox.finish(connection, [outcome.result])
        if entry.chat_id is not None and outcome.moved:
            outbox.migrate(connection, entry.chat_id, outcome.moved)
        if entry.chat_id is not None and outcome.gone:
            kind = "private" if entry.chat_id > 0 else "group"
            chats.set_active(connection, entry.chat_id, False, kind, self._now())

    def _apply(self, outcome: _Outcome) -> None:
        """In the queues, once it is committed."""
        entry, chat = outcome.entry, outcome.entry.chat_id
        line = self._lines.get(chat) if chat is not None and _limited(entry) else None
        if line:
            line.busy = False
        if outcome.result is None:
            self._put(entry)
        else:
            self._held.discard(entry.id)
        if chat is not None and outcome.moved:
            self.move(chat, outcome.moved)
        elif line and chat is not None:
            if line.heap:
                self._queue(chat, line)
            else:
                self._lines.pop(chat, None)


def _limited(entry: Entry) -> bool:
    return entry.chat_id is not None and entry.method not in FREE
