from __future__ import annotations

import pytest

from knowledge.building.tables import make_tables
from knowledge.plain.beside import Beside
from knowledge.plain.index import Index
from knowledge.plain.keys import Filter

NAMES = [
    "雾灯岛",
    "北帆航海学校",
    "霧燈島",
    "苏禾（船长）",
    "The Salt Lantern",
    "盐角山盐角湾盐角岛盐角港管理处",
    "42",
    "！",
]


@pytest.mark.parametrize("wanted", [True, False])
def test_index_is_the_same_whether_worked_out_beside_or_at_once(*, wanted: bool) -> None:
    tables = make_tables()
    with Beside(wanted=wanted) as second:
        beside, once = Index(tables, second), Index(tables, second)
        beside.begin(NAMES[:4], range(4))
        beside.add(NAMES[4:], range(4, 8))
        beside.gather()
        beside.merge()
        once.add(NAMES, range(8))
        once.merge()
        assert [k for part in beside.parts() for k in part] == [k for part in once.parts() for k in part]
    assert beside.filter(8) == once.filter(8)
    assert len(once.filter(8)) == len(Filter.of_size(8).table)


def test_index_holds_the_forms_of_names_that_are_not_compared_as_they_are_written() -> None:
    index = Index(make_tables(), Beside(wanted=False))
    index.add(NAMES, range(8))
    (block,) = index.blocks
    assert block.forms == {2: "雾灯岛", 3: "苏禾\x1f苏禾船长", 4: "thesaltlantern"}


def test_index_leaves_out_what_too_many_names_share() -> None:
    index = Index(make_tables(), Beside(wanted=False))
    names = [f"甲{chr(0x4E00 + number)}公司" for number in range(100)]
    index.add(names, range(len(names)))
    keys = index.blocks[0].keys
    index.merge()
    held = {k for part in index.parts() for k in part}
    assert len(held) < len(keys)
    assert {k & 127 for k in held} == set(range(len(names)))
