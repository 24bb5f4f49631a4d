"""Lines that something may still be made from: what of them no later document has taken up yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.db.engine import placeholders
from jxc_desktop.domain.documents.document import TO_COME
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.quantity import Quantity, Ratio

from .estimates import INVOICES, KIND
from .plain import day_text
from .reversed import is_reversed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jxc_desktop.db.engine import Row, Session

MOST_ROWS = 500


class OpenSourceLine(NamedTuple):
    """A posted line: `quantity` is as it was entered, `left` what is still free of it in base units, both above 0.

    `price` and the rest of what the line was sold or bought at stay with it: whoever makes a line from it asks.
    """

    document: Id
    line: int
    type: str
    number: str
    date: str
    item: Id
    item_code: str
    item_name: str
    item_spec: str
    unit: str
    ratio: Ratio
    quantity: Quantity
    left: Quantity
    warehouse: Id


_TAKEN = (
    "(SELECT coalesce(sum(abs(t.base_quantity)), 0) FROM item_line t JOIN document x ON x.id = t.document"  # noqa: S608
    " WHERE t.source_document = d.id AND t.source_line = l.line AND t.source_document <> 0 AND x.status = 'posted'"
    f" AND NOT {is_reversed('x')} AND "
)
_GONE = f"{_TAKEN}x.type NOT IN ({INVOICES}))"
_INVOICED = f"{_TAKEN}(x.type IN ({INVOICES}) OR x.invoice_kind = '{TO_COME}'))"
_WAITS = f" AND EXISTS (SELECT 1 FROM open_item o WHERE o.document = d.id AND o.kind = '{KIND}' AND o.line = l.line)"  # noqa: S608


def _open(taken: str, condition: str = "") -> str:
    return (
        "SELECT d.uuid, l.line, d.type, d.number, d.date, i.uuid, l.item_code, l.item_name, l.item_spec, l.unit,"  # noqa: S608
        f" l.ratio_num, l.ratio_den, l.quantity, l.base_quantity - {taken} AS left_over, w.uuid AS house, d.id,"
        " l.position FROM document d JOIN item_line l ON l.document = d.id JOIN item i ON i.id = l.item"
        " LEFT JOIN warehouse w ON w.id = l.warehouse"
        f" WHERE d.status = 'posted' AND d.reverses = 0 AND NOT {is_reversed('d')} AND l.base_quantity > 0{condition}"
    )


_OPEN = _open(_GONE)
_TO_INVOICE = _open(_INVOICED, _WAITS)


def open_source_lines(
    session: Session,
    *,
    types: Sequence[str],
    document: Id | None = None,
    party: Id | None = None,
    is_invoice: bool = False,
) -> list[OpenSourceLine]:
    """The lines of posted documents of these types with something left, the newest document first.

    Of one document or of one party; of very many the newest. A line that was returned on the same ticket (below 0) and
    documents that were reversed are not among them. Nothing is taken up by its invoice; where an invoice is to be made
    (`is_invoice`) only goods that wait for theirs are left.
    """
    if not types:
        return []
    values: list[str | bytes] = list(types)
    text = f"{_TO_INVOICE if is_invoice else _OPEN} AND d.type IN ({placeholders(len(types))})"
    if document is not None:
        text += " AND d.uuid = ?"
        values.append(bytes.fromhex(document))
    if party is not None:
        text += " AND d.party = (SELECT id FROM party WHERE uuid = ?)"
        values.append(bytes.fromhex(party))
    whole = f"SELECT * FROM ({text}) WHERE left_over > 0 ORDER BY 5 DESC, 16 DESC, 17 LIMIT {MOST_ROWS}"  # noqa: S608
    return [_line(row) for row in session.rows(whole, tuple(values))]


def _line(row: Row) -> OpenSourceLine:
    document, line, kind, number, on, item, code, name, spec, unit, num, den, quantity, left, house = row[:15]
    return OpenSourceLine(
        Id(document.hex()), line, kind, number, day_text(on) or "", Id(item.hex()), code, name, spec, unit,
        Ratio(num, den), Quantity(quantity), Quantity(left), Id(house.hex() if house else ""),
    )  # fmt: skip
