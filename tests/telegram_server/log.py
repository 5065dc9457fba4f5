"""The log of every request that the bot made, and how a test waits for one."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Sent:
    """One request of the bot and what became of it."""

    n: int  # its place in the log, from 0
    time: float  # the server's clock
    method: str
    payload: dict[str, Any]
    code: int  # 200, or the status of the refusal
    description: str  # "", or the words of the refusal
    result: Any
    lost: bool = False  # it took effect, the bot did not hear so

    @property
    def ok(self) -> bool:
        return self.code == 200

    @property
    def chat_id(self) -> int | None:
        if isinstance(self.result, dict) and "chat" in self.result:
            return int(self.result["chat"]["id"])
        return self.payload.get("chat_id")

    @property
    def message_id(self) -> int | None:
        """Of the message that was sent or edited."""
        return self.result.get("message_id") if isinstance(self.result, dict) else None

    @property
    def reply_to(self) -> int | None:
        """The message that this one answers."""
        return (self.payload.get("reply_parameters") or {}).get("message_id") or self.payload.get("reply_to_message_id")

    @property
    def text(self) -> str:
        """What people read, without markup."""
        shown = self.result if isinstance(self.result, dict) else self.payload
        return str(shown.get("text") or shown.get("caption") or "")

    @property
    def buttons(self) -> list[str]:
        """The labels of the inline keyboard, row by row."""
        rows = (self.payload.get("reply_markup") or {}).get("inline_keyboard") or []
        return [button["text"] for row in rows for button in row]

    @property
    def thread(self) -> int | None:
        return self.result.get("message_thread_id") if isinstance(self.result, dict) else None


class Log:
    """Everything but getUpdates, in the order of arrival. Safe to read from any thread."""

    def __init__(self) -> None:
        self._entries: list[Sent] = []
        self._changed = threading.Condition()

    def add(self, **values: Any) -> Sent:
        with self._changed:
            sent = Sent(n=len(self._entries), **values)
            self._entries.append(sent)
            self._changed.notify_all()
        return sent

    def poke(self) -> None:
        """Let those who wait look again."""
        with self._changed:
            self._changed.notify_all()

    @property
    def entries(self) -> list[Sent]:
        with self._changed:
            return list(self._entries)

    def find(
        self,
        method: str | None = None,
        *,
        chat: int | None = None,
        reply_to: int | None = None,
        text: str | None = None,
        where: Callable[[Sent], bool] | None = None,
        since: int = 0,
        ok: bool | None = True,
    ) -> list[Sent]:
        """The entries that fit: ``text`` is a part of what people read, ``ok=None`` takes refusals too."""
        return [
            sent
            for sent in self.entries[since:]
            if (method is None or sent.method == method)
            and (chat is None or sent.chat_id == chat)
            and (reply_to is None or sent.reply_to == reply_to)
            and (text is None or text in sent.text)
            and (ok is None or sent.ok == ok)
            and (where is None or where(sent))
        ]

    def wait_for(self, method: str | None = None, *, count: int = 1, timeout: float = 20.0, **wanted: Any) -> Sent:
        """The ``count``-th entry that fits, as soon as it is there; see ``find``. AssertionError when time is up."""
        self.until(lambda: len(self.find(method, **wanted)) >= count, timeout, f"{count} × {method or 'any'} {wanted}")
        return self.find(method, **wanted)[count - 1]

    async def arrival(self, method: str | None = None, **wanted: Any) -> Sent:
        """``wait_for`` for a test that runs in an event loop."""
        return await asyncio.to_thread(self.wait_for, method, **wanted)

    def until(self, holds: Callable[[], bool], timeout: float = 20.0, what: str = "the condition") -> None:
        """Wait for something that the bot's requests bring about; it is looked at after each."""
        deadline = time.monotonic() + timeout
        with self._changed:
            while not holds():
                left = deadline - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"{what} did not come in {timeout} s; the last requests:\n{self.tail()}")
                self._changed.wait(min(left, 0.25))

    def tail(self, most: int = 15) -> str:
        return "\n".join(
            f"  {sent.n} {sent.method} chat={sent.chat_id} {sent.code} {sent.description or sent.text[:60]!r}"
            for sent in self.entries[-most:]
        )
