"""Questions that went wrong, as administrators look at them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from bot.state.schema import questions
from bot.unanswered import Asked

_MOST = 2000
"""Of the newest questions that are looked at."""


def unanswered(connection: Connection, now: float) -> list[Asked]:
    """The questions that found no answer, the newest first, without those that were ignored."""
    c = questions.c
    found = select(c.id, c.text, c.language, c.detail, c.created).where(c.kind == "unanswered", c.expires > now)
    return [Asked(*row) for row in connection.execute(found.order_by(c.id.desc()).limit(_MOST))]


def disliked(connection: Connection, now: float) -> list[tuple[float, str, str]]:
    """(when, question, reason) of the answers that were disliked, the newest first."""
    c = questions.c
    found = select(c.created, c.text, c.detail).where(c.kind == "disliked", c.expires > now)
    rows = connection.execute(found.order_by(c.id.desc()).limit(_MOST))
    return [(when, text, reason) for when, text, reason in rows]


def ignore(connection: Connection, ids: Iterable[int]) -> None:
    """Have questions left out from now on."""
    connection.execute(questions.update().where(questions.c.id.in_(list(ids))).values(kind="ignored"))
