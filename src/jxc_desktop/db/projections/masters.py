"""Master cards: field by field, the last value that no other value has seen wins."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from jxc_desktop.db.codec import canonical
from jxc_desktop.db.engine import placeholders
from jxc_desktop.db.merge import latest
from jxc_desktop.masters.registry import NUMBERS, master_kind
from jxc_desktop.masters.spec import Field, FieldType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jxc_desktop.db.changelog import Log, Record
    from jxc_desktop.db.engine import Session
    from jxc_desktop.db.search import SearchIndex
    from jxc_desktop.kernel.ids import Id
    from jxc_desktop.masters.spec import MasterKind

    from .identity import Identities

_STAMP = "INSERT OR REPLACE INTO master_field (kind_number, master, field, hlc, stream, seq) VALUES (?, ?, ?, ?, ?, ?)"
_OF_CARD = "WHERE subject = ? AND kind <> 'document.post' AND subject IS NOT NULL AND kind = 'master.set'"
_OTHERS = f"SELECT 1 FROM change_record {_OF_CARD} AND stream <> ? LIMIT 1"  # noqa: S608 — own text


class Masters:
    """Writes `master.set` records into the tables of masters."""

    def __init__(self, session: Session, log: Log, ids: dict[str, Identities], search: SearchIndex) -> None:
        self._session = session
        self._search = search
        self._log = log
        self._ids = ids

    def apply(self, record: Record) -> None:
        """Take over the fields of one record; where another stream wrote the card, fold all its records again."""
        content = record.content()
        kind = master_kind(content["kind"])
        fields = {name: value for name, value in content["fields"].items() if name in _declared(kind.code)}
        key = self._ids[kind.code].find(content["id"])
        if not key:
            self._insert(kind, content["id"], fields, record)
        elif self._session.first(_OTHERS, (bytes.fromhex(record.subject), record.stream)):
            self._fold(kind, key, record)
        else:
            called = f"SELECT name FROM {kind.code} WHERE id = ?"  # noqa: S608 — declared kinds
            former = self._session.value(called, (key,)) if "name" in fields else ""
            self._write(kind, key, fields, dict.fromkeys(fields, record))
            self._rename(kind, key, [former])

    def _insert(self, kind: MasterKind, card_id: Id, fields: Mapping[str, Any], record: Record) -> None:
        """A card that no record has named yet."""
        key = self._ids[kind.code].reserve(card_id)
        names = ", ".join(("id", "uuid", *fields))
        marks = placeholders(len(fields) + 2)
        self._session.run(
            f"INSERT INTO {kind.code} ({names}) VALUES ({marks})",  # noqa: S608 — declared names
            (key, bytes.fromhex(card_id), *self._values(kind, fields)),
        )
        self._write_beside(kind, key, fields, dict.fromkeys(fields, record))

    def _fold(self, kind: MasterKind, key: int, record: Record) -> None:
        values: dict[str, list[tuple[Record, Any]]] = {}
        for each in self._log.read(_OF_CARD, (bytes.fromhex(record.subject),)):
            for name, value in each.content()["fields"].items():
                if name in _declared(kind.code):
                    values.setdefault(name, []).append((each, value))
        fields, stamps = {}, {}
        for name, written in values.items():
            stamps[name], fields[name], rivals = latest(self._session, written)
            self._conflict(record, name, rivals)
        self._write(kind, key, fields, stamps)
        self._rename(kind, key, (name for _record, name in values.get("name", ())))

    def _rename(self, kind: MasterKind, key: int, names: Iterable[str]) -> None:
        """A card was called so; what it is called now is not a former name."""
        former = [(NUMBERS[kind.code], key, name) for name in names if name]
        if former:
            self._session.many("INSERT OR IGNORE INTO former_name (kind_number, master, name) VALUES (?, ?, ?)", former)
            self._session.run(
                "DELETE FROM former_name WHERE kind_number = ? AND master = ?"  # noqa: S608 — declared kinds
                f" AND name = (SELECT name FROM {kind.code} WHERE id = ?)",
                (NUMBERS[kind.code], key, key),
            )

    def _conflict(self, record: Record, name: str, rivals: list[Any]) -> None:
        subject = bytes.fromhex(record.subject)
        detail = canonical({"field": name, "values": rivals}).decode()
        self._session.run(
            "DELETE FROM exception WHERE kind = 'master_conflict' AND subject = ?"
            " AND json_extract(detail, '$.field') = ?",
            (subject, name),
        )
        if len(rivals) > 1:
            self._session.run(
                "INSERT INTO exception (kind, subject, detail) VALUES ('master_conflict', ?, ?)", (subject, detail)
            )

    def _write(self, kind: MasterKind, key: int, fields: Mapping[str, Any], stamps: Mapping[str, Record]) -> None:
        if not fields:
            return
        sets = ", ".join(f"{name} = ?" for name in fields)
        values = self._values(kind, fields)
        self._session.run(f"UPDATE {kind.code} SET {sets} WHERE id = ?", (*values, key))  # noqa: S608 — declared names
        if kind.code == "item":
            self._remove_item_lists(key, fields)
        self._write_beside(kind, key, fields, stamps)

    def _values(self, kind: MasterKind, fields: Mapping[str, Any]) -> list[Any]:
        declared = _declared(kind.code)
        return [self._stored(declared[name], value) for name, value in fields.items()]

    def _write_beside(
        self, kind: MasterKind, key: int, fields: Mapping[str, Any], stamps: Mapping[str, Record]
    ) -> None:
        """What stands in other tables than the card itself."""
        number = NUMBERS[kind.code]
        self._session.many(
            _STAMP,
            [(number, key, name, each.hlc, each.stream, each.seq) for name, each in stamps.items()],
        )
        if kind.code == "item":
            self._item_lists(key, fields)
        self._search.note(kind.code, key, fields)

    def _stored(self, field: Field, value: Any) -> Any:
        if field.type is FieldType.REFERENCE:
            return self._ids[field.to][value]
        if field.type is FieldType.JSON:
            return canonical(value).decode()
        return value

    def _remove_item_lists(self, key: int, fields: Mapping[str, Any]) -> None:
        if "units" in fields:
            self._session.run("DELETE FROM item_unit WHERE item = ?", (key,))
        if "barcodes" in fields:
            self._session.run("DELETE FROM item_barcode WHERE item = ?", (key,))

    def _item_lists(self, key: int, fields: Mapping[str, Any]) -> None:
        if fields.get("units"):
            self._session.many(
                "INSERT OR REPLACE INTO item_unit (item, unit, num, den) VALUES (?, ?, ?, ?)",
                [(key, each["unit"], each["num"], each["den"]) for each in fields["units"]],
            )
        if fields.get("barcodes"):
            self._session.many(
                "INSERT OR REPLACE INTO item_barcode (barcode, item, unit) VALUES (?, ?, ?)",
                [(each["barcode"], key, each["unit"]) for each in fields["barcodes"]],
            )


@cache
def _declared(kind: str) -> Mapping[str, Field]:
    return {field.name: field for field in master_kind(kind).fields}
