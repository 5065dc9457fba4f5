"""Health, metrics, the watchdog and the log."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from telegram import Update

from bot.serving import Serving
from bot.state import inbox
from bot.state.database import State
from bot.state.inbox import Arrival
from bot.telegram import journal, monitor
from bot.telegram.monitor import Health, Measured, application
from bot.telegram.work import Work


@pytest.fixture
def state() -> Iterator[State]:
    made = State("sqlite://")
    yield made
    made.close()


@pytest.fixture
def health(state: State, alpine_file: Path) -> Iterator[Health]:
    with closing(Serving(alpine_file)) as serving:
        yield Health(state, serving)


async def get(health: Health, path: str) -> httpx.Response:
    transport = httpx.ASGITransport(application(health))
    async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
        return await client.get(path)


def waits(state: State, seconds: float) -> None:
    """Put an update into the inbox that has waited so long."""
    inbox.store(state.connection, [Arrival(1, "1:0", "{}", time.time() - seconds)])
    state.connection.commit()


async def test_health_tells_what_waits(health: Health, state: State) -> None:
    reply = await get(health, "/healthz")
    assert (reply.status_code, reply.json()["status"]) == (200, "ok")
    waits(state, 30)
    seen = (await get(health, "/healthz")).json()
    assert seen["inbox"]["waiting"] == 1
    assert 29 < seen["inbox"]["oldest_s"] < 60
    assert seen["status"] == "ok"


async def test_health_fails_when_nothing_is_handled_though_updates_come(health: Health, state: State) -> None:
    waits(state, 1000)
    reply = await get(health, "/healthz")
    assert reply.status_code == 503
    assert "waited" in reply.json()["status"]


def test_health_fails_when_the_loop_is_late_or_the_database_gone(health: Health, state: State) -> None:
    health.lag = 9.0
    assert "late" in health.look()["status"]
    state.connection.exec_driver_sql("drop table inbox")
    assert "state database" in health.look()["status"]


async def test_metrics_are_in_the_format_of_prometheus(health: Health, state: State) -> None:
    waits(state, 30)
    found = {f.name: f for f in text_string_to_metric_families((await get(health, "/metrics")).text)}
    for name in ("modu_questions", "modu_answer_seconds", "modu_updates_handled", "modu_event_loop_lag_seconds",
                 "modu_queue_length", "modu_queue_oldest_seconds", "modu_uncertain", "modu_healthy", "modu_base_info",
                 "modu_last_handled_timestamp_seconds"):  # fmt: skip
        assert name in found, name
        assert found[name].documentation
    assert {s.labels["queue"]: s.value for s in found["modu_queue_length"].samples} == {"inbox": 1, "outbox": 0}
    # a second application takes the place of the first
    assert (await get(health, "/metrics")).status_code == 200


async def test_handled_updates_are_counted_and_failures_too() -> None:
    class Handler:
        fails = False

        async def handle(self, update: Update, work: Work) -> None:
            if self.fails:
                raise ValueError("broken")

    def value(name: str, **labels: str) -> float:
        return monitor.metrics.REGISTRY.get_sample_value(name, labels) or 0.0

    inner = Handler()
    measured = Measured(inner)
    before = value("modu_updates_handled_total", kind="message"), value("modu_updates_failed_total")
    await measured.handle(Update(1), Any)
    inner.fails = True
    with pytest.raises(ValueError, match="broken"):
        await measured.handle(Update(1), Any)
    after = value("modu_updates_handled_total", kind="message"), value("modu_updates_failed_total")
    assert (after[0] - before[0], after[1] - before[1]) == (1, 1)


@pytest.fixture
def systemd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """The socket on which systemd would listen."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.setblocking(False)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        yield listening


async def heard(systemd: socket.socket) -> str:
    return (await asyncio.wait_for(asyncio.get_running_loop().sock_recv(systemd, 200), 20)).decode()


async def test_watchdog_is_fed_while_updates_are_handled_only(
    systemd: socket.socket, state: State, alpine_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", "200000")
    monkeypatch.setattr(monitor, "_TICK", 0.05)
    with closing(Serving(alpine_file)) as serving:
        task = asyncio.create_task(monitor.watch(state, serving, None))
        assert await heard(systemd) == "READY=1"
        assert await heard(systemd) == "WATCHDOG=1"
        waits(state, 1000)
        while (said := await heard(systemd)) == "WATCHDOG=1":
            pass
        assert said.startswith("STATUS=an update has waited")
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_watch_serves_on_the_address_of_the_setting(state: State, alpine_file: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with closing(Serving(alpine_file)) as serving:
        task = asyncio.create_task(monitor.watch(state, serving, f"127.0.0.1:{port}"))
        async with httpx.AsyncClient(trust_env=False) as client:
            for _ in range(100):
                try:
                    reply = await client.get(f"http://127.0.0.1:{port}/healthz")
                    break
                except httpx.ConnectError:
                    await asyncio.sleep(0.05)
        assert reply.json()["status"] == "ok"
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


def test_notify_without_systemd_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    monitor.notify("READY=1")
    monkeypatch.setenv("NOTIFY_SOCKET", "/none")
    monitor.notify("READY=1")


@pytest.mark.parametrize("style", ["text", "json"])
def test_log_carries_the_request_and_never_a_secret(style: str, capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        journal.start(logging.INFO, ["123:secret"], style)
        journal.REQUEST.set("u7")
        logging.getLogger("modu.telegram").info("to 123:secret", extra={"status": "answered", "who": "123:secret"})
        line = capsys.readouterr().err.strip()
    finally:
        journal.REQUEST.set("")
        root.handlers, root.level = handlers, level
    assert "secret" not in line
    assert "u7" in line
    if style == "json":
        row = json.loads(line)
        assert (row["request"], row["status"], row["level"]) == ("u7", "answered", "info")
    else:
        assert "status=answered" in line
    assert os.linesep not in line
