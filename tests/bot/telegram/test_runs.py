"""Long runs of the bot as a process of its own: SIGKILL at random points, and a burst against enforced limits.

The test run has them small. At full size, with the figures printed:

    python -m pytest --full tests/bot/telegram/test_runs.py
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.bot.telegram.process import BotProcess
from tests.telegram_server import Chat, Message, Sent, TelegramServer, User

WAITING = """
    SELECT (SELECT count(*) FROM inbox WHERE state = 'new')
         + (SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending'))
"""
UNCERTAIN = "SELECT answers_chat, answers_message FROM outbox WHERE state = 'uncertain'"
MODES = pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    """With its limits, and answers that take as long as they take from afar."""
    with TelegramServer() as server:
        server.latency = 0.05
        yield server
        server.check()


class Crowd:
    """People who ask, each in a chat of their own: half of them in private, half in groups."""

    def __init__(self, server: TelegramServer, chats: int) -> None:
        self.server = server
        self.asked: list[Message] = []
        people = [server.user(f"User {n}") for n in range(chats)]
        self.places: list[tuple[User, Chat]] = [
            (person, server.group(f"Group {n}", kind="supergroup") if n % 2 else person.private())
            for n, person in enumerate(people)
        ]

    def ask(self) -> None:
        """The next one asks. In private nothing but the words says which question an answer belongs to."""
        number = len(self.asked)
        person, chat = self.places[number % len(self.places)]
        text = "/ask 冰舌小屋有多少张床？" if chat.peer is None else f"冰舌小屋的 qz{number:04} 有多少？"
        self.asked.append(chat.say(person, text))

    def answers(self, message: Message) -> list[Sent]:
        """What was posted as an answer to a question."""
        word = next((word for word in message.text.split() if word.startswith("qz")), None)
        posted = self.server.log.find("sendMessage", chat=message.chat.id)
        return [sent for sent in posted if (word and word in sent.text) or sent.reply_to == message.id]


@dataclass(frozen=True)
class Outcome:
    """What became of the questions of a run."""

    asked: int
    kills: int
    lost: int
    doubled: int
    uncertain: int  # the bot can't know
    arrived: int  # of those: the answer is there all the same

    def __str__(self) -> str:
        return (
            f"{self.asked} questions, {self.kills} SIGKILLs: {self.lost} lost, {self.doubled} doubled, "
            f"{self.uncertain} uncertain ({self.arrived} of them had arrived)"
        )


def judge(bot: BotProcess, crowd: Crowd, kills: int) -> Outcome:
    """Compare what was asked, what the chats hold, and what the bot itself counts as uncertain."""
    doubts = set(bot.rows(UNCERTAIN))
    found = {(message.chat.id, message.id): len(crowd.answers(message)) for message in crowd.asked}
    return Outcome(
        asked=len(found),
        kills=kills,
        lost=sum(not number and place not in doubts for place, number in found.items()),
        doubled=sum(number > 1 for number in found.values()),
        uncertain=len(doubts & found.keys()),
        arrived=sum(found[place] > 0 for place in doubts & found.keys()),
    )


def settle(bot: BotProcess, timeout: float = 120.0) -> None:
    """Wait until the bot has nothing left to do."""

    def idle() -> bool:
        bot.check()
        return bot.server.updates.pending == 0 and bot.rows(WAITING) == [(0,)]

    bot.server.log.until(idle, timeout, "an empty queue, inbox and outbox")


def report(request: pytest.FixtureRequest, line: str) -> None:
    """Print a figure of a full run."""
    if request.config.getoption("--full"):
        with request.config.pluginmanager.get_plugin("capturemanager").global_and_fixture_disabled():
            request.config.pluginmanager.get_plugin("terminalreporter").write_line(f"\n{request.node.name}: {line}")


@MODES
def test_nothing_is_lost_or_doubled_when_the_bot_is_killed(
    server: TelegramServer, tmp_path: Path, alpine_file: Path, webhook: bool, request: pytest.FixtureRequest
) -> None:
    questions, chats, kills = (200, 20, 20) if request.config.getoption("--full") else (24, 6, 3)
    chance = random.Random(20)
    crowd = Crowd(server, chats)
    bot = BotProcess(server, tmp_path, webhook=webhook, MODU_BASE=str(alpine_file))
    for life in range(kills):
        # every other process dies some time after its start: while it starts, or while it takes up what was left
        (bot.ready if life % 2 else bot.start)()
        for _ in range(questions // kills):
            crowd.ask()
            time.sleep(chance.uniform(0, 0.02))
        time.sleep(chance.uniform(0, 0.6 if life % 2 else 2.5))
        bot.kill()
    while len(crowd.asked) < questions:
        crowd.ask()
    with bot:
        settle(bot)
        outcome = judge(bot, crowd, kills)
        assert bot.stop() == 0
    report(request, str(outcome))
    assert (outcome.lost, outcome.doubled) == (0, 0)
    assert not server.log.find(ok=False)


def test_an_answer_on_its_way_is_neither_sent_again_nor_forgotten(
    server: TelegramServer, tmp_path: Path, alpine_file: Path
) -> None:
    crowd = Crowd(server, 1)
    server.faults.delay(60, "sendMessage")
    with BotProcess(server, tmp_path, MODU_BASE=str(alpine_file)) as bot:
        crowd.ask()
        server.wait_for("sendMessage")  # Telegram has it, the bot does not know
        bot.kill()
        bot.ready()
        settle(bot)
        assert judge(bot, crowd, 1) == Outcome(asked=1, kills=1, lost=0, doubled=0, uncertain=1, arrived=1)


@MODES
def test_a_burst_stays_within_the_limits(
    server: TelegramServer, tmp_path: Path, alpine_file: Path, webhook: bool, request: pytest.FixtureRequest
) -> None:
    questions, chats = (500, 100) if request.config.getoption("--full") else (40, 10)
    crowd = Crowd(server, chats)
    with BotProcess(server, tmp_path, webhook=webhook, MODU_BASE=str(alpine_file)) as bot:
        started = time.monotonic()
        for _ in range(questions):
            crowd.ask()
        settle(bot)
        took = time.monotonic() - started
        assert bot.stop() == 0
    refused = server.log.find(where=lambda sent: sent.code == 429, ok=False)
    report(request, f"{questions} questions of {chats} chats: {len(refused)} refused with 429, {took:.1f} s")
    assert not server.log.find(ok=False)
    answers = {message: crowd.answers(message) for message in crowd.asked}
    assert {len(found) for found in answers.values()} == {1}
    for _, chat in crowd.places:
        order = [found[0].n for message, found in answers.items() if message.chat is chat]
        assert order == sorted(order)
