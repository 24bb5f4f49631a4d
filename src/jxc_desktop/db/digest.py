"""One hash of everything that follows from the records, and one of what a period is made of.

SHA-256 over every projection table by name: its name and columns, then its rows by logical key, each as one line of
canonical JSON. A local integer is written as what it stands for: the id of a card, document or record, or the 16
digits of a stream; the local keys of rows themselves are left out. So equal sets of records give equal digests on
every device. Left out: voucher lines of 0 and 0, documents that are only referred to, the search index.
Source: architecture.md §5.
"""

from __future__ import annotations

import hashlib
from itertools import groupby
from typing import TYPE_CHECKING, Any

import msgspec

from jxc_desktop.domain.field import FieldType
from jxc_desktop.masters.registry import KINDS, NUMBERS

from .changelog import stream_name
from .engine import column_names
from .projections import PROJECTIONS
from .tables import metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .engine import Session

Row = tuple[Any, ...]

CHUNK = 500
UNKNOWN = "?"
"""What a reference to nothing is written as: a damaged book has a digest too."""

_CARDS = {kind.code for kind in KINDS}
_RECORD = "record"
_STREAM = "stream"
_BLOB = "blob"

_REFERENCES = {
    "account": "account",
    "category": "category",
    "counter_account": "account",
    "cover_document": "document",
    "document": "document",
    "issue_document": "document",
    "item": "item",
    "layer_document": "document",
    "money_account": "money_account",
    "party": "party",
    "pool": "warehouse",
    "reverses": "document",
    "source_document": "document",
    "stock_account": "account",
    "target_document": "document",
    "target_item": "item",
    "to_warehouse": "warehouse",
    "transit_warehouse": "warehouse",
    "warehouse": "warehouse",
    "stream": _STREAM,
    "uuid": _BLOB,
    "subject": _BLOB,
    "digest": _BLOB,
}
"""What a column of this name refers to in every projection table; masters declare their own references."""

_OF_TABLE = {
    ("document", "posted_by"): _RECORD,
    ("document", "record"): _RECORD,
    ("period", "record"): _BLOB,
    ("priced_month", "record"): _BLOB,
}
_LOCAL_KEYS = {*((code, "id") for code in _CARDS), ("document", "id"), ("exception", "id")}
"""Columns that are left out: integers of this file only."""

_GROUPED_BY = {
    "allocation": "document",
    "batch": "item",
    "cost_edge": "item",
    "cost_layer": "item",
    "cost_pool": "item",
    "item_line": "document",
    "item_line_tracking": "document",
    "item_unit": "item",
    "layer_take": "item",
    "money_line": "document",
    "month_price": "item",
    "open_item": "document",
    "party_balance": "party",
    "shortage": "item",
    "shortage_cover": "item",
    "stock_move": "item",
    "stock_on_hand": "item",
    "tracked_move": "item",
    "tracked_on_hand": "item",
    "value_addition": "document",
    "voucher": "document",
    "voucher_line": "document",
}
"""Tables that are read along the ids of their owners, which needs no sorting of the whole table."""

_ORDER = {
    "costing_choice": "key, period",
    "exception": "kind, subject, detail",
    "item_barcode": "barcode",
    "period": "id",
    "priced_month": "id",
    "series": "key",
    "setting": "key",
}
_OF_CARDS = {"former_name": "name", "master_field": "field"}
"""Tables about cards of every kind, with the last column of their key."""

_ONLY = {
    "document": "status <> 'missing'",
    "voucher_line": "(debit <> 0 OR credit <> 0)",
}


class _Names(dict[int, str]):
    """Local key → id as text; 0 is nothing."""

    def __missing__(self, key: int) -> str:
        return UNKNOWN if key else ""


class _Streams(dict[int, str]):
    """Stream number → its 16 digits; 0 is nothing."""

    def __missing__(self, key: int) -> str:
        name = self[key] = stream_name(key) if key else ""
        return name


class References:
    """What the local integers of a file stand for, read when a table needs it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[str, dict[int, str]] = {_STREAM: _Streams()}

    def of(self, target: str) -> dict[int, str]:
        """Local key → id for the cards of a kind, the documents or the records that documents come from."""
        names = self._known.get(target)
        if names is None:
            text = f"SELECT id, lower(hex(uuid)) FROM {target}"  # noqa: S608 — own table names
            if target == _RECORD:
                text = (
                    "SELECT id, lower(hex(uuid)) FROM change_record WHERE id IN"
                    " (SELECT posted_by FROM document UNION SELECT record FROM document)"
                )
            names = self._known[target] = _Names(self._session.each(text))
        return names


class _Shape:
    """The columns of a table that count, and what each refers to."""

    def __init__(self, table: str) -> None:
        declared = {
            (kind.code, field.name): field.to
            for kind in KINDS
            for field in kind.fields
            if field.type is FieldType.REFERENCE
        }
        names = [str(name) for name in column_names(metadata.tables[table]) if (table, name) not in _LOCAL_KEYS]
        self.table = table
        self.columns = names
        self.targets: list[tuple[int, str]] = []
        for place, name in enumerate(names):
            target = _OF_TABLE.get((table, name)) or declared.get((table, name))
            if target is None and (table not in _CARDS or name == "uuid"):
                target = _REFERENCES.get(name)
            if target:
                self.targets.append((place, target))
        self.key_length = len(metadata.tables[table].primary_key.columns)
        self.has_mapped_key = any(0 < place < self.key_length for place, _target in self.targets)


def digest(session: Session) -> str:
    """The digest of all projections, 64 hexadecimal digits."""
    total = hashlib.sha256()
    references = References(session)
    for table in PROJECTIONS:
        shape = _Shape(table)
        _add(total, table, shape.columns, _rows(session, shape, references, _ONLY.get(table, "1"), ()))
    return total.hexdigest()


def table_digests(session: Session, tables: Sequence[str] = PROJECTIONS) -> dict[str, str]:
    """The digest of each projection table: where two books differ."""
    references = References(session)
    found = {}
    for table in tables:
        total = hashlib.sha256()
        shape = _Shape(table)
        _add(total, table, shape.columns, _rows(session, shape, references, _ONLY.get(table, "1"), ()))
        found[table] = total.hexdigest()
    return found


def period_digest(session: Session, period: int) -> str:
    """The digest of what takes effect up to a period YYYYMM: movements, open items, voucher lines.

    What is settled of an open item counts only where the settling document takes effect by then, so that a later
    payment leaves the digest of a closed period alone.
    """
    total = hashlib.sha256()
    references = References(session)
    shape = _Shape("stock_move")
    _add(total, shape.table, shape.columns, _rows(session, shape, references, "t.effective_period <= ?", (period,)))
    _add_open_items(total, session, references, period)
    shape = _Shape("voucher_line")
    only = f"{_ONLY['voucher_line']} AND t.effective_period <= ?"
    _add(total, shape.table, shape.columns, _rows(session, shape, references, only, (period,)))
    return total.hexdigest()


_SETTLED = (
    "coalesce((SELECT sum(a.amount) FROM allocation a JOIN document d ON d.id = a.document"
    " WHERE a.target_document = t.document AND a.target_kind = t.kind AND a.target_line = t.line"
    " AND d.status = 'posted' AND d.effective_period <= ?1), 0)"
    " - CASE t.line WHEN 0 THEN coalesce((SELECT sum(a.amount) FROM allocation a"
    " WHERE a.document = t.document AND a.target_kind = t.kind), 0) ELSE 0 END"
)


def _add_open_items(total: hashlib._Hash, session: Session, references: References, period: int) -> None:
    shape = _Shape("open_item")
    columns = ", ".join(_SETTLED if name == "settled" else f"t.{name}" for name in shape.columns)
    text = (
        f"SELECT {columns} FROM document g CROSS JOIN open_item t ON t.document = g.id"  # noqa: S608 — own names
        " WHERE g.effective_period <= ?1 ORDER BY g.uuid, t.kind, t.line"
    )
    _add(total, shape.table, shape.columns, _named(session.each(text, (period,)), shape, references))


def _add(total: hashlib._Hash, table: str, columns: list[str], rows: Iterator[list[Any]]) -> None:
    encoder = msgspec.json.Encoder()
    total.update(encoder.encode([table, *columns]) + b"\n")
    chunk: list[list[Any]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            total.update(encoder.encode_lines(chunk))
            chunk.clear()
    total.update(encoder.encode_lines(chunk))


def _rows(session: Session, shape: _Shape, references: References, only: str, row: Row) -> Iterator[list[Any]]:
    """The rows of a table by logical key, references as ids."""
    table, owner = shape.table, _GROUPED_BY.get(shape.table)
    if table in _OF_CARDS:
        return _of_cards(session, shape, references)
    columns = ", ".join(f"t.{name}" for name in shape.columns)
    if owner is None:
        order = _ORDER.get(table, "uuid")
        found = session.each(f"SELECT {columns} FROM {table} t WHERE {only} ORDER BY {order}", row)  # noqa: S608
        named = _named(found, shape, references)
        return _sorted_inside(named, shape.key_length) if shape.has_mapped_key else named
    key = [column.name for column in metadata.tables[table].primary_key.columns if column.name != owner]
    order = ", ".join(["g.uuid", *(f"t.{name}" for name in key)])
    found = session.each(
        f"SELECT {columns} FROM {owner} g CROSS JOIN {table} t ON t.{owner} = g.id WHERE {only} ORDER BY {order}",  # noqa: S608
        row,
    )
    named = _named(found, shape, references)
    # Movements of an item stand in canonical order already: no two documents share an HLC and a stream.
    return _sorted_inside(named, shape.key_length) if shape.has_mapped_key and table != "stock_move" else named


def _of_cards(session: Session, shape: _Shape, references: References) -> Iterator[list[Any]]:
    """Rows about cards, kind by kind; a book of an older program has no table for a kind that came later."""
    columns = ", ".join(f"t.{name}" for name in shape.columns)
    there = {name for (name,) in session.each("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for code, number in sorted((code, number) for code, number in NUMBERS.items() if code in there):
        found = session.each(
            f"SELECT {columns} FROM {code} g CROSS JOIN {shape.table} t"  # noqa: S608 — own names
            f" ON t.kind_number = ? AND t.master = g.id ORDER BY g.uuid, t.{_OF_CARDS[shape.table]}",
            (number,),
        )
        for row in _named(found, shape, references):
            row[0], row[1] = code, references.of(code)[row[1]]
            yield row


def _sorted_inside(rows: Iterator[list[Any]], length: int) -> Iterator[list[Any]]:
    """Rows that share their first column, in the order of their logical keys."""
    for _owner, group in groupby(rows, key=lambda row: row[0]):
        yield from sorted(group, key=lambda row: row[:length])


def _named(rows: Iterator[Row], shape: _Shape, references: References) -> Iterator[list[Any]]:
    blobs = [place for place, target in shape.targets if target == _BLOB]
    plain: list[tuple[int, Callable[[int], str]]] = [
        (place, references.of(target).__getitem__) for place, target in shape.targets if target != _BLOB
    ]
    for row in rows:
        named = list(row)
        for place, name_of in plain:
            named[place] = name_of(named[place])
        for place in blobs:
            named[place] = named[place].hex() if named[place] else ""
        yield named
