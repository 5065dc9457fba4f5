"""Groups, topics, channels: silence unless addressed, replies in their place, settings by administrators."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from bot.answering import Desk
from bot.state.database import State
from bot.state.schema import metadata
from tests.bot.telegram.stepping import Bot
from tests.telegram_server import Chat, Limits, Sent, TelegramServer, User

BEDS = "冰舌小屋有多少张床？"


@pytest.fixture
def ada(server: TelegramServer) -> User:
    return server.user("Ada")


@pytest.fixture
def bob(server: TelegramServer) -> User:
    return server.user("Bob")


@pytest.fixture
def group(bot: Bot, server: TelegramServer, ada: User, bob: User) -> Chat:
    made = server.group(kind="supergroup", admins=(ada,))
    made.members[bob.id] = "member"
    bot.run()
    return made


@pytest.fixture
def discreet(desk: Desk, state: State) -> Iterator[Bot]:
    """A bot in privacy mode."""
    with TelegramServer(limits=Limits.off(), reads_all=False) as server:
        made = Bot(server, desk, state)
        yield made
        made.http.close()
        server.check()


def chats(bot: Bot) -> list[dict[str, object]]:
    return [dict(row) for row in bot.state.connection.execute(select(metadata.tables["chats"])).mappings()]


def test_short_greeting_when_added(bot: Bot, server: TelegramServer, ada: User) -> None:
    group = server.group(admins=(ada,))
    (sent,) = bot.run()
    assert "/ask" in sent.text
    group.admit("administrator", by=ada)
    assert bot.run() == []
    group.admit("kicked", by=ada)
    assert bot.run() == []
    assert not chats(bot)[0]["active"]
    group.admit("member", by=ada)
    (sent,) = bot.run()
    assert chats(bot)[0]["active"]


@pytest.mark.parametrize("text", [BEDS, "/weather", "/ask@otherbot 床", "@somebody 床", "早"])
def test_silence_unless_addressed(bot: Bot, group: Chat, bob: User, text: str) -> None:
    assert bot.say(group, bob, text) == []


@pytest.mark.parametrize(
    "text", [f"/ask {BEDS}", f"/ask{BEDS}", f"（/ask {BEDS}）", f"@TestBot {BEDS}", f"请问@testbot{BEDS}"]
)
def test_answer_replies_to_the_question(bot: Bot, group: Chat, bob: User, text: str) -> None:
    question = group.say(bob, text)
    (sent,) = bot.run()
    assert "14张" in sent.text
    assert sent.payload["reply_parameters"] == {"message_id": question.id, "allow_sending_without_reply": True}
    assert "message_thread_id" not in sent.payload


def test_answer_is_sent_though_the_question_is_gone(bot: Bot, group: Chat, bob: User) -> None:
    question = group.say(bob, f"/ask {BEDS}")
    del group.messages[question.id]
    (sent,) = bot.run()
    assert sent.ok


def test_reply_to_an_answer_is_a_question(bot: Bot, server: TelegramServer, group: Chat, ada: User, bob: User) -> None:
    (answer,) = bot.say(group, bob, f"/ask {BEDS}")
    (sent,) = bot.say(group, ada, "那鹰石小屋呢？", reply_to=server.message(answer))
    assert "鹰石小屋" in sent.text
    assert "床" in sent.text
    assert bot.say(group, ada, "说得对", reply_to=group.messages[answer.reply_to]) == []


def test_calling_us_to_what_somebody_else_asked(bot: Bot, group: Chat, ada: User, bob: User) -> None:
    question = group.say(bob, BEDS)
    assert bot.run() == []
    (sent,) = bot.say(group, ada, "@testbot", reply_to=question)
    assert "14张" in sent.text


def test_sticker_in_reply_to_us_is_no_question(bot: Bot, server: TelegramServer, group: Chat, bob: User) -> None:
    (answer,) = bot.say(group, bob, f"/ask {BEDS}")
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
    group._told(group.add(bob, reply_to=server.message(answer), extra={"photo": photo}))
    assert bot.run() == []


def test_forget_in_a_group_is_for_who_asked(bot: Bot, group: Chat, ada: User, bob: User) -> None:
    bot.say(group, bob, f"/ask {BEDS}")
    (asked,) = bot.say(group, bob, "/forget")
    (notice,) = bot.press(ada, asked, "删除")
    assert "只有" in notice.payload["text"]
    edited, _ = bot.press(bob, asked, "删除")
    assert "已删除" in edited.text
    assert bot.state.connection.execute(select(metadata.tables["exchanges"])).all() == []


def test_bare_mention_is_told_what_works_here(bot: Bot, group: Chat, bob: User) -> None:
    (sent,) = bot.say(group, bob, "@testbot")
    assert "/ask" in sent.text


def test_follow_ups_of_two_people_and_topics_stay_apart(bot: Bot, server: TelegramServer, ada: User, bob: User) -> None:
    forum = server.group(forum=True, admins=(ada, bob))
    bot.run()
    first, second = forum.topic("one", by=ada), forum.topic("two", by=ada)
    bot.run()
    bot.say(forum, ada, f"/ask {BEDS}", thread=first)
    bot.say(forum, bob, "/ask 雾松小屋的看屋人是谁？", thread=first)
    bot.say(forum, ada, "/ask 雾松小屋每晚多少钱？", thread=second)
    (sent,) = bot.say(forum, ada, "/ask 那鹰石小屋呢？", thread=first)
    assert "床" in sent.text
    assert sent.thread == first
    (sent,) = bot.say(forum, bob, "/ask 那鹰石小屋呢？", thread=first)
    assert "看屋人" in sent.text
    (sent,) = bot.say(forum, ada, "/ask 那鹰石小屋呢？", thread=second)
    assert "元" in sent.text
    assert sent.thread == second


def test_general_topic_is_not_named(bot: Bot, server: TelegramServer, ada: User) -> None:
    forum = server.group(forum=True, admins=(ada,))
    bot.run()
    (sent,) = bot.say(forum, ada, f"/ask {BEDS}")
    assert sent.ok
    assert "message_thread_id" not in sent.payload


def test_help_says_what_works_here(bot: Bot, discreet: Bot, group: Chat, bob: User) -> None:
    (sent,) = bot.say(group, bob, "/help")
    assert "隐私模式" not in sent.text
    quiet = discreet.server.group(kind="supergroup")
    discreet.run()
    (sent,) = discreet.say(quiet, discreet.server.user("Eve"), "/help")
    assert "隐私模式" in sent.text
    assert "/ask" in sent.text


def test_in_privacy_mode_commands_and_replies_work(discreet: Bot) -> None:
    group, eve = discreet.server.group(kind="supergroup"), discreet.server.user("Eve")
    discreet.run()
    (answer,) = discreet.say(group, eve, f"/ask {BEDS}")
    (sent,) = discreet.say(group, eve, "来源呢", reply_to=discreet.server.message(answer))
    assert "14张" in sent.text


def press(bot: Bot, user: User, shown: Sent, start: str) -> list[Sent]:
    return bot.press(user, shown, next(b for b in shown.buttons if b.startswith(start)))


def test_settings_are_the_administrators(bot: Bot, group: Chat, ada: User, bob: User) -> None:
    (refused,) = bot.say(group, bob, "/settings")
    assert refused.buttons == []
    (shown,) = bot.say(group, ada, "/settings")
    (notice,) = press(bot, bob, shown, "回应 @")
    assert "管理员" in notice.payload["text"]
    edited, _ = press(bot, ada, shown, "回应 @")
    assert "关" in edited.text
    assert bot.say(group, bob, f"@testbot {BEDS}") == []
    assert bot.say(group, bob, f"/ask {BEDS}")
    press(bot, ada, shown, "提问")
    assert bot.say(group, bob, f"/ask {BEDS}") == []
    assert bot.say(group, ada, f"/ask {BEDS}")
    press(bot, ada, shown, "English")
    (sent,) = bot.say(group, ada, f"/ask {BEDS}")
    assert "Icetongue" in sent.text


def test_language_of_a_group_is_the_administrators_too(bot: Bot, group: Chat, ada: User, bob: User) -> None:
    (refused,) = bot.say(group, bob, "/lang en")
    assert "管理员" in refused.text
    bot.say(group, ada, "/lang en")
    (sent,) = bot.say(group, bob, f"/ask {BEDS}")
    assert "Icetongue" in sent.text


def test_anonymous_administrator_is_one(bot: Bot, group: Chat, ada: User) -> None:
    (shown,) = bot.say(group, ada, "/settings", anonymous=True)
    press(bot, ada, shown, "提问")
    assert bot.say(group, ada, f"/ask {BEDS}", anonymous=True)


def test_edited_question_edits_its_answer(bot: Bot, server: TelegramServer, group: Chat, bob: User) -> None:
    question = group.say(bob, f"/ask {BEDS}")
    (answer,) = bot.run()
    question.edit("/ask 雾松小屋的看屋人是谁？")
    (edited,) = bot.run()
    assert (edited.method, edited.message_id) == ("editMessageText", answer.message_id)
    assert "何岭" in edited.text


def test_question_that_becomes_ours_by_an_edit_is_answered(bot: Bot, group: Chat, bob: User) -> None:
    question = group.say(bob, BEDS)
    assert bot.run() == []
    question.edit(f"@testbot {BEDS}")
    (sent,) = bot.run()
    assert sent.method == "sendMessage"
    assert sent.reply_to == question.id


def test_settings_and_buttons_move_to_the_supergroup(bot: Bot, server: TelegramServer, ada: User) -> None:
    group = server.group(admins=(ada,))
    bot.run()
    bot.say(group, ada, "/lang en")
    (answer,) = bot.say(group, ada, f"/ask {BEDS}")
    new = group.migrate()
    bot.run()
    assert [row["chat_id"] for row in chats(bot)] == [new.id]
    (sent,) = bot.say(new, ada, f"/ask {BEDS}")
    assert "Icetongue" in sent.text
    assert chats(bot)[0]["kind"] == "supergroup"
    assert answer.ok


def test_channel_post_without_an_author(bot: Bot, server: TelegramServer) -> None:
    channel = server.channel()
    bot.run()
    assert bot.say(channel, BEDS) == []
    (sent,) = bot.say(channel, f"/ask {BEDS}")
    assert "14张" in sent.text
    (card,) = bot.say(channel, "/ask 雾松小屋")
    page, _ = bot.press(server.user("Reader"), card, "更多 ›")  # nobody can be told from the channel itself
    assert page.method == "editMessageText"


def test_only_the_asker_turns_pages_and_picks(bot: Bot, group: Chat, ada: User, bob: User) -> None:
    (asked,) = bot.say(group, bob, "/ask 海拔多少？")
    (notice,) = bot.press(ada, asked, "鹰石小屋")
    assert "只有" in notice.payload["text"]
    sent, _ = bot.press(bob, asked, "鹰石小屋")
    assert "2421" in sent.text
    assert sent.reply_to == asked.message_id


def test_group_that_asks_too_much_gets_one_line(bot: Bot, server: TelegramServer, group: Chat) -> None:
    for n in range(4):
        user = server.user(f"U{n}")
        for _ in range(7):
            group.say(user, f"/ask {BEDS}")
    sent = bot.run()
    assert len(sent) == 21
    assert "稍等" in sent[-1].text
