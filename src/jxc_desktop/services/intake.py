"""Drafts from plain documents: the shape that `show` prints, read back, with what is derived left out.

Cards are named by id, code, name or barcode (which implies the unit), documents by number, external number or id. What
`show` prints beside what people enter is read past; a name it never prints is a problem. A line without a price gets
one from the first source that knows one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, Any

from jxc_desktop.doctypes.registry import all_types, document_type
from jxc_desktop.domain.documents.document import NO_DATE, Document
from jxc_desktop.domain.documents.line import NO_ID, Allocation, MoneyLine, Tracking
from jxc_desktop.domain.field import FieldType
from jxc_desktop.domain.inventory.serial_range import serials_in
from jxc_desktop.kernel.errors import HasProblems, UserError
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.text import Text
from jxc_desktop.queries.document import find_document
from jxc_desktop.queries.prices import source_lines

from .catalog import Catalog
from .intake_shapes import (
    DERIVED_PARTS,
    HEAD_SHOWN,
    PARTS,
    SHAPES,
    SOURCE,
    attribute_of,
    line_key,
    money_kind,
    reference_names,
)
from .intake_values import is_given, read_value
from .line_prices import priced_line
from .settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jxc_desktop.db.engine import Session
    from jxc_desktop.doctypes.spec import DocumentType
    from jxc_desktop.domain.documents.line import ItemLine
    from jxc_desktop.domain.field import Field
    from jxc_desktop.kernel.ids import Id

    from .intake_shapes import Shape
    from .line_prices import Desk


class Desktop:
    """A session with its cards and settings: a `Desk` for reading drafts outside a transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    @cached_property
    def catalog(self) -> Catalog:
        """The cards."""
        return Catalog(self.session)

    @cached_property
    def settings(self) -> Settings:
        """The settings."""
        return Settings(self.session)


def read_drafts(session: Session, *, content: Any) -> list[Document]:
    """The drafts in the content of a JSON file: one document or a list of them.

    Raises HasProblems with the place ("documents", n, …) of each problem.
    """
    desk = Desktop(session)
    drafts, problems = [], []
    for number, plain in enumerate(content if isinstance(content, list) else [content]):
        draft, found = draft_from(desk, plain)
        drafts.append(draft)
        problems += [Problem(("documents", number, *each.place), each.text, each.severity) for each in found]
    if not drafts:
        problems.append(Problem((), Text("intake.nothing")))
    if problems:
        raise HasProblems(Text("document.has_problems", {"count": len(problems)}), problems)
    return drafts


def draft_from(desk: Desk, plain: Any) -> tuple[Document, list[Problem]]:
    """The draft that a plain document means, and what is wrong with it, each with its place.

    The head may stand under "head" or beside the lists. A draft with problems is incomplete.
    """
    return _Intake(desk).draft(plain)


class _Intake:
    """Reads one plain document and collects its problems."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._problems: list[Problem] = []

    def _problem(self, place: tuple[str | int, ...], text: Text) -> None:
        self._problems.append(Problem(place, text))

    def draft(self, plain: Any) -> tuple[Document, list[Problem]]:
        """Head, then lines, then prices."""
        head, parts = self._split(plain)
        declared = self._declared(head)
        if declared is None:
            return Document(NO_ID, "", NO_DATE), self._problems
        given = {shape.name: self._list(declared, shape, parts) for shape in SHAPES}
        keys = self._keys(given)
        made: dict[str, Any] = {
            shape.attribute: tuple(self._line(declared, shape, part, keys) for part in given[shape.name])
            for shape in SHAPES
        }
        draft = replace(self._head(declared, head), **made)
        if declared.price_of or declared.made_from:
            pairs = zip(draft.lines, given["lines"], strict=True)
            draft = replace(draft, lines=tuple(self._finished(declared, draft, *pair) for pair in pairs))
        return draft, self._problems

    def _split(self, plain: Any) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """The head and the lists of a plain document."""
        if not isinstance(plain, Mapping) or not isinstance(plain.get("head", {}), Mapping):
            self._problem((), Text("intake.not_a_document"))
            return {}, {}
        names = PARTS | DERIVED_PARTS
        parts = {name: part for name, part in plain.items() if name in names}
        rest = {name: part for name, part in plain.items() if name not in names and name != "head"}
        if "head" not in plain:
            return rest, parts
        for name in rest:
            self._problem((str(name),), Text("intake.unknown_field", {"field": str(name)}))
        return plain["head"], parts

    def _declared(self, head: Mapping[str, Any]) -> DocumentType | None:
        code = head.get("type")
        known = [each.code for each in all_types()]
        if code in known:
            return document_type(str(code))
        if not self._problems:
            self._problem(("type",), Text("intake.unknown_type", {"value": str(code or ""), "types": known}))
        return None

    def _head(self, declared: DocumentType, head: Mapping[str, Any]) -> Document:
        fields = (*declared.head_fields, SOURCE)
        made = self._part((), fields, head, HEAD_SHOWN)
        on = made.pop("date", NO_DATE)
        if "price_mode" not in made and any(field.name == "price_mode" for field in fields):
            made["price_mode"] = self._desk.settings.get("price_mode")
        return Document(NO_ID, declared.code, on, **made)

    def _list(self, declared: DocumentType, shape: Shape, parts: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        given = parts.get(shape.name) or []
        if not isinstance(given, list) or not all(isinstance(each, Mapping) for each in given):
            self._problem((shape.name,), Text("intake.not_a_list", {"part": shape.name}))
            return []
        if given and not shape.fields_of(declared):
            if shape.is_worked_out(declared):
                return []
            self._problem((shape.name,), Text("intake.no_such_part", {"part": shape.name}))
            return []
        return self._one_by_one(given) if shape.made is Tracking else given

    def _one_by_one(self, rows: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """Tracking rows; one with `serials`, a list or range of numbers, becomes a row for each of them."""
        found: list[Mapping[str, Any]] = []
        for place, row in enumerate(rows, 1):
            if not is_given(row.get("serials")):
                found.append(row)
                continue
            rest = {name: part for name, part in row.items() if name not in {"serials", "line", "base_quantity"}}
            try:
                found += [{**rest, "serial": serial} for serial in serials_in(str(row["serials"]))]
            except UserError as refused:
                self._problem(("tracking", line_key(row) or place, "serials"), refused.text)
        return found

    def _keys(self, given: Mapping[str, list[Mapping[str, Any]]]) -> Iterator[int]:
        """Line keys that no line has; a key that two lines have is a problem."""
        taken: set[int] = set()
        for name, parts in given.items():
            for part in parts:
                key = line_key(part)
                if key in taken:
                    self._problem((name, key, "line"), Text("intake.line_twice", {"line": key}))
                if key:
                    taken.add(key)
        return count(max(taken, default=0) + 1)

    def _line(self, declared: DocumentType, shape: Shape, part: Mapping[str, Any], keys: Iterator[int]) -> Any:
        key = line_key(part) or next(keys)
        if is_given(part.get("line")) and not line_key(part):
            text = Text("intake.not_whole", {"field": "line", "value": str(part["line"])})
            self._problem((shape.name, key, "line"), text)
        made = self._part((shape.name, key), shape.fields_of(declared), part, shape.shown)
        if shape.made is MoneyLine:
            made.setdefault("kind", money_kind(declared, made))
        if shape.made is Allocation and len(declared.allocation_kinds) == 1:
            made.setdefault("target_kind", declared.allocation_kinds[0])
        if shape.needs:
            made.setdefault(shape.needs, shape.nothing)
        return shape.made(key=key, **made)

    def _part(
        self, place: tuple[str | int, ...], fields: Sequence[Field], part: Mapping[str, Any], shown: frozenset[str]
    ) -> dict[str, Any]:
        """The values of declared fields by attribute; what is missing or unknown is a problem."""
        made: dict[str, Any] = {}
        for field in fields:
            read = self._reference if field.type is FieldType.REFERENCE else self._value
            try:
                found = read(field, part)
            except UserError as refused:
                self._problem((*place, field.name), refused.text)
                continue
            if found is not None:
                made[attribute_of(field.name)] = found
                if field.name == "item":
                    self._unit_of_barcode(part, made)
            elif field.is_required:
                self._problem((*place, field.name), Text("intake.missing", {"field": field.name}))
        known = {field.name for field in fields} | shown
        for name in part:
            if name not in known:
                self._problem((*place, str(name)), Text("intake.unknown_field", {"field": str(name)}))
        return made

    @staticmethod
    def _value(field: Field, part: Mapping[str, Any]) -> Any:
        given = part.get(field.name)
        return read_value(field, given) if is_given(given) else None

    def _reference(self, field: Field, part: Mapping[str, Any]) -> Id | None:
        """The first of id, code, name and number that is known."""
        refused: UserError | None = None
        for name in reference_names(field.name):
            if is_given(part.get(name)):
                try:
                    return self._find(field.to, str(part[name]))
                except UserError as error:
                    refused = refused or error
        if refused is not None:
            raise refused
        return None

    def _find(self, kind: str, reference: str) -> Id:
        if kind == "document":
            return find_document(self._desk.session, reference).id
        return self._desk.catalog.find(kind, reference).id

    def _unit_of_barcode(self, part: Mapping[str, Any], made: dict[str, Any]) -> None:
        """A barcode stands for a unit as well; a unit that is named too stands instead."""
        scanned, card = str(part.get("item") or ""), self._desk.catalog.card("item", made["item"])
        if card is not None and scanned not in {"", card.id, card.code, card.name}:
            units = [unit for each, unit in self._desk.catalog.by_barcode(scanned) if each.id == card.id]
            made.update(unit=units[0] if units else "")

    def _finished(self, declared: DocumentType, draft: Document, line: ItemLine, part: Mapping[str, Any]) -> ItemLine:
        """The line with the source line and the price it does not name."""
        if line.source_document and not line.source_line:
            line = self._with_source_line(line)
        is_priced = line.is_gift or any(is_given(part.get(name)) for name in ("price", "typed_amount"))
        if is_priced or not declared.price_of or not line.item:
            return line
        priced = priced_line(self._desk, declared, draft, line)
        if priced is not None:
            return priced
        card = self._desk.catalog.card("item", line.item)
        params = {"item": card.code if card else line.item}
        self._problem(("lines", line.key, "price"), Text("intake.no_price", params))
        return line

    def _with_source_line(self, line: ItemLine) -> ItemLine:
        rows = source_lines(self._desk.session, document=line.source_document, item=line.item) if line.item else []
        if len(rows) == 1:
            return replace(line, source_line=rows[0].line)
        self._problem(("lines", line.key, "source_line"), Text("intake.source_line_unclear", {"count": len(rows)}))
        return line
