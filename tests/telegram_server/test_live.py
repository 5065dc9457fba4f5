"""Telegram itself against the loopback server, word by word: for whoever has a bot's token.

    MODU_LIVE_TOKEN=… MODU_LIVE_CHAT=… python -m pytest --live tests/telegram_server/test_live.py

The chat is the id of somebody who has started that bot, and who gets a handful of messages. Don't use a bot that runs
somewhere: this suite takes its updates.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.telegram_server import Limits, TelegramServer

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def telegram() -> Iterator[httpx.Client]:
    token = os.environ.get("MODU_LIVE_TOKEN", "")
    if not token or not os.environ.get("MODU_LIVE_CHAT"):
        pytest.fail("--live needs MODU_LIVE_TOKEN and MODU_LIVE_CHAT")
    with httpx.Client(base_url=f"https://api.telegram.org/bot{token}", timeout=30) as client:
        yield client


@pytest.fixture
def chat() -> int:
    return int(os.environ["MODU_LIVE_CHAT"])


def ask(client: httpx.Client, method: str, **payload: Any) -> dict[str, Any]:
    time.sleep(1.1)  # one message a second
    body: dict[str, Any] = client.post(f"/{method}", json=payload).json()
    return body


def button(data: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "b", "callback_data": data}]]}


REFUSED = [
    ("sendMessage", {"text": "<i>x", "parse_mode": "HTML"}),
    ("sendMessage", {"text": "a<br>b", "parse_mode": "HTML"}),
    ("sendMessage", {"text": " "}),
    ("sendMessage", {"text": "字" * 4097}),
    ("sendMessage", {"text": "😀" * 2049}),
    ("sendMessage", {"text": "x", "message_thread_id": 1}),
    ("sendMessage", {"text": "x", "reply_parameters": {"message_id": 2**30}}),
    ("sendMessage", {"text": "x", "reply_markup": button("字" * 22)}),
    ("sendMessage", {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "b"}]]}}),
    ("sendMessage", {"text": "x", "parse_mode": "XML"}),
    ("sendMessage", {"text": "x", "chat_id": 5}),
    ("editMessageText", {"text": "x", "message_id": 2**30}),
    ("deleteMessage", {"message_id": 2**30}),
    ("sendChatAction", {"action": "dancing"}),
    ("answerCallbackQuery", {"callback_query_id": "1"}),
    ("answerInlineQuery", {"inline_query_id": "1", "results": []}),
    ("setMyCommands", {"commands": [{"command": "问", "description": "x"}]}),
    ("setWebhook", {"url": "http://example.org/"}),
    ("getFile", {"file_id": "nothing"}),
]


@pytest.mark.parametrize(("method", "payload"), REFUSED)
def test_telegram_refuses_in_the_same_words(
    telegram: httpx.Client, chat: int, server: TelegramServer, method: str, payload: dict[str, Any]
) -> None:
    server.limits = Limits.off()
    person = server.user("Ada")
    person.private().say("/start")
    with httpx.Client(base_url=f"{server.url}/bot{server.token}", trust_env=False) as loopback:
        ours = ask(loopback, method, **{"chat_id": person.id} | payload)
    theirs = ask(telegram, method, **{"chat_id": chat} | payload)
    server.violations.clear()
    assert (theirs["error_code"], theirs["description"]) == (ours["error_code"], ours["description"])


def test_telegram_shows_the_same_text_and_entities(telegram: httpx.Client, chat: int, server: TelegramServer) -> None:
    text = (
        " <b>字</b>😀 &lt;&amp;&gt; <blockquote expandable>来源 [1]\nhttps://example.org</blockquote> @someone /ask "
        "/ask天气 <code>@x</code> #话题 "
    )
    person = server.user("Ada")
    person.private().say("/start")
    with httpx.Client(base_url=f"{server.url}/bot{server.token}", trust_env=False) as loopback:
        ours = ask(loopback, "sendMessage", chat_id=person.id, text=text, parse_mode="HTML")["result"]
    theirs = ask(telegram, "sendMessage", chat_id=chat, text=text, parse_mode="HTML")["result"]
    assert (theirs["text"], theirs["entities"]) == (ours["text"], ours["entities"])


def test_a_message_lives_and_dies(telegram: httpx.Client, chat: int) -> None:
    sent = ask(telegram, "sendMessage", chat_id=chat, text="a", reply_markup=button("字" * 21))["result"]
    own = {"chat_id": chat, "message_id": sent["message_id"]}
    again = ask(telegram, "editMessageText", **own, text="a", reply_markup=button("字" * 21))
    assert again["description"].startswith("Bad Request: message is not modified")
    assert ask(telegram, "editMessageText", **own, text="b")["ok"]
    assert ask(telegram, "deleteMessage", **own)["ok"]
    assert ask(telegram, "deleteMessage", **own)["description"] == "Bad Request: message to delete not found"
