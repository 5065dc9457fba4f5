"""Processor time that the bot takes for a question, compared with a bot that always says the same.

    python -m tests.bot.telegram.cost [--rounds N] [--questions N] [--pace SECONDS] [--base FILE]

Both run at the same time, each at a server of its own, and are asked in turns: a round of the one, a round of the
other. The questions of a round come one after the other at the given pace: what a bot sees that is not swamped. They
are made up from the base's own facts, as for `modu bench`, and no two are the same.
"""

from __future__ import annotations

import argparse
import itertools
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bot.bases import PACK
from bot.bench.curated import made_questions
from knowledge.building.build import build
from knowledge.building.pack import load_pack
from knowledge.store.base import Base
from tests.bot.telegram.process import BotProcess
from tests.telegram_server import Limits, TelegramServer

CHATS = 200  # few enough questions of each that nobody asks too fast


class Side:
    """One of the two bots, with its server and the people who ask it."""

    def __init__(self, name: str, folder: Path, questions: list[str], **how: str) -> None:
        self.name = name
        self.questions = itertools.cycle(questions)
        self.server = TelegramServer(limits=Limits.off())
        folder.mkdir()
        command = ("-m", "tests.bot.telegram.constant_bot") if name == "constant" else ("-m", "bot", "run")
        self.bot = BotProcess(self.server, folder, command=command, **how).ready()
        self.people = [self.server.user(f"User {n}") for n in range(CHATS)]
        self.asked = 0

    def round(self, questions: int, pace: float) -> float:
        """Milliseconds of processor time a question, over one round."""
        before, answered = self.bot.cpu(), len(self.server.log.find("sendMessage"))
        for _ in range(questions):
            self.people[self.asked % CHATS].private().say(next(self.questions))
            self.asked += 1
            time.sleep(pace)
        self.server.log.wait_for("sendMessage", count=answered + questions)
        self.server.settled()
        time.sleep(0.2)
        return (self.bot.cpu() - before) / questions * 1000

    def close(self) -> None:
        self.bot.stop()
        self.server.close()


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--questions", type=int, default=200, help="in a round")
    parser.add_argument("--pace", type=float, default=0.045, help="seconds between two questions")
    parser.add_argument("--base", type=Path, help="fact base; default: the bundled pack")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = options.base or build(load_pack(PACK), folder / "base.sqlite").path
        base = Base(path)
        questions = [turns[-1] for turns in made_questions(base)]
        base.close()
        random.Random(7).shuffle(questions)
        sides = [
            Side("constant", folder / "constant", questions),
            Side("modu", folder / "modu", questions, MODU_BASE=str(path)),
        ]
        try:
            for side in sides:
                side.round(options.questions // 2, options.pace)  # warm
            figures: dict[str, list[float]] = {side.name: [] for side in sides}
            for number in range(options.rounds):
                for side in sides if number % 2 else reversed(sides):
                    figures[side.name].append(side.round(options.questions, options.pace))
                say(
                    f"round {number + 1}: " + ", ".join(f"{name} {spent[-1]:.2f} ms" for name, spent in figures.items())
                )
        finally:
            for side in sides:
                side.close()
    constant, modu = (statistics.median(figures[name]) for name in ("constant", "modu"))
    say(f"median: constant {constant:.2f} ms, modu {modu:.2f} ms a question; ratio {modu / constant:.2f}")


if __name__ == "__main__":
    main()
