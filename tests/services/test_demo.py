"""The demo book: the company's own figures, a healthy month, and the same book on every machine on every day."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from jxc_desktop import resource_files
from jxc_desktop.kernel.money import Money
from jxc_desktop.queries.money_accounts import money_account_balances
from jxc_desktop.services.demo import make_demo
from jxc_desktop.services.doctor import Level, run_checks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jxc_desktop.db.engine import Session
    from jxc_desktop.services.book import Book

COMPANY = resource_files.read_json("demo", "company.json")
TOTALS = COMPANY["control_totals"]

MAKE = """
import sys
from pathlib import Path
from jxc_desktop.services.book_digest import book_digest
from jxc_desktop.services.demo import make_demo
with make_demo(Path(sys.argv[1]), golden=sys.argv[2] == "golden") as book:
    print(book.read(book_digest))
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """The demo book with its month of business."""
    with make_demo(tmp_path_factory.mktemp("demo") / "demo.jxc") as book:
        yield book


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """The demo book with the golden vouchers."""
    with make_demo(tmp_path_factory.mktemp("golden") / "golden.jxc", golden=True) as book:
        yield book


def _rows(session: Session, text: str) -> list[tuple[Any, ...]]:
    return session.rows(text)


def _opening(book: Book, account: str) -> str:
    """The opening balance of an account, debit less credit."""
    text = (
        "SELECT coalesce(sum(l.debit - l.credit), 0) FROM voucher_line l JOIN account a ON a.id = l.account"
        f" JOIN document d ON d.id = l.document WHERE a.code = '{account}' AND d.effective_date = 20260100"
    )
    return str(Money(book.read(_rows, text=text)[0][0]))


def _fen(text: str) -> int:
    return int(Decimal(text or "0") * 100)


# ---------------------------------------------------------------- the company


def test_every_card_of_the_company_is_there(demo: Book) -> None:
    counts = COMPANY["counts"]
    assert demo.read(_rows, text="SELECT count(*) FROM item") == [(counts["items"],)]
    text = "SELECT sum(is_supplier), sum(is_customer), sum(is_walk_in) FROM party"
    assert demo.read(_rows, text=text) == [(counts["suppliers"], counts["customers"], 1)]
    assert demo.read(_rows, text="SELECT code, name FROM warehouse ORDER BY code") == [
        ("W01", "五金仓"),
        ("W02", "食品仓"),
        ("W03", "车间仓"),
    ]
    units = [row for row in resource_files.read_csv("demo", "item_units.csv") if row["is_base"] == "0"]
    assert demo.read(_rows, text="SELECT count(*) FROM item_unit") == [(len(units),)]
    bars = {row["barcode"] for row in resource_files.read_csv("demo", "item_units.csv") if row["barcode"]}
    assert demo.read(_rows, text="SELECT count(*) FROM item_barcode") == [(len(bars),)]


def test_the_opening_has_the_control_totals(demo: Book) -> None:
    text = (
        "SELECT w.code, sum(m.value) FROM stock_move m JOIN warehouse w ON w.id = m.warehouse"
        " WHERE m.effective_date = 20260100 GROUP BY w.code ORDER BY w.code"
    )
    worth = {code: str(Money(value)) for code, value in demo.read(_rows, text=text)}
    assert worth == TOTALS["stock"]
    assert _opening(demo, "1122") == TOTALS["receivable"]
    assert _opening(demo, "220201") == f"-{TOTALS['payable']}"
    assert _opening(demo, "220202") == f"-{TOTALS['estimated']}"
    assert _opening(demo, "9999") == "0.00"


def test_every_opening_balance_is_that_of_the_file(demo: Book) -> None:
    total = 0
    for row in resource_files.read_csv("demo", "opening_balances.csv"):
        balance = _fen(row["debit"]) - _fen(row["credit"])
        assert _opening(demo, row["account"]) == str(Money(balance)), row["account"]
        total += max(balance, 0)
    contra = _fen(TOTALS["trial_balance"])
    assert total == contra


def test_opening_debts_keep_their_paper_and_due_date(demo: Book) -> None:
    text = (
        "SELECT d.external_number, d.date, o.due_date, o.amount FROM open_item o JOIN document d ON d.id = o.document"
        " JOIN party p ON p.id = o.party WHERE p.code = 'K018' AND d.effective_date = 20260100 ORDER BY d.date"
    )
    assert demo.read(_rows, text=text) == [
        ("XS20250911001", 20250911, 20251110, 405503),
        ("XS20251103002", 20251103, 20260102, 635987),
    ]


def test_every_opening_batch_stands_behind_its_line(demo: Book) -> None:
    batches = [row for row in resource_files.read_csv("demo", "opening_stock.csv") if row["batch_no"]]
    text = (
        "SELECT i.code, t.batch, t.production_date, t.expiry_date, t.base_quantity FROM item_line_tracking t"
        " JOIN item_line l ON l.document = t.document AND l.line = t.item_line JOIN item i ON i.id = l.item"
        " JOIN document d ON d.id = t.document WHERE d.effective_date = 20260100"
    )
    names = ("sku", "batch_no", "production_date", "expiry_date")
    expected = [(*(row[name] for name in names), int(Decimal(row["qty"]) * 1_000_000)) for row in batches]
    assert sorted(demo.read(_rows, text=text)) == sorted(expected)
    lines = demo.read(_rows, text="SELECT count(*) FROM stock_move WHERE effective_date = 20260100")
    assert lines == [(len(resource_files.read_csv("demo", "opening_stock.csv")),)]


# ---------------------------------------------------------------- the month


def test_the_doctor_finds_nothing_at_all(demo: Book) -> None:
    assert [check.name for check in run_checks(demo) if not check.ok] == []


def test_the_shop_earns_a_plausible_margin(demo: Book) -> None:
    text = (
        "SELECT sum(CASE WHEN a.code LIKE '50%' THEN l.credit - l.debit ELSE 0 END),"
        " sum(CASE WHEN a.code IN ('5401', '5402') THEN l.debit - l.credit ELSE 0 END),"
        " sum(CASE WHEN a.category = 'income' THEN l.credit - l.debit ELSE 0 END)"
        " FROM voucher_line l JOIN account a ON a.id = l.account"
    )
    revenue, cost, profit = demo.read(_rows, text=text)[0]
    assert 20_000_000 < revenue < 40_000_000
    assert 10 <= (revenue - cost) * 100 // revenue <= 35
    assert 0 < profit < revenue - cost


def test_no_shelf_is_absurd_and_one_shortage_was_covered(demo: Book) -> None:
    assert demo.read(_rows, text="SELECT 1 FROM cost_pool WHERE quantity < 0") == []
    text = (
        "SELECT i.code FROM cost_pool c JOIN item i ON i.id = c.item"
        " WHERE i.max_stock > 0 AND c.quantity > i.max_stock * 12 / 10"
    )
    assert demo.read(_rows, text=text) == []
    worth = demo.read(_rows, text="SELECT sum(value) FROM cost_pool")[0][0]
    assert 15_000_000 < worth < 22_000_000
    text = (
        "SELECT DISTINCT i.code FROM stock_move m JOIN item i ON i.id = m.item WHERE m.pool_quantity < 0"
        " OR m.warehouse_quantity < 0"
    )
    assert demo.read(_rows, text=text) == [("2001006",)]
    covers = demo.read(_rows, text="SELECT quantity, variance FROM shortage_cover")
    assert len(covers) == 1
    assert covers[0][0] == 6_000_000
    assert covers[0][1] > 0


def test_no_money_account_was_ever_below_nothing(demo: Book) -> None:
    text = (
        "SELECT code, min(balance) FROM (SELECT m.code, sum(sum(l.debit - l.credit)) OVER (PARTITION BY m.id"
        " ORDER BY d.effective_date, d.hlc) AS balance FROM voucher_line l"
        " JOIN money_account m ON m.id = l.money_account JOIN document d ON d.id = l.document"
        " GROUP BY m.id, d.effective_date, d.hlc) GROUP BY code ORDER BY code"
    )
    lowest = dict(demo.read(_rows, text=text))
    assert set(lowest) == {"AP01", "BA01", "BA02", "CA01", "WX01"}
    assert min(lowest.values()) > 0
    assert all(row.balance > Money(0) for row in demo.read(money_account_balances))


def test_every_day_has_its_business(demo: Book) -> None:
    text = "SELECT date, count(*) FROM document WHERE effective_date > 20260100 GROUP BY date ORDER BY date"
    days = demo.read(_rows, text=text)
    assert [day for day, _count in days] == [20260100 + day for day in range(2, 32)]
    assert all(15 <= count <= 35 for _day, count in days)
    text = (
        "SELECT max(n) FROM (SELECT count(*) AS n FROM item_line l JOIN document d ON d.id = l.document"
        " WHERE d.effective_date > 20260100 GROUP BY d.id)"
    )
    assert demo.read(_rows, text=text)[0][0] <= 10


@pytest.mark.parametrize(
    ("what", "least", "condition"),
    [
        ("purchases", 30, "type = 'goods_receipt'"),
        ("deliveries on credit", 100, "type = 'delivery_note' AND due_date > date"),
        ("tickets", 200, "type = 'retail_sale'"),
        ("tickets of members", 10, "type = 'retail_sale' AND is_walk_in = 0"),
        (
            "several tenders",
            10,
            "type = 'retail_sale' AND id IN (SELECT document FROM money_line GROUP BY 1 HAVING count(*) > 1)",
        ),
        ("small change waived", 20, "write_off <> 0"),
        ("header discounts", 5, "header_discount <> 0"),
        ("gifts", 5, "id IN (SELECT document FROM item_line WHERE is_gift = 1)"),
        (
            "returns on a ticket",
            5,
            "type = 'retail_sale' AND reverses = 0 AND id IN (SELECT document FROM item_line WHERE quantity < 0)",
        ),
        (
            "linked sales returns",
            3,
            "type = 'sales_return' AND id IN (SELECT document FROM item_line WHERE source_document <> 0)",
        ),
        (
            "unlinked sales returns",
            2,
            "type = 'sales_return' AND id IN (SELECT document FROM item_line WHERE source_document = 0)",
        ),
        (
            "linked purchase returns",
            2,
            "type = 'purchase_return' AND id IN (SELECT document FROM item_line WHERE source_document <> 0)",
        ),
        (
            "unlinked purchase returns",
            1,
            "type = 'purchase_return' AND id IN (SELECT document FROM item_line WHERE source_document = 0)",
        ),
        ("counts", 2, "type = 'stock_count'"),
        ("scrap", 2, "type = 'stock_adjustment' AND reason = 'scrap'"),
        ("own use", 1, "type = 'stock_adjustment' AND reason = 'own_use'"),
        ("payments of customers", 20, "type = 'customer_payment'"),
        ("payments to suppliers", 20, "type = 'supplier_payment'"),
        ("expenses", 10, "type = 'expense'"),
        (
            "expenses on credit",
            3,
            "type = 'expense' AND id NOT IN (SELECT document FROM money_line WHERE kind = 'tender')",
        ),
        ("manual vouchers", 5, "type = 'voucher'"),
        ("amended documents", 2, "revision > 0"),
        ("voided documents", 1, "status = 'voided'"),
        ("reversed documents", 1, "reverses <> 0"),
        ("advances", 2, "id IN (SELECT document FROM open_item WHERE kind = 'advance_from_customer')"),
        ("prepayments", 1, "id IN (SELECT document FROM open_item WHERE kind = 'prepayment_to_supplier')"),
        (
            "overdue debts of customers",
            10,
            (
                "id IN (SELECT document FROM open_item WHERE kind = 'receivable' AND amount > settled"
                " AND due_date < 20260131)"
            ),
        ),
        (
            "debts paid in part",
            3,
            "id IN (SELECT document FROM open_item WHERE settled <> 0 AND settled <> amount)",
        ),
    ],
)
def test_a_list_has_everything_to_show(demo: Book, what: str, least: int, condition: str) -> None:
    text = f"SELECT count(*) FROM document WHERE effective_date > 20260100 AND {condition}"
    if what in {"overdue debts of customers", "debts paid in part"}:
        text = text.replace("effective_date > 20260100 AND ", "")
    assert demo.read(_rows, text=text)[0][0] >= least


def test_every_price_level_and_every_warehouse_is_used(demo: Book) -> None:
    text = (
        "SELECT DISTINCT p.price_level FROM document d JOIN party p ON p.id = d.party"
        " WHERE d.type IN ('delivery_note', 'retail_sale') ORDER BY 1"
    )
    assert [row[0] for row in demo.read(_rows, text=text)] == ["批发一级", "批发二级", "零售"]
    text = (
        "SELECT DISTINCT w.code FROM stock_move m JOIN warehouse w ON w.id = m.warehouse"
        " WHERE m.effective_date > 20260100 ORDER BY 1"
    )
    assert [row[0] for row in demo.read(_rows, text=text)] == ["W01", "W02", "W03"]
    text = (
        "SELECT count(DISTINCT l.price) FROM item_line l JOIN document d ON d.id = l.document"
        " JOIN item i ON i.id = l.item WHERE d.type IN ('delivery_note', 'retail_sale') AND i.code = '2001001'"
    )
    assert demo.read(_rows, text=text)[0][0] >= 2


# ---------------------------------------------------------------- the golden month


def test_the_golden_vouchers_give_the_golden_trial_balance(golden: Book) -> None:
    text = (
        "SELECT a.code, sum(CASE WHEN o.is_opening THEN l.debit - l.credit ELSE 0 END),"
        " sum(CASE WHEN o.is_opening THEN 0 ELSE l.debit END), sum(CASE WHEN o.is_opening THEN 0 ELSE l.credit END)"
        " FROM voucher_line l JOIN account a ON a.id = l.account"
        " JOIN (SELECT id, effective_date = 20260100 AS is_opening FROM document) o ON o.id = l.document"
        " GROUP BY a.code"
    )
    found = {
        code: (opening, debit, credit, opening + debit - credit)
        for code, opening, debit, credit in golden.read(_rows, text=text)
        if opening or debit or credit
    }
    expected = {
        row["account"]: (
            _fen(row["open_debit"]) - _fen(row["open_credit"]),
            _fen(row["debit"]),
            _fen(row["credit"]),
            _fen(row["close_debit"]) - _fen(row["close_credit"]),
        )
        for row in resource_files.read_csv("demo", "golden_2026_01", "trial_balance.csv")
    }
    assert found == expected


def test_golden_vouchers_keep_number_date_summary_party_and_cash_flow(golden: Book) -> None:
    source = resource_files.read_csv("demo", "golden_2026_01", "vouchers.csv")
    text = (
        "SELECT d.date, v.word, v.number, l.entry, a.code, l.summary, coalesce(p.code, ''), l.debit, l.credit"
        " FROM voucher_line l JOIN document d ON d.id = l.document JOIN voucher v ON v.document = d.id"
        " JOIN account a ON a.id = l.account LEFT JOIN party p ON p.id = l.party"
        " WHERE d.type = 'voucher' ORDER BY v.number, l.entry"
    )
    parties = {row[0] for row in golden.read(_rows, text="SELECT code FROM party")}
    assert golden.read(_rows, text=text) == [
        (
            int(row["date"].replace("-", "")),
            row["word"],
            int(row["no"]),
            int(row["line"]),
            row["account"],
            row["summary"],
            row["partner"] if row["partner"] in parties else "",
            _fen(row["debit"]),
            _fen(row["credit"]),
        )
        for row in source
    ]
    flows = [row["cash_flow_item"] for row in source if row["cash_flow_item"]]
    assert len(flows) > 10
    assert _cash_flows(golden) == flows


def _cash_flows(book: Book) -> list[str]:
    """The cash flow items in the records of the vouchers, in their order."""
    from jxc_desktop.db.changelog import Log  # noqa: PLC0415 — the record is the only place that holds them

    bodies = book.read(lambda session: [each.content() for each in Log(session).read("ORDER BY id")])
    return [
        entry["cash_flow_item"]
        for body in bodies
        for entry in body.get("document", {}).get("entries", ())
        if entry.get("cash_flow_item")
    ]


def test_golden_is_sound_and_lists_what_was_entered_by_hand(golden: Book) -> None:
    found = [check for check in run_checks(golden) if not check.ok]
    assert {check.level for check in found} == {Level.YELLOW}
    assert {check.name for check in found} == {
        "stock_value_per_account",
        "receivables_match",
        "payables_match",
        "advances_match",
        "prepayments_match",
        "estimates_match",
    }
