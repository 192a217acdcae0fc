"""The rival without luggage: python-telegram-bot as its documentation shows it, storing nothing."""

from __future__ import annotations

import sys
from typing import Any

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message is not None and update.message.text is not None:
        await update.message.reply_text(update.message.text)


def main(token: str, api_url: str) -> None:
    application: Application[Any, Any, Any, Any, Any, Any] = (
        Application.builder().token(token).base_url(f"{api_url}/bot").build()
    )
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:])
