"""All kinds of master data, in the order in which they refer to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .account import ACCOUNT
from .item import ITEM
from .lists import CATEGORY, TAX_RATE, UNIT
from .money import MONEY_ACCOUNT
from .party import PARTY
from .recipe import RECIPE
from .warehouse import WAREHOUSE

if TYPE_CHECKING:
    from .spec import MasterKind

KINDS: tuple[MasterKind, ...] = (UNIT, TAX_RATE, ACCOUNT, CATEGORY, WAREHOUSE, MONEY_ACCOUNT, PARTY, ITEM, RECIPE)

NUMBERS = {kind.code: number for number, kind in enumerate(KINDS, 1)}
"""Kind → its number in tables about cards of every kind; a new kind goes to the end."""

_BY_CODE = {kind.code: kind for kind in KINDS}


def master_kind(code: str) -> MasterKind:
    """The kind of that code. Raises KeyError."""
    return _BY_CODE[code]
