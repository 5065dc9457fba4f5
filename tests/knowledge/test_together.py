"""What is asked of all of a kind together, of who came before whom, and by other words than the pack's, in a new world.

The pack of schools names nothing that the rules know.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.asking.ask import Asker
from knowledge.building.build import build
from knowledge.building.pack import load_pack
from knowledge.finding.outcome import Outcome
from knowledge.store.base import Base
from knowledge.store.records import Pack

PACK = Path(__file__).parents[1] / "packs" / "schools"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(PACK)


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory, pack: Pack) -> Iterator[Asker]:
    file = tmp_path_factory.mktemp("schools") / "facts.sqlite"
    build(pack, file)
    base = Base(file)
    yield Asker(base)
    base.close()


def told(outcome: Outcome, asker: Asker, pack: Pack) -> list[str]:
    """The ids of the facts that answer, in their order."""
    ids = {asker.base.fact_number(f.id): f.id for f in pack.facts}
    return [ids[fact.f] for part in outcome.parts for fact in part.facts]


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("三所村小学2024年一共有多少名学生", 250),
        ("2024年三所小学的学生加起来多少名", 250),
        ("三所村小学的食堂座位总共多少个", 135),
        ("2023年教育支出比2022年增加了多少", 1_200_000),
        ("2022年和2023年教育支出合计多少", 7_200_000),
    ],
)
def test_the_figures_of_all_of_a_band_or_of_two_years_are_reckoned_with(
    asker: Asker, question: str, result: int
) -> None:
    (part,) = asker.ask(question).parts
    assert part.result == result


@pytest.mark.parametrize(
    "question",
    [
        "五所小学2024年一共有多少名学生",  # nobody lists five
        "三所村小学2020年一共有多少名学生",
        "三所村小学一共花了多少钱",
    ],
)
def test_nothing_is_added_where_a_figure_or_the_band_is_not_known(asker: Asker, question: str) -> None:
    assert all(part.kind != "sum" for part in asker.ask(question).parts)


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("三所村小学里谁学生最多", ["p1", "p2", "p3"]),
        ("三所村小学里学生第二多的是哪所", ["p1", "p2", "p3"]),
        ("三所小学哪所资格最老", ["f2", "f1", "f3"]),
        ("哪所小学成立最晚", ["f3", "f1", "f2"]),
        ("哪所学校的食堂座位最多", ["c1", "c2", "c3"]),  # what is to be built is not there yet
    ],
)
def test_the_things_of_a_band_are_put_in_order(asker: Asker, pack: Pack, question: str, facts: list[str]) -> None:
    assert told(asker.ask(question), asker, pack) == facts


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("秦疏之前上溪村小学是谁当校长", "h1"),
        ("秦疏的前任是谁", "h1"),
        ("上溪村小学的前任校长是谁", "h1"),
        ("谁接了安禾的班", "h2"),
        ("Who was head of Upper Brook School before Qin Shu?", "h1"),
        ("Who succeeded An He?", "h2"),
        ("唐可接替的是谁", "h3"),
        ("谁接替了雷鸣远", "h3"),
        ("秦疏之后谁拿了山谷棋赛冠军", "w2"),
    ],
)
def test_who_held_a_post_before_or_after_somebody_is_told_by_the_times(
    asker: Asker, pack: Pack, question: str, first: str
) -> None:
    assert told(asker.ask(question), asker, pack)[:1] == [first]


@pytest.mark.parametrize("question", ["安禾的前任是谁", "雷鸣远之前谁当石桥村小学校长", "秦疏的继任者是谁"])
def test_who_came_on_the_other_side_does_not_answer(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("上溪村的小学哪年成立的", ["f1"]),
        ("上溪和下溪两所小学谁学生多", ["p1", "p2"]),
        ("下溪村小学的学生比上溪多吗", ["p1", "p2"]),
        ("上溪村小学有多少年历史", ["f1"]),
        ("When did Upper Brook School start?", ["f1"]),
        ("2023年山谷棋赛谁第一", ["w2"]),
        ("秦疏拿过多少座棋赛冠军", ["w3"]),
    ],
)
def test_other_words_than_the_packs_are_understood(asker: Asker, pack: Pack, question: str, facts: list[str]) -> None:
    assert sorted(told(asker.ask(question), asker, pack)) == facts


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("奥尔森是诺兰人吗", "yes"),
        ("奥尔森是苏兰人吧", "no"),
        ("唐可来自诺兰吗", "no"),
        ("Is Olsen from Suland?", "no"),
    ],
)
def test_where_a_person_is_from_is_borne_out_or_denied(asker: Asker, claim: str, verdict: str) -> None:
    (part,) = asker.ask(claim).parts
    assert part.verdict == verdict
