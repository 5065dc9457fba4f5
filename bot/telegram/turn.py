"""One thing that a person said or tapped, and the way to answer it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from answers.html import messages, text_of
from bot.answering import Desk
from bot.state.chats import Chat
from bot.telegram.call import Call
from bot.telegram.wording import message
from bot.telegram.work import Work

Keyboard = list[list[dict[str, str]]]
"""Rows of buttons as in the Bot API."""
GENERAL = 1
"""The topic General of a forum: it must not be named when sending."""


LINK = re.compile(r"([af])_([A-Za-z0-9_-]{1,62})")
"""The parameter of a deep link to a fact (f) or an article (a): all that Telegram lets into one."""


@dataclass(slots=True)
class Turn:
    """Who asks, where, and in which language they are spoken to."""

    work: Work
    desk: Desk
    chat: Chat
    person: str
    """Alias of the user; of the group or channel where somebody writes in its name."""
    user_id: int
    language: str
    """Of our own words; answers follow the question unless the chat has set a language."""
    thread: int = 0
    """Topic of a forum, 0 elsewhere."""
    message_id: int | None = None
    """The person's message, to reply to in groups; for a tap, our message with the button."""
    asks: bool = True
    """Whether `message_id` is a question, whose edits edit the answer."""
    edits: bool = False
    """Whether the question was edited, so that its answer is."""

    @property
    def now(self) -> float:
        return self.work.now.timestamp()

    @property
    def private(self) -> bool:
        return self.chat.kind == "private"

    def link(self, sort: str, name: str) -> str:
        """The address that opens a fact (f) or an article (a) in the private chat, '' if its id does not fit in."""
        parameter = f"{sort}_{name}"
        return f"https://t.me/{self.work.me.username}?start={parameter}" if LINK.fullmatch(parameter) else ""

    def say(self, name: str, keyboard: Keyboard | None = None, /, **values: Any) -> None:
        """Post one of our own phrases."""
        self.post(message(name, self.language, **values), keyboard)

    def post(self, blocks: Sequence[str], keyboard: Keyboard | None = None, note: str = "") -> str:
        """Post blocks as one message or as many as they need, buttons below the last; its HTML."""
        parts = messages(blocks)
        for number, html in enumerate(parts, 1):
            payload = text_payload(html, keyboard if number == len(parts) else None)
            if self.edits and number == 1:
                self._send("editMessageText", payload, html, note)
            else:
                self._send("sendMessage", {**payload, **self._place(quotes=bool(note))}, html, note)
        return parts[-1]

    def replace(self, html: str, keyboard: Keyboard | None) -> None:
        """Show something else in our message, where a button was tapped."""
        payload = {**text_payload(html, keyboard), "message_id": self.message_id}
        self.work.send(Call("editMessageText", payload, self.chat.chat_id, plain=text_of(html)))

    def _place(self, *, quotes: bool) -> dict[str, Any]:
        """Topic and message replied to; in a private chat only answers quote their question: they may come in a row."""
        place: dict[str, Any] = {}
        if self.thread and self.thread != GENERAL:
            place["message_thread_id"] = self.thread
        if self.message_id is not None and (not self.private or (quotes and self.asks)):
            place["reply_parameters"] = {"message_id": self.message_id, "allow_sending_without_reply": True}
        return place

    def _send(self, method: str, payload: dict[str, Any], html: str, note: str) -> None:
        question = (self.chat.chat_id, self.message_id) if self.message_id is not None and self.asks else None
        edits = question if method == "editMessageText" else None
        chat = self.chat.chat_id
        self.work.send(
            Call(
                method, payload, chat, answers=None if edits else question, edits=edits, plain=text_of(html), note=note
            )
        )


def text_payload(html: str, keyboard: Keyboard | None) -> dict[str, Any]:
    """What every message of ours has in common."""
    payload: dict[str, Any] = {"text": html, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
    if keyboard is not None:
        payload["reply_markup"] = {"inline_keyboard": keyboard}
    return payload


def button(text: str, *data: str | int) -> dict[str, str]:
    """A button; `data` come back when it is tapped, 64 bytes at most together."""
    return {"text": text, "callback_data": ":".join(map(str, data))}
