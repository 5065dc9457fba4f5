"""One conversation: what was said last, the language chosen, and picking an option by its number."""

from __future__ import annotations

from bot.answering import Desk, Reply
from knowledge.outcome import Context

LONGEST_NUMBER = 2
"""Digits of an option's number; a longer number is a question of its own."""


class Conversation:
    """The turns of one person with one base; every surface keeps one for each chat, topic and user."""

    def __init__(self, desk: Desk, language: str = "") -> None:
        self.desk = desk
        self.language = language
        """zh-Hans, zh-Hant or en; '' follows each question."""
        self.context = Context()
        self.last: Reply | None = None

    def say(self, message: str) -> Reply:
        """Answer the next message."""
        reply = self.desk.reply(self.picked(message), self.context, self.language)
        self.context = reply.outcome.context
        self.last = reply
        return reply

    def picked(self, message: str) -> str:
        """The name of the option whose number the message is, else the message itself."""
        options = self.last.answer.options if self.last else ()
        text = message.strip().rstrip(".。)）")
        if options and text.isdecimal() and len(text) <= LONGEST_NUMBER and 1 <= int(text) <= len(options):
            return options[int(text) - 1]
        return message
