"""Each kind of value that a setting can have: read, or complained about in words."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.domain.timekeeping.zone_data import zone_names
from bot.safety.custody.private_files import why_not_private

OFFICIAL_SERVER = "https://api.telegram.org"
"""Telegram's own, for Bot API."""

_ID = re.compile(r"[0-9]{3,16}")
_TOKEN = re.compile(r"[0-9]{5,20}:[A-Za-z0-9_-]{20,100}")
_LONGEST_LINE = 1_000
_HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
# A part of a path that every request adds by itself: "/bot", with or without the token behind it.
_ADDED_TO_EACH_REQUEST = re.compile(r"bot([0-9<{].*)?|[0-9]{5,20}:.*", re.IGNORECASE)
# The name of a machine or container beside this one: no dots, or a zone that isn't the world's.
_NEAR = re.compile(r"[a-z][a-z0-9_-]*|[a-z0-9_.-]+\.(internal|local|localhost)", re.IGNORECASE)


class SettingsError(Exception):
    """Some settings can't be used; the message names every one of them and how to mend it."""


class Address(NamedTuple):
    """Where a server listens: a host's name or number, and a port."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def is_near(self) -> bool:
        """Whether only this machine and networks of its own reach it, as far as the address tells."""
        try:
            is_everywhere = ipaddress.ip_address(self.host).is_unspecified
        except ValueError:
            is_everywhere = False
        return _is_near(self.host) and not is_everywhere


class SettingsReader:
    """Reads one key at a time and remembers what was wrong with each."""

    def __init__(self, source: Mapping[str, str]) -> None:
        self._source = source
        self._bad: dict[str, str] = {}

    def complain(self, key: str, remedy: str) -> None:
        self._bad[key] = remedy

    def has_complaint_about(self, key: str) -> bool:
        return key in self._bad

    def raise_complaints(self) -> None:
        if self._bad:
            complaints = "\n".join(f"  {key}: {remedy}" for key, remedy in self._bad.items())
            raise SettingsError(f"These settings can't be used:\n{complaints}")

    def text(self, key: str, default: str) -> str:
        return self._source.get(key, "").strip() or default

    def path(self, key: str, default: str) -> Path:
        text = self.text(key, default)
        value = Path(text)
        try:
            value.resolve()
            is_possible = text.isprintable()
        except (OSError, ValueError, RuntimeError):
            is_possible = False
        if not is_possible:
            self.complain(key, "must be a path that can exist on this machine")
            return Path(default)
        return value

    def optional_path(self, key: str) -> Path | None:
        return self.path(key, ".") if self.text(key, "") else None

    def choice(self, key: str, default: str, choices: tuple[str, ...]) -> str:
        value = self.text(key, default)
        for choice in choices:
            if value.lower() == choice.lower():
                return choice
        self.complain(key, f"must be one of {', '.join(choices)}")
        return default

    def token(self) -> str | None:
        value, key = self.text("BOT_TOKEN", ""), "BOT_TOKEN"
        file = self.optional_path("BOT_TOKEN_FILE")
        if file is not None and value:
            self.complain("BOT_TOKEN_FILE", "leave it out, or BOT_TOKEN: each has the token")
        elif file is not None:
            value, key = self._line_of(file, "BOT_TOKEN_FILE"), "BOT_TOKEN_FILE"
        if value and not _TOKEN.fullmatch(value):
            # The value itself is never shown: a token with a typo is still almost a token.
            self.complain(key, "copy it whole from @BotFather; it looks like 123456789:AAF...")
        return value or None

    def _line_of(self, file: Path, key: str) -> str:
        """The first line of a file that nobody else may read."""
        if problem := why_not_private(file):
            self.complain(key, problem)
            return ""
        try:
            with file.open(encoding="utf-8-sig") as text:
                line = text.readline(_LONGEST_LINE).strip()
        except (OSError, UnicodeDecodeError):
            self.complain(key, f"{file} can't be read: it must be text that this user may open")
            return ""
        if not line:
            self.complain(key, f"{file} has nothing in its first line")
        return line

    def url(self, key: str, default: str, schemes: tuple[str, ...]) -> str | None:
        value = self.text(key, default)
        if not value:
            return None
        try:
            parts = urlsplit(value)
            valid = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
        except ValueError:
            valid = False
        if not valid:
            self.complain(
                key,
                f"must be an address that starts with {' or '.join(s + '://' for s in schemes)}",
            )
        return value.rstrip("/")

    def address(self, key: str) -> Address | None:
        value = self.text(key, "")
        if not value:
            return None
        try:
            parts = urlsplit(f"//{value}")
            address = Address(parts.hostname or "", parts.port or 0)
        except ValueError:
            address = Address("", 0)
        if not address.host or not address.port or str(address) != value.lower():
            self.complain(key, "must be a host and a port, like 127.0.0.1:9180")
            return None
        return address

    def bot_api_url(self) -> str:
        """The server's address, to which each request adds "/bot", the token and a method."""
        value = self.url("BOT_API_URL", OFFICIAL_SERVER, ("http", "https")) or ""
        if self.has_complaint_about("BOT_API_URL"):
            return value
        parts = urlsplit(value)
        if parts.scheme == "http" and not _is_near(parts.hostname or ""):
            self.complain(
                "BOT_API_URL",
                "must start with https://, or everybody on the way reads the token; http:// is for this "
                "machine and its own network",
            )
            return value
        has_more = any(map(_ADDED_TO_EACH_REQUEST.fullmatch, unquote(parts.path).split("/")))
        if has_more or parts.query or parts.fragment:
            # The value isn't shown: there may be a token in it.
            server = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
            self.complain(
                "BOT_API_URL",
                f'must end before "/bot", without the token and what follows it, like {server}',
            )
        return value

    def database(self, data_dir: Path) -> str:
        value = self.text("DATABASE_URL", "") or f"sqlite:///{data_dir / 'dvor.sqlite3'}"
        if not _is_database(value):
            self.complain(
                "DATABASE_URL",
                "must start with sqlite:/// or postgresql+psycopg://, or be left out for SQLite in DATA_DIR",
            )
        return value

    def timezone(self) -> str:
        value = self.text("DEFAULT_TIMEZONE", "Europe/Minsk")
        if value not in zone_names() or ("/" not in value and value != "UTC"):
            self.complain("DEFAULT_TIMEZONE", "must be a name like Europe/Minsk or Europe/Warsaw")
        return value

    def number(self, key: str, default: int, *, least: int, most: int) -> int:
        value = self.text(key, str(default))
        if not re.fullmatch(r"[0-9]{1,6}", value) or not least <= int(value) <= most:
            self.complain(key, f"must be a whole number from {least} to {most}")
            return default
        return int(value)

    def hour(self, key: str, default: str) -> time:
        value = self.text(key, default)
        if not _HOUR.fullmatch(value):
            self.complain(key, f"must be an hour and minutes like {default}")
            return time.fromisoformat(default)
        return time.fromisoformat(value)

    def public_halves(self, key: str) -> tuple[str, ...]:
        """Of keys for backups."""
        values = self.text(key, "").replace(",", " ").split()
        if values:
            from bot.backup.locking import is_public_half

            if not all(map(is_public_half, values)):
                self.complain(
                    key,
                    "must be what backup-key shows, age1 and 58 signs more; several with commas",
                )
        return tuple(values)

    def may_add(self) -> frozenset[int] | None:
        """The accounts that may add the bot to a group; None for anybody's."""
        words = self.text("MAY_ADD", "anybody").replace(",", " ").lower().split()
        if words == ["anybody"]:
            return None
        named = [word for word in words if word != "operators"]
        if not all(map(_ID.fullmatch, named)):
            self.complain("MAY_ADD", "must be anybody, operators, or Telegram user ids")
            return frozenset()
        allowed = frozenset(map(int, named))
        if "operators" in words:
            allowed |= frozenset(self.ids("OPERATORS"))
        if not allowed and not self.has_complaint_about("OPERATORS"):
            self.complain("MAY_ADD", "says operators, but OPERATORS names nobody")
        return allowed

    def ids(self, key: str) -> tuple[int, ...]:
        values = self.text(key, "").replace(",", " ").split()
        if not all(map(_ID.fullmatch, values)):
            self.complain(key, "must be Telegram user ids (whole numbers), separated by commas")
            return ()
        return tuple(int(value) for value in values)


def _is_near(host: str) -> bool:
    """Whether it is this machine or one on a network of its own."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return _NEAR.fullmatch(host) is not None


def _is_database(url: str) -> bool:
    try:
        parts = make_url(url)
    except (ArgumentError, ValueError):
        return False
    if parts.drivername == "sqlite":
        # Its writer and readers share a file, and the key's folder is held against it.
        name = parts.database or ""
        return name not in ("", ":memory:") and not name.startswith("file:")
    return parts.drivername == "postgresql+psycopg"
