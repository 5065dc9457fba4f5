"""Options that several commands have, and where commands speak beside their answers."""

from __future__ import annotations

from pathlib import Path

import click

from bot.phrases import LANGUAGES

base_option = click.option(
    "--base",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Fact base to read, or a folder of versions. "
    "Default: MODU_BASE, else the bundled pack, compiled once into the user's cache.",
)
articles_option = click.option(
    "--articles",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of the articles' texts (<id>.txt): sources are quoted. Not together with --base.",
)
lang_option = click.option(
    "--lang", type=click.Choice(LANGUAGES), help="Language of the answers. Default: that of each question."
)


def say(text: str) -> None:
    """Tell the user something that is no answer."""
    click.echo(text, err=True)
