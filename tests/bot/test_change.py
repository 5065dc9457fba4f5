"""A change is staged, looked at and applied; or it is refused, and nothing has changed."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.bundle import LARGEST, files_of
from bot.change import ChangeError, Staged, apply, digest, obey, stage
from bot.versions import Versions
from knowledge.building.edit import add_alias, set_fact
from knowledge.errors import PackError

ROOT = Path(__file__).parents[2]


@pytest.fixture
def pack(alpine_dir: Path, tmp_path: Path) -> Path:
    return shutil.copytree(alpine_dir, tmp_path / "huts")


@pytest.fixture
def versions(pack: Path, tmp_path: Path) -> Versions:
    """A folder of versions that serves the pack."""
    found = Versions(tmp_path / "bases")
    apply(pack, {}, found, stage(pack, {}, found), "Li")
    return found


def test_change_of_a_value_is_staged_and_applied(pack: Path, versions: Versions, alpine_articles: Path) -> None:
    before = (digest(pack), versions.mark())
    path, text = set_fact(pack, "s5b", "value", "33张")
    staged = stage(pack, {path: text}, versions, alpine_articles)
    assert (digest(pack), versions.mark()) == before, "staging touches nothing"
    assert "    value: 32张 → 33张" in staged.lines
    assert staged.lines[-1].startswith("0 added, 1 changed, 0 withdrawn")
    assert any(w.startswith("unverified s5b: figure 33") for w in staged.warnings)
    version = apply(pack, {path: text}, versions, staged, "Wang")
    assert (pack / path).read_text("utf-8") == text
    assert versions.path().name == staged.candidate
    assert (version.who, version.changes["changed"]) == ("Wang", 1)


def test_change_of_a_name_is_shown(pack: Path, versions: Versions) -> None:
    path, text = add_alias(pack, "mistpine", "雾屋")
    staged = stage(pack, {path: text}, versions)
    assert any(line.startswith("~ name mistpine aliases: 雾松") and line.endswith("雾屋") for line in staged.lines)
    assert not staged.nothing
    assert stage(pack, {}, versions).nothing


def test_change_with_a_mistake_is_refused_with_its_place(pack: Path, versions: Versions) -> None:
    before = sorted(versions.folder.iterdir())
    with pytest.raises(PackError, match=r"K032 facts/x\.yaml:3:.* unknown entity 'mistpin'; nearest: 'mistpine'"):
        stage(
            pack,
            {"facts/x.yaml": "article: shanxun-2021\nfacts:\n- {id: x, cite: [3], subject: mistpin, relation: beds, "
             "value: 1, statement: x}\n"},
            versions,
        )  # fmt: skip
    assert sorted(versions.folder.iterdir()) == before


def test_change_is_not_applied_over_another_one(pack: Path, versions: Versions) -> None:
    one = add_alias(pack, "mistpine", "雾屋")
    other = add_alias(pack, "eaglestone", "鹰屋")
    staged = [stage(pack, dict([each]), versions) for each in (one, other)]
    apply(pack, dict([one]), versions, staged[0], "Li")
    with pytest.raises(ChangeError, match="changed meanwhile"):
        apply(pack, dict([other]), versions, staged[1], "Wang")
    again = stage(pack, {}, versions)
    versions.rollback("Li")
    with pytest.raises(ChangeError, match="another base"):
        apply(pack, {}, versions, again, "Wang")


def test_change_replaces_a_served_base_that_cannot_be_read(pack: Path, versions: Versions) -> None:
    """After an update the program may be newer than the base."""
    good = versions.path().read_bytes()
    line = json.loads(versions.journal.read_text("utf-8")) | {"file": "huts-0.sqlite", "hash": "0"}
    versions.journal.write_text(json.dumps(line) + "\n", "utf-8")
    versions.path().write_text("of another version", "utf-8")
    staged = stage(pack, {}, versions)
    assert staged.lines[0].startswith("what is served can't be compared")
    assert not staged.nothing
    apply(pack, {}, versions, staged, "Li")
    assert versions.path().read_bytes() == good


@pytest.mark.parametrize(
    "path",
    ["../x.yaml", "/etc/x.yaml", "facts/../../x.yaml", "a\\x.yaml", "", ".", "x.sh", ".hidden/x.yaml", "facts/.x.yaml", "x\0.yaml"],  # noqa: E501
)  # fmt: skip
def test_change_never_leaves_the_pack(pack: Path, versions: Versions, path: str) -> None:
    with pytest.raises(ChangeError):
        stage(pack, {path: "x"}, versions)
    staged = stage(pack, {}, versions)
    with pytest.raises(ChangeError):
        apply(pack, {path: "x"}, versions, staged, "Li")


def test_change_through_a_process_of_its_own(pack: Path, versions: Versions) -> None:
    def order(**more: Any) -> dict[str, Any]:
        orders = {"pack": str(pack), "versions": str(versions.folder), "articles": "", **more}
        done = subprocess.run(
            [sys.executable, "-m", "bot.change"],
            input=json.dumps(orders).encode(),
            capture_output=True,
            cwd=ROOT,
            check=True,
        )
        assert done.stderr == b""
        return json.loads(done.stdout)

    path, text = add_alias(pack, "mistpine", "雾屋")
    staged = order(do="stage", files={path: text})
    assert Staged(**staged).candidate
    assert order(do="apply", files={path: text}, staged=staged, who="7")["who"] == "7"
    assert order(do="stage", files={"facts/x.yaml": "["})["error"].startswith("K003 facts/x.yaml:2:")
    assert "error" in obey({"do": "stage", "pack": "/none", "versions": "/none", "files": {}})


# --- documents


def archive(**files: str | bytes) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in files.items():
            made.writestr(name, text)
    return memory.getvalue()


FACTS = "article: a\nfacts: []\n"


@pytest.mark.parametrize(
    ("name", "text", "path"),
    [
        ("new.yaml", FACTS, "facts/new.yaml"),
        ("new.yml", FACTS, "facts/new.yaml"),
        ("relations.yaml", "- {id: a, zh: b}", "relations.yaml"),
        ("more.yaml", "- {id: a, zh: b}", "relations/more.yaml"),
        ("more.yaml", "- {id: a, kind: hut, zh: b}", "entities/more.yaml"),
        ("more.yaml", "id: x\ntitle: y\n", "pack.yaml"),
        ("table.csv", "a,b\n", "facts/table.csv"),
        ("facts.csv", "a,b\n", "facts.csv"),
        ("rows.jsonl", "{}\n", "facts/rows.jsonl"),
    ],
)
def test_document_finds_its_place(name: str, text: str, path: str) -> None:
    assert files_of(name, text.encode()) == {path: text}


def test_document_goes_where_its_caption_says() -> None:
    assert files_of("x.yaml", b"[]", " cues/x.yaml ") == {"cues/x.yaml": "[]"}


@pytest.mark.parametrize("root", ["", "huts/", "my pack/"])
def test_archive_is_unpacked_with_or_without_a_folder_around_it(root: str) -> None:
    content = archive(**{f"{root}facts/a.yaml": FACTS, f"{root}pack.yaml": "id: x", "__MACOSX/._a": "x"})
    assert files_of("pack.zip", content) == {"facts/a.yaml": FACTS, "pack.yaml": "id: x"}


def link() -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as made:
        entry = zipfile.ZipInfo("facts/a.yaml")
        entry.external_attr = 0o120777 << 16
        made.writestr(entry, "/etc/passwd")
    return memory.getvalue()


BAD: dict[str, Callable[[], tuple[str, bytes]]] = {
    "a path out of it": lambda: ("x.zip", archive(**{"../../x.yaml": FACTS})),
    "a path from the root": lambda: ("x.zip", archive(**{"/etc/x.yaml": FACTS})),
    "a path of another system": lambda: ("x.zip", archive(**{"C:\\x.yaml": FACTS})),
    "a link": lambda: ("x.zip", link()),
    "a program": lambda: ("x.zip", archive(**{"facts/a.yaml": FACTS, "run.sh": "rm"})),
    "a bomb": lambda: ("x.zip", archive(**{f"facts/{n}.yaml": b"0" * 11_000_000 for n in range(2)})),
    "too many files": lambda: ("x.zip", archive(**{f"facts/{n}.yaml": b"" for n in range(501)})),
    "nothing": lambda: ("x.zip", archive()),
    "no archive": lambda: ("x.zip", b"PK\x03\x04 nonsense"),
    "a cut archive": lambda: ("x.zip", archive(**{"a.yaml": FACTS})[:-30]),
    "a damaged archive": lambda: ("x.zip", archive(**{"a.yaml": FACTS * 50}).replace(b"\x4b", b"\x4c", 1)),
    "another encoding": lambda: ("x.yaml", "事实".encode("gb18030")),
    "another encoding within": lambda: ("x.zip", archive(**{"a.yaml": "事实".encode("gb18030")})),
    "too large": lambda: ("x.yaml", b"#" * (LARGEST + 1)),
    "no pack's file": lambda: ("x.exe", b"MZ"),
    "no suffix": lambda: ("x", b"facts: []"),
    "a list of nothing": lambda: ("x.yaml", b"- 1"),
}


@pytest.mark.parametrize("what", BAD)
def test_document_that_is_none_is_refused(what: str) -> None:
    name, content = BAD[what]()
    with pytest.raises(ChangeError):
        files_of(name, content)
