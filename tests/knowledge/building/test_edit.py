"""One value is changed and everything else stays, to the byte."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.bases import PACK
from knowledge.building.edit import EditError, add_alias, set_fact, sort_of
from knowledge.building.pack import load_pack
from knowledge.store.records import Citation, Text


@pytest.fixture
def pack(alpine_dir: Path, tmp_path: Path) -> Path:
    return shutil.copytree(alpine_dir, tmp_path / "huts")


FORMS = """# a file with every way to write
- {id: flow, kind: hut, zh: 甲}
- {id: flow-with, kind: hut, zh: 乙, aliases: [一, 二]}  # a remark
- {id: flow-empty, kind: hut, zh: 丙, aliases: []}
- id: block   # a remark
  kind: hut
  zh: 丁
- id: block-with
  aliases:
    - 一
    - "二"
  # a remark between
  kind: hut
  zh: 戊
- kind: hut
  id: block-null
  aliases:
  zh: 己
- id: quoted
  kind: 'hut'
  zh: "庚: 辛"
  aliases: ['it''s', "x"]
"""


@pytest.mark.parametrize("entity", ["flow", "flow-with", "flow-empty", "block", "block-with", "block-null", "quoted"])
@pytest.mark.parametrize("alias", ["三", 'a "b" # c: [d]', "- x", "null", "2023", "\\"])
def test_alias_is_added_and_nothing_else_changes(pack: Path, entity: str, alias: str) -> None:
    (pack / "entities" / "forms.yaml").write_text(FORMS, "utf-8")
    before = load_pack(pack)
    path, text = add_alias(pack, entity, alias)
    assert path == "entities/forms.yaml"
    (pack / path).write_text(text, "utf-8")
    after = load_pack(pack)
    expected = [replace(e, aliases=(*e.aliases, alias)) if e.id == entity else e for e in before.entities]
    assert list(after.entities) == expected
    assert replace(after, entities=()) == replace(before, entities=())
    assert text.count("# ") - text.count('" # c') == FORMS.count("# ")


@pytest.mark.parametrize(
    ("key", "value", "field", "expected"),
    [
        ("value", "33张", "value", "33张"),
        ("as_of", "2022-05", "as_of", "2022-05"),
        (
            "cite",
            ["chenbao-2024:5", "shanxun-2021:4"],
            "citations",
            (Citation("chenbao-2024", 5), Citation("shanxun-2021", 4)),
        ),
        ("according_to", "yunlu-club", "according_to", "yunlu-club"),
    ],
)
def test_value_of_a_fact_is_set(pack: Path, key: str, value: str | list[str], field: str, expected: object) -> None:
    before = load_pack(pack)
    for fact in before.facts:
        path, text = set_fact(pack, fact.id, key, value)
        kept = (pack / path).read_text("utf-8")
        (pack / path).write_text(text, "utf-8")
        after = load_pack(pack)
        assert {f.id: f for f in after.facts}[fact.id] == replace(fact, **{field: expected})
        assert [f for f in after.facts if f.id != fact.id] == [f for f in before.facts if f.id != fact.id]
        (pack / path).write_text(kept, "utf-8")
        if fact.id.startswith("c5"):
            break  # a few dozen facts show it


def test_statement_of_one_language_is_set(pack: Path) -> None:
    path, text = set_fact(pack, "s5b", "statement.zh", "鹰石小屋有33张床。")
    (pack / path).write_text(text, "utf-8")
    before, after = (
        {f.id: f for f in load_pack(p).facts}["s5b"] for p in (Path(__file__).parents[2] / "packs/alpine-huts", pack)
    )
    assert after == replace(before, statement=Text("鹰石小屋有33张床。", before.statement.en))


@pytest.mark.parametrize("name", ["s5", "nobody", ""])
def test_what_is_not_there_is_named_with_the_nearest(pack: Path, name: str) -> None:
    with pytest.raises(EditError, match="no fact"):
        set_fact(pack, name, "value", "1")
    with pytest.raises(EditError, match="no entity"):
        add_alias(pack, name, "x")


def test_alias_that_is_there_is_not_given_twice(pack: Path) -> None:
    with pytest.raises(EditError, match="already"):
        add_alias(pack, "mistpine", "雾松")


@pytest.mark.parametrize("root", [PACK, PACK.parent / "starter", Path(__file__).parents[2] / "packs" / "alpine-huts"])
def test_sort_of_a_file_is_told_by_its_content(root: Path) -> None:
    for path in root.rglob("*.yaml"):
        wanted = path.relative_to(root).parts[0].removesuffix(".yaml")
        text = path.read_text("utf-8")
        assert sort_of(text) == wanted or "\n[]" in text, path


@pytest.mark.parametrize("text", ["", "x", "[", "- 1", "a: b", "{}", "[]"])
def test_sort_of_a_file_that_is_none(text: str) -> None:
    assert sort_of(text) == ""
