"""A key that a pass phrase seals: what stands in its file, and who opens it how."""

from __future__ import annotations

import asyncio
import os
import pty
import resource
import select
import signal
import stat
import sys
import time
from pathlib import Path

import pytest

from bot.safety.custody.key_file import KeyFileError, open_file, seal_file
from bot.safety.custody.passphrase import open_key_file, seal_key_file, unlocked_keys
from bot.safety.custody.sealed_key import DamagedKey, WrongPhrase, open_key, seal_key
from playground.server import Server
from tests.process import PATIENCE, environment, run_bot, running, says, stopped

MASTER = bytes(range(32))
PHRASE = "пять слоў pra fontan i čaj"
KEPT = (
    b"dvor-sealed-key 1 scrypt 2 8 1 000102030405060708090a0b0c0d0e0f "
    b"7989423fb17fad13ddd93074cd170d897e6f1f408b55c6d3ef655b050f16"
    b"fe66a0cfa7660dbba8c5e8e6cc09dcb3aee1eb90c8fa8d3e70f2716f4e56"
)
"""MASTER, sealed with so little work that it opens at once."""


def test_only_its_phrase_opens_it_and_nothing_in_the_file_tells_it() -> None:
    sealed = seal_key(MASTER, PHRASE)
    assert sealed != seal_key(MASTER, PHRASE), "two of one phrase can't be told to be alike"
    assert MASTER not in sealed
    assert MASTER.hex().encode() not in sealed
    assert open_key(sealed, PHRASE) == MASTER
    assert open_key(sealed.rstrip() + b"\r\n", PHRASE.replace("č", "c\u030c")) == MASTER
    with pytest.raises(WrongPhrase):
        open_key(sealed, PHRASE + ".")


def test_the_seal_is_as_the_document_says() -> None:
    """Kept for ever: who sealed a key today opens it with a bot of years later."""
    assert open_key(KEPT, PHRASE) == MASTER


def test_an_altered_one_is_damaged_or_wrong_and_takes_no_more_memory_than_is_there() -> None:
    sealed = seal_key(MASTER, PHRASE)
    cheaper = sealed.replace(b" 65536 8 2 ", b" 2 8 2 ")
    assert cheaper != sealed
    with pytest.raises(WrongPhrase):
        open_key(cheaper, PHRASE)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for damaged in (
        sealed[:-10],
        sealed.replace(b" 1 ", b" 2 ", 1),
        sealed.replace(b" 65536 8 ", b" 4194304 16 "),
        sealed.replace(b" 65536 8 ", b" 65535 8 "),
        b"dvor-sealed-key \xff",
    ):
        with pytest.raises(DamagedKey):
            open_key(damaged, PHRASE)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 128 * 1024


class Terminal:
    """`python -m bot` with somebody at the keyboard."""

    def __init__(self, process: asyncio.subprocess.Process, screen: int) -> None:
        self.process = process
        self.shown = ""
        self._screen = screen

    @classmethod
    async def open(cls, *arguments: str, folder: Path, **settings: str) -> Terminal:
        ours, theirs = pty.openpty()
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "bot", *arguments),
            cwd=folder,
            env=environment(**settings),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            # Whoever runs the tests in the background has Ctrl+C ignored, and so would the bot.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        os.close(theirs)
        return cls(process, ours)

    async def answers(self, question: str, typed: str) -> None:
        """Type in answer to a question that is on the screen: what is typed before is thrown away."""
        await self.shows(question)
        os.write(self._screen, f"{typed}\n".encode())

    async def shows(self, words: str) -> None:
        """Wait for the next place on the screen where these words stand."""
        deadline = time.monotonic() + PATIENCE
        while words not in self.shown:
            assert time.monotonic() < deadline, f"{words!r} isn't on the screen: {self.shown!r}"
            self.shown += (await asyncio.to_thread(self._read)).decode("utf-8", "replace")
        self.shown = self.shown.split(words, 1)[1]

    def _read(self) -> bytes:
        """What came within a second; nothing from a terminal whose last program has ended."""
        if not select.select([self._screen], [], [], 1)[0]:
            return b""
        try:
            return os.read(self._screen, 4096)
        except OSError:
            return b""

    async def ended(self) -> int:
        async with asyncio.timeout(PATIENCE):
            status = await self.process.wait()
        while more := self._read():
            self.shown += more.decode("utf-8", "replace")
        os.close(self._screen)
        return status


async def test_a_key_is_sealed_at_the_terminal_asked_for_at_the_start_and_opened_again(
    tmp_path: Path, real_server: Server
) -> None:
    key = tmp_path / "keys" / "dvor.key"
    key.parent.mkdir()
    key.write_bytes(MASTER)
    key.chmod(0o600)
    sealing = await Terminal.open("seal-key", folder=tmp_path)
    await sealing.answers("Pass phrase: ", "short")
    await sealing.shows("12 characters at least")
    await sealing.answers("Pass phrase: ", PHRASE)
    await sealing.answers("Once more: ", PHRASE)
    assert await sealing.ended() == 0, sealing.shown
    assert PHRASE not in sealing.shown, "it isn't shown"
    assert open_key(key.read_bytes(), PHRASE) == MASTER
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert os.listdir(key.parent) == ["dvor.key"], "no draft is left behind"

    key.write_bytes(KEPT)
    settings = {"BOT_TOKEN": real_server.world.bot.token, "BOT_API_URL": real_server.url}
    starting = await Terminal.open(folder=tmp_path, **settings)
    await starting.answers("Pass phrase of", "something else")
    await starting.shows("That isn't it")
    await starting.answers("Pass phrase of", PHRASE)
    await starting.shows("is at work")
    starting.process.send_signal(signal.SIGINT)
    assert await starting.ended() == 0, starting.shown

    guessing = await Terminal.open(folder=tmp_path, **settings)
    for _ in range(3):
        await guessing.answers("Pass phrase of", "a guess")
    assert await guessing.ended() == 2
    assert "None of these opens" in guessing.shown
    assert "Traceback" not in guessing.shown

    opening = await Terminal.open("seal-key", "--open", folder=tmp_path)
    await opening.answers("Pass phrase of", PHRASE)
    assert await opening.ended() == 0, opening.shown
    assert key.read_bytes() == MASTER


async def test_two_different_phrases_change_nothing_and_ctrl_c_is_a_way_out(tmp_path: Path) -> None:
    sealing = await Terminal.open("seal-key", folder=tmp_path)
    await sealing.answers("Pass phrase: ", PHRASE)
    await sealing.answers("Once more: ", PHRASE + ".")
    assert await sealing.ended() == 2
    assert "two different ones" in sealing.shown
    leaving = await Terminal.open("seal-key", folder=tmp_path)
    await leaving.shows("Pass phrase: ")
    os.write(leaving._screen, b"\x03")
    leaving.process.send_signal(signal.SIGINT)
    assert await leaving.ended() == 2, "whoever goes on to destroy the plain key must notice"
    assert "Traceback" not in leaving.shown
    assert os.listdir(tmp_path) == []


async def test_without_a_terminal_a_pipe_tells_it_and_the_plain_key_never_was_on_the_disk(
    tmp_path: Path, real_server: Server
) -> None:
    phrase = tmp_path / "phrase"
    phrase.write_text(f"{PHRASE}\n")
    phrase.chmod(0o600)
    key = tmp_path / "keys" / "dvor.key"
    made = run_bot("seal-key", folder=tmp_path, KEY_PASSPHRASE_FILE=str(phrase))
    assert made.returncode == 0, made.stderr
    assert "sealed from the first" in made.stdout
    assert PHRASE not in made.stdout + made.stderr
    assert len(open_key(key.read_bytes(), PHRASE)) == 32

    settings = {"BOT_TOKEN": real_server.world.bot.token, "BOT_API_URL": real_server.url}
    unasked = run_bot(folder=tmp_path, **settings)
    assert unasked.returncode == 2
    assert "KEY_PASSPHRASE_FILE" in unasked.stderr
    assert "Traceback" not in unasked.stderr

    pipe = tmp_path / "pipe"
    os.mkfifo(pipe, 0o600)
    async with running(folder=tmp_path, KEY_PASSPHRASE_FILE=str(pipe), **settings) as process:
        await asyncio.to_thread(pipe.write_text, f"{PHRASE}\n")
        await says(process, "is at work")
        await stopped(process, signal.SIGTERM)
        assert process.returncode == 0
    phrase.write_text("another one of twelve letters\n")
    key.write_bytes(KEPT)
    wrong = run_bot(folder=tmp_path, KEY_PASSPHRASE_FILE=str(phrase), **settings)
    assert wrong.returncode == 2
    assert "doesn't open KEY_FILE" in wrong.stderr


def test_what_is_damaged_sealed_or_plain_already_says_so(tmp_path: Path) -> None:
    phrase, key = tmp_path / "phrase", tmp_path / "dvor.key"
    phrase.write_text(PHRASE)
    phrase.chmod(0o600)
    for content, change, said in (
        (b"dvor-sealed-key 1 of no kind", unlocked_keys, "neither a key nor a sealed one"),
        (b"dvor-sealed-key 1 of no kind", seal_key_file, "is sealed already"),
        (b"short", seal_key_file, "is damaged"),
        (b"short", open_key_file, "isn't sealed"),
        (seal_key(MASTER, PHRASE + "!"), open_key_file, "doesn't open KEY_FILE"),
    ):
        key.write_bytes(content)
        with pytest.raises(KeyFileError, match=said):
            change(key, phrase, print)
        assert key.read_bytes() == content


def test_the_plain_key_is_written_over_where_it_lay(tmp_path: Path) -> None:
    key, copied = tmp_path / "dvor.key", tmp_path / "copied by a link"
    key.write_bytes(MASTER)
    key.chmod(0o400)
    with key.open("rb") as where_it_lay:
        seal_file(key, PHRASE)
        assert where_it_lay.read() == bytes(32)
    open_file(key, MASTER)
    copied.hardlink_to(key)
    seal_file(key, PHRASE)
    assert copied.read_bytes() == MASTER, "a copy that somebody made stays theirs"
    assert open_key(key.read_bytes(), PHRASE) == MASTER
