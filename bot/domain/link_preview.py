"""How a message shows what its link leads to."""

from __future__ import annotations

from dataclasses import dataclass

_WORDS = ("off", "small", "large", "above")


@dataclass(frozen=True, slots=True)
class LinkPreview:
    """What differs from Telegram's usual way, which shows the first link beneath the text.

    `url` is the link that is shown, where it was chosen.
    """

    is_off: bool = False
    is_small: bool = False
    is_large: bool = False
    is_above: bool = False
    url: str = ""

    def kept(self) -> str:
        """As a column keeps it: words and perhaps the address, blanks between; nothing for the usual way."""
        said = (self.is_off, self.is_small, self.is_large, self.is_above)
        words = [word for word, holds in zip(_WORDS, said, strict=True) if holds]
        return " ".join([*words, self.url] if self.url else words)


USUAL_PREVIEW = LinkPreview()
NO_PREVIEW = LinkPreview(is_off=True)


def read_link_preview(kept: str) -> LinkPreview:
    """The reverse of `LinkPreview.kept`."""
    words = kept.split()
    url = next((word for word in words if word not in _WORDS), "")
    is_off, is_small, is_large, is_above = (word in words for word in _WORDS)
    return LinkPreview(is_off, is_small, is_large, is_above, url)
