"""Finding what is typed: the party of the head and the items of the lines, with what the book knows of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from jxc_desktop.kernel.quantity import Quantity
from jxc_desktop.kernel.text import Text
from jxc_desktop.queries.find import PARTY, find
from jxc_desktop.queries.items import pick_items
from jxc_desktop.services.drafting import known_line
from jxc_desktop.ui.ops import Lane

from .columns import with_two_places
from .picker import Offer

if TYPE_CHECKING:
    from collections.abc import Callable

    from jxc_desktop.queries.items import ItemFound
    from jxc_desktop.services.drafting import KnownLine
    from jxc_desktop.services.reader import Reader
    from jxc_desktop.ui.widgets.page import Desk

    from .entry import Entry
    from .grid import LinesGrid
    from .told import Told

ONE = Quantity(1_000_000)
ITEM_TITLES = ("code", "name", "spec", "retail_price")


class Finding(QObject):
    """Puts what was found into the draft of an entry."""

    known = Signal(object)
    """An item came into a line: what is known about it."""

    def __init__(self, desk: Desk, entry: Entry, told: Told) -> None:
        super().__init__(entry)
        self._desk = desk
        self._entry = entry
        self._told = told
        self._grid: LinesGrid | None = None

    def serve(self, grid: LinesGrid) -> None:
        """Put items into the lines of this grid, and go on there."""
        self._grid = grid
        grid.decided.connect(self._item_decided)

    @property
    def grid(self) -> LinesGrid:
        """The grid it serves."""
        assert self._grid is not None
        return self._grid

    def item_titles(self) -> list[str]:
        """The headings of the list of items."""
        words = self._desk.words
        return [*(words(Text(f"field.{name}")) for name in ITEM_TITLES), words(Text("ui.editor.on_hand"))]

    def ask_items(self, reader: Reader, text: str) -> list[Offer]:
        """Items that the text may mean, those this party takes first."""
        found = reader.read(pick_items, text=text, party=self._entry.draft.head.party)
        return [_offer_of(each) for each in found]

    def ask_parties(self, reader: Reader, text: str) -> list[Offer]:
        """Parties that the text may mean."""
        found = reader.read(find, text=text, kinds=(PARTY,), limit=20)
        return [Offer(each.id, (each.code, each.title, each.detail)) for each in found]

    def party_decided(self, text: str, offer: Offer | None, then: Callable[[], object]) -> None:
        """Enter in the field of the party; `then` goes on where there is one, or none is wanted."""
        if offer is not None:
            self._party_found(text, then, [offer])
        elif not text or text == self._entry.draft.head.party_name:
            then()
        else:
            self._ask(lambda reader: self.ask_parties(reader, text), partial(self._party_found, text, then))

    def _party_found(self, text: str, then: Callable[[], object], offers: list[Offer]) -> None:
        if not offers:
            self._told.say(Text("ui.editor.no_party", {"text": text}))
            return
        found = offers[0]
        self._told.hide()
        named = {"party_code": found.cells[0], "party_name": found.cells[1]}
        self._entry.put(self._entry.draft.with_head(party=found.id, **named))
        then()

    def _item_decided(self, row: int, text: str, offer: Offer | None) -> None:
        if offer is not None:
            self._item_found(row, text, [offer])
        else:
            self._ask(lambda reader: self.ask_items(reader, text), partial(self._item_found, row, text))

    def _item_found(self, row: int, text: str, offers: list[Offer]) -> None:
        if not offers:
            QApplication.beep()
            self._told.say(Text("ui.editor.no_item", {"text": text}))
            self.grid.open_cell(row, "item")
            return
        line = self.grid.lines.line(row)
        quantity, key = (ONE, 0) if line is None else (line.quantity, line.key)
        head, item, unit = self._entry.draft.head, offers[0].id, offers[0].unit
        self._ask(
            lambda reader: reader.read(known_line, draft=head, item=item, unit=unit, quantity=quantity, key=key),
            self._put,
        )

    def _ask(self, work: Callable[[Reader], Any], then: Callable[[Any], None]) -> None:
        self._desk.ops.query(work, then, lane=Lane.TYPING)

    def _put(self, known: KnownLine) -> None:
        self._told.hide()
        draft = self._entry.draft.with_line(known.line)
        key = known.line.key or draft.last_key
        self._entry.put(draft)
        self.known.emit(known)
        self.grid.go_on(self.grid.lines.row_of(key), "item")


def _offer_of(found: ItemFound) -> Offer:
    price = with_two_places(str(found.retail_price))
    return Offer(found.id, (found.code, found.name, found.spec, price, str(found.on_hand)), found.unit)
