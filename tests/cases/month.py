"""Kind monthly: a month of receipts and issues under periodic average, priced at its end."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from jxc_desktop.domain.inventory.unit import unit_cost
from jxc_desktop.queries.reports.report import run_report
from jxc_desktop.services.month_prices import price_month
from tests import builders
from tests.cases import read

if TYPE_CHECKING:
    from jxc_desktop.kernel.ids import Id
    from jxc_desktop.kernel.text import Text
    from tests.builders import Shop
    from tests.cases.case import Case, Decimals, Figures

LAST_DAY = date(2026, 1, 31)
ITEM = "item"


def monthly(case: Case) -> Figures:
    """The average of the month, what its issues cost together and what is left."""
    given = case.given
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        shop = builders.open_shop(Path(folder), costing="periodic_average", negative_stock="allow")
        with shop.book:
            item = shop.item(ITEM)
            _enter(shop, item, given)
            shop.book.do(price_month, period=202601)
            (month,) = _report(shop, "month-prices")["rows"]
            held = _report(shop, "stock-on-hand", zero="yes")["totals"]
            return {
                "unit_cost": _unit_cost(month),
                "issue_cost": _report(shop, "gross-profit")["totals"].get("cost", "0"),
                "end_value": held["value"],
                "end_qty": held["quantity"],
            }


def _enter(shop: Shop, item: Id, given: Any) -> None:
    opening = given["opening"]
    shop.post(builders.opening_stock([_line(item, opening)]))
    supplier, customer = shop.supplier("supplier"), shop.customer("customer")
    for receipt in given["receipts"]:
        shop.post(builders.receipt(1, supplier, [_line(item, receipt)]))
    for issue in given["issues"]:
        shop.post(builders.delivery(2, customer, [builders.line(item, issue["qty"])]))


def _line(item: Id, given: Any) -> Any:
    if "value" in given:
        return builders.line(item, given["qty"], amount=given["value"])
    if "unit_cost" in given:
        return builders.line(item, given["qty"], given["unit_cost"], unit_cost=given["unit_cost"])
    return builders.line(item, given["qty"])


def _unit_cost(row: Any) -> Decimals:
    value, quantity = read.money(row["value"]), read.quantity(row["quantity"])
    return lambda decimals: unit_cost(value, quantity, decimals=decimals)


def _report(shop: Shop, name: str, **given: str) -> dict[str, Any]:
    return shop.book.read(run_report, name=name, given=given, today=LAST_DAY, words=_untranslated)


def _untranslated(text: Text) -> str:
    return text.id


KINDS = {"monthly": monthly}
