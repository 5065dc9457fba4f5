"""Settings: what is wrong is told in one line that names the variable, and no secret is ever shown."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import SettingsError, load, names, unknown

TOKEN = "123456:AAhiddenhiddenhidden"


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [n for n in os.environ if n.startswith("MODU_") or n == "DATABASE_URL"]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def test_settings_that_are_not_set(tmp_path: Path) -> None:
    settings = load()
    assert settings.telegram_token is None
    assert settings.telegram_api == "https://api.telegram.org"
    assert settings.admins == frozenset()
    assert settings.database_url.get_secret_value() == f"sqlite:///{tmp_path}/data/modu/state.sqlite"
    assert settings.log_level == 20


def test_settings_come_from_the_environment_then_from_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text(f"MODU_TELEGRAM_TOKEN={TOKEN}\nMODU_ADMINS=1, 2\nMODU_LOG=debug\nOTHER=x\n", "utf-8")
    monkeypatch.setenv("MODU_LOG", "ERROR")
    monkeypatch.setenv("MODU_WEBHOOK_URL", "")
    settings = load()
    assert settings.telegram_token
    assert settings.telegram_token.get_secret_value() == TOKEN
    assert settings.admins == {1, 2}
    assert settings.log == "error"
    assert settings.webhook_url is None
    assert TOKEN not in repr(settings)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"MODU_TELEGRAM_TOKEN": "hidden"}, "MODU_TELEGRAM_TOKEN: is no bot token"),
        ({"MODU_TELEGRAM_API": "hidden.example"}, "MODU_TELEGRAM_API: 'hidden.example' is no address"),
        ({"MODU_ADMINS": "12,ada"}, "MODU_ADMINS: 'ada' is no numeric user id"),
        ({"MODU_PACK": "/no/such"}, "MODU_PACK: /no/such does not exist"),
        ({"MODU_LISTEN": "8080"}, "MODU_LISTEN: '8080' is no HOST:PORT"),
        ({"MODU_LISTEN": "h:70000"}, "MODU_LISTEN: 'h:70000' is no HOST:PORT"),
        ({"MODU_TIMEZONE": "Asia/Shanghia"}, "MODU_TIMEZONE: 'Asia/Shanghia' is no time zone; nearest: Asia/Shanghai"),
        ({"MODU_TIMEZONE": "?"}, "MODU_TIMEZONE: '?' is no time zone; an example"),
        ({"MODU_LOG": "loud"}, "MODU_LOG: Input should be 'error', 'warning', 'info' or 'debug'"),
        ({"MODU_WEBHOOK_SECRET": "hidden"}, "MODU_WEBHOOK_SECRET: must be 16 to 256 letters"),
        ({"MODU_WEBHOOK_URL": "https://a.example"}, "MODU_WEBHOOK_SECRET is missing"),
        (
            {"MODU_WEBHOOK_URL": "http://a.example", "MODU_WEBHOOK_SECRET": "hidden" * 4},
            "MODU_WEBHOOK_URL must begin with https://",
        ),
        ({"MODU_BASE": __file__, "MODU_PACK": "."}, "MODU_BASE is a finished base: leave out MODU_PACK"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_settings_that_are_wrong(values: dict[str, str], told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load()
    assert str(caught.value).startswith(told)
    assert "\n" not in str(caught.value)
    if "TOKEN" in told or "SECRET" in told:
        assert "hidden" not in str(caught.value)


def test_settings_that_are_wrong_are_all_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODU_LOG", "loud")
    monkeypatch.setenv("MODU_ADMINS", "ada")
    with pytest.raises(SettingsError, match=r"^MODU_ADMINS: .*\nmodu: MODU_LOG: .*$"):
        load()


def test_settings_in_a_broken_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"MODU_LOG=\xff\xfe\n")
    with pytest.raises(SettingsError, match=r"\.env is no UTF-8 text"):
        load()


def test_variables_that_are_no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODU_ADMIN", "1")
    monkeypatch.setenv("MODU_TRACEBACK", "1")
    assert unknown() == ["MODU_ADMIN is no setting; nearest: MODU_ADMINS"]


def test_every_setting_has_its_name_and_description() -> None:
    from bot.settings import Settings

    assert list(names())[:2] == ["MODU_TELEGRAM_TOKEN", "MODU_TELEGRAM_API"]
    assert names()["DATABASE_URL"] == "database_url"
    for field in Settings.model_fields.values():
        assert field.description
        assert field.description.endswith(".")


def test_a_wrong_setting_ends_the_start_with_status_2(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(root), "MODU_TELEGRAM_TOKEN": "hidden"}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "run"], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith("modu: MODU_TELEGRAM_TOKEN: is no bot token")
    assert done.stderr.count("\n") == 1
    assert not done.stdout
