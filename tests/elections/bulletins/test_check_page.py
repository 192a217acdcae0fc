"""The page that checks bulletins, on its way to those who need it: the chat, paper, the source."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from pathlib import Path

from sqlalchemy import delete, update
from sqlmodel import col

from bot.message.words import load_words
from bot.store import UnitOfWork
from handlers.elections.bulletins.faces import draw_check_page
from handlers.elections.heart.check_page.page import check_page, page_hash
from handlers.elections.heart.count.publishing import CHECK_PAGE_POST
from playground.chats import Message
from storage.database import Database
from storage.delivery import outbox
from storage.elections.bulletins import CHECK_PAGE, BulletinHeadRow
from tests.elections.bulletins.publishing import bulletin, bulletin_post, campaign, crowd, evening
from tests.elections.paper.collecting import printed, text_of
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
    posts = yard.group.messages
    assert posts.index(page) > posts.index(await bulletin_post(yard, 1))
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
    await _is_given(yard)
    database = Database(yard.database_url)
    with database.engine.begin() as connection:
        connection.execute(delete(outbox.OutboxRow))
        connection.execute(delete(BulletinHeadRow).where(col(BulletinHeadRow.number) == CHECK_PAGE))
    database.close()
    await crowd(yard, card, 5)
    await evening(yard)
    await yard.world.until(lambda: len(pages(yard)) == 2)


async def test_sheets_show_the_page_that_the_chat_was_given(yard: Yard) -> None:
    """Also once a later version of the bot would make another."""
    yard.world.start(yard.vera)
    card = await campaign(yard)
    assert page_hash() in await _printed(yard)
    await crowd(yard, card, 5)
    await evening(yard)
    await _is_given(yard)
    database = Database(yard.database_url)
    with database.engine.begin() as connection:
        row = update(BulletinHeadRow).where(col(BulletinHeadRow.number) == CHECK_PAGE)
        connection.execute(row.values(head="b" * 64))
    database.close()
    assert "b" * 64 in await _printed(yard)


async def _is_given(yard: Yard) -> None:
    """Wait until the chat has the page, and the bot knows it."""

    def is_noted(work: UnitOfWork) -> bool:
        row = outbox.find(work.session, f"{CHECK_PAGE_POST}:1")
        return row is not None and row.state is outbox.OutboxState.SENT

    await yard.written(is_noted)


async def _printed(yard: Yard) -> str:
    file = await printed(yard, "/sheet 20 Fountain street 5")
    assert file.document is not None
    return text_of(file.document.content)


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
