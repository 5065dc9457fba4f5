"""Where the process begins and ends: streams, exit statuses, errors as one line.

A question without any option, by far the most frequent command, is answered from here: importing the command line's
library would cost as much time as half of Python's own start.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader, find_spec
from types import ModuleType
from typing import NoReturn

UNANSWERED = 3
"""Exit status of `ask` where the question was not answered."""
INTERRUPTED = 130
_SELDOM = frozenset({"tempfile", "ipaddress"})
"""Modules that Jinja2 imports for what an answer does once in a while, or never."""


def main() -> NoReturn:
    """Run the command line and end the process."""
    # one question leaves next to no garbage, and looking for it takes a tenth of the time; other commands switch it on
    gc.disable()
    status = 1
    try:
        _prepare_streams()
        question = plain_question(sys.argv[1:])
        status = _ask(question) if question is not None else _command(sys.argv[1:])
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        status = 1  # whoever read us has left, and knows
    except KeyboardInterrupt:
        status = INTERRUPTED
    except Exception as error:
        if os.environ.get("MODU_TRACEBACK"):
            raise
        status = 1
        sys.stderr.write(f"{sentence(error)}\n")
    # every stream is flushed: tearing down a hundred modules would only cost time
    os._exit(status)


def _prepare_streams() -> None:
    """Streams that are there and never fail on a character."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def plain_question(arguments: list[str]) -> str | None:
    """The question of `modu ask WORD…` without any option, None for every other command."""
    words = arguments[1:]
    if arguments[:1] != ["ask"] or not words or any(word.startswith("-") for word in words):
        return None
    return " ".join(words)


def _ask(question: str) -> int:
    """What the command `ask` does without options (bot.cli), without its library."""
    _leave_out()
    from bot.bases import open_desk
    from bot.page import chart_text, page

    desk = open_desk(None, None, lambda text: print(text, file=sys.stderr))  # noqa: T201
    reply = desk.reply(question)
    chart = chart_text(desk.chart(reply), reply.answer.language) if reply.chart_wanted else ""
    sys.stdout.write(f"{page(reply.answer, chart)}\n")
    return exit_status(reply.answer.status)


def _leave_out() -> None:
    """Do without what Jinja2 imports and an answer never uses, or load it only if it is used after all.

    Opening OpenSSL alone takes half as long as starting Python. Where Python has no hashes of its own, it stays.
    """
    sys.meta_path.insert(0, _Late)
    if find_spec("_sha1") and find_spec("_md5") and find_spec("_blake2") and find_spec("_sha3"):
        sys.modules.setdefault("_hashlib", None)  # type: ignore[arg-type]  # as the import system spells "not there"


class _Late(PathFinder):
    """Finds modules of which others only keep the name: loaded when something of them is asked for."""

    @classmethod
    def find_spec(
        cls, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """As importlib's finders."""
        spec = super().find_spec(fullname, path, target) if fullname in _SELDOM else None
        if spec and spec.loader:
            spec.loader = LazyLoader(spec.loader)
        return spec


def _command(arguments: list[str]) -> int:
    import click

    from bot.cli import cli

    try:
        result = cli.main(args=arguments, prog_name="modu", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return INTERRUPTED
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else 1
    return result if isinstance(result, int) else 0


def exit_status(status: str) -> int:
    """The exit status of `ask` for the status of an answer."""
    return 0 if status in {"answered", "smalltalk"} else UNANSWERED


def sentence(error: Exception) -> str:
    """An error as a user reads it: one line, or one for each mistake in a pack."""
    import sqlite3

    from knowledge.errors import ModuError, PackError

    if isinstance(error, PackError):
        return str(error)
    if isinstance(error, ModuError):
        return f"modu: {error}"
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename is not None else ""
        return f"modu: {where}{error.strerror or error}"
    if isinstance(error, sqlite3.Error):
        return f"modu: SQLite: {error}"
    return f"modu: internal error, {type(error).__name__}: {error}; MODU_TRACEBACK=1 shows where"
