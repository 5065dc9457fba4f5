"""Votes on answers, and questions kept for the administrators: what found no answer, what people disliked."""

from __future__ import annotations

from sqlalchemy import Connection, or_

from bot.state import inbox
from bot.state.exchanges import Exchange
from bot.state.rows import put
from bot.state.schema import chats, exchanges, feedback, outbox, questions

KEPT = 90 * 24 * 3600
"""Seconds for which a question that went wrong is kept."""
LONGEST = 400
"""Characters of a question that are kept."""


def vote(connection: Connection, exchange: Exchange, person: str, value: int, reason: str, now: float) -> None:
    """Note what a person thinks of an answer, 1 or -1; the last vote counts."""
    key = {"note": exchange.id, "person": person}
    put(connection, feedback, key, {"vote": value, "reason": reason, "created": now})


def complain(connection: Connection, exchange: Exchange, person: str, reason: str, now: float) -> None:
    """Keep a question whose answer was disliked, with the last reason that a person gives."""
    c = questions.c
    same = (c.kind == "disliked", c.person == person, c.text == exchange.question[:LONGEST])
    connection.execute(questions.delete().where(*same))
    _keep(connection, "disliked", exchange, person, reason, now)


def unanswered(connection: Connection, exchange: Exchange, words: tuple[str, ...], now: float) -> None:
    """Keep a question that found no answer, with the words that nothing explained."""
    _keep(connection, "unanswered", exchange, exchange.person, " ".join(words), now)


def _keep(connection: Connection, kind: str, exchange: Exchange, person: str, detail: str, now: float) -> None:
    connection.execute(
        questions.insert().values(
            kind=kind,
            text=exchange.question[:LONGEST],
            language=exchange.language,
            detail=detail[:LONGEST],
            person=person,
            created=now,
            expires=now + KEPT,
        )
    )


def forget(connection: Connection, person: str, private_chat: int) -> None:
    """Erase what is stored of a person: questions, answers, votes, and all of their private chat."""
    connection.execute(exchanges.delete().where(or_(exchanges.c.person == person, exchanges.c.chat_id == private_chat)))
    connection.execute(questions.delete().where(questions.c.person == person))
    connection.execute(feedback.delete().where(feedback.c.person == person))
    connection.execute(chats.delete().where(chats.c.chat_id == private_chat))
    inbox.forget(connection, private_chat)
    done = outbox.c.state.in_(("sent", "failed", "expired", "uncertain"))
    connection.execute(outbox.delete().where(outbox.c.chat_id == private_chat, done))
