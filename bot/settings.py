"""Every setting, from the environment and `.env`, checked together before anything starts."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from pathlib import Path

from dotenv import dotenv_values
from dotenv.parser import parse_stream

from bot.safety.custody.apart import database_file, folders_of_data, is_inside, why_not_apart
from bot.safety.custody.private_files import why_not_private
from bot.settings_reader import Address, SettingsError, SettingsReader

ENV_FILE = Path(".env")
"""In the folder in which the bot is started."""

LANGUAGES = ("en", "be", "ru")
_LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_LOG_FORMATS = ("text", "json")
_PROXIES = ("http", "https", "socks5", "socks5h")
# What nobody else on the machine may read, where `.env` has it.
_SECRET = ("BOT_TOKEN", "PROXY_URL", "DATABASE_URL", "OPERATORS", "MAY_ADD")


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
    reader = SettingsReader(source)
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
            "must say for which key the backups in BACKUP_DIR are written: the command backup-key makes one",
        )
    _require_apart(reader, settings)
    reader.raise_complaints()
    return settings


def _heads_beside(key_file: Path) -> str:
    """Where the heads lie, and move with the key, unless HEADS_FILE names another place."""
    return f"{key_file}.heads"


def _require_apart(reader: SettingsReader, settings: Settings) -> None:
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
