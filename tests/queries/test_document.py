"""One document: found by what people call it, shown with everything it holds and did."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from jxc_desktop.kernel.errors import Ambiguous, NotFound
from jxc_desktop.kernel.ids import Id
from jxc_desktop.queries.document import document_content, find_document
from jxc_desktop.services.intake import read_drafts
from tests.builders import (
    Shop,
    batch,
    customer_payment,
    delivery,
    line,
    open_shop,
    opening_stock,
    paid,
    receipt,
    sales_return,
    settles,
    tender,
)
from tests.queries.ask import show

FROZEN = Path(__file__).resolve().parent.parent / "data" / "delivery_note.json"
HEX = re.compile(r"\b(?:[0-9a-f]{32}|[0-9a-f]{64})\b")


def stocked(shop: Shop) -> tuple[Id, Id]:
    """The items of the delivery note in tests/data: pens in boxes of twelve, and tape with a batch."""
    pen = shop.item("BP-001", "晨光按动中性笔", spec="0.5mm 黑", units=[{"unit": "盒", "num": 12, "den": 1}])
    tape = shop.item("JD-010", "透明胶带", spec="48mm×50m", base_unit="卷", has_batch=1)
    stock = [line(pen, "240", unit_cost="1.35"), line(tape, "100", unit_cost="3.2")]
    shop.post(opening_stock(stock, tracking=[batch(2, "20251101", "100")]))
    return pen, tape


def delivered(shop: Shop) -> Id:
    """The delivery note in tests/data."""
    pen, tape = stocked(shop)
    customer = shop.customer("KH-001", "绿洲文具店", tax_id="92330106MA2GXXXX0A", payment_days=30)
    lines = [
        line(pen, "3", "24", unit="盒"),
        line(tape, "10", "5.5", discount="0.95", note="易碎", bin="A-01"),
        line(pen, "2", is_gift=True),
    ]
    head: dict[str, Any] = {"external_number": "PO-7788", "note": "送货上门", "write_off": "0.25"}
    draft = delivery(
        6, customer, lines, money=[tender(shop.cash, "100")], tracking=[batch(2, "20251101", "10")], **head
    )
    return shop.post_one(draft)


def without_ids(content: dict[str, Any]) -> str:
    """The content with ids and hashes replaced by the order in which they appear."""
    seen: dict[str, str] = {}
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return HEX.sub(lambda found: seen.setdefault(found[0], f"<{len(seen)}>"), text)


def test_the_published_delivery_note_is_what_show_prints(shop: Shop) -> None:
    published = json.loads(FROZEN.read_text(encoding="utf-8"))
    assert without_ids(show(shop, delivered(shop))) == without_ids(published)


def test_the_published_delivery_note_can_be_posted_in_another_book(tmp_path: Path) -> None:
    published = json.loads(FROZEN.read_text(encoding="utf-8"))
    with (shop := open_shop(tmp_path, first_id=1_000_000)).book:
        stocked(shop)
        shop.customer("KH-001", "绿洲文具店", tax_id="92330106MA2GXXXX0A", payment_days=30)
        (draft,) = shop.book.read(read_drafts, content=published)
        assert without_ids(show(shop, shop.post_one(draft))) == without_ids(published)


def test_a_document_is_found_by_number_external_number_and_id(shop: Shop) -> None:
    made = delivered(shop)
    for reference in ("XS-20260106-0001", " PO-7788 ", made, str(UUID(made)).upper()):
        assert shop.book.read(find_document, reference=reference).id == made
    with pytest.raises(NotFound):
        shop.book.read(find_document, reference="XS-1")
    with pytest.raises(NotFound):
        shop.book.read(find_document, reference="0" * 32)
    with pytest.raises(NotFound):
        shop.book.read(document_content, document_id=Id("0" * 32))


def test_several_of_one_name_are_named_unless_all_but_one_are_voided(shop: Shop) -> None:
    pen, party = shop.item("P1"), shop.customer("C1")
    sale = delivery(6, party, [line(pen, "1", "2")], external_number="7")
    first, second = shop.post(sale, sale)
    with pytest.raises(Ambiguous) as refused:
        shop.book.read(find_document, reference="7")
    candidates = [each.params["number"] for each in refused.value.text.params["candidates"]]  # type: ignore[attr-defined]
    assert candidates == [f"XS-20260106-0001 ({first})", f"XS-20260106-0002 ({second})"]
    shop.void(first)
    assert shop.book.read(find_document, reference="7").id == second
    assert shop.book.read(find_document, reference="XS-20260106-0001").status == "voided"


def test_a_voided_document_keeps_its_content_and_has_no_effects(shop: Shop) -> None:
    made = delivered(shop)
    before = show(shop, made)
    shop.void(made)
    after = show(shop, made)
    assert after["head"]["status"] == "voided"
    assert after["lines"] == before["lines"]
    assert after["effects"]["moves"] == after["effects"]["open_items"] == after["effects"]["voucher"]["lines"] == []
    assert after["totals"]["open"] == "0.00"


def test_links_name_both_ends_and_the_chain_everything_between(shop: Shop) -> None:
    pen, party = shop.item("P1"), shop.customer("C1")
    (sold,) = shop.post(delivery(6, party, [line(pen, "4", "5")]))
    returned, payment, other = shop.post(
        sales_return(8, party, [line(pen, "1", "5", source_document=sold, source_line=1)]),
        customer_payment(7, party, [paid(shop.cash, "9")], allocations=[settles(sold, "9", "receivable")]),
        receipt(9, shop.supplier("S1"), [line(pen, "1", "1")]),
    )
    reversal = shop.reverse(other, 10)
    links = show(shop, sold)["links"]
    assert [each["id"] for each in links["made_into"]] == [returned]
    assert [each["id"] for each in links["settled_by"]] == [payment]
    assert show(shop, returned)["links"]["made_from"] == [
        {"id": sold, "type": "delivery_note", "number": "XS-20260106-0001", "status": "posted"}
    ]
    assert [each["id"] for each in show(shop, payment)["links"]["settles"]] == [sold]
    assert [each["id"] for each in show(shop, other)["links"]["reversed_by"]] == [reversal]
    assert [each["id"] for each in show(shop, reversal)["links"]["reverses"]] == [other]
    assert show(shop, reversal)["head"]["reverses"] == other
    assert [each["id"] for each in show(shop, returned, chain=True)["chain"]] == [sold, payment]
    assert show(shop, returned)["lines"][0]["source_number"] == "XS-20260106-0001"


def test_an_amendment_shows_the_newest_content_and_its_count(shop: Shop) -> None:
    pen, party = shop.item("P1"), shop.customer("C1")
    (sold,) = shop.post(delivery(6, party, [line(pen, "4", "5")]))
    first = show(shop, sold)["head"]
    shop.amend(sold, delivery(7, party, [line(pen, "3", "5")]))
    head = show(shop, sold)["head"]
    assert (head["revision"], head["date"], head["amount"]) == (1, "2026-01-07", "15.00")
    assert head["base_hash"] != first["base_hash"]
    assert head["number"] == first["number"]
