"""Who is in a group, asked live."""

from __future__ import annotations

from playground import access
from playground.chats import ChatKind
from playground.errors import JSON, bad_request
from playground.methods.registry import Call, method
from playground.roles import Member


@method("getChatMember")
def get_chat_member(call: Call) -> JSON:
    account_id = call.params.integer("user_id")
    chat = access.chat_to_edit(call.world, call.params)
    account = access.known_account(call.world, call.params)
    if chat.kind is ChatKind.PRIVATE:
        return Member(account, "member" if chat.has(account) else "left").json()
    is_listed = account_id == call.world.bot.id or chat.is_admin(account)
    tells = chat.is_admin(call.world.bot) or call.world.tells_plain_members
    if not is_listed and not tells:
        # Telegram sometimes knows other members even so; nothing may be built on that.
        raise bad_request("member list is inaccessible")
    return chat.member(account).json()


@method("getChatAdministrators")
def get_chat_administrators(call: Call) -> JSON:
    chat = access.chat_to_edit(call.world, call.params)
    if chat.kind is ChatKind.PRIVATE:
        raise bad_request("there are no administrators in the private chat")
    # Bots other than the asking one are left out.
    return [
        member.json()
        for member in chat.members.values()
        if member.is_admin and (not member.account.is_bot or member.account is call.world.bot)
    ]


@method("getChatMemberCount")
def get_chat_member_count(call: Call) -> JSON:
    chat = access.chat_to_edit(call.world, call.params)
    if chat.kind is ChatKind.PRIVATE:
        return 2
    return sum(member.is_present for member in chat.members.values())
