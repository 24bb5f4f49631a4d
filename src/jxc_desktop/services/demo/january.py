"""Thirty days of the demo company: every day goods come, are sold and paid for, and what is told happens."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from jxc_desktop import resource_files
from jxc_desktop.doctypes.finance.customer_payment import CUSTOMER_PAYMENT
from jxc_desktop.doctypes.purchasing.goods_receipt import GOODS_RECEIPT
from jxc_desktop.doctypes.sales.delivery_note import DELIVERY_NOTE
from jxc_desktop.domain.documents.effects import OpenItemKind
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import Quantity
from jxc_desktop.kernel.value import changed
from jxc_desktop.queries.money_accounts import money_account_balances
from jxc_desktop.services.documents import amend, post, reverse, void

from .chance import SEED, Dice
from .company import FOLDER
from .happenings import Happenings
from .settling import Settling, open_debts
from .trade import Trade

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jxc_desktop.db.engine import Session
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.services.book import Book

    from .clock import DayClock
    from .company import Company
    from .happenings import Told

FIRST, LAST = date(2026, 1, 2), date(2026, 1, 31)
SATURDAY = 5


class Month:
    """January 2026, day by day."""

    def __init__(self, book: Book, company: Company, clock: DayClock) -> None:
        self.book = book
        self.company = company
        self.clock = clock
        self.dice = Dice(SEED + 1)
        self.trade = Trade(company, self.dice, book.ids)
        self.settling = Settling(company, self.dice, book.ids)
        self.happenings = Happenings(company, self.trade)
        self.told: list[Told] = resource_files.read_json(FOLDER, "january_2026.json")["happenings"]
        self._codes = {ware.id: ware.code for ware in company.wares.values()}
        self._today: list[Document] = []

    def play(self) -> None:
        """Post the whole month."""
        day = FIRST
        while day <= LAST:
            self._day(day)
            day += timedelta(days=1)

    def _day(self, day: date) -> None:
        is_weekend = day.weekday() >= SATURDAY
        deliveries, tickets = (self.dice.between(3, 5), self.dice.between(12, 16))
        if not is_weekend:
            deliveries, tickets = self.dice.between(7, 10), self.dice.between(7, 11)
        self._today = []
        self._post(day, 9, self._morning(day, is_weekend=is_weekend))
        self._verbs(day, "morning")
        self._post(day, 11, self.trade.deliveries(day, deliveries // 2))
        self._post(day, 14, self.trade.tickets(day, tickets // 2))
        self._post(day, 16, self._payments(day, is_weekend=is_weekend))
        self._post(day, 17, self._happening(day, "afternoon"))
        self._post(day, 18, self.trade.deliveries(day, deliveries - deliveries // 2))
        self._post(day, 20, self.trade.tickets(day, tickets - tickets // 2))
        self._verbs(day, "evening")
        self._post(day, 21, self._happening(day, "evening"))

    def _post(self, day: date, hour: int, drafts: Iterable[Document]) -> None:
        """Post what is made of the shelves as they now are."""
        self.clock.put_at(day, hour, self.dice.between(0, 49))
        self.trade.shelf = self.book.read(self._on_shelf)
        made = list(drafts)
        if made:
            self.book.do(post, drafts=made)
            self._today += made

    def _on_shelf(self, session: Session) -> dict[str, int]:
        found: dict[str, int] = {}
        for item, quantity in session.rows(
            "SELECT i.uuid, s.quantity FROM stock_on_hand s JOIN item i ON i.id = s.item ORDER BY i.code, s.warehouse"
        ):
            code = self._codes[item.hex()]
            found[code] = found.get(code, 0) + quantity
        return found

    def _morning(self, day: date, *, is_weekend: bool) -> Iterable[Document]:
        yield from self._happening(day, "morning")
        if not is_weekend:
            yield from self.trade.receipts(day, self.dice.between(2, 4))

    def _payments(self, day: date, *, is_weekend: bool) -> Iterable[Document]:
        yield from self.settling.received(day, self.book.read(open_debts, kind=OpenItemKind.RECEIVABLE))
        if not is_weekend:
            bank = self._balances()["BA01"]
            yield from self.settling.paid(day, self.book.read(open_debts, kind=OpenItemKind.PAYABLE), bank)

    def _balances(self) -> dict[str, Money]:
        return {row.code: row.balance for row in self.book.read(money_account_balances)}

    def _told(self, day: date, time: str) -> list[Told]:
        return [each for each in self.told if each["day"] == day.day and each.get("time", "afternoon") == time]

    def _happening(self, day: date, time: str) -> Iterable[Document]:
        for told in self._told(day, time):
            if told["do"] == "bank_in":
                yield from self._banked(day, told)
            elif told["do"] not in {"amend", "void", "reverse", "amend_payment"}:
                yield self.happenings.document(day, told)

    def _banked(self, day: date, told: Told) -> Iterable[Document]:
        """Whole thousands above what the till needs go to the bank; a wallet keeps its fee."""
        held = self._balances()[told["from"]] - Money.parse(told["keep"])
        amount = Money(held.fen // 100_000 * 100_000)
        if amount > Money(0):
            fee = Money(amount.fen * told.get("fee_per_mille", 0) // 1000)
            yield self.happenings.document(day, _transfer(told, amount, fee))

    def _verbs(self, day: date, time: str) -> None:
        for told in self._told(day, time):
            if told["do"] == "amend":
                self._amend(self._last(DELIVERY_NOTE.code), told)
            elif told["do"] == "amend_payment":
                document = self._last(CUSTOMER_PAYMENT.code, on_credit=False)
                content = changed(document, note=told["note"], date=day)
                self.book.do(amend, document_id=document.id, content=content)
            elif told["do"] == "void":
                document = self._last(DELIVERY_NOTE.code)
                self.book.do(void, document_id=document.id, reason=told["note"])
                self.trade.sold.remove(document)
            elif told["do"] == "reverse":
                document = self._last(GOODS_RECEIPT.code)
                self.book.do(reverse, document_id=document.id)
                self.trade.bought.remove(document)

    def _amend(self, document: Document, told: Told) -> None:
        """The last line was one more than written down."""
        last = document.lines[-1]
        corrected = changed(last, quantity=last.quantity + Quantity(1_000_000))
        content = changed(document, lines=(*document.lines[:-1], corrected), note=told["note"])
        self.book.do(amend, document_id=document.id, content=content)
        self.trade.sold[self.trade.sold.index(document)] = content

    def _last(self, kind: str, *, on_credit: bool = True) -> Document:
        """The last document of today of that type; `on_credit` leaves out what was paid at once or reduced."""
        return [
            each
            for each in self._today
            if each.type == kind and not (on_credit and (each.money or each.header_discount))
        ][-1]


def _transfer(told: Told, amount: Money, fee: Money) -> Told:
    """The voucher of money carried to the bank."""
    entries: list[dict[str, Any]] = [{"account": "1002", "money": "BA01", "debit": str(amount - fee)}]
    if fee:
        entries.append({"account": "560302", "debit": str(fee)})
    entries.append({"account": told["account"], "money": told["from"], "credit": str(amount)})
    return {"do": "enter", "note": told["note"], "entries": entries}
