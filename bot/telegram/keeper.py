"""Does what administrators asked for and what takes seconds, beside the bot that goes on answering.

A change is built by a process of its own, so that no answer waits for it. What a dead process left undone is taken up.
The keeper also follows the folder of versions: whoever published, this process goes over to what is served.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from telegram import InputFile
from telegram.error import TelegramError

import bot as program
from answers.html import messages, text_of
from bot.bundle import LARGEST, files_of
from bot.change import ChangeError
from bot.serving import Serving
from bot.state import audit, changes, outbox
from bot.state.changes import Change
from bot.state.database import State
from bot.telegram import metrics
from bot.telegram.api import Api
from bot.telegram.call import Call
from bot.telegram.deciding import decide, described
from bot.telegram.sender import Sender
from bot.telegram.surface import Surface
from bot.telegram.turn import Keyboard, text_payload
from bot.telegram.wording import admin_label, admin_message

LOOK = 1.0
"""Seconds between looks at the folder of versions and at the changes that wait."""
SHOWN = 15
"""Lines of a comparison, or of a pack's mistakes, in the message; the rest comes as a file."""
_PATIENCE = 600.0
"""Seconds that a build may take."""

_log = logging.getLogger("modu.telegram")


class Keeper:
    """Stages and applies changes, one after the other, and follows what is served."""

    def __init__(
        self,
        serving: Serving,
        pack: Path | None,
        articles: Path | None,
        surface: Surface,
    ) -> None:
        """`surface` is given the desk of each new base."""
        self._serving = serving
        self._pack = pack
        self._articles = articles
        self._surface = surface
        self._wake = surface.admin.wake if surface.admin else asyncio.Event()

    async def run(self, state: State, api: Api, sender: Sender) -> None:
        """Work until cancelled."""
        while True:
            try:
                await self.follow()
                while change := self._todo(state):
                    await self._work(change, state, api, sender)
            except (SQLAlchemyError, TelegramError, OSError) as error:
                state.connection.rollback()
                _log.warning("a change of the facts has to wait: %s", type(error).__name__)
            try:
                await asyncio.wait_for(self._wake.wait(), LOOK)
            except TimeoutError:
                continue
            self._wake.clear()

    async def follow(self) -> None:
        """Go over to the base that is served, if it is another one; no answer waits for it."""
        serving = self._serving
        behind = serving.behind()
        if await serving.follow_beside():
            self._surface.desk = serving.desk
            metrics.SWITCHES.inc()
            _log.info("the base %s answers now", serving.hash)
        elif behind and serving.problem:
            _log.error("the served base can't be opened, the old one answers: %s", serving.problem)
        serving.report()

    def _todo(self, state: State) -> Change | None:
        found = changes.todo(state.connection)
        state.connection.rollback()
        return found

    async def _work(self, change: Change, state: State, api: Api, sender: Sender) -> None:
        done = await (self._apply(change) if change.state == "applying" else self._stage(change, api))
        blocks, keyboard, after = done
        if after.state == "done":
            await self.follow()  # what is said to be served answers the next question
        connection, now = state.connection, time.time()
        changes.put(connection, after)
        if after.state in {"done", "refused"} and change.state == "applying":
            served = after.detail.get("hash", "")
            audit.note(connection, now, change.admin, f"{change.kind} {after.state}", described(change), served)
        calls = []
        parts = messages(blocks)
        for number, html in enumerate(parts, 1):
            payload = text_payload(html, keyboard if number == len(parts) else None)
            calls.append(Call("sendMessage", payload, change.chat_id, plain=text_of(html)))
        entries = outbox.add(connection, calls, [False] * len(calls), now)
        connection.commit()
        sender.take(entries)
        lines = after.staged.get("lines", ()) if after.state == "staged" else ()
        if len(lines) > SHOWN:
            await _send_file(api, change, "\n".join(lines))

    async def _stage(self, change: Change, api: Api) -> tuple[list[str], Keyboard | None, Change]:
        """Build the change and show what it would change."""
        try:
            if change.kind == "file":
                change = replace(change, files=await _fetched(change, api))
        except (ChangeError, TelegramError) as error:
            return self._refused(change, str(error))
        result = await self._order(change, do="stage", files=change.files)
        if "error" in result:
            return self._refused(change, result["error"])
        if result["nothing"]:
            return admin_message("nothing", change.language), None, replace(change, state="dropped")
        blocks = admin_message(
            "staged",
            change.language,
            lines=result["lines"][:-1][:SHOWN],
            total=result["lines"][-1],
            more=max(0, len(result["lines"]) - 1 - SHOWN),
            warnings=result["warnings"][:SHOWN],
            files=sorted(change.files),
        )
        return blocks, decide(change), replace(change, state="staged", staged=result)

    async def _apply(self, change: Change) -> tuple[list[str], Keyboard | None, Change]:
        """Apply a change that was looked at."""
        if change.kind == "rollback":
            result = await self._order(change, do="rollback", to=change.detail["to"], who=str(change.admin))
        else:
            result = await self._order(
                change, do="apply", files=change.files, staged=change.staged, who=str(change.admin)
            )
        if "error" in result:
            return self._refused(change, result["error"])
        blocks = admin_message("done", change.language, version=result, rollback=change.kind == "rollback")
        return blocks, None, replace(change, state="done", detail={**change.detail, "hash": result["hash"]})

    def _refused(self, change: Change, error: str) -> tuple[list[str], None, Change]:
        lines = error.splitlines()
        more = max(0, len(lines) - SHOWN)
        blocks = admin_message("refused", change.language, lines=lines[:SHOWN], more=more)
        return blocks, None, replace(change, state="refused", detail={**change.detail, "error": error[:2000]})

    async def _order(self, change: Change, **order: Any) -> dict[str, Any]:
        """Have bot.change do something in a process of its own."""
        if self._pack is None or self._serving.versions is None:
            return {"error": admin_label("not_set_up", change.language)}
        order |= {
            "pack": str(self._pack),
            "versions": str(self._serving.versions.folder),
            "articles": str(self._articles or ""),
        }
        paths = [str(Path(program.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.change",
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
        )  # fmt: skip
        try:
            out, _ = await asyncio.wait_for(process.communicate(json.dumps(order).encode()), _PATIENCE)
            result = json.loads(out)
        except (TimeoutError, ValueError):
            return {"error": admin_label("died", change.language)}
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        return dict(result)


async def _fetched(change: Change, api: Api) -> dict[str, str]:
    """The files of a pack that a document holds. Raises ChangeError or TelegramError."""
    file = await api.bot.get_file(change.detail["file_id"])
    if (file.file_size or 0) > LARGEST:
        raise ChangeError(f"{change.detail['name']} is larger than {LARGEST // 1024 // 1024} MiB")
    content = bytes(await file.download_as_bytearray())
    return files_of(change.detail["name"], content, change.detail["place"])


async def _send_file(api: Api, change: Change, text: str) -> None:
    """The whole comparison as a file; it can be had again by /reload, so a failure is only logged."""
    try:
        await api.bot.send_document(change.chat_id, InputFile(text.encode(), filename="changes.txt"))
    except TelegramError as error:
        _log.warning("the comparison could not be sent as a file: %s", type(error).__name__)
