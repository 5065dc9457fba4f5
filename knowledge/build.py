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
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.base import FORMAT
from knowledge.cleaning import Paragraph, paragraphs
from knowledge.dates import find_periods, parse_period
from knowledge.errors import PackError, Problem
from knowledge.fold import name_key
from knowledge.keys import deletions, double_deletions, make_starts
from knowledge.lexicon import Lexicon, dump_lexicon
from knowledge.numerals import find_quantities
from knowledge.patterns import A_HAN, stands
from knowledge.plain.beside import Beside
from knowledge.plain.build import PlainBuilder
from knowledge.plain.language import compile_vocabulary
from knowledge.plain.triples import Trouble
from knowledge.records import Entity, Fact, Pack
from knowledge.spelling import spelling_keys
from knowledge.tables import make_tables, spell, to_traditional
from knowledge.terms import bigrams, figure_terms, index_terms
from knowledge.wordlists import (
    compile_lexicon,
    language,
    load_directed,
    load_language,
    load_opposites,
    load_variants,
    load_words,
)

_SCHEMA = """
create table meta(key text primary key, value text) without rowid;
create table blob(key text primary key, value blob) without rowid;
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
create table sound(k text, word text, weight integer, primary key(k, word)) without rowid;
create index fact_subject on fact(subject, relation);
"""
_MUCH = 1 << 20
"""Bytes of bulk files that are worth a second process."""
_LISTED = 3
"""Kinds that get a command of their own in a pack that says nothing about it."""
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_TIED = 3
"""All entities of a fact that names so few are tied to its subject."""
_TOPIC_FACTS = 10
"""A topic (term, technology) of so many facts is named in passing."""


_COUNTED = re.compile("[一二三四五六七]是")
_JOINED = re.compile(r"(?<=[\u3400-\u9fff」”])[+＋](?=[\u3400-\u9fff「“])")
_LAST = re.compile("、[^、]{1,20}?(?:和|与|以及|及)[^、]{2,}")
_UP_TO = re.compile(r"最[高低多少大小][约近]?(?=\d)")
"""Up to so much: 最高500万元 is no superlative."""
_PAIR = re.compile(r"[\u3400-\u9fffA-Za-z0-9》」”](?:和|与|以及|及)[\u3400-\u9fffA-Za-z0-9《「“]")


def _whole(name: str, statement: str) -> bool:
    """Whether a name stands in a statement, and not only as a part of a longer number (0到1 in 10到10)."""
    at = statement.find(name)
    while at >= 0 and name[0].isdigit() and statement[at - 1 : at].isdigit():
        at = statement.find(name, at + 1)
    end = at + len(name)
    return at >= 0 and not (name[-1].isdigit() and statement[end : end + 1].isdigit())


def enumerated(statement: str) -> int:
    """Number of things that a statement enumerates; 0 if it enumerates nothing."""
    counted = len(_COUNTED.findall(statement))
    marks = statement.count("、") + statement.count("；") + len(_JOINED.findall(statement))
    if counted or marks:
        last = 1 if marks and _LAST.search(statement) else 0
        return max(counted, marks + 1 + last if marks else 0)
    return 2 if _PAIR.search(statement) else 0


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


@dataclass(frozen=True, slots=True)
class Bulk:
    """Files of triples that go into a base."""

    files: Sequence[Path]
    skip_bad: bool = False
    """Whether broken lines are left out instead of stopping the build."""
    progress: Callable[[str, int, int], None] = lambda what, done, total: None  # noqa: ARG005
    """Told (what is done, how much, of how much)."""


def entity_names(entity: Entity) -> list[str]:
    """All names of an entity, those in quotes without them too."""
    names = [entity.name.zh, entity.name.en, *entity.aliases]
    names += [n.strip("《》「」“”\"'") for n in names if n[:1] in "《「“\"'"]
    return list(dict.fromkeys(n for n in names if n))


class _Builder:
    def __init__(self, pack: Pack, db: sqlite3.Connection, lexicon: Lexicon) -> None:
        self.pack = pack
        self.db = db
        self.tables = make_tables()
        self.lexicon = lexicon
        self.number = {x.id: n for n, x in enumerate(pack.entities)}
        self.entities = {x.id: x for x in pack.entities}
        self.relations = {x.id: x for x in pack.relations}
        self.relation_number = {x.id: n for n, x in enumerate(pack.relations)}
        self.sounds: dict[tuple[str, str], int] = {}
        self.reasons = [self.tables.fold(w) for w in load_words("reason")]
        self.variants = [tuple(map(self.tables.fold, pair)) for pair in load_variants()]
        self.superlatives = [self.tables.fold(w) for w in load_words("superlative")]
        self.labels = {r.id: self.tables.fold(r.label.zh) for r in pack.relations}
        self.opposites = load_opposites(self.tables)
        self.former = self.lexicon.having("i:once")
        self.remaining = self.lexicon.having("i:rest", "i:others")
        self.planned = [self.tables.fold(w) for w in load_words("planned")]
        self.negations = [*load_words("denial"), *(w for w in self.lexicon.having("i:negation") if not w.isascii())]
        topics = [e for e in pack.entities if e.kind in pack.topics]
        self.topic_names = [(n, e.id) for e in topics for n in entity_names(e) if A_HAN.search(n) and len(n) > 2]
        self.spellings: dict[str, set[str]] = {}
        self.by_name: dict[str, list[int]] = defaultdict(list)
        for entity in pack.entities:
            self.by_name[name_key(self.tables.fold(entity.name.zh))].append(self.number[entity.id])

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

    def topics_of(self, fact: Fact) -> list[str]:
        """Terms and technologies that the statement names: no editor need list them."""
        return [id_ for name, id_ in self.topic_names if _whole(name, fact.statement.zh)]

    def fact_entities(self, fact: Fact) -> list[str]:
        refs = [fact.subject, *fact.objects, *fact.mentions, fact.according_to, fact.place, *self.topics_of(fact)]
        return list(dict.fromkeys(r for r in refs if r))

    def traditional(self, text: str, fact: Fact) -> str:
        """The statement in traditional characters; names apart from what stands around them."""
        names = {n for ref in self.fact_entities(fact) for n in entity_names(self.entities[ref]) if A_HAN.search(n)}
        if not names:
            return to_traditional(text)
        pieces = re.split("(" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + ")", text)
        return "".join(map(to_traditional, pieces))

    def source_entities(self, article_id: str) -> list[int]:
        """Entities that are the publisher or an author of an article: 'by what X reports' means its facts."""
        article = next((a for a in self.pack.articles if a.id == article_id), None)
        names = {name_key(self.tables.fold(n)) for n in (article.publisher, *article.authors)} if article else set()
        return [n for key in names for n in self.by_name.get(key, ())]

    def fact_terms(self, fact: Fact) -> tuple[set[str], set[str]]:
        """Terms of the statement, the value and the names; and those that only the cues add."""
        relation = self.relations[fact.relation]
        parts = [fact.statement.zh, fact.statement.en, fact.value, relation.label.zh, relation.label.en]
        for ref in self.fact_entities(fact):
            entity = self.entities[ref]
            parts += [entity.name.zh, entity.name.en]
        own: set[str] = {f"r:{fact.relation}"}
        for part in parts:
            own |= index_terms(self.tables.fold(part), self.lexicon)
        folded = self.tables.fold(fact.statement.zh)
        own.update(figure_terms(find_quantities(folded), find_periods(folded)))
        cued: set[str] = set()
        for cue in fact.cues:
            cued |= index_terms(self.tables.fold(cue), self.lexicon)
        for bigram in bigrams(folded):
            for key in self.spelt(bigram):
                self.sounds[key, bigram] = max(self.sounds.get((key, bigram), 0), 1)
        return own, cued - own

    def spelt(self, text: str) -> set[str]:
        if text not in self.spellings:
            self.spellings[text] = spell(text, self.tables)
        return self.spellings[text]

    def names_of(self, fact: Fact) -> list[str]:
        """The names of all that a fact speaks of, folded, the longest first."""
        names = (n for ref in self.fact_entities(fact) for n in entity_names(self.entities[ref]) if n)
        return sorted(set(map(self.tables.fold, names)), key=lambda name: (-len(name), name))

    def nameless(self, folded: str, names: Iterable[str]) -> str:
        """A folded text without the names in it: 2024年大会 tells no date, 伙伴计划 no plan."""
        for name in names:
            folded = folded.replace(name, "|")
        return folded

    def opposed(self, zh: str, en: str) -> list[str]:
        """The words that say the contrary of a folded statement: those opposite to one of its own."""
        found: dict[str, None] = {}
        for sides in self.opposites:
            held = [any(stands(w, en if w.isascii() else zh) for w in side) for side in sides]
            if sum(held) == 1:
                found.update(dict.fromkeys(w for side, own in zip(sides, held, strict=True) if not own for w in side))
        return list(found)

    def fact_data(self, fact: Fact, number: dict[str, int]) -> dict[str, object]:
        folded = self.tables.fold(fact.statement.zh)
        both = self.tables.fold(f"{fact.statement.zh} {fact.statement.en}")
        names = self.names_of(fact)
        told = self.nameless(f"{self.labels[fact.relation]}|{folded}", names)
        periods = [(p.first, p.last) for p in find_periods(folded) if p.year]
        if fact.as_of:
            period = parse_period(fact.as_of)
            periods.insert(0, (period.first, period.last))
        value = self.tables.fold(fact.value)
        dates = [(p.start, p.end) for p in find_periods(value)]
        quantities = [q for q in find_quantities(value) if not any(s < q.end and q.start < e for s, e in dates)]
        measured = bool(quantities)
        dates = [(p.start, p.end) for p in find_periods(folded)]
        quantities += [
            q
            for q in find_quantities(folded)
            if q.text != "一" and not any(s < q.end and q.start < e for s, e in dates)
        ]
        return {
            "value": fact.value,
            "objects": [number[o] for o in fact.objects],
            "entities": [number[r] for r in self.fact_entities(fact)],
            "zh": fact.statement.zh,
            "en": fact.statement.en,
            "relative": fact.relative,
            "by": number.get(fact.according_to, -1),
            "place": number.get(fact.place, -1),
            "note": [fact.note.zh, fact.note.en, to_traditional(fact.note.zh)],
            "hant": self.traditional(fact.statement.zh, fact),
            "value_hant": to_traditional(fact.value),
            "quantities": [(str(q.value.normalize()), q.unit, q.bound) for q in quantities],
            "periods": periods,
            "timed": bool(find_periods(self.nameless(folded, (n for n in names if any(map(str.isdigit, n)))))),
            "reasoned": any(word in folded for word in self.reasons),
            "negated": any(word in fact.statement.zh for word in self.negations),
            "superlative": any(word in _UP_TO.sub("", folded) for word in self.superlatives),
            "opposed": self.opposed(folded, self.tables.fold(fact.statement.en)),
            "former": any(word in folded for word in self.former),
            "remaining": any(word in both for word in self.remaining),
            "planned": any(word in told for word in self.planned),
            "measured": measured,
            "listed": enumerated(fact.statement.zh),
            "size": len(index_terms(folded, self.lexicon)),
            "sources": sorted({n for c in fact.citations for n in self.source_entities(c.article)}),
        }

    def facts(self) -> dict[int, int]:
        postings: dict[str, array[int]] = defaultdict(lambda: array("I"))
        mentioned: dict[int, int] = defaultdict(int)
        for f, fact in enumerate(self.pack.facts):
            own, cued = self.fact_terms(fact)
            for term in own | cued:
                postings[term].append(f)
            data = self.fact_data(fact, self.number)
            refs = [self.number[r] for r in self.fact_entities(fact)]
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
                if len(A_HAN.findall(key)) >= 2:
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
        self.sounds |= dict.fromkeys(spelling_keys(map(self.tables.fold, self.latin())), 1)
        self.db.executemany("insert into sound values(?,?,?)", [(k, w, n) for (k, w), n in sorted(self.sounds.items())])

    def latin(self) -> Iterator[str]:
        """The texts whose Latin words a question may misspell."""
        yield from (word for word, _ in load_language())
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
        lexicon = dump_lexicon(self.lexicon)
        rows = {
            "simplified": self.tables.simplified.encode("utf-32-le", "surrogatepass"),
            "sounds": self.tables.sounds.encode("utf-32-le", "surrogatepass"),
            "syllables": json.dumps(self.tables.syllables, ensure_ascii=False).encode(),
            "lexicon": lexicon,
            "starts": self.starts,
        }
        self.db.executemany("insert or replace into blob values(?,?)", rows.items())
        kinds = {k: v[0] for k, v in self.pack.kinds.items() if v}
        titles = (self.pack.title.zh, self.pack.title.en)
        examples = {**self.pack.examples}
        examples["hant"] = tuple(map(to_traditional, examples.get("zh", ())))
        meta = {
            "format": str(FORMAT),
            "tables": hashlib.sha256(b"".join((rows["simplified"], rows["sounds"], rows["syllables"]))).hexdigest()[
                :16
            ],
            "pack": self.pack.id,
            "title": json.dumps([*titles, to_traditional(titles[0])], ensure_ascii=False),
            "kinds": json.dumps(kinds, ensure_ascii=False),
            "examples": json.dumps(examples, ensure_ascii=False),
            "lists": json.dumps([(c, k, kinds.get(k, k), to_traditional(kinds.get(k, k))) for c, k in self.lists()]),
            "card": json.dumps(self.pack.card),
            "topics": json.dumps(self.pack.topics),
            "closed": json.dumps(self.pack.closed),
            "alike": json.dumps(self.pack.alike),
            "whole": json.dumps(self.pack.whole),
            "short": json.dumps(self.pack.short, ensure_ascii=False),
            "directed": json.dumps(load_directed(self.tables), ensure_ascii=False),
            "who": json.dumps(self.pack.who),
            "where": json.dumps(self.pack.where),
            "lexicon": hashlib.sha256(lexicon).hexdigest()[:16],
            "sizes": json.dumps({table: self.size(table) for table in ("name", "term")}),
        }
        self.db.executemany("insert into meta values(?,?)", meta.items())

    def size(self, table: str) -> int:
        """Rows of a table so far."""
        return int(self.db.execute(f"select count(*) from {table}").fetchone()[0])  # noqa: S608 -- our own names

    def lists(self) -> Iterable[tuple[str, str]]:
        """The commands that list entities; where the pack names none, its commonest kinds by their ids."""
        if self.pack.lists:
            return self.pack.lists.items()
        counts = Counter(e.kind for e in self.pack.entities if _COMMAND.fullmatch(e.kind))
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


def bulk_vocabulary(nouns: list[str]) -> bytes:
    """The vocabulary of bulk bases; a pack's own nouns say little in it."""
    kin = [(str(word), f"a:kin{n}") for n, group in enumerate(language("kin")) for word in group]
    words = [*load_language(), *kin, *((noun, "l") for noun in nouns)]
    return compile_vocabulary(words, language("predicates"), language("tails"), make_tables().fold)


class _Triples:
    """The triples of bulk files on their way into a base."""

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


def _compile(
    pack: Pack, path: Path, texts: dict[str, list[Paragraph]], bulk: Bulk
) -> tuple[dict[str, int], Trouble | None]:
    """Write the tables of a base; their counts, and lines that were left out."""
    with Beside(wanted=sum(file.stat().st_size for file in bulk.files) > _MUCH) as beside:
        make_tables()  # once for both processes
        lexicon = beside.begin(compile_lexicon, pack)
        db = sqlite3.connect(path)
        try:
            db.execute("pragma journal_mode=off")
            db.execute("pragma synchronous=off")
            triples = _Triples(pack, bulk, db, beside) if bulk.files else None
            if triples:
                triples.read(bulk.files)
            _Builder(pack, db, lexicon()).run(texts)
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
    don't fit the pack and for broken lines of bulk files, and OSError where nothing can be written.
    """
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
        target = out / f"{pack.id}-{digest}.sqlite" if out.is_dir() else out
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return Built(target, digest, counts, skipped)
