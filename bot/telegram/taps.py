"""Taps on buttons: every one is answered, with a notice if nothing else."""

from __future__ import annotations

from typing import Any

from telegram import CallbackQuery

from answers.html import messages
from bot.state import exchanges, feedback
from bot.state.exchanges import Exchange
from bot.telegram import commands, picturing, settings, subscribing
from bot.telegram.asking import answer_keyboard, ask, facts, page, sources
from bot.telegram.call import Call
from bot.telegram.turn import Turn, button
from bot.telegram.wording import label, message

LIFE = 150.0
"""Seconds for which a tap can be answered."""
REASONS = ("wrong", "old", "missed", "unclear")
_OWN = frozenset({"o", "m", "l"})
"""What only the asker may do: pick an option, turn pages."""


async def tap(turn: Turn, query: CallbackQuery) -> None:
    """Do what a button stands for; `turn.message_id` is the message that it belongs to."""
    kind, *rest = (query.data or "").split(":")
    if kind == "x" and len(rest) in (2, 3):
        notice = _exchange(turn, *rest)
    elif kind in {"set", "lang"} and not turn.private and not await _may_set(turn):
        notice = label("only_admins", turn.language)
    elif kind == "set" and len(rest) == 2 and settings.change(turn, *rest):
        notice = _shown(turn, settings.html(turn), settings.keyboard(turn))
    elif kind == "lang" and len(rest) == 1 and settings.change(turn, "language", rest[0]):
        name = label("language", turn.language, code=rest[0])
        notice = _shown(turn, "\n".join(message("lang_set", turn.language, name=name)), None)
    elif kind == "d" and len(rest) in (2, 3):
        notice = await subscribing.tap(turn, *rest)
    elif kind == "forget" and len(rest) == 2:
        notice = _forget(turn, *rest)
    else:
        notice = label("expired", turn.language)
    answer(turn, query, notice)


def answer(turn: Turn, query: CallbackQuery, notice: str) -> None:
    """Answer a tap: the button stops waiting, and shows the notice if there is one."""
    payload: dict[str, Any] = {"callback_query_id": query.id, **({"text": notice} if notice else {})}
    turn.work.send(Call("answerCallbackQuery", payload, expires=turn.work.received.timestamp() + LIFE))


async def _may_set(turn: Turn) -> bool:
    return await settings.is_admin(turn.work, turn.chat.chat_id, turn.user_id)


def _shown(turn: Turn, html: str, keyboard: Any) -> str:
    turn.replace(html, keyboard)
    return ""


def _forget(turn: Turn, choice: str, person: str) -> str:
    if person != turn.person:
        return label("not_yours", turn.language)
    if choice == "yes":
        private_chat = turn.chat.chat_id if turn.private else turn.user_id
        feedback.forget(turn.work.connection, turn.person, private_chat)
    name = "forgotten" if choice == "yes" else "not_forgotten"
    return _shown(turn, "\n".join(message(name, turn.language)), None)


def _exchange(turn: Turn, note: str, action: str, number: str = "0") -> str:
    """Do what a button below an answer or a list stands for; the notice to show."""
    found = exchanges.find(turn.work.connection, note, turn.now)
    if not found or found.chat_id != turn.chat.chat_id or not number.isdecimal() or len(number) > 3:
        return label("expired", turn.language)
    turn.thread = found.thread
    # who wrote in the name of the chat can't be told from others who tap
    if action in _OWN and found.person not in {turn.person, turn.work.alias(turn.chat.chat_id)}:
        return label("not_yours", turn.language)
    n = int(number)
    if action in {"u", "d", "w"}:
        return _vote(turn, found, action, n)
    if action == "m":
        return _page(turn, found, n)
    if action == "s":
        return _posted(turn, sources(turn, found.data["facts"], found.language))
    if action == "g":
        return "" if picturing.show(turn, found) else label("expired", turn.language)
    if action == "l":
        row = next((row for row in turn.desk.base.lists if row.command == found.data.get("list")), None)
        if row:
            commands.list_page(turn, row, n, found)
        return "" if row else label("expired", turn.language)
    chosen = _chosen(
        found, {"o": "options", "q": "questions", "r": "related", "n": "names", "a": "articles"}.get(action), n
    )
    if not chosen:
        return label("expired", turn.language)
    if action == "r":
        return _posted(turn, facts(turn, [chosen], found.language))
    if action == "a":
        commands.article(turn, chosen)
    elif action == "o":
        ask(turn, f"{found.question} {chosen}", found, chosen, tapped=True)
    else:
        ask(turn, chosen, tapped=True, fact=_chosen(found, "made_from", n) if action == "q" else "")
    return ""


def _chosen(found: Exchange, name: str | None, n: int) -> str:
    values = found.data.get(name or "", ())
    return str(values[n]) if n < len(values) else ""


def _posted(turn: Turn, blocks: list[str]) -> str:
    if not blocks:
        return label("expired", turn.language)
    turn.post(blocks)
    return ""


def _page(turn: Turn, found: Exchange, n: int) -> str:
    """Turn to a page of an answer; page 0 is the answer itself."""
    if n == 0:
        return _shown(turn, found.data["shown"], answer_keyboard(turn, found))
    blocks, keyboard = page(turn, found, n)
    if not blocks:
        return label("expired", turn.language)
    return _shown(turn, messages(blocks)[0], keyboard)


def _vote(turn: Turn, found: Exchange, action: str, n: int) -> str:
    """Note a vote. Who asked is offered reasons in place of the buttons; others only vote."""
    connection, mine = turn.work.connection, found.person == turn.person
    if action == "w" and n < len(REASONS):
        feedback.vote(connection, found, turn.person, -1, REASONS[n], turn.now)
        feedback.complain(connection, found, turn.person, REASONS[n], turn.now)
        _keyboard(turn, answer_keyboard(turn, found))
        return label("noted", found.language)
    feedback.vote(connection, found, turn.person, 1 if action == "u" else -1, "", turn.now)
    if action == "u" or not mine:
        return label("thanks", found.language)
    reasons = [button(label("reason", found.language, name=r), "x", found.id, "w", i) for i, r in enumerate(REASONS)]
    _keyboard(turn, [reasons[:2], reasons[2:]])
    return label("tell_why", found.language)


def _keyboard(turn: Turn, keyboard: Any) -> None:
    """Show other buttons below the message."""
    payload = {"message_id": turn.message_id, "reply_markup": {"inline_keyboard": keyboard or []}}
    turn.work.send(Call("editMessageReplyMarkup", payload, turn.chat.chat_id))
