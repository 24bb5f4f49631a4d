"""Which backups stay: the newest, one of each day, one of each month."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from jxc_desktop.services.backup import verify
from jxc_desktop.services.backup_keeping import keep_backup, superseded
from tests.builders import open_shop

if TYPE_CHECKING:
    from pathlib import Path


def _name(when: datetime) -> str:
    return f"小店-{when:%Y%m%d-%H%M%S}.jxc.zst"


def test_a_year_of_hourly_backups_leaves_a_few() -> None:
    start = datetime(2025, 1, 1, 9, tzinfo=UTC)
    kept: list[str] = []
    for day in range(365):
        for hour in range(10):
            kept.append(_name(start + timedelta(days=day, hours=hour)))
            gone = superseded(kept)
            kept = [each for each in kept if each not in gone]
    assert _name(start + timedelta(days=364, hours=9)) in kept
    assert _name(datetime(2025, 1, 31, 18, tzinfo=UTC)) in kept
    assert len([each for each in kept if "-202512" in each]) == 12 + 28
    assert len(kept) == 12 + 28 + 11


def test_few_backups_all_stay() -> None:
    assert not superseded([_name(datetime(2025, 1, 1, 9, minute, tzinfo=UTC)) for minute in range(12)])


def test_the_oldest_of_many_on_one_day_goes() -> None:
    names = [_name(datetime(2025, 1, 1, 9, minute, tzinfo=UTC)) for minute in range(14)]
    assert superseded(names) == names[:2]


def test_it_is_proved_and_strangers_stay(tmp_path: Path) -> None:
    shop = open_shop(tmp_path)
    folder = tmp_path / "备份 1"
    folder.mkdir()
    (folder / "小店-2025.jxc.zst").write_bytes(b"mine")
    for minute in range(14):
        (folder / _name(datetime(2020, 1, 1, 9, minute, tzinfo=UTC))).write_bytes(b"old")
    made = keep_backup(shop.book, folder)
    assert verify(made).size > 0
    names = {each.name for each in folder.iterdir()}
    assert "小店-2025.jxc.zst" in names
    assert made.name in names
    assert len(names) == 1 + 12
    shop.book.close()
