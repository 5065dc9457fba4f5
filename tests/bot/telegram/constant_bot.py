"""The least a bot on python-telegram-bot can do, the same words to every message: what ours is compared with."""

from __future__ import annotations

import os

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def answer(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message:
        await update.message.reply_text("<b>14张</b> —— 冰舌小屋有床位14张。[1]", parse_mode="HTML")


if __name__ == "__main__":
    address = os.environ["MODU_TELEGRAM_API"]
    builder = Application.builder().token(os.environ["MODU_TELEGRAM_TOKEN"]).base_url(f"{address}/bot")
    application = builder.concurrent_updates(True).build()
    application.add_handler(MessageHandler(filters.TEXT, answer))
    application.run_polling(bootstrap_retries=3)
