"""How a reminder's text shows what its link leads to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    # Telegram's usual way, as for whatever people type.
    op.add_column(
        "reminder", sa.Column("link_preview", sa.String(), nullable=False, server_default="")
    )
