"""The bot's name and its descriptions."""

from __future__ import annotations

from playground.errors import JSON
from playground.menu import parse_language
from playground.methods.registry import Call, method


@method("setMyName")
def set_my_name(call: Call) -> JSON:
    return _set(call, "name")


@method("getMyName")
def get_my_name(call: Call) -> JSON:
    name = _get(call, "name")
    return name if name["name"] else {"name": call.world.bot.first_name}


@method("setMyDescription")
def set_my_description(call: Call) -> JSON:
    return _set(call, "description")


@method("getMyDescription")
def get_my_description(call: Call) -> JSON:
    return _get(call, "description")


@method("setMyShortDescription")
def set_my_short_description(call: Call) -> JSON:
    return _set(call, "short_description")


@method("getMyShortDescription")
def get_my_short_description(call: Call) -> JSON:
    return _get(call, "short_description")


def _set(call: Call, field: str) -> JSON:
    words = call.params.text(field).strip()
    language = parse_language(call.params.text("language_code"))
    call.world.profile.set(field, language, words)
    call.world.changed()
    return True


def _get(call: Call, field: str) -> dict[str, JSON]:
    language = parse_language(call.params.text("language_code"))
    return {field: call.world.profile.get(field, language)}
