"""Which addresses a text may lead to: pages of the web, and nobody's account by a number."""

from __future__ import annotations

import re
import unicodedata

_WEB = re.compile(r"https?://(?:[^/?#]*@)?(?P<host>[^/?#:]+)", re.IGNORECASE)
# Pages of Telegram that open a chat, under its own domains and those of people's names (vera.t.me).
_TELEGRAM = re.compile(r"(?:.+\.)?(?:t\.me|telegram\.(?:me|dog|org))\.?")
_ENCODED = re.compile(r"%([0-9a-f]{2})", re.IGNORECASE)
# An account's number: @id5310587636, ?id=5310587636 or ?user_id=5310587636 on a page of Telegram, and
# tg://openmessage?user_id=5310587636 behind any address that passes it on.
_NUMBERED = re.compile(r"@id\W*\d|tg:.*\d{5}", re.DOTALL)
# There also behind a #, as Telegram's pages for a browser have it (a group's begins with a dash), and a
# telephone's, which looks like an invitation of digits alone.
_NUMBERED_THERE = re.compile(r"id[^\w/]*\d{5}|#[^-@]*\d{5}|/\+\d{5,}(?![\w-])")
_MOST_LAYERS = 5


def kept_address(address: str) -> str:
    """Return the address if a text may keep it, nothing where it leads elsewhere than to a page of the web or
    carries the number of an account, however it is written."""
    address = address.strip()
    plain = _plain(address)
    page = _WEB.match(plain)
    if page is None or _WEB.match(address) is None or _NUMBERED.search(plain):
        return ""
    if _TELEGRAM.fullmatch(page["host"]) and _NUMBERED_THERE.search(plain):
        return ""
    return address


def _plain(address: str) -> str:
    """An address as whoever follows it reads it: small letters, nothing encoded, no blanks."""
    for _ in range(_MOST_LAYERS):
        address = _ENCODED.sub(lambda code: chr(int(code[1], 16)), address)
    seen = unicodedata.normalize("NFKC", address).lower().replace("\\", "/")
    return "".join(seen.split())
