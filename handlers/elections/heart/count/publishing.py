"""Making an election's bulletins: from the signatures that stand, after the bulletin before.

What a bulletin shows is decided in `bot/domain/elections/bulletins/cells.py`. It is loaded, signed
and kept here.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.elections.building_numbers import most_told
from bot.domain.elections.bulletins.bulletin import (
    NO_HEAD,
    OTHER,
    Bulletin,
    Cells,
    Header,
    NoBulletin,
    Unwritable,
    fingerprint,
    head_of,
    read,
    rule_line,
    write,
    write_body,
)
from bot.domain.elections.bulletins.cells import Caps, ValidSignature, last_cells, next_cells
from bot.domain.elections.bulletins.proof_codes import code_of
from bot.domain.elections.names import is_same_building
from bot.domain.timekeeping.recurrence import EVERY_DAY, Weekly
from bot.safety.lookalikes import prototype
from bot.store import UnitOfWork
from handlers.elections.heart.check_page.page import page_hash
from handlers.elections.heart.count.bulletin_keys import BulletinSigner, is_signed
from handlers.elections.heart.count.hours import publish_if_due
from handlers.elections.heart.keys import open_keys
from handlers.elections.heart.posts import post
from storage.elections import buildings, bulletins, candidates, elections, signatures
from storage.elections.bulletins import BulletinHeadRow, BulletinRow
from storage.elections.elections import ElectionRow

logger = logging.getLogger(__name__)

BULLETIN_POST = "bulletins.published"
CHECK_PAGE_POST = "bulletins.check_page"

_EVERY_EVENING = Weekly(EVERY_DAY, time(19))
"""When bulletins come out, by the chat's clock: people are home and still awake."""


def begin(work: UnitOfWork, election: ElectionRow) -> None:
    """From now on see every evening whether there is enough for a bulletin."""
    at = next_evening(work.now, work.zone(election.chat_id))
    bulletins.begin(work.session, election.id, at)


def key_shown(work: UnitOfWork, election_id: int) -> str | None:
    """The fingerprint of the key that signs an election's bulletins; None for one that has none to come."""
    row = bulletins.get(work.session, election_id)
    return fingerprint(BulletinSigner(work.keys, row.public_id).public_key) if row else None


@dataclass(frozen=True)
class Written:
    """A bulletin that is written and signed, and not published yet."""

    header: Header
    text: str
    head: str


def write_changes(work: UnitOfWork, row: BulletinRow) -> Written | None:
    """Write the next bulletin if enough has changed since the last one, and none was of today. Nothing is
    changed: what it takes of time, it takes beside the writer. Raises `Sealed`."""
    election = elections.get(work.session, row.election_id)
    if election is None or election.wrapped_key is None:
        return None
    latest = bulletins.latest_head(work.session, row.election_id)
    if latest is not None and latest.on_day >= work.today(election.chat_id):
        return None
    previous = _cells_before(work, row)
    valid = _valid_signatures(work, election)
    caps = _caps(work, election)
    cells = next_cells(row.public_id, row.number + 1, previous, valid, caps)
    return _write(work, election, row, cells, is_last=False) if cells != previous else None


def publish_changes(work: UnitOfWork, row: BulletinRow, written: Written | None) -> None:
    """Publish the bulletin that was written, if there was enough for one; and see again in the evening.

    Where what stands above its lines changed since it was written, it waits to be written anew.
    """
    election = elections.get(work.session, row.election_id)
    if election is None or election.wrapped_key is None:
        row.look_at = None
        work.session.add(row)
        return
    if written is not None and not is_still_so(work, election, row, written):
        return
    row.look_at = next_evening(work.now, work.zone(election.chat_id))
    work.session.add(row)
    # The card's numbers are of the same hour. Whoever is counted meanwhile doesn't hold a bulletin up:
    # somebody could, every hour.
    publish_if_due(work, election)
    if written is not None:
        _publish(work, election, row, written)


def write_last(
    work: UnitOfWork, election: ElectionRow, row: BulletinRow, shown: Mapping[str, int]
) -> Written | None:
    """Write an election's last bulletin, from what stands; `shown` is the result, by candidates' names.
    None where there is nothing to show and never was. Nothing is changed. Raises `Sealed`."""
    valid, caps = _valid_signatures(work, election), _caps(work, election)
    previous = _cells_before(work, row)
    cells = last_cells(row.public_id, row.number + 1, previous, valid, caps, shown)
    is_none = not cells and not row.number
    return None if is_none else _write(work, election, row, cells, is_last=True)


def is_still_so(
    work: UnitOfWork, election: ElectionRow, row: BulletinRow, written: Written
) -> bool:
    """Whether what stands above the lines of a bulletin that was written is as it was then."""
    header = _header(work, election, row, is_last=written.header.is_last)
    return written.header == header


def publish_last(work: UnitOfWork, election: ElectionRow, written: Written | None = None) -> None:
    """Publish an election's last bulletin, or write it now: to be called once the result is counted and while
    the key still exists."""
    election_id = election.id
    bulletins.begin(work.session, election_id, None)
    row = bulletins.get(work.session, election_id)
    assert row is not None  # noqa: S101 - it was just seen to
    row.look_at = None
    work.session.add(row)
    if written is None:
        found = candidates.of_election(work.session, election_id)
        written = write_last(work, election, row, {one.name: one.shown for one in found})
    if written is not None:
        _publish(work, election, row, written)


def genuine(work: UnitOfWork, row: BulletinRow) -> Bulletin | None:
    """The latest bulletin as it is kept, if there is one and the bot wrote it so."""
    return as_written(work, row.public_id, row.text) if row.number else None


def as_written(work: UnitOfWork, public_id: str, text: str) -> Bulletin | None:
    """A bulletin of the election with this public id as it is kept; None where somebody altered it."""
    try:
        bulletin = read(text)
    except NoBulletin:
        bulletin = None
    if bulletin is not None:
        key = BulletinSigner(work.keys, public_id).public_key
        is_whole = bulletin.head == head_of(bulletin.body)
        if is_whole and is_signed(bulletin.head, bulletin.signature, key):
            return bulletin
    work.later.report(lambda: logger.error("a stored bulletin isn't as the bot wrote it"))
    return None


def _write(
    work: UnitOfWork, election: ElectionRow, row: BulletinRow, cells: Cells, *, is_last: bool
) -> Written | None:
    header = _header(work, election, row, is_last=is_last)
    body = _body(work, header, cells)
    if body is None:
        return None
    head = head_of(body)
    page_hash()  # made once, and not while others wait to write
    return Written(header, write(body, BulletinSigner(work.keys, row.public_id).sign(head)), head)


def _header(work: UnitOfWork, election: ElectionRow, row: BulletinRow, *, is_last: bool) -> Header:
    latest = bulletins.latest_head(work.session, row.election_id)
    shown = elections.plain(work.session, election)
    return Header(
        election=row.public_id,
        title=shown.title,
        number=row.number + 1,
        is_last=is_last,
        day=work.today(election.chat_id),
        rule=rule_line(shown.rule, shown.base),
        base=shown.base,
        needed=shown.needed,
        for_each=election.for_each,
        previous=latest.head if latest else NO_HEAD,
        key=BulletinSigner(work.keys, row.public_id).public_key,
        buildings=tuple(_listed(work, election)),
        candidates=tuple(candidate.name for candidate in shown.candidates),
    )


def _publish(work: UnitOfWork, election: ElectionRow, row: BulletinRow, written: Written) -> None:
    number, day = written.header.number, written.header.day
    row.number, row.text = number, written.text
    head_row = BulletinHeadRow(
        election_id=row.election_id,
        number=number,
        head=written.head,
        on_day=day,
        unsent_text=row.text,
    )
    head_id = bulletins.add_head(work.session, head_row)
    work.later.keep_head(row.public_id, number, written.head)
    key = f"{BULLETIN_POST}:{row.election_id}:{number}"
    post(work, election, BULLETIN_POST, head_id, key=key, is_self_timed=True)
    _give_check_page(work, election, day)


def check_page_shown(work: UnitOfWork, election_id: int) -> str:
    """The SHA-256 of the page that the chat was given in this election; of the one that it will be given."""
    given = bulletins.check_page(work.session, election_id)
    return given.head if given else page_hash()


def _give_check_page(work: UnitOfWork, election: ElectionRow, day: date) -> None:
    """The page that checks bulletins comes once in an election: with the first one, or with the next where
    the bot had no such page yet."""
    if bulletins.check_page(work.session, election.id):
        return
    row = BulletinHeadRow(
        election_id=election.id, number=bulletins.CHECK_PAGE, head=page_hash(), on_day=day
    )
    page_id = bulletins.add_head(work.session, row)
    key = f"{CHECK_PAGE_POST}:{election.id}"
    post(work, election, CHECK_PAGE_POST, page_id, key=key, is_self_timed=True)


def _body(work: UnitOfWork, header: Header, cells: Cells) -> str | None:
    """What is to be signed. None where a name was planted after which nobody could read it: then nothing is
    better, and it is looked at again in the evening, with the name mended perhaps."""
    with suppress(Unwritable):
        return write_body(header, cells)
    work.later.report(
        lambda: logger.error(
            "no bulletin: a title or name has a tab, line feed or the like in it, planted in the database"
        )
    )
    return None


def _valid_signatures(work: UnitOfWork, election: ElectionRow) -> Iterator[ValidSignature]:
    """The signatures that the bot wrote, each with its proof code."""
    keys, election_id = open_keys(work, election), election.id
    names = {row.id: row.name for row in candidates.of_election(work.session, election_id)}
    labels = _labels(work, election)
    for signature in signatures.of_election(work.session, election_id):
        name = names.get(signature.candidate_id)
        if name is not None and keys.is_genuine(signature):
            yield ValidSignature(
                candidate=name,
                building=labels.get(signature.building_id, OTHER),
                code=code_of(keys.proof(signature)),
            )


def _labels(work: UnitOfWork, election: ElectionRow) -> dict[int | None, str]:
    """The names of listed buildings by the ids that signatures have. One that was taken off the list
    and put there again has two."""
    named = bulletins.building_names(work.session, election.chat_id)
    return {
        building_id: listed
        for listed, _ in _listed(work, election)
        for building_id, name in named.items()
        if is_same_building(name, listed, prototype)
    }


def _listed(work: UnitOfWork, election: ElectionRow) -> Iterator[tuple[str, int | None]]:
    """The chat's buildings and how many may sign in each. One that is called as OTHER has no lines of its
    own: they would be taken for those of all others."""
    for building in buildings.of_chat(work.session, election.chat_id):
        if not is_same_building(building.name, OTHER, prototype):
            yield building.name, building.eligible


def _caps(work: UnitOfWork, election: ElectionRow) -> Caps:
    """A bulletin tells no more of a building than the picture does."""
    most = {
        name: most_told(eligible)
        for name, eligible in _listed(work, election)
        if eligible is not None
    }
    return Caps(most, election.for_each)


def _cells_before(work: UnitOfWork, row: BulletinRow) -> Cells:
    """What stands in the latest bulletin. Where somebody else altered it every line is written anew, so
    that the bot signs nothing that it didn't write."""
    bulletin = genuine(work, row)
    return bulletin.cells if bulletin else {}


def next_evening(now: datetime, zone: ZoneInfo) -> datetime:
    """The next moment at which bulletins come out, after `now`."""
    return _EVERY_EVENING.next_after(now, zone).at
