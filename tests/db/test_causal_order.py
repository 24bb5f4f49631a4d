"""The same set of records gives the same book, whatever causal order and batches it arrives in."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

from jxc_desktop.db.digest import digest, table_digests
from jxc_desktop.services.periods import changed_periods
from jxc_desktop.services.rebuild import rebuild_check
from tests.db.devices import causal_shuffle, fresh, in_batches, records_of
from tests.db.merged_book import MergedBook

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.db.changelog import Record

SHUFFLES = 20
CHOICES: dict[str, dict[str, Any]] = {
    "book": {},
    "warehouse": {"cost_pool": "warehouse"},
    "fifo": {"costing": "fifo", "cost_pool": "warehouse"},
    "to_fifo": {"turns_to": ("moving_average", "fifo")},
    "from_fifo": {"costing": "fifo", "turns_to": ("fifo", "moving_average")},
}
SIZES = (1, 7, 1_000, 0)


@pytest.fixture(scope="module", params=list(CHOICES))
def merged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> MergedBook:
    return MergedBook(tmp_path_factory.mktemp("merged"), **CHOICES[request.param])


@pytest.fixture(scope="module")
def records(merged: MergedBook) -> list[Record]:
    return records_of(merged.shop.book)


def test_devices_that_know_the_same_show_the_same(merged: MergedBook) -> None:
    found = {device.book.read(digest) for device in (merged.shop, merged.branch, merged.office)}
    assert len(found) == 1


def test_a_merge_has_something_to_settle(merged: MergedBook) -> None:
    kinds = {row[0] for row in merged.shop.rows("SELECT kind FROM exception")}
    assert kinds == {"concurrent_amendment", "late_correction", "master_conflict", "second_post", "second_void"}
    assert merged.shop.rows("SELECT count(*) FROM document WHERE is_late = 1") > [(0,)]


@pytest.mark.parametrize("seed", range(SHUFFLES))
def test_any_causal_order_in_any_batches_gives_one_digest(
    merged: MergedBook, records: list[Record], tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    ordered = causal_shuffle(records, chance)
    batches = list(in_batches(ordered, SIZES[seed % len(SIZES)], chance))
    assert fresh(tmp_path / "fresh.jxc", batches, table_digests) == merged.shop.book.read(table_digests)


def test_the_log_of_every_device_rebuilds_the_same_book(merged: MergedBook) -> None:
    for device in (merged.shop, merged.branch, merged.office):
        result = rebuild_check(device.book.path)
        assert result.differing == ()
        assert result.is_equal
        assert result.live == merged.shop.book.read(digest)


def test_a_closed_month_never_changes_whatever_arrives_late(merged: MergedBook) -> None:
    for device in (merged.shop, merged.branch, merged.office):
        assert device.rows("SELECT id FROM period WHERE state = 'closed'") == [(202601,)]
        assert device.book.read(changed_periods) == []
