"""Commands run twofold here: in process (fast) and as real processes (streams, signals, exit statuses)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.answering import Desk
from bot.cli import cli
from knowledge.store.base import Base

ROOT = Path(__file__).parents[2]
Modu = Callable[..., Result]
Spawn = Callable[..., "subprocess.Popen[bytes]"]
Process = Callable[..., tuple[int, bytes, bytes]]


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the developer's cache, history or settings."""
    for name in [n for n in os.environ if n.startswith("MODU_")]:
        monkeypatch.delenv(name)
    for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))


@pytest.fixture
def alpine(alpine_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The alpine huts as the base that every command reads."""
    monkeypatch.setenv("MODU_BASE", str(alpine_file))
    return alpine_file


@pytest.fixture
def modu(alpine: Path) -> Modu:
    """Run a command in this process."""

    def run(*args: str, stdin: bytes = b"") -> Result:
        return CliRunner().invoke(cli, args, input=stdin, prog_name="modu")

    return run


@pytest.fixture
def spawn(alpine: Path) -> Spawn:
    """Start a command as a process of its own, with pipes unless told otherwise."""

    def start(*args: str | bytes, env: dict[str, str] | None = None, **options: Any) -> subprocess.Popen[bytes]:
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **(env or {})}
        if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
            # run in the background of a shell: what is ignored here, the command would ignore as well
            signal.signal(signal.SIGINT, signal.default_int_handler)
        return subprocess.Popen([sys.executable, "-m", "bot", *args], env=environment, **{**pipes, **options})

    return start


@pytest.fixture
def process(spawn: Spawn) -> Process:
    """Run a command as a process of its own to its end: exit status, standard output, standard error."""

    def run(*args: str | bytes, stdin: bytes = b"", **options: Any) -> tuple[int, bytes, bytes]:
        with spawn(*args, **options) as running:
            out, err = running.communicate(stdin, timeout=60)
        return running.returncode, out, err

    return run


@pytest.fixture(scope="session")
def desk(alpine_base: Base) -> Desk:
    return Desk(alpine_base)
