"""A digest as messages of a chat: text, picture and a question to tap, made from what the chat wants."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import escape
from typing import Any

from sqlalchemy import Connection

from answers.digest import Asked, Digest, News, Wish, blocks, digest
from answers.drawing import draw
from answers.fonts import FontError
from answers.html import messages, text_of, units
from bot.answering import Desk
from bot.news import news_since
from bot.state import digests, exchanges
from bot.state.digests import Subscription
from bot.state.exchanges import Exchange
from bot.telegram.call import Call
from bot.telegram.turn import GENERAL, button, text_payload
from bot.topics import as_topics
from knowledge.store.base import Base

CAPTION = 1024
"""UTF-16 units of text below a picture."""
_ASKED = 3


def base_mark(base: Base) -> str:
    """A base's file and the hash of its content: what a subscription remembers of its last digest."""
    return f"{base.path.resolve()} {base.digest}"


def make(connection: Connection, desk: Desk, wanted: Subscription, day: date) -> Digest | None:
    """The digest of a date for a subscription; None where the base holds nothing."""
    base = desk.base
    known = {r.id for r in base.relations}
    asked = [Asked(*row) for row in digests.most_asked(connection, day, 4 * _ASKED) if row[1] in known or not row[1]]
    wish = Wish(
        chat=f"{wanted.chat_id}:{wanted.thread}",
        language=wanted.language,
        topics=as_topics(wanted.topics),
        picture=wanted.picture,
        shown=digests.shown(connection, wanted),
    )
    return digest(base, wish, day, _news(wanted, base), asked)


def _news(wanted: Subscription, base: Base) -> News:
    path, _, digest_of_old = wanted.base.rpartition(" ")
    if not path or digest_of_old == base.digest:
        return News()
    return news_since(path, digest_of_old, base, wanted.language)


def calls(
    connection: Connection,
    made: Digest,
    wanted: Subscription,
    now: float,
    *,
    say: Callable[[str], None] = lambda _: None,
    **more: Any,
) -> list[Call]:
    """The requests that post a digest: one message where all fits below the picture, else picture and text.

    `more` are fields of Call; `say` is told why there is no picture.
    """
    parts = blocks(made)
    keyboard = _keyboard(connection, made, wanted, now)
    place: dict[str, Any] = {"disable_notification": True} if wanted.silent else {}
    if wanted.thread and wanted.thread != GENERAL:
        place["message_thread_id"] = wanted.thread
    found = []
    picture = _picture(connection, made, now, say)
    texts = messages(parts)
    if picture:
        whole = len(texts) == 1 and units(texts[0]) <= CAPTION
        caption = texts.pop(0) if whole else _short(made)
        payload = {"photo": f"attach://{picture}", "caption": caption, "parse_mode": "HTML", **place}
        if whole and keyboard:
            payload["reply_markup"] = {"inline_keyboard": keyboard}
        found.append(Call("sendPhoto", payload, wanted.chat_id, plain=text_of(caption), **more))
    for n, text in enumerate(texts, 1):
        payload = {**text_payload(text, keyboard if n == len(texts) and keyboard else None), **place}
        found.append(Call("sendMessage", payload, wanted.chat_id, plain=text_of(text), **more))
    return found


def _short(made: Digest) -> str:
    """What stands below a picture whose digest follows it: the picture in words."""
    parts = messages([blocks(made)[0], escape(made.chart.alternative if made.chart else "")], CAPTION)
    return parts[0]


def _picture(connection: Connection, made: Digest, now: float, say: Callable[[str], None]) -> str:
    """The name of the chart's picture, '' if there is none."""
    if made.chart is None:
        return ""
    try:
        body = draw(made.chart)
    except FontError as error:
        say(str(error))
        return ""
    return digests.keep_picture(connection, body, now)


def _keyboard(connection: Connection, made: Digest, wanted: Subscription, now: float) -> list[list[dict[str, str]]]:
    """A button that asks the digest's question."""
    if not made.question:
        return []
    kept = Exchange(
        wanted.chat_id,
        wanted.thread,
        "",
        made.language,
        "",
        data={"questions": [made.question]},
        created=now,
        id=exchanges.new_id(),
    )
    exchanges.keep(connection, kept)
    return [[button(made.question, "x", kept.id, "q", 0)]]
