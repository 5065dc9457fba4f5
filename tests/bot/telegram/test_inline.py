"""Inline mode: a cited answer as an article, related questions below it, nothing stale."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.answering import Desk
from knowledge.building.build import build
from knowledge.store.base import Base
from knowledge.store.records import Pack
from tests.bot.telegram.stepping import Bot
from tests.telegram_server import TelegramServer, User, judge

BEDS = "冰舌小屋有多少张床？"


@pytest.fixture
def ada(server: TelegramServer) -> User:
    return server.user("Ada")


def results(bot: Bot, user: User, query: str) -> list[dict[str, Any]]:
    user.inline(query)
    (sent,) = bot.run()
    assert sent.method == "answerInlineQuery"
    assert sent.payload["cache_time"] <= 30
    found: list[dict[str, Any]] = sent.payload["results"]
    assert len(found) <= 50
    assert len({r["id"] for r in found}) == len(found)
    for result in found:
        content = result["input_message_content"]
        shown, _ = judge.parse(content["message_text"], content["parse_mode"])
        assert 0 < judge.units(shown) <= 4096
        assert len(result["id"].encode()) <= 64
    return found


def test_answer_with_sources_and_related_questions(bot: Bot, ada: User) -> None:
    first, *others = results(bot, ada, BEDS)
    assert first["title"] == BEDS
    assert "14张" in first["description"]
    assert "[1]" in first["input_message_content"]["message_text"]
    assert others
    assert all("床" in other["title"] for other in others)


def test_nothing_typed_offers_examples(bot: Bot, ada: User, desk: Desk) -> None:
    assert [r["title"] for r in results(bot, ada, "")] == desk.base.caption.examples_in("zh-Hans")


def test_every_meaning_of_an_ambiguous_question(bot: Bot, ada: User) -> None:
    found = results(bot, ada, "海拔多少？")
    assert [r["title"] for r in found][:2] == ["海拔多少？ 雾松小屋", "海拔多少？ 鹰石小屋"]
    assert "1870" in found[0]["description"]


def test_small_talk_has_no_result(bot: Bot, ada: User) -> None:
    assert results(bot, ada, "谢谢") == []


@pytest.mark.parametrize("query", ["今天天气", "<b>&{{ 7*7 }}\u202e", "天" * 256])
def test_unknown(bot: Bot, ada: User, query: str) -> None:
    assert results(bot, ada, query)[0]["title"] == "资料里没有答案"


def test_stale_query_is_left_alone(bot: Bot, ada: User) -> None:
    ada.inline(BEDS)
    bot.waited = timedelta(seconds=31)
    assert bot.run() == []


def test_language_of_the_private_chat_holds(bot: Bot, ada: User) -> None:
    bot.say(ada.private(), "/lang en")
    ada.inline(BEDS)
    (sent,) = bot.run()
    assert "Icetongue" in sent.payload["results"][0]["description"]
    assert sent.payload["is_personal"] is True


def test_ids_change_with_the_base(bot: Bot, ada: User, alpine_pack: Pack, tmp_path: Any) -> None:
    before = results(bot, ada, BEDS)[0]["id"]
    assert results(bot, ada, BEDS)[0]["id"] == before
    base = Base(build(alpine_pack, tmp_path / "plain.sqlite").path)  # without the texts: other content
    bot.surface.desk = Desk(base)
    assert results(bot, ada, BEDS)[0]["id"] != before
    base.close()
