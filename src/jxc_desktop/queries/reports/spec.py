"""What a report is declared with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import value

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session


class ColumnType(StrEnum):
    """How a column is stored and shown: money in fen, quantity, price and rate in 10⁻⁶, days as YYYYMMDD."""

    TEXT = "text"
    DATE = "date"
    MONEY = "money"
    QUANTITY = "quantity"
    PRICE = "price"
    RATE = "rate"
    WHOLE = "whole"
    YES_NO = "yes_no"


class ParameterType(StrEnum):
    """What a parameter takes; an end date may be given as a month and then is its last day."""

    DATE = "date"
    END_DATE = "end_date"
    CARD = "card"
    CHOICE = "choice"
    YES_NO = "yes_no"
    TEXT = "text"
    COUNT = "count"
    """A whole number, 0 or more."""
    DAYS = "days"
    """Rising numbers of days, written 30,60,90."""


@value
class Column:
    """One column; `is_total` ones are added up below the list. Without a title it is titled like the field.

    `title_params` are the values that the words of the title ask for.
    """

    name: str
    type: ColumnType = ColumnType.TEXT
    is_total: bool = False
    title_id: str = ""
    title_params: tuple[tuple[str, int], ...] = ()

    @property
    def title(self) -> Text:
        """The words over the column."""
        if self.title_params:
            return Text(self.title_id, dict(self.title_params))
        return Text(self.title_id) if self.title_id else Text(f"field.{self.name}")


@value
class Parameter:
    """One parameter: `to` is the master kind of a card, `choices` the words of a choice, the first is the default."""

    name: str
    type: ParameterType
    to: str = ""
    choices: tuple[str, ...] = ()
    is_required: bool = False

    @property
    def title(self) -> Text:
        """The words before the parameter."""
        return Text(f"report.parameter.{self.name}")


@value
class DrillDown:
    """Where a cell of `column` leads: a report whose parameters take the values of columns; `document` opens one.

    `given` are parameters with a value of their own. A report that leads to itself keeps its other parameters.
    """

    column: str
    report: str
    parameters: tuple[tuple[str, str], ...] = ()
    given: tuple[tuple[str, str], ...] = ()


@value
class Shape:
    """The columns of an answer and where its cells lead."""

    columns: tuple[Column, ...]
    drill_down: tuple[DrillDown, ...] = ()


Values = Mapping[str, Any]
"""Parameter → value: a card as its local number, a date as YYYYMMDD, nothing as None; `today` is always there."""

RowsOf = Callable[["Session", Values], "Sequence[Any]"]
Selection = Callable[["Sequence[Any]"], "Sequence[Any]"]
ShapeOf = Callable[[Values], Shape]


def _all(rows: Sequence[Any]) -> Sequence[Any]:
    return rows


@value
class Report:
    """One report; `query` returns tuples in the order of its columns, `added` picks the rows that totals add up.

    `columns` are those of an answer without parameters; `shape_of` gives those of an answer whose columns depend on
    the parameters.
    """

    name: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    query: RowsOf
    drill_down: tuple[DrillDown, ...] = ()
    added: Selection = _all
    shape_of: ShapeOf | None = None

    def shape(self, values: Values) -> Shape:
        """What an answer to these parameters looks like."""
        return Shape(self.columns, self.drill_down) if self.shape_of is None else self.shape_of(values)

    @property
    def title(self) -> Text:
        """The name of the report in words."""
        return Text(f"report.{self.name.replace('-', '_')}")


FROM = Parameter("from", ParameterType.DATE)
TO = Parameter("to", ParameterType.END_DATE)
AS_OF = Parameter("as_of", ParameterType.END_DATE)
ITEM = Parameter("item", ParameterType.CARD, to="item")
WAREHOUSE = Parameter("warehouse", ParameterType.CARD, to="warehouse")
PARTY = Parameter("party", ParameterType.CARD, to="party")
CATEGORY = Parameter("category", ParameterType.CARD, to="category")
ROW = Parameter("row", ParameterType.TEXT)
"""The code (or the day) of a row: the documents behind it are listed instead of the rows."""
