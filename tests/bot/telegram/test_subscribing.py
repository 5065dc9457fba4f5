"""/digest in private chats, groups, topics and channels: who may set it up, what buttons do, what a preview shows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.state import digests
from bot.state.database import State
from bot.state.digests import Subscription
from tests.bot.telegram.stepping import Bot
from tests.telegram_server import Chat, Sent, TelegramServer, User


@pytest.fixture
def ada(server: TelegramServer) -> User:
    return server.user("Ada", language="zh-hans")


@pytest.fixture
def group(server: TelegramServer, ada: User) -> Chat:
    return server.group("湖边", admins=(ada,))


def subscription(state: State, chat: Chat, thread: int = 0) -> Subscription:
    found = digests.of_chat(state.connection, chat.id, thread)
    assert found is not None
    return found


def posted(sent: list[Sent]) -> list[Sent]:
    return [s for s in sent if s.method.startswith("send")]


def posted_by(bot: Bot, chat: Chat, *words: object) -> list[Sent]:
    return posted(bot.say(chat, *words))


def open_menu(bot: Bot, chat: Chat, who: User, text: str = "/digest") -> Sent:
    sent = bot.say(chat, text) if chat.kind == "private" else bot.say(chat, who, text)
    return next(s for s in sent if s.buttons)


def test_private_chat_subscribes(bot: Bot, ada: User, state: State) -> None:
    chat = ada.private()
    menu = open_menu(bot, chat, ada)
    assert "还没开始" in menu.text
    bot.press(ada, menu, "开始")
    found = subscription(state, chat)
    assert (found.state, found.owner_chat) == ("on", ada.id)
    assert found.due is not None
    assert found.due > bot.now.timestamp()
    assert found.base.endswith(bot.surface.desk.base.digest)


def test_buttons_set_everything(bot: Bot, ada: User, group: Chat, state: State) -> None:
    menu = open_menu(bot, group, ada)
    for label in (
        *("每周", "四", "08:00 ›", "20:00", "Asia/Shanghai ›", "Europe/Berlin", "简体中文 ›", "English"),
        *("静音：关", "置顶：关", "图片：开", "开始"),
    ):
        bot.press(ada, menu, label)
    found = subscription(state, group)
    assert (found.days, found.weekday, found.at, found.zone) == ("weekly", 3, "20:00", "Europe/Berlin")
    assert (found.language, found.silent, found.pinned, found.picture) == ("en", True, True, False)
    assert found.state == "on"
    bot.press(ada, menu, "暂停")
    assert (subscription(state, group).state, subscription(state, group).due) == ("paused", None)
    bot.press(ada, menu, "继续")
    bot.press(ada, menu, "停止")
    assert subscription(state, group).state == "off"


def test_topics_by_button_and_by_name(bot: Bot, ada: User, group: Chat, state: State) -> None:
    menu = open_menu(bot, group, ada, "/digest 鹰石小物，何岭")
    assert [t.sort for t in subscription(state, group).topics] == ["entity", "entity"]
    bot.press(ada, menu, "话题：2 ›")
    bot.press(ada, menu, "＋ 小屋")
    assert subscription(state, group).topics[-1].sort == "kind"
    bot.press(ada, menu, "✕ 何岭")
    assert len(subscription(state, group).topics) == 2
    [told, *_] = posted_by(bot, group, ada, "/digest 没有这个东西")
    assert "没有这个东西" in told.text


@pytest.mark.parametrize(
    ("text", "at", "zone"),
    [
        ("/digest 7:45", "07:45", "Asia/Shanghai"),
        ("/digest 21点", "21:00", "Asia/Shanghai"),
        ("/digest europe/paris", "08:00", "Europe/Paris"),
    ],
)
def test_words_set_time_and_zone(bot: Bot, ada: User, state: State, text: str, at: str, zone: str) -> None:
    bot.say(ada.private(), text)
    found = subscription(state, ada.private())
    assert (found.at, found.zone) == (at, zone)


def test_unknown_zone_names_the_nearest(bot: Bot, ada: User) -> None:
    [told, *_] = posted_by(bot, ada.private(), "/digest Europe/Berln")
    assert "Europe/Berlin" in told.text


def test_only_administrators(bot: Bot, server: TelegramServer, ada: User, group: Chat, state: State) -> None:
    bob = server.user("Bob", language="zh-hans")
    group.admit("member", user=bob)
    bot.run()
    [told] = posted_by(bot, group, bob, "/digest")
    assert "管理员" in told.text
    assert digests.of_chat(state.connection, group.id, 0) is None
    menu = open_menu(bot, group, ada)
    bot.press(bob, menu, "开始")
    assert subscription(state, group).state == "draft"


@pytest.mark.parametrize("word", ["now", "预览", "現在"])
def test_preview_in_place(bot: Bot, ada: User, state: State, word: str) -> None:
    sent = bot.say(ada.private(), f"/digest {word}")
    assert {s.method for s in sent} <= {"sendPhoto", "sendMessage"}
    assert all(s.ok for s in sent)
    assert digests.shown(state.connection, subscription(state, ada.private())) == ()
    asked = next(s for s in sent if s.buttons)
    answers = bot.press(ada, asked, asked.buttons[-1])
    assert any(s.method == "sendMessage" and s.ok for s in answers)


def test_topic_of_a_forum_is_kept(bot: Bot, server: TelegramServer, ada: User, state: State) -> None:
    forum = server.group("论坛", forum=True, admins=(ada,))
    topic = forum.topic("摘要")
    bot.run()
    sent = bot.say(forum, ada, "/digest now", thread=topic)
    assert sent
    assert {s.thread for s in sent} == {topic}
    assert subscription(state, forum, topic).thread == topic


def test_channel_from_private_chat(bot: Bot, server: TelegramServer, ada: User, state: State) -> None:
    channel = server.channel("模都频道", username="modunews", bot="member")
    channel.admit("administrator", user=ada)
    bot.run()
    [told] = posted_by(bot, ada.private(), "/digest @modunews")
    assert "管理员" in told.text  # the bot is none there
    assert digests.of_chat(state.connection, channel.id, 0) is None
    channel.admit("administrator", by=ada)
    bot.run()
    menu = open_menu(bot, ada.private(), ada, "/digest @modunews")
    bot.press(ada, menu, "开始")
    assert subscription(state, channel).state == "on"
    bob = server.user("Bob", language="zh-hans")
    [told] = posted_by(bot, bob.private(), "/digest @modunews")
    assert "管理员" in told.text


def test_channel_by_a_post(bot: Bot, server: TelegramServer, ada: User, state: State) -> None:
    channel = server.channel("模都频道")
    channel.admit("administrator", user=ada)
    bot.run()
    menu = next(s for s in bot.say(channel, "/digest") if s.buttons)
    bot.press(ada, menu, menu.buttons[-1])
    assert (subscription(state, channel).state, subscription(state, channel).owner_chat) == ("on", ada.id)


def test_changing_the_time_gives_no_second_digest_on_a_date(bot: Bot, ada: User, state: State) -> None:
    bot.say(ada.private(), "/digest")
    known = digests.change(state.connection, subscription(state, ada.private()), bot.now.timestamp(), state="on")
    assert known.due is not None
    day = known.schedule.local_date(bot.now + timedelta(days=1))
    digests.occurred(state.connection, known, day, "sent", bot.now.timestamp())
    later = digests.change(
        state.connection, digests.find(state.connection, known.id) or known, bot.now.timestamp(), at="23:59"
    )
    assert later.due is not None
    assert later.due > (bot.now + timedelta(days=1)).timestamp()


def test_chart_with_an_answer_and_by_its_button(bot: Bot, ada: User) -> None:
    sent = bot.say(ada.private(), "鹰石小屋和冰舌小屋一共有多少张床？")
    answer = next(s for s in sent if "📊" in s.buttons)
    photo = next(s for s in bot.press(ada, answer, "📊") if s.method == "sendPhoto")
    assert photo.ok
    assert "鹰石小屋" in photo.text
    sent = bot.say(ada.private(), "冰舌小屋海拔多少？画个图")
    assert [s.method for s in sent if s.method.startswith("send")] == ["sendMessage", "sendPhoto"]
    sent = bot.say(ada.private(), "何岭是谁？画个图")
    assert "画不成图" in sent[-1].text


def test_what_was_asked_is_counted_without_words(bot: Bot, ada: User, state: State) -> None:
    for _ in range(3):
        bot.say(ada.private(), "冰舌小屋海拔多少？")
    day = bot.now.date() + timedelta(days=1)
    [(entity, relation, times)] = digests.most_asked(state.connection, day, 5)
    assert times == 3
    assert entity
    assert relation
