"""Photos and documents, up and down."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Any

from telegram import InputMediaDocument

if TYPE_CHECKING:
    import httpx
    from telegram import Bot

    from playground.chats import Chat
    from playground.people import Person
    from playground.world import World


def png(width: int, height: int) -> bytes:
    """A black picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\0" * width) * height)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


async def test_a_document_comes_back_as_it_was_sent(
    bot: Bot, world: World, yard: Chat, vera: Person
) -> None:
    sent = await bot.send_document(
        yard.id, b"%PDF-1.7", filename="sheet.pdf", caption="<b>Sheet</b>", parse_mode="HTML"
    )
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.mime_type) == ("sheet.pdf", "application/pdf")
    shown = await world.message(vera, yard, "Sheet")
    assert shown.document is not None
    assert shown.document.content == b"%PDF-1.7"
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"%PDF-1.7"
    again = await bot.send_document(yard.id, sent.document.file_id)
    assert again.document is not None
    assert again.document.file_unique_id == sent.document.file_unique_id


async def test_a_photo_must_be_a_picture(bot: Bot, http: httpx.AsyncClient, yard: Chat) -> None:
    sent = await bot.send_photo(yard.id, png(40, 30), caption="map")
    assert (sent.photo[0].width, sent.photo[0].height) == (40, 30)
    answer = await http.post(
        "sendPhoto", data={"chat_id": yard.id}, files={"photo": ("x.png", b"no picture")}
    )
    assert answer.json()["description"] == "Bad Request: IMAGE_PROCESS_FAILED"


async def test_which_files_are_refused(refusal: Any, http: httpx.AsyncClient, yard: Chat) -> None:
    for given, words in (
        ({}, "there is no document in the request"),
        ({"document": "https://example.org/x.pdf"}, "failed to get HTTP URL content"),
        (
            {"document": "AgAD-unknown"},
            "wrong remote file identifier specified: Wrong padding in the string",
        ),
    ):
        assert await refusal("sendDocument", chat_id=yard.id, **given) == f"Bad Request: {words}"
    empty = await http.post(
        "sendDocument", data={"chat_id": yard.id}, files={"document": ("x.txt", b"")}
    )
    assert empty.json()["description"] == "Bad Request: file must be non-empty"
    assert await refusal("getFile", file_id="x") == "Bad Request: invalid file_id"


async def test_what_people_send_reaches_the_bot(bot: Bot, world: World, vera: Person) -> None:
    private = world.start(vera).chat
    world.say(private, vera, "the list", document=b"1\n2\n", file_name="list.csv")
    message = (await bot.get_updates(offset=-1))[0].message
    assert message is not None
    assert message.document is not None
    assert (message.caption, message.document.file_name) == ("the list", "list.csv")
    file = await bot.get_file(message.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"1\n2\n"


async def test_an_album(bot: Bot, refusal: Any, yard: Chat) -> None:
    media = [
        InputMediaDocument(b"1", filename="1.txt"),
        InputMediaDocument(b"2", "second", filename="2.txt"),
    ]
    sent = await bot.send_media_group(yard.id, media)
    assert len({message.media_group_id for message in sent}) == 1
    assert [message.text for message in yard.messages[-2:]] == ["", "second"]
    assert await refusal("sendMediaGroup", chat_id=yard.id, media=[]) == (
        "Bad Request: there are no messages to send"
    )
