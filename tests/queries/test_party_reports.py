"""Receivables, payables and ageing: what parties owed before, what moved, what is overdue."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.builders import (
    Shop,
    customer_payment,
    delivery,
    line,
    opening_item,
    paid,
    receipt,
    sales_return,
    settles,
    supplier_payment,
    tender,
)
from tests.queries.ask import answer, columns

if TYPE_CHECKING:
    from jxc_desktop.kernel.ids import Id

BALANCE = "party_code opening increase decrease closing overdue"
AGES = "total not_due days_1_30 days_31_60 days_61_90 days_over_90"


@pytest.fixture
def customer(shop: Shop) -> Id:
    """A customer with thirty days to pay who owed 100 when the book began and bought for 60."""
    party = shop.customer("C1", "甲", payment_days=30)
    shop.post(opening_item("receivable", party, "100", due_date=date(2025, 11, 20)))
    shop.post(delivery(6, party, [line(shop.item("P1"), "6", "10")]))
    return party


def test_opening_items_stand_in_the_opening_column(shop: Shop, customer: Id) -> None:
    assert customer
    balance = [("C1", "100.00", "60.00", "0.00", "160.00", "100.00")]
    assert columns(shop, "receivables", BALANCE) == balance
    assert columns(shop, "receivables", BALANCE, since="2026-01-01") == balance


def test_a_payment_lessens_what_is_open_and_overdue(shop: Shop, customer: Id) -> None:
    opened = shop.rows("SELECT lower(hex(uuid)) FROM document WHERE type = 'opening_item'")[0][0]
    payment = customer_payment(10, customer, [paid(shop.cash, "70")], allocations=[settles(opened, "70", "receivable")])
    shop.post(payment)
    span = {"since": "2026-01-01"}
    assert columns(shop, "receivables", BALANCE, **span) == [("C1", "100.00", "60.00", "70.00", "90.00", "30.00")]
    before = {"since": "2026-01-07", "to": "2026-01-09"}
    assert columns(shop, "receivables", BALANCE, **before) == [("C1", "160.00", "0.00", "0.00", "160.00", "100.00")]
    assert columns(shop, "ageing", AGES, as_of="2026-01-09") == [("160.00", "60.00", "0.00", "100.00", "0.00", "0.00")]
    assert columns(shop, "ageing", AGES) == [("90.00", "60.00", "0.00", "0.00", "30.00", "0.00")]


def test_what_was_returned_counts_against_the_oldest_debt(shop: Shop, customer: Id) -> None:
    shop.post(sales_return(12, customer, [line(shop.item("P1"), "2", "10")]))
    assert columns(shop, "receivables", "decrease closing overdue") == [("20.00", "140.00", "80.00")]
    assert columns(shop, "ageing", AGES) == [("140.00", "60.00", "0.00", "0.00", "80.00", "0.00")]


def test_a_credit_without_a_debt_is_not_due(shop: Shop) -> None:
    shop.post(sales_return(12, shop.customer("C2"), [line(shop.item("P1"), "2", "10")]))
    assert columns(shop, "receivables", "closing overdue") == [("-20.00", "0.00")]
    assert columns(shop, "ageing", AGES) == [("-20.00", "-20.00", "0.00", "0.00", "0.00", "0.00")]


def test_what_is_paid_at_once_is_never_owed(shop: Shop) -> None:
    pen, party = shop.item("P1"), shop.customer("C1")
    shop.post(delivery(6, party, [line(pen, "6", "10")], money=[tender(shop.cash, "60")]))
    assert columns(shop, "receivables", BALANCE) == []
    shop.post(delivery(7, party, [line(pen, "6", "10")], money=[tender(shop.cash, "45")]))
    assert columns(shop, "receivables", "increase closing") == [("15.00", "15.00")]


def test_payables_and_receivables_agree_with_their_control_accounts(shop: Shop, customer: Id) -> None:
    supplier = shop.supplier("S1")
    (bought,) = shop.post(receipt(5, supplier, [line(shop.item("P1"), "10", "4")]))
    shop.post(
        supplier_payment(9, supplier, [paid(shop.cash, "15")], allocations=[settles(bought, "15", "payable")]),
        customer_payment(9, customer, [paid(shop.cash, "500")]),
    )
    accounts = {row[0]: row[1:] for row in columns(shop, "trial-balance", "account_code closing_debit closing_credit")}
    assert columns(shop, "payables", BALANCE) == [("S1", "0.00", "40.00", "15.00", "25.00", "25.00")]
    assert accounts["220201"] == ("0.00", "25.00")
    assert answer(shop, "receivables")["totals"]["closing"] == accounts["1122"][0] == "160.00"
    assert columns(shop, "ageing", "party_code total", kind="payable") == [("S1", "25.00")]


def test_one_party_can_be_asked_for(shop: Shop, customer: Id) -> None:
    assert customer
    shop.post(delivery(6, shop.customer("C2"), [line(shop.item("P1"), "6", "10")]))
    assert columns(shop, "receivables", "party_code", party="C2") == [("C2",)]
    assert columns(shop, "ageing", "party_code", party="甲") == [("C1",)]
