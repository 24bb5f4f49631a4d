"""Recipes are cards of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recipe",
        sa.Column("id", sa.Integer, primary_key=True, nullable=False, autoincrement=False),
        sa.Column("uuid", sa.LargeBinary, nullable=False, unique=True),
        *(sa.Column(name, sa.Text, nullable=False, server_default="") for name in ("code", "name")),
        *(sa.Column(name, sa.Integer, nullable=False, server_default="0") for name in ("item", "quantity")),
        sa.Column("parts", sa.Text, nullable=False, server_default=""),
        sa.Column("is_active", sa.Integer, nullable=False, server_default="1"),
        sa.Column("note", sa.Text, nullable=False, server_default=""),
        sqlite_strict=True,
    )
    op.create_index("recipe_code", "recipe", ["code"])
