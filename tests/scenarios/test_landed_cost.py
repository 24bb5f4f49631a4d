"""费用分摊单: freight that comes late joins the cost of the goods it brought, or is an expense."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from jxc_desktop.kernel.errors import HasDependents, HasProblems
from jxc_desktop.kernel.value import changed
from jxc_desktop.queries.cost_history import cost_history
from jxc_desktop.queries.why import why
from jxc_desktop.services.doctor.examination import run_checks
from jxc_desktop.services.periods import close_period, reopen_period
from tests.builders import carries, delivery, expense_line, fees, line, purchase_return, receipt, tender
from tests.scenarios.business import Business, open_business, payable

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.kernel.ids import Id


@pytest.fixture
def shop(tmp_path: Path) -> Business:
    """A general taxpayer; the carrier is 顺达物流."""
    return _with_carrier(open_business(tmp_path, "general"))


@pytest.fixture
def small(tmp_path: Path) -> Business:
    """The same as a small-scale taxpayer."""
    return _with_carrier(open_business(tmp_path, "small"))


def _with_carrier(shop: Business) -> Business:
    shop.shop.supplier("W1", "顺达物流")
    return shop


def _carrier(shop: Business) -> Id:
    card = shop.shop.find("party", "W1")
    assert card is not None
    return card.id


def _bought(shop: Business, day: Any = 5) -> Id:
    """100 pens at 2.26 and 10 packs of paper at 22.60 with tax: 200.00 and 200.00 without."""
    lines = [line(shop.pen, "100", "2.26", rate="0.13"), line(shop.paper, "10", "22.60", rate="0.13")]
    return shop.shop.post_one(receipt(day, shop.maker, lines))


def _carried(shop: Business, received: Id, amount: str = "30.00", day: Any = 9, **head: Any) -> Id:
    return shop.shop.post_one(fees(day, _carrier(shop), amount, [carries(received)], **head))


def _healthy(shop: Business) -> None:
    shop.proves()
    assert not [check for check in run_checks(shop.shop.book) if check.is_alarm]


def _shares(shop: Business, document: Id) -> list[str]:
    rows = shop.shop.rows(
        "SELECT a.amount FROM allocation a JOIN document d ON d.id = a.document WHERE d.uuid = ?"
        " ORDER BY a.target_line",
        bytes.fromhex(document),
    )
    return [f"{row[0] / 100:.2f}" for row in rows]


def _refused(shop: Business, draft: Any) -> dict[tuple[Any, ...], str]:
    with pytest.raises(HasProblems) as refused:
        shop.shop.post(draft)
    return {problem.place[2:]: problem.text.id for problem in refused.value.problems}


def test_the_fee_joins_what_the_goods_cost(shop: Business) -> None:
    received = _bought(shop)
    before = shop.voucher(received)
    fee = _carried(shop, received)
    shop.shows(
        fee,
        number="FT-20260109-0001",
        voucher_number="记-2",
        voucher=["借 140501 30.00", "贷 220201/W1 30.00"],
        open_items=[payable("30.00")],
    )
    assert shop.voucher(received) == before
    assert (shop.stock(shop.pen), shop.stock(shop.paper)) == (("100", "215.00"), ("10", "215.00"))
    assert _shares(shop, fee) == ["15.00", "15.00"]
    _healthy(shop)


def test_the_tax_of_a_special_invoice_is_no_cost(shop: Business) -> None:
    fee = _carried(shop, _bought(shop), "32.70", rate="0.09", invoice_kind="special")
    assert shop.voucher(fee) == ["借 140501 30.00", "借 22210101 2.70", "贷 220201/W1 32.70"]
    assert _shares(shop, fee) == ["15.00", "15.00"]
    _healthy(shop)


def test_a_small_taxpayer_takes_the_tax_into_the_cost(small: Business) -> None:
    fee = _carried(small, _bought(small), "32.70", rate="0.09")
    assert small.voucher(fee) == ["借 140501 32.70", "贷 220201/W1 32.70"]
    assert small.stock(small.pen) == ("100", "242.35")
    _healthy(small)


def test_what_was_sold_before_the_fee_came_bears_its_part(shop: Business) -> None:
    received = _bought(shop)
    sold = shop.shop.post_one(delivery(7, shop.school, [line(shop.pen, "40", "5")]))
    assert "借 5401 80.00" in shop.voucher(sold)
    _carried(shop, received)
    assert "借 5401 86.00" in shop.voucher(sold)
    assert shop.stock(shop.pen) == ("60", "129.00")
    _healthy(shop)


def test_a_return_to_the_supplier_loses_the_freight(shop: Business) -> None:
    received = _bought(shop)
    _carried(shop, received)
    back = line(shop.pen, "40", "2.26", rate="0.13", source_document=received, source_line=1)
    returned = shop.shop.post_one(purchase_return(12, shop.maker, [back], invoice_kind="special"))
    assert shop.stock(shop.pen) == ("60", "129.00")
    assert shop.voucher(returned) == [
        "借 140501 -86.00",
        "借 22210101 -10.40",
        "贷 220201/G1 -90.40",
        "借 5401 6.00",
    ]
    _healthy(shop)


@pytest.mark.parametrize(
    ("by", "shares"), [("value", ["15.00", "15.00"]), ("quantity", ["27.27", "2.73"]), ("weight", ["8.57", "21.43"])]
)
def test_what_the_fee_is_spread_by(shop: Business, by: str, shares: list[str]) -> None:
    shop.shop.item("P1", weight=20_000, base_unit="支")
    shop.shop.item("P2", weight=500_000, base_unit="包")
    fee = _carried(shop, _bought(shop), spread_by=by)
    assert _shares(shop, fee) == shares
    _healthy(shop)


def test_by_hand_every_line_takes_what_it_is_given(shop: Business) -> None:
    received = _bought(shop)
    parts = [carries(received, 1, "29.99"), carries(received, 2, "0.01")]
    fee = shop.shop.post_one(fees(9, _carrier(shop), "30.00", parts, spread_by="hand"))
    assert _shares(shop, fee) == ["29.99", "0.01"]
    assert shop.stock(shop.pen) == ("100", "229.99")
    _healthy(shop)


def test_several_receipts_share_one_fee_that_is_paid_at_once(shop: Business) -> None:
    first, second = _bought(shop), _bought(shop, 6)
    parts = [carries(first, 1), carries(second)]
    cash = [tender(shop.shop.cash, "30.00")]
    fee = shop.shop.post_one(fees(9, _carrier(shop), "30.00", parts, tenders=cash))
    assert shop.voucher(fee) == [
        "借 140501 30.00",
        "贷 220201/W1 30.00",
        "借 220201/W1 30.00",
        "贷 1001/01 30.00",
    ]
    assert shop.open_items(fee) == []
    assert (shop.stock(shop.pen), shop.stock(shop.paper)) == (("200", "420.00"), ("20", "410.00"))
    _healthy(shop)


def test_a_trading_firm_takes_it_as_an_expense_unless_it_says_otherwise(shop: Business) -> None:
    received = _bought(shop)
    fee = _carried(shop, received, "32.70", rate="0.09", invoice_kind="special", reason="")
    assert shop.voucher(fee) == ["借 560112 30.00", "借 22210101 2.70", "贷 220201/W1 32.70"]
    assert shop.stock(shop.pen) == ("100", "200.00")
    _healthy(shop)


def test_an_expense_may_name_its_account(shop: Business) -> None:
    spent = expense_line(shop.shop.account("560206"), "30.00")
    draft = fees(9, _carrier(shop), "30.00", [], reason="to_expense")
    fee = shop.shop.post_one(changed(draft, money=(spent,)))
    assert shop.voucher(fee) == ["借 560206 30.00", "贷 220201/W1 30.00"]


def test_a_fee_of_the_next_month_goes_between_the_months(shop: Business) -> None:
    received = _bought(shop)
    fee = _carried(shop, received, day=date(2026, 2, 3))
    assert shop.voucher(received)[:2] == ["借 140501 430.00", "贷 220202/W1 30.00"]
    assert shop.voucher(fee) == ["借 220202/W1 30.00", "贷 220201/W1 30.00"]
    assert (shop.stock(shop.pen), shop.balance("220202")) == (("100", "215.00"), "0.00")
    _healthy(shop)


def test_a_bill_that_comes_before_the_goods_do(shop: Business) -> None:
    received = _bought(shop, date(2026, 2, 3))
    fee = _carried(shop, received)
    assert shop.voucher(fee) == ["借 220202/W1 30.00", "贷 220201/W1 30.00"]
    assert shop.voucher(received)[:2] == ["借 140501 430.00", "贷 220202/W1 30.00"]
    assert shop.stock(shop.pen) == ("100", "215.00")
    _healthy(shop)


def test_a_closed_month_stays_and_what_is_left_takes_its_share(shop: Business) -> None:
    received = _bought(shop)
    shop.shop.post(delivery(7, shop.school, [line(shop.pen, "40", "5")]))
    shop.shop.clock.put(1_770_500_000_000)
    shop.shop.book.do(close_period, period=202601)
    before = shop.voucher(received)
    fee = _carried(shop, received, day=date(2026, 2, 3))
    assert shop.voucher(received) == before
    assert shop.voucher(fee) == ["借 140501 24.00", "贷 220201/W1 30.00", "借 5401 6.00"]
    assert (shop.stock(shop.pen), shop.stock(shop.paper)) == (("60", "129.00"), ("10", "215.00"))
    _healthy(shop)
    back = shop.shop.reverse(fee, date(2026, 2, 4))
    assert shop.voucher(back) == ["借 140501 -24.00", "贷 220201/W1 -30.00", "借 5401 -6.00"]
    assert shop.stock(shop.pen) == ("60", "120.00")
    _healthy(shop)


def test_a_month_that_is_opened_again_takes_the_fee_in(shop: Business) -> None:
    received = _bought(shop)
    shop.shop.post(delivery(7, shop.school, [line(shop.pen, "40", "5")]))
    shop.shop.clock.put(1_770_500_000_000)
    shop.shop.book.do(close_period, period=202601)
    fee = _carried(shop, received, day=date(2026, 2, 3))
    shop.shop.book.do(reopen_period, period=202601, reason="漏记")
    assert shop.voucher(fee) == ["借 220202/W1 30.00", "贷 220201/W1 30.00"]
    assert shop.voucher(received)[:2] == ["借 140501 430.00", "贷 220202/W1 30.00"]
    _healthy(shop)
    shop.shop.book.do(close_period, period=202601)
    assert shop.voucher(fee) == ["借 220202/W1 30.00", "贷 220201/W1 30.00"]
    _healthy(shop)


def test_amend_void_and_reverse(shop: Business) -> None:
    received = _bought(shop)
    fee = _carried(shop, received)
    shop.shop.amend(fee, fees(9, _carrier(shop), "60.00", [carries(received, 1)]))
    assert shop.voucher(fee) == ["借 140501 60.00", "贷 220201/W1 60.00"]
    assert (shop.stock(shop.pen), shop.stock(shop.paper)) == (("100", "260.00"), ("10", "200.00"))
    _healthy(shop)
    back = shop.shop.reverse(fee, 12)
    assert shop.voucher(back) == ["借 140501 -60.00", "贷 220201/W1 -60.00"]
    assert shop.stock(shop.pen) == ("100", "200.00")
    _healthy(shop)
    shop.shop.void(back)
    assert shop.stock(shop.pen) == ("100", "260.00")
    shop.shop.void(fee)
    assert (shop.voucher(fee), shop.stock(shop.pen)) == ([], ("100", "200.00"))
    _healthy(shop)


def test_the_receipt_stands_as_long_as_a_fee_is_for_it(shop: Business) -> None:
    received = _bought(shop)
    fee = _carried(shop, received)
    for refused in (lambda: shop.shop.void(received), lambda: shop.shop.reverse(received, 12)):
        with pytest.raises(HasDependents):
            refused()
    shop.shop.void(fee)
    shop.shop.void(received)
    assert shop.stock(shop.pen) == ("0", "0.00")
    _healthy(shop)


def test_what_cannot_be_spread_is_said_with_its_place(shop: Business) -> None:
    received, carrier = _bought(shop), _carrier(shop)
    gifts = shop.shop.post_one(receipt(6, shop.maker, [line(shop.pen, "5", "0"), line(shop.carriage, "1", "9")]))
    gone = _bought(shop, 7)
    shop.shop.void(gone)
    for draft, place, text in (
        (fees(9, carrier, "30", [carries(gifts)]), ("spread_by",), "landed_cost.no_base"),
        (
            fees(9, carrier, "30", [carries(received)], spread_by="weight"),
            ("allocations", 2, "target_line"),
            "landed_cost.no_weight",
        ),
        (fees(9, carrier, "30", [carries(received, 7)]), ("allocations", 2, "target_line"), "landed_cost.no_line"),
        (fees(9, carrier, "30", [carries(gifts, 2)]), ("allocations", 2, "target_line"), "landed_cost.no_line"),
        (fees(9, carrier, "30", [carries(gone)]), ("allocations", 2, "target_document"), "landed_cost.no_receipt"),
        (fees(9, carrier, "30", [carries(carrier)]), ("allocations", 2, "target_document"), "landed_cost.no_receipt"),
        (fees(9, carrier, "30", []), ("allocations",), "landed_cost.no_receipts"),
        (fees(9, carrier, "0", [carries(received)]), ("money", 1, "amount"), "money.not_positive"),
        (
            fees(9, carrier, "30", [carries(received, 1, "29")], spread_by="hand"),
            ("allocations",),
            "landed_cost.hand_differs",
        ),
        (fees(9, carrier, "30", [carries(received, 1), carries(received)]), ("allocations", 3), "landed_cost.twice"),
        (fees(9, carrier, "30", [carries(received)], reason="lost"), ("reason",), "landed_cost.reason_unknown"),
        (fees(9, "", "30", [carries(received)]), ("party",), "document.no_party"),  # type: ignore[arg-type]
    ):
        assert _refused(shop, draft).get(place) == text, (place, text, _refused(shop, draft))
    assert shop.stock(shop.pen) == ("105", "200.00")
    _healthy(shop)


def test_first_in_first_out_adds_to_the_layers_that_are_left(tmp_path: Path) -> None:
    shop = _with_carrier(open_business(tmp_path, "general", costing="fifo"))
    first = _bought(shop)
    second = shop.shop.post_one(receipt(6, shop.maker, [line(shop.pen, "100", "4.52", rate="0.13")]))
    sold = shop.shop.post_one(delivery(7, shop.school, [line(shop.pen, "40", "5")]))
    _carried(shop, first)
    assert "借 5401 86.00" in shop.voucher(sold)
    assert shop.stock(shop.pen) == ("160", "529.00")
    _healthy(shop)
    shop.shop.clock.put(1_770_500_000_000)
    shop.shop.book.do(close_period, period=202601)
    late = shop.shop.post_one(fees(date(2026, 2, 3), _carrier(shop), "10.00", [carries(first, 1), carries(second)]))
    assert shop.voucher(late) == ["借 140501 8.67", "贷 220201/W1 10.00", "借 5401 1.33"]
    after = shop.shop.post_one(delivery(date(2026, 2, 4), shop.school, [line(shop.pen, "60", "5")]))
    assert "借 5401 131.00" in shop.voucher(after)
    _healthy(shop)
    shop.shop.void(late)
    assert "借 5401 129.00" in shop.voucher(after)
    _healthy(shop)


def test_why_names_price_and_fee_and_what_it_was_before(shop: Business) -> None:
    received = _bought(shop)
    sold = shop.shop.post_one(delivery(7, shop.school, [line(shop.pen, "40", "5")]))
    fee = _carried(shop, received)
    tree = shop.shop.book.read(why, reference=shop.number(sold)).tree
    (brought,) = tree.children[0].children
    parts = [(part.kind, part.document, str(part.value)) for part in brought.children]
    assert parts == [("price", "", "80.00"), ("addition", shop.number(fee), "6.00")]
    assert (brought.kind, str(brought.value)) == ("receipt", "86.00")
    own = shop.shop.book.read(why, reference=shop.number(received), line=1).tree
    assert [(part.kind, str(part.value)) for part in own.children] == [("price", "200.00"), ("addition", "15.00")]
    for document, costs in ((sold, ["80.00", "86.00"]), (received, ["200.00", "215.00"])):
        changes = shop.shop.book.read(cost_history, reference=shop.number(document), line=1)
        assert [str(change.cost) for change in changes] == costs
        assert (changes[-1].document, changes[-1].action) == (shop.number(fee), "post")


def test_why_of_a_fee_that_came_late(shop: Business) -> None:
    received = _bought(shop)
    shop.shop.post(delivery(7, shop.school, [line(shop.pen, "40", "5")]))
    shop.shop.clock.put(1_770_500_000_000)
    shop.shop.book.do(close_period, period=202601)
    fee = shop.shop.post_one(fees(date(2026, 2, 3), _carrier(shop), "15.00", [carries(received, 1)]))
    found = shop.shop.book.read(why, reference=shop.number(fee))
    assert (found.tree.kind, str(found.cost)) == ("late_addition", "9.00")
    sold = shop.shop.post_one(delivery(date(2026, 2, 4), shop.school, [line(shop.pen, "60", "5")]))
    (pool,) = shop.shop.book.read(why, reference=shop.number(sold)).tree.children
    assert [(part.kind, str(part.value)) for part in pool.children] == [
        ("receipt", "120.00"),
        ("late_addition", "9.00"),
    ]
