"""Rows from a spreadsheet become lines in one step of undo, and lines become rows for one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from jxc_desktop.domain.field import Field
from jxc_desktop.exchange.headings import match_columns
from jxc_desktop.exchange.synonyms import synonyms
from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.text import Text
from jxc_desktop.language import Language, translator
from jxc_desktop.services.drafting import pasted_lines

from .clipboard import REFERENCES, is_heading, names_without, rows_of, text_of
from .columns import ITEM
from .typed import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jxc_desktop.domain.documents.draft import Draft
    from jxc_desktop.domain.documents.line import ItemLine
    from jxc_desktop.services.drafting import PastedLines
    from jxc_desktop.services.reader import Reader
    from jxc_desktop.ui.widgets.page import Desk

    from .grid import LinesGrid
    from .told import Told

ALSO = {"item": ("code", "item_code"), "item_name": ("name",), "item_spec": ("spec",)}
"""Other headings of a column."""
IMPORTED = {
    "item_code": "item", "item_barcode": "barcode", "item_name": "item_name", "item_spec": "item_spec", "unit": "unit",
    "quantity": "quantity", "price": "price", "amount": "typed_amount", "tax_rate": "tax_rate", "discount": "discount",
    "is_gift": "is_gift", "warehouse": "warehouse", "note": "note",
}  # fmt: skip
"""The columns of an import, by what they are in a document."""


class Pasting(QObject):
    """Copy and paste of one grid."""

    def __init__(self, desk: Desk, grid: LinesGrid, told: Told) -> None:
        super().__init__(grid)
        self._desk = desk
        self._grid = grid
        self._lines = grid.lines
        self._entry = grid.lines.entry
        self._told = told
        grid.copied.connect(self.copy)
        grid.pasted.connect(self.paste)

    def copy(self) -> None:
        """Put what is selected on the clipboard; more than one cell with its headings."""
        chosen = self._grid.selectionModel().selectedIndexes()
        cells = [each for each in chosen if each.row() < len(self._lines.keys)]
        rows = sorted({each.row() for each in cells})
        places = sorted({each.column() for each in cells})
        said = [[str(self._lines.index(row, place).data() or "") for place in places] for row in rows]
        if not said:
            return
        if len(cells) > 1:
            words = self._desk.words
            said.insert(0, [words(Text(f"field.{self._lines.columns[place].name}")) for place in places])
        QGuiApplication.clipboard().setText(text_of(said))

    def paste(self) -> None:
        """Rows that name items become new lines; others fill the cells from the current one on."""
        rows = rows_of(QGuiApplication.clipboard().text())
        if not rows:
            return
        names = self._names_in(rows[0])
        rows = rows[1:] if names else rows
        current = self._grid.currentIndex()
        is_item = not current.isValid() or self._lines.columns[current.column()].name == ITEM
        is_item = is_item or current.row() >= len(self._lines.keys)
        if not names and rows:
            here = [each.name for each in self._lines.columns[max(current.column(), 0) :]]
            names = names_without(rows, [each.name for each in self._lines.columns]) if is_item else here
        cells = [self._plain(dict(zip(names, row, strict=False))) for row in rows]
        if set(names) & set(REFERENCES):
            self._ask([each for each in cells if any(each.get(name) for name in REFERENCES)])
        else:
            self._fill(current.row(), cells)

    def _plain(self, cells: Mapping[str, str]) -> dict[str, str]:
        """The cells of a row as their fields are read."""
        fields = self._fields()
        return {name: plain(fields[name], text, self._unit) for name, text in cells.items() if name in fields}

    def _unit(self, written: str) -> str:
        return synonyms().word("units", written)

    def _names_in(self, row: Sequence[str]) -> list[str]:
        """What a row of headings names: our own titles in every language first, then what imports know."""
        own = self._titles()
        names = [own.get(cell.casefold(), "") for cell in row]
        unknown = ["" if name else cell for name, cell in zip(names, row, strict=True)]
        found, _unread, _score = match_columns(synonyms().shapes["lines"][0], unknown)
        fields = self._fields()
        for name, column in found.items():
            meant = IMPORTED.get(name, "")
            meant = "unit_cost" if meant == "price" and meant not in fields else meant
            if meant in fields and meant not in names:
                names[column.number - 1] = meant
        return names if is_heading(row, names) else []

    def _fields(self) -> dict[str, Field]:
        declared = {field.name: field for field in self._entry.declared.line_fields}
        return declared | {name: Field(name) for name in ("item", "barcode", "item_name", "item_spec")}

    def _titles(self) -> dict[str, str]:
        """The headings of this document's columns in every language."""
        made: dict[str, str] = {}
        for name in ("barcode", *(each.name for each in self._lines.columns)):
            for other in (name, *ALSO.get(name, ())):
                for language in Language:
                    made.setdefault(translator(language)(Text(f"field.{other}")).casefold(), name)
        return made

    def _ask(self, cells: Sequence[Mapping[str, str]]) -> None:
        draft, head = self._entry.draft, self._entry.draft.head

        def work(reader: Reader) -> tuple[PastedLines, Draft]:
            found = reader.read(pasted_lines, draft=head, rows=cells)
            return found, _with_lines(draft, found.lines)

        self._desk.ops.query(work, partial(self._put, draft))

    def _put(self, before: Draft, answered: tuple[PastedLines, Draft]) -> None:
        found, draft = answered
        now = self._entry.draft
        if now.head.id != before.head.id:
            return
        first = now.last_key + 1
        self._grid.leave_cell()
        if self._entry.draft is not before:
            first, draft = self._entry.draft.last_key + 1, _with_lines(self._entry.draft, found.lines)
        self._entry.put(draft)
        problems = [Problem(("lines", first + int(row), name), text) for (row, name), text in found.problems]
        self._tell(len(found.lines), problems)
        if problems:
            self._grid.setCurrentIndex(self._lines.index(self._lines.row_of(int(problems[0].place[1])), 0))
        else:
            self._grid.open_next()

    def _fill(self, start: int, cells: Sequence[Mapping[str, str]]) -> None:
        draft = self._entry.draft
        problems: list[Problem] = []
        for number, given in enumerate(cells):
            line = self._lines.line(start + number)
            if line is None:
                text = Text("ui.editor.no_line_below", {"count": len(cells) - number})
                problems.append(Problem((), text))
                break
            for name, typed in given.items():
                try:
                    line = self._lines.entered(line, name, typed)
                except UserError as error:
                    problems.append(Problem(("lines", line.key, name), error.text))
            draft = draft.with_line(line)
        self._grid.leave_cell()
        self._entry.put(draft)
        self._tell(len(cells), problems)

    def _tell(self, count: int, problems: Sequence[Problem]) -> None:
        places = (each.place for each in problems if each.place)
        self._lines.mark(frozenset((int(place[1]), str(place[2])) for place in places))
        if not problems:
            self._told.hide()
            self._desk.say(self._desk.words(Text("ui.editor.pasted", {"count": count})))
            return
        text = Text("ui.editor.not_pasted", {"count": len({each.place[:2] for each in problems}), "rows": count})
        self._told.tell([Problem((), text), *problems])


def _with_lines(draft: Draft, lines: Sequence[ItemLine]) -> Draft:
    for line in lines:
        draft = draft.with_line(line)
    return draft
