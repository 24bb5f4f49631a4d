"""A filled-in count sheet read back: which item, how much, counted at which moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from jxc_desktop.kernel.clock import COUNTER_BITS
from jxc_desktop.kernel.errors import HasProblems, UserError
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.quantity import NOTHING, SAME_UNIT, Quantity, Ratio
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import changed, value
from jxc_desktop.queries.counting import Moment
from jxc_desktop.queries.plain import day_of

from .business_day import business_day
from .catalog import Catalog
from .settings import Settings

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session

    from .catalog import Card

_END_OF_MILLISECOND = (1 << COUNTER_BITS) - 1


@value
class Entered:
    """An item of a sheet: `counted` in base units, None where nobody filled it in; `key` is its local number."""

    item: Id
    key: int
    code: str
    name: str
    spec: str
    unit: str
    units: tuple[tuple[str, Ratio], ...]
    counted: Quantity | None
    moment: Moment


@value
class Count:
    """A filled-in sheet: the day of its snapshot, its warehouse, one entry for each item."""

    date: date
    warehouse: Id
    warehouse_key: int
    lines: tuple[Entered, ...]


def read_count(session: Session, *, content: Any) -> Count:
    """What a sheet says. Lines of the same item are added up, and stand at the latest moment of them.

    A line may name its unit, and the moment it was counted at (`counted_at`, ISO, in the time zone of the book).
    Raises HasProblems with the place ("lines", row, field) of each problem; a row counts from 1 where it has no number
    of its own.
    """
    return _Reader(session).count(content)


class _Reader:
    """Reads one sheet and collects its problems."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._catalog = Catalog(session)
        self._problems: list[Problem] = []

    def count(self, content: Any) -> Count:
        snapshot = content.get("snapshot") if isinstance(content, Mapping) else None
        lines = content.get("lines") if isinstance(content, Mapping) else None
        if not isinstance(snapshot, Mapping) or not isinstance(lines, list):
            raise UserError(Text("count.not_a_sheet"))
        moment = self._snapshot(snapshot)
        named = content.get("warehouse") or content.get("warehouse_code") or ""
        warehouse = self._catalog.find("warehouse", str(named))
        entered: dict[Id, Entered] = {}
        for number, line in enumerate(lines, 1):
            if isinstance(line, Mapping):
                self._add(entered, line, moment, int(line.get("row") or number))
            else:
                self._problem(number, "item", Text("count.not_a_line"))
        if self._problems:
            raise HasProblems(Text("count.has_problems", {"count": len(self._problems)}), self._problems)
        on = date(moment[0] // 10_000, moment[0] // 100 % 100, moment[0] % 100)
        return Count(on, warehouse.id, warehouse.key, tuple(entered.values()))

    def _problem(self, row: int, field: str, text: Text) -> None:
        self._problems.append(Problem(("lines", row, field), text))

    @staticmethod
    def _snapshot(snapshot: Mapping[str, Any]) -> Moment:
        try:
            return day_of(date.fromisoformat(str(snapshot["date"]))), int(snapshot["position"])
        except (KeyError, ValueError) as error:
            raise UserError(Text("count.not_a_sheet")) from error

    def _add(self, entered: dict[Id, Entered], line: Mapping[str, Any], moment: Moment, row: int) -> None:
        try:
            card = self._catalog.find("item", str(line.get("item") or line.get("item_code") or ""))
        except UserError as refused:
            self._problem(row, "item", refused.text)
            return
        counted = self._counted(card, line, row)
        moment = self._moment(line, moment, row)
        known = entered.get(card.id)
        if known is None:
            named = (card.id, card.key, card.code, card.name, card.spec, card.base_unit)
            entered[card.id] = Entered(*named, _units(card), counted, moment)
        elif counted is not None:
            total = counted + (known.counted or NOTHING)
            entered[card.id] = changed(known, counted=total, moment=max(known.moment, moment))

    def _counted(self, card: Card, line: Mapping[str, Any], row: int) -> Quantity | None:
        given = line.get("counted")
        if given is None or str(given).strip() == "":
            return None
        try:
            quantity = Quantity.parse(str(given).strip())
        except ValueError:
            self._problem(row, "counted", Text("count.not_a_quantity", {"item": card.code, "value": str(given)}))
            return None
        if quantity < NOTHING:
            self._problem(row, "counted", Text("count.negative", {"item": card.code, "value": str(given)}))
            return None
        return self._in_base(card, str(line.get("unit") or ""), quantity, row)

    def _in_base(self, card: Card, unit: str, quantity: Quantity, row: int) -> Quantity | None:
        ratio = {card.base_unit: SAME_UNIT, "": SAME_UNIT, **dict(_units(card))}.get(unit)
        if ratio is None:
            self._problem(row, "unit", Text("line.unknown_unit", {"item": card.code, "unit": unit}))
            return None
        try:
            return ratio.to_base(quantity)
        except UserError as refused:
            self._problem(row, "counted", refused.text)
            return None

    def _moment(self, line: Mapping[str, Any], moment: Moment, row: int) -> Moment:
        given = str(line.get("counted_at") or "")
        if not given:
            return moment
        try:
            at = datetime.fromisoformat(given)
        except ValueError:
            self._problem(row, "counted_at", Text("count.not_a_time", {"value": given}))
            return moment
        if at.tzinfo is None:
            at = at.replace(tzinfo=ZoneInfo(Settings(self._session).get("time_zone")))
        milliseconds = int(at.timestamp() * 1000)
        day = day_of(business_day(self._session, now_ms=milliseconds))
        return day, (milliseconds << COUNTER_BITS) | _END_OF_MILLISECOND


def _units(card: Card) -> tuple[tuple[str, Ratio], ...]:
    return tuple((each["unit"], Ratio(each["num"], each["den"])) for each in card.units or ())
