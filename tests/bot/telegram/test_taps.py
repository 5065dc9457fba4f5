"""Buttons: short ids that outlive a restart, expire with a word, and are always answered."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select, update

from bot.answering import Desk
from bot.state.schema import exchanges, feedback, questions
from bot.telegram.surface import Surface
from tests.bot.telegram.stepping import Bot
from tests.telegram_server import Chat, TelegramServer, User

BEDS = "冰舌小屋有多少张床？"


@pytest.fixture
def ada(server: TelegramServer) -> User:
    return server.user("Ada")


@pytest.fixture
def chat(ada: User) -> Chat:
    return ada.private()


def test_sources_are_quoted(bot: Bot, ada: User, chat: Chat, desk: Desk) -> None:
    (answer,) = bot.say(chat, BEDS)
    sent, answered = bot.press(ada, answer, "出处")
    citation = desk.reply(BEDS).answer.citations[0]
    assert citation.quote
    assert citation.quote in sent.text
    assert answered.method == "answerCallbackQuery"


def test_pages_turn_in_the_same_message(bot: Bot, ada: User, chat: Chat) -> None:
    (card,) = bot.say(chat, "雾松小屋")
    seen = {card.text}
    shown = card
    for _ in range(2):
        if "更多 ›" not in shown.buttons:
            break
        shown, _ = bot.press(ada, shown, "更多 ›")
        assert shown.method == "editMessageText"
        assert shown.message_id == card.message_id
        assert shown.text not in seen
        seen.add(shown.text)
    assert len(seen) > 1
    while "‹ 返回" in shown.buttons:
        shown, _ = bot.press(ada, shown, "‹ 返回")
    assert shown.text == card.text
    assert shown.buttons == card.buttons


def test_suggested_question_is_answered_under_its_own_words(bot: Bot, ada: User, chat: Chat) -> None:
    (answer,) = bot.say(chat, BEDS)
    suggested = [b for b in answer.buttons if "床" in b]
    assert suggested
    for text in suggested:
        sent, _ = bot.press(ada, answer, text)
        assert sent.text.startswith(f"❓ {text}")
        assert "[1]" in sent.text


def test_suggestion_that_nobody_understands_is_answered_by_the_fact_it_was_made_from(
    bot: Bot, ada: User, chat: Chat
) -> None:
    (answer,) = bot.say(chat, BEDS)
    label = next(b for b in answer.buttons if "床" in b)
    (kept,) = bot.state.connection.execute(select(exchanges)).mappings()
    data = json.loads(kept["data"])
    data["questions"] = ["今天天气" for _ in data["questions"]]
    bot.state.connection.execute(update(exchanges).values(data=json.dumps(data)))
    sent, _ = bot.press(ada, answer, label)
    assert sent.text.startswith("❓ 今天天气")
    assert "床" in sent.text.partition("\n")[2]
    assert "[1]" in sent.text


def test_related_facts_come_with_their_sources(bot: Bot, ada: User, chat: Chat) -> None:
    (answer,) = bot.say(chat, "冰舌小屋2019年有多少张床？")
    assert "不是答案" in answer.text
    sent, _ = bot.press(ada, answer, "1")
    assert "[1]" in sent.text


def test_votes_and_reasons(bot: Bot, ada: User, chat: Chat) -> None:
    (answer,) = bot.say(chat, BEDS)
    (notice,) = bot.press(ada, answer, "👍")
    assert notice.payload["text"] == "谢谢！"
    reasons, asked = bot.press(ada, answer, "👎")
    assert reasons.buttons == ["答案不对", "已过时", "答非所问", "看不明白"]
    assert "点一下" in asked.payload["text"]
    restored, notice = bot.press(ada, answer, "已过时")
    assert restored.buttons == answer.buttons
    assert "记下" in notice.payload["text"]
    bot.press(ada, answer, "👎")
    bot.press(ada, answer, "已过时")
    (row,) = bot.state.connection.execute(select(feedback)).mappings()
    assert (row["vote"], row["reason"]) == (-1, "old")
    (kept,) = bot.state.connection.execute(select(questions)).mappings()
    assert (kept["kind"], kept["text"], kept["detail"]) == ("disliked", BEDS, "old")


def test_others_vote_without_changing_the_buttons(bot: Bot, server: TelegramServer, ada: User) -> None:
    bob, group = server.user("Bob"), server.group(kind="supergroup")
    bot.run()
    (answer,) = bot.say(group, ada, f"/ask {BEDS}")
    (notice,) = bot.press(bob, answer, "👎")
    assert notice.payload["text"] == "谢谢！"


def test_buttons_outlive_a_restart(bot: Bot, ada: User, chat: Chat, desk: Desk) -> None:
    (asked,) = bot.say(chat, "海拔多少？")
    bot.surface = Surface(desk)
    sent, _ = bot.press(ada, asked, "冰舌小屋")
    assert "3020" in sent.text


def test_buttons_expire_with_a_word(bot: Bot, ada: User, server: TelegramServer, chat: Chat) -> None:
    (asked,) = bot.say(chat, "海拔多少？")
    server.clock.advance(7 * 24 * 3600 + 1)
    (notice,) = bot.press(ada, asked, "冰舌小屋")
    assert notice.payload["text"] == "这些按钮已过期，请重新提问。"


@pytest.mark.parametrize(
    "data",
    ["", "x", "x:", "x:{id}", "x:{id}:o:99", "x:{id}:o:-1", "x:{id}:o:1000000", "x:{id}:z:1", "x:{id}:o:one",
     "x:nothing:o:1", "x:{id}:m:7", "x:{id}:w:99", "x:{id}:l:1", "set:language:xx", "set:active:0", "set:kind:x",
     "lang:xx", "forget", "🙂"],
)  # fmt: skip
def test_forged_buttons_are_answered_and_do_nothing(
    bot: Bot, ada: User, server: TelegramServer, chat: Chat, data: str
) -> None:
    (asked,) = bot.say(chat, "海拔多少？")
    note = asked.payload["reply_markup"]["inline_keyboard"][0][0]["callback_data"].split(":")[1]
    server.press(ada, server.message(asked), data.replace("{id}", note))
    sent = bot.run()
    assert sent[-1].method == "answerCallbackQuery"
    assert [s.method for s in sent[:-1]] in ([], ["editMessageReplyMarkup"])


def test_button_of_another_chat_does_nothing(bot: Bot, ada: User, server: TelegramServer, chat: Chat) -> None:
    (asked,) = bot.say(chat, BEDS)
    bob = server.user("Bob")
    (other,) = bot.say(bob.private(), BEDS)
    data = next(b for row in asked.payload["reply_markup"]["inline_keyboard"] for b in row if b["text"] == "出处")
    server.press(bob, server.message(other), data["callback_data"])
    (notice,) = bot.run()
    assert "过期" in notice.payload["text"]


def test_one_person_taps_too_fast(bot: Bot, ada: User, chat: Chat) -> None:
    (answer,) = bot.say(chat, BEDS)
    notices = [bot.press(ada, answer, "👍")[-1].payload["text"] for _ in range(31)]
    assert notices[:30] == ["谢谢！"] * 30
    assert "太快" in notices[30]


def test_every_button_is_short(bot: Bot, server: TelegramServer, ada: User, chat: Chat) -> None:
    for text in ("/start", "/huts", "/sources", "/lang", "/settings", "/forget", BEDS, "海拔多少？", "雾松小屋"):
        for sent in bot.say(chat, text):
            for row in sent.payload.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    assert len(button["callback_data"].encode()) <= 64
                    assert 0 < len(button["text"]) <= 64
