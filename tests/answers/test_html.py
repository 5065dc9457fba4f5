"""Answers as HTML: whatever a name or a user says, Telegram's own parser (TDLib) takes it and shows just that.

With `python -m pytest --full tests/answers/test_html.py` it is 10,000 made-up answers instead of 300.
"""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from answers.compose import Answer, Block, CitationLine, Line
from answers.html import MOST_ENTITIES, MOST_UNITS, blocks, clean, messages, source_blocks, text_of, units
from answers.phrasing import LANGUAGES
from bot.answering import Desk
from tests.telegram_server import judge

ANSWERS, ALL = 300, 10_000
HOSTILE = (
    "<b>", "</b>", "<hr>", "</blockquote>", "<script>alert(1)</script>", "<br>", "<tg-spoiler>", "<", ">", "'", '"',
    "&", "&lt;", "&amp;lt;b&gt;", "&#0;", "{{ 7*7 }}", "{% raw %}", "{#", "[x](tg://user?id=1)", "*a*", "_b_", "`c`",
    "\u202e", "\u2066", "\u200b", "\x00", "\x1e", "\x0b", "\n", "\r\n", "\t", " ", "\u00a0", "\u2028", "\ufeff",
    "\ud800", "\u0301", "ह", "😀", "👨\u200d👩\u200d👧", "𠀀", "字", "大模型", "长" * 700, "a" * 50,
    "@admin", "/start", "https://example.com/?a=1&b=2", "#tag",
)  # fmt: skip
KINDS = (
    "facts",
    "card",
    "members",
    "rank",
    "dated",
    "order",
    "difference",
    "sum",
    "ratio",
    "source",
    "conflict",
    "verify",
)
TAGS = re.compile(r"<(/?)([a-z]+)( expandable)?>")


class Maker:
    """Makes answers out of hostile texts."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def text(self, most: int = 5) -> str:
        return "".join(self.random.choices(HOSTILE, k=self.random.randint(1, most)))

    def texts(self, most: int) -> tuple[str, ...]:
        return tuple(self.text() for _ in range(self.random.randint(0, most)))

    def line(self) -> Line:
        cites = tuple(range(1, self.random.randint(1, 5)))
        return Line(self.text() if self.random.random() < 0.5 else "", self.text(), self.text(), cites)

    def lines(self, most: int) -> tuple[Line, ...]:
        return tuple(self.line() for _ in range(self.random.randint(0, most)))

    def block(self) -> Block:
        return Block(
            kind=self.random.choice(KINDS),
            verdict=self.random.choice(("", "yes", "no", "absent")),
            lines=(self.line(), *self.lines(30)),
            others=self.lines(3),
            notes=self.texts(3),
            result=self.text(),
            terms=self.texts(3),
            leader=self.text(),
            understood=tuple((self.text(), self.text()) for _ in range(self.random.randint(0, 2))),
            more=self.random.randint(0, 2),
            order=self.text(),
            absent=self.texts(2),
        )

    def citation(self, n: int) -> CitationLine:
        quote = self.text(30) if self.random.random() < 0.5 else None
        return CitationLine(n, "log", n, self.text(), self.text(), "2024-02", quote)

    def answer(self) -> Answer:
        status = self.random.choice(("answered", "answered", "answered", "ambiguous", "unknown", "smalltalk"))
        options = self.texts(6) if status == "ambiguous" else ()
        return Answer(
            status=status,
            language=self.random.choice(LANGUAGES),
            blocks=tuple(self.block() for _ in range(self.random.randint(1, 3))) if status == "answered" else (),
            citations=tuple(self.citation(n) for n in range(1, self.random.randint(1, 9))),
            options=options,
            option_lines=tuple(self.line() for _ in options),
            related=tuple((f"f{n}", self.text()) for n in range(self.random.randint(0, 3))),
            smalltalk=self.random.choice(("greeting", "thanks", "help", "")) if status == "smalltalk" else "",
            unknown=self.texts(4),
            unanswered=self.texts(2),
            examples=self.texts(3),
            title=self.text(),
        )


def balanced(html: str) -> bool:
    """Whether every tag is one of Telegram's and is closed where it should be."""
    opened: list[str] = []
    for closing, name, _ in TAGS.findall(html):
        if not closing:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened and not re.search(r"<(?!/?(?:b|i|code|blockquote)\b)", html)


def check(html: str) -> str:
    """What Telegram shows; raises where it would refuse."""
    shown, entities = judge.parse(html, "HTML")
    assert balanced(html)
    assert shown
    assert judge.units(shown) <= MOST_UNITS
    marked = [e for e in entities if e["type"] in {"bold", "italic", "code", "blockquote", "expandable_blockquote"}]
    assert len(marked) <= MOST_ENTITIES
    assert not {e["type"] for e in entities} & {"text_link", "text_mention", "pre", "spoiler"}
    return shown


@pytest.mark.parametrize("part", range(4))
def test_hostile_texts_are_shown_as_they_are(part: int, request: pytest.FixtureRequest) -> None:
    maker = Maker(part)
    split = 0
    for _ in range((ALL if request.config.getoption("--full") else ANSWERS) // 4):
        answer = maker.answer()
        made = blocks(answer, question=maker.text())
        parts = messages(made)
        split += len(parts) > 1
        shown = "".join(check(part) for part in parts)
        whole = "".join(text_of(block) for block in made)
        assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", whole)
    assert split


@given(text=st.text(max_size=300))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    answer = Answer("answered", "en", (Block("facts", "", (Line(text, text, text, (1,)),)),))
    shown = "".join(check(part) for part in messages(blocks(answer)))
    assert re.sub(r"\s", "", clean(text)) in re.sub(r"\s", "", shown)


@given(text=st.text(alphabet="<>&;#b/ 😀字a", max_size=200), most=st.integers(20, 60))
def test_long_block_is_broken_outside_of_tags_and_characters(text: str, most: int) -> None:
    block = f"<blockquote expandable><b>{escape(text)}</b>{escape(text)}<i>{escape(text)}</i></blockquote>"
    parts = messages([block], most=most)
    for part in parts:
        assert balanced(part)
        assert judge.units(judge.parse(part, "HTML")[0]) <= units(part) <= most
    shown = "".join(text_of(part) for part in parts)
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", text * 3)


def test_more_marked_stretches_than_a_message_holds_go_into_the_next() -> None:
    block = "<blockquote expandable>" + "".join(f"<b>{n}</b> " for n in range(250)) + "</blockquote>"
    parts = messages([block])
    assert len(parts) > 2
    for part in parts:
        check(part)


def test_blocks_stay_whole_where_they_fit() -> None:
    made = [f"<b>{'字' * 1000}</b>" for _ in range(9)]
    parts = messages(made)
    assert [part.count("<b>") for part in parts] == [4, 4, 1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_answer_begins_with_the_figure(alpine_desk: Desk, language: str) -> None:
    answer = alpine_desk.reply("冰舌小屋有多少张床？", language=language).answer
    first, *_, last = blocks(answer)
    assert first.startswith(("<b>", "• <b>"))
    assert last.startswith("<blockquote expandable>")
    assert last.endswith("</blockquote>")
    for citation in answer.citations:
        assert f"[{citation.n}] " in last


def test_sources_are_quoted_to_the_end(alpine_desk: Desk) -> None:
    answer = alpine_desk.reply("冰舌小屋有多少张床？").answer
    made = source_blocks(answer, alpine_desk.base, lambda article: f"https://t.me/testbot?start=a_{article}")
    quotes = [c.quote for c in answer.citations if c.quote]
    assert quotes
    for quote in quotes:
        assert any(text_of(block) == clean(quote) for block in made)


def test_what_was_not_understood_calls_nobody() -> None:
    """An echo in a group must not ring anybody: inside code, Telegram looks for no mention."""
    answer = Answer("unknown", "en", unknown=("@admin", "/start"))
    _, entities = judge.parse("\n".join(blocks(answer)), "HTML")
    assert {e["type"] for e in entities} == {"code"}


@pytest.mark.parametrize("status", ["empty", "nomore", "opinion"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_words(status: str, language: str) -> None:
    made = blocks(Answer("unknown", language, smalltalk=status))
    assert len(made) == 1
    check(made[0])
