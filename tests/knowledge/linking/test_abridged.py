"""A document is known by its title with parts left out, a version by what was brought to it."""

from __future__ import annotations

import pytest

from knowledge.asking.ask import Asker
from tests.knowledge.turns import facts_of


@pytest.mark.parametrize(
    "question",
    [
        "山路修缮小屋联通计划要修几条山路？",
        "青石谷2022到2024年那份山路修缮联通行动计划，要修几条山路？",
        "《青石谷山路修缮和小屋联通行动计划》要修几条山路？",
    ],
)
def test_titles_with_parts_left_out(valleys: Asker, question: str) -> None:
    assert facts_of(valleys.ask(question)) == ["w17"]


@pytest.mark.parametrize("question", ["山路修缮旅馆计划要修几条山路？", "联通计划要修几条山路？"])
def test_what_is_no_title_names_nothing(valleys: Asker, question: str) -> None:
    titles = {m.text for m in valleys.readings.read(question).mentions}
    assert not any("计划" in title for title in titles)


@pytest.mark.parametrize(
    "question", ["雪图升级到2.0是什么时候画的？", "雪图更新至2.0版是什么时候画的？", "雪图2.0什么时候绘成？"]
)
def test_a_version_is_what_was_brought_to_it(valleys: Asker, question: str) -> None:
    assert facts_of(valleys.ask(question)) == ["w18"]


def test_no_version_is_another(valleys: Asker) -> None:
    assert facts_of(valleys.ask("雪图升级到3.0是什么时候画的？")) != ["w18"]
