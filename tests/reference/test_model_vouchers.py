"""Vouchers and balances of the model, document by document, against figures worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.reference.book import BookModel
from tests.reference.records import Allocation, Document, Entry, Expense, Line

DAY = date(2026, 1, 10)
TEN = 10_000_000
YUAN = 1_000_000
STANDARD = 130_000


def _line(quantity: int = TEN, price: int = 10 * YUAN, **more: Any) -> Line:
    return Line(1, "tea", quantity, price=price, tax_rate=STANDARD, **more)


def _document(kind: str, *lines: Line, **more: Any) -> Document:
    return Document(more.pop("id", kind), kind, more.pop("date", DAY), lines, party="party", **more)


def _book(*documents: Document, taxpayer: str = "small") -> BookModel:
    book = BookModel(taxpayer)
    for document in documents:
        book.post(document)
    return book


def _stocked(*documents: Document, taxpayer: str = "small") -> BookModel:
    return _book(_document("goods_receipt", _line()), *documents, taxpayer=taxpayer)


@pytest.mark.parametrize(
    ("taxpayer", "is_deductible", "expected"),
    [
        ("small", True, {"140501": (10000, 0), "220201": (0, 10000)}),
        ("general", False, {"140501": (10000, 0), "220201": (0, 10000)}),
        ("general", True, {"140501": (8850, 0), "22210101": (1150, 0), "220201": (0, 10000)}),
    ],
)
def test_a_receipt_costs_the_tax_unless_it_is_deducted(
    taxpayer: str, expected: dict[str, tuple[int, int]], *, is_deductible: bool
) -> None:
    book = _book(_document("goods_receipt", _line(), is_deductible=is_deductible), taxpayer=taxpayer)
    assert book.ledger().voucher("goods_receipt") == expected


def test_prices_without_tax_get_it_on_top() -> None:
    receipt = _document("goods_receipt", _line(), is_tax_included=False, is_deductible=True)
    assert _book(receipt, taxpayer="general").ledger().voucher("goods_receipt") == {
        "140501": (10000, 0),
        "22210101": (1300, 0),
        "220201": (0, 11300),
    }


def test_a_delivery_earns_revenue_and_costs_its_share() -> None:
    delivery = _document("delivery_note", _line(4_000_000, 20 * YUAN), write_off=50, tenders=(("1001", 3000),))
    book = _stocked(delivery)
    assert book.ledger().voucher("delivery_note") == {
        "5001": (0, 7080),
        "222101": (0, 920),
        "1001": (3000, 0),
        "560304": (50, 0),
        "1122": (4950, 0),
        "5401": (4000, 0),
        "140501": (0, 4000),
    }
    assert book.ledger().party_balances() == {("party", "payable"): 10000, ("party", "receivable"): 4950}


def test_a_sales_return_is_red() -> None:
    delivery = _document("delivery_note", _line(4_000_000, 20 * YUAN))
    back = _document("sales_return", _line(1_000_000, 20 * YUAN, source=("delivery_note", 1)))
    assert _stocked(delivery, back, taxpayer="general").ledger().voucher("sales_return") == {
        "5001": (0, -1770),
        "22210107": (0, -230),
        "1122": (-2000, 0),
        "5401": (-1000, 0),
        "140501": (0, -1000),
    }


def test_the_variance_of_a_purchase_return_is_what_left_less_what_was_credited() -> None:
    cheap = _document("goods_receipt", _line(TEN, 2 * YUAN), id="cheap")
    sale = _document("delivery_note", _line(15_000_000, 20 * YUAN))
    back = _document("purchase_return", _line(4_000_000, source=("goods_receipt", 1)))
    book = _stocked(cheap, sale, back)
    assert book.ledger().voucher("purchase_return") == {"140501": (-3000, 0), "220201": (0, -4000), "5401": (-1000, 0)}


def test_the_difference_of_a_shortage_stands_in_the_voucher_of_the_receipt_that_covers_it() -> None:
    sale = _document("delivery_note", Line(1, "tea", 2_000_000, reference_cost=5 * YUAN))
    book = _book(sale, _document("goods_receipt", _line(TEN, 7 * YUAN)))
    assert book.ledger().voucher("delivery_note") == {"5401": (1000, 0), "140501": (0, 1000)}
    assert book.ledger().voucher("goods_receipt") == {"140501": (7000, 400), "5401": (400, 0), "220201": (0, 7000)}


def test_own_use_takes_the_difference_of_its_shortage() -> None:
    use = _document("stock_adjustment", Line(1, "tea", 2_000_000), counter_account="560206")
    book = _book(use, _document("goods_receipt", _line(TEN, 7 * YUAN)))
    assert book.ledger().voucher("goods_receipt")["560206"] == (1400, 0)


def test_goods_found_and_lost_go_through_the_pending_account() -> None:
    lost = _document("stock_count", Line(1, "tea", 7_000_000), id="lost")
    found = _document("stock_count", Line(1, "tea", 9_000_000), id="found")
    book = _stocked(lost, found)
    assert book.ledger().voucher("lost") == {"190101": (3000, 3000), "140501": (0, 3000), "571101": (3000, 0)}
    assert book.ledger().voucher("found") == {"190101": (2000, 2000), "140501": (2000, 0), "530104": (0, 2000)}


def test_a_payment_settles_and_leaves_an_advance() -> None:
    delivery = _document("delivery_note", _line(1_000_000, 20 * YUAN))
    payment = _document(
        "customer_payment",
        tenders=(("1002", 2500),),
        discount=20,
        fee=5,
        extra=1,
        allocations=(Allocation("delivery_note", 2000),),
    )
    book = _stocked(delivery, payment)
    assert book.ledger().voucher("customer_payment") == {
        "1002": (2500, 0),
        "560304": (20, 0),
        "560302": (5, 0),
        "530112": (0, 1),
        "1122": (0, 2000),
        "2203": (0, 524),
    }
    items = book.ledger().open_items()
    assert items["delivery_note", "receivable"] == (2000, 2000)
    assert items["customer_payment", "receivable"] == (-2000, -2000)
    assert items["customer_payment", "advance_from_customer"] == (524, 0)


def test_a_payment_to_a_supplier() -> None:
    payment = _document(
        "supplier_payment",
        tenders=(("1002", 9980),),
        discount=20,
        fee=5,
        allocations=(Allocation("goods_receipt", 9000),),
    )
    assert _stocked(payment).ledger().voucher("supplier_payment") == {
        "220201": (9000, 0),
        "1123": (995, 0),
        "560302": (5, 0),
        "560304": (0, 20),
        "1002": (0, 9980),
    }


@pytest.mark.parametrize(
    ("taxpayer", "expected"),
    [
        ("small", {"560206": (530, 0), "1001": (0, 500), "220201": (0, 30)}),
        ("general", {"560206": (500, 0), "22210101": (30, 0), "1001": (0, 500), "220201": (0, 30)}),
    ],
)
def test_an_expense_paid_in_part(taxpayer: str, expected: dict[str, tuple[int, int]]) -> None:
    expense = _document("expense", expenses=(Expense("560206", 530, 30),), tenders=(("1001", 500),), is_deductible=True)
    assert _book(expense, taxpayer=taxpayer).ledger().voucher("expense") == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("receivable", {"1122": (70, 0), "9999": (0, 70)}),
        ("advance_from_customer", {"2203": (0, 70), "9999": (70, 0)}),
        ("payable", {"220201": (0, 70), "9999": (70, 0)}),
        ("prepayment_to_supplier", {"1123": (70, 0), "9999": (0, 70)}),
    ],
)
def test_opening_items_stand_against_the_opening_balance(kind: str, expected: dict[str, tuple[int, int]]) -> None:
    book = _book(_document("opening_item", amount=70, open_kind=kind))
    assert book.ledger().voucher("opening_item") == expected
    assert book.ledger().party_balances() == {("party", kind): 70}


def test_opening_stock_and_balances_meet_at_zero() -> None:
    stock = _document("opening_stock", Line(1, "tea", TEN, value=12345))
    capital = _document("opening_balance", entries=(Entry("1001", debit=55), Entry("3001", credit=12400)))
    book = _book(stock, capital)
    assert book.ledger().trial_balance()["9999"] == (0, 0)
    assert book.ledger().stock_by_account() == {"140501": 12345}


def test_a_voucher_is_as_entered() -> None:
    entries = (Entry("560206", debit=5), Entry("1001", credit=5))
    assert _book(_document("voucher", entries=entries)).ledger().voucher("voucher") == {
        "560206": (5, 0),
        "1001": (0, 5),
    }
