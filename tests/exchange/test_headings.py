"""Sheets, header rows and columns are found by what people write, in whatever order, below whatever titles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from jxc_desktop.exchange.headings import find_layout
from jxc_desktop.exchange.synonyms import synonyms
from jxc_desktop.exchange.tabular import open_table
from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.money import Money
from tests.exchange.samples import SAMPLES, cells, read, workbook

if TYPE_CHECKING:
    from pathlib import Path

HEADER = [
    "序号",
    "存货名称",
    "国际条码\n(EAN-13)",
    "货号",
    "计量单位",
    "结存金额（元）",
    "结存数量",
    "含税进价（元/件）",
    "箱规",
]
OTHER: dict[str, list[list[Any]]] = {
    "说明": [["本表由系统导出，请勿改动"], ["单位", "XX商行"], ["日期", "2026-03-01"]],
    "库存": [
        ["XX商行", None, None, None, None, None, None, None, None],
        ["盘点表", None, None, None, None, None, None, None, None],
        [
            "序号",
            "存货名称",
            "国际条码\n(EAN-13)",
            "货号",
            "计量单位",
            "结存金额（元）",
            "结存数量",
            "含税进价（元/件）",
            "箱规",
        ],
        ["五金类", None, None, None, None, None, None, None, None],
        [1, "螺丝", 2170000000008, "B1", "pcs", 25, 10, 2.5, "50/箱"],
        [2, "电线", 2170000000015, "B2", "米", "1,000.00", "１００", "￥10", None],
        ["小计", None, None, None, None, 1025, 110, None, None],
        [
            "序号",
            "存货名称",
            "国际条码\n(EAN-13)",
            "货号",
            "计量单位",
            "结存金额（元）",
            "结存数量",
            "含税进价（元/件）",
            "箱规",
        ],
        [3, "胶带", "217000000002２", "b3", "KG", 3, 1.5, 2, None],
        [4, "胶水", None, "Ｂ３", "瓶", 7, 2, 3, None],
        [None, "五金小计", None, None, None, 10, 3.5, None, None],
        ["合 计：", None, None, None, None, 1035.01, 113.5, None, None],
        [None, None, None, None, None, None, None, None, None],
        ["注：以上不含样品", None, None, None, None, None, None, None, None],
        ["审核：李四", None, None, None, "盘点人：张三", None, None, None, None],
        ["仓管员：王五", None, None, "库长：赵六", None, None, None, None, None],
    ],
}


def test_another_workbook_with_other_headings_order_and_faults(tmp_path: Path) -> None:
    path = workbook(tmp_path / "other.xlsx", OTHER)
    sheet, faults, notes = read(path, "opening-stock")
    assert (sheet.layout.sheet, sheet.layout.header_row) == ("库存", 3)
    assert [column.heading for column in sheet.layout.unread] == ["序号"]
    assert [record.row for record in sheet.records] == [5, 6, 9, 10]
    assert [record.text("unit") for record in sheet.records] == ["个", "米", "千克", "瓶"]
    assert cells(faults) == {("D10", "duplicate_code"), ("F10", "amount_mismatch"), ("F12", "total_mismatch")}
    assert {
        ("C5", "number_in_text_column"),
        ("F6", "thousands_separator"),
        ("G6", "full_width_digits"),
        ("H6", "currency_sign"),
        ("C9", "full_width_digits"),
    } <= cells(notes)


def test_merged_titles_over_two_header_rows(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["科目余额表", None, None, None, None, None, None, None],
        ["科目编码", "科目名称", "期初余额", None, "本期发生额", None, "期末余额", None],
        [None, None, "借方", "贷方", "借方", "贷方", "借方", "贷方"],
        [1001, "库存现金", 500, None, 10, 20, 490, None],
        ["2202", "应付账款", None, "1,200.00", None, None, None, 1200],
        ["合计", None, 500, 1200, 10, 20, 490, 1200],
    ]
    path = workbook(tmp_path / "a.xlsx", {"余额": rows}, merged=["C2:D2", "E2:F2", "G2:H2", "A2:A3", "B2:B3"])
    sheet, faults, _ = read(path, "opening-balances")
    assert (sheet.layout.shape, sheet.layout.header_row) == ("accounts", 3)
    assert (sheet.layout.columns["debit"].number, sheet.layout.columns["credit"].number) == (3, 4)
    assert [(r.text("account_code"), r.money("debit"), r.money("credit")) for r in sheet.records] == [
        ("1001", Money(50000), None),
        ("2202", None, Money(120000)),
    ]
    assert not faults


def test_balances_with_a_direction_and_english_or_traditional_headings(tmp_path: Path) -> None:
    chinese = workbook(
        tmp_path / "a.xlsx", {"1": [["科目代碼", "科目名稱", "方向", "期初餘額"], ["1001", "現金", "借", 5]]}
    )
    layout = find_layout(open_table(chinese), "opening-balances")
    assert set(layout.columns) == {"account_code", "account_name", "direction", "balance"}
    english = tmp_path / "b.csv"
    english.write_text("Customer Name,Phone,A/R,Due Date\nAcme,1,20.5,2026-01-31\n", encoding="utf-8")
    layout = find_layout(open_table(english), "opening-balances")
    assert (layout.shape, set(layout.columns)) == ("parties", {"name", "phone", "receivable", "due_date"})


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("*商品编号", "code"),
        ("品名 Name", "name"),
        ("进价(含税)", "cost"),
        ("最新进货价", "cost"),
        ("单价（元）", "cost"),
        ("库存数量(箱)", "quantity"),
        ("期初库存量", "quantity"),
        ("Opening stock qty", "quantity"),
        ("item_code", "code"),
        ("unit_cost", "cost"),
        ("條碼", "barcode"),
        ("存貨編碼", "code"),
        ("数 量", "quantity"),
        ("Ｓ Ｋ Ｕ", "code"),
        ("销售价格", "price"),
        ("金额(元)", "amount"),
        ("期初金额_含税", "amount"),
    ],
)
def test_headings_of_goods(heading: str, field: str) -> None:
    ranks = synonyms().ranks(synonyms().shapes["opening-stock"][0], heading)
    assert min(ranks, key=lambda name: ranks[name]) == field


@pytest.mark.parametrize("heading", ["最低库存数量", "本期金额", "在途数量", "重量", "图片"])
def test_headings_that_mean_something_else(heading: str) -> None:
    ranks = synonyms().ranks(synonyms().shapes["opening-stock"][0], heading)
    assert not {"quantity", "amount", "cost"} & ranks.keys()


def test_a_file_without_such_headings_is_refused_with_what_was_looked_for() -> None:
    table = open_table(SAMPLES / "stock_stream_extract.csv")
    with pytest.raises(UserError) as refused:
        find_layout(table, "parties")
    assert refused.value.text.id == "import.headings.not_found"
    assert refused.value.text.params["needed"]
    with pytest.raises(UserError) as refused:
        find_layout(table, "documents", columns={"Rechnung": "number", "Datum": "date_time", "Menge": "quantity"})
    assert refused.value.text.params["headings"] == "Rechnung、Datum、Menge"


def test_a_named_sheet_and_header_row_stand() -> None:
    table = open_table(SAMPLES / "messy_workbook.xlsx")
    assert find_layout(table, "parties", sheet="往来", header_row=1).sheet == "往来"
    with pytest.raises(UserError):
        find_layout(table, "parties", sheet="商品资料", header_row=1)
