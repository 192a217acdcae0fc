"""The rival that matters: aiogram, storing nothing. It echoes messages, and answers taps with a word.

Runs in an environment of its own.
"""

from __future__ import annotations

import asyncio
import sys

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, Message

dispatcher = Dispatcher()


@dispatcher.message(F.text)  # type: ignore[untyped-decorator]
async def echo(message: Message) -> None:
    await message.answer(message.text or "")


@dispatcher.callback_query()  # type: ignore[untyped-decorator]
async def answer(query: CallbackQuery) -> None:
    await query.answer("You're going.")


def main(token: str, api_url: str) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(api_url))
    asyncio.run(dispatcher.start_polling(Bot(token, session=session)))


if __name__ == "__main__":
    main(*sys.argv[1:])
