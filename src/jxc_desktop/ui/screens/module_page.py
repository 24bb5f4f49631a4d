"""The first page of a module: its documents, cards and reports, each one press away."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from jxc_desktop.kernel.text import Text
from jxc_desktop.ui.widgets.page import Address, Desk, Page
from jxc_desktop.ui.widgets.parts import button, card, column, label, row
from jxc_desktop.ui.widgets.theme import Size, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence


ACROSS = 4


@dataclass(frozen=True)
class Entry:
    """One thing a module offers."""

    title: Text
    picture: str
    address: Address


@dataclass(frozen=True)
class Group:
    """Entries that belong together."""

    title: Text
    entries: tuple[Entry, ...]


class ModulePage(Page):
    """The entries of a module in groups."""

    def __init__(self, desk: Desk, address: Address, title: Text, groups: Sequence[Group]) -> None:
        super().__init__(desk, address)
        self._title = title
        box = column(label(self.title, "title"), *(self._group(each) for each in groups if each.entries), None)
        box.setSpacing(Size.GAP)
        box.setContentsMargins(Size.MARGIN, Size.GAP, Size.MARGIN, Size.MARGIN)
        self.setLayout(box)

    @property
    def title(self) -> str:
        """The name of the module."""
        return self.desk.words(self._title)

    def _group(self, group: Group) -> QWidget:
        grid = QGridLayout()
        grid.setSpacing(Size.FIELD_GAP)
        for place, entry in enumerate(group.entries):
            tile = button(
                self.desk.words(entry.title),
                partial(self.desk.open, entry.address),
                kind="tile",
                picture=entry.picture,
                colour=tokens().accent,
            )
            grid.addWidget(tile, place // ACROSS, place % ACROSS)
        for each in range(ACROSS):
            grid.setColumnStretch(each, 1)
        heading = row(label(self.desk.words(group.title), "card"), None)
        return card(column(heading, grid), Size.PAD, Size.GAP)
