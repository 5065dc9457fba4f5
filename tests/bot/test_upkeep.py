"""Backup and restore, the doctor, and questions without an answer on the command line."""

from __future__ import annotations

import shutil
import sqlite3
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from bot.change import apply, stage
from bot.state.database import State
from bot.state.schema import questions
from bot.versions import Versions
from tests.telegram_server import TelegramServer

Modu = Callable[..., Result]


@pytest.fixture
def home(modu: Modu, alpine_dir: Path, alpine_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bot's folder: pack, versions, state; and the settings that name them."""
    pack = shutil.copytree(alpine_dir, tmp_path / "pack")
    versions = Versions(tmp_path / "bases")
    apply(pack, {}, versions, stage(pack, {}, versions), "Li")
    monkeypatch.setenv("MODU_BASE", str(versions.folder))
    monkeypatch.setenv("MODU_PACK", str(pack))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'state.sqlite'}")
    monkeypatch.chdir(tmp_path)
    state = State(f"sqlite:///{tmp_path / 'state.sqlite'}")
    now = time.time()
    for text, detail in (
        ("云海屋多高？", "云海屋"),
        ("云海屋有多高？", "云海屋"),
        ("雾松小屋有几台咖啡机？", "咖啡机"),
    ):
        row = {"kind": "unanswered", "text": text, "language": "zh-Hans", "detail": detail}
        state.connection.execute(questions.insert().values(**row, person="x", created=now, expires=now + 99))
    state.connection.commit()
    state.close()
    return tmp_path


def test_backup_and_restore(modu: Modu, home: Path) -> None:
    with closing(sqlite3.connect(home / "state.sqlite")) as busy:  # the bot works on it meanwhile
        busy.execute("begin immediate")
        made = modu("backup", "saved/modu.zip")
    assert made.exit_code == 0, made.output
    assert [p.name for p in (home / "saved").iterdir()] == ["modu.zip"]
    checked = modu("restore", "saved/modu.zip", "--check")
    assert checked.exit_code == 0, checked.output
    assert "sound" in checked.stdout
    assert modu("restore", "saved/modu.zip", "--to", "back").exit_code == 0
    assert sorted(p.name for p in (home / "back").iterdir()) == ["bases", "pack", "state.sqlite"]
    served = Versions(home / "bases").served()
    assert Versions(home / "back" / "bases").served() == served
    with closing(sqlite3.connect(home / "back" / "state.sqlite")) as db:
        assert db.execute("select count(*) from questions").fetchone() == (3,)
    for file in (home / "pack").rglob("*.yaml"):
        assert (home / "back" / "pack" / file.relative_to(home / "pack")).read_bytes() == file.read_bytes()
    assert modu("restore", "saved/modu.zip", "--to", "back").exit_code == 1, "nothing is overwritten"


def spoilt(archive: Path, how: str) -> None:
    with zipfile.ZipFile(archive) as whole:
        files = {name: whole.read(name) for name in whole.namelist()}
    if how == "cut":
        archive.write_bytes(archive.read_bytes()[:-2000])
        return
    if how == "no archive":
        archive.write_text("nothing", "utf-8")
        return
    if how == "a file gone":
        del files["state.sqlite"]
    elif how == "a file changed":
        files["pack/relations.yaml"] += b"# more"
    elif how == "no manifest":
        del files["manifest.json"]
    elif how == "a manifest that is none":
        files["manifest.json"] = b"[]"
    elif how == "a path out of it":
        files["manifest.json"] = files["manifest.json"].replace(b'"pack/relations.yaml"', b'"../../relations.yaml"')
        files["../../relations.yaml"] = files["pack/relations.yaml"]
    with zipfile.ZipFile(archive, "w") as made:
        for name, content in files.items():
            made.writestr(name, content)


@pytest.mark.parametrize(
    "how",
    [
        "cut",
        "no archive",
        "a file gone",
        "a file changed",
        "no manifest",
        "a manifest that is none",
        "a path out of it",
    ],
)
def test_restore_refuses_a_damaged_backup(modu: Modu, home: Path, how: str) -> None:
    modu("backup", "modu.zip")
    spoilt(home / "modu.zip", how)
    for more in (["--check"], ["--to", "back"]):
        result = modu("restore", "modu.zip", *more)
        assert result.exit_code == 1
        assert result.stderr.startswith("modu: modu.zip")
        assert result.stderr.count("\n") == 1
    assert not (home / "back").exists()
    assert not (home.parent / "relations.yaml").exists()


def test_restore_refuses_a_state_that_was_damaged_when_it_was_saved(modu: Modu, home: Path) -> None:
    with (home / "state.sqlite").open("r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * 4096)
    made = modu("backup", "modu.zip")
    assert made.exit_code == 1 or modu("restore", "modu.zip", "--check").exit_code == 1


def test_backup_of_nothing(modu: Modu, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MODU_BASE")
    monkeypatch.delenv("MODU_PACK")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///none.sqlite")
    result = modu("backup", "modu.zip")
    assert result.exit_code == 1
    assert "nothing to back up" in result.stderr


# --- doctor


def test_doctor_finds_a_sound_bot_well(modu: Modu, home: Path) -> None:
    result = modu("doctor", "--offline")
    assert result.exit_code == 0, result.output
    for line in ("ok   base: alpine-huts-", "ok   pack:", "ok   state:", "warn token: no Telegram token"):
        assert line in result.stdout


def spoil_base(home: Path) -> None:
    Versions(home / "bases").path().write_text("x", "utf-8")


def spoil_journal(home: Path) -> None:
    (home / "bases" / "versions.jsonl").write_text("{", "utf-8")


def spoil_pack(home: Path) -> None:
    (home / "pack" / "relations.yaml").write_text("[", "utf-8")


def spoil_state(home: Path) -> None:
    (home / "state.sqlite").write_bytes(b"SQLite format 3\0" + b"\xff" * 9000)


@pytest.mark.parametrize(
    ("spoil", "level", "about"),
    [
        (spoil_base, "fail", "base"),
        (spoil_journal, "fail", "base"),
        (spoil_pack, "warn", "pack"),
        (spoil_state, "fail", "state"),
    ],
)
def test_doctor_finds_what_is_wrong_and_says_what_to_do(
    modu: Modu, home: Path, spoil: Callable[[Path], None], level: str, about: str
) -> None:
    spoil(home)
    result = modu("doctor", "--offline")
    assert result.exit_code == (level == "fail")
    lines = result.stdout.splitlines()
    [place] = [n for n, line in enumerate(lines) if line.startswith(f"{level:<5}{about}:")]
    assert lines[place + 1].startswith("     → ")


def test_doctor_names_wrong_settings(modu: Modu, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODU_TIMEZONE", "Mars")
    result = modu("doctor", "--offline")
    assert result.exit_code == 1
    assert "MODU_TIMEZONE" in result.stderr


def test_doctor_asks_telegram(modu: Modu, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with TelegramServer(reads_all=False) as server:
        monkeypatch.setenv("MODU_TELEGRAM_API", server.url)
        monkeypatch.setenv("MODU_TELEGRAM_TOKEN", server.token)
        monkeypatch.setenv("MODU_ADMINS", "7")
        result = modu("doctor")
        assert result.exit_code == 0, result.output
        assert "ok   token: @testbot" in result.stdout
        assert "ok   clock" in result.stdout
        assert "warn privacy mode" in result.stdout
        monkeypatch.setenv("MODU_WEBHOOK_URL", "http://127.0.0.1:1/hook")
        monkeypatch.setenv("MODU_WEBHOOK_SECRET", "a" * 20)
        assert "warn webhook: Telegram knows none" in modu("doctor").stdout
        monkeypatch.setenv("MODU_TELEGRAM_TOKEN", "1:wrong")
        result = modu("doctor")
        assert result.exit_code == 1
        assert "fail token" in result.stdout
        assert "1:wrong" not in result.output
    result = modu("doctor")
    assert "fail network" in result.stdout
    assert "1:wrong" not in result.output


# --- questions without an answer


def test_unanswered_questions_are_shown_and_become_rows(modu: Modu, home: Path) -> None:
    shown = modu("unanswered")
    assert shown.exit_code == 0, shown.output
    assert shown.stdout.splitlines()[0].strip() == "2  云海屋有多高？  (云海屋)"
    rows = modu("log2test").stdout
    assert 'zh-Hans: "云海屋有多高？"' in rows
    assert "asked 2 times" in rows
