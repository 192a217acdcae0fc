"""Every table, imported in one place, so that the metadata is whole."""

from __future__ import annotations

from sqlmodel import SQLModel

from storage import (  # noqa: F401 - imported for their tables
    actions,
    anchors,
    chats,
    deep_links,
    digests,
    drafts,
    handled_updates,
    instance,
    reminders,
)
from storage.delivery import cards, holds, outbox, removals  # noqa: F401
from storage.elections import (  # noqa: F401
    acts,
    bases,
    buildings,
    bulletins,
    candidates,
    elections,
    electors,
    paper,
    progress,
    representatives,
    signatures,
)

METADATA = SQLModel.metadata
