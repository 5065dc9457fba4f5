"""How updates reach a bot: long polling, webhook, privacy mode, and what Telegram does wrong at times."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from tests.telegram_server import Chat, TelegramServer

Call = Callable[..., dict[str, Any]]


def ids(answer: dict[str, Any]) -> list[int]:
    return [update["update_id"] for update in answer["result"]]


def texts(answer: dict[str, Any]) -> list[str]:
    return [update["message"]["text"] for update in answer["result"] if "text" in update.get("message", {})]


@pytest.fixture
def chat(server: TelegramServer) -> Chat:
    return server.user("Ada").private()


def test_an_update_is_redelivered_until_it_is_confirmed(call: Call, chat: Chat) -> None:
    for text in "abc":
        chat.say(text)
    first = call("getUpdates", limit=2)
    assert texts(first) == ["a", "b"]
    assert ids(call("getUpdates", limit=2)) == ids(first)
    assert texts(call("getUpdates", offset=ids(first)[0] + 1)) == ["b", "c"]
    assert texts(call("getUpdates", offset=-1)) == ["c"]
    assert texts(call("getUpdates")) == ["c"]


def test_a_poll_waits_for_an_update(call: Call, chat: Chat, server: TelegramServer) -> None:
    threading.Timer(0.2, chat.say, ["late"]).start()
    assert texts(call("getUpdates", timeout=20)) == ["late"]
    assert call("getUpdates", offset=server.updates.next_id, timeout=0)["result"] == []


def test_allowed_updates_stick_and_hold_for_what_comes_later(call: Call, chat: Chat, server: TelegramServer) -> None:
    asked = chat.say("a")
    call("getUpdates", allowed_updates=["edited_message"])
    chat.say("b")
    asked.edit("c")
    kinds = [set(update) - {"update_id"} for update in call("getUpdates")["result"]]
    assert kinds == [{"message"}, {"edited_message"}]
    call("getUpdates", offset=server.updates.next_id, allowed_updates=[])
    chat.say("d")
    assert texts(call("getUpdates")) == ["d"]
    group = server.group(bot="administrator")
    group.admit("member", user=server.user("Bob"))
    assert not any("chat_member" in update for update in call("getUpdates")["result"])


def test_a_second_poller_ends_the_first(call: Call, chat: Chat, server: TelegramServer) -> None:
    import httpx

    answers: list[dict[str, Any]] = []
    url = f"{server.url}/bot{server.token}/getUpdates"
    first = threading.Thread(
        target=lambda: answers.append(httpx.post(url, json={"timeout": 20}, timeout=30, trust_env=False).json())
    )
    first.start()
    server.log.until(lambda: server.updates.polls == 1)
    assert call("getUpdates", timeout=0)["ok"]
    first.join(20)
    assert answers[0]["error_code"] == 409
    assert "terminated by other getUpdates request" in answers[0]["description"]


def test_updates_grow_old(call: Call, chat: Chat, server: TelegramServer) -> None:
    chat.say("a")
    sent = call(
        "sendMessage",
        chat_id=chat.id,
        text="x",
        reply_markup={"inline_keyboard": [[{"text": "b", "callback_data": "d"}]]},
    )
    assert chat.peer
    chat.peer.press(chat.messages[sent["result"]["message_id"]], "b")
    chat.peer.inline("q")
    assert len(ids(call("getUpdates"))) == 3
    server.clock.advance(31)
    assert [update.keys() - {"update_id"} for update in call("getUpdates")["result"]] == [
        {"message"},
        {"callback_query"},
    ]
    server.clock.advance(120)
    assert texts(call("getUpdates")) == ["a"]
    server.clock.advance(86400)
    assert call("getUpdates")["result"] == []


def test_duplicates_and_disorder(call: Call, chat: Chat, server: TelegramServer) -> None:
    first = chat.say("a").update_id
    assert first
    call("getUpdates")
    assert call("getUpdates", offset=first + 1)["result"] == []
    server.updates.repeat(first)
    assert ids(call("getUpdates", offset=first + 1)) == [first]
    assert call("getUpdates", offset=first + 1)["result"] == []
    server.updates.hold()
    chat.say("b")
    chat.say("c")
    assert call("getUpdates", offset=first + 1)["result"] == []
    server.updates.release(reversed)
    assert texts(call("getUpdates", offset=first + 1)) == ["c", "b"]


def test_ids_start_anew_after_an_idle_week(call: Call, chat: Chat, server: TelegramServer) -> None:
    last = chat.say("a").update_id
    assert last
    server.updates.jump(77)
    assert chat.say("b").update_id == 77
    assert ids(call("getUpdates", offset=last + 1)) == [77]


def test_privacy_mode(call: Call, server: TelegramServer) -> None:
    server.reads_all = False
    ada = server.user("Ada")
    group = server.group()
    assert call("getMe")["result"]["can_read_all_group_messages"] is False
    call("sendMessage", chat_id=group.id, text="hello")
    ours = next(message for message in group.messages.values() if message.sender is server.bot)
    for text in ("天气", "@testbot 天气", "/ask@otherbot 天气", "（/ask 天气）", "/ask天气"):
        assert group.say(ada, text).update_id is None
    for text in ("/ask 天气", "/ask@TestBot 天气"):
        assert group.say(ada, text).update_id
    assert group.say(ada, "天气", reply_to=ours).update_id
    assert group.say(ada, "天气", reply_to=group.say(ada, "other")).update_id is None
    group.admit("administrator", by=ada)
    assert group.say(ada, "天气").update_id
    group.admit("kicked", by=ada)
    assert group.say(ada, "/ask 天气").update_id is None


def test_who_speaks(call: Call, server: TelegramServer) -> None:
    ada = server.user("Ada")
    group = server.group(forum=True, admins=(ada,))
    thread = group.topic("天气")
    group.say(ada, "a", anonymous=True)
    group.say(ada, "b", thread=thread)
    group.say(ada, f'<a href="tg://user?id={server.bot.id}">机器人</a> 天气', html=True)
    server.channel().say("c")
    updates = call("getUpdates")["result"]
    said = {m["text"]: m for u in updates if "text" in (m := u.get("message") or u.get("channel_post") or {})}
    assert said["a"]["from"]["id"] == 1087968824
    assert said["a"]["sender_chat"]["id"] == group.id
    assert said["b"]["message_thread_id"] == thread
    assert "forum_topic_created" in said["b"]["reply_to_message"]
    assert said["机器人 天气"]["entities"][0]["user"]["id"] == server.bot.id
    assert "from" not in said["c"]
    assert [u["my_chat_member"]["new_chat_member"]["status"] for u in updates if "my_chat_member" in u] == [
        "member",
        "administrator",
    ]


def test_webhook(call: Call, chat: Chat, server: TelegramServer, hook: tuple[Any, str]) -> None:
    handler, url = hook
    handler.statuses[:] = [500, 503]
    server.webhook.retry_after = 0.01
    early = chat.say("early").update_id
    assert call("setWebhook", url=url, secret_token="s3cret", allowed_updates=["message"])["ok"]
    assert call("getUpdates")["error_code"] == 409
    later = [chat.say("b").update_id, chat.say("c").update_id]
    server.log.until(lambda: server.updates.pending == 0)
    assert [number for number, _ in handler.got] == [early, early, early, *later]  # one chat, one queue
    assert {secret for _, secret in handler.got} == {"s3cret"}
    info = call("getWebhookInfo")["result"]
    assert info["url"] == url
    assert info["last_error_message"].startswith("Wrong response from the webhook: 503")
    assert call("deleteWebhook")["ok"]
    assert call("getUpdates")["ok"]


def test_webhook_chats_do_not_wait_for_each_other(
    call: Call, chat: Chat, server: TelegramServer, hook: tuple[Any, str]
) -> None:
    handler, url = hook
    handler.statuses[:] = [500]
    server.webhook.retry_after = 5.0
    call("setWebhook", url=url)
    blocked = chat.say("a").update_id
    server.log.until(lambda: len(server.webhook.attempts) == 1)
    other = server.user("Bob").private().say("b").update_id
    server.log.until(lambda: len(server.webhook.attempts) == 2)
    assert server.webhook.attempts == [(blocked, 500), (other, 200)]


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        ({"url": "http://example.org/x"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://example.org/x", "secret_token": "密"}, "secret token contains unallowed characters"),
    ],
)
def test_webhook_refusals(call: Call, payload: dict[str, Any], words: str) -> None:
    assert call("setWebhook", **payload)["description"] == f"Bad Request: {words}"


def test_who_comes_and_goes(call: Call, server: TelegramServer) -> None:
    ada = server.user("Ada")
    ada.private().say("/start")  # no news of membership: that comes with a block only
    ada.block()
    ada.unblock()
    ada.private().say("/start")
    group = server.group(bot=None)
    group.admit("member", by=ada)
    updates = call("getUpdates")["result"]
    assert [u["my_chat_member"]["new_chat_member"]["status"] for u in updates if "my_chat_member" in u] == [
        "kicked",
        "member",
        "member",
    ]
    assert updates[-1]["message"]["new_chat_members"][0]["id"] == server.bot.id
