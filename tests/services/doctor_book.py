"""A small book with a bit of everything, healthy as posted: what the tests of the doctor break."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tests.builders import (
    Shop,
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
    invoice,
    line,
    open_shop,
    opening_balance,
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

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.domain.documents.line import ItemLine
    from jxc_desktop.kernel.ids import Id


def keyed(entered: ItemLine, key: int = 1) -> ItemLine:
    """A line with a key, for a batch to name it."""
    return replace(entered, key=key)


PEN, TEA, CUP = "P1", "T1", "C1"


def healthy_shop(folder: Path, *, name: str = "healthy", **choice: Any) -> Shop:
    """A shop after a busy month; every check is green."""
    shop = open_shop(folder, name=name, **choice)
    _open(shop)
    _trade(shop)
    _correct(shop)
    return shop


def _items(shop: Shop) -> tuple[Id, Id, Id]:
    return shop.item(PEN, "笔"), shop.item(TEA, "茶", has_batch=1), shop.item(CUP, "杯")


def _open(shop: Shop) -> None:
    pen, tea, _cup = _items(shop)
    customer, supplier = shop.customer("K1", "老王"), shop.supplier("G1", "文具厂")
    shop.post(
        opening_stock([line(pen, "100", unit_cost="2")]),
        opening_stock([line(tea, "8", unit_cost="30")], tracking=[batch(1, "B1", "8")]),
        opening_item("receivable", customer, "300"),
        opening_item("advance_from_customer", customer, "50"),
        opening_item("payable", supplier, "120"),
        opening_item("prepayment_to_supplier", supplier, "10"),
        opening_balance([entry(shop.account("3001"), credit="580")]),
    )


def _trade(shop: Shop) -> None:
    pen, tea, cup = _items(shop)
    customer, supplier, other = shop.customer("K1"), shop.supplier("G1"), shop.customer("K2", "小李")
    bought = shop.post_one(receipt(3, supplier, [line(pen, "50", "2.60"), line(cup, "10", "8")]))
    sold = shop.post_one(delivery(5, customer, [line(pen, "20", "5"), line(cup, "15", "12.50")]))
    shop.post_one(receipt(8, supplier, [line(cup, "12", "9.10")]))
    shop.post_one(fees(9, shop.supplier("W1", "顺达物流"), "12", [carries(bought)]))
    shop.post_one(sales_return(9, customer, [line(pen, "4", "5", source_document=sold, source_line=1)]))
    shop.post_one(purchase_return(10, supplier, [line(pen, "5", "2.60", source_document=bought, source_line=1)]))
    shop.post_one(retail(11, [line(tea, "2", "55"), line(pen, "-1", "5")], [tender(shop.cash, "105")]))
    shop.post_one(delivery(12, other, [line(cup, "20", "12")]))
    shop.post_one(count(14, [line(pen, "118"), line(tea, "7")]))
    shop.post_one(adjustment(15, "own_use", [line(pen, "3")]))
    shop.post_one(adjustment(16, "gift_in", [keyed(line(tea, "1", unit_cost="25"))], tracking=[batch(1, "B2", "1")]))
    shop.post_one(
        customer_payment(
            20,
            customer,
            [paid(shop.cash, "100"), paid(shop.cash, "2", "discount")],
            allocations=[settles(sold, "80", "receivable")],
        )
    )
    shop.post_one(
        supplier_payment(20, supplier, [paid(shop.cash, "150")], allocations=[settles(bought, "140", "payable")])
    )
    eraser = shop.item("P4", "橡皮")
    arrived = shop.post_one(receipt(12, supplier, [line(eraser, "10", "1")], invoice_kind="to_come"))
    billed = line(eraser, "4", "1.20", source_document=arrived, source_line=1)
    shop.post_one(invoice(19, supplier, [billed]))
    shop.post_one(expense(21, [expense_line(shop.account("560206"), "66"), tender(shop.cash, "66")]))
    shop.post_one(voucher(22, [entry(shop.account("560206"), debit="5"), entry(shop.account("3001"), credit="5")]))


def _correct(shop: Shop) -> None:
    pen, _tea, cup = _items(shop)
    customer, supplier = shop.customer("K1"), shop.supplier("G1")
    wrong = shop.post_one(receipt(4, supplier, [line(cup, "6", "7")]))
    shop.amend(wrong, receipt(4, supplier, [replace(line(cup, "6", "7.50"), key=1)]))
    shop.void(shop.post_one(delivery(13, customer, [line(pen, "1", "5")])))
    shop.reverse(shop.post_one(delivery(13, customer, [line(pen, "2", "5"), line(cup, "1", "12")])), on=18)
