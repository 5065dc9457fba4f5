"""The program's own language files, and the lexicon made of them and of a pack's words."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product
from typing import Any

import yaml

from knowledge.building.doings import doings
from knowledge.building.forms import measure_forms, noun_forms, verb_forms
from knowledge.building.tables import make_tables, spell
from knowledge.store.records import Pack, Relation
from knowledge.store.sorts import dump_sorts
from knowledge.store.words import dump_head, dump_words
from knowledge.text.courtesy import ROLES
from knowledge.text.fold import Tables, name_key
from knowledge.text.lexicon import LANGUAGE, Lexicon, build_tags, make_lexicon
from knowledge.text.patterns import HAN

_SCHEMA = """
create table word(start text primary key, words text) without rowid;
create table alike(n integer primary key, tags text, words text);
create table tagged(tag text primary key, alike text) without rowid;
create table asking(start text primary key, words text);
create table told(sort integer primary key, words text);
"""
_CHOICE = re.compile("[()]+")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@lru_cache(maxsize=16)
def language(name: str) -> Any:
    """One of the program's own language files, as it is written; only bulk files need the long one of predicates."""
    return yaml.load((LANGUAGE / f"{name}.yaml").read_text("utf-8"), _Loader)  # noqa: S506 - a safe loader


def _each(group: Iterable[object]) -> Iterator[str]:
    """The words of a list; (用|靠)(什么|啥) is four of them."""
    for item in map(str, group):
        yield from map("".join, product(*[part.split("|") for part in _CHOICE.split(item)]))


@lru_cache(maxsize=1)
def load_language() -> tuple[tuple[str, str], ...]:
    """(folded word, tag) pairs of the language files."""
    fold = make_tables().fold
    pairs: list[tuple[str, str]] = []
    words = language("words")
    for role, tag in (
        ("function", "f"),
        ("light", "l"),
        ("polite", "p"),
        ("unit", "u"),
        ("counter", "m"),
        ("tail", "t"),
        ("head", "n"),
        ("matter", "o"),
    ):
        pairs += [(w, tag) for group in words[role] for w in _each(group)]
    for sort, tag in (("questions", "q"), ("intents", "i"), ("closings", "e")):
        pairs += [(w, f"{tag}:{name}") for name, group in language(sort).items() for w in _each(group)]
    for name, tag in (("synonyms", "s"), ("attributes", "a")):
        for number, group in enumerate(language(name)):
            pairs += [(w, f"{tag}:{number}") for w in _each(group)]
    return tuple([(fold(word), tag) for word, tag in pairs])


def load_words(role: str) -> list[str]:
    """Words by which a statement is known to give a reason, or a superlative."""
    return [str(w) for group in language("words")[role] for w in group]


def person_kinds(pack: Pack, tables: Tables) -> list[str]:
    """The kinds that a pack calls by a noun for persons, and those that it takes for the like of one."""
    nouns = {tables.fold(word) for word in load_words("person")}
    own = {k for k, words in pack.kinds.items() if not nouns.isdisjoint(map(tables.fold, words))}
    return sorted(own.union(*(group for group in pack.alike if not own.isdisjoint(group))))


def load_opposites(tables: Tables) -> list[list[list[str]]]:
    """Groups of sides, each a list of words, of which a statement that holds one side denies the others."""
    groups = [*language("opposites")["plain"], *language("opposites")["order"]]
    return [[[tables.fold(str(w)) for w in side] for side in sides] for sides in groups]


def kept_words(relations: Iterable[Relation], tables: Tables) -> dict[str, str]:
    """What a base keeps of the language files beside the lexicon: its name there → JSON."""
    words = {"characters": _characters(tables), "directed": _directed(tables), "japanese": language("japanese")}
    words["pinyin"] = language("pinyin")
    words["doings"] = doings(relations, language("doings"), tables)
    several = frozenset(load_words("shared"))
    words["shared"] = [r.id for r in relations if r.label.zh in several]
    return {name: json.dumps(one, ensure_ascii=False) for name, one in words.items()}


def store_words(lexicon: Lexicon, tables: Tables, db: sqlite3.Connection) -> str:
    """Put the words of the language and of a pack into a base; the hash of those of the lexicon."""
    db.executescript(_SCHEMA)
    head = dump_head(lexicon)
    db.execute("insert or replace into blob values('lexicon', ?)", (head,))
    digest = hashlib.sha256(head)
    for table, rows in dump_words(lexicon.tags).items():
        places = ",".join("?" * len(rows[0]))
        db.executemany(f"insert into {table} values({places})", rows)
        digest.update(repr(rows).encode())
    asking, told = dump_sorts(_sorts(tables))
    db.executemany("insert into asking values(?,?)", asking)
    db.executemany("insert into told values(?,?)", told)
    return digest.hexdigest()[:16]


def _directed(tables: Tables) -> list[str]:
    """Words by which one thing does something to another, or is put before it."""
    opposites = language("opposites")
    verbs = [w for line in opposites["directed"] for w in line.split()]
    return sorted({tables.fold(str(w)) for sides in opposites["order"] for side in sides for w in side} | set(verbs))


def _characters(tables: Tables) -> list[list[str]]:
    """Classes of characters, or of Latin words, of which one is no slip for another."""
    groups = language("opposites")["characters"]
    return [[tables.fold(str(one)) for one in (group.split() if group.isascii() else group)] for group in groups]


def _sorts(tables: Tables) -> list[tuple[list[str], list[str]]]:
    """The words that ask for something of each sort, with those of which a statement on it has one."""
    return [
        (sorted({tables.fold(w) for w in _each(r["asked"])}), [tables.fold(str(w)) for w in r["told"]])
        for r in language("sorts")
    ]


def load_variants() -> list[tuple[str, str]]:
    """Parts of names that may stand for one another."""
    return [(str(a), str(b)) for a, b in language("variants")]


def load_smalltalk() -> list[tuple[str, str]]:
    """(message, kind) pairs of small talk."""
    return [(w, kind) for kind, group in language("smalltalk").items() for w in _each(group)]


def load_courtesies() -> list[tuple[str, str]]:
    """(word, role) pairs of the words of which courtesies are put together."""
    return [(w, ROLES[name]) for name, group in language("courtesy").items() for w in _each(group)]


def compile_lexicon(pack: Pack) -> tuple[Lexicon, dict[str, str]]:
    """The language's words and the pack's cues and kinds in one table; and homophone key → word."""
    tables = make_tables()
    pairs: list[tuple[str, str]] = []
    general = {w for w, tag in load_language() if tag[:2] == "a:"}
    beside = _beside(pack)
    for relation in pack.relations:
        pairs += [(w, f"r:{relation.id}") for w in (relation.label.zh, relation.label.en, *relation.cues)]
        pairs += measure_forms(relation, language("degrees"), general, beside.get(relation.id, ()))
    pairs += verb_forms(pack.relations, {word for word, tag in (*load_language(), *pairs) if tag[:2] != "s:"})
    for kind, nouns in pack.kinds.items():
        pairs += [(noun, f"k:{kind}") for noun in nouns]
    pairs += noun_forms(pack.kinds)
    folded = [*load_language(), *((tables.fold(word), tag) for word, tag in pairs)]
    # a lone Han character is no light word: it may be half of a word that the base knows (投建, 数据)
    tags = build_tags([(w, t) for w, t in folded if not (t == "l" and len(w) == 1 and HAN.match(w))])
    _inherit_questions(tags)
    _inherit_measures(tags)
    smalltalk = {name_key(tables.fold(w)): kind for w, kind in load_smalltalk()}
    sounds: dict[str, str] = {}
    said = _pieces(tables.fold(fact.statement.zh) for fact in pack.facts)
    units = tuple(unit for r in pack.relations if (unit := tables.fold(r.unit)))
    for word in sorted(
        tags, key=lambda w: (len(w), _plainness(w, tags[w], said), not w.endswith(units), w not in said)
    ):
        if HAN.match(word):
            for key in sorted(spell(word, tables)):
                sounds.setdefault(key, word)
    return make_lexicon(tags, smalltalk, {tables.fold(w): role for w, role in load_courtesies()}), sounds


def _beside(pack: Pack) -> dict[str, list[Relation]]:
    """The other relations that a pack has for things of the kinds of which it has each."""
    kinds = {e.id: e.kind for e in pack.entities}
    of: dict[str, set[str]] = {}
    for fact in pack.facts:
        of.setdefault(fact.relation, set()).add(kinds.get(fact.subject, ""))
    every = [(r, of.get(r.id, set())) for r in pack.relations]
    return {r.id: [o for o, others in every if o is not r and own & others] for r, own in every}


_WORD = 6
"""Characters of a word of which it is asked whether a statement has it."""
_CARRIED = ("i:size", "i:day")
"""What a question word says of the answer besides its type."""


def _inherit_questions(tags: dict[str, tuple[str, ...]]) -> None:
    """A cue that holds a question word (谁写的, 哪家机构, 多大规模) asks as that word does."""
    questions = {w: t for w, t in tags.items() if any(x.startswith("q:") for x in t)}
    asking = {w: tuple(x for x in t if x.startswith("q:") or x in _CARRIED) for w, t in questions.items()}
    for word, own in list(tags.items()):
        if word in asking or own == ("l",) or "i:followup" in own:  # 这几年, what about ask nothing by themselves
            continue
        if HAN.search(word):
            pieces = (word[i : i + n] for n in range(len(word), 0, -1) for i in range(len(word) - n + 1))
        else:
            parts = word.split()
            pieces = (" ".join(parts[i : i + n]) for n in range(len(parts), 0, -1) for i in range(len(parts) - n + 1))
        inside = next((p for p in pieces if p in asking), None)
        if inside and "i:verify" in own and any(t[:2] == "e:" for t in tags[inside]):
            continue  # 这个日期对不对 asks for no date
        closing = {t[2:] for t in own if t[:2] == "e:"}
        if inside and not (closing and closing.isdisjoint(t[2:] for t in asking[inside])):  # 全名单 asks for no 全名
            tags[word] = (*own, *asking[inside])
            if any(t[:2] == "r:" for t in own):  # 哪个球场, by which a pack asks for what is where, is one of that kind
                behind = tags.get(word.partition(inside)[2].rstrip("的"), ())
                tags[word] += tuple(t for t in (*questions[inside], *behind) if t[:2] == "k:" and t not in own)


def _inherit_measures(tags: dict[str, tuple[str, ...]]) -> None:
    """A question word that ends with a cue of the pack (盖了多少层: 多少层) asks for what that measures."""
    for word, own in list(tags.items()):
        at = next((i for many in ("多少", "几") if (i := word.find(many)) > 0), 0)
        if at and "q:number" in own and not any(t[:2] in ("r:", "a:", "s:") for t in own):
            measured = [t for t in tags.get(word[at:], ()) if t[:2] == "r:"]
            tags[word] = (*own, *measured)


def _plainness(word: str, tags: tuple[str, ...], said: set[str]) -> int:
    """Question words before function words before all others: the likelier reading of the same sound.

    A longer function word that no statement has (三市) is no likelier than a word that one has (上市).
    """
    if any(t.startswith("q:") for t in tags):
        return 0
    return 1 if "f" in tags and (len(word) == 1 or word in said) else 2


def _pieces(texts: Iterable[str]) -> set[str]:
    """All that stands in the texts, up to the length of a word."""
    return {text[i : i + n] for text in texts for i in range(len(text)) for n in range(1, _WORD + 1)}
