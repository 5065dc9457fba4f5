"""A bot as a process of its own, talking to the loopback server: started, killed, stopped, measured."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

from tests.telegram_server import TelegramServer

ROOT = Path(__file__).parents[3]
SECRET = "made-up-secret-of-the-webhook"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


class BotProcess:
    """`python -m bot run`, or another command, with its state in a folder of its own."""

    def __init__(
        self,
        server: TelegramServer,
        folder: Path,
        *,
        command: tuple[str, ...] = ("-m", "bot", "run"),
        webhook: bool = False,
        **settings: str,
    ) -> None:
        self.server = server
        self.state = folder / "state.sqlite"
        self.output = folder / "output.txt"
        self._command = [sys.executable, *command]
        plain = {name: value for name, value in os.environ.items() if not name.startswith(("MODU_", "DATABASE_URL"))}
        self._environment = plain | {
            "DATABASE_URL": f"sqlite:///{self.state}",
            "MODU_TELEGRAM_API": server.url,
            "MODU_TELEGRAM_TOKEN": server.token,
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "PYTHONWARNINGS": "error",
            "XDG_CACHE_HOME": str(folder),
            **settings,
        }
        if webhook:
            port = free_port()
            self._environment |= {
                "MODU_WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
                "MODU_WEBHOOK_SECRET": SECRET,
                "MODU_LISTEN": f"127.0.0.1:{port}",
            }
            server.webhook.retry_after = 0.05
        self._process: subprocess.Popen[bytes] | None = None
        self._folder = folder

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    def start(self) -> Self:
        """Start it; does not wait."""
        with self.output.open("ab") as output:
            self._process = subprocess.Popen(
                self._command,
                env=self._environment,
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        return self

    def ready(self, timeout: float = 60.0) -> Self:
        """Start it and wait until it knows who it is."""
        since = len(self.server.log.entries)
        self.start()

        def known() -> bool:
            self.check()
            return bool(self.server.log.find("getMe", since=since))

        self.server.log.until(known, timeout, "getMe")
        return self

    def check(self) -> None:
        """Raise if it has ended by itself, with what it said."""
        assert self._process
        assert self._process.poll() is None, f"the bot ended:\n{self.said()}"

    def kill(self) -> None:
        """SIGKILL: nothing of it can be caught."""
        assert self._process
        self._process.kill()
        self._process.wait()

    def stop(self, timeout: float = 20.0) -> int:
        """SIGTERM, as a service manager stops it; gives the exit status."""
        assert self._process
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(timeout)

    def __enter__(self) -> Self:
        return self.ready()

    def __exit__(self, *_: object) -> None:
        if self._process and self._process.poll() is None:
            self.kill()

    def said(self) -> str:
        """What it wrote to its terminal."""
        return self.output.read_text(encoding="utf-8", errors="replace") if self.output.exists() else ""

    def cpu(self) -> float:
        """Seconds of processor time that it has used so far (Linux)."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Read the state database."""
        connection = sqlite3.connect(f"file:{self.state}?mode=ro", uri=True)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()
