"""What is compared, claimed and counted: whose figure it is, and what is said of another place or of several."""

from __future__ import annotations

from decimal import Decimal

import pytest

from knowledge.asking.ask import Asker
from knowledge.asking.message import folded
from knowledge.building.build import _written
from knowledge.finding.find import find
from knowledge.finding.probe import NO_HINTS, Probe
from knowledge.reading.reading import read
from knowledge.reading.roster import enumerated
from tests.knowledge.turns import facts_of


def verdict(question: str, asker: Asker) -> tuple[str, list[str]]:
    (part,) = asker.ask(question).parts
    assert part.kind == "verify"
    return part.verdict, [fact.id for fact in part.facts]


# --- compared


@pytest.mark.parametrize("question", ["青石谷和红岩谷谁的向导更多？", "青石谷和红岩谷的向导哪个多？"])
def test_a_figure_of_both_together_compares_nothing(valleys: Asker, question: str) -> None:
    (part,) = valleys.ask(question).parts
    assert part.kind == "rank"
    assert [(f.fact.id, f.value) for f in part.figures] == [("w12", Decimal(55)), ("w11", Decimal(40))]


def test_a_fact_that_compares_names_both(valleys: Asker) -> None:
    reading = read(folded("青石谷和红岩谷谁的骡子更多？", valleys.base), valleys.base)
    best = find(reading, valleys.base, NO_HINTS)[0]
    # it says all that is asked, but its figures are those of one valley in two years
    assert (best.fact.id, best.content) == ("w14", 1.0)
    assert valleys.bar.accepts(best, reading)
    assert not valleys.answerer.decider.stated(best, reading, NO_HINTS)


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("听泉小屋和落日小屋的看屋人分别是谁？", ["w5", "s7d"]),
        ("雾松小屋、冰舌小屋的海拔分别是多少？", ["s4a", "s6a"]),
        ("青石谷和红岩谷的向导各有多少？", ["w11", "w12"]),
    ],
)
def test_one_fact_for_each(valleys: Asker, question: str, facts: list[str]) -> None:
    assert facts_of(valleys.ask(question)) == facts


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("冰舌小屋2021年开放到哪天？", ["s6d", "s6c"]),  # the end, and the beginning beside it
        ("雾松小屋是怎样一座小屋？", ["s4e", "s4b", "s4a"]),
    ],
)
def test_facts_of_one_passage_stand_side_by_side(valleys: Asker, question: str, facts: list[str]) -> None:
    assert facts_of(valleys.ask(question)) == facts


# --- claimed


def test_who_is_not_on_a_list(valleys: Asker) -> None:
    def absent(question: str) -> tuple[list[str], list[str]]:
        (part,) = valleys.ask(question).parts
        assert (part.kind, part.verdict) == ("verify", "absent"), question
        return [valleys.base.entity(e).id for e in part.absent], [f.id for f in part.facts]

    assert absent("雾松小屋、冰舌小屋、听泉小屋，登山会没有管理的是哪座？") == (["listening"], ["s3a"])
    assert absent("雾松、听泉和落日，哪座不在登山会管理的小屋里？") == (["listening"], ["s3a"])
    assert absent("登山会管理的小屋里有没有听泉小屋？") == (["listening"], ["s3a"])


@pytest.mark.parametrize(
    "question",
    [
        "雾松小屋、冰舌小屋，登山会没有管理的是哪座？",  # both are on it
        "登山会没有管理哪座小屋？",  # names nothing to look for
        "听泉小屋没有烤什么面包？",  # no list
        "哪家管理的小屋里没有听泉小屋？",  # whose list, is not said
        "听泉小屋没有归谁管理？",
    ],
)
def test_a_list_proves_nothing_of_what_is_not_named(valleys: Asker, question: str) -> None:
    assert all(part.verdict != "absent" for part in valleys.ask(question).parts)


@pytest.mark.parametrize("question", ["听泉小屋1985年换了石墙吗？", "听泉小屋的墙是1985年换的吗？"])
def test_a_claim_of_when_is_answered_by_a_statement_of_when(valleys: Asker, question: str) -> None:
    # of w15 only the as-of date is another, w16 says when
    assert verdict(question, valleys) == ("no", ["w16"])


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("冰舌小屋1999年海拔3020米吗？", ("", ["s6a"])),
        ("落日小屋1999年有泉水吗？", ("", ["s7c"])),
        ("听泉小屋是1990年建成的吗？", ("no", ["w4"])),  # a statement with a date does
        ("雾松小屋是2019年扩建的吗？", ("no", ["c3d"])),
    ],
)
def test_a_statement_without_a_date_denies_none(valleys: Asker, question: str, expected: object) -> None:
    assert verdict(question, valleys) == expected


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("何岭是鹰石小屋的看屋人吗？", ["s4d", "c4b", "s5d"]),  # whose he is, and who it is
        ("鹰石小屋的看屋人是何岭吧？", ["c4b", "s4d", "s5d"]),
    ],
)
def test_a_claim_is_denied_by_who_it_is(valleys: Asker, question: str, facts: list[str]) -> None:
    assert verdict(question, valleys) == ("no", facts)


# --- of something else


@pytest.mark.parametrize(
    "question",
    [
        "《云鹿山过夜守则》是什么时候出的？",  # no such title
        "《云鹿山过夜守则》写了什么？",
        "How many people does Mistpine Hut employ?",
        "雷鸣小屋有多少张床？",
    ],
)
def test_what_is_not_told_is_not_answered(valleys: Asker, question: str) -> None:
    assert valleys.ask(question).status == "unknown"


def test_what_restates_the_question_hardly_answers(valleys: Asker) -> None:
    reading = read(folded("雾松小屋靠什么完成扩建？", valleys.base), valleys.base)
    fits = {f.fact.id: f.fits for f in find(reading, valleys.base, NO_HINTS)}
    assert fits["c3d"] < fits["s4e"] == 1.0  # 雾松小屋在2023年完成扩建


def test_a_comparative_before_a_verb_compares_nothing(valleys: Asker) -> None:
    def intents(question: str) -> frozenset[str]:
        return read(folded(question, valleys.base), valleys.base).intents

    assert "most" not in intents("哪座小屋会更多推广小屋通票？")
    assert "most" in intents("雾松小屋和冰舌小屋哪座床更多？")


def test_a_question_word_behind_a_noun_asks_nothing(valleys: Asker) -> None:
    def asks(question: str) -> frozenset[str]:
        return read(folded(question, valleys.base), valleys.base).asks

    assert asks("How many beds are in the hut where He Ling works?") == {"number"}
    assert asks("How many beds are there and where is the hut?") == {"number", "place"}


# --- of another, or of several


@pytest.mark.parametrize("question", ["小屋通票发行量是多少？", "小屋通票发行了多少？"])
def test_what_one_place_has_is_not_said_of_another(valleys: Asker, question: str) -> None:
    assert facts_of(valleys.ask(question)) == ["w1"]
    assert facts_of(valleys.ask(f"青石谷的{question}")) == ["w1"]
    assert valleys.ask(f"红岩谷的{question}").status == "unknown"


def test_a_figure_of_one_stands_before_one_shared_with_others(valleys: Asker) -> None:
    base = valleys.base
    reading = read(folded("青石谷有多少名向导？", base), base)
    others = Probe(reading, base, NO_HINTS).companions
    assert {base.entity(e).id for e in others} >= {"redcliff-valley", "twin-lakes"}
    assert "bluestone-valley" not in {base.entity(e).id for e in others}
    scores = {f.fact.id: f.score for f in find(reading, base, NO_HINTS)}
    assert scores["w11"] - scores["w13"] > 1.0
    # where no figure is asked for, nobody shares one
    assert not Probe(read("青石谷有什么", base), base, NO_HINTS).companions


def test_a_share_of_several_together_is_none_of_one(valleys: Asker) -> None:
    assert facts_of(valleys.ask("青石谷和红岩谷的客人占多少？")) == ["w3"]
    assert valleys.ask("青石谷的客人占多少？").status == "unknown"
    assert valleys.ask("红岩谷的客人占多少？").status == "unknown"


@pytest.mark.parametrize(
    "question", ["登山会管理哪家咖啡馆", "青石谷有40名向导的是哪家咖啡馆", "听泉小屋哪座锅炉房有石墙"]
)
def test_what_which_asks_for_has_to_be_known(valleys: Asker, question: str) -> None:
    assert valleys.ask(question).status == "unknown"


def test_what_which_asks_for_may_be_known(valleys: Asker) -> None:
    assert facts_of(valleys.ask("红岩谷也认哪张通票")) == ["w2"]


# --- how names and statements are compiled


@pytest.mark.parametrize("name", ["人工智能测雪站", "AI测雪站", "ai测雪站"])
def test_parts_of_a_name_stand_for_one_another(valleys: Asker, name: str) -> None:
    assert facts_of(valleys.ask(f"{name}的造价是多少？")) == ["w7"]
    key = folded(name, valleys.base)
    assert valleys.base.lookup.names({"=" + key})


def test_a_piece_of_a_word_stands_for_nothing() -> None:
    variants = [("人工智能", "ai")]
    assert _written({"air测雪站", "thai"}, variants) == ["air测雪站", "thai"]
    assert _written({"ai", "人工智能"}, variants) == ["ai", "人工智能"]  # nor does the whole of a name
    assert _written({"ai 测雪站"}, variants) == ["ai 测雪站", "人工智能 测雪站"]


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("青石谷+红岩谷+双湖都有小路。", 3),
        ("测「青石谷」＋「红岩谷」的雪。", 2),
        ("1+N张通票。", 0),
        ("青石谷的C++小组。", 0),
    ],
)
def test_plus_signs_between_names_make_a_list(statement: str, number: int) -> None:
    assert enumerated(statement) == number


def test_up_to_so_much_is_no_superlative(valleys: Asker) -> None:
    facts = {f.id: f for f in map(valleys.base.fact, range(valleys.base.fact_count))}
    assert not facts["w7"].superlative
    assert facts["w8"].superlative
    assert facts["w9"].listed == 3


# --- bounds and rough figures


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("冰舌小屋的床位超过14张，对吗？", "no"),
        ("冰舌小屋的床位不满14张，对吗？", "no"),
        ("冰舌小屋的床位多于13张，对吗？", "yes"),
        ("冰舌小屋的床位不低于14张，对吗？", "yes"),
        ("冰舌小屋有十来张床，对吗？", "yes"),
        ("冰舌小屋有二十来张床，对吗？", "no"),
        ("冰舌小屋有十几张床吧？", "yes"),
        ("冰舌小屋有几十张床吧？", "no"),
        ("冰舌小屋的床位过百了，对吗？", "no"),
    ],
)
def test_a_bound_leaves_out_what_it_says_and_a_rough_figure_reaches_so_far(
    valleys: Asker, claim: str, said: str
) -> None:
    assert verdict(claim, valleys) == (said, ["s6b"])


def test_where_sources_differ_on_a_bound_both_are_told_and_none_decides(valleys: Asker) -> None:
    (part,) = valleys.ask("鹰石小屋海拔超过2418米，对吗？").parts
    assert (part.verdict, {f.id for f in (*part.facts, *part.others)}) == ("", {"c4a", "s5a"})
    assert verdict("鹰石小屋海拔超过2400米，对吗？", valleys)[0] == "yes"
