"""The opening of the demo company: stock by batch, open items with their papers, balances of all other accounts.

Together they balance: what 期初平衡 holds afterwards is 0.
"""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from jxc_desktop.doctypes.finance.opening_balance import OPENING_BALANCE
from jxc_desktop.doctypes.finance.opening_item import OPENING_ITEM
from jxc_desktop.doctypes.inventory.opening_stock import OPENING_STOCK
from jxc_desktop.domain.documents.document import NO_DATE, Document
from jxc_desktop.domain.documents.effects import OpenItemKind
from jxc_desktop.domain.documents.line import NO_ID, EntryLine, ItemLine, Tracking
from jxc_desktop.kernel.money import ZERO, Money
from jxc_desktop.kernel.quantity import Quantity, UnitPrice

from .company import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .company import Company, Row

FIRST_DAY = date(2026, 1, 1)

KIND_OF = {
    "1122": OpenItemKind.RECEIVABLE,
    "2203": OpenItemKind.ADVANCE_FROM_CUSTOMER,
    "220201": OpenItemKind.PAYABLE,
    "220202": OpenItemKind.PAYABLE_ESTIMATED,
    "1123": OpenItemKind.PREPAYMENT_TO_SUPPLIER,
}
"""Account of an opening debt → its kind; what stands on another account is a plain balance."""
STOCK = ("1403", "1405", "1411")
MONEY = ("1001", "1002", "1012")


def opening_drafts(company: Company) -> list[Document]:
    """All opening documents of the company."""
    return [*_stock(company), *_open_items(company), _balances(company)]


def _stock(company: Company) -> Iterator[Document]:
    for warehouse, batches in groupby(
        sorted(rows("opening_stock.csv"), key=lambda row: row["warehouse"]), key=lambda row: row["warehouse"]
    ):
        source = list(batches)
        yield Document(
            NO_ID,
            OPENING_STOCK.code,
            FIRST_DAY,
            warehouse=company.warehouses[warehouse],
            lines=tuple(_stock_line(company, key, row) for key, row in enumerate(source, 1)),
            tracking=tuple(_batch(len(source) + key, key, row) for key, row in enumerate(source, 1) if row["batch_no"]),
        )


def _stock_line(company: Company, key: int, row: Row) -> ItemLine:
    return ItemLine(
        key,
        company.wares[row["sku"]].id,
        unit=row["unit"],
        quantity=Quantity.parse(row["qty"]),
        unit_cost=UnitPrice.parse(row["unit_cost"]),
        typed_amount=Money.parse(row["amount"]),
    )


def _batch(key: int, line: int, row: Row) -> Tracking:
    return Tracking(
        key,
        line,
        row["batch_no"],
        production_date=row["production_date"],
        expiry_date=row["expiry_date"],
        base_quantity=Quantity.parse(row["qty"]),
    )


def _debts() -> list[Row]:
    files = (("opening_receivables.csv", "customer"), ("opening_payables.csv", "supplier"))
    return [{**row, "party": row[role]} for name, role in files for row in rows(name)]


def _open_items(company: Company) -> Iterator[Document]:
    for row in _debts():
        kind = KIND_OF.get(row["account"])
        if kind is not None:
            yield Document(
                NO_ID,
                OPENING_ITEM.code,
                date.fromisoformat(row["doc_date"]),
                external_number=row["doc_no"],
                due_date=date.fromisoformat(row["due_date"]) if row["due_date"] else NO_DATE,
                party=company.party(row["party"]),
                reason=kind.value,
                amount=Money.parse(row["amount"]),
            )


def _balances(company: Company) -> Document:
    entries: list[EntryLine] = []
    for row in rows("accounts_cash.csv"):
        account = company.accounts[row["gl_account"]]
        entries.append(
            EntryLine(0, account, money_account=company.money[row["code"]], debit=Money.parse(row["opening"]))
        )
    detailed = set(KIND_OF)
    for row in _debts():
        if row["account"] not in KIND_OF:
            detailed.add(row["account"])
            party = company.party(row["party"])
            entries.append(
                EntryLine(
                    0, company.accounts[row["account"]], row["doc_no"], party=party, credit=Money.parse(row["amount"])
                )
            )
    for row in rows("opening_balances.csv"):
        if row["account"] not in detailed and not row["account"].startswith((*STOCK, *MONEY)):
            account = company.accounts[row["account"]]
            entries.append(EntryLine(0, account, debit=_amount(row["debit"]), credit=_amount(row["credit"])))
    return Document(NO_ID, OPENING_BALANCE.code, FIRST_DAY, entries=tuple(entries))


def _amount(text: str) -> Money:
    return Money.parse(text) if text else ZERO
