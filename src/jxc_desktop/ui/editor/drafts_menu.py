"""F7: the drafts of a type that are kept, each opened on a page of its own."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from jxc_desktop.kernel.text import Text
from jxc_desktop.services.drafts import kept_drafts
from jxc_desktop.ui.widgets.figures import number
from jxc_desktop.ui.widgets.page import EDITOR, Address, Desk

from .beginning import DRAFT

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtWidgets import QWidget

    from jxc_desktop.kernel.ids import Id
    from jxc_desktop.services.drafts import KeptDraft

MOST_SHOWN = 20


class DraftsMenu(QMenu):
    """The menu of one page."""

    def __init__(self, desk: Desk, page: QWidget, address: Address) -> None:
        super().__init__(page)
        self._desk = desk
        self._address = address
        self._elsewhere: Collection[Id] = ()

    def ask(self, elsewhere: Collection[Id]) -> None:
        """Show the drafts but for those that stand on pages already."""
        self._elsewhere = elsewhere
        type_ = self._address.name
        self._desk.ops.query(lambda reader: reader.read(kept_drafts, type=type_), self._show)

    def _show(self, found: list[KeptDraft]) -> None:
        self.clear()
        shown = [each for each in found if not each.base_hash and each.id not in self._elsewhere][:MOST_SHOWN]
        for each in shown:
            action = self.addAction(self._told(each))
            action.triggered.connect(lambda _checked=False, draft=each.id: self._open(draft))
        if not shown:
            self.addAction(self._desk.words(Text("ui.drafts.none"))).setEnabled(False)
        page = self.parentWidget()
        assert page is not None
        self.popup(page.mapToGlobal(page.rect().center()))

    def _open(self, draft: Id) -> None:
        self._desk.open(Address(self._address.module, EDITOR, self._address.name, ((DRAFT, draft),)))

    def _told(self, kept: KeptDraft) -> str:
        """When it was saved on this machine, for whom, how many lines, how much."""
        document = kept.document
        at = datetime.fromtimestamp(kept.saved_at / 1000).astimezone().strftime("%m-%d %H:%M")
        params = {
            "at": at,
            "party": document.party_name,
            "lines": len(document.lines) or len(document.money),
            "amount": number(str(document.amount), 2),
        }
        return self._desk.words(Text("ui.drafts.one", params))
