from __future__ import annotations

import pytest

from knowledge.finding.aside import asks_beside


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("动物园免费之前票价多少", "动物园免费前票价10元", "动物园全年开放"),
        ("动物园免费以后每天来多少人", "动物园免费后每天来500人", "动物园票价10元"),
        ("他卸任以后是谁接的", "乙接任馆长", "甲是馆长"),
        ("馆长后来调到哪了", "馆长离开后任局长", "馆长要求加强巡查"),
        ("灯会下一届在哪", "下一届灯会在乙城", "灯会在甲城"),
        ("where is the next edition of the fair?", "次年的集市设在乙城", "集市设在甲城"),
        ("工厂下一步招多少人", "工厂计划招20人", "工厂招了20人"),
        ("what was the fare before 1999?", "1999年以前票价5元", "1999年票价5元"),
    ],
)
def test_beside_needs_words_of_that_time(question: str, told: str, untold: str) -> None:
    beside = asks_beside(question)
    assert beside is not None
    assert beside.search(told)
    assert not beside.search(untold)


def test_beside_is_not_asked_of_what_is_so() -> None:
    assert asks_beside("动物园票价多少") is None
