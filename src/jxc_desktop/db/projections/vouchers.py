"""Vouchers: the entries of documents, and what the values of their movements add to them.

Lines are summed per (entry, account, party, money account) and changed by differences, so that a replay of ten
thousand movements touches their lines and nothing else. A line that comes to 0 stays, and is not shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.db.engine import insert_text
from jxc_desktop.db.tables import voucher
from jxc_desktop.domain.accounting.posting_rule import Side
from jxc_desktop.domain.documents.effects import KIT_DIFFERENCE_ORDER, ValuePosting
from jxc_desktop.kernel.rounding import MICRO, half_up

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jxc_desktop.db.engine import Session
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.effects import Effects
    from jxc_desktop.domain.inventory.movement import Move

    from .identity import Identities
    from .period import Place

STOCK_IN, GAIN_CREDIT, ADDED_CREDIT = 1, 2, 3
COST_DEBIT, COST_CREDIT, RETURN_VARIANCE, LOSS_TAX = 80, 81, 82, 83
GAIN_STOCK, GAIN_PENDING, GAIN_SETTLED, GAIN_INCOME = 70, 71, 72, 73
LOSS_PENDING, LOSS_STOCK, LOSS_TAX_OUT, LOSS_EXPENSE, LOSS_SETTLED = 74, 75, 76, 77, 78
COVER_DEBIT, COVER_CREDIT = 90, 91
"""Where what a movement posts stands in its voucher; what a document posts itself has the orders of its rules."""

NEEDS_FACTS = frozenset({int(ValuePosting.COUNT), int(ValuePosting.ABNORMAL_LOSS)})
"""The kinds of movement whose voucher needs accounts and tax rates of the document."""

Part = tuple[int, int, int, int]
"""(entry, account, debit, credit) in fen."""

_UPSERT = (
    "INSERT INTO voucher_line"
    " (document, entry, account, party, money_account, effective_period, debit, credit, summary)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (document, entry, account, party, money_account)"
    " DO UPDATE SET debit = debit + excluded.debit, credit = credit + excluded.credit"
)


class StockFacts:
    """What the voucher of a count or an abnormal loss needs beside its movements: accounts and tax rates."""

    __slots__ = ("accounts", "is_contrary", "is_general", "lines")

    def __init__(self, content: Document, accounts: Identities) -> None:
        self.accounts = {role: accounts[account] for role, account in content.accounts.items()}
        self.is_general = content.taxpayer == "general"
        self.is_contrary = bool(content.reverses)
        self.lines = {line.key: (line.is_abnormal, line.tax_rate.micro) for line in content.lines}

    def tax_on(self, line: int, cost: int) -> int:
        """Input VAT to transfer out for a loss: only an abnormal one of a general taxpayer. Source: 增值税法.

        `cost` and the tax are negative where a reversal brings the loss back.
        """
        is_abnormal, rate = self.lines[line]
        return half_up(cost * rate, MICRO) if is_abnormal and self.is_general else 0


def value_parts(move: Move, own_value: int, facts: StockFacts | None) -> list[Part]:
    """What a movement worth `own_value` adds to its voucher."""
    posting, stock, counter = move.posting, move.stock_account, move.counter_account
    if posting not in NEEDS_FACTS:
        return linear_parts(posting, stock, counter, own_value)
    assert facts is not None
    if posting == ValuePosting.ABNORMAL_LOSS:
        tax = facts.tax_on(move.position[6], -own_value)
        return [
            (COST_DEBIT, counter, tax - own_value, 0),
            (COST_CREDIT, stock, 0, -own_value),
            (LOSS_TAX, facts.accounts["input_vat_transfer_out"], 0, tax),
        ]
    return _count_parts(move, own_value, facts)


def linear_parts(posting: int, stock: int, counter: int, own_value: int) -> list[Part]:
    """What movements of a kind that needs no facts add: the parts of a sum of values are the sums of their parts."""
    if posting == ValuePosting.ISSUE:
        return [(COST_DEBIT, counter, -own_value, 0), (COST_CREDIT, stock, 0, -own_value)]
    if posting == ValuePosting.RECEIVE:
        return [(STOCK_IN, stock, own_value, 0)]
    if posting == ValuePosting.GAIN:
        return [(STOCK_IN, stock, own_value, 0), (GAIN_CREDIT, counter, 0, own_value)]
    if posting == ValuePosting.HAND_OUT:
        return [(COST_CREDIT, stock, 0, -own_value), (KIT_DIFFERENCE_ORDER, counter, -own_value, 0)]
    if posting == ValuePosting.NONE:
        return []
    difference = KIT_DIFFERENCE_ORDER if posting == ValuePosting.HAND_IN else RETURN_VARIANCE
    return [(STOCK_IN, stock, own_value, 0), (difference, counter, -own_value, 0)]


def _count_parts(move: Move, own_value: int, facts: StockFacts) -> list[Part]:
    """A gain or a loss; a reversal takes the same entries back in red."""
    accounts, stock = facts.accounts, move.stock_account
    if (own_value > 0) != facts.is_contrary:
        pending = accounts["stock_gain_pending"]
        return [
            (GAIN_STOCK, stock, own_value, 0),
            (GAIN_PENDING, pending, 0, own_value),
            (GAIN_SETTLED, pending, own_value, 0),
            (GAIN_INCOME, accounts["stock_gain"], 0, own_value),
        ]
    tax = facts.tax_on(move.position[6], -own_value)
    loss, pending = tax - own_value, accounts["stock_loss_pending"]
    parts = [
        (LOSS_PENDING, pending, loss, 0),
        (LOSS_STOCK, stock, 0, -own_value),
        (LOSS_EXPENSE, accounts["stock_loss"], loss, 0),
        (LOSS_SETTLED, pending, 0, loss),
    ]
    if tax:
        parts.append((LOSS_TAX_OUT, accounts["input_vat_transfer_out"], 0, tax))
    return parts


def cover_parts(stock: int, covers: Iterable[tuple[int, int]]) -> list[Part]:
    """负库存补差: each (account, variance) of what a movement covered."""
    parts = []
    for account, variance in covers:
        parts.append((COVER_DEBIT, account, variance, 0))
        parts.append((COVER_CREDIT, stock, 0, variance))
    return parts


class Vouchers:
    """Collects entries and differences and writes them."""

    def __init__(self, session: Session, ids: dict[str, Identities]) -> None:
        self._session = session
        self._ids = ids
        self._heads: list[tuple[Any, ...]] = []
        self._lines: dict[tuple[int, int, int, int, int], list[int]] = {}
        self._summaries: dict[tuple[int, int, int, int, int], str] = {}

    def add(self, key: int, content: Document, effects: Effects, place: Place) -> None:
        """The voucher of a document: its number and the entries it posts itself."""
        if not effects.has_voucher:
            return
        self.add_head(key, content, place)
        accounts, parties, money = self._ids["account"], self._ids["party"], self._ids["money_account"]
        for entry in effects.entries:
            line = (
                key,
                entry.order,
                accounts[entry.account],
                parties[entry.party],
                money[entry.money_account],
            )
            amount = entry.amount.fen
            self._add(line, place.period, amount, 0) if entry.side is Side.DEBIT else self._add(
                line, place.period, 0, amount
            )
            if entry.summary:
                self._summaries[line] = entry.summary

    def add_head(self, key: int, content: Document, place: Place) -> None:
        """The number of a voided document stays taken; its voucher has no lines."""
        self._heads.append((key, place.period, content.voucher_word, content.voucher_number, content.summary))

    def add_parts(self, key: int, period: int, parts: Iterable[Part], sign: int = 1, *, party: int = 0) -> None:
        """What a movement adds (1) or no longer adds (-1)."""
        for entry, account, debit, credit in parts:
            if debit or credit:
                self._add((key, entry, account, party, 0), period, sign * debit, sign * credit)

    def _add(self, line: tuple[int, int, int, int, int], period: int, debit: int, credit: int) -> None:
        sums = self._lines.get(line)
        if sums is None:
            self._lines[line] = [period, debit, credit]
        else:
            sums[1] += debit
            sums[2] += credit

    def remove(self, key: int) -> None:
        """Delete the lines of a voucher; its head is written over."""
        self.flush()
        self._session.run("DELETE FROM voucher_line WHERE document = ?", (key,))

    def flush(self) -> None:
        """Write what was collected, lines in the order of their vouchers."""
        if self._heads:
            self._session.many(insert_text(voucher, or_replace=True), self._heads)
            self._heads.clear()
        if self._lines:
            summaries = self._summaries
            self._session.many(
                _UPSERT,
                [
                    (*line, sums[0], sums[1], sums[2], summaries.get(line, ""))
                    for line, sums in sorted(self._lines.items())
                    if sums[1] or sums[2]
                ],
            )
            self._lines.clear()
            summaries.clear()
