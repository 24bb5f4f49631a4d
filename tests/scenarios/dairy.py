"""A dairy shop for the scenarios of batches: what it sells keeps for some days and is kept by batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from jxc_desktop.db.changelog import Log
from jxc_desktop.db.codec import decode_document
from jxc_desktop.kernel.errors import HasProblems
from jxc_desktop.kernel.quantity import Quantity
from jxc_desktop.kernel.value import changed
from tests.builders import batch, delivery, line, receipt
from tests.queries.ask import columns
from tests.scenarios.business import Business, keyed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jxc_desktop.db.engine import Session
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.line import Tracking
    from jxc_desktop.kernel.ids import Id


def _content(session: Session, *, document: Id) -> Document:
    record = session.value("SELECT record FROM document WHERE uuid = ?", (bytes.fromhex(document),))
    return decode_document(Log(session).body(record))


class Dairy(Business):
    """Fresh milk keeps 21 days, butter half a year; both are kept by batch."""

    def __init__(self, business: Business) -> None:
        super().__init__(business.shop)
        fresh: dict[str, Any] = {"has_batch": 1, "has_expiry": 1, "base_unit": "瓶"}
        self.milk = self.shop.item("N1", "鲜奶", shelf_life_days=21, expiry_warn_days=7, **fresh)
        self.butter = self.shop.item("N2", "黄油", shelf_life_days=180, **fresh)

    def takes_in(self, day: int, item: Id, quantity: str, *, made: str = "", name: str = "", **more: Any) -> Id:
        """A truck brings one batch, at 2.26 a piece."""
        row = batch(1, name, "0", production_date=made)
        lines = [keyed(1, line(item, quantity, "2.26", **more))]
        return self.shop.post_one(receipt(day, self.maker, lines, tracking=[row]))

    def milk_for_school(
        self, day: int, quantity: str, *, rows: Sequence[Tracking] = (), of: str = "", **more: Any
    ) -> Document:
        """A delivery of milk; `of` names its batch."""
        tracking = [batch(1, of, quantity)] if of else rows
        return delivery(day, self.school, [keyed(1, line(self.milk, quantity, "5", **more))], tracking=tracking)

    def content(self, document: Id) -> Document:
        """What a posted document holds, as an editor opens it."""
        return self.shop.book.read(_content, document=document)

    @staticmethod
    def with_quantity(document: Document, quantity: str) -> Document:
        """The same document with another quantity on its line."""
        (only,) = document.lines
        return changed(document, lines=(changed(only, quantity=Quantity.parse(quantity)),))

    def rows_of(self, document: Id) -> list[tuple[str, str, str]]:
        """Batch, expiry date and quantity of every row of a document."""
        found = self.shop.rows(
            "SELECT t.batch, t.expiry_date, t.base_quantity FROM item_line_tracking t JOIN document d"
            " ON d.id = t.document WHERE d.uuid = ? ORDER BY t.item_line, t.line",
            bytes.fromhex(document),
        )
        return [(name, expires, str(Quantity(quantity))) for name, expires, quantity in found]

    def lies(self, **given: str) -> list[tuple[str, ...]]:
        """Warehouse, batch and quantity of every batch that lies somewhere."""
        return columns(self.shop, "batches", "warehouse batch quantity", **given)

    def refuses(self, draft: Document) -> list[tuple[tuple[str | int, ...], str]]:
        """Where and why a document is not posted."""
        with pytest.raises(HasProblems) as refused:
            self.shop.post(draft)
        return [(problem.place[2:], problem.text.id) for problem in refused.value.problems]
