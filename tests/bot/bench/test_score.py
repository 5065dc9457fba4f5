"""The scorer on rows whose figures are known."""

from __future__ import annotations

import pytest

from bot.answering import Desk
from bot.bench.score import Result, f1, figures, normal, values


def result(gold: tuple[str, ...], given: tuple[str, ...], status: str = "answered") -> Result:
    return Result("1", "?", gold, given, status, 100)


@pytest.mark.parametrize(("given", "gold", "expected"), [
    (("甲",), ("甲",), 1.0),
    ((), ("甲",), 0.0),
    (("乙",), ("甲",), 0.0),
    (("甲", "乙"), ("甲",), 2 / 3),
    (("甲",), ("甲", "乙", "丙"), 0.5),
    (("甲", "甲"), ("甲",), 1.0),
    (("ＡＢ Ｃ",), ("abc",), 1.0),
    ((), (), 0.0),
])  # fmt: skip
def test_f1(given: tuple[str, ...], gold: tuple[str, ...], expected: float) -> None:
    assert f1(given, gold) == pytest.approx(expected)


def test_normal_form() -> None:
    assert normal(" Ｘ１ \tß\n") == "x1ß"


def test_figures() -> None:
    found = figures([
        result(("甲",), ("甲",)), result(("甲",), ("乙", "甲")), result(("甲",), ("乙",)),
        result(("甲",), (), "ambiguous"),
    ])  # fmt: skip
    assert found is not None
    assert found.f1 == pytest.approx(41.67)
    assert (found.hit1, found.answered, found.wrong_of_answered, found.wrong_of_all) == (25.0, 75.0, 33.33, 25.0)
    assert (found.ambiguous, found.questions, found.p50_us) == (25.0, 4, 100)
    assert figures([]) is None


def test_figures_where_no_answer_is_right() -> None:
    found = figures([result((), ("甲",)), result((), (), "unknown")])
    assert found is not None
    assert (found.f1, found.wrong_of_all, found.wrong_of_answered) == (0.0, 50.0, 100.0)


def test_values_come_from_the_facts(desk: Desk) -> None:
    reply = desk.reply("鹰石小屋海拔多少？")
    assert values(reply, desk.base)
    assert values(desk.reply("月亮上有几个火星人？"), desk.base) == ()
