"""Opening the state database: it is made, brought up to date, locked, and what is wrong is told in one line."""

from __future__ import annotations

import contextlib
import itertools
import sqlite3
import stat
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.state import marks
from bot.state.database import State, StateError
from bot.state.schema import metadata


def test_migrations_make_the_tables_of_the_schema(state: State) -> None:
    assert compare_metadata(MigrationContext.configure(state.connection), metadata) == []


def test_migrations_can_be_taken_back(state: State) -> None:
    from alembic import command

    from bot.state.database import _config

    command.downgrade(_config(state.connection), "base")
    assert sa.inspect(state.connection).get_table_names() == ["alembic_version"]
    command.upgrade(_config(state.connection), "head")


def test_a_start_that_breaks_off_at_any_statement_can_be_made_again(tmp_path: Path) -> None:
    left = 0

    def breaking_off(*_: object) -> None:
        nonlocal left
        left -= 1
        if not left:
            raise sqlite3.OperationalError("the process ends")

    for last in itertools.count(2):
        left = last
        address = f"sqlite:///{tmp_path}/{last}.sqlite"
        sa.event.listen(sa.Engine, "before_cursor_execute", breaking_off)
        try:
            with contextlib.suppress(StateError):
                State(address).close()
        finally:
            sa.event.remove(sa.Engine, "before_cursor_execute", breaking_off)
        state = State(address)
        assert compare_metadata(MigrationContext.configure(state.connection), metadata) == []
        state.close()
        if left > 0:  # it was not broken off any more
            break
    assert last > len(metadata.tables)


def test_opening_twice_keeps_what_is_there(address: str) -> None:
    state = State(address)
    marks.write(state.connection, "a", "1")
    state.connection.commit()
    state.close()
    state = State(address)
    assert marks.read(state.connection, "a") == "1"
    state.close()


def test_what_is_not_committed_is_dropped(address: str) -> None:
    state = State(address)
    marks.write(state.connection, "a", "1")
    state.close()
    state = State(address)
    assert marks.read(state.connection, "a") == ""
    state.close()


def test_one_bot_at_a_time(address: str, state: State) -> None:
    with pytest.raises(StateError, match="another bot works on the state database"):
        State(address)
    State(address, alone=False).close()  # to look into it, say
    state.close()
    State(address).close()


def test_aliases_last_and_can_t_be_turned_back(address: str) -> None:
    state = State(address)
    alias = state.alias()
    first = alias(12345)
    assert first == alias(12345) != alias(12346)
    assert "12345" not in first
    state.close()
    state = State(address)
    assert state.alias()(12345) == first
    marks.write(state.connection, "alias_key", "00" * 16)
    assert state.alias()(12345) != first
    state.close()


def test_only_the_owner_can_read_the_file(tmp_path: Path) -> None:
    State(f"sqlite:///{tmp_path}/folder/state.sqlite").close()
    assert stat.S_IMODE((tmp_path / "folder").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "folder" / "state.sqlite").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("nonsense", "DATABASE_URL is no address of a database"),
        ("mysql://secret@host/name", "DATABASE_URL names mysql; SQLite and PostgreSQL are known"),
        ("sqlite:////proc/no/state.sqlite", "/proc/no can't be made for the state database"),
        ("sqlite:////proc/state.sqlite", "the state database /proc/state.sqlite can't be used"),
    ],
)
def test_wrong_addresses(address: str, told: str) -> None:
    with pytest.raises(StateError) as caught:
        State(address)
    assert str(caught.value).startswith(told)
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_server_that_is_not_there() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(StateError, match=r"the state database postgresql\S+ can't be used: ") as caught:
        State("postgresql://modu:secret@127.0.0.1:1/modu")
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "state.sqlite").write_bytes(b"something else " * 100)
    with pytest.raises(StateError, match="can't be used: file is not a database"):
        State(f"sqlite:///{tmp_path}/state.sqlite")


def test_a_database_of_a_newer_version(address: str) -> None:
    state = State(address)
    state.connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    state.connection.commit()
    state.close()
    with pytest.raises(StateError, match=r"the state database belongs to another version of Modu: .*9999"):
        State(address)


def test_sqlite_waits_and_writes_ahead(tmp_path: Path) -> None:
    state = State(f"sqlite:///{tmp_path}/state.sqlite")
    asked = {name: state.connection.scalar(sa.text(f"PRAGMA {name}")) for name in ("journal_mode", "busy_timeout")}
    assert asked == {"journal_mode": "wal", "busy_timeout": 5000}
    with sqlite3.connect(tmp_path / "state.sqlite") as reader:
        marks.write(state.connection, "a", "1")
        assert reader.execute("SELECT count(*) FROM marks").fetchone() == (0,)
    reader.close()
    state.close()
