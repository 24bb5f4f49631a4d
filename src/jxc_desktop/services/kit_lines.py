"""A kit that is being posted: one product that is none of its parts, and the share of its cost that each part takes.

Shares are given for every part or for none; then they follow what the parts cost at this moment, or cost at first where
nothing of them is there. They are frozen into the record: what is found out later changes the cost, not its shares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.quantity import NO_RATE, Rate
from jxc_desktop.kernel.rounding import MICRO, largest_remainder
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import changed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jxc_desktop.db.engine import Session
    from jxc_desktop.domain.documents.line import ItemLine

_POOL = (
    "SELECT p.quantity, p.value FROM cost_pool p JOIN item i ON i.id = p.item WHERE i.uuid = ?1 AND p.pool ="
    " CASE ?2 WHEN 'warehouse' THEN (SELECT id FROM warehouse WHERE uuid = ?3) ELSE 0 END AND p.quantity > 0"
)
FEN_PER_UNIT_PRICE = 10**10


def kit_lines(
    session: Session, lines: Sequence[ItemLine], problems: list[Problem], *, is_shared: bool
) -> tuple[ItemLine, ...]:
    """The lines with the shares of the parts, where the type shares the cost of its product among them.

    What is wrong with the kit as a whole is added to `problems`.
    """
    products = [line for line in lines if line.is_product]
    parts = [line for line in lines if not line.is_product]
    if not products:
        problems.append(Problem(("lines",), Text("kit.no_product")))
    if not products or not parts:
        return tuple(lines)
    problems += [
        Problem(("lines", part.key, "item"), Text("kit.contains_itself", {"item": part.item_code}))
        for part in parts
        if part.item == products[0].item
    ]
    if not is_shared:
        return tuple(lines)
    shares = dict(zip([part.key for part in parts], _shares(session, parts, problems), strict=True))
    return tuple(changed(line, share=shares.get(line.key)) for line in lines)


def _shares(session: Session, parts: Sequence[ItemLine], problems: list[Problem]) -> list[Rate]:
    given = [part.share for part in parts if part.share is not None]
    if not given:
        return [Rate(share) for share in largest_remainder(MICRO, _weights(session, parts))]
    total = sum(share.micro for share in given)
    if len(given) < len(parts) or total != MICRO or min(share.micro for share in given) < 0:
        missing = next((part for part in parts if part.share is None), parts[-1])
        problems.append(Problem(("lines", missing.key, "share"), Text("kit.shares", {"total": Rate(total * 100)})))
    return [part.share or NO_RATE for part in parts]


def _weights(session: Session, parts: Sequence[ItemLine]) -> list[int]:
    """What each part is worth now; where none is worth anything, how many there are of it."""
    found = [max(_worth(session, part), 0) for part in parts]
    return found if any(found) else [max(part.base_quantity.micro, 1) for part in parts]


def _worth(session: Session, part: ItemLine) -> int:
    warehouse = bytes.fromhex(part.warehouse) if part.warehouse else b""
    row = session.first(_POOL, (bytes.fromhex(part.item), part.pool, warehouse))
    quantity = part.base_quantity.micro
    if row is None:
        return quantity * part.reference_cost.micro
    there, worth = row
    return int(quantity * worth * FEN_PER_UNIT_PRICE // there)
