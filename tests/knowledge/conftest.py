"""The alpine huts with a second valley, and the lakes with lists of piers and what is set above others."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from knowledge.asking.ask import Asker
from knowledge.building.build import build
from knowledge.building.pack import load_pack
from knowledge.store.base import Base

PACKS = Path(__file__).parents[1] / "packs"
LAKES = PACKS / "lakes"

KINDS = """
  pass: {zh: [通票], en: [pass]}
  plan: {zh: [计划], en: [plan]}
  map: {zh: [图], en: [map]}
""".lstrip("\n")

ENTITIES = """
- {id: redcliff-valley, kind: place, zh: 红岩谷, en: Redcliff Valley}
- {id: listening, kind: hut, zh: 听泉小屋, en: Listening Hut, aliases: [听泉]}
- {id: hut-pass, kind: pass, zh: 小屋通票, en: Hut Pass}
- {id: snow-station, kind: organisation, zh: 人工智能测雪站, en: Snow Station}
- {id: gu-shan, kind: person, zh: 顾杉, en: Gu Shan}
- {id: paths-plan, kind: plan, zh: 《青石谷山路修缮和小屋联通行动计划（2022—2024年）》, en: Plan for Paths and Huts}
- {id: snow-map, kind: map, zh: 雪图, en: Snow Map}
- {id: snow-map-2, kind: map, zh: 雪图2.0, en: Snow Map 2.0}
"""

RELATIONS = """
- {id: passes, zh: 发行量, en: passes sold, value: number, unit: 张, cues: {zh: [卖出, 发行]}}
- {id: shares, zh: 占比, en: share, value: share, cues: {zh: [占, 占多少]}}
- {id: points, zh: 测点, en: points of measurement, value: number, unit: 个, cues: {zh: [几个测点]}}
- {id: guides, zh: 向导数, en: guides, value: number, unit: 人, cues: {zh: [向导]}}
- {id: paths, zh: 山路数, en: paths, value: number, unit: 条, cues: {zh: [几条山路, 修几条]}}
- {id: patrols, zh: 巡山次数, en: patrols, value: number, unit: 次, family: patrols, cues: {zh: [巡山], en: [patrols]}}
- {id: drawn, zh: 绘成时间, en: drawn, value: date, cues: {zh: [绘成, 出图, 什么时候画的]}}
- {id: bread, zh: 烤面包, en: bread, cues: {zh: [面包]}}
"""

FACTS = """
  - id: w1
    cite: [8]
    subject: hut-pass
    relation: passes
    value: 3000张
    place: bluestone-valley
    statement: {zh: 青石谷的小屋通票卖出3000张。, en: Bluestone Valley sold 3000 Hut Passes.}
  - id: w2
    cite: [8]
    subject: redcliff-valley
    relation: feature
    value: 小屋通票
    mentions: [hut-pass]
    statement: {zh: 红岩谷也认小屋通票。, en: Redcliff Valley accepts the Hut Pass too.}
  - id: w3
    cite: [8]
    subject: yunlu
    relation: shares
    value: 58%
    mentions: [bluestone-valley, redcliff-valley]
    statement: {zh: 青石谷和红岩谷的客人合计占58%。, en: Both valleys together send 58% of the guests.}
  - id: w4
    cite: [7]
    subject: listening
    relation: built
    value: 1978年
    statement: {zh: 听泉小屋于1978年建成。, en: Listening Hut was built in 1978.}
  - id: w5
    cite: [7]
    subject: listening
    relation: warden
    object: gu-shan
    statement: {zh: 听泉小屋的看屋人是顾杉。, en: Gu Shan is the warden of Listening Hut.}
  - id: w6
    cite: [7]
    subject: listening
    relation: feature
    value: 石墙
    statement: {zh: 听泉小屋有石墙。, en: Listening Hut has walls of stone.}
  - id: w7
    cite: [7]
    subject: snow-station
    relation: cost
    value: 500万元
    statement: {zh: 人工智能测雪站的造价最高500万元。, en: The Snow Station costs up to 5 million yuan.}
  - id: w8
    cite: [7]
    subject: snow-station
    relation: feature
    value: 最高
    mentions: [yunlu]
    statement: {zh: 人工智能测雪站是云鹿山最高的房子。, en: The Snow Station is the highest house of the Yunlu range.}
  - id: w9
    cite: [7]
    subject: snow-station
    relation: feature
    value: 测三处的雪
    mentions: [bluestone-valley, redcliff-valley, twin-lakes]
    statement: {zh: 人工智能测雪站测「青石谷」+「红岩谷」+「双湖」的雪。, en: It measures the snow of three places.}
  - id: w10
    cite: [7]
    subject: snow-station
    relation: points
    value: 3个
    statement: {zh: 人工智能测雪站有3个测点。, en: The Snow Station has 3 points of measurement.}
  - id: w11
    cite: [6]
    subject: bluestone-valley
    relation: guides
    value: 40人
    statement: {zh: 青石谷有40名向导。, en: Bluestone Valley has 40 guides.}
  - id: w12
    cite: [5]
    subject: redcliff-valley
    relation: guides
    value: 55人
    statement: {zh: 红岩谷有55名向导。, en: Redcliff Valley has 55 guides.}
  - id: w13
    cite: [4]
    subject: bluestone-valley
    relation: guides
    value: 12人
    place: redcliff-valley
    statement: {zh: 青石谷和红岩谷有12名向导更爱滑雪。, en: 12 guides of both valleys prefer skis.}
  - id: w14
    cite: [3]
    subject: bluestone-valley
    relation: feature
    value: 骡子
    mentions: [redcliff-valley]
    statement: {zh: 青石谷的骡子更多，今年70头，去年65头。, en: Bluestone Valley has more mules than last year.}
  - id: w15
    cite: [3]
    subject: listening
    relation: feature
    value: 木墙
    as_of: 1984
    statement: {zh: 听泉小屋的木墙换成石墙。, en: The walls of Listening Hut were made new.}
  - id: w16
    cite: [3]
    subject: listening
    relation: feature
    value: 石墙
    statement: {zh: 听泉小屋的石墙在1991年又换过。, en: The walls of Listening Hut were made new in 1991.}
  - id: w17
    cite: [8]
    subject: paths-plan
    relation: paths
    value: 6条
    statement: {zh: 青石谷的行动计划要修6条山路。, en: The plan for Bluestone Valley mends 6 paths.}
  - id: w18
    cite: [8]
    subject: snow-map-2
    relation: drawn
    value: 2019年5月4日
    statement: {zh: 雪图2.0于2019年5月4日绘成。, en: Snow Map 2.0 was drawn on 4 May 2019.}
  - id: w20
    cite: [8]
    subject: listening
    relation: feature
    value: 夜校
    statement: {zh: 听泉小屋的夜校停办了。, en: Listening Hut has closed its evening school.}
  - id: w19
    cite: [8]
    subject: gu-shan
    relation: feature
    value: 眼红
    statement: {zh: 周围的看屋人都领到了津贴，顾杉因此眼红。, en: 'Others got money, and Gu Shan is envious.'}
  - id: w21
    cite: [8]
    subject: bluestone-valley
    relation: patrols
    value: 30次
    as_of: 2018
    statement: {zh: 2018年青石谷巡山30次。, en: There were 30 patrols in Bluestone Valley in 2018.}
  - id: w22
    cite: [8]
    subject: redcliff-valley
    relation: patrols
    value: 36次
    as_of: 2018
    statement: {zh: 2018年红岩谷巡山36次。, en: There were 36 patrols in Redcliff Valley in 2018.}
  - id: w23
    cite: [8]
    subject: bluestone-valley
    relation: patrols
    value: 52次
    as_of: 2020
    statement: {zh: 2020年青石谷巡山52次。, en: There were 52 patrols in Bluestone Valley in 2020.}
  - id: w24
    cite: [8]
    subject: redcliff-valley
    relation: patrols
    value: 44次
    as_of: 2020
    statement: {zh: 2020年红岩谷巡山44次。, en: There were 44 patrols in Redcliff Valley in 2020.}
"""

LAKE_RELATIONS = """
- {id: lights, zh: 点灯, en: lights lamps at, value: entity, cues: {zh: [点灯的]}}
"""

LAKE_FACTS = """
  - id: z1
    cite: [6]
    subject: sail-fund
    relation: lights
    objects: [stone-pier, reed-pier, willow-pier]
    statement: {zh: 白帆社点灯的渡口有石渡口、苇渡口和柳渡口。, en: 'Sail Fund lights Stone, Reed and Willow Pier.'}
  - id: z2
    cite: [6]
    subject: willow-pier
    relation: where
    object: snow-lake
    statement: {zh: 柳渡口在雪湖。, en: Willow Pier is at Snow Lake.}
  - id: z3
    cite: [6]
    subject: oar-bank
    relation: lights
    objects: [stone-pier, reed-pier, lamp-feast]
    statement: {zh: 木桨银行点灯的有石渡口、苇渡口和放灯会。, en: Oar Bank lights two piers and the Lamp Feast.}
  - id: z4
    cite: [2]
    subject: heron
    relation: feature
    value: 宽敞
    mentions: [carp]
    statement: {zh: 白鹭号比青鲤号更宽敞。, en: The Heron has more room than the Carp.}
  - id: z5
    cite: [5]
    subject: lake-firm
    relation: where
    object: mirror-lake
    mentions: [oar-bank]
    statement: {zh: 木桨银行出资的九湖船务在镜湖边。, en: 'Lake Boats, which Oar Bank pays for, is on Mirror Lake.'}
  - id: z6
    cite: [7]
    subject: lake-firm
    relation: feature
    value: 修缮渡口
    mentions: [stone-pier]
    statement: {zh: 九湖船务修缮过石渡口。, en: Lake Boats has mended Stone Pier.}
"""


@pytest.fixture(scope="session")
def asker_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Asker]]:
    """What answers from one of the packs of tests/packs, by its name, as it is; each is built once."""
    folder, bases = tmp_path_factory.mktemp("packs"), list[Base]()

    @cache
    def asker(name: str) -> Asker:
        bases.append(Base(build(load_pack(PACKS / name), folder / f"{name}.sqlite").path))
        return Asker(bases[-1])

    yield asker
    for base in bases:
        base.close()


@pytest.fixture(scope="session")
def lakes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    """What answers from the lakes, all of which are in the pack, and their region."""
    pack = Path(shutil.copytree(LAKES, tmp_path_factory.mktemp("lakes") / "lakes"))
    for name, old, new in (
        ("pack.yaml", "kinds:\n", "closed: [lake]\nkinds:\n  region: {zh: [湖区], en: [region]}\n"),
        ("pack.yaml", "where: [lake", "where: [region, lake"),
        ("entities.yaml", "id: nine-lakes, kind: lake", "id: nine-lakes, kind: region"),
    ):
        (pack / name).write_text((pack / name).read_text("utf-8").replace(old, new), "utf-8")
    for name, more in (("relations.yaml", LAKE_RELATIONS), ("facts/hubao-2020.yaml", LAKE_FACTS)):
        with (pack / name).open("a", encoding="utf-8") as file:
            file.write(more)
    base = Base(build(load_pack(pack), pack / "lakes.sqlite").path)
    yield Asker(base)
    base.close()


@pytest.fixture(scope="session")
def valleys(alpine_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    """What answers from the huts and both valleys."""
    pack = Path(shutil.copytree(alpine_dir, tmp_path_factory.mktemp("valleys") / "valleys"))
    settings = (pack / "pack.yaml").read_text("utf-8")
    (pack / "pack.yaml").write_text(settings.replace("kinds:\n", f"kinds:\n{KINDS}"), "utf-8")
    for name, more in (
        ("entities/places.yaml", ENTITIES),
        ("relations.yaml", RELATIONS),
        ("facts/shanxun-2021.yaml", FACTS),
    ):
        with (pack / name).open("a", encoding="utf-8") as file:
            file.write(more)
    base = Base(build(load_pack(pack), pack / "valleys.sqlite").path)
    yield Asker(base)
    base.close()
