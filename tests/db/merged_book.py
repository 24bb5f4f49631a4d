"""A book written by three devices that know little of each other: everything a merge has to settle happens in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from jxc_desktop.kernel.ids import Id
from jxc_desktop.services.book_settings import set_setting
from jxc_desktop.services.masters import CardChange, set_cards
from jxc_desktop.services.periods import close_period, reopen_period
from tests.builders import (
    adjustment,
    batch,
    carries,
    count,
    customer_payment,
    delivery,
    entry,
    expense,
    expense_line,
    fees,
    line,
    open_shop,
    opening_item,
    opening_stock,
    paid,
    purchase_return,
    receipt,
    retail,
    sales_return,
    settles,
    supplier_payment,
    tender,
    voucher,
)
from tests.db.devices import device, merge, records_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jxc_desktop.domain.documents.document import Document

SHARED = Id("0000000000007000800000000000abcd")
"""The id of a draft that two devices post."""


class MergedBook:
    """`shop` and `branch` share a book; `office` joins later. After `settle` all three know everything."""

    def __init__(self, folder: Path, *, turns_to: Sequence[str] = (), **choice: Any) -> None:
        self.shop = open_shop(folder, **choice)
        self._turns_to = turns_to
        self._cards()
        self._begin()
        self.branch = device(folder, 2, records_of(self.shop.book))
        self._apart()
        self.office = device(folder, 3, records_of(self.branch.book))
        self._close_without_the_branch()
        self._late()
        self.settle()

    def settle(self) -> None:
        """Everybody learns everything, what others say they have seen among it."""
        everybody = (self.shop, self.branch, self.office)
        for _round in range(2):
            for giver in everybody:
                for taker in everybody:
                    if taker is not giver:
                        merge(taker, records_of(giver.book))

    def _cards(self) -> None:
        shop = self.shop
        self.pen = shop.item(
            "P1",
            "笔",
            units=[{"unit": "盒", "num": 12, "den": 1}],
            barcodes=[{"barcode": "6901234567892", "unit": "个"}],
            reference_cost=2_000_000,
        )
        self.cup = shop.item("P2", "杯", category=shop.card("category", "K1", "日用"))
        self.box = shop.item("P3", "盒子", reference_cost=1_000_000)
        shop.item("P4", "样品")
        shop.card("money_account", "02", "银行", kind="bank", account=shop.account("1002"))
        self.supplier = shop.supplier("S1", "供应商甲")
        self.customer = shop.customer("C1", "客户乙")
        self.second = shop.warehouse("02", "门店")

    def _begin(self) -> None:
        shop = self.shop
        shop.post(
            opening_stock([line(self.pen, "20", unit_cost="1.50")], tracking=[batch(1, "B1", "20")]),
            opening_item("receivable", self.customer, "88.00"),
        )
        self.bought = shop.post_one(
            receipt(5, self.supplier, [line(self.pen, "30", "2.26"), line(self.cup, "8", "9.99")])
        )
        shop.post(fees(6, self.supplier, "7.50", [carries(self.bought)]))
        self.sold = shop.post_one(delivery(8, self.customer, [line(self.pen, "45", "5.00")]))
        self.short = shop.post_one(delivery(9, self.customer, [line(self.cup, "11", "20.00")]))
        shop.post(
            sales_return(10, self.customer, [line(self.pen, "4", "5.00", source_document=self.sold, source_line=1)]),
            purchase_return(
                11, self.supplier, [line(self.pen, "2", "2.26", source_document=self.bought, source_line=1)]
            ),
            retail(12, [line(self.pen, "1", "6.00")], [tender(shop.cash, "6.00")]),
        )
        shop.post(delivery(13, self.customer, [line(self.box, "2", "3.00")]))
        self.twice = shop.post_one(delivery(13, self.customer, [line(self.pen, "3", "5.50")]))
        self.gone = shop.post_one(delivery(14, self.customer, [line(self.pen, "2", "5.50")]))
        shop.post(
            customer_payment(
                15, self.customer, [paid(shop.cash, "50.00")], allocations=[settles(self.sold, "50.00", "receivable")]
            )
        )

    def _apart(self) -> None:
        """What both do without knowing of each other."""
        shop, branch = self.shop, self.branch
        shop.book.do(set_cards, changes=[CardChange("item", {"name": "红笔", "spec": "0.5"}, self.pen)])
        branch.book.do(set_cards, changes=[CardChange("item", {"name": "蓝笔", "note": "好写"}, self.pen)])
        shop.book.do(set_cards, changes=[CardChange("item", {"name": "水笔"}, self.pen)])
        shop.amend(self.twice, _delivery_again(self, "6", 13))
        branch.amend(self.twice, _delivery_again(self, "9", date(2026, 2, 2)))
        branch.amend(self.twice, _delivery_again(self, "7", 12))
        branch.void(self.gone)
        shop.void(self.gone, "多打")
        shared = replace(receipt(16, self.supplier, [line(self.cup, "5", "8.00")]), id=SHARED)
        branch.post(shared)
        shop.post(shared)
        branch.post(
            receipt(3, self.supplier, [line(self.cup, "4", "7.77")]),
            delivery(17, self.customer, [line(self.cup, "6", "21.00", warehouse=self.second)]),
            count(18, [line(self.pen, "25")]),
            adjustment(19, "scrap", [line(self.pen, "1")]),
        )
        shop.post(
            count(20, [line(self.cup, "2", unit_cost="8.80")]),
            supplier_payment(
                21, self.supplier, [paid(shop.cash, "30.00")], allocations=[settles(self.bought, "30.00", "payable")]
            ),
            expense(22, [expense_line(shop.account("560201"), "12.00"), tender(shop.cash, "12.00")]),
            voucher(23, [entry(shop.account("560201"), debit="7.00"), entry(shop.account("1001"), credit="7.00")]),
        )
        branch.reverse(self.short, date(2026, 2, 3))

    def _close_without_the_branch(self) -> None:
        """January is closed while the branch has not been heard of; it goes on and corrects January.

        Where the book turns to another costing method in February, two devices choose it without knowing each other.
        """
        self.shop.book.do(close_period, period=202601)
        self.kept = self.branch.post_one(delivery(25, self.customer, [line(self.pen, "2", "5.00")]))
        self.branch.void(self.branch.post_one(delivery(26, self.customer, [line(self.pen, "1", "5.00")])))
        self.branch.amend(self.twice, _delivery_again(self, "8", 27))
        merge(self.office, records_of(self.shop.book))
        self.office.post(receipt(date(2026, 2, 4), self.supplier, [line(self.pen, "40", "2.50")]))
        self.office.post(fees(date(2026, 2, 4), self.supplier, "3.10", [carries(self.bought)]))
        self.office.book.do(reopen_period, period=202601, reason="漏了分店")
        merge(self.office, records_of(self.branch.book))
        self.office.book.do(close_period, period=202601)
        for chooser, method in zip((self.shop, self.office), self._turns_to, strict=False):
            chooser.book.do(set_setting, key="costing_method", value=method, period=202602)

    def _late(self) -> None:
        """After the second close somebody who has not heard of it still works in January."""
        self.branch.post(
            delivery(28, self.customer, [line(self.pen, "3", "5.00")]),
            receipt(29, self.supplier, [line(self.cup, "2", "7.00")]),
        )
        self.branch.void(self.branch.post_one(receipt(30, self.supplier, [line(self.cup, "1", "6.00")])))
        self.branch.void(self.kept)
        self.branch.post(fees(28, self.supplier, "2.20", [carries(self.bought, 1)]))


def _delivery_again(book: MergedBook, quantity: str, day: int | date) -> Document:
    return delivery(day, book.customer, [line(book.pen, quantity, "5.50")])
