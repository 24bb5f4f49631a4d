"""What keeps a document of each type from being posted: every check, on a document that passes and on one it stops."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from jxc_desktop.doctypes.registry import all_types, document_type
from jxc_desktop.domain.documents.draft import TotalsFrom
from jxc_desktop.domain.documents.effects import OpenItemKind
from jxc_desktop.domain.documents.line import NO_ID, Allocation, EntryLine, ItemKind
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.money import ZERO, Money
from jxc_desktop.kernel.quantity import NOTHING, Quantity, UnitPrice
from tests.doctypes.documents import (
    CASH,
    KITS,
    PAPER,
    PAYMENTS,
    PEN,
    SHOP,
    STOCK,
    TRADES,
    good,
    item_line,
    money_line,
    places,
    reversal,
    tracked,
    wrong,
)

CODES = [each.code for each in all_types()]
OPENINGS = [each.code for each in all_types() if each.is_opening]
WITH_PARTY = [each.code for each in all_types() if each.is_party_required] + ["retail_sale"]
WITH_PRICES = [each.code for each in all_types() if each.price_of]
QUANTITY_ABOVE_0 = ["goods_receipt", "purchase_return", "delivery_note", "sales_return", "opening_stock"]
MINUS = Quantity(-(10**6))


def spoiled(code: str, **changes: Any) -> dict[tuple[str | int, ...], str]:
    """What is wrong with a good document whose first item line was changed so."""
    first, *others = good(code).lines
    return wrong(good(code, lines=(replace(first, **changes), *others)))


@pytest.mark.parametrize("code", CODES)
def test_nothing_is_wrong_with_a_good_document(code: str) -> None:
    assert wrong(good(code)) == {}


@pytest.mark.parametrize("code", [code for code in CODES if code not in OPENINGS])
def test_nothing_is_wrong_with_a_reversal(code: str) -> None:
    assert wrong(reversal(code)) == {}


def test_totals_come_from_prices_expenses_or_nowhere() -> None:
    assert {each.code for each in all_types() if each.totals_from is TotalsFrom.LINES} == {*TRADES, "purchase_invoice"}
    assert document_type("expense").totals_from is TotalsFrom.EXPENSES
    assert document_type("stock_count").totals_from is TotalsFrom.NOTHING


@pytest.mark.parametrize("code", [*TRADES, *STOCK])
def test_a_document_about_items_has_a_line(code: str) -> None:
    document = good(code, lines=(), money=(), gross=ZERO)
    assert wrong(document) == {("lines",): "document.no_lines"}


@pytest.mark.parametrize("code", sorted(set(WITH_PARTY)))
def test_somebody_buys_sells_or_pays(code: str) -> None:
    assert wrong(good(code, party=NO_ID)) == {("party",): "document.no_party"}


@pytest.mark.parametrize("code", QUANTITY_ABOVE_0)
def test_a_quantity_is_above_0(code: str) -> None:
    gross = 1000 if document_type(code).price_of else 0
    for quantity, fen in ((0, 2 * gross), (-1, gross)):
        lines = (item_line(), item_line(2, item=PAPER, quantity=quantity))
        found = wrong(good(code, lines=lines, money=(), gross=Money(fen)))
        assert found == {("lines", 2, "quantity"): "line.quantity_not_positive"}


def test_a_quantity_of_a_reversal_is_below_0() -> None:
    reversed_note = reversal("delivery_note")
    first, second = reversed_note.lines
    lines = (first, replace(second, base_quantity=-second.base_quantity))
    found = document_type("delivery_note").problems(replace(reversed_note, lines=lines))
    assert places(found) == {("lines", 2, "quantity"): "line.quantity_not_positive"}


def test_a_ticket_takes_back_but_never_nothing() -> None:
    back = item_line(2, quantity=-1)
    assert wrong(good("retail_sale", lines=(item_line(quantity=3), back))) == {}
    nothing = replace(back, quantity=NOTHING, base_quantity=NOTHING)
    assert wrong(good("retail_sale", lines=(item_line(), nothing))) == {("lines", 2, "quantity"): "line.quantity_zero"}


@pytest.mark.parametrize("code", [*TRADES, *STOCK])
def test_goods_lie_in_a_warehouse(code: str) -> None:
    homeless = item_line(warehouse=NO_ID)
    assert wrong(good(code, lines=(homeless, item_line(2, item=CASH)))) == {}
    document = good(code, lines=(homeless, item_line(2, item=CASH)), warehouse=NO_ID)
    assert wrong(document) == {("lines", 1, "warehouse"): "line.no_warehouse"}


@pytest.mark.parametrize("code", TRADES)
def test_a_service_needs_no_warehouse(code: str) -> None:
    service = item_line(2, item_kind=ItemKind.SERVICE, warehouse=NO_ID)
    assert wrong(good(code, lines=(item_line(), service), warehouse=NO_ID)) == {}


@pytest.mark.parametrize("code", STOCK)
def test_only_goods_are_opened_counted_and_adjusted(code: str) -> None:
    assert spoiled(code, item_kind=ItemKind.SERVICE) == {("lines", 1, "item"): "line.not_goods"}


@pytest.mark.parametrize("code", WITH_PRICES)
def test_a_price_is_not_below_0(code: str) -> None:
    assert spoiled(code, price=UnitPrice(0)) == {}
    found = spoiled(code, price=UnitPrice(-1))
    assert found == {("lines", 1, "price"): "line.price_negative"}


@pytest.mark.parametrize("code", WITH_PRICES)
def test_a_discount_of_the_document_is_not_above_its_lines(code: str) -> None:
    whole = good(code, money=())
    assert wrong(replace(whole, header_discount=Money(4000), gross=ZERO)) == {}
    assert wrong(replace(whole, header_discount=Money(4001), gross=Money(-1))) == {
        ("header_discount",): "discount.above_the_amount"
    }
    assert wrong(replace(whole, header_discount=Money(-1), gross=Money(4001))) == {
        ("header_discount",): "discount.raises_the_amount"
    }


@pytest.mark.parametrize("code", WITH_PRICES)
def test_what_is_paid_at_once_is_not_more_than_what_is_due(code: str) -> None:
    assert wrong(good(code, money=(money_line(fen=4000),))) == {}
    too_much = {("money",): "document.overpaid"}
    assert wrong(good(code, money=(money_line(fen=3000), money_line(12, fen=1001)))) == too_much
    assert wrong(good(code, money=(money_line(fen=-1),))) == too_much
    assert wrong(good(code, money=(money_line(fen=3501),), write_off=Money(500))) == too_much


def test_a_walk_in_customer_pays_at_once() -> None:
    assert wrong(good("retail_sale", is_walk_in=True, money=(money_line(fen=4000),))) == {}
    assert wrong(good("retail_sale", is_walk_in=True)) == {("money",): "document.walk_in_must_pay"}


@pytest.mark.parametrize("code", WITH_PRICES)
def test_a_write_off_is_not_above_the_total(code: str) -> None:
    whole = good(code, money=())
    assert wrong(replace(whole, write_off=Money(4000))) == {}
    for fen in (4001, -1):
        assert wrong(replace(whole, write_off=Money(fen))) == {("write_off",): "document.write_off_too_large"}


@pytest.mark.parametrize("code", [*TRADES, *STOCK])
def test_batches_add_up_to_their_line(code: str) -> None:
    assert wrong(good(code, tracking=(tracked(1, 2),))) == {}
    assert wrong(good(code, tracking=(replace(tracked(1, 1), key=30), tracked(1, 1), tracked(2, 2)))) == {}
    assert wrong(good(code, tracking=(tracked(1, 1), tracked(9, 1)))) == {
        ("tracking", 1): "tracking.not_the_line",
        ("tracking", 9): "tracking.no_line",
    }


def test_opening_stock_says_what_it_cost() -> None:
    at = ("lines", 1, "unit_cost")
    assert spoiled("opening_stock", unit_cost=None) == {at: "line.no_cost"}
    assert spoiled("opening_stock", unit_cost=None, typed_amount=Money(5)) == {}
    assert spoiled("opening_stock", unit_cost=UnitPrice(-1)) == {at: "line.cost_negative"}
    assert spoiled("opening_stock", unit_cost=UnitPrice(0)) == {}


def test_an_adjustment_has_a_known_reason() -> None:
    for reason in document_type("stock_adjustment").reasons:
        assert wrong(good("stock_adjustment", reason=reason)) == {}
    assert wrong(good("stock_adjustment", reason="moved")) == {("reason",): "stock_adjustment.reason_unknown"}


@pytest.mark.parametrize("code", KITS)
def test_a_kit_has_one_product_and_parts(code: str) -> None:
    product, part, other = good(code).lines
    assert wrong(good(code, lines=(product,))) == {("lines",): "kit.no_parts"}
    assert wrong(good(code, lines=(product, part, replace(other, is_product=True)))) == {
        ("lines", 3, "is_product"): "kit.second_product"
    }
    assert wrong(good(code, tracking=(tracked(1, 1),))) == {("tracking", 1): "tracking.not_the_line"}


def test_a_change_of_cost_is_an_amount_or_a_unit_cost() -> None:
    at = ("lines", 1, "typed_amount")
    assert spoiled("cost_adjustment", typed_amount=Money(-500)) == {}
    assert spoiled("cost_adjustment", typed_amount=None, unit_cost=UnitPrice(0)) == {}
    assert spoiled("cost_adjustment", typed_amount=None) == {at: "cost_adjustment.no_change"}
    assert spoiled("cost_adjustment", typed_amount=ZERO) == {at: "cost_adjustment.no_change"}
    assert spoiled("cost_adjustment", unit_cost=UnitPrice(5)) == {at: "cost_adjustment.two_changes"}
    assert spoiled("cost_adjustment", warehouse=NO_ID) == {}


def test_nothing_is_counted_below_0_at_a_cost_below_0() -> None:
    assert spoiled("stock_count", quantity=NOTHING, base_quantity=NOTHING, unit_cost=None) == {}
    assert spoiled("stock_count", quantity=MINUS, base_quantity=MINUS, unit_cost=UnitPrice(-1)) == {
        ("lines", 1, "quantity"): "stock_count.negative",
        ("lines", 1, "unit_cost"): "line.cost_negative",
    }


def test_an_item_is_counted_once_in_a_warehouse() -> None:
    elsewhere = item_line(2, warehouse=Id("elsewhere"))
    assert wrong(good("stock_count", lines=(item_line(), elsewhere))) == {}
    twice = (item_line(), elsewhere, item_line(3), item_line(4, warehouse=NO_ID))
    assert wrong(good("stock_count", lines=twice)) == {
        ("lines", 3, "item"): "stock_count.twice",
        ("lines", 4, "item"): "stock_count.twice",
    }


def test_an_opening_item_has_a_kind_and_an_amount() -> None:
    for kind in OpenItemKind:
        assert wrong(good("opening_item", reason=kind)) == {}
    assert wrong(good("opening_item", reason="debt", amount=ZERO)) == {
        ("reason",): "opening_item.kind_unknown",
        ("amount",): "opening_item.no_amount",
    }


@pytest.mark.parametrize("code", ["voucher", "opening_balance"])
def test_a_voucher_has_lines_with_one_side_each(code: str) -> None:
    assert wrong(good(code, entries=())) == {("entries",): "voucher.no_lines"}
    both = EntryLine(1, PEN, "1001", debit=Money(5), credit=Money(5))
    neither = EntryLine(2, PEN, "1001")
    assert wrong(good(code, entries=(both, neither))) == {
        ("entries", 1): "voucher.one_side",
        ("entries", 2): "voucher.one_side",
    }


def test_a_voucher_balances_and_opening_balances_need_not() -> None:
    lopsided = (EntryLine(1, PEN, debit=Money(5)), EntryLine(2, PEN, credit=Money(4)))
    assert wrong(good("voucher", entries=lopsided)) == {("entries",): "voucher.unbalanced"}
    assert wrong(good("opening_balance", entries=lopsided)) == {}


@pytest.mark.parametrize("code", PAYMENTS)
def test_a_payment_pays_something(code: str) -> None:
    nothing = good(code, money=(), allocations=())
    assert wrong(nothing) == {("money",): "payment.nothing_paid"}
    assert wrong(replace(nothing, write_off=Money(5))) == {}


@pytest.mark.parametrize("code", [*PAYMENTS, "expense"])
def test_money_is_above_0_on_a_reversal_below(code: str) -> None:
    for document, fen in ((good(code), 0), (good(code), -1), (reversal(code), 1)):
        money = (*document.money, replace(document.money[0], key=19, amount=Money(fen)))
        found = wrong(replace(document, money=money, gross=document.gross + Money(fen)))
        assert found == {("money", 19, "amount"): "money.not_positive"}


@pytest.mark.parametrize("code", PAYMENTS)
def test_a_payment_settles_at_most_what_it_pays(code: str) -> None:
    for document, sign in ((good(code), 1), (reversal(code), -1)):
        (one,) = document.allocations
        assert wrong(replace(document, allocations=(replace(one, amount=Money(sign * 2000)),))) == {}
        beyond = replace(document, allocations=(replace(one, amount=Money(sign * 2001)),))
        assert wrong(beyond) == {("allocations",): "payment.settles_more"}


def test_a_fee_kept_by_the_bank_settles_for_a_customer_but_not_with_a_supplier() -> None:
    for code, found in (("customer_payment", {}), ("supplier_payment", {("allocations",): "payment.settles_more"})):
        document = good(code)
        settled = replace(document.allocations[0], amount=Money(2100))
        money = (*document.money, money_line(13, "fee", 100))
        assert wrong(replace(document, money=money, allocations=(settled,))) == found


@pytest.mark.parametrize("code", PAYMENTS)
def test_a_settlement_is_something_and_said_once(code: str) -> None:
    one, other = Allocation(12, Id("a"), amount=Money(5)), Allocation(13, Id("b"), amount=Money(5))
    assert wrong(good(code, allocations=(one, other, replace(other, key=14, target_line=1)))) == {}
    assert wrong(good(code, allocations=(one, replace(one, key=13, amount=ZERO)))) == {
        ("allocations", 13, "amount"): "allocation.zero",
        ("allocations", 13): "allocation.twice",
    }


def test_an_expense_names_its_accounts_and_who_is_owed_the_rest() -> None:
    spent, paid = good("expense").money
    nameless = replace(spent, account=NO_ID)
    assert wrong(good("expense", money=(nameless, paid))) == {("money", 11, "account"): "expense.no_account"}
    assert wrong(good("expense", party=NO_ID)) == {("party",): "expense.rest_needs_supplier"}
    assert wrong(good("expense", party=NO_ID, money=(spent, replace(paid, amount=Money(2000))))) == {}
    assert wrong(good("expense", money=(), gross=ZERO)) == {("money",): "expense.no_lines"}
    assert wrong(good("expense", money=(spent, replace(paid, amount=Money(2001))))) == {("money",): "document.overpaid"}


def test_a_transfer_goes_from_one_warehouse_to_another() -> None:
    same = good("stock_transfer", to_warehouse=SHOP)
    assert wrong(same) == {
        ("lines", 1, "warehouse"): "stock_transfer.same_place",
        ("lines", 2, "warehouse"): "stock_transfer.same_place",
    }
    assert wrong(good("stock_transfer", to_warehouse=NO_ID)) == {("to_warehouse",): "stock_transfer.no_target"}
