"""The log: on standard error, without the token."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from contextvars import ContextVar
from typing import Any

_LIBRARIES = ("telegram", "aiohttp", "asyncio", "uvicorn", "alembic", "sqlalchemy", "httpx", "httpcore")
"""Their news is not ours; some of them name addresses, and an address of the Bot API holds the token."""


REQUEST: ContextVar[str] = ContextVar("request", default="")
"""The update being handled: every line that is logged for it carries its number."""
_OWN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime"}


class _Formatter(logging.Formatter):
    def __init__(self, secrets: list[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        text = self._line(record)
        for secret in self._secrets:
            text = text.replace(secret, "•••")
        return text

    def _line(self, record: logging.LogRecord) -> str:
        request = REQUEST.get()
        more = "".join(f" {name}={value}" for name, value in _extra(record).items())
        return f"{super().format(record)}{more}{f' [{request}]' if request else ''}"


class _Json(_Formatter):
    """An object a line."""

    def _line(self, record: logging.LogRecord) -> str:
        row: dict[str, Any] = {
            "time": self.formatTime(record),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
            "request": REQUEST.get(),
            **_extra(record),
        }
        if record.exc_info:
            row["error"] = self.formatException(record.exc_info)
        return json.dumps(row, ensure_ascii=False, default=str)


def _extra(record: logging.LogRecord) -> dict[str, Any]:
    """What was logged beside the message."""
    return {name: value for name, value in record.__dict__.items() if name not in _OWN}


def trace(error: BaseException) -> str:
    """Where an error came from, without its text: that may quote what a person wrote."""
    places = "".join(traceback.format_tb(error.__traceback__))
    return f"{type(error).__name__}\n{places}".rstrip()


def start(level: int, secrets: list[str], style: str = "text") -> None:
    """Log from `level` on; none of the secrets is ever written, wherever it stands. `style` is text or json."""
    handler = logging.StreamHandler(sys.stderr)
    formatter = _Json if style == "json" else _Formatter
    handler.setFormatter(formatter([secret for secret in secrets if secret]))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("modu").setLevel(level)
    for name in _LIBRARIES:
        logging.getLogger(name).setLevel(logging.WARNING)
