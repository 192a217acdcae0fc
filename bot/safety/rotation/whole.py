"""Everything in the database carried over from one MASTER to the next, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlmodel import Session, SQLModel

from bot.safety.codes import is_genuine, vouch
from bot.safety.keys import Keys
from bot.safety.rotation.carrying import CarryOver, Rotation
from bot.safety.rotation.former import sealed_former
from storage import former_keys, instance, short_lived
from storage.coded import Coded, coded_tables
from storage.whole_tables import in_portions


def carry_all(
    session: Session,
    old: Keys,
    new: Keys,
    carried: Sequence[CarryOver],
    tell: Callable[[int], None],
) -> None:
    """Make the database the new key's. `tell` is told again and again how many rows are done; what it raises
    ends this with nothing changed."""
    rotation, done = Rotation(session, old, new), 0
    for rows in dict.fromkeys([*coded_tables(), *(each.rows for each in carried)]):
        ways = [each.carry for each in carried if each.rows is rows]
        for portion in in_portions(session, rows):
            tell(done)
            for row in portion:
                _carry(rotation, row, ways)
            done += len(portion)
    # A row is found by what only its person or a button has: that can't be carried over.
    short_lived.remove_all(session)
    former_keys.put_all(session, sealed_former(new, rotation.kept))
    instance.change_key_check(session, new.check_value())


def _carry(
    rotation: Rotation, row: SQLModel, ways: Sequence[Callable[[Rotation, SQLModel], None]]
) -> None:
    is_vouched_for = isinstance(row, Coded) and is_genuine(rotation.old, row)
    for carry in ways:
        carry(rotation, row)
    if is_vouched_for and isinstance(row, Coded):
        vouch(rotation.new, row)
