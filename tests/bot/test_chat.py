"""The terminal chat: through a pipe, and through a pseudo-terminal as a person sees it."""

from __future__ import annotations

import os
import re
import select
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from bot.answering import Desk
from bot.conversation import Conversation

Modu = Callable[..., Result]

ROOT = Path(__file__).parents[2]
KNOWN = "鹰石小屋海拔多少？"
AMBIGUOUS = "海拔多少？"


# --- the conversation


def test_conversation_picks_an_option_by_its_number(desk: Desk) -> None:
    talk = Conversation(desk)
    options = talk.say(AMBIGUOUS).answer.options
    place = options.index("冰舌小屋") + 1
    picked = talk.say(f" {place}. ")
    assert picked.answer.facts == ("s6a",)


@pytest.mark.parametrize("number", ["0", "9", "-1", "123", "1x", "②", ""])
def test_conversation_takes_no_other_number_for_an_option(desk: Desk, number: str) -> None:
    talk = Conversation(desk)
    talk.say(AMBIGUOUS)
    assert talk.option(number) == ""


def test_conversation_keeps_the_language_of_the_question_when_picking(desk: Desk) -> None:
    talk = Conversation(desk)
    assert talk.say("How high is the hut?").answer.status == "ambiguous"
    assert talk.say("1").answer.language == "en"


def test_conversation_number_without_options_is_a_question(desk: Desk) -> None:
    assert Conversation(desk).option("1") == ""


# --- through a pipe


def chat(modu: Modu, *lines: str | bytes, args: tuple[str, ...] = ()) -> Result:
    raw = b"\n".join(x if isinstance(x, bytes) else x.encode() for x in lines)
    return modu("chat", *args, stdin=raw)


def test_chat_through_a_pipe_answers_a_line_at_a_time(modu: Modu) -> None:
    result = chat(modu, KNOWN, "", "它有多少张床？")
    assert result.exit_code == 0
    first, first_sources, second, second_sources, rest = result.stdout.split("\n\n")
    assert "2415米" in first
    assert "[1] 山讯" in first_sources
    assert "32" in second
    assert "第5段" in second_sources
    assert (rest, result.stderr) == ("", "")


@pytest.mark.parametrize("word", ["/sources", "来源", "來源"])
def test_chat_shows_sources_with_quotes(modu: Modu, word: str) -> None:
    shown = chat(modu, KNOWN, word).stdout.split("\n\n")[2]
    assert "[1] 山讯" in shown
    assert "    鹰石小屋坐落在2415米的山脊上" in shown


def test_chat_has_no_sources_before_the_first_answer(modu: Modu) -> None:
    result = chat(modu, "/sources", "你好", "/sources", args=("--lang", "en"))
    assert result.stderr.splitlines() == ["The last answer has no sources."] * 2


def test_chat_sets_the_language(modu: Modu) -> None:
    result = chat(modu, "/lang en", KNOWN, "/lang zh-Hant", KNOWN, "/lang auto", KNOWN, "/lang xx", "/lang")
    english, traditional, question = result.stdout.split("\n\n")[::2][:3]
    assert "stands at 2415" in english
    assert "海拔為" in traditional
    assert "海拔为" in question
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
    assert "2415米" in result.stdout
    assert "\x1b" not in result.stdout + result.stderr


# --- in a terminal

pty = pytest.importorskip("pty", reason="pseudo-terminals are a Unix thing")


class Terminal:
    """`modu chat` in a pseudo-terminal."""

    def __init__(self, columns: int, **environment: str) -> None:
        import fcntl
        import struct
        import termios

        self.master, child = pty.openpty()
        fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        import subprocess

        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "chat", "--lang", "zh-Hans"],
            stdin=child,
            stdout=child,
            stderr=child,
            env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **environment},
            start_new_session=True,
        )
        os.close(child)
        self.seen = ""

    def until(self, pattern: str, seconds: float = 20) -> str:
        """Read until the pattern comes; what came is returned and counts as seen."""
        raw, end = b"", time.monotonic() + seconds
        while time.monotonic() < end:
            if select.select([self.master], [], [], 0.1)[0]:
                try:
                    got = os.read(self.master, 65536)
                except OSError:
                    got = b""
                if b"\x1b[6n" in got:
                    os.write(self.master, b"\x1b[1;1R")  # where a real terminal says its cursor is
                raw += got
                text = raw.decode("utf-8", "replace")
                if re.search(pattern, text):
                    return text
                if not got:
                    break
        raise AssertionError(f"{pattern!r} did not come: {raw.decode('utf-8', 'replace')!r}")

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def close(self) -> int:
        try:
            return self.process.wait(20)
        finally:
            self.process.kill()
            self.process.wait()
            os.close(self.master)


def width(line: str) -> int:
    """Cells that a line takes in a terminal."""
    from rich.cells import cell_len

    return cell_len(re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", line))


def test_terminal_chat_of_40_columns(alpine: Path) -> None:
    terminal = Terminal(40)
    terminal.until("›")
    terminal.type(f"{AMBIGUOUS}\r")
    shown = terminal.until(r"\[4\].*\n.*›")
    lines = [x for x in shown.split("\x1b[?2004l")[-1].split("\x1b[6n")[0].splitlines() if x.strip()]
    assert any("4. " in x for x in lines)
    assert max(map(width, lines)) <= 40
    terminal.type("3\r")
    terminal.until(r"3020米(.|\n)*›")
    terminal.type("/sources\r")
    terminal.until(r"第6段(.|\n)*›")
    # a paste of several lines is one message, sent by the Enter that follows
    terminal.type("\x1b[200~谢谢你，\n鹰石小屋海拔多少？\n\x1b[201~")
    time.sleep(0.2)
    terminal.type("\r")
    terminal.until(r"2415米(.|\n)*›")
    terminal.type("left over\x03")
    terminal.until("›")
    terminal.type("\x04")
    terminal.until("再见")
    assert terminal.close() == 0
    history = Path(os.environ["XDG_STATE_HOME"]) / "modu" / "history"
    assert stat.S_IMODE(history.stat().st_mode) == 0o600
    assert "+谢谢你，\n+鹰石小屋海拔多少？" in history.read_text("utf-8")


def test_terminal_chat_without_colour_and_without_history(alpine: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    terminal = Terminal(80, NO_COLOR="1", XDG_STATE_HOME=str(tmp_path / "file"))
    terminal.until("›")
    terminal.type(f"{KNOWN}\r")
    shown = terminal.until(r"2415米(.|\n)*›")
    assert not re.search(r"\x1b\[(3[0-7]|9[0-7]|38;|4[0-7])", shown.split("\x1b[?2004l")[-1].split("\x1b[6n")[0])
    terminal.type("\x04")
    terminal.until("再见")
    assert terminal.close() == 0
