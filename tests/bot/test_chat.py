"""The terminal chat: through a pipe, and through a pseudo-terminal as a person sees it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import stat
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from click.testing import Result
from rich.cells import cell_len

from bot.answering import Desk
from bot.conversation import Conversation, picked

Modu = Callable[..., Result]

ROOT = Path(__file__).parents[2]
KNOWN = "冰舌小屋有多少张床？"
AMBIGUOUS = "海拔多少？"


# --- the conversation


def test_conversation_picks_an_option_by_its_number(desk: Desk) -> None:
    talk = Conversation(desk)
    options = talk.say(AMBIGUOUS).answer.options
    place = options.index("冰舌小屋") + 1
    reply = talk.say(f" {place}. ")
    assert reply.answer.facts == ("s6a",)


@pytest.mark.parametrize("number", ["0", "9", "-1", "123", "1x", "②", ""])
def test_conversation_takes_no_other_number_for_an_option(desk: Desk, number: str) -> None:
    options = desk.reply(AMBIGUOUS).answer.options
    assert picked(number, options) == ""


def test_conversation_keeps_the_language_of_the_question_when_picking(desk: Desk) -> None:
    talk = Conversation(desk)
    assert talk.say("How high is the hut?").answer.status == "ambiguous"
    assert talk.say("1").answer.language == "en"


def test_conversation_number_without_options_is_a_question() -> None:
    assert picked("1", ()) == ""


# --- through a pipe


def chat(modu: Modu, *lines: str | bytes, args: tuple[str, ...] = ()) -> Result:
    raw = b"\n".join(x if isinstance(x, bytes) else x.encode() for x in lines)
    return modu("chat", *args, stdin=raw)


def test_chat_through_a_pipe_answers_a_line_at_a_time(modu: Modu) -> None:
    result = chat(modu, "冰舌小屋海拔多少？", "", "它有多少张床？")
    assert result.exit_code == 0
    first, first_sources, second, second_sources, rest = result.stdout.split("\n\n")
    assert "3020米" in first
    assert "[1] 山讯" in first_sources
    assert "14张" in second
    assert "第6段" in second_sources
    assert (rest, result.stderr) == ("", "")


@pytest.mark.parametrize("word", ["/sources", "来源", "來源"])
def test_chat_shows_sources_with_quotes(modu: Modu, word: str) -> None:
    shown = chat(modu, KNOWN, word).stdout.split("\n\n")[2]
    assert "[1] 山讯" in shown
    assert re.search("\n    .*14张", shown)


def test_chat_has_no_sources_before_the_first_answer(modu: Modu) -> None:
    result = chat(modu, "/sources", "你好", "/sources", args=("--lang", "en"))
    assert result.stderr.splitlines() == ["The last answer has no sources."] * 2


def test_chat_sets_the_language(modu: Modu) -> None:
    asked = "火星上有水吗"
    result = chat(modu, "/lang en", asked, "/lang zh-Hant", asked, "/lang auto", asked, "/lang xx", "/lang")
    places = [result.stdout.index(x) for x in ("The articles do not answer", "資料", "资料")]
    assert places == sorted(places)
    assert result.stderr.count("/lang zh-Hans|zh-Hant|en|auto") == 2


def test_chat_helps_and_ends(modu: Modu) -> None:
    result = chat(modu, "/help", "/nonsense", "/quit", KNOWN)
    assert "/sources" in result.stderr
    assert "/nonsense" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    "raw", [b"\xff\xfe", b"\x00", b"\x1b[2J", b"/" * 5000, b"[red]x[/red]", "😀".encode(), b"\xef\xbb\xbf"]
)
def test_chat_takes_any_line(modu: Modu, raw: bytes) -> None:
    result = chat(modu, raw, KNOWN)
    assert result.exit_code == 0
    assert "14张" in result.stdout
    assert "\x1b" not in result.stdout + result.stderr


# --- in a terminal

PROMPT = r"\x1b\[\?2004h"
"""Comes with each new prompt, once keys are read one by one."""


class Terminal:
    """`modu chat` in a pseudo-terminal."""

    def __init__(self, columns: int, environment: dict[str, str]) -> None:
        self.master, child = pty.openpty()
        fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "chat", "--lang", "zh-Hans"],
            stdin=child,
            stdout=child,
            stderr=child,
            env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **environment},
            start_new_session=True,
        )
        os.close(child)

    def until(self, pattern: str, seconds: float = 20) -> str:
        """What comes, up to the pattern."""
        raw, end = b"", time.monotonic() + seconds
        while time.monotonic() < end and self.process.poll() is None:
            if not select.select([self.master], [], [], 0.1)[0]:
                continue
            got = os.read(self.master, 65536)
            if b"\x1b[6n" in got:
                os.write(self.master, b"\x1b[1;1R")  # where a real terminal says its cursor is
            raw += got
            text = raw.decode("utf-8", "replace")
            if re.search(pattern, text):
                return text
        raise AssertionError(f"{pattern!r} did not come: {raw.decode('utf-8', 'replace')!r}")

    def type(self, keys: str, *, then: str) -> str:
        """Press keys and read what comes, up to a pattern and the next prompt."""
        os.write(self.master, keys.encode())
        return self.until(f"{then}(.|\n)*{PROMPT}")

    def leave(self) -> int:
        """Press Ctrl-D; the exit status."""
        os.write(self.master, b"\x04")
        return self.process.wait(20)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.master)


@pytest.fixture
def terminal(alpine: Path) -> Iterator[Callable[..., Terminal]]:
    """Start a chat in a terminal of so many columns, at its first prompt."""
    with ExitStack() as stack:

        def start(columns: int, **environment: str) -> Terminal:
            made = Terminal(columns, environment)
            stack.callback(made.kill)
            made.until(PROMPT)
            return made

        yield start


def printed(shown: str) -> list[str]:
    """The lines of an answer: what stands between the typed line and the next prompt."""
    return [
        x for x in shown.rsplit("\x1b[?2004l", maxsplit=1)[-1].split("\x1b[6n", maxsplit=1)[0].splitlines() if x.strip()
    ]


def width(line: str) -> int:
    """Cells that a line takes in a terminal."""
    return cell_len(re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", line))


def test_terminal_chat_of_40_columns(terminal: Callable[..., Terminal]) -> None:
    chat = terminal(40)
    lines = printed(chat.type(f"{AMBIGUOUS}\r", then=r"\[4\]"))
    assert any("4. " in line for line in lines)
    assert max(map(width, lines)) <= 40
    chat.type("3\r", then="3020米")
    lines = printed(chat.type("/sources\r", then="第6段"))
    assert max(map(width, lines)) <= 40


def test_terminal_chat_takes_a_paste_as_one_message_and_keeps_history(terminal: Callable[..., Terminal]) -> None:
    chat = terminal(80)
    os.write(chat.master, f"\x1b[200~谢谢你，\n{KNOWN}\n\x1b[201~".encode())
    chat.until("谢谢你")
    chat.type("\r", then="14张")
    chat.type("left over\x03", then="left over")
    chat.type("\x1b[A\r", then="14张")  # arrow up brings the last message back
    assert chat.leave() == 0
    history = Path(os.environ["XDG_STATE_HOME"]) / "modu" / "history"
    assert stat.S_IMODE(history.stat().st_mode) == 0o600
    assert f"+谢谢你，\n+{KNOWN}" in history.read_text("utf-8")
    assert "left over" not in history.read_text("utf-8")


def test_terminal_chat_without_colour_and_without_history(terminal: Callable[..., Terminal], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    chat = terminal(80, NO_COLOR="1", XDG_STATE_HOME=str(tmp_path / "file"))
    shown = "\n".join(printed(chat.type(f"{KNOWN}\r", then="14张")))
    assert not re.search(r"\x1b\[(\d+;)*(3[0-8]|4[0-8]|9[0-7])[;m]", shown)
    assert chat.leave() == 0


def test_terminal_chat_shows_markup_as_it_is(terminal: Callable[..., Terminal]) -> None:
    chat = terminal(80)
    shown = chat.type("火星[bold]水[/nonsense]\r", then="资料里没有")
    assert "Traceback" not in shown
    assert chat.leave() == 0
