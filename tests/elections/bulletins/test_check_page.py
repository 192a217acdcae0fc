"""The page that checks bulletins, on its way to those who need it: the chat, paper, the source."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from pathlib import Path

from sqlalchemy import delete
from sqlmodel import col

from bot.message.words import load_words
from handlers.elections.bulletins.faces import draw_check_page
from handlers.elections.heart.check_page.page import check_page, page_hash
from playground.chats import Message
from storage.database import Database
from storage.delivery.outbox import OutboxRow
from storage.elections.bulletins import CHECK_PAGE, BulletinHeadRow
from tests.elections.bulletins.publishing import bulletin, bulletin_post, campaign, crowd, evening
from tests.message.catalogs import LANGUAGES
from tests.process import environment
from tests.source import ROOT
from tests.yard import Yard


def pages(yard: Yard) -> list[Message]:
    return [m for m in yard.group.messages if m.document and m.document.name == "check.html"]


async def test_it_comes_after_the_first_bulletin_and_no_other(yard: Yard) -> None:
    card = await campaign(yard)
    await crowd(yard, card, 5)
    await evening(yard)
    await yard.world.until(lambda: len(pages(yard)) == 1)
    (page,) = pages(yard)
    assert page.id > (await bulletin_post(yard, 1)).id
    assert page.document is not None
    digest = hashlib.sha256(page.document.content).hexdigest()
    assert digest in page.text
    await crowd(yard, card, 5)
    await evening(yard)
    assert (await bulletin(yard, 2)).header.previous == (await bulletin(yard, 1)).head
    await yard.settled(61)
    assert pages(yard) == [page]


async def test_an_election_that_began_without_it_gets_it_with_the_next(yard: Yard) -> None:
    card = await campaign(yard)
    await crowd(yard, card, 5)
    await evening(yard)
    await yard.world.until(lambda: len(pages(yard)) == 1)
    await yard.settled()
    database = Database(yard.database_url)
    with database.engine.begin() as connection:
        connection.execute(delete(OutboxRow))
        connection.execute(delete(BulletinHeadRow).where(col(BulletinHeadRow.number) == CHECK_PAGE))
    database.close()
    await crowd(yard, card, 5)
    await evening(yard)
    await yard.world.until(lambda: len(pages(yard)) == 2)


def test_the_command_writes_the_same_in_any_folder(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "check-page"],
        cwd=tmp_path,
        env=environment(PYTHONHASHSEED="7", LC_ALL="C", PYTHONUTF8="0"),
        capture_output=True,
        check=True,
    )
    assert hashlib.sha256(ended.stdout).hexdigest() == page_hash()


def test_it_is_whole_and_names_no_address() -> None:
    page = check_page().decode()
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", page, flags=re.DOTALL)
    assert not re.search(
        r"https?:|[\"'(]//|\bimport\b|\bsrc=|\bhref=|localStorage|indexedDB|cookie", code
    )
    assert "{policy}" not in page
    assert len(page.encode()) < 200_000


def test_what_it_calculates_with_is_kept_as_it_was_published() -> None:
    folder = ROOT / "handlers/elections/heart/check_page/noble"
    listed = re.findall(
        r"\| (\S+\.js) \|.*\| ([0-9a-f]{64}) \|", (folder / "README.md").read_text("utf-8")
    )
    kept = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*.js")}
    assert {name for name, _ in listed} == kept.keys()
    for name, digest in listed:
        assert hashlib.sha256(kept[name].read_bytes()).hexdigest() == digest, name


def test_its_words_fit_beneath_a_file() -> None:
    """Telegram takes 1,024 characters there."""
    for language in LANGUAGES:
        assert draw_check_page(b"", load_words(language)).text.units() < 1000
