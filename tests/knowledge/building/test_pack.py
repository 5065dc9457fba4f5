"""Packs: what is read, and what each mistake in one is called, where it is, and what was probably meant."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from knowledge.building.build import read_articles
from knowledge.building.check import check
from knowledge.building.nodes import nearest
from knowledge.building.pack import load_pack
from knowledge.errors import ModuError, PackError, Problem
from knowledge.store.records import Citation, Pack, Text
from tests.knowledge.mistakes import MISTAKES, NEW, OLD, Mistake


@pytest.fixture
def copy(alpine_dir: Path, tmp_path: Path) -> Path:
    """A copy of the alpine huts to break."""
    return Path(shutil.copytree(alpine_dir, tmp_path / "pack"))


def problems(pack: Path) -> list[Problem]:
    with pytest.raises(PackError) as caught:
        load_pack(pack)
    return caught.value.problems


# --- a pack without mistakes


def test_pack_loads_what_the_files_hold(alpine_pack: Pack) -> None:
    assert alpine_pack.id == "alpine-huts"
    assert alpine_pack.title == Text("云鹿山的小屋", "The huts of the Yunlu range")
    assert [a.id for a in alpine_pack.articles] == ["shanxun-2021", "chenbao-2024"]
    assert len(alpine_pack.entities) == 13
    assert len(alpine_pack.relations) == 11
    assert len(alpine_pack.facts) == 35
    assert [d.id for d in alpine_pack.disagreements] == ["mistpine-beds", "guests-2023"]
    assert len(alpine_pack.left_out) == 5
    assert alpine_pack.kinds["hut"] == ("小屋", "山屋", "木屋", "hut", "cabin")
    assert alpine_pack.examples["en"] == ("Who is the warden of Eaglestone Hut?",)


def test_pack_loads_each_field_of_a_fact(alpine_pack: Pack) -> None:
    facts = {f.id: f for f in alpine_pack.facts}
    beds = facts["s4c"]
    assert (beds.subject, beds.relation, beds.value) == ("mistpine", "beds", "48张")
    assert (beds.as_of, beds.relative, beds.according_to) == ("2021-05", True, "yunlu-club")
    assert beds.statement.en == "The Yunlu Mountain Club counts 48 beds in Mistpine Hut."
    assert facts["s3a"].objects == ("mistpine", "eaglestone", "icetongue", "sunset")
    assert facts["s4d"].objects == ("he-ling",)
    assert facts["s8a"].mentions == facts["s3a"].objects
    assert facts["s8a"].note == Text("指四座小屋合计。", "All four huts together.")
    assert facts["s8b"].cues == ("外地人",)
    assert facts["c8a"].place == "twin-lakes"
    assert facts["c8a"].citations == (Citation("chenbao-2024", 8), Citation("shanxun-2021", 3))


def test_pack_loads_each_field_of_an_entity(alpine_pack: Pack) -> None:
    entities = {e.id: e for e in alpine_pack.entities}
    sunset = entities["sunset"]
    assert (sunset.kind, sunset.name, sunset.aliases) == ("hut", Text("落日小屋", "Sunset Hut"), ("落日",))
    assert (sunset.part_of, sunset.description.en, sunset.generic) == ("yunlu", "the hut with the spring", False)


def test_pack_says_what_its_articles_say(alpine_pack: Pack, alpine_articles: Path) -> None:
    report = check(alpine_pack, read_articles(alpine_pack, alpine_articles))
    assert report.verified == len(alpine_pack.facts)
    assert report.clean
    assert report.uncovered == ()
    assert report.uncited == ()
    assert report.broken == ()


def test_pack_needs_no_more_than_a_head(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("{id: tiny, title: Tiny}", "utf-8")
    pack = load_pack(tmp_path)
    assert pack == Pack(id="tiny", title=Text("Tiny", "Tiny"))


def test_pack_may_have_empty_files_and_nulls(copy: Path) -> None:
    (copy / "facts" / "later.yaml").write_text("# to be written\n", "utf-8")
    (copy / "entities" / "later.yaml").write_text("", "utf-8")
    (copy / "relations.yaml").write_text(
        (copy / "relations.yaml").read_text("utf-8") + "- {id: extra, zh: 其他, en: ~, cues: null, unit: }\n", "utf-8"
    )
    extra = load_pack(copy).relations[-1]
    assert (extra.label.en, extra.unit, extra.cues) == ("其他", "", ())


def test_pack_may_begin_with_a_byte_order_mark(copy: Path) -> None:
    path = copy / "relations.yaml"
    path.write_text(path.read_text("utf-8"), "utf-8-sig")
    assert len(load_pack(copy).relations) == 11


def test_pack_reads_files_below_folders_of_folders(copy: Path) -> None:
    (copy / "facts" / "old").mkdir()
    (copy / "facts" / "shanxun-2021.yaml").rename(copy / "facts" / "old" / "a.yaml")
    assert len(load_pack(copy).facts) == 35


# --- one mistake, one problem


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: f"{m.code}-{m.file}-{m.says[:40]}")
def test_pack_reports_a_mistake_once_with_its_place(mistake: Mistake, copy: Path) -> None:
    path = copy / mistake.file
    text = path.read_text("utf-8")
    old = text if mistake.old == "*" else mistake.old
    start = text.index(old)
    text = text.replace(old, mistake.new, 1)
    path.write_text(text, "utf-8", newline="")

    (problem,) = problems(copy)

    place = (0, 0)
    if mistake.at:
        offset = text.find(mistake.at, start)
        offset = text.rindex(mistake.at, 0, start) if offset < 0 else offset
        place = (text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))
    assert (problem.code, problem.path, (problem.line, problem.column)) == (mistake.code, mistake.file, place)
    assert mistake.says in problem.message


def test_pack_reports_a_citation_without_an_article(copy: Path) -> None:
    (copy / "facts" / "extra.yaml").write_text(
        "facts:\n  - {id: x, cite: [1], subject: yunlu, relation: feature, value: 高, statement: 山高。}\n", "utf-8"
    )
    assert [str(p) for p in problems(copy)] == [
        "K031 facts/extra.yaml:2:20 no article: name it at the head of the file or write article:number"
    ]


def test_pack_reports_all_mistakes_in_order_of_their_place(copy: Path) -> None:
    for name, old, new in (
        (OLD, "relation: warden", "relation: wardn"),
        (OLD, "as_of: 1934", "as_of: 34"),
        (NEW, "cite: [5]", "cite: [50]"),
        ("articles.yaml", "paragraphs: 8", "paragraphs: many"),
    ):
        path = copy / name
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    found = problems(copy)
    assert [(p.code, p.path) for p in found] == [("K018", "articles.yaml"), ("K021", OLD), ("K012", OLD)]
    assert found == sorted(found, key=lambda p: (p.path, p.line))


def test_pack_problem_is_one_line_that_editors_can_follow(copy: Path) -> None:
    path = copy / OLD
    path.write_text(path.read_text("utf-8").replace("relation: altitude", "relation: altitud", 1), "utf-8")
    with pytest.raises(ModuError) as caught:
        load_pack(copy)
    assert str(caught.value) == "K012 facts/shanxun-2021.yaml:21:15 unknown relation 'altitud'; nearest: 'altitude'"


# --- files that can't be read


def test_pack_reports_a_directory_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "none", Path(__file__)):
        (problem,) = problems(path)
        assert str(problem) == f"K001 {path} is no directory; name the directory that holds pack.yaml"


def test_pack_reports_a_missing_head(copy: Path) -> None:
    (copy / "pack.yaml").unlink()
    assert [str(p) for p in problems(copy)] == ["K001 pack.yaml can't be read: No such file or directory"]


def test_pack_reports_what_is_no_file(copy: Path) -> None:
    (copy / "facts" / "odd.yaml").mkdir()
    assert [str(p) for p in problems(copy)] == ["K001 facts/odd.yaml can't be read: Is a directory"]


def test_pack_reports_a_link_to_nowhere(copy: Path) -> None:
    (copy / "facts" / "gone.yaml").symlink_to(copy / "nowhere.yaml")
    assert [str(p) for p in problems(copy)] == ["K001 facts/gone.yaml can't be read: No such file or directory"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_pack_reports_a_file_that_may_not_be_read(copy: Path) -> None:
    (copy / "articles.yaml").chmod(0)
    assert [str(p) for p in problems(copy)] == ["K001 articles.yaml can't be read: Permission denied"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_pack_reports_a_file_that_is_not_utf8(copy: Path, encoding: str) -> None:
    path = copy / "entities" / "places.yaml"
    path.write_text(path.read_text("utf-8"), encoding)
    (problem,) = problems(copy)
    assert (problem.code, problem.path, problem.line) == ("K002", "entities/places.yaml", 0)
    assert "save it as UTF-8" in problem.message


@pytest.mark.parametrize(
    ("name", "names", "said"),
    [
        ("modle_count", ["share", "model_count"], "nearest: 'model_count'"),
        ("zzz", ["share", "model_count"], "there is none like it"),
        ("", ["share"], "there is none like it"),
        ("share", [], "there is none like it"),
    ],
)
def test_pack_nearest_names_what_was_probably_meant(name: str, names: list[str], said: str) -> None:
    assert nearest(name, names) == said
