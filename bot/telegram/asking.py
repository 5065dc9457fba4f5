"""A question and its answer in a chat: context, answer, buttons, and what is kept of them."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial
from typing import Any

from answers.compose import Answer, compose
from answers.html import blocks, compact, source_blocks
from bot.answering import Reply, undecided
from bot.conversation import about, picked
from bot.memory import dumped, loaded
from bot.state import digests, exchanges, feedback
from bot.state.exchanges import Exchange
from bot.suggest import suggest
from bot.telegram import metrics, picturing
from bot.telegram.call import Call
from bot.telegram.turn import Keyboard, Turn, button
from bot.telegram.wording import label
from knowledge.finding.outcome import Outcome, Part
from knowledge.reading.reading import Reading
from knowledge.store.base import Base

PAGE = 5
"""Facts on a further page of an answer."""
_PAGES = 8
WIDE = 14
"""Characters from which an option's button has a row of its own."""
_log = logging.getLogger("modu.telegram")
_LATE_EDIT = 10 * 60
"""Seconds within which an edited question is answered anew."""


def ask(
    turn: Turn,
    question: str,
    before: Exchange | None = None,
    option: str = "",
    *,
    tapped: bool = False,
    fact: str = "",
) -> None:
    """Answer a question in its chat.

    `before` is the exchange that it leans on, `option` the one picked of those that it offered. A question that was
    `tapped` stands above its answer, as nobody wrote it; it may have been made from the `fact` with this id.
    """
    old = _begun(turn)
    if turn.edits and old is None:
        turn.edits = False  # its first wording was not for us
    if old and old.question == question:
        return
    raw = old.data.get("before", "") if old else before.context if before else ""
    context = loaded(raw, turn.desk.base)
    if before and not option and not tapped:
        option = picked(question, before.data.get("options", ()))
    language = turn.chat.language or (before.language if before and option else "")
    if not language and undecided(question, turn.language):
        language = turn.language
    reply = turn.desk.reply(about(option) if option else question, context, language)
    number = turn.desk.base.fact_number(fact) if fact and reply.answer.status != "answered" else None
    if number is not None:
        reply = turn.desk.stated(question, turn.desk.base.fact(number), language)
    note = old.id if old else exchanges.new_id()
    exchange = Exchange(
        chat_id=turn.chat.chat_id,
        thread=turn.thread,
        person=turn.person,
        language=reply.answer.language,
        question=question,
        context=dumped(reply.outcome.context, turn.desk.base),
        message_id=turn.message_id if turn.asks else None,
        data=_data(question, reply, turn) | {"before": raw},
        created=turn.now,
        id=note,
    )
    if old and turn.message_id is not None:
        # the first message of the answer is edited; what it needed beyond that no longer holds
        for further in exchanges.further_messages(turn.work.connection, turn.chat.chat_id, turn.message_id):
            turn.work.send(Call("deleteMessage", {"message_id": further}, turn.chat.chat_id))
    html = turn.post(compact(reply.answer, question if tapped else ""), answer_keyboard(turn, exchange), note)
    exchanges.keep(turn.work.connection, replace(exchange, data={**exchange.data, "shown": html}), new=old is None)
    if reply.chart_wanted and not turn.edits:
        picturing.post(turn, turn.desk.chart(reply), note, reply.answer.language)
    _count(turn, reply)
    if reply.answer.status == "unknown" and not reply.answer.smalltalk:
        feedback.unanswered(turn.work.connection, exchange, reply.answer.unknown, turn.now)


def _count(turn: Turn, reply: Reply) -> None:
    """Count an answer, and what was asked about for the digests; log it without anybody's words."""
    intent = next((part.kind for part in reply.outcome.parts), reply.answer.smalltalk)
    metrics.QUESTIONS.labels(reply.answer.status, intent).inc()
    metrics.ANSWER.observe(reply.took_us / 1e6)
    found = {"status": reply.answer.status, "intent": intent, "took_us": reply.took_us, "person": turn.person[:8]}
    _log.info("answered", extra=found)
    if reply.answer.status == "answered" and reply.outcome.parts and reply.outcome.parts[0].facts:
        fact, base = reply.outcome.parts[0].facts[0], turn.desk.base
        named = [e for e in sorted(reply.outcome.parts[0].named) if not base.entity(e).generic and e in fact.entities]
        entity = base.entity(named[0] if named else fact.subject)
        relation = base.relations[fact.relation].id
        digests.count_question(turn.work.connection, turn.work.now.date(), entity.id, relation)


def _begun(turn: Turn) -> Exchange | None:
    """The exchange that this very message began before it was edited."""
    if turn.message_id is None or not turn.asks or not turn.edits:
        return None
    return exchanges.asked_by(turn.work.connection, turn.chat.chat_id, turn.message_id, turn.now)


def _data(question: str, reply: Reply, turn: Turn) -> dict[str, Any]:
    """What the buttons below an answer lead to."""
    answer, next_ = reply.answer, suggest(question, reply, turn.desk)
    return {
        "status": answer.status,
        "options": list(answer.options),
        "questions": [suggestion.text for suggestion in next_],
        "made_from": [suggestion.fact.id if suggestion.fact else "" for suggestion in next_],
        "related": [fact for fact, _ in answer.related] if answer.status == "unknown" else [],
        "more": _more(reply, turn.desk.base),
        "facts": list(answer.facts),
        "chart": [] if reply.chart_wanted else picturing.figures(reply, turn.desk),
        "intent": next((part.kind for part in reply.outcome.parts), ""),
        "took_us": reply.took_us,
    }


def _more(reply: Reply, base: Base) -> list[str]:
    """Ids of the facts that belong to an answer and did not fit: the list's others, or the rest of a card."""
    if reply.answer.status != "answered":
        return []
    found = [f for part in reply.outcome.parts for f in part.facts]
    found += map(base.fact, reply.outcome.context.rest)
    for part in reply.outcome.parts:
        if part.kind == "card" and len(part.named) == 1:
            thing = next(iter(part.named))
            found += sorted(map(base.fact, base.facts_of(thing)), key=lambda f: f.subject != thing)
    shown = _shown(reply)
    return list(dict.fromkeys(f.id for f in found if f.id not in shown))[: PAGE * _PAGES]


def _shown(reply: Reply) -> set[str]:
    """Ids of the facts that stand in the answer."""
    shown: set[str] = set()
    for part, block in zip(reply.outcome.parts, reply.answer.blocks, strict=True):
        shown.update(f.id for f in part.facts[: len(block.lines)])
        shown.update(f.id for f in part.others[: len(block.others)])
    return shown


def answer_keyboard(turn: Turn, exchange: Exchange) -> Keyboard | None:
    """The buttons below an answer, None where the chat wants none or there are none."""
    if not turn.chat.buttons:
        return None
    data, language = exchange.data, exchange.language
    options = [button(name, "x", exchange.id, "o", n) for n, name in enumerate(data["options"])]
    rows: Keyboard = _in_rows(options)
    related = [button(str(n + 1), "x", exchange.id, "r", n) for n in range(len(data["related"]))]
    rows += [related] if related else []
    rows += [[button(text, "x", exchange.id, "q", n)] for n, text in enumerate(data["questions"])]
    last = []
    if data["more"]:
        last.append(button(label("more", language), "x", exchange.id, "m", 1))
    if data["status"] == "answered":
        last.append(button(label("sources", language), "x", exchange.id, "s"))
        if data.get("chart"):
            last.append(button("📊", "x", exchange.id, "g"))
        last += [button("👍", "x", exchange.id, "u"), button("👎", "x", exchange.id, "d")]
    return [*rows, last] if last else rows or None


def _in_rows(buttons: list[dict[str, str]]) -> Keyboard:
    """Two in a row where both are short."""
    rows: Keyboard = []
    for one in buttons:
        if rows and len(rows[-1]) == 1 and len(one["text"]) < WIDE and len(rows[-1][0]["text"]) < WIDE:
            rows[-1].append(one)
        else:
            rows.append([one])
    return rows


def page(turn: Turn, exchange: Exchange, number: int) -> tuple[list[str], Keyboard]:
    """A further page of an answer, from 1, and the buttons to turn."""
    ids = exchange.data["more"][(number - 1) * PAGE : number * PAGE]
    turning = [button(label("back", exchange.language), "x", exchange.id, "m", number - 1)]
    if exchange.data["more"][number * PAGE :]:
        turning.append(button(label("more", exchange.language), "x", exchange.id, "m", number + 1))
    return facts(turn, ids, exchange.language), [turning]


def facts(turn: Turn, ids: list[str], language: str) -> list[str]:
    """Facts with their sources as blocks, those that the base still has; an empty list if none."""
    answer = _stated(turn, ids, language)
    return blocks(answer) if answer.blocks else []


def sources(turn: Turn, ids: list[str], language: str) -> list[str]:
    """The sources of facts as blocks; an empty list if the base has none of the facts any more."""
    return source_blocks(_stated(turn, ids, language), turn.desk.base, partial(turn.link, "a"))


def _stated(turn: Turn, ids: list[str], language: str) -> Answer:
    """Facts as the answer to a question that asked for just them."""
    base = turn.desk.base
    rows = tuple(base.fact(n) for n in map(base.fact_number, ids) if n is not None)
    parts = (Part("facts", rows),) if rows else ()
    return compose(Outcome("answered", Reading(""), parts), base, language)


def too_late(asked: float, edited: float) -> bool:
    """Whether a question was edited so long after it was asked that its answer stays as it is."""
    return edited - asked > _LATE_EDIT
