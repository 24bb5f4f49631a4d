"""The stock ledger: movements in canonical order per item, what is on hand, pools, shortages and cost edges."""

from __future__ import annotations

from sqlalchemy import Index, text

from .columns import binary, clustered_table, rowid_table, whole, words

stock_move = clustered_table(
    "stock_move",
    whole("item", key=True),
    whole("effective_period", key=True),
    whole("effective_date", key=True),
    whole("hlc", key=True),
    whole("stream", key=True),
    whole("document", key=True),
    whole("leg", key=True),
    whole("line", key=True),
    whole("pool"),
    whole("warehouse"),
    whole("basis"),
    whole("posting"),
    whole("counted", null=True),
    whole("given_value"),
    whole("unit_cost", null=True),
    whole("reference_cost"),
    whole("source_document"),
    whole("source_line"),
    whole("stock_account"),
    whole("counter_account"),
    whole("quantity"),
    whole("own_value"),
    whole("value"),
    whole("variance"),
    whole("short_quantity"),
    whole("short_value"),
    whole("pool_quantity"),
    whole("pool_value"),
    whole("last_value"),
    whole("last_quantity"),
    whole("warehouse_quantity"),
)

stock_on_hand = clustered_table(
    "stock_on_hand",
    whole("item", key=True),
    whole("warehouse", key=True),
    whole("quantity"),
)

cost_pool = clustered_table(
    "cost_pool",
    whole("item", key=True),
    whole("pool", key=True),
    whole("quantity"),
    whole("value"),
    whole("last_value"),
    whole("last_quantity"),
)

shortage = clustered_table(
    "shortage",
    whole("item", key=True),
    whole("document", key=True),
    whole("leg", key=True),
    whole("line", key=True),
    whole("pool"),
    whole("quantity"),
    whole("value"),
    whole("account"),
)
"""What is still open of an issue that went short; its place in the queue is that of its movement."""

shortage_cover = clustered_table(
    "shortage_cover",
    whole("item", key=True),
    whole("issue_document", key=True),
    whole("issue_leg", key=True),
    whole("issue_line", key=True),
    whole("cover_document", key=True),
    whole("cover_leg", key=True),
    whole("cover_line", key=True),
    whole("quantity"),
    whole("value"),
    whole("variance"),
    whole("account"),
)
"""Which movement covered how much of which short issue: the provisional value it settled and the difference."""

Index(
    "shortage_cover_cover",
    shortage_cover.c.item,
    shortage_cover.c.cover_document,
    shortage_cover.c.cover_leg,
    shortage_cover.c.cover_line,
)

value_addition = clustered_table(
    "value_addition",
    whole("document", key=True),
    whole("line", key=True),
    whole("target_document"),
    whole("target_line"),
    whole("party"),
    whole("amount"),
    whole("counter_account"),
    whole("account"),
    whole("state"),
    whole("item"),
    whole("stock_account"),
)
"""A part of a fee that is for a line of a receipt, and whether it has joined it; see `projections.additions`."""
Index("value_addition_target", value_addition.c.target_document)
Index("value_addition_waiting", value_addition.c.state, sqlite_where=text("state = 0"))

cost_edge = clustered_table(
    "cost_edge",
    whole("item", key=True),
    whole("document", key=True),
    whole("leg", key=True),
    whole("line", key=True),
    whole("target_item", key=True),
    whole("target_document", key=True),
    whole("target_leg", key=True),
    whole("target_line", key=True),
    words("kind"),
    whole("share_begin"),
    whole("share_end"),
)
"""A movement and one that takes its value; when the first changes, the second is worked out anew.

`kind` is `return` where the second takes the first back, `addition` where it is a late fee for it, `handover` where one
document hands the share from begin to end (10⁻⁶) of what goes out over to what comes in."""

Index(
    "cost_edge_target",
    cost_edge.c.target_item,
    cost_edge.c.target_document,
    sqlite_where=text("kind = 'handover'"),
)

cost_layer = clustered_table(
    "cost_layer",
    whole("item", key=True),
    whole("effective_period", key=True),
    whole("effective_date", key=True),
    whole("hlc", key=True),
    whole("stream", key=True),
    whole("document", key=True),
    whole("leg", key=True),
    whole("line", key=True),
    whole("part", key=True),
    whole("pool"),
    whole("quantity"),
    whole("value"),
    whole("left_quantity"),
    whole("left_value"),
)
"""What a movement brought into a pool that is kept in layers, and what is left of it at the end of the history."""

Index(
    "cost_layer_left",
    cost_layer.c.item,
    cost_layer.c.pool,
    sqlite_where=text("left_quantity > 0"),
)

month_price = clustered_table(
    "month_price",
    whole("item", key=True),
    whole("period", key=True),
    whole("quantity"),
    whole("value"),
)
"""What a month had of an item to go out, where that month is priced: a piece costs value ÷ quantity."""

priced_month = rowid_table("priced_month", whole("id", key=True), binary("record"))
"""The months YYYYMM that are priced, with the id of the record that did it."""

layer_take = clustered_table(
    "layer_take",
    whole("item", key=True),
    whole("effective_period", key=True),
    whole("effective_date", key=True),
    whole("hlc", key=True),
    whole("stream", key=True),
    whole("document", key=True),
    whole("leg", key=True),
    whole("line", key=True),
    whole("layer_document", key=True),
    whole("layer_leg", key=True),
    whole("layer_line", key=True),
    whole("layer_part", key=True),
    whole("quantity"),
    whole("value"),
)
"""What a movement took of a layer; one that only valued it anew took quantity 0 and minus the change."""

Index(
    "layer_take_layer",
    layer_take.c.item,
    layer_take.c.layer_document,
    layer_take.c.layer_leg,
    layer_take.c.layer_line,
    layer_take.c.layer_part,
)
