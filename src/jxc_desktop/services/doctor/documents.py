"""Checks of documents: sums, links, what voided ones leave behind, what others refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.domain.inventory.movement import Basis
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import Quantity
from jxc_desktop.kernel.text import Text
from jxc_desktop.masters.registry import KINDS
from jxc_desktop.queries.reversed import is_reversed

from .finding import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .examined import Examined


def lines_add_up_to_head(examined: Examined) -> Iterator[Finding]:
    """The totals of a document are the sums of its lines."""
    for number, gross, net, tax in examined.some(
        "SELECT d.number, s.gross, s.net, s.tax FROM (SELECT document, sum(gross) AS gross, sum(net) AS net,"  # noqa: S608
        f" sum(tax) AS tax FROM (SELECT id AS document, gross, net, tax FROM {examined.table('document')}"
        f" UNION ALL SELECT document, -gross, -net, -tax FROM {examined.table('item_line')}"
        f" UNION ALL SELECT document, -amount, -net, -tax FROM {examined.table('money_line')} WHERE kind = 'expense')"
        " GROUP BY document HAVING sum(gross) <> 0 OR sum(net) <> 0 OR sum(tax) <> 0) s"
        " LEFT JOIN document d ON d.id = s.document"
    ):
        params = {"number": number, "gross": Money(gross), "net": Money(net), "tax": Money(tax)}
        yield Finding(Text("doctor.lines_differ", params))


def net_plus_tax_is_gross(examined: Examined) -> Iterator[Finding]:
    """Net and tax make gross, on every head and every line."""
    for table, gross, key, condition in (
        ("document", "gross", "id", "1"),
        ("item_line", "gross", "document", "1"),
        ("money_line", "amount", "document", "t.kind = 'expense'"),
    ):
        for number, difference in examined.some(
            f"SELECT d.number, t.{gross} - t.net - t.tax FROM {examined.table(table)} t"  # noqa: S608 — own names
            f" LEFT JOIN document d ON d.id = t.{key} WHERE t.net + t.tax <> t.{gross} AND {condition}"
        ):
            yield Finding(Text("doctor.gross_differs", {"number": number, "difference": Money(difference)}))


def tracking_adds_up(examined: Examined) -> Iterator[Finding]:
    """The batches and serials behind a line are as many as the line says."""
    for number, code, tracked, quantity in examined.some(
        "SELECT d.number, l.item_code, s.quantity, l.base_quantity FROM (SELECT document, item_line,"  # noqa: S608
        f" sum(base_quantity) AS quantity FROM {examined.table('item_line_tracking')} GROUP BY document, item_line) s"
        " LEFT JOIN item_line l ON l.document = s.document AND l.line = s.item_line"
        " LEFT JOIN document d ON d.id = s.document WHERE l.line IS NULL OR s.quantity <> l.base_quantity"
    ):
        quantities = {"tracked": Quantity(tracked), "quantity": Quantity(quantity or 0)}
        params = {"number": number, "item": code or "", **quantities}
        yield Finding(Text("doctor.tracking_differs", params))


def links_within_source(examined: Examined) -> Iterator[Finding]:
    """What is taken back of a line is at most what it had, of the same item, and the line still stands."""
    foreign, source_foreign = examined.foreign("d"), examined.foreign("sd")
    chosen = (
        f" AND (l.source_document, l.source_line) IN (SELECT source_document, source_line"  # noqa: S608
        f" FROM {examined.table('item_line')} WHERE source_document <> 0)"
        if examined.quick
        else ""
    )
    for number, code, taken, quantity, is_foreign in examined.some(
        "SELECT sd.number, coalesce(s.item_code, ''), t.taken, coalesce(s.base_quantity, 0),"  # noqa: S608 — own text
        f" t.is_foreign OR coalesce({source_foreign}, 0) FROM (SELECT l.source_document AS document,"
        " l.source_line AS line, sum(abs(l.base_quantity)) AS taken, min(l.item) AS first_item,"
        f" max(l.item) AS last_item, max({foreign}) AS is_foreign FROM item_line l"
        f" JOIN document d ON d.id = l.document AND d.status = 'posted' AND NOT {is_reversed('d')}"
        f" WHERE l.source_document <> 0{chosen} GROUP BY l.source_document, l.source_line) t"
        " LEFT JOIN document sd ON sd.id = t.document"
        " LEFT JOIN item_line s ON s.document = t.document AND s.line = t.line"
        " WHERE s.line IS NULL OR sd.status <> 'posted' OR t.taken > abs(s.base_quantity)"
        " OR t.first_item <> s.item OR t.last_item <> s.item"
    ):
        params = {
            "number": number or "",
            "item": code,
            "taken": Quantity(taken),
            "quantity": Quantity(abs(quantity)),
        }
        yield Finding(Text("doctor.link_exceeded", params), examined.merged(is_foreign=is_foreign))


def voided_without_effects(examined: Examined) -> Iterator[Finding]:
    """A document that is not posted moves nothing, leaves nothing open and debits nothing."""
    moved = f"t.basis <> {int(Basis.PASSED_OVER)}"
    tables = (("stock_move", moved), ("open_item", "1"), ("voucher_line", "(t.debit <> 0 OR t.credit <> 0)"))
    for table, condition in tables:
        for (number,) in examined.some(
            f"SELECT DISTINCT coalesce(d.number, '') FROM {examined.table(table)} t"  # noqa: S608 — own names
            f" LEFT JOIN document d ON d.id = t.document WHERE (d.id IS NULL OR d.status <> 'posted') AND {condition}"
        ):
            yield Finding(Text("doctor.effect_without_document", {"number": number}))


def references_known(examined: Examined) -> Iterator[Finding]:
    """Whatever a record refers to is there; in a book that is synced it may still be on its way."""
    level = Level.RED if examined.is_alone else Level.YELLOW
    for (uuid,) in examined.some("SELECT lower(hex(uuid)) FROM document WHERE status = 'missing'"):
        yield Finding(Text("doctor.document_missing", {"id": uuid}), level)
    for kind in KINDS:
        for (uuid,) in examined.some(
            f"SELECT lower(hex(uuid)) FROM {kind.code} WHERE code = '' AND name = ''"  # noqa: S608 — declared names
        ):
            yield Finding(Text("doctor.card_missing", {"kind": Text(f"master.kind.{kind.code}"), "id": uuid}), level)


def codes_unique(examined: Examined) -> Iterator[Finding]:
    """A code names one card of its kind and a barcode one item; after a merge there may be two."""
    for kind in KINDS:
        for (code,) in examined.some(
            f"SELECT code FROM {kind.code} WHERE code <> '' GROUP BY code HAVING count(*) > 1"  # noqa: S608
            if kind.code != "tax_rate"
            else "SELECT code FROM tax_rate WHERE code <> '' GROUP BY code, taxpayer, valid_from HAVING count(*) > 1"
        ):
            params = {"kind": Text(f"master.kind.{kind.code}"), "code": code}
            yield Finding(Text("doctor.code_twice", params), Level.YELLOW)
    for (barcode,) in examined.some("SELECT barcode FROM item_barcode GROUP BY barcode HAVING count(*) > 1"):
        yield Finding(Text("doctor.barcode_twice", {"barcode": barcode}), Level.YELLOW)


def merges_settled(examined: Examined) -> Iterator[Finding]:
    """What a merge could not settle by itself is listed until somebody has looked at it."""
    for (kind,) in examined.some("SELECT kind FROM exception ORDER BY id"):
        yield Finding(Text(f"doctor.exception.{kind}"), Level.YELLOW)
