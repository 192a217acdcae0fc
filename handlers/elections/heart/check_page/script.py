"""The page's one script: its files as modules, and what they take from the program."""

from __future__ import annotations

import functools
import json
from pathlib import Path

from bot.domain.elections.bulletins.findings import Kind
from bot.message.words import LANGUAGE_NAMES, catalog

_FOLDER = Path(__file__).parent
_CATALOG = "bulletins.page"
_MODULES = (
    "noble/hashes/_assert", "noble/hashes/_u64", "noble/hashes/crypto", "noble/hashes/utils",
    "noble/hashes/_sha2", "noble/hashes/sha256", "noble/hashes/sha512", "noble/ed25519",
    "hashing", "findings", "look_alikes", "reading", "rules", "chain", "proof_codes", "words", "element",
    "desk", "drawing", "page",
)  # fmt: skip


def part(name: str) -> str:
    """A file of the page as it lies here."""
    return (_FOLDER / name).read_text(encoding="utf-8")


def whole_script() -> str:
    """All modules behind the loader, which begins with the last of them."""
    files = {"data.js": _data(), **{f"{name}.js": part(f"{name}.js") for name in _MODULES}}
    modules = (
        f"files[{json.dumps(name)}] = (exports, require) => {{\n{text}\n}};\n"
        for name, text in files.items()
    )
    licence = f"/*\n{part('noble/LICENSE')}*/\n"
    return f'(() => {{\n{licence}{part("loader.js")}{"".join(modules)}load("page.js");\n}})();\n'


@functools.cache
def texts(language: str) -> dict[str, str]:
    """What the page says in a language, by its keys there."""
    return {
        key.removeprefix(f"{_CATALOG}."): text for key, text in catalog(language, _CATALOG).items()
    }


def _data() -> str:
    """The words in all languages, and the weight of what may be found."""
    values = {
        "languages": list(LANGUAGE_NAMES.items()),
        "words": {language: texts(language) for language in LANGUAGE_NAMES},
        "kinds": {kind.code: kind.verdict.value for kind in Kind},
    }
    lines = (
        f"exports.{name} = {json.dumps(value, ensure_ascii=False)};\n"
        for name, value in values.items()
    )
    return "".join(lines).replace("</", "<\\/")
