"""The commands `modu facts …`: build, check, compare and show fact bases."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.options import base_option, say

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from bot.progress import Bar
    from knowledge.build import Built
    from knowledge.plain.triples import Trouble
    from knowledge.records import Pack

pack_option = click.option(
    "--pack",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of the pack, the one that holds pack.yaml. Default: the bundled pack.",
)


@click.group()
def facts() -> None:
    """Build, check, compare and show fact bases."""


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
    required=True,
    metavar="PATH",
    help="File to write, or a folder (with / at its end if it is new): there the file is named by its content.",
)
@click.option(
    "--articles",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of the articles' texts (<id>.txt): the base keeps the paragraphs, so that answers can quote them.",
)
def build(pack: Path | None, triples: tuple[Path, ...], skip_bad: bool, out: str, articles: Path | None) -> None:
    """Compile a pack or files of triples into one fact base.

    The file appears in one step: a build that fails leaves what was there before. Mistakes in the pack are listed with
    file, line and column, and nothing is built.

    A pack may hold its facts as triples too (facts.jsonl, facts.csv, triples.jsonl, facts/*.jsonl; .gz as well).
    """
    from bot.bases import PACK
    from knowledge.build import Bulk
    from knowledge.build import build as compile_pack
    from knowledge.pack import bare_pack, load_pack
    from knowledge.plain.triples import bulk_files

    target = Path(out)
    if out.endswith("/"):
        target.mkdir(parents=True, exist_ok=True)
    folder = pack or (None if triples else PACK)
    found = load_pack(folder) if folder else bare_pack(triples[0])
    files = [*(bulk_files(folder) if folder else ()), *triples]
    with _bar() as bar:
        built = compile_pack(found, target, articles, Bulk(files, skip_bad, bar.show))
    if built.skipped:
        _tell_skipped(built.skipped)
    click.echo(_summary(built))


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

    With --articles also whether each fact's figures, dates and names stand in the paragraphs it cites, and what in the
    paragraphs no fact holds. Exit status 1 if anything is wrong.
    """
    found = _load(pack)
    parts = (("articles", found.articles), ("entities", found.entities), ("relations", found.relations))
    held = ", ".join(f"{len(items):,} {name}" for name, items in (*parts, ("facts", found.facts)))
    click.echo(f"{found.id}: {held}; no mistake in the files")
    if articles is None:
        return
    from knowledge.build import read_articles
    from knowledge.check import check as verify
    from knowledge.check import render

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


def _load(pack: Path | None) -> Pack:
    from bot.bases import PACK
    from knowledge.pack import load_pack

    return load_pack(pack or PACK)


def _plural(word: str, number: int) -> str:
    if number == 1:
        return word
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
