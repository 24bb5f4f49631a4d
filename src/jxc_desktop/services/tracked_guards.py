"""What a use case looks at after it has written: batches and bins that went short."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.kernel.errors import InsufficientStock
from jxc_desktop.kernel.problems import Problem, Severity
from jxc_desktop.kernel.quantity import Quantity
from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from jxc_desktop.db.projections.tracked import Lane
    from jxc_desktop.domain.inventory.movement import Position

    from .work import Work

_PLACE = "effective_period, effective_date, hlc, stream, document, leg, line"
_HELD = (
    "SELECT quantity FROM tracked_on_hand WHERE item = ? AND warehouse = ? AND batch = ? AND serial = ? AND bin = ?"
    " AND quantity < 0"
)
_LATER = f"SELECT 1 FROM tracked_move WHERE item = ? AND warehouse = ? AND ({_PLACE}) > (?, ?, ?, ?, ?, ?, ?) LIMIT 1"  # noqa: S608
_FIRST_SHORT = (
    f"SELECT held, document FROM (SELECT {_PLACE}, sum(quantity) OVER (ORDER BY {_PLACE}, basis) AS held"  # noqa: S608
    " FROM tracked_move WHERE item = ? AND warehouse = ? AND batch = ? AND serial = ? AND bin = ?)"
    f" WHERE held < 0 AND ({_PLACE}) >= (?, ?, ?, ?, ?, ?, ?) ORDER BY {_PLACE} LIMIT 1"
)
_CARDS = (
    "SELECT i.code || ' ' || i.name, w.name, coalesce(nullif(w.negative_stock, ''), ?) FROM item i, warehouse w"
    " WHERE i.id = ? AND w.id = ?"
)


def refuse_short_batches(work: Work) -> None:
    """Raises InsufficientStock where a batch or bin goes below 0 in a warehouse that forbids it, now or later.

    Where the warehouse warns, the warnings of the use case say so.
    """
    tracked = work.transaction.projector.tracked
    refused = []
    for lane, position in sorted(tracked.decreased.items()):
        short = _short(work, lane, position)
        if short is None:
            continue
        policy, problem = short
        if policy == "forbid":
            refused.append(problem)
        elif policy == "warn":
            work.warnings.append(problem)
    if len(refused) > 1:
        raise InsufficientStock(Text("stock.several_would_go_short", {"count": len(refused)}), refused)
    if refused:
        raise InsufficientStock(refused[0].text, refused)


def _short(work: Work, lane: Lane, position: Position) -> tuple[str, Problem] | None:
    """The policy of the warehouse and the first shortage of a batch or bin from a place on."""
    item, warehouse, batch, _serial, place = lane
    found = _first_short(work, lane, position)
    if found is None:
        return None
    held, document = found
    named = work.session.first(_CARDS, (work.settings.get("negative_stock"), item, warehouse))
    on, number = work.session.first("SELECT date, number FROM document WHERE id = ?", (document,)) or (0, "")
    assert named is not None
    name, warehouse_name, policy = named
    params = {
        "item": name,
        "warehouse": warehouse_name,
        "batch": batch or place,
        "short": Quantity(-held),
        "date": f"{on // 10_000:04d}-{on // 100 % 100:02d}-{on % 100:02d}",
        "number": number,
    }
    text = Text("tracking.batch_would_go_short" if batch else "tracking.bin_would_go_short", params)
    severity = Severity.ERROR if policy == "forbid" else Severity.WARNING
    return policy, Problem(("stock", name.split(" ")[0]), text, severity)


def _first_short(work: Work, lane: Lane, position: Position) -> tuple[Any, ...] | None:
    if work.session.value(_LATER, (*lane[:2], *position)):
        return work.session.first(_FIRST_SHORT, (*lane, *position))
    held = work.session.value(_HELD, lane)
    return None if held is None else (held, position[4])
