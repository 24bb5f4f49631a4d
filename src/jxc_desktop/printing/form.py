"""A form as it is declared in a TOML file of `resources/forms` or of a user, and its reading, every fault at once.

    of = "document"; paper = "CF241x140"; papers = [...]; size = 9.5        # size of the text in points
    [[head]] cells = [{label, text, width, size, bold, align, lines, barcode, always, room}]
    [table]  rows = "lines"; columns = [{label, text, width, align, lines, sum, optional}]; subtotal, carry, lines
    [[foot]] …   below the last line        [[every]] …   at the foot of every page
    [on.A4]  size, row, fill, without = [labels of columns]

A label is an entry `print.<label>` of the catalogue, or in a user's form any words. Widths are shares of the row.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from jxc_desktop.kernel.errors import FileMissing, HasProblems, NotFound
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import value
from jxc_desktop.resource_files import resource_path

from .papers import papers
from .words import Piece, pieces

if TYPE_CHECKING:
    from pathlib import Path

Place = tuple[str | int, ...]
ALIGNS = ("left", "center", "right")
SOURCES = ("document", "item", "report")


@value
class Cell:
    """A place for a text in a row; one whose values are all empty is left out unless it is there `always`.

    `room` is the least height in mm, such as a signature needs; a label with room ends with a colon.
    """

    label: str = ""
    text: tuple[Piece, ...] = ()
    width: float = 1.0
    size: float = 0.0
    bold: bool = False
    align: str = "left"
    lines: int = 1
    barcode: float = 0.0
    always: bool = False
    room: float = 0.0


@value
class Column:
    """A column of the table: `sum` is the value that is added up, an `optional` one vanishes where no line fills it."""

    label: str
    text: tuple[Piece, ...]
    width: float
    align: str = "left"
    lines: int = 2
    sum: str = ""
    optional: bool = False


@value
class Table:
    """The lines: `rows` is the list they come from, `rules` whether the cells are framed."""

    rows: str
    columns: tuple[Column, ...]
    subtotal: bool = False
    carry: bool = False
    total: bool = True
    rules: bool = True


@value
class Variant:
    """What is different on one paper: size of the text, least height of a line in mm, lines that are filled up."""

    size: float = 0.0
    row: float = 0.0
    fill: int = 0
    without: tuple[str, ...] = ()


Rows = tuple[tuple[Cell, ...], ...]


@value
class Form:
    """One form."""

    name: str
    of: str
    paper: str
    papers: tuple[str, ...]
    size: float
    head: Rows
    table: Table | None
    foot: Rows
    every: Rows
    on: Mapping[str, Variant]


def load_form(name: str) -> Form:
    """A shipped form by its name. Raises NotFound naming all there are."""
    path = resource_path("forms", f"{name}.toml")
    if name not in form_names():
        raise NotFound(Text("form.unknown", {"form": name, "forms": form_names()}))
    return read_form(path)


def form_names() -> list[str]:
    """The shipped forms."""
    return sorted(path.stem for path in resource_path("forms").glob("*.toml"))


def read_form(path: Path) -> Form:
    """A form out of a file. Raises FileMissing, HasProblems with the place of each fault."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise FileMissing(Text("cli.no_file", {"file": str(path)})) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problem = Problem((path.name,), Text("form.not_toml", {"reason": str(error)}))
        raise HasProblems(Text("form.broken", {"file": path.name, "count": 1}), [problem]) from error
    reader = _Reader()
    form = reader.form(path.stem, raw)
    if reader.problems:
        params = {"file": path.name, "count": len(reader.problems)}
        raise HasProblems(Text("form.broken", params), reader.problems)
    return form


class _Reader:
    """Reads what TOML holds into values and notes what is wrong, with its place."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def form(self, name: str, raw: Mapping[str, Any]) -> Form:
        self._only((), raw, ("of", "paper", "papers", "size", "head", "table", "foot", "every", "on"))
        allowed = papers()
        given = self._names(("papers",), raw.get("papers", []))
        variants = self._one(("on",), raw.get("on", {}))
        for each in (*given, *variants):
            self._choice(("papers",), each, allowed)
        table = self._one(("table",), raw["table"]) if "table" in raw else None
        return Form(
            name=name,
            of=self._choice(("of",), raw.get("of", SOURCES[0]), SOURCES),
            paper=self._choice(("paper",), raw.get("paper"), allowed),
            papers=given or (str(raw.get("paper")),),
            size=self._number(("size",), raw.get("size", 9), 4, 40),
            head=self._rows("head", raw),
            table=None if table is None else self._table(table),
            foot=self._rows("foot", raw),
            every=self._rows("every", raw),
            on={each: self._variant(("on", each), more) for each, more in variants.items()},
        )

    def _rows(self, part: str, raw: Mapping[str, Any]) -> Rows:
        found = []
        for number, row in enumerate(self._many((part,), raw.get(part, [])), 1):
            self._only((part, number), row, ("cells",))
            cells = self._many((part, number, "cells"), row.get("cells", []))
            found.append(tuple(self._cell((part, number, place), each) for place, each in enumerate(cells, 1)))
        return tuple(found)

    def _cell(self, place: Place, raw: Mapping[str, Any]) -> Cell:
        self._only(
            place, raw, ("label", "text", "width", "size", "bold", "align", "lines", "barcode", "always", "room")
        )
        return Cell(
            label=str(raw.get("label", "")),
            text=self._template((*place, "text"), raw.get("text", "")),
            width=self._number((*place, "width"), raw.get("width", 1), 0.01, 1000),
            size=self._number((*place, "size"), raw.get("size", 0), 0, 100),
            bold=self._flag((*place, "bold"), raw.get("bold", False)),
            align=self._choice((*place, "align"), raw.get("align", ALIGNS[0]), ALIGNS),
            lines=int(self._number((*place, "lines"), raw.get("lines", 1), 1, 20)),
            barcode=self._number((*place, "barcode"), raw.get("barcode", 0), 0, 100),
            always=self._flag((*place, "always"), raw.get("always", False)),
            room=self._number((*place, "room"), raw.get("room", 0), 0, 100),
        )

    def _table(self, raw: Mapping[str, Any]) -> Table:
        self._only(("table",), raw, ("rows", "columns", "subtotal", "carry", "total", "rules"))
        columns = self._many(("table", "columns"), raw.get("columns", []))
        if not columns:
            self._wrong(("table", "columns"), Text("form.no_columns"))
        return Table(
            rows=str(raw.get("rows", "lines")),
            columns=tuple(self._column(("table", "columns", number), each) for number, each in enumerate(columns, 1)),
            **{
                name: self._flag(("table", name), raw.get(name, default))
                for name, default in (("subtotal", False), ("carry", False), ("total", True), ("rules", True))
            },
        )

    def _column(self, place: Place, raw: Mapping[str, Any]) -> Column:
        self._only(place, raw, ("label", "text", "width", "align", "lines", "sum", "optional"))
        return Column(
            label=str(raw.get("label", "")),
            text=self._template((*place, "text"), raw.get("text", "")),
            width=self._number((*place, "width"), raw.get("width", 10), 0.01, 1000),
            align=self._choice((*place, "align"), raw.get("align", ALIGNS[0]), ALIGNS),
            lines=int(self._number((*place, "lines"), raw.get("lines", 2), 1, 20)),
            sum=str(raw.get("sum", "")),
            optional=self._flag((*place, "optional"), raw.get("optional", False)),
        )

    def _variant(self, place: Place, given: object) -> Variant:
        raw = self._one(place, given)
        self._only(place, raw, ("size", "row", "fill", "without"))
        return Variant(
            size=self._number((*place, "size"), raw.get("size", 0), 0, 40),
            row=self._number((*place, "row"), raw.get("row", 0), 0, 100),
            fill=int(self._number((*place, "fill"), raw.get("fill", 0), 0, 100)),
            without=self._names((*place, "without"), raw.get("without", [])),
        )

    def _one(self, place: Place, raw: object) -> dict[str, Any]:
        if isinstance(raw, dict):
            return raw
        self._wrong(place, Text("form.not_a_table", {"value": str(raw)}))
        return {}

    def _many(self, place: Place, raw: object) -> list[dict[str, Any]]:
        if isinstance(raw, list):
            return [self._one((*place, number), each) for number, each in enumerate(raw, 1)]
        self._wrong(place, Text("form.not_a_table", {"value": str(raw)}))
        return []

    def _template(self, place: Place, raw: object) -> tuple[Piece, ...]:
        try:
            return pieces(str(raw))
        except ValueError:
            self._wrong(place, Text("form.bad_text", {"value": str(raw), "example": "{gross:money}"}))
            return ()

    def _names(self, place: Place, raw: object) -> tuple[str, ...]:
        if isinstance(raw, list) and all(isinstance(each, str) for each in raw):
            return tuple(raw)
        self._wrong(place, Text("form.not_names", {"value": str(raw)}))
        return ()

    def _number(self, place: Place, raw: object, least: float, most: float) -> float:
        if isinstance(raw, (int, float)) and not isinstance(raw, bool) and least <= raw <= most:
            return float(raw)
        self._wrong(place, Text("form.not_number", {"value": str(raw), "least": f"{least:g}", "most": f"{most:g}"}))
        return most

    def _flag(self, place: Place, raw: object) -> bool:
        if not isinstance(raw, bool):
            self._wrong(place, Text("form.not_flag", {"value": str(raw)}))
        return raw is True

    def _choice(self, place: Place, raw: object, allowed: Any) -> str:
        if raw not in allowed:
            self._wrong(place, Text("form.not_a_choice", {"value": str(raw), "choices": list(allowed)}))
        return str(raw)

    def _only(self, place: Place, raw: Mapping[str, Any], allowed: tuple[str, ...]) -> None:
        for key in sorted(set(raw) - set(allowed)):
            self._wrong((*place, key), Text("form.not_a_choice", {"value": key, "choices": list(allowed)}))

    def _wrong(self, place: Place, text: Text) -> None:
        self.problems.append(Problem(place, text))
