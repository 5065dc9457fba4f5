"""Each scripted fault, as python-telegram-bot meets it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import telegram
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import HTTPXRequest

from tests.telegram_server import Limits, TelegramServer


@pytest.fixture
async def bot(server: TelegramServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[telegram.Bot]:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    request = HTTPXRequest(read_timeout=20, httpx_kwargs={"trust_env": False, "verify": False})
    async with telegram.Bot(server.token, base_url=f"{server.url}/bot", request=request) as bot:
        server.limits = Limits.off()
        server.user("Ada").private().say("/start")
        yield bot


async def test_refusals(bot: telegram.Bot, server: TelegramServer) -> None:
    chat = next(iter(server.chats))
    server.faults.too_many(3, "sendMessage", chat=chat)
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(chat, "a")
    assert caught.value.retry_after == timedelta(seconds=3)
    server.faults.refuse(500, "Internal Server Error", times=2)
    for _ in range(2):
        with pytest.raises(NetworkError):
            await bot.send_message(chat, "a")
    server.faults.refuse(403, "Forbidden: user is deactivated")
    with pytest.raises(Forbidden):
        await bot.send_message(chat, "a")
    server.faults.refuse(400, "Bad Request: chat not found", "getChat")
    await bot.send_message(chat, "a")  # another method is not hit
    with pytest.raises(BadRequest):
        await bot.get_chat(chat)
    server.faults.bad_gateway()
    with pytest.raises(NetworkError):
        await bot.send_message(chat, "a")
    assert server.faults.left == 0
    assert [sent.code for sent in server.log.find("sendMessage", ok=None)] == [429, 500, 500, 403, 200, 502]


@pytest.mark.parametrize(
    ("fault", "stored", "error"),
    [
        (lambda faults: faults.reset("before", "sendMessage"), 0, NetworkError),
        (lambda faults: faults.reset("after", "sendMessage"), 1, NetworkError),
        (lambda faults: faults.reset("within", "sendMessage"), 1, NetworkError),
        (lambda faults: faults.delay(3.0, "sendMessage"), 1, TimedOut),
        (lambda faults: faults.bad_gateway("sendMessage", done=True), 1, NetworkError),
    ],
    ids=["reset before", "reset after", "reset within", "delay", "502 when done"],
)
async def test_lost_answers(
    bot: telegram.Bot, server: TelegramServer, fault: object, stored: int, error: type[TelegramError]
) -> None:
    chat = next(iter(server.chats.values()))
    fault(server.faults)  # type: ignore[operator]
    with pytest.raises(error):
        await bot.send_message(chat.id, "a", read_timeout=0.5 if error is TimedOut else 20)
    assert sum(message.sender is server.bot for message in chat.messages.values()) == stored
    assert [sent.lost for sent in server.log.find("sendMessage")] == [True] * stored
    await bot.send_message(chat.id, "b")  # and all is well again


async def test_a_poll_can_fail_too(bot: telegram.Bot, server: TelegramServer) -> None:
    server.faults.reset("after", "getUpdates")
    with pytest.raises(NetworkError):
        await bot.get_updates()
    assert len(await bot.get_updates()) == 1
    server.faults.refuse(502, "Bad Gateway")
    await bot.get_updates()  # a fault without a method spares getUpdates
    assert server.faults.left == 1
