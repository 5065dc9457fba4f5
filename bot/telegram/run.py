"""The bot from start to end: what an earlier process left is taken up, what this one leaves stays in the database."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import logging
import signal
import socket
import time
from collections.abc import Callable, Coroutine, Iterable
from functools import partial
from hashlib import sha256
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from telegram.error import BadRequest, InvalidToken

from bot.settings import Settings
from bot.state import marks, outbox, retention
from bot.state.database import State
from bot.telegram import journal
from bot.telegram.api import Api, insist
from bot.telegram.call import Call
from bot.telegram.lanes import Lanes
from bot.telegram.limits import Limiter
from bot.telegram.polling import poll
from bot.telegram.sender import Sender
from bot.telegram.webhook import listen, listening
from bot.telegram.work import Handler, Me
from knowledge.errors import ModuError

_HOUR = 3600.0
Beside = Callable[[State, Api, Sender], Coroutine[Any, Any, None]]
"""Work that goes on beside the updates, until it is cancelled."""

_log = logging.getLogger("modu.telegram")


def run(
    settings: Settings,
    handler: Callable[[Me], Handler],
    menus: Iterable[Call] = (),
    limiter: Limiter | None = None,
    beside: Iterable[Beside] = (),
) -> None:
    """Run the bot until SIGTERM or SIGINT. `handler` makes what handles the updates. Raises ModuError."""
    secrets = [settings.telegram_token, settings.webhook_secret]
    journal.start(settings.log_level, [s.get_secret_value() for s in secrets if s], settings.log_format)
    with asyncio.Runner(loop_factory=_loop) as runner:
        runner.run(_until_told(settings, handler, list(menus), limiter, list(beside)))


def _loop() -> asyncio.AbstractEventLoop:
    """The event loop that takes the least processor time."""
    try:
        from uvloop import new_event_loop
    except ModuleNotFoundError:  # there is none for Windows
        return asyncio.new_event_loop()
    return new_event_loop()


async def _until_told(
    settings: Settings,
    handler: Callable[[Me], Handler],
    menus: list[Call],
    limiter: Limiter | None,
    beside: list[Beside],
) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    gc.collect()
    gc.freeze()  # the base and the program stay: no look for garbage has to go through them
    await serve(settings, handler, menus, stop, limiter, beside)


async def serve(
    settings: Settings,
    handler: Callable[[Me], Handler],
    menus: list[Call],
    stop: asyncio.Event,
    limiter: Limiter | None = None,
    beside: Iterable[Beside] = (),
) -> None:
    """Run the bot until `stop` is set. Raises ModuError."""
    listener = listening(settings) if settings.webhook_url else None
    try:
        state = State(settings.database_url.get_secret_value())
        api = Api(settings)
        try:
            await api.open()
            sender = Sender(api, state, limiter)
            works = [partial(_menus, api, state, menus), *(partial(work, state, api, sender) for work in beside)]
            await _until(stop, _serve(settings, state, api, sender, handler, listener, works))
        except InvalidToken:
            raise ModuError("MODU_TELEGRAM_TOKEN: Telegram does not know this token; @BotFather has it") from None
        finally:
            await api.close()
            state.close()
    finally:
        if listener:
            listener.close()


async def _until(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> None:
    """Await the work, or cancel it and await its end once `stop` is set."""
    working, told = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait({working, told}, return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    if not working.done():
        working.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await working


async def _serve(
    settings: Settings,
    state: State,
    api: Api,
    sender: Sender,
    handler: Callable[[Me], Handler],
    listener: socket.socket | None,
    works: Iterable[Callable[[], Coroutine[Any, Any, None]]],
) -> None:
    me = await insist(api.me, "getMe")
    lanes = Lanes(api, state, sender, handler(me), me)
    try:
        lost, left = sender.recover(), lanes.recover()
        _log.info("@%s: %d updates left to handle, %s", me.username, left, _told(outbox.counts(state.connection)))
        if lost:
            _log.warning("%d messages were on their way when the process ended: an administrator has to look", lost)
        intake = poll(api, state, lanes) if listener is None else listen(settings, listener, api, state, lanes)
        async with asyncio.TaskGroup() as group:
            for work in (intake, sender.run(), _tidy(state), *(begin() for begin in works)):
                group.create_task(work)
    except* Exception as errors:  # noqa: BLE001 -- the first one tells what is wrong
        raise errors.exceptions[0] from None
    finally:
        await lanes.stop()
        await sender.stop()
        _log.info("stopped")


def _told(counts: dict[str, int]) -> str:
    return f"{counts.get('pending', 0)} messages to send, {counts.get('uncertain', 0)} uncertain"


async def _menus(api: Api, state: State, menus: list[Call]) -> None:
    """Tell Telegram the commands, where they differ from those told last."""
    wanted = sha256(json.dumps([[call.method, dict(call.payload)] for call in menus]).encode()).hexdigest()
    if marks.read(state.connection, "menus") == wanted:
        return
    try:
        for call in menus:
            await insist(partial(api.call, call.method, call.payload), call.method)
    except BadRequest as error:
        _log.error("the menus can't be set: %s", error.message)
        return
    marks.write(state.connection, "menus", wanted)
    state.connection.commit()


async def _tidy(state: State) -> None:
    """Forget what has had its time, every hour."""
    while True:
        try:
            dropped = retention.prune(state.connection, time.time())
            state.connection.commit()
        except SQLAlchemyError as error:
            state.connection.rollback()
            _log.warning("old rows can't be dropped: %s", type(error).__name__)
        else:
            _log.debug("%d old rows dropped", dropped)
        await asyncio.sleep(_HOUR)
