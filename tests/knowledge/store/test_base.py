"""The compiled base as it is opened: whole or refused, and what it holds."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.asking.ask import Asker
from knowledge.building.build import build
from knowledge.errors import BaseError
from knowledge.store.base import Base
from knowledge.store.records import Pack
from knowledge.text.fold import name_key
from knowledge.text.keys import deletions, double_deletions


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(sql).fetchall()


def test_base_opens_what_was_built(alpine_base: Base) -> None:
    assert alpine_base.meta["pack"] == "alpine-huts"
    assert alpine_base.fact_count == 35
    assert len(alpine_base.relations) == 11
    assert set(alpine_base.articles) == {"shanxun-2021", "chenbao-2024"}
    assert alpine_base.caption.kinds["hut"] == "小屋"
    assert alpine_base.caption.examples["en"] == ["Who is the warden of Eaglestone Hut?"]
    assert alpine_base.tables.fold("鷹石(shí)小屋") == "鹰石小屋"


def test_base_cannot_be_changed(alpine_base: Base, alpine_file: Path) -> None:
    before = alpine_file.read_bytes()
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        alpine_base._db.execute("delete from fact")
    assert alpine_file.read_bytes() == before
    assert [p.name for p in alpine_file.parent.iterdir()] == [alpine_file.name]


def _missing(path: Path) -> None:
    path.unlink()


def _directory(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _text(path: Path) -> None:
    path.write_text("id: alpine-huts\n" * 500, "utf-8")


def _head(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


def _half(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def _zeros(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + bytes(len(whole) - 4096))


def _foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as db:
        db.execute("create table message(id, text)")


def _other_meta(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as db:
        db.execute("create table meta(key, value)")
        db.execute("create table blob(key, value)")


def _other_format(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("update meta set value = '999' where key = 'format'")


def _no_lexicon(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("delete from blob where key = 'lexicon'")


def _bad_lexicon(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("update blob set value = '{' where key = 'lexicon'")
        db.execute("update meta set value = 'other' where key = 'lexicon'")


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (_missing, "there is no fact base at"),
        (_directory, "there is no fact base at"),
        (_empty, "is no readable fact base"),
        (_text, "is no readable fact base"),
        (_head, "is no readable fact base"),
        (_half, "is no readable fact base"),
        (_zeros, "is no readable fact base"),
        (_foreign, "is no readable fact base"),
        (_other_meta, "has format None, this program reads"),
        (_other_format, "has format 999, this program reads"),
        (_no_lexicon, "is no readable fact base"),
        (_bad_lexicon, "is no readable fact base"),
    ],
)
def test_base_that_is_none_is_reported_with_a_remedy(
    damage: Callable[[Path], None], says: str, alpine_file: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(alpine_file, tmp_path / "huts.sqlite"))
    damage(path)
    with pytest.raises(BaseError) as caught:
        Base(path)
    message = str(caught.value)
    assert says in message
    assert str(path) in message
    assert "modu facts build" in message
    assert "\n" not in message


@pytest.mark.parametrize(
    "key",
    [
        "format",
        "lexicon",
        *(k for k in ("kinds", "examples", "card", "topics", "closed")),
    ],
)
def test_base_that_lacks_a_setting_is_reported_with_a_remedy(key: str, alpine_file: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(alpine_file, tmp_path / "huts.sqlite"))
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("delete from meta where key = ?", (key,))
    with pytest.raises(BaseError, match="modu facts build"):
        Base(path)


def test_base_that_was_cut_anywhere_answers_right_or_says_so(
    alpine_file: Path, alpine_base: Base, tmp_path: Path
) -> None:
    whole = alpine_file.read_bytes()
    path = tmp_path / "huts.sqlite"
    said = []
    for pages in range(1, len(whole) // 4096, 7):
        path.write_bytes(whole[: pages * 4096])
        try:
            base = Base(path)
            try:
                assert all(base.fact(f) == alpine_base.fact(f) for f in range(base.fact_count))
            finally:
                base.close()
        except BaseError as error:
            said.append(str(error))
    assert said
    assert all("modu facts build" in message for message in said)


# --- what is in it


def _ids(base: Base, key: str) -> set[str]:
    return {base.entity(e).id for e in base.lookup.names([key]).get(key, ())}


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        ("雾松小屋", "mistpine"),
        ("霧松小屋", "mistpine"),
        ("Mistpine Hut", "mistpine"),
        ("MISTPINE", "mistpine"),
        ("雾松", "mistpine"),
        ("格伦", "alois-grenn"),
        ("阿洛伊斯格伦", "alois-grenn"),
        ("Cloud Deer Mountains", "yunlu"),
    ],
)
def test_base_finds_a_name_or_alias(alpine_base: Base, name: str, entity: str) -> None:
    key = name_key(alpine_base.tables.fold(name))
    assert _ids(alpine_base, "=" + key) == {entity}


@pytest.mark.parametrize(
    ("typed", "entity"),
    [
        ("误送小屋", "mistpine"),
        ("英石小屋", "eaglestone"),
        ("贺玲", "he-ling"),
        ("允禄山", "yunlu"),
        ("应石", "eaglestone"),
    ],
)
def test_base_finds_a_homophone(alpine_base: Base, typed: str, entity: str) -> None:
    assert _ids(alpine_base, "~" + alpine_base.tables.sound(typed)) == {entity}


@pytest.mark.parametrize(
    ("typed", "entity"),
    [
        ("雾小屋", "mistpine"),  # left out
        ("雾松的小屋", "mistpine"),  # put in
        ("雾林小屋", "mistpine"),  # put in the place of another
        ("mistpin", "mistpine"),
        ("mistpinne", "mistpine"),
        ("eaglesdone", "eaglestone"),
    ],
)
def test_base_finds_a_name_with_one_edit(alpine_base: Base, typed: str, entity: str) -> None:
    keys = {"-" + typed}
    for shorter in deletions(typed):
        keys |= {"=" + shorter, "-" + shorter}
    found = {alpine_base.entity(e).id for numbers in alpine_base.lookup.names(keys).values() for e in numbers}
    assert found == {entity}


def test_base_finds_a_long_latin_name_with_two_edits(alpine_base: Base) -> None:
    keys = ["-" + d for d in double_deletions("mispinn")] + ["-mispinn", *("-" + d for d in deletions("mispinn"))]
    assert {alpine_base.entity(e).id for n in alpine_base.lookup.names(keys).values() for e in n} == {"mistpine"}


def test_base_finds_no_name_that_it_does_not_hold(alpine_base: Base) -> None:
    assert alpine_base.lookup.names(["=月光小屋", "~月光小屋", "-月光小屋", "", "'; drop table name"]) == {}


def test_base_holds_a_fact_with_all_that_it_says(alpine_base: Base) -> None:
    number = alpine_base.fact_number("c3a")
    assert number is not None
    fact = alpine_base.fact(number)
    assert fact.zh == "青石谷旅游局数到雾松小屋有60张床。"
    assert alpine_base.relations[fact.relation].id == "beds"
    assert {alpine_base.entity(e).id for e in fact.entities} == {"mistpine", "tourist-office"}
    assert alpine_base.entity_number("yunlu") in fact.within
    assert fact.relative
    assert fact.periods[0].first == (2024, 6, 15)
    assert [(c.article, c.paragraph) for c in fact.citations] == [("chenbao-2024", 3)]
    assert fact.published is not None
    assert fact.published.year == 2024
    assert fact.quantities[0].value == 60
    assert number in alpine_base.facts_of(fact.subject)
    assert number in alpine_base.postings("床位")


def test_base_tells_which_names_a_statement_has(valleys: Asker) -> None:
    base = valleys.base
    mules, both = (base.fact(base.fact_number(f) or 0) for f in ("w14", "w9"))
    assert {base.entity(e).id for e in mules.entities - mules.spoken} == {"redcliff-valley"}
    assert both.spoken == both.entities


def test_base_knows_what_is_named_in_passing(alpine_base: Base) -> None:
    rows = map(alpine_base.entity, range(alpine_base.entity_count))
    assert alpine_base.generic == {row.e for row in rows if row.generic}


def test_base_takes_an_altitude_for_a_figure_not_for_a_year(alpine_base: Base) -> None:
    number = alpine_base.fact_number("s7a")
    assert number is not None
    fact = alpine_base.fact(number)
    assert fact.quantities[0].value == 2030
    assert fact.periods == ()


def test_base_lists_what_the_pack_offers(alpine_base: Base) -> None:
    (row,) = alpine_base.lists
    assert (row.command, row.kind, row.noun("zh-Hans"), row.noun("en")) == ("huts", "hut", "小屋", "huts")
    assert {alpine_base.entity(e).id for e in alpine_base.of_kind("hut")} >= {"mistpine", "eaglestone", "icetongue"}
    counts = [alpine_base.entity(e).facts for e in alpine_base.of_kind("hut")]
    assert counts == sorted(counts, reverse=True)
    assert alpine_base.of_kind("nothing") == []


def test_base_of_a_pack_without_lists_offers_its_commonest_kinds(alpine_pack: Pack, tmp_path: Path) -> None:
    base = Base(build(replace(alpine_pack, lists={}), tmp_path / "base.sqlite").path)
    assert [row.command for row in base.lists] == ["person", "hut", "place"]
    base.close()


def test_base_speaks_traditional_characters_of_itself(alpine_base: Base) -> None:
    assert alpine_base.caption.title("zh-Hant") == "雲鹿山的小屋"
    assert alpine_base.caption.examples_in("zh-Hant")[0] == "鷹石小屋海拔多少？"
    assert len(alpine_base.caption.examples_in("en")) == 1


def test_base_counts_the_facts_of_an_article(alpine_base: Base) -> None:
    assert sum(map(alpine_base.facts_citing, alpine_base.articles)) >= alpine_base.fact_count


def test_base_knows_the_whole_and_its_parts(alpine_base: Base) -> None:
    yunlu = alpine_base.entity_number("yunlu")
    assert yunlu is not None
    parts = {alpine_base.entity(e).id for e in alpine_base.parts_of(yunlu)}
    assert parts == {"twin-lakes", "mistpine", "eaglestone", "icetongue", "sunset"}
    assert alpine_base.entity_number("nobody") is None
    assert alpine_base.fact_number("nothing") is None


def test_base_names_what_disagrees(alpine_base: Base) -> None:
    ids = [{alpine_base.fact(f).id for f in facts} for facts, _ in alpine_base.disagreements()]
    assert sorted(map(sorted, ids)) == [["c3a", "c3b"], ["c7a", "c7b"]]


def test_base_stores_paragraphs_where_the_texts_were_given(alpine_base: Base, alpine_file: Path) -> None:
    assert alpine_base.quote("chenbao-2024", 5) == "冰舌小屋的开门日提前到6月20日。"
    assert alpine_base.quote("shanxun-2021", 10) is None
    ((raw,),) = rows(alpine_file, "select raw from paragraph where article = 'chenbao-2024' and n = 2")
    assert raw == "　　雲(yún)鹿山的小屋，今年夏天換了不少模樣。<br/>"
    assert rows(alpine_file, "select article, count(*) from paragraph group by 1 order by 1") == [
        ("chenbao-2024", 8),
        ("shanxun-2021", 9),
    ]


def test_base_keeps_no_file_paths_and_no_times(alpine_file: Path) -> None:
    meta = dict(rows(alpine_file, "select key, value from meta"))
    assert str(alpine_file.parent) not in json.dumps(meta)


def test_base_tells_what_holds_what_even_in_a_circle(alpine_pack: Pack, tmp_path: Path) -> None:
    circle = {"yunlu": "mistpine", "mistpine": "yunlu"}
    entities = tuple(replace(e, part_of=circle.get(e.id, e.part_of)) for e in alpine_pack.entities)
    base = Base(build(replace(alpine_pack, entities=entities), tmp_path / "circle.sqlite").path)
    yunlu, mistpine, lakes, club = (
        base.entity_number(e) or 0 for e in ("yunlu", "mistpine", "twin-lakes", "yunlu-club")
    )
    assert base.holds(yunlu, mistpine)
    assert base.holds(mistpine, lakes)
    assert not base.holds(lakes, mistpine)
    assert not base.holds(club, mistpine)
    base.close()
