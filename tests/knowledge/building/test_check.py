"""Checking a pack against texts. The small world is our own; the last test reads the real one where it is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.building.build import read_articles
from knowledge.building.check import Report, check, render
from knowledge.building.pack import load_pack
from knowledge.store.records import Citation

ROOT = Path(__file__).parents[3]
TEXTS = ROOT.parent / "shared" / "articles"

PARAGRAPHS = [
    "今年5月,灯塔科技在滨港发布了大模型「渔火」,参数6.38萬,服务三家船厂,估值12亿美元。",
    "截至2023年7月13日,滨港88%的渡轮已装上导航仪,票价降低1.5-2倍,预计到2025年再添12艘。",
    "林小舟说,《滨港航运规划(2023-2025年)》推动了“蓝帆行动”,北滩与南滩都有渡口,航线编号N7。",
    "渔火已经迭代到2.5版本,在灯塔、船坞、潮汐站、浮标、货柜、渡轮、航标站、值班室和领航艇上运行。",
    "本栏目由互联网广告支持,热线400电话。",
]
ENTITIES = """
- {id: dengta, kind: company, zh: 灯塔科技, en: Beacon Tech, aliases: [灯塔]}
- {id: yuhuo, kind: model, zh: 渔火, en: Yuhuo}
- {id: yuhuo-2-5, kind: model, zh: 渔火2.5, en: Yuhuo 2.5}
- {id: bingang, kind: city, zh: 滨港, en: Bingang}
- {id: north, kind: place, zh: 北滩, en: North Beach}
- {id: south, kind: place, zh: 南滩, en: South Beach}
- {id: lin, kind: person, zh: 林小舟, en: Lin Xiaozhou}
- {id: plan, kind: policy, zh: 《滨港航运规划（2023-2025年）》, en: Bingang shipping plan}
- {id: haibao, kind: publisher, zh: 海报, en: Sea Post}
- {id: islet, kind: place, zh: 孤屿, en: Lone Islet}
- {id: ferry, kind: term, zh: 渡轮, en: ferry, generic: true}
"""
GOOD = """
  - id: p1
    cite: [1]
    subject: yuhuo
    relation: about
    value: 6.38万
    as_of: 2023-05
    as_of_basis: relative
    according_to: haibao
    place: bingang
    mentions: [dengta]
    statement:
      zh: 2023年5月灯塔科技推出的渔火有63800个参数，3家船厂在用，公司值12亿美元。
      en: Yuhuo of Beacon Tech (May 2023) has 63,800 parameters and three shipyards; the firm is worth US$1.2 billion.
  - id: p2
    cite: [2]
    subject: bingang
    relation: about
    value: 88%
    as_of: 2023-07-13
    statement:
      zh: 2023年7月13日，滨港渡轮有88%带导航仪，票价降到1.5-2倍，2025年要加12艘。
      en: On 13 July 2023 88 per cent of Bingang's ferries had it, fares fell 1.5 to 2 times; twelve more come by 2025.
  - id: p3
    cite: [3]
    subject: plan
    relation: about
    objects: [north, south]
    according_to: lin
    statement:
      zh: 林小舟提到《滨港航运规划（2023-2025年）》和“蓝帆行动”，2处渡口是北滩、南滩，航线叫N7。
      en: Lin Xiaozhou names the Bingang shipping plan; the two ferries are North Beach and South Beach, the line is N7.
  - id: p4
    cite: [4]
    subject: yuhuo
    relation: about
    object: yuhuo-2-5
    mentions: [dengta]
    statement: {zh: 渔火2.5已经上线，灯塔也用它。, en: Yuhuo 2.5 is in use.}
"""
ADVERTISING = "- {article: a, paragraph: 5, reason: advertising}"


def report(
    tmp_path: Path,
    facts: str = GOOD,
    paragraphs: list[str] = PARAGRAPHS,
    left_out: str = ADVERTISING,
    entities: str = ENTITIES,
    texts: bool = True,
) -> Report:
    pack = tmp_path / "pack"
    (pack / "facts").mkdir(parents=True)
    (pack / "pack.yaml").write_text("id: small\ntitle: {zh: 小, en: small}\nshort: {滨: bingang}\n", "utf-8")
    article = f"publisher: 海报, authors: [林小舟], published: 2023-08, paragraphs: {len(paragraphs)}"
    (pack / "articles.yaml").write_text(f"- {{id: a, title: 渡口纪事, {article}}}\n", "utf-8")
    (pack / "entities.yaml").write_text(entities, "utf-8")
    (pack / "relations.yaml").write_text("- {id: about, zh: 相关, en: about}\n", "utf-8")
    (pack / "facts" / "a.yaml").write_text("article: a\nfacts:" + facts, "utf-8")
    (pack / "left_out.yaml").write_text(left_out, "utf-8")
    if texts:
        (tmp_path / "a.txt").write_text("\n\n".join(paragraphs), "utf-8")
    loaded = load_pack(pack)
    return check(loaded, read_articles(loaded, tmp_path))


def one(
    zh: str = "一句话。", en: str = "A sentence.", cite: str = "[1]", subject: str = "yuhuo", more: str = ""
) -> str:
    """A single fact with value 渔火, so that nothing but the given part can be wrong."""
    value = "" if "value:" in more or "object" in more else "\n    value: 渔火"
    return f"""
  - id: f
    cite: {cite}
    subject: {subject}
    relation: about{value}
    statement: {{zh: "{zh}", en: "{en}"}}
{more}"""


def whats(found: Report) -> list[str]:
    return [u.what for u in found.unverified]


def test_check_accepts_figures_dates_and_names_in_any_form(tmp_path: Path) -> None:
    found = report(tmp_path)
    assert found.unverified == ()
    assert found.copied == ()
    assert found.stale == ()
    assert found.uncited == ()
    assert found.verified == 4
    assert found.clean
    assert found.uncovered == ()
    assert found.figures.percent == found.names.percent == 100


@pytest.mark.parametrize(
    ("fact", "what"),
    [
        (one(more="    value: 6.39万"), "figure 63900 (value)"),
        (one(zh="渔火服务4家船厂。"), "figure 4 (zh)"),
        (one(zh="渔火服务四家船厂。"), "figure 4 (zh)"),
        (one(en="It serves four shipyards."), "figure 4 (en)"),
        (one(en="It has 63,000 parameters."), "figure 63000 (en)"),
        (one(en="The firm is worth US$12 million."), "figure 12000000 (en)"),
        (one(en="A 12-million-dollar firm."), "figure 12000000 (en)"),
        (one(zh="约86%的渡轮装了。", cite="[2]", subject="bingang"), "figure 86 % (zh)"),
        (one(en="88 boats have it.", cite="[2]", subject="bingang"), "figure 88 (en)"),
        (one(zh="票价降1.5-3倍。", cite="[2]", subject="bingang"), "figure 3 (zh)"),
        (one(en="It adds twenty-one boats.", cite="[2]", subject="bingang"), "figure 21 (en)"),
        (one(more="    as_of: 2023-05"), "date 2023-05 (as_of)"),
        (one(cite="[2]", subject="bingang", more="    as_of: 2023-07-14"), "date 2023-07-14 (as_of)"),
        (one(zh="到2026年再添。", cite="[2]", subject="bingang"), "date 2026年 (zh)"),
        (one(en="By 13 June 2023.", cite="[2]", subject="bingang"), "date 13 june 2023 (en)"),
        (one(more="    value: 2024年"), "date 2024年 (value)"),
        (one(subject="islet"), "name 孤屿 (islet)"),
        (one(more="    object: islet"), "name 孤屿 (islet)"),
        (one(more="    mentions: [islet]"), "name 孤屿 (islet)"),
        (one(more="    according_to: islet"), "name 孤屿 (islet)"),
        (one(more="    place: islet"), "name 孤屿 (islet)"),
        (one(zh="出自《海图》。"), "name 《海图》 (zh)"),
        (one(zh="航线是N8。", cite="[3]", subject="lin"), "name n8 (zh)"),
    ],
)
def test_check_finds_what_the_cited_paragraph_lacks(tmp_path: Path, fact: str, what: str) -> None:
    found = report(tmp_path, fact)
    assert whats(found) == [what]
    assert found.unverified[0].fact == "f"
    assert found.unverified[0].cited[0].article == "a"
    assert found.verified == 0
    assert not found.clean


@pytest.mark.parametrize(
    "fact",
    [
        one(zh="2023年5月发布。", more="    as_of: 2023-05\n    as_of_basis: relative"),
        one(zh="滨港有北滩。", cite="[1, 3]", more="    mentions: [bingang, north]"),
        one(more="    according_to: haibao\n    mentions: [lin]"),
        one(zh="共2处。", subject="lin", cite="[3]", more="    objects: [north, south]"),
        one(en="One of the novels, at this juncture, in the second half."),
        one(zh="在滨港，这一个渔火。", subject="yuhuo", more="    place: bingang"),
        one(zh="刊于《渡口纪事》。"),
    ],
)
def test_check_exempts_what_the_article_itself_or_the_fact_gives(tmp_path: Path, fact: str) -> None:
    assert whats(report(tmp_path, fact)) == []


def test_check_says_what_would_prove_a_name_or_a_date(tmp_path: Path) -> None:
    named = report(tmp_path / "name", one(cite="[4]", subject="dengta", more="    place: bingang"))
    assert [u.mend for u in named.unverified] == ["cite a 3 too"]
    nowhere = report(tmp_path / "nowhere", one(more="    mentions: [islet]"))
    assert [u.mend for u in nowhere.unverified] == [""]
    dated = report(tmp_path / "date", one(more="    as_of: 2023-05"))
    assert render(dated)[0] == (
        "unverified f: date 2023-05 (as_of) is not in a 1; cite the paragraph that says it too, "
        "or write as_of_basis: relative"
    )


def test_check_month_and_day_must_stand_together(tmp_path: Path) -> None:
    texts = ["5月3日与6月9日,灯塔科技的渔火各停一天。"]
    found = report(tmp_path, one(zh="事在5月9日。"), texts, left_out="")
    assert whats(found) == ["date 5月9日 (zh)"]


def test_check_name_inside_a_longer_latin_word_proves_nothing(tmp_path: Path) -> None:
    entities = ENTITIES + "- {id: arm, kind: company, zh: Arm, en: Arm}\n"
    fact = one(more="    mentions: [arm]")
    assert whats(report(tmp_path / "no", fact, ["渔火由Armada公司开发。"], "", entities)) == ["name Arm (arm)"]
    assert whats(report(tmp_path / "yes", fact, ["渔火由ARM公司开发。"], "", entities)) == []


def test_check_short_name_of_a_place_is_one_behind_a_verb_of_going(tmp_path: Path) -> None:
    fact = one(more="    place: bingang")
    assert whats(report(tmp_path / "to", fact, ["渔火随船进滨。"], "")) == []
    assert whats(report(tmp_path / "by", fact, ["渔火在湖滨发布。"], "")) == ["name 滨港 (bingang)"]


def test_check_restored_name_needs_broken_characters_and_a_note(tmp_path: Path) -> None:
    fact = one(more="    place: islet\n    note: {zh: 乱码处按上下文读作孤屿, en: garbled}")
    assert whats(report(tmp_path / "broken", fact, ["渔火在孤\ufffd\ufffd发布。"], "")) == []
    assert whats(report(tmp_path / "whole", fact, ["渔火在孤岛发布。"], "")) == ["name 孤屿 (islet)"]


def test_check_finds_copied_wording_but_not_names_and_titles(tmp_path: Path) -> None:
    copied = report(
        tmp_path / "copied", one(zh="渔火在船坞、潮汐站、浮标、货柜、渡轮、航标站、值班室和领航艇上都有。", cite="[4]")
    )
    assert [(c.fact, c.citation) for c in copied.copied] == [("f", Citation("a", 4))]
    assert "潮汐站浮标货柜" in copied.copied[0].run
    assert not copied.clean
    titled = report(
        tmp_path / "titled", one(zh="林小舟说《滨港航运规划（2023-2025年）》推动了它。", cite="[3]", subject="lin")
    )
    assert titled.copied == ()
    assert titled.clean
    value = "    value: 在船坞、潮汐站、浮标、货柜、渡轮、航标站、值班室和领航艇上"
    assert report(tmp_path / "value", one(cite="[4]", more=value)).copied


def test_check_reports_what_no_fact_of_the_paragraph_holds(tmp_path: Path) -> None:
    found = report(
        tmp_path, one(zh="林小舟说起蓝图。", cite="[3]", subject="lin") + one(cite="[1]").replace("id: f", "id: g")
    )
    missing = {(i.citation.paragraph, i.sort, i.text) for i in found.uncovered}
    assert (3, "title", "滨港航运规划(2023-2025年)") in missing
    assert (3, "quote", "蓝帆行动") in missing
    assert (3, "name", "北滩") in missing
    assert (1, "number", "6.38万") in missing
    assert (1, "number", "三家") in missing
    assert (1, "date", "5月") in missing
    assert (2, "number", "88%") in missing
    assert (2, "date", "2023年7月13日") in missing
    assert not missing & {(3, "name", "林小舟"), (1, "name", "渔火")}  # held
    assert not any(text == "渡轮" for _, _, text in missing)  # generic
    assert found.uncited == (Citation("a", 2), Citation("a", 4))
    assert found.figures.percent == 0 < found.names.percent < 100
    assert found.clean  # coverage is a share to watch, no mistake


def test_check_counts_each_thing_of_a_paragraph_once(tmp_path: Path) -> None:
    texts = ["灯塔科技就是灯塔,渔火有3家用户,三家都在滨港。"]
    found = report(tmp_path, one(), texts, left_out="")
    assert [i.text for i in found.uncovered] == ["灯塔", "滨港", "三家"]
    assert (found.names.held, found.names.total, found.figures.total) == (1, 3, 1)


def test_check_left_out_is_not_counted_and_must_leave_something_out(tmp_path: Path) -> None:
    left_out = """
- {article: a, paragraph: 3, what: [北滩, N7, 孤屿], reason: in passing}
- {article: a, paragraph: 5, reason: advertising}
- {article: a, paragraph: 1, reason: is covered}
"""
    fact = GOOD.replace("objects: [north, south]", "objects: [south]").replace("2处", "")
    found = report(tmp_path, fact.replace("the two ferries", "the ferries"), left_out=left_out)
    assert found.uncovered == ()
    assert found.uncited == ()
    assert [(s.entry.paragraph, s.what) for s in found.stale] == [(1, ""), (3, "N7"), (3, "孤屿")]
    assert not found.clean


def test_check_without_texts_verifies_nothing(tmp_path: Path) -> None:
    found = report(tmp_path, texts=False)
    assert found.unread == ("p1", "p2", "p3", "p4")
    assert found.verified == 0
    assert found.unverified == ()
    assert found.stale == ()
    assert found.clean
    assert found.figures.total == 0
    assert found.figures.percent == 100


def test_check_lists_broken_characters(tmp_path: Path) -> None:
    found = report(tmp_path, paragraphs=[*PARAGRAPHS[:4], "热线\ufffd400\ufffd电话。"])
    assert [b.citation for b in found.broken] == [Citation("a", 5)]
    assert any("\ufffd" in around for around in found.broken[0].around)


def test_render_names_every_finding(tmp_path: Path) -> None:
    facts = one(
        zh="渔火在船坞、潮汐站、浮标、货柜、渡轮、航标站、值班室和领航艇上都有。",
        cite="[4, 1]",
        more="    place: islet",
    )
    texts = [*PARAGRAPHS[:4], "热线\ufffd400电话。"]
    lines = render(report(tmp_path, facts, texts, left_out="- {article: a, paragraph: 1, what: [孤屿], reason: none}"))
    assert lines[0] == "unverified f: name 孤屿 (islet) is not in a 4, 1"
    assert lines[1].startswith("copied f: '船坞")
    assert lines[1].endswith("is the wording of a 4")
    assert lines[2] == "stale left_out a 1: '孤屿' leaves nothing out"
    assert "uncovered a 5: no fact cites it; number 400" in lines
    assert any(line.startswith("broken a 5: ") for line in lines)
    assert lines[-3] == "facts: 0 verified, 1 unverified, 0 unread, 1 copied"
    assert lines[-2].startswith("numbers, dates and titles: 0 of ")
    assert lines[-1].startswith("names: ")
    (tmp_path / "unread").mkdir()
    assert "unread p1: the text of an article that it cites is missing" in render(
        report(tmp_path / "unread", texts=False)
    )


@pytest.mark.skipif(not TEXTS.is_dir(), reason="the articles' texts are not at hand")
def test_check_model_cities_holds_what_the_articles_hold() -> None:
    pack = load_pack(ROOT / "knowledge" / "packs" / "model-cities")
    found = check(pack, read_articles(pack, TEXTS))
    assert found.unread == ()
    assert found.unverified == ()
    assert found.copied == ()
    assert found.stale == ()
    assert found.uncited == ()
    assert found.figures.percent >= 98
    assert found.names.percent >= 95
