"""Answers as text and as JSON: the words of each language, no markup, no surprises from names."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.compose import Answer, Block, CitationLine, Line, compose
from answers.phrasing import LANGUAGES
from answers.render import marks, plain, sources
from bot.answering import Desk
from knowledge.finding.outcome import Outcome, Part
from knowledge.reading.reading import Reading
from knowledge.store.base import Base
from knowledge.text.fold import Tables

KEYS = ["status", "answer", "citations", "facts", "options", "related", "reading", "took_us"]
CITATION_KEYS = ["n", "article", "paragraph", "title", "publisher", "published", "quote"]
READING_KEYS = ["intent", "entities", "relation", "leftover"]
QUESTIONS = {
    "answered": "冰舌小屋有多少张床？",
    "ambiguous": "海拔多少？",
    "unknown": "冰舌小屋2019年有多少张床？",
    "smalltalk": "谢谢",
}
MORE = {"zh-Hans": "（另有 3 条）", "zh-Hant": "（另有 3 條）", "en": "(and 3 more)"}
SOURCE = CitationLine(1, "log", 4, "<i>日志</i>", "长岭报", "2024-02", None)

texts = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=40).map(str.strip)


def answer_of(language: str, *lines: Line, **block: object) -> Answer:
    """An answer of one block."""
    made = Block(kind="facts", verdict="", lines=lines, **block)  # type: ignore[arg-type]
    return Answer("answered", language, (made,), (SOURCE,), ("f",))


def rendered(base: Base, language: str, fact_id: str) -> str:
    number = base.fact_number(fact_id)
    assert number is not None
    part = Part("facts", (base.fact(number),), asks=frozenset({"number"}))
    return plain(compose(Outcome("answered", Reading(""), (part,)), base, language))


def test_marks() -> None:
    assert marks([]) == ""
    assert marks([1, 12]) == "[1][12]"


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_line_has_no_bullet_and_more_have(language: str) -> None:
    one = Line("", "A.", "", (1,))
    two = Line("", "B.", "", (2,))
    assert plain(answer_of(language, one)) == "A.[1]"
    assert plain(answer_of(language, one, two)) == "· A.[1]\n· B.[2]"


@pytest.mark.parametrize(
    ("language", "text"),
    [("zh-Hans", "甲 —— 乙（丙）[1]"), ("zh-Hant", "甲 —— 乙（丙）[1]"), ("en", "甲 — 乙 (丙)[1]")],
)
def test_line_with_headline_and_aside(language: str, text: str) -> None:
    assert plain(answer_of(language, Line("甲", "乙", "丙", (1,)))) == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_did_not_fit_is_counted(language: str) -> None:
    assert plain(answer_of(language, Line("", "A.", "", (1,)), more=3)).splitlines()[-1] == MORE[language]
    assert MORE[language] not in plain(answer_of(language, Line("", "A.", "", (1,))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_others_and_notes_follow_the_answer(language: str) -> None:
    block = answer_of(language, Line("", "A.", "", (1,)), others=(Line("", "B.", "", (1,)),), notes=("N.",))
    first, heading, other, note = plain(block).splitlines()
    assert first == "A.[1]"
    assert heading.endswith((":", "："))
    assert other == "· B.[1]"
    assert note.endswith("N.")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", ["answered", "ambiguous", "unknown", "smalltalk"])
def test_every_status_says_something_in_every_language(alpine_desk: Desk, status: str, language: str) -> None:
    answer = alpine_desk.reply(QUESTIONS[status], language=language).answer
    assert answer.status == status
    text = plain(answer)
    assert text
    assert text == text.strip()
    assert all(line.strip() == line and line for line in text.splitlines())
    assert "None" not in text
    if language == "en":
        assert text.isascii() or status in ("answered", "ambiguous")


@pytest.mark.parametrize("question", ["冰舌小屋有多少张床？", "雾松小屋是1943年建成的吗？", "哪座小屋海拔最高？"])
def test_each_language_keeps_to_its_characters(alpine_desk: Desk, tables: Tables, question: str) -> None:
    english, hans, hant = (plain(alpine_desk.reply(question, language=x).answer) for x in ("en", "zh-Hans", "zh-Hant"))
    assert not any("\u4e00" <= c <= "\u9fff" for c in english)
    assert hans == hans.translate(tables.simplified)
    assert hant != hant.translate(tables.simplified)


@pytest.mark.parametrize("language", LANGUAGES)
def test_name_is_shown_as_written_and_never_run(awkward_base: Base, language: str) -> None:
    text = rendered(awkward_base, language, "signs-beds")
    for piece in ("<b>", "</b>", "&{{ 7*7 }}", "{% raw %}"):
        assert piece in text
    assert "&lt;" not in text
    assert "49" not in text


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=texts)
def test_any_text_stands_unchanged(language: str, text: str) -> None:
    if text:
        assert plain(answer_of(language, Line("", text, "", (1,)))) == f"{text}[1]"


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_of_sources(language: str) -> None:
    text = sources(answer_of(language, Line("", "A.", "", (1,))))
    assert text.startswith("[1] 长岭报")
    assert "<i>日志</i>" in text
    assert "2024-02" in text
    assert text.endswith("paragraph 4" if language == "en" else "第4段")
    assert sources(Answer("unknown", language)) == ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", ["answered", "ambiguous", "unknown", "smalltalk"])
def test_json_contract(alpine_desk: Desk, status: str, language: str) -> None:
    row, _ = alpine_desk.json(QUESTIONS[status], language=language)
    assert list(row) == KEYS
    assert list(row["reading"]) == READING_KEYS
    assert row["status"] == status
    assert all(list(citation) == CITATION_KEYS for citation in row["citations"])
    assert bool(row["facts"]) == (status == "answered")
    assert bool(row["citations"]) == (status in ("answered", "ambiguous"))
    assert bool(row["options"]) == (status == "ambiguous")
    assert isinstance(row["took_us"], int)
    assert row["took_us"] > 0
    assert json.loads(json.dumps(row, ensure_ascii=False)) == row


def test_json_keeps_answer_sources_and_related_apart(alpine_desk: Desk) -> None:
    answered, _ = alpine_desk.json(QUESTIONS["answered"])
    assert answered["citations"][0]["publisher"] not in answered["answer"]
    assert answered["citations"][0]["quote"]
    unknown, _ = alpine_desk.json(QUESTIONS["unknown"])
    assert unknown["related"]
    assert not set(unknown["related"]) & set(unknown["facts"])


def test_json_numbers_are_those_of_the_text(alpine_desk: Desk) -> None:
    row, _ = alpine_desk.json("雾松小屋有多少张床？")
    assert [c["n"] for c in row["citations"]] == list(range(1, len(row["citations"]) + 1))
    assert all(f"[{c['n']}]" in row["answer"] for c in row["citations"])
