"""Makes the digests that are due, sees to pinning them, and tells owners once what the bot lacks.

One transaction a digest: what became of the date and the messages that post it stand in the database together, or not
at all. So a date has its digest once, whenever the process dies.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.answering import Desk
from bot.schedule import LATEST, Occurrence, due
from bot.state import digests, outbox
from bot.state.database import State
from bot.state.digests import Subscription
from bot.telegram import posting
from bot.telegram.call import ANSWER, DIGEST, Call
from bot.telegram.journal import trace
from bot.telegram.turn import text_payload
from bot.telegram.wording import message

TICK = 1.0
"""Seconds between two looks."""
BATCH = 8
"""Digests made at one look: many chats that share a time are spread over minutes, and the rest of what may be sent
in a second is left to answers."""
_DAY = timedelta(days=1)
_PAUSE = 60.0
"""Seconds until a digest that could not be made is tried again."""
_SHORTEST = 600.0
"""Seconds that a late digest has at least to leave."""
_LOOK_BACK = 24 * 3600.0
_RIGHTS = ("not enough rights", "need administrator rights", "have no rights", "forbidden", "kicked", "not a member")

_log = logging.getLogger("modu.telegram")


class Ticker:
    """Looks every second which digests are due."""

    def __init__(self, state: State, desk: Callable[[], Desk], look: Callable[[], None]) -> None:
        """`desk` gives the desk whose base is read now, `look` has the sender look into the outbox."""
        self._state = state
        self._desk = desk
        self._look = look
        self.now: Callable[[], float] = time.time
        self._unfit: set[str] = set()
        self._again: dict[int, float] = {}  # subscription → when it is tried again after a failure

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            try:
                done = await self.tick(TICK / BATCH)
            except SQLAlchemyError as error:
                self._state.connection.rollback()
                _log.error("digests can't be looked up, trying again: %s", trace(error))
                done = 0
            await asyncio.sleep(0.0 if done else TICK)

    async def tick(self, pause: float = 0.0) -> int:
        """Make what is due, at most BATCH of them, with a pause behind each; how many."""
        connection, now = self._state.connection, self.now()
        self._again = {number: when for number, when in self._again.items() if when > now}
        waiting = [w for w in digests.due(connection, now, BATCH + len(self._again)) if w.id not in self._again][:BATCH]
        connection.rollback()
        for wanted in waiting:
            try:
                self._make(wanted)
            except Exception as error:  # noqa: BLE001 -- one chat's digest must not stop those of the others
                connection.rollback()
                self._again[wanted.id] = now + _PAUSE
                _log.error("the digest of subscription %d can't be made: %s", wanted.id, trace(error))
            self._look()
            await asyncio.sleep(pause)  # questions go on between two digests
        if self._pin() + self._tell():
            self._look()
        return len(waiting)

    def _make(self, wanted: Subscription) -> None:
        """Write down every date that is due, and post the one that is not too late."""
        now = self.now()
        at = datetime.fromtimestamp(wanted.due or now, UTC)
        before = wanted.schedule.local_date(at) - _DAY
        for one in due(wanted.schedule, before, datetime.fromtimestamp(now, UTC)):
            self._occur(wanted, one, now)
            self._state.connection.commit()

    def _occur(self, wanted: Subscription, one: Occurrence, now: float) -> None:
        connection = self._state.connection
        made = None
        if not one.missed and digests.reachable(connection, wanted.chat_id):
            made = posting.make(connection, self._desk(), wanted, one.day)
        if made is None:
            digests.occurred(connection, wanted, one.day, "missed", now)
            return
        mark = posting.base_mark(self._desk().base)
        if digests.occurred(connection, wanted, one.day, "sent", now, spotlight=made.key, base=mark):
            expires = max(one.due.timestamp() + LATEST.total_seconds(), now + _SHORTEST)
            note = digests.note(wanted, one.day)
            calls = posting.calls(
                connection, made, wanted, now, say=self._say, priority=DIGEST, expires=expires, note=note
            )
            outbox.add(connection, calls, [False] * len(calls), now)

    def _say(self, why: str) -> None:
        """Log once why there are no pictures."""
        if why not in self._unfit:
            self._unfit.add(why)
            _log.warning("%s", why)

    def _pin(self) -> int:
        """Have the digests pinned that are sent by now; how many."""
        connection, now = self._state.connection, self.now()
        done = 0
        for number, day, chat, state, message_id in digests.to_pin(connection):
            digests.pinned(connection, number, day)
            if state == "sent" and message_id:
                payload = {"message_id": message_id, "disable_notification": True}
                call = Call("pinChatMessage", payload, chat, DIGEST, note=f"{digests.NOTE}:{number}:pin")
                outbox.add(connection, [call], [False], now)
                done += 1
        connection.commit()
        return done

    def _tell(self) -> int:
        """Tell owners in private, once, what Telegram refuses."""
        connection, now = self._state.connection, self.now()
        told = 0
        for number, method, error in digests.refusals(connection, now - _LOOK_BACK):
            wanted = digests.find(connection, number)
            lack = "pin" if method == "pinChatMessage" else "post"
            rights = any(word in error.casefold() for word in _RIGHTS)
            if wanted is None or wanted.owner_chat is None or lack in wanted.told.split() or not rights:
                continue
            html = "\n".join(message("digest_lacks", wanted.language, lack=lack, chat=wanted.chat_id))
            call = Call("sendMessage", text_payload(html, None), wanted.owner_chat, ANSWER)
            outbox.add(connection, [call], [False], now)
            digests.told(connection, wanted, lack)
            told += 1
        connection.commit()
        return told
