"""The command `modu`. One command, one function; its docstring is its documentation.

Whatever a command needs is imported inside it: `modu ask` must not pay for the chat, the build or the tables of the
other commands.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot import __version__
from bot.article import article
from bot.bench.commands import bench
from bot.digests import digest
from bot.facts import facts
from bot.options import articles_option, base_option, lang_option, say
from bot.pack import pack
from bot.start import exit_status, sentence
from bot.upkeep import backup, doctor, log2test, restore, unanswered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.answering import Desk
    from bot.serving import Serving
    from bot.settings import Settings


class Commands(click.Group):
    """Turns every error into one clear line and status 1; a traceback is shown only where MODU_TRACEBACK is set."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if os.environ.get("MODU_TRACEBACK"):
                raise
            click.echo(sentence(error), err=True)
            ctx.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="modu")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Modu answers questions from published facts and cites every answer.

    \b
    MODU_BASE             fact base to read, instead of the bundled pack
    MODU_TELEGRAM_TOKEN   token of a Telegram bot, for `modu run`; others: docs/settings.md
    MODU_FONT             font for Chinese text in charts, instead of the installed one
    XDG_CACHE_HOME        where compiled bases are kept (default ~/.cache)
    XDG_STATE_HOME        where the chat keeps its history (default ~/.local/state)
    """  # noqa: D301 -- \b keeps click from joining the lines
    if ctx.invoked_subcommand != "ask":
        gc.enable()  # see bot.start


cli.add_command(digest)
cli.add_command(article)
cli.add_command(facts)
cli.add_command(bench)
cli.add_command(pack)
for command in (backup, doctor, log2test, restore, unanswered):
    cli.add_command(command)


def _desk(base: Path | None, articles: Path | None = None, *, lasting: bool = False) -> Desk:
    from bot.bases import open_desk

    desk = open_desk(base, articles, say)
    click.get_current_context().call_on_close(desk.base.close)
    if lasting:
        desk.base.warm()
        gc.freeze()  # it stays: no look for garbage has to go through it
    return desk


@cli.command()
@click.argument("text", nargs=-1)
@lang_option
@click.option(
    "--json", "as_json", is_flag=True, help="Print the answer as one line of JSON, sources and reading in it."
)
@click.option(
    "--batch",
    metavar="FILE",
    help='Answer a file of questions, a line each: {"id": "…", "turns": ["…", "…"]}; - reads standard input.',
)
@click.option(
    "--chart",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.png",
    help="Draw the answer's comparable figures into a file; what the picture shows is printed below the answer.",
)
@base_option
@articles_option
@click.pass_context
def ask(  # noqa: PLR0913, PLR0917 -- one parameter for each option
    ctx: click.Context,
    text: tuple[str, ...],
    lang: str | None,
    as_json: bool,
    batch: str | None,
    chart: Path | None,
    base: Path | None,
    articles: Path | None,
) -> None:
    """Answer a question: print the answer, a blank line, its sources.

    TEXT - reads the question from standard input.

    With --batch each line is a new conversation, and its last turn is answered as one line of JSON. A bad line is
    reported on standard error as FILE:LINE: …, and the others are answered.

    Exit status: 0 answered (or small talk), 3 not known or ambiguous, 1 an error, 2 wrong usage; with --batch 0, or 1
    if any line was bad.
    """
    if batch is not None:
        gc.enable()
        if text or chart:
            raise click.UsageError("Give either TEXT or --batch FILE; --chart goes with TEXT.")
        ctx.exit(_batch(batch, _desk_of_batch(batch, base, articles), lang or ""))
    if not text:
        raise click.UsageError('What is the question? For example: modu ask "北京有多少个大模型？"')
    question = sys.stdin.buffer.read().decode("utf-8", "replace") if text == ("-",) else " ".join(text)
    desk = _desk(base, articles)
    if as_json:
        row, _ = desk.json(question, language=lang or "")
        click.echo(_line({"id": "1", **row}))
        status = str(row["status"])
    else:
        from bot.page import chart_text, page

        reply = desk.reply(question, language=lang or "")
        reply = reply._replace(chart_wanted=reply.chart_wanted or chart is not None)
        drawn = desk.chart(reply) if reply.chart_wanted else None
        click.echo(page(reply.answer, chart_text(drawn, reply.answer.language) if reply.chart_wanted else ""))
        if chart and drawn:
            from answers.drawing import draw

            chart.write_bytes(draw(drawn))
        status = reply.answer.status
    ctx.exit(exit_status(status))


def _desk_of_batch(batch: str, base: Path | None, articles: Path | None) -> Desk:
    if batch != "-":
        Path(batch).open("rb").close()  # a wrong name is told before a base is built
    return _desk(base, articles, lasting=True)


def _batch(name: str, desk: Desk, language: str) -> int:
    """Answer the lines of a file; 1 if any was bad."""
    if name == "-":
        return _batch_lines(sys.stdin.buffer, name, desk, language)
    with Path(name).open("rb") as lines:
        return _batch_lines(lines, name, desk, language)


def _batch_lines(lines: Iterable[bytes], name: str, desk: Desk, language: str) -> int:
    from bot.batch import LineError, answer, questions
    from knowledge.errors import BaseError

    status = 0
    for number, question in questions(lines):
        if isinstance(question, LineError):
            click.echo(f"{name}:{number}: {question}", err=True)
            status = 1
            continue
        try:
            row = answer(question, desk, language)
        except BaseError:
            raise
        except Exception as error:
            # a mistake of ours in one question must not cost the answers to the others
            if os.environ.get("MODU_TRACEBACK"):
                raise
            click.echo(f"{name}:{number}: internal error, {type(error).__name__}: {error}", err=True)
            status = 1
            continue
        click.echo(_line(row))
    return status


def _line(row: dict[str, object]) -> str:
    import json

    # JSON stays JSON on a terminal that is not UTF-8
    utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    return json.dumps(row, ensure_ascii=not utf8)


@cli.command()
@click.argument("text", nargs=-1, required=True)
@lang_option
@base_option
def explain(text: tuple[str, ...], lang: str | None, base: Path | None) -> None:
    """Show every step from a question to the decision.

    For TEXT: the folded text, the questions in it, names with their candidates and how they were found, words with
    their tags, clues with their weights, what is asked for, the best findings with their measures, and the answer.
    """
    desk = _desk(base)
    from bot.explanation import explain as steps

    click.echo(steps(" ".join(text), desk, lang or ""))


@cli.command()
@lang_option
@base_option
@articles_option
def chat(lang: str | None, base: Path | None, articles: Path | None) -> None:
    """Chat in the terminal; a pipe is answered a line at a time.

    Follow-ups lean on what was said before. Options are picked by their number. /sources shows the sources of the last
    answer, /lang sets the language, /help shows all.
    """
    from bot.chat import chat as start

    start(_desk(base, articles, lasting=True), lang or "")


@cli.command()
@lang_option
@base_option
@articles_option
def run(lang: str | None, base: Path | None, articles: Path | None) -> None:
    """Run the bot; without a Telegram token, chat in the terminal.

    Settings come from the environment and from a file .env (docs/settings.md). The bot runs until SIGTERM or Ctrl-C;
    what is not done by then stays in the state database, and the next start takes it up.

    Exit status: 0 stopped, 1 an error, 2 a setting is missing or wrong.
    """
    from bot.settings import SettingsError, load, unknown

    try:
        settings = load()
    except SettingsError as error:
        click.echo(sentence(error), err=True)
        click.get_current_context().exit(2)
    for line in unknown():
        say(f"modu: {line}")
    if not articles:
        base = base or settings.base
    articles = articles or (None if base else settings.articles)
    serving = _serving(settings, base, articles)
    click.get_current_context().call_on_close(serving.close)
    if settings.telegram_token:
        _telegram(settings, serving)
        return
    say("modu: no Telegram token, so this is the terminal chat; a token would be given as MODU_TELEGRAM_TOKEN=…")
    from bot.chat import chat as start

    start(serving.desk, lang or "")


def _serving(settings: Settings, base: Path | None, articles: Path | None) -> Serving:
    """What `modu run` answers from; an empty folder of versions gets its first base."""
    from bot.bases import PACK, open_base
    from bot.change import apply, stage
    from bot.facts import user
    from bot.serving import Serving
    from bot.versions import Versions, VersionsError
    from knowledge.errors import BaseError

    if base and base.is_dir():
        versions = Versions(base)
        try:
            return Serving(base)
        except (BaseError, VersionsError) as error:
            # nothing is published yet, or the program is newer than the base
            if settings.pack is None:
                raise
            say(f"modu: {error}; building {settings.pack} …")
        staged = stage(settings.pack, {}, versions, settings.articles)
        apply(settings.pack, {}, versions, staged, user())
        return Serving(base)
    opened = open_base(base, articles, say, settings.pack or PACK)
    opened.close()
    return Serving(opened.path)


def _telegram(settings: Settings, serving: Serving) -> None:

    from bot.telegram.admin import Admin
    from bot.telegram.keeper import Keeper
    from bot.telegram.menus import menus
    from bot.telegram.monitor import Measured, watch
    from bot.telegram.run import run as start
    from bot.telegram.surface import Surface
    from bot.telegram.ticker import Ticker

    pack = settings.pack if serving.versions else None
    admin = Admin(settings.admins, serving.versions, pack)
    surface = Surface(serving.desk, settings.timezone, admin)
    keeper = Keeper(serving, pack, settings.articles, surface)
    start(
        settings,
        lambda _me: Measured(surface),
        menus(serving.desk.base),
        beside=[
            keeper.run,
            lambda state, _api, _sender: watch(state, serving, settings.monitor),
            lambda state, _api, sender: Ticker(state, lambda: surface.desk, sender.look).run(),
        ],
    )
