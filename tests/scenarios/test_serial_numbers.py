"""序列号: phones with a number each, from the crate to the customer and back; one life per number."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from jxc_desktop.kernel.errors import HasProblems
from jxc_desktop.services.documents import post
from jxc_desktop.services.intake import read_drafts
from tests.builders import (
    adjustment,
    count,
    delivery,
    line,
    purchase_return,
    receipt,
    retail,
    sales_return,
    serial,
    tender,
    transfer,
)
from tests.queries.ask import columns
from tests.scenarios.business import Business, keyed, open_business

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.kernel.ids import Id


class PhoneShop(Business):
    """Sells phones, which have serial numbers."""

    def __init__(self, business: Business) -> None:
        super().__init__(business.shop)
        self.phone = self.shop.item("S1", "手机", has_serial=1, base_unit="台")

    def sells(self, day: int, *numbers: str, **head: object) -> Document:
        """A delivery of these numbers."""
        lines = [keyed(1, line(self.phone, str(len(numbers)), "1999"))]
        return delivery(day, self.school, lines, tracking=[serial(1, each) for each in numbers], **head)

    def takes_in(self, day: int, *numbers: str) -> Document:
        """A receipt of these numbers."""
        lines = [keyed(1, line(self.phone, str(len(numbers)), "1500"))]
        return receipt(day, self.maker, lines, tracking=[serial(1, each) for each in numbers])

    def lives(self) -> list[tuple[str, ...]]:
        """Number, state and warehouse of every serial number."""
        return columns(self.shop, "serials", "serial state warehouse")

    def refuses(self, draft: Document) -> list[tuple[tuple[str | int, ...], str]]:
        """Where and why a document is not posted."""
        with pytest.raises(HasProblems) as refused:
            self.shop.post(draft)
        return [(problem.place, problem.text.id) for problem in refused.value.problems]


@pytest.fixture
def phones(tmp_path: Path) -> PhoneShop:
    """Three phones came on 3 January."""
    shop = PhoneShop(open_business(tmp_path))
    shop.shop.post(shop.takes_in(3, "A1", "A2", "A3"))
    return shop


# ---------------------------------------------------------------- a business day


def test_a_number_is_sold_comes_back_and_is_sold_again(phones: PhoneShop) -> None:
    shop = phones.shop
    sold = shop.post_one(phones.sells(5, "A2", "A3"))
    assert phones.lives() == [("A1", "in_stock", "总仓"), ("A2", "sold", ""), ("A3", "sold", "")]
    back = [keyed(1, line(phones.phone, "1", "1999", source_document=sold, source_line=1))]
    shop.post(sales_return(8, phones.school, back, tracking=[serial(1, "A3")]))
    assert phones.lives() == [("A1", "in_stock", "总仓"), ("A2", "sold", ""), ("A3", "returned", "总仓")]
    shop.post(
        retail(
            9, [keyed(1, line(phones.phone, "1", "1899"))], [tender(phones.cash, "1899")], tracking=[serial(1, "A3")]
        )
    )
    assert columns(shop, "serial-history", "date party quantity state", serial="A3") == [
        ("2026-01-03", "晨光文具厂", "1", "in_stock"),
        ("2026-01-05", "城南中学", "-1", "sold"),
        ("2026-01-08", "城南中学", "1", "returned"),
        ("2026-01-09", "散客", "-1", "sold"),
    ]
    assert columns(shop, "serials", "serial number", state="in_stock") == [("A1", "CR-20260103-0001")]
    phones.proves()


def test_a_whole_line_that_comes_back_brings_its_numbers(phones: PhoneShop) -> None:
    shop = phones.shop
    sold = shop.post_one(phones.sells(5, "A2", "A3"))
    whole = [line(phones.phone, "2", "1999", source_document=sold, source_line=1)]
    shop.post(sales_return(8, phones.school, whole))
    assert [state for _number, state, _warehouse in phones.lives()] == ["in_stock", "returned", "returned"]
    phones.proves()


def test_a_number_goes_back_to_the_supplier_or_to_another_warehouse(phones: PhoneShop) -> None:
    shop = phones.shop
    shop.post(transfer(4, [keyed(1, line(phones.phone, "1"))], phones.branch, tracking=[serial(1, "A2")]))
    shop.post(purchase_return(5, phones.maker, [keyed(1, line(phones.phone, "1", "1500"))], tracking=[serial(1, "A1")]))
    shop.post(adjustment(6, "own_use", [keyed(1, line(phones.phone, "1"))], tracking=[serial(1, "A3")]))
    assert phones.lives() == [("A1", "sent_back", ""), ("A2", "in_stock", "门店"), ("A3", "gone", "")]
    assert phones.refuses(phones.sells(7, "A2"))[0][1] == "tracking.serial_elsewhere"
    shop.post(phones.sells(7, "A2", warehouse=phones.branch))
    phones.proves()


def test_a_count_finds_the_numbers_or_says_which_are_gone(phones: PhoneShop) -> None:
    shop = phones.shop
    shop.post(count(5, [line(phones.phone, "3")]))
    assert phones.refuses(count(6, [keyed(1, line(phones.phone, "2"))]))[0][1] == "tracking.serial_missing"
    shop.post(count(6, [keyed(1, line(phones.phone, "2"))], tracking=[serial(1, "A1"), serial(1, "A3")]))
    assert phones.lives()[1] == ("A2", "gone", "")
    counted = shop.post_one(count(7, [line(phones.phone, "0")]))
    assert {state for _number, state, _warehouse in phones.lives()} == {"gone"}
    shop.reverse(counted, 8)
    assert [state for _number, state, _warehouse in phones.lives()] == ["in_stock", "gone", "in_stock"]
    phones.proves()


def test_amending_voiding_and_reversing(phones: PhoneShop) -> None:
    shop = phones.shop
    sold = shop.post_one(phones.sells(5, "A2"))
    shop.amend(sold, phones.sells(5, "A1", "A3"))
    assert [state for _number, state, _warehouse in phones.lives()] == ["sold", "in_stock", "sold"]
    reversal = shop.reverse(sold, 6)
    assert {state for _number, state, _warehouse in phones.lives()} == {"in_stock"}
    shop.void(reversal)
    shop.void(sold)
    assert {state for _number, state, _warehouse in phones.lives()} == {"in_stock"}
    phones.proves()


def test_documents_posted_together_see_each_other(phones: PhoneShop) -> None:
    shop = phones.shop
    shop.post(phones.takes_in(4, "B1"), phones.sells(5, "B1"), phones.takes_in(6, "B2"))
    assert phones.lives()[3:] == [("B1", "sold", ""), ("B2", "in_stock", "总仓")]
    phones.proves()


# ---------------------------------------------------------------- what is refused


def test_as_many_numbers_as_pieces(phones: PhoneShop) -> None:
    short = receipt(4, phones.maker, [keyed(1, line(phones.phone, "2", "1"))], tracking=[serial(1, "B1")])
    assert phones.refuses(short) == [(("documents", 0, "tracking", 1), "tracking.not_the_line")]
    none = receipt(4, phones.maker, [keyed(1, line(phones.phone, "2", "1"))])
    assert phones.refuses(none) == [(("documents", 0, "lines", 1, "serial"), "tracking.serial_missing")]
    sold = delivery(4, phones.school, [keyed(1, line(phones.phone, "1", "1"))])
    assert phones.refuses(sold) == [(("documents", 0, "lines", 1, "serial"), "tracking.serial_missing")]
    two = receipt(
        4, phones.maker, [keyed(1, line(phones.phone, "2", "1"))], tracking=[serial(1, "B1", quantity="2", key=7)]
    )
    assert phones.refuses(two) == [(("documents", 0, "tracking", 7, "base_quantity"), "tracking.serial_not_one")]
    nameless = receipt(4, phones.maker, [keyed(1, line(phones.phone, "1", "1"))], tracking=[serial(1, "", key=7)])
    assert phones.refuses(nameless) == [(("documents", 0, "tracking", 7, "serial"), "tracking.serial_missing")]


def test_a_number_stands_once_in_a_document(phones: PhoneShop) -> None:
    lines = [keyed(1, line(phones.phone, "1", "1")), keyed(2, line(phones.phone, "1", "1"))]
    draft = receipt(4, phones.maker, lines, tracking=[serial(1, "B1", key=7), serial(2, "B1", key=8)])
    assert phones.refuses(draft) == [(("documents", 0, "tracking", 8, "serial"), "tracking.serial_repeated")]


@pytest.mark.parametrize(
    ("number", "reason"), [("A1", "serial_gone"), ("X9", "serial_unknown"), ("A2", "serial_elsewhere")]
)
def test_what_is_not_here_is_not_sold(phones: PhoneShop, number: str, reason: str) -> None:
    phones.shop.post(
        phones.sells(4, "A1"),
        transfer(4, [keyed(1, line(phones.phone, "1"))], phones.branch, tracking=[serial(1, "A2")]),
    )
    draft = delivery(5, phones.school, [keyed(1, line(phones.phone, "1", "1"))], tracking=[serial(1, number, key=7)])
    assert phones.refuses(draft) == [(("documents", 0, "tracking", 7, "serial"), f"tracking.{reason}")]


def test_what_is_here_does_not_come_again(phones: PhoneShop) -> None:
    lines = [keyed(1, line(phones.phone, "2", "1"))]
    draft = receipt(4, phones.maker, lines, tracking=[serial(1, "B1", key=7), serial(1, "A2", key=8)])
    assert phones.refuses(draft) == [(("documents", 0, "tracking", 8, "serial"), "tracking.serial_twice")]
    phones.proves()


def test_a_document_does_not_take_the_ground_from_under_a_later_one(phones: PhoneShop) -> None:
    shop = phones.shop
    bought = shop.post_one(phones.takes_in(4, "B1"))
    sold = shop.post_one(phones.sells(6, "B1"))
    with pytest.raises(HasProblems) as refused:
        shop.void(bought)
    (problem,) = refused.value.problems
    assert problem.text.id == "tracking.serial_unknown"
    assert problem.text.params["number"] == phones.number(sold)
    assert phones.refuses(phones.sells(5, "B1"))[0][1] == "tracking.serial_gone"
    with pytest.raises(HasProblems):
        shop.amend(bought, phones.takes_in(7, "B1"))
    phones.proves()


# ---------------------------------------------------------------- many at once


def _entered(phones: PhoneShop, kind: str, quantity: str, numbers: str) -> list[Document]:
    plain = {
        "type": kind,
        "date": "2026-01-09",
        "party_code": "G1" if kind == "goods_receipt" else "K1",
        "lines": [{"line": 1, "item_code": "S1", "quantity": quantity, "price": "10"}],
        "tracking": [{"item_line": 1, "serials": numbers}],
    }
    return phones.shop.book.read(read_drafts, content=plain)


def test_ten_thousand_numbers_are_entered_as_a_range_in_seconds(phones: PhoneShop) -> None:
    begin = time.perf_counter()
    phones.shop.book.do(post, drafts=_entered(phones, "goods_receipt", "10000", "N00001~N10000"))
    received = time.perf_counter()
    phones.shop.book.do(post, drafts=_entered(phones, "delivery_note", "9000", "N00001~N09000"))
    sold = time.perf_counter()
    assert received - begin < 15
    assert sold - received < 15
    assert phones.shop.rows("SELECT count(*) FROM tracked_on_hand") == [(1_003,)]
    assert columns(phones.shop, "serial-history", "state", serial="N09000") == [("in_stock",), ("sold",)]


def test_lists_and_ranges_that_are_none(phones: PhoneShop) -> None:
    with pytest.raises(HasProblems) as refused:
        _entered(phones, "goods_receipt", "2", "B1~C2")
    (problem,) = refused.value.problems
    assert (problem.place, problem.text.id) == (("documents", 0, "tracking", 1, "serials"), "serial.no_range")
    (draft,) = _entered(phones, "goods_receipt", "3", "B1, B3~B4")
    assert [row.serial for row in draft.tracking] == ["B1", "B3", "B4"]


def test_numbers_of_an_item_that_is_not_kept_by_them_are_kept_all_the_same(phones: PhoneShop) -> None:
    shop = phones.shop
    bought = [keyed(1, line(phones.pen, "2", "2"))]
    shop.post(receipt(8, phones.maker, bought, tracking=[serial(1, "P1"), serial(1, "P2")]))
    sold = [keyed(1, line(phones.pen, "1", "5"))]
    shop.post(delivery(9, phones.school, sold, tracking=[serial(1, "P2")]))
    assert columns(shop, "serials", "serial state", item="P1") == [("P1", "in_stock"), ("P2", "sold")]
    assert len(_sold_without_number(phones)) == 0
    phones.proves()


def _sold_without_number(phones: PhoneShop) -> list[Id]:
    sold = phones.shop.post_one(delivery(9, phones.school, [line(phones.pen, "1", "5")]))
    text = "SELECT t.line FROM item_line_tracking t JOIN document d ON d.id = t.document WHERE d.uuid = ?"
    return [row[0] for row in phones.shop.rows(text, bytes.fromhex(sold))]
