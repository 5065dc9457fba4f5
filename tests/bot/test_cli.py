"""Exit statuses, streams and bad input of the command line."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from bot import __version__
from bot.start import INTERRUPTED, UNANSWERED, plain_question

Modu = Callable[..., Result]
Spawn = Callable[..., "subprocess.Popen[bytes]"]
Process = Callable[..., tuple[int, bytes, bytes]]

ROOT = Path(__file__).parents[2]
KNOWN = "冰舌小屋有多少张床？"
AMBIGUOUS = "海拔多少？"
UNKNOWN = "火星上有水吗"

NO_QUESTIONS = {
    "empty": "",
    "blank": " \t\n ",
    "punctuation": "？！。",
    "emoji": "😀",
    "controls": "\x1b[31m\x07\x08\x1b]0;title\x07",
    "markup": "[bold red]x[/bold red] [/] <b>&amp;</b>",
    "sql": "'; drop table fact; --",
    "template": "{{ 7*7 }} {% for x in a %} ${HOME} %s",
    "json": '{"turns": 1}',
    "surrogate": "\ud800\udfff",
    "combining": "a" + "\u0301" * 3000,
    "bidi": "\u202e火星\u2066呢",
    "another language": "Quelle est la capitale de la Mongolie ?",
    "long": "猫" * 100_000,
    "long latin": "word " * 20_000,
    "many questions": "火星有水吗？" * 2_000,
}


def test_ask_prints_answer_blank_line_sources(modu: Modu) -> None:
    result = modu("ask", KNOWN)
    answer, sources = result.stdout.split("\n\n")
    assert "14张" in answer
    assert sources.splitlines()[0].startswith("[1] 山讯")
    assert (result.exit_code, result.stderr) == (0, "")


def test_ask_joins_words(modu: Modu) -> None:
    assert modu("ask", "Who", "is", "the", "warden", "of", "Eaglestone", "Hut?").exit_code == 0


def test_ask_reads_standard_input(modu: Modu) -> None:
    assert modu("ask", "-", stdin=KNOWN.encode()).stdout == modu("ask", KNOWN).stdout


@pytest.mark.parametrize(
    ("question", "status"), [(KNOWN, 0), ("你好", 0), (AMBIGUOUS, UNANSWERED), (UNKNOWN, UNANSWERED)]
)
def test_ask_status_says_whether_it_was_answered(modu: Modu, question: str, status: int) -> None:
    assert modu("ask", question).exit_code == status
    assert modu("ask", "--json", question).exit_code == status


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_ask_answers_in_the_language_wanted(modu: Modu, language: str) -> None:
    marks = {"zh-Hans": "资料里没有", "zh-Hant": "資料裏沒有", "en": "do not answer"}
    assert marks[language] in modu("ask", "--lang", language, UNKNOWN).stdout


@pytest.mark.parametrize("text", NO_QUESTIONS.values(), ids=NO_QUESTIONS)
def test_ask_takes_any_text(modu: Modu, text: str) -> None:
    result = modu("ask", "-", stdin=text.encode("utf-8", "surrogatepass"))
    assert result.exit_code == UNANSWERED
    assert "Traceback" not in result.stderr
    assert not any(ord(c) < 32 and c != "\n" for c in result.stdout)
    assert len(result.stdout) < 5000


@pytest.mark.parametrize(
    "args",
    [
        ["ask"],
        ["ask", "--batch", "x.jsonl", "text"],
        ["ask", "--lang", "fr", "x"],
        ["ask", "--nonsense"],
        ["nonsense"],
        ["explain"],
        ["facts", "build"],
        ["facts", "diff", "one"],
        ["facts", "show"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_status_2(modu: Modu, args: list[str]) -> None:
    result = modu(*args)
    assert result.exit_code == 2
    assert "Usage:" in result.stderr


def broken_bases(folder: Path, good: Path) -> dict[str, Path]:
    """Files that are no base, each in its own way."""
    text, empty, cut, other, old = (folder / n for n in ("text", "empty", "cut", "other", "old"))
    text.write_text("no base", "utf-8")
    empty.touch()
    cut.write_bytes(good.read_bytes()[:20_000])
    db = sqlite3.connect(other)
    db.execute("create table meta(key, value)")
    db.close()
    shutil.copy(good, old)
    db = sqlite3.connect(old)
    db.execute("update meta set value = '0' where key = 'format'")
    db.commit()
    db.close()
    return {
        "missing": folder / "none",
        "folder": folder,
        "text": text,
        "empty": empty,
        "cut": cut,
        "other": other,
        "old": old,
    }


@pytest.mark.parametrize("kind", ["missing", "folder", "text", "empty", "cut", "other", "old"])
@pytest.mark.parametrize(
    "command",
    [["ask", KNOWN], ["explain", KNOWN], ["chat"], ["run"], ["bench"], ["facts", "show", "s5a"]],
    ids=lambda c: c[-1],
)
def test_broken_base_is_one_line_and_status_1(
    modu: Modu, alpine_file: Path, tmp_path: Path, kind: str, command: list[str]
) -> None:
    base = broken_bases(tmp_path, alpine_file)[kind]
    result = modu(*command, "--base", str(base), stdin=KNOWN.encode())
    assert result.exit_code == 1
    [line] = [x for x in result.stderr.splitlines() if "token" not in x]
    assert line.startswith("modu: ")
    assert str(base) in line
    assert "facts build" in line


def test_error_of_ours_is_one_line(modu: Modu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.answering.Desk.reply", lambda *_a, **_k: 1 / 0)
    result = modu("ask", KNOWN)
    assert result.exit_code == 1
    assert result.stderr == "modu: internal error, ZeroDivisionError: division by zero; MODU_TRACEBACK=1 shows where\n"
    monkeypatch.setenv("MODU_TRACEBACK", "1")
    assert isinstance(modu("ask", KNOWN).exception, ZeroDivisionError)


def test_run_without_token_chats_and_says_how_to_connect(modu: Modu) -> None:
    result = modu("run", stdin=f"{KNOWN}\n".encode())
    assert "14张" in result.stdout
    assert result.stderr.count("\n") == 1
    assert "MODU_TELEGRAM_TOKEN=" in result.stderr


def test_run_with_a_wrong_setting_ends_with_status_2(modu: Modu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODU_TELEGRAM_TOKEN", "secret")
    monkeypatch.setenv("MODU_ADMINS", "ada")
    result = modu("run")
    assert result.exit_code == 2
    assert [line.partition(": ")[2].partition(":")[0] for line in result.stderr.splitlines()] == [
        "MODU_TELEGRAM_TOKEN",
        "MODU_ADMINS",
    ]
    assert "secret" not in result.stderr


def test_version(modu: Modu) -> None:
    assert modu("--version").stdout == f"modu, version {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "question"),
    [
        (["ask", "a"], "a"),
        (["ask", "a", "b?"], "a b?"),
        (["ask", ""], ""),
        (["ask"], None),
        (["ask", "-"], None),
        (["ask", "a", "--json"], None),
        (["ask", "--", "a"], None),
        (["explain", "a"], None),
        ([], None),
    ],
)
def test_plain_question_is_ask_without_options(arguments: list[str], question: str | None) -> None:
    assert plain_question(arguments) == question


# --- as a process --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", [KNOWN, UNKNOWN, AMBIGUOUS])
def test_process_answers_as_the_command_does(process: Process, modu: Modu, question: str) -> None:
    status, out, err = process("ask", question)
    result = modu("ask", question)
    assert (status, out.decode(), err) == (result.exit_code, result.stdout, b"")


def test_process_loads_late_what_is_used_after_all() -> None:
    code = (
        "import bot.start, sys; bot.start._leave_out(); import jinja2\n"
        "late = [type(sys.modules[name]).__name__ for name in ('tempfile', 'ipaddress')]\n"
        "import ipaddress, tempfile; print(late, ipaddress.ip_address('127.0.0.1'), bool(tempfile.gettempdir()))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert run.stdout.decode().split("]")[1].split() == ["127.0.0.1", "True"]
    assert set(run.stdout.decode().split("'")[1::2]) == {"_LazyModule"}


def test_process_shows_errors_in_one_line(process: Process, tmp_path: Path) -> None:
    for arguments in (["ask", KNOWN], ["ask", "--json", KNOWN]):
        status, out, err = process(*arguments, env={"MODU_BASE": str(tmp_path / "none")})
        assert (status, out, err.count(b"\n")) == (1, b"", 1)
        assert err.startswith(b"modu: there is no fact base at ")


def test_process_says_what_is_wrong_with_its_use(process: Process) -> None:
    status, _, err = process("ask", "--nonsense")
    assert status == 2
    assert b"--nonsense" in err


def test_process_takes_arguments_that_are_no_utf8(process: Process) -> None:
    status, out, err = process("ask", "鹰石".encode("gbk"), b"\xff\xfe")
    assert (status, err) == (UNANSWERED, b"")
    assert out.decode("utf-8")


def test_process_keeps_json_readable_where_the_terminal_is_not_utf8(process: Process) -> None:
    ascii_only = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    _, out, _ = process("ask", "--json", KNOWN, env=ascii_only)
    assert "14张" in json.loads(out.decode("ascii"))["answer"]
    status, _, err = process("ask", KNOWN, env=ascii_only)
    assert (status, err) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_process_says_that_the_disk_is_full(process: Process) -> None:
    with Path("/dev/full").open("wb") as full:
        status, _, err = process("ask", KNOWN, stdout=full)
    assert (status, err) == (1, b"modu: No space left on device\n")


def test_process_is_quiet_when_its_reader_leaves(spawn: Spawn, tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    file.write_text('{"id": "1", "turns": ["冰舌小屋有多少张床？"]}\n' * 500, "utf-8")
    with spawn("ask", "--batch", str(file)) as running:
        assert running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(30) == 1


def test_process_works_without_streams(alpine: Path) -> None:
    command = f'"{sys.executable}" -m bot ask 你好 >&- 2>&- <&-'
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    assert subprocess.run(["/bin/sh", "-c", command], env=environment, timeout=60, check=False).returncode == 0


def test_process_ends_quietly_on_ctrl_c(spawn: Spawn) -> None:
    with spawn("chat") as running:
        running.stdin.write(f"{KNOWN}\n".encode())
        running.stdin.flush()
        assert running.stdout.readline()  # it answers: start-up is over
        running.send_signal(signal.SIGINT)
        assert running.wait(30) == INTERRUPTED
        assert running.stderr.read().strip() == b""
