"""Settings of a chat: language, buttons, mentions, who may ask. In groups they are the administrators' to change."""

from __future__ import annotations

from telegram import Message
from telegram.error import TelegramError

from answers.phrasing import LANGUAGES
from bot.state import chats
from bot.telegram.addressed import ANONYMOUS
from bot.telegram.turn import Keyboard, Turn, button
from bot.telegram.wording import label, message
from bot.telegram.work import Work

CODES = ("", *LANGUAGES)
"""Languages to choose from; '' follows each question."""
_VALUES: dict[str, dict[str, str | bool]] = {
    "language": {code: code for code in CODES},
    "buttons": {"1": True, "0": False},
    "mention": {"1": True, "0": False},
    "who": {"all": "all", "admins": "admins"},
}
"""Field of a chat → what a button carries → its value."""


def anonymous(said: Message) -> bool:
    """Whether an administrator writes in the group's own name."""
    author, sender = said.from_user, said.sender_chat
    return bool(sender and sender.id == said.chat.id and (author is None or author.id == ANONYMOUS))


async def is_admin(work: Work, chat_id: int, user_id: int) -> bool:
    """Whether a user is an administrator of a chat; not, where Telegram does not say so."""
    try:
        member = await work.query("getChatMember", chat_id=chat_id, user_id=user_id)
    except TelegramError:
        return False
    status = member.get("status") if isinstance(member, dict) else getattr(member, "status", "")
    return status in {"creator", "administrator"}


def show(turn: Turn) -> None:
    """The settings, with buttons that change them."""
    turn.say("settings", keyboard(turn), **_values(turn))


def ask_language(turn: Turn, wanted: str) -> None:
    """Set the language that /lang names, else offer all."""
    code = next((c for c in LANGUAGES if c.casefold() == wanted.casefold()), "")
    if code:
        change(turn, "language", code)
        turn.say("lang_set", name=label("language", turn.language, code=code))
    else:
        turn.say("lang_ask", [[button(label("language", turn.language, code=c), "lang", c)] for c in CODES])


def change(turn: Turn, field: str, raw: str) -> bool:
    """Change a setting to what a button carries; False if there is no such value."""
    values = _VALUES.get(field, {})
    if raw not in values:
        return False
    turn.chat = chats.change(turn.work.connection, turn.chat, turn.now, **{field: values[raw]})
    if field == "language" and raw:
        turn.language = raw
    return True


def html(turn: Turn) -> str:
    """The settings as the message shows them."""
    return "\n".join(message("settings", turn.language, **_values(turn)))


def keyboard(turn: Turn) -> Keyboard:
    """A row for the languages and one for each switch; a button carries the value that it would set."""
    chat, language = turn.chat, turn.language
    codes = [button(("✓ " if c == chat.language else "") + label("language", language, code=c), "set", "language", c)
             for c in CODES]  # fmt: skip
    rows: Keyboard = [codes[:2], codes[2:]]
    rows.append([button(label("switch_buttons", language, on=chat.buttons), "set", "buttons", int(not chat.buttons))])
    if not turn.private:
        admins = chat.who == "admins"
        who = label("switch_who", language, admins=admins)
        rows.append(
            [button(label("switch_mention", language, on=chat.mention), "set", "mention", int(not chat.mention))]
        )
        rows.append([button(who, "set", "who", "all" if admins else "admins")])
    return rows


def _values(turn: Turn) -> dict[str, object]:
    chat = turn.chat
    return {
        "language": label("language", turn.language, code=chat.language),
        "buttons": chat.buttons,
        "mention": chat.mention,
        "admins": chat.who == "admins",
        "private": turn.private,
    }
