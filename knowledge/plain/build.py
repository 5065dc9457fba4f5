"""Compile triples into the tables of a bulk base, as a stream: memory grows with the names, not with the facts."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, islice, repeat
from pathlib import Path
from typing import Any

from knowledge.plain.base import KEYS, NAMES, SCHEMA, SINGLES
from knowledge.plain.beside import Beside
from knowledge.plain.index import BLOCK, PARTS, Index
from knowledge.plain.predicates import Describer, Used
from knowledge.plain.triples import Batch, Trouble, read
from knowledge.plain.vocabulary import Vocabulary, load
from knowledge.steps import at_once
from knowledge.store.records import Entity, Relation
from knowledge.text.fold import Tables

_SAMPLES = 12
"""Values of a predicate by which its type is told."""
_BEARERS = 24
"""Facts of a predicate whose subjects are kept, to tell what else such names have."""
_NAMES_AT_ONCE = 4096
_ROWS = 50
"""Rows of a statement that inserts many: a statement for each would cost more than the rows."""
Progress = Callable[[str, int, int], None]
"""(what is done, how much, of how much): bytes while reading, names or keys afterwards."""


class PlainBuilder:
    """Takes triples file by file, then writes names, keys and predicates."""

    def __init__(self, db: sqlite3.Connection, tables: Tables, beside: Beside, progress: Progress) -> None:
        self.db = db
        self.tables = tables
        self.progress = progress
        self.numbers: dict[str, int] = {}
        """Name → number; a name written otherwise (with blanks around it) has its own entry with the same number."""
        self.names: list[str] = []
        self.predicates: dict[str, int] = {}
        self.samples: list[list[str]] = []
        self.bearers: list[set[int]] = []
        """Whose values these are."""
        self.hungry: set[int] = set()
        """Predicates that have too few samples yet."""
        self.counts: Counter[int] = Counter()
        """Facts of each predicate."""
        self.facts = 0
        self.last = -1
        self.index = Index(tables, beside)
        self.begun = 0
        """Names whose keys are being worked out."""
        self.inverse: set[int] = set()
        """Predicates whose objects are asked by: each object has keys."""
        db.executescript(SCHEMA)
        db.execute("create temp table late(s integer, r integer, n integer, o text)")
        db.execute("create temp table late_back(o integer, r integer, n integer, s integer)")

    def declare(self, relations: Iterable[Relation]) -> None:
        """Predicates that a pack describes; told before the facts, since some make names of their objects."""
        for relation in relations:
            r = self._predicate(relation.id)
            if relation.inverse or relation.inverse_cues:
                self.inverse.add(r)

    def add_file(self, path: Path, trouble: Trouble) -> None:
        """Read a file of triples. Raises PackError for broken lines unless they may be skipped, OSError."""
        first = self.facts
        self.db.execute("insert into plain_file values(?, ?)", (first, path.name))
        total = path.stat().st_size
        line = 0
        for batch in read(path, trouble, lambda done: self.progress(path.name, done, total)):
            if batch.lines:
                self._batch(batch, first - 1)
                self._begin()
                line = batch.lines[-1]
        self.facts = first + line

    def _predicate(self, label: str) -> int:
        r = self.predicates[label] = len(self.predicates)
        self.samples.append([])
        self.bearers.append(set())
        self.hungry.add(r)
        return r

    def _batch(self, batch: Batch, offset: int) -> None:
        subjects, predicates, objects, lines = batch
        for label in dict.fromkeys(predicates):
            if label not in self.predicates:
                self._predicate(label)
        relations = list(map(self.predicates.__getitem__, predicates))
        self.counts.update(relations)
        asked = [n for n, r in enumerate(relations) if r in self.inverse] if self.inverse else []
        self._number(_called(subjects, objects, asked) if asked else subjects)
        known = self.numbers.__getitem__
        numbers = list(map(known, subjects))
        if not self.hungry.isdisjoint(relations):
            self._sample(numbers, relations, objects)
        facts = list(map(offset.__add__, lines))
        self._insert_facts(numbers, relations, facts, objects)
        if asked:
            back = (map(known, _at(asked, objects)), *(_at(asked, column) for column in (relations, facts, numbers)))
            insert(self.db, "late_back", [list(column) for column in back])

    def _sample(self, *columns: Iterable[Any]) -> None:
        for e, r, o in zip(*columns, strict=True):
            if r in self.hungry:
                self.samples[r].append(o)
                self.bearers[r].add(e)
                if len(self.samples[r]) == _BEARERS:
                    self.hungry.remove(r)

    def _number(self, texts: Iterable[str]) -> None:
        """Give names that are new the next numbers."""
        known = self.numbers
        for text in [text for text in dict.fromkeys(texts) if text not in known]:
            name = text.strip()
            if name not in known:
                known[name] = len(self.names)
                self.names.append(name)
            known[text] = known[name]

    def _insert_facts(self, *columns: Sequence[Any]) -> None:
        """Write facts that follow those before by their subjects; those of subjects met before have to wait."""
        numbers = columns[0]
        if numbers[0] >= self.last and numbers == sorted(numbers):
            insert(self.db, "plain_fact", columns)
            self.last = numbers[-1]
            return
        highest = list(accumulate(numbers, max, initial=self.last))
        self.last = highest.pop()
        ready: list[int] = []
        late: list[int] = []
        for n, (e, before) in enumerate(zip(numbers, highest, strict=True)):
            (ready if e >= before else late).append(n)
        insert(self.db, "plain_fact", [_at(ready, column) for column in columns])
        insert(self.db, "late", [_at(late, column) for column in columns])

    def finish(self, vocabulary: bytes, relations: Iterable[Relation], entities: Iterable[Entity]) -> dict[str, int]:
        """Write what needs to know all: facts out of order, names, keys, predicates. What was written, counted."""
        db = self.db
        db.execute("insert or ignore into plain_fact select s, r, n, o from late order by s, r, n")
        self._backward()  # while keys are being worked out beside
        forms = self._work_out(entities)
        self.index.merge()
        self._write_names(forms)
        self._write_keys()
        self._write_predicates(at_once(load(vocabulary)), relations)
        db.execute("insert or replace into blob values('vocabulary', ?)", (vocabulary,))
        db.execute("drop table late")
        db.execute("drop table late_back")
        triples = db.execute("select count(*) from plain_fact").fetchone()[0]
        return {"name": len(self.names), "predicate": len(self.predicates), "triple": triples}

    def _backward(self) -> None:
        """Objects that are names themselves can be asked by as well (the capital of what is Paris)."""
        db, names = self.db, self.numbers
        db.create_function("number", 1, names.get, deterministic=True)
        db.execute(
            "insert into late_back select x, r, n, s from (select number(o) x, s, r, n from plain_fact "
            "where length(o) between 2 and 40) where x is not null"
        )
        db.execute("insert or ignore into plain_back select o, r, n, s from late_back order by o, r, n")

    def _begin(self) -> None:
        """Have the keys of the names found so far worked out beside, block by block."""
        while len(self.names) >= self.begun + BLOCK:
            block = range(self.begun, self.begun + BLOCK)
            self.begun += BLOCK
            self.index.begin(self.names[block.start : block.stop], block)

    def _work_out(self, entities: Iterable[Entity]) -> dict[int, str]:
        """Work out the keys of all names and aliases; returns the forms of the names."""
        rest = range(self.begun, len(self.names))
        self.index.add(self.names[rest.start :], rest)
        self.index.gather()
        forms = self.index.forms()
        aliased: list[tuple[str, int]] = []
        for entity in entities:
            e = next((self.numbers[n] for n in (entity.id, entity.name.zh, entity.name.en) if n in self.numbers), -1)
            if e >= 0:
                aliases = {n for n in (entity.name.zh, entity.name.en, *entity.aliases) if n and n != self.names[e]}
                self.db.executemany("insert into plain_alias values(?, ?)", [(e, alias) for alias in aliases])
                aliased += [(alias, e) for alias in aliases]
        if aliased:
            self.index.add(*zip(*aliased, strict=True))
        return forms

    def _write_names(self, forms: dict[int, str]) -> None:
        """Write the names with what they are the subject and the object of."""
        forward, back = self._held("s", "plain_fact"), self._held("o", "plain_back")
        total = len(self.names)
        for start in range(0, total, _NAMES_AT_ONCE):
            names = self.names[start : start + _NAMES_AT_ONCE]
            numbers = range(start, start + len(names))
            held = [list(islice(each, len(names))) for each in (forward, back)]
            insert(self.db, "plain_name", [numbers, names, [forms.get(e, "") for e in numbers], *held])
            self.progress("names", start, total)

    def _held(self, column: str, table: str) -> Iterator[str]:
        """For each name its predicates in a table, with the number of facts where it is not one; '' without end."""
        after = 0
        sql = f"select {column}, group_concat(r) from {table} group by {column} order by {column}"  # noqa: S608
        for e, relations in self.db.execute(sql):
            yield from repeat("", e - after)
            yield _counted(relations)
            after = e + 1
        yield from repeat("")

    def _write_keys(self) -> None:
        """Write the keys in order, and the bitmaps that spare look-ups."""
        for number, part in enumerate(self.index.parts(), 1):
            insert(self.db, "plain_key", [part])
            self.progress("keys", number, PARTS)
        singles = self.index.singles().encode()
        rows = [(NAMES, self.index.filter(len(self.names))), (KEYS, self.index.slips), (SINGLES, singles)]
        self.db.executemany("insert into plain_bitmap values(?,?)", rows)

    def _write_predicates(self, vocabulary: Vocabulary, relations: Iterable[Relation]) -> None:
        used = [Used(p, self.counts[r], self.samples[r][:_SAMPLES]) for p, r in self.predicates.items()]
        data = Describer(self.tables.fold, vocabulary).describe(used, relations)
        insert(self.db, "plain_relation", [range(len(used)), list(self.predicates), list(data)])
        borne = [(r, e) for r, names in enumerate(self.bearers) for e in sorted(names)]
        self.db.executemany("insert into plain_bearer values(?, ?)", borne)


def insert(db: sqlite3.Connection, table: str, columns: Sequence[Sequence[Any]]) -> None:
    """Insert rows, given as columns, that a table does not hold yet."""
    width, rows = len(columns), len(columns[0])
    flat: list[Any] = [None] * (width * rows)
    for n, column in enumerate(columns):
        flat[n::width] = column
    row = f"({','.join('?' * width)})"
    values = iter(flat)
    for size, times in ((_ROWS, rows // _ROWS), (1, rows % _ROWS)):
        sql = f"insert or ignore into {table} values{','.join([row] * size)}"
        db.executemany(sql, islice(zip(*[values] * (width * size), strict=False), times))


def _at(places: Iterable[int], column: Sequence[Any]) -> list[Any]:
    return [column[n] for n in places]


def _called(subjects: Sequence[str], objects: Sequence[str], asked: Iterable[int]) -> Iterator[str]:
    """All subjects, and behind their own those objects that are asked by."""
    after = 0
    for n in asked:
        yield from subjects[after : n + 1]
        yield objects[n]
        after = n + 1
    yield from subjects[after:]


def _counted(relations: str) -> str:
    """'3,5,5,5' as '3,5:3'."""
    each = relations.split(",")
    if len(each) == len({*each}):
        return relations
    return ",".join([r if times == 1 else f"{r}:{times}" for r, times in Counter(each).items()])
