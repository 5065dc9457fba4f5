"""A private chat: questions, commands, links, follow-ups, edits."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from answers.phrasing import LANGUAGES
from bot.answering import Desk
from bot.state import digests
from bot.state.schema import exchanges, feedback, metadata, questions
from bot.telegram.menus import menus
from knowledge.store.base import Base
from tests.bot.telegram.stepping import Bot
from tests.telegram_server import Chat, TelegramServer, User, judge

BEDS = "冰舌小屋有多少张床？"


@pytest.fixture
def ada(server: TelegramServer) -> User:
    return server.user("Ada")


@pytest.fixture
def chat(ada: User) -> Chat:
    return ada.private()


def test_question_is_answered_with_its_sources(bot: Bot, chat: Chat) -> None:
    question = chat.say(BEDS)
    (sent,) = bot.run()
    assert sent.text.startswith("14张")
    assert "[1]" in sent.text
    assert sent.payload["link_preview_options"] == {"is_disabled": True}
    assert any(e["type"] == "expandable_blockquote" for e in sent.result["entities"])
    assert sent.result["entities"][0]["type"] == "bold"
    assert sent.reply_to == question.id


@pytest.mark.parametrize(("code", "word"), [("zh-hans", "回答关于"), ("zh-hant", "回答關於"), ("en", "I answer")])
def test_start_offers_questions_that_are_answered(bot: Bot, server: TelegramServer, code: str, word: str) -> None:
    ada = server.user("Ada", language=code)
    (greeting,) = bot.say(ada.private(), "/start")
    assert word in greeting.text
    assert 1 <= len(greeting.buttons) <= 3
    for question in greeting.buttons:
        answer, answered = bot.press(ada, greeting, question)
        assert answer.text.startswith(f"❓ {question}")
        assert "[1]" in answer.text
        assert answered.method == "answerCallbackQuery"


@pytest.mark.parametrize("code", ["zh-hans", "zh-hant", "en"])
@pytest.mark.parametrize("command", ["/help", "/huts", "/sources", "/lang", "/privacy", "/forget", "/settings", "/ask"])
def test_every_command_says_something(bot: Bot, server: TelegramServer, code: str, command: str) -> None:
    (sent,) = bot.say(server.user("Ada", language=code).private(), command)
    assert sent.ok
    assert len(sent.text) > 5


def test_help_names_what_there_is(bot: Bot, chat: Chat, desk: Desk) -> None:
    (sent,) = bot.say(chat, "/help")
    assert desk.base.caption.title("zh-Hans") in sent.text
    for example in desk.base.caption.examples_in("zh-Hans"):
        assert example in sent.text
    for command in ("/ask", "/huts", "/sources", "/lang", "/privacy", "/forget"):
        assert command in sent.text


def test_list_of_a_kind_and_its_cards(bot: Bot, ada: User, chat: Chat) -> None:
    (listed,) = bot.say(chat, "/huts")
    assert {"雾松小屋", "鹰石小屋", "冰舌小屋", "落日小屋"} <= set(listed.buttons)
    card, _ = bot.press(ada, listed, "冰舌小屋")
    assert "3020" in card.text


def test_sources_lead_to_the_articles(bot: Bot, ada: User, chat: Chat, desk: Desk) -> None:
    (listed,) = bot.say(chat, "/sources")
    first = next(iter(desk.base.articles.values()))
    assert first.publisher in listed.text
    card, _ = bot.press(ada, listed, "1")
    assert first.publisher in card.text
    assert str(first.paragraphs) in card.text


def test_links_to_a_fact_and_an_article(bot: Bot, chat: Chat, desk: Desk) -> None:
    fact = desk.base.fact(0)
    (sent,) = bot.say(chat, f"/start f_{fact.id}")
    assert fact.zh in sent.text
    assert "[1]" in sent.text
    article = next(iter(desk.base.articles))
    (sent,) = bot.say(chat, f"/start a_{article}")
    assert desk.base.articles[article].publisher in sent.text


@pytest.mark.parametrize("parameter", ["f_nothing", "a_nothing"])
def test_link_to_what_is_gone(bot: Bot, chat: Chat, parameter: str) -> None:
    (sent,) = bot.say(chat, f"/start {parameter}")
    assert sent.text == "资料里已没有这一条。"


def test_follow_up_leans_on_the_last_question(bot: Bot, server: TelegramServer, chat: Chat) -> None:
    bot.say(chat, BEDS)
    (sent,) = bot.say(chat, "那鹰石小屋呢？")
    assert "鹰石小屋" in sent.text
    assert "床" in sent.text
    (sent,) = bot.say(chat, "来源呢")
    assert "鹰石小屋" in sent.text
    server.clock.advance(31 * 60)
    (sent,) = bot.say(chat, "来源呢")
    assert "鹰石小屋" not in sent.text


def test_reply_takes_up_the_answer_it_replies_to(bot: Bot, server: TelegramServer, chat: Chat) -> None:
    (beds,) = bot.say(chat, BEDS)
    bot.say(chat, "雾松小屋的看屋人是谁？")
    (sent,) = bot.say(chat, "那鹰石小屋呢？", reply_to=server.message(beds))
    assert "床" in sent.text


def test_option_by_number_and_by_button(bot: Bot, ada: User, chat: Chat) -> None:
    (asked,) = bot.say(chat, "海拔多少？")
    assert asked.buttons[:2] == ["雾松小屋", "鹰石小屋"]
    (sent,) = bot.say(chat, "1")
    assert "1870" in sent.text
    sent, _ = bot.press(ada, asked, "鹰石小屋")
    assert sent.text.startswith("❓ 海拔多少？ 鹰石小屋")
    assert "2421" in sent.text


def test_edited_question_edits_its_answer(bot: Bot, server: TelegramServer, chat: Chat) -> None:
    question = chat.say(BEDS)
    (answer,) = bot.run()
    question.edit("雾松小屋的看屋人是谁？")
    (edited,) = bot.run()
    assert edited.method == "editMessageText"
    assert edited.message_id == answer.message_id
    assert "何岭" in edited.text
    question.edit("雾松小屋的看屋人是谁？")
    assert bot.run() == []
    (sent,) = bot.say(chat, "来源呢", reply_to=server.message(answer))
    assert "何岭" in sent.text


def test_question_edited_much_later_keeps_its_answer(bot: Bot, server: TelegramServer, chat: Chat) -> None:
    question = chat.say(BEDS)
    bot.run()
    server.clock.advance(11 * 60)
    question.edit("雾松小屋的看屋人是谁？")
    assert bot.run() == []


def test_further_messages_of_an_edited_answer_are_withdrawn(bot: Bot, server: TelegramServer, chat: Chat) -> None:
    """An answer of several messages shrinks to one: the others would cite numbers that are gone."""
    question = chat.say(BEDS)
    (answer,) = bot.run()
    extra = server.message(answer).chat.add(server.bot, text="more")
    from bot.state import outbox
    from bot.telegram.call import Call

    connection = bot.state.connection
    call = Call("sendMessage", {"text": "more"}, chat.id, answers=(chat.id, question.id))
    (entry,) = outbox.add(connection, [call], [True], 0.0)
    outbox.finish(connection, [outbox.Result(entry.id, "sent", 0.0, extra.id)])
    connection.commit()
    question.edit("雾松小屋的看屋人是谁？")
    assert [sent.method for sent in bot.run()] == ["deleteMessage", "editMessageText"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_is_kept(bot: Bot, chat: Chat, desk: Desk, language: str) -> None:
    bot.say(chat, f"/lang {language}")
    (sent,) = bot.say(chat, BEDS)
    expected = desk.reply(BEDS, language=language).answer.blocks[0].lines[0].text
    assert expected in sent.text


def test_language_by_button(bot: Bot, ada: User, chat: Chat) -> None:
    (asked,) = bot.say(chat, "/lang")
    edited, _ = bot.press(ada, asked, "English")
    assert edited.method == "editMessageText"
    (sent,) = bot.say(chat, BEDS)
    assert "Icetongue" in sent.text


def test_bare_name_follows_the_app(bot: Bot, server: TelegramServer) -> None:
    (sent,) = bot.say(server.user("Bob", language="en").private(), "Mistpine")
    assert "Mistpine Hut" in sent.text


def test_forget_erases_after_confirmation(bot: Bot, ada: User, chat: Chat) -> None:
    bot.say(chat, "/lang zh-Hans")
    (answer,) = bot.say(chat, BEDS)
    bot.press(ada, answer, "👎")
    bot.say(chat, "今天天气怎么样")
    connection = bot.state.connection
    elsewhere = digests.draft(connection, -5, 0, bot.now.timestamp(), owner_chat=ada.id)
    digests.draft(connection, chat.id, 0, bot.now.timestamp())

    def rows() -> dict[str, int]:
        tables = [exchanges, questions, feedback, metadata.tables["chats"], metadata.tables["subscriptions"]]
        return {t.name: connection.scalar(select(func.count()).select_from(t)) or 0 for t in tables}

    assert all(rows().values())
    (asked,) = bot.say(chat, "/forget")
    edited, _ = bot.press(ada, asked, "不删除")
    assert "没有删除" in edited.text
    assert all(rows().values())
    (asked,) = bot.say(chat, "/forget")
    edited, _ = bot.press(ada, asked, "删除")
    assert "已删除" in edited.text
    left = digests.find(connection, elsewhere.id)  # of a channel that Ada set up: it goes on without her name
    assert left
    assert left.owner_chat is None
    assert rows() == dict.fromkeys(rows(), 0) | {"subscriptions": 1}
    (notice,) = bot.press(ada, answer, "答案不对")
    assert "过期" in notice.payload["text"]


def test_unanswered_question_is_kept_for_the_administrators(bot: Bot, ada: User, chat: Chat) -> None:
    bot.say(chat, "今天天气怎么样")
    (row,) = bot.state.connection.execute(select(questions)).mappings()
    assert (row["kind"], row["text"]) == ("unanswered", "今天天气怎么样")
    assert row["expires"] - row["created"] == 90 * 24 * 3600
    assert str(ada.id) not in row["person"]


def test_no_user_id_is_stored_in_an_exchange(bot: Bot, ada: User, chat: Chat) -> None:
    bot.say(chat, BEDS)
    row = bot.state.connection.execute(select(exchanges)).mappings().one()
    assert row["chat_id"] == ada.id
    assert str(ada.id) not in json.dumps({k: v for k, v in row.items() if k != "chat_id"})


@pytest.mark.parametrize(
    "text",
    ["<b>床</b>&amp;{{ 7*7 }}", "'; drop table chats; --", "床" * 4096, "\u202e床\u202c\u200b", "😀" * 2000, "?", "…"],
)
def test_whatever_is_typed_is_answered_once(bot: Bot, chat: Chat, text: str) -> None:
    (sent,) = bot.say(chat, text)
    assert sent.ok
    assert "\u202e" not in sent.text
    assert judge.units(sent.text) <= 4096


def test_unknown_command(bot: Bot, chat: Chat) -> None:
    (sent,) = bot.say(chat, "/weather")
    assert "/weather" in sent.text


def test_photo_is_answered_with_a_word(bot: Bot, ada: User, chat: Chat) -> None:
    bot.say(chat, "/start")
    chat.service(ada, photo=[{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}])
    (sent,) = bot.run()
    assert "文字" in sent.text
    chat.service(ada, delete_chat_photo=True)
    assert bot.run() == []


def test_too_many_questions_get_one_polite_line(bot: Bot, server: TelegramServer, chat: Chat) -> None:
    for _ in range(20):
        chat.say(BEDS)
    sent = bot.run()
    assert len(sent) == 13
    assert "稍等" in sent[-1].text
    server.clock.advance(61)
    (again,) = bot.say(chat, BEDS)
    assert "14张" in again.text


def test_questions_from_before_a_downtime_get_one_line(bot: Bot, server: TelegramServer, chat: Chat) -> None:
    for _ in range(5):
        chat.say(BEDS)
    server.clock.advance(3700)
    chat.say("雾松小屋的看屋人是谁？")
    late, answer = bot.run()
    assert "离线" in late.text
    assert "何岭" in answer.text


def test_buttons_can_be_switched_off(bot: Bot, ada: User, chat: Chat) -> None:
    (shown,) = bot.say(chat, "/settings")
    bot.press(ada, shown, "按钮：开")
    (sent,) = bot.say(chat, BEDS)
    assert sent.buttons == []


def test_blocked_chat_rests_and_keeps_its_settings(bot: Bot, ada: User, chat: Chat) -> None:
    bot.say(chat, "/lang en")
    ada.block()
    assert bot.run() == []
    table = metadata.tables["chats"]
    row = bot.state.connection.execute(select(table)).mappings().one()
    assert (row["active"], row["language"]) == (False, "en")
    ada.unblock()
    bot.run()
    (sent,) = bot.say(chat, BEDS)
    assert "Icetongue" in sent.text
    assert bot.state.connection.execute(select(table)).mappings().one()["active"]


def test_context_outlives_a_reload_of_the_base(bot: Bot, chat: Chat, desk: Desk, alpine_pack, tmp_path) -> None:
    from knowledge.building.build import build

    bot.say(chat, BEDS)
    fewer = replace(alpine_pack, entities=tuple(reversed(alpine_pack.entities)))  # other numbers, same ids
    base = Base(build(fewer, tmp_path / "other.sqlite").path)
    bot.surface.desk = Desk(base)
    (sent,) = bot.say(chat, "来源呢")
    assert "冰舌小屋" in sent.text
    base.close()


@pytest.mark.parametrize("code", ["", "zh", "en"])
def test_menus_fit(bot: Bot, server: TelegramServer, desk: Desk, code: str) -> None:
    for call in menus(desk.base):
        assert bot._call(call.method, **call.payload)["ok"]
    assert {key[1] for key in server.commands} == {"", "zh", "en"}
    private = next(v for k, v in server.commands.items() if "private" in str(k) and k[1] == code)
    assert "huts" in [c["command"] for c in private]


def test_stale_tap_is_left_alone(bot: Bot, ada: User, server: TelegramServer, chat: Chat) -> None:
    (sent,) = bot.say(chat, BEDS)
    bot.waited = timedelta(seconds=151)
    assert bot.press(ada, sent, "👍") == []
