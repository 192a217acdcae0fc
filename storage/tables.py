"""Every table, imported in one place, so that the metadata is whole."""

from __future__ import annotations

from sqlmodel import SQLModel

from storage import (  # noqa: F401 - imported for their tables
    actions,
    acts,
    anchors,
    buildings,
    bulletins,
    cards,
    chats,
    deep_links,
    deletions,
    delivery_holds,
    digests,
    drafts,
    election_bases,
    elections,
    electors,
    handled_updates,
    instance,
    outbox,
    paper,
    progress,
    reminders,
    representatives,
    signatures,
)

METADATA = SQLModel.metadata
