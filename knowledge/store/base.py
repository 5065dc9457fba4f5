"""The fact base as it is read: one immutable SQLite file, opened read-only, rows turned into frozen records."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from knowledge.errors import BaseError
from knowledge.steps import Steps, at_once
from knowledge.store import words
from knowledge.store.caption import Caption
from knowledge.store.held import Held, hold, made, shared
from knowledge.store.lookup import Lookup
from knowledge.store.sorts import Sorts
from knowledge.text.fold import Tables
from knowledge.text.lexicon import Lexicon
from knowledge.text.numerals import longest_first
from knowledge.text.patterns import compile_all
from knowledge.text.rows import (
    ArticleRow,
    Cited,
    EntityRow,
    FactRow,
    ListRow,
    RelationRow,
    UnnamedRow,
    article_row,
    named,
)

if TYPE_CHECKING:
    from knowledge.plain.base import PlainBase

__all__ = ["FORMAT", "ArticleRow", "Base", "Cited", "EntityRow", "FactRow", "ListRow", "RelationRow"]

FORMAT = 23
"""Raised whenever an older program could not read the file."""
_HEAD = ("card", "topics", "closed", "who", "where", "persons", "alike")
_CACHED_FACTS = 4096
_CACHED_TERMS = 8192
_CACHED_LINKS = 1024
_HELD = 200_000
"""Rows of a look-up table up to which a process that answers many questions holds it in memory (some 20 MB)."""
_AT_ONCE = 256
"""Rows of such a table that are read in one step."""
_NOWHERE = array("I")
T = TypeVar("T")
_BLOBS = {"simplified", "sounds", "syllables", "regional", "lexicon", "starts"}


class Base:
    """An open fact base. Not thread-safe; open one for each thread."""

    def __init__(self, path: Path) -> None:
        """Open the file. Raises BaseError if it is missing, no base, damaged, or of another format."""
        at_once(self._open(path))

    @classmethod
    def beside(cls, path: Path) -> Steps[Base]:
        """Open and warm a base in steps of some tenths of a millisecond. Raises as opening does."""
        base = cls.__new__(cls)
        yield from cls._open(base, path)
        try:
            yield from cls._warm(base)
        except GeneratorExit:
            base.close()
            raise
        return base

    def _open(self, path: Path) -> Steps[None]:
        if not path.is_file():
            raise BaseError(f"there is no fact base at {path}; make one with: modu facts build --pack DIR --out {path}")
        self.path = path
        self._remembered: dict[Callable[..., Any], Callable[..., Any]] = {}
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        try:
            self._db = sqlite3.connect(uri, uri=True, check_same_thread=False, cached_statements=256)
        except sqlite3.Error as error:
            raise BaseError(f"{path} can't be opened ({error})") from error
        try:
            yield from self._load()
        except (sqlite3.Error, KeyError, ValueError, TypeError) as error:
            self._db.close()
            raise BaseError(f"{path} is no readable fact base ({error}); build it anew: modu facts build") from error
        except (BaseError, GeneratorExit):
            self._db.close()
            raise
        self.fact: Callable[[int], FactRow] = lru_cache(maxsize=_CACHED_FACTS)(self._fact)
        self.entity: Callable[[int], EntityRow] = lru_cache(maxsize=_CACHED_FACTS)(self._entity)
        self.postings: Callable[[str], Sequence[int]] = lru_cache(maxsize=_CACHED_TERMS)(self._postings)
        """Numbers of the facts that hold an index term, ascending."""
        self.linked: Callable[[int], frozenset[int]] = lru_cache(maxsize=_CACHED_LINKS)(self._linked)
        self.parts_of: Callable[[int], list[int]] = lru_cache(maxsize=_CACHED_LINKS)(self._parts_of)
        self.folded_names = lru_cache(maxsize=_CACHED_FACTS)(self._folded_names)
        self.statement = lru_cache(maxsize=_CACHED_FACTS)(self._statement)
        self.quote: Callable[[str, int], str | None] = lru_cache(maxsize=_CACHED_LINKS)(self._quote)
        """An article's own paragraph, where the base was built with the texts."""
        self.disagreements = lru_cache(maxsize=1)(self._disagreements)
        self.facts_of: Callable[[int], tuple[int, ...]] = lru_cache(maxsize=_CACHED_LINKS)(self._facts_of)

    def _load(self) -> Steps[None]:
        """Read what every question needs."""
        self.meta: dict[str, str] = dict(self._db.execute("select key, value from meta"))
        if self.meta.get("format") != str(FORMAT):
            raise BaseError(
                f"{self.path} has format {self.meta.get('format')}, this program reads {FORMAT}; "
                "build it anew: modu facts build"
            )
        held = {key for (key,) in self._db.execute("select key from blob")}
        if missing := _BLOBS - held:
            raise ValueError(f"it lacks {', '.join(sorted(missing))}")
        yield
        self.tables: Tables = yield from shared(self.meta["tables"], self._tables)
        lexicon: Lexicon | None = made(self.meta["lexicon"])
        self.lexicon = lexicon or words.looked_up(self._blob("lexicon"), self._rows)
        yield
        self.lookup = Lookup(self._rows, self._blob("starts"))
        self._sizes: dict[str, int] = json.loads(self.meta["sizes"])
        self.relations = [RelationRow(*row) for row in self._db.execute("select * from relation order by r")]
        self.units = longest_first(self.tables.fold(r.unit) for r in self.relations)
        """The units of the pack's figures, folded."""
        self.money = frozenset(self.tables.fold(r.unit) for r in self.relations if r.unit and r.value == "amount")
        """Those of its sums of money."""
        self.relation_numbers = {r.id: r.r for r in self.relations}
        self.fact_count: int = self._db.execute("select count(*) from fact").fetchone()[0]
        self.entity_count: int = self._db.execute("select count(*) from entity").fetchone()[0]
        self.articles = {a.id: a for a in map(article_row, self._db.execute("select * from article"))}
        self.caption = Caption(self.meta)
        head = {key: json.loads(self.meta[key]) for key in _HEAD}
        self.shared = frozenset[str](json.loads(self.meta.get("shared", "[]")))
        """Relations that tie something to others besides those that are told of."""
        self.directed: list[str] = json.loads(self.meta.get("directed", "[]"))
        """Words by which one thing does something to another, or is put before it, folded."""
        classes: list[list[str]] = json.loads(self.meta.get("characters", "[]"))
        self.characters = [frozenset(group) for group in classes]
        """Classes of characters, or of Latin words, of which one is no slip for another."""
        self.unnamed = [
            UnnamedRow(tuple(words), frozenset(facts), of)
            for words, facts, of in json.loads(self.meta.get("unnamed", "[]"))
        ]
        """What the articles tell of without giving its name."""
        self.lists = [ListRow(*row) for row in json.loads(self.meta.get("lists", "[]"))]
        self.card: list[str] = head["card"]
        self.topics = frozenset[str](head["topics"])
        self.closed = frozenset[str](head["closed"])
        self.who = frozenset[str](head["who"])
        self.where = frozenset[str](head["where"])
        self.heads: dict[str, list[str]] = json.loads(self.meta.get("heads", "{}"))
        """What most names of a kind end with, and the kinds of which that is so."""
        self.persons = frozenset[str](head["persons"])
        """Kinds that the pack calls persons."""
        self.plain: PlainBase | None = None
        """The triples, where the base holds any."""
        if "plain" in self.meta:
            from knowledge.plain.base import PlainBase  # a base without triples is opened without it
            from knowledge.plain.vocabulary import load

            vocabulary = yield from shared(self.meta["vocabulary"], lambda: load(self._blob("vocabulary")))
            self.plain = PlainBase(self._rows, self.tables, vocabulary)
        wholes = map(self.entity_number, json.loads(self.meta.get("whole", "[]")))
        self.whole = frozenset(e for e in wholes if e is not None)
        """Entities of which all places are part, though their `part_of` does not say so."""
        shorts = {c: self.entity_number(e) for c, e in json.loads(self.meta.get("short", "{}")).items()}
        self.short = {self.tables.fold(c): e for c, e in shorts.items() if e is not None}
        """Character → the entity that it stands for in a row of such (京沪粤)."""
        groups = [frozenset[str](group) for group in head["alike"]]
        self.alike = {kind: group for group in groups for kind in group}
        """Kind → the kinds that its noun may ask for."""

    @cached_property
    def sorts(self) -> Sorts:
        """The words that ask for something of a sort, and those of which a statement on it has one."""
        return Sorts(self._rows)

    def _blob(self, key: str) -> bytes:
        return bytes(self._db.execute("select value from blob where key = ?", (key,)).fetchone()[0])

    def _tables(self) -> Steps[Tables]:
        simplified, sounds = (self._blob(key).decode("utf-16-le") for key in ("simplified", "sounds"))
        yield
        regional = tuple((word, usual) for word, usual in json.loads(self._blob("regional")))
        return Tables(simplified, sounds, json.loads(self._blob("syllables")), regional)

    @cached_property
    def digest(self) -> str:
        """The hash of the file's content: another base has another."""
        import hashlib  # only who serves a base asks for it; a single answer starts without

        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:16]

    @property
    def warmed(self) -> bool:
        """Whether the process is to answer many questions."""
        return self.lookup.held

    def warm(self) -> None:
        """Read into memory what questions need, for a process that is to answer many of them.

        As many facts and entities as the caches hold, and the look-up tables where they are of moderate size; the
        patterns are compiled as well. 300 ms for a thousand facts. What is damaged, the question that needs it tells.
        """
        at_once(self._warm())

    def _warm(self) -> Steps[None]:
        yield from compile_all()
        with suppress(BaseError):
            head, parts = self._blob("lexicon"), self._parts(words.ROWS)
            self.lexicon = yield from shared(self.meta["lexicon"], lambda: words.held(head, parts))
            if self.plain:
                yield from self.plain.warm()
            yield from self._hold_names()
            yield from self._hold_terms()
            self.entity = yield from hold(range(min(self.entity_count, _CACHED_FACTS)), self.entity)
            self.fact = yield from hold(range(min(self.fact_count, _CACHED_FACTS)), self.fact)
            linked = range(min(self.entity_count, _CACHED_LINKS))
            self.facts_of = yield from hold(linked, self.facts_of)
            self.linked = yield from hold(linked, self.linked)
            self.parts_of = yield from hold(linked, self.parts_of)
            self.disagreements()
            if self.fact_count:
                self.sorts.hold()
                self.generic  # noqa: B018 -- is read here

    def _hold_names(self) -> Steps[None]:
        if self._sizes["name"] <= _HELD:
            yield from self.lookup.hold(self._parts("select k, e from name"))

    def _hold_terms(self) -> Steps[None]:
        if self._sizes["term"] > _HELD:
            return
        held = Held[str, Sequence[int]](lambda _: _NOWHERE)
        for rows in self._parts("select t, facts from term"):
            held.update((term, array("I", facts)) for term, facts in rows)
            yield
        self.postings = held.__getitem__

    def close(self) -> None:
        self._db.close()

    def _parts(self, sql: str) -> Iterator[list[tuple[Any, ...]]]:
        """All rows of a statement, some hundred at a time."""
        try:
            cursor = self._db.execute(sql)
            while rows := cursor.fetchmany(_AT_ONCE):
                yield rows
        except sqlite3.Error as error:
            raise self._damaged(error) from error

    def _damaged(self, error: sqlite3.Error) -> BaseError:
        return BaseError(f"{self.path} is damaged ({error}); build it anew: modu facts build")

    def _rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._db.execute(sql, parameters).fetchall()
        except sqlite3.Error as error:
            raise self._damaged(error) from error

    def _entity(self, e: int) -> EntityRow:
        if self.plain and (name := self.plain.numbered(e)):
            return named(e, name.text)
        return EntityRow(self._rows("select * from entity where e = ?", (e,))[0])

    def _fact(self, f: int) -> FactRow:
        row = self._rows("select * from fact where f = ?", (f,))[0]
        cited = self._rows("select article, paragraph from citation where f = ? order by n", (f,))
        article = self.articles.get(cited[0][0]) if cited else None
        return FactRow(row, cited, self.above, article, self.relations)

    @cached_property
    def _holder(self) -> Callable[[int], int]:
        """What an entity is part of, -1 if of nothing; of a base of moderate size read at once."""
        if self.entity_count > _CACHED_FACTS:
            return lambda e: self.entity(e).part_of
        held = dict(self._rows("select e, part_of from entity where part_of >= 0"))
        return lambda e: held.get(e, -1)

    @cached_property
    def generic(self) -> frozenset[int]:
        """Entities that are named in passing more often than meant."""
        return frozenset(row[0] for row in self._rows("select e from entity where generic"))

    def _postings(self, term: str) -> array[int]:
        rows = self._rows("select facts from term where t = ?", (term,))
        return array("I", rows[0][0]) if rows else _NOWHERE

    def _facts_of(self, e: int) -> tuple[int, ...]:
        return tuple(row[0] for row in self._rows("select f from mention where e = ?", (e,)))

    def _linked(self, e: int) -> frozenset[int]:
        """Entities that stand at the other end of a fact with this one, or hold it, or are part of it."""
        found = {row[0] for row in self._rows("select b from link where a = ?", (e,))}
        found.update(self.parts_of(e))
        return frozenset(found | {self.entity(e).part_of})

    def holds(self, whole: int, part: int) -> bool:
        """Whether one entity holds another: by `part_of`, or as a whole of the pack."""
        if whole in self.whole and part not in self.whole and self.entity(part).kind != self.entity(whole).kind:
            return True
        return whole in self.above(part)

    def above(self, e: int) -> list[int]:
        """What an entity is part of, and that in turn, each once: a pack may go round in circles."""
        above: list[int] = []
        while (e := self._holder(e)) >= 0 and e not in above:
            above.append(e)
        return above

    def facts_with(self, relation: int) -> list[int]:
        """Numbers of all facts of a relation; at most a thousand."""
        return [r[0] for r in self._rows("select f from fact where relation = ? limit 1000", (relation,))]

    def of_kind(self, kind: str) -> list[int]:
        """Numbers of all entities of a kind that facts speak of, the most spoken of first; at most a thousand."""
        sql = "select e from entity where kind = ? and facts > 0 order by facts desc, e limit 1000"
        return [row[0] for row in self._rows(sql, (kind,))]

    def facts_citing(self, article: str) -> int:
        """How many facts cite an article."""
        return int(self._rows("select count(distinct f) from citation where article = ?", (article,))[0][0])

    def facts_about(self, subject: int, family: str) -> list[int]:
        """Numbers of the facts with this subject whose relation is of this family."""
        sql = "select f from fact join relation on relation = r where subject = ? and family = ? order by f"
        return [row[0] for row in self._rows(sql, (subject, family))]

    def facts_on(self, e: int) -> list[FactRow]:
        """The facts whose subject is this entity, in their order."""
        return [f for f in map(self.fact, self.facts_of(e)) if f.subject == e]

    def remembered(self, make: Callable[..., T]) -> Callable[..., T]:
        """`make` with this base as its last argument; what it made of the other arguments lately is kept."""
        known = self._remembered.get(make)
        if known is None:
            known = self._remembered[make] = lru_cache(_CACHED_TERMS)(lambda *given: make(*given, self))
        return known

    def kinds_like(self, kinds: Iterable[str]) -> frozenset[str]:
        """These kinds and those that their nouns may ask for as well."""
        return frozenset().union(*(self.alike.get(k, frozenset({k})) for k in kinds))

    def said(self, fact: FactRow) -> str:
        """A fact's statements in both languages, folded as questions are."""
        return f"{self.statement(fact.f)} {fact.en.casefold()}"

    def _statement(self, f: int) -> str:
        """A fact's statement in zh-Hans, folded as questions are."""
        return self.tables.fold(self.fact(f).zh)

    def _folded_names(self, e: int) -> tuple[str, ...]:
        """`EntityRow.names` as questions are folded."""
        return tuple(map(self.tables.fold, self.entity(e).names))

    def _parts_of(self, e: int) -> list[int]:
        """Entities that are part of this one."""
        return [row[0] for row in self._rows("select e from entity where part_of = ?", (e,))]

    def spoken(self, key: str) -> str:
        """The word of the language or the pack that has a homophone key, '' if none does."""
        rows = self._rows("select word from spoken where k = ?", (key,))
        return str(rows[0][0]) if rows else ""

    def fact_number(self, fact_id: str) -> int | None:
        rows = self._rows("select f from fact where id = ?", (fact_id,))
        return rows[0][0] if rows else None

    def entity_number(self, entity_id: str) -> int | None:
        rows = self._rows("select e from entity where id = ?", (entity_id,))
        return rows[0][0] if rows else None

    def _disagreements(self) -> list[tuple[frozenset[int], tuple[str, str, str]]]:
        """(fact numbers, note in zh-Hans, en and zh-Hant) for each disagreement that the pack names."""
        found = []
        for raw, *note in self._rows("select facts, zh, en, hant from disagreement"):
            numbers = [self.fact_number(i) for i in json.loads(raw)]
            found.append((frozenset(n for n in numbers if n is not None), (note[0], note[1], note[2])))
        return found

    def source(self, n: int) -> tuple[str, int]:
        """File and line of a triple."""
        return self.plain.source(n) if self.plain else ("", 0)

    def _quote(self, article: str, paragraph: int) -> str | None:
        if not self._quotable:
            return None
        rows = self._rows("select text from paragraph where article = ? and n = ?", (article, paragraph))
        return rows[0][0] if rows else None

    @cached_property
    def _quotable(self) -> bool:
        return bool(self._rows("select 1 from paragraph limit 1"))
