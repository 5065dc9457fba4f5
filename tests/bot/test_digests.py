"""The commands `modu digest …`, and charts on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from bot.cli import cli
from bot.state import digests
from bot.state.database import State


@pytest.fixture
def modu(alpine_file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> object:
    monkeypatch.setenv("MODU_BASE", str(alpine_file))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'state.sqlite'}")
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> Result:
        return CliRunner().invoke(cli, words, prog_name="modu")

    return run


def test_preview_is_the_same_each_time(modu) -> None:
    first, again = (modu("digest", "preview", "--date", "2026-03-01", "--chat", "a") for _ in range(2))
    assert first.exit_code == 0, first.stderr
    assert first.stdout == again.stdout
    assert "2026年3月1日" in first.stdout
    assert "[1]" in first.stdout


def test_preview_of_days_repeats_nothing(modu) -> None:
    shown = modu("digest", "preview", "--days", "3", "--lang", "en", "--date", "2026-03-01").stdout
    headings = [line for line in shown.splitlines() if line.startswith(("Meet", "One figure", "Compared"))]
    assert len(set(headings)) == 3


def test_preview_draws_its_picture(modu, tmp_path: Path) -> None:
    for chat in "abcdefgh":
        done = modu("digest", "preview", "--chat", chat, "--picture", "p.png")
        assert done.exit_code == 0
        assert ("图：" in done.stdout) == (tmp_path / "p.png").exists()
        if (tmp_path / "p.png").exists():
            with Image.open(tmp_path / "p.png") as picture:
                assert picture.format == "PNG"
            (tmp_path / "p.png").unlink()


def test_preview_names_unknown_topics(modu) -> None:
    done = modu("digest", "preview", "--topic", "没有这个")
    assert done.exit_code == 1
    assert "没有这个" in done.stderr


def test_list(modu, tmp_path: Path) -> None:
    assert "no chat has subscribed" in modu("digest", "list").stderr
    state = State(f"sqlite:///{tmp_path / 'state.sqlite'}")
    made = digests.draft(state.connection, -100, 7, 0.0)
    digests.change(state.connection, made, 0.0, state="on", days="weekly", weekday=2, zone="Europe/Berlin")
    state.connection.commit()
    state.close()
    shown = modu("digest", "list").stdout
    assert "-100, topic 7: weekly (Wednesday) 08:00 Europe/Berlin, next 1970-01-07 08:00" in shown


def test_ask_draws_a_chart(modu, tmp_path: Path) -> None:
    done = modu("ask", "鹰石小屋和冰舌小屋一共有多少张床？", "--chart", "c.png")
    assert done.exit_code == 0
    assert "图：" in done.stdout
    with Image.open(tmp_path / "c.png") as picture:
        assert picture.width == 1080
    done = modu("ask", "何岭是谁？画个图", "--chart", "none.png")
    assert "画不成图" in done.stdout
    assert not (tmp_path / "none.png").exists()
