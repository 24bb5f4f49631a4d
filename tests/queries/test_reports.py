"""All reports alike: what they declare is what they answer, and what cannot be read is told with its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from jxc_desktop.kernel.errors import HasProblems, NotFound
from jxc_desktop.queries.reports.registry import REPORTS
from jxc_desktop.queries.reports.report import list_reports, run_report
from jxc_desktop.queries.reports.spec import ParameterType, Shape
from jxc_desktop.queries.sales_profit import KEYS
from jxc_desktop.services.month_prices import price_month
from tests.builders import Shop, batch, delivery, line, open_shop, receipt, serial
from tests.queries.ask import answer, text_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jxc_desktop.db.engine import Session
    from jxc_desktop.kernel.text import Text

PUBLISHED = {
    "stock-on-hand": "item_code item_name item_spec warehouse batch quantity value unit_cost",
    "stock-ledger": "date number kind item_code warehouse quantity value balance_quantity balance_value",
    "gross-profit": "item_code quantity revenue cost profit margin",
    "trial-balance": "account_code account_name opening_debit opening_credit debit credit closing_debit closing_credit",
    "receivables": "party_code party_name opening increase decrease closing overdue",
    "payables": "party_code party_name opening increase decrease closing overdue",
}
GIVEN = {"general-ledger": {"account": "1122"}}


COSTING = {"month-prices": "periodic_average"}
"""What a report tells of, where it is not the costing of most books; a price needs goods that were there."""

ESTIMATED = {"estimated-payables"}
"""Reports that tell of goods whose invoice is to come."""


@pytest.fixture
def trading(tmp_path: Path, name: str) -> Iterator[Shop]:
    """A book with something for every report to tell: goods in stock and goods sold short."""
    shop = open_shop(tmp_path, costing=COSTING.get(name, "moving_average"))
    with shop.book:
        pen, cup, customer = shop.item("P1"), shop.item("P2"), shop.customer("C1")
        bought = [replace(line(pen, "9", "1"), key=1)]
        tracking = [batch(1, "B1", "8", expiry_date="2026-03-01"), serial(1, "A1")]
        shop.post(receipt(5, shop.supplier("S1"), bought, tracking=tracking))
        shop.post(delivery(6, customer, [line(pen, "1", "2")]))
        if name in ESTIMATED:
            shop.post(receipt(5, shop.supplier("S1"), [line(pen, "9", "1")], invoice_kind="to_come"))
        if name not in COSTING:
            shop.post(delivery(6, customer, [line(cup, "1", "2")]))
        else:
            shop.book.do(price_month, period=202601)
        yield shop


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_a_report_answers_in_the_columns_it_declares(trading: Shop, name: str) -> None:
    shop = trading
    given = GIVEN.get(name, {})
    found = answer(shop, name, **given)
    names = [column["name"] for column in found["columns"]]
    assert list(found) == ["report", "parameters", "columns", "rows", "totals"]
    assert (found["report"], found["parameters"]) == (name, given)
    assert found["rows"]
    assert all(list(row) == names for row in found["rows"])
    assert found["totals"].keys() == {column.name for column in REPORTS[name].columns if column.is_total}


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_an_empty_book_has_empty_reports(shop: Shop, name: str) -> None:
    found = answer(shop, name, **GIVEN.get(name, {}))
    assert found["rows"] == []
    assert set(found["totals"].values()) <= {"0", "0.00"}


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_the_columns_people_script_against_stay(name: str) -> None:
    names = [column.name for column in REPORTS[name].columns]
    published = PUBLISHED[name].split()
    assert [each for each in names if each in published] == published


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_a_rows_tuple_is_declared_like_its_columns(trading: Shop, name: str) -> None:
    report = REPORTS[name]

    def fields(session: Session) -> tuple[str, ...]:
        values: dict[str, object] = {parameter.name: None for parameter in report.parameters}
        values |= {each.name: each.choices[0] for each in report.parameters if each.choices}
        values |= {"today": 20260131, "account": session.value("SELECT id FROM account WHERE code = '1122'")}
        assert report.shape(values).columns == report.columns
        first = report.query(session, values)[0]
        assert len(first) == len(report.columns)
        declared: tuple[str, ...] = getattr(first, "_fields", names)
        return declared

    names = tuple(column.name for column in report.columns)
    assert trading.book.read(fields) == names


SHAPES = [
    *((name, report.shape_of is None, {}) for name, report in REPORTS.items()),
    *(("gross-profit", False, {"by": by, "row": None}) for by in KEYS),
    ("gross-profit", False, {"by": "item", "row": "P1"}),
    ("stock-value-by-account", False, {"row": "1405"}),
    ("stock-ageing", False, {"buckets": (10, 20)}),
]


@pytest.mark.parametrize(("name", "is_fixed", "values"), SHAPES)
def test_where_a_cell_leads_exists(name: str, *, is_fixed: bool, values: dict[str, object]) -> None:
    report = REPORTS[name]
    shape = report.shape(values) if values or is_fixed else Shape(report.columns, report.drill_down)
    names = {column.name for column in shape.columns}
    for drill in shape.drill_down:
        assert drill.column in names
        if drill.report != "document":
            wanted = {parameter.name for parameter in REPORTS[drill.report].parameters}
            assert {parameter for parameter, _column in (*drill.parameters, *drill.given)} <= wanted
            assert {column for _parameter, column in drill.parameters} <= names


def test_the_list_of_reports_names_parameters_and_columns() -> None:
    listed = {each["name"]: each for each in list_reports(text_id)}
    assert list(listed) == list(REPORTS)
    assert listed["ageing"]["title"] == "report.ageing"
    assert listed["ageing"]["parameters"][1] == {
        "name": "kind",
        "title": "report.parameter.kind",
        "type": ParameterType.CHOICE,
        "required": False,
        "choices": ["receivable", "payable"],
    }
    assert {"name": "unit_cost", "title": "field.unit_cost", "type": "price"} in listed["stock-on-hand"]["columns"]


def test_what_cannot_be_read_is_told_all_at_once(shop: Shop) -> None:
    with pytest.raises(HasProblems) as refused:
        answer(shop, "stock-on-hand", as_of="gestern", item="P9", zero="maybe", colour="red")
    found = {problem.place: problem.text.id for problem in refused.value.problems}
    assert found == {
        ("colour",): "report.unknown_parameter",
        ("as_of",): "report.bad_date",
        ("item",): "master.not_found",
        ("zero",): "report.not_a_choice",
    }
    with pytest.raises(HasProblems) as missing:
        answer(shop, "general-ledger")
    assert [problem.text.id for problem in missing.value.problems] == ["report.parameter_missing"]
    with pytest.raises(NotFound):
        answer(shop, "weather")


def test_a_month_stands_for_its_first_or_its_last_day(shop: Shop) -> None:
    pen = shop.item("P1")
    shop.post(
        receipt(1, shop.supplier("S1"), [line(pen, "9", "1")]), receipt(31, shop.supplier("S1"), [line(pen, "1", "1")])
    )
    assert answer(shop, "stock-ledger", since="2026-01", to="2026-01")["totals"]["quantity"] == "10"
    assert answer(shop, "stock-ledger", since="2026-02")["totals"]["quantity"] == "0"


def test_titles_are_put_into_words_by_the_caller(shop: Shop) -> None:
    def words(text: Text) -> str:
        return f"<{text.id}>"

    found = shop.book.read(run_report, name="receivables", given={}, today=date(2026, 1, 31), words=words)
    assert found["columns"][2] == {"name": "opening", "title": "<report.column.opening>", "type": "money"}
