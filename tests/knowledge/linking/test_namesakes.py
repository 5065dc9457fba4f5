"""A river with boats, towers and lines: what is told of one is not told of another that is called almost the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.asking.ask import Asker
from knowledge.building.build import build
from knowledge.building.pack import load_pack
from knowledge.store.base import Base

FILES = {
    "pack.yaml": """
id: river
title: 大河
kinds:
  river: {zh: [河流]}
  tower: {zh: [水塔], en: [tower]}
  line: {zh: [航班线], en: [line]}
  boat: {zh: [船, 木船], en: [boat]}
  person: {zh: [人, 船长], en: [person, captain]}
  guild: {zh: [行会]}
who: [person, guild]
""",
    "articles.yaml": "- {id: hebao, publisher: 河报, published: 2024-05, language: zh, paragraphs: 9}",
    "entities.yaml": """
- {id: north-tower, kind: tower, zh: 北湾水塔, en: North Bay Tower}
- {id: blue-line, kind: line, zh: 蓝线, en: Blue Line}
- {id: white-line, kind: line, zh: 白线, en: White Line}
- {id: heron, kind: boat, zh: 金鹭号, en: Golden Heron}
- {id: otter, kind: boat, zh: 水獭号, en: Otter}
- {id: old-willow, kind: boat, zh: 老柳号, en: Old Willow}
- {id: luo-ran, kind: person, zh: 罗然, en: Luo Ran}
- {id: he-ping, kind: person, zh: 何坪, en: He Ping}
- {id: boatmen, kind: guild, zh: 船工行会, en: Boatmen's Guild}
""",
    "relations.yaml": """
- {id: height, zh: 高度, en: height, value: number, unit: 米, cues: {zh: [多高, 高], en: [how high, how tall]}}
- {id: fare, zh: 票价, en: fare, value: amount, unit: 元, cues: {zh: [多少钱], en: [how much is a ticket]}}
- {id: captain, zh: 船长, en: captain, value: entity, cues: {zh: [谁开], en: [who commands]}}
- {id: fleet, zh: 船队, en: fleet, value: entity, cues: {zh: [有哪些船], en: [which boats]}}
- {id: rescued, zh: 救人数, en: rescued, value: number, unit: 人, cues: {zh: [救了多少人], en: [rescued]}}
- {id: retired, zh: 退役, en: retirement, value: date, cues: {zh: [停航], en: [retired]}}
- {id: opinion, zh: 看法, en: opinion, cues: {zh: [怎么看], en: [think]}}
- {id: rule, zh: 规定, en: rule, cues: {zh: [要求], en: [require]}}
""",
    "facts.yaml": """
article: hebao
facts:
  - {id: f1, cite: [1], subject: north-tower, relation: height, value: 40米,
     statement: {zh: 北湾水塔高度为40米。, en: North Bay Tower is 40 metres high.}}
  - {id: f2, cite: [2], subject: blue-line, relation: fare, value: 5元,
     statement: {zh: 蓝线票价为5元。, en: A ticket for the Blue Line costs 5 yuan.}}
  - {id: f3, cite: [2], subject: white-line, relation: fare, value: 7元,
     statement: {zh: 白线票价为7元。, en: A ticket for the White Line costs 7 yuan.}}
  - {id: f4, cite: [3], subject: heron, relation: captain, object: luo-ran,
     statement: {zh: 金鹭号由罗然任船长。, en: Luo Ran is captain of the Golden Heron.}}
  - {id: f5, cite: [4], subject: boatmen, relation: fleet, objects: [heron, otter, old-willow],
     statement: {zh: 船工行会的船队由金鹭号、水獭号、老柳号组成。, en: "Its boats: Golden Heron, Otter, Old Willow."}}
  - {id: f6, cite: [5], subject: heron, relation: rescued, value: 31人,
     statement: {zh: 金鹭号搁浅时船上的31人都得救了。, en: All 31 on board of the Golden Heron were rescued.}}
  - {id: f7, cite: [6], subject: old-willow, relation: retired, value: 2019年,
     statement: {zh: 老柳号2019年退役。, en: The Old Willow was retired in 2019.}}
  - {id: f8, cite: [7], subject: he-ping, relation: opinion, value: 票价太贵, mentions: [blue-line],
     according_to: he-ping,
     statement: {zh: 何坪批评蓝线票太贵。, en: He Ping finds the tickets of the Blue Line too dear.}}
  - {id: f9, cite: [8], subject: boatmen, relation: rule, value: 两名船长,
     statement: {zh: 船工行会要求每条船有两名船长。, en: The guild requires two captains on each boat.}}
""",
}


@pytest.fixture(scope="module")
def river(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    """What answers from the river."""
    pack = tmp_path_factory.mktemp("river")
    for name, text in FILES.items():
        (pack / name).write_text(text, "utf-8")
    base = Base(build(load_pack(pack), Path(pack) / "river.sqlite").path)
    yield Asker(base)
    base.close()


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("南湾水塔有多高？", "南湾水塔"),
        ("石湾水塔有多高？", "石湾水塔"),
        ("绿线票价多少？", "绿线"),
        ("绿线票价是5元吗？", "绿线"),
        ("银鹭号的船长是谁？", "银鹭号"),
        ("小柳号退役了吗？", "小柳号"),
        ("How high is South Bay Tower?", "south bay tower"),
        ("Was the New Willow retired in 2019?", "new willow"),
    ],
)
def test_what_is_told_of_one_is_not_told_of_its_namesake(river: Asker, question: str, name: str) -> None:
    outcome = river.ask(question)
    assert outcome.status == "unknown"
    assert name in outcome.reading.codes


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("北湾水塔有多高？", "f1"),
        ("白线票价多少？", "f3"),
        ("老柳号退役了吗？", "f7"),
        ("金鹭号的船长是谁？", "f4"),
        ("金鹭号平时谁开？", "f4"),
        ("何坪怎么评价蓝线？", "f8"),
        ("船工行会对船长的人数有什么要求？", "f9"),
        ("How high is North Bay Tower?", "f1"),
    ],
)
def test_what_is_told_of_the_one_named_is_found(river: Asker, question: str, fact: str) -> None:
    outcome = river.ask(question)
    assert outcome.status == "answered"
    assert [f.id for f in outcome.parts[0].facts][:1] == [fact]


@pytest.mark.parametrize(
    "question",
    [
        "水獭号的船长是哪位？",  # its fleet tells no captain
        "Who is the captain of the Otter?",
        "金鹭号有多少名船员？",  # 31 people were rescued; 船 is no boat here
        "罗然怎么评价蓝线？",
    ],
)
def test_what_is_asked_for_has_to_be_told(river: Asker, question: str) -> None:
    assert river.ask(question).status == "unknown"
