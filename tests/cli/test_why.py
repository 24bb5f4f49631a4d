"""The command that explains a cost, as a shopkeeper reads it and as a script does."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.builders import delivery, line, open_shop, receipt, retail, sales_return, tender

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Answer

    Run = Callable[..., Answer]

STORY = """\
苹果：销售出库单 XS-20260105-0001 第 1 行（2026-01-05）出库 12 公斤                                     55.34
  取自当时的库存（共 8 公斤，金额 34.67），按平均成本取 8 公斤                                          34.67
    采购入库单 CR-20260101-0001 第 1 行（2026-01-01）入库 6 公斤（金额 24.00）中的 4 公斤               16.00
    采购入库单 CR-20260102-0001 第 1 行（2026-01-02）入库 3 公斤（金额 15.00）中的 2 公斤               10.00
    销售退货单 XT-20260104-0001 第 1 行（2026-01-04）退回 2 公斤                                         8.67
      销售出库单 XS-20260103-0001 第 1 行（2026-01-03）出库 3 公斤（金额 13.00）中的 2 公斤              8.67
        取自当时的库存（共 9 公斤，金额 39.00），按平均成本取 2 公斤                                     8.67
          采购入库单 CR-20260101-0001 第 1 行（2026-01-01）入库 6 公斤（金额 24.00）中的 1.333333 公斤   5.34
          采购入库单 CR-20260102-0001 第 1 行（2026-01-02）入库 3 公斤（金额 15.00）中的 0.666667 公斤   3.33
  库存不足 4 公斤，先按最近成本出库                                                                     20.67
    采购入库单 CR-20260106-0001 第 1 行（2026-01-06）到货补上 1 公斤                                     6.00
      原来暂估 1 公斤                                                                                    4.34
      负库存补差                                                                                         1.66
    零售单 LS-20260107-0001 第 2 行（2026-01-07）到货补上 1 公斤                                         6.00
      原来暂估 1 公斤                                                                                    4.33
      负库存补差                                                                                         1.67
    还没到货的 2 公斤，仍按最近成本暂估                                                                  8.67
"""
PAST = """\

成本的变化：
记录日期    操作  单据                                    原成本  新成本
----------  ----  --------------------------------------  ------  ------
2026-01-31  过账  销售出库单 XS-20260105-0001 2026-01-05           48.00
2026-01-31  过账  采购入库单 CR-20260102-0001 2026-01-02   48.00   52.01
2026-01-31  过账  采购入库单 CR-20260106-0001 2026-01-06   52.01   53.67
2026-01-31  过账  零售单 LS-20260107-0001 2026-01-07       53.67   55.34
"""
TICKET = """\
零售单 LS-20260107-0001 合计                                                 0.00
  苹果：零售单 LS-20260107-0001 第 1 行（2026-01-07）出库 1 公斤             6.00
    库存不足 1 公斤，先按最近成本出库                                        6.00
      还没到货的 1 公斤，仍按最近成本暂估                                    6.00
  苹果：零售单 LS-20260107-0001 第 2 行（2026-01-07）按当时成本入库 1 公斤  -6.00
"""


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """Apples: two receipts, a sale, what came back of it, a sale of more than there was, what came in later."""
    shop = open_shop(tmp_path, name="story")
    with shop.book:
        apple = shop.item("A1", "苹果", base_unit="公斤")
        supplier, customer = shop.supplier("S1"), shop.customer("K1")
        shop.post(receipt(1, supplier, [line(apple, "6", "4")]))
        sold = shop.post_one(delivery(3, customer, [line(apple, "3", "9")]))
        shop.post(sales_return(4, customer, [line(apple, "2", "9", source_document=sold, source_line=1)]))
        shop.post(delivery(5, customer, [line(apple, "12", "9")]))
        shop.post(receipt(2, supplier, [line(apple, "3", "5")]), receipt(6, supplier, [line(apple, "1", "6")]))
        shop.post(retail(7, [line(apple, "1", "9"), line(apple, "-1", "9")], [tender(shop.cash, "0")]))
    return shop.book.path


def test_a_shopkeeper_reads_the_tree(run: Run, story: Path) -> None:
    told = run("why", "XS-20260105-0001", "--book", story)
    assert (told.code, told.out, told.err) == (0, STORY, "")
    assert run("why", "XS-20260105-0001:1", "--history", "--book", story).out == STORY + PAST


def test_a_ticket_is_told_line_by_line(run: Run, story: Path) -> None:
    assert run("why", "LS-20260107-0001", "--book", story).out == TICKET


def _leaves(node: Any) -> list[Decimal]:
    return [leaf for child in node["children"] for leaf in _leaves(child)] or [Decimal(node["value"])]


def test_a_script_gets_the_contract(run: Run, story: Path) -> None:
    shown = run("why", "XS-20260105-0001:1", "--book", story, "--json").json
    assert list(shown) == ["document", "line", "cost", "tree"]
    assert (shown["document"], shown["line"], shown["cost"]) == ("XS-20260105-0001", 1, "55.34")
    assert {"kind", "document", "line", "quantity", "value", "children"} <= set(shown["tree"])
    assert sum(_leaves(shown["tree"])) == Decimal(shown["cost"])
    assert [child["kind"] for child in shown["tree"]["children"]] == ["pool", "short"]
    whole = run("why", "LS-20260107-0001", "--book", story, "--json").json
    assert (whole["line"], whole["cost"], whole["tree"]["kind"]) == (None, "0.00", "document")


def test_a_script_gets_the_past(run: Run, story: Path) -> None:
    past = run("why", "XS-20260105-0001", "--history", "--book", story, "--json").json["history"]
    assert past[1] == {
        "written_at": "2026-01-31T04:00:00+00:00",
        "action": "post",
        "document": "CR-20260102-0001",
        "type": "goods_receipt",
        "date": "2026-01-02",
        "before": "48.00",
        "cost": "52.01",
    }


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["XS-20260105-0001:9"], 1, "XS-20260105-0001 没有动库存的第 9 行。可选：1。"),
        (["XS-20260105-0001:x"], 2, "“x”不是行号"),
        (["XS-20260106-0001"], 1, "XS-20260106-0001"),
        (["LS-20260107-0001", "--history"], 1, "请用“单号:行号”指明一行，可选：1、2。"),
    ],
)
def test_what_cannot_be_explained_is_said(run: Run, story: Path, words: list[str], code: int, said: str) -> None:
    refused = run("why", *words, "--book", story)
    assert (refused.code, refused.out) == (code, "")
    assert said in refused.err


def test_provisional_costs_are_a_report(run: Run, story: Path) -> None:
    names = [each["name"] for each in run("report", "--list", "--json").json["reports"]]
    assert "provisional-costs" in names
    shown = run("report", "provisional-costs", "--book", story, "--json").json
    assert [(row["number"], row["quantity"], row["value"], row["to_come"]) for row in shown["rows"]] == [
        ("XS-20260105-0001", "2", "8.67", "2"),
        ("LS-20260107-0001", "1", "6.00", "3"),
    ]
    assert run("report", "provisional-costs", "--book", story).out.startswith("暂估成本\n")
