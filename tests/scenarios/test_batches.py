"""批次与保质期: a dairy's batches from the truck to the customer and back; what expires first leaves first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jxc_desktop.kernel.errors import InsufficientStock
from jxc_desktop.services.book_settings import set_setting
from tests.builders import (
    adjustment,
    assembly,
    batch,
    count,
    delivery,
    disassembly,
    line,
    opening_stock,
    purchase_return,
    receipt,
    retail,
    sales_return,
    tender,
    transfer,
)
from tests.queries.ask import columns, rows
from tests.scenarios.business import keyed, open_business
from tests.scenarios.dairy import Dairy

if TYPE_CHECKING:
    from pathlib import Path

OLD, NEW = "20260102", "20260106"


@pytest.fixture
def dairy(tmp_path: Path) -> Dairy:
    """20 bottles made on 2 January and 30 made on 6 January, in a shop that warns of going short."""
    return _stocked(Dairy(open_business(tmp_path)))


@pytest.fixture
def strict(tmp_path: Path) -> Dairy:
    """The same where no warehouse may go short."""
    return _stocked(Dairy(open_business(tmp_path, negative_stock="forbid")))


def _stocked(dairy: Dairy) -> Dairy:
    dairy.takes_in(3, dairy.milk, "20", made="2026-01-02")
    dairy.takes_in(7, dairy.milk, "30", made="2026-01-06")
    return dairy


# ---------------------------------------------------------------- a business day


def test_a_batch_is_named_after_the_day_it_was_made_and_keeps_as_long_as_its_item(dairy: Dairy) -> None:
    names = "warehouse batch production_date expiry_date days_left quantity value"
    assert columns(dairy.shop, "batches", names, as_of="2026-01-20") == [
        ("总仓", OLD, "2026-01-02", "2026-01-23", 3, "20", "45.20"),
        ("总仓", NEW, "2026-01-06", "2026-01-27", 7, "30", "67.80"),
    ]


def test_a_delivery_takes_what_expires_first_and_a_return_brings_it_back(dairy: Dairy) -> None:
    sold = dairy.shop.post_one(dairy.milk_for_school(8, "26"))
    assert dairy.rows_of(sold) == [(OLD, "2026-01-23", "20"), (NEW, "2026-01-27", "6")]
    assert dairy.lies() == [("总仓", NEW, "24")]
    back = [line(dairy.milk, "22", "5", source_document=sold, source_line=1)]
    returned = dairy.shop.post_one(sales_return(9, dairy.school, back))
    assert dairy.rows_of(returned) == [(OLD, "2026-01-23", "20"), (NEW, "2026-01-27", "2")]
    rest = [line(dairy.milk, "4", "5", source_document=sold, source_line=1)]
    assert dairy.rows_of(dairy.shop.post_one(sales_return(10, dairy.school, rest))) == [(NEW, "2026-01-27", "4")]
    assert dairy.lies() == [("总仓", OLD, "20"), ("总仓", NEW, "30")]
    dairy.proves()


def test_documents_posted_together_see_what_the_one_before_took(dairy: Dairy) -> None:
    first, second = dairy.shop.post(dairy.milk_for_school(8, "15"), dairy.milk_for_school(8, "15"))
    assert dairy.rows_of(first) == [(OLD, "2026-01-23", "15")]
    assert dairy.rows_of(second) == [(OLD, "2026-01-23", "5"), (NEW, "2026-01-27", "10")]
    dairy.proves()


def test_a_batch_can_be_chosen_and_several_lines_may_take_of_one(dairy: Dairy) -> None:
    chosen = dairy.milk_for_school(8, "4", of=NEW)
    sold = dairy.shop.post_one(chosen)
    assert dairy.rows_of(sold) == [(NEW, "2026-01-27", "4")]
    both = delivery(8, dairy.school, [line(dairy.milk, "12", "5"), line(dairy.milk, "12", "4.5")])
    assert [name for name, _expires, _quantity in dairy.rows_of(dairy.shop.post_one(both))] == [OLD, OLD, NEW]
    dairy.proves()


def test_goods_go_back_to_the_supplier_out_of_the_batch_they_came_in(dairy: Dairy) -> None:
    third = dairy.takes_in(8, dairy.milk, "10", made="2026-01-07")
    back = [line(dairy.milk, "3", "2.26", source_document=third, source_line=1)]
    returned = dairy.shop.post_one(purchase_return(9, dairy.maker, back))
    assert dairy.rows_of(returned) == [("20260107", "2026-01-28", "3")]
    dairy.proves()


def test_the_till_sells_and_takes_back_on_one_ticket(dairy: Dairy) -> None:
    sold = retail(8, [line(dairy.milk, "2", "5"), line(dairy.milk, "-1", "5")], [tender(dairy.cash, "5")])
    assert dairy.refuses(sold) == [(("lines", 2, "batch"), "tracking.batch_missing")]
    dairy.shop.post(dairy.milk_for_school(8, "1"))
    ticket = dairy.shop.post_one(sold)
    assert dairy.rows_of(ticket) == [(OLD, "2026-01-23", "2"), (OLD, "2026-01-23", "-1")]
    assert dairy.lies() == [("总仓", OLD, "18"), ("总仓", NEW, "30")]
    dairy.proves()


def test_near_expiry_warns_by_the_card_or_by_the_days_asked_for(dairy: Dairy) -> None:
    dairy.takes_in(8, dairy.butter, "5", made="2025-09-10")
    names = "item_code batch days_left"
    assert columns(dairy.shop, "near-expiry", names) == [("N1", OLD, -8), ("N1", NEW, -4), ("N2", "20250910", 37)]
    assert columns(dairy.shop, "near-expiry", names, days="0") == [("N1", OLD, -8), ("N1", NEW, -4)]
    assert columns(dairy.shop, "near-expiry", "batch", days="40", item="N2") == [("20250910",)]
    assert rows(dairy.shop, "near-expiry", warehouse="02") == []
    dairy.shop.post(dairy.milk_for_school(8, "20"))
    assert columns(dairy.shop, "near-expiry", "batch", days="0") == [(NEW,)]


def test_stock_on_hand_and_history_tell_batches(dairy: Dairy) -> None:
    dairy.shop.post(dairy.milk_for_school(8, "25"))
    assert columns(dairy.shop, "stock-on-hand", "batch quantity value", item="N1") == [(NEW, "25", "56.50")]
    assert columns(dairy.shop, "stock-on-hand", "batch quantity value", item="N1", as_of="2026-01-07") == [
        (OLD, "20", "45.20"),
        (NEW, "30", "67.80"),
    ]
    assert columns(dairy.shop, "batch-history", "date party quantity balance_quantity", batch=NEW) == [
        ("2026-01-07", "晨光文具厂", "30", "30"),
        ("2026-01-08", "城南中学", "-5", "25"),
    ]
    assert columns(dairy.shop, "batch-history", "balance_quantity", item="N1", since="2026-01-08") == [("0",), ("25",)]


# ---------------------------------------------------------------- what is refused


def test_what_comes_in_names_its_batch(dairy: Dairy) -> None:
    bought = [keyed(1, line(dairy.milk, "5", "2"))]
    missing = [(("lines", 1, "batch"), "tracking.batch_missing")]
    assert dairy.refuses(receipt(8, dairy.maker, bought)) == missing
    unnamed = receipt(8, dairy.maker, bought, tracking=[batch(1, " ", "5")])
    assert [text for _place, text in dairy.refuses(unnamed)] == ["tracking.batch_missing"]


def test_days_that_cannot_be(dairy: Dairy) -> None:
    bought = [keyed(1, line(dairy.milk, "5", "2"))]
    for row, field, text in (
        ({"production_date": "5.1.2026"}, "production_date", "tracking.not_a_day"),
        ({"production_date": "2026-01-05", "expiry_date": "2026-01-04"}, "expiry_date", "tracking.expires_before_made"),
    ):
        draft = receipt(8, dairy.maker, bought, tracking=[batch(1, "X", "5", **row)])
        ((place, found),) = dairy.refuses(draft)
        assert (place[0], place[2], found) == ("tracking", field, text)


def test_one_batch_stands_once_in_a_line(dairy: Dairy) -> None:
    twice = [batch(1, NEW, "2"), batch(1, NEW, "3")]
    assert [text for _place, text in dairy.refuses(dairy.milk_for_school(8, "5", rows=twice))] == ["tracking.twice"]


def test_an_unknown_batch_does_not_leave(dairy: Dairy) -> None:
    ((place, text),) = dairy.refuses(dairy.milk_for_school(8, "5", of="20260103"))
    assert (place[0], place[2], text) == ("tracking", "batch", "tracking.batch_unknown")


def test_what_has_expired_is_not_sold_but_scrapped(dairy: Dairy) -> None:
    ((place, text),) = dairy.refuses(dairy.milk_for_school(24, "1", of=OLD))
    assert (place[0], place[2], text) == ("tracking", "batch", "tracking.expired")
    sold = dairy.shop.post_one(dairy.milk_for_school(24, "5"))
    assert dairy.rows_of(sold) == [(NEW, "2026-01-27", "5")]
    scrapped = dairy.shop.post_one(adjustment(24, "scrap", [line(dairy.milk, "20")]))
    assert dairy.rows_of(scrapped) == [(OLD, "2026-01-23", "20")]
    assert dairy.shop.post(dairy.milk_for_school(27, "1", of=NEW))
    dairy.proves()


def test_a_book_may_warn_of_expired_goods_or_let_them_go(dairy: Dairy) -> None:
    dairy.shop.book.do(set_setting, key="expired_stock", value="warn")
    named = dairy.milk_for_school(24, "1", of=OLD)
    assert [each.text.id for each in dairy.shop.do_post(named).warnings] == ["tracking.expired"]
    assert dairy.rows_of(dairy.shop.post_one(dairy.milk_for_school(24, "1"))) == [(NEW, "2026-01-27", "1")]
    dairy.shop.book.do(set_setting, key="expired_stock", value="allow")
    assert dairy.shop.do_post(named).warnings == ()
    assert dairy.rows_of(dairy.shop.post_one(dairy.milk_for_school(24, "1"))) == [(OLD, "2026-01-23", "1")]


def test_a_batch_may_not_go_short_where_stock_may_not(strict: Dairy) -> None:
    with pytest.raises(InsufficientStock) as refused:
        strict.shop.post(strict.milk_for_school(8, "21", of=OLD))
    assert refused.value.text.id == "tracking.batch_would_go_short"
    assert refused.value.text.params["batch"] == OLD
    assert strict.refuses(strict.milk_for_school(8, "51")) == [(("lines", 1, "quantity"), "tracking.batches_short")]
    strict.shop.post(strict.milk_for_school(8, "50"))
    strict.proves()


def test_a_batch_taken_earlier_may_not_be_missing_later(strict: Dairy) -> None:
    later = strict.shop.post_one(strict.milk_for_school(12, "18", of=OLD))
    with pytest.raises(InsufficientStock) as refused:
        strict.shop.post(strict.milk_for_school(8, "3", of=OLD))
    assert refused.value.text.params["date"] == "2026-01-12"
    assert refused.value.text.params["number"] == strict.number(later)
    # 系统推荐的批次会避开已经被后面单据用掉的：剩 2 瓶旧的，其余用新的。
    sold = strict.shop.post_one(strict.milk_for_school(8, "3"))
    assert strict.rows_of(sold) == [(OLD, "2026-01-23", "2"), (NEW, "2026-01-27", "1")]
    strict.proves()


def test_a_batch_that_was_sold_is_not_taken_away_underneath(strict: Dairy) -> None:
    third = strict.takes_in(8, strict.milk, "10", made="2026-01-07")
    strict.shop.post(strict.milk_for_school(9, "10", of="20260107"))
    with pytest.raises(InsufficientStock):
        strict.shop.void(third)
    strict.proves()


def test_where_the_shop_warns_the_last_batch_goes_short_and_says_so(dairy: Dairy) -> None:
    changes = dairy.shop.do_post(dairy.milk_for_school(8, "53"))
    assert [each.text.id for each in changes.warnings] == ["tracking.batch_would_go_short"]
    assert dairy.lies() == [("总仓", NEW, "-3")]
    more = dairy.shop.do_post(dairy.milk_for_school(9, "1"))
    assert dairy.rows_of(more.document_ids[0]) == [(NEW, "2026-01-27", "1")]
    dairy.shop.book.do(set_setting, key="negative_stock", value="allow")
    assert dairy.shop.do_post(dairy.milk_for_school(9, "1")).warnings == ()
    dairy.proves()


def test_what_never_came_in_has_no_batch_to_leave_of(dairy: Dairy) -> None:
    draft = delivery(8, dairy.school, [line(dairy.butter, "1", "5")])
    assert dairy.refuses(draft) == [(("lines", 1, "batch"), "tracking.batch_missing")]


def test_other_days_than_those_known_are_told_and_count_from_then_on(dairy: Dairy) -> None:
    row = batch(1, OLD, "5", production_date="2026-01-02", expiry_date="2026-01-25")
    changes = dairy.shop.do_post(receipt(9, dairy.maker, [keyed(1, line(dairy.milk, "5", "2"))], tracking=[row]))
    assert [each.text.id for each in changes.warnings] == ["tracking.other_days"]
    assert columns(dairy.shop, "batches", "batch expiry_date") == [(OLD, "2026-01-25"), (NEW, "2026-01-27")]
    dairy.shop.void(changes.document_ids[0])
    assert columns(dairy.shop, "batches", "batch expiry_date") == [(OLD, "2026-01-23"), (NEW, "2026-01-27")]
    known = receipt(10, dairy.maker, [keyed(1, line(dairy.milk, "5", "2"))], tracking=[batch(1, OLD, "5")])
    assert dairy.rows_of(dairy.shop.post_one(known)) == [(OLD, "2026-01-23", "5")]
    dairy.proves()


def test_a_batch_without_an_end_is_taken_with_a_warning(dairy: Dairy) -> None:
    draft = receipt(9, dairy.maker, [keyed(1, line(dairy.butter, "5", "2"))], tracking=[batch(1, "A7", "5")])
    assert [each.text.id for each in dairy.shop.do_post(draft).warnings] == ["tracking.no_expiry"]
    assert columns(dairy.shop, "near-expiry", "batch", days="99999", item="N2") == []


# ---------------------------------------------------------------- corrections


def test_amending_voiding_and_reversing_take_batches_along(dairy: Dairy) -> None:
    sold = dairy.shop.post_one(dairy.milk_for_school(8, "26"))
    dairy.shop.amend(sold, dairy.milk_for_school(8, "12"))
    assert dairy.rows_of(sold) == [(OLD, "2026-01-23", "12")]
    reversal = dairy.shop.reverse(sold, 9)
    assert dairy.rows_of(reversal) == [(OLD, "2026-01-23", "-12")]
    assert dairy.lies() == [("总仓", OLD, "20"), ("总仓", NEW, "30")]
    dairy.shop.void(reversal)
    dairy.proves()
    dairy.shop.void(sold)
    assert dairy.lies() == [("总仓", OLD, "20"), ("总仓", NEW, "30")]
    dairy.proves()


def test_rows_that_nobody_touched_follow_their_line(dairy: Dairy) -> None:
    sold = dairy.shop.post_one(dairy.milk_for_school(8, "26"))
    posted = dairy.content(sold)
    (old,) = posted.lines
    more = dairy.with_quantity(posted, "31")
    dairy.shop.amend(sold, more)
    assert old.key == 1
    assert dairy.rows_of(sold) == [(OLD, "2026-01-23", "20"), (NEW, "2026-01-27", "11")]
    bought = dairy.takes_in(8, dairy.milk, "10", made="2026-01-07")
    dairy.shop.amend(bought, dairy.with_quantity(dairy.content(bought), "14"))
    assert dairy.rows_of(bought) == [("20260107", "2026-01-28", "14")]
    dairy.proves()


def test_the_first_receipt_of_a_batch_gets_other_days(dairy: Dairy) -> None:
    bought = dairy.takes_in(8, dairy.milk, "10", made="2026-01-07", name="M3")
    row = batch(1, "M3", "10", production_date="2026-01-08")
    dairy.shop.amend(bought, receipt(8, dairy.maker, [keyed(1, line(dairy.milk, "10", "2.26"))], tracking=[row]))
    assert columns(dairy.shop, "batches", "batch expiry_date")[-1] == ("M3", "2026-01-29")
    dairy.shop.void(bought)
    assert dairy.shop.rows("SELECT batch FROM batch ORDER BY batch") == [(OLD,), (NEW,)]
    dairy.proves()


# ---------------------------------------------------------------- other documents


def test_a_transfer_carries_batches(dairy: Dairy) -> None:
    moved = dairy.shop.post_one(transfer(8, [line(dairy.milk, "25")], dairy.branch))
    assert dairy.lies() == [("总仓", NEW, "25"), ("门店", OLD, "20"), ("门店", NEW, "5")]
    dairy.shop.reverse(moved, 9)
    assert dairy.lies() == [("总仓", OLD, "20"), ("总仓", NEW, "30")]
    dairy.proves()


def test_a_kit_takes_its_parts_by_batch_and_has_one_of_its_own(dairy: Dairy) -> None:
    basket = dairy.shop.item("L1", "早餐篮", has_batch=1)
    built = assembly(
        8, keyed(2, line(basket, "3")), [keyed(1, line(dairy.milk, "21"))], tracking=[batch(2, "LZ01", "3")]
    )
    assert dairy.rows_of(dairy.shop.post_one(built)) == [
        (OLD, "2026-01-23", "20"),
        (NEW, "2026-01-27", "1"),
        ("LZ01", "", "3"),
    ]
    taken = disassembly(9, line(basket, "1"), [keyed(2, line(dairy.milk, "7"))], tracking=[batch(2, NEW, "7")])
    assert dairy.rows_of(dairy.shop.post_one(taken)) == [(NEW, "2026-01-27", "7"), ("LZ01", "", "1")]
    assert dairy.lies(item="N1") == [("总仓", NEW, "36")]
    dairy.proves()


def test_a_count_names_its_batches_or_finds_them(dairy: Dairy) -> None:
    dairy.shop.post(count(8, [keyed(1, line(dairy.milk, "47"))], tracking=[batch(1, OLD, "18"), batch(1, NEW, "29")]))
    assert dairy.lies() == [("总仓", OLD, "18"), ("总仓", NEW, "29")]
    # 少 5 瓶算最早到期的，多 2 瓶算最晚到期的。
    fewer = dairy.shop.post_one(count(9, [line(dairy.milk, "42")]))
    assert dairy.rows_of(fewer) == [(OLD, "2026-01-23", "13"), (NEW, "2026-01-27", "29")]
    dairy.shop.post(count(10, [line(dairy.milk, "44")]))
    assert dairy.lies() == [("总仓", OLD, "13"), ("总仓", NEW, "31")]
    dairy.shop.post(count(11, [line(dairy.milk, "0")]))
    assert dairy.lies() == []
    dairy.proves()


def test_a_count_stays_what_was_counted_whatever_is_entered_late(dairy: Dairy) -> None:
    counted = dairy.shop.post_one(
        count(9, [keyed(1, line(dairy.milk, "40"))], tracking=[batch(1, OLD, "15"), batch(1, NEW, "25")])
    )
    dairy.shop.post(dairy.milk_for_school(8, "6", of=NEW))
    late = dairy.takes_in(8, dairy.milk, "9", name="L8")
    assert dairy.lies() == [("总仓", OLD, "15"), ("总仓", NEW, "25")]
    dairy.proves()
    reversal = dairy.shop.reverse(counted, 10)
    assert dairy.lies() == [("总仓", OLD, "20"), ("总仓", NEW, "24"), ("总仓", "L8", "9")]
    dairy.shop.void(late)
    assert dairy.lies() == [("总仓", OLD, "20"), ("总仓", NEW, "24")]
    dairy.proves()
    dairy.shop.void(reversal)
    dairy.shop.void(counted)
    assert dairy.lies() == [("总仓", OLD, "20"), ("总仓", NEW, "24")]
    dairy.proves()


def test_an_item_gets_batches_while_it_has_stock_and_a_count_puts_it_into_them(dairy: Dairy) -> None:
    shop = dairy.shop
    shop.post(opening_stock([line(dairy.rice, "10", unit_cost="4")]))
    shop.item("P3", "大米", has_batch=1, base_unit="千克")
    sold = shop.post_one(delivery(8, dairy.market, [line(dairy.rice, "3", "6")]))
    assert dairy.rows_of(sold) == []
    shop.post(receipt(9, dairy.farmer, [keyed(1, line(dairy.rice, "5", "4"))], tracking=[batch(1, "R1", "5")]))
    mixed = shop.post_one(delivery(10, dairy.market, [line(dairy.rice, "6", "6")]))
    assert dairy.rows_of(mixed) == [("R1", "", "5"), ("", "", "1")]
    shop.post(count(11, [keyed(1, line(dairy.rice, "6"))], tracking=[batch(1, "R0", "6")]))
    assert dairy.lies(item="P3") == [("总仓", "R0", "6")]
    dairy.proves()


def test_a_batch_of_an_item_that_is_not_kept_by_batch_is_kept_all_the_same(dairy: Dairy) -> None:
    shop = dairy.shop
    bought = [keyed(1, line(dairy.pen, "10", "2"))]
    shop.post(receipt(8, dairy.maker, bought, tracking=[batch(1, "P7", "10")]))
    shop.post(receipt(8, dairy.maker, bought))
    sold = shop.post_one(delivery(9, dairy.school, [line(dairy.pen, "12", "5")]))
    assert dairy.rows_of(sold) == [("P7", "", "10"), ("", "", "2")]
    short = shop.post_one(delivery(9, dairy.school, [line(dairy.pen, "12", "5")]))
    assert dairy.rows_of(short) == []
    shop.post(count(10, [line(dairy.pen, "4")]))
    assert dairy.held(dairy.pen) == "4"
    dairy.proves()
