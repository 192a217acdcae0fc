"""The methods a Bot API server knows, by their names in small letters."""

from __future__ import annotations

import importlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playground.errors import JSON

if TYPE_CHECKING:
    from playground.params import Params
    from playground.webhook import Webhook
    from playground.world import World


@dataclass(frozen=True)
class Call:
    """A request to a method."""

    world: World
    params: Params
    webhook: Webhook


Handler = Callable[[Call], JSON | Awaitable[JSON]]


@dataclass(frozen=True)
class Method:
    """One method; `sends`: the limits count it, `since_ephemeral`: older servers lack it."""

    name: str
    handler: Handler
    sends: bool = False
    since_ephemeral: bool = False


_MODULES = (
    "chats", "commands", "copies", "edits", "ephemeral", "files",
    "members", "messages", "profile", "taps", "topics", "updates",
)  # fmt: skip
_methods: dict[str, Method] = {}


def method(
    name: str, *, sends: bool = False, since_ephemeral: bool = False
) -> Callable[[Handler], Handler]:
    """Register the decorated function as the Bot API method `name`."""

    def register(handler: Handler) -> Handler:
        _methods[name.lower()] = Method(name, handler, sends, since_ephemeral)
        return handler

    return register


def all_methods() -> dict[str, Method]:
    """Every method, with the modules that hold them imported."""
    for module in _MODULES:
        importlib.import_module(f"playground.methods.{module}")
    return _methods
