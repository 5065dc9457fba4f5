"""The commands of whoever runs a bot: backup, restore, doctor, and the questions that it could not answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.unanswered import Group


def _settings() -> Settings:
    from bot.settings import load

    return load()


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Back up the state, the bases with their history, and the pack into one FILE.

    What belongs to the bot is known from its settings (MODU_BASE, MODU_PACK, DATABASE_URL). The bot may go on working.
    A state in PostgreSQL is left to pg_dump.
    """
    from bot.backup import Sources
    from bot.backup import backup as make
    from bot.doctor import state_file

    settings = _settings()
    bases = settings.base if settings.base and settings.base.is_dir() else None
    held = make(Sources(state_file(settings), bases, settings.pack), file)
    click.echo(
        f"{file}: {len(held)} files, {sum(held.values()) / 1024 / 1024:.1f} MiB; check it: modu restore {file} --check"
    )


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Only make sure that the backup can be used.")
@click.option("--to", type=click.Path(path_type=Path), metavar="DIR", help="New folder to unpack it into.")
def restore(file: Path, only_check: bool, to: Path | None) -> None:
    """Check the backup FILE and unpack it.

    Every file is compared with what was backed up, the state is checked as a database, and the served base has to
    answer. Nothing is overwritten: move the parts from DIR to where they belong while the bot is stopped.
    """
    from bot.backup import check
    from bot.backup import restore as unpack

    if only_check == bool(to):
        raise click.UsageError("Give either --check or --to DIR.")
    held = unpack(file, to) if to else check(file)
    for name, size in held.items():
        click.echo(f"{size:>12,}  {name}")
    click.echo(f"{file}: sound" if only_check else f"{to}: restored")


@click.command()
@click.option("--offline", is_flag=True, help="Leave out what has to be asked of Telegram.")
@click.pass_context
def doctor(ctx: click.Context, offline: bool) -> None:
    """Look the bot over: base, pack, state, rights, disk, fonts, token, clock, privacy mode, webhook.

    Each finding that is not well comes with what to do about it. Exit status 1 if anything fails.
    """
    from bot.doctor import examine, render
    from bot.settings import SettingsError, unknown
    from bot.start import sentence

    try:
        settings = _settings()
    except SettingsError as error:
        click.echo(sentence(error), err=True)
        ctx.exit(1)
    failed = False
    for line in unknown():
        click.echo(f"warn settings: {line}")
    for finding in examine(settings, online=not offline):
        click.echo(render(finding))
        failed |= finding.level == "fail"
    ctx.exit(1 if failed else 0)


@click.command()
@click.option("--limit", default=20, show_default=True, help="How many groups to show.")
def unanswered(limit: int) -> None:
    """Show the questions that found no answer, alike ones together, the most frequent first."""
    from bot.page import safe

    for group in _groups()[:limit]:
        words = f"  ({group.words})" if group.words else ""
        click.echo(safe(f"{len(group.questions):>5}  {group.text}{words}"))


@click.command()
@click.option("--limit", default=100, show_default=True, help="How many groups to write.")
def log2test(limit: int) -> None:
    """Write the questions that found no answer as rows of an examples file, to be completed and kept as tests."""
    from bot.unanswered import example_rows

    for line in example_rows(_groups()[:limit]):
        click.echo(line)


def _groups() -> list[Group]:
    import time

    from bot.state.database import State
    from bot.state.questions import unanswered as kept
    from bot.unanswered import groups

    state = State(_settings().database_url.get_secret_value(), alone=False)
    try:
        return groups(kept(state.connection, time.time()))
    finally:
        state.close()
