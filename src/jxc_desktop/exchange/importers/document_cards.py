"""Items and parties that a documents file names, as cards of the book; those it lacks are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.doctypes.registry import document_type
from jxc_desktop.exchange.cells import folded
from jxc_desktop.exchange.faults import FaultKind, fault
from jxc_desktop.exchange.records import place
from jxc_desktop.kernel.ids import Id

from .cards import CardMaker, roles
from .known import NO_ID

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jxc_desktop.exchange.grouping import DocumentBatch
    from jxc_desktop.exchange.line_reader import LineReader
    from jxc_desktop.exchange.raw_documents import RawDocument, RawItem, RawParty
    from jxc_desktop.queries.importing import ItemRow

    from .plan import Plan
    from .source import Source


class DocumentCards:
    """Items and parties of the file as cards of the book, made where it lacks them."""

    def __init__(self, source: Source, reader: LineReader, batch: DocumentBatch, plan: Plan) -> None:
        self._source, self._reader, self._plan = source, reader, plan
        self.maker = CardMaker(source.known)
        self.items: dict[str, ItemRow] = {}
        self.parties: dict[tuple[str, str], Id] = {}
        self.named: dict[tuple[str, str], Id] = {}
        for item in batch.items():
            self._item(item)
        for party in batch.parties():
            self._party(party)
        for code, name in sorted(batch.without_party()):
            self._constant(code, name)
        plan.cards, plan.new_cards = self.maker.changes, self.maker.made

    def _item(self, raw: RawItem) -> None:
        known, field = self._source.known, self._reader.item_field
        found = known.item(
            raw.code if field == "item_code" else "",
            barcode=raw.code if field == "item_barcode" else "",
            name=raw.code if field == "item_name" else "",
        )
        if found is None and self._source.may_create:
            found = self._new_item(raw)
        if found is None:
            self._refuse(field, FaultKind.UNKNOWN_ITEM, raw.code)
        else:
            self.items[raw.code] = found

    def _new_item(self, raw: RawItem) -> ItemRow:
        unit = self._source.known.find_unit(raw.unit) if raw.unit else ""
        if raw.unit and not unit:
            self._refuse("unit", FaultKind.UNKNOWN_UNIT, raw.unit)
        fields = {"code": raw.code, "name": raw.name, "kind": raw.kind}
        if unit:
            fields["base_unit"] = unit
        self._plan.created_cards += 1
        return self.maker.new_item(fields)

    def _party(self, raw: RawParty) -> None:
        has_code = "party_code" in self._source.layout.columns
        found = self._source.known.party(raw.code if has_code else "", "" if has_code else raw.name)
        if found is None and self._source.may_create:
            fields = {"name": raw.name, **({"code": raw.code} if has_code else {})}
            for code in raw.types:
                fields |= roles(document_type(code).party_role)  # type: ignore[arg-type]
            self._plan.created_cards += 1
            found = self.maker.new_party(fields)
        if found is None:
            self._refuse("party_code" if has_code else "party_name", FaultKind.UNKNOWN_PARTY, raw.code)
        else:
            self.parties[raw.code, raw.name] = found.id

    def without_party(self, document: RawDocument) -> Id:
        """The party of a document that names none: the constant of the mapping, for customers else walk-in."""
        return self.named.get((document.type, document.constants.get("party_name", "")), NO_ID)

    def _constant(self, code: str, name: str) -> None:
        role = document_type(code).party_role
        if role:
            self.named[code, name] = self._constant_party(role, name)

    def _constant_party(self, role: str, name: str) -> Id:
        known = self._source.known
        found = known.party("", name)
        if found is not None:
            return found.id
        if role == "customer" and self._is_walk_in(name):
            return Id(known.setting("walk_in_party"))
        if name and self._source.may_create:
            self._plan.created_cards += 1
            return self.maker.new_party({"name": name, **roles(role)}).id
        return NO_ID

    @staticmethod
    def _is_walk_in(name: str) -> bool:
        return not name or folded(name) in {"散客", "零售客户", "walk-in", "walk-in customer"}

    def _refuse(self, field: str, kind: FaultKind, shown: str) -> None:
        row = _first_row(self._reader, field, shown)
        self._plan.faults.append(fault(place(self._source.layout, row, field), kind, shown))


def _first_row(reader: LineReader, field: str, text: str) -> int:
    """The first row that says this."""
    texts = reader.texts[field].texts
    wanted = {number for number, each in enumerate(texts) if each == text}
    store = reader.store
    if field == reader.item_field:
        column: Iterable[int] = store.spelling
    elif field in store.extras:
        column = store.extras[field]
    else:
        column = (store.group_party[group] for group in store.group)
    return next((store.row[n] for n, number in enumerate(column) if number in wanted), 0)
