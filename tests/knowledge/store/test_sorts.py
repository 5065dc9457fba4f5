"""Words that ask for something of a sort."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from knowledge.store.sorts import Sorts, dump_sorts


@pytest.fixture(scope="module", params=["looked up", "held"])
def sorts(request: pytest.FixtureRequest) -> Iterator[Sorts]:
    rows = [
        (["哪座码头", "which pier"], ["码头", "pier"]),
        (["哪座灯塔"], ["灯塔"]),
        (["how much did * raise"], ["募"]),
    ]
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("create table asking(start text primary key, words text)")
        db.execute("create table told(sort integer primary key, words text)")
        for table, dumped in zip(("asking", "told"), dump_sorts(rows), strict=True):
            db.executemany(f"insert into {table} values(?,?)", dumped)
        sorts = Sorts(lambda sql, parameters=(): db.execute(sql, parameters).fetchall())
        if request.param == "held":
            sorts.hold()
        yield sorts


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("船停在哪座码头", [["码头", "pier"]]),
        ("哪座灯塔最高,离哪座码头近", [["码头", "pier"], ["灯塔"]]),
        ("at which pier does it land", [["码头", "pier"]]),
        ("at which piers does it land", []),
        ("how much did the ferry fund raise", [["募"]]),
        ("how much did the ferry cost, and who could raise it", []),
        ("哪座岛", []),
        ("", []),
    ],
)
def test_sorts_tells_what_is_asked_for(sorts: Sorts, text: str, told: list[list[str]]) -> None:
    assert sorted(sorts.told(sort) for sort in sorts.asked(text)) == sorted(told)
