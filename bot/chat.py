"""The terminal chat: a prompt with history where there is a terminal, else a question a line."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from bot.answering import Desk, Reply
from bot.bases import user_folder
from bot.conversation import Conversation
from bot.page import chart_text, page, safe, source_lines
from bot.phrases import LANGUAGES, language_of_terminal, phrase

if TYPE_CHECKING:
    from prompt_toolkit.history import History

PROMPT = "› "
_SOURCES = frozenset({"/sources", "/source", "来源", "來源", "出处", "出處"})
_QUIT = frozenset({"/quit", "/exit", "/q"})


class Screen(Protocol):
    """Where a chat writes."""

    def note(self, text: str) -> None:
        """Say something that is no answer."""

    def reply(self, reply: Reply) -> None:
        """Show an answer."""

    def sources(self, reply: Reply) -> None:
        """Show the sources of an answer, quoted where the base has the texts."""


class PlainScreen:
    """For pipes and files: the answer, a blank line, its sources, a blank line."""

    def note(self, text: str) -> None:
        """Notes go to standard error, so that standard output holds answers alone."""
        sys.stderr.write(f"{safe(text)}\n")

    def reply(self, reply: Reply) -> None:
        sys.stdout.write(f"{page(reply.answer)}\n\n")
        sys.stdout.flush()

    def sources(self, reply: Reply) -> None:
        for citation, line in source_lines(reply.answer):
            quote = f"\n    {safe(citation.quote)}" if citation.quote else ""
            sys.stdout.write(f"{line}{quote}\n")
        sys.stdout.write("\n")
        sys.stdout.flush()


class Chat:
    """Reads what a person types: questions go to the conversation, commands are done here."""

    def __init__(self, desk: Desk, screen: Screen, language: str = "") -> None:
        self.conversation = Conversation(desk, language)
        self.screen = screen

    @property
    def language(self) -> str:
        """In which notes are worded: as set, else that of the last answer, else that of the environment."""
        last = self.conversation.last
        return self.conversation.language or (last.answer.language if last else language_of_terminal())

    def welcome(self) -> None:
        title = self.conversation.desk.base.caption.title(self.language)
        self.screen.note(phrase("welcome", self.language, title=title))

    def handle(self, line: str) -> bool:
        """Do what a line asks for; False ends the chat."""
        text = line.strip()
        if not text:
            return True
        if text in _QUIT:
            return False
        if text in _SOURCES:
            self.show_sources()
        elif text == "/lang" or text.startswith("/lang "):
            self.set_language(text.removeprefix("/lang").strip())
        elif text in {"/help", "/?"}:
            self.screen.note(phrase("help", self.language))
        elif text.startswith("/") and text[1:].isascii() and text[1:].isalpha():
            self.screen.note(phrase("unknown_command", self.language, command=text))
        else:
            reply = self.conversation.say(text)
            self.screen.reply(reply)
            if reply.chart_wanted:
                self.screen.note(chart_text(self.conversation.desk.chart(reply), reply.answer.language))
        return True

    def show_sources(self) -> None:
        last = self.conversation.last
        if last and last.answer.citations:
            self.screen.sources(last)
        else:
            self.screen.note(phrase("no_sources", self.language))

    def set_language(self, wanted: str) -> None:
        if wanted not in {*LANGUAGES, "auto"}:
            self.screen.note(phrase("lang_usage", self.language))
            return
        self.conversation.language = "" if wanted == "auto" else wanted
        shown = phrase("auto", self.language) if wanted == "auto" else wanted
        self.screen.note(phrase("lang", self.language, language=shown))


def chat(desk: Desk, language: str = "") -> None:
    """Chat until the input ends: with a prompt if both ends are a terminal, else a line at a time."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        _interactive(desk, language)
    else:
        session = Chat(desk, PlainScreen(), language)
        for line in _lines(sys.stdin.buffer):
            if not session.handle(line):
                break


def _lines(stream: BinaryIO) -> Iterator[str]:
    """The lines of a pipe as they come; what is no UTF-8 is shown as such, never fatal."""
    for raw in stream:
        yield raw.decode("utf-8-sig", "replace")


def _interactive(desk: Desk, language: str) -> None:
    # a pipe needs neither of them, and both take their time to import
    from prompt_toolkit import PromptSession

    from bot.screen import RichScreen

    session = Chat(desk, RichScreen(), language)
    prompt: PromptSession[str] = PromptSession(PROMPT, history=_history(), enable_suspend=True)
    session.welcome()
    while True:
        try:
            line = prompt.prompt()
        except KeyboardInterrupt:
            continue  # Ctrl-C drops the line, as in a shell; Ctrl-D leaves
        except EOFError:
            break
        if not session.handle(line):
            break
    session.screen.note(phrase("bye", session.language))


def _history() -> History:
    """The history file, readable by its owner alone; in memory where it can't be written."""
    from prompt_toolkit.history import FileHistory, InMemoryHistory

    path = history_path()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
        path.chmod(0o600)
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(path))


def history_path() -> Path:
    """Where questions typed into the chat are kept."""
    return user_folder("XDG_STATE_HOME", ".local/state") / "history"
