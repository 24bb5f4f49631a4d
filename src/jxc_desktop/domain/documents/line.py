"""The shapes of lines: items, money, settlement, tracking and voucher entries.

A line is identified by (document, key): a small integer unique across all shapes of the document, given once and kept
through amendments.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.money import ZERO, Money
from jxc_desktop.kernel.quantity import FREE, NO_RATE, NOTHING, SAME_UNIT, WHOLE, Quantity, Rate, Ratio, UnitPrice
from jxc_desktop.kernel.value import value

if TYPE_CHECKING:
    from collections.abc import ItemsView

NO_ID = Id("")
MOST_SHARED = 10_000


@value
class Accounts:
    """Account role → account, frozen into the record when the document was posted."""

    by_role: Mapping[str, Id]

    def get(self, role: str, default: Id = NO_ID) -> Id:
        """The account of a role, or the default."""
        return self.by_role.get(role, default)

    def items(self) -> ItemsView[str, Id]:
        """All roles with their accounts."""
        return self.by_role.items()

    def __hash__(self) -> int:
        return hash(frozenset(self.by_role.items()))

    def __bool__(self) -> bool:
        return bool(self.by_role)


NO_ACCOUNTS = Accounts({})

_SHARED: dict[tuple[tuple[str, Id], ...], Accounts] = {}


def shared_accounts(by_role: Mapping[str, Id]) -> Accounts:
    """The accounts of these roles, one object for equal ones: a book has few, its lines are many."""
    key = tuple(by_role.items())
    found = _SHARED.get(key)
    if found is None:
        if len(_SHARED) > MOST_SHARED:
            _SHARED.clear()
        found = _SHARED[key] = Accounts(by_role)
    return found


RATE_NOT_GIVEN = Rate(-1)
"""A draft's line leaves the tax rate to the item; a posted line always has one."""


class ItemKind(StrEnum):
    """Goods move stock; a service does not; of a bundle the components do."""

    GOODS = "goods"
    SERVICE = "service"
    BUNDLE = "bundle"


@value
class ItemLine:
    """A line with an item: what was traded, as entered, as counted in base units, and what it is worth."""

    key: int
    item: Id
    item_code: str = ""
    item_name: str = ""
    item_spec: str = ""
    item_kind: str = ItemKind.GOODS
    unit: str = ""
    ratio: Ratio = SAME_UNIT
    quantity: Quantity = NOTHING
    base_quantity: Quantity = NOTHING
    price: UnitPrice = FREE
    discount: Rate = WHOLE
    tax_rate: Rate = RATE_NOT_GIVEN
    typed_amount: Money | None = None
    typed_tax: Money | None = None
    gross: Money = ZERO
    net: Money = ZERO
    tax: Money = ZERO
    warehouse: Id = NO_ID
    bin: str = ""
    is_gift: bool = False
    rejected_quantity: Quantity = NOTHING
    unit_cost: UnitPrice | None = None
    is_abnormal: bool = False
    description: str = ""
    note: str = ""
    price_source: str = ""
    accounts: Accounts = NO_ACCOUNTS
    pool: str = "book"
    reference_cost: UnitPrice = FREE
    source_document: Id = NO_ID
    source_line: int = 0
    is_product: bool = False
    share: Rate | None = None
    to_bin: str = ""


@value
class MoneyLine:
    """Money in or out: a tender of a trade, an account of a payment, a line of an expense."""

    key: int
    kind: str = "tender"
    money_account: Id = NO_ID
    money_account_name: str = ""
    account: Id = NO_ID
    account_code: str = ""
    account_name: str = ""
    amount: Money = ZERO
    net: Money = ZERO
    tax: Money = ZERO
    tax_rate: Rate = NO_RATE
    note: str = ""


@value
class Allocation:
    """A part of an open item that this document settles, or of a fee that joins a line of a receipt (kind `cost`)."""

    key: int
    target_document: Id
    target_line: int = 0
    target_kind: str = ""
    target_number: str = ""
    amount: Money = ZERO
    accounts: Accounts = NO_ACCOUNTS


@value
class Tracking:
    """The batch, serial number or bin behind a part of an item line; days are ISO texts."""

    key: int
    line: int
    batch: str = ""
    serial: str = ""
    production_date: str = ""
    expiry_date: str = ""
    base_quantity: Quantity = NOTHING
    bin: str = ""


@value
class EntryLine:
    """A line of a manual voucher or of opening balances."""

    key: int
    account: Id
    account_code: str = ""
    account_name: str = ""
    summary: str = ""
    party: Id = NO_ID
    party_name: str = ""
    money_account: Id = NO_ID
    debit: Money = ZERO
    credit: Money = ZERO
    cash_flow_item: str = ""
