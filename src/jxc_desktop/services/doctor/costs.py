"""Checks of the cost side: shortages with their covers, and the edges along which cost flows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.db.projections.additions import JOINED, JOINED_ACROSS
from jxc_desktop.db.projections.method import read_regimes
from jxc_desktop.domain.documents.document import TO_COME
from jxc_desktop.domain.inventory.landed_cost import COST, TO_STOCK
from jxc_desktop.domain.inventory.movement import Basis
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import Quantity
from jxc_desktop.kernel.text import Text
from jxc_desktop.queries.estimates import INVOICES

from .examined import buying_types
from .finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .examined import Examined


WORTH = f"CASE WHEN d.taxpayer = 'general' AND d.invoice_kind IN ('special', '{TO_COME}') THEN l.net ELSE l.gross END"
"""What a bought line is worth to the stock."""


def shortages_match(examined: Examined) -> Iterator[Finding]:
    """What went out short is still open or covered, and short pools are short by what is open."""
    for code, number, quantity, worth in examined.some(
        "SELECT i.code, d.number, s.quantity, s.value FROM (SELECT item, document, sum(quantity) AS quantity,"  # noqa: S608
        " sum(value) AS value FROM (SELECT item, document, leg, line, short_quantity AS quantity, short_value AS value"
        f" FROM {examined.table('stock_move')} WHERE short_quantity <> 0 OR short_value <> 0"
        f" UNION ALL SELECT item, document, leg, line, -quantity, -value FROM shortage"
        f" WHERE {examined.recent('document')}"
        " UNION ALL SELECT item, issue_document, issue_leg, issue_line, -quantity, -value FROM shortage_cover"
        f" WHERE {examined.recent('issue_document')})"
        " GROUP BY item, document, leg, line HAVING sum(quantity) <> 0 OR sum(value) <> 0) s"
        " LEFT JOIN item i ON i.id = s.item LEFT JOIN document d ON d.id = s.document"
    ):
        params = {"item": code, "number": number, "quantity": Quantity(quantity), "value": Money(worth)}
        yield Finding(Text("doctor.shortage_differs", params))
    yield from _short_pools(examined)


def _short_pools(examined: Examined) -> Iterator[Finding]:
    for code, quantity, worth in examined.some(
        "SELECT i.code, s.quantity, s.value FROM (SELECT item, pool, sum(quantity) AS quantity, sum(value) AS value"
        " FROM (SELECT item, pool, quantity, value FROM shortage"
        " UNION ALL SELECT item, pool, quantity, value FROM cost_pool WHERE quantity < 0)"
        " GROUP BY item, pool HAVING sum(quantity) <> 0 OR sum(value) <> 0) s LEFT JOIN item i ON i.id = s.item"
    ):
        params = {"item": code, "quantity": Quantity(quantity), "value": Money(worth)}
        yield Finding(Text("doctor.short_pool_differs", params))


def covers_match(examined: Examined) -> Iterator[Finding]:
    """What a movement brought in less what it added to its pool is the difference (负库存补差) of what it covered."""
    for code, number, difference in examined.some(
        "SELECT i.code, d.number, s.difference FROM (SELECT item, document, sum(difference) AS difference FROM"  # noqa: S608
        f" (SELECT item, document, leg, line, own_value - value AS difference FROM {examined.table('stock_move')}"
        " WHERE own_value <> value UNION ALL SELECT item, cover_document, cover_leg, cover_line, -variance"
        f" FROM shortage_cover WHERE {examined.recent('cover_document')})"
        " GROUP BY item, document, leg, line HAVING sum(difference) <> 0) s"
        " LEFT JOIN item i ON i.id = s.item LEFT JOIN document d ON d.id = s.document"
    ):
        yield Finding(Text("doctor.cover_differs", {"item": code, "number": number, "difference": Money(difference)}))


def layers_match(examined: Examined) -> Iterator[Finding]:
    """What came into a pool kept in layers is still there or was taken, and its layers are what the pool holds."""
    for code, number, quantity, worth in examined.some(
        "SELECT i.code, d.number, s.quantity, s.value FROM (SELECT item, document, sum(quantity) AS quantity,"
        " sum(value) AS value FROM (SELECT item, document, leg, line, part, quantity - left_quantity AS quantity,"
        " value - left_value AS value FROM cost_layer UNION ALL"
        " SELECT item, layer_document, layer_leg, layer_line, layer_part, -quantity, -value FROM layer_take)"
        " GROUP BY item, document, leg, line, part HAVING sum(quantity) <> 0 OR sum(value) <> 0) s"
        " LEFT JOIN item i ON i.id = s.item LEFT JOIN document d ON d.id = s.document"
    ):
        params = {"item": code, "number": number, "quantity": Quantity(quantity), "value": Money(worth)}
        yield Finding(Text("doctor.layer_differs", params))
    if read_regimes(examined.session).last.IS_LAYERED:
        yield from _layered_pools(examined)


def _layered_pools(examined: Examined) -> Iterator[Finding]:
    for code, quantity, worth in examined.some(
        "SELECT i.code, s.quantity, s.value FROM (SELECT item, pool, sum(quantity) AS quantity, sum(value) AS value"
        " FROM (SELECT item, pool, left_quantity AS quantity, left_value AS value FROM cost_layer"
        " UNION ALL SELECT item, pool, -quantity, -value FROM cost_pool WHERE quantity > 0)"
        " GROUP BY item, pool HAVING sum(quantity) <> 0 OR sum(value) <> 0) s LEFT JOIN item i ON i.id = s.item"
    ):
        params = {"item": code, "quantity": Quantity(quantity), "value": Money(worth)}
        yield Finding(Text("doctor.layered_pool_differs", params))


def additions_match(examined: Examined) -> Iterator[Finding]:
    """What receipts brought in is what they say and the fees that joined them; what joined is what fees say."""
    for code, number, difference in examined.some(
        "SELECT l.item_code, d.number, m.given_value - coalesce((SELECT sum(a.amount) FROM value_addition a"  # noqa: S608
        f" WHERE a.target_document = d.id AND a.target_line = l.line AND a.state IN ({JOINED}, {JOINED_ACROSS})), 0)"
        f" - {WORTH} AS difference"
        f" FROM {examined.table('stock_move')} m JOIN document d ON d.id = m.document AND d.type IN ({buying_types()})"
        " JOIN item_line l ON l.document = m.document AND l.line = m.line"
        f" WHERE m.basis = {int(Basis.GIVEN)} AND difference <> 0"
    ):
        yield Finding(
            Text("doctor.receipt_value_differs", {"item": code, "number": number, "difference": Money(difference)})
        )
    for number, difference in examined.some(
        "SELECT d.number, s.difference FROM (SELECT document, sum(amount) AS difference FROM"  # noqa: S608 — own text
        " (SELECT a.document, a.line, a.target_document, a.target_line, a.amount FROM allocation a"
        f" JOIN document d ON d.id = a.document AND d.status = 'posted' AND d.reason = '{TO_STOCK}'"
        f" WHERE a.target_kind = '{COST}' AND {examined.recent('a.document')}"
        " UNION ALL SELECT v.document, v.line, v.target_document, v.target_line, -v.amount FROM value_addition v"
        f" JOIN document d ON d.id = v.document AND d.type NOT IN ({INVOICES}) WHERE {examined.recent('v.document')})"
        " GROUP BY document, line, target_document, target_line HAVING sum(amount) <> 0) s"
        " LEFT JOIN document d ON d.id = s.document"
    ):
        yield Finding(Text("doctor.addition_differs", {"number": number, "difference": Money(difference)}))
    yield from _invoiced_differences(examined)


def _invoiced_differences(examined: Examined) -> Iterator[Finding]:
    """What an invoice adds to its receipts is what it comes to without what it clears."""
    for number, difference in examined.some(
        "SELECT d.number, s.difference FROM (SELECT document, sum(amount) AS difference FROM"  # noqa: S608 — own text
        f" (SELECT l.document, {WORTH} AS amount FROM item_line l JOIN document d ON d.id = l.document"
        f" WHERE d.type IN ({INVOICES}) AND d.status = 'posted' AND {examined.recent('d.id')}"
        " UNION ALL SELECT a.document, -a.amount FROM allocation a JOIN document d ON d.id = a.document"
        f" WHERE d.type IN ({INVOICES}) AND d.status = 'posted' AND {examined.recent('d.id')}"
        " UNION ALL SELECT v.document, -v.amount FROM value_addition v JOIN document d ON d.id = v.document"
        f" WHERE d.type IN ({INVOICES}) AND {examined.recent('d.id')})"
        " GROUP BY document HAVING sum(amount) <> 0) s LEFT JOIN document d ON d.id = s.document"
    ):
        yield Finding(Text("doctor.addition_differs", {"number": number, "difference": Money(difference)}))


def cost_edges_match(examined: Examined) -> Iterator[Finding]:
    """Every movement that takes back a line hangs on that line by a cost edge, and no other does."""
    for code, number in examined.some(
        "SELECT i.code, d.number FROM (SELECT item, document, sum(one) AS one FROM"  # noqa: S608 — own text
        f" (SELECT item, source_document, CASE basis WHEN {int(Basis.OF_ISSUE)} THEN 0 ELSE 1 END AS source_leg,"
        " source_line, document, leg, line, 1 AS one"
        f" FROM {examined.table('stock_move')} WHERE source_document <> 0"
        " UNION ALL SELECT item, document, leg, line, target_document, target_leg, target_line, -1 FROM cost_edge"
        f" WHERE kind IN ('return', 'addition') AND {examined.recent('target_document')})"
        " GROUP BY item, source_document, source_leg, source_line, document, leg, line HAVING sum(one) <> 0) s"
        " LEFT JOIN item i ON i.id = s.item LEFT JOIN document d ON d.id = s.document"
    ):
        yield Finding(Text("doctor.edge_differs", {"item": code, "number": number}))
