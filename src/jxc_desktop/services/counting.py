"""Counting stock: the sheet to count on, what was counted against the books, and the count as a document.

A sheet carries a snapshot, a place in the order of the books. Trading goes on while people count: what moved after the
snapshot is added to what was counted, and gives what lies there at the end of the day of the count. So the difference
is the one a closed shop would have found.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from jxc_desktop.doctypes.inventory.stock_count import STOCK_COUNT
from jxc_desktop.domain.documents.document import Document
from jxc_desktop.domain.documents.line import NO_ID, ItemLine
from jxc_desktop.kernel.clock import COUNTER_BITS
from jxc_desktop.kernel.errors import HasProblems, UserError
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.money import ZERO, Money
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.quantity import NOTHING, Quantity, UnitPrice, line_amount
from jxc_desktop.kernel.rounding import half_up
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import changed, value
from jxc_desktop.queries.cards import find_card
from jxc_desktop.queries.categories import items_of_category
from jxc_desktop.queries.counting import cost_of, countable, first_short, latest_hlc, moved_since
from jxc_desktop.queries.last_counted import last_counts
from jxc_desktop.queries.plain import day_of, day_text

from .business_day import business_day
from .catalog import Catalog
from .count_causes import Counted, swapped, unit_causes
from .count_entry import Entered, read_count
from .documents import post
from .work import use_case

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jxc_desktop.db.engine import Session
    from jxc_desktop.queries.counting import CountableRow
    from jxc_desktop.queries.last_counted import LastCount

    from .count_entry import Count
    from .work import Work

SKIP, ZERO_THEM = "skip", "zero"
UNCOUNTED = (SKIP, ZERO_THEM)
"""What a line that nobody filled in means: nothing was said, or nothing was there."""


@value
class Tolerance:
    """A difference above one of these is counted again; None is no limit, and without any every difference is."""

    quantity: Quantity | None = None
    value: Money | None = None

    def is_passed(self, difference: Quantity, worth: Money) -> bool:
        """Whether a difference is to be counted again."""
        if self.quantity is None and self.value is None:
            return bool(difference)
        return (self.quantity is not None and abs(difference) > self.quantity) or (
            self.value is not None and abs(worth) > self.value
        )


@value
class CountLine:
    """A counted item in base units: as it was counted and in the books at the snapshot, what moved since, and then.

    `quantity` is what lies there at the end of the day of the count, `worth` the difference at the cost of now;
    `causes` are guesses.
    """

    item: Id
    item_code: str
    item_name: str
    item_spec: str
    unit: str
    counted: Quantity
    book: Quantity
    moved: Quantity
    worth: Money
    is_recount: bool
    causes: tuple[Text, ...] = ()

    @property
    def quantity(self) -> Quantity:
        """What lies there at the end of the day of the count."""
        return self.counted + self.moved

    @property
    def difference(self) -> Quantity:
        """Counted less book."""
        return self.counted - self.book


@value
class CountResult:
    """A count against the books: its day, its warehouse, its lines by code, how many were left out."""

    on: date
    warehouse: Id
    lines: tuple[CountLine, ...]
    skipped: int


def count_sheet(
    session: Session,
    *,
    warehouse: str,
    now_ms: int,
    category: str = "",
    items: Sequence[str] = (),
    has_empty: bool = False,
    is_blind: bool = False,
) -> dict[str, Any]:
    """The sheet to count a warehouse on, as plain values; `counted` of each line is to be filled in.

    The scope is everything, a category with those under it, or the items named. Items without stock are on it where
    `has_empty` asks for them or they are named; a blind sheet does not tell what the books have. Cards are given by
    id, code or name. Raises NotFound, Ambiguous.
    """
    place = find_card(session, "warehouse", warehouse)
    snapshot = (day_of(business_day(session, now_ms=now_ms)), max(now_ms << COUNTER_BITS, latest_hlc(session)))
    named = {find_card(session, "item", each) for each in items}
    under = items_of_category(session, find_card(session, "category", category) if category else None)
    counts = last_counts(session, place)
    card = Catalog(session).find("warehouse", warehouse)
    return {
        "snapshot": {"date": day_text(snapshot[0]), "position": str(snapshot[1])},
        "warehouse": card.id,
        "warehouse_code": card.code,
        "warehouse_name": card.name,
        "is_blind": is_blind,
        "lines": [
            _sheet_line(row, counts.get((row.key, place)), is_blind=is_blind)
            for row in countable(session, warehouse=place, moment=snapshot)
            if (under is None or row.key in under)
            and (row.key in named if named else row.quantity or (has_empty and row.is_active))
        ],
    }


def _sheet_line(row: CountableRow, last: LastCount | None, *, is_blind: bool) -> dict[str, Any]:
    return {
        "item": row.uuid.hex(),
        "item_code": row.code,
        "item_name": row.name,
        "item_spec": row.spec,
        "unit": row.unit,
        "book_quantity": None if is_blind else str(Quantity(row.quantity)),
        "last_counted": day_text(last.date) if last else None,
        "counted": None,
    }


def count_result(
    session: Session,
    *,
    content: Any,
    uncounted: str = SKIP,
    on: date | None = None,
    tolerance: Tolerance | None = None,
) -> CountResult:
    """What was counted against the books; nothing is changed. `content` is a sheet with `counted` filled in.

    The day of the count is that of the snapshot where none is given. Raises HasProblems with the place of each.
    """
    return _result(session, read_count(session, content=content), uncounted, on, tolerance or Tolerance())


def _result(session: Session, count: Count, uncounted: str, on: date | None, tolerance: Tolerance) -> CountResult:
    if uncounted not in UNCOUNTED:
        raise UserError(Text("count.uncounted_choice", {"value": uncounted, "choices": list(UNCOUNTED)}))
    day = on or count.date
    if day < count.date:
        raise UserError(Text("count.before_snapshot", {"date": day.isoformat(), "snapshot": count.date.isoformat()}))
    kept = [line for line in count.lines if line.counted is not None or uncounted == ZERO_THEM]
    lines = [_compared(session, count, line, day_of(day), tolerance) for line in kept]
    counts = last_counts(session, count.warehouse_key)
    lines = _with_causes(session, count, list(zip(kept, lines, strict=True)), counts)
    lines.sort(key=lambda line: (line.item_code, line.item))
    return CountResult(day, count.warehouse, tuple(lines), len(count.lines) - len(kept))


def _compared(session: Session, count: Count, line: Entered, day: int, tolerance: Tolerance) -> CountLine:
    found = moved_since(session, item=line.key, warehouse=count.warehouse_key, moment=line.moment, day=day)
    counted, book = line.counted or NOTHING, Quantity(found.book)
    worth = _worth(session, line.key, count.warehouse_key, counted - book)
    is_recount = tolerance.is_passed(counted - book, worth)
    named = (line.item, line.code, line.name, line.spec, line.unit)
    return CountLine(*named, counted, book, Quantity(found.moved), worth, is_recount)


def _worth(session: Session, item: int, warehouse: int, difference: Quantity) -> Money:
    if not difference:
        return ZERO
    quantity, worth, reference = cost_of(session, item=item, warehouse=warehouse)
    if quantity > 0:
        return Money(half_up(worth * difference.micro, quantity))
    return line_amount(difference, UnitPrice(reference))


def _with_causes(
    session: Session,
    count: Count,
    pairs: list[tuple[Entered, CountLine]],
    counts: dict[tuple[int, int], LastCount],
) -> list[CountLine]:
    seen = [Counted(line.code, line.name, line.unit, line.units, made.counted, made.book) for line, made in pairs]
    exchanged = swapped(seen)
    found = []
    for place, (line, made) in enumerate(pairs):
        causes = list(unit_causes(seen[place]))
        causes += [_swap(seen[other]) for other in exchanged.get(place, ())]
        if made.difference:
            causes += _sold_early(session, count.warehouse_key, line, counts.get((line.key, count.warehouse_key)))
        found.append(changed(made, causes=tuple(causes)) if causes else made)
    return found


def _swap(other: Counted) -> Text:
    params = {"code": other.code, "name": other.name, "difference": other.difference}
    return Text("count.cause.swapped", params)


def _sold_early(session: Session, warehouse: int, line: Entered, last: LastCount | None) -> list[Text]:
    """The books were short of it since it was last counted."""
    since = last.position if last else (0, 0, 0)
    short = first_short(session, item=line.key, warehouse=warehouse, since=since)
    if short is None:
        return []
    return [Text("count.cause.sold_before_received", {"date": day_text(short.date) or "", "number": short.number})]


@use_case(right="documents.post")
def post_count(work: Work, *, content: Any, uncounted: str = SKIP, on: date | None = None) -> None:
    """Post what was counted as a count: each counted item lies there afterwards with that quantity and what moved.

    Raises HasProblems with the place of each problem, UserError where nothing was counted, what posting raises.
    """
    count = read_count(work.session, content=content)
    result = _result(work.session, count, uncounted, on, Tolerance())
    if not result.lines:
        raise UserError(Text("count.nothing_counted"))
    below = [
        Problem(("lines", line.item_code, "counted"), Text("count.below_zero", _below(line)))
        for line in result.lines
        if line.quantity < NOTHING
    ]
    if below:
        raise HasProblems(Text("count.has_problems", {"count": len(below)}), below)
    lines = tuple(ItemLine(0, line.item, quantity=line.quantity) for line in result.lines)
    draft = Document(NO_ID, STOCK_COUNT.code, result.on, warehouse=result.warehouse, lines=lines)
    post(work, drafts=[draft])


def _below(line: CountLine) -> dict[str, object]:
    return {"item": line.item_code, "counted": line.counted, "moved": line.moved}
