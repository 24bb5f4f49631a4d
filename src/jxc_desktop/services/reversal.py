"""红冲: the document that takes another one back, with quantities and amounts negated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.domain.documents.line import NO_ID
from jxc_desktop.kernel.value import changed

if TYPE_CHECKING:
    from datetime import date

    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.line import EntryLine, ItemLine
    from jxc_desktop.kernel.money import Money


def reversed_document(posted: Document, on: date) -> Document:
    """A document of the same type and line keys that takes `posted` back on `on`.

    Names, accounts, tax rates and pools are those of the posted document, whatever the cards say now.
    """
    return changed(
        posted,
        id=NO_ID,
        number="",
        external_number="",
        source="",
        date=on,
        due_date=on,
        voucher_number=0,
        summary="",
        reverses=posted.id,
        header_discount=-posted.header_discount,
        write_off=-posted.write_off,
        amount=-posted.amount,
        gross=-posted.gross,
        net=-posted.net,
        tax=-posted.tax,
        lines=tuple(_line(line) for line in posted.lines),
        money=tuple(changed(line, amount=-line.amount, net=-line.net, tax=-line.tax) for line in posted.money),
        allocations=tuple(changed(each, amount=-each.amount) for each in posted.allocations),
        tracking=tuple(changed(each, base_quantity=-each.base_quantity) for each in posted.tracking),
        entries=tuple(_entry(line) for line in posted.entries),
    )


def _line(line: ItemLine) -> ItemLine:
    return changed(
        line,
        quantity=-line.quantity,
        base_quantity=-line.base_quantity,
        rejected_quantity=-line.rejected_quantity,
        typed_amount=_negated(line.typed_amount),
        typed_tax=_negated(line.typed_tax),
        gross=-line.gross,
        net=-line.net,
        tax=-line.tax,
        source_document=NO_ID,
        source_line=0,
    )


def _negated(amount: Money | None) -> Money | None:
    return None if amount is None else -amount


def _entry(line: EntryLine) -> EntryLine:
    return changed(line, debit=-line.debit, credit=-line.credit)
