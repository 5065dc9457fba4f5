"""Files of questions: bad lines are reported by number, the others are answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from bot.batch import LineError, Question, parse

Modu = Callable[..., Result]

BAD = {
    b"": "empty",
    b"   ": "empty",
    b"{": "JSON",
    b"nonsense": "JSON",
    b"[1, 2]": "object",
    b'"text"': "object",
    b"null": "object",
    b"\xff\xfe": "UTF-8",
    b'{"id": "a"}': '"turns" is missing',
    b'{"id": "a", "turns": "text"}': "no list",
    b'{"id": "a", "turns": []}': "empty",
    b'{"id": "a", "turns": ["x", 1]}': "no text",
    b'{"id": "a", "turns": [null]}': "no text",
    b'{"id": ["a"], "turns": ["x"]}': '"id"',
    b'{"id": true, "turns": ["x"]}': '"id"',
    b'{"id": ' + b"9" * 5000 + b', "turns": ["x"]}': "too long",
    b"[" * 200_000: "JSON",
}


@pytest.mark.parametrize(("raw", "message"), BAD.items(), ids=[str(k[:20]) for k in BAD])
def test_parse_says_what_is_wrong(raw: bytes, message: str) -> None:
    with pytest.raises(LineError, match=message):
        parse(raw, 2)


@pytest.mark.parametrize(
    ("raw", "question"),
    [
        (b'{"id": "a", "turns": ["x", "y"]}', Question("a", ("x", "y"))),
        (b'{"turns": [""], "more": 1}\r\n', Question("1", ("",))),
        (b'\xef\xbb\xbf{"id": 7, "turns": ["\xe6\xb0\xb4"]}', Question(7, ("水",))),
    ],
)
def test_parse_reads_a_line(raw: bytes, question: Question) -> None:
    assert parse(raw, 1) == question


def test_batch_answers_the_rest_of_a_file_with_bad_lines(modu: Modu, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    lines = [
        '{"id": "a", "turns": ["冰舌小屋有多少张床？"]}',
        "",
        "{",
        '{"id": "b", "turns": ["你好"]}',
        '{"id": 3, "turns": ["\\ud800"]}',
    ]
    file.write_text("\n".join(lines), "utf-8")
    result = modu("ask", "--batch", str(file))
    assert [json.loads(x)["id"] for x in result.stdout.splitlines()] == ["a", "b", 3]
    assert [x.split(": ")[0] for x in result.stderr.splitlines()] == [f"{file}:2", f"{file}:3"]
    assert result.exit_code == 1


def test_batch_starts_a_new_conversation_each_line_and_answers_the_last_turn(modu: Modu) -> None:
    lines = [
        {"id": "1", "turns": ["冰舌小屋海拔多少？", "它有多少张床？"]},
        {"id": "2", "turns": ["它有多少张床？"]},
    ]
    result = modu("ask", "--batch", "-", stdin="\n".join(map(json.dumps, lines)).encode())
    first, second = map(json.loads, result.stdout.splitlines())
    assert first["status"] == "answered"
    assert "14" in first["answer"]
    assert second["status"] != "answered"
    assert result.exit_code == 0


def test_batch_goes_on_after_an_error_of_ours(modu: Modu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.answering.Desk.json", lambda *_a, **_k: 1 / 0)
    result = modu("ask", "--batch", "-", stdin=b'{"id": "1", "turns": ["x"]}\n{"id": "2", "turns": ["x"]}\n')
    assert result.stderr.splitlines() == [f"-:{n}: internal error, ZeroDivisionError: division by zero" for n in (1, 2)]
    assert result.exit_code == 1


def test_batch_of_nothing_is_nothing(modu: Modu) -> None:
    result = modu("ask", "--batch", "-")
    assert (result.stdout, result.stderr, result.exit_code) == ("", "", 0)


@pytest.mark.parametrize("name", ["none.jsonl", "."])
def test_batch_that_cannot_be_read(modu: Modu, name: str) -> None:
    result = modu("ask", "--batch", name)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"modu: {name}: ")
    assert result.stderr.count("\n") == 1
