"""A document about money instead of items: what was paid or spent, what that settles, and what is left of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from jxc_desktop.kernel.money import ZERO
from jxc_desktop.kernel.text import Text
from jxc_desktop.ui.widgets.figures import number
from jxc_desktop.ui.widgets.parts import card, column, label, row
from jxc_desktop.ui.widgets.theme import Size

from .money_rows import SPENT, MoneyRows
from .settling import Settling

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jxc_desktop.kernel.money import Money
    from jxc_desktop.kernel.problems import Problem
    from jxc_desktop.services.drafting import Start
    from jxc_desktop.ui.widgets.page import Desk

    from .entry import Entry


class MoneyPart(QWidget):
    """The rows of money over the open items they settle."""

    refused = Signal(object)

    def __init__(self, desk: Desk, entry: Entry) -> None:
        super().__init__()
        self._desk = desk
        self._entry = entry
        words = desk.words
        self.rows = MoneyRows(desk, entry)
        self.rows.refused.connect(self.refused)
        self.settling = Settling(desk, entry) if entry.declared.to_settle else None
        self.summary = label("", "card")
        self.summary.setAlignment(Qt.AlignmentFlag.AlignRight)
        box = column(card(column(self.rows), Size.PAD, Size.GAP), gap=Size.FIELD_GAP)
        if self.settling is not None:
            self.settling.refused.connect(self.refused)
            hint = label(words(Text("ui.settle.hint")), "hint")
            box.addLayout(row(label(words(Text("ui.settle.title")), "card"), hint, None))
            framed = card(column(self.settling))
            box.addWidget(framed, 1)
        else:
            box.addStretch(1)
        box.addWidget(self.summary)
        self.setLayout(box)
        entry.changed.connect(self._sum_up)

    def choose_from(self, start: Start) -> None:
        """The accounts of the book."""
        self.rows.choose_from(start.money_accounts, start.chart)

    def focus(self) -> None:
        """Go to the first amount."""
        self.rows.focus()

    def take(self) -> None:
        """Put what stands in open fields into the draft."""
        self.rows.take()

    def _to_settle(self) -> Money:
        to_settle = self._entry.declared.to_settle
        return to_settle(self._entry.draft.document()) if to_settle else ZERO

    def settle(self) -> None:
        """Give what was paid to the open items, oldest first; where nothing is paid yet, pay all of them.

        What is spent is paid at once.
        """
        self.take()
        if self.settling is None:
            left = self._entry.draft.totals.gross - self._entry.draft.sums.tendered
            if left:
                self.rows.pay_rest(left)
            return
        chosen = self._entry.draft.sums.settled
        if not self._to_settle():
            self.rows.pay(chosen or self.settling.open)
            if chosen:
                return
        self.settling.settle(self._to_settle())

    def mark(self, problems: Iterable[Problem]) -> None:
        """Paint the lines of money that something is wrong with."""
        places = [each.place for each in problems]
        self.rows.mark(frozenset(int(p[1]) for p in places if p[:1] == ("money",) and len(p) > 1))

    def _sum_up(self) -> None:
        draft, words = self._entry.draft, self._desk.words
        if self.settling is None:
            spent = draft.sums.of_kind(SPENT).amount
            params = {"spent": number(str(spent), 2), "left": number(str(spent - draft.sums.tendered), 2)}
            self.summary.setText(words(Text("ui.settle.spent", params)))
            return
        whole, settled = self._to_settle(), draft.sums.settled
        params = {name: number(str(each), 2) for name, each in (("whole", whole), ("settled", settled))}
        params["rest"] = number(str(whole - settled), 2)
        self.summary.setText(words(Text(f"ui.settle.{self._entry.declared.party_role}", params)))
