"""Every table, imported in one place, so that the metadata is whole."""

from __future__ import annotations

from sqlmodel import SQLModel

from storage import (  # noqa: F401 - imported for their tables
    actions,
    buildings,
    cards,
    chats,
    deep_links,
    deletions,
    delivery_holds,
    digests,
    drafts,
    elections,
    handled_updates,
    instance,
    outbox,
    paper,
    reminders,
)

METADATA = SQLModel.metadata
