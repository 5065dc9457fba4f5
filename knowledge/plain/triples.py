"""Read triples from files: JSON lines or CSV, plain or gzipped, in batches, with the line of every mistake."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from knowledge.errors import PackError, Problem

BATCH = 1000
"""Lines that are parsed together: what they make still fits into a processor's cache."""
SUFFIXES = (".jsonl", ".jsonl.gz", ".csv", ".csv.gz")
_COLUMNS = {
    "s": ("s", "subject"),
    "p": ("p", "predicate", "relation"),
    "o": ("o", "object", "value"),
}
_MOST_LISTED = 20
_LONGEST = 10_000
"""Characters of a subject, predicate or object."""
_NAMES = frozenset("spo")
_UNEVEN = bytes(c for c in range(32) if c != ord("\n")) + b"\\"
"""Bytes of lines that a JSON parser has to read: escapes, and controls, which no text may hold."""
_PIECES, _TEXTS = 12, (2, 6, 10)
"""Pieces of a line between quotation marks (the last one belongs to the next line), and which are texts."""


class Batch(NamedTuple):
    """Triples, column by column."""

    subjects: Sequence[str]
    predicates: Sequence[str]
    objects: Sequence[str]
    lines: Sequence[int]
    """The line of each (from 1)."""


Row = tuple[str, str, str, int]
"""Subject, predicate, object and line."""
Columns = list[list[str]]
"""Subjects, predicates and objects."""


class Trouble:
    """Collects mistakes: they are raised together, or with `skip` counted and the first ones kept for the list."""

    def __init__(self, *, skip: bool) -> None:
        self.skip = skip
        self.count = 0
        self.problems: list[Problem] = []

    def add(self, path: Path, line: int, message: str) -> None:
        self.count += 1
        if len(self.problems) < _MOST_LISTED:
            self.problems.append(Problem("K050", path.name, line, 1, message))

    def check(self) -> None:
        """Raise PackError if there are mistakes and none may be skipped."""
        if self.problems and not self.skip:
            more = self.count - len(self.problems)
            last = [Problem("K051", "", 0, 0, f"and {more} more; --skip-bad leaves such lines out")] if more else []
            raise PackError([*self.problems, *last])


def bulk_files(pack: Path) -> list[Path]:
    """The files of triples in a pack: `facts.jsonl`, `triples.csv.gz` and the like, and those below `facts/`."""
    found = [p for stem in ("facts", "triples") for s in SUFFIXES if (p := pack / f"{stem}{s}").is_file()]
    return found + sorted(p for p in (pack / "facts").rglob("*") if p.name.endswith(SUFFIXES))


def read(path: Path, trouble: Trouble, seen: Callable[[int], None] = lambda _: None) -> Iterator[Batch]:
    """Batches of triples of a file; `seen` is told how many bytes of the file have been read so far."""
    with path.open("rb") as raw:
        stream: Any = gzip.GzipFile(fileobj=raw) if path.suffix == ".gz" else raw
        name = path.name.removesuffix(".gz")
        batches = _csv(stream, path, trouble) if name.endswith(".csv") else _json(stream, path, trouble)
        try:
            for batch in batches:
                yield batch
                seen(raw.tell())
                if trouble.count > _MOST_LISTED:
                    trouble.check()
        except (gzip.BadGzipFile, EOFError) as error:
            trouble.add(path, 0, f"the file ends or breaks in the middle: {error}; pack it anew with gzip")


def _json(stream: BinaryIO, path: Path, trouble: Trouble) -> Iterator[Batch]:
    first = 1
    while lines := list(islice(stream, BATCH)):
        numbers = range(first, first + len(lines))
        if columns := _even(lines) or _parsed(lines):
            s, p, o = columns
            yield Batch(s, p, o, numbers)
        else:
            yield _careful(lines, first, path, trouble)
        first += len(lines)


def _even(lines: list[bytes]) -> Columns | None:
    """The columns of lines that differ in nothing but their texts, as programs write them; None for others.

    The first line is read as JSON; without escapes, what stands between the quotation marks tells that all are like it.
    """
    block = b"".join(lines)
    if len(block.translate(None, _UNEVEN)) < len(block):
        return None
    try:
        first = json.loads(lines[0])
        pieces = block.decode().split('"')
    except (ValueError, RecursionError):
        return None
    count = len(lines)
    end = pieces.pop().removesuffix("\n")
    if len(pieces) != _PIECES * count or not isinstance(first, dict) or first.keys() != _NAMES:
        return None
    if {*map(type, first.values())} != {str}:
        return None
    between, *columns = [pieces[n::_PIECES] for n in range(_PIECES)]
    frame = [column for n, column in enumerate(columns) if n not in _TEXTS]
    if between.count(f"{end}\n{between[0]}") < count - 1 or any(c.count(c[0]) < count for c in frame):
        return None
    found = {columns[n - 2][0]: columns[n] for n in _TEXTS}
    return None if any(min(texts) < "!" for texts in found.values()) else [found[name] for name in "spo"]


def _parsed(lines: list[bytes]) -> Columns | None:
    """The columns of lines that are parsed together; None if any of them needs a closer look."""
    block = b",".join(lines)
    if b"\\u" in block:
        return None
    try:
        rows = json.loads(b"[" + block + b"]")
        if len(rows) != len(lines):
            return None
        columns = [[row[name] for row in rows] for name in "spo"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    for column in columns:
        if {*map(type, column)} != {str} or "" in column or any(text[0] == " " for text in column):
            return None
    return columns


def _careful(lines: list[bytes], first: int, path: Path, trouble: Trouble) -> Batch:
    found: list[Row] = []
    for number, line in enumerate(lines, first):
        if not line.strip():
            continue
        try:
            row = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
        except UnicodeDecodeError as error:
            trouble.add(path, number, f"is not UTF-8 (byte {error.start + 1} of the line): save the file as UTF-8")
            continue
        except (ValueError, RecursionError) as error:
            trouble.add(path, number, f'is no JSON ({error}); write {{"s": "…", "p": "…", "o": "…"}}')
            continue
        if not isinstance(row, dict):
            trouble.add(path, number, 'is no JSON object; write {"s": "…", "p": "…", "o": "…"}')
            continue
        values = {name: next((row[k] for k in names if k in row), None) for name, names in _COLUMNS.items()}
        objects = values["o"] if isinstance(values["o"], list) else [values["o"]]
        for o in objects:
            _add(found, (values["s"], values["p"], o), number, path, trouble)
    return _batch(found)


def _batch(rows: list[Row]) -> Batch:
    return Batch(*zip(*rows, strict=True)) if rows else Batch((), (), (), ())


def _add(found: list[Row], triple: tuple[Any, ...], line: int, path: Path, trouble: Trouble) -> None:
    parts = []
    for name, value in zip("spo", triple, strict=True):
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            what = "is missing" if value is None else "is neither a text nor a number"
            trouble.add(path, line, f'"{name}" {what}; write {{"s": "…", "p": "…", "o": "…"}}')
            return
        text = str(value).strip()
        if not text or len(text) > _LONGEST or "\x00" in text:
            what = (
                "is empty" if not text else "holds a NUL" if "\x00" in text else f"is longer than {_LONGEST} characters"
            )
            trouble.add(path, line, f'"{name}" {what}')
            return
        parts.append(text.encode("utf-8", "replace").decode())
    s, p, o = parts
    found.append((s, p, o, line))


def _csv(stream: BinaryIO, path: Path, trouble: Trouble) -> Iterator[Batch]:
    text = TextIOWrapper(stream, "utf-8-sig", newline="")
    rows = csv.reader(text, strict=True)
    try:
        head = [c.strip().casefold() for c in next(rows, [])]
        places = [next((head.index(n) for n in names if n in head), -1) for names in _COLUMNS.values()]
        if -1 in places:
            trouble.add(path, 1, "the first line has to name the columns s, p and o (or subject, predicate, object)")
            return
        yield from _csv_batches(rows, places, path, trouble)
    except UnicodeDecodeError as error:
        trouble.add(path, rows.line_num + 1, f"is not UTF-8 ({error.reason}): save the file as UTF-8")
    finally:
        text.detach()  # whoever opened the stream closes it


def _csv_batches(rows: Any, places: Iterable[int], path: Path, trouble: Trouble) -> Iterator[Batch]:
    s, p, o = places
    found: list[Row] = []
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            trouble.add(path, rows.line_num, f"is no CSV: {error}")
            continue
        if row is None:
            break
        if not row:
            continue
        if max(s, p, o) >= len(row):
            trouble.add(path, rows.line_num, f"has {len(row)} columns; {max(s, p, o) + 1} are needed")
            continue
        _add(found, (row[s], row[p], row[o]), rows.line_num, path, trouble)
        if len(found) >= BATCH:
            yield _batch(found)
            found = []
    yield _batch(found)
