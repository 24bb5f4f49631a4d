"""Under the lines: discount and write-off, what is paid at once, the totals, the keys."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from jxc_desktop.domain.documents.line import MoneyLine
from jxc_desktop.kernel.money import ZERO, Money
from jxc_desktop.kernel.text import Text
from jxc_desktop.ui.widgets.figures import number
from jxc_desktop.ui.widgets.parts import column, label, restyle, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jxc_desktop.services.drafting import Choice
    from jxc_desktop.ui.widgets.page import Desk

    from .entry import Entry

TENDER = "tender"
NARROW, WIDE = 96, 150
SMALL, LARGE, LINE, GAP = 190, 210, 18, 16
"""Of the totals: a size that never changes, so that a key in a line makes the window work nothing out anew."""


class Tender(QWidget):
    """What is paid at once: one account and an amount."""

    def __init__(self, desk: Desk, entry: Entry) -> None:
        super().__init__()
        self._entry = entry
        self.account = QComboBox()
        self.account.setFixedWidth(WIDE)
        self.account.activated.connect(lambda _place: self._enter(is_new_account=True))
        self.amount = QLineEdit()
        self.amount.setFixedWidth(NARROW)
        self.amount.editingFinished.connect(self._enter)
        said = label(desk.words(Text(f"ui.editor.paid_{entry.declared.party_role}")), "label")
        self.setLayout(column(said, row(self.account, self.amount), gap=4))
        entry.changed.connect(self._show)

    def choose_from(self, accounts: Sequence[Choice]) -> None:
        """The money accounts of the book."""
        self.account.clear()
        for each in accounts:
            self.account.addItem(each.name, each.id)

    def settle(self) -> None:
        """Pay what is due."""
        head, paid = self._entry.draft.head, self._line()
        due = head.gross - head.write_off
        self._put(due if paid is None or paid.amount != due else ZERO)

    def take(self) -> None:
        """Put an amount whose field was not left yet into the draft."""
        self._enter()

    def _line(self) -> MoneyLine | None:
        return next(iter(self._entry.draft.money.values()), None)

    def _enter(self, *, is_new_account: bool = False) -> None:
        if not is_new_account and not self.amount.isModified():
            return
        typed = unicodedata.normalize("NFKC", self.amount.text()).strip().replace(",", "")
        try:
            amount = Money.parse(typed) if typed else ZERO
        except ValueError:
            restyle(self.amount, bad="true")
            return
        restyle(self.amount, bad="false")
        self.amount.setModified(False)
        self._put(amount)

    def _put(self, amount: Money) -> None:
        draft, paid = self._entry.draft, self._line()
        if not amount:
            if paid is not None:
                self._entry.put(draft.without_money(paid.key))
            return
        made = MoneyLine(
            paid.key if paid else 0,
            TENDER,
            money_account=self.account.currentData(),
            money_account_name=self.account.currentText(),
            amount=amount,
        )
        self._entry.put(draft.with_money(made))

    def _show(self) -> None:
        paid = self._line()
        if not (self.amount.isModified() and self.amount.hasFocus()):
            self.amount.setText("" if paid is None else str(paid.amount))
            self.amount.setModified(False)


class Totals(QWidget):
    """Quantity, total with tax, and what is left to pay."""

    def __init__(self, desk: Desk, entry: Entry) -> None:
        super().__init__()
        self._desk = desk
        self._entry = entry
        parts = [label("", "label"), label("", "label"), label("", "label"), label("", "figure")]
        for part in parts:
            part.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            part.setFixedSize(SMALL, LINE)
        self._quantity, self._tax, self._left, self._gross = parts
        self._gross.setFixedSize(LARGE, LINE * 3)
        self.setLayout(row(None, column(*parts[:3], gap=0), self._gross, gap=GAP))
        for part in parts[1:]:
            part.setVisible(bool(entry.declared.price_of))
        entry.changed.connect(self.show_totals)
        self.show_totals()

    def show_totals(self) -> None:
        """What the draft comes to."""
        draft = self._entry.draft
        totals, words = draft.totals, self._desk.words
        said = f"{words(Text('field.quantity'))} {totals.quantity}"
        self._quantity.setText(said)
        if not self._entry.declared.price_of:
            return
        self._tax.setText(f"{words(Text('field.tax'))} {_money(totals.tax)}")
        left = draft.head.gross - draft.head.write_off - draft.sums.of_kind(TENDER).amount
        self._left.setText(words(Text("ui.editor.left", {"amount": _money(left)})))
        self._gross.setText(f"¥{_money(totals.gross)}")


def _money(amount: Money) -> str:
    return number(str(amount), 2)
