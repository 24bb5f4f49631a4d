"""Returns find what was sold: latest first, within the days, each sold piece at most once."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from jxc_desktop.exchange.matching import DAY_SECONDS, EarlierLine, Piece, Shelf, Sold, counts, split_amount
from jxc_desktop.exchange.rules import ReturnOf
from jxc_desktop.kernel.ids import Id

KEY = (1, 1)
LATEST = ReturnOf(match=("party", "item"))
EARLIEST = ReturnOf(match=("party", "item"), order="earliest_first")


def _day(line: int, quantity: int, day: int, key: tuple[int, ...] = KEY) -> Sold:
    return Sold(line, key, quantity, day * DAY_SECONDS)


def test_the_latest_sale_first_and_a_partial_match_splits_the_line() -> None:
    shelf = Shelf(LATEST)
    shelf.put(_day(0, 5, 1))
    shelf.put(_day(1, 3, 2))
    shelf.put(_day(2, 9, 2, key=(2, 1)))
    assert shelf.take(_day(3, 4, 3)) == [Piece(3, 1), Piece(1, 0)]
    assert shelf.take(_day(4, 6, 4)) == [Piece(4, 0), Piece(2, None)]
    assert shelf.take(_day(5, 1, 5)) == [Piece(1, None)]


def test_the_earliest_sale_first_where_the_map_says_so() -> None:
    shelf = Shelf(EARLIEST)
    shelf.put(_day(0, 5, 1))
    shelf.put(_day(1, 3, 2))
    assert shelf.take(_day(2, 6, 3)) == [Piece(5, 0), Piece(1, 1)]


def test_what_is_too_long_ago_is_not_matched() -> None:
    for rule in (
        ReturnOf(match=("item",), within_days=10),
        ReturnOf(match=("item",), within_days=10, order="earliest_first"),
    ):
        shelf = Shelf(rule)
        shelf.put(_day(0, 5, 1))
        shelf.put(_day(1, 2, 5))
        assert shelf.take(_day(2, 3, 15)) == [Piece(2, 1), Piece(1, None)]


def test_lines_already_in_the_book_are_found_too() -> None:
    known = EarlierLine(Id("0" * 32), 2, 0, 4)
    shelf = Shelf(LATEST, earlier=lambda _key: [known])
    shelf.put(_day(0, 1, 1))
    assert shelf.take(_day(1, 6, 3)) == [Piece(1, 0), Piece(4, known), Piece(1, None)]


def test_two_rules_share_what_is_left() -> None:
    left: dict[int | EarlierLine, int] = {}
    first, second = Shelf(LATEST, left=left), Shelf(EARLIEST, left=left)
    for shelf in (first, second):
        shelf.put(_day(0, 5, 1))
    assert first.take(_day(1, 4, 2)) == [Piece(4, 0)]
    assert second.take(_day(2, 4, 2)) == [Piece(1, 0), Piece(3, None)]


EVENTS = st.lists(
    st.tuples(st.booleans(), st.integers(1, 3), st.integers(1, 9), st.integers(0, 3)), min_size=1, max_size=40
)


@given(EVENTS, st.sampled_from(["latest_first", "earliest_first"]), st.integers(0, 8))
def test_no_piece_is_given_back_twice(events: list[tuple[bool, int, int, int]], order: str, within_days: int) -> None:
    shelf = Shelf(ReturnOf(match=("item",), order=order, within_days=within_days))
    sold: dict[int, Sold] = {}
    back: Counter[int] = Counter()
    day = 0
    for line, (is_sale, key, quantity, days) in enumerate(events):
        day += days
        event = _day(line, quantity, day, key=(key,))
        if is_sale:
            shelf.put(event)
            sold[line] = event
            continue
        pieces = shelf.take(event)
        assert sum(piece.quantity for piece in pieces) == quantity
        assert all(piece.quantity > 0 for piece in pieces)
        for piece in pieces:
            if isinstance(piece.source, int):
                source = sold[piece.source]
                assert source.key == event.key
                assert source.moment <= event.moment
                assert not within_days or event.moment - source.moment <= within_days * DAY_SECONDS
                back[piece.source] += piece.quantity
        has_rest = pieces[-1].source is None
        open_lines = [
            line
            for line, source in sold.items()
            if source.key == event.key
            and source.quantity > back[line]
            and (not within_days or event.moment - source.moment <= within_days * DAY_SECONDS)
        ]
        assert not (has_rest and open_lines), "something was left to give back"
    assert all(quantity <= sold[line].quantity for line, quantity in back.items())


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(1, 10**9), min_size=1, max_size=6))
def test_the_amounts_of_the_pieces_add_up(amount: int, quantities: list[int]) -> None:
    parts = split_amount(amount, [Piece(quantity, None) for quantity in quantities])
    assert sum(parts) == amount
    assert len(parts) == len(quantities)


def test_linked_and_unlinked_pieces_are_counted() -> None:
    assert counts({0: [Piece(1, 5), Piece(2, None)], 1: [Piece(1, EarlierLine(Id(""), 1, 0, 1))]}) == (2, 1)
