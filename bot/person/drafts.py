"""Unfinished business of one person: sealed, theirs alone, gone after an hour."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.domain.refusal import Refused
from bot.store import PersonalWork, UnitOfWork
from storage import chats, drafts
from storage.chats import ChatRow
from storage.drafts import DraftRow

LIFETIME = timedelta(hours=1)
_ANONYMOUS = b"anonymous organiser"


@dataclass(frozen=True)
class OpenDraft:
    """A draft that this person may go on with."""

    id: int
    chat: ChatRow
    flow: str
    data: dict[str, Any]


def keep_draft(
    work: PersonalWork,
    chat_id: int,
    flow: str,
    data: dict[str, Any],
    *,
    awaits_typing: bool = False,
) -> int:
    """Keep what a person is about to do. Gives the draft's id.

    A draft that awaits typing ends every other wait of theirs: their next private message answers the
    newest question, and once that is done, no older one.
    """
    person_tag = _tag(work)
    if awaits_typing:
        drafts.await_nothing(work.session, person_tag)
    row = DraftRow(
        chat_id=chat_id,
        person_tag=person_tag,
        flow=flow,
        awaits_typing=awaits_typing,
        sealed=_seal(work, person_tag, flow, data),
        expires_at=work.now + LIFETIME,
    )
    return drafts.add(work.session, row)


def change_draft(
    work: UnitOfWork, draft: OpenDraft, data: dict[str, Any], *, awaits_typing: bool
) -> None:
    """Put other data into a draft; its buttons and its life go on. It awaits typing as in `keep_draft`."""
    row = drafts.get(work.session, draft.id)
    if row is not None:
        if awaits_typing:
            drafts.await_nothing(work.session, row.person_tag)
        row.sealed = _seal(work, row.person_tag, row.flow, data)
        row.awaits_typing = awaits_typing
        work.session.add(row)


def open_draft(work: PersonalWork, draft_id: int, *flows: str) -> OpenDraft:
    """Return the draft behind a button, one of `flows`, to its author only.

    What an anonymous administrator began, any organiser goes on with. Raises `Refused` where it is over,
    somebody else's, or another chat's.
    """
    row = drafts.get(work.session, draft_id)
    if row is None or row.flow not in flows or row.expires_at <= work.now:
        raise Refused("frame.refused.draft_over")
    if not _may_go_on(work, row):
        raise Refused("frame.refused.not_yours")
    return OpenDraft(draft_id, work.reach(row.chat_id), row.flow, _unseal(work, row))


def find_draft(work: PersonalWork, chat_id: int, flow: str, **holding: object) -> OpenDraft | None:
    """The newest draft of this flow that the person has in a chat and whose data holds these values.

    So what is begun twice goes on where it was. The caller has made sure that they may touch the chat.
    """
    for row in drafts.of_person(work.session, _tag(work), chat_id, flow, work.now):
        data = _unseal(work, row)
        if holding.items() <= data.items():
            chat = chats.get(work.session, chat_id)
            return OpenDraft(row.id, chat, flow, data)
    return None


def end_draft(work: UnitOfWork, draft: OpenDraft) -> None:
    """The business is finished: the draft is erased."""
    row = drafts.get(work.session, draft.id)
    if row is not None:
        drafts.remove(work.session, row)


def chat_of_draft(work: UnitOfWork, draft_id: int) -> int | None:
    """Our id of the chat that a draft belongs to, None where the draft is over."""
    row = drafts.get(work.session, draft_id)
    return row.chat_id if row else None


def chat_of_anonymous_draft(work: UnitOfWork, draft_id: int) -> int | None:
    """The same; None also where a person began it, for then `open_draft` knows its author."""
    return chat_of_draft(work, draft_id) if is_anonymous_draft(work, draft_id) else None


def is_anonymous_draft(work: UnitOfWork, draft_id: int) -> bool:
    """Whether an anonymous administrator began it; then any organiser may go on."""
    row = drafts.get(work.session, draft_id)
    return row is not None and row.person_tag == _ANONYMOUS


def _may_go_on(work: PersonalWork, row: DraftRow) -> bool:
    if row.person_tag == _ANONYMOUS:
        return work.is_organiser_of(chats.get(work.session, row.chat_id))
    return work.person.id is not None and row.person_tag == _tag(work)


def _tag(work: PersonalWork) -> bytes:
    return _ANONYMOUS if work.person.id is None else work.tag("draft")


def _seal(work: UnitOfWork, person_tag: bytes, flow: str, data: dict[str, Any]) -> bytes:
    plain = json.dumps(data, ensure_ascii=False).encode()
    return work.keys.seal("draft-data", plain, row=_place_in_table(person_tag, flow))


def _unseal(work: UnitOfWork, row: DraftRow) -> dict[str, Any]:
    place = _place_in_table(row.person_tag, row.flow)
    data: dict[str, Any] = json.loads(work.keys.unseal("draft-data", row.sealed, row=place))
    return data


def _place_in_table(person_tag: bytes, flow: str) -> str:
    return f"draft:{flow}:{person_tag.hex()}"
