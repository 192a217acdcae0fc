"""The bot's command menus, its name and its descriptions."""

from __future__ import annotations

from dataclasses import replace

from playground.errors import JSON, bad_request
from playground.menu import Scope, parse_commands, parse_language, parse_scope
from playground.methods.registry import Call, method

_PROFILE_LIMITS = {"name": 64, "description": 512, "short_description": 120}


@method("setMyCommands")
def set_my_commands(call: Call) -> JSON:
    scope, language = _place(call)
    if not call.params.text("commands"):
        raise bad_request('parameter "commands" is required')
    commands = parse_commands(call.params.nested("commands", "commands"))
    if not call.world.ephemeral_supported:
        commands = tuple(replace(command, is_ephemeral=False) for command in commands)
    call.world.menus.set(scope, language, commands)
    call.world.changed()
    return True


@method("getMyCommands")
def get_my_commands(call: Call) -> JSON:
    return [command.json() for command in call.world.menus.get(*_place(call))]


@method("deleteMyCommands")
def delete_my_commands(call: Call) -> JSON:
    call.world.menus.set(*_place(call), ())
    call.world.changed()
    return True


@method("setMyName")
def set_my_name(call: Call) -> JSON:
    return _set(call, "name")


@method("getMyName")
def get_my_name(call: Call) -> JSON:
    return _get(call, "name") if _get(call, "name")["name"] else {"name": call.world.bot.first_name}


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


def _place(call: Call) -> tuple[Scope, str]:
    scope = parse_scope(call.params.nested("scope", "BotCommandScope"))
    if scope.chat_id and scope.chat_id not in call.world.chats:
        raise bad_request("chat not found")
    return scope, parse_language(call.params.text("language_code"))


def _set(call: Call, field: str) -> JSON:
    words = call.params.text(field).strip()
    if len(words) > _PROFILE_LIMITS[field]:
        raise bad_request(f"{field.replace('_', ' ')} is too long")
    language = parse_language(call.params.text("language_code"))
    call.world.profile[field, language] = words
    call.world.changed()
    return True


def _get(call: Call, field: str) -> dict[str, JSON]:
    language = parse_language(call.params.text("language_code"))
    profile = call.world.profile
    return {field: profile.get((field, language)) or profile.get((field, ""), "")}
