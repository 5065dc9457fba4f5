"""Answers on a colour terminal. No text is parsed as rich markup: what an article or a user wrote is shown as it is."""

from __future__ import annotations

import re

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from answers.render import plain
from bot.answering import Reply
from bot.page import related, safe, source_lines

_MARKS = re.compile(r"(?:\[\d+\])+(?=\s|$)")
_HEADLINE = re.compile(r"^(?:· )?(.{1,60}?)(?= —— | — )", re.MULTILINE)
_OPTION = re.compile(r"^\d+\. ", re.MULTILINE)


class RichScreen:
    """A terminal of any width; honours NO_COLOR and TERM=dumb."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False, emoji=False, markup=False)

    def note(self, text: str) -> None:
        self._print(Text(safe(text), style="dim"))

    def reply(self, reply: Reply) -> None:
        answer = reply.answer
        text = Text(safe(plain(answer)))
        if answer.status == "answered":
            for match in _HEADLINE.finditer(text.plain):
                text.stylize("bold", *match.span(1))
        if answer.options:
            text.highlight_regex(_OPTION, "bold")
        text.highlight_regex(_MARKS, "dim")
        self._print(text)
        if answer.related:
            self._print(Text(safe(related(answer)), style="dim"))
        self.console.print()

    def sources(self, reply: Reply) -> None:
        for citation, line in source_lines(reply.answer):
            self._print(Text(line))
            if citation.quote:
                self.console.print(Padding(Text(safe(citation.quote), style="italic", overflow="fold"), (0, 0, 0, 4)))
        self.console.print()

    def _print(self, text: Text) -> None:
        # Han text has no blanks to break at: fold it at the edge, by cells
        text.overflow = "fold"
        self.console.print(text)
