"""Questions from a file: a line of JSON each, a new conversation each line, the last turn is answered."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.answering import Desk


@dataclass(frozen=True, slots=True)
class Question:
    """One line that can be answered."""

    id: str | int
    """As the line gives it, else the line's number as text."""
    turns: tuple[str, ...]
    """At least one message; those before the last are the conversation so far."""


class LineError(ValueError):
    """What is wrong with a line."""


def parse(raw: bytes, number: int) -> Question:
    """Read one line; raises LineError."""
    if not raw.strip():
        raise LineError('the line is empty; write {"id": "…", "turns": ["…"]}')
    try:
        row = json.loads(raw.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError as error:
        raise LineError(f"is not UTF-8 (byte {error.start + 1} of the line)") from error
    except json.JSONDecodeError as error:
        raise LineError(f"is no JSON: {error.msg} (column {error.colno})") from error
    except (ValueError, RecursionError) as error:
        raise LineError("is no JSON that can be read: a number is too long or the nesting too deep") from error
    if not isinstance(row, dict):
        raise LineError('is no JSON object; write {"id": "…", "turns": ["…"]}')
    name = row.get("id", str(number))
    if isinstance(name, bool) or not isinstance(name, str | int):
        raise LineError('"id" is neither a text nor a whole number')
    turns = row.get("turns")
    if not isinstance(turns, list):
        raise LineError('"turns" is missing' if turns is None else '"turns" is no list')
    if not turns:
        raise LineError('"turns" is empty')
    if not all(isinstance(turn, str) for turn in turns):
        raise LineError('"turns" holds something that is no text')
    return Question(name, tuple(turns))


def questions(lines: Iterable[bytes]) -> Iterator[tuple[int, Question | LineError]]:
    """(line number, question or what is wrong with it) for each line."""
    for number, line in enumerate(lines, start=1):
        try:
            yield number, parse(line, number)
        except LineError as error:
            yield number, error


def answer(question: Question, desk: Desk, language: str) -> dict[str, object]:
    """The answer to one line as JSON."""
    return {"id": question.id, **desk.converse(question.turns, language)}
