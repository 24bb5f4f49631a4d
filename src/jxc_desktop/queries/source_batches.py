"""Which batches and serial numbers a line of a document had, less what has come back of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .reversed import is_reversed

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session
    from jxc_desktop.kernel.ids import Id


class SourceBatch(NamedTuple):
    """What is left of one batch or serial of a line, in 10⁻⁶ base units."""

    batch: str
    serial: str
    bin: str
    left: int


# What the document that is being amended takes back counts as free.
_LEFT = (
    "SELECT t.batch, t.serial, CASE WHEN t.bin <> '' THEN t.bin ELSE l.bin END, abs(t.base_quantity)"  # noqa: S608
    " - (SELECT coalesce(sum(abs(r.base_quantity)), 0) FROM item_line rl JOIN document rd ON rd.id = rl.document"
    " JOIN item_line_tracking r ON r.document = rl.document AND r.item_line = rl.line"
    " WHERE rl.source_document = s.id AND rl.source_document <> 0 AND rl.source_line = t.item_line"
    " AND r.batch = t.batch AND r.serial = t.serial AND rd.status = 'posted' AND rd.uuid <> ?3"
    f" AND NOT {is_reversed('rd')})"
    " FROM document s JOIN item_line_tracking t ON t.document = s.id AND t.item_line = ?2"
    " JOIN item_line l ON l.document = s.id AND l.line = t.item_line WHERE s.uuid = ?1 ORDER BY t.line"
)


def source_batches(session: Session, *, document: Id, line: int, left_out: Id) -> list[SourceBatch]:
    """What is left of a line, batch by batch, in the order of its rows; the document `left_out` counts as gone."""
    row = (bytes.fromhex(document), line, bytes.fromhex(left_out))
    return [SourceBatch._make(each) for each in session.rows(_LEFT, row) if each[3] > 0]
