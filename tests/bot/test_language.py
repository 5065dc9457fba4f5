"""The language of an answer follows the message."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.answering import Desk
from knowledge.building.build import build
from knowledge.store.base import Base
from knowledge.store.records import Pack


@pytest.fixture(scope="module")
def desk(alpine_pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The huts, one of them with a character in its simplified name that is else written otherwise there (升)."""
    entities = tuple(
        replace(e, name=replace(e.name, zh="昇阳小屋")) if e.id == "sunset" else e for e in alpine_pack.entities
    )
    base = Base(
        build(replace(alpine_pack, entities=entities), tmp_path_factory.mktemp("language") / "huts.sqlite").path
    )
    yield Desk(base)
    base.close()


@pytest.mark.parametrize(
    ("message", "language"),
    [
        ("昇阳小屋有多少张床？", "zh-Hans"),
        ("昇阳小屋", "zh-Hans"),
        ("昇阳小屋有多少張床？", "zh-Hant"),  # the rest of it tells
        ("昇陽小屋有多少床？", "zh-Hant"),
        ("昇起的是床？", "zh-Hant"),  # not in a name
        ("为什么后来登山会被人懟？", "zh-Hans"),  # typed by one who writes 么 and 后
        ("How many beds does 昇阳小屋 have?", "zh-Hans"),
        ("鹰石小屋海拔多少？", "zh-Hans"),
        ("鷹石小屋海拔多少？", "zh-Hant"),
        ("How high is Eaglestone Hut?", "en"),
    ],
)
def test_a_simplified_name_makes_no_question_traditional(desk: Desk, message: str, language: str) -> None:
    assert desk.reply(message).answer.language == language


@pytest.mark.parametrize(
    ("message", "language"),
    [
        ("Eaglestone Hut altitude", "en"),
        ("Eaglestone Hut", "zh-Hans"),  # a bare name tells nothing
        ("yingshi xiaowu haiba", "zh-Hans"),
    ],
)
def test_a_message_of_a_few_words_without_grammar_is_english_where_they_are(
    desk: Desk, message: str, language: str
) -> None:
    assert desk.reply(message).answer.language == language
