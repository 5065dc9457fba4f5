"""Inline mode: the answer to what somebody types behind the bot's name in any chat, and what to ask next."""

from __future__ import annotations

import hashlib
from typing import Any

from telegram import InlineQuery

from answers.html import clean, compact, messages, text_of
from answers.render import plain
from bot.answering import Desk, Reply, undecided
from bot.conversation import about
from bot.state import chats
from bot.suggest import suggestions
from bot.telegram.call import Call
from bot.telegram.turn import text_payload
from bot.telegram.wording import label
from bot.telegram.work import Work

LIFE = 30.0
"""Seconds for which an inline query can be answered."""
CACHED = 10
"""Seconds for which Telegram may give the same results again: a reloaded base shows soon."""
MOST = 50
_SHOWN = 200
"""Characters of a result's description."""


def answer(work: Work, desk: Desk, query: InlineQuery, language: str) -> None:
    """Answer an inline query unless it is too old: the answer first, then related questions with theirs."""
    if (work.now - work.received).total_seconds() > LIFE:
        return
    known = chats.chat(work.connection, query.from_user.id)
    question = query.query.strip()
    chosen = known.language or (language if undecided(question, language) else "")
    results = _results(desk, question, chosen, language)[:MOST]
    payload = {
        "inline_query_id": query.id,
        "results": results,
        "cache_time": CACHED,
        "is_personal": True,
    }
    work.send(Call("answerInlineQuery", payload, expires=work.received.timestamp() + LIFE))


def _results(desk: Desk, question: str, chosen: str, spoken: str) -> list[dict[str, Any]]:
    if not question:
        asked = desk.base.caption.examples_in(chosen or spoken)
        return [_result(desk, text, desk.reply(text, language=chosen)) for text in asked]
    reply = desk.reply(question, language=chosen)
    if reply.answer.status == "smalltalk":
        return []
    if reply.answer.status == "ambiguous":
        context, language = reply.outcome.context, reply.answer.language
        meant = [(f"{question} {o}", desk.reply(about(o), context, language)) for o in reply.answer.options]
        return [_result(desk, text, other) for text, other in meant if other.answer.status == "answered"]
    found = [_result(desk, question, reply)]
    for text in suggestions(question, reply, desk):
        other = desk.reply(text, language=reply.answer.language)
        if other.answer.status == "answered":
            found.append(_result(desk, text, other))
    return found


def _result(desk: Desk, question: str, reply: Reply) -> dict[str, Any]:
    """One answer as an article; its id changes with the base, so that no cache shows what an older one said."""
    answer = reply.answer
    content = text_payload(messages(compact(answer, question[:_SHOWN]))[0], None)
    title = question
    if answer.status != "answered":
        title = label("inline_unknown", answer.language)
    key = f"{desk.base.digest}\n{answer.language}\n{question}"
    return {
        "type": "article",
        "id": hashlib.sha256(key.encode()).hexdigest()[:32],
        "title": clean(title)[:_SHOWN],
        "description": clean(plain(answer).replace("\n", " "))[:_SHOWN] or text_of(content["text"])[:_SHOWN],
        "input_message_content": {
            "message_text": content["text"],
            "parse_mode": content["parse_mode"],
            "link_preview_options": content["link_preview_options"],
        },
    }
