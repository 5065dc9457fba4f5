"""What is not confirmed though a statement has all of its words: said by a small world about workshops."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.asking.ask import Asker
from knowledge.building.build import build
from knowledge.building.pack import load_pack
from knowledge.building.statements import whole_in
from knowledge.store.base import Base

PACK = """
id: workshops
title: {zh: 河谷的作坊, en: The workshops of the valley}
kinds:
  shop: {zh: [作坊, 工坊], en: [workshop]}
  town: {zh: [镇, 市镇], en: [town]}
  person: {zh: [人, 师傅], en: [person, master]}
  tool: {zh: [工具, 织机], en: [tool]}
"""

ENTITIES = """
- {id: red, kind: shop, zh: 红松作坊, en: Redpine, aliases: [红松]}
- {id: blue, kind: shop, zh: 蓝溪作坊, en: Bluebrook, aliases: [蓝溪]}
- {id: grey, kind: shop, zh: 灰岩作坊, en: Greyrock, aliases: [灰岩]}
- {id: teal, kind: shop, zh: 青石作坊, en: Tealstone}
- {id: guild, kind: shop, zh: 五匠会, en: Guild of Five}
- {id: east, kind: town, zh: 东浦, en: Eastford}
- {id: west, kind: town, zh: 西浦, en: Westford}
- {id: north, kind: town, zh: 北浦, en: Northford}
- {id: lin, kind: person, zh: 林樵, en: Lin Qiao}
- {id: bai, kind: person, zh: 白泉, en: Bai Quan}
- {id: loom, kind: tool, zh: 云梭, en: Cloud Shuttle}
- {id: mill, kind: tool, zh: 水磨坊, en: Water Mill}
"""

RELATIONS = """
- {id: founded_by, zh: 创始人, en: founder, value: entity, cues: {zh: [创办]}}
- {id: buys, zh: 收购, en: acquired, value: entity, cues: {zh: [买下], en: [acquire]}}
- {id: seat, zh: 位于, en: located in, value: entity, answers: place, cues: {zh: [设在]}}
- {id: former, zh: 曾任职务, en: former post, cues: {zh: [以前]}}
- {id: released, zh: 推出时间, en: released, value: date, cues: {zh: [推出, 问世], en: [released]}}
- {id: income, zh: 收入, en: income, value: amount, family: income, cues: {zh: [营收]}}
- {id: core_income, zh: 核心收入, en: core income, value: amount, family: income}
- {id: aim, zh: 目标, en: target, cues: {zh: [力争]}}
- {id: staff, zh: 员工, en: staff, value: number, cues: {zh: [人手]}}
- {id: note, zh: 特点, en: feature}
- {id: member, zh: 成员, en: member of, value: entity, cues: {zh: [属于]}}
"""

FACTS = """
article: papers
facts:
  - {id: a, cite: [1], subject: red, relation: founded_by, object: lin,
     statement: {zh: 红松作坊由林樵创办。,
       en: Lin Qiao founded Redpine.}}
  - {id: b, cite: [1], subject: red, relation: buys, object: blue,
     statement: {zh: 红松作坊收购了蓝溪作坊。,
       en: Redpine acquired Bluebrook.}}
  - {id: c, cite: [1], subject: red, relation: seat, object: east,
     statement: {zh: 红松作坊设在东浦水磨坊以南800米。,
       en: Redpine is in Eastford.}, mentions: [mill]}
  - {id: d, cite: [1], subject: lin, relation: former, value: 织工长, mentions: [grey],
     statement: {zh: 林樵以前在灰岩作坊任织工长。,
       en: Lin Qiao once led the weavers of Greyrock.}}
  - {id: e, cite: [1], subject: loom, relation: released, value: 2021年3月8日,
     statement: {zh: 云梭织机于2021年3月8日推出。,
       en: 'The Cloud Shuttle was released on 8 March 2021.'}}
  - {id: f, cite: [1], subject: loom, relation: note, value: 白泉负责, as_of: 2021-06, as_of_basis: relative,
     mentions: [bai], statement: {zh: 云梭的推出由白泉负责。,
       en: Bai Quan was in charge of releasing the Cloud Shuttle.}}
  - {id: g, cite: [1], subject: east, relation: income, value: 2488万元, as_of: 2021,
     statement: {zh: 2021年东浦作坊的收入达2488万元。,
       en: 'In 2021 the workshops of Eastford earned 24.88 million yuan.'}}
  - {id: h, cite: [1], subject: east, relation: core_income, value: 308万元, as_of: 2021,
     statement: {zh: 2021年东浦作坊的核心收入达308万元。,
       en: 'In 2021 their core income was 3.08 million yuan.'}}
  - {id: i, cite: [1], subject: west, relation: aim, value: 突破700万元,
     statement: {zh: 西浦力争作坊产量突破700匹。,
       en: Westford aims for more than 700 bolts.}}
  - {id: j, cite: [1], subject: east, relation: note, value: 三地, mentions: [west, north],
     statement: {zh: 东浦有织机54台，西浦有织机12台，北浦有织机8台。,
       en: 'Eastford has 54 looms, Westford 12, Northford 8.'}}
  - {id: k, cite: [1], subject: red, relation: note, value: 规模,
     statement: {zh: 红松作坊有学徒41名、织工206名。,
       en: 'Redpine has 41 apprentices and 206 weavers.'}}
  - {id: l, cite: [1], subject: guild, relation: note, value: 分工, mentions: [red, blue, grey],
     statement: {zh: 五匠会里的分工是红松作坊（染布）、蓝溪作坊（织锦）、灰岩作坊（缫丝）。,
       en: 'Redpine dyes, Bluebrook weaves, Greyrock reels.'}}
  - {id: m, cite: [1], subject: red, relation: member, object: guild,
     statement: {zh: 红松作坊是五匠会中的一家。,
       en: Redpine is one of the Guild of Five.}}
  - {id: n, cite: [1], subject: red, relation: note, value: 起家, mentions: [grey, east, west],
     statement: {zh: 红松作坊与灰岩作坊分别起家于东浦和西浦。,
       en: Redpine and Greyrock started in Eastford and Westford respectively.}}
  - {id: o, cite: [1], subject: east, relation: note, value: 领先, mentions: [west],
     statement: {zh: 东浦的织布产值领先于西浦。,
       en: 'In output of cloth Eastford is ahead of Westford.'}}
  - {id: p, cite: [1], subject: loom, relation: note, value: 国内首个,
     statement: {zh: 云梭是国内首台水力织机。,
       en: 'The Cloud Shuttle is the first water-driven loom of the country.'}}
  - {id: q, cite: [1], subject: grey, relation: staff, value: 229人,
     statement: {zh: 灰岩作坊的员工有229人。,
       en: Greyrock employs 229 people.}}
  - {id: r, cite: [1], subject: west, relation: note, value: 名次,
     statement: {zh: 西浦以4座窑排在各镇第五位。, en: Westford comes fifth with 4 kilns.}}
  - {id: s, cite: [1], subject: guild, relation: note, value: 节点, mentions: [red, blue],
     statement: {zh: 五匠会的节点：2018年红松作坊开窑，2022年蓝溪作坊开窑。, en: 'Redpine 2018, Bluebrook 2022.'}}
  - {id: t, cite: [1], subject: guild, relation: note, value: 走访,
     statement: {zh: 五匠会走访过9个市镇。, en: The guild has visited 9 towns.}}
"""


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    pack = tmp_path_factory.mktemp("workshops")
    (pack / "facts").mkdir()
    articles = "- {id: papers, publisher: 河谷报, published: 2021-06, paragraphs: 3}\n"
    for name, text in (
        ("pack.yaml", PACK),
        ("entities.yaml", ENTITIES),
        ("relations.yaml", RELATIONS),
        ("articles.yaml", articles),
        ("facts/papers.yaml", FACTS),
    ):
        (pack / name).write_text(text, "utf-8")
    base = Base(build(load_pack(Path(pack)), pack / "shops.sqlite").path)
    yield Asker(base)
    base.close()


def verdict(question: str, asker: Asker) -> str:
    outcome = asker.ask(question)
    return outcome.parts[0].verdict or "open" if outcome.parts else "unknown"


CLAIMS = {
    "who did it to whom": [
        ("红松作坊收购了蓝溪作坊吗？", "yes"),
        ("蓝溪作坊是被红松作坊收购的吗？", "yes"),
        ("蓝溪作坊收购了红松作坊吗？", "open"),
        ("Did Redpine acquire Bluebrook?", "yes"),
        ("Did Bluebrook acquire Redpine?", "open"),
        ("西浦的织布产值领先于东浦吗？", "open"),
    ],
    "an opposite": [
        ("红松作坊在水磨坊以南800米吗？", "yes"),
        ("红松作坊在水磨坊以北800米吗？", "no"),
    ],
    "when": [
        ("云梭于2021年3月8日推出，对吗？", "yes"),
        ("云梭在2021年3月推出，对吗？", "yes"),
        ("云梭于2021年3月9日推出，对吗？", "no"),
        ("云梭在2021年6月推出，对吗？", "no"),  # not when somebody told of it
    ],
    "a measure and its part": [
        ("2021年东浦作坊的核心收入是308万元吗？", "yes"),
        ("2021年东浦作坊的收入是308万元吗？", "no"),
        ("2021年东浦作坊的收入是2488万美元吗？", "no"),
    ],
    "a bound": [
        ("灰岩作坊的员工超过200人吗？", "yes"),
        ("灰岩作坊的员工超过300人吗？", "no"),
        ("灰岩作坊的员工不到229人吗？", "no"),
        ("灰岩作坊的员工不到300人吗？", "yes"),
    ],
    "an aim": [
        ("西浦力争作坊产量突破700匹吗？", "yes"),
        ("西浦作坊产量已经突破700匹了吗？", "open"),
    ],
    "what a figure counts": [
        ("西浦有织机12台吗？", "yes"),
        ("西浦有织机54台吗？", "no"),
        ("东浦和西浦的织机一样多吗？", "open"),
        ("红松作坊有织工206名吗？", "yes"),
        ("红松作坊有学徒206名吗？", "no"),
    ],
    "what stands in brackets": [
        ("五匠会里的分工，蓝溪作坊是织锦吗？", "yes"),
        ("五匠会里的分工，红松作坊是织锦吗？", "no"),
    ],
    "two rows": [
        ("灰岩作坊起家于西浦吗？", "yes"),
        ("灰岩作坊起家于东浦吗？", "no"),
    ],
    "who else": [
        ("青石作坊是五匠会之一吗？", "unknown"),
        ("白泉以前在灰岩作坊吗？", "unknown"),
    ],
    "a place in a row": [
        ("西浦有4座窑吗？", "yes"),
        ("西浦有5座窑吗？", "no"),
    ],
    "a row of dates": [
        ("五匠会的节点里，蓝溪作坊开窑是2022年吗？", "yes"),
        ("五匠会的节点里，蓝溪作坊开窑是2018年吗？", "no"),
    ],
    "another kind of thing": [
        ("五匠会走访过9个市镇吗？", "yes"),
        ("五匠会走访过9家作坊吗？", "open"),
    ],
    "of the world": [
        ("云梭是国内首台水力织机吗？", "yes"),
        ("云梭是全球首台水力织机吗？", "no"),
    ],
    "a closing question": [("红松作坊是林樵创办的？对吗？", "yes")],
}


@pytest.mark.parametrize(("question", "expected"), [claim for claims in CLAIMS.values() for claim in claims])
def test_a_claim_is_confirmed_only_as_it_is_stated(question: str, expected: str, shops: Asker) -> None:
    assert verdict(question, shops) == expected


def test_a_number_holds_no_other_number() -> None:
    assert whole_in("0到1", "甲做从0到1的事。")
    assert not whole_in("0到1", "乙做从10到100的事。")
    assert not whole_in("1到10", "乙做从1到100的事。")
    assert whole_in("10到100", "乙做从10到100的事。")
