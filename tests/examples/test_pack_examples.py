"""The questions that a pack offers in its help are answered in every language, with sources, and briefly."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from answers.phrasing import LANGUAGES
from answers.render import as_json, sources
from bot.answering import Desk

LONGEST = 800
"""Characters of an answer, long lists apart."""
LONG_LIST = 9
"""Facts from which on an answer is a long list."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_offered_question_is_answered(desk_of: Callable[[str], Desk], pack: str, offered: str, language: str) -> None:
    desk = desk_of(pack)
    reply = desk.reply(offered, language=language)
    row = as_json(reply.answer, reply.outcome, desk.base, reply.took_us)
    assert row["status"] == "answered", row["answer"]
    assert row["facts"]
    assert row["citations"]
    for block in reply.answer.blocks:
        assert all(line.cites for line in (*block.lines, *block.others))
    cited = {n for block in reply.answer.blocks for line in (*block.lines, *block.others) for n in line.cites}
    assert cited == {c["n"] for c in row["citations"]}
    assert len(sources(reply.answer).splitlines()) == len(row["citations"])
    if len(row["facts"]) < LONG_LIST:
        assert len(row["answer"]) <= LONGEST
