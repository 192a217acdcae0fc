"""The check of bulletins that fits on a phone: one page for any browser, offline.

Its parts lie here as one would write them, and are put into one file as they are: there is no build step.
`python -m bot check-page` writes it.
"""

from __future__ import annotations

import functools
import hashlib
import json
from base64 import b64encode
from pathlib import Path

from babel.messages.pofile import read_po

from bot.domain.elections.bulletins.findings import Kind
from bot.message.words import LANGUAGE_NAMES, LOCALES

FILE_NAME = "check.html"

_FOLDER = Path(__file__).parent
_WORDS = "check.page."
_LIBRARY = ("_assert", "_u64", "crypto", "utils", "_sha2", "sha256", "sha512")
_OWN = (
    "hashing", "findings", "look_alikes", "reading", "rules", "chain", "proof_codes", "words", "element",
    "desk", "drawing", "page",
)  # fmt: skip


@functools.cache
def check_page() -> bytes:
    """The whole page: the same bytes wherever this version of the program makes it."""
    style, script = _read("page.css"), _script()
    parts = {
        "policy": _policy(style, script),
        "style": style,
        "unable": "".join(f"<p>{_words(language)['unable']}</p>" for language in LANGUAGE_NAMES),
        "script": script,
    }
    page = _read("page.html")
    for name, part in parts.items():
        before, _, after = page.partition(f"{{{name}}}")
        page = f"{before}{part}{after}"
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


def _script() -> str:
    files = {f"noble/hashes/{name}.js": "" for name in _LIBRARY}
    files |= {"noble/ed25519.js": "", "data.js": _data()}
    files |= {f"{name}.js": "" for name in _OWN}
    modules = "".join(
        f"files[{json.dumps(name)}] = (exports, require) => {{\n{text or _read(name)}\n}};\n"
        for name, text in files.items()
    )
    licence = f"/* The files in noble/:\n{_read('noble/LICENSE')}*/\n"
    return f'(() => {{\n{licence}{_read("loader.js")}{modules}load("page.js");\n}})();\n'


def _data() -> str:
    """The words in all languages, and the weight of what may be found."""
    values = {
        "languages": list(LANGUAGE_NAMES.items()),
        "words": {language: _words(language) for language in LANGUAGE_NAMES},
        "kinds": {kind.code: kind.verdict.value for kind in Kind},
    }
    return "".join(
        f"exports.{name} = {json.dumps(value, ensure_ascii=False)};\n"
        for name, value in values.items()
    ).replace("</", "<\\/")


@functools.cache
def _words(language: str) -> dict[str, str]:
    with (LOCALES / language / "check.po").open("rb") as stream:
        catalog = read_po(stream, locale=language)
    return {
        str(message.id).removeprefix(_WORDS): str(message.string)
        for message in catalog
        if str(message.id).startswith(_WORDS)
    }


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
