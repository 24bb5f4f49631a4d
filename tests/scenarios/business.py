"""A stationer's shop with two suppliers and two customers, and short ways to say what its books must show."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from jxc_desktop.domain.documents.line import EntryLine, ItemLine
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import Quantity, UnitPrice
from tests.builders import Shop, open_shop
from tests.scenarios.proof import prove

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from jxc_desktop.kernel.ids import Id


Line = TypeVar("Line", ItemLine, EntryLine)


class OpenItemShown(NamedTuple):
    """An open item as a list shows it: what it is, its amount, and what of it is settled."""

    kind: str
    amount: str
    settled: str = "0.00"


class Business:
    """The shop: who trades with it, what it sells, where its money lies.

    中性笔 comes in boxes of 12, paper in cases of 8, rice is weighed and taxed at 9 %, 送货 is a service.
    """

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.cash = shop.cash
        self.bank = shop.card("money_account", "02", "工行", kind="bank", account=shop.account("1002"))
        self.wechat = shop.card("money_account", "03", "微信", kind="wallet", account=shop.account("101207"))
        self.pen = shop.item(
            "P1",
            "中性笔",
            base_unit="支",
            units=[{"unit": "盒", "num": 12, "den": 1}],
            tax_rate=130_000,
            reference_cost=UnitPrice.parse("2").micro,
        )
        self.paper = shop.item(
            "P2", "复印纸", base_unit="包", units=[{"unit": "箱", "num": 8, "den": 1}], tax_rate=130_000
        )
        self.rice = shop.item("P3", "大米", base_unit="千克", tax_rate=90_000)
        self.carriage = shop.item("F1", "送货", kind="service", base_unit="次", tax_rate=90_000)
        self.maker = shop.supplier("G1", "晨光文具厂", invoice_kind="special", payment_days=30, tax_id="91330000X")
        self.farmer = shop.supplier("G2", "老王粮站", invoice_kind="ordinary")
        self.school = shop.customer("K1", "城南中学", payment_days=30)
        self.market = shop.customer("K2", "家和超市")
        self.branch = shop.warehouse("02", "门店")

    def shows(
        self,
        document: Id,
        *,
        number: str,
        voucher: Sequence[str],
        voucher_number: str = "",
        open_items: Sequence[OpenItemShown] = (),
    ) -> None:
        """The document has this number, these voucher lines in this order, and leaves these items open."""
        assert self.number(document) == number
        assert self.voucher(document) == list(voucher)
        assert self.open_items(document) == list(open_items)
        if voucher_number:
            assert self.voucher_number(document) == voucher_number

    def number(self, document: Id) -> str:
        """The number of a document; a voided one keeps it."""
        return str(self._one("SELECT number FROM document WHERE uuid = ?", document)[0])

    def status(self, document: Id) -> str:
        """Whether the document is posted or voided."""
        return str(self._one("SELECT status FROM document WHERE uuid = ?", document)[0])

    def voucher_number(self, document: Id) -> str:
        """The voucher's word and number, 记-1."""
        row = self._one(
            "SELECT v.word, v.number FROM voucher v JOIN document d ON d.id = v.document WHERE d.uuid = ?", document
        )
        return f"{row[0]}-{row[1]}"

    def voucher(self, document: Id) -> list[str]:
        """Every line of the voucher in its order: side, account with its auxiliary, amount (`借 1001/01 12.00`)."""
        rows = self.shop.rows(
            "SELECT coalesce(a.code, '?'), coalesce(p.code, ''), coalesce(m.code, ''), l.debit, l.credit"
            " FROM voucher_line l JOIN document d ON d.id = l.document LEFT JOIN account a ON a.id = l.account"
            " LEFT JOIN party p ON p.id = l.party LEFT JOIN money_account m ON m.id = l.money_account"
            " WHERE d.uuid = ? ORDER BY l.entry, a.code, p.code, m.code, l.debit = 0",
            bytes.fromhex(document),
        )
        return [
            f"{side} {'/'.join(part for part in (code, party, money) if part)} {Money(amount)}"
            for code, party, money, debit, credit in rows
            for side, amount in (("借", debit), ("贷", credit))
            if amount
        ]

    def open_items(self, document: Id) -> list[OpenItemShown]:
        """What the document leaves open."""
        rows = self.shop.rows(
            "SELECT o.kind, o.amount, o.settled FROM open_item o JOIN document d ON d.id = o.document"
            " WHERE d.uuid = ? ORDER BY o.kind DESC, o.line",
            bytes.fromhex(document),
        )
        return [OpenItemShown(kind, str(Money(amount)), str(Money(settled))) for kind, amount, settled in rows]

    def due_date(self, document: Id) -> int:
        """When the open item of a document is due, as YYYYMMDD."""
        row = self._one(
            "SELECT o.due_date FROM open_item o JOIN document d ON d.id = o.document WHERE d.uuid = ?", document
        )
        return int(row[0])

    def stock(self, item: Id) -> tuple[str, str]:
        """How much of an item there is in all pools, and what it is worth."""
        row = self._one(
            "SELECT coalesce(sum(c.quantity), 0), coalesce(sum(c.value), 0) FROM cost_pool c"
            " JOIN item i ON i.id = c.item WHERE i.uuid = ?",
            item,
        )
        return str(Quantity(row[0])), str(Money(row[1]))

    def held(self, item: Id, warehouse: str = "01") -> str:
        """How much of an item a warehouse holds."""
        row = self.shop.rows(
            "SELECT s.quantity FROM stock_on_hand s JOIN item i ON i.id = s.item"
            " JOIN warehouse w ON w.id = s.warehouse WHERE i.uuid = ? AND w.code = ?",
            bytes.fromhex(item),
            warehouse,
        )
        return str(Quantity(row[0][0] if row else 0))

    def balance(self, account: str) -> str:
        """The balance of an account, debit less credit, over the whole book."""
        row = self.shop.rows(
            "SELECT coalesce(sum(l.debit - l.credit), 0) FROM voucher_line l JOIN account a ON a.id = l.account"
            " WHERE a.code = ?",
            account,
        )
        return str(Money(row[0][0]))

    def owed(self, party: Id) -> Mapping[str, str]:
        """The balances of a party by kind, without those that are 0."""
        rows = self.shop.rows(
            "SELECT b.kind, b.balance FROM party_balance b JOIN party p ON p.id = b.party WHERE p.uuid = ?"
            " AND b.balance <> 0",
            bytes.fromhex(party),
        )
        return {kind: str(Money(balance)) for kind, balance in rows}

    def proves(self) -> None:
        """Every invariant holds, and the book made anew from its log is the same book."""
        prove(self.shop.book)

    def line_key(self, document: Id, place: int = 0) -> int:
        """The key of an item line by its place."""
        rows = self.shop.rows(
            "SELECT l.line FROM item_line l JOIN document d ON d.id = l.document WHERE d.uuid = ? ORDER BY l.position",
            bytes.fromhex(document),
        )
        return int(rows[place][0])

    def _one(self, text: str, document: Id) -> tuple[Any, ...]:
        rows = self.shop.rows(text, bytes.fromhex(document))
        assert len(rows) == 1, (text, document)
        return rows[0]


def open_business(folder: Path, taxpayer: str = "general", **choice: Any) -> Business:
    """The shop on its first day, 2026-01-01."""
    return Business(open_shop(folder, taxpayer=taxpayer, **choice))


def keyed(key: int, entered: Line) -> Line:
    """A line with its key: that of a posted document which is being amended, or one that a batch names."""
    return replace(entered, key=key)


def payable(amount: str, settled: str = "0.00") -> OpenItemShown:
    """应付."""
    return OpenItemShown("payable", amount, settled)


def receivable(amount: str, settled: str = "0.00") -> OpenItemShown:
    """应收."""
    return OpenItemShown("receivable", amount, settled)
