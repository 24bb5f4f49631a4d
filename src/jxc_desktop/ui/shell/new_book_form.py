"""The five questions of a new book: name, first month, line of business, taxpayer, stage; and where it is kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QFrame, QLineEdit, QPushButton, QVBoxLayout

from jxc_desktop.kernel.text import Text
from jxc_desktop.services.new_book import NewBook, industries
from jxc_desktop.ui.widgets.icons import icon
from jxc_desktop.ui.widgets.parts import button, column, label, restyle, row
from jxc_desktop.ui.widgets.theme import Size, tokens

from .book_files import books_folder, free_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from jxc_desktop.language import Language

PICTURES = {
    "hardware": "hammer", "grocery": "store", "catering": "utensils", "wholesale": "truck",
    "manufacturing": "factory", "": "ellipsis",
}  # fmt: skip
INDUSTRIES = {
    "hardware": Text("ui.start.industry.hardware"),
    "grocery": Text("ui.start.industry.grocery"),
    "catering": Text("ui.start.industry.catering"),
    "wholesale": Text("ui.start.industry.wholesale"),
    "manufacturing": Text("ui.start.industry.manufacturing"),
    "": Text("ui.start.industry.other"),
}
TAXPAYERS = {"small": Text("ui.start.taxpayer.small"), "general": Text("ui.start.taxpayer.general")}
STAGES = {
    "1": Text("ui.start.stage.1"), "2": Text("ui.start.stage.2"), "3": Text("ui.start.stage.3"),
    "4": Text("ui.start.stage.4"),
}  # fmt: skip


class NewBookForm(QFrame):
    """A card with the questions; `asked` carries the file and the answers."""

    asked = Signal(object, object)

    def __init__(self, words: Callable[[Text], str], language: Language) -> None:
        super().__init__()
        self.setObjectName("card")
        self._words, self._language = words, language
        self._folder = books_folder(words(Text("ui.start.folder")))
        self.name = QLineEdit()
        self.name.setPlaceholderText(words(Text("ui.start.name_hint")))
        self.name.textChanged.connect(lambda _text: self._named())
        self.name.returnPressed.connect(self.send)
        self.start = QLineEdit(f"{date.today():%Y-%m}")  # noqa: DTZ011 — what the owner sees on the wall
        self.start.setFixedWidth(140)
        self.start.returnPressed.connect(self.send)
        self.industry = self._choices({code: INDUSTRIES[code] for code in (*industries(), "")}, "grocery", PICTURES)
        self.taxpayer = self._choices(TAXPAYERS, "small")
        self.stage = self._choices(STAGES, "1")
        self._place = label("", "hint")
        self._place.setWordWrap(True)
        self.problem = label("", "red")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.go = button(words(Text("ui.start.create")), self.send, kind="primary", key="Enter")
        self.setLayout(self._laid_out())
        self._named()

    def _laid_out(self) -> QVBoxLayout:
        words = self._words
        elsewhere = button(words(Text("ui.start.elsewhere")), self._elsewhere, kind="action")
        foot = row(self._place, elsewhere, self.go)
        foot.setStretch(0, 1)
        box = column(
            label(words(Text("ui.start.new")), "card"),
            row(
                column(label(words(Text("ui.start.name")), "label"), self.name, gap=4),
                column(label(words(Text("ui.start.month")), "label"), self.start, gap=4),
                gap=Size.PAD,
            ),
            self._question("ui.start.industry", self.industry),
            self._question("ui.start.taxpayer", self.taxpayer),
            self._question("ui.start.stage", self.stage),
            label(words(Text("ui.start.chosen_for_you")), "hint"),
            self.problem,
            None,
            foot,
            gap=Size.GAP,
        )
        box.setContentsMargins(24, 20, 24, 20)
        return box

    def _question(self, title: str, group: QButtonGroup) -> QVBoxLayout:
        return column(label(self._words(Text(title)), "label"), row(*group.buttons()), gap=4)

    def _choices(self, choices: dict[str, Text], chosen: str, pictures: dict[str, str] | None = None) -> QButtonGroup:
        group = QButtonGroup(self)
        for code, title in choices.items():
            part = QPushButton(self._words(title))
            part.setProperty("kind", "choice")
            part.setProperty("code", code)
            part.setCheckable(True)
            part.setChecked(code == chosen)
            part.setCursor(Qt.CursorShape.PointingHandCursor)
            if pictures:
                part.setIcon(icon(pictures[code], tokens().accent))
            group.addButton(part)
        return group

    def _named(self) -> None:
        self.file = free_file(self._folder, self.name.text(), self._words(Text("ui.start.folder")))
        self._place.setText(self._words(Text("ui.start.place", {"file": str(self.file)})))
        restyle(self.name, bad="false")

    def _elsewhere(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self._words(Text("ui.start.elsewhere")), str(Path.home()))
        if chosen:
            self._folder = Path(chosen)
            self._named()

    def send(self) -> None:
        """Ask for the book, or say what is missing."""
        month = self.start.text().strip().replace("-", "")
        if not self.name.text().strip():
            self.refuse(Text("new.no_name"))
            restyle(self.name, bad="true")
            self.name.setFocus()
            return
        if not (len(month) == 6 and month.isascii() and month.isdecimal()):
            self.refuse(Text("new.bad_start", {"start": self.start.text().strip()}))
            self.start.setFocus()
            return
        self.problem.hide()
        choice = NewBook(
            self.name.text().strip(),
            int(month),
            taxpayer=_code(self.taxpayer),
            stage=int(_code(self.stage)),
            book_language=self._language.value,
            industry=_code(self.industry),
        )
        self.asked.emit(self.file, choice)

    def refuse(self, text: Text) -> None:
        """Say why there is no book."""
        self.problem.setText(self._words(text))
        self.problem.show()


def _code(group: QButtonGroup) -> str:
    chosen = group.checkedButton()
    assert chosen is not None
    return str(chosen.property("code"))
