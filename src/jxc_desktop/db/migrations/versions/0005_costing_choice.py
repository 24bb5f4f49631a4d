"""How stock is valued may change at the start of a month."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "costing_choice",
        sa.Column("key", sa.Text, primary_key=True, nullable=False),
        sa.Column("period", sa.Integer, primary_key=True, nullable=False, autoincrement=False),
        sa.Column("value", sa.Text, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("hlc", "stream", "seq")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
