"""Which drafts are open. Their rows don't tell, so the numbers are taken from the buttons that people got."""

from __future__ import annotations

import re

from bot.domain.refusal import Refused
from bot.message.payload import Payload
from bot.person.drafts import chat_of_draft
from bot.person.place import PRIVATE, Person
from bot.store import PersonalWork, UnitOfWork
from tests.yard import Yard

_CARRIED = re.compile(r'"callback_data": "([^"]+)"')


def drafts_in(text: str) -> set[int]:
    """The numbers of drafts that the buttons in what was said to Telegram carry."""
    kinds = Payload.__subclasses__()
    payloads = (kind.parse(data) for data in _CARRIED.findall(text) for kind in kinds)
    return {draft for each in payloads if (draft := getattr(each, "draft", None)) is not None}


async def open_drafts(yard: Yard) -> set[int]:
    """Those of anybody in the group that can still be gone on with."""
    seen = {
        number
        for call in yard.world.calls
        for number in drafts_in(str(call.params.get("reply_markup")))
    }
    anybody = Person(yard.vera.id)

    def read(work: UnitOfWork) -> set[int]:
        return {number for number in seen if _is_open(work.done_by(anybody, PRIVATE), number)}

    assert yard.app is not None
    return await yard.app.store.read(read)


def _is_open(work: PersonalWork, number: int) -> bool:
    try:
        return chat_of_draft(work, number) is not None
    except Refused:
        return True  # somebody else's
