"""What is done although it looks like a slip: the answer says so, with the place."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from jxc_desktop.kernel.errors import InsufficientStock
from jxc_desktop.kernel.problems import Severity
from jxc_desktop.services.book_settings import set_setting
from jxc_desktop.services.documents import amend, post
from tests.builders import delivery, entry, line, open_shop, receipt, voucher

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.kernel.changes import Changes
    from tests.builders import Shop


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return open_shop(tmp_path)


def _warned(changes: Changes) -> list[tuple[object, ...]]:
    assert all(each.severity is Severity.WARNING for each in changes.warnings)
    return [(*each.place, each.text.id) for each in changes.warnings]


def test_a_date_far_ahead_is_posted_and_said(shop: Shop) -> None:
    drafts = [receipt(day, shop.supplier("S1"), [line(shop.item("P1"), "1", "2")]) for day in (31, date(2062, 1, 31))]
    changes = shop.book.do(post, drafts=drafts)
    assert len(changes.document_ids) == 2
    assert _warned(changes) == [("documents", 1, "date", "document.far_ahead")]
    amended = shop.book.do(amend, document_id=changes.document_ids[0], content=drafts[1])
    assert _warned(amended) == [("date", "document.far_ahead")]


def test_a_voucher_on_an_account_that_documents_keep_is_posted_and_said(shop: Shop) -> None:
    lines = [entry(shop.account("1122"), debit="5"), entry(shop.account("3001"), credit="5")]
    changes = shop.book.do(post, drafts=[voucher(5, lines)])
    assert _warned(changes) == [("documents", 0, "entries", 1, "account", "voucher.controlled_account")]


def test_a_warehouse_with_a_rule_of_its_own_is_named_when_the_books_rule_changes(shop: Shop) -> None:
    shop.warehouse("W2", "后仓", negative_stock="warn")
    shop.warehouse("W3", "前仓", negative_stock="forbid")
    changes = shop.book.do(set_setting, key="negative_stock", value="forbid")
    assert [(each.text.id, each.text.params["warehouse"]) for each in changes.warnings] == [
        ("setting.warehouse_differs", "W2 后仓")
    ]


def test_every_item_that_would_go_short_is_named(tmp_path: Path) -> None:
    shop = open_shop(tmp_path, negative_stock="forbid")
    sold = [line(shop.item(code), "1", "2") for code in ("P1", "P2")]
    with pytest.raises(InsufficientStock) as refused:
        shop.post(delivery(5, shop.customer("C1"), sold))
    assert refused.value.text.id == "stock.several_would_go_short"
    assert [each.place for each in refused.value.problems] == [("stock", "P1"), ("stock", "P2")]
