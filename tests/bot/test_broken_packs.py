"""Forty kinds of broken pack: each is refused with file and line, and what is served goes on being served."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from bot.serving import Serving
from bot.versions import Versions

Modu = Callable[..., Result]
PLACE = re.compile(r"^K0\d\d (?P<file>[\w./-]+\.yaml)(?::(?P<line>\d+):(?P<column>\d+))? \S", re.MULTILINE)
FACTS, HEAD, RELATIONS = "facts/shanxun-2021.yaml", "pack.yaml", "relations.yaml"
ARTICLES, ENTITIES = "articles.yaml", "entities/places.yaml"


def replace(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text, old
        return text.replace(old, new, 1)

    return change


def append(more: str) -> Callable[[str], str]:
    return lambda text: f"{text}\n{more}\n"


def becomes(text: str) -> Callable[[str], str]:
    return lambda _: text


FACT = "{id: x1, cite: [3], subject: mistpine, relation: beds, value: 1张, statement: 一张床。}"


def fact(old: str, new: str) -> Callable[[str], str]:
    """A further fact with one mistake."""
    return append("  - " + replace(old, new)(FACT))


BROKEN: dict[str, tuple[str, Callable[[str], str]]] = {
    # not YAML, or not what is expected there
    "cut in the middle of a value": (FACTS, lambda text: text[: text.rindex("{") + 5]),
    "an open bracket": (FACTS, fact("[3]", "[3")),
    "a tab for indentation": (FACTS, append("\t- id: x1")),
    "two colons in a value": (FACTS, fact("一张床。", "a: b: c")),
    "an unknown anchor": (FACTS, fact("mistpine", "*nobody")),
    "control characters": (FACTS, fact("一张床。", '"一\x07张床。"')),
    "an escaped control character": (FACTS, fact("一张床。", '"一\\u0000张床。"')),
    "nested too deeply": (FACTS, append("x: " + "[" * 300 + "]" * 300)),
    "an executable tag": (FACTS, fact("value: 1张", "value: !!python/object/apply:os.system [ls]")),
    "a text for the file": (FACTS, becomes("facts")),
    "a list for the file": (FACTS, becomes("- 1\n- 2\n")),
    "a text for a fact": (FACTS, append("  - nonsense")),
    "a list for a mapping": (RELATIONS, append("- [a, b]")),
    "a mapping for a list": (ENTITIES, becomes("a: 1\n")),
    "an empty head": (HEAD, becomes("")),
    # keys
    "an unknown key": (FACTS, fact("subject", "subjekt")),
    "a key twice": (FACTS, fact("value: 1张", "value: 1张, value: 2张")),
    "a missing key": (FACTS, fact("relation: beds, ", "")),
    "a missing statement": (FACTS, fact(", statement: 一张床。", "")),
    "an empty statement": (FACTS, fact("一张床。", "{zh: , en: One bed.}")),
    "neither value nor object": (FACTS, fact("value: 1张, ", "")),
    # ids
    "no id": (FACTS, fact("id: x1, ", "")),
    "an id with a slash": (FACTS, fact("x1", "../../x1")),
    "an id that is empty": (FACTS, fact("x1", "''")),
    "an id twice": (FACTS, fact("x1", "s4a")),
    "an entity twice": (ENTITIES, append("- {id: mistpine, kind: hut, zh: 雾}")),
    "a relation twice": (RELATIONS, append("- {id: beds, zh: 床}")),
    "an article twice": (
        ARTICLES,
        append("- {id: shanxun-2021, publisher: 山讯, published: 2021, paragraphs: 3}"),
    ),
    # references
    "an unknown relation": (FACTS, fact("beds", "bedz")),
    "an unknown subject": (FACTS, fact("mistpine", "mistpin")),
    "an unknown object": (FACTS, fact("value: 1张", "object: nobody")),
    "an unknown article": (FACTS, fact("[3]", "['shanxun-2020:3']")),
    "an unknown speaker": (FACTS, fact("value: 1张", "value: 1张, according_to: nobody")),
    "a whole of nothing": (ENTITIES, append("- {id: x2, kind: hut, zh: 新屋, part_of: nowhere}")),
    "a disagreement of unknown facts": ("disagreements.yaml", append("- {id: x3, facts: [nil], note: x}")),
    "cues for an unknown fact": ("cues.yaml", becomes("nil: [床]\n")),
    # values
    "no citation": (FACTS, fact("[3]", "[]")),
    "a paragraph beyond the end": (FACTS, fact("[3]", "[99]")),
    "a citation that is no number": (FACTS, fact("[3]", "[three]")),
    "a date that is none": (FACTS, fact("value: 1张", "value: 1张, as_of: 2021-13")),
    "the thirtieth of February": (FACTS, fact("value: 1张", "value: 1张, as_of: 2021-02-30")),
    "a range that ends before it begins": (FACTS, fact("value: 1张", "value: 1张, as_of: 2022/2021")),
    "an unknown type of value": (RELATIONS, append("- {id: x4, zh: 色, value: colour}")),
    "neither true nor false": (ENTITIES, append("- {id: x5, kind: hut, zh: 屋, generic: maybe}")),
    "a number of paragraphs that is none": (ARTICLES, replace("paragraphs: ", "paragraphs: about ")),
    "an entity without a name": (ENTITIES, append("- {id: x6, kind: hut, zh: ''}")),
}
WHOLE_FILE = {"an empty head", "nested too deeply"}
"""What has no line of its own."""


@pytest.fixture(scope="module")
def versions(alpine_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Versions:
    """A folder of versions that serves the alpine huts."""
    from knowledge.building.build import build
    from knowledge.building.pack import load_pack

    found = Versions(tmp_path_factory.mktemp("served") / "bases")
    found.folder.mkdir()
    found.publish(build(load_pack(alpine_dir), found.folder).path, "Li")
    return found


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_pack_is_refused_and_the_served_base_stays(
    kind: str, modu: Modu, versions: Versions, alpine_dir: Path, tmp_path: Path
) -> None:
    pack = shutil.copytree(alpine_dir, tmp_path / "huts")
    name, change = BROKEN[kind]
    file = pack / name
    file.write_text(change(file.read_text("utf-8") if file.exists() else ""), "utf-8")
    mark, files = versions.mark(), sorted(versions.folder.iterdir())
    result = modu("facts", "build", "--pack", str(pack), "--publish", str(versions.folder))
    assert result.exit_code == 1
    places = list(PLACE.finditer(result.stderr))
    assert len(places) == len(result.stderr.splitlines()), result.stderr
    assert name in {p["file"] for p in places}
    assert kind in WHOLE_FILE or any(p["line"] for p in places if p["file"] == name), result.stderr
    assert versions.mark() == mark
    assert sorted(versions.folder.iterdir()) == files
    with closing(Serving(versions.folder)) as serving:
        assert serving.desk.reply("雾松小屋有多少张床？").outcome.status == "answered"


def test_broken_packs_are_forty_kinds() -> None:
    assert len(BROKEN) >= 40


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", "事实".encode("gb18030"), b"facts: \xc3"])
def test_file_in_another_encoding_is_refused(raw: bytes, modu: Modu, alpine_dir: Path, tmp_path: Path) -> None:
    pack = shutil.copytree(alpine_dir, tmp_path / "huts")
    (pack / FACTS).write_bytes(raw)
    result = modu("facts", "check", "--pack", str(pack))
    assert result.exit_code == 1
    assert result.stderr.startswith(f"K002 {FACTS} is not UTF-8")
