"""Faults the doctor once found in books that nobody had harmed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from jxc_desktop.db import rebuild
from jxc_desktop.domain.documents.line import NO_ID
from jxc_desktop.kernel.errors import HasProblems
from jxc_desktop.services.doctor import run_checks
from tests.builders import (
    Shop,
    customer_payment,
    delivery,
    expense,
    expense_line,
    line,
    open_shop,
    paid,
    receipt,
    sales_return,
    settles,
    supplier_payment,
    tender,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jxc_desktop.kernel.ids import Id


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = open_shop(tmp_path)
    yield made
    made.book.close()


@pytest.fixture
def sale(shop: Shop) -> Id:
    return shop.post_one(delivery(10, shop.customer("K1"), [line(shop.item("P1"), "10", "5")]))


def _not_ok(shop: Shop) -> list[str]:
    return [check.name for check in run_checks(shop.book) if not check.ok]


def test_an_expense_of_a_small_taxpayer_debits_the_account_chosen(shop: Shop) -> None:
    shop.post_one(expense(3, [expense_line(shop.account("560206"), "66"), tender(shop.cash, "66")]))
    text = "SELECT a.code, l.debit, l.credit FROM voucher_line l LEFT JOIN account a ON a.id = l.account ORDER BY 1"
    assert shop.rows(text) == [("1001", 0, 6600), ("560206", 6600, 0)]
    assert _not_ok(shop) == []


def test_a_voided_payment_settles_nothing_of_an_amended_sale(shop: Shop, sale: Id) -> None:
    customer = shop.customer("K1")
    payment = customer_payment(11, customer, [paid(shop.cash, "20")], allocations=[settles(sale, "20", "receivable")])
    shop.void(shop.post_one(payment))
    shop.amend(sale, delivery(10, customer, [replace(line(shop.item("P1"), "10", "6"), key=1)]))
    assert shop.rows("SELECT amount, settled FROM open_item") == [(6000, 0)]
    assert _not_ok(shop) == []


def test_a_settlement_dated_before_its_sale_survives_a_rebuild(
    shop: Shop, sale: Id, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.post_one(
        customer_payment(
            4, shop.customer("K1"), [paid(shop.cash, "20")], allocations=[settles(sale, "20", "receivable")]
        )
    )
    monkeypatch.setattr(rebuild, "GROUP", 1)
    assert _not_ok(shop) == []


def test_a_bank_charge_leaves_with_the_first_payments_account(shop: Shop) -> None:
    fee = replace(paid(shop.cash, "1", "fee"), money_account=NO_ID)
    shop.post_one(supplier_payment(4, shop.supplier("G1"), [paid(shop.cash, "20"), fee]))
    cash = "SELECT sum(l.credit) FROM voucher_line l JOIN account a ON a.id = l.account WHERE a.code = '1001'"
    assert shop.rows(cash) == [(2100,)]
    assert _not_ok(shop) == []


def test_a_bank_charge_alone_names_its_account(shop: Shop) -> None:
    fee = replace(paid(shop.cash, "1", "fee"), money_account=NO_ID)
    with pytest.raises(HasProblems) as refused:
        shop.post_one(supplier_payment(4, shop.supplier("G1"), [fee]))
    assert "money.no_account" in {problem.text.id for problem in refused.value.problems}


def test_nothing_comes_back_of_a_sale_that_was_reversed(shop: Shop) -> None:
    pen, customer = shop.item("P1"), shop.customer("K1")
    shop.post_one(receipt(2, shop.supplier("G1"), [line(pen, "100", "2")]))
    sold = shop.post_one(delivery(3, customer, [line(pen, "10", "5")]))
    shop.reverse(sold, on=4)
    with pytest.raises(HasProblems) as refused:
        shop.post_one(sales_return(5, customer, [line(pen, "10", "5", source_document=sold, source_line=1)]))
    assert [problem.text.id for problem in refused.value.problems] == ["link.no_source"]


def test_the_difference_of_a_covered_shortage_goes_with_its_sale(shop: Shop, sale: Id) -> None:
    pen, supplier = shop.item("P1"), shop.supplier("G1")
    shop.post_one(receipt(2, supplier, [line(pen, "4", "2")]))
    shop.post_one(receipt(12, supplier, [line(pen, "20", "3")]))
    assert shop.rows("SELECT quantity, variance FROM shortage_cover") == [(6_000_000, 600)]
    shop.void(sale)
    assert shop.rows("SELECT sum(abs(debit)) FROM voucher_line WHERE entry IN (90, 91)") == [(0,)]
    assert _not_ok(shop) == []
