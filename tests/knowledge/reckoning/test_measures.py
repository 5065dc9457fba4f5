"""What a relation's own definition says of its figures: its unit and currency, and its words in all their forms."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.asking.ask import Asker


@pytest.fixture(scope="module")
def trams(asker_of: Callable[[str], Asker]) -> Asker:
    return asker_of("trams")


def facts(asker: Asker, question: str) -> list[str]:
    """The ids of the facts that answer, in their order."""
    ids = {asker.base.fact_number(f"t{n}{c}"): f"t{n}{c}" for n in range(1, 6) for c in "abc"}
    return [ids[fact.f] for part in asker.ask(question).parts for fact in part.facts]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("燕子号多少钱", ["t1a"]),
        ("燕子号票价多少叶币", ["t1a"]),
        ("燕子号有多长", ["t2a"]),
        ("How long is the Snail?", ["t2b"]),
        ("叶镇有几盏灯", ["t4a"]),
        ("唐野驾驶哪辆电车", ["t4b"]),
    ],
)
def test_a_figure_of_a_relation_is_what_its_cue_asks_for(trams: Asker, question: str, told: list[str]) -> None:
    assert facts(trams, question) == told


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("燕子号和蜗牛号哪个快", ["t3a", "t3b"]),
        ("燕子号和蜗牛号哪辆慢", ["t3b", "t3a"]),
        ("燕子号和蜗牛号哪个便宜", ["t1b", "t1a"]),
        ("燕子号比蜗牛号快多少", ["t3a", "t3b"]),
        ("燕子号和蜗牛号相差多少米", ["t2a", "t2b"]),
        ("最慢的电车是哪辆", ["t3b", "t3c", "t3a"]),
        ("最贵的电车", ["t1a", "t1c", "t1b"]),
        ("Which tram is the fastest?", ["t3a", "t3c", "t3b"]),
        ("Which is slower, the Swallow or the Snail?", ["t3b", "t3a"]),
        ("What is the cheapest tram?", ["t1b", "t1c", "t1a"]),
    ],
)
def test_figures_are_compared_by_the_forms_of_its_adjective(trams: Asker, question: str, told: list[str]) -> None:
    assert facts(trams, question) == told


def test_what_was_paid_is_no_share(trams: Asker) -> None:
    assert facts(trams, "How much did Tang Ye pay for the stake in the Beetle?")[0] == "t5b"


@pytest.mark.parametrize("question", ["燕子号多重", "甲虫号有多长", "最老的电车是哪辆"])
def test_what_nothing_measures_is_not_told(trams: Asker, question: str) -> None:
    assert trams.ask(question).status == "unknown"
