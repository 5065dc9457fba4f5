"""Each slip changes a name by one edit and leaves it to be known."""

from __future__ import annotations

from random import Random

import pytest
from rapidfuzz.distance import OSA

from bot.bench.slips import KINDS, homophones, slip
from knowledge.text.fold import Tables

NAMES = ("青河市第一中学", "云山大桥", "王小明", "Silver River", "The Winter Garden", "蓝湖2号水库", "龙门镇")


@pytest.mark.parametrize("kind", KINDS[:4])
@pytest.mark.parametrize("name", NAMES)
def test_slip_is_one_edit(kind: str, name: str) -> None:
    for seed in range(30):
        found = slip(kind, name, Random(seed))
        assert found is not None
        assert OSA.distance(name, found) == 1
        assert len(found) - len(name) == {"dropped": -1, "inserted": 1}.get(kind, 0)
        assert found.casefold() != name.casefold()


def test_slip_homophone_is_another_character_of_the_same_sound(tables: Tables) -> None:
    for seed in range(30):
        found = slip("homophone", "青河市第一中学", Random(seed))
        assert found is not None
        assert OSA.distance("青河市第一中学", found) == 1
        assert tables.sound(found) == tables.sound("青河市第一中学")
    assert all(char not in alike for char, alike in homophones().items())


def test_slip_traditional_folds_back(tables: Tables) -> None:
    found = slip("traditional", "云山大桥", Random(1))
    assert found == "雲山大橋"
    assert tables.fold(found) == "云山大桥"


@pytest.mark.parametrize(("kind", "name"), [
    ("substituted", "王明"), ("dropped", "王明"), ("inserted", "Bob"), ("swapped", "aaaaaaa"),
    ("homophone", "Silver River"), ("homophone", "王"), ("traditional", "小明"), ("traditional", "Silver River"),
])  # fmt: skip
def test_slip_that_would_leave_nothing_to_know_is_none(kind: str, name: str) -> None:
    assert slip(kind, name, Random(1)) is None


def test_slips_are_the_same_each_time() -> None:
    for kind in KINDS:
        assert [slip(kind, n, Random(7)) for n in NAMES] == [slip(kind, n, Random(7)) for n in NAMES]
