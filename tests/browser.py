"""The system's Chromium, driven by selenium; nothing is downloaded."""

from __future__ import annotations

import asyncio
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from selenium import webdriver
from selenium.common.exceptions import (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    NoSuchElementException,
    StaleElementReferenceException,
    TimeoutException,
)
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from selenium.webdriver.remote.webelement import WebElement

# The page may redraw an element between finding and touching it: look again.
_PASSING = (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    NoSuchElementException,
    StaleElementReferenceException,
)

_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def open_browser(profile: Path, *, width: int = 1280, height: int = 800) -> webdriver.Chrome:
    """A browser with a fresh profile. Skips the test where the machine has no Chromium."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or driver is None:
        pytest.skip("no Chromium on this machine: install chromium and chromium-driver to run it")
    options = Options()
    options.binary_location = chromium
    for flag in (*_FLAGS, f"--user-data-dir={profile}", f"--window-size={width},{height}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=Service(driver))


class Visitor:
    """A person at the playground's page; every wait is for something to be seen.

    Selenium blocks, so each of its calls runs in a thread: the server under test lives on the
    event loop.
    """

    def __init__(self, driver: webdriver.Chrome) -> None:
        self._driver = driver
        self._wait = WebDriverWait(driver, 60, poll_frequency=0.05, ignored_exceptions=_PASSING)

    async def opens(self, url: str) -> None:
        """Open the page and wait until it shows the yard."""
        await asyncio.to_thread(self._driver.get, url)
        await self._until(lambda: bool(self._all("#people button")), "the page shows no people")

    async def becomes(self, name: str) -> None:
        """Be another neighbour."""
        await self._press("#people button", name)
        await self._until(lambda: self._driver.title.startswith(name), f"nobody became {name}")

    async def enters(self, chat: str) -> None:
        """Go to another chat."""
        await self._press("#chats button", chat)

    async def writes(self, text: str) -> None:
        """Type a message and press Enter."""
        await self.types(text)
        await self.types(Keys.ENTER)

    async def types(self, keys: str) -> None:
        """Press keys in the field for messages."""
        await self._until(lambda: self._one("#say").is_displayed(), "there is no field to write in")
        await asyncio.to_thread(lambda: self._one("#say").send_keys(keys))

    async def fills(self, selector: str, keys: str) -> None:
        """Press keys in a field instead of what stands in it; in a field for files their paths, by line."""

        def fill() -> bool:
            field = self._one(selector)
            if field.get_attribute("type") != "file":
                field.clear()
            field.send_keys(keys)
            return True

        await self._until(fill, f"there is no {selector} to write in")

    async def hits(self, *keys: str) -> None:
        """Press keys wherever the focus is."""
        await asyncio.to_thread(lambda: self._driver.switch_to.active_element.send_keys(*keys))

    async def taps(self, label: str) -> None:
        """Press the newest button under a message with this label."""
        await self._press(".key", label)

    async def clicks(self, selector: str, words: str = "") -> None:
        """Click the last element so selected that holds these words."""
        await self._press(selector, words)

    async def sees(self, words: str, where: str = "#log") -> None:
        """Wait until these words stand there."""
        await self._until(
            lambda: words in self._text(where), lambda: f"no {words!r} in:\n{self._text(where)}"
        )

    async def sees_no_more(self, words: str, where: str = "#log") -> None:
        """Wait until these words stand there no longer."""
        await self._until(lambda: words not in self._text(where), f"{words!r} still stands there")

    async def text(self, where: str = "#log") -> str:
        """All the words that stand there now."""
        return await asyncio.to_thread(self._text, where)

    async def measure(self, script: str) -> Any:
        """What a script finds out about the page."""
        return await asyncio.to_thread(self._driver.execute_script, f"return {script}")

    async def until(self, script: str) -> None:
        """Wait until a script's expression holds."""
        await self._until(lambda: self._driver.execute_script(f"return {script}"), script)

    async def holds(self, width: int, height: int, *, dark: bool = False) -> None:
        """Use a screen of this size, in light or dark."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        await asyncio.to_thread(
            self._driver.execute_cdp_cmd, "Emulation.setDeviceMetricsOverride", size
        )
        await asyncio.to_thread(
            self._driver.execute_cdp_cmd, "Emulation.setEmulatedMedia", {"features": [scheme]}
        )

    async def photographs(self, file: Path) -> None:
        """Keep a picture of the page."""
        await asyncio.to_thread(self._driver.save_screenshot, str(file))

    async def complaints(self) -> list[str]:
        """What the browser's console holds against the page."""
        entries = await asyncio.to_thread(self._driver.get_log, "browser")
        return [entry["message"] for entry in entries if entry["level"] == "SEVERE"]

    async def _press(self, selector: str, words: str) -> None:
        def press() -> bool:
            self._last(selector, words).click()
            return True

        await self._until(press, lambda: f"no {selector} with {words!r}:\n{self._text('body')}")

    async def _until(self, holds: Callable[[], Any], otherwise: str | Callable[[], str]) -> None:
        def wait() -> None:
            try:
                self._wait.until(lambda _: holds())
            except TimeoutException:
                words = otherwise if isinstance(otherwise, str) else otherwise()
                raise AssertionError(words) from None

        await asyncio.to_thread(wait)

    def _all(self, selector: str) -> list[WebElement]:
        return self._driver.find_elements(By.CSS_SELECTOR, selector)

    def _one(self, selector: str) -> WebElement:
        return self._driver.find_element(By.CSS_SELECTOR, selector)

    def _text(self, selector: str) -> str:
        return self._one(selector).text

    def _last(self, selector: str, words: str) -> WebElement:
        fitting = [element for element in self._all(selector) if words in element.text]
        if not fitting:
            raise NoSuchElementException
        return fitting[-1]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """A browser for a module's tests: each has a server, and so an origin, of its own."""
    driver = open_browser(tmp_path_factory.mktemp("profile"))
    yield driver
    driver.quit()


@pytest.fixture
def visitor(browser: webdriver.Chrome) -> Visitor:
    """Somebody who sits down at the browser."""
    browser.get("about:blank")
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    browser.get_log("browser")  # type: ignore[no-untyped-call]
    return Visitor(browser)
