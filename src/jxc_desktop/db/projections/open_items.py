"""Open items, what settles them, and the balance of each party."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.db.codec import day
from jxc_desktop.db.engine import insert_text
from jxc_desktop.db.tables import open_item

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.effects import Effects

    from .identity import Identities

_SETTLE = "UPDATE open_item SET settled = settled + ? WHERE document = ? AND kind = ? AND line = ?"
_BALANCE = (
    "INSERT INTO party_balance (party, kind, balance) VALUES (?, ?, ?)"
    " ON CONFLICT (party, kind) DO UPDATE SET balance = balance + excluded.balance"
)


class OpenItems:
    """Collects the open items of documents and writes them."""

    def __init__(self, session: Session, ids: dict[str, Identities]) -> None:
        self._session = session
        self._ids = ids
        self._rows: list[tuple[Any, ...]] = []
        self._settled: list[tuple[Any, ...]] = []
        self._balances: dict[tuple[int, str], int] = {}
        self._has_removed = False

    def add(self, key: int, content: Document, effects: Effects) -> None:
        """What the document leaves open and what it settles."""
        for each in effects.open_items:
            party = self._ids["party"][each.party]
            self._rows.append(
                (
                    key,
                    str(each.kind),
                    each.line,
                    party,
                    day(content.date),
                    day(each.due_date) or day(content.date),
                    each.amount.fen,
                    0,
                )
            )
            self._move(party, each.kind, each.amount.fen)
        for settlement in effects.settlements:
            target = self._ids["document"][settlement.target_document]
            amount = settlement.amount.fen
            self._settled.append((amount, target, str(settlement.target_kind), settlement.target_line))
            self._settled.append((-amount, key, str(settlement.target_kind), 0))

    def _move(self, party: int, kind: str, amount: int) -> None:
        self._balances[party, str(kind)] = self._balances.get((party, str(kind)), 0) + amount

    def remove(self, key: int) -> None:
        """Take back what a document left open and what it settled."""
        self.flush()
        self._has_removed = True
        for kind, party, amount in self._session.rows(
            "SELECT kind, party, amount FROM open_item WHERE document = ?", (key,)
        ):
            self._move(party, kind, -amount)
        self._session.many(
            _SETTLE,
            self._session.rows(
                "SELECT -a.amount, a.target_document, a.target_kind, a.target_line FROM allocation a"
                " JOIN document d ON d.id = a.document AND d.status = 'posted' WHERE a.document = ?",
                (key,),
            ),
        )
        self._session.run("DELETE FROM open_item WHERE document = ?", (key,))

    def settle_again(self, key: int) -> None:
        """Count what others settle of a document whose open items were made anew."""
        self.flush()
        self._session.many(
            _SETTLE,
            self._session.rows(
                "SELECT a.amount, a.target_document, a.target_kind, a.target_line FROM allocation a"
                " JOIN document d ON d.id = a.document AND d.status = 'posted' WHERE a.target_document = ?",
                (key,),
            ),
        )

    def flush(self) -> None:
        """Write what was collected."""
        if self._rows:
            self._session.many(insert_text(open_item), self._rows)
            self._rows.clear()
        if self._settled:
            self._session.many(_SETTLE, self._settled)
            self._settled.clear()

    def finish(self) -> None:
        """Write the balances; a party without open items has none."""
        self.flush()
        if not self._balances:
            return
        self._session.many(_BALANCE, [(*key, amount) for key, amount in self._balances.items()])
        if self._has_removed:
            self._forget_empty()
        self._balances.clear()

    def _forget_empty(self) -> None:
        self._session.many(
            "DELETE FROM party_balance WHERE party = ? AND kind = ? AND balance = 0"
            " AND NOT EXISTS (SELECT 1 FROM open_item o WHERE o.party = party_balance.party"
            " AND o.kind = party_balance.kind)",
            list(self._balances),
        )
        self._has_removed = False
