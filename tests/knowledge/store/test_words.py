"""The words of a language as a base holds them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from knowledge.steps import at_once
from knowledge.store.words import ROWS, dump_head, dump_words, held, looked_up
from knowledge.text.lexicon import Lexicon, build_tags, make_lexicon

TAGS = [
    ("什么", "q:thing"), ("高", "a:1"), ("高", "l"), ("请", "p"), ("how many", "q:number"), ("how", "q:how"),
    ("最高", "i:most"), ("很多", "i:most"), ("很多", "s:1"),
]  # fmt: skip
MADE = make_lexicon(
    build_tags([*TAGS, *((f"词{n}", f"s:{n % 700}") for n in range(5000))]),
    {"你好": "greeting"},
    {"读者": "w", "核实": "v"},
)


@pytest.fixture(scope="module", params=["looked up", "held"])
def lexicon(request: pytest.FixtureRequest) -> Iterator[Lexicon]:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("create table word(start text primary key, words text)")
        db.execute("create table alike(n integer primary key, tags text, words text)")
        db.execute("create table tagged(tag text primary key, alike text)")
        for table, rows in dump_words(MADE.tags).items():
            db.executemany(f"insert into {table} values({','.join('?' * len(rows[0]))})", rows)

        def found(sql: str, parameters: tuple[str, ...] = ()) -> list[tuple[str, str]]:
            return db.execute(sql, parameters).fetchall()

        head = dump_head(MADE)
        yield looked_up(head, found) if request.param == "looked up" else at_once(held(head, iter([found(ROWS)])))


def test_what_is_stored_is_read_again(lexicon: Lexicon) -> None:
    assert dict(lexicon.tags) == MADE.tags
    assert list(lexicon.tags) == list(MADE.tags)
    assert len(lexicon.tags) == len(MADE.tags)
    assert all(lexicon.tags.get(word) == tags and word in lexicon.tags for word, tags in MADE.tags.items())
    same = ("longest", "longest_phrase", "smalltalk", "courtesies")
    assert [getattr(lexicon, name) for name in same] == [getattr(MADE, name) for name in same]
    assert lexicon.question_word("这是什么")


@pytest.mark.parametrize("word", ["", "什", "什么的", "how m", "many", "词", "词x"])
def test_what_is_no_word_has_no_tags(lexicon: Lexicon, word: str) -> None:
    assert lexicon.tags.get(word, ()) == ()
    assert word not in lexicon.tags
    with pytest.raises(KeyError):
        lexicon.tags[word]


@pytest.mark.parametrize("tags", [("i:most",), ("s:3", "p"), ("i:most", "s:1", "q:number"), ("none",), ()])
def test_words_are_found_by_their_tags(lexicon: Lexicon, tags: tuple[str, ...]) -> None:
    assert lexicon.having(*tags) == MADE.having(*tags) == tuple(w for w, own in MADE.tags.items() if {*own} & {*tags})


def test_a_courtesy_is_known(lexicon: Lexicon) -> None:
    assert [word for word in ("请", "高", "") if lexicon.polite(word)] == ["请"]
