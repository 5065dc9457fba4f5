"""From Telegram to a handler and back, over HTTP: nothing is lost, nothing is doubled, whatever goes wrong between."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from telegram import Update

from bot.state import outbox
from bot.state.database import State
from bot.telegram import sender as sending
from bot.telegram.call import Call
from bot.telegram.work import Work
from knowledge.errors import ModuError
from tests.bot.telegram.running import Echo, rows, running, settings
from tests.telegram_server import Chat, TelegramServer

INBOX = "SELECT state, count(*) FROM inbox GROUP BY state"
OUTBOX = "SELECT state, count(*) FROM outbox GROUP BY state"


@pytest.fixture
def chat(server: TelegramServer) -> Chat:
    return server.user("Ada").private()


async def settled(folder: Path, query: str, expected: Any) -> None:
    """Wait until the database says so."""
    for _ in range(400):
        if rows(folder, query) == expected:
            return
        await asyncio.sleep(0.02)
    assert rows(folder, query) == expected


async def test_a_question_is_answered_and_no_text_is_kept(server: TelegramServer, chat: Chat, tmp_path: Path) -> None:
    async with running(settings(server, tmp_path)):
        question = chat.say("知道吗")
        answer = await server.log.arrival("sendMessage", reply_to=question.id)
        assert answer.text == "re: 知道吗"
        await settled(tmp_path, OUTBOX, [("sent", 1)])
    assert rows(tmp_path, INBOX) == [("done", 1)]
    assert rows(tmp_path, "SELECT body FROM inbox") == [""]
    assert rows(tmp_path, "SELECT payload, note, message_id FROM outbox") == [("", "n1", answer.message_id)]


async def test_order_within_a_chat(server: TelegramServer, chat: Chat, tmp_path: Path) -> None:
    other = server.user("Bob").private()
    for number in range(10):
        chat.say(f"twice {number}")
        other.say(f"{number}")
    async with running(settings(server, tmp_path)):
        await server.log.arrival("sendMessage", count=30)
    texts = [sent.text for sent in server.log.find("sendMessage", chat=chat.id)]
    assert texts == [f"{prefix}: twice {number}" for number in range(10) for prefix in ("re", "rere")]
    assert [sent.text for sent in server.log.find("sendMessage", chat=other.id)] == [f"re: {n}" for n in range(10)]


async def test_what_comes_twice_is_handled_once(server: TelegramServer, chat: Chat, tmp_path: Path) -> None:
    async with running(settings(server, tmp_path)):
        first = chat.say("a")
        await server.log.arrival("sendMessage", reply_to=first.id)
        assert first.update_id
        server.updates.repeat(first.update_id)
        second = chat.say("b")
        await server.log.arrival("sendMessage", reply_to=second.id)
    assert len(server.log.find("sendMessage")) == 2


async def test_an_edited_question_edits_its_answer(server: TelegramServer, chat: Chat, tmp_path: Path) -> None:
    async with running(settings(server, tmp_path)):
        question = chat.say("a")
        answer = await server.log.arrival("sendMessage", reply_to=question.id)
        question.edit("b")
        edit = await server.log.arrival("editMessageText")
        assert edit.message_id == answer.message_id
        assert edit.text == "re: b"
        question.edit("b")  # the same text: "message is not modified" is no failure
        await server.log.arrival("editMessageText", ok=False)
        await settled(tmp_path, OUTBOX, [("sent", 3)])


async def test_a_handler_that_fails_costs_one_update_only(
    server: TelegramServer, chat: Chat, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    class Fragile(Echo):
        async def handle(self, update: Update, work: Work) -> None:
            await super().handle(update, work)
            if update.message and update.message.text == "geheim":
                raise ValueError(f"I can't read {update.message.text}")

    chat.say("geheim")
    chat.say("b")
    async with running(settings(server, tmp_path), Fragile):
        await server.log.arrival("sendMessage", text="re: b")
    assert len(server.log.find("sendMessage")) == 1
    assert rows(tmp_path, "SELECT state, tries, error FROM inbox ORDER BY update_id") == [
        ("failed", 2, "ValueError"),
        ("done", 0, ""),
    ]
    assert "ValueError" in caplog.text
    assert "geheim" not in caplog.text  # people's words are not logged, not even in an error


async def test_queries_of_a_handler(server: TelegramServer, chat: Chat, tmp_path: Path) -> None:
    class Asking(Echo):
        async def handle(self, update: Update, work: Work) -> None:
            assert update.message
            chat = await work.query("getChat", chat_id=update.message.chat_id)
            assert chat["id"] == update.message.chat_id
            await super().handle(update, work)
            assert work.alias(5) == work.alias(5) != work.alias(6)
            outbox.start(work.connection, [-1], 0.0)
            with pytest.raises(RuntimeError, match="getChat is asked after something was written"):
                await work.query("getChat", chat_id=update.message.chat_id)

    async with running(settings(server, tmp_path), Asking):
        for text in "ab":
            chat.say(text)
        await server.log.arrival("sendMessage", count=2)
    assert len(server.log.find("getChat")) == 1  # the second time it is remembered


@pytest.mark.parametrize(
    ("fault", "state", "posted"),
    [
        (lambda faults: faults.too_many(1, "sendMessage"), "sent", 1),
        (lambda faults: faults.refuse(403, "Forbidden: bot was blocked by the user", "sendMessage"), "failed", 0),
        (lambda faults: faults.refuse(400, "Bad Request: chat not found", "sendMessage"), "failed", 0),
        (lambda faults: faults.refuse(500, "Internal Server Error", "sendMessage"), "uncertain", 0),
        (lambda faults: faults.bad_gateway("sendMessage", done=True), "uncertain", 1),
        (lambda faults: faults.reset("before", "sendMessage"), "uncertain", 0),
        (lambda faults: faults.reset("after", "sendMessage"), "uncertain", 1),
        (lambda faults: faults.reset("within", "sendMessage"), "uncertain", 1),
        (lambda faults: faults.delay(3.0, "sendMessage"), "uncertain", 1),
    ],
    ids=["429", "403", "400", "500", "502 done", "reset before", "reset after", "reset within", "delay"],
)
async def test_a_message_that_meets_a_fault(
    fault: Callable[[Any], None],
    state: str,
    posted: int,
    server: TelegramServer,
    chat: Chat,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.telegram.request.READ", 0.5)
    fault(server.faults)
    async with running(settings(server, tmp_path)):
        chat.say("a")
        await settled(tmp_path, OUTBOX, [(state, 1)])
        chat.say("b")
        await settled(tmp_path, f"{OUTBOX} HAVING state = 'sent'", [("sent", 2 if state == "sent" else 1)])
    assert len([m for m in chat.messages.values() if m.text == "re: a"]) == posted
    assert len([m for m in chat.messages.values() if m.text == "re: b"]) == 1


async def test_requests_that_may_be_repeated_are(server: TelegramServer, chat: Chat, tmp_path: Path) -> None:
    async with running(settings(server, tmp_path)):
        question = chat.say("a")
        await server.log.arrival("sendMessage")
        server.faults.reset("after", "editMessageText")
        question.edit("b")
        await settled(tmp_path, OUTBOX, [("sent", 2)])
    assert [sent.text for sent in server.log.find("editMessageText")][:1] == ["re: b"]


async def test_markup_that_telegram_can_t_read_goes_out_plain(
    server: TelegramServer, chat: Chat, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken:
        async def handle(self, update: Update, work: Work) -> None:
            assert update.message
            payload = {"text": "<b>geheim", "parse_mode": "HTML"}
            work.send(Call("sendMessage", payload, chat_id=update.message.chat_id, plain="geheim"))

    chat.say("a")
    async with running(settings(server, tmp_path), lambda me: Broken()):
        answer = await server.log.arrival("sendMessage", text="geheim")
    assert answer.text == "geheim"
    assert "geheim" not in caplog.text


async def test_a_topic_that_is_gone(server: TelegramServer, tmp_path: Path) -> None:
    class Topical:
        async def handle(self, update: Update, work: Work) -> None:
            if update.message and update.message.text:
                payload = {"text": "here", "message_thread_id": 4711}
                work.send(Call("sendMessage", payload, chat_id=update.message.chat_id))

    group = server.group(forum=True)
    async with running(settings(server, tmp_path), lambda me: Topical()):
        group.say(server.user("Ada"), "a")
        answer = await server.log.arrival("sendMessage")
    assert answer.thread is None
    assert rows(tmp_path, OUTBOX) == [("sent", 1)]


async def test_a_group_that_becomes_a_supergroup(
    server: TelegramServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "LOOK", 0.1)
    group = server.group()
    ada = server.user("Ada")
    async with running(settings(server, tmp_path)):
        question = group.say(ada, "a")
        await server.log.arrival("sendMessage", reply_to=question.id)
        server.updates.hold()
        new = group.migrate()
        late = Call("sendMessage", {"text": "late"}, chat_id=group.id)
        state = State(settings(server, tmp_path).database_url.get_secret_value(), alone=False)
        outbox.add(state.connection, [late], [False], time.time())
        state.connection.commit()
        state.close()
        sent = await server.log.arrival("sendMessage", text="late")
        assert sent.chat_id == new.id
        server.updates.release()
        await settled(tmp_path, "SELECT DISTINCT chat_id FROM outbox", [new.id])
        await settled(tmp_path, "SELECT count(*) FROM inbox WHERE state = 'done'", [5])
    assert rows(tmp_path, "SELECT DISTINCT chat_id FROM outbox") == [new.id]
    assert rows(tmp_path, "SELECT answers_chat FROM outbox WHERE note <> ''") == [new.id]


async def test_a_chat_that_blocks_the_bot_is_marked(server: TelegramServer, chat: Chat, tmp_path: Path) -> None:
    server.faults.refuse(403, "Forbidden: bot was blocked by the user", "sendMessage")
    async with running(settings(server, tmp_path)):
        chat.say("a")
        await settled(tmp_path, "SELECT chat_id, active FROM chats", [(chat.id, 0)])


async def test_stop_and_start_leave_nothing_undone(server: TelegramServer, chat: Chat, tmp_path: Path) -> None:
    for number in range(30):
        chat.say(str(number))
    async with running(settings(server, tmp_path)):
        await server.log.arrival("sendMessage")
    async with running(settings(server, tmp_path)):
        await server.log.arrival("sendMessage", count=30)
        await settled(tmp_path, OUTBOX, [("sent", 30)])
    assert [sent.text for sent in server.log.find("sendMessage")] == [f"re: {number}" for number in range(30)]


async def test_what_a_killed_process_left(
    server: TelegramServer, chat: Chat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "LOOK", 0.1)
    calls = [
        Call("sendMessage", {"text": "perhaps there"}, chat_id=chat.id),
        Call("sendMessage", {"text": "not sent"}, chat_id=chat.id),
        Call("setMyCommands", {"commands": []}),
    ]
    state = State(settings(server, tmp_path).database_url.get_secret_value())
    outbox.add(state.connection, calls, [True, False, True], time.time())
    state.connection.commit()
    state.close()
    chat.say("a")
    async with running(settings(server, tmp_path)):
        await server.log.arrival("sendMessage", count=2)
        await server.log.arrival("setMyCommands")
        await settled(tmp_path, OUTBOX, [("sent", 3), ("uncertain", 1)])
        assert [sent.text for sent in server.log.find("sendMessage")] == ["not sent", "re: a"]
        state = State(settings(server, tmp_path).database_url.get_secret_value(), alone=False)
        (doubt,) = outbox.doubts(state.connection)
        assert doubt.payload == {"text": "perhaps there"}
        assert outbox.send_again(state.connection, doubt.id)
        assert not outbox.is_there(state.connection, doubt.id)
        state.connection.commit()
        state.close()
        await server.log.arrival("sendMessage", text="perhaps there")


async def test_a_database_that_is_busy_costs_time_only(server: TelegramServer, chat: Chat, tmp_path: Path) -> None:
    async with running(settings(server, tmp_path)):
        first = chat.say("a")
        await server.log.arrival("sendMessage", reply_to=first.id)
        with sqlite3.connect(tmp_path / "state.sqlite", check_same_thread=False) as other:
            other.execute("BEGIN IMMEDIATE")
            chat.say("b")
            threading.Timer(0.3, other.rollback).start()
            await server.log.arrival("sendMessage", text="re: b")
        other.close()
    assert len(server.log.find("sendMessage")) == 2


async def test_menus_are_told_only_when_they_change(server: TelegramServer, tmp_path: Path) -> None:
    menu = Call("setMyCommands", {"commands": [{"command": "help", "description": "Help"}]})
    for count in (1, 1):
        async with running(settings(server, tmp_path), menus=[menu]):
            await settled(tmp_path, "SELECT count(*) FROM marks WHERE name = 'menus'", [1])
        assert len(server.log.find("setMyCommands")) == count
    other = Call("setMyCommands", {"commands": [{"command": "help", "description": "More help"}]})
    async with running(settings(server, tmp_path), menus=[other]):
        await server.log.arrival("setMyCommands", count=2)


async def test_a_token_that_telegram_does_not_know(server: TelegramServer, tmp_path: Path) -> None:
    wrong = settings(server, tmp_path).model_copy(update={"telegram_token": SecretStr("1:x")})
    with pytest.raises(ModuError, match="MODU_TELEGRAM_TOKEN: Telegram does not know this token") as caught:
        async with running(wrong) as task:
            await task
    assert "1:x" not in str(caught.value)


async def test_two_bots_on_one_state(server: TelegramServer, chat: Chat, tmp_path: Path) -> None:
    async with running(settings(server, tmp_path)):
        chat.say("a")
        await server.log.arrival("sendMessage")
        with pytest.raises(ModuError, match=r"another bot works on the state database .*state\.sqlite"):
            async with running(settings(server, tmp_path)) as task:
                await task


async def test_a_second_poller_is_told(
    server: TelegramServer, chat: Chat, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server.faults.refuse(409, "Conflict: terminated by other getUpdates request", "getUpdates")
    async with running(settings(server, tmp_path)):
        chat.say("a")
        await server.log.arrival("sendMessage")
    assert "another process fetches the updates of this bot (409)" in caplog.text


async def test_the_token_is_never_logged(
    server: TelegramServer, chat: Chat, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from bot.telegram import journal

    journal.start(logging.DEBUG, [server.token])
    for name in ("telegram", "aiohttp", "httpx"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    server.faults.reset("after", "sendMessage")
    async with running(settings(server, tmp_path)):
        chat.say("a")
        chat.say("b")
        await server.log.arrival("sendMessage", text="re: b")
    logging.getLogger("modu").error("the address is %s", f"{server.url}/bot{server.token}/getMe")
    told = capsys.readouterr().err
    assert "/bot•••/getMe" in told
    assert server.token not in told
