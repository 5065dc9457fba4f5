"""Building, checking, comparing and showing fact bases."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from bot.difference import Change, compare
from knowledge.store.base import Base

Modu = Callable[..., Result]


@pytest.fixture
def pack(alpine_dir: Path, tmp_path: Path) -> Path:
    """A copy of the alpine huts that a test may change."""
    return shutil.copytree(alpine_dir, tmp_path / "huts")


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


# --- build


def test_build_writes_a_file(modu: Modu, pack: Path, tmp_path: Path) -> None:
    result = modu("facts", "build", "--pack", str(pack), "--out", str(tmp_path / "new" / "huts.sqlite"))
    assert result.exit_code == 0
    assert "35 facts" in result.stdout
    with closing(Base(tmp_path / "new" / "huts.sqlite")) as base:
        assert base.fact_count == 35


@pytest.mark.parametrize("out", ["there", "new/"])
def test_build_names_the_file_by_its_content_in_a_folder(modu: Modu, pack: Path, tmp_path: Path, out: str) -> None:
    (tmp_path / "there").mkdir()
    assert modu("facts", "build", "--pack", str(pack), "--out", f"{tmp_path}/{out}").exit_code == 0
    [made] = (tmp_path / out).iterdir()
    assert made.name.startswith("alpine-huts-")


def test_build_with_texts_keeps_the_paragraphs(modu: Modu, pack: Path, alpine_articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.sqlite"
    modu("facts", "build", "--pack", str(pack), "--articles", str(alpine_articles), "--out", str(out))
    with closing(Base(out)) as base:
        assert base.quote("shanxun-2021", 5)


def test_build_of_a_pack_with_mistakes_lists_them_and_leaves_what_was_there(
    modu: Modu, pack: Path, tmp_path: Path
) -> None:
    out = tmp_path / "huts.sqlite"
    out.write_text("as it was", "utf-8")
    edit(pack / "facts" / "shanxun-2021.yaml", "relation: altitude", "relation: altitud")
    edit(pack / "relations.yaml", "value: amount", "value: amoun")
    result = modu("facts", "build", "--pack", str(pack), "--out", str(out))
    assert result.exit_code == 1
    assert any(
        "altitud'" in x and "nearest: 'altitude'" in x and x.startswith("K012 facts/")
        for x in result.stderr.splitlines()
    )
    assert any(x.startswith("K023 relations.yaml:3:") for x in result.stderr.splitlines())
    assert out.read_text("utf-8") == "as it was"
    assert sorted(p.name for p in tmp_path.iterdir() if not p.name.startswith(("xdg", "home"))) == [
        "huts",
        "huts.sqlite",
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (["--pack", "/none"], "/none"),
        (["--articles", "/none"], "/none"),
        (["--out", "/dev/null/x/"], "/dev/null/x"),
        (["--out", "/dev/null/x"], "/dev/null"),
        (["--out", "/dev/null"], "/dev/null is a device"),
    ],
)
def test_build_that_cannot_be_done(modu: Modu, pack: Path, tmp_path: Path, change: list[str], message: str) -> None:
    # click takes the last of an option given twice
    result = modu("facts", "build", "--pack", str(pack), "--out", str(tmp_path / "x.sqlite"), *change)
    assert result.exit_code == 1
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


# --- check


def test_check_of_a_sound_pack(modu: Modu, pack: Path, alpine_articles: Path) -> None:
    assert modu("facts", "check", "--pack", str(pack)).exit_code == 0
    result = modu("facts", "check", "--pack", str(pack), "--articles", str(alpine_articles))
    assert result.exit_code == 0
    assert "35 verified" in result.stdout


def test_check_lists_values_in_another_unit_than_their_relations(modu: Modu, pack: Path) -> None:
    edit(pack / "facts" / "shanxun-2021.yaml", "value: 32张", "value: 32个")
    edit(pack / "facts" / "shanxun-2021.yaml", "value: 48张", "value: 48")
    result = modu("facts", "check", "--pack", str(pack))
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1:] == [
        "unit s4c: 48, but beds counts in 张",
        "unit s5b: 32个, but beds counts in 张",
    ]


def test_check_finds_a_figure_that_the_paragraph_lacks(modu: Modu, pack: Path, alpine_articles: Path) -> None:
    edit(pack / "facts" / "shanxun-2021.yaml", "32张", "33张")
    result = modu("facts", "check", "--pack", str(pack), "--articles", str(alpine_articles))
    assert result.exit_code == 1
    assert "s5b" in result.stdout
    assert "33" in result.stdout


@pytest.mark.parametrize(
    "text", ["", "\t", "[", "id: [", "- 1", "id: x", "\ufeffid: x\ntitle: y\nnonsense: z", "id: &a [*a]"]
)
def test_check_of_a_broken_pack_never_shows_a_traceback(modu: Modu, pack: Path, text: str) -> None:
    (pack / "pack.yaml").write_text(text, "utf-8")
    (pack / "relations.yaml").write_bytes(b"\xff\xfe\x00")
    result = modu("facts", "check", "--pack", str(pack))
    assert result.exit_code == 1
    assert all(line.startswith("K0") for line in result.stderr.splitlines())


# --- diff


def test_diff_tells_added_changed_and_withdrawn(modu: Modu, alpine: Path, pack: Path, tmp_path: Path) -> None:
    facts = pack / "facts" / "shanxun-2021.yaml"
    edit(facts, "- id: s4a", "- id: s4z")
    edit(facts, "value: 32张", "value: 33张")
    edit(facts, "鹰石小屋有床位32张。", "鹰石小屋有床位33张。")
    edit(facts, "cite: [6]", "cite: [6, 5]")
    new = tmp_path / "new.sqlite"
    modu("facts", "build", "--pack", str(pack), "--out", str(new))
    found = compare(alpine, new)
    assert (list(found.added), list(found.withdrawn), list(found.changed)) == (["s4z"], ["s4a"], ["s5b", "s6a"])
    assert found.changed["s5b"][0] == Change("value", "32张", "33张")
    assert found.changed["s6a"] == (Change("cited", "shanxun-2021:6", "shanxun-2021:6, shanxun-2021:5"),)
    result = modu("facts", "diff", str(alpine), str(new))
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith("+ s4z: ")
    assert "    value: 32张 → 33张" in lines
    assert lines[-1] == "1 added, 2 changed, 1 withdrawn, 32 the same"


def test_diff_of_a_base_with_itself(modu: Modu, alpine: Path) -> None:
    assert modu("facts", "diff", str(alpine), str(alpine)).stdout == "0 added, 0 changed, 0 withdrawn, 35 the same\n"


def test_diff_of_no_base(modu: Modu, alpine: Path, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("x", "utf-8")
    for bad in ("text", "none"):
        result = modu("facts", "diff", str(alpine), str(tmp_path / bad))
        assert (result.exit_code, result.stderr.count("\n")) == (1, 1)


# --- show


def test_show_a_fact(modu: Modu) -> None:
    shown = modu("facts", "show", "s5e").stdout
    for part in ("1900人", "Alois Grenn says", "[overnight_stays]", "as of", "2020", "[alois-grenn]", "paragraph 5"):
        assert part in shown


@pytest.mark.parametrize("name", ["eaglestone", "鹰石小屋", "鷹石小屋", "Eaglestone Hut", "鹰石"])
def test_show_an_entity_by_any_of_its_names(modu: Modu, name: str) -> None:
    result = modu("facts", "show", name)
    assert result.exit_code == 0
    assert result.stdout.startswith("鹰石小屋 / Eaglestone Hut [eaglestone], hut")
    assert "s5a  鹰石小屋的海拔为2415米。 [shanxun-2021:5]" in result.stdout


@pytest.mark.parametrize("name", ["nobody", "", "';--", "\x1b[31m", "x" * 10_000])
def test_show_of_what_is_not_there(modu: Modu, name: str) -> None:
    result = modu("facts", "show", name)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "\x1b" not in result.stderr
