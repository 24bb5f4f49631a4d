"""How the demo company is paid and pays: most in full and in time, some in part, late, with a discount or too much."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.doctypes.finance.customer_payment import CUSTOMER_PAYMENT
from jxc_desktop.doctypes.finance.supplier_payment import SUPPLIER_PAYMENT
from jxc_desktop.domain.documents.document import Document
from jxc_desktop.domain.documents.effects import OpenItemKind
from jxc_desktop.domain.documents.line import Allocation, MoneyLine
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.money import ZERO, Money, total

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from jxc_desktop.db.engine import Session
    from jxc_desktop.kernel.ids import IdSource

    from .chance import Dice
    from .company import Company, Trader

RESERVE = Money(8_000_000)
"""What is left in the bank when suppliers are paid."""


class Debt(NamedTuple):
    """What is open of one item."""

    document: Id
    line: int
    due: int
    open: Money


def open_debts(session: Session, kind: OpenItemKind) -> dict[Id, list[Debt]]:
    """What is open of a kind by party, oldest due first."""
    found: dict[Id, list[Debt]] = {}
    for party, document, line, due, left in session.rows(
        "SELECT p.uuid, d.uuid, o.line, o.due_date, o.amount - o.settled FROM open_item o"
        " JOIN party p ON p.id = o.party JOIN document d ON d.id = o.document"
        " WHERE o.kind = ? AND o.amount <> o.settled ORDER BY o.party, o.due_date, d.hlc, o.line",
        (kind.value,),
    ):
        found.setdefault(Id(party.hex()), []).append(Debt(Id(document.hex()), line, due, Money(left)))
    return found


class Settling:
    """Payments of customers and to suppliers."""

    def __init__(self, company: Company, dice: Dice, ids: IdSource) -> None:
        self.company = company
        self.dice = dice
        self.ids = ids
        self._slow = set(company.words["slow_payers"])

    def received(self, day: date, debts: Mapping[Id, Sequence[Debt]]) -> Iterator[Document]:
        """What customers pay today of what is due."""
        for customer in self.company.customers.values():
            due = _due(debts.get(customer.id, ()), day)
            if not due or not self.dice.happens(6 if customer.code in self._slow else 20):
                continue
            account = self.dice.weighted((("BA01", 5), ("WX01", 2), ("AP01", 1), ("CA01", 1)))
            yield self._receipt_of(day, customer, due, account)

    def _receipt_of(self, day: date, customer: Trader, due: Sequence[Debt], account: str) -> Document:
        amount = total(debt.open for debt in due)
        way = self.dice.weighted((("full", 46), ("part", 28), ("off", 8), ("discount", 5), ("fee", 5), ("over", 8)))
        if (way == "part" or customer.code in self._slow) and amount.fen > 40_000:
            part = Money(amount.fen * self.dice.between(40, 70) // 100 // 10_000 * 10_000)
            return self._payment(day, customer, CUSTOMER_PAYMENT.code, _first(due, part), ((account, part, "payment"),))
        if way == "off":
            off = Money(amount.fen % 100)
            return self._payment(
                day, customer, CUSTOMER_PAYMENT.code, due, ((account, amount - off, "payment"),), write_off=off
            )
        if way in {"discount", "fee"}:
            less = Money(amount.fen * (1000 if way == "discount" else 600) // 100_000)
            money = ((account, amount - less, "payment"), (account, less, way))
            return self._payment(day, customer, CUSTOMER_PAYMENT.code, due, money)
        if way == "over":
            whole = Money(-(-amount.fen // 10_000) * 10_000)
            return self._payment(day, customer, CUSTOMER_PAYMENT.code, due, ((account, whole, "payment"),))
        return self._payment(day, customer, CUSTOMER_PAYMENT.code, due, ((account, amount, "payment"),))

    def paid(self, day: date, debts: Mapping[Id, Sequence[Debt]], bank: Money) -> Iterator[Document]:
        """What is paid to suppliers today, as far as the bank account goes."""
        for supplier in self.company.suppliers.values():
            due = _due(debts.get(supplier.id, ()), day)
            amount = total(debt.open for debt in due)
            if not due or not self.dice.happens(22) or bank - amount < RESERVE:
                continue
            bank -= amount
            yield self._payment_to(day, supplier, due, amount)

    def _payment_to(self, day: date, supplier: Trader, due: Sequence[Debt], amount: Money) -> Document:
        way = self.dice.weighted((("full", 50), ("part", 30), ("discount", 8), ("off", 7), ("fee", 5)))
        kind = SUPPLIER_PAYMENT.code
        if way == "part" and amount.fen > 200_000:
            part = Money(amount.fen * self.dice.between(40, 70) // 100 // 10_000 * 10_000)
            return self._payment(day, supplier, kind, _first(due, part), (("BA01", part, "payment"),))
        if way == "discount":
            less = Money(amount.fen // 100)
            money = (("BA01", amount - less, "payment"), ("BA01", less, "discount"))
            return self._payment(day, supplier, kind, due, money)
        if way == "off":
            off = Money(amount.fen % 100)
            return self._payment(day, supplier, kind, due, (("BA01", amount - off, "payment"),), write_off=off)
        if way == "fee":
            money = (("BA01", amount, "payment"), ("BA01", Money(550), "fee"))
            return self._payment(day, supplier, kind, due, money)
        return self._payment(day, supplier, kind, due, (("BA01", amount, "payment"),))

    def _payment(
        self,
        day: date,
        party: Trader,
        kind: str,
        debts: Sequence[Debt],
        money: Sequence[tuple[str, Money, str]],
        write_off: Money = ZERO,
    ) -> Document:
        of_kind = OpenItemKind.RECEIVABLE if kind == CUSTOMER_PAYMENT.code else OpenItemKind.PAYABLE
        lines = tuple(
            MoneyLine(key, part, self.company.money[account], amount=amount)
            for key, (account, amount, part) in enumerate(((a, m, p) for a, m, p in money if m), 1)
        )
        return Document(
            self.ids.new_id(),
            kind,
            day,
            party=party.id,
            write_off=write_off,
            money=lines,
            allocations=tuple(
                Allocation(len(lines) + key, debt.document, debt.line, of_kind.value, amount=debt.open)
                for key, debt in enumerate(debts, 1)
            ),
        )


def _due(debts: Sequence[Debt], day: date) -> list[Debt]:
    """What is due by a day, returns among it; nothing where that comes to nothing."""
    today = day.year * 10_000 + day.month * 100 + day.day
    due = [debt for debt in debts if debt.due <= today or debt.open < ZERO]
    return due if total(debt.open for debt in due) > ZERO else []


def _first(debts: Sequence[Debt], amount: Money) -> list[Debt]:
    """As much of the debts as an amount settles, the oldest first; credits are left for later."""
    settled = []
    for debt in debts:
        part = min(debt.open, amount)
        if part > ZERO:
            settled.append(debt._replace(open=part))
            amount -= part
    return settled
