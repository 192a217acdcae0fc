"""What it costs to check a large bulletin, and to look a proof code up among those of many elections."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from sqlmodel import Session

from benchmarks.stage.effort import Effort
from bot.domain.elections.bulletins.bulletin import (
    NO_HEAD,
    Cell,
    Header,
    head_of,
    line_hash,
    write,
    write_body,
)
from bot.domain.elections.rule import USUAL_RULE
from bot.person.place import NOBODY, Place
from bot.safety.keys import Keys
from bot.store import Defaults, UnitOfWork
from handlers.elections.bulletins.use_cases import look_up
from handlers.elections.heart.count.audit import audit
from handlers.elections.heart.count.bulletin_keys import BulletinSigner
from storage import chats
from storage.database import Database
from storage.elections import bulletins, elections
from storage.elections.bulletins import BulletinHeadRow
from storage.elections.elections import ElectionRow
from storage.migrations.upgrade import upgrade

_HOUSES, _LINES_A_HOUSE = 8_000, 5
_ELECTIONS, _HOUSES_OF_EACH, _LINES_OF_EACH = 200, 20, 50
_KEYS = Keys(bytes(32))
_UNKNOWN = "0" * 16


def report_bulletins(effort: Effort) -> None:
    """One bulletin of four megabytes through the audit, then /check in the private chat, first and again."""
    with tempfile.TemporaryDirectory(prefix="dvor-bulletins-") as folder:
        file = Path(folder) / "bulletin-1.txt"
        text = _bulletin("0" * 32, _HOUSES, _LINES_A_HOUSE)
        file.write_bytes(text.encode())
        took = _seconds(lambda: audit([file]).lines)
        effort.say(f"\naudit, {len(text) / 1_000_000:.1f} MB: {took:.2f} s")
        database = Database(f"sqlite:///{Path(folder) / 'dvor.sqlite3'}")
        upgrade(database.engine)
        database.write_now(_fill)
        for which in ("first", "again"):
            took = _seconds(lambda: database.read_now(_check))
            effort.say(f"/check among {_ELECTIONS} elections, {which}: {took * 1_000:.1f} ms")
        database.close()


def _seconds(act: Callable[[], object]) -> float:
    """Of the processor: nothing here waits for anything else."""
    began = time.process_time()
    act()
    return time.process_time() - began


def _check(session: Session) -> None:
    work = UnitOfWork(session, datetime.now(UTC), _KEYS, Defaults("en", "UTC"))
    if look_up(work.done_by(NOBODY, Place(None)), _UNKNOWN) is not None:
        raise LookupError("nobody has this code")


def _fill(session: Session) -> None:
    """So many elections, each with its first bulletin."""
    chat = chats.add(session, -100_000, language="en", timezone="UTC")
    for _ in range(_ELECTIONS):
        row = ElectionRow(
            chat_id=chat.id,
            title="Representative",
            base=400,
            is_base_typed=True,
            is_provisional=False,
            rule=USUAL_RULE.to_json(),
        )
        election_id = elections.add(session, row)
        bulletins.begin(session, election_id, None)
        begun = bulletins.get(session, election_id)
        if begun is None:
            raise LookupError("it has just begun")
        text = _bulletin(begun.public_id, _HOUSES_OF_EACH, _LINES_OF_EACH)
        begun.number, begun.text = 1, text
        head = BulletinHeadRow(
            election_id=election_id, number=1, head=_head(text), on_day=date(2026, 10, 21)
        )
        bulletins.add_head(session, head)


def _bulletin(election: str, houses: int, lines: int) -> str:
    signer = BulletinSigner(_KEYS, election)
    names = [f"Fountain street {n}" for n in range(houses)]
    header = Header(
        election=election,
        title="Representative",
        number=1,
        is_last=False,
        day=date(2026, 10, 21),
        rule="at least 1/4 of residents",
        base=houses * 100,
        needed=houses * 25,
        for_each=False,
        previous=NO_HEAD,
        key=signer.public_key,
        buildings=tuple((name, 100) for name in names),
        candidates=("Vera K.",),
    )
    places = [("Vera K.", name) for name in names]
    cells = {
        place: Cell(1, frozenset(line_hash(election, 1, place, str(n)) for n in range(lines)))
        for place in places
    }
    body = write_body(header, cells)
    return write(body, signer.sign(head_of(body)))


def _head(text: str) -> str:
    return text[text.rindex("\nhead\t") + 6 :][:64]
