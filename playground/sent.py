"""What people send from the page beside words: pictures, an album, a file, a poll, a place."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playground.compose import MAX_CAPTION, MAX_TEXT
from playground.gate import Problem

if TYPE_CHECKING:
    from playground.asked import Asked
    from playground.chats import Message
    from playground.errors import JSON
    from playground.views import Spot
    from playground.world import World

# As Telegram has it.
_MOST_PHOTOS = 10
_MOST_OPTIONS = 12
_LONGEST_QUESTION = 300
_LONGEST_OPTION = 100


@dataclass(frozen=True)
class SentFile:
    """A file of somebody's telephone."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Sent:
    """One message, or an album; nothing but words where nothing else is there."""

    photos: tuple[SentFile, ...] = ()
    file: SentFile | None = None
    question: str = ""
    options: tuple[str, ...] = ()
    place: dict[str, JSON] | None = None

    @property
    def longest_text(self) -> int:
        """In UTF-16 units."""
        return MAX_CAPTION if self.photos or self.file else MAX_TEXT

    def say(self, world: World, spot: Spot, text: str, reply_to: Message | None) -> Message:
        """Let the person say it there; of an album the first message. Polls and places stand without words.

        Raises PermissionError.
        """
        if len(self.photos) > 1:
            photos = [photo.content for photo in self.photos]
            return world.say_album(spot.chat, spot.person, photos, text, topic=spot.topic)[0]
        poll = world.new_poll(self.question, self.options) if self.options else None
        is_wordless = poll is not None or self.place is not None
        return world.say(
            spot.chat,
            spot.person,
            "" if is_wordless else text,
            topic=spot.topic,
            reply_to=reply_to,
            photo=self.photos[0].content if self.photos else None,
            document=self.file.content if self.file else None,
            file_name=self.file.name if self.file else "",
            poll=poll,
            other={"location": self.place} if self.place is not None else None,
        )


def read_sent(asked: Asked) -> Sent:
    """Return what a request wants to send. Raises Problem."""
    poll, place = asked.record("poll"), asked.record("place")
    photos = tuple(_file(each) for each in asked.records("photos"))
    file = asked.record("file")
    if len(photos) > _MOST_PHOTOS:
        raise Problem(f"An album holds {_MOST_PHOTOS} pictures at most.")
    if place is not None:
        return Sent(place={name: _degrees(place, name) for name in ("latitude", "longitude")})
    if poll is not None:
        return _poll(poll)
    if not photos and file is None:
        raise Problem("There is nothing to send.")
    return Sent(photos, _file(file) if file is not None else None)


def _file(given: dict[str, JSON]) -> SentFile:
    try:
        content = base64.b64decode(str(given.get("content", "")), validate=True)
    except binascii.Error:
        raise Problem("This file didn't arrive whole.") from None
    if not content:
        raise Problem("This file is empty.")
    return SentFile(str(given.get("name") or "file"), content)


def _poll(given: dict[str, JSON]) -> Sent:
    question, listed = str(given.get("question", "")).strip(), given.get("options")
    options = tuple(str(each).strip() for each in listed) if isinstance(listed, list) else ()
    if not 0 < len(question) <= _LONGEST_QUESTION:
        raise Problem(f"A question has 1 to {_LONGEST_QUESTION} characters.")
    if not 2 <= len(options) <= _MOST_OPTIONS:
        raise Problem(f"A poll has 2 to {_MOST_OPTIONS} answers.")
    if not all(0 < len(option) <= _LONGEST_OPTION for option in options):
        raise Problem(f"An answer has 1 to {_LONGEST_OPTION} characters.")
    return Sent(question=question, options=options)


def _degrees(given: dict[str, JSON], name: str) -> float:
    value = given.get(name)
    if not isinstance(value, int | float) or not -180 <= value <= 180:
        raise Problem(f"“{name}” must be a number of degrees.")
    return float(value)
