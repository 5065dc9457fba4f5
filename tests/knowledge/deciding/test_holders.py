"""Who holds something is told by the newest first; who came after is told beside a claim of who it was."""

from __future__ import annotations

import pytest

from knowledge.asking.ask import Asker
from knowledge.finding.outcome import NO_CONTEXT


def facts(question: str, asker: Asker) -> list[str]:
    """The facts of the answer, in their order."""
    outcome = asker.ask(question, NO_CONTEXT)
    return [f.id for part in outcome.parts for f in part.facts]


@pytest.mark.parametrize("question", ["鹰石小屋的看屋人是谁？", "Who is the warden of Eaglestone Hut?"])
def test_of_those_one_after_another_the_last_stands_first(valleys: Asker, question: str) -> None:
    assert facts(question, valleys)[:2] == ["c4b", "s5d"]


def test_who_once_was_is_no_plain_yes(valleys: Asker) -> None:
    outcome = valleys.ask("鹰石小屋的看屋人是阿洛伊斯·格伦吗？", NO_CONTEXT)
    assert outcome.parts[0].verdict == ""
    assert [f.id for f in outcome.parts[0].facts][:2] == ["c4b", "s5d"]


def test_who_it_is_now_is(valleys: Asker) -> None:
    outcome = valleys.ask("鹰石小屋的看屋人是托马斯·雷吗？", NO_CONTEXT)
    assert outcome.parts[0].verdict == "yes"
