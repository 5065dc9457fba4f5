"""The commands `modu digest …`: what chats will get, without sending anything."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from bot.options import base_option, say
from bot.phrases import LANGUAGES


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


def _draw(chart: object, path: Path, language: str) -> None:
    from answers.chart import Chart, phrase
    from answers.drawing import draw

    if isinstance(chart, Chart):
        path.write_bytes(draw(chart))
    else:
        say(phrase("no_chart", language))
