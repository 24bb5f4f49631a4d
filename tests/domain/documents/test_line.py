"""The account roles of a line: equal ones are one object, whatever the number of books opened."""

from __future__ import annotations

from jxc_desktop.domain.documents import line
from jxc_desktop.domain.documents.line import NO_ACCOUNTS, NO_ID, Accounts, shared_accounts
from jxc_desktop.kernel.ids import Id

STOCK = {"stock": Id("140501"), "revenue": Id("500101")}


def test_a_role_has_its_account_or_none() -> None:
    accounts = Accounts(STOCK)
    assert accounts.get("stock") == "140501"
    assert accounts.get("gift") == NO_ID
    assert dict(accounts.items()) == STOCK
    assert repr(accounts) == f"Accounts(by_role={STOCK!r})"
    assert accounts
    assert not NO_ACCOUNTS


def test_accounts_are_equal_by_what_they_hold() -> None:
    turned = Accounts(dict(reversed(STOCK.items())))
    assert turned == Accounts(STOCK)
    assert hash(turned) == hash(Accounts(STOCK))
    assert Accounts(STOCK) not in (NO_ACCOUNTS, STOCK)


def test_equal_accounts_share_one_object_and_memory_stays_bounded() -> None:
    first = shared_accounts(STOCK)
    assert shared_accounts(dict(STOCK)) is first
    for number in range(line.MOST_SHARED + 2):
        shared_accounts({"stock": Id(str(number))})
    assert len(line._SHARED) <= line.MOST_SHARED + 1
    assert shared_accounts(STOCK) == first
