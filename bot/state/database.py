"""Opening the state database: folder, lock, migrations, one connection.

The bot is one process with one event loop, and its statements take microseconds: they run in the loop, on one
connection, and no transaction is open while anything is awaited. So nobody waits for a lock, and what stands between
two awaits happens as a whole or not at all.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy.engine import URL, Connection, make_url

from bot.state import marks
from knowledge.errors import ModuError

_MIGRATIONS = Path(__file__).with_name("migrations")
_LOCK_NUMBER = 0x6D6F6475
"""Of the advisory lock in PostgreSQL."""


class StateError(ModuError):
    """The state database can't be opened or used."""


class State:
    """The open state database."""

    def __init__(self, address: str, *, alone: bool = True) -> None:
        """Open, create or migrate the database at `address`, a URL of SQLite or PostgreSQL.

        `alone` makes sure that no other bot works on it. Raises StateError.
        """
        url = _url(address)
        self._lock: sqlite3.Connection | None = None
        self._engine = _engine(url)
        try:
            if alone and url.get_backend_name() == "sqlite" and url.database:
                self._lock = _lock_file(Path(url.database))
            self.connection = self._engine.connect()
            if alone and url.get_backend_name() == "postgresql":
                _lock_server(self.connection)
            _migrate(self.connection)
        except (sa.exc.SQLAlchemyError, OSError, sqlite3.Error) as error:
            self.close()
            raise StateError(f"the state database {_shown(url)} can't be used: {_reason(error)}") from error
        except StateError:
            self.close()
            raise

    def close(self) -> None:
        """Close it; whatever is not committed is dropped."""
        connection = getattr(self, "connection", None)
        if connection is not None:
            connection.close()
        self._engine.dispose()
        if self._lock is not None:
            self._lock.close()

    def alias(self) -> Callable[[int], str]:
        """The function from a person's id to the name under which the database knows them; its key is kept here."""
        key = marks.read(self.connection, "alias_key")
        if not key:
            key = secrets.token_hex(16)
            marks.write(self.connection, "alias_key", key)
            self.connection.commit()
        secret = bytes.fromhex(key)
        return lambda person: blake2b(str(person).encode(), key=secret, digest_size=12).hexdigest()


def _url(address: str) -> URL:
    try:
        url = make_url(address)
    except sa.exc.ArgumentError:
        raise StateError(
            "DATABASE_URL is no address of a database; an example: sqlite:////var/lib/modu/state.sqlite"
        ) from None
    if url.drivername in {"postgres", "postgresql"}:
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise StateError(f"DATABASE_URL names {url.get_backend_name()}; SQLite and PostgreSQL are known")
    return url


def _engine(url: URL) -> sa.Engine:
    if url.get_backend_name() == "sqlite" and url.database:
        folder = Path(url.database).parent
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StateError(f"{folder} can't be made for the state database: {error.strerror}") from error
    try:
        engine = sa.create_engine(url, hide_parameters=True)  # errors are logged, what people wrote is not
    except ModuleNotFoundError as error:
        raise StateError(
            f"PostgreSQL needs a library that is not installed ({error.name}): pip install 'modu[postgres]'"
        ) from None
    if url.get_backend_name() == "sqlite":
        sa.event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    # A killed process loses nothing with NORMAL; when the power fails, the transactions since the last checkpoint may
    # be missing, but the file stays sound. FULL would cost one fsync for each message.
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "busy_timeout = 5000"):
        connection.execute(f"PRAGMA {pragma}")


def _lock_file(path: Path) -> sqlite3.Connection:
    """Hold a lock that ends with this process, however it ends."""
    path.touch(mode=0o600)
    lock = sqlite3.connect(f"{path}.lock", timeout=0, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        lock.close()
        raise StateError(f"another bot works on the state database {path}: one at a time") from None
    return lock


def _lock_server(connection: Connection) -> None:
    if not connection.scalar(sa.select(sa.func.pg_try_advisory_lock(_LOCK_NUMBER))):
        raise StateError("another bot works on the state database: one at a time")
    connection.commit()


def _config(connection: Connection) -> Config:
    """What Alembic has to know; it has no file of its own."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _migrate(connection: Connection) -> None:
    # SQLite's driver begins a transaction before a change of rows, but not before one of tables. Begun here, all steps
    # are one: a process that is killed between two tables leaves none of them, and the next one can begin anew.
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN")
    try:
        command.upgrade(_config(connection), "head")
    except CommandError as error:
        raise StateError(f"the state database belongs to another version of Modu: {error}") from error
    connection.commit()


def _shown(url: URL) -> str:
    return url.database or "" if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)


def _reason(error: Exception) -> str:
    return str(getattr(error, "orig", None) or getattr(error, "strerror", None) or error).partition("\n")[0]
