"""The check of bulletins that fits on a phone: one page for any browser, offline.

Its parts lie here as one would write them, and are put into one file as they are: there is no build step.
`python -m bot check-page` writes it.
"""

from __future__ import annotations

import functools
import hashlib
from base64 import b64encode

from bot.message.words import LANGUAGE_NAMES
from handlers.elections.heart.check_page.script import part, texts, whole_script

FILE_NAME = "check.html"


@functools.cache
def check_page() -> bytes:
    """The whole page: the same bytes wherever this version of the program makes it."""
    style, script = part("page.css"), whole_script()
    parts = {
        "policy": _policy(style, script),
        "style": style,
        "unable": "".join(f"<p>{texts(language)['unable']}</p>" for language in LANGUAGE_NAMES),
        "script": script,
    }
    page = part("page.html")
    for name, text in parts.items():
        before, _, after = page.partition(f"{{{name}}}")
        page = f"{before}{text}{after}"
    return page.encode()


@functools.cache
def page_hash() -> str:
    """The SHA-256 of the page, 64 hexadecimal digits, by which a swapped one is noticed."""
    return hashlib.sha256(check_page()).hexdigest()


def _policy(style: str, script: str) -> str:
    """Nothing is fetched, sent or framed; of scripts and styles only the page's own run."""
    return (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
