"""Bulletins that fall due, are shown and are searched, and one's own proof code. On a unit of work."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.elections.bulletins.bulletin import CellKey, fingerprint
from bot.domain.elections.bulletins.proof_codes import code_of
from bot.domain.refusal import Refused
from bot.safety.keys import Sealed
from bot.safety.logs import report_fault
from bot.store import PersonalWork, UnitOfWork
from handlers.elections.bulletins.searching import Searched, latest, latest_of
from handlers.elections.heart.check_page.page import check_page, page_hash
from handlers.elections.heart.count.publishing import (
    Written,
    as_written,
    key_shown,
    next_evening,
    publish_changes,
    write_changes,
)
from handlers.elections.heart.keys import open_keys
from handlers.elections.heart.reach import open_row, seen_row
from storage.elections import bulletins, candidates, elections, signatures
from storage.elections.elections import ElectionRow

logger = logging.getLogger(__name__)

_WRITTEN_AT_ONCE = 1
"""How many elections one transaction looks at: others wait to write meanwhile."""


@dataclass(frozen=True)
class Published:
    """A bulletin as the chat gets it."""

    title: str
    number: int
    day: date
    is_last: bool
    head: str
    fingerprint: str
    text: str


@dataclass(frozen=True)
class OwnSignature:
    """A signature as its owner may prove it. `code` is None as long as they only hear about it."""

    election_id: int
    candidate_id: int
    title: str
    name: str
    is_recall: bool
    code: str | None = None


@dataclass(frozen=True)
class Found:
    """Where a proof code stands: candidates and buildings. In more than one place something is wrong."""

    title: str
    number: int
    day: date
    places: tuple[CellKey, ...]
    is_recall: bool
    # By the chat's clock.
    today: date


@dataclass(frozen=True)
class Look:
    """Whether a signature stands in its election's latest bulletin, for its owner."""

    own: OwnSignature
    found: Found | None
    # The latest bulletin's number and day, where there is one.
    latest: tuple[int, date] | None
    # When another one may come, by the chat's clock; None once the last is out.
    next_at: datetime | None
    today: date

    @property
    def is_open(self) -> bool:
        return self.next_at is not None


@dataclass(frozen=True)
class Evening:
    """An election that is to be looked at, and the bulletin that was written for it, if any."""

    election_id: int
    written: Written | None = None


def write_due_bulletins(work: UnitOfWork) -> list[Evening]:
    """Write what is due, of a few elections at a time; one that can't be read is no other's fault."""
    found = []
    for row in bulletins.due(work.session, work.now, limit=_WRITTEN_AT_ONCE):
        try:
            found.append(Evening(row.election_id, write_changes(work, row)))
        except Sealed as error:
            _report_sealed(work, error)
            found.append(Evening(row.election_id))
    return found


def publish_due_bulletins(work: UnitOfWork, evenings: Sequence[Evening]) -> None:
    """Publish what was written."""
    for evening in evenings:
        row = bulletins.get(work.session, evening.election_id)
        if row is not None and row.look_at is not None and row.look_at <= work.now:
            publish_changes(work, row, evening.written)


def keep_evening(work: UnitOfWork, election: ElectionRow) -> None:
    """Look again in the evening by the chat's clock, whatever its zone's rules are by now."""
    row = bulletins.get(work.session, election.id)
    if row is not None and row.look_at is not None and row.look_at > work.now:
        row.look_at = next_evening(work.now, work.zone(election.chat_id))
        work.session.add(row)


def next_bulletin_due(work: UnitOfWork) -> datetime | None:
    return bulletins.next_look(work.session)


def load_bulletin(work: UnitOfWork, head_id: int) -> Published | None:
    """A bulletin that the chat has yet to get, also where a later one is made already: without it nobody
    could check the chain. None where the chat has it, or somebody else altered it."""
    head = bulletins.head(work.session, head_id)
    row = bulletins.get(work.session, head.election_id) if head else None
    if head is None or row is None or head.unsent_text is None:
        return None
    bulletin = as_written(work, row.public_id, head.unsent_text)
    if bulletin is None or bulletin.head != head.head:
        return None
    header = bulletin.header
    return Published(
        title=header.title,
        number=head.number,
        day=head.on_day,
        is_last=header.is_last,
        head=head.head,
        fingerprint=fingerprint(header.key),
        text=head.unsent_text,
    )


def load_check_page(work: UnitOfWork, head_id: int) -> bytes | None:
    """The page that checks bulletins, as this version makes it; None where its election is gone."""
    return check_page() if bulletins.head(work.session, head_id) else None


def note_page_sent(work: UnitOfWork, head_id: int, _message_ids: tuple[int, ...]) -> None:
    """The chat has the page: what sheets say of it stays so, whatever page a later version makes."""
    row = bulletins.head(work.session, head_id)
    if row is not None:
        row.head = page_hash()
        work.session.add(row)


def note_sent(work: UnitOfWork, head_id: int, _message_ids: tuple[int, ...]) -> None:
    """The chat has it: its text needn't be kept for it any longer."""
    bulletins.forget_text(work.session, head_id)


def own_signature(work: PersonalWork, election_id: int, candidate_id: int) -> OwnSignature:
    """This person's signature for a candidate, as yet without its code. Raises `Refused`."""
    return _own(work, open_row(work, election_id), candidate_id, with_code=False)


def own_code(work: PersonalWork, election_id: int, candidate_id: int) -> OwnSignature:
    """The same with its proof code, made anew each time: nothing of it is kept. Raises `Refused`."""
    return _own(work, open_row(work, election_id), candidate_id, with_code=True)


def look_for_own(work: PersonalWork, election_id: int, candidate_id: int) -> Look:
    """Look for this person's signature in the latest bulletin, as long as it is remembered who signed.
    Raises `Refused`."""
    election = seen_row(work, election_id)
    own = _own(work, election, candidate_id, with_code=True)
    searched, row = latest_of(work, election_id), bulletins.get(work.session, election_id)
    return Look(
        own=own,
        found=_found_in(work, searched, own.code or "") if searched else None,
        latest=(searched.header.number, searched.header.day) if searched else None,
        next_at=row.look_at.astimezone(work.zone(election.chat_id))
        if row is not None and row.look_at is not None
        else None,
        today=work.today(election.chat_id),
    )


def look_up(work: PersonalWork, code: str) -> Found | None:
    """Where this code stands in a latest bulletin: of this chat, or in private of any.

    Whoever has a code may know that; guessing one of 80 bits is out of reach.
    """
    chat_id = None
    if work.place.is_group:
        chat = work.find_chat_here()
        if chat is None:
            return None
        chat_id = chat.id
    found = (_found_in(work, searched, code) for searched in latest(work, chat_id))
    return next((each for each in found if each), None)


def _found_in(work: PersonalWork, searched: Searched, code: str) -> Found | None:
    places = searched.places_of(code)
    if not places:
        return None
    election = elections.get(work.session, searched.election_id)
    if election is None:
        return None
    header, is_recall = searched.header, election.recalled_office_id is not None
    today = work.today(election.chat_id)
    return Found(header.title, header.number, header.day, tuple(places), is_recall, today)


def key_of(work: PersonalWork, election_id: int) -> str | None:
    """The fingerprint of the key that signs an election's bulletins, where it can be touched from here."""
    return key_shown(work, seen_row(work, election_id).id)


def _report_sealed(work: UnitOfWork, error: Sealed) -> None:
    work.later.report(lambda: report_fault(logger, "a bulletin couldn't be made", error))


def _own(
    work: PersonalWork, election: ElectionRow, candidate_id: int, *, with_code: bool
) -> OwnSignature:
    election_id, keys = election.id, open_keys(work, election)
    signature = signatures.of_person(
        work.session, election_id, keys.signer_tag(work.person, candidate_id)
    )
    candidate = candidates.get(work.session, candidate_id)
    if signature is None or candidate is None or signature.candidate_id != candidate_id:
        raise Refused("bulletins.refused.not_signed")
    if not keys.is_genuine(signature):
        # Somebody spoilt it, so it isn't counted; signing anew mends that.
        raise Refused("bulletins.refused.not_signed")
    code = code_of(keys.proof(signature)) if with_code else None
    is_recall = election.recalled_office_id is not None
    return OwnSignature(election_id, candidate_id, election.title, candidate.name, is_recall, code)
