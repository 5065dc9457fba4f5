"""Webhook delivery: one queue a chat, retries until a 2xx, the secret in its header."""

from __future__ import annotations

import asyncio
import re
from typing import Any
from urllib.parse import urlsplit

import httpx

from .errors import refuse
from .updates import Entry, Updates

SECRET = "X-Telegram-Bot-Api-Secret-Token"
LOOPBACK = {"127.0.0.1", "localhost"}


class Webhook:
    """Posts each update to the bot's URL. All attempts stand in ``attempts``: (update_id, status or error)."""

    def __init__(self, updates: Updates) -> None:
        self.updates = updates
        self.url = ""
        self.secret: str | None = None
        self.connections = 40
        self.retry_after = 0.2  # real seconds; Telegram waits longer with each attempt
        self.timeout = 10.0
        self.attempts: list[tuple[int, int | str]] = []
        self.last_error = ""
        self._busy: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def set(self, payload: dict[str, Any]) -> None:
        """``setWebhook``: https only, plain http to this machine alone (as Telegram's own server does with --local)."""
        url, secret = payload.get("url") or "", payload.get("secret_token")
        parts = urlsplit(url)
        if url and parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            refuse(400, "bad webhook: An HTTPS URL must be provided for webhook")
        if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
            refuse(400, "secret token contains unallowed characters")
        self.url, self.secret = url, secret
        self.connections = payload.get("max_connections") or 40
        if payload.get("drop_pending_updates"):
            self.updates.drop()
        self.updates.want(payload.get("allowed_updates"))
        self.updates.webhook = bool(url)
        self.updates.changed()

    def info(self) -> dict[str, Any]:
        info: dict[str, Any] = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": self.updates.pending,
            "max_connections": self.connections,
        }
        if self.updates.allowed:
            info["allowed_updates"] = sorted(self.updates.allowed)
        if self.last_error:
            info |= {"last_error_message": self.last_error, "last_error_date": int(self.updates.clock.now())}
        return info

    async def run(self) -> None:
        """Deliver until cancelled."""
        waker = asyncio.Event()
        self.updates.watch(waker.set)
        async with httpx.AsyncClient(timeout=self.timeout, trust_env=False, verify=False) as client:  # loopback only
            try:
                while True:
                    await waker.wait()
                    waker.clear()
                    for entry in self.updates.heads(self._busy) if self.url else ():
                        if len(self._busy) >= self.connections:
                            break
                        self._busy.add(entry.lane)
                        task = asyncio.create_task(self._deliver(client, entry))
                        self._tasks.add(task)
                        task.add_done_callback(self._tasks.discard)
            finally:
                for task in self._tasks:
                    task.cancel()
                await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _deliver(self, client: httpx.AsyncClient, entry: Entry) -> None:
        headers = {SECRET: self.secret} if self.secret else {}
        try:
            response = await client.post(self.url, json=entry.update, headers=headers)
            status: int | str = response.status_code
            wait = float(response.headers.get("retry-after", self.retry_after))
            trouble = f"Wrong response from the webhook: {status} {response.reason_phrase}"
        except httpx.HTTPError as error:
            status, wait, trouble = type(error).__name__, self.retry_after, "Connection failed"
        self.attempts.append((entry.id, status))
        if isinstance(status, int) and 200 <= status < 300:
            self.updates.done(entry)
        else:
            self.last_error = trouble
            await asyncio.sleep(min(wait, 5.0))
        self._busy.discard(entry.lane)
        self.updates.changed()
