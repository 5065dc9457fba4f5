"""Question sets in files: one JSON object a line, plain or gzipped."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from bot.bench.score import normal
from bot.bench.slips import KINDS, slip
from knowledge.errors import ModuError


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its right answers."""

    id: str
    text: str
    gold: tuple[str, ...]
    """Right answers; none where the base holds none."""
    subject: str
    predicate: str
    history: tuple[str, ...] = ()
    """Turns before it: user, system, user, …"""
    slots: int = 1
    """How many predicates are asked for."""

    @property
    def literal(self) -> bool:
        """Whether the predicate's label stands in the question."""
        return normal(self.predicate) in normal(self.text)


def lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a JSON-lines file with their line numbers. Raises ModuError, OSError."""
    number = 0
    with path.open("rb") as raw, gzip.GzipFile(fileobj=raw) if path.suffix == ".gz" else nullcontext(raw) as file:
        try:
            for number, line in enumerate(file, start=1):
                if not line.strip():
                    continue
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise ModuError(f"{path}:{number}: is no JSON object")
                yield number, row
        except (EOFError, gzip.BadGzipFile) as error:
            raise ModuError(f"{path}: {error}") from error
        except ValueError as error:
            raise ModuError(f"{path}:{number}: is no JSON: {error}") from error


def read_questions(path: Path, half: str = "", sample: int = 0, seed: int = 1) -> list[Question]:
    """The questions of a file: all, those whose id hashes to even or odd (`half`), and of these `sample` drawn by seed.

    A line holds {"id", "q", "answers", "gold": {"s", "p"}}, and may hold "history" and "n_slots". Raises ModuError.
    """
    found = []
    for number, row in lines(path):
        try:
            gold = row.get("gold") or {}
            question = Question(
                id=str(row["id"]),
                text=str(row["q"]),
                gold=tuple(str(a) for a in row["answers"]),
                subject=str(gold.get("s") or ""),
                predicate=str(gold.get("p") or ""),
                history=tuple(map(str, row.get("history") or ())),
                slots=int(row.get("n_slots", 1)),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            form = '{"id": "…", "q": "…", "answers": ["…"], "gold": {"s": "…", "p": "…"}}'
            raise ModuError(f"{path}:{number}: {error!r}; write {form}") from error
        if not half or half_of(question.id) == half:
            found.append(question)
    if not found:
        raise ModuError(f"{path} holds no question")
    return draw(found, sample, seed)


def half_of(id_: str) -> str:
    """The half that an id belongs to, the same on every machine."""
    digest = hashlib.md5(id_.encode(), usedforsecurity=False).digest()
    return "odd" if digest[-1] % 2 else "even"


def draw(questions: Sequence[Question], sample: int, seed: int) -> list[Question]:
    """So many of the questions, drawn by seed, in their order; all if there are not more or `sample` is 0."""
    if not sample or sample >= len(questions):
        return list(questions)
    chosen = sorted(Random(seed).sample(range(len(questions)), sample))  # noqa: S311
    return [questions[i] for i in chosen]


def misspelt(questions: Sequence[Question], taken: frozenset[str], seed: int) -> dict[str, list[Question]]:
    """For each kind of slip the questions that name their subject, with one slip in the name.

    A name that the slip turns into another one of the base (`taken`, in normal form) stays out.
    """
    found: dict[str, list[Question]] = {kind: [] for kind in KINDS}
    for question in questions:
        if not question.subject or question.subject not in question.text:
            continue
        for kind in KINDS:
            random = Random(f"{seed} {kind} {question.id}")  # noqa: S311
            name = slip(kind, question.subject, random)
            if name and normal(name) not in taken:
                found[kind].append(replace(question, text=question.text.replace(question.subject, name)))
    return found
