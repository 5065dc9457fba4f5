"""A small pack of awkward names and a list too long for one answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.answering import Desk
from knowledge.building.build import build
from knowledge.store.base import Base
from knowledge.store.records import Article, Citation, Entity, Fact, Pack, Relation, Text

SIGNS = "<b>灯</b>&{{ 7*7 }}{% raw %}*塔*"
"""A name of which every character means something to some renderer."""
CONTROL = "雪\u202e峰\u0007站"
"""A name with a mark of direction and a bell in it."""
COUNT = 100

CITE = (Citation("log", 1),)


def make_pack() -> Pack:
    entities = [
        Entity("signs", "hut", Text(SIGNS, SIGNS)),
        Entity("control", "hut", Text(CONTROL, "Snow Peak")),
        Entity("du-fa", "person", Text("杜发", "Du Fa")),
        Entity("range", "place", Text("长岭", "Long Ridge")),
    ]
    facts = [
        Fact("signs-beds", "signs", "beds", Text(f"{SIGNS}有12张床。", f"{SIGNS} has 12 beds."), CITE, value="12张"),
        Fact("control-beds", "control", "beds", Text(f"{CONTROL}有9张床。", "It has 9 beds."), CITE, value="9张"),
        Fact("lamp", "du-fa", "feature", Text("杜发屋里有一盏灯。", "Du Fa keeps a lamp."), CITE, value="一盏灯"),
        Fact(
            "long", "range", "feature", Text("长岭很长，" * 300 + "没有尽头。", "It is long. " * 200), CITE, value="长"
        ),
    ]
    for n in range(1, COUNT + 1):
        entities.append(Entity(f"cairn-{n}", "cairn", Text(f"石堆{n}号", f"Cairn {n}"), part_of="range"))
        statement = Text(
            f"长岭上的石堆{n}号是一个用灰色石头垒起来的路标。",
            f"Cairn {n} on the Long Ridge is a waymark of grey stones.",
        )
        facts.append(Fact(f"cairn-{n}", f"cairn-{n}", "feature", statement, (Citation("log", n + 1),), value="路标"))
    return Pack(
        id="awkward",
        title=Text("怪名字", "Awkward names"),
        articles=(Article("log", "日志<1>", Text(), "长岭报", (), "2024-02", "zh-Hans", "", COUNT + 1),),
        entities=tuple(entities),
        relations=(
            Relation("beds", Text("床位", "beds"), "number", "张"),
            Relation("feature", Text("特点", "feature"), "text"),
        ),
        facts=tuple(facts),
        kinds={
            "hut": ("小屋", "hut"),
            "person": ("人", "person"),
            "place": ("地方", "place"),
            "cairn": ("石堆", "cairn"),
        },
    )


@pytest.fixture(scope="session")
def awkward_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    base = Base(build(make_pack(), tmp_path_factory.mktemp("awkward") / "awkward.sqlite").path)
    yield base
    base.close()


@pytest.fixture(scope="session")
def alpine_desk(alpine_base: Base) -> Desk:
    return Desk(alpine_base)
