"""期初往来: what customers and suppliers owed each other when the book began, each with its own paper and due date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from jxc_desktop.kernel.errors import HasDependents, HasProblems, UserError
from tests.builders import customer_payment, opening_item, paid, settles
from tests.scenarios.business import Business, OpenItemShown, open_business, receivable

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=["general", "small"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Business:
    """The shop; open items of the past are the same for both kinds of taxpayers."""
    return open_business(tmp_path, request.param)


@pytest.mark.parametrize(
    ("kind", "who", "voucher"),
    [
        ("receivable", "K1", ["借 1122/K1 2562.72", "贷 9999 2562.72"]),
        ("advance_from_customer", "K1", ["借 9999 2562.72", "贷 2203/K1 2562.72"]),
        ("payable", "G1", ["借 9999 2562.72", "贷 220201/G1 2562.72"]),
        ("prepayment_to_supplier", "G1", ["借 1123/G1 2562.72", "贷 9999 2562.72"]),
    ],
)
def test_each_kind_stands_on_its_account(shop: Business, kind: str, who: str, voucher: list[str]) -> None:
    party = shop.school if who == "K1" else shop.maker
    opened = shop.shop.post_one(opening_item(kind, party, "2562.72", date(2025, 11, 23), external_number="XS1123"))
    shop.shows(
        opened,
        number="QW-20251123-0001",
        voucher=voucher,
        open_items=[OpenItemShown(kind, "2562.72")],
    )
    assert shop.owed(party) == {kind: "2562.72"}
    shop.proves()


def test_paper_and_due_date_are_kept_and_the_effect_is_before_the_first_day(shop: Business) -> None:
    early = shop.shop.post_one(
        opening_item("receivable", shop.school, "100.00", date(2025, 11, 23), due_date=date(2025, 11, 30))
    )
    by_terms = shop.shop.post_one(opening_item("receivable", shop.school, "50.00", date(2025, 12, 20)))
    assert (shop.due_date(early), shop.due_date(by_terms)) == (20251130, 20260119)
    rows = shop.shop.rows(
        "SELECT date, effective_period, effective_date, external_number FROM document WHERE type = 'opening_item'"
        " ORDER BY date"
    )
    assert [row[:3] for row in rows] == [(20251123, 202601, 20260100), (20251220, 202601, 20260100)]
    shop.proves()


def test_numbers_of_opening_vouchers_never_meet(shop: Business) -> None:
    # 单据日期在不同月份，都在启用月生效，凭证号不能重。
    for day in (date(2025, 10, 3), date(2025, 11, 23), date(2026, 1, 1)):
        shop.shop.post(opening_item("receivable", shop.school, "1.00", day))
    rows = shop.shop.rows("SELECT effective_period, word, number FROM voucher")
    assert len(set(rows)) == 3
    shop.proves()


def test_a_customer_pays_an_old_debt_in_two_parts(shop: Business) -> None:
    opened = shop.shop.post_one(opening_item("receivable", shop.school, "100.00"))
    for day, amount in ((5, "30.00"), (6, "70.00")):
        shop.shop.post(
            customer_payment(
                day, shop.school, [paid(shop.cash, amount)], allocations=[settles(opened, amount, "receivable")]
            )
        )
    assert shop.open_items(opened) == [receivable("100.00", "100.00")]
    assert shop.owed(shop.school) == {}
    with pytest.raises(HasDependents):
        shop.shop.void(opened)
    with pytest.raises(HasDependents):
        shop.shop.amend(opened, opening_item("receivable", shop.school, "90.00"))
    shop.proves()


def test_what_keeps_it_from_being_posted(shop: Business) -> None:
    for draft in (
        opening_item("debt", shop.school, "1.00"),
        opening_item("", shop.school, "1.00"),
        opening_item("receivable", shop.school, "0"),
        opening_item("receivable", "", "1.00"),  # type: ignore[arg-type]
    ):
        with pytest.raises(HasProblems):
            shop.shop.post(draft)


def test_amending(shop: Business) -> None:
    opened = shop.shop.post_one(opening_item("receivable", shop.school, "100.00"))
    shop.shop.amend(opened, opening_item("payable", shop.maker, "80.00"))
    shop.shows(
        opened,
        number="QW-20251231-0001",
        voucher=["借 9999 80.00", "贷 220201/G1 80.00"],
        open_items=[OpenItemShown("payable", "80.00")],
    )
    assert shop.owed(shop.school) == {}
    shop.proves()


def test_voiding(shop: Business) -> None:
    opened = shop.shop.post_one(opening_item("receivable", shop.school, "100.00"))
    shop.shop.void(opened, "早已结清")
    shop.shows(opened, number="QW-20251231-0001", voucher=[])
    assert shop.owed(shop.school) == {}
    assert shop.balance("9999") == "0.00"
    shop.proves()


def test_it_is_amended_or_voided_and_never_reversed(shop: Business) -> None:
    opened = shop.shop.post_one(opening_item("receivable", shop.school, "100.00"))
    with pytest.raises(UserError):
        shop.shop.reverse(opened)
