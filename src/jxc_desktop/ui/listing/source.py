"""What a list shows, as values: its columns, its filters, how its rows are asked for, where a row leads."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from jxc_desktop.kernel.text import Text

from .shown import NUMBERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jxc_desktop.queries.reports.spec import Parameter
    from jxc_desktop.services.reader import Reader
    from jxc_desktop.ui.widgets.page import Address


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column: its name, its title in words and the type its values are shown by."""

    name: str
    title: str
    type: str = "text"

    @property
    def is_number(self) -> bool:
        """Whether it stands at the right."""
        return self.type in NUMBERS


class Line(NamedTuple):
    """One row: what its cells show, and the plain values behind them."""

    cells: tuple[str, ...]
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a list holds: all rows, or the local numbers by which pages of rows are asked for.

    `totals` are plain values by column. `is_whole` is False for a first page that comes before the numbers of all.
    """

    columns: tuple[ListColumn, ...]
    lines: list[Line]
    keys: array[int] | None = None
    totals: Mapping[str, str] = field(default_factory=dict)
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Question:
    """What a list is asked with: the filters as texts, the business date, the words for titles."""

    given: Mapping[str, str]
    today: date
    words: Callable[[Text], str]


class Source(Protocol):
    """One list or report."""

    key: str
    title: Text
    parameters: Sequence[Parameter]
    has_search: bool

    def first(self, reader: Reader, question: Question) -> Answer:
        """What can be shown at once."""
        ...

    def whole(self, reader: Reader, question: Question) -> Answer:
        """Everything, where `first` was not whole."""
        ...

    def page(self, reader: Reader, question: Question, keys: Sequence[int]) -> list[Line]:
        """The rows of these local numbers."""
        ...

    def drill(self, question: Question, line: Line, column: str) -> Address | None:
        """Where a cell leads."""
        ...
