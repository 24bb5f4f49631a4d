"""What is wrong with the document, in words, all at once, under its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jxc_desktop.kernel.problems import Problem

    from .model import LinesModel

MOST_SAID = 5


class Told(QLabel):
    """Hidden as long as there is nothing to say."""

    def __init__(self, lines: LinesModel, words: Callable[[Text], str]) -> None:
        super().__init__("")
        self._lines = lines
        self._words = words
        self.setProperty("tone", "red")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.hide()

    def say(self, text: Text) -> None:
        """One thing."""
        self._show([self._words(text)])

    def tell(self, problems: Sequence[Problem]) -> None:
        """Every problem with its line; of very many the first."""
        self._show([self._placed(each) for each in problems])

    def _placed(self, problem: Problem) -> str:
        said = self._words(_named(problem.text))
        place = problem.place
        if place[:1] != ("lines",) or len(place) < 2 or place[1] not in self._lines.keys:
            return said
        row = self._lines.row_of(int(place[1])) + 1
        return self._words(Text("ui.editor.in_line", {"line": row, "problem": said}))

    def _show(self, said: list[str]) -> None:
        more = [f"… +{len(said) - MOST_SAID}"] if len(said) > MOST_SAID else []
        self.setText("\n".join([*said[:MOST_SAID], *more]))
        self.show()


def _named(text: Text) -> Text:
    """A text that says the code of a field, with the word for it."""
    field = text.params.get("field")
    return Text(text.id, {**text.params, "field": Text(f"field.{field}")}) if isinstance(field, str) else text
