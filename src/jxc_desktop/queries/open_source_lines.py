"""Lines that something may still be made from: what of them no later document has taken up yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.db.engine import placeholders
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.quantity import Quantity, Ratio

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
    f" AND NOT {is_reversed('x')})"
)
_COLUMNS = (
    "d.uuid, l.line, d.type, d.number, d.date, i.uuid, l.item_code, l.item_name, l.item_spec, l.unit, l.ratio_num,"
    f" l.ratio_den, l.quantity, l.base_quantity - {_TAKEN} AS left_over, w.uuid AS house, d.id, l.position"
)
_OPEN = (
    f"SELECT {_COLUMNS} FROM document d JOIN item_line l ON l.document = d.id JOIN item i ON i.id = l.item"  # noqa: S608
    " LEFT JOIN warehouse w ON w.id = l.warehouse"
    f" WHERE d.status = 'posted' AND d.reverses = 0 AND NOT {is_reversed('d')} AND l.base_quantity > 0"
)


def open_source_lines(
    session: Session, *, types: Sequence[str], document: Id | None = None, party: Id | None = None
) -> list[OpenSourceLine]:
    """The lines of posted documents of these types with something left, the newest document first.

    Of one document or of one party; of very many the newest. A line that was returned on the same ticket (below 0) and
    documents that were reversed are not among them.
    """
    if not types:
        return []
    values: list[str | bytes] = list(types)
    text = f"{_OPEN} AND d.type IN ({placeholders(len(types))})"
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
