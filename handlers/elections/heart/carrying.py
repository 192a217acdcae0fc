"""Where the key is changed: who signed, who holds an office and who wants an act is known as before, and
bulletins are signed by the keys that neighbours have seen.
"""

from __future__ import annotations

from bot.safety.rotation.carrying import CarryOver, Rotation
from handlers.elections.heart.acts.pending import base_purpose, wanting_purpose
from handlers.elections.heart.count.bulletin_keys import signing_purpose
from handlers.elections.heart.keys import carry_key
from storage.elections import elections
from storage.elections.acts import ActRow
from storage.elections.bulletins import BulletinRow
from storage.elections.elections import ElectionRow
from storage.elections.representatives import OfficeRow, holder_purpose


def _carry_election(rotation: Rotation, election: ElectionRow) -> None:
    carry_key(rotation, election)
    if election.base_changed_by is not None:
        purpose = base_purpose(election.chat_id)
        election.base_changed_by = rotation.tag(purpose, election.base_changed_by)


def _carry_act(rotation: Rotation, act: ActRow) -> None:
    election = elections.get(rotation.session, act.election_id)
    if act.person_tag is not None and election is not None:
        purpose = wanting_purpose(act, election.chat_id)
        act.person_tag = rotation.tag(purpose, act.person_tag)


def _carry_office(rotation: Rotation, office: OfficeRow) -> None:
    if office.holder_tag is not None:
        office.holder_tag = rotation.tag(holder_purpose(office.id), office.holder_tag)


def _carry_signer(rotation: Rotation, bulletins: BulletinRow) -> None:
    rotation.keep_lasting(signing_purpose(bulletins.public_id))


CARRIED = (
    CarryOver(ElectionRow, _carry_election),
    CarryOver(ActRow, _carry_act),
    CarryOver(OfficeRow, _carry_office),
    CarryOver(BulletinRow, _carry_signer),
)
