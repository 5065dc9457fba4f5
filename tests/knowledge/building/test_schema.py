"""The schemas of a pack's files accept what the reader accepts and refuse what it refuses in one file."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from bot.bases import PACK
from knowledge.building.pack import load_pack
from knowledge.building.schema import NAMES, editor_settings, schema
from knowledge.errors import PackError

HUTS = Path(__file__).parents[2] / "packs" / "alpine-huts"
PACKS = (PACK, HUTS, PACK.parent / "starter")
_CROSS = {"K012", "K020", "K030", "K031", "K032", "K033", "K034", "K037"}
"""What only the whole pack can tell: ids and paragraphs that there are."""


def name_of(file: Path, pack: Path) -> str:
    return file.relative_to(pack).parts[0].removesuffix(".yaml")


def read(file: Path) -> Any:
    """As an editor's YAML server reads it: dates stay text."""
    return json.loads(json.dumps(yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader), default=str))


@pytest.mark.parametrize("name", NAMES)
def test_schema_is_a_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("pack", PACKS, ids=lambda p: p.name)
def test_schema_accepts_every_file_of_the_packs(pack: Path) -> None:
    files = list(pack.rglob("*.yaml"))
    assert files
    for file in files:
        jsonschema.validate(read(file), schema(name_of(file, pack)), cls=jsonschema.Draft202012Validator)


def mutants(value: Any) -> Iterator[tuple[str, Any]]:
    """The value with one thing wrong: a key gone, a key misspelt, another type."""
    yield "a text", "nonsense"
    yield "a number", 7
    yield "a list", [[1]]
    yield "a mapping", {"nonsense": 1}
    if isinstance(value, dict):
        for key, below in value.items():
            yield f"without {key}", {k: v for k, v in value.items() if k != key}
            yield f"{key} misspelt", {k + "x" if k == key else k: v for k, v in value.items()}
            for how, changed in mutants(below):
                yield f"{key}: {how}", {**value, key: changed}
    elif isinstance(value, list) and value:
        for how, changed in mutants(value[0]):
            yield f"0: {how}", [changed, *value[1:]]


def refused(pack: Path) -> bool:
    try:
        load_pack(pack)
    except PackError as error:
        return any(p.code not in _CROSS for p in error.problems)
    return False


@pytest.mark.parametrize(
    "name", ["pack", "articles", "relations", "facts", "entities", "disagreements", "unnamed", "left_out"]
)
def test_schema_and_reader_refuse_the_same(name: str, tmp_path: Path) -> None:
    """Where a schema accepts what the reader refuses, an editor is silent; the other way round it cries wolf."""
    pack = shutil.copytree(HUTS, tmp_path / "huts")
    files = [p for p in sorted(pack.rglob("*.yaml")) if name_of(p, pack) == name]
    file = files[0]
    whole = read(file)
    if isinstance(whole, list):
        whole = whole[-1:]  # one item is enough, and the longest are last
    elif "facts" in whole:
        whole = {**whole, "facts": whole["facts"][:1]}
    file.write_text(json.dumps(whole, ensure_ascii=False), "utf-8")
    judge = jsonschema.Draft202012Validator(schema(name))
    differing = []
    count = 0
    for how, changed in mutants(copy.deepcopy(whole)):
        file.write_text(json.dumps(changed, ensure_ascii=False), "utf-8")
        count += 1
        if refused(pack) != (not judge.is_valid(changed)):
            differing.append(how)
    assert count > 8
    assert differing == []


def test_editor_settings_name_every_file_of_a_pack() -> None:
    patterns = [p for found in editor_settings("./schema")["yaml.schemas"].values() for p in found]
    for file in PACK.rglob("*.yaml"):
        inside = file.relative_to(PACK)
        assert any(str(inside) == p or p == f"{inside.parts[0]}/**/*.yaml" for p in patterns), inside
