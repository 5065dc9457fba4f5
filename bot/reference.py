"""What the documents repeat of the program: the help of every command, and the transcripts in READMEs and guide.

`python -m bot.reference` writes both anew; tests compare them with what the program says now. Transcripts are console
blocks in which every line that begins with `$ ` is run, so that no document shows an answer that is not given.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import click
from click.testing import CliRunner

from bot.cli import cli

WIDTH = 88
"""Columns of the help; not those of the terminal, or each would write another document."""
COMMAND = re.compile(r"^\$ (.+)$", re.MULTILINE)
BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_HEAD = """# Commands

Written by `make docs` from the help of the commands; `modu COMMAND --help` shows the same. `python -m bot` is the
same as `modu`.
"""


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
    for path in (root / "README.md", root / "README.zh.md", root / "docs" / "your-own-world.md"):
        path.write_text(refreshed(path.read_text("utf-8")), "utf-8")
