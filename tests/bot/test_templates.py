"""Compiled templates kept between processes: an answer never depends on them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from answers import render
from bot.answering import Desk

QUESTION = "冰舌小屋有多少张床？"


def forget() -> None:
    """As at the start of a process: no template is compiled."""
    render._environment.cache_clear()
    render._template.cache_clear()
    render._macro.cache_clear()


@pytest.fixture(autouse=True)
def _fresh_process() -> Iterator[None]:
    forget()
    yield
    forget()


def test_templates_are_kept_and_read_again(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "templates"
    render.keep_templates(folder)
    first = render.plain(desk.reply(QUESTION).answer)
    kept = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert kept
    forget()
    render.keep_templates(folder)
    assert render.plain(desk.reply(QUESTION).answer) == first
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == kept


@pytest.mark.parametrize("content", [b"", b"nonsense", b"j2", None])
def test_damaged_template_is_compiled_again(desk: Desk, tmp_path: Path, content: bytes | None) -> None:
    render.keep_templates(tmp_path)
    first = render.plain(desk.reply(QUESTION).answer)
    for path in tmp_path.iterdir():
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 2] if content is None else content)
    forget()
    render.keep_templates(tmp_path)
    assert render.plain(desk.reply(QUESTION).answer) == first


def test_folder_that_others_can_write_is_not_used(desk: Desk, tmp_path: Path) -> None:
    """Compiled templates are code: who can write them can run anything."""
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(0o777)
    render.keep_templates(folder)
    assert "14张" in render.plain(desk.reply(QUESTION).answer)
    assert not list(folder.iterdir())


def test_folder_that_cannot_be_made_costs_nothing_but_time(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    render.keep_templates(tmp_path / "file" / "templates")
    assert "14张" in render.plain(desk.reply(QUESTION).answer)
