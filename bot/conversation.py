"""One conversation: what was said last, the language chosen, and picking an option by its number."""

from __future__ import annotations

from collections.abc import Sequence

from answers.chart import request
from bot.answering import Desk, Reply
from knowledge.finding.outcome import Context

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
        """Answer the next message; the number of an option just offered stands for that option."""
        rest, chart_wanted = request(message)
        if chart_wanted and not rest and self.last:
            self.last = self.last._replace(chart_wanted=True)
            return self.last
        option = picked(message, self.last.answer.options if self.last else ())
        if option and self.last:
            reply = self.desk.reply(about(option), self.context, self.language or self.last.answer.language)
        else:
            reply = self.desk.reply(message, self.context, self.language)
        self.context = reply.outcome.context
        self.last = reply
        return reply


def picked(message: str, options: Sequence[str]) -> str:
    """The option whose number the message is, '' if it is none."""
    text = message.strip().rstrip(".。)）")
    if text.isdecimal() and len(text) <= LONGEST_NUMBER and 1 <= int(text) <= len(options):
        return options[int(text) - 1]
    return ""


def about(option: str) -> str:
    """The follow-up that asks the open question of an option; a bare name would ask what it is."""
    return f"{option}呢"
