"""Every setting, from the environment and `.env`, checked together before anything starts."""

from __future__ import annotations

import io
import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from dotenv import dotenv_values
from dotenv.parser import parse_stream
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.domain.timekeeping.zone_data import zone_names
from bot.safety.custody.apart import database_file, folders_of_data, is_inside, why_not_apart
from bot.safety.custody.private_files import why_not_private

ENV_FILE = Path(".env")
"""In the folder in which the bot is started."""

LANGUAGES = ("en", "be", "ru")
_LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_LOG_FORMATS = ("text", "json")
_PROXIES = ("http", "https", "socks5", "socks5h")
_ID = re.compile(r"[0-9]{3,16}")
_TOKEN = re.compile(r"[0-9]{5,20}:[A-Za-z0-9_-]{20,100}")
_LONGEST_LINE = 1_000
_HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
# A part of a path that every request adds by itself: "/bot", with or without the token behind it.
_ADDED_TO_EACH_REQUEST = re.compile(r"bot([0-9<{].*)?|[0-9]{5,20}:.*", re.IGNORECASE)
# The name of a machine or container beside this one: no dots, or a zone that isn't the world's.
_NEAR = re.compile(r"[a-z][a-z0-9_-]*|[a-z0-9_.-]+\.(internal|local|localhost)", re.IGNORECASE)
# What nobody else on the machine may read, where `.env` has it.
_SECRET = ("BOT_TOKEN", "PROXY_URL", "DATABASE_URL", "OPERATORS", "MAY_ADD")


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


@dataclass(frozen=True)
class Settings:
    """What the operator decided; `.env.example` documents each key."""

    bot_token: str | None
    bot_api_url: str
    proxy_url: str | None
    database_url: str
    data_dir: Path
    key_file: Path
    passphrase_file: Path | None
    heads_file: Path
    default_language: str
    default_timezone: str
    operators: tuple[int, ...]
    # The accounts that may add the bot to a group; None for everybody's.
    may_add: frozenset[int] | None
    grace_hours: int
    forget_actions_days: int
    # Where a backup is made each night; None for nowhere.
    backup_dir: Path | None
    backup_at: time
    backup_keep: int
    # The public halves of the keys for which backups are written.
    backup_to: tuple[str, ...]
    log_level: str
    log_format: str
    # Where the bot tells how it is; None where it doesn't.
    listen: Address | None

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def has_database_in_data_dir(self) -> bool:
        file = database_file(self.database_url)
        return file is not None and is_inside(file, self.data_dir)


def load_settings(env_file: Path = ENV_FILE, **instead: str) -> Settings:
    """Read `.env` and the environment, which wins; or settings given `instead` of both.

    Raises `SettingsError` naming every bad key at once.
    """
    try:
        # Some editors put a byte order mark before the first key.
        text = env_file.read_text(encoding="utf-8-sig") if env_file.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{env_file} can't be read: it must be a text file in UTF-8 that this user may open."
        ) from error
    _require_settings_only(text, env_file)
    read = dotenv_values(stream=io.StringIO(text))
    from_file = {key: value for key, value in read.items() if value is not None}
    if any(from_file.get(key) for key in _SECRET) and (problem := why_not_private(env_file)):
        raise SettingsError(problem)
    return read_settings({**from_file, **os.environ, **instead})


def _require_settings_only(text: str, env_file: Path) -> None:
    """Go on only where every line says something: one that doesn't would be passed over, and with a
    token on it the bot would open the playground instead. Raises `SettingsError`."""
    bad = [
        str(binding.original.line)
        for binding in parse_stream(io.StringIO(text))
        if binding.error or (binding.key is not None and binding.value is None)
    ]
    if bad:
        lines = f"line {bad[0]}" if len(bad) == 1 else f"lines {', '.join(bad)}"
        raise SettingsError(
            f"{env_file}, {lines}: a setting is written KEY=value, a remark begins with #."
        )


def read_settings(source: Mapping[str, str]) -> Settings:
    """The same from any mapping of keys to text. Raises `SettingsError`."""
    reader = _Reader(source)
    data_dir = reader.path("DATA_DIR", "./data")
    key_file = reader.path("KEY_FILE", "./keys/dvor.key")
    heads_file = reader.path("HEADS_FILE", _heads_beside(key_file))
    settings = Settings(
        bot_token=reader.token(),
        bot_api_url=reader.bot_api_url(),
        proxy_url=reader.url("PROXY_URL", "", _PROXIES),
        database_url=reader.database(data_dir),
        data_dir=data_dir,
        key_file=key_file,
        passphrase_file=reader.optional_path("KEY_PASSPHRASE_FILE"),
        heads_file=heads_file,
        default_language=reader.choice("DEFAULT_LANGUAGE", "en", LANGUAGES),
        default_timezone=reader.timezone(),
        operators=reader.ids("OPERATORS"),
        may_add=reader.may_add(),
        grace_hours=reader.number("GRACE_HOURS", 6, least=1, most=168),
        forget_actions_days=reader.number("FORGET_ACTIONS_DAYS", 90, least=0, most=3650),
        backup_dir=reader.optional_path("BACKUP_DIR"),
        backup_at=reader.hour("BACKUP_AT", "03:30"),
        backup_keep=reader.number("BACKUP_KEEP", 7, least=1, most=9999),
        backup_to=reader.public_halves("BACKUP_TO"),
        log_level=reader.choice("LOG_LEVEL", "INFO", _LOG_LEVELS),
        log_format=reader.choice("LOG_FORMAT", "text", _LOG_FORMATS),
        listen=reader.address("LISTEN"),
    )
    if settings.backup_dir is not None and not settings.backup_to:
        reader.complain(
            "BACKUP_TO",
            "must say for which key the backups in BACKUP_DIR are written: type python -m bot backup-key",
        )
    _require_apart(reader, settings)
    reader.raise_complaints()
    return settings


def _heads_beside(key_file: Path) -> str:
    """Where the heads lie, and move with the key, unless HEADS_FILE names another place."""
    return f"{key_file}.heads"


def _require_apart(reader: _Reader, settings: Settings) -> None:
    """The key, its pass phrase and the heads lie where no copy of the data takes them along."""
    is_known = not reader.has_complaint_about("DATABASE_URL")
    data = folders_of_data(settings.data_dir, settings.database_url if is_known else None)
    beside = Path(_heads_beside(settings.key_file))
    if problem := why_not_apart(settings.key_file, beside, data):
        reader.complain("KEY_FILE", problem)
    elif any(is_inside(settings.heads_file, folder) for folder in data):
        reader.complain(
            "HEADS_FILE", "must not lie with the data: an old backup of that would bring its own"
        )
    phrase = settings.passphrase_file
    if phrase is not None and any(is_inside(phrase, folder) for folder in data):
        reader.complain("KEY_PASSPHRASE_FILE", "must not lie with the data that it opens")


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


class _Reader:
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
        value = self.url("BOT_API_URL", "https://api.telegram.org", ("http", "https")) or ""
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
