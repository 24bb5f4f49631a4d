"""Amending, voiding, reversing and backdating in the model, and what must hold whatever is done."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reference.book import BookModel, Refused
from tests.reference.business import KINDS, Business
from tests.reference.records import Document, Line

if TYPE_CHECKING:
    from random import Random

PIECE = 1_000_000
YUAN = 1_000_000


def _day(day: int) -> date:
    return date(2026, 1, day)


def _receipt(name: str, pieces: int, yuan: int, day: int = 5) -> Document:
    return Document(name, "goods_receipt", _day(day), (Line(1, "tea", pieces * PIECE, price=yuan * YUAN),), "supplier")


def _sale(name: str, pieces: int, day: int = 6, **more: Any) -> Document:
    line = Line(1, "tea", pieces * PIECE, price=20 * YUAN, **more)
    return Document(name, "delivery_note", _day(day), (line,), "customer")


def _book(*documents: Document) -> BookModel:
    book = BookModel()
    for document in documents:
        book.post(document)
    return book


def _values(book: BookModel) -> dict[str, tuple[int, int]]:
    return {key[0]: (move.quantity // PIECE, move.value) for key, move in book.stock().moves.items()}


def test_an_amended_document_keeps_its_place_unless_its_date_changes() -> None:
    book = _book(_receipt("first", 1, 10), _sale("sale", 1, day=5), _receipt("second", 1, 30))
    book.amend(_receipt("first", 2, 10))
    assert list(_values(book)) == ["first", "sale", "second"]
    book.amend(_receipt("first", 2, 10, day=6))
    assert list(_values(book)) == ["sale", "second", "first"]


def test_an_opening_document_stands_before_the_first_day() -> None:
    book = _book(_receipt("receipt", 1, 10, day=1))
    book.post(Document("opening", "opening_stock", _day(9), (Line(1, "tea", PIECE, value=700),)))
    assert list(_values(book)) == ["opening", "receipt"]


def test_inside_a_document_all_that_goes_out_stands_before_all_that_comes_in() -> None:
    lines = (Line(1, "tea", -PIECE, reference_cost=YUAN), Line(2, "tea", PIECE, reference_cost=YUAN))
    book = _book(Document("ticket", "retail_sale", _day(5), lines))
    assert list(book.stock().moves) == [("ticket", 2), ("ticket", 1)]


def test_a_voided_document_has_no_effects() -> None:
    book = _book(_receipt("first", 1, 10), _receipt("second", 1, 30), _sale("sale", 1))
    book.void("second")
    assert _values(book) == {"first": (1, 1000), "sale": (-1, -1000)}


def test_a_document_that_another_takes_back_stands_firm() -> None:
    book = _book(_receipt("receipt", 3, 10), _sale("sale", 2))
    back = Line(1, "tea", PIECE, source=("sale", 1))
    book.post(Document("back", "sales_return", _day(7), (back,)))
    with pytest.raises(Refused, match="back"):
        book.void("sale")
    with pytest.raises(Refused, match="back"):
        book.reverse("sale", "red", _day(9))
    with pytest.raises(Refused, match="sale"):
        book.post(Document("early", "sales_return", _day(5), (back,)))


def test_a_reversed_delivery_comes_back_at_the_cost_it_left_with() -> None:
    book = _book(_sale("sale", 2, reference_cost=5 * YUAN), _receipt("receipt", 4, 7, day=7))
    book.reverse("sale", "red", _day(8))
    assert _values(book) == {"sale": (-2, -1000), "receipt": (4, 2800), "red": (2, 1400)}
    assert book.ledger().voucher("red") == {
        "5001": (0, -4000),
        "1122": (-4000, 0),
        "5401": (-1400, 0),
        "140501": (0, -1400),
    }


def test_a_reversed_receipt_leaves_at_its_cost_as_far_as_that_is_there() -> None:
    book = _book(_receipt("dear", 2, 30), _receipt("cheap", 2, 10), _sale("sale", 1))
    book.reverse("dear", "red", _day(8))
    assert _values(book)["red"] == (-2, -6000)
    book.post(_sale("more", 1, day=6))
    assert _values(book)["red"] == (-2, -4000)
    assert book.ledger().voucher("red") == {"220201": (0, -6000), "140501": (-4000, 0), "5401": (-2000, 0)}


def test_a_reversed_count_moves_its_difference_back_and_anchors_nothing() -> None:
    book = _book(_receipt("receipt", 5, 10))
    book.post(Document("count", "stock_count", _day(6), (Line(1, "tea", 3 * PIECE),)))
    book.reverse("count", "red", _day(8))
    assert _values(book)["red"] == (2, 2000)
    book.post(_receipt("late", 1, 10, day=5))
    assert _values(book) == {"receipt": (5, 5000), "late": (1, 1000), "count": (-3, -3000), "red": (3, 3000)}


def test_a_count_with_a_cost_replaces_the_share_of_its_warehouse_only() -> None:
    lines = (
        Line(1, "tea", 2 * PIECE, price=10 * YUAN, warehouse="a"),
        Line(2, "tea", 2 * PIECE, price=20 * YUAN, warehouse="b"),
    )
    book = _book(Document("receipt", "goods_receipt", _day(5), lines))
    book.post(
        Document("count", "stock_count", _day(6), (Line(1, "tea", 3 * PIECE, warehouse="a", unit_cost=4 * YUAN),))
    )
    assert book.stock().pools["tea", "book"].value == 3000 + 1200
    apart = BookModel(is_pool_per_warehouse=True)
    apart.documents = book.documents
    assert {name: pool.value for (_, name), pool in apart.stock().pools.items()} == {"a": 1200, "b": 4000}


ACTS = st.lists(st.sampled_from((*KINDS, "amend", "void", "reverse")), max_size=15)


@given(
    acts=ACTS,
    chance=st.randoms(use_true_random=False),
    taxpayer=st.sampled_from(("small", "general")),
    is_pool_per_warehouse=st.booleans(),
)
def test_the_books_hold_whatever_is_done(
    acts: list[str], chance: Random, taxpayer: str, *, is_pool_per_warehouse: bool
) -> None:
    book = BookModel(taxpayer, is_pool_per_warehouse=is_pool_per_warehouse)
    business = Business(book, chance)
    for act in acts:
        if act in KINDS:
            document = business.document(act)
            if document is not None:
                book.post(document)
        elif book.posted():
            _correct(business, act, book.posted()[chance.randrange(len(book.posted()))])
        assert_sound(book)


def _correct(business: Business, act: str, target: Document) -> None:
    with suppress(Refused):
        if act == "amend":
            business.model.amend(business.changed(target))
        elif act == "void":
            business.model.void(target.id)
        else:
            business.model.reverse(target.id, business.new_id(), max(business.day(), target.date))


def assert_sound(book: BookModel) -> None:
    stock, ledger = book.stock(), book.ledger()
    for pool in stock.pools.values():
        assert pool.quantity or pool.value == 0
        assert pool.value >= 0 if pool.quantity >= 0 else pool.value <= 0
        assert sum(shortage.quantity for shortage in pool.shortages) == max(-pool.quantity, 0)
        assert pool.quantity >= 0 or sum(shortage.value for shortage in pool.shortages) == -pool.value
    balance = {account: debit - credit for account, (debit, credit) in ledger.trial_balance().items()}
    assert sum(balance.values()) == 0
    for document in book.posted():
        assert sum(debit - credit for debit, credit in ledger.voucher(document.id).values()) == 0
    assert sum(pool.value for pool in stock.pools.values()) == balance.get("140501", 0)
    assert ledger.stock_by_account().get("140501", 0) == balance.get("140501", 0)
    parties = ledger.party_balances()
    assert sum(amount for (_, kind), amount in parties.items() if kind == "receivable") == balance.get("1122", 0)
    assert sum(amount for (_, kind), amount in parties.items() if kind == "payable") == -balance.get("220201", 0)
