"""A page: what stands in a tab. Its address says how to make it again, after a change of language for one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QSettings

    from jxc_desktop.kernel.changes import Changes
    from jxc_desktop.kernel.text import Text
    from jxc_desktop.language import Language
    from jxc_desktop.ui.ops import Ops

    from .notice import Notice

EDITOR = "editor"
"""The kind of address of a document being entered; its name is the type."""
PRINT = "print"
"""The kind of address of a document on paper; its name is the document's id."""
CARD = "card"
"""The kind of address of one card; its name is the kind of cards, `id` is given unless it is to be made."""
IMPACT = "impact"
"""The kind of address of what a correction would change; its name is the document's id, `verb` says which."""

DOCUMENT, DOCUMENT_LIST, CARD_LIST, REPORT = "document", "documents", "cards", "report"
"""The kinds of a document to look at and of lists; their names are its id, its type, the kind of cards, the report."""


@dataclass(frozen=True)
class Address:
    """Where a page is: its module, what it is, and what it was asked with."""

    module: str
    kind: str
    name: str = ""
    given: tuple[tuple[str, str], ...] = field(default=())


class Desk(Protocol):
    """What every page works with; the main window is one."""

    ops: Ops
    settings: QSettings
    language: Language
    folder: Path

    def words(self, text: Text) -> str:
        """A text in the window's language."""
        ...

    def open(self, address: Address) -> None:
        """Show the page of an address, the one that is open or a new one."""
        ...

    def say(self, text: str, *, is_error: bool = False) -> None:
        """Show a message that needs no answer; an error as a notice."""
        ...

    def tell(self, notice: Notice) -> None:
        """Show a notice over the page in front."""
        ...


class Page(QWidget):
    """A page; `refresh` reads what it shows, `concerns` says whether a change is about it."""

    titled = Signal(str)
    """The title of its tab changed."""
    done = Signal()
    """What the page was opened for is done: its tab closes."""

    topics: frozenset[str] = frozenset({"documents", "stock", "ledger", "masters", "settings", "periods"})

    def __init__(self, desk: Desk, address: Address) -> None:
        super().__init__()
        self.desk = desk
        self.address = address
        self.is_stale = True
        self.notice: Notice | None = None

    @property
    def title(self) -> str:
        """What stands in its tab."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Read again what the page shows."""

    def may_close(self) -> bool:
        """Whether the tab may be closed now."""
        return True

    def entered(self) -> Any:
        """What is entered in the page and stands nowhere else: a page made anew takes it over with `resume`."""
        return None

    def resume(self, state: Any) -> None:
        """Go on with what another page of the same address had."""

    def concerns(self, changes: Changes) -> bool:
        """Whether what changed may stand on this page."""
        return bool(self.topics & changes.topics)

    def noticed(self, changes: Changes) -> None:
        """Something changed: read again now, or when the page is next looked at."""
        if self.concerns(changes):
            self.is_stale = True
            if self.isVisible():
                self.looked_at()

    def looked_at(self) -> None:
        """The page came to the front."""
        if self.is_stale:
            self.is_stale = False
            self.refresh()
