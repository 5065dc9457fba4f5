"""What an answer says, in which order, with which sources and how much of it."""

from __future__ import annotations

import pytest

from answers.compose import MOST_CHARACTERS, Answer, compose
from answers.phrasing import LANGUAGES
from answers.render import plain
from bot.answering import Desk
from knowledge.finding.outcome import Outcome, Part
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow

QUESTIONS = [
    "鹰石小屋海拔多少？",
    "雾松小屋有多少张床？",
    "雾松小屋到底有多少张床？",
    "2023年云鹿山有多少人过夜？",
    "云鹿登山会管理哪些小屋？",
    "哪座小屋海拔最高？",
    "鹰石小屋和冰舌小屋一共有多少张床？",
    "冰舌小屋比落日小屋高多少？",
    "雾松小屋是1943年建成的吗？",
    "何岭是谁？",
    "雾松小屋的看屋人是谁？冰舌小屋海拔多少？",
]


def fact_of(base: Base, fact_id: str) -> FactRow:
    number = base.fact_number(fact_id)
    assert number is not None
    return base.fact(number)


def shown(base: Base, language: str, *fact_ids: str, kind: str = "facts", asks: frozenset[str] = frozenset()) -> Answer:
    """The answer that gives these facts."""
    facts = tuple(fact_of(base, i) for i in fact_ids)
    outcome = Outcome("answered", Reading(""), (Part(kind, facts, asks=asks),))
    return compose(outcome, base, language)


def cairns(count: int) -> list[str]:
    return [f"cairn-{n}" for n in range(1, count + 1)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_line_cites_and_every_source_is_used(alpine_desk: Desk, question: str, language: str) -> None:
    answer = alpine_desk.reply(question, language=language).answer
    assert answer.status == "answered"
    assert answer.language == language
    lines = [line for block in answer.blocks for line in (*block.lines, *block.others)]
    assert lines
    assert all(line.cites for line in lines)
    used = [n for line in lines for n in line.cites]
    assert list(dict.fromkeys(used)) == list(range(1, len(answer.citations) + 1))
    assert [c.n for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert len({(c.article, c.paragraph) for c in answer.citations}) == len(answer.citations)


@pytest.mark.parametrize("question", QUESTIONS)
def test_all_languages_give_the_same_facts_and_sources(alpine_desk: Desk, question: str) -> None:
    answers = [alpine_desk.reply(question, language=language).answer for language in LANGUAGES]
    assert len({a.facts for a in answers}) == 1
    assert len({tuple((c.article, c.paragraph) for c in a.citations) for a in answers}) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_answer_is_short(alpine_desk: Desk, question: str, language: str) -> None:
    assert len(plain(alpine_desk.reply(question, language=language).answer)) <= 800


@pytest.mark.parametrize(
    ("language", "figures", "note"),
    [
        ("zh-Hans", ("56张", "60张"), "登山会与旅游局的床位数不一致。"),
        ("zh-Hant", ("56張", "60張"), "登山會與旅遊局的床位數不一致。"),
        ("en", ("56 beds", "60 beds"), "The club and the tourist office count the beds differently."),
    ],
)
def test_differing_sources_stand_side_by_side(
    alpine_desk: Desk, language: str, figures: tuple[str, ...], note: str
) -> None:
    [block] = alpine_desk.reply("雾松小屋有多少张床？", language=language).answer.blocks
    texts = [line.text for line in block.lines]
    for figure in figures:
        assert sum(figure in text for text in texts) == 1
    assert block.notes == (note,)


def test_older_figure_carries_its_date(alpine_desk: Desk) -> None:
    [block] = alpine_desk.reply("鹰石小屋海拔多少？").answer.blocks
    asides = {line.text: line.aside for line in block.lines}
    assert asides["新的测量说鹰石小屋的海拔为2421米。"] == "截至2024年6月15日"
    assert asides["鹰石小屋的海拔为2415米。"] == "截至2021年5月"


def test_date_and_counter_are_not_said_twice(alpine_base: Base) -> None:
    answer = shown(alpine_base, "zh-Hans", "c7a", "s5e")
    assert [line.aside for line in answer.blocks[0].lines] == ["", ""]


@pytest.mark.parametrize(
    ("language", "aside"),
    [
        ("zh-Hans", "据青石谷旅游局"),
        ("zh-Hant", "據青石谷旅遊局"),
        ("en", "according to Bluestone Valley Tourist Office"),
    ],
)
def test_counter_is_named_where_the_statement_does_not(alpine_base: Base, language: str, aside: str) -> None:
    assert shown(alpine_base, language, "s8b").blocks[0].lines[0].aside == aside


def test_only_the_first_line_has_a_headline(alpine_base: Base) -> None:
    [block] = shown(alpine_base, "zh-Hans", "s6b", "s7b", asks=frozenset({"number"})).blocks
    assert [line.headline for line in block.lines] == ["14张", ""]


def test_headline_is_not_said_twice(alpine_base: Base) -> None:
    [block] = shown(alpine_base, "en", "c4b", asks=frozenset({"person"})).blocks
    assert block.lines[0].headline == ""
    assert block.lines[0].text.startswith("Thomas Rey")


@pytest.mark.parametrize(
    ("question", "terms", "number"),
    [
        ("鹰石小屋和冰舌小屋一共有多少张床？", ("鹰石小屋 32张", "冰舌小屋 14张"), "46"),
        ("冰舌小屋比落日小屋高多少？", ("冰舌小屋 3020米", "落日小屋 2030米"), "990"),
        ("鹰石小屋的床位是冰舌小屋的几倍？", ("鹰石小屋 32张", "冰舌小屋 14张"), "2.29"),
    ],
)
def test_calculation_shows_its_terms(alpine_desk: Desk, question: str, terms: tuple[str, ...], number: str) -> None:
    answer = alpine_desk.reply(question).answer
    [block] = answer.blocks
    assert block.terms == terms
    assert block.result.startswith(number)
    text = plain(answer)
    assert all(term in text for term in terms)
    assert block.result in text


@pytest.mark.parametrize(
    ("question", "place", "sign"),
    [
        ("哪座小屋海拔最高？", 1, " > "),
        ("哪座小屋海拔第二高？", 2, " > "),
        ("哪座小屋海拔排第三？", 3, " > "),
        ("哪座小屋海拔最低？", 1, " < "),
    ],
)
def test_ranking_names_what_is_asked_for_and_its_direction(
    alpine_desk: Desk, question: str, place: int, sign: str
) -> None:
    [block] = alpine_desk.reply(question).answer.blocks
    assert block.terms[place - 1].startswith(block.leader)
    assert block.order == sign.join(block.terms)
    assert block.order in plain(alpine_desk.reply(question).answer)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [2, 9, 30, 100])
def test_long_list_is_counted_not_cut(awkward_base: Base, language: str, count: int) -> None:
    answer = shown(awkward_base, language, *cairns(count))
    [block] = answer.blocks
    assert block.lines
    assert len(block.lines) + block.more == count
    statements = [fact_of(awkward_base, i).statement(language) for i in cairns(count)]
    assert [line.text for line in block.lines] == statements[: len(block.lines)]
    assert len(answer.facts) == count


def test_long_list_may_take_more_room_than_an_answer(awkward_base: Base) -> None:
    short = shown(awkward_base, "zh-Hans", *cairns(8))
    long = shown(awkward_base, "zh-Hans", *cairns(100))
    assert len(plain(short)) <= MOST_CHARACTERS + 20
    assert MOST_CHARACTERS < len(plain(long)) <= 3.2 * MOST_CHARACTERS
    assert long.blocks[0].more > 0


def test_first_fact_is_told_however_long_it_is(awkward_base: Base) -> None:
    [block] = shown(awkward_base, "zh-Hans", "long", "cairn-1").blocks
    assert [line.text for line in block.lines] == [fact_of(awkward_base, "long").zh]
    assert block.more == 1


def test_traditional_name_stays_whole_in_its_statement(awkward_base: Base) -> None:
    """发 of the name 杜发 must not be read together with the 屋 that follows it (髮屋, a barber's)."""
    [block] = shown(awkward_base, "zh-Hant", "lamp").blocks
    assert block.lines[0].text == "杜發屋裡有一盞燈。"
    number = awkward_base.entity_number("du-fa")
    assert number is not None
    assert awkward_base.entity(number).name("zh-Hant") in block.lines[0].text


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_in_traditional_statements_are_those_of_their_entities(alpine_base: Base, language: str) -> None:
    for fact_id, entity_id in (
        ("s4d", "he-ling"),
        ("s7d", "marta-wisch"),
        ("c4b", "thomas-rey"),
        ("s5d", "alois-grenn"),
    ):
        number = alpine_base.entity_number(entity_id)
        assert number is not None
        name = alpine_base.entity(number).name(language)
        assert name in fact_of(alpine_base, fact_id).statement(language)


def test_misread_name_is_confessed(alpine_desk: Desk) -> None:
    [block] = alpine_desk.reply("冰蛇小屋有多少张床？").answer.blocks
    assert block.understood == (("冰蛇小屋", "冰舌小屋"),)
    assert alpine_desk.reply("冰舌小屋有多少张床？").answer.blocks[0].understood == ()


def test_unknown_gives_no_claim(alpine_desk: Desk) -> None:
    answer = alpine_desk.reply("冰舌小屋2019年有多少张床？").answer
    assert (answer.status, answer.blocks, answer.facts, answer.citations) == ("unknown", (), (), ())


def test_options_are_cited_too(alpine_desk: Desk) -> None:
    answer = alpine_desk.reply("海拔多少？").answer
    assert answer.status == "ambiguous"
    assert len(answer.options) == len(answer.option_lines) == 4
    assert all(line.cites for line in answer.option_lines)
    assert answer.facts == ()
