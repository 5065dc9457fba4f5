"""The commands `modu digest …`: what chats will get, without sending anything."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from bot.options import base_option, say
from bot.phrases import LANGUAGES

if TYPE_CHECKING:
    from bot.state.digests import Subscription

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@click.group()
def digest() -> None:
    """Preview the digests that chats subscribe to, and list the subscriptions."""


@digest.command()
@click.option(
    "--lang", type=click.Choice(LANGUAGES), default="zh-Hans", show_default=True, help="Language of the digest."
)
@click.option(
    "--since", type=click.Path(path_type=Path), metavar="OLD", help="Base of the last digest: tell what is new."
)
@click.option("--topic", "topics", multiple=True, metavar="NAME", help="A name, a kind or a measure; can be repeated.")
@click.option("--chat", default="preview", show_default=True, metavar="NAME", help="Another chat sees another order.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day of the digest. Default: today.")
@click.option("--days", type=click.IntRange(1, 366), default=1, show_default=True, help="So many digests in a row.")
@click.option(
    "--picture", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.png", help="Draw the picture."
)
@base_option
def preview(  # noqa: PLR0913, PLR0917 -- one parameter for each option
    lang: str,
    since: Path | None,
    topics: tuple[str, ...],
    chat: str,
    day: datetime | None,
    days: int,
    picture: Path | None,
    base: Path | None,
) -> None:
    """Print the digest of a chat that has seen nothing yet.

    The same base, chat and date give the same digest. With --days it goes on as if each was sent; --picture keeps the
    picture of the last one.
    """
    from datetime import timedelta

    from answers.digest import News, Wish, plain
    from answers.digest import digest as make
    from bot.bases import open_base
    from bot.news import news
    from bot.page import safe
    from bot.topics import find_topics

    opened = open_base(base, None, say)
    click.get_current_context().call_on_close(opened.close)
    wanted = find_topics(topics, opened)
    first = (day or datetime.now(UTC)).date()
    told = news(since, opened, lang) if since else News()
    shown: tuple[str, ...] = ()
    for n in range(days):
        wish = Wish(chat, lang, wanted, shown=shown)
        made = make(opened, wish, first + timedelta(n), told if n == 0 else News())
        if made is None:
            raise click.ClickException("the base holds nothing to tell")
        click.echo(f"{safe(plain(made))}\n" if n < days - 1 else safe(plain(made)))
        shown = (*shown, made.key)
        if picture and n == days - 1:
            _draw(made.chart, picture, lang)


@digest.command(name="list")
def list_() -> None:
    """List the chats that get digests: when, what about, the next one, and what became of the last days.

    Reads the state database that DATABASE_URL names, as `modu run` does.
    """
    from bot.settings import load
    from bot.state import digests
    from bot.state.database import State

    state = State(load().database_url.get_secret_value(), alone=False)
    try:
        found = digests.listed(state.connection)
        for one in found:
            click.echo(_told(one, digests.lately(state.connection, one)))
        if not found:
            say("no chat has subscribed; in a chat with the bot, its administrators send /digest")
    finally:
        state.close()


def _told(one: Subscription, lately: list[tuple[str, str]]) -> str:
    """A subscription as a paragraph."""
    weekday = f" ({_WEEKDAYS[one.weekday]})" if one.days == "weekly" else ""
    coming = "paused"
    if one.due is not None:
        coming = f"next {datetime.fromtimestamp(one.due, ZoneInfo(one.zone)):%Y-%m-%d %H:%M}"
    wants = [name for name in ("picture", "silent", "pinned") if getattr(one, name)]
    topic = f", topic {one.thread}" if one.thread else ""
    return "\n".join(
        [
            f"{one.chat_id}{topic}: {one.days}{weekday} {one.at} {one.zone}, {coming}",
            f"    {', '.join([one.language, *wants])}; about {', '.join(t.name for t in one.topics) or 'everything'}",
            *([f"    lately {', '.join(f'{day} {state}' for day, state in lately)}"] if lately else []),
        ]
    )


def _draw(chart: object, path: Path, language: str) -> None:
    from answers.chart import Chart, phrase
    from answers.drawing import draw

    if isinstance(chart, Chart):
        path.write_bytes(draw(chart))
    else:
        say(phrase("no_chart", language))
