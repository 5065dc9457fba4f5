"""Packs: what is read, and what each mistake in one is called, where it is, and what was probably meant."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from knowledge.build import read_articles
from knowledge.check import check
from knowledge.errors import ModuError, PackError, Problem
from knowledge.nodes import nearest
from knowledge.pack import load_pack
from knowledge.records import Citation, Pack, Text


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


@dataclass(frozen=True)
class Mistake:
    """One thing broken in the pack, and how it is reported."""

    code: str
    file: str
    old: str
    """The first occurrence of this…"""
    new: str
    """…becomes this."""
    at: str
    """Where in the new text the problem is: at the first character of this; '' for the whole file."""
    says: str


PLACES, PEOPLE = "entities/places.yaml", "entities/people.yaml"
TWO_ARTICLES = """\
- {id: one, publisher: a, published: 2021, paragraphs: 1}
- {id: one, publisher: b, published: 2021, paragraphs: 1}
"""
ODD_ID = "- {id: odd id, kind: place, zh: 怪湖}\n"
TWO_ENTITIES = "- {id: one, kind: a, zh: 甲}\n- {id: one, kind: b, zh: 乙}\n"
ONE_ENTITY = "- {id: he-ling, kind: person, zh: 贺岭}\n"
OLD, NEW = "facts/shanxun-2021.yaml", "facts/chenbao-2024.yaml"

MISTAKES = [
    # --- no YAML
    Mistake(
        "K003", "articles.yaml", "publisher: 山讯", "publisher: 山讯: 月刊", ": 月刊", "is no YAML: mapping values"
    ),
    Mistake("K003", OLD, "    cite: [3]", "\tcite: [3]", "\tcite", "is no YAML"),
    Mistake("K003", NEW, "subject: mistpine", "subject: *mistpine", "*mistpine", "is no YAML: found undefined alias"),
    Mistake(
        "K003", "pack.yaml", "id: alpine-huts", "---\nid: alpine-huts\n---\nid: two", "---\nid: two", "another document"
    ),
    Mistake("K003", PEOPLE, "zh: 何岭", "zh: " + "[" * 300, "", "is nested too deeply"),
    Mistake("K003", PEOPLE, "- {id: he-ling", "- " * 300 + "{id: he-ling", "", "is nested too deeply"),
    # --- a head
    Mistake("K004", "pack.yaml", "*", "# nothing yet\n", "", "is empty: it needs an id and a title"),
    Mistake("K014", "pack.yaml", "id: alpine-huts\n", "", "title:", "the key 'id' is missing"),
    Mistake("K019", "pack.yaml", "id: alpine-huts", "id: ../huts", "../huts", "'../huts' is no id"),
    Mistake("K019", "pack.yaml", "id: alpine-huts", "id:", "\ntitle", "'' is no id"),
    Mistake("K010", "pack.yaml", "*", "- id: alpine-huts", "- id", "a mapping (key: value) is expected"),
    Mistake("K010", "pack.yaml", "*", "{id: a, title: b, kinds: [hut]}", "[hut]", "a mapping (key: list) is expected"),
    Mistake("K036", "pack.yaml", "lists: {huts: hut}", "lists: {Huts!: hut}", "Huts!", "'Huts!' is no command"),
    Mistake(
        "K037", "pack.yaml", "lists: {huts: hut}", "lists: {huts: hutt}", "hutt}", "unknown kind 'hutt'; nearest: 'hut'"
    ),
    Mistake("K015", "pack.yaml", "*", "{id: a, title: b, kinds: {hut: 小屋}}", "小屋", "a list (- …) is expected"),
    Mistake(
        "K016", "pack.yaml", "*", "{id: a, title: b, kinds: {[hut]: [小屋]}}", "[hut]", "a single value is expected"
    ),
    # --- keys
    Mistake(
        "K011", PLACES, "zh: 青石谷,", "zh: 青石谷, alias: [石谷],", "alias", "unknown key 'alias'; nearest: 'aliases'"
    ),
    Mistake("K011", OLD, "    value: 1870米", "    value: 1870米\n    as_off: 2021", "as_off", "nearest: 'as_of'"),
    Mistake(
        "K011",
        "articles.yaml",
        "  language: zh-Hant",
        "  xyzzy: 1",
        "xyzzy",
        "unknown key 'xyzzy'; there is none like it",
    ),
    Mistake("K011", OLD, "{zh: 云鹿山位于", "{ja: 山, zh: 云鹿山位于", "ja", "unknown key 'ja'"),
    Mistake("K013", PLACES, "zh: 青石谷,", "zh: 青石谷, zh: 石谷,", "zh: 石谷", "key 'zh' is given twice"),
    Mistake(
        "K014",
        PLACES,
        "{id: bluestone-valley, kind: place, ",
        "{id: bluestone-valley, ",
        "{id: blue",
        "key 'kind' is missing",
    ),
    Mistake("K014", OLD, "    relation: altitude\n", "", "id: s4a", "the key 'relation' is missing"),
    Mistake("K014", NEW, "*", "article: chenbao-2024", "article", "the key 'facts' is missing"),
    # --- the wrong type
    Mistake(
        "K010", PEOPLE, "- {id: he-ling", "- 何岭\n- {id: he-ling", "何岭", "a mapping (key: value) is expected here"
    ),
    Mistake(
        "K010",
        OLD,
        "statement: {zh: 云鹿山位于青石谷以北。, en: The",
        "statement: [x]\n    note: {en: The",
        "[x]",
        "a mapping",
    ),
    Mistake("K015", OLD, "cite: [4]", "cite: 4", "4\n", "a list (- …) is expected here"),
    Mistake("K015", PLACES, "aliases: [雾松, Mistpine]", "aliases: 雾松", "雾松", "a list (- …) is expected here"),
    Mistake("K015", "relations.yaml", "*", "altitude: {zh: 海拔}", "altitude", "a list (- …) is expected here"),
    Mistake("K016", OLD, "subject: mistpine", "subject: [mistpine]", "[mistpine]", "a single value is expected here"),
    Mistake(
        "K016", NEW, "article: chenbao-2024", "article: [chenbao-2024]", "[chenbao", "a single value is expected here"
    ),
    Mistake("K016", PLACES, "en: Bluestone Valley", "en: {zh: x}", "{zh: x}", "a single value is expected here"),
    # --- control characters, as they are and escaped
    Mistake("K017", PEOPLE, "zh: 何岭", "zh: 何\x07岭", "\x07", "control characters are not allowed"),
    Mistake("K017", OLD, "zh: 雾松小屋的海拔", "zh: \x9f雾松小屋的海拔", "\x9f", "control characters are not allowed"),
    Mistake("K017", PEOPLE, "zh: 何岭", 'zh: "何\\e岭"', '"何', "control characters are not allowed"),
    # --- values
    Mistake("K018", "articles.yaml", "paragraphs: 9", "paragraphs: nine", "nine", "'nine' is no whole number"),
    Mistake("K018", "articles.yaml", "paragraphs: 9", "paragraphs: -9", "-9", "'-9' is no whole number"),
    Mistake("K019", PLACES, "- {id: twin-", ODD_ID + "- {id: twin-", "odd id", "'odd id' is no id"),
    Mistake(
        "K019", PLACES, "- {id: twin-", ODD_ID.replace(" id,", "/id,") + "- {id: twin-", "odd/id", "'odd/id' is no id"
    ),
    Mistake("K019", OLD, "- id: s7a", "- id: ''", "''", "'' is no id"),
    Mistake("K021", OLD, "as_of: 2012", "as_of: 2012-13", "2012-13", "'2012-13' has no such month or day"),
    Mistake("K021", NEW, "as_of: 2023-11", "as_of: 2023-02-30", "2023-02-30", "has no such month or day"),
    Mistake(
        "K021", OLD, "as_of: 2021-07-03/2021-09-26", "as_of: 2021-09-26/2021-07-03", "2021-09", "ends before it begins"
    ),
    Mistake(
        "K021",
        "articles.yaml",
        "published: 2021-05",
        "published: May 2021",
        "May",
        "'May 2021' is no date: write 2023,",
    ),
    Mistake("K021", "articles.yaml", "published: 2021-05", "published:", "\n  language", "'' is no date: write 2023,"),
    Mistake("K022", PEOPLE, "zh: 托马斯·雷", "zh: ''", "''", "the name is empty"),
    Mistake("K022", PEOPLE, "zh: 托马斯·雷", "zh: null", "null", "the name is empty"),
    Mistake(
        "K023",
        "relations.yaml",
        "value: amount",
        "value: amounts",
        "amounts",
        "unknown value type 'amounts'; nearest: 'amount'",
    ),
    Mistake("K024", OLD, "as_of_basis: relative", "as_of_basis: guessed", "guessed", "unknown as_of_basis 'guessed'"),
    Mistake("K025", OLD, "    value: 1870米\n", "", "id: s4a", "a fact needs a value, an object or objects"),
    Mistake("K026", OLD, "{zh: 云鹿山位于青石谷以北。, en", "{en", "{en", "the statement lacks its zh text"),
    Mistake("K027", OLD, "cite: [4]", "cite: [p4]", "p4", "'p4' is no citation: write a paragraph's number"),
    Mistake("K028", PLACES, "zh: 青石谷,", "zh: 青石谷, generic: maybe,", "maybe", "'maybe' is neither true nor false"),
    Mistake("K029", OLD, "subject: mistpine", "subject: ''", "''", "the id of an entity is expected"),
    Mistake("K029", OLD, "objects: [mistpine,", "objects: ['', mistpine,", "''", "the id of an entity is expected"),
    Mistake("K029", NEW, "relation: beds", "relation: ~", "~", "the id of a relation is expected"),
    Mistake("K029", PEOPLE, "kind: person", "kind: ''", "''", "the kind is expected"),
    Mistake("K029", "articles.yaml", "publisher: 山讯", "publisher: ''", "''", "the publisher is expected"),
    Mistake("K029", "relations.yaml", "zh: 海拔", "zh: ''", "''", "the label is expected"),
    Mistake("K035", OLD, "cite: [4]", "cite: []", "[]", "a fact needs a citation"),
    # --- ids that are there twice
    Mistake(
        "K020",
        "articles.yaml",
        "- id: shanxun",
        TWO_ARTICLES + "- id: shanxun",
        "one, publisher: b",
        "article 'one' is defined twice",
    ),
    Mistake(
        "K020", PLACES, "- {id: twin", TWO_ENTITIES + "- {id: twin", "one, kind: b", "entity 'one' is defined twice"
    ),
    Mistake("K020", PLACES, "- {id: twin", ONE_ENTITY + "- {id: twin", "he-ling", "entity 'he-ling' is defined twice"),
    Mistake(
        "K020",
        "relations.yaml",
        "- {id: cost",
        "- {id: beds, zh: 床}\n- {id: cost",
        "beds",
        "relation 'beds' is defined twice",
    ),
    Mistake("K020", OLD, "id: s4b", "id: s4a", "s4a", "fact 's4a' is defined twice"),
    Mistake("K020", OLD, "id: s4b", "id: c3a", "c3a", "fact 'c3a' is defined twice"),
    Mistake(
        "K020",
        "disagreements.yaml",
        "id: guests-2023",
        "id: mistpine-beds",
        "mistpine",
        "disagreement 'mistpine-beds' is",
    ),
    # --- ids that are not there
    Mistake(
        "K012",
        OLD,
        "relation: altitude",
        "relation: altitud",
        "altitud",
        "unknown relation 'altitud'; nearest: 'altitude'",
    ),
    Mistake(
        "K032",
        OLD,
        "subject: mistpine",
        "subject: mist-pine",
        "mist-pine",
        "unknown entity 'mist-pine'; nearest: 'mistpine'",
    ),
    Mistake("K032", OLD, "object: he-ling", "object: he-lin", "he-lin", "unknown entity 'he-lin'; nearest: 'he-ling'"),
    Mistake("K032", OLD, "objects: [mistpine, eagle", "objects: [mistpine, eegle", "eegle", "nearest: 'eaglestone'"),
    Mistake(
        "K032",
        OLD,
        "mentions: [bluestone-valley]",
        "mentions: [zzz]",
        "zzz",
        "unknown entity 'zzz'; there is none like it",
    ),
    Mistake("K032", OLD, "according_to: yunlu-club", "according_to: yunlu-clup", "yunlu-clup", "nearest: 'yunlu-club'"),
    Mistake("K032", NEW, "place: twin-lakes", "place: twin-lake", "twin-lake", "nearest: 'twin-lakes'"),
    Mistake("K032", PLACES, "part_of: yunlu}", "part_of: yunlo}", "yunlo", "unknown entity 'yunlo'; nearest: 'yunlu'"),
    Mistake(
        "K033",
        NEW,
        "article: chenbao-2024",
        "article: chenbao-2042",
        "chenbao",
        "unknown article 'chenbao-2042'; nearest: 'chenbao-2024'",
    ),
    Mistake("K033", NEW, "'shanxun-2021:3'", "'shanxun-2020:3'", "'shanxun", "nearest: 'shanxun-2021'"),
    Mistake(
        "K033", "left_out.yaml", "article: shanxun-2021", "article: shanxun-2012", "shanxun", "nearest: 'shanxun-2021'"
    ),
    Mistake("K034", "disagreements.yaml", "[c3a, c3b]", "[c3a, c3bb]", "c3bb", "unknown fact 'c3bb'; nearest: 'c3b'"),
    Mistake("K034", "unnamed.yaml", "[s7c]", "[s7cc]", "s7cc", "unknown fact 's7cc'; nearest: 's7c'"),
    Mistake("K032", "unnamed.yaml", "of: sunset", "of: sunsett", "sunsett", "unknown entity 'sunsett'"),
    # --- paragraphs that are not there
    Mistake("K030", OLD, "cite: [4]", "cite: [10]", "10", "shanxun-2021 has paragraphs 1 to 9, not 10"),
    Mistake("K030", OLD, "cite: [4]", "cite: [0]", "0", "shanxun-2021 has paragraphs 1 to 9, not 0"),
    Mistake(
        "K030", NEW, "'shanxun-2021:3'", "'shanxun-2021:33'", "'shanxun", "shanxun-2021 has paragraphs 1 to 9, not 33"
    ),
    Mistake(
        "K030", "left_out.yaml", "paragraph: 9", "paragraph: 90", "90", "shanxun-2021 has paragraphs 1 to 9, not 90"
    ),
]


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
