"""Who is spoken to in a group: entities come from Telegram's own parser, never from us."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Message

from bot.telegram.addressed import Address, addressed
from bot.telegram.work import Me
from tests.telegram_server import judge

ME = Me(42, "testbot")
COMMANDS = frozenset({"ask", "help", "huts"})
GROUP = {"id": -100, "type": "supergroup", "title": "Readers"}
ADA = {"id": 7, "is_bot": False, "first_name": "Ada"}
BOT = {"id": 42, "is_bot": True, "first_name": "Test", "username": "testbot"}


def message(text: str, *, html: bool = False, **more: Any) -> Message:
    shown, entities = judge.parse(text, "HTML" if html else None)
    raw = {"message_id": 9, "date": 1, "chat": GROUP, "from": ADA, "text": shown, "entities": entities}
    made = Message.de_json(raw | more, None)
    assert made
    return made


def said(text: str, **how: Any) -> Address | None:
    return addressed(message(text, **how), ME, COMMANDS)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("/ask 天气", "天气"),
        ("/ask天气", "天气"),
        ("/ask@testbot 天气", "天气"),
        ("/ask@testbot天气", "天气"),
        ("/ask@TestBot 天气", "天气"),
        ("/ASK 天气", "天气"),
        ("（/ask 天气）", "天气"),
        ("（/ask天气）", "天气"),
        ("「/ask 天气」", "天气"),
        ("(/ask@testbot weather)", "weather"),
        ("  /ask\n天气", "天气"),
        ("/ask：天气", "天气"),
        ("/ask", ""),
        ("/ask 请看（注）", "请看（注）"),
        ("/ask 😀𠀀天气", "😀𠀀天气"),
    ],
)
def test_command(text: str, rest: str) -> None:
    found = said(text)
    assert found
    assert (found.command, found.text) == ("ask", rest)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("@testbot 天气", "天气"),
        ("@TestBot 天气", "天气"),
        ("@Testbot天气", "天气"),
        ("请问@Testbot天气", "请问天气"),
        ("请问 @testbot 天气", "请问 天气"),
        ("天气@testbot", "天气"),
        ("天气？@testbot", "天气？"),
        ("@testbot，天气", "天气"),
        ("@testbot: what is it", "what is it"),
        ("what is @testbot the weather", "what is the weather"),
        ("😀𠀀@testbot天气", "😀𠀀天气"),
        ("@testbot @testbot 天气", "天气"),
        ("（@testbot）天气", "（）天气"),
        ("@testbot", ""),
    ],
)
def test_mention(text: str, rest: str) -> None:
    assert said(text) == Address(rest, how="mention")


def test_text_mention_of_our_id() -> None:
    entities = [{"type": "text_mention", "offset": 2, "length": 2, "user": BOT}]
    assert said("请问小明天气", entities=entities) == Address("请问天气", how="mention")
    entities = [{"type": "text_mention", "offset": 2, "length": 2, "user": ADA}]
    assert said("请问小明天气", entities=entities) is None


def test_reply_to_us() -> None:
    ours = {"message_id": 5, "date": 1, "chat": GROUP, "from": BOT, "text": "an answer"}
    assert said("来源呢", reply_to_message=ours) == Address("来源呢", how="reply")
    assert said("@testbot 来源呢", reply_to_message=ours) == Address("来源呢", how="reply")
    assert said("@somebody 你看", reply_to_message=ours) is None
    assert said("来源呢", reply_to_message=ours | {"from": ADA}) is None


def test_message_in_a_topic_that_we_opened_is_no_reply() -> None:
    opened = {"message_id": 5, "date": 1, "chat": GROUP, "from": BOT}
    opened["forum_topic_created"] = {"name": "AI", "icon_color": 7322096}
    assert said("大家好", reply_to_message=opened, message_thread_id=5, is_topic_message=True) is None


@pytest.mark.parametrize(
    "text",
    [
        "天气",
        "/问 天气",
        "/weather",
        "/asking 天气",
        "/ask_me 天气",
        "/ask@otherbot 天气",
        "/ask@otherbot @testbot 天气",
        "/weather @testbot",
        "请用 /ask 天气",
        "@testbot2 天气",
        "@testbot_two",
        "ada@testbot.example",
        "写信到 ada@testbot",
        "https://example.com/@testbot",
        "testbot 天气",
        "@ testbot 天气",
        "@somebody 天气",
    ],
)
def test_silence(text: str) -> None:
    assert said(text) is None


@pytest.mark.parametrize(
    "text", ["<code>@testbot</code> 天气", "<pre>@testbot</pre>", '<a href="https://x.org">@testbot</a>']
)
def test_quoted_name_is_no_call(text: str) -> None:
    assert said(text, html=True) is None


def test_any_command_that_names_us_is_for_us() -> None:
    found = said("/weather@testbot")
    assert found
    assert found.command == "weather"


def test_forwarded_messages_and_those_of_bots_are_not_for_us() -> None:
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Bob"}
    assert said("@testbot 天气", forward_origin=origin) is None
    assert said("@testbot 天气", **{"from": BOT | {"id": 43}}) is None
    assert said("@testbot 天气", is_automatic_forward=True) is None
    assert said("@testbot 天气", via_bot=BOT) is None


def test_anonymous_administrator_and_channel_are_heard() -> None:
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    assert said("/ask 天气", **{"from": anonymous}, sender_chat=GROUP)
    assert said("/ask 天气", **{"from": None}, sender_chat=GROUP)


def test_caption_is_read() -> None:
    shown, entities = judge.parse("@testbot 天气", None)
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
    raw = {"message_id": 9, "date": 1, "chat": GROUP, "from": ADA, "photo": photo, "caption": shown}
    made = Message.de_json(raw | {"caption_entities": entities}, None)
    assert made
    assert addressed(made, ME, COMMANDS) == Address("天气", how="mention")


PIECES = [
    "@testbot",
    "@TestBot",
    "/ask",
    "/ask@testbot",
    "/ask@other",
    "天气",
    " ",
    "，",
    "（",
    "）",
    "😀",
    "𠀀",
    "@a",
    "x",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), min_size=1, max_size=8).map("".join))
def test_any_text_is_for_us_or_not(text: str) -> None:
    found = said(text)
    if "testbot" not in text.casefold() and "/ask" not in text.casefold():
        assert found is None
    if found and found.how == "mention":
        assert len(found.text) < len(text)


@pytest.mark.parametrize("text", ["天气", "@testbot 天气", "/weather", "/ask@testbot 天气"])
def test_everything_in_private_is_for_us(text: str) -> None:
    assert said(text, chat={"id": 7, "type": "private", "first_name": "Ada"})


def test_what_we_posted_for_a_user_in_private_is_not() -> None:
    assert said("天气", chat={"id": 7, "type": "private", "first_name": "Ada"}, via_bot=BOT) is None
