"""Which message goes when: order within a chat, answers before digests, one pause for one chat."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import telegram

from bot.state import outbox
from bot.state.database import State
from bot.telegram.api import Api
from bot.telegram.call import DIGEST, Call
from bot.telegram.limits import Limiter, Window
from bot.telegram.request import NotSent, Request
from bot.telegram.sender import Sender
from tests.bot.telegram.running import settings
from tests.telegram_server import Chat, Limits, TelegramServer


@pytest.fixture
def chats(server: TelegramServer) -> list[Chat]:
    server.limits = Limits.off()
    made = [server.user(f"User {n}").private() for n in range(5)]
    for chat in made:
        chat.say("/start")
    return made


@pytest.fixture
async def api(server: TelegramServer, tmp_path: Path) -> AsyncIterator[Api]:
    made = Api(settings(server, tmp_path))
    await made.open()
    yield made
    await made.close()


def text(chat: Chat, words: str, **more: int) -> Call:
    return Call("sendMessage", {"text": words}, chat_id=chat.id, **more)  # type: ignore[arg-type]


class Post:
    """A sender with its outbox."""

    def __init__(self, api: Api, state: State, limiter: Limiter) -> None:
        self.state = state
        self.sender = Sender(api, state, limiter)

    def send(self, *calls: Call) -> list[bool]:
        """Store calls and have them sent, as one work does; which ones left at once."""
        admitted = self.sender.admit(calls)
        entries = outbox.add(self.state.connection, calls, admitted, time.time())
        self.state.connection.commit()
        self.sender.take(entries)
        return admitted

    async def empty(self) -> list[tuple[str, int]]:
        """Wait until everything is sent; state and number of the requests."""
        for _ in range(500):
            if not set(counts := outbox.counts(self.state.connection)) & {"pending", "sending"}:
                await self.sender.stop()
                return sorted(counts.items())
            await asyncio.sleep(0.01)
        raise AssertionError(counts)


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    made = State(f"sqlite:///{tmp_path / 'state.sqlite'}")
    yield made
    made.close()


async def test_answers_go_before_digests(server: TelegramServer, api: Api, state: State, chats: list[Chat]) -> None:
    post = Post(api, state, Limiter(Window(1, 0.0), Window(20, 0.0), Window(1, 0.02)))
    post.send(*(text(chat, f"digest {n}", priority=DIGEST) for n in range(3) for chat in chats[:3]))
    await asyncio.sleep(0.03)
    post.send(text(chats[4], "answer"))  # to somebody else
    post.send(text(chats[2], "answer"))  # to a chat that waits for digests
    assert await post.empty() == [("sent", 11)]
    texts = [sent.text for sent in server.log.find("sendMessage")]
    assert max(n for n, words in enumerate(texts) if words == "answer") <= 5
    of_one = [sent.text for sent in server.log.find("sendMessage", chat=chats[0].id)]
    assert of_one == ["digest 0", "digest 1", "digest 2"]


async def test_one_message_of_a_work_leaves_at_once(api: Api, state: State, chats: list[Chat]) -> None:
    post = Post(api, state, Limiter())
    answer = Call("answerCallbackQuery", {"callback_query_id": "1"})
    assert post.send(answer, text(chats[0], "a"), text(chats[0], "b"), text(chats[1], "c")) == [
        True,
        True,
        False,
        False,
    ]
    assert post.send(text(chats[0], "d")) == [False]
    await post.sender.stop()
    assert post.send(text(chats[3], "e"), answer) == [False, False]
    assert [entry.payload["text"] for entry in outbox.pending(state.connection)[:-1]] == ["b", "c", "d", "e"]


async def test_a_pause_of_one_chat_stops_no_other(
    server: TelegramServer, api: Api, state: State, chats: list[Chat]
) -> None:
    post = Post(api, state, Limiter(Window(1, 0.0), Window(20, 0.0), Window(100, 0.0)))
    server.faults.too_many(1, "sendMessage", chat=chats[0].id)
    post.send(text(chats[0], "late"))
    post.send(text(chats[0], "later"))
    await asyncio.sleep(0.1)
    for chat in chats[1:]:
        post.send(text(chat, "a"))
    assert await post.empty() == [("sent", 6)]
    assert [sent.text for sent in server.log.find("sendMessage")] == ["a", "a", "a", "a", "late", "later"]


async def test_what_is_too_late_is_not_sent(server: TelegramServer, api: Api, state: State, chats: list[Chat]) -> None:
    post = Post(api, state, Limiter())
    post.send(Call("sendChatAction", {"action": "typing"}, chat_id=chats[0].id, expires=time.time() - 1))
    assert await post.empty() == [("expired", 1)]
    assert not server.log.find("sendChatAction")


async def test_an_edit_of_what_was_never_sent(api: Api, state: State, chats: list[Chat]) -> None:
    post = Post(api, state, Limiter())
    post.send(Call("editMessageText", {"text": "b"}, chat_id=chats[0].id, edits=(chats[0].id, 1)))
    assert await post.empty() == [("failed", 1)]


async def test_no_server_no_message_lost(
    tmp_path: Path, state: State, chats: list[Chat], server: TelegramServer
) -> None:
    nowhere = settings(server, tmp_path).model_copy(update={"telegram_api": "http://127.0.0.1:9"})
    api = Api(nowhere)
    await api.open()
    post = Post(api, state, Limiter())
    post.send(text(chats[0], "a"))
    await asyncio.sleep(0.1)
    await post.sender.stop()
    await api.close()
    (waiting,) = outbox.pending(state.connection)
    assert waiting.attempts == 1
    assert waiting.not_before


async def test_limits_survive_a_restart(api: Api, state: State, chats: list[Chat]) -> None:
    first = Post(api, state, Limiter())
    first.send(text(chats[0], "a"))
    assert await first.empty() == [("sent", 1)]
    second = Post(api, state, Limiter())
    second.sender.recover()
    assert second.sender.admit([text(chats[0], "b")]) == [False]
    assert second.sender.admit([text(chats[1], "b")]) == [True]
    await second.sender.stop()


async def test_the_transport_serves_the_library(server: TelegramServer, chats: list[Chat]) -> None:
    async with telegram.Bot(server.token, base_url=f"{server.url}/bot", request=Request(server.url)) as bot:
        assert bot.username == "testbot"
        sent = await bot.send_document(chats[0].id, "乙".encode(), caption="甲", filename="a.txt")
        assert sent.document
        assert (sent.caption, sent.document.file_name, sent.document.file_size) == ("甲", "a.txt", 3)


async def test_a_transport_without_a_server_says_that_nothing_was_sent() -> None:
    request = Request("http://127.0.0.1:9")
    await request.initialize()
    with pytest.raises(NotSent):
        await request.call("http://127.0.0.1:9/bot1:x/getMe", {})
    await request.shutdown()
