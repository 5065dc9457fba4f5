"""A small bulk base of our own: invented islands, their people, ships and films."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from knowledge.building.build import build
from knowledge.building.bulk import Bulk
from knowledge.building.pack import bare_pack
from knowledge.store.base import Base

ISLANDS = (
    ("雾灯岛", "面积", "31平方公里"),
    ("雾灯岛", "所属群岛", "北帆群岛"),
    ("雾灯岛", "成立时间", "1871年"),
    ("雾灯岛", "最高峰", "盐角山"),
    ("雾灯岛", "人口", "1204人"),
    ("雾灯岛灯塔", "高度", "42米"),
    ("雾灯岛灯塔", "修建经费", "三千银元"),
    ("雾灯岛灯塔", "修建资金", "由渔民筹集"),
    ("潮", "笔画", "15"),
    ("盐角山", "海拔", "913米"),
    ("苏禾（船长）", "出生地", "雾灯岛"),
    ("苏禾（船长）", "毕业院校", "北帆航海学校"),
    ("苏禾（画家）", "出生地", "柳汀镇"),
    ("苏禾（画家）", "代表作品", "退潮"),
    ("苏禾（画家）", "代表作品", "三只鸥"),
    ("北帆航海学校", "校长", "顾临川"),
    ("北帆航海学校", "地址", "雾灯岛码头街2号"),
    ("顾临川", "职业", "航海教师"),
    ("是什么", "作者", "马思远"),
    ("是什么", "发行时间", "2003年"),
    ("The Salt Lantern", "directed_by", "Mira Quill"),
    ("The Salt Lantern", "release_year", "1988"),
    ("Quiet Harbour", "directed_by", "Mira Quill"),
    ("柳汀镇", "面积", "12平方公里"),
    ("柳汀镇", "邮政编码", "990412"),
    *((f"白塔（{town}）", "所属岛屿", f"{town}岛") for town in ("柳汀", "北帆", "盐角", "退潮")),
    ("海燕客栈", "地址", "码头街7号"),
    ("海燕客栈", "设施", "早餐"),
    ("海燕客栈", "设施", "停车场"),
    ("海燕客栈", "设施", "码头接送"),
    ("海燕客栈", "成立者", "顾临川"),
    ("海燕客栈", "成立日期", "1931年"),
    ("海燕客栈", "菜系", "海鲜"),
    ("海燕客栈", "菜系", "海鲜、素食、面食"),
    ("海燕客栈", "菜系", "素食, 面食"),
    ("海燕客栈", "菜系", "海鲜，素食，面食[2]"),
    ("海燕客栈", "装修时间", "1.5年"),
    ("海燕客栈", "装修时间", "1.5年（2019年起）"),
    ("海燕客栈", "装修时间", "15年"),
    ("鸥鸟客栈", "设施", "桑拿"),
    ("鸥鸟客栈", "设施", "早餐"),
    ("退潮湾码头", "始建年份", "1902年"),
    ("退潮湾码头", "修建年份", "退潮湾立村后两年"),
    ("退潮湾码头", "泊船数量", "30艘"),
    ("灰背鸥", "门", "脊索动物门"),
    ("灰背鸥", "属", "鸥属"),
    ("雾海号沉船", "死亡人数", "17人"),
    ("雾海号沉船", "受伤人数", "9人"),
    ("周汀（诗人）", "出生地", "柳汀镇"),
    ("周汀（诗人）", "代表作品", "盐歌"),
    ("周汀（诗人）", "毕业院校", "北帆航海学校"),
    ("周汀（诗人）", "职业", "诗人"),
    ("周汀（诗人）", "民族", "渔族"),
    ("周汀（鼓手）", "出生地", "盐角镇"),
    *(
        (boat, label, value)
        for boat, length in (("白浪号", "31米"), ("潮头号", "28米"), ("晚灯号", "40米"))
        for label, value in (("艇身长度", length), ("航速", "12节"), ("吨位", "90吨"))
    ),
    *(
        (bay, label, value)
        for bay in ("晚灯湾", "苇湾")
        for label, value in (("湾岸长度", "7公里"), ("水深", "9米"), ("潮差", "2米"))
    ),
    ("白浪号", "湾岸长度", "5公里"),
    ("白浪号", "自重", "60吨"),
    ("北帆航海学校", "藏书数量", "900册"),
)
Make = Callable[..., Base]


def write(path: Path, rows: tuple[tuple[str, str, str], ...]) -> Path:
    """Triples as JSON lines."""
    path.write_text("".join(json.dumps(dict(zip("spo", row, strict=True))) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture(scope="session")
def islands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    folder = tmp_path_factory.mktemp("islands")
    file = write(folder / "islands.jsonl", ISLANDS)
    base = Base(build(bare_pack(file), folder / "islands.sqlite", bulk=Bulk([file])).path)
    yield base
    base.close()
