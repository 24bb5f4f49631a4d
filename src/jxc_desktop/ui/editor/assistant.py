"""Beside the lines: of the item one stands on, where it lies, what this party paid before, what it cost last.

It is asked a moment after one came to a line, never while a scan or a key is being worked on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel

from jxc_desktop.kernel.text import Text
from jxc_desktop.queries.item_facts import item_facts
from jxc_desktop.ui.widgets.figures import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jxc_desktop.domain.documents.line import ItemLine
    from jxc_desktop.queries.item_facts import ItemFacts, PaidRow
    from jxc_desktop.queries.items import HeldRow
    from jxc_desktop.services.drafting import KnownLine
    from jxc_desktop.services.reader import Reader
    from jxc_desktop.ui.widgets.page import Desk

    from .grid import LinesGrid

WAIT_MS = 250
TWO_LINES = 36
"""Always kept free: lines of the grid must not jump when there is something to tell."""


class Assistant(QLabel):
    """Two lines of words under the grid, empty where there is no item."""

    def __init__(self, desk: Desk, grid: LinesGrid) -> None:
        super().__init__("")
        self.setProperty("tone", "hint")
        self.setWordWrap(True)
        self.setMinimumHeight(TWO_LINES)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._desk = desk
        self._grid = grid
        self._line: ItemLine | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._ask)
        grid.stood.connect(self._stand)

    def _stand(self) -> None:
        line = self._grid.lines.line(self._grid.currentIndex().row())
        if line is not None and line.item:
            self._line = line
            self._timer.start()

    def show_known(self, known: KnownLine) -> None:
        """An item came into a line: what is known already, at once; the rest follows."""
        self._line = known.line
        self.setText(self._first(known.line, known.held))
        self._timer.start()

    def forget(self) -> None:
        """Another document begins."""
        self._timer.stop()
        self._line = None
        self.clear()

    def _ask(self) -> None:
        line, entry = self._line, self._grid.lines.entry
        if line is None:
            return
        item, party, price_of = line.item, entry.draft.head.party, entry.declared.price_of

        def ask(reader: Reader) -> tuple[ItemLine, ItemFacts]:
            return line, reader.read(item_facts, item=item, party=party, price_of=price_of)

        self._desk.ops.query(ask, self._show, kind=f"assistant-{id(self)}")

    def _show(self, answered: tuple[ItemLine, ItemFacts]) -> None:
        line, facts = answered
        if line is self._line:
            more = "   ".join(self._prices(facts))
            self.setText("\n".join(filter(None, (self._first(line, facts.held), more))))

    def _first(self, line: ItemLine, held: list[HeldRow]) -> str:
        words = self._desk.words
        places = "  ".join(f"{each.warehouse_name} {each.quantity}" for each in held) or "0"
        said = f"{line.item_name}   {words(Text('ui.editor.on_hand'))} {places}"
        if line.price_source:
            said += f"   {words(Text('ui.editor.price_from'))} {words(Text(f'ui.editor.source.{line.price_source}'))}"
        return said

    def _prices(self, facts: ItemFacts) -> Iterator[str]:
        if facts.paid:
            told = "、".join(self._told(each) for each in facts.paid)
            yield self._desk.words(Text("ui.assistant.paid", {"party": facts.paid[0].party, "prices": told}))
        if facts.bought is not None:
            params = {"party": facts.bought.party, "price": self._told(facts.bought)}
            yield self._desk.words(Text("ui.assistant.bought", params))

    def _told(self, paid: PaidRow) -> str:
        params = {"price": number(str(paid.price), 2), "unit": paid.unit, "date": paid.date}
        return self._desk.words(Text("ui.assistant.price", params))
