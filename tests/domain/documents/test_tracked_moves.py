"""What a document moves of each batch, serial and bin, by the movements of its lines."""

from __future__ import annotations

from datetime import date
from typing import Any

from jxc_desktop.domain.documents.document import Document
from jxc_desktop.domain.documents.effects import Leg, Movement, ValuePosting
from jxc_desktop.domain.documents.line import NO_ID, ItemLine, Tracking
from jxc_desktop.domain.documents.tracked_moves import TrackedBasis, tracked_moves
from jxc_desktop.domain.inventory.movement import Basis
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.quantity import Quantity

PEN, SHOP, BRANCH, EARLIER = Id("pen"), Id("shop"), Id("branch"), Id("earlier")
IN, OUT = Leg.IN, Leg.OUT


def _pieces(count: int) -> Quantity:
    return Quantity(count * 1_000_000)


def _document(*rows: Tracking, quantity: int = 5, to_bin: str = "", **head: Any) -> Document:
    entered = ItemLine(1, PEN, base_quantity=_pieces(quantity), bin="A1", to_bin=to_bin)
    return Document(NO_ID, "any", date(2026, 1, 5), lines=(entered, ItemLine(2, PEN)), tracking=rows, **head)


def _moved(quantity: int, basis: Basis = Basis.GIVEN, **more: Any) -> Movement:
    leg, posting = (OUT if quantity < 0 else IN), ValuePosting.RECEIVE
    given = {"warehouse": SHOP, "posting": posting, "leg": leg, **more}
    return Movement(1, item=PEN, pool="book", quantity=_pieces(quantity), basis=basis, stock_account=NO_ID, **given)


def _row(batch: str, quantity: int, place: str = "", serial: str = "") -> Tracking:
    return Tracking(7, 1, batch, serial, "2026-01-01", "2026-06-01", _pieces(quantity), place)


def _shown(document: Document, *movements: Movement) -> list[tuple[str, str, int, str]]:
    return [
        (part.batch or part.serial, part.bin, part.quantity.micro // 1_000_000, part.expiry_date)
        for part in tracked_moves(document, movements)
    ]


def test_what_comes_into_the_shop_tells_of_its_batch() -> None:
    document = _document(_row("X", 3, "A1"), _row("", 2, serial="S1"))
    assert _shown(document, _moved(5)) == [("X", "A1", 3, "2026-06-01"), ("S1", "", 2, "2026-06-01")]


def test_what_leaves_or_comes_back_tells_nothing() -> None:
    assert _shown(_document(_row("X", 5)), _moved(-5)) == [("X", "", -5, "")]
    back = _moved(5, Basis.OF_ISSUE, source_document=EARLIER)
    assert _shown(_document(_row("X", 5)), back) == [("X", "", 5, "")]


def test_what_has_neither_batch_nor_bin_moves_nothing_here() -> None:
    assert _shown(_document(_row("", 5)), _moved(5)) == []
    assert _shown(_document(_row("X", 5)), Movement(2, IN, PEN, SHOP, "book", *_of_line_2())) == []


def _of_line_2() -> tuple[Any, ...]:
    return _pieces(1), Basis.GIVEN, ValuePosting.RECEIVE, NO_ID


def test_a_row_keeps_the_direction_of_its_line() -> None:
    ticket = _document(_row("X", -5), quantity=-5)
    assert _shown(ticket, _moved(5)) == [("X", "", 5, "2026-06-01")]
    assert _shown(ticket, _moved(-5)) == [("X", "", -5, "")]


def test_a_count_is_what_lies_there_and_its_reversal_points_at_it() -> None:
    document = _document(_row("", 5), _row("X", 0))
    counted = tracked_moves(document, [_moved(5, Basis.COUNT)])
    assert [(part.basis, part.quantity.micro) for part in counted] == [
        (TrackedBasis.COUNTED, 5_000_000),
        (TrackedBasis.COUNTED, 0),
    ]
    back = _moved(-5, Basis.OF_COUNT, source_document=EARLIER, source_line=1)
    (taken,) = tracked_moves(_document(_row("", -5), quantity=-5, reverses=EARLIER), [back])
    assert (taken.basis, taken.row, taken.source_document, taken.source_line) == (
        TrackedBasis.COUNT_TAKEN_BACK,
        1,
        EARLIER,
        1,
    )


def test_a_transfer_takes_goods_from_one_bin_to_another_and_its_reversal_brings_them_back() -> None:
    document = _document(_row("X", 5, "A1"), to_bin="B2", to_warehouse=BRANCH)
    none: dict[str, Any] = {"posting": ValuePosting.NONE}
    legs = [_moved(-5, Basis.WITHIN, **none), _moved(5, Basis.WITHIN, **{**none, "warehouse": BRANCH})]
    assert _shown(document, *legs) == [("X", "A1", -5, ""), ("X", "B2", 5, "")]
    row = _row("X", -5, "A1")
    back = _document(row, quantity=-5, to_bin="B2", to_warehouse=BRANCH, reverses=EARLIER)
    assert _shown(back, *legs) == [("X", "B2", -5, ""), ("X", "A1", 5, "")]


def test_a_change_of_value_moves_nothing() -> None:
    assert _shown(_document(_row("X", 5)), _moved(0, Basis.REVALUE)) == []
