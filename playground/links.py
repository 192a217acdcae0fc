"""Which addresses Telegram takes for links, and how it writes them."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HOST = re.compile(r"^(?:[\w-]+\.)+[\w-]{2,}\Z|^\d{1,3}(?:\.\d{1,3}){3}\Z")


_USER_ID = re.compile(r"^[0-9]{1,19}\Z")
_PAYLOAD = re.compile(r"^[A-Za-z0-9_-]{0,64}\Z")


class WrongLinkError(ValueError):
    """The address is no link; the message is Telegram's reason."""


def checked_link(address: str) -> str:
    """The address as Telegram stores it: with a scheme, and a slash after a bare host.

    Raises WrongLinkError.
    """
    address = address.strip()
    scheme = _SCHEME.match(address)
    # "host:8080/path" has a port where a scheme would stand.
    if scheme is None or address[scheme.end() :][:1].isdigit():
        address = f"http://{address}"
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  a wrong port raises here
    except ValueError as error:
        raise WrongLinkError("Wrong HTTP URL") from error
    if parts.scheme in ("tg", "ton", "tonsite"):
        return address
    if parts.scheme not in ("http", "https"):
        raise WrongLinkError("Unsupported URL protocol")
    if not _HOST.match(parts.hostname or "") or any(char.isspace() for char in address):
        raise WrongLinkError("Wrong HTTP URL")
    return parts._replace(path=parts.path or "/").geturl()


def mentioned_user(address: str) -> int | None:
    """The id in a `tg://user?id=…` link."""
    parts = urlsplit(address.strip())
    if parts.scheme != "tg" or parts.netloc != "user":
        return None
    value = parse_qs(parts.query).get("id", [""])[0]
    return int(value) if _USER_ID.match(value) else None


def start_payload(address: str, bot_username: str) -> str | None:
    """The payload of a link into the bot's private chat ("" without one); else None."""
    query = _of_bot(address, bot_username)
    if query is None or "startgroup" in query:
        return None
    payload = query.get("start", [""])[0]
    return payload if _PAYLOAD.match(payload) else None


def adds_to_group(address: str, bot_username: str) -> bool:
    """Whether a link lets people choose a group for the bot: to add it there, or as an administrator."""
    query = _of_bot(address, bot_username)
    return query is not None and "startgroup" in query


def _of_bot(address: str, bot_username: str) -> dict[str, list[str]] | None:
    """What a link to this bot asks for; None where it leads elsewhere."""
    try:
        parts = urlsplit(checked_link(address))
    except ValueError:
        return None
    query = parse_qs(parts.query, keep_blank_values=True)
    if parts.scheme == "tg":
        domain = query.get("domain", [""])[0]
        is_ours = parts.netloc == "resolve" and domain.lower() == bot_username.lower()
    else:
        is_ours = (parts.hostname or "") in ("t.me", "telegram.me") and (
            parts.path.strip("/").lower() == bot_username.lower()
        )
    return query if is_ours else None
