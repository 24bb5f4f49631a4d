"""What can be done with a posted document, by button, menu and key: amend, copy, push down, void, reverse.

What is refused is grey and says why. Nothing happens here at once: amending, copying and pushing down open the editor,
voiding and reversing the sheet of what they would change.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QCursor, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from jxc_desktop.doctypes.registry import document_type
from jxc_desktop.kernel.text import Text
from jxc_desktop.services.verbs import AMEND, COPY, FOLLOW, REVERSE, VOID, possible

from .page import EDITOR, IMPACT, Address, Desk
from .parts import button

if TYPE_CHECKING:
    from collections.abc import Callable

    from jxc_desktop.kernel.ids import Id
    from jxc_desktop.services.reader import Reader
    from jxc_desktop.services.verbs import Possible

AMENDS, COPIES, FOLLOWS = "amends", "copies", "follows"
"""What an editor is opened with: the document it amends, copies or follows from."""


class Verb(NamedTuple):
    """A verb and its key."""

    code: str
    key: str

    @property
    def title(self) -> Text:
        """Its word."""
        return Text(f"ui.verbs.{self.code}")


VERBS = (
    Verb(AMEND, "Ctrl+E"),
    Verb(COPY, "Ctrl+D"),
    Verb(FOLLOW, "Ctrl+T"),
    Verb(VOID, "Ctrl+Delete"),
    Verb(REVERSE, "Ctrl+R"),
)


def edit_address(type_: str, begins_with: str, document: Id) -> Address:
    """The editor of a type, begun with a document."""
    return Address(document_type(type_).area, EDITOR, type_, ((begins_with, document),))


def is_entered(type_: str) -> bool:
    """Whether documents of a type are entered in the window: those with lines of items or of money."""
    declared = document_type(type_)
    return bool(declared.line_fields or declared.money_fields)


def offered(reader: Reader, document: Id) -> Possible:
    """What may be done with a document in the window."""
    found = reader.read(possible, document_id=document)
    next_types = [each for each in found.followers if is_entered(each)]
    refused = dict(found.refused)
    if not is_entered(found.type):
        refused = dict.fromkeys((AMEND, COPY), Text("ui.verbs.not_entered")) | refused
    if not next_types:
        refused.setdefault(FOLLOW, Text("document.follows_nothing", {"number": found.number}))
    return found._replace(refused=refused, followers=next_types)


class Verbs(QObject):
    """The verbs of one page; `document` says which document is meant, or nothing."""

    def __init__(self, desk: Desk, page: QWidget, module: str, document: Callable[[], Id | None]) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._module = module
        self._document = document
        for verb in VERBS:
            shortcut = QShortcut(QKeySequence(verb.key), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.ask, verb.code))

    def ask(self, verb: str) -> None:
        """Find out whether the verb is possible, then do it or say why not."""
        self._known(partial(self.do, verb))

    def pop_up(self) -> None:
        """Show the menu of all verbs where the mouse is."""
        self._known(self._pop_up)

    def _pop_up(self, found: Possible) -> None:
        self.menu(found).popup(QCursor.pos())

    def _known(self, then: Callable[[Possible], None]) -> None:
        document = self._document()
        if document:
            self._desk.ops.query(lambda reader: offered(reader, document), then)

    def do(self, verb: str, found: Possible) -> None:
        """Open what the verb needs, or say why it is refused."""
        if verb in found.refused:
            self._desk.say(self._desk.words(found.refused[verb]), is_error=True)
        elif verb in {AMEND, COPY}:
            self._edit(found.type, AMENDS if verb == AMEND else COPIES, found.id)
        elif verb == FOLLOW and len(found.followers) > 1:
            self.followers_menu(found).popup(QCursor.pos())
        elif verb == FOLLOW:
            self._edit(found.followers[0], FOLLOWS, found.id)
        else:
            self._desk.open(Address(self._module, IMPACT, found.id, (("verb", verb),)))

    def _edit(self, type_: str, begins_with: str, document: Id) -> None:
        self._desk.open(edit_address(type_, begins_with, document))

    def followers_menu(self, found: Possible) -> QMenu:
        """The types that may follow."""
        menu = QMenu(self._desk.words(Text(f"ui.verbs.{FOLLOW}")), self._page)
        for each in found.followers:
            action = menu.addAction(self._desk.words(Text(f"document.type.{each}")))
            action.triggered.connect(lambda _checked=False, name=each: self._edit(name, FOLLOWS, found.id))
        return menu

    def menu(self, found: Possible) -> QMenu:
        """All verbs; those that are refused grey, with the reason."""
        menu = QMenu(self._page)
        menu.setToolTipsVisible(True)
        for verb in VERBS:
            if verb.code == FOLLOW and FOLLOW not in found.refused:
                menu.addMenu(self.followers_menu(found))
                continue
            action = menu.addAction(f"{self._desk.words(verb.title)}\t{verb.key}")
            reason = found.refused.get(verb.code)
            action.setEnabled(reason is None)
            action.setToolTip(self._desk.words(reason) if reason else "")
            action.triggered.connect(lambda _checked=False, code=verb.code: self.do(code, found))
        return menu

    def buttons(self, found: Possible) -> dict[str, QPushButton]:
        """A button for each verb; those that are refused grey, with the reason."""
        made = {}
        for verb in VERBS:
            part = made[verb.code] = button(
                self._desk.words(verb.title), partial(self.do, verb.code, found), kind="action"
            )
            reason = found.refused.get(verb.code)
            part.setEnabled(reason is None)
            part.setToolTip(self._desk.words(reason) if reason else verb.key)
        if len(found.followers) > 1:
            made[FOLLOW].setMenu(self.followers_menu(found))
        return made

    def reasons(self, found: Possible) -> str:
        """Why what is grey is grey, each reason once."""
        return "  ".join(dict.fromkeys(self._desk.words(each) for each in found.refused.values()))
