"""Batches, serial numbers and bins have tables of their own, and a line says into which bin goods are moved."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ITEM_LINE = (
    "document! line! position item item_code:text item_name:text item_spec:text item_kind:text unit:text "
    "ratio_num ratio_den quantity base_quantity price discount tax_rate typed_amount? typed_tax? gross net tax "
    "warehouse bin:text to_bin:text is_gift rejected_quantity unit_cost? is_abnormal description:text note:text "
    "price_source:text source_document source_line is_product share?"
)
TABLES = {
    "item_line": ITEM_LINE,
    "item_line_tracking": (
        "document! line! item_line batch:text serial:text production_date:text expiry_date:text bin:text base_quantity"
    ),
    "batch": "item! batch:text! production_date:text expiry_date:text received",
    "tracked_move": (
        "item! warehouse! effective_period! effective_date! hlc! stream! document! leg! line! basis! batch:text! "
        "serial:text! bin:text! item_line counted? quantity production_date:text expiry_date:text source_document "
        "source_line"
    ),
    "tracked_on_hand": "item! warehouse! batch:text! serial:text! bin:text! quantity",
}
"""Projections: made anew from the log afterwards, so nothing of the old rows is carried over."""

INDEXES = {
    "item_line_item": ("item_line", "item document", ""),
    "item_line_source": ("item_line", "source_document source_line", "source_document <> 0"),
    "tracked_move_batch": (
        "tracked_move",
        "item batch effective_period effective_date hlc stream",
        "batch <> ''",
    ),
    "tracked_move_serial": ("tracked_move", "serial item", "serial <> ''"),
    "tracked_move_count": (
        "tracked_move",
        "item warehouse effective_period effective_date hlc stream",
        "basis IN (2, 3)",
    ),
    "tracked_on_hand_serial": ("tracked_on_hand", "serial", "serial <> ''"),
}
"""Index → table, columns, condition."""


def upgrade() -> None:
    for name in ("item_line", "item_line_tracking"):
        op.drop_table(name)
    for name, words in TABLES.items():
        op.create_table(name, *map(_column, words.split()), sqlite_strict=True, sqlite_with_rowid=False)
    for name, (table, columns, condition) in INDEXES.items():
        op.create_index(name, table, columns.split(), sqlite_where=sa.text(condition) if condition else None)


def _column(word: str) -> sa.Column[Any]:
    name, _colon, kind = word.rstrip("!?").partition(":")
    return sa.Column(
        name,
        sa.Text if kind else sa.Integer,
        primary_key=word.endswith("!"),
        nullable=word.endswith("?"),
        autoincrement=False,
    )
