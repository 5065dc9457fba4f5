"""Compile triples into the tables of a bulk base, as a stream: memory grows with the names, not with the facts."""

from __future__ import annotations

import json
import math
import re
import sqlite3
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

from knowledge.fold import Tables
from knowledge.patterns import A_HAN
from knowledge.plain.base import SCHEMA
from knowledge.plain.keys import EDIT, EXACT, PART, SOUND, Filter, deletions, key, pieces
from knowledge.plain.triples import Row, Trouble, read
from knowledge.plain.vocabulary import (
    NEAR,
    SAME,
    VERB,
    Vocabulary,
    compact,
    label_text,
    load,
    matches,
    normal_form,
    plain_name,
    segment,
)
from knowledge.records import Entity, Relation
from knowledge.steps import at_once

_SAMPLES = 12
_CROWDED = 64
"""Names that a key for misspellings may have; of more it tells nothing."""
_SAME_NAMED = 400
_PARTS = 64
_LONGEST_NAME = 80
_LONGEST_FUZZY = 30
_DATE = re.compile(r"^[约前公元]*\d{1,4}(?:年|[-/.]\d{1,2}|$)")
_FIGURE = re.compile(r"^[约近超逾]?[¥$€]?\d[\d,.]*")
Progress = Callable[[str, int, int], None]
"""(what is done, how much, of how much): bytes while reading, names or keys afterwards."""


class PlainBuilder:
    """Takes triples file by file, then writes names, keys and predicates."""

    def __init__(self, db: sqlite3.Connection, tables: Tables, vocabulary: bytes, progress: Progress) -> None:
        self.db = db
        self.tables = tables
        self.vocabulary_bytes = vocabulary
        self.vocabulary: Vocabulary = at_once(load(vocabulary))
        self.progress = progress
        self.numbers: dict[str, int] = {}
        """Name → number; a name written otherwise (with blanks around it) has its own entry with the same number."""
        self.names: list[str] = []
        self.predicates: dict[str, int] = {}
        self.samples: list[list[str]] = []
        self.counts: list[int] = []
        """Facts of each predicate."""
        self.facts = 0
        self.last = -1
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
            if batch:
                self._batch(batch, first - 1)
                line = batch[-1][3]
        self.facts = first + line

    def _predicate(self, label: str) -> int:
        r = self.predicates[label] = len(self.predicates)
        self.samples.append([])
        self.counts.append(0)
        return r

    def _name(self, text: str) -> int:
        stripped = text.strip()
        e = self.numbers.get(stripped)
        if e is None:
            e = self.numbers[stripped] = len(self.names)
            self.names.append(stripped)
        if stripped != text:
            self.numbers[text] = e
        return e

    def _batch(self, rows: list[Row], offset: int) -> None:
        numbers, predicates, samples, counts = self.numbers.get, self.predicates.get, self.samples, self.counts
        ready: list[tuple[int, int, int, str]] = []
        late: list[tuple[int, int, int, str]] = []
        back: list[tuple[int, int, int, int]] = []
        inverse, last = self.inverse, self.last
        for s, p, o, line in rows:
            e = numbers(s)
            if e is None:
                e = self._name(s)
            r = predicates(p)
            if r is None:
                r = self._predicate(p)
            counts[r] += 1
            some = samples[r]
            if len(some) < _SAMPLES:
                some.append(o)
            if e >= last:
                last = e
                ready.append((e, r, line + offset, o))
            else:
                late.append((e, r, line + offset, o))
            if r in inverse:
                x = numbers(o)
                back.append((self._name(o) if x is None else x, r, line + offset, e))
        self.last = last
        self.db.executemany("insert or ignore into plain_fact values(?,?,?,?)", ready)
        if late:
            self.db.executemany("insert into late values(?,?,?,?)", late)
        if back:
            self.db.executemany("insert into late_back values(?,?,?,?)", back)

    def finish(self, relations: Iterable[Relation] = (), entities: Iterable[Entity] = ()) -> dict[str, int]:
        """Write what needs to know all: facts out of order, names, keys, predicates. What was written, counted."""
        db = self.db
        db.execute("insert or ignore into plain_fact select s, r, n, o from late order by s, r, n")
        self._backward()
        self._write_names()
        self._write_keys(entities)
        self._write_predicates({r.id: r for r in relations})
        rows = [("filter", bytes(self.filter.bits)), ("vocabulary", self.vocabulary_bytes)]
        db.executemany("insert or replace into blob values(?,?)", rows)
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

    def _write_names(self) -> None:
        sql = (
            "select {0}, group_concat(r || case c when 1 then '' else ':' || c end) from "
            "(select {0}, r, count(*) c from {1} group by {0}, r) group by {0} order by {0}"
        )
        forward = iter(self.db.execute(sql.format("s", "plain_fact")))
        back = iter(self.db.execute(sql.format("o", "plain_back")))

        def rows() -> Iterator[tuple[int, str, str, str]]:
            f, b = next(forward, None), next(back, None)
            for e, name in enumerate(self.names):
                has = held = ""
                if f and f[0] == e:
                    has, f = f[1], next(forward, None)
                if b and b[0] == e:
                    held, b = b[1], next(back, None)
                yield e, name, has, held

        self.db.executemany("insert into plain_name values(?,?,?,?)", rows())

    def _write_keys(self, entities: Iterable[Entity]) -> None:
        parts = [array("Q") for _ in range(4 * _PARTS)]
        self.filter = Filter.of_size(len(self.names))
        self.spellings: dict[str, str] = {}
        for e, name in enumerate(self.names):
            self._keys(name, e, parts)
            if not e % 65536:
                self.progress("names", e, len(self.names))
        for entity in entities:
            e = next((self.numbers[n] for n in (entity.id, entity.name.zh, entity.name.en) if n in self.numbers), -1)
            if e >= 0:
                aliases = {n for n in (entity.name.zh, entity.name.en, *entity.aliases) if n and n != self.names[e]}
                self.db.executemany("insert into plain_alias values(?, ?)", [(e, alias) for alias in aliases])
                for alias in aliases:
                    self._keys(alias, e, parts)
        for number, part in enumerate(parts):
            rows = _uncrowded(sorted(set(part)))
            self.db.executemany("insert into plain_key values(?)", rows)
            parts[number] = array("Q")
            self.progress("keys", number + 1, len(parts))

    def _keys(self, name: str, e: int, parts: list[array[int]]) -> None:
        folded = self.tables.fold(name)
        whole = compact(folded)
        bare = plain_name(folded)
        own = compact(bare) if bare != folded else whole
        found = []
        for text in {whole, own}:
            if text:
                self.filter.add(text)
                found.append(key(EXACT, text))
        if own and len(own) <= _LONGEST_FUZZY:
            found += [key(EDIT, d) for d in deletions(own)]
            found += [key(PART, d) for d in pieces(own)]
            sound = own.translate(self.tables.sounds)
            if sound != own and len(own) > 1:
                found.append(key(SOUND, sound))
        for k in found:
            parts[k >> 53].append(k + e)

    def _write_predicates(self, described: dict[str, Relation]) -> None:
        labels = [label_text(self.tables.fold(p)) for p in self.predicates]
        cuts = [self._cut(normal_form(label)) for label in labels]
        frequency = Counter(piece for cut in cuts for piece in {text for text, _ in cut})
        rows = []
        for (predicate, r), label, cut in zip(self.predicates.items(), labels, cuts, strict=True):
            rows.append((r, predicate, self._data(predicate, r, label, cut, frequency, described.get(predicate))))
        self.db.executemany("insert into plain_relation values(?,?,?)", rows)

    def _cut(self, normal: str) -> list[tuple[str, tuple[str, ...]]]:
        """Words of a label with their groups of synonyms; what the vocabulary does not know stays together."""
        found = [f for f in matches(normal, _starts(normal), self.vocabulary) if f.to - f.at > 1]
        inner = segment([f for f in found if f.to - f.at < len(normal)], normal, 0, len(normal))
        whole = sum(f.to - f.at for f in inner) >= len(normal)
        at = 0
        cut: list[tuple[str, tuple[str, ...]]] = []
        for start, end, entry in inner if whole else segment(found, normal, 0, len(normal)):
            if start > at:
                cut += [(text, ()) for text in _unknown(normal[at:start], self.vocabulary.tails)]
            cut.append((normal[start:end], entry.kin))
            at = end
        cut += [(text, ()) for text in _unknown(normal[at:], self.vocabulary.tails)]
        return cut

    def _data(
        self,
        predicate: str,
        r: int,
        label: str,
        cut: list[tuple[str, tuple[str, ...]]],
        frequency: Counter[str],
        told: Relation | None,
    ) -> str:
        fold = self.tables.fold
        weights = [len(text.strip()) ** 0.5 / (1 + math.log10(frequency[text])) for text, _ in cut]
        total = sum(weights) or 1
        tails = self.vocabulary.tails
        pieces = [
            (text, round(w / total, 3), tails.get(text, "") if n == len(cut) - 1 else "", like)
            for n, ((text, like), w) in enumerate(zip(cut, weights, strict=True))
        ]
        normal = normal_form(label)
        known = self.vocabulary.words.get(normal)
        kin = known.kin if known else ()
        type_ = _type_of(self.samples[r])
        written = label_text(predicate)
        zh, en, cues, inverse = written, written, [], ["", "", []]
        if told:
            zh, en = told.label.zh or zh, told.label.en or en
            type_ = {"entity": "", "text": ""}.get(told.value, told.value)
            own = [c for c in (told.label.zh, told.label.en, *told.cues) if c]
            cues = sorted({normal_form(fold(c)) for c in own})
            turned = [c for c in (told.inverse.zh, told.inverse.en, *told.inverse_cues) if c]
            inverse = [told.inverse.zh, told.inverse.en, sorted({normal_form(fold(c)) for c in turned})]
        return json.dumps(
            [zh, en, normal, type_, self._groups(normal), pieces, kin, cues, inverse, self.counts[r]],
            ensure_ascii=False, separators=(",", ":"),
        )  # fmt: skip

    def _groups(self, normal: str) -> list[tuple[int, float]]:
        """Groups that a label belongs to: as a whole, or by the longest word that begins or ends it."""
        words = self.vocabulary.words
        groups: dict[int, float] = {}
        whole = words.get(normal)
        if whole:
            for g, how in whole.groups:
                weight = {SAME: 1.0, VERB: 0.8, NEAR: 0.5}[how]
                groups[g] = max(weight, groups.get(g, 0))
        if not any(w > 0.6 for w in groups.values()):
            for size in range(len(normal) - 1, 1, -1):
                for text in (normal[-size:], normal[:size]):
                    for g, how in words[text].groups if text in words else ():
                        if how == SAME:
                            weight = 0.8 * size / len(normal)
                            groups[g] = max(weight, groups.get(g, 0))
        return [(g, round(w, 2)) for g, w in groups.items()]


def _starts(normal: str) -> list[int]:
    """Where words of a label may begin: at Han characters and at the blanks before others."""
    return [n for n, c in enumerate(normal) if A_HAN.match(c) or (c == " " and n < len(normal) - 1)]


def _unknown(text: str, tails: dict[str, str]) -> list[str]:
    """What the vocabulary does not know, its tail apart."""
    if not text.strip():
        return []
    for size in range(min(3, len(text) - 1), 0, -1):
        if text[-size:] in tails:
            return [text[:-size], text[-size:]]
    return [text]


def _type_of(samples: list[str]) -> str:
    """What most values look like: date, number or ''."""
    if not samples:
        return ""
    dates = sum(1 for s in samples if _DATE.match(s))
    figures = sum(1 for s in samples if _FIGURE.match(s))
    if dates * 3 >= len(samples) * 2 and any("年" in s or "-" in s or len(s) == 4 for s in samples):
        return "date"
    return "number" if figures * 3 >= len(samples) * 2 else ""


def _uncrowded(ordered: list[int]) -> Iterator[tuple[int]]:
    """Sorted keys without those of which too many names share one."""
    for k, group in groupby(ordered, lambda both: both >> 27):
        held = list(group)
        most = _SAME_NAMED if k >> 32 == EXACT else _CROWDED
        if len(held) <= most or k >> 32 == EXACT:
            for both in held[:most]:
                yield (both,)
