"""What the documents repeat of the program: the help of every command, the settings, the keys of a pack, transcripts.

`python -m bot.reference` writes them anew; tests compare them with what the program says now. Transcripts are console
blocks in which every line that begins with `$ ` is run, so that no document shows an answer that is not given.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import click
from click.testing import CliRunner

from bot import packformat
from bot.cli import cli
from bot.settings import Settings, names

WIDTH = 88
"""Columns of the help; not those of the terminal, or each would write another document."""
COMMAND = re.compile(r"^\$ (.+)$", re.MULTILINE)
BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_HEAD = """# Commands

Written by `make docs` from the help of the commands; `modu COMMAND --help` shows the same. `python -m bot` is the
same as `modu`.
"""


_SETTINGS = """# Settings

Written by `make docs` from bot/settings.py. `modu run` reads them from the environment and from a file `.env` in the
working directory, of which [.env.example](../.env.example) is a template; the environment goes first. The other
commands know `MODU_BASE` alone, from the environment. A wrong setting ends the start with status 2 and a line that
names it.

| Variable | Default | Meaning |
|---|---|---|
"""


def settings() -> str:
    """Every setting as one Markdown document."""
    return _SETTINGS + "".join(f"| `{name}` | {default} | {text} |\n" for name, default, text in _settings())


def example() -> str:
    """A file .env with every setting, none of them set."""
    return (
        "".join(f"# {text}\n# {name}={default.strip('`')}\n\n" for name, default, text in _settings()).rstrip("\n")
        + "\n"
    )


def _settings() -> Iterator[tuple[str, str, str]]:
    """(variable, default, description) of each setting."""
    for name, field in names().items():
        default = Settings.model_fields[field].default
        text = f"`{default}`" if isinstance(default, str) else ""
        yield name, text, Settings.model_fields[field].description or ""


def commands() -> str:
    """The help of every command as one Markdown document."""
    return "\n".join([_HEAD, *_sections(cli, None, "modu")])


def _sections(command: click.Command, parent: click.Context | None, name: str) -> list[str]:
    context = click.Context(command, parent, name, terminal_width=WIDTH, help_option_names=["-h", "--help"])
    found = [f"## {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"]
    for each, below in sorted(command.commands.items()) if isinstance(command, click.Group) else ():
        found += _sections(below, context, each)
    return found


def output(command: str) -> str:
    """What a line of a transcript prints on standard output.

    Of the shell it may use `printf 'LINES' |` before and `| head -n N` after `modu …`, and nothing else.
    """
    text = ""
    for stage in command.split(" | "):
        match shlex.split(stage):
            case ["printf", lines]:
                text = lines.replace("\\n", "\n")
            case ["head", "-n", number]:
                text = "\n".join(text.splitlines()[: int(number)])
            case ["modu", *words]:
                text = CliRunner().invoke(cli, words, input=text, prog_name="modu").stdout
            case _:
                raise ValueError(f"a transcript can't run {stage!r}")
    return text.rstrip("\n")


def refreshed(document: str, run: Callable[[str], str] = output) -> str:
    """The document with every command's output as it is now."""
    return BLOCK.sub(lambda block: "".join(f"$ {c}\n{run(c)}\n" for c in COMMAND.findall(block[0])), document)


if __name__ == "__main__":
    root = Path(__file__).parents[1]
    (root / "docs" / "commands.md").write_text(commands(), "utf-8")
    (root / "docs" / "settings.md").write_text(settings(), "utf-8")
    (root / "docs" / "pack-format.md").write_text(packformat.document(root), "utf-8")
    (root / ".env.example").write_text(example(), "utf-8")
    for path in (root / "README.md", root / "README.zh.md", root / "docs" / "your-own-world.md"):
        path.write_text(refreshed(path.read_text("utf-8")), "utf-8")
