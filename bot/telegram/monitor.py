"""Tells whoever watches whether the bot works: /healthz, /metrics, and systemd's watchdog.

Healthy means that updates are *handled*, not that they are fetched: while something waits in the inbox for too long, or
the event loop is late, the bot is not, and the watchdog is not fed.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
import time
from typing import Any

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from telegram import Update

from bot import __version__
from bot.serving import Serving
from bot.state import outbox, statistics
from bot.state.database import State
from bot.telegram import metrics
from bot.telegram.webhook import Server, opened
from bot.telegram.work import Handler, Work

OLDEST = 120.0
"""Seconds that an update may wait to be handled."""
LATEST = 5.0
"""Seconds that the event loop may be late."""
_TICK = 0.5

_log = logging.getLogger("modu.telegram")


class Measured:
    """A handler whose work is counted."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler

    async def handle(self, update: Update, work: Work) -> None:
        """Handle an update, and count it."""
        try:
            await self._handler.handle(update, work)
        except BaseException:
            metrics.FAILED.inc()
            raise
        kind = next((k for k in ("callback_query", "inline_query", "my_chat_member") if getattr(update, k)), "message")
        metrics.HANDLED.labels(kind).inc()
        metrics.LAST_HANDLED.set_to_current_time()


class Health:
    """How the bot is."""

    def __init__(self, state: State, serving: Serving) -> None:
        self._state = state
        self._serving = serving
        self.lag = 0.0
        self.started = time.time()

    def look(self) -> dict[str, Any]:
        """The state of health; `status` is 'ok' or says what is wrong."""
        now = time.time()
        try:
            waiting = statistics.waiting(self._state.connection)
            uncertain = outbox.counts(self._state.connection).get("uncertain", 0)
            wrong = ""
        except SQLAlchemyError as error:
            waiting, uncertain = {"inbox": (0, None), "outbox": (0, None)}, 0
            wrong = f"the state database: {type(error).__name__}"
        self._state.connection.rollback()
        ages = {queue: max(0.0, now - oldest) if oldest else 0.0 for queue, (_, oldest) in waiting.items()}
        if not wrong and ages["inbox"] > OLDEST:
            wrong = f"an update has waited for {ages['inbox']:.0f} s to be handled"
        if not wrong and self.lag > LATEST:
            wrong = f"the event loop is {self.lag:.1f} s late"
        return {
            "status": wrong or "ok",
            "version": __version__,
            "base": self._serving.hash,
            "base_problem": self._serving.problem,
            "uptime_s": round(now - self.started, 1),
            "event_loop_lag_s": round(self.lag, 4),
            "last_handled": metrics.LAST_HANDLED._value.get() or None,  # noqa: SLF001 -- the library has no other way
            **{q: {"waiting": n, "oldest_s": round(ages[q], 1)} for q, (n, _) in waiting.items()},
            "uncertain": uncertain,
        }


def application(health: Health) -> Starlette:
    """The ASGI application: /healthz and /metrics."""
    with contextlib.suppress(ValueError):  # registered by a bot that ran in this process before
        for known in list(metrics.REGISTRY._collector_to_names):  # noqa: SLF001
            if isinstance(known, metrics.Waiting):
                metrics.REGISTRY.unregister(known)
    metrics.REGISTRY.register(metrics.Waiting(health))

    async def healthz(_: Request) -> Response:
        seen = health.look()
        return JSONResponse(seen, 200 if seen["status"] == "ok" else 503)

    async def figures(_: Request) -> Response:
        return Response(generate_latest(metrics.REGISTRY), media_type=CONTENT_TYPE_LATEST)

    return Starlette(routes=[Route("/healthz", healthz), Route("/metrics", figures)])


async def watch(state: State, serving: Serving, address: str | None) -> None:
    """Watch until cancelled; on `address` (HOST:PORT) for others, and for systemd where it asks for it."""
    health = Health(state, serving)
    async with asyncio.TaskGroup() as group:
        group.create_task(_pulse(health))
        if address:
            listener = opened(address, "MODU_MONITOR")
            group.create_task(_serve(application(health), listener))


async def _serve(app: Starlette, listener: socket.socket) -> None:
    server = Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off"))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await asyncio.shield(serving)
    finally:
        server.should_exit = True
        await serving
        listener.close()


async def _pulse(health: Health) -> None:
    """Measure the lag of the loop, and feed the watchdog while all is well."""
    notify("READY=1")
    patience = int(os.environ.get("WATCHDOG_USEC") or 0) / 2_000_000
    fed = -patience
    while True:
        before = time.monotonic()
        await asyncio.sleep(_TICK)
        health.lag = max(0.0, time.monotonic() - before - _TICK)
        metrics.LAG.set(health.lag)
        if patience and time.monotonic() - fed >= patience:
            wrong = health.look()["status"]
            if wrong == "ok":
                notify("WATCHDOG=1")
                fed = time.monotonic()
            else:
                notify(f"STATUS={wrong}")
                _log.error("not well: %s", wrong)


def notify(message: str) -> None:
    """Tell systemd, where it listens (sd_notify)."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sending:
            sending.connect(address)
            sending.send(message.encode())
    except OSError as error:
        _log.warning("systemd can't be told: %s", error.strerror or error)
