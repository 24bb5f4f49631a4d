"""Lists: documents newest first and page by page, cards, items, open items, money accounts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jxc_desktop.kernel.errors import Ambiguous, NotFound
from jxc_desktop.kernel.money import Money
from jxc_desktop.queries.cards import find_card, list_masters
from jxc_desktop.queries.documents import list_documents
from jxc_desktop.queries.items import item_on_hand, search_items
from jxc_desktop.queries.money_accounts import money_account_balances
from jxc_desktop.queries.open_items import open_items
from jxc_desktop.queries.plain import plain_row
from tests.builders import (
    Shop,
    customer_payment,
    delivery,
    entry,
    line,
    opening_item,
    paid,
    receipt,
    settles,
    tender,
    voucher,
)


@pytest.fixture
def busy(shop: Shop) -> Shop:
    """Three deliveries, a receipt between them and a voided one."""
    pen, party, supplier = shop.item("P1", "笔"), shop.customer("C1", "甲"), shop.supplier("S1", "乙厂")
    made = shop.post(
        delivery(5, party, [line(pen, "1", "2")], external_number="A_1"),
        delivery(5, party, [line(pen, "2", "2")], note="加急 100%"),
        receipt(6, supplier, [line(pen, "9", "1")]),
        delivery(9, party, [line(pen, "3", "2")]),
        delivery(7, party, [line(pen, "4", "2")]),
    )
    shop.void(made[4])
    return shop


def numbers(shop: Shop, **filters: Any) -> list[str]:
    return [row.number for row in shop.book.read(list_documents, **filters)]


ALL = ["XS-20260109-0001", "XS-20260107-0001", "CR-20260106-0001", "XS-20260105-0002", "XS-20260105-0001"]


def test_documents_stand_newest_first(busy: Shop) -> None:
    assert numbers(busy) == numbers(busy, limit=100) == ALL
    row = plain_row(busy.book.read(list_documents, type="delivery_note")[-1])
    assert {**row, "id": ""} == {
        "id": "",
        "kind": "delivery_note",
        "number": "XS-20260105-0001",
        "external_number": "A_1",
        "date": "2026-01-05",
        "party": "甲",
        "status": "posted",
        "amount": "2.00",
    }


def test_pages_follow_each_other_without_gap_or_overlap(busy: Shop) -> None:
    seen: list[str] = []
    keyset = None
    while page := busy.book.read(list_documents, limit=2, keyset=keyset):
        seen += [row.number for row in page]
        keyset = (page[-1].date, page[-1].key)
    assert seen == ALL


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        ({"type": "goods_receipt"}, [2]),
        ({"type": "delivery_note", "limit": 1}, [0]),
        ({"party": "C1", "date_to": date(2026, 1, 5)}, [3, 4]),
        ({"party": "乙厂"}, [2]),
        ({"party": "C1", "type": "goods_receipt"}, []),
        ({"date_from": date(2026, 1, 6), "date_to": date(2026, 1, 7)}, [1, 2]),
        ({"status": "voided"}, [1]),
        ({"text": "A_1"}, [4]),
        ({"text": "_"}, [4]),
        ({"text": "100%", "limit": 5}, [3]),
        ({"text": "乙"}, [2]),
    ],
)
def test_filters_narrow_the_list(busy: Shop, filters: dict[str, Any], wanted: list[int]) -> None:
    assert numbers(busy, **filters) == [ALL[place] for place in wanted]


def test_cards_show_their_fields_as_plain_values(shop: Shop) -> None:
    shelf = shop.card("category", "01", "文具")
    shop.item("P2", "杯", retail_price=2_500_000, prices={"A": 2_000_000}, category=shelf)
    shop.item("P1", "笔", is_active=0)
    cards = shop.book.read(list_masters, kind="item")
    assert [card["code"] for card in cards] == ["P1", "P2"]
    cup = cards[1]
    assert (cup["retail_price"], cup["prices"], cup["category"], cup["category_code"]) == (
        "2.5",
        {"A": "2"},
        shelf,
        "01",
    )
    assert [card["code"] for card in shop.book.read(list_masters, kind="item", is_active=True)] == ["P2"]
    assert [card["code"] for card in shop.book.read(list_masters, kind="item", text="笔")] == ["P1"]
    assert len(shop.book.read(list_masters, kind="unit", limit=3)) == 3


def test_a_card_is_found_by_id_code_or_name(shop: Shop) -> None:
    party = shop.customer("C1", "甲")
    shop.customer("C2", "乙")
    shop.customer("C3", "乙")
    keys = {shop.book.read(find_card, kind="party", reference=each) for each in (party, "C1", "甲")}
    assert len(keys) == 1
    with pytest.raises(Ambiguous):
        shop.book.read(find_card, kind="party", reference="乙")
    with pytest.raises(NotFound):
        shop.book.read(find_card, kind="party", reference="丙")


def test_items_are_found_by_barcode_and_by_what_is_typed(shop: Shop) -> None:
    barcodes = [{"barcode": "6901234567892", "unit": "盒"}]
    pen = shop.item("P1", "笔", units=[{"unit": "盒", "num": 12, "den": 1}], barcodes=barcodes)
    shop.item("P10", "笔筒", mnemonic="bt")
    shop.item("P2", "旧笔", is_active=0)
    shop.post(receipt(5, shop.supplier("S1"), [line(pen, "9", "1")]))
    found = shop.book.read(search_items, text="6901234567892")
    assert [(each.code, each.unit, str(each.on_hand)) for each in found] == [("P1", "盒", "9")]
    assert [each.code for each in shop.book.read(search_items, text="笔")] == ["P1", "P10"]
    assert [each.code for each in shop.book.read(search_items, text="BT")] == ["P10"]
    held = shop.book.read(item_on_hand, item=pen)
    assert [(each.warehouse_name, str(each.quantity)) for each in held] == [("总仓", "9")]


def test_open_items_stand_oldest_due_first(shop: Shop) -> None:
    pen, party = shop.item("P1"), shop.customer("C1")
    late, soon, settled = shop.post(
        delivery(6, party, [line(pen, "1", "10")], due_date=30),
        opening_item("receivable", party, "100"),
        delivery(7, party, [line(pen, "1", "3")]),
    )
    settling = [settles(settled, "3", "receivable"), settles(late, "4", "receivable")]
    shop.post(customer_payment(9, party, [paid(shop.cash, "9")], allocations=settling))
    rows = shop.book.read(open_items, party=party, kind="receivable")
    assert [(row.document, row.due_date, str(row.open)) for row in rows] == [
        (soon, "2025-12-31", "100.00"),
        (late, "2026-01-30", "6.00"),
    ]
    kinds = {row.kind for row in shop.book.read(open_items, party=party)}
    assert kinds == {"receivable", "advance_from_customer"}


def test_money_accounts_show_what_was_posted_to_them(shop: Shop) -> None:
    bank = shop.card("money_account", "02", "工行", kind="bank", account=shop.account("1002"))
    pen, party = shop.item("P1"), shop.customer("C1")
    shop.post(
        delivery(6, party, [line(pen, "1", "10")], money=[tender(bank, "10")]),
        voucher(7, [entry(shop.account("1001"), debit="5"), entry(shop.account("3001"), credit="5")]),
    )
    balances = {row.name: (row.account_code, row.balance) for row in shop.book.read(money_account_balances)}
    assert balances == {"现金": ("1001", Money(0)), "工行": ("1002", Money(1000))}
