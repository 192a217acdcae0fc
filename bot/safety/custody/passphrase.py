"""The pass phrase of a sealed key: asked at the terminal, or read where a program puts it."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bot.safety.custody.key_file import (
    KeyFileError,
    open_file,
    plain_master,
    seal_file,
    sealed_content,
    unlock,
)
from bot.safety.custody.private_files import why_not_private
from bot.safety.custody.sealed_key import WrongPhrase
from bot.safety.keys import Keys

_TRIES = 3
_LEAST_LENGTH = 12
_LONGEST = 1_000

Say = Callable[[str], None]


@dataclass(frozen=True)
class OpenKey:
    """MASTER out of a key file, and the pass phrase that opened it; None where it isn't sealed."""

    master: bytes = field(repr=False)
    phrase: str | None = field(repr=False)


def opened_key(key_file: Path, phrase_file: Path | None, say: Say) -> OpenKey:
    """Open a key file, sealed or not; asks for the phrase as `unlocked_keys` does. Raises `KeyFileError`."""
    content = sealed_content(key_file)
    if content is None:
        return OpenKey(plain_master(key_file), None)
    return _opened(key_file, content, phrase_file, say)


def reopened_key(key_file: Path, known: OpenKey) -> bytes:
    """Return the MASTER of a key file that was sealed as a known one was. Raises `KeyFileError`."""
    content = sealed_content(key_file)
    if content is None:
        return plain_master(key_file)
    try:
        return unlock(key_file, content, known.phrase or "")
    except WrongPhrase as error:
        raise KeyFileError(
            f"{key_file} is a key that was sealed by another pass phrase than KEY_FILE."
        ) from error


def unlocked_keys(key_file: Path, phrase_file: Path | None, say: Say) -> Keys | None:
    """Return the keys of a sealed key file, None where it isn't sealed or isn't there.

    Asks for the pass phrase at the terminal, unless `phrase_file` has it. Raises `KeyFileError`.
    """
    content = sealed_content(key_file)
    if content is None:
        return None
    return Keys(_opened(key_file, content, phrase_file, say).master)


def seal_key_file(key_file: Path, phrase_file: Path | None, say: Say) -> None:
    """Seal the key by a new pass phrase. Raises `KeyFileError`."""
    if sealed_content(key_file) is not None:
        raise KeyFileError(
            f"KEY_FILE {key_file} is sealed already. For another pass phrase open it first: seal-key --open."
        )
    was_there = seal_file(key_file, _new_phrase(phrase_file, say))
    done = "is sealed now" if was_there else "was made, sealed from the first"
    say(
        f"KEY_FILE {key_file} {done}.\n"
        "Nobody opens it without the pass phrase, you included: keep that where the machine isn't."
    )
    if was_there:
        say("Copies of the plain key still open the database: seal or destroy them too.")


def open_key_file(key_file: Path, phrase_file: Path | None, say: Say) -> None:
    """Take the seal off the key. Raises `KeyFileError`."""
    content = sealed_content(key_file)
    if content is None:
        raise KeyFileError(f"KEY_FILE {key_file} isn't sealed, or isn't there.")
    open_file(key_file, _opened(key_file, content, phrase_file, say).master)
    say(f"KEY_FILE {key_file} is a plain key again: whoever takes it has the key.")


def _opened(key_file: Path, content: bytes, phrase_file: Path | None, say: Say) -> OpenKey:
    if phrase_file is not None:
        phrase = _read(phrase_file)
        try:
            return OpenKey(unlock(key_file, content, phrase), phrase)
        except WrongPhrase as error:
            raise KeyFileError(
                f"The pass phrase in KEY_PASSPHRASE_FILE {phrase_file} doesn't open KEY_FILE {key_file}."
            ) from error
    for tries_left in reversed(range(_TRIES)):
        phrase = _ask(f"Pass phrase of {key_file}: ")
        try:
            return OpenKey(unlock(key_file, content, phrase), phrase)
        except WrongPhrase:
            if tries_left:
                say("That isn't it. Look at the keyboard's language and capitals, and try again.")
    raise KeyFileError(
        f"None of these opens KEY_FILE {key_file}. Start again once you have found the pass phrase."
    )


def _new_phrase(phrase_file: Path | None, say: Say) -> str:
    if phrase_file is not None:
        phrase = _read(phrase_file)
        if len(phrase) < _LEAST_LENGTH:
            raise KeyFileError(f"The pass phrase needs {_LEAST_LENGTH} characters at least.")
        return phrase
    return ask_for_new(say)


def ask_for_new(say: Say) -> str:
    """Ask twice for a new pass phrase at the terminal. Raises `KeyFileError` where these were two."""
    say(
        "A new pass phrase: five or six words that have nothing to do with each other. It isn't shown."
    )
    while len(phrase := _ask("Pass phrase: ")) < _LEAST_LENGTH:
        say(f"{_LEAST_LENGTH} characters at least: short ones can be tried out.")
    if _ask("Once more: ") != phrase:
        raise KeyFileError("These were two different ones. Nothing has changed; start again.")
    return phrase


def _ask(prompt: str) -> str:
    if not sys.stdin.isatty():
        raise KeyFileError(
            "KEY_FILE has to do with a pass phrase, and there is no terminal to ask for it.\n"
            "Start where you can type, or name a file or pipe that has it in KEY_PASSPHRASE_FILE "
            "(docs/key.md)."
        )
    return getpass.getpass(prompt)


def _read(phrase_file: Path) -> str:
    """The first line of the file or pipe, for which a start waits if it must."""
    problem = why_not_private(phrase_file)
    if problem is not None:
        raise KeyFileError(f"KEY_PASSPHRASE_FILE {problem}")
    try:
        with phrase_file.open(encoding="utf-8") as file:
            line = file.readline(_LONGEST).rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise KeyFileError(
            f"KEY_PASSPHRASE_FILE {phrase_file} can't be read: it must be text that this user may open."
        ) from error
    if not line:
        raise KeyFileError(
            f"KEY_PASSPHRASE_FILE {phrase_file} has no pass phrase in its first line."
        )
    return line
