"""Documents, items and parties as a file has them, before the book makes drafts and cards of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import Quantity, UnitPrice
from jxc_desktop.kernel.value import value

from .rules import NOTHING_SET


@value
class SourceLine:
    """The line a return gives back.

    In a document of this file by type, number and position (the first is 1), or in one of the book by id and key.
    """

    type: str
    number: str
    line: int
    document: Id = Id("")


@value
class RawLine:
    """A line as the file has it. `price` None: the file has none. `amount` carries the sign of the file.

    `typed_amount` is the amount where it is not what quantity × price come to; its sign is that of the quantity.
    """

    item_code: str
    item_name: str
    item_kind: str
    quantity: Quantity
    price: UnitPrice | None
    amount: Money
    row: int
    is_gift: bool = False
    source: SourceLine | None = None
    extras: Mapping[str, str] = NOTHING_SET
    typed_amount: Money | None = None


@value
class RawDocument:
    """A document as the file has it; `number` is the file's own, `amount` the sum of its lines with the file's sign.

    An empty party is walk-in. `rows` is how many rows of the file it holds; a split line is one row.
    """

    type: str
    number: str
    moment: dt.datetime
    party_code: str
    party_name: str
    is_walk_in: bool
    lines: tuple[RawLine, ...]
    constants: Mapping[str, str]
    amount: Money
    rows: int


@value
class RawItem:
    """An item that the documents name: its commonest spelling and name, whether it is goods, its unit if given."""

    code: str
    name: str
    kind: str
    unit: str = ""


@value
class RawParty:
    """A party that the documents name, with the types of documents it stands on."""

    code: str
    name: str
    types: frozenset[str]
