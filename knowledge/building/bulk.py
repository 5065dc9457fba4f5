"""Bulk files of triples on their way into a base."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.building.tables import make_tables
from knowledge.building.wordlists import language, load_language
from knowledge.plain.beside import Beside
from knowledge.plain.build import PlainBuilder
from knowledge.plain.language import compile_vocabulary
from knowledge.plain.triples import Trouble
from knowledge.store.records import Pack


@dataclass(frozen=True, slots=True)
class Bulk:
    """Files of triples that go into a base."""

    files: Sequence[Path]
    skip_bad: bool = False
    """Whether broken lines are left out instead of stopping the build."""
    progress: Callable[[str, int, int], None] = lambda what, done, total: None  # noqa: ARG005
    """Told (what is done, how much, of how much)."""


def bulk_vocabulary(nouns: list[str]) -> bytes:
    """The vocabulary of bulk bases; a pack's own nouns say little in it."""
    fold = make_tables().fold
    kin = [(fold(str(word)), f"a:kin{n}") for n, group in enumerate(language("kin")) for word in group]
    words = [*load_language(), *kin, *((fold(noun), "l") for noun in nouns)]
    return compile_vocabulary(words, language("predicates"), language("tails"), fold)


class BulkBuilder:
    """Writes the triples of bulk files into a base."""

    def __init__(self, pack: Pack, bulk: Bulk, db: sqlite3.Connection, beside: Beside) -> None:
        self.pack = pack
        self.db = db
        nouns = [noun for members in pack.kinds.values() for noun in members]
        self.vocabulary = beside.begin(bulk_vocabulary, nouns)
        self.trouble = Trouble(skip=bulk.skip_bad)
        """Lines that are left out."""
        self.builder = PlainBuilder(db, make_tables(), beside, bulk.progress)

    def read(self, files: Iterable[Path]) -> None:
        """Write the facts. Raises PackError for broken lines unless they may be skipped, OSError."""
        self.builder.declare(self.pack.relations)
        for path in files:
            self.builder.add_file(path, self.trouble)
        self.trouble.check()

    def finish(self) -> dict[str, int]:
        """Write everything else; the counts of names, predicates and triples."""
        vocabulary = self.vocabulary()
        counts = self.builder.finish(vocabulary, self.pack.relations, self.pack.entities)
        digest = hashlib.sha256(vocabulary).hexdigest()[:16]
        self.db.executemany("insert into meta values(?, ?)", [("plain", json.dumps(counts)), ("vocabulary", digest)])
        return counts
