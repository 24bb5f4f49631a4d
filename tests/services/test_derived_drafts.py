"""Copies, and what follows from a document: what is left of its lines, what it left open, its receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from jxc_desktop.doctypes.registry import all_types
from jxc_desktop.domain.documents.line import NO_ID
from jxc_desktop.kernel.errors import HasProblems, NotFound, StaleContent, UserError
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.value import changed
from jxc_desktop.queries.document_record import document_steps, posted_content
from jxc_desktop.services.derived_drafts import copied_draft, followers, following_draft
from jxc_desktop.services.documents import amend, reverse
from jxc_desktop.services.drafts import keep_amendment, kept_drafts
from tests.builders import delivery, document, line, open_shop, paid, receipt, retail, sales_return, settles, tender

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.kernel.ids import Id
    from tests.builders import Shop


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    shop = open_shop(tmp_path)
    shop.item("P1", "笔", units=[{"unit": "盒", "num": 10, "den": 1}], tax_rate=130_000)
    shop.customer("C1", "老王")
    shop.supplier("S1", "文具厂")
    return shop


def _id(shop: Shop, kind: str, code: str) -> Id:
    card = shop.find(kind, code)
    assert card is not None
    return card.id


def _sold(shop: Shop, quantity: str = "20", **head: Any) -> Id:
    shop.post(receipt(3, _id(shop, "party", "S1"), [line(_id(shop, "item", "P1"), "100", "1")]))
    return shop.post_one(
        delivery(5, _id(shop, "party", "C1"), [line(_id(shop, "item", "P1"), quantity, "2.5", rate="0.09")], **head)
    )


def _followed(shop: Shop, source: Id, kind: str) -> Document:
    return shop.book.read(following_draft, document_id=source, type=kind, now_ms=shop.clock.now_ms())


def _copied(shop: Shop, source: Id) -> Document:
    return shop.book.read(copied_draft, document_id=source, now_ms=shop.clock.now_ms())


def _quantities(draft: Document) -> list[tuple[str, str]]:
    return [(each.unit, str(each.quantity)) for each in draft.lines]


def test_what_may_follow_says_the_declaration(shop: Shop) -> None:
    sold = _sold(shop)
    assert set(shop.book.read(followers, document_id=sold)) == {"sales_return", "retail_sale", "customer_payment"}
    (bought,) = [row[0] for row in shop.rows("SELECT uuid FROM document WHERE type = 'goods_receipt'")]
    assert {"purchase_return", "landed_cost", "supplier_payment"} <= set(
        shop.book.read(followers, document_id=bought.hex())
    )


def test_a_return_takes_what_is_left_at_the_price_and_tax_of_the_sale(shop: Shop) -> None:
    sold = _sold(shop)
    first = _followed(shop, sold, "sales_return")
    assert _quantities(first) == [("个", "20")]
    (made,) = first.lines
    assert (str(made.price), str(made.tax_rate), made.source_document) == ("2.5", "0.09", sold)
    shop.post(changed(first, lines=(changed(made, quantity=changed(made).quantity.parse("12")),)))
    assert _quantities(_followed(shop, sold, "sales_return")) == [("个", "8")]
    shop.post(_followed(shop, sold, "sales_return"))
    assert "sales_return" not in shop.book.read(followers, document_id=sold)
    with pytest.raises(UserError) as refused:
        _followed(shop, sold, "sales_return")
    assert refused.value.text.id == "document.nothing_follows"


def test_a_return_that_was_taken_back_leaves_its_quantity_free_again(shop: Shop) -> None:
    sold = _sold(shop)
    returned = shop.post_one(_followed(shop, sold, "sales_return"))
    shop.reverse(returned)
    assert _quantities(_followed(shop, sold, "sales_return")) == [("个", "20")]


def test_what_is_left_of_boxes_is_in_boxes_as_long_as_it_comes_out_even(shop: Shop) -> None:
    shop.post(receipt(3, _id(shop, "party", "S1"), [line(_id(shop, "item", "P1"), "100", "1")]))
    sold = shop.post_one(delivery(5, _id(shop, "party", "C1"), [line(_id(shop, "item", "P1"), "3", "20", unit="盒")]))
    assert _quantities(_followed(shop, sold, "sales_return")) == [("盒", "3")]
    shop.post(
        sales_return(
            6,
            _id(shop, "party", "C1"),
            [line(_id(shop, "item", "P1"), "3", "2", source_document=sold, source_line=1)],
        )
    )
    draft = _followed(shop, sold, "sales_return")
    assert _quantities(draft) == [("个", "27")]
    assert str(draft.lines[0].price) == "2"


def test_a_ticket_that_takes_back_has_negative_lines_and_their_amount(shop: Shop) -> None:
    shop.post(receipt(3, _id(shop, "party", "S1"), [line(_id(shop, "item", "P1"), "100", "1")]))
    sold = shop.post_one(retail(5, [line(_id(shop, "item", "P1"), "3", amount="10.00")], [tender(shop.cash, "10.00")]))
    draft = _followed(shop, sold, "retail_sale")
    assert _quantities(draft) == [("个", "-3")]
    assert draft.lines[0].typed_amount == Money.parse("-10.00")
    taken_back = shop.post_one(changed(draft, money=(tender(shop.cash, "-10.00"),)))
    assert shop.book.read(posted_content, document_id=taken_back).document.gross == Money.parse("-10.00")


def test_a_payment_settles_what_is_open(shop: Shop) -> None:
    sold = _sold(shop)
    shop.post(
        document(
            "customer_payment",
            6,
            party=_id(shop, "party", "C1"),
            money=[paid(shop.cash, "15")],
            allocations=[settles(sold, "15", "receivable")],
        )
    )
    draft = _followed(shop, sold, "customer_payment")
    assert [(each.target_document, str(each.amount)) for each in draft.allocations] == [(sold, "35.00")]
    assert draft.party_name == "老王"


def test_a_fee_is_spread_over_the_whole_receipt(shop: Shop) -> None:
    bought = shop.post_one(receipt(3, _id(shop, "party", "S1"), [line(_id(shop, "item", "P1"), "10", "1")]))
    draft = _followed(shop, bought, "landed_cost")
    assert [(each.target_document, each.target_line, each.target_kind) for each in draft.allocations] == [
        (bought, 0, "cost")
    ]


def test_nothing_follows_from_what_is_voided_or_taken_back(shop: Shop) -> None:
    sold = _sold(shop)
    reversal = shop.reverse(sold)
    assert shop.book.read(followers, document_id=sold) == []
    assert shop.book.read(followers, document_id=reversal) == []
    with pytest.raises(UserError):
        _followed(shop, sold, "sales_return")
    other = shop.post_one(delivery(7, _id(shop, "party", "C1"), [line(_id(shop, "item", "P1"), "1", "2")]))
    shop.void(other)
    assert shop.book.read(followers, document_id=other) == []


def test_every_type_that_follows_can_be_posted_or_says_what_it_lacks(shop: Shop) -> None:
    """Whatever is pushed down is a draft of its type: it opens for editing, and its problems have places."""
    sold = _sold(shop)
    for kind in shop.book.read(followers, document_id=sold):
        declared = next(each for each in all_types() if each.code == kind)
        assert declared.draft(_followed(shop, sold, kind)).document().type == kind


def test_a_copy_has_the_lines_but_not_the_payment_the_number_or_the_link(shop: Shop) -> None:
    sold = _sold(shop, money=[tender(shop.cash, "10")], note="急", external_number="W-7")
    draft = _copied(shop, sold)
    assert (draft.id, draft.number, draft.external_number, draft.note) == (NO_ID, "", "", "急")
    assert draft.date.isoformat() == "2026-01-31"
    assert (draft.money, draft.allocations) == ((), ())
    again = shop.post_one(draft)
    made = shop.book.read(posted_content, document_id=again).document
    assert (made.number, str(made.gross)) == ("XS-20260131-0001", "50.00")
    returned = shop.post_one(_followed(shop, sold, "sales_return"))
    assert all(not each.source_document for each in _copied(shop, returned).lines)


def test_a_copied_expense_is_paid_as_the_last_time(shop: Shop) -> None:
    rent = changed(paid(shop.cash, "300", "expense"), money_account=NO_ID, account=shop.account("560201"))
    spent = shop.post_one(document("expense", 5, money=[rent, tender(shop.cash, "300")]))
    again = shop.post_one(_copied(shop, spent))
    assert str(shop.book.read(posted_content, document_id=again).document.gross) == "300.00"


def test_a_voided_document_can_be_copied_and_a_reversal_cannot(shop: Shop) -> None:
    sold = _sold(shop)
    reversal = shop.reverse(sold)
    with pytest.raises(UserError) as refused:
        _copied(shop, reversal)
    assert refused.value.text.id == "document.reversal_not_copied"
    shop.void(reversal)
    shop.void(sold)
    assert _quantities(_copied(shop, sold)) == [("个", "20")]


def test_steps_say_what_was_done_and_why(shop: Shop) -> None:
    sold = _sold(shop)
    posted = shop.book.read(posted_content, document_id=sold)
    shop.book.do(amend, document_id=sold, content=changed(posted.document, note="改"), reason="写错了")
    shop.void(sold, "客户不要了")
    steps = shop.book.read(document_steps, document_id=sold)
    assert [(each.verb, each.reason) for each in steps] == [("post", ""), ("amend", "写错了"), ("void", "客户不要了")]
    assert all(each.at_ms == shop.clock.now_ms() for each in steps)
    assert shop.book.read(document_steps, document_id=shop.cash) == []


def test_the_reason_of_a_reversal_is_its_note(shop: Shop) -> None:
    sold = _sold(shop, note="急")
    made = shop.book.do(reverse, document_id=sold, reason="开错客户").document_ids[0]
    assert shop.book.read(posted_content, document_id=made).document.note == "开错客户"
    other = _sold(shop, note="急")
    made = shop.book.do(reverse, document_id=other).document_ids[0]
    assert shop.book.read(posted_content, document_id=made).document.note == "急"


def test_an_amendment_is_kept_with_what_it_replaces_and_gone_when_made(shop: Shop) -> None:
    sold = _sold(shop)
    posted = shop.book.read(posted_content, document_id=sold)
    content = changed(posted.document, note="改")
    shop.book.do(keep_amendment, content=content, base_hash=posted.base_hash)
    (kept,) = shop.book.read(kept_drafts)
    assert (kept.id, kept.base_hash, kept.document.note) == (sold, posted.base_hash, "改")
    shop.book.do(amend, document_id=sold, content=kept.document, base_hash=kept.base_hash)
    assert not shop.book.read(kept_drafts)
    with pytest.raises(StaleContent):
        shop.book.do(amend, document_id=sold, content=kept.document, base_hash=kept.base_hash)
    with pytest.raises(NotFound):
        shop.book.do(keep_amendment, content=changed(content, id=shop.cash), base_hash=posted.base_hash)
    with pytest.raises(NotFound):
        shop.book.read(posted_content, document_id=shop.cash)


def test_more_than_is_left_is_still_refused(shop: Shop) -> None:
    sold = _sold(shop)
    first, second = (_followed(shop, sold, "sales_return") for _each in range(2))
    shop.post(first)
    with pytest.raises(HasProblems):
        shop.post(second)


def test_an_invoice_follows_goods_that_wait_for_it_and_leaves_their_return(shop: Shop) -> None:
    lines = [line(_id(shop, "item", "P1"), "10", "2")]
    arrived = shop.post_one(receipt(3, _id(shop, "party", "S1"), lines, invoice_kind="to_come"))
    first = _followed(shop, arrived, "purchase_invoice")
    assert _quantities(first) == [("个", "10")]
    assert (first.invoice_kind, str(first.lines[0].price)) == ("", "2")
    part = changed(first, lines=(changed(first.lines[0], quantity=first.lines[0].quantity.parse("4")),))
    shop.post(part)
    assert _quantities(_followed(shop, arrived, "purchase_invoice")) == [("个", "6")]
    back = _followed(shop, arrived, "purchase_return")
    assert (_quantities(back), back.invoice_kind) == ([("个", "10")], "to_come")
    shop.post(changed(back, lines=(changed(back.lines[0], quantity=first.lines[0].quantity.parse("6")),)))
    assert "purchase_invoice" not in shop.book.read(followers, document_id=arrived)
    with_invoice = shop.post_one(receipt(3, _id(shop, "party", "S1"), lines))
    assert "purchase_invoice" not in shop.book.read(followers, document_id=with_invoice)
