"""What a correction would change is shown before it is made, and is what then changes, row by row."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from jxc_desktop.kernel.errors import HasDependents
from jxc_desktop.services import documents
from jxc_desktop.services.impact import impact_of
from tests.builders import (
    adjustment,
    count,
    customer_payment,
    delivery,
    line,
    open_shop,
    paid,
    receipt,
    sales_return,
    settles,
    tender,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from jxc_desktop.services.impact import Impact
    from tests.builders import Shop
    from tests.cli.conftest import Answer

    Run = Callable[..., Answer]

TABLES = {
    "documents": "SELECT number, type, status, amount FROM document",
    "movements": (
        "SELECT d.number, m.line, m.leg, i.code, w.name, m.quantity, m.own_value, m.value, m.variance, m.pool_quantity,"
        " m.pool_value, m.warehouse_quantity FROM stock_move m JOIN document d ON d.id = m.document"
        " JOIN item i ON i.id = m.item JOIN warehouse w ON w.id = m.warehouse"
    ),
    "on_hand": (
        "SELECT i.code, w.name, h.quantity FROM stock_on_hand h JOIN item i ON i.id = h.item"
        " JOIN warehouse w ON w.id = h.warehouse WHERE h.quantity <> 0"
    ),
    "pools": (
        "SELECT i.code, p.quantity, p.value FROM cost_pool p JOIN item i ON i.id = p.item"
        " WHERE p.quantity <> 0 OR p.value <> 0"
    ),
    "open_items": (
        "SELECT d.number, o.kind, o.line, p.name, o.amount, o.settled FROM open_item o"
        " JOIN document d ON d.id = o.document JOIN party p ON p.id = o.party"
    ),
    "vouchers": (
        "SELECT d.number, v.entry, a.code, coalesce(p.name, ''), coalesce(m.name, ''), v.debit, v.credit"
        " FROM voucher_line v JOIN document d ON d.id = v.document JOIN account a ON a.id = v.account"
        " LEFT JOIN party p ON p.id = v.party LEFT JOIN money_account m ON m.id = v.money_account"
        " WHERE v.debit <> 0 OR v.credit <> 0"
    ),
}
"""Every row of the whole book, told in words and plain numbers."""

NAMES = {
    "documents": ("number", "type", "status", "amount"),
    "movements": (
        *("number", "line", "leg", "item", "warehouse", "quantity", "own_value", "value", "variance"),
        *("pool_quantity", "pool_value", "warehouse_quantity"),
    ),
    "on_hand": ("item", "warehouse", "quantity"),
    "pools": ("item", "quantity", "value"),
    "open_items": ("number", "kind", "line", "party", "amount", "settled"),
    "vouchers": ("number", "entry", "account", "party", "money_account", "debit", "credit"),
}


class Days:
    """A shop with a history in which one correction moves the costs of later documents."""

    def __init__(self, folder: Path) -> None:
        self.shop: Shop = open_shop(folder)
        shop = self.shop
        apple, pear = shop.item("A1", "苹果"), shop.item("B1", "梨")
        self.supplier, self.customer = shop.supplier("S1", "果园"), shop.customer("C1", "老王超市")
        self.apple = apple
        post = shop.post_one
        self.receipt = post(receipt(2, self.supplier, [line(apple, "10", "5"), line(pear, "10", "3")]))
        self.sale = post(delivery(3, self.customer, [line(apple, "4", "9"), line(pear, "2", "6")]))
        self.paid = post(delivery(4, self.customer, [line(apple, "8", "9")], money=[tender(shop.cash, "20")]))
        self.second = post(receipt(5, self.supplier, [line(apple, "10", "7")]))
        self.returned = post(
            sales_return(6, self.customer, [line(apple, "1", "9", source_document=self.sale, source_line=1)])
        )
        self.counted = post(count(7, [line(apple, "8")]))
        self.scrap = post(adjustment(8, "scrap", [line(pear, "1")]))
        owed = [settles(self.paid, "52", "receivable")]
        self.payment = post(customer_payment(9, self.customer, [paid(shop.cash, "60")], allocations=owed))

    def state(self) -> dict[str, set[tuple[Any, ...]]]:
        """Every row of the book."""
        return {name: set(self.shop.rows(text)) for name, text in TABLES.items()}


@pytest.fixture
def days(tmp_path: Path) -> Iterator[Days]:
    made = Days(tmp_path)
    yield made
    made.shop.book.close()


def _plain(impact: Impact) -> dict[str, tuple[set[Any], set[Any]]]:
    """The rows of an impact before and after, without what only a column for display changed."""
    sides: dict[str, tuple[set[Any], set[Any]]] = {}
    for name, columns in NAMES.items():
        before, after = (
            {
                tuple(_number(getattr(row, column)) for column in columns)
                for change in getattr(impact, name)
                if (row := getattr(change, side)) is not None
            }
            for side in ("before", "after")
        )
        sides[name] = (before - after, after - before)
    return sides


def _number(value: object) -> object:
    return getattr(value, "fen", getattr(value, "micro", value))


CORRECTIONS: dict[str, Callable[[Days], tuple[Callable[..., Any], dict[str, Any]]]] = {
    "post late receipt": lambda days: (
        documents.post,
        {"drafts": [receipt(3, days.supplier, [line(days.apple, "2", "6.01")])]},
    ),
    "post shortage": lambda days: (
        documents.post,
        {"drafts": [delivery(10, days.customer, [line(days.apple, "50", "9")])]},
    ),
    "amend receipt": lambda days: (
        documents.amend,
        {
            "document_id": days.second,
            "content": receipt(3, days.supplier, [replace(line(days.apple, "12", "7.77"), key=1)]),
        },
    ),
    "void receipt": lambda days: (documents.void, {"document_id": days.second, "reason": "错"}),
    "void count": lambda days: (documents.void, {"document_id": days.counted, "reason": "错"}),
    "void payment": lambda days: (documents.void, {"document_id": days.payment, "reason": "错"}),
    "void return": lambda days: (documents.void, {"document_id": days.returned, "reason": "错"}),
    "reverse scrap": lambda days: (documents.reverse, {"document_id": days.scrap}),
    "reverse payment": lambda days: (documents.reverse, {"document_id": days.payment}),
    "reverse receipt": lambda days: (documents.reverse, {"document_id": days.receipt}),
    "close short": lambda days: (documents.close_short, {"document_id": days.sale}),
}


@pytest.mark.parametrize("name", CORRECTIONS)
def test_the_preview_is_what_then_happens(days: Days, name: str) -> None:
    use_case, params = CORRECTIONS[name](days)
    before = days.state()
    impact = impact_of(days.shop.book, use_case, **params)
    assert days.state() == before, "a preview changes nothing"
    days.shop.book.do(use_case, **params)
    after = days.state()
    assert _plain(impact) == {table: (before[table] - after[table], after[table] - before[table]) for table in TABLES}


def test_the_cost_and_profit_of_later_documents_are_in_the_impact(days: Days) -> None:
    impact = impact_of(days.shop.book, documents.void, document_id=days.second, reason="错")
    changed = {change.after.number: change for change in impact.documents if change.after is not None}
    second = changed["CR-20260105-0001"]
    assert second.before is not None
    assert second.after is not None
    assert (second.before.status, second.after.status) == ("posted", "voided")
    for change in impact.documents:
        for row in (change.before, change.after):
            assert row is not None
            assert row.profit == row.revenue - row.cost


def test_a_refused_correction_has_no_impact(days: Days) -> None:
    with pytest.raises(HasDependents):
        impact_of(days.shop.book, documents.void, document_id=days.sale, reason="错")


def _voided(run: Run, shop: Path, *more: str) -> Answer:
    return run("void", "XS-20260106-0001", "--reason", "错", "--book", shop, *more)


def test_a_preview_on_the_command_line_changes_nothing(run: Run, shop: Path) -> None:
    before = run("digest", "--book", shop).out
    answer = _voided(run, shop, "--preview", "--json").json
    assert answer["preview"] is True
    impact = answer["impact"]
    assert [row["after"]["status"] for row in impact["documents"]] == ["voided"]
    assert impact["on_hand"][0]["before"]["quantity"] == "89.5"
    assert impact["on_hand"][0]["after"]["quantity"] == "120"
    assert impact["open_items"][0]["after"] is None
    page = _voided(run, shop, "--preview").out
    for word in ("XS-20260106-0001", "已作废", "89.5", "120", "152.50", "201.95"):
        assert word in page
    assert run("digest").out == before
    assert _voided(run, shop).code == 0


def test_posting_can_be_previewed(run: Run, shop: Path, tmp_path: Path) -> None:
    draft = {"type": "goods_receipt", "date": "2026-01-05", "party": "S1"}
    file = tmp_path / "draft.json"
    file.write_text(json.dumps({**draft, "lines": [{"item": "A1", "quantity": "10", "price": "8"}]}), encoding="utf-8")
    before = run("digest", "--book", shop).out
    impact = run("post", file, "--preview", "--book", shop, "--json").json["impact"]
    costs = {row["after"]["number"]: row["after"]["cost"] for row in impact["documents"]}
    assert costs["XS-20260106-0001"] != "152.50", "the delivery of the next day costs more"
    assert run("digest").out == before
