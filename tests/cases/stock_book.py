"""The book behind a case of stock and cost: one item, a customer, a supplier, warehouses by their names.

What an event means is in `stock_events`; here it is posted, amended or voided, and the book is asked for its figures.
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from jxc_desktop.domain.documents.document import Document
from jxc_desktop.domain.documents.line import NO_ID
from jxc_desktop.domain.inventory.unit import unit_cost
from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.value import changed
from jxc_desktop.queries.line_cost import line_cost
from jxc_desktop.queries.reports.report import run_report
from tests.builders import open_shop
from tests.cases import read
from tests.cases.case import NotBuiltYet
from tests.cases.stock_events import DRAFTS, FIRST_DAY, LAST_DAY, LINE, NOON_OF_LAST_DAY, Cards, Event, day_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jxc_desktop.kernel.text import Text
    from jxc_desktop.queries.line_cost import LineCost
    from tests.builders import Shop
    from tests.cases.case import Decimals, Figures

METHODS = {"moving_average": "moving_average", "fifo": "fifo"}
"""Method of a case → costing method of the book."""

POLICIES = {"reference_cost", "negative_stock"}


class _Entered(NamedTuple):
    id: Id
    draft: Document


@contextmanager
def opened(given: Any) -> Iterator[StockBook]:
    """A new book in a folder that goes afterwards. Raises NotBuiltYet for a method or policy that no book has."""
    policy = given.get("policy", {})
    if given["method"] not in METHODS:
        raise NotBuiltYet(f"method {given['method']}")
    for name in policy:
        if name not in POLICIES:
            raise NotBuiltYet(f"policy {name}")
    has_pools = any("wh" in event or "from" in event for event in given["events"])
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        shop = open_shop(
            Path(folder),
            start=int(f"{FIRST_DAY:%Y%m}"),
            costing=METHODS[given["method"]],
            cost_pool="warehouse" if has_pools else "book",
            negative_stock="forbid" if policy.get("negative_stock") == "forbid" else "allow",
        )
        shop.clock.put(NOON_OF_LAST_DAY)
        with shop.book:
            yield StockBook(shop, read.price(policy.get("reference_cost", "0")).micro)


class StockBook:
    """Enters events and answers checks."""

    def __init__(self, shop: Shop, reference_cost: int) -> None:
        self._shop = shop
        self._item_code = "item"
        self._cards = Cards(
            item=shop.item(self._item_code, reference_cost=reference_cost),
            customer=shop.customer("customer"),
            supplier=shop.supplier("supplier"),
        )
        self._warehouses: dict[str, Id] = {}
        self._entered: dict[str, _Entered] = {}

    def enter(self, event: Any) -> None:
        """Enter an event. Raises UserError where the product refuses it, NotBuiltYet for an operation it lacks."""
        operation = event["op"]
        if "batch" in event:
            raise NotBuiltYet(f"a {operation} of a batch")
        if operation == "cancel":
            self._shop.void(self._entered[event["of"]].id)
        elif operation == "edit_qty":
            self._edit(event)
        elif operation in DRAFTS:
            self._post(event)
        else:
            raise NotBuiltYet(f"operation {operation}")

    def refuses(self, event: Any) -> bool:
        """Whether the product refuses an event."""
        try:
            self.enter(event)
        except UserError:
            return True
        return False

    def _post(self, given: Any) -> None:
        draft = DRAFTS[given["op"]](self._cards, self._event(given))
        document = self._shop.post_one(draft)
        if "id" in given:
            self._entered[given["id"]] = _Entered(document, draft)

    def _event(self, given: Any) -> Event:
        """A count that names no quantity leaves what is there on its day."""
        return Event(
            given,
            self._warehouse(given.get("wh") or given.get("from")),
            self._warehouse(given.get("to")),
            self._entered[given["of"]].id if "of" in given else NO_ID,
            given["qty"] if "qty" in given else self._totals(given, as_of=day_of(given).isoformat())["quantity"],
        )

    def _warehouse(self, name: str | None) -> Id:
        if name is None:
            return NO_ID
        if name not in self._warehouses:
            self._warehouses[name] = self._shop.warehouse(name)
        return self._warehouses[name]

    def _edit(self, event: Any) -> None:
        document, draft = self._entered[event["of"]]
        (line,) = draft.lines
        content = changed(draft, lines=(changed(line, quantity=read.quantity(event["qty"])),))
        self._shop.amend(document, content)
        self._entered[event["of"]] = _Entered(document, content)

    def answer(self, check: Any) -> Figures:
        """The figures of a check, beside what the check itself names."""
        if "batch" in check:
            raise NotBuiltYet("figures of a batch")
        totals = self._totals(check)
        value, quantity = read.money(totals["value"]), read.quantity(totals["quantity"])
        return {
            **{name: check[name] for name in ("after", "wh") if name in check},
            "qty": quantity,
            "value": value,
            "unit_cost": lambda decimals: unit_cost(value, quantity, decimals=decimals),
            "layers": self._layers(check),
            "issue_cost": {name: self._cost(name).cost for name in check.get("issue_cost", {})},
            "variance": {name: self._cost(name).variance for name in check.get("variance", {})},
        }

    def _totals(self, place: Any, **more: str) -> dict[str, str]:
        """Quantity and value of the whole item, or of the warehouse that a check or an event names."""
        totals: dict[str, str] = self._report("stock-on-hand", {**self._place(place), **more})["totals"]
        return totals

    def _place(self, place: Any) -> dict[str, str]:
        if "wh" not in place:
            return {"item": self._item_code}
        self._warehouse(place["wh"])
        return {"item": self._item_code, "warehouse": place["wh"]}

    def _report(self, name: str, given: dict[str, str]) -> dict[str, Any]:
        return self._shop.book.read(run_report, name=name, given=given, today=LAST_DAY, words=_untranslated)

    def _layers(self, place: Any) -> list[Any]:
        """[quantity, unit cost] of each layer, neighbours that cost the same together."""
        rows = self._report("cost-layers", {**self._place(place), "together": "yes"})["rows"]
        return [[read.quantity(row["quantity"]), _unit_cost(row)] for row in rows]

    def _cost(self, event: str) -> LineCost:
        return self._shop.book.read(line_cost, document=self._entered[event].id, line=LINE)


def _unit_cost(row: Any) -> Decimals:
    value, quantity = read.money(row["value"]), read.quantity(row["quantity"])
    return lambda decimals: unit_cost(value, quantity, decimals=decimals)


def _untranslated(text: Text) -> str:
    return text.id
