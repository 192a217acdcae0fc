"""`python -m bot audit` on bulletins that the bot published, as they were and tampered with."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.domain.elections.bulletins.bulletin import head_of, read, write
from bot.safety.keys import Keys
from handlers.elections.heart.count.bulletin_keys import BulletinSigner
from tests.elections.bulletins.publishing import (
    FIVE,
    SEVEN,
    bulletin_posts,
    bulletin_text,
    campaign,
    crowd,
    evening,
    own_code,
)
from tests.elections.campaign import close_by_two
from tests.process import run_bot, run_python
from tests.source import ROOT
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite")

Edit = Callable[[str], str]


class Desk:
    """A sceptic's desk: the bulletins as files, and tools to make false ones."""

    def __init__(self, folder: Path, texts: list[str], keys: Keys) -> None:
        self.folder = folder
        self.texts = texts
        self.files = [folder / f"bulletin-{number}.txt" for number, _ in enumerate(texts, 1)]
        for file, text in zip(self.files, texts, strict=True):
            file.write_bytes(text.encode())
        self.signer = BulletinSigner(keys, read(texts[0]).header.election)

    def put(self, content: str | bytes) -> Path:
        file = self.folder / "tampered.txt"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    def signed(self, text: str, edit: Edit, signer: BulletinSigner | None = None) -> str:
        """What whoever holds the key can publish: another body, with a head and signature that fit."""
        body = edit(text[: text.rindex("\nhead\t") + 1])
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
    ended = run_bot("audit", third, first, second, first, folder=tmp_path, BOT_TOKEN="nonsense")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.count("FINE: counts, order, caps, head and signature hold.") == 4
    assert "FINE: one election, one key, and each follows the one before it." in ended.stdout
    assert "15 lines: Vera K." in ended.stdout
    assert "5 of 12: Fountain street 5" in ended.stdout
    key = re.search(r"Key: ([0-9a-f ]+)", ended.stdout)
    assert key is not None
    posts = [m.text for m in bulletin_posts(yard)]
    assert all(key[1].strip() in text for text in posts), "the same as in the chat"
    assert all(head in ended.stdout for text in posts for head in re.findall("[0-9a-f]{64}", text))

    file = there.put(there.texts[0].replace("base\t400", "base\t399"))
    ended = run_bot("audit", str(file), folder=tmp_path)
    assert ended.returncode == 1
    assert "WRONG" in ended.stdout
    ended = run_bot("audit", str(tmp_path / "nowhere.txt"), folder=tmp_path)
    assert ended.returncode == 2
    assert "can't be opened" in ended.stdout
    assert "Traceback" not in ended.stderr


def _swap_lines(body: str) -> str:
    lines = body.split("\n")
    rows = [n for n, line in enumerate(lines) if line.startswith("line\t")]
    lines[rows[0]], lines[rows[1]] = lines[rows[1]], lines[rows[0]]
    return "\n".join(lines)


def _double_line(body: str) -> str:
    return re.sub(r"(line\t[^\n]*\n)", r"\1\1", body, count=1)


def _drop_line(body: str) -> str:
    return re.sub(r"line\t[^\n]*\n", "", body, count=1)


def _replace(old: str, new: str) -> Edit:
    def edit(body: str) -> str:
        assert old in body
        return body.replace(old, new)

    return edit


def _invent_residents(body: str) -> str:
    """Eight more in the building where twelve may sign, all counts in order."""
    hashes = [f"{n:064x}" for n in range(8)]
    place = "Vera K.\tFountain street 5"
    lines = [*body.rstrip("\n").split("\n"), *(f"line\t{place}\t{h}" for h in hashes)]
    head = [line for line in lines if not line.startswith("line\t")]
    rows = sorted(line for line in lines if line.startswith("line\t"))
    text = "\n".join([*head, *rows]) + "\n"
    return text.replace(f"cell\t{place}\t5\t", f"cell\t{place}\t13\t").replace(
        "candidate\tVera K.\t15", "candidate\tVera K.\t23"
    )


BY_THE_OPERATOR: list[tuple[str, Edit, str]] = [
    ("a line more", _double_line, "stand there twice"),
    ("a line less", _drop_line, "has 14 lines, not 15"),
    ("another order", _swap_lines, "aren't sorted"),
    ("another total", _replace("candidate\tVera K.\t15", "candidate\tVera K.\t20"), "not 20"),
    ("invented residents", _invent_residents, "13 signatures, and only 12 may sign there"),
    ("more than the base", _replace("base\t400", "base\t9"), "signatures among 9 who may sign"),
    ("an easier target", _replace("needed\t100", "needed\t10"), "100 signatures are needed"),
    ("a strange rule", _replace("at least 1/4", "about 1/4"), "can't be understood"),
    ("an edition ahead", _replace("\t5\t1\n", "\t5\t4\n"), "isn't before this one"),
    ("a house unknown", _replace("building\tFountain street 5\t12\n", ""), "isn't on the list"),
    ("not the first", _replace("number\t1\n", "number\t2\n"), "only the first bulletin"),
]


async def test_what_the_operator_alone_could_falsify(
    yard: Yard, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Head and signature fit: only what the file says gives it away."""
    there = await desk(yard, tmp_path)
    for what, edit, fault in BY_THE_OPERATOR:
        status, report = audited(capsys, there.put(there.signed(there.texts[0], edit)))
        assert (status, fault in report) == (1, True), f"{what}:\n{report}"
        assert "the head isn't" not in report, what
        assert "somebody else wrote" not in report, what
    nasty = there.signed(there.texts[0], _replace("Yard 5", "Yard \x1b[2J\x07\u202e5"))
    _, report = audited(capsys, there.put(nasty))
    assert not {"\x1b", "\x07", "\u202e"} & set(report), "it steers no terminal"


async def test_what_somebody_without_the_key_could_falsify(
    yard: Yard, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = await desk(yard, tmp_path)
    first, second, _ = there.texts
    stranger = BulletinSigner(Keys(bytes(32)), "0" * 32)
    changed = first.replace("Yard 5", "Yard 6")
    status, report = audited(capsys, there.put(changed))
    assert (status, "the head isn't that of this text" in report) == (1, True)

    reheaded = there.signed(first, _replace("Yard 5", "Yard 6"), stranger)
    status, report = audited(capsys, there.put(reheaded))
    assert (status, "the signature isn't that of its key" in report) == (1, True)

    own_key = _replace(read(second).header.key, stranger.public_key)
    replaced = there.put(there.signed(second, own_key, stranger))
    status, report = audited(capsys, replaced)
    assert status == 0, "by itself it holds; in the row it doesn't"
    status, report = audited(capsys, there.files[0], replaced, there.files[2])
    assert status == 1
    assert "of 2 different keys" in report
    assert "bulletin 3 doesn't follow 2" in report


async def test_the_row_of_bulletins(
    yard: Yard, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = await desk(yard, tmp_path)
    first, second, third = there.files
    status, report = audited(capsys, first, third)
    assert (status, "number 2 is missing" in report) == (0, True)
    status, report = audited(capsys, third)
    assert (status, "numbers 1 to 2 are missing" in report) == (0, True)

    forked = there.put(
        there.signed(there.texts[1], _replace("date\t2026-10-22", "date\t2026-10-20"))
    )
    status, report = audited(capsys, first, second, forked)
    assert (status, "two different bulletins with number 2" in report) == (1, True)
    status, report = audited(capsys, first, forked)
    assert (status, "bulletin 2 is of an earlier day than 1" in report) == (1, True)

    early_end = there.put(there.signed(there.texts[1], _replace("last\tno", "last\tyes")))
    status, report = audited(capsys, first, early_end, third)
    assert (status, "comes after 2, which says that it is the last" in report) == (1, True)

    kept = re.search(r"line\tVera K\.\tFountain street 5\t([0-9a-f]{64})", there.texts[1])
    assert kept is not None
    swapped = there.put(there.signed(there.texts[1], _other(kept[1])))
    status, report = audited(capsys, first, swapped)
    assert (status, "is said to be as before in bulletin 2, and isn't" in report) == (1, True)

    eased = _replace("rule\tat least 1/4", "rule\tat least 1/5")
    eased_target = there.put(
        there.signed(there.texts[1], lambda body: eased(body).replace("needed\t100", "needed\t80"))
    )
    status, report = audited(capsys, first, eased_target)
    assert (status, "bulletin 2 goes by another rule than 1" in report) == (1, True)
    shrunk = there.put(
        there.signed(
            there.texts[1], lambda body: body.replace("\t400", "\t300").replace("d\t100", "d\t75")
        )
    )
    status, report = audited(capsys, first, shrunk)
    assert (status, "counts 300 in all and needs 75, 1 counted 400" in report) == (0, True)
    assert "Ask why" not in audited(capsys, first, second)[1]

    other = _replace(f"election\t{read(there.texts[1]).header.election}", f"election\t{'0' * 32}")
    status, report = audited(capsys, first, there.put(there.signed(there.texts[1], other)))
    assert (status, "of 2 different elections" in report) == (1, True)


def _other(line: str) -> Edit:
    """The same with another hash, which keeps the order: only its last digit differs."""
    return _replace(line, line[:-1] + ("0" if line[-1] != "0" else "1"))


async def test_what_is_no_bulletin_is_said_to_be_none(
    yard: Yard, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = await desk(yard, tmp_path)
    text = there.texts[0]
    unreadable: list[tuple[str | bytes, str]] = [
        (b"", "the file is empty"),
        (b"\x00\xff\x00" * 99, "isn't a text in UTF-8"),
        (text.encode("utf-16"), "isn't a text in UTF-8"),
        (text.replace("\n", "\r\n"), "line ends were changed"),
        ("\ufeff" + text, "doesn't begin as a bulletin does"),
        ("Dear neighbours\n", "doesn't begin as a bulletin does"),
        (text.replace("dvor-bulletin\t1", "dvor-bulletin\t2"), "another version"),
        (text[:-1], "the end is missing"),
        (text[: len(text) // 2], "the end is missing"),
        ("dvor-bulletin\t1\nsigned\tx\n", "there is no 'election'"),
        (text.replace("number\t1\n", "number\t-1\n"), "a number isn't one"),
        (text.replace("number\t1\n", "number\t1\t2\n"), "'number'"),
        (text.replace("base\t400\n", "base\t" + "9" * 5000 + "\n"), "a number isn't one"),
        (text.replace("date\t2026-10-21", "date\t2026-10-99"), "date isn't one"),
        (text.replace("date\t2026-10-21", "date\t20261021"), "date isn't one"),
        (text.replace("last\tno", "last\tmaybe"), "a choice isn't one"),
        (text.replace("\nhead\t", "\nhead\tx"), "a hash, head or key isn't one"),
        (text.replace("line\tVera K.\t", "line\tVera K.\t\t"), "too many fields"),
        (text.replace("head\t", "oops\thead\t"), "there is no 'head'"),
        (text + text, "something stands where nothing belongs"),
    ]
    for content, reason in unreadable:
        status, report = audited(capsys, there.put(content))
        assert (status, reason in report) == (2, True), f"{reason}:\n{report[:400]}"
        assert "No bulletin could be checked" in report
    status, report = audited(capsys, tmp_path)
    assert (status, "can't be opened" in report) == (2, True)
    status, report = audited(capsys, there.put(b""), there.files[0])
    assert (status, "FINE" in report) == (2, True), "what can be read is read all the same"


async def test_a_code_is_looked_up_offline(
    yard: Yard, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    card = await campaign(yard)
    people = await crowd(yard, card, 5, FIVE)
    code = await own_code(yard, people[0], card)
    await evening(yard)
    file = tmp_path / "one.txt"
    file.write_text(await bulletin_text(yard, 1), encoding="utf-8", newline="")
    said = "The code stands in bulletin 1: for Vera K., Fountain street 5."
    for typed in (code, code.lower().replace("-", " ")):
        status, report = audited(capsys, file, "--code", typed)
        assert (status, said in report) == (0, True)
    status, report = audited(capsys, file, "--code", "0000-0000-0000-0000")
    assert (status, "stands in none of these" in report) == (1, True)
    status, report = audited(capsys, file, "--code", "hello")
    assert (status, "can't be a proof code" in report) == (1, True)

    monkeypatch.setattr("getpass.getpass", lambda _prompt: code)
    status, report = audited(capsys, file, "--code")
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
