"""Months are closed in order and frozen; what arrives late takes effect in the first open one."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest

from jxc_desktop.db.digest import period_digest
from jxc_desktop.kernel.errors import PeriodClosed, UserError
from jxc_desktop.services.periods import changed_periods, close_period, reopen_period
from jxc_desktop.services.rebuild import rebuild_check
from tests.builders import delivery, line, open_shop, receipt
from tests.db.devices import device, merge, records_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from jxc_desktop.kernel.ids import Id
    from tests.builders import Shop

MARCH = 1_772_500_000_000
"""2026-03-03 in Shanghai."""


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    shop = open_shop(tmp_path)
    shop.item("P1", "笔")
    shop.supplier("S1")
    shop.customer("C1")
    shop.post(receipt(5, _id(shop, "party", "S1"), [line(_id(shop, "item", "P1"), "10", "2")]))
    shop.clock.put(MARCH)
    return shop


def _id(shop: Shop, kind: str, code: str) -> Id:
    card = shop.find(kind, code)
    assert card is not None
    return card.id


def _sale(shop: Shop, day: int | date, quantity: str = "1") -> Id:
    draft = delivery(day, _id(shop, "party", "C1"), [line(_id(shop, "item", "P1"), quantity, "5")])
    return shop.post_one(draft)


def _refusal(shop: Shop, period: int) -> str:
    with pytest.raises(UserError) as refused:
        shop.book.do(close_period, period=period)
    return refused.value.text.id


def test_a_closed_month_keeps_its_cut_and_digest(shop: Shop) -> None:
    before = shop.book.read(period_digest, period=202601)
    heads = dict(shop.rows("SELECT id, last_seq FROM stream"))
    changes = shop.book.do(close_period, period=202601)
    assert changes.topics == {"periods"}
    ((period, state, cut, stored),) = shop.rows("SELECT id, state, cut, digest FROM period")
    assert (period, state, stored.hex()) == (202601, "closed", before)
    assert {int(name, 16): seq for name, seq in json.loads(cut).items()} == heads
    assert shop.book.read(changed_periods) == []


def test_months_are_closed_one_after_the_other(shop: Shop) -> None:
    assert _refusal(shop, 202602) == "period.not_next"
    assert _refusal(shop, 202512) == "period.before_start"
    assert _refusal(shop, 202613) == "period.not_a_month"
    assert _refusal(shop, 20261) == "period.not_a_month"
    for period in (202601, 202602, 202603):
        shop.book.do(close_period, period=period)
    assert _refusal(shop, 202603) == "period.closed_already"
    assert _refusal(shop, 202604) == "period.not_begun"
    assert shop.rows("SELECT id FROM period WHERE state = 'closed' ORDER BY id") == [(202601,), (202602,), (202603,)]


def test_nothing_is_entered_or_corrected_in_a_closed_month(shop: Shop) -> None:
    sold = _sale(shop, 6)
    shop.book.do(close_period, period=202601)
    with pytest.raises(PeriodClosed) as refused:
        _sale(shop, 7)
    assert refused.value.text.params["first"] == "2026-02-01"
    empty = delivery(6, _id(shop, "party", "C1"), [])
    corrections: list[Callable[[], None]] = [lambda: shop.void(sold), lambda: shop.amend(sold, empty)]
    for correct in corrections:
        with pytest.raises(PeriodClosed):
            correct()
    back = shop.reverse(sold)
    assert shop.rows("SELECT date, is_late FROM document WHERE uuid = ?", bytes.fromhex(back)) == [(20260201, 0)]
    assert shop.book.read(changed_periods) == []


def test_only_the_last_closed_month_is_opened_again_and_with_a_reason(shop: Shop) -> None:
    with pytest.raises(UserError) as refused:
        shop.book.do(reopen_period, period=202601, reason="错")
    assert refused.value.text.id == "period.is_open"
    shop.book.do(close_period, period=202601)
    shop.book.do(close_period, period=202602)
    with pytest.raises(UserError) as refused:
        shop.book.do(reopen_period, period=202601, reason="错")
    assert refused.value.text.id == "period.not_last"
    with pytest.raises(UserError) as refused:
        shop.book.do(reopen_period, period=202602, reason=" ")
    assert refused.value.text.id == "period.needs_reason"
    shop.book.do(reopen_period, period=202602, reason="漏记运费")
    shop.book.do(reopen_period, period=202601, reason="漏记运费")
    assert shop.rows("SELECT id FROM period WHERE state = 'closed'") == []
    _sale(shop, 8)
    shop.book.do(close_period, period=202601)
    assert shop.book.read(changed_periods) == []
    assert rebuild_check(shop.book.path).is_equal


def _stands(shop: Shop, document: Id) -> tuple[int, int, int, int]:
    """(paper date, effective period, effective date, late)."""
    ((*found,),) = shop.rows(
        "SELECT date, effective_period, effective_date, is_late FROM document WHERE uuid = ?", bytes.fromhex(document)
    )
    return found[0], found[1], found[2], found[3]


def test_what_arrives_late_takes_effect_on_day_0_of_the_first_open_month(shop: Shop, tmp_path: Path) -> None:
    branch = device(tmp_path, 2, records_of(shop.book))
    late = _sale(branch, 20, "3")
    on_the_first = _sale(shop, date(2026, 2, 1), "2")
    shop.book.do(close_period, period=202601)
    frozen = shop.book.read(period_digest, period=202601)
    merge(shop, records_of(branch.book))
    assert _stands(shop, late) == (20260120, 202602, 20260200, 1)
    assert shop.book.read(period_digest, period=202601) == frozen
    assert shop.book.read(changed_periods) == []
    assert shop.rows(
        "SELECT d.uuid, v.effective_period FROM stock_move m JOIN document d ON d.id = m.document"
        " JOIN voucher v ON v.document = d.id WHERE m.quantity < 0"
        " ORDER BY m.effective_period, m.effective_date, m.hlc"
    ) == [(bytes.fromhex(late), 202602), (bytes.fromhex(on_the_first), 202602)]
    assert rebuild_check(shop.book.path).differing == ()


def test_a_late_fact_goes_back_when_its_month_is_opened_and_stays_when_it_is_closed_with_it(
    shop: Shop, tmp_path: Path
) -> None:
    branch = device(tmp_path, 2, records_of(shop.book))
    late = _sale(branch, 20, "3")
    shop.book.do(close_period, period=202601)
    merge(shop, records_of(branch.book))
    shop.book.do(reopen_period, period=202601, reason="分店的单据到了")
    assert _stands(shop, late) == (20260120, 202601, 20260120, 0)
    shop.book.do(close_period, period=202601)
    assert _stands(shop, late) == (20260120, 202601, 20260120, 0)
    assert shop.book.read(changed_periods) == []
    merge(branch, records_of(shop.book))
    assert _stands(branch, late) == (20260120, 202601, 20260120, 0)
    assert branch.book.read(changed_periods) == []


def test_two_months_closed_behind_a_late_fact_send_it_to_the_third(shop: Shop, tmp_path: Path) -> None:
    branch = device(tmp_path, 2, records_of(shop.book))
    late = _sale(branch, 20)
    shop.book.do(close_period, period=202601)
    shop.book.do(close_period, period=202602)
    merge(shop, records_of(branch.book))
    assert _stands(shop, late) == (20260120, 202603, 20260300, 1)
    shop.book.do(reopen_period, period=202602, reason="分店")
    assert _stands(shop, late) == (20260120, 202602, 20260200, 1)
    shop.book.do(close_period, period=202602)
    assert _stands(shop, late) == (20260120, 202602, 20260200, 1)
    assert shop.book.read(changed_periods) == []


def test_a_correction_that_arrives_late_changes_nothing_and_is_told(shop: Shop, tmp_path: Path) -> None:
    sold = _sale(shop, 6, "4")
    branch = device(tmp_path, 2, records_of(shop.book))
    branch.void(sold, "客户不要了")
    shop.book.do(close_period, period=202601)
    merge(shop, records_of(branch.book))
    assert shop.rows("SELECT status FROM document WHERE uuid = ?", bytes.fromhex(sold)) == [("posted",)]
    assert shop.rows("SELECT kind, subject FROM exception") == [("late_correction", bytes.fromhex(sold))]
    assert shop.book.read(changed_periods) == []
    shop.book.do(reopen_period, period=202601, reason="分店作废")
    assert shop.rows("SELECT status FROM document WHERE uuid = ?", bytes.fromhex(sold)) == [("voided",)]
    assert shop.rows("SELECT kind FROM exception") == []
    assert rebuild_check(shop.book.path).differing == ()


def test_a_closed_month_that_was_changed_by_force_is_found(shop: Shop) -> None:
    shop.book.do(close_period, period=202601)
    with closing(sqlite3.connect(shop.book.path, isolation_level=None)) as raw:
        raw.execute("UPDATE stock_move SET value = value + 1")
    assert shop.book.read(changed_periods) == [202601]
