"""The webhook, as Telegram and as a stranger sees it."""

from __future__ import annotations

import json
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.settings import Settings
from bot.state.database import State
from bot.telegram.api import Api
from bot.telegram.intake import ALLOWED
from bot.telegram.lanes import Lanes
from bot.telegram.sender import Sender
from bot.telegram.webhook import LARGEST, application
from bot.telegram.work import Me
from knowledge.errors import ModuError
from tests.bot.telegram.running import Echo, rows, running, settings
from tests.telegram_server import Chat, TelegramServer

SECRET = "a-secret-that-only-telegram-knows"
ME = Me(1, "testbot")
HEADER = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def hooked(server: TelegramServer, folder: Path, url: str = "") -> Settings:
    address = f"127.0.0.1:{free_port()}"
    return settings(
        server, folder, webhook_url=url or f"http://{address}/telegram", webhook_secret=SECRET, listen=address
    )


@pytest.fixture
def chat(server: TelegramServer) -> Chat:
    return server.user("Ada").private()


@pytest.fixture
async def stranger(server: TelegramServer, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who found the address of a running bot."""
    wanted = hooked(server, tmp_path)
    async with running(wanted), httpx.AsyncClient(base_url=f"http://{wanted.listen}", trust_env=False) as client:
        await server.log.arrival("setWebhook")
        yield client


def update(number: int = 1, **message: Any) -> dict[str, Any]:
    person = {"id": 5, "is_bot": False, "first_name": "Ada"}
    chat = {"id": 5, "type": "private", "first_name": "Ada"}
    return {"update_id": number, "message": {"message_id": 1, "date": 1, "chat": chat, "from": person, **message}}


async def test_questions_are_answered(server: TelegramServer, chat: Chat, tmp_path: Path) -> None:
    waiting = [chat.say(str(number)) for number in range(5)]
    async with running(hooked(server, tmp_path)):
        told = await server.log.arrival("setWebhook")
        assert told.payload["allowed_updates"] == ALLOWED
        assert told.payload["secret_token"] == SECRET
        await server.log.arrival("sendMessage", count=5)
        assert [sent.reply_to for sent in server.log.find("sendMessage")] == [message.id for message in waiting]
    assert rows(tmp_path, "SELECT state, count(*) FROM inbox GROUP BY state") == [("done", 5)]
    assert [status for _, status in server.webhook.attempts] == [200] * 5


async def test_polling_after_a_webhook(server: TelegramServer, chat: Chat, tmp_path: Path) -> None:
    async with running(hooked(server, tmp_path)):
        await server.log.arrival("setWebhook")
    question = chat.say("a")
    async with running(settings(server, tmp_path)):
        await server.log.arrival("sendMessage", reply_to=question.id)


@pytest.mark.parametrize(
    "headers", [{}, {"X-Telegram-Bot-Api-Secret-Token": "wrong"}, {"X-Telegram-Bot-Api-Secret-Token": "ä"}]
)
async def test_who_does_not_know_the_secret_is_turned_away(
    headers: dict[str, str], stranger: httpx.AsyncClient, tmp_path: Path
) -> None:
    raw = {name: value.encode() for name, value in headers.items()}
    answer = await stranger.post("/telegram", json=update(text="a"), headers=raw)
    assert answer.status_code == 403
    assert not answer.content
    assert rows(tmp_path, "SELECT count(*) FROM inbox") == [0]


async def test_what_can_t_be_read_is_parked_and_does_not_come_again(
    stranger: httpx.AsyncClient, tmp_path: Path
) -> None:
    bad = [
        b"no JSON",
        b"[1]",
        b"{}",
        json.dumps({"update_id": "x"}).encode(),
        json.dumps(update(7, chat="nowhere")).encode(),
        json.dumps({"update_id": 8, "callback_query": {"from": 3}}).encode(),
        json.dumps({"update_id": 9, "something_new": {}}).encode(),
        b'{"update_id": 10, "message": {"text": "\\ud800"}}',
    ]
    for body in bad:
        assert (await stranger.post("/telegram", content=body, headers=HEADER)).status_code == 200
    assert (await stranger.post("/telegram", json=update(11, text="a"), headers=HEADER)).status_code == 200
    found = dict(rows(tmp_path, "SELECT update_id, state FROM inbox"))
    assert found.keys() == {7, 8, 9, 10, 11}
    assert found[7] in {"new", "parked"}


async def test_what_is_too_large_is_refused(stranger: httpx.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b" " * (LARGEST // 32)

    assert (await stranger.post("/telegram", content=b" " * (LARGEST + 1), headers=HEADER)).status_code == 413
    assert (await stranger.post("/telegram", content=endless(), headers=HEADER)).status_code == 413


async def test_other_addresses(stranger: httpx.AsyncClient) -> None:
    healthy = await stranger.get("/healthz")
    assert (healthy.status_code, healthy.text) == (200, "ok\n")
    assert (await stranger.get("/telegram", headers=HEADER)).status_code == 405
    assert (await stranger.post("/", headers=HEADER)).status_code == 404


async def test_an_address_that_telegram_does_not_take(server: TelegramServer, tmp_path: Path) -> None:
    with pytest.raises(ModuError, match=r"MODU_WEBHOOK_URL: Telegram does not take it: .*https url must be provided"):
        async with running(hooked(server, tmp_path, "http://modu.example/hook")) as task:
            await task


async def test_an_address_that_is_taken(server: TelegramServer, tmp_path: Path) -> None:
    wanted = hooked(server, tmp_path)
    port = int(wanted.listen.rpartition(":")[2])
    told = rf"MODU_LISTEN: 127\.0\.0\.1:{port} can't be listened on: Address already"
    with socket.create_server(("127.0.0.1", port)), pytest.raises(ModuError, match=told):
        async with running(wanted) as task:
            await task


async def test_a_database_that_fails_has_telegram_send_again(server: TelegramServer, tmp_path: Path) -> None:
    wanted = settings(server, tmp_path)
    state = State(wanted.database_url.get_secret_value())
    api = Api(wanted)
    lanes = Lanes(api, state, Sender(api, state), Echo(ME), ME)
    state.close()
    app = application(state, lanes, SECRET, "/hook")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:
        assert (await client.post("/hook", json=update(text="a"), headers=HEADER)).status_code == 503
