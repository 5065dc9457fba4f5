"""What no fact states and is worked out, what each of several sources says, and one answer for each thing asked of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from answers.compose import compose
from answers.render import plain
from knowledge.asking.ask import Asker
from knowledge.finding.outcome import Outcome


@pytest.fixture(scope="module")
def orchards(asker_of: Callable[[str], Asker]) -> Asker:
    return asker_of("orchards")


def first_line(outcome: Outcome, asker: Asker, language: str = "zh-Hans") -> str:
    return plain(compose(outcome, asker.base, language)).partition("\n")[0]


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("东园以外果谷还有多少棵果树？", "其余 500棵：果谷 1000棵 − 东园 500棵。"),
        ("除了东园、西园，其他果园有多少棵果树？", "其余 200棵：果谷 1000棵 − 东园 500棵 − 西园 300棵。"),
        ("除东园外果谷有多少棵果树？", "其余 500棵：果谷 1000棵 − 东园 500棵。"),
        ("果谷加入合作社以外的果农占多少比例？", "其余占 35%：100% − 65%。"),
        ("东园和西园的果树加起来有多少棵？", "合计 800棵：东园 500棵 + 西园 300棵。"),
        ("东西两园的果树加起来有多少棵？", "合计 800棵：东园 500棵 + 西园 300棵。"),
        ("东园和西园的果树加起来是800棵吗？", "是的，合计 800棵：东园 500棵 + 西园 300棵。"),
        ("东园和西园的果树加起来是900棵吗？", "不是，合计 800棵：东园 500棵 + 西园 300棵。"),
        ("苹果、梨树和李树的占比相加是100%吗？", "是的，合计 100%：苹果 50% + 梨树 30% + 李树 20%。"),
        ("苹果的占比比梨树和李树加起来还高吗？", "不是，合计 50%：梨树 30% + 李树 20%。"),
        ("果谷苹果的占比比梨树和李树加起来高多少？", "多出 0个百分点：苹果 50% − 梨树 30% − 李树 20%。"),
        ("果谷苹果的占比比梨树高几个百分点？", "相差 20个百分点：苹果 50%，梨树 30%。"),
        ("果谷苹果的占比是李树的几倍？", "2.5倍：苹果 50% ÷ 李树 20%。"),
        ("果谷400户果农里，加入合作社的有多少户？", "260户：400户 × 65%。"),
        ("东园的果树占果谷的百分之几？", "占 50%：东园 500棵 ÷ 果谷 1000棵。"),
        ("东园和西园的果树加起来占果谷的百分之几？", "占 80%：(东园 500棵 + 西园 300棵) ÷ 果谷 1000棵。"),
        ("果谷平均的成活率是百分之几？", "78%：90% − 12个百分点。"),
        ("从东园栽种到西园栽种隔了多久？", "相隔 55天：东园 2001年3月10日 → 西园 2001年5月4日。"),
    ],
)
def test_what_no_fact_states_is_worked_out(orchards: Asker, question: str, line: str) -> None:
    outcome = orchards.ask(question)
    assert outcome.status == "answered"
    assert outcome.parts[0].worked
    assert first_line(outcome, orchards) == line


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("How many trees do East Orchard and West Orchard have altogether?", "800 together: "),
        ("How long was it between the planting of East Orchard and West Orchard?", "55 days between them: "),
    ],
)
def test_what_is_worked_out_is_told_in_english(orchards: Asker, question: str, line: str) -> None:
    assert first_line(orchards.ask(question), orchards, "en").startswith(line)


@pytest.mark.parametrize(
    "question",
    [
        "西园和南园的果树加起来有多少棵？",  # counted in different years
        "南园以外果谷有多少棵果树？",  # no total for that year
        "东园以外果谷有多少户果农？",  # nobody counted those of one orchard
        "东园和南园的果农加起来有多少户？",
    ],
)
def test_terms_that_do_not_belong_together_are_not_worked_out(orchards: Asker, question: str) -> None:
    assert orchards.ask(question).status == "unknown"


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("顾晨的职务，谷报和园艺月刊写得一样吗？", ["g6a", "y3a"]),
        ("顾晨的职务，谷报和园艺月刊各怎么说？", ["g6a", "y3a"]),
        ("顾晨的头衔，两篇文章写得一样吗？", ["y3a", "g6a"]),
        ("东园的果树，一处写500棵、一处写520棵，两个数各是什么口径？", ["g1b", "y1b"]),
    ],
)
def test_each_source_is_told(orchards: Asker, question: str, facts: list[str]) -> None:
    outcome = orchards.ask(question)
    assert sorted(f.id for p in outcome.parts for f in p.facts) == sorted(facts)
    assert not outcome.unanswered


def test_a_source_that_says_nothing_of_it_is_named(orchards: Asker) -> None:
    outcome = orchards.ask("西园的果树，谷报和园艺月刊各说有多少棵？")
    assert [f.id for p in outcome.parts for f in p.facts] == ["g1c"]
    assert outcome.unanswered == ("园艺月刊",)


@pytest.mark.parametrize(
    ("question", "facts", "unanswered"),
    [
        ("东园和西园各以什么出名？", ["y3b", "y3c"], ()),
        ("东园、西园、南园各以什么出名？", ["y3b", "y3c"], ("南园",)),
    ],
)
def test_each_thing_has_its_fact_or_is_said_to_lack_one(
    orchards: Asker, question: str, facts: list[str], unanswered: tuple[str, ...]
) -> None:
    outcome = orchards.ask(question)
    assert [f.id for p in outcome.parts for f in p.facts] == facts
    assert outcome.unanswered == unanswered
