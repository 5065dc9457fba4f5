"""The log: on standard error, without the token."""

from __future__ import annotations

import logging
import sys
import traceback

_LIBRARIES = ("telegram", "aiohttp", "asyncio", "uvicorn", "alembic", "sqlalchemy", "httpx", "httpcore")
"""Their news is not ours; some of them name addresses, and an address of the Bot API holds the token."""


class _Formatter(logging.Formatter):
    def __init__(self, secrets: list[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, "•••")
        return text


def trace(error: BaseException) -> str:
    """Where an error came from, without its text: that may quote what a person wrote."""
    places = "".join(traceback.format_tb(error.__traceback__))
    return f"{type(error).__name__}\n{places}".rstrip()


def start(level: int, secrets: list[str]) -> None:
    """Log from `level` on; none of the secrets is ever written, wherever it stands."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter([secret for secret in secrets if secret]))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("modu").setLevel(level)
    for name in _LIBRARIES:
        logging.getLogger(name).setLevel(logging.WARNING)
