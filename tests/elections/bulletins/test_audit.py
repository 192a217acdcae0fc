"""`python -m bot audit` on bulletins that the bot published, as they were and tampered with."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.cli.main import main
from bot.domain.elections.bulletins.bulletin import head_of, read, write
from bot.safety.keys import Keys
from handlers.elections.heart.count.bulletin_keys import BulletinSigner
from tests.elections.bulletins.publishing import (
    FIVE,
    SEVEN,
    bulletin_post,
    bulletin_posts,
    bulletin_text,
    campaign,
    crowd,
    evening,
    own_code,
)
from tests.elections.bulletins.writing_vectors import VERA, Edit, cell, header, text
from tests.elections.campaign import close_by_two
from tests.process import run_bot, run_python
from tests.source import ROOT
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite")

KEY = re.compile(r"\b[0-9a-f]{4}(?: [0-9a-f]{4}){4}\b")


class Desk:
    """A sceptic's desk: the bulletins as files, and tools to make false ones."""

    def __init__(self, folder: Path, texts: list[str], keys: Keys) -> None:
        self.folder = folder
        self.texts = texts
        self.files = [folder / f"bulletin-{number}.txt" for number, _ in enumerate(texts, 1)]
        for file, content in zip(self.files, texts, strict=True):
            file.write_bytes(content.encode())
        self.signer = BulletinSigner(keys, read(texts[0]).header.election)

    def put(self, content: str | bytes) -> Path:
        file = self.folder / "tampered.txt"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    async def seen(self, yard: Yard) -> list[str]:
        """What a neighbour copies from the chat: the key, and the heads in order."""
        posts = [(await bulletin_post(yard, n)).text for n, _ in enumerate(self.texts, 1)]
        (key,) = {found[0] for post in posts if (found := re.findall(KEY, post))}
        return [key, *(re.findall("[0-9a-f]{64}", post)[0] for post in posts)]

    def signed(self, published: str, edit: Edit, signer: BulletinSigner | None = None) -> str:
        """What whoever holds the key can publish: another body, with a head and signature that fit."""
        body = edit(published[: published.rindex("\nhead\t") + 1])
        return write(body, (signer or self.signer).sign(head_of(body)))


async def desk(yard: Yard, folder: Path) -> Desk:
    """Three bulletins: two buildings, growing and shrinking, the last at the end."""
    card = await campaign(yard)
    early = await crowd(yard, card, 10, SEVEN)
    await crowd(yard, card, 5, FIVE)
    await evening(yard)
    texts = [await bulletin_text(yard, 1)]
    for person in early[:6]:
        await yard.forge(person, card, "e.withdraw:1")
    await evening(yard)
    texts.append(await bulletin_text(yard, 2))
    await crowd(yard, card, 6, FIVE)
    await close_by_two(yard, card)
    texts.append(await bulletin_text(yard, 3))
    return Desk(folder, texts, Keys(yard.settings.key_file.read_bytes()))


def audited(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str]:
    """Exit status and report of the command."""
    status = main(["audit", *map(str, arguments)])
    captured = capsys.readouterr()
    assert captured.err == ""
    return status, captured.out


async def test_what_the_bot_published_holds(yard: Yard, tmp_path: Path) -> None:
    """In a process of its own, in any order, without settings, key or database."""
    there = await desk(yard, tmp_path)
    third, first, second = (str(there.files[n]) for n in (2, 0, 1))
    key, *_ = await there.seen(yard)
    ended = run_bot(
        "audit", third, first, second, first, "--key", key, folder=tmp_path, BOT_TOKEN="nonsense"
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.count("In order by itself: counts, sums, caps, head and signature.") == 4
    assert "HOLDS: nothing is wrong" in ended.stdout
    assert "15 lines: Vera K." in ended.stdout
    assert "5 of 12: Fountain street 5" in ended.stdout
    assert f"Key: {key}" in ended.stdout
    posts = [m.text for m in bulletin_posts(yard)]
    assert all(head in ended.stdout for text in posts for head in re.findall("[0-9a-f]{64}", text))

    file = there.put(there.texts[0].replace("base\t400", "base\t399"))
    ended = run_bot("audit", str(file), folder=tmp_path)
    assert ended.returncode == 1
    assert "WRONG" in ended.stdout
    ended = run_bot("audit", str(tmp_path / "nowhere.txt"), folder=tmp_path)
    assert ended.returncode == 2
    assert "can't be opened" in ended.stdout
    assert "Traceback" not in ended.stderr


def _replace(old: str, new: str) -> Edit:
    def edit(body: str) -> str:
        assert old in body
        return body.replace(old, new)

    return edit


async def test_it_holds_only_against_what_was_seen_in_the_chat(
    yard: Yard, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody who makes a chain of their own under their own key, and one with a gap in it."""
    there = await desk(yard, tmp_path)
    first, second, third = there.files
    key, *heads = await there.seen(yard)
    status, report = audited(capsys, first, second, third)
    assert (status, "who made these can't be told from files alone" in report) == (3, True)
    for option in ("--key", key), ("--head", f"3:{heads[2]}"):
        status, report = audited(capsys, first, second, third, *option)
        assert (status, "HOLDS: nothing is wrong" in report) == (0, True)
    status, report = audited(capsys, first, second, third, "--head", f"2:{heads[0]}")
    assert (status, "bulletin 2 isn't the one whose head you saw" in report) == (1, True)

    stranger = BulletinSigner(Keys(bytes(32)), "0" * 32)
    own_key = _replace(read(there.texts[0]).header.key, stranger.public_key)
    own_chain = there.put(there.signed(there.texts[0], own_key, stranger))
    status, report = audited(capsys, own_chain, "--key", key)
    assert (status, "signed with another key than you saw" in report) == (1, True)

    status, report = audited(capsys, first, third, "--key", key)
    assert status == 3
    assert "number 2 is missing, so the bulletins on both sides may be of different" in report
    assert "HOLDS: " not in report
    status, report = audited(capsys, third, "--key", key)
    assert (status, "numbers 1 to 2 are missing, so what came before" in report) == (3, True)
    status, report = audited(capsys, first, second, "--key", key)
    said = "'Vera K.' has 5 lines in bulletin 2, and had 15 in 1. Ask why."
    assert (status, said in report) == (0, True), report


async def test_what_cannot_be_read_is_said_and_steers_no_terminal(
    yard: Yard, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = await desk(yard, tmp_path)
    nasty = there.signed(there.texts[0], _replace("Yard 5", "Yard \x1b[2J\x07\u202e5"))
    _, report = audited(capsys, there.put(nasty))
    assert not {"\x1b", "\x07", "\u202e"} & set(report)

    status, report = audited(capsys, there.put(b""), there.files[0])
    assert (status, "In order by itself" in report) == (2, True), "what can be read is read"
    status, report = audited(capsys, tmp_path)
    assert (status, "can't be opened" in report) == (2, True)
    assert "No bulletin could be checked" in report
    for options in ("--key", "abc"), ("--head", "f" * 64), ("--head", f"0:{'f' * 64}"):
        assert main(["audit", str(there.files[0]), *options]) == 2
        assert options[0] in capsys.readouterr().err


def test_no_terminal_and_no_letter_that_it_lacks_look_like_something_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit status 1 says that a bulletin is wrong, and neither of these is."""
    file = tmp_path / "bulletin.txt"
    file.write_bytes(text(header(1, title="Прадстаўнік двара"), {}).encode())
    ended = run_bot("audit", str(file), folder=tmp_path, PYTHONIOENCODING="ascii")
    assert (ended.returncode, ended.stderr) == (3, "")

    def nobody_types(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("getpass.getpass", nobody_types)
    assert main(["audit", str(file), "--code"]) == 2
    assert "nothing was checked" in capsys.readouterr().err


def test_a_report_is_short_however_large_the_bulletin(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Thousands of buildings, each with a fault of its own, in names with a fault of their own."""
    house = [f"House {n:03}" for n in range(1000)]
    cells = {(VERA, name): cell((VERA, name), 1, n) for n, name in enumerate(house)}
    about = header(1, buildings=tuple((name, 0) for name in house))
    file = tmp_path / "large.txt"
    file.write_bytes(text(about, cells).encode())
    status, report = audited(capsys, file)
    assert status == 1
    assert "'House 000' has 1 signatures, and only 0 may sign there" in report
    assert "and 981 of these more" in report
    assert len(report.splitlines()) < 60


async def test_a_code_is_looked_up_offline(
    yard: Yard, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    card = await campaign(yard)
    people = await crowd(yard, card, 5, FIVE)
    code = await own_code(yard, people[0], card)
    await evening(yard)
    file = tmp_path / "one.txt"
    file.write_text(await bulletin_text(yard, 1), encoding="utf-8", newline="")
    (key,) = set(re.findall(KEY, (await bulletin_post(yard, 1)).text))
    said = "The code stands in bulletin 1: for Vera K., Fountain street 5."
    for typed in (code, code.lower().replace("-", " ")):
        status, report = audited(capsys, file, "--key", key, "--code", typed)
        assert (status, said in report) == (0, True)
    status, report = audited(capsys, file, "--code", "0000-0000-0000-0000")
    assert (status, "the code isn't in bulletin 1" in report) == (3, True)
    status, report = audited(capsys, file, "--code", "hello")
    assert (status, "can't be a proof code" in report) == (2, True)

    monkeypatch.setattr("getpass.getpass", lambda _prompt: code)
    status, report = audited(capsys, file, "--key", key, "--code")
    assert (status, said in report) == (0, True)


def test_the_audit_needs_nothing_of_a_running_bot() -> None:
    """Whoever doubts the bot must not have to start half of it."""
    program = (
        "import sys; import handlers.elections.heart.count.audit; "
        "print(*{name.split('.')[0] for name in sys.modules})"
    )
    ended = run_python("-c", program, folder=ROOT)
    assert ended.returncode == 0, ended.stderr
    loaded = ended.stdout.split()
    assert {"telegram", "sqlmodel", "sqlalchemy", "babel", "httpx"}.isdisjoint(loaded)
    assert "cryptography" in loaded
