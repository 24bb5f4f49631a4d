"""Heads and lines of documents as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.db.codec import day
from jxc_desktop.db.engine import insert_text
from jxc_desktop.db.tables import allocation, document, item_line, item_line_tracking, money_line

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session
    from jxc_desktop.domain.documents.document import Document

    from .identity import Identities
    from .period import Place

POSTED = "posted"
VOIDED = "voided"

_LINE_TABLES = ("item_line", "money_line", "allocation", "item_line_tracking")


class DocumentRows:
    """Collects the rows of documents and writes them table by table."""

    def __init__(self, session: Session, ids: dict[str, Identities]) -> None:
        self._session = session
        self._ids = ids
        self._heads: list[tuple[Any, ...]] = []
        self._items: list[tuple[Any, ...]] = []
        self._money: list[tuple[Any, ...]] = []
        self._allocations: list[tuple[Any, ...]] = []
        self._tracking: list[tuple[Any, ...]] = []

    def add(
        self,
        key: int,
        content: Document,
        place: Place,
        *,
        status: str,
        first: tuple[int, int],
        rows: tuple[int, int],
        revision: int = 0,
    ) -> None:
        """Head and lines; `first` is (HLC, stream) of the first posting, `rows` the records (posted by, content)."""
        self._heads.append(self._head(key, content, place, status, first, rows, revision))
        if content.lines:
            self._add_items(key, content)
        for line in content.money:
            self._money.append(self._money_row(key, line))
        for each in content.allocations:
            self._allocations.append(
                (
                    key,
                    each.key,
                    self._ids["document"][each.target_document],
                    each.target_line,
                    each.target_kind,
                    each.target_number,
                    each.amount.fen,
                )
            )
        for track in content.tracking:
            self._tracking.append(
                (
                    key,
                    track.key,
                    track.line,
                    track.batch,
                    track.serial,
                    track.production_date,
                    track.expiry_date,
                    track.bin,
                    track.base_quantity.micro,
                )
            )

    def _head(
        self,
        key: int,
        content: Document,
        place: Place,
        status: str,
        first: tuple[int, int],
        rows: tuple[int, int],
        revision: int,
    ) -> tuple[Any, ...]:
        return (
            key,
            bytes.fromhex(content.id),
            content.type,
            status,
            content.number,
            content.external_number,
            content.source,
            day(content.date),
            day(content.due_date),
            place.period,
            place.date,
            int(place.is_late),
            first[0],
            first[1],
            self._ids["party"][content.party],
            content.party_name,
            content.party_tax_id,
            int(content.is_walk_in),
            self._ids["warehouse"][content.warehouse],
            self._ids["warehouse"][content.to_warehouse],
            self._ids["warehouse"][content.transit_warehouse],
            content.taxpayer,
            content.invoice_kind,
            content.price_mode,
            content.reason,
            content.spread_by,
            content.note,
            content.header_discount.fen,
            content.write_off.fen,
            content.amount.fen,
            content.gross.fen,
            content.net.fen,
            content.tax.fen,
            self._ids["document"][content.reverses],
            content.summary,
            rows[0],
            rows[1],
            revision,
        )

    def _add_items(self, key: int, content: Document) -> None:
        items, warehouses, documents = self._ids["item"], self._ids["warehouse"], self._ids["document"]
        add = self._items.append
        for position, line in enumerate(content.lines, 1):
            typed_amount, typed_tax, unit_cost, ratio = line.typed_amount, line.typed_tax, line.unit_cost, line.ratio
            share = line.share
            add(
                (
                    key,
                    line.key,
                    position,
                    items[line.item],
                    line.item_code,
                    line.item_name,
                    line.item_spec,
                    line.item_kind,
                    line.unit,
                    ratio.num,
                    ratio.den,
                    line.quantity.micro,
                    line.base_quantity.micro,
                    line.price.micro,
                    line.discount.micro,
                    line.tax_rate.micro,
                    None if typed_amount is None else typed_amount.fen,
                    None if typed_tax is None else typed_tax.fen,
                    line.gross.fen,
                    line.net.fen,
                    line.tax.fen,
                    warehouses[line.warehouse],
                    line.bin,
                    line.to_bin,
                    1 if line.is_gift else 0,
                    line.rejected_quantity.micro,
                    None if unit_cost is None else unit_cost.micro,
                    1 if line.is_abnormal else 0,
                    line.description,
                    line.note,
                    line.price_source,
                    documents[line.source_document],
                    line.source_line,
                    1 if line.is_product else 0,
                    None if share is None else share.micro,
                )
            )

    def _money_row(self, key: int, line: Any) -> tuple[Any, ...]:
        return (
            key,
            line.key,
            line.kind,
            self._ids["money_account"][line.money_account],
            line.money_account_name,
            self._ids["account"][line.account],
            line.account_code,
            line.account_name,
            line.amount.fen,
            line.net.fen,
            line.tax.fen,
            line.tax_rate.micro,
            line.note,
        )

    def flush(self) -> None:
        """Write what was collected, one statement per table."""
        for table, rows in (
            (document, self._heads),
            (item_line, self._items),
            (money_line, self._money),
            (allocation, self._allocations),
            (item_line_tracking, self._tracking),
        ):
            if rows:
                self._session.many(insert_text(table, or_replace=table is document), rows)
                rows.clear()

    def remove_lines(self, key: int) -> None:
        """Delete the lines of a document; its head is written over."""
        for table in _LINE_TABLES:
            self._session.run(f"DELETE FROM {table} WHERE document = ?", (key,))  # noqa: S608 — own table names
