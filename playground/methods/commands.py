"""The bot's command menus."""

from __future__ import annotations

from dataclasses import replace

from playground.errors import JSON, bad_request
from playground.menu import Scope, parse_commands, parse_language, parse_scope
from playground.methods.registry import Call, method


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


def _place(call: Call) -> tuple[Scope, str]:
    scope = parse_scope(call.params.nested("scope", "BotCommandScope"))
    if scope.chat_id and scope.chat_id not in call.world.chats:
        raise bad_request("chat not found")
    return scope, parse_language(call.params.text("language_code"))
