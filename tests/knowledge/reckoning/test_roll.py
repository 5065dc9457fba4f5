"""What a world holds of a kind is listed, counted, ranked and added, whatever its kinds and measures are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from answers.compose import compose
from answers.html import blocks
from answers.render import plain
from knowledge.asking.ask import Asker
from knowledge.store.base import Base


@pytest.fixture(scope="module")
def lakes(asker_of: Callable[[str], Asker]) -> Asker:
    return asker_of("lakes")


def first_line(asker: Asker, question: str, language: str = "zh-Hans") -> str:
    return plain(compose(asker.ask(question), asker.base, language)).partition("\n")[0]


BOATS = "资料里提到的游船有3个：白鹭号、青鲤号、莲蓬号（资料未必写全）。"
PIERS = "资料里提到的渡口有2个：石渡口、柳渡口（资料未必写全）。"
LAKES = "资料里提到的湖有3个：镜湖、鸭湖、雪湖（资料未必写全）。"


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("有哪些游船？", BOATS),
        ("列出所有游船", BOATS),
        ("有多少艘游船？", BOATS),
        ("资料里一共提到几艘游船？", BOATS),
        ("有哪些湖？", LAKES),
        ("九湖区有哪些湖？", LAKES),
        ("镜湖有哪些渡口？", PIERS),
        ("镜湖有几个渡口？", PIERS),
        ("有哪些船长？", "资料里提到的船长有1个：傅澜（资料未必写全）。"),
        ("有哪些庙会？", "资料里提到的活动有1个：放灯会（资料未必写全）。"),
    ],
)
def test_the_things_of_a_kind_are_listed(lakes: Asker, question: str, line: str) -> None:
    assert first_line(lakes, question) == line


def test_each_is_cited_by_a_fact_of_its_own(lakes: Asker) -> None:
    part = lakes.ask("有哪些渡口？").parts[0]
    assert part.kind == "members"
    assert [f.id for f in part.facts] == ["h6a", "h6b", "h6c"]


def test_a_statement_that_counts_them_wins(lakes: Asker) -> None:
    assert first_line(lakes, "有几个湖？") == "3个 —— 九湖区通船的湖有3个。[1]"


def test_a_statement_that_lists_them_wins(alpine_base: Base) -> None:
    alpine = Asker(alpine_base)
    for question in ("有哪些小屋？", "有几座小屋？", "How many huts are there?"):
        assert [f.id for f in alpine.ask(question).parts[0].facts] == ["s3a"]


def test_the_list_is_told_in_each_language(lakes: Asker) -> None:
    english = 'The articles speak of 3 of the kind "boat": Heron, Carp, Lotus (there may be more).'
    assert first_line(lakes, "What boats are there?", "en") == english
    assert first_line(lakes, "List all boats", "en") == english
    hant = "資料裡提到的遊船有3個：白鷺號、青鯉號、蓮蓬號（資料未必寫全）。"
    assert first_line(lakes, "有哪些遊船？", "zh-Hant") == hant
    answer = compose(lakes.ask("有哪些游船？"), lakes.base, "zh-Hans")
    assert any("资料里提到的游船有<b>3</b>个" in block for block in blocks(answer))


@pytest.mark.parametrize(
    "question",
    ["有哪些会漏水的游船？", "有多少艘潜艇？", "雪湖有几个渡口？", "还有哪些没写到的游船？", "夜游线的船票涨了多少？"],
)
def test_what_is_not_known_is_not_listed(lakes: Asker, question: str) -> None:
    assert lakes.ask(question).status == "unknown"


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("人口最多的湖是哪个？", "镜湖：镜湖 4500人 > 鸭湖 2700人 > 雪湖 1800人。"),
        ("人口最少的湖", "雪湖：雪湖 1800人 < 鸭湖 2700人 < 镜湖 4500人。"),
        ("人口最多的两个湖", "镜湖：镜湖 4500人 > 鸭湖 2700人。"),
        ("哪些湖的人口超过2000人？", "镜湖、鸭湖：镜湖 4500人 > 鸭湖 2700人。"),
        ("哪条游线最长？", "环湖线：环湖线 20公里 > 夜游线 11公里 > 晨游线 6公里。"),
        ("最慢的游船是哪艘？", "莲蓬号：莲蓬号 7节 < 青鲤号 9节 < 白鹭号 12节。"),
        ("九湖区最快的游船是哪艘？", "白鹭号：白鹭号 12节 > 青鲤号 9节 > 莲蓬号 7节。"),
        ("最便宜的游线是哪条？", "晨游线：晨游线 18元 < 夜游线 40元。"),
        ("哪艘游船最老？", "青鲤号是九湖区最老的游船。[1]"),
    ],
)
def test_what_is_first_of_its_kind(lakes: Asker, question: str, line: str) -> None:
    assert first_line(lakes, question) == line


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("晨游线、夜游线和环湖线加起来有多少公里？", "合计 37公里：晨游线 6公里 + 夜游线 11公里 + 环湖线 20公里。"),
        ("晨游线的船票涨了多少？", "相差 3元：晨游线 2020年 15元，晨游线 2024年 18元。"),
        (
            "2019年到2023年九湖船务的收入增长了多少？",
            "相差 120万元：九湖船务 2019年 300万元，九湖船务 2023年 420万元。",
        ),
        ("木桨银行和白帆社一共占九湖船务多少股份？", "合计 40%：木桨银行 25% + 白帆社 15%。"),
        ("镜湖2020年人口占全九湖区的百分之几？", "占 50%：镜湖 4500人 ÷ 九湖区 9000人。"),
        ("白鹭号比莲蓬号快多少？", "相差 5节：白鹭号 12节，莲蓬号 7节。"),
        ("夜游线比晨游线贵多少？", "相差 25元：夜游线 40元，晨游线 15元。"),
    ],
)
def test_figures_of_any_measure_are_worked_out(lakes: Asker, question: str, line: str) -> None:
    assert first_line(lakes, question) == line
