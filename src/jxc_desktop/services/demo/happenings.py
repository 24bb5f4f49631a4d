"""What happens in the demo's January beside ordinary trade, as `january_2026.json` tells it, turned into documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.doctypes.finance.customer_payment import CUSTOMER_PAYMENT
from jxc_desktop.doctypes.finance.expense import EXPENSE
from jxc_desktop.doctypes.finance.supplier_payment import SUPPLIER_PAYMENT
from jxc_desktop.doctypes.finance.voucher import VOUCHER
from jxc_desktop.doctypes.inventory.stock_adjustment import IN_REASONS, STOCK_ADJUSTMENT
from jxc_desktop.doctypes.inventory.stock_count import STOCK_COUNT
from jxc_desktop.doctypes.purchasing.purchase_return import PURCHASE_RETURN
from jxc_desktop.doctypes.sales.delivery_note import DELIVERY_NOTE
from jxc_desktop.doctypes.sales.sales_return import SALES_RETURN
from jxc_desktop.domain.documents.document import Document
from jxc_desktop.domain.documents.line import NO_ID, EntryLine, ItemLine, MoneyLine
from jxc_desktop.kernel.money import ZERO, Money
from jxc_desktop.kernel.quantity import Quantity, Rate, UnitPrice
from jxc_desktop.kernel.value import changed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from .company import Company
    from .trade import Trade

Told = dict[str, Any]
"""One entry of the file: what happens, and its particulars."""


class Happenings:
    """Documents of what is told."""

    def __init__(self, company: Company, trade: Trade) -> None:
        self.company = company
        self.trade = trade
        self._makers = {
            "adjust": self._adjustment,
            "count": self._count,
            "spend": self._expense,
            "enter": self._voucher,
            "advance": self._advance,
            "prepay": self._prepayment,
            "short": self._short_sale,
            "restock": self._restocking,
            "customer_returns": self._customer_return,
            "customer_brings": self._unlinked_return,
            "send_back": self._supplier_return,
            "give_back": self._unlinked_supplier_return,
        }

    def document(self, day: date, told: Told) -> Document:
        """The document of an entry. Raises KeyError for one that makes none."""
        made = self._makers[told["do"]](day, told)
        return changed(made, id=made.id or self.trade.ids.new_id(), note=told.get("note", ""))

    def _draft(self, kind: str, day: date, **fields: Any) -> Document:
        return Document(NO_ID, kind, day, **fields)

    def _adjustment(self, day: date, told: Told) -> Document:
        lines = tuple(
            ItemLine(
                key,
                self.company.wares[each["item"]].id,
                quantity=Quantity.parse(each["quantity"]),
                unit_cost=UnitPrice.parse(each["cost"]) if "cost" in each else None,
                is_abnormal=each.get("abnormal", False),
            )
            for key, each in enumerate(told["lines"], 1)
        )
        comes_in = told["reason"] in IN_REASONS
        tracking = self.trade.new_batches(day, lines) if comes_in else ()
        return self._draft(STOCK_ADJUSTMENT.code, day, reason=told["reason"], lines=lines, tracking=tracking)

    def _count(self, day: date, told: Told) -> Document:
        """The sheet holds what is on the shelf, more or less what is told."""
        differences: Mapping[str, str] = told["differences"]
        abnormal = set(told.get("abnormal", ()))
        lines = tuple(
            ItemLine(
                key,
                self.company.wares[code].id,
                quantity=Quantity(self.trade.shelf.get(code, 0)) + Quantity.parse(difference),
                is_abnormal=code in abnormal,
            )
            for key, (code, difference) in enumerate(differences.items(), 1)
        )
        return self._draft(STOCK_COUNT.code, day, lines=lines)

    def _expense(self, day: date, told: Told) -> Document:
        spent, tender = EXPENSE.money_kinds
        account = self.company.accounts[told["account"]]
        rate = Rate.parse(told["rate"])
        amount = Money.parse(told["amount"])
        money = [MoneyLine(1, spent, account=account, amount=amount, tax_rate=rate, note=told["note"])]
        if "pay" in told:
            money.append(MoneyLine(2, tender, self.company.money[told["pay"]], amount=amount))
        party = self.company.party(told.get("party", ""))
        return self._draft(EXPENSE.code, day, party=party, invoice_kind=told["invoice"], money=tuple(money))

    def _voucher(self, day: date, told: Told) -> Document:
        entries = tuple(
            EntryLine(
                key,
                self.company.accounts[each["account"]],
                summary=told["note"],
                money_account=self.company.money.get(each.get("money", ""), NO_ID),
                debit=Money.parse(each["debit"]) if "debit" in each else ZERO,
                credit=Money.parse(each["credit"]) if "credit" in each else ZERO,
            )
            for key, each in enumerate(told["entries"], 1)
        )
        return self._draft(VOUCHER.code, day, entries=entries)

    def _advance(self, day: date, told: Told) -> Document:
        return self._money(CUSTOMER_PAYMENT.code, day, told)

    def _prepayment(self, day: date, told: Told) -> Document:
        return self._money(SUPPLIER_PAYMENT.code, day, told)

    def _money(self, kind: str, day: date, told: Told) -> Document:
        line = MoneyLine(1, "payment", self.company.money[told["pay"]], amount=Money.parse(told["amount"]))
        return self._draft(kind, day, party=self.company.party(told["party"]), money=(line,))

    def _short_sale(self, day: date, told: Told) -> Document:
        """More than there is: the customer takes the rest of the shelf and what comes with the next truck."""
        ware = self.company.wares[told["item"]]
        wanted = Quantity(self.trade.shelf.get(ware.code, 0)) + Quantity.parse(told["more"])
        self.trade.shelf[ware.code] = -Quantity.parse(told["more"]).micro
        price = dict(ware.levels)[self.company.customers[told["party"]].level]
        line = ItemLine(1, ware.id, quantity=wanted, price=price)
        return self._draft(DELIVERY_NOTE.code, day, party=self.company.party(told["party"]), lines=(line,))

    def _restocking(self, day: date, told: Told) -> Document:
        ware = self.company.wares[told["item"]]
        supplier = self.company.suppliers[ware.supplier]
        line = changed(self.trade.bought_line(supplier, ware, told["count"], percent=told["percent"]), key=1)
        self.trade.shelf[ware.code] += told["count"] * ware.ratio.num * 1_000_000 // ware.ratio.den
        return self.trade.receipt(day, supplier, (line,))

    def _customer_return(self, day: date, told: Told) -> Document:
        """A line of a delivery of some days ago comes back, wholly or in part."""
        source = self._earlier(self.trade.sold, DELIVERY_NOTE.code, day, told["days_ago"])
        lines = self._taken_back(source, told["quantity"])
        return self._draft(SALES_RETURN.code, day, party=source.party, lines=lines)

    def _supplier_return(self, day: date, told: Told) -> Document:
        source = self._earlier(self.trade.bought, self.trade.bought[0].type, day, told["days_ago"])
        lines = self._taken_back(source, told["quantity"])
        return self._draft(PURCHASE_RETURN.code, day, party=source.party, lines=lines)

    def _earlier(self, documents: Sequence[Document], kind: str, day: date, days_ago: int) -> Document:
        """The last document on credit of that day or the nearest before, that nothing was deducted from."""
        found = [
            each
            for each in documents
            if each.type == kind and (day - each.date).days >= days_ago and not each.money and not each.header_discount
        ]
        return found[-1]

    def _taken_back(self, source: Document, quantity: str) -> tuple[ItemLine, ...]:
        line = source.lines[0]
        back = min(Quantity.parse(quantity), line.quantity)
        return (changed(line, key=1, quantity=back, source_document=source.id, source_line=line.key, price_source=""),)

    def _unlinked_return(self, day: date, told: Told) -> Document:
        ware = self.company.wares[told["item"]]
        line = ItemLine(1, ware.id, quantity=Quantity.parse(told["quantity"]), price=ware.retail_price)
        return self._draft(SALES_RETURN.code, day, party=self.company.party(told["party"]), lines=(line,))

    def _unlinked_supplier_return(self, day: date, told: Told) -> Document:
        ware = self.company.wares[told["item"]]
        supplier = self.company.suppliers[ware.supplier]
        line = changed(self.trade.bought_line(supplier, ware, told["count"], percent=100), key=1)
        return self._draft(PURCHASE_RETURN.code, day, party=supplier.id, lines=(line,))
