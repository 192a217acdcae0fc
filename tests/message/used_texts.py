"""Which keys of the catalogs the code asks for, read from the code itself."""

from __future__ import annotations

import ast
import functools
import re
from dataclasses import dataclass

from bot.app import FEATURES
from tests.message.catalogs import catalog
from tests.source import modules

_CODE = ("bot", "handlers")
_KEY = re.compile(r"[a-z_]+(\.[a-z_]+)+")
_HOLE = "\0"


@dataclass(frozen=True)
class Mention:
    """A literal that looks like a key; a hole stands for what an f-string fills in."""

    text: str
    where: str

    @functools.cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(re.escape(self.text).replace(re.escape(_HOLE), r"[a-z_]+"))


@functools.cache
def mentions() -> tuple[Mention, ...]:
    """Every literal and f-string that begins with a catalog's name and looks like a key."""
    firsts = {key.split(".")[0] for key in catalog("en")}
    names = _names_of_other_things()
    found = []
    for module in modules(*_CODE):
        for node in ast.walk(module.tree):
            text = _text(node)
            if text is None or text in names or text.split(".")[0] not in firsts:
                continue
            if _KEY.fullmatch(text.replace(_HOLE, "x")):
                found.append(Mention(text, f"{module.name}:{getattr(node, 'lineno', 0)}"))
    return tuple(found)


def missing() -> list[str]:
    """Mentions for which no catalog has a text, nor one that begins so."""
    keys = catalog("en")
    return sorted(
        f"{mention.text.replace(_HOLE, '{}')} ({mention.where})"
        for mention in mentions()
        if not any(
            mention.pattern.fullmatch(key) or key.startswith(f"{mention.text}.") for key in keys
        )
    )


def unused() -> list[str]:
    """Texts that no code asks for."""
    return sorted(
        key
        for key in catalog("en")
        if not any(
            mention.pattern.fullmatch(key) or key.startswith(f"{mention.text}.")
            for mention in mentions()
        )
    )


@functools.cache
def refusals_and_toasts() -> frozenset[str]:
    """Keys of texts that can be the answer to a tap: refused, toasted, or said in closing."""
    patterns = []
    for module in modules(*_CODE):
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Call):
                continue
            if _called(node) in ("Refused", "MomentProblem", "close", "Close", "Say"):
                patterns += [_pattern(text) for text in map(_text, node.args) if text]
            elif _called(node) == "require_length":
                patterns += [
                    _pattern(f"{text}.{_HOLE}")
                    for keyword in node.keywords
                    if keyword.arg == "key" and (text := _text(keyword.value))
                ]
            elif _called(node) == "toast":
                patterns += [
                    _pattern(text)
                    for inner in ast.walk(node)
                    if (text := _text(inner)) and _KEY.fullmatch(text.replace(_HOLE, "x"))
                ]
    return frozenset(
        key for key in catalog("en") if any(pattern.fullmatch(key) for pattern in patterns)
    )


def _pattern(text: str) -> re.Pattern[str]:
    return Mention(text, "").pattern


def _called(node: ast.Call) -> str:
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _text(node: ast.AST) -> str | None:
    """The text of a literal; an f-string's with holes."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else _HOLE
            for part in node.values
        )
    return None


def _names_of_other_things() -> set[str]:
    """Parts of features, kinds of cards and posts, and flows of drafts look like keys and aren't."""
    parts = {f.name for f in FEATURES}
    kinds = {name for f in FEATURES for names in (f.cards, f.posts, f.typed) for name in names}
    flows = {
        node.value.value
        for module in modules(*_CODE)
        for node in module.tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id.endswith("_FLOW")
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    }
    # A thing and its text may share a name; then the text is asked for under that name.
    return (parts | kinds | flows) - catalog("en").keys()
