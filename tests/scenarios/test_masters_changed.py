"""A card changed after posting changes what the next document takes, and not one row of what was posted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from jxc_desktop.db.projections import PROJECTIONS
from jxc_desktop.domain.field import Field, FieldType
from jxc_desktop.kernel.ids import Id
from jxc_desktop.masters.registry import KINDS
from jxc_desktop.services.catalog import Catalog
from jxc_desktop.services.documents import post
from jxc_desktop.services.masters import CardChange, set_cards
from jxc_desktop.services.rebuild import rebuild_check
from tests.builders import (
    adjustment,
    batch,
    count,
    customer_payment,
    delivery,
    entry,
    expense,
    expense_line,
    line,
    opening_balance,
    opening_item,
    opening_stock,
    paid,
    purchase_return,
    receipt,
    retail,
    sales_return,
    settles,
    supplier_payment,
    tender,
    voucher,
)
from tests.scenarios.business import Business, keyed, open_business
from tests.scenarios.proof import Rows, rebuilt, shown_rows

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.db.engine import Session
    from jxc_desktop.masters.spec import MasterKind
    from jxc_desktop.services.catalog import Card

OF_MASTERS = {kind.code for kind in KINDS} | {"item_unit", "item_barcode", "master_field", "former_name"}
"""The tables a changed card may change."""
LOG = "change_record"

ONE_MORE = {
    FieldType.WHOLE,
    FieldType.MONEY,
    FieldType.QUANTITY,
    FieldType.PRICE,
    FieldType.RATE,
    FieldType.DATE,
}


@pytest.fixture(params=["general", "small"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Business:
    """A shop in which one document of every type was posted, some amended, voided and reversed, one gone short."""
    shop = open_business(tmp_path, request.param, cost_pool="warehouse" if request.param == "small" else "book")
    _every_type(shop)
    return shop


def _every_type(shop: Business) -> None:
    account, put = shop.shop.account, shop.shop.post_one
    put(
        opening_stock(
            [keyed(1, line(shop.pen, "100", unit_cost="2")), keyed(2, line(shop.paper, "40", unit_cost="20"))],
            tracking=[batch(1, "B1", "100")],
        )
    )
    put(opening_item("receivable", shop.school, "100.00"))
    put(opening_balance([entry(account("1001"), debit="500.00", money_account=shop.cash)]))
    bought = put(receipt(5, shop.maker, [line(shop.pen, "5", "27.12", unit="盒"), line(shop.carriage, "1", "10.90")]))
    put(
        purchase_return(6, shop.maker, [line(shop.pen, "1", "27.12", unit="盒", source_document=bought, source_line=1)])
    )
    sold = put(delivery(7, shop.school, [line(shop.pen, "200", "3.39"), line(shop.paper, "1", is_gift=True)]))
    put(sales_return(8, shop.school, [line(shop.pen, "5", "3.39", source_document=sold, source_line=1)]))
    ticket = put(retail(8, [line(shop.paper, "1", "28.25")], [tender(shop.wechat, "28.00")], write_off="0.25"))
    put(receipt(9, shop.farmer, [line(shop.rice, "10", "4.36")]))
    put(receipt(10, shop.maker, [line(shop.pen, "10", "33.90", unit="盒")]))
    put(count(11, [line(shop.paper, "30", is_abnormal=True), line(shop.rice, "11")]))
    put(adjustment(12, "own_use", [line(shop.pen, "2")]))
    put(
        customer_payment(
            13, shop.school, [paid(shop.bank, "500.00")], allocations=[settles(sold, "500.00", "receivable")]
        )
    )
    put(supplier_payment(13, shop.maker, [paid(shop.bank, "50.00"), paid(shop.bank, "1.00", "fee")]))
    put(expense(14, [expense_line(account("560206"), "106.00", "0.06"), tender(shop.cash, "106.00")]))
    put(
        voucher(
            15, [entry(account("560202"), debit="9.00", party=shop.market), entry(account("221101"), credit="9.00")]
        )
    )
    gone = put(adjustment(16, "scrap", [line(shop.paper, "1")]))
    shop.shop.reverse(gone, 17)
    shop.shop.amend(ticket, retail(8, [keyed(1, line(shop.paper, "2", "28.25"))], [tender(shop.cash, "56.50")]))
    shop.shop.void(put(delivery(18, shop.market, [line(shop.rice, "1", "5.45")])))


def _posted_rows(session: Session) -> Rows:
    """Every row of every table that is not a master's, and the log as far as the last document."""
    rows = {table: rows for table, rows in shown_rows(session).items() if table not in OF_MASTERS}
    last = "SELECT max(id) FROM change_record WHERE kind LIKE 'document.%'"
    return {**rows, LOG: session.rows(f"SELECT * FROM change_record WHERE id <= ({last}) ORDER BY id")}


def _cards(shop: Business, kind: MasterKind) -> list[Card]:
    return shop.shop.book.read(lambda session: Catalog(session).all(kind.code))


def _other(field: Field, card: Card, cards: dict[str, list[Card]]) -> Any:
    """A value of the field that the card does not have."""
    now = card.fields[field.name]
    if field.type is FieldType.YES_NO:
        return 0 if now else 1
    if field.type in ONE_MORE:
        return (now or 0) + 1
    if field.type is FieldType.REFERENCE:
        return next((each.id for each in cards[field.to] if each.id not in {now, card.id}), Id(""))
    if field.type is FieldType.JSON:
        return _other_list(field.name, cards)
    if field.choices:
        return next(choice for choice in field.choices if choice != now)
    return f"{now}改"


def _other_list(name: str, cards: dict[str, list[Card]]) -> Any:
    expense_account = next(card.id for card in cards["account"] if card.fields["name"])
    return {
        "units": [{"unit": "盒", "num": 99, "den": 1}, {"unit": "箱", "num": 77, "den": 1}],
        "barcodes": [{"barcode": "9521001000017", "unit": "盒"}],
        "prices": {"批发一级": 123},
        "accounts": dict.fromkeys(("stock", "revenue", "cost_of_sales", "gift", "return_variance"), expense_account),
        "aux": ["department"],
        "bins": ["Z99"],
    }[name]


@pytest.mark.parametrize("kind", KINDS, ids=[kind.code for kind in KINDS])
def test_every_field_of_a_card_changes_and_nothing_that_was_posted(shop: Business, kind: MasterKind) -> None:
    book = shop.shop.book
    before = book.read(_posted_rows)
    assert {"document", "item_line", "stock_move", "voucher_line", "open_item", "shortage_cover"} <= {
        table for table, rows in before.items() if rows
    }
    for field in kind.fields:
        cards = {each.code: _cards(shop, each) for each in KINDS}
        changes = [
            CardChange(kind.code, {field.name: _other(field, card, cards)}, card.id) for card in cards[kind.code]
        ]
        if field.name == "code":
            changes = [
                CardChange(kind.code, {"code": f"{card.fields['code']}-X"}, card.id) for card in cards[kind.code]
            ]
        elif field.name == "barcodes":
            changes = changes[:1]
        book.do(set_cards, changes=changes)
        changed = {card.id: card.fields[field.name] for card in _cards(shop, kind)}
        assert all(changed[change.id] == change.fields[field.name] for change in changes), field.name
        assert book.read(_posted_rows) == before, field.name
    again = rebuilt(book)
    kept = {table: again[table] for table in PROJECTIONS if table not in OF_MASTERS}
    assert {**kept, LOG: before[LOG]} == before
    checked = rebuild_check(book.path)
    assert checked.is_equal, checked.differing


def test_only_the_next_document_takes_what_was_changed(shop: Business) -> None:
    book = shop.shop.book
    account = shop.shop.account("141102")
    book.do(
        set_cards,
        changes=[
            CardChange("item", {"name": "新笔", "accounts": {"stock": account}, "tax_rate": 60_000}, shop.pen),
            CardChange("party", {"name": "城南学校"}, shop.school),
        ],
    )
    changes = book.do(post, drafts=[receipt(20, shop.maker, [line(shop.pen, "100", "2.12", rate="0.06")])])
    assert shop.voucher(changes.document_ids[0])[0].startswith("借 141102 ")
    sold = book.do(post, drafts=[delivery(20, shop.school, [line(shop.pen, "1", "3.39")])]).document_ids[0]
    text = (
        "SELECT DISTINCT d.party_name, l.item_name FROM document d JOIN item_line l ON l.document = d.id"
        " JOIN item i ON i.id = l.item AND i.name = '新笔' WHERE d.type = 'delivery_note' ORDER BY d.id"
    )
    assert shop.shop.rows(text) == [("城南中学", "中性笔"), ("城南学校", "新笔")]
    assert shop.number(sold) == "XS-20260120-0001"
