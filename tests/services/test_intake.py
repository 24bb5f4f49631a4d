"""What `show` prints is what `post` takes: both directions, and everything that may be left out or be wrong."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from jxc_desktop.db.changelog import Log
from jxc_desktop.db.codec import decode_document
from jxc_desktop.doctypes import fields
from jxc_desktop.doctypes.registry import all_types
from jxc_desktop.kernel.errors import HasProblems, UserError
from jxc_desktop.kernel.quantity import Quantity, Rate
from jxc_desktop.queries.document import document_content
from jxc_desktop.services.intake import read_drafts
from jxc_desktop.services.intake_values import read_value
from tests import builders
from tests.builders import Shop, batch, entry, line, paid, settles, tender

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jxc_desktop.db.engine import Session
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.kernel.ids import Id

BOX = [{"unit": "盒", "num": 12, "den": 1}]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """A shop with a pen in boxes of twelve, a customer, a supplier, a receipt and a delivery."""
    made = builders.open_shop(tmp_path)
    made.item("P1", "笔", units=BOX, barcodes=[{"barcode": "6901234567892", "unit": "盒"}], retail_price=3_000_000)
    made.supplier("S1", "厂")
    made.customer("C1", "甲", price_level="A")
    made.post(builders.receipt(5, _card(made, "party", "S1"), [line(_pen(made), "10", "30", unit="盒")]))
    with made.book:
        yield made


def _card(shop: Shop, kind: str, code: str) -> Id:
    card = shop.find(kind, code)
    assert card is not None
    return card.id


def _pen(shop: Shop) -> Id:
    return _card(shop, "item", "P1")


def _content(shop: Shop, document: Id) -> Document:
    def read(session: Session) -> Document:
        row = session.value("SELECT record FROM document WHERE uuid = ?", (bytes.fromhex(document),))
        return decode_document(Log(session).body(row))

    return shop.book.read(read)


def _read(shop: Shop, *content: dict[str, Any]) -> list[Document]:
    return shop.book.read(read_drafts, content=list(content))


def _problems(shop: Shop, *content: object) -> dict[tuple[str | int, ...], str]:
    with pytest.raises(HasProblems) as refused:
        shop.book.read(read_drafts, content=list(content))
    return {problem.place: problem.text.id for problem in refused.value.problems}


def _delivery(lines: list[dict[str, Any]], **head: Any) -> dict[str, Any]:
    return {"head": {"type": "delivery_note", "date": "2026-01-06", "party": "C1", **head}, "lines": lines}


def _drafts(shop: Shop) -> dict[str, Document]:
    """One document of every type, with everything its lines can hold."""
    pen, customer, supplier = _pen(shop), _card(shop, "party", "C1"), _card(shop, "party", "S1")
    cash, account, kit = shop.cash, shop.account, shop.item("K1", "礼盒")
    (sold,) = shop.post(builders.delivery(6, customer, [line(pen, "4", "5")]))
    (bought,) = shop.post(builders.receipt(6, supplier, [line(pen, "14", "5")]))
    arrived = shop.post_one(builders.receipt(5, supplier, [line(pen, "10", "4")], invoice_kind="to_come"))
    drafts = [
        builders.opening_stock(
            [line(pen, "3", unit_cost="1")], tracking=[batch(1, "B1", "3", expiry_date="2027-01-01")]
        ),
        builders.opening_item("receivable", customer, "100", due_date=20),
        builders.opening_balance([entry(account("1001"), debit="5", summary="现金")]),
        builders.receipt(
            7,
            supplier,
            [line(pen, "2", "2.5", unit="盒", rejected_quantity=Quantity.parse("1"))],
            invoice_kind="ordinary",
            header_discount="1",
            external_number="A-1",
            source="供应商",
        ),
        builders.delivery(
            7,
            customer,
            [line(pen, "4", "5", discount="0.9"), line(pen, "1", is_gift=True), line(pen, "2", amount="7.77")],
            money=[tender(cash, "10")],
            write_off="0.03",
            due_date=30,
            note="送货上门",
            price_mode="excluded",
        ),
        builders.retail(7, [line(pen, "4", "5"), line(pen, "-1", "5")], [tender(cash, "15")]),
        builders.count(8, [line(pen, "50", unit_cost="2.5", is_abnormal=True)]),
        builders.adjustment(8, "scrap", [line(pen, "1", bin="A1")]),
        builders.expense(9, [builders.expense_line(account("560206"), "50", "0.01"), tender(cash, "50")]),
        builders.transfer(9, [line(pen, "2")], shop.warehouse("W9", "分店")),
        builders.assembly(9, line(kit, "1"), [line(pen, "3")], money=[tender(cash, "2")]),
        builders.disassembly(10, line(kit, "1"), [line(pen, "1", share=Rate.parse("1"))]),
        builders.cost_change(9, [line(pen, "0", amount="1.50")]),
        builders.fees(9, supplier, "6", [builders.carries(bought)], rate="0.09", tenders=[tender(cash, "2")]),
        builders.voucher(9, [entry(account("1001"), debit="5", party=customer), entry(account("3001"), credit="5")]),
        builders.sales_return(9, customer, [line(pen, "1", "5", source_document=sold, source_line=1)]),
        builders.invoice(9, supplier, [line(pen, "1", "5", source_document=arrived, source_line=1)]),
        builders.purchase_return(9, supplier, [line(pen, "1", "5", source_document=bought, source_line=1)]),
        builders.customer_payment(
            10, customer, [paid(cash, "5"), paid(cash, "1", "fee")], allocations=[settles(sold, "5", "receivable")]
        ),
        builders.supplier_payment(10, supplier, [paid(cash, "5")], allocations=[settles(bought, "5", "payable")]),
    ]
    return {draft.type: draft for draft in drafts}


@pytest.mark.parametrize("code", [each.code for each in all_types()])
def test_a_document_that_is_shown_and_posted_again_is_the_same(shop: Shop, code: str) -> None:
    first = shop.post_one(_drafts(shop)[code])
    shown = json.loads(json.dumps(shop.book.read(document_content, document_id=first)))
    second = shop.post_one(*_read(shop, shown))
    before, after = _content(shop, first), _content(shop, second)
    assert second != first
    assert after.number != before.number
    same = replace(after, id=before.id, number=before.number, voucher_number=before.voucher_number)
    assert same == before


def test_what_is_shown_amends_the_document_it_was_shown_of(shop: Shop) -> None:
    document = shop.post_one(_drafts(shop)["delivery_note"])
    shown = shop.book.read(document_content, document_id=document)
    shown["lines"][0]["quantity"] = "3"
    (content,) = _read(shop, shown)
    shop.amend(document, content)
    again = shop.book.read(document_content, document_id=document)
    assert [row["line"] for row in again["lines"]] == [row["line"] for row in shown["lines"]]
    assert again["lines"][0]["base_quantity"] == "3"
    assert again["head"]["number"] == shown["head"]["number"]


def test_a_draft_needs_little(shop: Shop) -> None:
    (draft,) = _read(shop, _delivery([{"item": "笔", "quantity": "2", "price": "4"}]))
    document = shop.post_one(draft)
    shown = shop.book.read(document_content, document_id=document)
    assert shown["head"]["gross"] == "8.00"
    assert shown["lines"][0]["warehouse_name"] == "总仓"


def test_the_head_may_stand_beside_the_lines(shop: Shop) -> None:
    plain = _delivery([{"item": "P1", "quantity": 2, "price": 4.5}])
    flat = {**plain["head"], "lines": plain["lines"]}
    assert _read(shop, flat) == _read(shop, plain)


def test_a_barcode_stands_for_item_and_unit(shop: Shop) -> None:
    (draft,) = _read(shop, _delivery([{"item": "6901234567892", "quantity": "2", "price": "40"}]))
    assert (draft.lines[0].item, draft.lines[0].unit) == (_pen(shop), "盒")
    (named,) = _read(shop, _delivery([{"item": "6901234567892", "unit": "个", "quantity": "2", "price": "40"}]))
    assert named.lines[0].unit == "个"


def test_an_id_of_another_book_falls_back_to_the_code_beside_it(shop: Shop) -> None:
    foreign = {"item": "0" * 32, "item_code": "P1", "quantity": "2", "price": "4"}
    (draft,) = _read(shop, _delivery([foreign], party="f" * 32, party_name="甲"))
    assert draft.lines[0].item == _pen(shop)
    assert draft.party == _card(shop, "party", "C1")


def test_the_kinds_of_money_and_settlement_are_implied(shop: Shop) -> None:
    (number,) = shop.rows("SELECT number FROM document WHERE type = 'goods_receipt'")[0]
    plain = {
        "type": "supplier_payment",
        "date": "2026-01-09",
        "party": "S1",
        "tenders": [{"money_account": "现金", "amount": "5"}],
        "allocations": [{"target_document": number, "amount": "5"}],
    }
    (draft,) = _read(shop, plain)
    assert (draft.money[0].kind, draft.allocations[0].target_kind) == ("payment", "payable")
    spent = {"type": "expense", "date": "2026-01-09"}
    lines = [{"account": "560206", "amount": "50"}, {"money_account": "现金", "amount": "50"}]
    (paid_at_once,) = _read(shop, {**spent, "tenders": lines})
    assert [each.kind for each in paid_at_once.money] == ["expense", "tender"]


def test_a_line_without_a_price_takes_the_last_one_then_the_level_then_retail(shop: Shop) -> None:
    bare = _delivery([{"item": "P1", "quantity": "1"}])
    (draft,) = _read(shop, bare)
    assert (str(draft.lines[0].price), draft.lines[0].price_source) == ("3", "retail_price")
    shop.card("item", "P1", prices={"A": 2_500_000})
    (draft,) = _read(shop, bare)
    assert (str(draft.lines[0].price), draft.lines[0].price_source) == ("2.5", "price_level")
    sold = builders.delivery(6, _card(shop, "party", "C1"), [line(_pen(shop), "1", "30", unit="盒", discount="0.8")])
    (voided, reversed_one) = shop.post(sold, sold)
    (draft,) = _read(shop, bare)
    chosen = draft.lines[0]
    assert (str(chosen.price), str(chosen.discount), chosen.price_source) == ("2.5", "0.8", "last_price")
    shop.void(voided)
    shop.reverse(reversed_one)
    (draft,) = _read(shop, bare)
    assert draft.lines[0].price_source == "price_level"


def test_the_last_price_is_put_into_the_mode_of_the_document(shop: Shop) -> None:
    shop.post(builders.delivery(6, _card(shop, "party", "C1"), [line(_pen(shop), "2", amount="20.20")]))
    (draft,) = _read(shop, _delivery([{"item": "P1", "quantity": "1"}], price_mode="excluded"))
    assert str(draft.lines[0].price) == "10"


def test_a_walk_in_customer_has_no_last_price(shop: Shop) -> None:
    shop.post(builders.retail(6, [line(_pen(shop), "1", "9")], [tender(shop.cash, "9")]))
    plain = {"type": "retail_sale", "date": "2026-01-07", "lines": [{"item": "P1", "quantity": "1"}]}
    (draft,) = _read(shop, plain)
    assert draft.lines[0].price_source == "retail_price"


def test_a_receipt_without_a_price_takes_what_was_paid_last(shop: Shop) -> None:
    plain = {"type": "goods_receipt", "date": "2026-01-07", "party": "厂", "lines": [{"item": "P1", "quantity": "1"}]}
    (draft,) = _read(shop, plain)
    assert (str(draft.lines[0].price), draft.lines[0].price_source) == ("2.5", "last_price")
    unknown = {**plain, "party": "C1"}
    assert _problems(shop, unknown) == {("documents", 0, "lines", 1, "price"): "intake.no_price"}


def test_a_return_takes_the_line_the_price_and_the_gift_of_its_source(shop: Shop) -> None:
    customer = _card(shop, "party", "C1")
    cup = shop.item("P2", "杯")
    lines = [line(_pen(shop), "4", "5", discount="0.9"), line(cup, "3", amount="10")]
    (sold,) = shop.post(builders.delivery(6, customer, lines))
    number = shop.book.read(document_content, document_id=sold)["head"]["number"]
    back = [
        {"item": "P1", "quantity": "2", "source_document": number},
        {"item": "P2", "quantity": "3", "source_document": number},
    ]
    (draft,) = _read(shop, {**_delivery(back, date="2026-01-07", type="sales_return")})
    first, second = draft.lines
    assert (first.source_line, str(first.price), str(first.discount)) == (1, "5", "0.9")
    assert (second.source_line, str(second.typed_amount), second.price_source) == (2, "10.00", "source_line")
    twice = builders.delivery(6, customer, [line(cup, "1", "2"), line(cup, "1", "3")])
    (two,) = shop.post(twice)
    unclear = [{"item": "P2", "quantity": "1", "source_document": two}]
    found = _problems(shop, _delivery(unclear, type="sales_return"))
    assert found[("documents", 0, "lines", 1, "source_line")] == "intake.source_line_unclear"


def test_every_problem_is_told_at_once_with_its_place(shop: Shop) -> None:
    plain = _delivery(
        [
            {"item": "没有", "quantity": "1", "price": "1"},
            {"item": "P1", "quantity": "一", "price": "1.1234567", "is_gift": "maybe", "colour": "red"},
            {"item": "P1", "price": "1", "line": 2},
            {"item": "P1", "quantity": [], "price": "1", "line": 2},
            {"item": "P1", "quantity": "1", "price": "1", "line": "x"},
        ],
        date="昨天",
        price_mode="netto",
        party="",
        notes="?",
    )
    plain["entries"] = [{"account": "1001", "debit": "1"}]
    plain["tenders"] = {"amount": "1"}
    plain["more"] = 1
    found = {place[2:]: text for place, text in _problems(shop, plain).items()}
    assert found == {
        ("more",): "intake.unknown_field",
        ("entries",): "intake.no_such_part",
        ("tenders",): "intake.not_a_list",
        ("date",): "intake.not_a_date",
        ("price_mode",): "intake.not_a_choice",
        ("notes",): "intake.unknown_field",
        ("lines", 2, "line"): "intake.line_twice",
        ("lines", 3, "item"): "master.not_found",
        ("lines", 4, "quantity"): "intake.not_a_number",
        ("lines", 4, "price"): "intake.not_a_number",
        ("lines", 4, "is_gift"): "intake.not_yes_no",
        ("lines", 4, "colour"): "intake.unknown_field",
        ("lines", 2, "quantity"): "intake.not_a_value",
        ("lines", 5, "line"): "intake.not_whole",
    }


def test_what_is_no_document_is_told(shop: Shop) -> None:
    assert _problems(shop) == {(): "intake.nothing"}
    assert _problems(shop, 5, {"head": []}, {"type": "杂单"}) == {
        ("documents", 0): "intake.not_a_document",
        ("documents", 1): "intake.not_a_document",
        ("documents", 2, "type"): "intake.unknown_type",
    }
    missing = _problems(shop, {"type": "opening_item"})
    assert missing == {("documents", 0, "date"): "intake.missing", ("documents", 0, "reason"): "intake.missing"}


def test_numbers_that_cannot_be_meant_are_told(shop: Shop) -> None:
    slips = [
        {"item": "P1", "quantity": "9999999999999", "price": "1"},
        {"item": "P1", "quantity": "1", "price": "1", "tax_rate": "13"},
        {"item": "P1", "quantity": "1", "price": "1", "discount": "8.5"},
        {"item": "P1", "quantity": "1", "price": "1", "discount": "1", "tax_rate": "0.13"},
    ]
    assert list(_problems(shop, _delivery(slips)).values()) == [
        "intake.too_large",
        "intake.not_a_tax_rate",
        "intake.not_a_discount",
    ]


def test_a_shown_invoice_is_taken_again_what_it_clears_is_found_out_anew(shop: Shop) -> None:
    maker = _card(shop, "party", "S1")
    arrived = shop.post_one(builders.receipt(6, maker, [line(_pen(shop), "10", "2")], invoice_kind="to_come"))
    taken = line(_pen(shop), "4", "2.1", source_document=arrived, source_line=1)
    billed = shop.post_one(builders.invoice(8, maker, [taken]))
    shown = shop.book.read(document_content, document_id=billed)
    assert [each["amount"] for each in shown["allocations"]] == ["8.00"]
    shown["head"].pop("id")
    shown["allocations"][0]["amount"] = "5.00"
    (draft,) = shop.book.read(read_drafts, content=shown)
    again = shop.post_one(draft)
    assert [str(each.amount) for each in _content(shop, again).allocations] == ["8.00"]


@pytest.mark.parametrize(
    ("given", "micro"), [("13%", 130_000), ("13％", 130_000), ("0.13", 130_000), ("0.5 %", 5_000), (0.06, 60_000)]
)
def test_a_rate_may_be_written_in_hundredths(given: object, micro: int) -> None:
    assert read_value(fields.TAX_RATE, given) == Rate(micro)


@pytest.mark.parametrize(
    ("given", "said"),
    [("0.00001%", "intake.not_a_number"), ("%", "intake.not_a_number"), ("130%", "intake.not_a_tax_rate")],
)
def test_a_rate_that_cannot_be_kept_is_refused(given: str, said: str) -> None:
    with pytest.raises(UserError) as refused:
        read_value(fields.TAX_RATE, given)
    assert refused.value.text.id == said
