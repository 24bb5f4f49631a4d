"""The examples of the posting rules about goods whose invoice comes later."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.value import changed
from jxc_desktop.services.periods import close_period
from tests.builders import delivery, invoice, line, purchase_return, receipt

if TYPE_CHECKING:
    from jxc_desktop.domain.documents.document import Document
    from tests.builders import Day
    from tests.scenarios.business import Business


def estimated(shop: Business) -> Id:
    """50 come in by estimate at 10.00, without tax for a general taxpayer, with it for a small one."""
    return _unbilled(shop, receipt(5, shop.maker, [line(shop.paper, "50", "10", rate="0.13")], invoice_kind="to_come"))


def _unbilled(shop: Business, draft: Document) -> Id:
    is_general = shop.shop.setting("taxpayer") == "general"
    return shop.shop.post_one(changed(draft, price_mode="excluded" if is_general else "included"))


def billed(shop: Business, price: str, day: Day = 20, **head: object) -> Id:
    """The invoice of what came in by estimate."""
    known = shop.shop.rows("SELECT uuid FROM document WHERE type = 'goods_receipt'")
    source = Id(known[0][0].hex()) if known else estimated(shop)
    taken = line(shop.paper, "50", price, rate="0.13", source_document=source, source_line=1)
    return _unbilled(shop, invoice(day, shop.maker, [taken], **head))


def billed_late(shop: Business) -> Id:
    """30 of the 50 are sold and the month is closed when the invoice comes."""
    estimated(shop)
    shop.shop.post(delivery(7, shop.school, [line(shop.paper, "30", "20")]))
    shop.shop.book.do(close_period, period=202601)
    return billed(shop, "10.40", date(2026, 2, 3))


def back_unbilled(shop: Business) -> Id:
    """5 of the 50 go back before their invoice has come."""
    back = line(shop.paper, "5", "10", rate="0.13", source_document=estimated(shop), source_line=1)
    return _unbilled(shop, purchase_return(9, shop.maker, [back]))
