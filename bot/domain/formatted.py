"""A text with its formatting, as somebody typed it, and the HTML that shows it again."""

from __future__ import annotations

import html
from dataclasses import dataclass, replace

from bot.domain.link_preview import USUAL_PREVIEW, LinkPreview
from bot.domain.links import kept_address
from bot.domain.plain_text import is_welcome, shows_something

# The kinds of marks that are kept, as Telegram names them. Links, mentions and hashtags it finds
# anew by itself; an address that carries somebody's account number goes, and only its words stay.
_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """Something marked in a text from `start` up to `end`, in characters.

    `value` is what the mark carries: the address of a `text_link`, the language of `pre`, the number of a
    `custom_emoji`, "unix time, blank, format" of a `date_time`.
    """

    kind: str
    start: int
    end: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class FormattedText:
    """A text, its marks, and how it shows what its link leads to."""

    text: str
    marks: tuple[Mark, ...] = ()
    preview: LinkPreview = USUAL_PREVIEW

    @property
    def utf16_length(self) -> int:
        """As Telegram counts: most emoji are two."""
        return len(self.text.encode("utf-16-le", "surrogatepass")) // 2

    def part(self, start: int, end: int) -> FormattedText:
        """The text between two places, with the marks that reach into it."""
        return self._kept(list(range(start, end)))

    def behind(self, words: str) -> FormattedText:
        """The text behind plain words."""
        by = len(words)
        moved = (replace(mark, start=mark.start + by, end=mark.end + by) for mark in self.marks)
        return replace(self, text=words + self.text, marks=tuple(moved))

    def without(self, start: int, end: int) -> FormattedText:
        """The text but for what lies between two places, with the marks that reach around it."""
        return self._kept([*range(start), *range(end, len(self.text))])

    def part_at(self, position: int, text: str) -> FormattedText | None:
        """The part that reads so and begins after so many UTF-16 units, None where another stands there."""
        before = self.text.encode("utf-16-le", "surrogatepass")[: 2 * position]
        start = len(before.decode("utf-16-le", "ignore"))
        found = self.part(start, min(len(self.text), start + len(text)))
        return found if found.text == text else None

    def cleaned(self) -> FormattedText:
        """Without control characters, text-direction tricks, and blanks at both ends.

        A text that shows nothing is no text.
        """
        kept = [index for index, char in enumerate(self.text) if is_welcome(char)]
        text = "".join(self.text[place] for place in kept)
        if not shows_something(text):
            return FormattedText("")
        lead, length = len(text) - len(text.lstrip()), len(text.rstrip())
        return self._kept(kept[lead:length])

    def html(self) -> str:
        """Telegram's HTML for it. Source: core.telegram.org/bots/api#html-style"""
        pieces: list[str] = []
        opened: list[Mark] = []
        edges = sorted(
            {0, len(self.text), *(p for mark in self.marks for p in (mark.start, mark.end))}
        )
        for place, until in zip(edges, [*edges[1:], edges[-1]], strict=True):
            # Marks may overlap, tags may not: what goes on is closed and opened again.
            ended = next((i for i, mark in enumerate(opened) if mark.end <= place), len(opened))
            pieces += [_closing(mark) for mark in reversed(opened[ended:])]
            going_on = [mark for mark in opened[ended:] if mark.end > place]
            begun = sorted(
                (mark for mark in self.marks if mark.start == place), key=lambda mark: -mark.end
            )
            pieces += [_opening(mark) for mark in (*going_on, *begun)]
            opened[ended:] = [*going_on, *begun]
            pieces.append(html.escape(self.text[place:until], quote=False))
        return "".join(pieces)

    def _kept(self, places: list[int]) -> FormattedText:
        """The characters at these places, in order, with the marks moved along."""
        before = [0] * (len(self.text) + 1)
        for place in places:
            before[place + 1] = 1
        for place in range(len(self.text)):
            before[place + 1] += before[place]
        moved = (
            replace(mark, start=before[mark.start], end=before[mark.end]) for mark in self.marks
        )
        text = "".join(self.text[place] for place in places)
        kept = tuple(mark for mark in moved if mark.end > mark.start)
        return replace(self, text=text, marks=kept)


def from_utf16(
    text: str, marks: tuple[Mark, ...], preview: LinkPreview = USUAL_PREVIEW
) -> FormattedText:
    """A text whose marks are counted in UTF-16 units, as Telegram counts them. Unknown kinds go."""
    places = [0]
    for index, char in enumerate(text):
        places += [index + 1] * (2 if char > "\uffff" else 1)
    last = len(places) - 1
    counted = (
        replace(mark, start=places[min(mark.start, last)], end=places[min(mark.end, last)])
        for mark in marks
        if _opening(mark)
    )
    kept = tuple(mark for mark in counted if mark.end > mark.start)
    return FormattedText(text, kept, replace(preview, url=kept_address(preview.url)))


def _opening(mark: Mark) -> str:
    """The tag that begins a mark, empty for kinds that aren't kept."""
    value = html.escape(mark.value)
    match mark.kind:
        case "text_link":
            address = html.escape(kept_address(mark.value))
            return f'<a href="{address}">' if address else ""
        case "custom_emoji":
            return f'<tg-emoji emoji-id="{value}">'
        case "date_time":
            unix, _, shape = value.partition(" ")
            return f'<tg-time unix="{unix}" format="{shape}">'
        case "expandable_blockquote":
            return "<blockquote expandable>"
        case "pre" if value:
            return f'<pre><code class="language-{value}">'
    return f"<{_TAGS[mark.kind]}>" if mark.kind in _TAGS else ""


def _closing(mark: Mark) -> str:
    match mark.kind:
        case "text_link":
            return "</a>"
        case "custom_emoji":
            return "</tg-emoji>"
        case "date_time":
            return "</tg-time>"
        case "expandable_blockquote":
            return "</blockquote>"
        case "pre" if mark.value:
            return "</code></pre>"
    return f"</{_TAGS[mark.kind]}>"
