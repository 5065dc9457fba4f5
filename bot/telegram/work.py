"""One update being handled."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from bot.telegram.call import Call

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from telegram import Update


@dataclass(frozen=True, slots=True)
class Me:
    """The bot itself, as getMe tells at the start."""

    id: int
    username: str
    reads_all: bool = False
    """can_read_all_group_messages: privacy mode is off."""
    inline: bool = False
    """supports_inline_queries."""


@dataclass(slots=True)
class Work:
    """One update being handled: whatever a handler does is committed together with 'handled', or not at all."""

    connection: Connection
    """For statements of the state database; the transaction is not the handler's to end."""
    now: datetime
    """Aware, UTC."""
    received: datetime
    """When the update reached us: much earlier than `now` if the bot was down in between. Aware, UTC."""
    me: Me
    alias: Callable[[int], str]
    """A person's id → the name under which the database and the log know them; not to be turned back."""
    ask: Callable[[str, dict[str, Any]], Awaitable[Any]]
    calls: list[Call] = field(default_factory=list)

    def send(self, call: Call) -> None:
        """Have a request made once the work is committed."""
        self.calls.append(call)

    async def query(self, method: str, /, **payload: Any) -> Any:
        """The result of a request that only reads (getChatMember, …), remembered for some minutes.

        Must come before the first statement that writes: no transaction may wait for the network. Raises
        telegram.error.TelegramError.
        """
        if getattr(self.connection.connection.dbapi_connection, "in_transaction", False):  # SQLite, after a write
            raise RuntimeError(f"{method} is asked after something was written")
        self.connection.rollback()
        return await self.ask(method, payload)


class Handler(Protocol):
    """What the bot does with an update."""

    async def handle(self, update: Update, work: Work) -> None:
        """Handle one update; awaits nothing but `work.query`."""
