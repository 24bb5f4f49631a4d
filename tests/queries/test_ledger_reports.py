"""Trial balance, general ledger and gross profit."""

from __future__ import annotations

from datetime import date

from tests.builders import (
    Shop,
    delivery,
    entry,
    line,
    opening_balance,
    opening_item,
    opening_stock,
    receipt,
    retail,
    sales_return,
    tender,
    voucher,
)
from tests.queries.ask import answer, columns, rows

BALANCE = "account_code opening_debit opening_credit debit credit closing_debit closing_credit"


def a_month(shop: Shop) -> None:
    """Opening stock and cash against capital, a purchase, a sale of 2026-01-10 and one of February."""
    cup, party = shop.item("P2", "杯"), shop.customer("C1", "甲")
    shop.post(
        opening_stock([line(cup, "10", unit_cost="3")]),
        opening_balance([entry(shop.account("1001"), debit="70"), entry(shop.account("3001"), credit="100")]),
        receipt(5, shop.supplier("S1"), [line(cup, "10", "3")]),
        delivery(10, party, [line(cup, "4", "10.10")]),
        delivery(date(2026, 2, 3), party, [line(cup, "1", "10.10")]),
    )


def test_opening_documents_stand_in_the_opening_columns(shop: Shop) -> None:
    a_month(shop)
    assert columns(shop, "trial-balance", BALANCE, to="2026-01") == [
        ("1001", "70.00", "0.00", "0.00", "0.00", "70.00", "0.00"),
        ("1122", "0.00", "0.00", "40.40", "0.00", "40.40", "0.00"),
        ("1405", "30.00", "0.00", "30.00", "12.00", "48.00", "0.00"),
        ("140501", "30.00", "0.00", "30.00", "12.00", "48.00", "0.00"),
        ("2202", "0.00", "0.00", "0.00", "30.00", "0.00", "30.00"),
        ("220201", "0.00", "0.00", "0.00", "30.00", "0.00", "30.00"),
        ("2221", "0.00", "0.00", "0.00", "0.40", "0.00", "0.40"),
        ("222101", "0.00", "0.00", "0.00", "0.40", "0.00", "0.40"),
        ("3001", "0.00", "100.00", "0.00", "0.00", "0.00", "100.00"),
        ("5001", "0.00", "0.00", "0.00", "40.00", "0.00", "40.00"),
        ("5401", "0.00", "0.00", "12.00", "0.00", "12.00", "0.00"),
    ]


def test_totals_add_up_leaves_only_and_both_sides_agree(shop: Shop) -> None:
    a_month(shop)
    totals = answer(shop, "trial-balance")["totals"]
    assert totals["opening_debit"] == totals["opening_credit"] == "100.00"
    assert totals["debit"] == totals["credit"] == "95.50"
    assert totals["closing_debit"] == totals["closing_credit"] == "180.50"


def test_the_opening_balance_is_hidden_while_it_is_nothing(shop: Shop) -> None:
    shop.post(opening_balance([entry(shop.account("1001"), debit="70")]))
    assert columns(shop, "trial-balance", "account_code opening_credit") == [("1001", "0.00"), ("9999", "70.00")]
    shop.post(opening_balance([entry(shop.account("3001"), credit="70")]))
    assert columns(shop, "trial-balance", "account_code") == [("1001",), ("3001",)]


def test_a_span_inside_a_month_opens_with_what_came_before(shop: Shop) -> None:
    a_month(shop)
    stock = [row for row in rows(shop, "trial-balance", since="2026-01-06", to="2026-01-10") if row["is_leaf"]]
    by_code = {row["account_code"]: row for row in stock}
    assert by_code["140501"]["opening_debit"] == "60.00"
    assert (by_code["140501"]["debit"], by_code["140501"]["credit"]) == ("0.00", "12.00")
    early = columns(shop, "trial-balance", "account_code debit credit", since="2026-01-01", to="2026-01-05")
    assert {row[0]: row[1:] for row in early}["140501"] == ("30.00", "0.00")
    later = {row["account_code"]: row for row in rows(shop, "trial-balance", since="2026-02", to="2026-02")}
    assert (later["5001"]["opening_credit"], later["5001"]["credit"]) == ("40.00", "10.00")


def test_the_lines_of_an_account_run_from_its_opening(shop: Shop) -> None:
    a_month(shop)
    names = "date number summary party debit credit balance document"
    assert columns(shop, "general-ledger", names, account="1405", since="2026-01-06") == [
        ("2026-01-06", "", "", "", "0.00", "0.00", "60.00", ""),
        ("2026-01-10", "记-2", "销售出库单 甲", "", "0.00", "12.00", "48.00", "XS-20260110-0001"),
        ("2026-02-03", "记-1", "销售出库单 甲", "", "0.00", "3.00", "45.00", "XS-20260203-0001"),
    ]


def test_the_lines_of_a_party_on_its_control_account(shop: Shop) -> None:
    a_month(shop)
    other = shop.customer("C2", "乙")
    shop.post(opening_item("receivable", other, "5"), delivery(11, other, [line(shop.item("P2"), "1", "2")]))
    ledger = columns(shop, "general-ledger", "debit balance", account="1122", party="C2", since="2026-01-01")
    assert ledger == [("0.00", "5.00"), ("2.00", "7.00")]


def test_a_manual_voucher_shows_its_own_summaries(shop: Shop) -> None:
    cash, capital = shop.account("1001"), shop.account("3001")
    shop.post(voucher(9, [entry(cash, debit="8", summary="投入"), entry(capital, credit="8")]))
    assert columns(shop, "general-ledger", "summary debit", account="1001") == [("投入", "8.00")]
    assert columns(shop, "general-ledger", "summary", account="3001") != [("",)]


def test_gross_profit_is_what_the_ledger_shows(shop: Shop) -> None:
    a_month(shop)
    names = "item_code quantity revenue cost profit margin"
    assert columns(shop, "gross-profit", names, to="2026-01") == [("P2", "4", "40.00", "12.00", "28.00", "0.7")]
    assert columns(shop, "gross-profit", names) == [("P2", "5", "50.00", "15.00", "35.00", "0.7")]


def test_returns_gifts_and_late_cover_change_the_profit_where_the_ledger_has_them(shop: Shop) -> None:
    pen, party = shop.item("P1", "笔", reference_cost=2_000_000), shop.customer("C1")
    (sold,) = shop.post(delivery(5, party, [line(pen, "4", "5.05"), line(pen, "1", is_gift=True)]))
    shop.post(
        receipt(8, shop.supplier("S1"), [line(pen, "10", "3")]),
        sales_return(9, party, [line(pen, "1", "5.05", source_document=sold, source_line=1)]),
        retail(9, [line(pen, "1", "5.05")], [tender(shop.cash, "5.05")]),
    )
    ledger = {row["account_code"]: row for row in rows(shop, "trial-balance")}
    found = answer(shop, "gross-profit")
    assert found["totals"]["quantity"] == "5"
    assert found["totals"]["revenue"] == ledger["5001"]["closing_credit"]
    assert found["totals"]["cost"] == ledger["5401"]["closing_debit"] == "12.00"
    before = columns(shop, "gross-profit", "quantity cost", to="2026-01-05")
    assert before == [("5", "8.00")]


def test_what_brought_in_nothing_has_no_margin(shop: Shop) -> None:
    pen = shop.item("P1")
    shop.post(delivery(5, shop.customer("C1"), [line(pen, "1", is_gift=True)]))
    assert columns(shop, "gross-profit", "revenue cost margin", party="C1", item="P1") == [("0.00", "0.00", None)]
