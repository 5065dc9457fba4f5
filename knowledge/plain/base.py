"""Triples as a base holds them: names, predicates and facts behind key look-ups. Nothing is loaded per name."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from knowledge.plain.keys import CODE, EXACT, MOST, Filter, key
from knowledge.plain.predicate import Predicate, Ways, predicate
from knowledge.plain.vocabulary import Vocabulary, compact
from knowledge.steps import Steps
from knowledge.text.fold import Tables
from knowledge.text.patterns import pattern

NUMBER = 1 << 32
"""Entities of triples have numbers from here on; those of curated facts lie below."""
SHOWN = 200
"""Values of one subject and predicate that are read; more are counted."""
_BETWEEN = "\x1f"
_FEW = 64
_CACHED = 4096
_MOST_FOUND = 4000
_TIMES = pattern(":[0-9]+")
"""What stands behind a predicate of which a name has several facts."""
_AT_ONCE = 64
"""Values that a statement is given one by one: it reads them in half the time of a list in JSON."""
_PREDICATES = 400
"""Predicates of one name that are compared."""
_SHORT = 60
"""Units of a question whose stretches can all be looked up."""
NAMES, KEYS, SINGLES = 0, 1, 2
"""Bitmaps: the filter of names, and all keys; and the names of one character. They stand in a table by number: in one
by name SQLite would read them whole to compare names."""

SCHEMA = """
create table plain_name(e integer primary key, name text, form text, forward text, back text);
create table plain_key(k integer primary key);
create table plain_relation(r integer primary key, label text, data text);
create table plain_fact(s integer, r integer, n integer, o text, primary key(s, r, n, o)) without rowid;
create table plain_back(o integer, r integer, n integer, s integer, primary key(o, r, n, s)) without rowid;
create table plain_bearer(r integer, s integer, primary key(r, s)) without rowid;
create table plain_alias(e integer, name text, primary key(e, name)) without rowid;
create table plain_file(n integer primary key, name text);
create table plain_bitmap(n integer primary key, bits blob);
"""


class Name(NamedTuple):
    """A subject, or an object that facts can be asked by."""

    e: int
    text: str
    forward: tuple[tuple[int, int], ...]
    """(relation, number of facts) of what it is the subject of."""
    back: tuple[tuple[int, int], ...]
    """(relation, number of facts) of what it is the object of."""
    form: str
    """Its forms as the base holds them."""


class Bearers(NamedTuple):
    """Some subjects that have a predicate."""

    names: frozenset[int]
    counts: dict[int, int]
    """How many of them have each predicate."""


class Triple(NamedTuple):
    """One fact of a bulk base."""

    n: int
    """Its number, from which file and line follow."""
    subject: int
    relation: int
    value: str


Rows = Callable[[str, Sequence[Any]], list[Any]]


class PlainBase:
    """The triples of an open base."""

    def __init__(self, rows: Rows, tables: Tables, vocabulary: Vocabulary) -> None:
        """`rows` runs a statement and turns a damaged file into BaseError."""
        self._rows = rows
        self._fold, self.begins = tables.fold, tables.begins
        self.sounds = tables.sounds
        self.vocabulary = vocabulary
        self._filter: Filter | None = None
        self._fresh = True
        self.files: list[tuple[int, str]] = rows("select n, name from plain_file order by n", ())
        self._firsts = [first for first, _ in self.files]
        self.aliased = bool(rows("select 1 from plain_alias limit 1", ()))
        self._predicates: dict[int, Predicate] = {}
        """Those that were read, at most _CACHED."""
        self._ways = lru_cache(maxsize=_CACHED)(self._made_ways)
        self.bearers = lru_cache(maxsize=_CACHED)(self._bearers)
        self.held: bytes | None = None
        """The bitmap of all keys, once it was read."""

    def filter(self, size: int) -> Filter | None:
        """The filter of names for a question of so many units; None for a short first one.

        To read it takes longer than to look up all stretches of one question.
        """
        if self._filter is None:
            if self._fresh and size <= _SHORT:
                self._fresh = False
                return None
            self._filter = Filter(self._bitmap(NAMES), self._bitmap(SINGLES).decode())
        return self._filter

    def warm(self) -> Steps[None]:
        """Read the bitmaps, for a process that is to answer many questions."""
        self._fresh = False
        self.filter(0)
        yield
        len(self.slips)
        yield

    @property
    def slips(self) -> bytes:
        """The bitmap of all keys: most misspellings of a span share none with a name. Read with the first of them."""
        if self.held is None:
            self.held = self._bitmap(KEYS)
        return self.held

    @cached_property
    def log_names(self) -> float:
        """Logarithm of the number of names: rarities are measured by it."""
        return math.log(1 + self._rows("select coalesce(max(e), 0) + 1 from plain_name", ())[0][0])

    @cached_property
    def few_predicates(self) -> tuple[Predicate, ...]:
        """All predicates, if they are few enough to be compared with a question; else none."""
        rows = self._rows("select r from plain_relation limit ?", (_FEW + 1,))
        return tuple(self.predicates([r for (r,) in rows])) if len(rows) <= _FEW else ()

    def _bitmap(self, number: int) -> bytes:
        return bytes(self._rows("select bits from plain_bitmap where n = ?", (number,))[0][0])

    def found(self, keys: Iterable[int]) -> dict[int, list[int]]:
        """For each key that a name has, the numbers of its entities, within the triples."""
        found: dict[int, list[int]] = {}
        sql = "select v, k from given cross join plain_key where k >= v and k < v + ? limit ?"
        for k, both in self._given(sql, keys, MOST, _MOST_FOUND):
            if k in found:
                found[k].append(both - k)
            else:
                found[k] = [both - k]
        return found

    def _given(self, sql: str, values: Iterable[int], *more: int) -> list[Any]:
        """The rows of a statement that reads from a table `given` with a column `v` of values."""
        every = list(values)
        rows: list[Any] = []
        for start in range(0, len(every), _AT_ONCE):
            some = every[start : start + _AT_ONCE]
            rows += self._rows(f"{_table(len(some))} {sql}", (*some, *more))
        return rows

    def alike(self, crcs: Iterable[int]) -> Iterable[tuple[int, int, tuple[str, ...]]]:
        """(CRC-32, number, forms) of names of whose texts, sounds, stretches or texts less a character it is one."""
        sql = (
            "select v, e, name, form from given cross join plain_key cross join plain_name "
            "where k >= v << ? and k < (v + 1) << ? and e = k & ? limit ?"
        )
        for code, e, name, form in self._given(sql, crcs, CODE, CODE, MOST - 1, _MOST_FOUND):
            yield code, e, self._forms(e, name, form)

    def names(self, entities: Iterable[int]) -> list[Name]:
        """Names by number (within the triples)."""
        wanted = tuple(entities)
        if not wanted:
            return []
        if len(wanted) == 1:
            rows = self._rows("select e, name, forward, back, form from plain_name where e = ?", wanted)
        else:
            sql = "select e, name, forward, back, form from plain_name where e in (select value from json_each(?))"
            rows = self._rows(sql, (f"[{','.join(map(str, wanted))}]",))
        return [Name(e, name, _pairs(forward), _pairs(back), form) for e, name, forward, back, form in rows]

    def ways(self, name: Name) -> Ways:
        """What a name can be asked for: predicates that it is the subject of, and those that it is the object of."""
        return self._ways(name.forward, name.back)

    def _made_ways(self, *held: tuple[tuple[int, int], ...]) -> Ways:
        each = [(r, bool(backward)) for backward, some in enumerate(held) for r, _ in some[:_PREDICATES]]
        return Ways(list(zip(self.predicates([r for r, _ in each]), [backward for _, backward in each], strict=True)))

    def predicate(self, r: int) -> Predicate:
        return self._predicates.get(r) or self.predicates((r,))[0]

    def predicates(self, relations: Sequence[int]) -> list[Predicate]:
        """Predicates by number; those that were not read before all at once."""
        known = self._predicates
        lacking = [r for r in dict.fromkeys(relations) if r not in known]
        if len(known) + len(lacking) > _CACHED:
            known.clear()
            lacking = list(dict.fromkeys(relations))
        sql = "select r, label, data from given join plain_relation on r = v"
        for r, label, data in self._given(sql, lacking):
            known[r] = predicate(r, label, data, self.vocabulary.types)
        return [known[r] for r in relations]

    def name(self, e: int) -> Name:
        return self.names((e,))[0]

    def numbered(self, e: int) -> Name | None:
        """The name that has this number among all entities of a base; None if it is one of its curated facts."""
        return self.name(e - NUMBER) if e >= NUMBER else None

    def number(self, text: str) -> int | None:
        """The number of the name that is written just so."""
        wanted = key(EXACT, compact(self._fold(text)))
        found = self.names(self.found([wanted]).get(wanted, ()))
        return next((name.e for name in found if name.text == text), None)

    def compared(self, name: Name) -> tuple[str, ...]:
        """The forms under which a name is compared: its aliases, itself without its brackets, and whole."""
        return self._forms(name.e, name.text, name.form)

    def _forms(self, e: int, name: str, form: str) -> tuple[str, ...]:
        forms = tuple(form.split(_BETWEEN)) if form else (name,)
        if self.aliased:
            found = self._rows("select name from plain_alias where e = ?", (e,))
            forms = (*(compact(self._fold(alias)) for (alias,) in found), *forms)
        return forms

    def bears(self, name: Name, form: str) -> bool:
        """Whether this is a form of the name: another one may share its look-up key."""
        return name.text == form or form in self.compared(name)

    def _bearers(self, r: int) -> Bearers:
        rows = self._rows("select e, forward from plain_bearer join plain_name on e = s where r = ?", (r,))
        counts = Counter(_TIMES.sub("", ",".join([forward for _, forward in rows])).split(","))
        return Bearers(frozenset([e for e, _ in rows]), {int(b): count for b, count in counts.items() if b})

    def values(self, s: int, r: int) -> list[Triple]:
        """What a subject has for a predicate, in the order of the files; the first SHOWN."""
        sql = "select n, o from plain_fact where s = ? and r = ? limit ?"
        return [Triple(n, s, r, o) for n, o in self._rows(sql, (s, r, SHOWN))]

    def facts(self, s: int, most: int) -> list[Triple]:
        """The first facts of a subject, by predicate."""
        sql = "select n, r, o from plain_fact where s = ? limit ?"
        return [Triple(n, s, r, o) for n, r, o in self._rows(sql, (s, most))]

    def beside(self, s: int, relations: Iterable[int], near: int) -> list[tuple[int, str]]:
        """Predicate and value of what the names that stand `near` a subject in the files have for some predicates.

        They are values that it may hold as well.
        """
        sql = (
            "select distinct r, o from plain_fact where s between ? and ? and s <> ? "
            "and r in (select value from json_each(?)) limit ?"
        )
        wanted = f"[{','.join(map(str, relations))}]"
        return sorted(self._rows(sql, (s - near, s + near, s, wanted, _MOST_FOUND)))

    def folded(self, text: str) -> str:
        """A value in the form in which questions are read."""
        return self._fold(text)

    def subjects(self, o: int, r: int) -> list[Triple]:
        """Names of the subjects that have an object for a predicate; the first SHOWN."""
        sql = "select n, s, name from plain_back join plain_name on e = s where o = ? and r = ? limit ?"
        return [Triple(n, s, r, name) for n, s, name in self._rows(sql, (o, r, SHOWN))]

    def source(self, n: int) -> tuple[str, int]:
        """File and line of a fact."""
        first, name = self.files[bisect_right(self._firsts, n) - 1]
        return name, n - first + 1


@lru_cache(maxsize=_AT_ONCE)
def _table(size: int) -> str:
    return f"with given(v) as (values {','.join(['(?)'] * size)})"


def written(name: str, bare: str, whole: str) -> str:
    """Forms of a name as `Name.form` holds them: '' where it is compared as it is written."""
    return "" if name == bare == whole else bare if bare == whole else f"{bare}{_BETWEEN}{whole}"


@lru_cache(maxsize=_CACHED)
def _pairs(text: str) -> tuple[tuple[int, int], ...]:
    if not text:
        return ()
    if ":" not in text:
        return tuple([(int(r), 1) for r in text.split(",")])
    parts = [part.partition(":") for part in text.split(",")]
    return tuple([(int(r), int(count or 1)) for r, _, count in parts])
