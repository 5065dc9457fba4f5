"""Every command and every option says what it does, and the phrases of the terminal are there in every language."""

from __future__ import annotations

import string
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from bot import phrases
from bot.cli import cli


def commands(group: click.Group, path: str = "modu") -> Iterator[tuple[str, click.Command]]:
    yield path, group
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


COMMANDS = dict(commands(cli))


def test_documentation_covers_the_commands_of_the_design() -> None:
    wanted = {"ask", "explain", "chat", "run", "bench", "facts build", "facts check", "facts diff", "facts show"}
    assert {f"modu {name}" for name in wanted} <= COMMANDS.keys()


@pytest.mark.parametrize("path", COMMANDS)
def test_documentation_of_each_command_and_option(path: str) -> None:
    command = COMMANDS[path]
    assert command.help
    assert command.help.strip().splitlines()[0].endswith(".")
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"{path} {option.opts[0]} has no help"
            assert option.help.endswith("."), option.opts[0]
        else:
            name = (option.metavar or option.human_readable_name).upper().strip("[]")
            assert name in {"OLD", "NEW", "ID|NAME"} or name in command.help, name
    shown = CliRunner().invoke(cli, [*path.split()[1:], "--help"], prog_name="modu")
    assert shown.exit_code == 0
    assert max(map(len, shown.stdout.splitlines())) <= 100


def test_documentation_of_exit_statuses() -> None:
    text = COMMANDS["modu ask"].help
    assert text
    for status in "0123":
        assert f"{status} " in text[text.index("Exit status") :]


def test_phrases_are_there_in_every_language() -> None:
    tables = phrases._TEXTS
    assert set(tables) == {"zh-Hans", "zh-Hant", "en"}
    fields = {
        language: {name: {f[1] for f in string.Formatter().parse(text)} for name, text in table.items()}
        for language, table in tables.items()
    }
    assert fields["zh-Hans"] == fields["zh-Hant"] == fields["en"]


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("zh_CN.UTF-8", "zh-Hans"),
        ("zh_TW.UTF-8", "zh-Hant"),
        ("zh_HK", "zh-Hant"),
        ("de_DE", "en"),
        ("C", "en"),
        ("", "en"),
    ],
)
def test_language_of_terminal(monkeypatch: pytest.MonkeyPatch, locale: str, language: str) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", locale)
    assert phrases.language_of_terminal() == language
