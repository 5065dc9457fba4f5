"""Long runs of the bot as a process of its own: SIGKILL at random points, and a burst against enforced limits.

The test run has them small. At full size, with the figures printed:

    python -m pytest --full tests/bot/telegram/test_runs.py
"""

from __future__ import annotations

import itertools
import random
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.bot.telegram.process import BotProcess
from tests.telegram_server import Message, TelegramServer

QUESTIONS = ["你好", "北京", "上海", "杭州", "深圳", "帮助", "hello", "Beijing", "杭州有哪些大模型？", "上海呢"]

WAITING = """
    SELECT (SELECT count(*) FROM inbox WHERE state = 'new')
         + (SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending'))
"""


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


def report(request: pytest.FixtureRequest, line: str) -> None:
    """Print a line, whether pytest captures or not."""
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")
    capture = request.config.pluginmanager.get_plugin("capturemanager")
    if request.config.getoption("--full"):
        with capture.global_and_fixture_disabled():
            reporter.write_line(f"\n{request.node.name}: {line}")


def settle(bot: BotProcess, timeout: float = 120.0) -> None:
    """Wait until the bot has nothing left to do."""

    def idle() -> bool:
        bot.check()
        return bot.server.updates.pending == 0 and bot.rows(WAITING) == [(0,)]

    bot.server.log.until(idle, timeout, "an empty queue, inbox and outbox")


def judge(bot: BotProcess, asked: list[Message], kills: int) -> Outcome:
    """Compare what was asked, what the chats hold and what the bot itself counts as uncertain."""
    answers = Counter((sent.chat_id, sent.reply_to) for sent in bot.server.log.find("sendMessage"))
    rows = bot.rows("SELECT answers_chat, answers_message FROM outbox WHERE state='uncertain' AND method='sendMessage'")
    doubts = {(chat, message) for chat, message in rows}
    places = [(message.chat.id, message.id) for message in asked]
    return Outcome(
        asked=len(asked),
        kills=kills,
        lost=sum(not answers[place] and place not in doubts for place in places),
        doubled=sum(answers[place] > 1 for place in places),
        uncertain=len(doubts),
        arrived=sum(answers[place] > 0 for place in doubts),
    )


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
def test_nothing_is_lost_or_doubled_when_the_bot_is_killed(
    server: TelegramServer, tmp_path: Path, webhook: bool, request: pytest.FixtureRequest
) -> None:
    questions, chats, kills = (200, 20, 20) if request.config.getoption("--full") else (30, 6, 4)
    chance = random.Random(20)
    server.latency = 0.05  # so that some messages are on their way whenever the bot dies
    people = [server.user(f"User {n}") for n in range(chats)]
    bot = BotProcess(server, tmp_path, webhook=webhook)
    texts = itertools.cycle(QUESTIONS)
    asked: list[Message] = []
    for life in range(kills):
        # one half of the processes dies soon after its start, while it takes up what the one before left
        (bot.ready if life % 2 else bot.start)()
        for _ in range(questions // kills):
            asked.append(chance.choice(people).private().say(next(texts)))
            time.sleep(chance.uniform(0, 0.02))
        time.sleep(chance.uniform(0, 0.6 if life % 2 else 2.0))
        bot.kill()
    asked += [chance.choice(people).private().say(next(texts)) for _ in range(questions - len(asked))]
    with bot:
        settle(bot)
        outcome = judge(bot, asked, kills)
        assert bot.stop() == 0
    report(request, f"{outcome}")
    assert (outcome.lost, outcome.doubled) == (0, 0)
    assert not server.log.find(ok=False)


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
def test_a_burst_stays_within_the_limits(
    server: TelegramServer, tmp_path: Path, webhook: bool, request: pytest.FixtureRequest
) -> None:
    questions, chats = (500, 100) if request.config.getoption("--full") else (60, 20)
    server.latency = 0.02
    people = [server.user(f"User {n}") for n in range(chats)]
    with BotProcess(server, tmp_path, webhook=webhook) as bot:
        started = time.monotonic()
        asked = [
            person.private().say(text)
            for text, person in zip(itertools.cycle(QUESTIONS), people * (questions // chats))
        ]
        settle(bot)
        took = time.monotonic() - started
        assert bot.stop() == 0
    sent = server.log.find("sendMessage", ok=None)
    refused = [entry for entry in sent if entry.code == 429]
    report(request, f"{len(asked)} questions of {chats} chats: {len(refused)} refused with 429, {took:.1f} s")
    assert not refused
    answered = {
        chat.id: [entry.reply_to for entry in sent if entry.chat_id == chat.id] for chat in server.chats.values()
    }
    for chat in server.chats.values():
        assert answered[chat.id] == [message.id for message in asked if message.chat is chat]
