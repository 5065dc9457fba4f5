"""Each rule of the server has a row here: a fake that accepts everything proves nothing."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from tests.telegram_server import Limits, TelegramServer

PERSON = 7_000_000_001


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + b"\0" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def keyboard(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "b"} | button]]}


def article(number: str, text: str = "x", **more: Any) -> dict[str, Any]:
    content = {"message_text": text, "parse_mode": "HTML"}
    return {"type": "article", "id": number, "title": "t", "input_message_content": content} | more


@pytest.fixture
def ada(server: TelegramServer) -> Any:
    server.limits = Limits.off()
    ada = server.user("Ada")
    assert ada.id == PERSON
    ada.private().say("/start")
    return ada


TOO_LONG = "<b>" + "字" * 4097 + "</b>"
REFUSED = [
    ({"text": "<i>x"}, "can't parse entities: Can't find end tag corresponding to start tag \"i\""),
    ({"text": "a<br>b"}, 'can\'t parse entities: Unsupported start tag "br" at byte offset 1'),
    ({"text": "<b><i>x</b></i>"}, "can't parse entities: Unmatched end tag at byte offset 7, expected"),
    ({"text": "x", "parse_mode": "XML"}, "unsupported parse_mode"),
    ({"text": ""}, "message text is empty"),
    ({"text": "<b> \n </b>"}, "message text is empty"),
    ({"text": TOO_LONG}, "message is too long"),
    ({"text": "😀" * 2049}, "message is too long"),
    ({"text": "".join(f"<b>{n}</b> " for n in range(101))}, "ENTITIES_TOO_LONG"),
    ({"text": "x", "chat_id": 5}, "chat not found"),
    ({"text": "x", "chat_id": "@nobody"}, "chat not found"),
    ({"text": "x", "message_thread_id": 1}, "message thread not found"),
    ({"text": "x", "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
    ({"text": "x", "reply_markup": keyboard(callback_data="字" * 22)}, "BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": keyboard(callback_data="")}, "BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": keyboard()}, "can't parse inline keyboard button: Text buttons are unallowed"),
    ({"text": "x", "reply_markup": keyboard(callback_data="a", url="https://x.cn")}, "BUTTON_TYPE_INVALID"),
    ({"text": "x", "reply_markup": keyboard(url="no link")}, "inline keyboard button URL"),
    ({"text": "x", "reply_markup": keyboard(text=" ", callback_data="a")}, "can't parse inline keyboard button"),
    (
        {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "b", "callback_data": "a"}] * 8] * 13}},
        "reply markup is too long",
    ),
]


@pytest.mark.parametrize(("payload", "words"), REFUSED)
def test_a_message_is_refused(call: Callable[..., Any], ada: Any, payload: dict[str, Any], words: str) -> None:
    answer = call("sendMessage", **({"chat_id": ada.id, "parse_mode": "HTML"} | payload))
    assert answer["error_code"] == 400
    assert answer["description"].startswith(f"Bad Request: {words}")


@pytest.mark.parametrize(
    "payload",
    [
        {"text": "字" * 4096},
        {"text": "<b>" + "字" * 4096 + "</b>"},
        {"text": "&lt;&gt;&amp;&quot;"},
        {"text": "<blockquote expandable>q</blockquote><tg-spoiler>s</tg-spoiler>"},
        {"text": "x", "reply_markup": keyboard(callback_data="字" * 21 + "a")},
        {"text": "x", "reply_parameters": {"message_id": 999, "allow_sending_without_reply": True}},
        {"text": "x", "reply_markup": {"inline_keyboard": []}},
    ],
)
def test_a_message_is_taken(call: Callable[..., Any], ada: Any, payload: dict[str, Any]) -> None:
    assert call("sendMessage", **({"chat_id": ada.id, "parse_mode": "HTML"} | payload))["ok"]


def test_entities_come_from_tdlib(call: Callable[..., Any], ada: Any) -> None:
    text = "  <b>字</b>😀 <blockquote expandable>@testbot</blockquote> <code>@testbot</code> "
    result = call("sendMessage", chat_id=ada.id, text=text, parse_mode="HTML")["result"]
    assert result["text"] == "字😀 @testbot @testbot"
    assert [(e["type"], e["offset"], e["length"]) for e in result["entities"]] == [
        ("bold", 0, 1),
        ("expandable_blockquote", 4, 8),
        ("mention", 4, 8),
        ("code", 13, 8),
    ]


GLUED = ["@testbot天气", "请问@testbot天气", "/ask天气", "/ask@testbot天气", "/问"]


@pytest.mark.parametrize("text", GLUED)
def test_glued_chinese_carries_no_entity(ada: Any, text: str) -> None:
    assert ada.private().say(text).entities == []


def test_edits(call: Callable[..., Any], ada: Any, server: TelegramServer) -> None:
    chat = {"chat_id": ada.id}
    sent = call("sendMessage", **chat, text="a", reply_markup=keyboard(callback_data="x"))["result"]
    own = chat | {"message_id": sent["message_id"]}
    asked = ada.private().say("q")

    def words(method: str, **payload: Any) -> str:
        return str(call(method, **payload).get("description", "ok"))

    assert "message is not modified: specified" in words(
        "editMessageText", **own, text="a", reply_markup=keyboard(callback_data="x")
    )
    assert words("editMessageText", **own, text="<b>a</b>", parse_mode="HTML") == "ok"
    assert "not modified" in words("editMessageReplyMarkup", **own)
    assert words("editMessageReplyMarkup", **own, reply_markup=keyboard(callback_data="y")) == "ok"
    assert words("editMessageText", **chat, message_id=999, text="b") == "Bad Request: message to edit not found"
    assert words("editMessageText", **chat, message_id=asked.id, text="b") == "Bad Request: message can't be edited"
    assert "parse entities" in words("editMessageText", **own, text="<b>", parse_mode="HTML")
    assert words("deleteMessage", **own) == "ok"
    assert words("deleteMessage", **own) == "Bad Request: message to delete not found"
    assert sent["message_id"] not in server.chats[ada.id].messages


def test_queries_grow_old(call: Callable[..., Any], ada: Any, server: TelegramServer) -> None:
    sent = call("sendMessage", chat_id=ada.id, text="a", reply_markup=keyboard(callback_data="x"))["result"]
    message = server.chats[ada.id].messages[sent["message_id"]]
    pressed, typed = ada.press(message, "b"), ada.inline("q")
    server.clock.advance(29)
    assert call("answerInlineQuery", inline_query_id=typed, results=[])["ok"]
    server.clock.advance(2)
    old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert call("answerInlineQuery", inline_query_id=typed, results=[])["description"] == old
    assert call("answerCallbackQuery", callback_query_id=pressed)["ok"]
    server.clock.advance(120)
    assert call("answerCallbackQuery", callback_query_id=pressed)["description"] == old
    assert call("answerCallbackQuery", callback_query_id="1")["description"] == old


@pytest.mark.parametrize(
    ("results", "words"),
    [
        ([article(str(n)) for n in range(51)], "RESULTS_TOO_MUCH"),
        ([article("1"), article("1")], "RESULT_ID_DUPLICATE"),
        ([article("字" * 22)], "RESULT_ID_INVALID"),
        ([article("1", "<br>")], "can't parse entities"),
        ([article("1", " ")], "message text is empty"),
        ([article("1", title=" ")], "ARTICLE_TITLE_EMPTY"),
        ([article("1", reply_markup=keyboard(callback_data="字" * 22))], "BUTTON_DATA_INVALID"),
    ],
)
def test_inline_results_are_refused(call: Callable[..., Any], ada: Any, results: list[Any], words: str) -> None:
    answer = call("answerInlineQuery", inline_query_id=ada.inline("q"), results=results)
    assert answer["description"].startswith(f"Bad Request: {words}")
    assert call("answerInlineQuery", inline_query_id=ada.inline("q"), results=[article(str(n)) for n in range(50)])[
        "ok"
    ]


def test_a_chat_can_be_closed_to_the_bot(call: Callable[..., Any], ada: Any, server: TelegramServer) -> None:
    def words(chat: Any, **payload: Any) -> str:
        answer = call("sendMessage", chat_id=chat.id, text="x", **payload)
        return str(answer.get("description", "ok"))

    assert words(server.user("Stranger").private()) == "Forbidden: bot can't initiate conversation with a user"
    ada.block()
    assert words(ada.private()) == "Forbidden: bot was blocked by the user"
    ada.unblock()
    assert words(ada.private()) == "ok"
    for kind in ("group", "supergroup"):
        group = server.group(kind=kind)
        assert words(group) == "ok"
        group.muted = True
        assert words(group) == "Bad Request: not enough rights to send text messages to the chat"
        group.admit("kicked", by=ada)
        assert words(group) == f"Forbidden: bot was kicked from the {kind} chat"
        group.admit("left", by=ada)
        assert words(group) == f"Forbidden: bot is not a member of the {kind} chat"
    channel = server.channel(bot="member")
    assert words(channel) == "Bad Request: need administrator rights in the channel chat"
    channel.admit("left")
    assert words(channel) == "Forbidden: bot is not a member of the channel chat"


def test_topics(call: Callable[..., Any], ada: Any, server: TelegramServer) -> None:
    forum = server.group(forum=True)
    thread = forum.topic("天气")
    asked = forum.say(ada, "/ask", thread=thread)
    sent = call("sendMessage", chat_id=forum.id, text="x", message_thread_id=thread)["result"]
    assert sent["message_thread_id"] == thread
    assert sent["is_topic_message"]
    reply = call("sendMessage", chat_id=forum.id, text="x", reply_parameters={"message_id": asked.id})["result"]
    assert reply["message_thread_id"] == thread
    for wrong in (1, 999):
        answer = call("sendMessage", chat_id=forum.id, text="x", message_thread_id=wrong)
        assert answer["description"] == "Bad Request: message thread not found"
    assert call("sendChatAction", chat_id=forum.id, action="typing", message_thread_id=1)["ok"]
    forum.closed.add(thread)
    answer = call("sendMessage", chat_id=forum.id, text="x", message_thread_id=thread)
    assert answer["description"] == "Bad Request: TOPIC_CLOSED"


def test_a_group_becomes_a_supergroup(call: Callable[..., Any], ada: Any, server: TelegramServer) -> None:
    group = server.group()
    new = group.migrate()
    answer = call("sendMessage", chat_id=group.id, text="x")
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": new.id}
    assert call("sendMessage", chat_id=new.id, text="x")["ok"]
    told = [u["message"] for u in call("getUpdates")["result"] if "message" in u]
    assert [m["chat"]["id"] for m in told if "migrate_to_chat_id" in m] == [group.id]
    assert [m["migrate_from_chat_id"] for m in told if "migrate_from_chat_id" in m] == [group.id]


def test_files(call: Callable[..., Any], ada: Any, server: TelegramServer) -> None:
    import httpx

    chat = {"chat_id": ada.id}
    sent = call("sendPhoto", **chat, caption="<b>c</b>", parse_mode="HTML", files={"photo": ("a.png", png(30, 20))})
    assert sent["result"]["caption_entities"] == [{"type": "bold", "offset": 0, "length": 1}]
    assert (sent["result"]["photo"][0]["width"], sent["result"]["photo"][0]["height"]) == (30, 20)
    again = call("sendPhoto", **chat, photo=sent["result"]["photo"][0]["file_id"])
    assert again["ok"]
    document = call("sendDocument", **chat, document="attach://f0", files={"f0": ("a.csv", b"1,2")})["result"][
        "document"
    ]
    path = call("getFile", file_id=document["file_id"])["result"]["file_path"]
    assert httpx.get(f"{server.url}/file/bot{server.token}/{path}", trust_env=False).content == b"1,2"
    assert call("sendPhoto", **chat, files={"photo": ("a.png", b"no image")})["description"].endswith(
        "IMAGE_PROCESS_FAILED"
    )
    long = call("sendDocument", **chat, caption="字" * 1025, files={"document": ("a.csv", b"1")})
    assert long["description"] == "Bad Request: message caption is too long"
    assert "wrong file identifier" in call("sendPhoto", **chat, photo="nothing")["description"]
    flat = call("sendPhoto", **chat, files={"photo": ("a.png", png(4000, 10))})
    assert flat["description"].endswith("PHOTO_INVALID_DIMENSIONS")


def test_menus_have_scope_and_language(call: Callable[..., Any]) -> None:
    menu = [{"command": "ask", "description": "提问"}]
    groups = {"type": "all_group_chats"}
    assert call("setMyCommands", commands=menu, scope=groups, language_code="zh")["ok"]
    assert call("getMyCommands", scope=groups, language_code="zh")["result"] == menu
    assert call("getMyCommands", scope=groups)["result"] == []
    bad = call("setMyCommands", commands=[{"command": "问", "description": "x"}])
    assert bad["description"] == "Bad Request: BOT_COMMAND_INVALID"


def test_members_and_administrators(call: Callable[..., Any], ada: Any, server: TelegramServer) -> None:
    group = server.group(admins=(ada,))
    assert call("getChatMember", chat_id=group.id, user_id=ada.id)["result"]["status"] == "administrator"
    assert call("getChatMember", chat_id=group.id, user_id=server.bot.id)["result"]["status"] == "member"
    assert [m["user"]["id"] for m in call("getChatAdministrators", chat_id=group.id)["result"]] == [ada.id]
    assert call("getChatAdministrators", chat_id=ada.id)["error_code"] == 400
    assert call("getChat", chat_id=group.id)["result"]["title"] == "Readers"
    rights = "Bad Request: not enough rights to manage pinned messages in the chat"
    sent = call("sendMessage", chat_id=group.id, text="x")["result"]
    assert call("pinChatMessage", chat_id=group.id, message_id=sent["message_id"])["description"] == rights
    group.admit("administrator", by=ada)
    assert call("pinChatMessage", chat_id=group.id, message_id=sent["message_id"])["ok"]
    assert call("leaveChat", chat_id=group.id)["ok"]
    assert call("getChatMember", chat_id=group.id, user_id=ada.id)["error_code"] == 403


def test_who_asks_with_another_token_or_for_another_method(server: TelegramServer) -> None:
    import httpx

    def answer(path: str) -> tuple[int, str]:
        response = httpx.post(server.url + path, trust_env=False)
        return response.status_code, response.json()["description"]

    assert answer("/bot1:wrong/getMe") == (401, "Unauthorized")
    assert answer(f"/bot{server.token}/sendCake") == (404, "Not Found: method not found")
    assert server.violations.pop().endswith("sendCake")


@pytest.mark.parametrize(
    ("method", "payload", "words"),
    [
        ("sendMessage", {"chat_id": PERSON}, "text"),
        ("sendMessage", {"chat_id": PERSON, "text": "x", "colour": "red"}, "sendMessage.colour"),
        ("sendMessage", {"chat_id": PERSON, "text": "x", "reply_markup": keyboard(callback_data="a", c=1)}, "c"),
        ("sendChatAction", {"chat_id": "nobody", "action": ["typing"]}, "action"),
    ],
)
def test_unknown_and_missing_fields_are_violations(
    call: Callable[..., Any], ada: Any, server: TelegramServer, method: str, payload: dict[str, Any], words: str
) -> None:
    assert call(method, **payload)["error_code"] == 400
    with pytest.raises(AssertionError, match=words):
        server.check()
    server.violations.clear()


def test_the_rate_model(call: Callable[..., Any], server: TelegramServer) -> None:
    server.clock.run(0)
    people = [server.user(f"User {n}") for n in range(40)]
    for person in people:
        person.private().say("/start")

    def wait(chat: int) -> int:
        answer = call("sendMessage", chat_id=chat, text="x")
        if not answer["ok"]:
            assert answer["description"] == f"Too Many Requests: retry after {answer['parameters']['retry_after']}"
        return int(answer.get("parameters", {}).get("retry_after", 0))

    assert [wait(people[0].id), wait(people[0].id)] == [0, 1]  # one a second in a chat
    server.clock.advance(1)
    assert wait(people[0].id) == 0
    server.clock.advance(10)
    assert [wait(person.id) for person in people] == [0] * 30 + [1] * 10  # 30 a second overall
    group = server.group()
    for _ in range(20):
        server.clock.advance(1)
        assert wait(group.id) == 0
    server.clock.advance(1)
    assert wait(group.id) == 40  # 20 a minute in a group
    server.clock.advance(40)
    assert wait(group.id) == 0
