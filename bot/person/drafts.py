"""Unfinished business of one person: sealed, theirs alone, gone after an hour."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.domain.refusal import Refused
from bot.message.payload import MAX_ID
from bot.person.short_lived import Kept, Kind, NotTheirs, ShortLived
from bot.store import PersonalWork, UnitOfWork
from storage import chats, short_lived
from storage.chats import ChatRow

_DRAFT = Kind("draft", timedelta(hours=1))
# Which draft a person's next private message answers.
_AWAITED = Kind("awaited", _DRAFT.lasts)
# Which draft they have begun about a thing.
_BEGUN = Kind("begun", _DRAFT.lasts)
# Which draft took the place of another one.
_GONE_ON = Kind("gone-on", _DRAFT.lasts)
# Into which chat another one went that was the same group. It outlasts every draft of the other.
_MERGED = Kind("merged", _DRAFT.lasts + timedelta(minutes=5))


@dataclass(frozen=True)
class OpenDraft:
    """A draft that this person may go on with."""

    id: int
    chat: ChatRow
    flow: str
    data: dict[str, Any]
    kept: Kept = field(repr=False)


def keep_draft(
    work: PersonalWork,
    chat_id: int,
    flow: str,
    data: dict[str, Any],
    *,
    awaits_typing: bool = False,
    about: object = None,
) -> int:
    """Keep what a person is about to do. Returns the draft's id, which tells no order.

    Where it awaits typing, their next private message answers it, and once that is done, no older question.
    `find_draft` finds it by what it is `about`, where that is given.
    """
    rows, draft_id = work.short_lived, secrets.randbelow(MAX_ID) + 1
    kept = [rows.named(_DRAFT, str(draft_id), _body(chat_id, flow, data, awaits_typing))]
    if awaits_typing and work.person.id is not None:
        kept.append(rows.own(_AWAITED, "", {"draft": draft_id}))
    if about is not None:
        kept.append(rows.own(_BEGUN, _begun(chat_id, flow, about), {"draft": draft_id}))
    rows.keep(*kept)
    return draft_id


def change_draft(
    work: PersonalWork, draft: OpenDraft, data: dict[str, Any], *, awaits_typing: bool
) -> None:
    """Put other data into a draft; its buttons and its life go on. It awaits typing as in `keep_draft`."""
    rows = work.short_lived
    kept = [rows.again(draft.kept, _body(draft.chat.id, draft.flow, data, awaits_typing))]
    if awaits_typing and work.person.id is not None:
        kept.append(rows.own(_AWAITED, "", {"draft": draft.id}))
    rows.keep(*kept)


def open_draft(work: PersonalWork, draft_id: int, *flows: str) -> OpenDraft:
    """Return the draft behind a button, one of `flows`, to its author only.

    What an anonymous administrator began, any organiser goes on with. Raises `Refused` where it is over,
    somebody else's, or another chat's.
    """
    kept = _require_own(work, draft_id)
    chat_id = _chat_of(work, kept) if kept is not None else None
    if kept is None or chat_id is None or kept.data["flow"] not in flows:
        raise Refused("frame.refused.draft_over")
    if kept.is_anonymous and not work.is_organiser_of(chats.get(work.session, chat_id)):
        raise Refused("frame.refused.not_yours")
    return _opened(draft_id, work.reach(chat_id), kept)


def find_draft(work: PersonalWork, chat_id: int, flow: str, about: object) -> OpenDraft | None:
    """The draft of this flow that the person has begun in a chat about this.

    So what is begun twice goes on where it was. The caller has made sure that they may touch the chat.
    """
    begun = work.short_lived.newest(_BEGUN, _begun(chat_id, flow, about))
    kept = _own(work, int(begun.data["draft"])) if begun is not None else None
    if begun is None or kept is None:
        return None
    return _opened(int(begun.data["draft"]), chats.get(work.session, chat_id), kept)


def awaited_draft(work: PersonalWork) -> tuple[int, str] | None:
    """The draft that this person's next private message answers, and its flow."""
    newest = work.short_lived.newest(_AWAITED, "") if work.person.id is not None else None
    kept = _own(work, int(newest.data["draft"])) if newest is not None else None
    if newest is None or kept is None or not kept.data["awaits"]:
        return None
    return int(newest.data["draft"]), str(kept.data["flow"])


def await_draft(work: PersonalWork, draft_id: int) -> None:
    """The person's next private message belongs to this draft, where it is theirs and not over."""
    kept, rows = _own(work, draft_id), work.short_lived
    if kept is not None and work.person.id is not None:
        awaiting = rows.again(kept, {**kept.data, "awaits": True})
        rows.keep(awaiting, rows.own(_AWAITED, "", {"draft": draft_id}))


def note_gone_on(work: PersonalWork, draft_id: int, new_id: int) -> None:
    """Another draft took the place of this one."""
    rows = work.short_lived
    rows.keep(rows.named(_GONE_ON, str(draft_id), {"draft": new_id}))


def newest_draft(work: PersonalWork, draft_id: int) -> tuple[int, str]:
    """The draft that this person began under that number, or what took its place, and its flow. Raises
    `Refused` where it is over."""
    while (kept := _own(work, draft_id)) is None:
        gone_on = work.short_lived.find(_GONE_ON, str(draft_id))
        if gone_on is None:
            raise Refused("frame.refused.draft_over")
        draft_id = int(gone_on.data["draft"])
    return draft_id, str(kept.data["flow"])


def said_for(
    work: PersonalWork, draft_id: int, typed: str, merge: Callable[[str, str], str]
) -> str:
    """Return an answer, put together with those before it that didn't do. It is kept until the draft changes:
    where it won't do either, the next one goes on with it."""
    kept = _own(work, draft_id)
    if kept is None:
        return typed
    said = merge(kept.data.get("said", ""), typed)
    work.short_lived.keep(work.short_lived.again(kept, {**kept.data, "said": said}))
    return said


def stop_awaiting(work: PersonalWork, draft_id: int) -> None:
    """The person types nothing for this draft: what was asked for is forgotten. What they are asked for
    another one stays."""
    kept = _own(work, draft_id)
    if kept is not None and kept.data["awaits"]:
        short_lived.remove(work.session, [kept.key])


def end_draft(work: UnitOfWork, draft: OpenDraft, *, is_dropped: bool = False) -> None:
    """The business is finished: the draft is erased. Where it `is_dropped` they are told so once it is gone
    from the disk."""
    short_lived.remove(work.session, [draft.kept.key], at_leisure=not is_dropped)


def chat_of_draft(work: PersonalWork, draft_id: int) -> int | None:
    """Our id of the chat that a draft belongs to, None where it is over. Raises `Refused` for somebody
    else's."""
    kept = _require_own(work, draft_id)
    return _chat_of(work, kept) if kept is not None else None


def chat_of_anonymous_draft(work: PersonalWork, draft_id: int) -> int | None:
    """The same; None also where a person began it, for then `open_draft` knows its author."""
    return chat_of_draft(work, draft_id) if is_anonymous_draft(work, draft_id) else None


def is_anonymous_draft(work: PersonalWork, draft_id: int) -> bool:
    """Whether an anonymous administrator began it; then any organiser may go on."""
    kept = _own(work, draft_id)
    return kept is not None and kept.is_anonymous


def note_merged(work: UnitOfWork, chat_id: int, into: int) -> None:
    """Two chats became one: what was begun in the one that is gone goes on in the other."""
    rows = _of_nobody(work)
    rows.keep(rows.named(_MERGED, str(chat_id), {"into": into}))


def _require_own(work: PersonalWork, draft_id: int) -> Kept | None:
    try:
        return work.short_lived.find(_DRAFT, str(draft_id))
    except NotTheirs:
        raise Refused("frame.refused.not_yours") from None


def _own(work: PersonalWork, draft_id: int) -> Kept | None:
    try:
        return work.short_lived.find(_DRAFT, str(draft_id))
    except NotTheirs:
        return None


def _chat_of(work: UnitOfWork, kept: Kept) -> int | None:
    """Our id of the chat as it is called now; None where it is gone."""
    chat_id = int(kept.data["chat"])
    if chats.find_by_id(work.session, chat_id) is not None:
        return chat_id
    merged = _of_nobody(work).find(_MERGED, str(chat_id))
    return int(merged.data["into"]) if merged is not None else None


def _of_nobody(work: UnitOfWork) -> ShortLived:
    return ShortLived(work.session, work.keys, work.now, None)


def _opened(draft_id: int, chat: ChatRow, kept: Kept) -> OpenDraft:
    return OpenDraft(draft_id, chat, str(kept.data["flow"]), kept.data["data"], kept)


def _body(chat_id: int, flow: str, data: dict[str, Any], awaits: bool) -> dict[str, Any]:
    """The chat stands inside, so that a draft can't be moved to another."""
    return {"chat": chat_id, "flow": flow, "awaits": awaits, "data": data}


def _begun(chat_id: int, flow: str, about: object) -> str:
    return f"{chat_id}:{flow}:{about}"
