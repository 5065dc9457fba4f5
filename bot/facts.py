"""The commands `modu facts …`: build, check, publish, compare and show fact bases."""

from __future__ import annotations

import getpass
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.options import base_option, say

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from bot.progress import Bar
    from bot.versions import Version
    from knowledge.building.build import Built
    from knowledge.plain.triples import Trouble
    from knowledge.store.records import Pack

pack_option = click.option(
    "--pack",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of the pack, the one that holds pack.yaml. Default: the bundled pack.",
)


@click.group()
def facts() -> None:
    """Build, check, publish, compare and show fact bases."""


@facts.command()
@pack_option
@click.option(
    "--triples",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    metavar="FILE",
    help='A file of triples, instead of or besides a pack: lines {"s": …, "p": …, "o": …}, or CSV with these columns; '
    ".gz too. May be given more than once.",
)
@click.option("--skip-bad", is_flag=True, help="Leave broken lines of triples out, count them and list the first ones.")
@click.option(
    "--out",
    metavar="PATH",
    help="File to write, or a folder (with / at its end if it is new): there the file is named by its content.",
)
@click.option(
    "--publish",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of versions: verify the base and serve it from now on, in every process that reads the folder.",
)
@click.option(
    "--articles",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of the articles' texts (<id>.txt): the base keeps the paragraphs, so that answers can quote them.",
)
def build(
    pack: Path | None,
    triples: tuple[Path, ...],
    skip_bad: bool,
    out: str | None,
    publish: Path | None,
    articles: Path | None,
) -> None:
    """Compile a pack or files of triples into one fact base.

    The file appears in one step: a build that fails leaves what was there before. Mistakes in the pack are listed with
    file, line and column, and nothing is built. With --publish the base is checked once more as a whole and put in the
    place of the one that is served; whatever goes wrong, that one goes on being served.

    A pack may hold its facts as triples too (facts.jsonl, facts.csv, triples.jsonl, facts/*.jsonl; .gz as well).
    """
    from bot.bases import PACK
    from knowledge.building.build import build as compile_pack
    from knowledge.building.bulk import Bulk
    from knowledge.building.pack import bare_pack, load_pack
    from knowledge.plain.triples import bulk_files

    if bool(out) == bool(publish):
        raise click.UsageError("Give either --out PATH or --publish DIR.")
    target = publish or Path(out or "")
    if publish or (out or "").endswith("/"):
        target.mkdir(parents=True, exist_ok=True)
    folder = pack or (None if triples else PACK)
    found = load_pack(folder) if folder else bare_pack(triples[0])
    files = [*(bulk_files(folder) if folder else ()), *triples]
    with _bar() as bar:
        built = compile_pack(found, target, articles, Bulk(files, skip_bad, bar.show))
    if built.skipped:
        _tell_skipped(built.skipped)
    click.echo(_summary(built))
    if publish:
        from bot.versions import Versions

        click.echo(version_line(Versions(publish).publish(built.path, user())))


def _bar() -> AbstractContextManager[Bar]:
    from bot.progress import Bar

    return Bar()


def _tell_skipped(skipped: Trouble) -> None:
    if skipped.count:
        for problem in skipped.problems:
            say(str(problem))
        more = skipped.count - len(skipped.problems)
        say(f"modu: {skipped.count:,} broken lines left out{f'; {more:,} of them are not listed' if more else ''}")


def _summary(built: Built) -> str:
    held = ", ".join(f"{n:,} {_plural(what, n)}" for what, n in built.counts.items() if n)
    return f"{built.path}: {held}; {built.path.stat().st_size / 1024 / 1024:.1f} MiB; {built.hash}"


@facts.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
def history(folder: Path | None) -> None:
    """Show the versions of a folder: when, who, which base, and what changed; the last one is served.

    DIR is a folder of versions, MODU_BASE by default. Below stand the processes that reported which base they serve.
    """
    from bot.serving import processes
    from bot.versions import Versions

    versions = Versions(_folder(folder))
    for version in versions.history():
        click.echo(version_line(version))
    for each in processes(versions):
        click.echo(f"process {each['pid']} on {each['host']} serves {each['hash']} ({each['when']})")


@facts.command()
@click.argument("version", metavar="[HASH]", default="")
@click.option(
    "--versions",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of versions. Default: MODU_BASE.",
)
def rollback(version: str, folder: Path | None) -> None:
    """Serve an earlier base again.

    Without HASH, the base before the one that is served; twice goes two steps back. HASH may be shortened. The pack is
    left as it is: building it again brings the newer facts back.
    """
    from bot.versions import Versions

    click.echo(version_line(Versions(_folder(folder)).rollback(user(), version)))


@facts.command()
@pack_option
@click.option(
    "--articles",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of the articles' texts (<id>.txt): verify each fact against the paragraphs it cites.",
)
@click.pass_context
def check(ctx: click.Context, pack: Path | None, articles: Path | None) -> None:
    """Check a pack: every mistake with file, line, column and the nearest valid name.

    Values in another unit than their relation's are listed too; that is no mistake. With --articles also whether each
    fact's figures, dates and names stand in the paragraphs it cites, and what in the paragraphs no fact holds. Exit
    status 1 if anything is wrong.
    """
    from knowledge.building.units import odd_units

    found = _load(pack)
    parts = (("articles", found.articles), ("entities", found.entities), ("relations", found.relations))
    held = ", ".join(f"{len(items):,} {name}" for name, items in (*parts, ("facts", found.facts)))
    click.echo(f"{found.id}: {held}; no mistake in the files")
    for line in odd_units(found):
        click.echo(line)
    if articles is None:
        return
    from knowledge.building.build import read_articles
    from knowledge.building.check import check as verify
    from knowledge.building.check import render

    report = verify(found, read_articles(found, articles))
    for line in render(report):
        click.echo(line)
    ctx.exit(0 if report.clean else 1)


@facts.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
def diff(old: Path, new: Path) -> None:
    """Compare two bases fact by fact.

    + is a fact that only NEW has, ~ one that changed, with each field as it was and is, - one that only OLD has.
    """
    from bot.difference import compare, render
    from bot.page import safe

    for line in render(compare(old, new)):
        click.echo(safe(line))


@facts.command()
@click.argument("name", metavar="ID|NAME")
@base_option
def show(name: str, base: Path | None) -> None:
    """Show a fact by its id, or an entity by its id or any of its names.

    A fact comes with its statement in both languages, its date, who counted, and its sources; an entity with its names
    and all facts that speak of it.
    """
    from bot.bases import open_base
    from bot.sheet import sheet

    opened = open_base(base, None, say)
    click.get_current_context().call_on_close(opened.close)
    click.echo(sheet(name, opened))


def _folder(named: Path | None) -> Path:
    """The folder of versions that a command is about."""
    from bot.versions import JOURNAL

    folder = named or Path(os.environ.get("MODU_BASE") or ".")
    if not (folder / JOURNAL).is_file():
        raise click.ClickException(f"{folder} is no folder of versions; make one: modu facts build --publish DIR")
    return folder


def user() -> str:
    """Who gives the commands, for the history."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container's user may have no name
        return f"user {os.getuid()}"


def version_line(version: Version) -> str:
    """A version as one line."""
    changes = ", ".join(f"{n} {what}" for what, n in version.changes.items()) or "the first"
    held = ", ".join(f"{n:,} {what}" for what, n in version.counts.items())
    return f"{version.when} {version.hash} {version.how} by {version.who}: {changes}; {held}"


def _load(pack: Path | None) -> Pack:
    from bot.bases import PACK
    from knowledge.building.pack import load_pack

    return load_pack(pack or PACK)


def _plural(word: str, number: int) -> str:
    if number == 1:
        return word
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
