"""Files into a book: all of it or nothing, good rows by choice, the same file again changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from jxc_desktop.db.digest import digest
from jxc_desktop.kernel.errors import Interrupted
from jxc_desktop.kernel.text import Text
from jxc_desktop.services.rebuild import rebuild_check
from tests.builders import Shop, open_shop
from tests.exchange.samples import SAMPLES, take, workbook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jxc_desktop.exchange.report import ImportReport

MESSY = SAMPLES / "messy_workbook.xlsx"
RETAIL = SAMPLES / "online_retail_extract.csv"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return open_shop(tmp_path)


@pytest.fixture
def old_shop(tmp_path: Path) -> Shop:
    return open_shop(tmp_path, name="old", start=201012)


def sheet(folder: Path, rows: Sequence[Sequence[Any]], name: str = "a.xlsx") -> Path:
    """A workbook with one sheet."""
    return workbook(folder / name, {"表": rows})


def written(report: ImportReport) -> set[tuple[str, str]]:
    """(cell, kind) of every fault."""
    return {(found.place.cell, found.kind.value) for found in report.faults}


def stock(shop: Shop) -> tuple[int, int]:
    """Quantity and value of everything."""
    return shop.rows("SELECT coalesce(sum(quantity), 0), coalesce(sum(value), 0) FROM cost_pool")[0]


def test_a_file_with_faults_changes_nothing(shop: Shop, tmp_path: Path) -> None:
    before = shop.book.read(digest)
    report = take(shop, "opening-stock", MESSY, errors_path=tmp_path / "errors.xlsx")
    assert not report.is_done
    assert (report.read, report.created, report.skipped) == (120, 0, 120)
    assert (str(report.amount_created), str(report.amount_skipped)) == ("0.00", "24109851.16")
    assert len(report.faults) == 12
    assert shop.book.read(digest) == before
    assert (tmp_path / "errors.xlsx").is_file()


def test_the_good_rows_by_choice(shop: Shop) -> None:
    report = take(shop, "opening-stock", MESSY, good_rows_only=True)
    assert report.is_done
    assert (report.read, report.skipped, str(report.amount_created)) == (120, 11, "19866874.55")
    assert stock(shop) == (40_847_500_000, 1_986_687_455)
    paint = shop.find("item", "A1000")
    assert paint is not None
    assert (paint.name, paint.base_unit, paint.reference_cost, paint.retail_price) == (
        *("合成牌油漆", "桶"),
        *(2_270_990_000, 2_838_740_000),
    )
    assert paint.units == [
        {"unit": "箱", "num": 12, "den": 1, "barcode": "", "is_purchase": 1, "is_sales": 1},
    ]
    assert paint.barcodes == [{"barcode": "2170000000008", "unit": "桶"}]
    assert rebuild_check(shop.book.path).is_equal


@pytest.mark.parametrize("kind", ["opening-stock", "opening-balances", "items", "parties"])
def test_the_same_file_again_changes_nothing(shop: Shop, kind: str) -> None:
    first = take(shop, kind, MESSY, good_rows_only=True)
    before = shop.book.read(digest)
    again = take(shop, kind, MESSY, good_rows_only=True)
    assert first.created > 0
    assert (again.created, again.updated, again.skipped > 0 or kind == "parties") == (0, 0, True)
    assert shop.book.read(digest) == before


def test_a_dry_run_says_the_same_and_changes_nothing(shop: Shop) -> None:
    before = shop.book.read(digest)
    dry = take(shop, "opening-stock", MESSY, good_rows_only=True, is_dry_run=True)
    assert shop.book.read(digest) == before
    real = take(shop, "opening-stock", MESSY, good_rows_only=True)
    assert (dry.created, dry.skipped, dry.amount_created) == (real.created, real.skipped, real.amount_created)


def test_parties_with_what_they_owe_become_open_items(shop: Shop) -> None:
    report = take(shop, "opening-balances", MESSY, good_rows_only=True)
    assert (report.created, report.skipped, str(report.amount_created)) == (18, 2, "92695.57")
    assert str(report.amount_skipped) == "8599.56"
    open_items = shop.rows("SELECT kind, sum(amount), count(*) FROM open_item GROUP BY kind ORDER BY kind")
    assert [(kind, amount) for kind, amount, _ in open_items] == [("payable", 4_656_638), ("receivable", 4_612_919)]
    customer = shop.rows("SELECT is_customer, is_supplier FROM party WHERE name = '合成客户01'")
    assert customer == [(1, 0)]
    head = shop.rows("SELECT date FROM document WHERE external_number = '合成客户01'")
    assert head == [(20260108,)]
    assert rebuild_check(shop.book.path).is_equal


def test_negative_balances_are_advances_and_a_single_column_follows_the_kind(shop: Shop, tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        [
            ["客户编码", "单位名称", "类型", "期初余额"],
            ["K1", "甲", "客户", -5],
            ["K2", "乙", "供应商", 7],
            ["K3", "丙", "", 9],
            ["K3", "丙", "客户", 1],
            ["K3", "丙", "客户", 2],
        ],
    )
    report = take(shop, "opening-balances", path, good_rows_only=True)
    assert written(report) == set()
    found = shop.rows("SELECT kind, amount FROM open_item ORDER BY amount")
    assert found == [
        ("receivable", 100),
        ("receivable", 200),
        ("advance_from_customer", 500),
        ("payable", 700),
        ("receivable", 900),
    ]


def test_a_balance_whose_side_nobody_knows_is_a_fault(shop: Shop, tmp_path: Path) -> None:
    path = sheet(tmp_path, [["单位名称", "电话", "期初余额"], ["甲", "1", 5]])
    assert written(take(shop, "opening-balances", path)) == {("C2", "unknown_side")}


def test_balances_of_accounts(shop: Shop, tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        [
            ["科目编码", "科目名称", "方向", "期初余额"],
            ["1001", "库存现金", "借", "5,000.00"],
            ["1122", "应收账款", "借", 300],
            ["3001", "实收资本", "贷", 5300],
            ["8888", "没有", "借", 1],
        ],
    )
    assert written(take(shop, "opening-balances", path)) == {("A5", "unknown_account")}
    report = take(shop, "opening-balances", path, good_rows_only=True)
    assert (report.created, report.skipped, str(report.amount_created)) == (1, 2, "5000.00")
    assert [note.kind.value for note in report.notes if note.place.row == 3] == ["controlled_account"]
    lines = shop.rows(
        "SELECT a.code, v.debit, v.credit FROM voucher_line v JOIN account a ON a.id = v.account ORDER BY 1"
    )
    assert [line for line in lines if line[0] in {"1001", "3001"}] == [("1001", 500_000, 0), ("3001", 0, 530_000)]
    assert take(shop, "opening-balances", path, good_rows_only=True).created == 0


def test_items_are_updated_and_keep_what_the_file_does_not_say(shop: Shop, tmp_path: Path) -> None:
    shop.item("A1", "螺丝", retail_price=5_000_000, barcodes=[{"barcode": "77", "unit": "个"}], spec="M6")
    path = sheet(
        tmp_path,
        [
            ["编码", "名称", "单位", "条码", "售价", "分类", "供应商", "换算", "最低库存"],
            ["a1", "螺丝钉", "箱", "2170000000008", 6, "五金", "甲厂", "12个/箱", 10],
            ["A2", "电线", "米", "", "", "五金", "", "", ""],
        ],
    )
    report = take(shop, "items", path)
    assert (report.created, report.updated, written(report)) == (1, 1, set())
    screw = shop.find("item", "A1") or shop.find("item", "a1")
    assert screw is not None
    assert (screw.name, screw.base_unit, screw.spec, screw.retail_price) == ("螺丝钉", "个", "M6", 6_000_000)
    assert screw.barcodes == [{"barcode": "77", "unit": "个"}, {"barcode": "2170000000008", "unit": "箱"}]
    wire = shop.find("item", "A2")
    assert wire is not None
    assert wire.category == screw.category != ""
    assert shop.rows("SELECT name, is_supplier FROM party WHERE name = '甲厂'") == [("甲厂", 1)]


def test_nothing_is_made_where_the_user_forbids_it(shop: Shop, tmp_path: Path) -> None:
    shop.item("A1")
    path = sheet(tmp_path, [["编码", "名称", "数量", "进价"], ["A1", "x", 1, 2], ["B1", "y", 1, 2]])
    report = take(shop, "opening-stock", path, may_create=False)
    assert written(report) == {("A3", "unknown_item")}
    lines = tmp_path / "a.csv"
    lines.write_text(
        "单据编号,日期,单据类型,客户,商品编码,数量,单价\nX1,2026-01-05,销售单,甲,A1,1,2\nX1,2026-01-05,销售单,甲,C1,1,2\n",
        encoding="utf-8",
    )
    report = take(shop, "documents", lines, may_create=False)
    assert written(report) == {("D2", "unknown_party"), ("E3", "unknown_item")}
    assert not shop.rows("SELECT 1 FROM document")


def test_stock_in_another_warehouse_and_batch(shop: Shop, tmp_path: Path) -> None:
    shop.warehouse("02", "分仓")
    path = sheet(
        tmp_path,
        [
            ["编码", "名称", "数量", "进价", "仓库", "批号", "有效期至"],
            ["A1", "牛奶", 5, 2, "分仓", "P1", "2026-06-30"],
            ["A1", "牛奶", 3, 2, "分仓", "P2", "2026/7/31"],
            ["A1", "牛奶", 3, 2, "外仓", "P3", ""],
        ],
    )
    assert written(take(shop, "opening-stock", path)) == {("E4", "unknown_warehouse")}
    report = take(shop, "opening-stock", path, good_rows_only=True)
    assert (report.skipped, str(report.amount_skipped), str(report.amount_created)) == (1, "6.00", "16.00")
    found = shop.rows("SELECT batch, expiry_date, base_quantity FROM item_line_tracking ORDER BY batch")
    assert found == [("P1", "2026-06-30", 5_000_000), ("P2", "2026-07-31", 3_000_000)]
    assert take(shop, "opening-stock", path, good_rows_only=True).duplicates == 2


def test_a_shop_with_its_history(old_shop: Shop) -> None:
    opening = take(old_shop, "opening-stock", SAMPLES / "online_retail_opening_extract.csv", "online_retail_opening")
    report = take(old_shop, "documents", RETAIL, "online_retail")
    assert opening.is_done
    assert report.is_done
    assert (report.read, report.created, report.skipped) == (1057, 62, 0)
    sales = "SELECT sum(CASE type WHEN 'sales_return' THEN -gross ELSE gross END) FROM document"
    assert old_shop.rows(sales)[0][0] == report.amount_created.fen
    links = "SELECT count(*) FROM item_line WHERE source_document <> 0"
    assert old_shop.rows(links) == [(report.linked,)]
    assert report.linked > 10
    services = old_shop.rows(
        "SELECT code FROM item WHERE kind = 'service' AND code IN ('POST', 'D', 'PADS') ORDER BY 1"
    )
    assert services == [("D",), ("POST",)]
    before = old_shop.book.read(digest)
    again = take(old_shop, "documents", RETAIL, "online_retail")
    assert (again.created, again.duplicates, again.skipped, again.amount_skipped) == (
        0,
        62,
        1057,
        report.amount_created,
    )
    assert old_shop.book.read(digest) == before
    assert rebuild_check(old_shop.book.path).is_equal


def test_a_later_file_returns_what_an_earlier_one_sold(old_shop: Shop, tmp_path: Path) -> None:
    header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID\n"
    (tmp_path / "1.csv").write_text(header + "1,A,a,5,2011-01-03 10:00,2,7\n2,a,a,3,2011-01-04 10:00,2,7\n")
    (tmp_path / "2.csv").write_text(header + "C3,A,a,-4,2011-02-03 10:00,2,7\nC4,A,a,-9,2011-02-04 10:00,2,7\n")
    take(old_shop, "documents", tmp_path / "1.csv", "online_retail")
    report = take(old_shop, "documents", tmp_path / "2.csv", "online_retail")
    assert (report.created, report.linked, report.unlinked) == (2, 3, 1)
    found = old_shop.rows(
        "SELECT d.external_number, l.quantity, coalesce(s.external_number, '') FROM item_line l"
        " JOIN document d ON d.id = l.document LEFT JOIN document s ON s.id = l.source_document AND s.id <> 0"
        " WHERE d.type = 'sales_return' ORDER BY d.external_number, l.line"
    )
    assert found == [("C3", 3_000_000, "2"), ("C3", 1_000_000, "1"), ("C4", 4_000_000, "1"), ("C4", 5_000_000, "")]


def test_a_stream_of_stock_with_links_by_number(tmp_path: Path) -> None:
    shop = open_shop(tmp_path, start=201104)
    report = take(shop, "documents", SAMPLES / "stock_stream_extract.csv", "adventureworks_stream")
    assert (report.is_done, report.read, report.created, report.unlinked) == (True, 141, 141, 0)
    parties = shop.rows("SELECT name, is_supplier FROM party WHERE is_walk_in = 0")
    assert parties == [("供应商", 1)]
    returned = "SELECT l.price FROM item_line l JOIN document d ON d.id = l.document WHERE d.type = 'purchase_return'"
    assert all(price > 0 for (price,) in shop.rows(returned))
    assert rebuild_check(shop.book.path).is_equal


def test_rows_before_the_book_begins_are_counted(shop: Shop) -> None:
    report = take(shop, "documents", RETAIL, "online_retail")
    assert (report.is_done, report.created) == (False, 0)
    assert report.fault_counts == {"before_start": 1057}
    assert len(report.faults) == 1000
    good = take(shop, "documents", RETAIL, "online_retail", good_rows_only=True)
    assert (good.is_done, good.created, good.skipped) == (True, 0, 1057)


def test_what_the_book_refuses_is_shown_at_its_row_and_takes_its_returns_along(shop: Shop, tmp_path: Path) -> None:
    shop.item("A1")
    path = tmp_path / "a.csv"
    path.write_text(
        "单据编号,日期,单据类型,客户,商品编码,单位,数量,单价\n"
        "X1,2026-01-05,销售单,甲,A1,个,3,2\n"
        "X2,2026-01-06,销售单,甲,A1,箱,2,2\n"
        "T1,2026-01-07,销售退货单,甲,A1,个,1,2\n"
        "T2,2026-01-08,销售退货单,甲,A1,个,1,2\n",
        encoding="utf-8",
    )
    report = take(shop, "documents", path)
    assert ("F3", "refused") in written(report)
    assert not shop.rows("SELECT 1 FROM document")
    good = take(shop, "documents", path, good_rows_only=True)
    assert good.is_done
    found = shop.rows("SELECT external_number FROM document ORDER BY 1")
    assert found == [("T1",), ("T2",), ("X1",)]


def test_a_till_file_is_paid_at_once(shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "小票号,日期,单据类型,商品编码,商品名称,数量,单价\nL1,2026-01-05,零售单,A1,笔,3,2\nL1,2026-01-05,零售单,A2,纸,-1,1\n",
        encoding="utf-8",
    )
    report = take(shop, "documents", path)
    assert (report.is_done, str(report.amount_created)) == (True, "5.00")
    assert shop.rows("SELECT amount FROM money_line") == [(500,)]
    assert shop.rows("SELECT quantity FROM item_line ORDER BY line") == [(3_000_000,), (-1_000_000,)]


def test_stopping_leaves_the_book_as_it_was(old_shop: Shop) -> None:
    before = old_shop.book.read(digest)

    def stop(_rows: int) -> None:
        raise Interrupted(Text("work.interrupted"))

    with pytest.raises(Interrupted):
        take(old_shop, "documents", RETAIL, "online_retail", step=stop)
    assert old_shop.book.read(digest) == before


def test_an_import_is_remembered_on_this_machine(shop: Shop) -> None:
    take(shop, "items", MESSY, good_rows_only=True)
    assert shop.rows("SELECT kind, source, file_name FROM import_history") == [("items", "items", MESSY.name)]
