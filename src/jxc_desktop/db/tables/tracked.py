"""Batches, serial numbers and bins: what moved of each, what lies where, and what is known of a batch."""

from __future__ import annotations

from sqlalchemy import Index, text

from .columns import clustered_table, whole, words

tracked_move = clustered_table(
    "tracked_move",
    whole("item", key=True),
    whole("warehouse", key=True),
    whole("effective_period", key=True),
    whole("effective_date", key=True),
    whole("hlc", key=True),
    whole("stream", key=True),
    whole("document", key=True),
    whole("leg", key=True),
    whole("line", key=True),
    whole("basis", key=True),
    words("batch", key=True),
    words("serial", key=True),
    words("bin", key=True),
    whole("item_line"),
    whole("counted", null=True),
    whole("quantity"),
    words("production_date"),
    words("expiry_date"),
    whole("source_document"),
    whole("source_line"),
)
"""The part of a movement that is of one batch, serial or bin. `line` is the key of the row that says so, that of the
item line where none does; for `basis` see `domain.documents.tracked_moves`. The days are those the document tells of
the batch (ISO), empty where it tells none."""

Index(
    "tracked_move_batch",
    tracked_move.c.item,
    tracked_move.c.batch,
    tracked_move.c.effective_period,
    tracked_move.c.effective_date,
    tracked_move.c.hlc,
    tracked_move.c.stream,
    sqlite_where=text("batch <> ''"),
)
Index("tracked_move_serial", tracked_move.c.serial, tracked_move.c.item, sqlite_where=text("serial <> ''"))
Index(
    "tracked_move_count",
    tracked_move.c.item,
    tracked_move.c.warehouse,
    tracked_move.c.effective_period,
    tracked_move.c.effective_date,
    tracked_move.c.hlc,
    tracked_move.c.stream,
    sqlite_where=text("basis IN (2, 3)"),
)

tracked_on_hand = clustered_table(
    "tracked_on_hand",
    whole("item", key=True),
    whole("warehouse", key=True),
    words("batch", key=True),
    words("serial", key=True),
    words("bin", key=True),
    whole("quantity"),
)
"""What lies there now of each batch, serial and bin; nothing where there is none left."""

Index("tracked_on_hand_serial", tracked_on_hand.c.serial, sqlite_where=text("serial <> ''"))

batch = clustered_table(
    "batch",
    whole("item", key=True),
    words("batch", key=True),
    words("production_date"),
    words("expiry_date"),
    whole("received"),
)
"""What is known of a batch: its days as the movement that came in last told them, and the day it first moved."""
