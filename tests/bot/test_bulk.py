"""Bulk bases through the commands: built from a file or a pack, asked, explained, shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.answering import Desk
from bot.cli import cli
from bot.conversation import Conversation
from knowledge.finding.outcome import Context
from knowledge.store.base import Base

FERRIES = (
    ("白鹭号", "船型", "渡轮"),
    ("白鹭号", "载客量", "320人"),
    ("白鹭号", "建造时间", "2011年"),
    ("白鹭号", "停靠港", "南矶港"),
    ("白鹭号", "停靠港", "北矶港"),
    ("南矶港", "负责人", "冯一舟"),
    ("海鸥（渡轮）", "载客量", "90人"),
    ("海鸥（货轮）", "载客量", "12人"),
    ("Grey Heron", "captain", "Ada Finch"),
    ("海鸥（拖船）", "载客量", "4人"),
    ("海鸥（游艇）", "载客量", "8人"),
    ("苍鹭（渡轮）", "载客量", "60人"),
    ("苍鹭（游艇）", "载客量", "6人"),
)
RELATIONS = """
- id: captain
  zh: 船长
  en: captain
  cues: {en: [who sails]}
  inverse: {zh: 指挥的船, en: ship commanded}
  inverse_cues: {en: [sail, command]}
"""


def modu(*args: str | Path) -> Result:
    return CliRunner().invoke(cli, list(map(str, args)), prog_name="modu")


@pytest.fixture(scope="module")
def ferries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack of two predicates' words and a file of triples, compiled."""
    pack = tmp_path_factory.mktemp("ferries")
    (pack / "pack.yaml").write_text("id: ferries\ntitle: {zh: 渡轮, en: Ferries}\n", "utf-8")
    (pack / "relations.yaml").write_text(RELATIONS, "utf-8")
    rows = [json.dumps(dict(zip("spo", row, strict=True)), ensure_ascii=False) for row in FERRIES]
    (pack / "facts.jsonl").write_text("\n".join(rows), "utf-8")
    (pack / "entities.yaml").write_text("- {id: ship-1, kind: ship, zh: 白鹭号, en: White Egret}\n", "utf-8")
    built = modu("facts", "build", "--pack", pack, "--out", pack / "ferries.sqlite")
    assert built.exit_code == 0, built.output
    assert "10 names" in built.output
    assert "13 triples" in built.output
    return pack / "ferries.sqlite"


def ask(base: Path, question: str, *options: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(modu("ask", "--base", base, "--json", *options, question).stdout)
    return found


def test_bulk_answer_with_its_line(ferries: Path) -> None:
    shown = modu("ask", "--base", ferries, "白鹭号载客多少人？")
    assert shown.exit_code == 0
    assert shown.stdout == "白鹭号的载客量：320人[1]\n\n[1] facts.jsonl，第2行\n"


def test_bulk_contract(ferries: Path) -> None:
    row = ask(ferries, "白鹭号停靠在哪些港口？")
    assert row["status"] == "answered"
    assert row["answer"] == "白鹭号的停靠港：南矶港、北矶港[1][2]"
    assert row["facts"] == ["facts.jsonl:4", "facts.jsonl:5"]
    assert row["citations"] == [
        {
            "n": n,
            "article": "facts.jsonl",
            "paragraph": line,
            "title": "",
            "publisher": "",
            "published": "",
            "quote": None,
        }
        for n, line in ((1, 4), (2, 5))
    ]
    reading = row["reading"]
    assert isinstance(reading, dict)
    assert reading["entities"] == ["白鹭号"]
    assert reading["relation"] == "停靠港"


@pytest.mark.parametrize(
    ("question", "language", "answer"),
    [
        ("白鷺號的載客量是多少？", "zh-Hant", "白鹭号的载客量：320人[1]"),
        ("who sails the Grey Heron?", "en", "Grey Heron – captain: Ada Finch[1]"),
        ("what does Ada Finch sail", "en", "Ada Finch – ship commanded: Grey Heron[1]"),
        ("White Egret 的船型是什么？", "zh-Hans", "白鹭号的船型：渡轮[1]"),
        ("白路号的船型是什么？", "zh-Hans", "（按“白鹭号”理解“白路号”。）\n白鹭号的船型：渡轮[1]"),
    ],
)
def test_bulk_languages_aliases_and_slips(ferries: Path, question: str, language: str, answer: str) -> None:
    assert ask(ferries, question)["answer"] == answer
    assert Desk(Base(ferries)).reply(question).answer.language == language


def test_bulk_namesakes_and_unknown(ferries: Path) -> None:
    row = ask(ferries, "海鸥载客多少人？")
    assert row["status"] == "ambiguous"
    assert row["options"] == ["海鸥（渡轮）", "海鸥（货轮）", "海鸥（拖船）", "海鸥（游艇）"]
    few = modu("ask", "--base", ferries, "苍鹭载客多少人？").output
    assert "苍鹭（渡轮）的载客量：60人" in few
    assert "苍鹭（游艇）的载客量：6人" in few
    assert modu("ask", "--base", ferries, "海豚号载客多少人？").exit_code == 3


def test_bulk_conversation(ferries: Path) -> None:
    base = Base(ferries)
    talk = Conversation(Desk(base))
    assert talk.say("海鸥载客多少人？").answer.status == "ambiguous"
    assert talk.say("2").answer.facts == ("facts.jsonl:8",)
    talk.say("白鹭号载客多少？")
    assert talk.say("它是什么时候建造的？").answer.facts == ("facts.jsonl:3",)
    desk = talk.desk
    heard = desk.heard("推荐您乘坐白鹭号", desk.heard("我想坐船", Context(), asked=True))
    assert desk.reply("它的船型是什么？", heard).answer.facts == ("facts.jsonl:1",)
    base.close()


def test_bulk_small_talk_is_still_small_talk(ferries: Path) -> None:
    assert ask(ferries, "你好")["status"] == "smalltalk"


def test_bulk_explain_and_show(ferries: Path) -> None:
    steps = modu("explain", "--base", ferries, "白鹭号的载客量？").stdout
    assert "白鹭号, exact" in steps
    assert "白鹭号 · 载客量" in steps
    sheet = modu("facts", "show", "--base", ferries, "海鸥").stdout
    assert "海鸥（渡轮）\n  载客量: 90人 [facts.jsonl:7]" in sheet
    assert "captain of: Grey Heron" in modu("facts", "show", "--base", ferries, "Ada Finch").stdout


def test_bulk_build_of_a_bare_file(tmp_path: Path) -> None:
    file = tmp_path / "tides.csv"
    file.write_text("s,p,o\n南矶港,潮差,4米\n坏行\n,潮差,1米\n", "utf-8")
    out = tmp_path / "tides.sqlite"
    refused = modu("facts", "build", "--triples", file, "--out", out)
    assert refused.exit_code == 1
    assert "K050 tides.csv:3:1 has 1 columns; 3 are needed" in refused.output
    assert 'K050 tides.csv:4:1 "s" is empty' in refused.output
    assert not out.exists()
    built = modu("facts", "build", "--triples", file, "--skip-bad", "--out", out)
    assert built.exit_code == 0
    assert "2 broken lines left out" in built.output
    assert ask(out, "南矶港的潮差是多少")["answer"] == "南矶港的潮差：4米[1]"


def test_bulk_beside_curated_facts(tmp_path: Path, alpine_dir: Path) -> None:
    file = tmp_path / "more.jsonl"
    file.write_text('{"s": "云杉渡口", "p": "水深", "o": "3米"}\n', "utf-8")
    out = tmp_path / "both.sqlite"
    assert modu("facts", "build", "--pack", alpine_dir, "--triples", file, "--out", out).exit_code == 0
    assert ask(out, "云杉渡口的水深是多少？")["answer"] == "云杉渡口的水深：3米[1]"
    assert ask(out, "冰舌小屋有多少张床？")["citations"] != []
    assert ask(out, "冰舌小屋有多少张床？")["facts"] != ["more.jsonl:1"]
