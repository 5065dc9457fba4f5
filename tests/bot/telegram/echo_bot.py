"""The bot's own inbox, lanes, outbox and sender around a handler that repeats what it is told: `python -m` runs it."""

from __future__ import annotations

import telegram

from bot.settings import load
from bot.telegram.call import Call
from bot.telegram.run import run
from bot.telegram.work import Work


class Echo:
    """Answers each message with its text."""

    async def handle(self, update: telegram.Update, work: Work) -> None:
        if (message := update.message) and message.text:
            payload = {"text": message.text, "reply_parameters": {"message_id": message.message_id}}
            work.send(Call("sendMessage", payload, message.chat_id, answers=(message.chat_id, message.message_id)))


if __name__ == "__main__":
    run(load(), lambda me: Echo())
