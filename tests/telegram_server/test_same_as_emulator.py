"""The same scenario on lo-bot-api-emulator, which somebody else wrote, and on ours: transport, and what both refuse."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest
import telegram
from aiohttp import web
from lo_bot_api_emulator import LoBotApiEmulator
from telegram.error import BadRequest, Conflict
from telegram.request import HTTPXRequest

from tests.telegram_server import TOKEN, Limits, TelegramServer


@dataclass
class Side:
    """One of the two servers, and a bot that talks to it."""

    bot: telegram.Bot
    say: Callable[[str], Awaitable[Any]]
    deliver: Callable[[], Awaitable[Any]]  # try the webhook once more
    chat: int


@pytest.fixture(params=["ours", "emulator"])
async def side(request: pytest.FixtureRequest, server: TelegramServer) -> AsyncIterator[Side]:
    server.limits = Limits.off()
    ada = server.user("Ada")
    chat = ada.private()

    def bot(url: str) -> telegram.Bot:
        one, other = (HTTPXRequest(httpx_kwargs={"trust_env": False, "verify": False}) for _ in range(2))
        return telegram.Bot(TOKEN, base_url=f"{url}/bot", request=one, get_updates_request=other)

    if request.param == "ours":
        server.webhook.retry_after = 0.01

        async def say(text: str) -> None:
            chat.say(text)

        async def settle() -> None:
            await asyncio.to_thread(server.settled)

        async with bot(server.url) as ours:
            chat.say("/start")
            await ours.get_updates(offset=-1)
            await ours.get_updates(offset=server.updates.next_id)
            yield Side(ours, say, settle, ada.id)
        return

    emulator = LoBotApiEmulator(allow_insecure_loopback_webhooks=True)
    numbers = itertools.count(1)

    async def tell(text: str) -> None:
        message = {"message_id": next(numbers), "date": 1, "chat": chat.json(), "from": ada.json(), "text": text}
        await emulator.enqueue_update({"message": message}, token=TOKEN)

    runner = web.AppRunner(emulator.app())
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    async with bot(f"http://127.0.0.1:{port}") as theirs:
        yield Side(theirs, tell, lambda: emulator.deliver_updates(token=TOKEN), ada.id)
    await runner.cleanup()


async def texts(side: Side, **options: Any) -> list[str | None]:
    return [update.message.text for update in await side.bot.get_updates(**options) if update.message]


async def test_polling(side: Side) -> None:
    assert await texts(side) == []
    for text in "abc":
        await side.say(text)
    updates = await side.bot.get_updates(limit=2)
    assert [update.message and update.message.text for update in updates] == ["a", "b"]
    assert await texts(side, limit=2) == ["a", "b"]  # not confirmed, so once more
    assert await texts(side, offset=updates[0].update_id + 1) == ["b", "c"]
    assert await texts(side, offset=-1) == ["c"]
    assert await texts(side, offset=updates[1].update_id + 2) == []


async def test_long_polling(side: Side) -> None:
    waiting = asyncio.create_task(texts(side, timeout=20))
    await asyncio.sleep(0.05)
    await side.say("a")
    assert await waiting == ["a"]


async def test_allowed_updates_stick(side: Side) -> None:
    await texts(side, allowed_updates=["callback_query"])
    await side.say("a")
    assert await texts(side) == []


async def test_one_of_two_pollers_is_refused(side: Side) -> None:
    async def poll() -> str:
        try:
            await side.bot.get_updates(timeout=1)
        except Conflict:
            return "409"
        return "200"

    assert sorted(await asyncio.gather(poll(), poll())) == ["200", "409"]


async def test_webhook(side: Side, hook: tuple[Any, str]) -> None:
    handler, url = hook
    handler.statuses[:] = [503]
    assert await side.bot.set_webhook(url, secret_token="s3cret")
    with pytest.raises(Conflict):
        await side.bot.get_updates()
    await side.say("a")
    await side.deliver()
    assert len(handler.got) == 2  # refused, then taken
    assert {secret for _, secret in handler.got} == {"s3cret"}
    assert len({number for number, _ in handler.got}) == 1
    assert (await side.bot.get_webhook_info()).pending_update_count == 0
    await side.bot.delete_webhook()
    assert await texts(side) == []


LONG = "字" * 4097
BUTTON = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("b", callback_data="字" * 22)]])


async def test_sending(side: Side) -> None:
    sent = await side.bot.send_message(side.chat, "a")
    assert (sent.text, sent.chat.id) == ("a", side.chat)
    edited = await side.bot.edit_message_text("b", side.chat, sent.message_id)
    assert isinstance(edited, telegram.Message)
    assert (edited.text, edited.message_id) == ("b", sent.message_id)
    assert await side.bot.send_chat_action(side.chat, "typing")
    assert await side.bot.delete_message(side.chat, sent.message_id)


@pytest.mark.parametrize(
    "request_",
    [
        lambda side: side.bot.send_message(side.chat, LONG),
        lambda side: side.bot.send_message(side.chat, ""),
        lambda side: side.bot.send_message(0, "a"),
        lambda side: side.bot.send_message(side.chat, "a", reply_markup=BUTTON),
        lambda side: side.bot.send_chat_action(side.chat, "dancing"),
        lambda side: side.bot.answer_callback_query(""),
        lambda side: side.bot.set_webhook("http://example.org/"),
        lambda side: side.bot.set_webhook("https://example.org/", secret_token="no spaces"),
    ],
    ids=["long", "empty", "no chat", "callback data", "action", "query", "http", "secret"],
)
async def test_both_refuse(side: Side, request_: Callable[[Side], Awaitable[Any]]) -> None:
    with pytest.raises(BadRequest):
        await request_(side)
