"""Parts of fees that join what a line of a receipt cost, whichever of the two arrives first.

`WAITING`: no such line is known; the amount is a cost of the fee's own document. `JOINED`: the receipt's movement
brings in that much more, and replay does the rest; the fee's voucher debits the stock. `JOINED_ACROSS`: the same where
the receipt takes effect in another month: its voucher credits an account between the two, the fee's debits it.
`LATE`: the receipt's month was closed without the fee; a movement of the fee's own adds what still finds its goods.
Which of them holds follows from the records alone: it is found out at the end of the work, when all movements are in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jxc_desktop.db.engine import insert_text
from jxc_desktop.db.tables import value_addition
from jxc_desktop.domain.documents.effects import ValuePosting
from jxc_desktop.domain.inventory.movement import Basis, Move
from jxc_desktop.domain.inventory.pool import PoolKey

from .move_rows import IN
from .vouchers import ADDED_CREDIT, RETURN_VARIANCE, STOCK_IN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jxc_desktop.db.engine import Session
    from jxc_desktop.domain.documents.effects import Effects
    from jxc_desktop.domain.inventory.movement import Position

    from .identity import Identities
    from .period import Periods, Place
    from .stock import Stock
    from .vouchers import Part, Vouchers

WAITING, JOINED, JOINED_ACROSS, LATE = range(4)

_MOVE = (
    " JOIN stock_move m ON m.item = l.item AND m.effective_period = t.effective_period"
    " AND m.effective_date = t.effective_date AND m.hlc = t.hlc AND m.stream = t.stream AND m.document = t.id"
    f" AND m.leg = {IN} AND m.line = a.target_line"
)
_TARGET = (
    "m.item, m.effective_period, m.effective_date, m.hlc, m.stream, m.document, m.leg, m.line, m.pool, m.warehouse,"
    " m.stock_account"
)
_FEE = "a.document, a.line, a.party, a.amount, a.counter_account, a.account"
_READY = (
    f"SELECT {_FEE}, f.effective_period, f.effective_date, f.hlc, f.stream, r.stream, r.seq, {_TARGET}"  # noqa: S608
    " FROM value_addition a JOIN document f ON f.id = a.document JOIN change_record r ON r.id = f.record"
    " JOIN document t ON t.id = a.target_document"
    f" JOIN item_line l ON l.document = t.id AND l.line = a.target_line{_MOVE}"
    f" WHERE a.state = {WAITING} AND m.basis = {int(Basis.GIVEN)} AND m.quantity > 0 ORDER BY a.document, a.line"
)
_PUT = (
    f"SELECT {_FEE}, a.state, {_TARGET} FROM value_addition a JOIN document t ON t.id = a.target_document"  # noqa: S608
    f" JOIN item_line l ON l.document = t.id AND l.line = a.target_line{_MOVE}"
    f" WHERE a.document = ? AND a.state IN ({JOINED}, {JOINED_ACROSS})"
)
_GIVE = (
    "UPDATE stock_move SET given_value = given_value + ? WHERE item = ? AND effective_period = ? AND effective_date = ?"
    " AND hlc = ? AND stream = ? AND document = ? AND leg = ? AND line = ?"
)


class _Fee(NamedTuple):
    """A part of a fee."""

    document: int
    line: int
    party: int
    amount: int
    cost_account: int
    between_account: int


class _Target(NamedTuple):
    """The movement of a receipt that a part of a fee is for."""

    item: int
    period: int
    date: int
    hlc: int
    stream: int
    document: int
    leg: int
    line: int
    pool: int
    warehouse: int
    stock_account: int

    @property
    def position(self) -> Position:
        """Where it stands in the history of its item."""
        return self.period, self.date, self.hlc, self.stream, self.document, self.leg, self.line


class Additions:
    """Collects parts of fees and lets them join what they are for."""

    def __init__(self, session: Session, ids: dict[str, Identities], vouchers: Vouchers, periods: Periods) -> None:
        self._session = session
        self._ids = ids
        self._vouchers = vouchers
        self._periods = periods
        self._rows: list[tuple[Any, ...]] = []

    def add(self, key: int, effects: Effects, place: Place) -> None:
        """The parts of a document's fees; they wait until the work ends."""
        documents, parties, accounts = self._ids["document"], self._ids["party"], self._ids["account"]
        for each in effects.additions:
            fee = _Fee(
                key,
                each.key,
                parties[each.party],
                each.amount.fen,
                accounts[each.cost_account],
                accounts[each.between_account],
            )
            target = (documents[each.target_document], each.target_line)
            self._rows.append((*fee[:2], *target, *fee[2:], WAITING, 0, 0))
            self._vouchers.add_parts(key, place.period, _waiting_parts(fee))

    def flush(self) -> None:
        """Write what was collected."""
        if self._rows:
            self._session.many(insert_text(value_addition), self._rows)
            self._rows.clear()

    def on(self, target: int) -> list[tuple[int, bytes]]:
        """The documents with fees that have joined a receipt, or came too late for it: (local key, id)."""
        rows = self._session.rows(
            "SELECT DISTINCT f.id, f.uuid FROM value_addition a JOIN document f ON f.id = a.document"  # noqa: S608
            f" WHERE a.target_document = ? AND a.state <> {WAITING} ORDER BY f.id",
            (target,),
        )
        return [(row[0], row[1]) for row in rows]

    def misplaced(self, changed: Iterable[int]) -> list[tuple[int, bytes]]:
        """The documents whose fees stand otherwise now that these periods were closed, reopened or frozen anew."""
        found: dict[int, bytes] = {}
        for period in changed:
            rows = self._session.rows(
                "SELECT f.id, f.uuid, a.state, r.stream, r.seq FROM value_addition a"  # noqa: S608 — own numbers
                " JOIN document t ON t.id = a.target_document AND t.effective_period = ?"
                " JOIN document f ON f.id = a.document JOIN change_record r ON r.id = f.record"
                f" WHERE a.state <> {WAITING} ORDER BY f.id",
                (period,),
            )
            found |= {
                key: uuid for key, uuid, state, *origin in rows if (state == LATE) != self._comes_late(period, *origin)
            }
        return list(found.items())

    def items(self, key: int) -> list[int]:
        """The items in whose histories the late fees of a document stand."""
        text = f"SELECT DISTINCT item FROM value_addition WHERE document = ? AND state = {LATE}"  # noqa: S608
        return [row[0] for row in self._session.rows(text, (key,))]

    def remove(self, key: int, stock: Stock) -> None:
        """Take what has joined receipts back; the document's own movements and voucher go with it."""
        for row in self._session.rows(_PUT, (key,)):
            fee, state, target = _Fee(*row[:6]), row[6], _Target(*row[7:])
            self._give(fee, target, stock, -1)
            self._vouchers.add_parts(
                target.document, target.period, _receipt_parts(fee, state, target), -1, party=_party(fee, state)
            )
        self._session.run("DELETE FROM value_addition WHERE document = ?", (key,))

    def settle(self, stock: Stock) -> None:
        """Let everything that waits for a receipt that is there now join it."""
        for row in self._session.rows(_READY):
            fee, place, origin, target = _Fee(*row[:6]), row[6:10], row[10:12], _Target(*row[12:])
            late = self._comes_late(target.period, *origin)
            state = LATE if late else JOINED if place[0] == target.period else JOINED_ACROSS
            if late:
                stock.add([_late_move(fee, place, target)], (), None)
            else:
                self._join(fee, state, place[0], target, stock)
            self._session.run(
                "UPDATE value_addition SET state = ?, item = ?, stock_account = ? WHERE document = ? AND line = ?",
                (state, target.item, target.stock_account, fee.document, fee.line),
            )

    def is_waiting(self) -> bool:
        """Whether anything waits, for a receipt that is there or for one that never comes."""
        text = f"SELECT 1 FROM value_addition WHERE state = {WAITING} LIMIT 1"  # noqa: S608 — own number
        return self._session.first(text) is not None

    def _comes_late(self, period: int, stream: int, seq: int) -> bool:
        return period in self._periods.closed and not self._periods.holds(period, stream, seq)

    def _join(self, fee: _Fee, state: int, period: int, target: _Target, stock: Stock) -> None:
        self._give(fee, target, stock, 1)
        vouchers, party = self._vouchers, _party(fee, state)
        vouchers.add_parts(fee.document, period, _waiting_parts(fee), -1)
        account = target.stock_account if state == JOINED else fee.between_account
        vouchers.add_parts(fee.document, period, [(STOCK_IN, account, fee.amount, 0)], party=party)
        vouchers.add_parts(target.document, target.period, _receipt_parts(fee, state, target), party=party)

    def _give(self, fee: _Fee, target: _Target, stock: Stock, sign: int) -> None:
        """The receipt brings in more (1) or no longer (-1)."""
        self._session.run(_GIVE, (sign * fee.amount, target.item, *target.position))
        stock.mark(target.item, target.position, target.pool, target.warehouse)
        stock.touched_items.add(target.item)


def _party(fee: _Fee, state: int) -> int:
    """The account between two months is kept by party, that of the stock is not."""
    return fee.party if state == JOINED_ACROSS else 0


def _waiting_parts(fee: _Fee) -> list[Part]:
    return [(RETURN_VARIANCE, fee.cost_account, fee.amount, 0)]


def _receipt_parts(fee: _Fee, state: int, target: _Target) -> list[Part]:
    """What stands on the receipt's voucher against the value its movement brings in more: nothing in the same month."""
    if state == JOINED:
        return [(STOCK_IN, target.stock_account, -fee.amount, 0)]
    return [(ADDED_CREDIT, fee.between_account, 0, fee.amount)]


def _late_move(fee: _Fee, place: tuple[int, int, int, int], target: _Target) -> Move:
    return Move(
        target.item,
        (place[0], place[1], place[2], place[3], fee.document, IN, fee.line),
        PoolKey(target.pool),
        target.warehouse,
        int(Basis.LATE_ADDITION),
        int(ValuePosting.RETURN_OUT),
        0,
        None,
        fee.amount,
        None,
        0,
        (target.document, IN, target.line),
        target.stock_account,
        fee.cost_account,
    )
