"""Sayings to be completed, and where the asker is: what such a message comes to."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.building.build import build
from knowledge.building.pack import load_pack
from knowledge.linking.setting import at_home
from knowledge.store.base import Base
from knowledge.text.quotation import completed


@pytest.fixture(scope="module")
def places(alpine_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    """The huts, in a pack that says what a place is."""
    pack = Path(shutil.copytree(alpine_dir, tmp_path_factory.mktemp("places") / "places"))
    with (pack / "pack.yaml").open("a", encoding="utf-8") as file:
        file.write("where: [place]\n")
    base = Base(build(load_pack(pack), pack / "places.sqlite").path)
    yield base
    base.close()


@pytest.mark.parametrize(
    ("text", "comes_to"),
    [
        ("“上山容易______”后半句是什么?", "上山容易什么?"),
        ("上山容易......后半句啥来着", "上山容易什么?"),
        ("「......不如下山」前半句是什么", "什么不如下山?"),
        ("“上山容易下山难”后面一句是什么", "上山容易下山难什么?"),
        ("雾松小屋后面是什么湖", "雾松小屋后面是什么湖"),
        ("下一句是什么", "下一句是什么"),
    ],
)
def test_what_is_missing_of_a_saying_is_asked_for(text: str, comes_to: str) -> None:
    assert completed(text) == comes_to


@pytest.mark.parametrize(
    ("text", "comes_to"),
    [
        ("我在青石谷开店的,本地有几座小屋?", "青石谷有几座小屋?"),
        ("你好,我老家青石谷的,我们那儿有小屋吗?", "你好,青石谷有小屋吗?"),
        ("我是青石谷人,雾松小屋有多少张床?", "青石谷,雾松小屋有多少张床?"),
        ("我在雾松小屋住过,它多高?", "我在雾松小屋住过,它多高?"),  # a hut is no place that one is from
        ("青石谷有几座小屋?", "青石谷有几座小屋?"),
    ],
)
def test_the_place_of_the_asker_stands_for_here(places: Base, text: str, comes_to: str) -> None:
    assert at_home(text, places) == comes_to
