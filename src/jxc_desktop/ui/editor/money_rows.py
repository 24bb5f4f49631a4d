"""The money of a document without items: one row for each part, an empty one below; kinds come from the declaration."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from jxc_desktop.doctypes.fields import AMOUNT
from jxc_desktop.domain.documents.line import NO_ID, MoneyLine
from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.money import ZERO, Money
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import changed
from jxc_desktop.services.intake_values import read_value
from jxc_desktop.ui.widgets.parts import label, restyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jxc_desktop.kernel.ids import Id
    from jxc_desktop.services.drafting import Choice
    from jxc_desktop.ui.widgets.page import Desk

    from .entry import Entry

PAID = frozenset({"tender", "payment", "fee"})
"""Kinds of money that go through an account of money; an expense names its account in the chart, the rest none."""
SPENT = "expense"
TENDER = "tender"
KIND_WIDTH, ACCOUNT_WIDTH, AMOUNT_WIDTH = 130, 280, 130
TITLES = ("kind", "account", "amount", "note")


class MoneyRows(QWidget):
    """The rows; each edit goes into the draft at once."""

    refused = Signal(object)
    left = Signal()
    """Enter in the empty row."""

    def __init__(self, desk: Desk, entry: Entry) -> None:
        super().__init__()
        self._desk = desk
        self.entry = entry
        self.accounts: dict[bool, Sequence[Choice]] = {False: (), True: ()}
        self.rows: list[MoneyRow] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        account = "ui.money.account" if SPENT in entry.declared.money_kinds else "field.money_account"
        for place, name in enumerate(TITLES):
            title = Text(account if name == "account" else f"field.{name}")
            self._grid.addWidget(label(desk.words(title), "label"), 0, place)
        self._grid.setColumnStretch(len(TITLES) - 1, 1)
        entry.changed.connect(self.show_lines)
        self.show_lines()

    def choose_from(self, money_accounts: Sequence[Choice], chart: Sequence[Choice]) -> None:
        """The accounts of money, and those an expense may be booked to."""
        self.accounts = {False: money_accounts, True: chart}
        for each in self.rows:
            each.fill_accounts()
        self.show_lines()

    def show_lines(self) -> None:
        """What the draft says, and an empty row."""
        lines = list(self.entry.draft.money.values())
        while len(self.rows) <= len(lines):
            self.rows.append(self._added())
        for place, row in enumerate(self.rows):
            row.set_visible(is_visible=place <= len(lines))
            row.show_line(lines[place] if place < len(lines) else None)

    def _added(self) -> MoneyRow:
        row = MoneyRow(self._desk, self)
        for place, part in enumerate(row.parts):
            self._grid.addWidget(part, len(self.rows) + 1, place)
        row.amount.returnPressed.connect(lambda of=row: self._next(of))
        return row

    def _next(self, row: MoneyRow) -> None:
        row.enter()
        at = self.rows.index(row)
        if row.key and at + 1 < len(self.rows):
            self.rows[at + 1].focus()
        elif not row.key:
            self.left.emit()

    def focus(self) -> None:
        """Go to the first row."""
        self.rows[0].focus()

    def take(self) -> None:
        """Put what stands in a field that was not left yet into the draft."""
        for row in self.rows:
            row.enter()

    def pay(self, amount: Money) -> None:
        """Put an amount into the first row: all of it goes through the account that stands there."""
        self.rows[0].put(amount)

    def pay_rest(self, amount: Money) -> None:
        """Put what is left to pay into the empty row, as money."""
        row = next(each for each in self.rows if not each.key)
        row.choose(TENDER)
        row.put(amount)

    def mark(self, wrong: frozenset[int]) -> None:
        """Paint the amounts of these lines as wrong."""
        for row in self.rows:
            restyle(row.amount, bad="true" if row.key in wrong else "false")


class MoneyRow:
    """The fields of one line; `key` is 0 while it is empty."""

    def __init__(self, desk: Desk, owner: MoneyRows) -> None:
        self._owner = owner
        self.key = 0
        kinds = owner.entry.declared.money_kinds
        self.kind, self.account = QComboBox(), QComboBox()
        for each in kinds:
            self.kind.addItem(desk.words(Text(f"money.kind.{each}")), each)
        self.kind.setFixedWidth(KIND_WIDTH)
        self.account.setMinimumWidth(ACCOUNT_WIDTH)
        self.amount, self.note = QLineEdit(), QLineEdit()
        self.amount.setFixedWidth(AMOUNT_WIDTH)
        self.parts = (self.kind, self.account, self.amount, self.note)
        self.kind.activated.connect(lambda _place: self._chosen())
        self.account.activated.connect(lambda _place: self._again())
        self.amount.editingFinished.connect(self.enter)
        self.note.editingFinished.connect(self.enter)
        self.fill_accounts()

    def fill_accounts(self) -> None:
        """The accounts that lines of the kind go through."""
        before = self.account.currentData()
        self.account.clear()
        kind = self.kind.currentData()
        if kind in PAID or kind == SPENT:
            for each in self._owner.accounts[kind == SPENT]:
                self.account.addItem(f"{each.code} {each.name}" if kind == SPENT else each.name, each.id)
        self.account.setEnabled(self.account.count() > 0)
        first = -1 if kind == SPENT else 0
        self.account.setCurrentIndex(max(self.account.findData(before), first))

    def set_visible(self, *, is_visible: bool) -> None:
        """Show the row or put it away."""
        for part in self.parts:
            part.setVisible(is_visible)

    def show_line(self, line: MoneyLine | None) -> None:
        """What a line says, or an empty row."""
        self.key = line.key if line else 0
        if line is not None:
            self.kind.setCurrentIndex(self.kind.findData(line.kind))
            self.fill_accounts()
            self.account.setCurrentIndex(self.account.findData(self._account_of(line)))
        for part, text in ((self.amount, str(line.amount) if line else ""), (self.note, line.note if line else "")):
            if not (part.isModified() and part.hasFocus()):
                part.setText(text)
                part.setModified(False)

    def focus(self) -> None:
        """Go to its amount."""
        self.amount.setFocus()
        self.amount.selectAll()

    def enter(self) -> None:
        """Take what was typed."""
        if not (self.amount.isModified() or self.note.isModified()):
            return
        typed = unicodedata.normalize("NFKC", self.amount.text()).strip().replace(",", "")
        try:
            amount: Money = read_value(AMOUNT, typed) if typed else ZERO
        except UserError as error:
            restyle(self.amount, bad="true")
            self._owner.refused.emit(error.text)
            return
        restyle(self.amount, bad="false")
        self.put(amount)

    def choose(self, kind: str) -> None:
        """Make it a line of this kind."""
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self.fill_accounts()

    def put(self, amount: Money) -> None:
        """Make the line say this amount; 0 takes it out."""
        self.amount.setModified(False)
        entry, note = self._owner.entry, self.note.text().strip()
        self.note.setModified(False)
        if not amount:
            if self.key:
                entry.put(entry.draft.without_money(self.key))
            return
        kind, account = self.kind.currentData(), self.account.currentData() or NO_ID
        old = entry.draft.money.get(self.key) if self.key else None
        line = changed(old or MoneyLine(0), kind=kind, amount=amount, note=note, money_account=NO_ID, account=NO_ID)
        if kind == SPENT:
            line = changed(line, account=account)
        elif kind in PAID:
            line = changed(line, money_account=account, money_account_name=self.account.currentText())
        entry.put(entry.draft.with_money(line))

    def _chosen(self) -> None:
        self.fill_accounts()
        self._again()

    def _again(self) -> None:
        line = self._owner.entry.draft.money.get(self.key) if self.key else None
        if line is not None:
            self.put(line.amount)

    @staticmethod
    def _account_of(line: MoneyLine) -> Id:
        return line.account if line.kind == SPENT else line.money_account
