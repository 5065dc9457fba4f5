"""Long runs of digests with the bot as a process: many due in the same minute, and SIGKILL while they are posted.

The test run has them small. At full size, with the figures printed:

    python -m pytest --full tests/bot/telegram/test_digest_runs.py
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot.state import digests
from bot.state.database import State
from tests.bot.telegram.process import BotProcess
from tests.bot.telegram.test_runs import report
from tests.telegram_server import Chat, TelegramServer, User

ZONE = "Asia/Shanghai"
LEFT = """
    SELECT (SELECT count(*) FROM subscriptions WHERE due < strftime('%s', 'now') + 3600)
         + (SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending'))
"""


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    """With its limits, and answers that take as long as they take from afar."""
    with TelegramServer() as server:
        server.latency = 0.05
        yield server
        server.check()


def subscribed(server: TelegramServer, folder: Path, count: int) -> list[Chat]:
    """Chats of three kinds, whose digests are all due now."""
    people = [server.user(f"Reader {n}") for n in range(count)]
    group, channel = partial(server.group, kind="supergroup", bot=None), partial(server.channel, bot=None)
    chats = [(person.private, group, channel)[n % 3]() for n, person in enumerate(people)]
    state = State(f"sqlite:///{folder / 'state.sqlite'}")
    now = time.time()
    at = datetime.fromtimestamp(now, ZoneInfo(ZONE)).strftime("%H:%M")
    for chat in chats:
        chat.members[server.bot.id] = "administrator" if chat.kind == "channel" else "member"
        draft = digests.draft(state.connection, chat.id, 0, now)
        digests.change(state.connection, draft, now, state="on", zone=ZONE, at=at)
    state.connection.execute(sa.text("update subscriptions set due = :now"), {"now": now})
    state.connection.commit()
    state.close()
    return chats


def left(bot: BotProcess) -> bool:
    return bool(bot.rows(LEFT)[0][0])


def outcome(server: TelegramServer, bot: BotProcess, chats: list[Chat]) -> str:
    """What became of the digests; nothing may be lost or doubled."""
    stored = Counter(chat for (chat,) in bot.rows("select chat_id from outbox where priority = 5"))
    doubts = Counter(chat for (chat,) in bot.rows("select chat_id from outbox where state = 'uncertain'"))
    arrived = {c.id: [m for m in c.messages.values() if m.sender is server.bot or m.sender_chat is c] for c in chats}
    ours = {chat: [(m.text, m.media) for m in found] for chat, found in arrived.items()}
    doubled = sum(len(found) != len(set(found)) for found in ours.values())
    lost = sum(len(ours[c.id]) + doubts[c.id] < stored[c.id] or not stored[c.id] for c in chats)
    refused = len([e for e in server.log.entries if e.code == 429])
    assert (lost, doubled) == (0, 0)
    assert all(len(ours[c.id]) <= stored[c.id] for c in chats)
    return (
        f"{len(chats)} digests due at once: {sum(map(bool, ours.values()))} chats have theirs, {lost} lost, "
        f"{doubled} doubled, {sum(doubts.values())} uncertain, {refused} refused with 429"
    )


def asking(server: TelegramServer, people: list[User], waits: list[float], stop: threading.Event) -> None:
    """People who ask in turn, and how long each waits by the server's clock."""
    number = 0
    while not stop.is_set():
        person = people[number % len(people)]
        said = person.private().say("冰舌小屋有多少张床？")
        asked = server.clock.now()
        answer = server.log.wait_for("sendMessage", chat=person.id, reply_to=said.id, timeout=60.0)
        waits.append(answer.time - asked)
        number += 1
        stop.wait(0.3)


def test_many_digests_at_once_leave_room_for_answers(
    server: TelegramServer, tmp_path: Path, alpine_file: Path, request: pytest.FixtureRequest
) -> None:
    count = 1000 if request.config.getoption("--full") else 40
    chats = subscribed(server, tmp_path, count)
    people, waits, stop = [server.user(f"Asker {n}") for n in range(10)], list[float](), threading.Event()
    with BotProcess(server, tmp_path, MODU_BASE=str(alpine_file)) as bot:
        thread = threading.Thread(target=asking, args=(server, people, waits, stop))
        thread.start()
        try:
            server.log.until(lambda: not left(bot), 600.0, "the digests")
        finally:
            stop.set()
            thread.join()
        assert bot.stop() == 0
    said = outcome(server, bot, chats)
    assert "0 uncertain, 0 refused" in said
    waits.sort()
    report(request, f"{said}; {len(waits)} questions meanwhile, p95 {waits[int(len(waits) * 0.95)]:.2f} s")
    assert len(waits) > 3


def test_nothing_is_lost_or_doubled_when_the_bot_is_killed(
    server: TelegramServer, tmp_path: Path, alpine_file: Path, request: pytest.FixtureRequest
) -> None:
    count, kills = (600, 20) if request.config.getoption("--full") else (60, 2)
    chats = subscribed(server, tmp_path, count)
    bot, chance = BotProcess(server, tmp_path, MODU_BASE=str(alpine_file)), random.Random(7)
    for _ in range(kills):
        bot.ready()
        time.sleep(0.5 + chance.random() * 3)
        bot.kill()
    with bot:
        server.log.until(lambda: not left(bot), 600.0, "the digests")
        assert bot.stop() == 0
    report(request, f"{kills} SIGKILLs: {outcome(server, bot, chats)}")
