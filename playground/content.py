"""What a message says, and how the Bot API tells of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playground.keyboards import Keyboard, keyboard_json

if TYPE_CHECKING:
    from playground.entities import Entity
    from playground.errors import JSON
    from playground.files import StoredFile


@dataclass(frozen=True)
class Content:
    """What a message says: its text (or caption), markings, keyboard and attachment."""

    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    html: str | None = None
    """The source, where the bot sent HTML."""
    keyboard: Keyboard = field(default_factory=list)
    photo: StoredFile | None = None
    document: StoredFile | None = None
    poll: dict[str, JSON] | None = None
    other: dict[str, JSON] | None = None
    """What the stand-in only carries, as the Bot API names it: a sticker, a story, a giveaway."""
    link_preview: dict[str, JSON] | None = None
    """Bot API `LinkPreviewOptions`, where they aren't the usual ones."""
    service: dict[str, JSON] | None = None
    """The fields of a service message, as the Bot API names them."""

    @property
    def has_media(self) -> bool:
        return self.photo is not None or self.document is not None

    @property
    def shows_preview(self) -> bool:
        """Whether clients show beneath the text what its link leads to."""
        has_link = any(entity["type"] in ("url", "text_link") for entity in self.entities)
        is_off = (self.link_preview or {}).get("is_disabled") is True
        return has_link and not is_off and not self.has_media

    def json(self) -> dict[str, JSON]:
        """The content's fields of a Bot API `Message`."""
        fields: dict[str, JSON] = dict(self.service or {})
        if self.photo is not None:
            fields["photo"] = self.photo.photo_json()
        if self.document is not None:
            fields["document"] = self.document.document_json()
        if self.poll is not None:
            fields["poll"] = self.poll
        fields |= self.other or {}
        if self.link_preview is not None:
            fields["link_preview_options"] = self.link_preview
        if self.text:
            words, marks = (
                ("caption", "caption_entities")
                if self.has_media or self.other
                else ("text", "entities")
            )
            fields[words] = self.text
            if self.entities:
                fields[marks] = self.entities
        if self.keyboard:
            fields["reply_markup"] = keyboard_json(self.keyboard)
        return fields
