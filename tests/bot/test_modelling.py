"""What docs/modelling.md says of types, units, cues and keys holds: a small pack is changed, and answers otherwise."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from answers.render import plain
from bot.answering import Desk
from knowledge.building.build import build
from knowledge.building.pack import load_pack
from knowledge.store.base import Base

ROWING = Path(__file__).parents[1] / "packs" / "rowing"
HEAD, RELATIONS, ENTITIES = "pack.yaml", "relations.yaml", "entities.yaml"
FACTS, EARLIER = "facts/hebao-2025.yaml", "facts/hebao-2023.yaml"
UNKNOWN = "资料里没有这个问题的答案"


class Claim(NamedTuple):
    """A question, and what its answer holds with a key of the pack and without it."""

    question: str
    told: str
    file: str
    old: str
    new: str
    otherwise: str
    """What it holds once `old` is `new`; a ! before what it does not hold."""


CLAIMS = [
    # --- types of value
    Claim("哪座船库船位最多？", "60条 > 北岸船库 48条", RELATIONS, "berths, value: number", "berths", "!>"),
    Claim("陆汀签了几年？", "3年 ——", RELATIONS, "value: duration", "value: text", "!3年 ——"),
    # --- units
    Claim("北岸船库和南岸船库一共有多少船位？", "合计 78条", FACTS, "value: 30条", "value: 30个", UNKNOWN),
    Claim("白鹭队和青鱼队2024年一共多少分？", "合计 116分", FACTS, "value: 55分", "value: 超过55分", UNKNOWN),
    # --- cues
    Claim("南岸船库最多塞几条？", "30条", RELATIONS, "zh: [塞]", "zh: [塞满船]", UNKNOWN),
    Claim("河湾划联归谁执掌？", "孟洲", RELATIONS, "zh: [谁执掌]", "zh: []", UNKNOWN),
    # --- tables by season
    Claim(
        "2024年谁夺冠？",
        "白鹭队 ——",
        FACTS,
        "subject: cup, relation: champion, object: egrets",
        "subject: egrets, relation: champion, object: cup",
        "白鹭队 ——",
    ),
    # --- what a fact's keys change
    Claim("据船迷会，2024年河湾联赛有多少观众？", "8100人 ——", FACTS, ", according_to: fans", "", "8600人 ——"),
    Claim("白衣军和谁签了约？", "陆汀", FACTS, ", mentions: [egrets]", "", UNKNOWN),
    Claim("石津的船库花了多少钱？", "280万元", FACTS, ", place: stoneford", "", UNKNOWN),
    Claim("河湾划联现在的会长是谁？", "孟洲 ——", FACTS, "object: meng-zhou", "value: 孟洲", "!孟洲 ——"),
    Claim("河湾划联管理哪些船队？", "白鹭队、青鱼队、河狸队 ——", FACTS, "objects: [e", "mentions: [e", "!河狸队 ——"),
    # --- plans, and what has changed
    Claim("沙洲船库启用了吗？", "计划2028年启用", FACTS, "船库计划2028", "船库2028", "是的"),
    Claim("河湾划联现在的会长是谁？", "孟洲", EARLIER, "陆汀曾任河湾划联的会长", "河湾划联的会长是陆汀", "陆汀"),
    Claim("陆汀现在是河湾划联的会长吗？", "不对", EARLIER, "陆汀曾任河湾划联的会长", "河湾划联的会长是陆汀", "孟洲"),
    # --- keys of the pack and of relations
    Claim("白鹭队", "· 白鹭队是学生的船队", HEAD, "card: [what, home]", "card: [home, points]", "· 白鹭队驻扎"),
    Claim("哪座船库船位最多？", "堰下艇馆：", HEAD, "alike:\n  - [boathouse, hall]\n", "", "!堰下艇馆"),
    Claim("测功仪", "青鱼队", HEAD, "topics: [term]\n", "", "!青鱼队"),
    Claim("白鹭队2022年的收入是2000万元吗？", "不对", RELATIONS, ", family: money", "", "是的"),
    Claim("青鱼队冬训为什么上岸？", "河面结冰", RELATIONS, ", answers: reason", "", UNKNOWN),
    Claim("白鹭队2022年门票收入占收入的百分之几？", "32.8%", RELATIONS, ", family: money", "", UNKNOWN),
]


def answer(question: str, pack: Path, out: Path) -> str:
    """The answer of a pack, as plain text."""
    base = Base(build(load_pack(pack), out).path)
    told = plain(Desk(base).reply(question).answer)
    base.close()
    return told


@pytest.fixture(scope="module")
def rowing(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(Base(build(load_pack(ROWING), tmp_path_factory.mktemp("rowing") / "rowing.sqlite").path))


@pytest.mark.parametrize("claim", CLAIMS, ids=[f"{c.question} {c.old}" for c in CLAIMS])
def test_a_key_changes_the_answer_as_documented(claim: Claim, rowing: Desk, tmp_path: Path) -> None:
    assert claim.told in plain(rowing.reply(claim.question).answer)
    pack = shutil.copytree(ROWING, tmp_path / "pack")
    text = (pack / claim.file).read_text("utf-8")
    assert claim.old in text
    (pack / claim.file).write_text(text.replace(claim.old, claim.new), "utf-8")
    told = answer(claim.question, pack, tmp_path / "changed.sqlite")
    if claim.otherwise.startswith("!"):
        assert claim.otherwise[1:] not in told
    else:
        assert claim.otherwise in told
