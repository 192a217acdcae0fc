"""The page that checks bulletins, in a real browser without a network, on a telephone's screen."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.domain.elections.bulletins.bulletin import read
from bot.domain.elections.bulletins.findings import Kind
from handlers.elections.heart.check_page import script
from handlers.elections.heart.check_page.page import FILE_NAME, check_page
from handlers.elections.heart.count.audit import audit
from tests.browser import Visitor, browser, visitor
from tests.elections.bulletins import almost_signed
from tests.elections.bulletins.checking import check, words
from tests.elections.bulletins.make_vectors import FOLDER
from tests.elections.bulletins.writing_vectors import (
    CHAIN,
    CHAIN_1,
    SHORT_KEY,
    as_shown,
    header,
    text,
)
from tests.message.catalogs import LANGUAGES

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

__all__ = ["browser", "visitor"]

pytestmark = pytest.mark.browser

VECTORS = json.loads((FOLDER / "index.json").read_text(encoding="utf-8"))["vectors"]
WITHOUT_CRYPTO = "Object.defineProperty(window, 'crypto', { value: undefined });"
PHONE = (390, 844)


@pytest.fixture
async def page(
    browser: Chrome, visitor: Visitor, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[Visitor]:
    """The page as a file on a telephone without a network; with "calculates" the browser has no crypto."""
    file = tmp_path / FILE_NAME
    file.write_bytes(check_page())
    browser.execute_cdp_cmd("Network.enable", {})
    offline = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
    browser.execute_cdp_cmd("Network.emulateNetworkConditions", offline)
    before = WITHOUT_CRYPTO if getattr(request, "param", "") == "calculates" else ""
    added = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": before})
    await visitor.holds(*PHONE)
    await asyncio.to_thread(browser.get, file.as_uri())
    yield visitor
    assert await visitor.complaints() == []
    assert await visitor.measure("performance.getEntriesByType('resource').length") == 0
    assert await visitor.measure("localStorage.length + sessionStorage.length") == 0
    assert await visitor.measure("location.href") == file.as_uri()
    browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)
    browser.execute_cdp_cmd("Network.emulateNetworkConditions", {**offline, "offline": False})


@pytest.mark.parametrize("page", ["asks the browser", "calculates"], indirect=True)
async def test_it_finds_what_the_audit_finds(page: Visitor, browser: Chrome) -> None:
    """In every kept bulletin, good or bad, and in three languages."""
    for vector in VECTORS:
        files = {name: (FOLDER / name).read_bytes() for name in vector["files"]}
        said = await check(
            browser, files, vector.get("key"), vector.get("heads", ()), vector.get("code")
        )
        assert (said.verdict, list(said.findings)) == (vector["verdict"], vector["findings"]), (
            vector["name"]
        )
        assert len(said.places) == len(vector.get("places", ())), vector["name"]
        for sentence, (number, candidate, _) in zip(
            said.places, vector.get("places", ()), strict=True
        ):
            assert f"{number}: {candidate}" in sentence, vector["name"]


@pytest.mark.parametrize("page", ["asks the browser", "calculates"], indirect=True)
async def test_a_signature_that_is_almost_one_is_none(
    page: Visitor, browser: Chrome, tmp_path: Path
) -> None:
    """Written in a second way, or by a key under which everything is signed."""
    for name, almost in almost_signed.bulletins():
        file = tmp_path / "bulletin.txt"
        file.write_bytes(almost.encode())
        said = await check(browser, {file.name: file.read_bytes()})
        found = sorted(kind.code for kind in audit([file]).kinds)
        assert list(said.findings) == found == ["signature_differs", "signer_unknown"], name


async def test_a_neighbour_checks_by_hand(page: Visitor, tmp_path: Path) -> None:
    for name, content in CHAIN.items():
        (tmp_path / name).write_bytes(content)
    await page.clicks("#languages button", "Eng")
    await page.fills("#files", "\n".join(str(tmp_path / name) for name in CHAIN))
    await page.sees("Can't be told yet", "#verdict")
    assert "30 of 25" in await page.text("#bulletins")
    assert SHORT_KEY in await page.text("#key")
    await page.clicks("#key button")
    await page.sees("It holds", "#verdict")
    await page.fills("#seen-key", "0")
    await page.sees("This isn't all of it yet", "#key")
    await page.sees("Can't be told yet", "#verdict")
    head = read(CHAIN["chain-3.txt"].decode()).head
    await page.fills("#seen-head-3", head)
    await page.sees("It holds", "#verdict")
    await page.clicks("summary", "The head of another bulletin")
    await page.fills("#head", "0" * 64)
    await page.fills("#number", "3")
    await page.sees("Something is wrong", "#verdict")
    await page.fills("#number", "31")
    await page.sees("Bulletin 31, whose head you saw, isn't among the files", "#verdict")
    assert "Anybody can make such files" not in await page.text("#verdict"), "head 3 is known"
    await page.fills("#head", head)
    await page.fills("#number", "3")
    await page.sees("It holds", "#verdict")
    await page.fills("#code", as_shown(100).lower().replace("-", " "))
    await page.clicks("#search button")
    await page.sees("Bulletin 3: ", "#line")
    assert await page.measure("document.getElementById('code').value") == ""
    await page.clicks("#languages button", "Бел")
    await page.sees(words("be", "verdict.holds"), "#verdict")
    await page.sees("Зводка 3: ", "#line")
    await page.measure("window.dispatchEvent(new Event('pagehide'))")
    await page.until("document.getElementById('line').hidden")
    assert "Fountain" not in await page.text("#line")


async def test_a_text_is_pasted(page: Visitor) -> None:
    await page.clicks("#languages button", "Рус")
    await page.clicks("summary", "Или вставить текст файла")
    pasted = json.dumps(f"\n{CHAIN_1.strip()}")
    await page.measure(f"document.getElementById('text').value = {pasted}")
    await page.clicks("#add")
    await page.sees("Пока неизвестно", "#verdict")
    await page.sees("Сравните ниже ключ", "#verdict")


async def test_what_a_file_says_stays_text(page: Visitor, browser: Chrome) -> None:
    name = "<img src=x onerror=\"document.title='broken'\">\u202e</script>"
    nasty = text(header(1, candidates=(name,)), {}).encode()
    await check(browser, {"nasty.txt": nasty, "<b>no</b>.txt": b"no bulletin"})
    shown = await page.text("#found")
    assert "<img src=x" in shown
    assert "<b>no</b>.txt" in shown
    assert "\u202e" not in shown
    assert (
        await page.measure("document.images.length + document.querySelectorAll('li b').length") == 0
    )
    assert await page.measure("document.title") == words("ru", "title")


@pytest.mark.parametrize("width", [360, 390])
async def test_nothing_is_wider_than_a_telephone(
    page: Visitor, browser: Chrome, width: int
) -> None:
    await page.holds(width, 844)
    await check(browser, CHAIN, SHORT_KEY, (), as_shown(1))
    for language in LANGUAGES:
        await page.clicks(f"#languages button[lang={language}]")
        await page.measure(
            "document.querySelectorAll('details').forEach((each) => each.open = true)"
        )
        assert await page.measure("document.documentElement.scrollWidth") == width, language


async def test_it_can_neither_fetch_nor_send(
    browser: Chrome, visitor: Visitor, tmp_path: Path
) -> None:
    file = tmp_path / FILE_NAME
    file.write_bytes(check_page())
    await asyncio.to_thread(browser.get, file.as_uri())
    tries = """
    const done = arguments[0], stopped = new Set();
    document.addEventListener("securitypolicyviolation", (event) => {
      stopped.add(event.effectiveDirective);
      if (stopped.size === 6) done(Array.from(stopped).sort());
    });
    const add = (tag, about) => document.body.appendChild(Object.assign(document.createElement(tag), about));
    fetch("https://example.org/").catch(() => {});
    add("img", { src: "https://example.org/a.png" });
    add("script", { textContent: "document.title = 'broken'" });
    add("iframe", { src: "https://example.org/" });
    add("style", { textContent: "body { background: url(https://example.org/b.png) }" });
    add("form", { action: "https://example.org/", method: "post" }).submit();
    """
    stopped = await asyncio.to_thread(browser.execute_async_script, tries)
    assert stopped == [
        "connect-src", "form-action", "frame-src", "img-src", "script-src-elem", "style-src-elem",
    ]  # fmt: skip
    browser.get_log("browser")  # type: ignore[no-untyped-call]


def test_the_words_of_the_page_are_those_that_it_says() -> None:
    folder = Path(script.__file__).parent
    sources = "".join(
        file.read_text(encoding="utf-8")
        for file in (*folder.glob("*.js"), folder / "page.html", folder / "page.py")
    )
    known = set(script.texts("en"))
    asked = set(re.findall(r'"([a-z_]+(?:\.[a-z_]+)*)"', sources))
    begun = tuple(re.findall(r'"([a-z_.]+[._])" \+', sources))
    reasons = {f"unreadable.{each}" for each in asked}
    kinds = {f"finding.{kind.code}" for kind in Kind} - {"finding.unreadable"}
    assert kinds <= known
    for key in known - kinds - asked - reasons:
        assert key.startswith(begun) or key.removesuffix("_one") in kinds, key
    said = re.findall(r'\bsay\("([\w.]+)"[,)]|data-say="([\w.]+)"', sources)
    assert {"".join(each) for each in said} <= known | {kind.code for kind in Kind}
