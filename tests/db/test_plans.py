"""What reads the log of a large book finds its rows by an index, never by a walk through all records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jxc_desktop.db import rebuild
from jxc_desktop.db.projections import masters, standing, tracked
from jxc_desktop.queries import serial_lives as lives
from jxc_desktop.queries import serial_stock
from jxc_desktop.services import serial_lives, tracked_guards
from tests.builders import open_shop

if TYPE_CHECKING:
    from tests.builders import Shop


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    return open_shop(tmp_path_factory.mktemp("plans"))


def _plan(shop: Shop, text: str, count: int) -> list[str]:
    return [row[3] for row in shop.rows(f"EXPLAIN QUERY PLAN {text}", *([b""] * count))]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (masters._OTHERS, 2),
        (f"SELECT id FROM change_record {masters._OF_CARD}", 1),
        (f"SELECT id FROM change_record {standing._CORRECTIONS}", 1),
    ],
)
def test_the_records_of_a_card_or_document_are_found_by_their_subject(shop: Shop, text: str, count: int) -> None:
    plan = _plan(shop, text, count)
    assert "SEARCH change_record USING INDEX change_record_subject (subject=?)" in plan


def test_a_noted_record_is_found_by_its_id(shop: Shop) -> None:
    (plan,) = _plan(shop, "SELECT * FROM change_record WHERE uuid = ?", 1)
    assert plan.startswith("SEARCH")
    assert plan.endswith("(uuid=?)")


def test_a_rebuild_looks_for_amendments_by_their_subject(shop: Shop) -> None:
    plan = _plan(shop, rebuild._POSTS, 0)
    assert "SEARCH a USING INDEX change_record_subject (subject=?)" in plan
    assert [row for row in plan if row.startswith("SCAN")] == ["SCAN r"]


def test_corrections_are_listed_from_the_index_of_subjects(shop: Shop) -> None:
    (plan,) = _plan(shop, rebuild._CORRECTED, 0)
    assert "change_record_subject" in plan


def test_the_barcodes_of_an_item_are_found_by_the_item(shop: Shop) -> None:
    (plan,) = _plan(shop, "DELETE FROM item_barcode WHERE item = ?", 1)
    assert "INDEX item_barcode_item (item=?)" in plan


@pytest.mark.parametrize(
    ("text", "count", "index"),
    [
        (tracked._LAST_ANCHOR, 2, "tracked_move_count (item=? AND warehouse=?)"),
        (tracked._FIRST, 2, "tracked_move_batch (item=? AND batch=?)"),
        (tracked._TOLD, 2, "tracked_move_batch (item=? AND batch=?)"),
        (tracked_guards._HELD, 5, "PRIMARY KEY (item=? AND warehouse=? AND batch=? AND serial=? AND bin=?)"),
        (serial_lives._STEPS.format(serials="?"), 2, "tracked_move_serial (serial=? AND item=?)"),
        (serial_stock.PLACES.format(serials="?"), 2, "tracked_on_hand_serial (serial=? AND item=?)"),
        (lives.LIFE, 2, "tracked_move_serial (serial=?)"),
        (tracked_guards._LATER, 9, "PRIMARY KEY (item=? AND warehouse=? AND (effective_period,effective_date"),
    ],
)
def test_batches_are_found_by_their_item(shop: Shop, text: str, count: int, index: str) -> None:
    first, *sorts = _plan(shop, text, count)
    assert first.startswith("SEARCH")
    assert index in first
    assert not [step for step in sorts if step.startswith("SCAN")]
