"""Handles the updates of the inbox: one after the other within a chat and topic, side by side across them."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections import deque
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import telegram
from sqlalchemy.exc import OperationalError
from telegram.error import NetworkError

from bot.state import inbox, outbox
from bot.state.database import State
from bot.state.inbox import Arrival
from bot.state.outbox import Entry
from bot.telegram.api import Api
from bot.telegram.intake import Update, stale
from bot.telegram.journal import REQUEST, trace
from bot.telegram.sender import Sender
from bot.telegram.work import Handler, Me, Work

TRIES = 3
"""How often an update is handled before it is put aside."""
PATIENT_TRIES = 30
"""The same where the database or the network is to blame."""
FULL = 500
"""Updates in hand above which no more are fetched."""

_log = logging.getLogger("modu.telegram")


class Lanes:
    """Updates in hand, each in its lane."""

    def __init__(self, api: Api, state: State, sender: Sender, handler: Handler, me: Me) -> None:
        self._api = api
        self._state = state
        self._sender = sender
        self._handler = handler
        self._me = me
        self._alias: Callable[[int], str] = state.alias()
        self._lanes: dict[str, deque[tuple[Arrival, Update]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._number = 0
        self._room = asyncio.Event()
        self._room.set()
        # One update is handled at a time, then the loop turns: what it has stored as `sending` leaves before the next
        # one is handled. The longer a message lies there, the likelier a kill makes it uncertain.
        self._turn = asyncio.Lock()
        self._stopping = False

    def recover(self) -> int:
        """Take up what an earlier process left unhandled; how many updates."""
        waiting = inbox.waiting(self._state.connection)
        self._state.connection.rollback()
        self.put((arrival, json.loads(arrival.body)) for arrival in waiting)
        return len(waiting)

    def put(self, updates: Iterable[tuple[Arrival, Update]]) -> None:
        """Have stored updates handled."""
        for pair in updates:
            name = pair[0].lane
            self._number += 1
            if name in self._lanes:
                self._lanes[name].append(pair)
                continue
            self._lanes[name] = deque([pair])
            task = asyncio.create_task(self._run(name))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        if self._number > FULL:
            self._room.clear()

    async def room(self) -> None:
        """Wait until there is room for more."""
        await self._room.wait()

    async def stop(self) -> None:
        """Finish what is being handled; the rest stays in the inbox."""
        self._stopping = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=5.0)
        for task in self._tasks:
            task.cancel()

    async def _run(self, name: str) -> None:
        """Handle a lane until it is empty."""
        waiting = self._lanes[name]
        while waiting and not self._stopping:
            await self._handle(*waiting.popleft())
            self._number -= 1
            if self._number <= FULL // 2:
                self._room.set()
            if waiting:
                await asyncio.sleep(0)  # the other lanes' turn
        del self._lanes[name]

    async def _handle(self, arrival: Arrival, update: Update) -> None:
        """Handle an update, again if need be; whatever happens, the lane goes on."""
        REQUEST.set(f"u{arrival.update_id}")
        tries = 0
        while not self._stopping:
            try:
                async with self._turn:
                    entries, moved = await self._try(arrival, update)
            except Exception as error:  # noqa: BLE001 -- a mistake in handling one question must not cost the next
                tries += 1
                self._state.connection.rollback()
                patient = isinstance(error, (OperationalError, NetworkError))
                name = type(error).__name__
                if tries >= (PATIENT_TRIES if patient else TRIES):
                    _log.error("update %d failed: %s", arrival.update_id, trace(error))
                    if self._note(inbox.put_aside, arrival.update_id, "failed", name):
                        return
                else:
                    _log.warning("update %d: %s, trying again", arrival.update_id, name)
                    self._note(inbox.tried, arrival.update_id, name)
                await asyncio.sleep(1.0 if patient else 0.05)
            else:
                # it is committed: from here on nothing may lead to a second try
                if moved:
                    self._sender.move(*moved)
                self._sender.take(entries)
                return

    async def _ask(self, method: str, payload: dict[str, Any]) -> Any:
        """A query of a handler; the other lanes go on meanwhile."""
        self._turn.release()
        try:
            return await self._api.ask(method, payload)
        finally:
            await self._turn.acquire()

    def _note(self, function: Callable[..., None], *values: Any) -> bool:
        """Write into the inbox; False if the database does not take it."""
        try:
            function(self._state.connection, *values)
            self._state.connection.commit()
        except OperationalError:
            self._state.connection.rollback()
            return False
        return True

    async def _try(self, arrival: Arrival, update: Update) -> tuple[list[Entry], tuple[int, int] | None]:
        """Handle and commit; what goes into the outbox, and (old, new) id of a chat that has moved."""
        connection = self._state.connection
        now = time.time()
        if stale(update, now - arrival.received):
            inbox.finish(connection, arrival.update_id, "stale")
            connection.commit()
            return [], None
        try:
            parsed = telegram.Update.de_json(update, self._api.bot)
        except Exception as error:  # noqa: BLE001 -- whatever the library stumbles over
            _log.warning("update %d can't be read: %s", arrival.update_id, type(error).__name__)
            inbox.put_aside(connection, arrival.update_id, "parked", type(error).__name__)
            connection.commit()
            return [], None
        work = Work(
            connection=connection,
            now=datetime.fromtimestamp(now, UTC),
            received=datetime.fromtimestamp(arrival.received, UTC),
            me=self._me,
            alias=self._alias,
            ask=self._ask,
        )
        await self._handler.handle(parsed, work)
        moved = _moved(update)
        if moved:
            outbox.migrate(connection, *moved)
        # with others behind it the loop would not turn soon enough: the sender commits what leaves just before it does
        admitted = self._sender.admit(work.calls) if len(self._lanes) == 1 else [False] * len(work.calls)
        entries = outbox.add(connection, work.calls, admitted, now, arrival.update_id)
        inbox.finish(connection, arrival.update_id)
        connection.commit()
        return entries, moved


def _moved(update: Update) -> tuple[int, int] | None:
    """(old, new) id of a group that has become a supergroup."""
    message = update.get("message") or {}
    new = message.get("migrate_to_chat_id")
    return (message["chat"]["id"], new) if new else None
