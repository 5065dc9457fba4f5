"""Compile a pack into one immutable SQLite file.

All that needs YAML, OpenCC or pypinyin happens here; the finished file answers with the standard library alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
import tempfile
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from knowledge.building.bulk import Bulk, BulkBuilder
from knowledge.building.cleaning import Paragraph, paragraphs
from knowledge.building.heads import name_parts
from knowledge.building.pack import COMMAND
from knowledge.building.statements import Statements, entity_names
from knowledge.building.tables import make_tables, spell, to_traditional
from knowledge.building.wordlists import (
    compile_lexicon,
    kept_words,
    load_language,
    load_variants,
    person_kinds,
    store_words,
)
from knowledge.building.written import refuse_device
from knowledge.errors import PackError, Problem
from knowledge.plain.beside import Beside
from knowledge.plain.triples import Trouble
from knowledge.reading.spelling import spelling_keys
from knowledge.store.base import FORMAT
from knowledge.store.records import Entity, Pack
from knowledge.text.fold import name_key
from knowledge.text.keys import deletions, double_deletions, make_starts
from knowledge.text.lexicon import Lexicon
from knowledge.text.patterns import is_han
from knowledge.text.terms import bigrams

_SCHEMA = """
create table meta(key text primary key, value text) without rowid;
create table blob(key text primary key, value blob);
create table article(id text primary key, title text, about_zh text, about_en text, publisher text, authors text,
    published text, language text, url text, paragraphs integer, title_hant text, about_hant text, publisher_hant text)
    without rowid;
create table paragraph(article text, n integer, raw text, text text, primary key(article, n)) without rowid;
create table entity(e integer primary key, id text unique, kind text, zh text, en text, part_of integer,
    about_zh text, about_en text, aliases text, generic integer, facts integer, hant text);
create table name(k text, e integer, primary key(k, e)) without rowid;
create table relation(r integer primary key, id text unique, zh text, en text, value text, unit text, family text,
    answers text, hant text);
create table fact(f integer primary key, id text unique, subject integer, relation integer, as_of text, data text,
    terms text);
create table mention(e integer, f integer, primary key(e, f)) without rowid;
create table link(a integer, b integer, primary key(a, b)) without rowid;
create table term(t text primary key, n integer, facts blob) without rowid;
create table citation(f integer, n integer, article text, paragraph integer, primary key(f, n)) without rowid;
create table disagreement(id text primary key, facts text, zh text, en text, hant text) without rowid;
create table spoken(k text primary key, word text) without rowid;
create table sound(k text, word text, weight integer, primary key(k, word)) without rowid;
create index fact_subject on fact(subject, relation);
create index entity_generic on entity(e) where generic;
"""
_TABLES = ("simplified", "sounds", "syllables", "regional")
"""Blobs that hold what text is folded by."""
_MUCH = 1 << 20
"""Bytes of bulk files that are worth a second process."""
_LISTED = 3
"""Kinds that get a command of their own in a pack that says nothing about it."""
_TIED = 3
"""All entities of a fact that names so few are tied to its subject."""
_TOPIC_FACTS = 10
"""A topic (term, technology) of so many facts is named in passing."""


def _written(names: set[str], variants: list[tuple[str, ...]]) -> list[str]:
    """The folded names and, with one part for another (人工智能 for ai), the other ways to write them."""
    found = set(names)
    for name in names:
        for one, other in variants:
            found.update(name.replace(a, b) for a, b in ((one, other), (other, one)) if _stands_alone(a, name))
    return sorted(found)


def _stands_alone(part: str, name: str) -> bool:
    """Whether the part is in a name, and no piece of a longer Latin word or the whole of it."""
    return part != name and re.search(rf"(?<![a-z0-9]){re.escape(part)}(?![a-z0-9])", name) is not None


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made."""

    path: Path
    hash: str
    """First 16 hexadecimal digits of the file's SHA-256."""
    counts: dict[str, int]
    skipped: Trouble | None = None
    """Lines of bulk files that were left out."""


class _Builder:
    def __init__(
        self,
        pack: Pack,
        db: sqlite3.Connection,
        words: tuple[Lexicon, dict[str, str]],
        spellings: list[tuple[str, str]],
    ) -> None:
        """`words` are the lexicon, and homophone key → word; `spellings` the keys of the language's own words."""
        self.pack = pack
        self.db = db
        self.tables = make_tables()
        self.lexicon, self.spoken = words
        self.language_spellings = spellings
        self.statements = Statements(pack, self.tables, self.lexicon)
        self.number = self.statements.number
        self.relation_number = {x.id: n for n, x in enumerate(pack.relations)}
        self.sounds: dict[tuple[str, str], int] = {}
        self.variants = [tuple(map(self.tables.fold, pair)) for pair in load_variants()]
        self.spellings: dict[str, set[str]] = {}

    def run(self, texts: dict[str, list[Paragraph]]) -> None:
        self.db.executescript(_SCHEMA)
        self.articles(texts)
        mentioned = self.facts()
        self.names(mentioned)
        self.relation_rows()
        self.blobs()

    def articles(self, texts: dict[str, list[Paragraph]]) -> None:
        self.db.executemany(
            "insert into article values(?,?,?,?,?,?,?,?,?,?,?,?,?)",
            [
                (a.id, a.title, a.about.zh, a.about.en, a.publisher, json.dumps(a.authors, ensure_ascii=False),
                 a.published, a.language, a.url, a.paragraphs,
                 *(to_traditional(t) for t in (a.title, a.about.zh, a.publisher)))
                for a in self.pack.articles
            ],
        )  # fmt: skip
        self.db.executemany(
            "insert into paragraph values(?,?,?,?)",
            [(name, p.number, p.raw, p.text) for name, found in texts.items() for p in found],
        )
        self.db.executemany(
            "insert into disagreement values(?,?,?,?,?)",
            [
                (d.id, json.dumps(d.facts), d.note.zh, d.note.en, to_traditional(d.note.zh))
                for d in self.pack.disagreements
            ],
        )

    def hear(self, statement: str) -> None:
        """Note how the pairs of characters of a statement sound: a question may write them otherwise."""
        for bigram in bigrams(self.tables.fold(statement)):
            for key in self.spelt(bigram):
                self.sounds[key, bigram] = max(self.sounds.get((key, bigram), 0), 1)

    def spelt(self, text: str) -> set[str]:
        if text not in self.spellings:
            self.spellings[text] = spell(text, self.tables)
        return self.spellings[text]

    def facts(self) -> dict[int, int]:
        postings: dict[str, array[int]] = defaultdict(lambda: array("I"))
        mentioned: dict[int, int] = defaultdict(int)
        for f, fact in enumerate(self.pack.facts):
            own, cued = self.statements.terms_of(fact)
            self.hear(fact.statement.zh)
            for term in own | cued:
                postings[term].append(f)
            data = self.statements.data_of(fact)
            refs = [self.number[r] for r in self.statements.entities_of(fact)]
            for ref in refs:
                mentioned[ref] += 1
            self.db.execute(
                "insert into fact values(?,?,?,?,?,?,?)",
                (f, fact.id, self.number[fact.subject], self.relation_number[fact.relation], fact.as_of,
                 json.dumps(data, ensure_ascii=False, separators=(",", ":")), _bag(own, cued)),
            )  # fmt: skip
            self.db.executemany("insert into mention values(?,?)", [(ref, f) for ref in refs])
            ends = [self.number[r] for r in dict.fromkeys((fact.subject, *fact.objects))]
            ends = refs if len(refs) <= _TIED else ends
            self.db.executemany(
                "insert or ignore into link values(?,?)",
                [(a, b) for a in ends for b in ends if a != b and (a == ends[0] or b == ends[0])],
            )
            self.db.executemany(
                "insert or ignore into citation values(?,?,?,?)",
                [(f, n, c.article, c.paragraph) for n, c in enumerate(fact.citations)],
            )
        self.db.executemany(
            "insert into term values(?,?,?)", [(t, len(p), p.tobytes()) for t, p in sorted(postings.items())]
        )
        return mentioned

    def names(self, mentioned: dict[int, int]) -> None:
        keys: set[tuple[str, int]] = set()
        for entity in self.pack.entities:
            e = self.number[entity.id]
            for folded in _written({*map(self.tables.fold, entity_names(entity))}, self.variants):
                key = name_key(folded)
                if not key:
                    continue
                keys.add(("=" + key, e))
                keys.update(("-" + d, e) for d in (*deletions(key), *double_deletions(key)))
                if sum(map(is_han, key)) >= 2:
                    for sound in spell(key, self.tables):
                        keys.add(("~" + sound, e))
                        self.sounds[sound, key] = 100
            self.db.execute(
                "insert into entity values(?,?,?,?,?,?,?,?,?,?,?,?)",
                (e, entity.id, entity.kind, entity.name.zh, entity.name.en, self.number.get(entity.part_of, -1),
                 entity.description.zh, entity.description.en, json.dumps(entity.aliases, ensure_ascii=False),
                 self.is_generic(entity, mentioned.get(e, 0)), mentioned.get(e, 0),
                 to_traditional(entity.name.zh)),
            )  # fmt: skip
        self.db.executemany("insert into name values(?,?)", sorted(keys))
        self.starts = make_starts(k[1:] for k, _ in keys if k[0] == "=")
        own = spelling_keys(map(self.tables.fold, self.latin()))
        self.sounds |= dict.fromkeys(chain(self.language_spellings, own), 1)
        self.db.executemany("insert into spoken values(?,?)", sorted(self.spoken.items()))
        self.db.executemany("insert into sound values(?,?,?)", [(k, w, n) for (k, w), n in sorted(self.sounds.items())])

    def latin(self) -> Iterator[str]:
        """The pack's texts whose Latin words a question may misspell."""
        for relation in self.pack.relations:
            yield from (relation.label.en, *relation.cues)
        for fact in self.pack.facts:
            yield from (fact.statement.en, *fact.cues)

    def is_generic(self, entity: Entity, facts: int) -> bool:
        """Marked as named in passing, or a topic that many facts touch."""
        return entity.generic or (entity.kind in self.pack.topics and facts >= _TOPIC_FACTS)

    def relation_rows(self) -> None:
        self.db.executemany(
            "insert into relation values(?,?,?,?,?,?,?,?,?)",
            [
                (n, r.id, r.label.zh, r.label.en, r.value, r.unit, r.family, r.answers, to_traditional(r.label.zh))
                for n, r in enumerate(self.pack.relations)
            ],
        )

    def blobs(self) -> None:
        rows = {
            "simplified": self.tables.simplified.encode("utf-16-le"),
            "sounds": self.tables.sounds.encode("utf-16-le"),
            "syllables": json.dumps(self.tables.syllables, ensure_ascii=False).encode(),
            "regional": json.dumps(self.tables.regional, ensure_ascii=False).encode(),
            "starts": self.starts,
        }
        self.db.executemany("insert or replace into blob values(?,?)", rows.items())
        kinds = {k: v[0] for k, v in self.pack.kinds.items() if v}
        titles = (self.pack.title.zh, self.pack.title.en)
        examples = {**self.pack.examples}
        examples["hant"] = tuple(map(to_traditional, examples.get("zh", ())))
        meta = {
            "format": str(FORMAT),
            "tables": hashlib.sha256(b"".join(map(rows.__getitem__, _TABLES))).hexdigest()[:16],
            "pack": self.pack.id,
            "title": json.dumps([*titles, to_traditional(titles[0])], ensure_ascii=False),
            "kinds": json.dumps(kinds, ensure_ascii=False),
            "kinds_hant": json.dumps({k: to_traditional(noun) for k, noun in kinds.items()}, ensure_ascii=False),
            "examples": json.dumps(examples, ensure_ascii=False),
            "lists": json.dumps([(c, k, kinds.get(k, k), to_traditional(kinds.get(k, k))) for c, k in self.lists()]),
            "card": json.dumps(self.pack.card),
            "topics": json.dumps(self.pack.topics),
            "closed": json.dumps(self.pack.closed),
            "alike": json.dumps(self.pack.alike),
            "whole": json.dumps(self.pack.whole),
            "short": json.dumps(self.pack.short, ensure_ascii=False),
            "unnamed": json.dumps(self.unnamed(), ensure_ascii=False),
            "who": json.dumps(self.pack.who),
            **name_parts(self.pack.entities, self.tables, self.variants),
            "where": json.dumps(self.pack.where),
            "persons": json.dumps(person_kinds(self.pack, self.tables)),
            "lexicon": store_words(self.lexicon, self.tables, self.db),
            **kept_words(self.pack.relations, self.tables),
            "sizes": json.dumps({table: self.size(table) for table in ("name", "term")}),
        }
        self.db.executemany("insert into meta values(?,?)", meta.items())

    def unnamed(self) -> list[tuple[list[str], list[int], int]]:
        """What has no name: the folded nouns that ask for it, the numbers of the facts on it, and of what it is."""
        facts = {fact.id: number for number, fact in enumerate(self.pack.facts)}
        return [
            (
                [self.tables.fold(word) for word in x.what],
                [facts[f] for f in x.facts if f in facts],
                self.number.get(x.of, -1),
            )
            for x in self.pack.unnamed
        ]

    def size(self, table: str) -> int:
        """Rows of a table so far."""
        return int(self.db.execute(f"select count(*) from {table}").fetchone()[0])  # noqa: S608 -- our own names

    def lists(self) -> Iterable[tuple[str, str]]:
        """The commands that list entities; where the pack names none, its commonest kinds by their ids."""
        if self.pack.lists:
            return self.pack.lists.items()
        counts = Counter(e.kind for e in self.pack.entities if COMMAND.fullmatch(e.kind))
        return [(kind, kind) for kind, _ in counts.most_common(_LISTED)]


def read_articles(pack: Pack, directory: Path) -> dict[str, list[Paragraph]]:
    """The cleaned paragraphs of those of the pack's articles whose text `<id>.txt` is in `directory`."""
    if not directory.is_dir():
        raise PackError([Problem("K040", str(directory), 0, 0, "is no directory of article texts (<id>.txt)")])
    texts: dict[str, list[Paragraph]] = {}
    problems = []
    for article in pack.articles:
        path = directory / f"{article.id}.txt"
        if not path.exists():
            continue
        found = paragraphs(path.read_text("utf-8", errors="replace"), make_tables())
        if len(found) != article.paragraphs:
            message = f"has {len(found)} paragraphs; articles.yaml says {article.paragraphs}"
            problems.append(Problem("K041", str(path), 0, 0, message))
        texts[article.id] = found
    if problems:
        raise PackError(problems)
    return texts


def _bag(own: Iterable[str], cued: Iterable[str]) -> str:
    """Terms of a fact as one column: its own, then what its cues add."""
    return "\x1e".join("\x1f".join(sorted(terms)) for terms in (own, cued))


def _language_spellings() -> list[tuple[str, str]]:
    """The keys by which a slip in a Latin word of the language is found."""
    return list(spelling_keys(word for word, _ in load_language()))


def _compile(
    pack: Pack, path: Path, texts: dict[str, list[Paragraph]], bulk: Bulk
) -> tuple[dict[str, int], Trouble | None]:
    """Write the tables of a base; their counts, and lines that were left out."""
    with Beside(wanted=sum(file.stat().st_size for file in bulk.files) > _MUCH) as beside:
        make_tables()  # once for both processes
        lexicon = beside.begin(compile_lexicon, pack)
        spellings = beside.begin(_language_spellings)
        db = sqlite3.connect(path)
        try:
            db.execute("pragma journal_mode=off")
            db.execute("pragma synchronous=off")
            triples = BulkBuilder(pack, bulk, db, beside) if bulk.files else None
            if triples:
                triples.read(bulk.files)
            _Builder(pack, db, lexicon(), spellings()).run(texts)
            counted = triples.finish() if triples else {}
            db.commit()
            if not triples:  # they are written in order already
                db.execute("analyze")
                db.commit()
                db.execute("vacuum")
            counts = {
                t: db.execute(f"select count(*) from {t}").fetchone()[0]  # noqa: S608 - names from the line below
                for t in ("entity", "relation", "fact", "paragraph")
            }
        finally:
            db.close()
    return counts | counted, triples.trouble if triples else None


def build(pack: Pack, out: Path, articles: Path | None = None, bulk: Bulk | None = None) -> Built:
    """Write the base for `pack` to the file `out`, or under its hash into the directory `out`.

    The file appears in one step: a build that fails or is killed leaves what was there. Raises PackError for texts that
    don't fit the pack and broken lines of bulk files, ModuError for a device, OSError where nothing can be written.
    """
    refuse_device(out)
    texts = read_articles(pack, articles) if articles else {}
    into = out if out.is_dir() else out.parent
    into.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(suffix=".building", dir=into)
    os.close(handle)
    temporary = Path(name)
    try:
        counts, skipped = _compile(pack, temporary, texts, bulk or Bulk(()))
        with temporary.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()[:16]
            os.fsync(file.fileno())
        target = out / f"{pack.id}-{digest}.sqlite" if out.is_dir() else out
        temporary.chmod(0o644)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return Built(target, digest, counts, skipped)
